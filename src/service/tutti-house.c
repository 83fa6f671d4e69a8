/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-house.h"

#include <string.h>

#define LOOK_AROUND_MS 1000

typedef struct
{
  TuttiRoom *room;                 /* owned */
  gint64     used_us;              /* when somebody was seen in it, or it was asked for */
} Suite;

struct _TuttiHouse
{
  TuttiStore      *store;          /* owned */
  TuttiHouseLimits limits;
  TuttiHouseWatch  watch;
  char            *default_jam;
  guint            clock_port;
  GHashTable      *suites;         /* jam id → Suite */
  GHashTable      *away;           /* ids of jams that another host goes on with */
  GSource         *round;
  char            *secret;         /* (nullable) */
  TuttiMetrics     metrics;        /* of what has ended */
  TuttiRoomKicked  kicked;         /* (nullable) */
  gpointer         kicked_user;
};

G_DEFINE_QUARK (tutti-house-error-quark, tutti_house_error)

static guint
count_people (TuttiHouse *house)
{
  GHashTableIter iter;
  gpointer each;
  guint people = 0;

  g_hash_table_iter_init (&iter, house->suites);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    {
      TuttiRoomStatus status;

      tutti_room_get_status (((Suite *) each)->room, &status);
      people += status.people;
    }
  return people;
}

/* The bound on all people reaches each room as its own: so it is the host who refuses, after it looked whether somebody only
 * comes back to their seat. */
static void
share_out (TuttiHouse *house)
{
  guint people = count_people (house);
  guint left = house->limits.people > people ? house->limits.people - people : 0;
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, house->suites);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    {
      TuttiRoomStatus status;

      tutti_room_get_status (((Suite *) each)->room, &status);
      guint most = MIN (house->limits.people_a_room, status.people + left);

      if (most != status.people_max)
        tutti_room_set_people_max (((Suite *) each)->room, most);
    }
}

static void
on_room_changed (gpointer user, const TuttiRoomStatus *status)
{
  TuttiHouse *house = user;

  share_out (house);
  if (house->watch.changed != NULL)
    house->watch.changed (house->watch.user, status);
}

/* ---- closing ---- */

gboolean
tutti_house_shut (TuttiHouse *house, const char *jam, TuttiClose code)
{
  g_autofree char *id = NULL;
  Suite *suite = NULL;

  if (!g_hash_table_steal_extended (house->suites, jam, (gpointer *) &id, (gpointer *) &suite))
    return FALSE;
  tutti_room_close (suite->room, code);
  g_free (suite);
  share_out (house);
  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO, "TUTTI_JAM", id, "MESSAGE", "Jam %s: closed, %s; %u open", id,
                    tutti_close_words (code), g_hash_table_size (house->suites));
  if (house->watch.closed != NULL)
    house->watch.closed (house->watch.user, id);
  return TRUE;
}

/* (nullable) The id of the room that is empty for longest, since before @before_us. */
static char *
find_emptiest (TuttiHouse *house, gint64 before_us)
{
  const char *found = NULL;
  GHashTableIter iter;
  gpointer id, each;

  g_hash_table_iter_init (&iter, house->suites);
  while (g_hash_table_iter_next (&iter, &id, &each))
    {
      Suite *suite = each;

      if (!tutti_room_is_empty (suite->room) || suite->used_us >= before_us)
        continue;
      before_us = suite->used_us;
      found = id;
    }
  return g_strdup (found);
}

static void
note_used (TuttiHouse *house, gint64 now_us)
{
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, house->suites);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    if (!tutti_room_is_empty (((Suite *) each)->room))
      ((Suite *) each)->used_us = now_us;
}

/* One room a round: closing writes to the disk, and whoever plays in another one is not to wait for many of them. */
static gboolean
on_round (gpointer data)
{
  TuttiHouse *house = data;
  gint64 now_us = g_get_monotonic_time ();

  note_used (house, now_us);
  if (house->limits.idle_s == 0)
    return G_SOURCE_CONTINUE;
  g_autofree char *idle = find_emptiest (house, now_us - (gint64) house->limits.idle_s * G_USEC_PER_SEC);

  if (idle != NULL)
    tutti_house_shut (house, idle, TUTTI_CLOSE_GOING_AWAY);
  return G_SOURCE_CONTINUE;
}

/* ---- opening ---- */

static gboolean
make_place (TuttiHouse *house, GError **error)
{
  if (g_hash_table_size (house->suites) < house->limits.rooms)
    return TRUE;
  g_autofree char *empty = find_emptiest (house, G_MAXINT64);

  if (empty != NULL)
    return tutti_house_shut (house, empty, TUTTI_CLOSE_GOING_AWAY);
  g_set_error (error, TUTTI_HOUSE_ERROR, TUTTI_HOUSE_ERROR_FULL, "%u jams are open here, and no more may be",
               g_hash_table_size (house->suites));
  return FALSE;
}

char *
tutti_house_token (const char *secret, const char *jam)
{
  char *token = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret), jam, -1);

  token[TUTTI_TOKEN_HEX] = '\0';
  return token;
}

static void
reserve (TuttiHouse *house, const char *jam, TuttiRoom *room)
{
  g_autofree char *token = house->secret != NULL ? tutti_house_token (house->secret, jam) : NULL;

  if (token != NULL)
    tutti_room_reserve (room, token);
}

void
tutti_house_set_secret (TuttiHouse *house, const char *secret)
{
  GHashTableIter iter;
  gpointer jam, suite;

  g_free (house->secret);
  house->secret = g_strdup (secret);
  g_hash_table_iter_init (&iter, house->suites);
  while (g_hash_table_iter_next (&iter, &jam, &suite))
    reserve (house, jam, ((Suite *) suite)->room);
}

static void
take_in (TuttiHouse *house, const char *jam, TuttiRoom *room)
{
  Suite *suite = g_new0 (Suite, 1);

  house->metrics.rooms_opened++;
  tutti_room_set_metrics (room, &house->metrics);
  tutti_room_set_kicked (room, house->kicked, house->kicked_user);
  suite->room = room;
  suite->used_us = g_get_monotonic_time ();
  g_hash_table_insert (house->suites, g_strdup (jam), suite);
  tutti_room_set_clock_port (room, house->clock_port);
  reserve (house, jam, room);
  share_out (house);
  tutti_room_watch (room, on_room_changed, house);
}

void
tutti_house_set_away (TuttiHouse *house, const char *jam, gboolean away)
{
  if (!away)
    {
      g_hash_table_remove (house->away, jam);
      return;
    }
  g_hash_table_add (house->away, g_strdup (jam));
  tutti_house_shut (house, jam, TUTTI_CLOSE_HANDED_OVER);
}

static gboolean
is_ours (TuttiHouse *house, const char *jam, GError **error)
{
  if (!g_hash_table_contains (house->away, jam))
    return TRUE;
  g_set_error (error, TUTTI_HOUSE_ERROR, TUTTI_HOUSE_ERROR_AWAY, "Another host goes on with the jam “%s” for now", jam);
  return FALSE;
}

static TuttiRoom *
open_room (TuttiHouse *house, const char *jam, GError **error)
{
  if (!is_ours (house, jam, error))
    return NULL;
  gint64 begun_us = g_get_monotonic_time ();
  TuttiRoom *room = make_place (house, error) ? tutti_room_open (house->store, jam, house->limits.people_a_room, error) : NULL;

  if (room == NULL)
    {
      house->metrics.rooms_refused++;
      return NULL;
    }
  take_in (house, jam, room);
  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO, "TUTTI_JAM", jam, "MESSAGE", "Jam %s: opened in %.1f ms; %u open", jam,
                    (double) (g_get_monotonic_time () - begun_us) / 1000, g_hash_table_size (house->suites));
  return room;
}

TuttiRoom *
tutti_house_inherit (TuttiHouse *house, const char *jam, const TuttiEstate *estate, const TuttiRoomClock *clock, guint people,
                     GError **error)
{
  TuttiRoom *room;

  tutti_house_shut (house, jam, TUTTI_CLOSE_HANDED_OVER);
  room = tutti_room_inherit (house->store, jam, estate, clock, people, error);
  if (room == NULL)
    return NULL;
  if (house->default_jam[0] == '\0')
    tutti_house_set_default (house, jam);
  tutti_house_set_away (house, jam, FALSE);
  take_in (house, jam, room);
  return room;
}

static Suite *
find_suite (TuttiHouse *house, const char *jam)
{
  return g_hash_table_lookup (house->suites, jam != NULL ? jam : house->default_jam);
}

TuttiRoom *
tutti_house_find (TuttiHouse *house, const char *jam)
{
  Suite *suite = find_suite (house, jam);

  return suite != NULL ? suite->room : NULL;
}

TuttiRoom *
tutti_house_open (TuttiHouse *house, const char *jam, GError **error)
{
  Suite *suite = find_suite (house, jam);

  if (suite == NULL)
    return open_room (house, jam != NULL ? jam : house->default_jam, error);
  suite->used_us = g_get_monotonic_time ();
  return suite->room;
}

TuttiRoom *
tutti_house_visit (TuttiHouse *house, const char *jam, GError **error)
{
  if (jam != NULL && !is_ours (house, jam, error))
    return NULL;
  if (house->limits.on_demand || find_suite (house, jam) != NULL || jam == NULL || g_str_equal (jam, house->default_jam))
    return tutti_house_open (house, jam, error);
  g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND, "There is no jam “%s” here", jam);
  return NULL;
}

/* ---- jams of the store ---- */

char *
tutti_house_create (TuttiHouse *house, const char *name, GError **error)
{
  char *jam = tutti_room_create (house->store, name, NULL, error);
  TuttiRoomStatus status;

  if (jam != NULL && house->watch.changed != NULL &&
      tutti_room_peek (house->store, jam, house->limits.people_a_room, &status, NULL))
    house->watch.changed (house->watch.user, &status);
  return jam;
}

gboolean
tutti_house_delete (TuttiHouse *house, const char *jam, GError **error)
{
  if (g_str_equal (jam, house->default_jam))
    {
      g_set_error_literal (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_CONFLICT, "the default jam of this host stays");
      return FALSE;
    }
  tutti_house_shut (house, jam, TUTTI_CLOSE_JAM_ENDED);
  if (!tutti_store_delete_jam (house->store, jam, g_get_real_time (), error))
    return FALSE;
  if (house->watch.closed != NULL)
    house->watch.closed (house->watch.user, jam);
  return TRUE;
}

/* ---- beginning and end ---- */

TuttiHouse *
tutti_house_new (TuttiStore *store, const TuttiHouseLimits *limits, const TuttiHouseWatch *watch)
{
  TuttiHouse *house = g_new0 (TuttiHouse, 1);

  house->store = g_object_ref (store);
  house->limits = *limits;
  if (watch != NULL)
    house->watch = *watch;
  house->default_jam = g_strdup ("");
  house->away = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  house->suites = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  house->round = g_timeout_source_new (LOOK_AROUND_MS);
  g_source_set_callback (house->round, on_round, house, NULL);
  g_source_attach (house->round, g_main_context_get_thread_default ());
  return house;
}

void
tutti_house_close (TuttiHouse *house, TuttiClose code)
{
  g_autoptr(GList) jams = g_hash_table_get_keys (house->suites);

  house->watch = (TuttiHouseWatch) { 0 };
  for (const GList *each = jams; each != NULL; each = each->next)
    tutti_house_shut (house, each->data, code);
  g_source_destroy (house->round);
  g_source_unref (house->round);
  g_hash_table_unref (house->suites);
  g_hash_table_unref (house->away);
  g_object_unref (house->store);
  g_free (house->default_jam);
  g_free (house->secret);
  g_free (house);
}

/* ---- small answers ---- */

TuttiStore *
tutti_house_get_store (TuttiHouse *house)
{
  return house->store;
}

void
tutti_house_set_kicked (TuttiHouse *house, TuttiRoomKicked kicked, gpointer user)
{
  g_autoptr(GPtrArray) rooms = tutti_house_get_rooms (house);

  house->kicked = kicked;
  house->kicked_user = user;
  for (guint i = 0; i < rooms->len; i++)
    tutti_room_set_kicked (rooms->pdata[i], kicked, user);
}

void
tutti_house_set_default (TuttiHouse *house, const char *jam)
{
  char *copy = g_strdup (jam);

  g_free (house->default_jam);
  house->default_jam = copy;
}

void
tutti_house_set_limits (TuttiHouse *house, const TuttiHouseLimits *limits)
{
  house->limits = *limits;
  share_out (house);
}

void
tutti_house_get_limits (TuttiHouse *house, TuttiHouseLimits *limits)
{
  *limits = house->limits;
}

GPtrArray *
tutti_house_get_rooms (TuttiHouse *house)
{
  GPtrArray *rooms = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, house->suites);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    g_ptr_array_add (rooms, ((Suite *) each)->room);
  return rooms;
}

void
tutti_house_dismiss (TuttiHouse *house, TuttiClose code)
{
  g_autoptr(GPtrArray) rooms = tutti_house_get_rooms (house);

  for (guint i = 0; i < rooms->len; i++)
    tutti_room_dismiss (rooms->pdata[i], code);
}

void
tutti_house_set_clock_port (TuttiHouse *house, guint port)
{
  g_autoptr(GPtrArray) rooms = tutti_house_get_rooms (house);

  house->clock_port = port;
  for (guint i = 0; i < rooms->len; i++)
    tutti_room_set_clock_port (rooms->pdata[i], port);
}

void
tutti_house_get_metrics (TuttiHouse *house, TuttiMetrics *metrics)
{
  g_autoptr(GPtrArray) rooms = tutti_house_get_rooms (house);

  *metrics = house->metrics;
  metrics->rooms = rooms->len;
  metrics->people = count_people (house);
  for (guint i = 0; i < rooms->len; i++)
    tutti_room_add_metrics (rooms->pdata[i], metrics);
}
