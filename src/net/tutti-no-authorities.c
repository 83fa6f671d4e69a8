/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-no-authorities.h"

struct _TuttiNoAuthorities
{
  GTlsDatabase parent_instance;
};

G_DEFINE_FINAL_TYPE (TuttiNoAuthorities, tutti_no_authorities, G_TYPE_TLS_DATABASE)

static GTlsCertificateFlags
verify_chain (GTlsDatabase *database, GTlsCertificate *chain, const char *purpose, GSocketConnectable *identity,
              GTlsInteraction *interaction, GTlsDatabaseVerifyFlags flags, GCancellable *cancellable, GError **error)
{
  return G_TLS_CERTIFICATE_UNKNOWN_CA;
}

static void
tutti_no_authorities_class_init (TuttiNoAuthoritiesClass *klass)
{
  G_TLS_DATABASE_CLASS (klass)->verify_chain = verify_chain;
}

static void
tutti_no_authorities_init (TuttiNoAuthorities *self)
{
}

void
tutti_no_authorities_install (void)
{
  static gsize installed;

  if (g_once_init_enter (&installed))
    {
      g_autoptr(GTlsDatabase) nobody = g_object_new (TUTTI_TYPE_NO_AUTHORITIES, NULL);

      g_tls_backend_set_default_database (g_tls_backend_get_default (), nobody);
      g_once_init_leave (&installed, 1);
    }
}
