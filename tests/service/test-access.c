/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Access tokens: good for one person in one jam for ten minutes, and for nobody who bends one. */
#include "tutti-access.h"

#include "tutti-base64url.h"

#include <string.h>

static GRand *chance;

static void
fill (guint8 *bytes, gsize n)
{
  for (gsize i = 0; i < n; i++)
    bytes[i] = (guint8) g_rand_int (chance);
}

enum { NOW = 1700000000 };

static void
good (const TuttiAccess *access, const char *token, gint64 now_s, guint person)
{
  TuttiAccessClaims claims = { 0 };
  g_autoptr(GError) error = NULL;

  tutti_access_check (access, token, now_s, &claims, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (claims.person, ==, person);
  g_assert_cmpstr (claims.jam, ==, "jam-1");
}

/* Refused means untouched. */
static void
bad (const TuttiAccess *access, const char *token, gint64 now_s, TuttiAccessError code)
{
  TuttiAccessClaims claims = { .person = 77 };
  g_autoptr(GError) error = NULL;

  g_assert_false (tutti_access_check (access, token, now_s, &claims, &error));
  g_assert_error (error, TUTTI_ACCESS_ERROR, (int) code);
  g_assert_cmpuint (claims.person, ==, 77);
}

static void
test_life (void)
{
  g_autoptr(TuttiAccess) access = tutti_access_new (fill, NOW);
  g_autofree char *token = tutti_access_issue (access, "jam-1", 5, 42, NOW);

  g_assert_cmpuint (strlen (token), <=, TUTTI_TOKEN_BYTES_MAX);
  bad (access, token, NOW - 1, TUTTI_ACCESS_ERROR_OVER);
  good (access, token, NOW, 5);
  good (access, token, NOW + TUTTI_ACCESS_SECONDS - 1, 5);
  bad (access, token, NOW + TUTTI_ACCESS_SECONDS, TUTTI_ACCESS_ERROR_OVER);
}

static char *
resigned (const char *header)
{
  g_autofree char *encoded = tutti_base64url_encode ((const guint8 *) header, strlen (header));

  return g_strconcat (encoded, ".e30.", NULL);
}

static void
test_no_token (void)
{
  g_autoptr(TuttiAccess) access = tutti_access_new (fill, NOW);
  g_autofree char *none = resigned ("{\"alg\":\"none\"}"), *other = resigned ("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
  g_autofree char *token = tutti_access_issue (access, "jam-1", 5, 42, NOW);
  g_autofree char *longer = g_strconcat (token, "A", NULL), *dotted = g_strconcat (token, ".e30", NULL);
  g_autofree char *endless = g_strnfill (100000, 'A');
  g_autofree char *unsigned_one = g_strdup (token);
  const char *const texts[] = { NULL, "", ".", "..", "a.b.c", none, other, longer, dotted, endless, unsigned_one, " ",
                                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.." };

  strrchr (unsigned_one, '.')[1] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    bad (access, texts[i], NOW, TUTTI_ACCESS_ERROR_INVALID);
}

/* Whatever single character becomes another, it is no token of this host: there is one spelling only. */
static void
test_bent (void)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=";
  g_autoptr(TuttiAccess) access = tutti_access_new (fill, NOW);
  g_autofree char *token = tutti_access_issue (access, "jam-1", 5, 42, NOW);

  for (gsize i = 0; i < strlen (token); i++)
    for (gsize c = 0; c < strlen (alphabet); c++)
      {
        g_autofree char *other = g_strdup (token);

        if (token[i] == alphabet[c])
          continue;
        other[i] = alphabet[c];
        bad (access, other, NOW, TUTTI_ACCESS_ERROR_INVALID);
      }
}

/* Another host's is not ours, whatever it says. */
static void
test_other_host (void)
{
  g_autoptr(TuttiAccess) one = tutti_access_new (fill, NOW), other = tutti_access_new (fill, NOW);
  g_autofree char *token = tutti_access_issue (one, "jam-1", 5, 42, NOW);

  bad (other, token, NOW, TUTTI_ACCESS_ERROR_INVALID);
}

static void
test_revoked (void)
{
  g_autoptr(TuttiAccess) access = tutti_access_new (fill, NOW), again = tutti_access_new (fill, NOW);
  g_autofree char *before = tutti_access_issue (access, "jam-1", 5, 42, NOW), *others = tutti_access_issue (access, "jam-1", 6, 43, NOW);
  g_autofree char *after = NULL, *kept = NULL;

  tutti_access_revoke (access, "jam-1", 5, NOW);
  after = tutti_access_issue (access, "jam-1", 5, 44, NOW);
  bad (access, before, NOW, TUTTI_ACCESS_ERROR_OVER);
  good (access, others, NOW, 6);
  good (access, after, NOW, 5);

  /* A host that begins again knows it still. */
  kept = tutti_access_to_text (access);
  g_assert_true (tutti_access_resume (again, kept, NULL));
  bad (again, before, NOW, TUTTI_ACCESS_ERROR_OVER);
  good (again, after, NOW, 5);

  /* Long after that was forgotten, once more: what is younger than the first time is over as well. */
  g_autofree char *late = tutti_access_issue (again, "jam-1", 5, 45, NOW + 700);

  tutti_access_revoke (again, "jam-1", 9, NOW + 700);
  good (again, late, NOW + 701, 5);
  tutti_access_revoke (again, "jam-1", 5, NOW + 701);
  bad (again, late, NOW + 701, TUTTI_ACCESS_ERROR_OVER);
}

/* Beyond what is remembered of single people, nobody's old token is good any more. */
static void
test_revoked_many (void)
{
  g_autoptr(TuttiAccess) access = tutti_access_new (fill, NOW);
  g_autofree char *first = tutti_access_issue (access, "jam-1", 1, 42, NOW), *kept = NULL;
  g_autoptr(TuttiAccess) again = tutti_access_new (fill, NOW);

  for (guint person = 1; person <= TUTTI_ACCESS_REVOKED_MAX + 1; person++)
    tutti_access_revoke (access, "jam-1", person, NOW);
  bad (access, first, NOW, TUTTI_ACCESS_ERROR_INVALID);
  kept = tutti_access_to_text (access);
  g_assert_true (tutti_access_resume (again, kept, NULL));
}

static void
test_keys_turn (void)
{
  g_autoptr(TuttiAccess) access = tutti_access_new (fill, NOW);
  g_autofree char *token = NULL;
  gint64 later = NOW + TUTTI_ACCESS_KEY_SECONDS;

  g_assert_false (tutti_access_turn (access, later - 1));
  token = tutti_access_issue (access, "jam-1", 5, 42, later - 1);
  g_assert_true (tutti_access_turn (access, later));
  good (access, token, later, 5);
  g_assert_true (tutti_access_turn (access, later + TUTTI_ACCESS_KEY_SECONDS));
  bad (access, token, later, TUTTI_ACCESS_ERROR_INVALID);
  /* A clock that was set back. */
  g_assert_true (tutti_access_turn (access, NOW));
}

static void
test_kept_damaged (void)
{
  static const char *const texts[] = { "", "{}", "[]", "{\"key\":\"A\",\"before\":\"A\",\"made\":1,\"generation\":1,\"revoked\":[]}" };
  g_autoptr(TuttiAccess) access = tutti_access_new (fill, NOW);
  g_autofree char *token = tutti_access_issue (access, "jam-1", 5, 42, NOW);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (tutti_access_resume (access, texts[i], &error));
      g_assert_nonnull (error);
    }
  good (access, token, NOW, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  chance = g_rand_new_with_seed (g_test_rand_int ());
  g_test_add_func ("/access/life", test_life);
  g_test_add_func ("/access/no-token", test_no_token);
  g_test_add_func ("/access/bent", test_bent);
  g_test_add_func ("/access/other-host", test_other_host);
  g_test_add_func ("/access/revoked", test_revoked);
  g_test_add_func ("/access/revoked-many", test_revoked_many);
  g_test_add_func ("/access/keys-turn", test_keys_turn);
  g_test_add_func ("/access/kept-damaged", test_kept_damaged);
  int failed = g_test_run ();

  g_rand_free (chance);
  return failed;
}
