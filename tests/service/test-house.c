/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many jams over one real store: opened when somebody comes, closed when nobody is there, and within bounds. */
#include "tutti-house.h"

#include <string.h>

#include "../store/store-fixture.h"
#include "harness.h"

typedef struct
{
  char       *folder;
  TuttiStore *store;
  TuttiHouse *house;
  char       *jams[4];
  guint       n_changed, n_closed;
  char        closed[TUTTI_JAM_ID_MAX + 1];      /* the newest */
} Place;

typedef struct
{
  TuttiWelcome welcome;            /* the newest; number of me 0: not let in */
  guint        n_closed;
  TuttiClose   code;               /* the newest */
} Visitor;

static void
on_changed (gpointer user, const TuttiRoomStatus *status)
{
  ((Place *) user)->n_changed++;
}

static void
on_closed (gpointer user, const char *jam)
{
  Place *place = user;

  place->n_closed++;
  g_strlcpy (place->closed, jam, sizeof place->closed);
}

static void
set_up (Place *place, gconstpointer data)
{
  static const TuttiHouseLimits limits = { .rooms = 2, .people = 3, .people_a_room = 2, .on_demand = TRUE };
  TuttiHouseWatch watch = { place, on_changed, on_closed };
  g_autoptr(GError) error = NULL;

  place->folder = fixture_folder ();
  place->store = fixture_open (place->folder);
  for (guint i = 0; i < G_N_ELEMENTS (place->jams); i++)
    {
      g_autofree char *name = g_strdup_printf ("Jam %u", i);

      place->jams[i] = tutti_room_create (place->store, name, NULL, &error);
      g_assert_no_error (error);
    }
  place->house = tutti_house_new (place->store, &limits, &watch);
  tutti_house_set_default (place->house, place->jams[0]);
}

static void
tear_down (Place *place, gconstpointer data)
{
  tutti_house_close (place->house, TUTTI_CLOSE_GOING_AWAY);
  for (guint i = 0; i < G_N_ELEMENTS (place->jams); i++)
    g_free (place->jams[i]);
  g_assert_true (tutti_store_close (place->store, NULL));
  g_object_unref (place->store);
  fixture_remove (place->folder);
}

static TuttiRoom *
open_jam (Place *place, guint i)
{
  g_autoptr(GError) error = NULL;
  TuttiRoom *room = tutti_house_visit (place->house, place->jams[i], &error);

  g_assert_no_error (error);
  return room;
}

static void
refuse_jam (Place *place, const char *jam, GQuark domain, int code)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (tutti_house_visit (place->house, jam, &error));
  g_assert_error (error, domain, code);
}

static void
on_receive (gpointer user, const char *text)
{
  Visitor *visitor = user;
  g_auto(TuttiMessage) message = { 0 };

  g_assert_true (tutti_message_read (text, strlen (text), &message, NULL));
  if (message.kind == TUTTI_MESSAGE_WELCOME)
    visitor->welcome = message.welcome;
}

static void
on_sent_away (gpointer user, TuttiClose code, const char *words)
{
  Visitor *visitor = user;

  visitor->n_closed++;
  visitor->code = code;
}

static guint
come (Visitor *visitor, TuttiRoom *room)
{
  TuttiMessage hello = { .kind = TUTTI_MESSAGE_HELLO, .hello = { .protocol = TUTTI_PROTOCOL_VERSION, .name = "Ada" } };
  g_strlcpy (hello.hello.token, visitor->welcome.token, sizeof hello.hello.token);
  g_autofree char *text = tutti_message_write (&hello);
  guint connection = tutti_room_connect (room, &(TuttiRoomGuest) { visitor, on_receive, on_sent_away, NULL });

  memset (&visitor->welcome, 0, sizeof visitor->welcome);
  tutti_room_say (room, connection, text);
  return connection;
}

static TuttiRoomStatus
status_of (TuttiRoom *room)
{
  TuttiRoomStatus status;

  tutti_room_get_status (room, &status);
  return status;
}

static void
test_on_demand (Place *place, gconstpointer data)
{
  g_assert_null (tutti_house_find (place->house, place->jams[1]));
  TuttiRoom *room = open_jam (place, 1);

  g_assert_cmpstr (status_of (room).name, ==, "Jam 1");
  g_assert_true (tutti_house_find (place->house, place->jams[1]) == room);
  g_assert_cmpuint (place->n_changed, ==, 1);
  /* Who names none gets the default one. */
  room = tutti_house_visit (place->house, NULL, NULL);
  g_assert_cmpstr (status_of (room).jam, ==, place->jams[0]);
}

static void
test_no_such_jam (Place *place, gconstpointer data)
{
  refuse_jam (place, "nobody-knows-it", TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND);
  refuse_jam (place, "../x", TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_INVALID);
  g_autoptr(GPtrArray) rooms = tutti_house_get_rooms (place->house);

  g_assert_cmpuint (rooms->len, ==, 0);
}

/* A house that shows only what it opened by itself. */
static void
test_own_only (Place *place, gconstpointer data)
{
  TuttiHouseLimits limits = { .rooms = 1, .people = 2, .people_a_room = 2 };

  tutti_house_set_limits (place->house, &limits);
  refuse_jam (place, place->jams[1], TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND);
  g_assert_nonnull (tutti_house_visit (place->house, place->jams[0], NULL));
  g_assert_nonnull (tutti_house_visit (place->house, NULL, NULL));
}

/* For one more the empty one makes place; when somebody is in each, it is refused. */
static void
test_full (Place *place, gconstpointer data)
{
  Visitor ada = { 0 }, bob = { 0 };

  come (&ada, open_jam (place, 0));
  open_jam (place, 1);
  TuttiRoom *third = open_jam (place, 2);

  g_assert_cmpstr (place->closed, ==, place->jams[1]);
  come (&bob, third);
  refuse_jam (place, place->jams[1], TUTTI_HOUSE_ERROR, TUTTI_HOUSE_ERROR_FULL);
  g_assert_nonnull (open_jam (place, 0));
  g_assert_cmpuint (ada.n_closed + bob.n_closed, ==, 0);
}

/* Three in all, two a room: who has a seat gets it back, whatever is full. */
static void
test_people (Place *place, gconstpointer data)
{
  Visitor people[5] = { 0 };
  TuttiRoom *one = open_jam (place, 0), *other = open_jam (place, 1);

  come (&people[0], one);
  come (&people[1], one);
  come (&people[2], one);
  g_assert_cmpuint (people[2].code, ==, TUTTI_CLOSE_FULL);
  come (&people[3], other);
  g_assert_cmpuint (people[3].welcome.me, >, 0);
  /* Told at the next tick, as all that happens inside. */
  WAIT_FOR (status_of (other).people_max == 1);
  come (&people[4], other);
  g_assert_cmpuint (people[4].code, ==, TUTTI_CLOSE_FULL);
  come (&people[3], other);
  g_assert_cmpuint (people[3].welcome.me, >, 0);
  g_assert_cmpuint (status_of (other).people, ==, 1);
}

/* Empty for as long as is set: it lies in the store, and is back with everything in it. */
static void
test_idle (Place *place, gconstpointer data)
{
  TuttiHouseLimits limits = { .rooms = 2, .people = 4, .people_a_room = 2, .idle_s = 1, .on_demand = TRUE };
  Visitor ada = { 0 }, bob = { 0 };
  TuttiRoom *room = open_jam (place, 1);
  guint connection;

  tutti_house_set_limits (place->house, &limits);
  come (&bob, open_jam (place, 0));
  connection = come (&ada, room);
  tutti_room_say (room, connection, "[1,0,[\"tempo\",9000]]");
  gint64 epoch = status_of (room).epoch;

  tutti_room_disconnect (room, connection);
  WAIT_FOR (place->n_closed == 1);
  g_assert_cmpstr (place->closed, ==, place->jams[1]);
  g_assert_nonnull (tutti_house_find (place->house, place->jams[0]));
  room = open_jam (place, 1);
  g_assert_cmpint (status_of (room).tempo_cbpm, ==, 9000);
  g_assert_cmpint (status_of (room).epoch, ==, tutti_epoch_after (epoch, 0, 0));
  /* The seat is kept. */
  guint me = ada.welcome.me;

  come (&ada, room);
  g_assert_cmpuint (ada.welcome.me, ==, me);
}

static void
test_peek (Place *place, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  TuttiRoomStatus status;
  gint64 epoch = status_of (open_jam (place, 3)).epoch;

  g_assert_true (tutti_house_shut (place->house, place->jams[3], TUTTI_CLOSE_GOING_AWAY));
  g_assert_false (tutti_house_shut (place->house, place->jams[3], TUTTI_CLOSE_GOING_AWAY));
  g_assert_true (tutti_room_peek (place->store, place->jams[3], 7, &status, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (status.name, ==, "Jam 3");
  g_assert_cmpuint (status.people, ==, 0);
  g_assert_cmpuint (status.people_max, ==, 7);
  g_assert_cmpint (status.epoch, ==, epoch);
  g_assert_null (tutti_house_find (place->house, place->jams[3]));
}

/* ---- figures ---- */

/* The value of the sample called @name, labels included. */
static gint64
sample (const char *text, const char *name)
{
  g_autofree char *escaped = g_regex_escape_string (name, -1), *pattern = g_strdup_printf ("^%s ([0-9]+)$", escaped);
  g_autoptr(GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;

  if (!g_regex_match (regex, text, 0, &match))
    g_error ("no %s in\n%s", name, text);
  g_autofree char *value = g_match_info_fetch (match, 1);

  return g_ascii_strtoll (value, NULL, 10);
}

static char *
metrics_text (Place *place)
{
  TuttiListenerFigures listener = { .accepted = 7, .open = 3 };
  TuttiMetrics metrics;

  tutti_house_get_metrics (place->house, &metrics);
  return tutti_metrics_to_text (&metrics, &listener);
}

/* What has been counted is not forgotten when a jam closes. */
static void
test_metrics (Place *place, gconstpointer data)
{
  Visitor ada = { 0 };
  TuttiRoom *room = open_jam (place, 1);
  guint connection = come (&ada, room);

  tutti_room_say (room, connection, "[1,0,[\"tempo\",9000]]");
  tutti_room_say (room, connection, "[2,0,[\"track.mute\",\"zz.1\",1]]");
  g_autofree char *text = metrics_text (place);

  g_assert_cmpint (sample (text, "tutti_jams_open"), ==, 1);
  g_assert_cmpint (sample (text, "tutti_participants"), ==, 1);
  /* The person, and that the first one is an admin, are operations too. */
  g_assert_cmpint (sample (text, "tutti_operations_total"), ==, 3);
  g_assert_cmpint (sample (text, "tutti_operations_refused_total"), ==, 1);
  g_assert_cmpint (sample (text, "tutti_message_seconds_count"), ==, 3);
  g_assert_cmpint (sample (text, "tutti_message_seconds_bucket{le=\"+Inf\"}"), ==, 3);
  g_assert_cmpint (sample (text, "tutti_store_append_seconds_count"), ==, 3);
  g_assert_cmpint (sample (text, "tutti_connections_accepted_total"), ==, 7);
  tutti_house_shut (place->house, place->jams[1], TUTTI_CLOSE_GOING_AWAY);
  refuse_jam (place, "nobody-knows-it", TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND);
  g_autofree char *after = metrics_text (place);

  g_assert_cmpint (sample (after, "tutti_jams_open"), ==, 0);
  g_assert_cmpint (sample (after, "tutti_participants"), ==, 0);
  g_assert_cmpint (sample (after, "tutti_operations_total"), ==, 3);
  g_assert_cmpint (sample (after, "tutti_jams_opened_total"), ==, 1);
  g_assert_cmpint (sample (after, "tutti_jams_refused_total"), ==, 1);
}

/* The form that Prometheus reads: for each name help and type once, before its samples; buckets cumulated and closed. */
static void
test_exposition (Place *place, gconstpointer data)
{
  g_autofree char *text = metrics_text (place);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr(GHashTable) types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GRegex) type = g_regex_new ("^# TYPE ([a-z_]+) (counter|gauge|histogram)$", 0, 0, NULL);
  g_autoptr(GRegex) line = g_regex_new ("^([a-z_]+?)(_bucket|_sum|_count)?(\\{[a-z]+=\"[^\"]+\"\\})? [0-9]+(\\.[0-9]+)?$", 0, 0, NULL);

  g_assert_true (g_str_has_suffix (text, "\n"));
  for (guint i = 0; lines[i + 1] != NULL; i++)
    {
      g_autoptr(GMatchInfo) match = NULL;

      if (g_str_has_prefix (lines[i], "# HELP "))
        continue;
      if (g_regex_match (type, lines[i], 0, &match))
        {
          g_assert_true (g_hash_table_add (types, g_match_info_fetch (match, 1)));
          continue;
        }
      g_clear_pointer (&match, g_match_info_unref);
      g_assert_true (g_regex_match (line, lines[i], 0, &match));
      g_autofree char *name = g_match_info_fetch (match, 1);

      g_assert_true (g_hash_table_contains (types, name));
    }
  g_assert_cmpuint (g_hash_table_size (types), >, 20);
}

static void
test_histogram (Place *place, gconstpointer data)
{
  static const gint64 times_us[] = { 0, 10, 11, 250000, 250001, G_MAXINT32 };
  TuttiMetrics metrics = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (times_us); i++)
    tutti_metrics_note_time (&metrics.messages, times_us[i]);
  g_autofree char *text = tutti_metrics_to_text (&metrics, NULL);

  g_assert_cmpint (sample (text, "tutti_message_seconds_bucket{le=\"0.000010\"}"), ==, 2);
  g_assert_cmpint (sample (text, "tutti_message_seconds_bucket{le=\"0.000025\"}"), ==, 3);
  g_assert_cmpint (sample (text, "tutti_message_seconds_bucket{le=\"0.250000\"}"), ==, 4);
  g_assert_cmpint (sample (text, "tutti_message_seconds_bucket{le=\"+Inf\"}"), ==, 6);
  g_assert_null (strstr (text, "tutti_connections_open"));
}

/* Who waits to go on with a jam says of that one that another hosts it for now, and of the rest that there is none: others wait for the
 * former, and pass over the latter. */
static void
test_away (Place *place, gconstpointer data)
{
  static const TuttiHouseLimits limits = { .rooms = 1, .people = 3, .people_a_room = 2 };
  g_autoptr(GError) away = NULL, unknown = NULL, error = NULL;

  tutti_house_set_limits (place->house, &limits);
  tutti_house_set_away (place->house, place->jams[1], TRUE);
  g_assert_null (tutti_house_visit (place->house, place->jams[1], &away));
  g_assert_error (away, TUTTI_HOUSE_ERROR, TUTTI_HOUSE_ERROR_AWAY);
  g_assert_null (tutti_house_visit (place->house, place->jams[2], &unknown));
  g_assert_error (unknown, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND);
  tutti_house_set_away (place->house, place->jams[1], FALSE);
  g_assert_nonnull (tutti_house_visit (place->house, place->jams[0], &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*run) (Place *place, gconstpointer data); } tests[] = {
    { "/house/on-demand", test_on_demand }, { "/house/no-such-jam", test_no_such_jam }, { "/house/own-only", test_own_only },
    { "/house/away", test_away },
    { "/house/full", test_full }, { "/house/people", test_people }, { "/house/idle", test_idle }, { "/house/peek", test_peek },
    { "/house/metrics", test_metrics }, { "/house/exposition", test_exposition }, { "/house/histogram", test_histogram },
  };

  harness_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
