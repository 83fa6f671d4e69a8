/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A room over a real store, closed and opened again, with guests inside the process. */
#include "tutti-room.h"

#include <string.h>

#include "../store/store-fixture.h"

typedef struct
{
  TuttiRoom   *room;
  guint        connection;
  TuttiWelcome welcome;            /* the newest */
  gint64       answered, refused;  /* numbers of the newest edits */
  guint        was, were;          /* operations told of the past, ends of that */
  gint64       was_us;             /* when the newest of the last answer was */
  GString     *then;               /* (nullable) a document of then, as far as it came */
  gint64       then_bytes;         /* in all */
  char         unkept[TUTTI_REASON_MAX + 1];
} Guest;

static void
on_receive (gpointer user, const char *text)
{
  Guest *guest = user;
  g_auto(TuttiMessage) message = { 0 };

  g_assert_true (tutti_message_read (text, strlen (text), &message, NULL));
  if (message.kind == TUTTI_MESSAGE_WELCOME)
    guest->welcome = message.welcome;
  else if (message.kind == TUTTI_MESSAGE_ANSWER)
    guest->answered = message.number;
  else if (message.kind == TUTTI_MESSAGE_NO)
    guest->refused = message.number;
  else if (message.kind == TUTTI_MESSAGE_WAS)
    {
      guest->was_us = guest->was == 0 ? message.done_us : guest->was_us;
      guest->was++;
    }
  else if (message.kind == TUTTI_MESSAGE_WERE)
    guest->were++;
  else if (message.kind == TUTTI_MESSAGE_THEN)
    {
      guest->then_bytes = message.total;
      guest->then = guest->then != NULL ? guest->then : g_string_new (NULL);
      g_string_append (guest->then, message.text);
    }
  else if (message.kind == TUTTI_MESSAGE_UNKEPT)
    g_strlcpy (guest->unkept, message.reason, sizeof guest->unkept);
}

static void
on_closed (gpointer user, TuttiClose code, const char *words)
{
  g_test_fail_printf ("closed: %s", words);
}

/* @guest comes, or comes back with what it knows of @seq. */
static void
come (Guest *guest, TuttiRoom *room, const char *name, gint64 seq)
{
  TuttiMessage hello = { .kind = TUTTI_MESSAGE_HELLO,
                         .hello = { .protocol = TUTTI_PROTOCOL_VERSION, .creator = guest->welcome.creator, .seq = seq,
                                    .epoch = guest->welcome.epoch } };

  g_strlcpy (hello.hello.name, name, sizeof hello.hello.name);
  g_strlcpy (hello.hello.token, guest->welcome.token, sizeof hello.hello.token);
  g_autofree char *text = tutti_message_write (&hello);

  guest->room = room;
  guest->connection = tutti_room_connect (room, &(TuttiRoomGuest) { guest, on_receive, on_closed, NULL });
  tutti_room_say (room, guest->connection, text);
}

static void
say_tempo (Guest *guest, gint64 number, int tempo_cbpm)
{
  g_autofree char *text = g_strdup_printf ("[%" G_GINT64_FORMAT ",0,[\"tempo\",%d]]", number, tempo_cbpm);

  tutti_room_say (guest->room, guest->connection, text);
}

static TuttiRoomStatus
status (TuttiRoom *room)
{
  TuttiRoomStatus status;

  tutti_room_get_status (room, &status);
  return status;
}

/* An edit whose answer was lost is sent again to a host that began again, and so much happened since that it is not among what
 * that host recalls: it must not happen twice, over what others did meanwhile. */
static void
test_visits_outlive_the_host (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  g_autoptr(GError) error = NULL;
  g_autofree char *jam = tutti_room_create (store, "Test", NULL, &error);
  TuttiRoom *room = tutti_room_open (store, jam, 8, &error);
  Guest ada = { 0 }, others[3] = { 0 };

  g_assert_no_error (error);
  come (&ada, room, "Ada", 0);
  say_tempo (&ada, 1, 9000);
  g_assert_cmpint (ada.answered, ==, 1);
  gint64 known = status (room).seq;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      come (&others[i], room, "Somebody", 0);
      /* As many as one may send at once. */
      for (int n = 1; n <= 500; n++)
        say_tempo (&others[i], n, 10000 + n);
      g_assert_cmpint (others[i].answered, ==, 500);
    }
  tutti_room_close (room, TUTTI_CLOSE_GOING_AWAY);
  room = tutti_room_open (store, jam, 8, &error);
  g_assert_no_error (error);
  come (&ada, room, "Ada", known);
  gint64 before = status (room).seq;

  g_assert_cmpint (ada.welcome.number, ==, 1);
  say_tempo (&ada, 1, 9000);
  g_assert_cmpint (ada.refused, ==, 1);
  g_assert_cmpint (status (room).seq, ==, before);
  g_assert_cmpint (status (room).tempo_cbpm, ==, 10500);
  say_tempo (&ada, 2, 9100);
  g_assert_cmpint (ada.answered, ==, 2);
  g_assert_cmpint (status (room).tempo_cbpm, ==, 9100);
  tutti_room_close (room, TUTTI_CLOSE_GOING_AWAY);
  g_assert_true (tutti_store_close (store, NULL));
  g_clear_object (&store);
  fixture_remove (folder);
}

static void
say_past (Guest *guest, TuttiMessage message)
{
  g_autofree char *text = tutti_message_write (&message);

  tutti_room_say (guest->room, guest->connection, text);
}

#define UNTIL(condition) \
  for (gint64 end_ = g_get_monotonic_time () + 30 * G_USEC_PER_SEC; !(condition); g_main_context_iteration (NULL, TRUE)) \
    g_assert_cmpint (g_get_monotonic_time (), <, end_)

/* Whoever looks back waits; nobody's edit does. What is told is what was, from a log that was appended to meanwhile. */
static void
test_looking_back (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  g_autoptr(GError) error = NULL;
  g_autofree char *jam = tutti_room_create (store, "Test", NULL, &error);
  TuttiRoom *room = tutti_room_open (store, jam, 8, &error);
  gint64 begun_us = g_get_real_time ();
  Guest ada = { 0 }, bea = { 0 };

  g_assert_no_error (error);
  come (&ada, room, "Ada", 0);
  come (&bea, room, "Bea", 0);
  for (int n = 1; n <= 400; n++)
    say_tempo (&ada, n, 9000 + n);
  gint64 then = status (room).seq;

  for (int n = 1; n <= 400; n++)
    say_tempo (&bea, n, 12000 + n);
  say_past (&ada, (TuttiMessage) { .kind = TUTTI_MESSAGE_MOMENT, .stamp.seq = then });
  say_past (&bea, (TuttiMessage) { .kind = TUTTI_MESSAGE_HISTORY, .stamp.seq = then + 1, .count = 20 });
  /* They are asked, and the room goes on. */
  say_tempo (&bea, 401, 5000);
  g_assert_cmpint (bea.answered, ==, 401);
  g_assert_null (ada.then);
  g_assert_cmpuint (bea.were, ==, 0);
  UNTIL (ada.then != NULL && bea.were == 1);
  g_assert_cmpint (ada.then_bytes, ==, ada.then->len);
  g_autoptr(TuttiJam) was = tutti_jam_from_text (ada.then->str, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpint (was->transport.anchor.tempo_cbpm, ==, 9400);
  g_assert_cmpuint (bea.was, ==, 20);
  g_assert_cmpint (bea.was_us, >=, begun_us);
  g_assert_cmpint (bea.was_us, <=, g_get_real_time ());

  /* Past its end a document has nothing; closing does not wait for who still asks. */
  say_past (&ada, (TuttiMessage) { .kind = TUTTI_MESSAGE_MOMENT, .stamp.seq = then, .from = ada.then_bytes });
  UNTIL (ada.unkept[0] != '\0');
  say_past (&ada, (TuttiMessage) { .kind = TUTTI_MESSAGE_MOMENT, .stamp.seq = then - 1 });
  g_string_free (ada.then, TRUE);
  ada.then = NULL;
  tutti_room_close (room, TUTTI_CLOSE_GOING_AWAY);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (ada.then);
  g_assert_true (tutti_store_close (store, NULL));
  g_clear_object (&store);
  fixture_remove (folder);
}

static gboolean
is_listed_as (TuttiStore *store, const char *name)
{
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (store, FALSE, 0, NULL);

  return jams->len == 1 && g_str_equal (((const TuttiStoreJam *) jams->pdata[0])->name, name);
}

/* A host that is killed says nothing more: what the list of jams shows has to follow while it lives. */
static void
test_list_keeps_up (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  g_autofree char *jam = tutti_room_create (store, "Test", NULL, NULL);
  TuttiRoom *room = tutti_room_open (store, jam, 8, NULL);
  gint64 deadline = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;
  Guest ada = { 0 };

  come (&ada, room, "Ada", 0);
  tutti_room_say (room, ada.connection, "[1,0,[\"jam.name\",\"Other\"]]");
  g_assert_cmpint (ada.answered, ==, 1);
  while (!is_listed_as (store, "Other") && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (is_listed_as (store, "Other"));
  tutti_room_close (room, TUTTI_CLOSE_GOING_AWAY);
  g_assert_true (tutti_store_close (store, NULL));
  g_clear_object (&store);
  fixture_remove (folder);
}

/* The passcode is asked for again by a host that was started anew; its words stand nowhere in the store. */
static void
test_passcode_outlives_the_host (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  g_autoptr(GError) error = NULL;
  g_autofree char *jam = tutti_room_create (store, "Test", NULL, &error);
  TuttiRoom *room = tutti_room_open (store, jam, 8, &error);
  Guest ada = { 0 };

  g_assert_no_error (error);
  come (&ada, room, "Ada", 0);
  g_assert_false (status (room).locked);
  tutti_room_say (room, ada.connection, "{\"passcode\":\"open, Sesame\"}");
  g_assert_true (status (room).locked);
  tutti_room_close (room, TUTTI_CLOSE_GOING_AWAY);
  room = tutti_room_open (store, jam, 8, &error);
  g_assert_no_error (error);
  g_assert_true (status (room).locked);
  g_autofree char *key = g_strconcat ("door-", jam, NULL);
  g_autofree char *kept = tutti_store_dup_setting (store, key, &error);

  g_assert_no_error (error);
  g_assert_null (strstr (kept, "Sesame"));
  come (&ada, room, "Ada", 0);
  tutti_room_say (room, ada.connection, "{\"passcode\":\"\"}");
  g_assert_false (status (room).locked);
  tutti_room_close (room, TUTTI_CLOSE_GOING_AWAY);
  g_assert_true (tutti_store_close (store, NULL));
  g_clear_object (&store);
  fixture_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/room/visits-outlive-the-host", test_visits_outlive_the_host);
  g_test_add_func ("/room/list-keeps-up", test_list_keeps_up);
  g_test_add_func ("/room/looking-back", test_looking_back);
  g_test_add_func ("/room/passcode-outlives-the-host", test_passcode_outlives_the_host);
  return g_test_run ();
}
