/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Who this machine is to others: one self-signed ECDSA P-256 certificate, made on first run and kept. Nothing but
 * the fingerprint of its DER form is ever trusted, so that its names and dates mean nothing.
 */

#define TUTTI_TYPE_IDENTITY (tutti_identity_get_type ())
G_DECLARE_FINAL_TYPE (TuttiIdentity, tutti_identity, TUTTI, IDENTITY, GObject)

typedef enum
{
  TUTTI_IDENTITY_ERROR_DAMAGED,   /* the file is there, but cannot be used; it is left as it is */
  TUTTI_IDENTITY_ERROR_FAILED,    /* could not be made, read or written */
} TuttiIdentityError;

#define TUTTI_IDENTITY_ERROR (tutti_identity_error_quark ())
GQuark tutti_identity_error_quark (void);

/* Loads DIRECTORY/identity.pem (key and certificate in one file, so that one never comes without the other, mode
 * 0600), or makes it; two programs starting at once end with the same identity. Reads and writes files: call it at
 * start. Returns: (transfer full), or NULL with @error. Thread: any. */
TuttiIdentity *tutti_identity_load_or_make (const char *directory, GError **error);

/* A fresh one that is kept nowhere (tests, one-time tools). */
TuttiIdentity *tutti_identity_make (GError **error);

/* (transfer none) 64 lower-case hexadecimal digits. */
const char *tutti_identity_get_fingerprint (TuttiIdentity *self);

/* (transfer none) With its private key: for a TLS server. */
GTlsCertificate *tutti_identity_get_certificate (TuttiIdentity *self);

/* (transfer full) SHA-256 of the DER form of any certificate. */
char *tutti_certificate_fingerprint (GTlsCertificate *certificate);

G_END_DECLS
