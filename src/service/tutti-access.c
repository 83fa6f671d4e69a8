/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-access.h"

#include "tutti-address.h"
#include "tutti-base64url.h"
#include "tutti-json-read.h"
#include "tutti-json-write.h"

#include <string.h>

#define HASH_BYTES 32
#define ID_BYTES 16

/* {"alg":"HS256","typ":"JWT"}: compared as text, so that no other algorithm, "none" among them, is ever looked at. */
#define HEADER "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
#define ISSUER "tutti"

typedef struct
{
  char   jam[TUTTI_JAM_ID_MAX + 1];
  guint  person;
  gint64 generation;               /* tokens below it are over */
  gint64 until_s;                  /* when the last of those has ended anyway */
} Revoked;

struct _TuttiAccess
{
  TuttiAccessRandom random;
  guint8            key[TUTTI_ACCESS_KEY_BYTES], before[TUTTI_ACCESS_KEY_BYTES];
  gint64            made_s;        /* when @key was */
  gint64            generation;    /* goes up each time somebody is sent away: said in each token */
  GArray           *revoked;       /* of Revoked */
};

typedef struct
{
  TuttiAccessClaims claims;
  gint64            generation, not_before_s;
} Payload;

G_DEFINE_QUARK (tutti-access-error-quark, tutti_access_error)

/* ---- keys ---- */

TuttiAccess *
tutti_access_new (TuttiAccessRandom random, gint64 now_s)
{
  TuttiAccess *self = g_new0 (TuttiAccess, 1);

  self->random = random;
  self->made_s = now_s;
  self->revoked = g_array_new (FALSE, FALSE, sizeof (Revoked));
  random (self->key, sizeof self->key);
  random (self->before, sizeof self->before);
  return self;
}

void
tutti_access_free (TuttiAccess *self)
{
  g_array_unref (self->revoked);
  memset (self->key, 0, sizeof self->key);
  memset (self->before, 0, sizeof self->before);
  g_free (self);
}

/* The key before the last one is forgotten, and with it whatever it signed. A clock that was set back makes a key of the future,
 * which is as little to be trusted as an old one. */
gboolean
tutti_access_turn (TuttiAccess *self, gint64 now_s)
{
  if (now_s >= self->made_s && now_s - self->made_s < TUTTI_ACCESS_KEY_SECONDS)
    return FALSE;
  memcpy (self->before, self->key, sizeof self->key);
  self->random (self->key, sizeof self->key);
  self->made_s = now_s;
  return TRUE;
}

/* ---- what is kept ---- */

static void
put_key (GString *out, const char *name, const guint8 *key)
{
  g_autofree char *text = tutti_base64url_encode (key, TUTTI_ACCESS_KEY_BYTES);

  tutti_json_put_member_text (out, name, text);
}

char *
tutti_access_to_text (const TuttiAccess *self)
{
  GString *out = g_string_new (NULL);

  tutti_json_open (out, '{');
  put_key (out, "key", self->key);
  put_key (out, "before", self->before);
  tutti_json_put_member_int (out, "made", self->made_s);
  tutti_json_put_member_int (out, "generation", self->generation);
  tutti_json_key (out, "revoked");
  tutti_json_open (out, '[');
  for (guint i = 0; i < self->revoked->len; i++)
    {
      const Revoked *each = &g_array_index (self->revoked, Revoked, i);

      tutti_json_open (out, '[');
      tutti_json_put_text (out, each->jam);
      tutti_json_put_int (out, each->person);
      tutti_json_put_int (out, each->generation);
      tutti_json_put_int (out, each->until_s);
      tutti_json_close (out, ']');
    }
  tutti_json_close (out, ']');
  tutti_json_close (out, '}');
  return g_string_free (out, FALSE);
}

static gboolean
read_key (JsonObject *object, const char *name, guint8 *key, GError **error)
{
  const char *text;

  if (!tutti_json_read_string (object, name, 64, &text, error))
    return FALSE;
  if (tutti_base64url_decode (text, strlen (text), key, TUTTI_ACCESS_KEY_BYTES) == TUTTI_ACCESS_KEY_BYTES)
    return TRUE;
  g_set_error (error, TUTTI_ACCESS_ERROR, TUTTI_ACCESS_ERROR_INVALID, "“%s” is no key", name);
  return FALSE;
}

static gboolean
read_revoked (JsonArray *array, guint index, Revoked *out, GError **error)
{
  JsonArray *each;
  const char *jam;
  gint64 person;

  if (!tutti_json_item_array (array, index, 4, &each, error) ||
      !tutti_json_item_string (each, 0, TUTTI_JAM_ID_MAX, &jam, error) ||
      !tutti_json_item_int (each, 1, 1, TUTTI_PERSON_NUMBER_MAX, &person, error) ||
      !tutti_json_item_int (each, 2, 1, TUTTI_JSON_INT_MAX, &out->generation, error) ||
      !tutti_json_item_int (each, 3, 0, TUTTI_JSON_INT_MAX, &out->until_s, error))
    return FALSE;
  g_strlcpy (out->jam, jam, sizeof out->jam);
  out->person = (guint) person;
  return TRUE;
}

static gboolean
read_kept (JsonObject *object, TuttiAccess *out, GError **error)
{
  JsonArray *revoked;

  if (!read_key (object, "key", out->key, error) || !read_key (object, "before", out->before, error) ||
      !tutti_json_read_int (object, "made", 0, TUTTI_JSON_INT_MAX, &out->made_s, error) ||
      !tutti_json_read_int (object, "generation", 0, TUTTI_JSON_INT_MAX, &out->generation, error) ||
      !tutti_json_read_array (object, "revoked", TUTTI_ACCESS_REVOKED_MAX, &revoked, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (revoked); i++)
    {
      Revoked each = { 0 };

      if (!read_revoked (revoked, i, &each, error))
        return FALSE;
      g_array_append_val (out->revoked, each);
    }
  return TRUE;
}

gboolean
tutti_access_resume (TuttiAccess *self, const char *text, GError **error)
{
  g_autoptr(JsonNode) node = tutti_json_parse (text, strlen (text), TUTTI_JSON_DOCUMENT, error);
  g_autoptr(TuttiAccess) read = tutti_access_new (self->random, 0);
  JsonObject *object;
  GArray *revoked;

  if (node == NULL || !tutti_json_check_object (node, "what is kept of access", &object, error) || !read_kept (object, read, error))
    return FALSE;
  revoked = self->revoked;
  *self = *read;
  read->revoked = revoked;
  return TRUE;
}

/* ---- tokens ---- */

/* Of @length bytes of @text, with @key. */
static void
sign (const guint8 *key, const char *text, gsize length, guint8 hash[HASH_BYTES])
{
  GHmac *hmac = g_hmac_new (G_CHECKSUM_SHA256, key, TUTTI_ACCESS_KEY_BYTES);
  gsize n = HASH_BYTES;

  g_hmac_update (hmac, (const guchar *) text, (gssize) length);
  g_hmac_get_digest (hmac, hash, &n);
  g_hmac_unref (hmac);
}

/* In a time that does not tell where they differ. */
static gboolean
equal_hashes (const guint8 *one, const guint8 *other)
{
  volatile guint8 difference = 0;

  for (guint i = 0; i < HASH_BYTES; i++)
    difference |= one[i] ^ other[i];
  return difference == 0;
}

static char *
write_payload (TuttiAccess *self, const TuttiAccessClaims *claims)
{
  GString *out = g_string_new (NULL);
  guint8 id[ID_BYTES];

  self->random (id, sizeof id);
  g_autofree char *name = tutti_base64url_encode (id, sizeof id);

  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "iss", ISSUER);
  tutti_json_put_member_text (out, "jam", claims->jam);
  tutti_json_put_member_int (out, "person", claims->person);
  tutti_json_put_member_int (out, "creator", claims->creator);
  tutti_json_put_member_int (out, "generation", self->generation);
  tutti_json_put_member_int (out, "iat", claims->begins_s);
  tutti_json_put_member_int (out, "nbf", claims->begins_s);
  tutti_json_put_member_int (out, "exp", claims->ends_s);
  tutti_json_put_member_text (out, "jti", name);
  tutti_json_close (out, '}');
  g_autofree char *payload = tutti_base64url_encode ((const guint8 *) out->str, out->len);

  g_string_free (out, TRUE);
  return g_strconcat (HEADER ".", payload, NULL);
}

char *
tutti_access_issue (TuttiAccess *self, const char *jam, guint person, guint32 creator, gint64 now_s)
{
  TuttiAccessClaims claims = { .person = person, .creator = creator, .begins_s = now_s, .ends_s = now_s + TUTTI_ACCESS_SECONDS };
  guint8 hash[HASH_BYTES];

  g_strlcpy (claims.jam, jam, sizeof claims.jam);
  g_autofree char *signing = write_payload (self, &claims);

  sign (self->key, signing, strlen (signing), hash);
  g_autofree char *signature = tutti_base64url_encode (hash, sizeof hash);

  return g_strconcat (signing, ".", signature, NULL);
}

/* (nullable) The second dot of @token, if all around it can be a token of ours. */
static const char *
find_signature (const char *token)
{
  const char *payload = token + strlen (HEADER ".");

  if (strnlen (token, TUTTI_TOKEN_BYTES_MAX + 1) > TUTTI_TOKEN_BYTES_MAX || !g_str_has_prefix (token, HEADER "."))
    return NULL;
  return strchr (payload, '.');
}

/* Both keys are always tried, so that nobody sees which one was right. */
static gboolean
is_signed (const TuttiAccess *self, const char *token, const char *dot)
{
  guint8 said[HASH_BYTES], now[HASH_BYTES], before[HASH_BYTES];

  if (tutti_base64url_decode (dot + 1, strlen (dot + 1), said, sizeof said) != HASH_BYTES)
    return FALSE;
  sign (self->key, token, (gsize) (dot - token), now);
  sign (self->before, token, (gsize) (dot - token), before);
  return equal_hashes (said, now) | equal_hashes (said, before);
}

static gboolean
read_payload (JsonObject *object, Payload *out, GError **error)
{
  const char *issuer, *jam, *id;
  gint64 person, creator, issued;

  if (!tutti_json_read_string (object, "iss", 8, &issuer, error) ||
      !tutti_json_read_string (object, "jam", TUTTI_JAM_ID_MAX, &jam, error) ||
      !tutti_json_read_int (object, "person", 1, TUTTI_PERSON_NUMBER_MAX, &person, error) ||
      !tutti_json_read_int (object, "creator", 1, G_MAXUINT32, &creator, error) ||
      !tutti_json_read_int (object, "generation", 0, TUTTI_JSON_INT_MAX, &out->generation, error) ||
      !tutti_json_read_int (object, "iat", 0, TUTTI_JSON_INT_MAX, &issued, error) ||
      !tutti_json_read_int (object, "nbf", 0, TUTTI_JSON_INT_MAX, &out->not_before_s, error) ||
      !tutti_json_read_int (object, "exp", 0, TUTTI_JSON_INT_MAX, &out->claims.ends_s, error) ||
      !tutti_json_read_string (object, "jti", 32, &id, error))
    return FALSE;
  g_strlcpy (out->claims.jam, jam, sizeof out->claims.jam);
  out->claims.person = (guint) person;
  out->claims.creator = (guint32) creator;
  out->claims.begins_s = issued;
  return g_str_equal (issuer, ISSUER) && tutti_address_is_jam_id (jam);
}

static gboolean
read_token (const TuttiAccess *self, const char *token, Payload *out)
{
  const char *dot = find_signature (token);
  guint8 text[TUTTI_TOKEN_BYTES_MAX];
  JsonObject *object;

  if (dot == NULL || !is_signed (self, token, dot))
    return FALSE;
  const char *payload = token + strlen (HEADER ".");
  gssize n = tutti_base64url_decode (payload, (gsize) (dot - payload), text, sizeof text);
  g_autoptr(JsonNode) node = n > 0 ? tutti_json_parse ((const char *) text, (gsize) n, TUTTI_JSON_DEFAULT, NULL) : NULL;

  return node != NULL && tutti_json_check_object (node, "a token", &object, NULL) && read_payload (object, out, NULL);
}

static gboolean
is_revoked (const TuttiAccess *self, const Payload *payload)
{
  gboolean over = FALSE;

  for (guint i = 0; i < self->revoked->len; i++)
    {
      const Revoked *each = &g_array_index (self->revoked, Revoked, i);

      over |= each->person == payload->claims.person && payload->generation < each->generation &&
              g_str_equal (each->jam, payload->claims.jam);
    }
  return over;
}

gboolean
tutti_access_check (const TuttiAccess *self, const char *token, gint64 now_s, TuttiAccessClaims *out, GError **error)
{
  Payload payload = { 0 };

  if (token == NULL || !read_token (self, token, &payload))
    {
      g_set_error_literal (error, TUTTI_ACCESS_ERROR, TUTTI_ACCESS_ERROR_INVALID, "this is not an access token of this host");
      return FALSE;
    }
  if (is_revoked (self, &payload) | (now_s < payload.not_before_s) | (now_s >= payload.claims.ends_s))
    {
      g_set_error_literal (error, TUTTI_ACCESS_ERROR, TUTTI_ACCESS_ERROR_OVER, "this access token is over: ask for another one");
      return FALSE;
    }
  *out = payload.claims;
  return TRUE;
}

/* ---- taking back ---- */

static void
forget_over (TuttiAccess *self, const char *jam, guint person, gint64 now_s)
{
  for (guint i = self->revoked->len; i-- > 0; )
    {
      const Revoked *each = &g_array_index (self->revoked, Revoked, i);

      if (each->until_s <= now_s || (each->person == person && g_str_equal (each->jam, jam)))
        g_array_remove_index_fast (self->revoked, i);
    }
}

void
tutti_access_revoke (TuttiAccess *self, const char *jam, guint person, gint64 now_s)
{
  Revoked revoked = { .person = person, .generation = ++self->generation, .until_s = now_s + TUTTI_ACCESS_SECONDS };

  g_strlcpy (revoked.jam, jam, sizeof revoked.jam);
  forget_over (self, jam, person, now_s);
  if (self->revoked->len < TUTTI_ACCESS_REVOKED_MAX)
    {
      g_array_append_val (self->revoked, revoked);
      return;
    }
  /* Whoever is in a jam gets another one within a moment. */
  self->random (self->key, sizeof self->key);
  self->random (self->before, sizeof self->before);
  g_array_set_size (self->revoked, 0);
}
