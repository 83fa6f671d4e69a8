/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-identity.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>
#include <unistd.h>

enum { DAY_S = 24 * 3600, YEARS = 50, SERIAL_BYTES = 16 };

struct _TuttiIdentity
{
  GObject parent_instance;
  GTlsCertificate *certificate;    /* owned */
  char *fingerprint;               /* owned */
};

G_DEFINE_FINAL_TYPE (TuttiIdentity, tutti_identity, G_TYPE_OBJECT)
G_DEFINE_QUARK (tutti-identity-error-quark, tutti_identity_error)

static void
tutti_identity_finalize (GObject *object)
{
  TuttiIdentity *self = TUTTI_IDENTITY (object);

  g_clear_object (&self->certificate);
  g_clear_pointer (&self->fingerprint, g_free);
  G_OBJECT_CLASS (tutti_identity_parent_class)->finalize (object);
}

static void
tutti_identity_class_init (TuttiIdentityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tutti_identity_finalize;
}

static void
tutti_identity_init (TuttiIdentity *self)
{
}

/* Dates are a formality: from yesterday, for machines whose clock is behind, and longer than the machine lives. */
static int
fill_certificate (gnutls_x509_crt_t crt, gnutls_x509_privkey_t key)
{
  guint8 serial[SERIAL_BYTES];
  time_t now = g_get_real_time () / G_USEC_PER_SEC;
  int rc;

  if ((rc = gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial)) < 0)
    return rc;
  serial[0] &= 0x7f;               /* a serial number is positive */
  if ((rc = gnutls_x509_crt_set_version (crt, 3)) < 0 ||
      (rc = gnutls_x509_crt_set_serial (crt, serial, sizeof serial)) < 0 ||
      (rc = gnutls_x509_crt_set_dn_by_oid (crt, GNUTLS_OID_X520_COMMON_NAME, 0, "Tutti", 5)) < 0 ||
      (rc = gnutls_x509_crt_set_activation_time (crt, now - DAY_S)) < 0 ||
      (rc = gnutls_x509_crt_set_expiration_time (crt, now + (time_t) YEARS * 365 * DAY_S)) < 0 ||
      (rc = gnutls_x509_crt_set_key_usage (crt, GNUTLS_KEY_DIGITAL_SIGNATURE)) < 0 ||
      (rc = gnutls_x509_crt_set_key (crt, key)) < 0)
    return rc;
  return gnutls_x509_crt_sign2 (crt, crt, key, GNUTLS_DIG_SHA256, 0);
}

static int
append_pem (GString *pem, gnutls_x509_crt_t crt, gnutls_x509_privkey_t key)
{
  gnutls_datum_t text = { NULL, 0 };
  int rc = gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &text);

  if (rc < 0)
    return rc;
  g_string_append_len (pem, (char *) text.data, text.size);
  gnutls_memset (text.data, 0, text.size);
  gnutls_free (text.data);
  if ((rc = gnutls_x509_crt_export2 (crt, GNUTLS_X509_FMT_PEM, &text)) < 0)
    return rc;
  g_string_append_len (pem, (char *) text.data, text.size);
  gnutls_free (text.data);
  return 0;
}

/* Returns: (transfer full) key and certificate as PEM. */
static char *
make_pem (GError **error)
{
  g_autoptr(GString) pem = g_string_new (NULL);
  gnutls_x509_privkey_t key = NULL;
  gnutls_x509_crt_t crt = NULL;
  int rc;

  if ((rc = gnutls_x509_privkey_init (&key)) >= 0 && (rc = gnutls_x509_crt_init (&crt)) >= 0 &&
      (rc = gnutls_x509_privkey_generate2 (key, GNUTLS_PK_ECDSA,
                                           GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0, NULL, 0)) >= 0 &&
      (rc = fill_certificate (crt, key)) >= 0)
    rc = append_pem (pem, crt, key);
  if (crt != NULL)
    gnutls_x509_crt_deinit (crt);
  if (key != NULL)
    gnutls_x509_privkey_deinit (key);
  if (rc >= 0)
    return g_string_free (g_steal_pointer (&pem), FALSE);
  g_set_error (error, TUTTI_IDENTITY_ERROR, TUTTI_IDENTITY_ERROR_FAILED, "no certificate could be made: %s",
               gnutls_strerror (rc));
  return NULL;
}

static TuttiIdentity *
from_pem (const char *pem, GError **error)
{
  g_autoptr(GTlsCertificate) certificate = g_tls_certificate_new_from_pem (pem, -1, error);
  g_autofree char *private_key = NULL;
  TuttiIdentity *self;

  if (certificate == NULL)
    return NULL;
  g_object_get (certificate, "private-key-pem", &private_key, NULL);
  if (private_key == NULL)
    {
      g_set_error_literal (error, TUTTI_IDENTITY_ERROR, TUTTI_IDENTITY_ERROR_DAMAGED, "the private key is missing");
      return NULL;
    }
  gnutls_memset (private_key, 0, strlen (private_key));
  self = g_object_new (TUTTI_TYPE_IDENTITY, NULL);
  self->fingerprint = tutti_certificate_fingerprint (certificate);
  self->certificate = g_steal_pointer (&certificate);
  return self;
}

TuttiIdentity *
tutti_identity_make (GError **error)
{
  g_autofree char *pem = make_pem (error);

  return pem != NULL ? from_pem (pem, error) : NULL;
}

/* Puts a complete file there, or leaves the one that another program put there first: link() never replaces, and
 * there is no moment at which a half-written key has the final name. */
static gboolean
publish (const char *path, const char *pem, GError **error)
{
  g_autofree char *draft = g_strdup_printf ("%s.%d.%08x", path, (int) getpid (), g_random_int ());
  gboolean ok;
  int failure;

  if (!g_file_set_contents_full (draft, pem, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 error))
    return FALSE;
  ok = link (draft, path) == 0 || errno == EEXIST;
  if (!ok && (errno == EPERM || errno == ENOTSUP))     /* a file system without links: the last one wins */
    ok = g_rename (draft, path) == 0;
  failure = errno;
  g_unlink (draft);
  if (!ok)
    g_set_error (error, TUTTI_IDENTITY_ERROR, TUTTI_IDENTITY_ERROR_FAILED, "“%s” could not be written: %s", path,
                 g_strerror (failure));
  return ok;
}

static gboolean
make_file (const char *directory, const char *path, GError **error)
{
  g_autofree char *pem = make_pem (error);
  gboolean ok;

  if (pem == NULL)
    return FALSE;
  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      g_set_error (error, TUTTI_IDENTITY_ERROR, TUTTI_IDENTITY_ERROR_FAILED, "“%s” could not be made: %s", directory,
                   g_strerror (errno));
      return FALSE;
    }
  ok = publish (path, pem, error);
  gnutls_memset (pem, 0, strlen (pem));
  return ok;
}

TuttiIdentity *
tutti_identity_load_or_make (const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, "identity.pem", NULL);
  g_autofree char *pem = NULL;
  g_autoptr(GError) problem = NULL;
  TuttiIdentity *self;

  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !make_file (directory, path, error))
    return NULL;
  if (!g_file_get_contents (path, &pem, NULL, &problem))
    {
      g_set_error (error, TUTTI_IDENTITY_ERROR, TUTTI_IDENTITY_ERROR_FAILED, "%s", problem->message);
      return NULL;
    }
  /* Restored from a backup it may be open to others. */
  if (g_chmod (path, 0600) != 0)
    g_debug ("the mode of %s could not be set: %s", path, g_strerror (errno));
  self = from_pem (pem, &problem);
  gnutls_memset (pem, 0, strlen (pem));
  if (self == NULL)
    g_set_error (error, TUTTI_IDENTITY_ERROR, TUTTI_IDENTITY_ERROR_DAMAGED,
                 "the identity in “%s” is damaged (%s); it was left as it is. Moving it away makes a new one, of which "
                 "others will be warned", path, problem->message);
  return self;
}

const char *
tutti_identity_get_fingerprint (TuttiIdentity *self)
{
  g_return_val_if_fail (TUTTI_IS_IDENTITY (self), NULL);
  return self->fingerprint;
}

GTlsCertificate *
tutti_identity_get_certificate (TuttiIdentity *self)
{
  g_return_val_if_fail (TUTTI_IS_IDENTITY (self), NULL);
  return self->certificate;
}

char *
tutti_certificate_fingerprint (GTlsCertificate *certificate)
{
  g_autoptr(GByteArray) der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  g_return_val_if_fail (der != NULL, NULL);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
}
