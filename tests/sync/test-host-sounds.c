/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sounds that no track plays leave the jam after two hours of it being open, by the host's own operation; in virtual time. */
#include "tutti-host-private.h"

#include "tutti-jam-remix.h"

#define HOUR_US (3600 * (gint64) G_USEC_PER_SEC)

static const char used[] = "1111111111111111111111111111111111111111111111111111111111111111";
static const char unused[] = "2222222222222222222222222222222222222222222222222222222222222222";
static const char buried[] = "3333333333333333333333333333333333333333333333333333333333333333";

typedef struct
{
  TuttiHost *host;
  gint64     us;
  guint      n_appended;
  gboolean   full;
} Place;

static void
on_nothing (gpointer user, guint connection, const char *text)
{
}

static gboolean
on_append (gpointer user, gint64 epoch, const TuttiStamp *stamp, const char *text, GError **error)
{
  Place *place = user;

  if (place->full)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
      return FALSE;
    }
  g_assert_cmpuint (stamp->by, ==, 0);
  place->n_appended++;
  return TRUE;
}

static guint32
on_random (gpointer user)
{
  return 7;
}

static TuttiNow
now (const Place *place)
{
  return (TuttiNow) { place->us * 48 / 1000, place->us };
}

static void
edit (Place *place, TuttiOp *op)
{
  g_autoptr(TuttiOp) owned = op;
  g_autoptr(GError) error = NULL;

  tutti_host_apply (place->host, op, now (place), &error);
  g_assert_no_error (error);
}

static void
add_sound (Place *place, const char *hash, guint track)
{
  g_autofree char *sound = g_strconcat ("sha:", hash, NULL);

  edit (place, tutti_op_new (TUTTI_OP_SOUND_ADD, hash, "Rain", TUTTI_N (48000), TUTTI_N (1)));
  if (track != 0)
    edit (place, tutti_op_new (TUTTI_OP_TRACK_ADD, tutti_id (1, track), "Rain", sound, TUTTI_N (0)));
}

static void
begin (Place *place)
{
  TuttiHostSettings settings = { .epoch = 1, .people_max = 4, .jam = "jam" };

  *place = (Place) { .us = HOUR_US };
  place->host = tutti_host_new (tutti_jam_new (), 0, 0, &settings,
                                &(TuttiHostHooks) { .user = place, .send = on_nothing, .append = on_append, .random = on_random });
  add_sound (place, used, 1);
  add_sound (place, unused, 0);
  add_sound (place, buried, 2);
  edit (place, tutti_op_new (TUTTI_OP_TRACK_DELETE, tutti_id (1, 2)));
}

/* A minute at a time, as it is looked at. */
static void
pass (Place *place, gint64 us)
{
  for (gint64 end = place->us + us; place->us < end; place->us += 60 * (gint64) G_USEC_PER_SEC)
    tutti_host_tick (place->host, now (place));
}

static gboolean
has (const Place *place, const char *hash)
{
  return tutti_jam_sound (place->host->jam, hash) != NULL;
}

static void
test_unused (void)
{
  Place place;

  begin (&place);
  pass (&place, 2 * HOUR_US - 120 * (gint64) G_USEC_PER_SEC);
  g_assert_true (has (&place, unused));
  guint before = place.n_appended;

  pass (&place, 300 * (gint64) G_USEC_PER_SEC);
  g_assert_false (has (&place, unused));
  g_assert_cmpuint (place.n_appended, ==, before + 1);
  g_assert_cmpuint (place.host->figures.expired, ==, 1);
  pass (&place, 30 * HOUR_US);
  g_assert_true (has (&place, used));
  /* Its track can still be brought back; once it cannot, the time begins. */
  g_assert_true (has (&place, buried));
  edit (&place, tutti_op_new (TUTTI_OP_PURGE, tutti_id (1, 2)));
  pass (&place, HOUR_US);
  g_assert_true (has (&place, buried));
  pass (&place, 2 * HOUR_US);
  g_assert_false (has (&place, buried));
  tutti_host_free (place.host);
}

/* Used again in between: the two hours begin anew. */
static void
test_used_again (void)
{
  g_autofree char *sound = g_strconcat ("sha:", unused, NULL);
  Place place;

  begin (&place);
  pass (&place, HOUR_US);
  edit (&place, tutti_op_new (TUTTI_OP_TRACK_ADD, tutti_id (1, 3), "Rain", sound, TUTTI_N (0)));
  pass (&place, HOUR_US / 10);
  edit (&place, tutti_op_new (TUTTI_OP_TRACK_SOUND, tutti_id (1, 3), "kit:tight-kick"));
  pass (&place, 2 * HOUR_US - 120 * (gint64) G_USEC_PER_SEC);
  g_assert_true (has (&place, unused));
  pass (&place, 300 * (gint64) G_USEC_PER_SEC);
  g_assert_false (has (&place, unused));
  tutti_host_free (place.host);
}

/* Deleted and brought back in between, the same. */
static void
test_brought_back (void)
{
  Place place;

  begin (&place);
  pass (&place, HOUR_US);
  edit (&place, tutti_op_new (TUTTI_OP_SOUND_DELETE, unused));
  pass (&place, 2 * HOUR_US);
  add_sound (&place, unused, 0);
  pass (&place, 2 * HOUR_US - 120 * (gint64) G_USEC_PER_SEC);
  g_assert_true (has (&place, unused));
  pass (&place, 300 * (gint64) G_USEC_PER_SEC);
  g_assert_false (has (&place, unused));
  tutti_host_free (place.host);
}

/* What cannot be kept does not happen; nor does a host that gave the jam away do anything more. */
static void
test_full (void)
{
  Place place;

  begin (&place);
  place.full = TRUE;
  pass (&place, 5 * HOUR_US);
  g_assert_true (has (&place, unused));
  g_assert_cmpuint (place.host->figures.expired, ==, 0);
  place.full = FALSE;
  tutti_host_freeze (place.host);
  pass (&place, HOUR_US);
  g_assert_true (has (&place, unused));
  tutti_host_free (place.host);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host-sounds/unused", test_unused);
  g_test_add_func ("/host-sounds/used-again", test_used_again);
  g_test_add_func ("/host-sounds/brought-back", test_brought_back);
  g_test_add_func ("/host-sounds/full", test_full);
  return g_test_run ();
}
