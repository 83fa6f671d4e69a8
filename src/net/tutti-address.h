/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Where a jam is: what a person types or a link carries.
 *
 *   tutti://ADDRESS[:PORT]/JAM?fp=SHA256&invite=CODE     ADDRESS as below; JAM, fp and invite may be missing
 *   name[:port]   192.0.2.7[:port]   2001:db8::7   [2001:db8::7][:port]   [fe80::7%eth0][:port]
 *   each of them with /JAM behind it: that jam of the host, not its default one
 */
typedef struct
{
  char *host;                  /* a name or a literal address, without brackets and scope */
  char *scope;                 /* (nullable) interface of a link-local address: name or number */
  guint16 port;
  char *jam;                   /* (nullable) */
  char *fingerprint;           /* (nullable) 64 lower-case hexadecimal digits */
  char *invite;                /* (nullable) the code of an invitation, 32 such digits */
  char *passcode;              /* (nullable) what a person typed, at most TUTTI_PASSCODE_BYTES_MAX; never part of a link */
} TuttiAddress;

typedef enum
{
  TUTTI_ADDRESS_ERROR_INVALID, /* not an address; the message says which part */
  TUTTI_ADDRESS_ERROR_SCOPE,   /* no such network interface on this machine */
} TuttiAddressError;

#define TUTTI_ADDRESS_ERROR (tutti_address_error_quark ())
GQuark tutti_address_error_quark (void);

/* @text: at most 512 bytes; surrounding space is dropped. Returns: (transfer full), or NULL with @error.
 * Thread: any, as for all here. */
TuttiAddress *tutti_address_parse (const char *text, GError **error);
TuttiAddress *tutti_address_new (const char *host, const char *scope, guint16 port);
/* From what a resolver or a socket gave. */
TuttiAddress *tutti_address_new_from_socket (GInetSocketAddress *address);
TuttiAddress *tutti_address_copy (const TuttiAddress *self);
void tutti_address_free (TuttiAddress *self);

/* The link, "tutti://…". Parsing it gives an equal address. */
char *tutti_address_to_link (const TuttiAddress *self);

/* "host:port", with brackets and scope where needed: for people, and as the key of a pin. */
char *tutti_address_to_text (const TuttiAddress *self);

/* What GSocketClient takes; literal addresses are never looked up. Returns: (transfer full), or NULL with @error when
 * the scope names no interface here. */
GSocketConnectable *tutti_address_to_connectable (const TuttiAddress *self, GError **error);

/* Whether @text can be a jam id in a path: 1 … 64 of A–Z a–z 0–9 . _ - */
gboolean tutti_address_is_jam_id (const char *text);

/* This machine's address as the network of @remote, which has one of the internet, sees it; nothing is sent to find out.
 * (transfer full) (nullable) */
char *tutti_address_dup_own (GSocketAddress *remote);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiAddress, tutti_address_free)

G_END_DECLS
