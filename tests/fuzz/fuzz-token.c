/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Access tokens. The first byte says what the rest is: 't' a token as it came; 'k' what is kept of keys; else a payload, which is
 * signed as the host would, so that what reads it is reached: a token that is good says what fits an id and a person. */
#include "tutti-access.h"
#include "tutti-base64url.h"
#include "tutti-fuzz.h"

#include <string.h>

#define HEADER "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."

const char *const fuzz_corpus[] = {
  "p{\"iss\":\"tutti\",\"jam\":\"abc\",\"person\":1,\"creator\":7,\"generation\":0,\"iat\":1000,\"nbf\":1000,\"exp\":1600,\"jti\":\"x\"}",
  "t" HEADER "e30.AAAA", "t", "t..", "k{\"key\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"before\":"
  "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"made\":1,\"generation\":3,\"revoked\":[[\"abc\",1,2,3]]}", NULL
};

static void
zeros (guint8 *bytes, gsize n)
{
  memset (bytes, 0, n);
}

static char *
signed_payload (const char *payload, gsize length)
{
  static const guint8 key[TUTTI_ACCESS_KEY_BYTES];
  g_autofree char *encoded = tutti_base64url_encode ((const guint8 *) payload, length);
  g_autofree char *signing = g_strconcat (HEADER, encoded, NULL), *signature = NULL;
  GHmac *hmac = g_hmac_new (G_CHECKSUM_SHA256, key, sizeof key);
  guint8 hash[32];
  gsize n = sizeof hash;

  g_hmac_update (hmac, (const guchar *) signing, -1);
  g_hmac_get_digest (hmac, hash, &n);
  g_hmac_unref (hmac);
  signature = tutti_base64url_encode (hash, n);
  return g_strconcat (signing, ".", signature, NULL);
}

static void
check_claims (const TuttiAccessClaims *claims)
{
  g_assert_cmpuint (strlen (claims->jam), >, 0);
  g_assert_true (claims->person >= 1 && claims->person <= TUTTI_PERSON_NUMBER_MAX && claims->creator != 0);
  g_assert_cmpint (claims->ends_s, >, 1000);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(TuttiAccess) access = tutti_access_new (zeros, 1000);
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data + 1, size - 1) : NULL, *token = NULL, *kept = NULL;
  g_autoptr(GError) error = NULL;
  TuttiAccessClaims claims = { 0 };

  if (size == 0)
    return 0;
  if (data[0] == 'k')
    {
      g_assert_true (tutti_access_resume (access, text, &error) == (error == NULL));
      kept = tutti_access_to_text (access);
      g_assert_true (tutti_access_resume (access, kept, NULL));
      return 0;
    }
  token = data[0] == 't' ? g_strdup (text) : signed_payload (text, strlen (text));
  if (tutti_access_check (access, token, 1000, &claims, &error))
    check_claims (&claims);
  else
    g_assert_true (error != NULL && claims.person == 0);
  return 0;
}
