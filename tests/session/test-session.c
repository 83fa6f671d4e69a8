/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole sessions in one process: real threads, sockets on loopback, real stores; only loudspeakers are missing. */
#include "tutti-link.h"
#include "tutti-schema-check.h"
#include "tutti-somebody.h"

#include <string.h>

/* ---- what is said on the wire ---- */

static gint n_to_host, n_to_guest;     /* atomic: a host hears in its own thread */

/* Whatever any link of this process receives is what the published schema allows. Only a guest knows the other end's identity. */
static gboolean
on_heard (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  TuttiLink *link = g_value_get_object (&values[0]);
  gboolean at_guest = tutti_link_get_fingerprint (link) != NULL;
  g_autoptr(GError) error = NULL;

  tutti_schema_check (at_guest ? "toGuest" : "toHost", g_bytes_get_data (g_value_get_boxed (&values[1]), NULL), &error);
  g_assert_no_error (error);
  g_atomic_int_inc (at_guest ? &n_to_guest : &n_to_host);
  return TRUE;
}

static void
listen_in (void)
{
  g_autoptr(GTypeClass) class = g_type_class_ref (TUTTI_TYPE_LINK);

  g_signal_add_emission_hook (g_signal_lookup ("message", TUTTI_TYPE_LINK), 0, on_heard, NULL, NULL);
}

/* ---- the tests ---- */

static void
test_solo (void)
{
  Somebody me;

  somebody_init (&me, "Azure Ant", TUTTI_PERSON_MINT);
  g_autofree char *id = new_jam (&me);

  open_jam (&me, id);
  g_assert_cmpstr (tutti_session_get_jam (me.session)->name, ==, "Blue Hour");
  int before = velocity (&me, 3);

  paint (&me, 3, 99);
  g_assert_cmpint (velocity (&me, 3), ==, 99);
  g_assert_true (tutti_session_can_undo (me.session));
  g_assert_true (tutti_session_undo (me.session, NULL));
  g_assert_cmpint (velocity (&me, 3), ==, before);
  g_assert_true (tutti_session_redo (me.session, NULL));
  g_assert_cmpint (velocity (&me, 3), ==, 99);
  WAIT_FOR (pending (&me) == 0);
  guint64 hash = tutti_session_get_hash (me.session);
  gint64 seq = tutti_session_get_seq (me.session);

  leave (&me);
  open_jam (&me, id);
  g_assert_cmpuint (tutti_session_get_hash (me.session), ==, hash);
  g_assert_cmpint (tutti_session_get_seq (me.session), ==, seq);
  g_assert_cmpint (velocity (&me, 3), ==, 99);
  WAIT_FOR (present (&me) == 1);
  somebody_clear (&me);
}

/* An edit made in the last moment before leaving is kept too. */
static void
test_last_moment (void)
{
  Somebody me;

  somebody_init (&me, "Azure Ant", TUTTI_PERSON_MINT);
  g_autofree char *id = new_jam (&me);

  for (int i = 1; i < 6; i++)
    {
      open_jam (&me, id);
      paint (&me, 5, 20 + i);
      leave (&me);
      open_jam (&me, id);
      g_assert_cmpint (velocity (&me, 5), ==, 20 + i);
      leave (&me);
    }
  somebody_clear (&me);
}

/* A host and two guests. */
typedef struct
{
  Somebody host, one, two;
  char    *jam;
  guint16  port;
} Trio;

static void
trio_init (Trio *trio)
{
  somebody_init (&trio->host, "Host", TUTTI_PERSON_MINT);
  somebody_init (&trio->one, "One", TUTTI_PERSON_MINT);
  somebody_init (&trio->two, "Two", TUTTI_PERSON_MINT);
  trio->jam = new_jam (&trio->host);
  open_jam (&trio->host, trio->jam);
  trio->port = let_in (&trio->host, 0, 8);
}

static void
trio_clear (Trio *trio)
{
  somebody_clear (&trio->one);
  somebody_clear (&trio->two);
  somebody_clear (&trio->host);
  g_free (trio->jam);
}

static void
test_together (void)
{
  Trio trio;

  trio_init (&trio);
  join (&trio.one, trio.port);
  WAIT_FOR (present (&trio.host) == 2 && present (&trio.one) == 2);
  join (&trio.two, trio.port);
  WAIT_FOR (present (&trio.host) == 3 && present (&trio.one) == 3 && present (&trio.two) == 3);
  g_assert_cmpuint (trio.host.joined, ==, 2);
  g_assert_cmpuint (trio.one.joined, ==, 1);

  for (guint i = 0; i < 12; i += 3)
    {
      paint (&trio.host, i, 30);
      paint (&trio.one, i + 1, 40);
      paint (&trio.two, i + 2, 50);
    }
  WAIT_FOR (velocity (&trio.host, 11) == 50 && velocity (&trio.two, 10) == 40 && velocity (&trio.one, 9) == 30);
  WAIT_FOR (same (&trio.host, &trio.one) && same (&trio.host, &trio.two));

  /* Both write the same at once, before either hears of the other. */
  paint (&trio.one, 15, 60);
  paint (&trio.two, 15, 70);
  WAIT_FOR (trio.one.crossed_mine + trio.one.crossed_theirs > 0 && trio.two.crossed_mine + trio.two.crossed_theirs > 0);
  WAIT_FOR (same (&trio.host, &trio.one) && same (&trio.host, &trio.two));
  g_assert_cmpuint (trio.one.crossed_mine, ==, trio.two.crossed_theirs);

  leave (&trio.two);
  WAIT_FOR (trio.host.left == 1 && trio.one.left == 1);
  g_assert_cmpuint (present (&trio.one), ==, 2);

  /* With the same token it is the same person. */
  guint people = g_list_model_get_n_items (tutti_session_get_people (trio.host.session));

  join (&trio.two, trio.port);
  WAIT_FOR (present (&trio.host) == 3);
  g_assert_cmpuint (g_list_model_get_n_items (tutti_session_get_people (trio.host.session)), ==, people);
  g_assert_cmpint (g_atomic_int_get (&n_to_host), >, 8);
  g_assert_cmpint (g_atomic_int_get (&n_to_guest), >, 20);
  trio_clear (&trio);
}

/* Two delete the same at once: the second hears why nothing came of it. */
static void
test_refused (void)
{
  Trio trio;

  trio_init (&trio);
  tutti_session_submit (trio.host.session, tutti_op_new (TUTTI_OP_NEWCOMERS, TUTTI_N (TUTTI_ROLE_ADMIN)), NULL);
  join (&trio.one, trio.port);
  join (&trio.two, trio.port);
  TuttiId id = tutti_session_get_jam (trio.one.session)->tracks[0]->id;

  for (int i = 0; i < 2; i++)
    tutti_session_submit ((i == 0 ? &trio.one : &trio.two)->session, tutti_op_new (TUTTI_OP_TRACK_DELETE, id), NULL);
  WAIT_FOR (trio.one.refused + trio.two.refused == 1);
  WAIT_FOR (same (&trio.one, &trio.two));
  trio_clear (&trio);
}

static void
test_identity (void)
{
  Trio trio;
  g_autofree char *wrong = g_strnfill (64, 'a');

  trio_init (&trio);
  begin_join (&trio.one, trio.port, wrong, FALSE);
  WAIT_FOR (state (&trio.one) == TUTTI_SESSION_ENDED);
  g_assert_error (tutti_session_get_end (trio.one.session), TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_WRONG_IDENTITY);
  g_assert_null (tutti_session_get_jam (trio.one.session));
  leave (&trio.one);

  /* Somebody else answered here before. */
  g_autofree char *key = g_strdup_printf ("127.0.0.1:%u", trio.port);
  g_autoptr(GError) error = NULL;

  g_assert_true (tutti_pins_replace (tutti_studio_get_pins (trio.one.studio), key, wrong, 1, &error));
  begin_join (&trio.one, trio.port, NULL, FALSE);
  WAIT_FOR (state (&trio.one) == TUTTI_SESSION_ENDED);
  g_assert_error (tutti_session_get_end (trio.one.session), TUTTI_PINS_ERROR, TUTTI_PINS_ERROR_CHANGED);
  leave (&trio.one);
  begin_join (&trio.one, trio.port, NULL, TRUE);
  WAIT_FOR (state (&trio.one) == TUTTI_SESSION_JOINED);
  leave (&trio.one);
  join (&trio.one, trio.port);
  trio_clear (&trio);
}

static void
test_away (void)
{
  Trio trio;

  trio_init (&trio);
  join (&trio.one, trio.port);
  join (&trio.two, trio.port);
  WAIT_FOR (present (&trio.one) == 3);
  leave (&trio.host);
  WAIT_FOR (state (&trio.one) == TUTTI_SESSION_AWAY && state (&trio.two) == TUTTI_SESSION_AWAY);
  g_assert_cmpuint (present (&trio.one), ==, 1);
  paint (&trio.one, 1, 11);
  paint (&trio.two, 2, 22);
  g_assert_cmpuint (pending (&trio.one), ==, 1);
  g_assert_cmpuint (pending (&trio.two), ==, 1);
  /* Who is away is told at once what waits. */
  g_assert_cmpuint (trio.one.waiting, ==, 1);
  g_assert_cmpuint (trio.two.waiting, ==, 1);

  /* Nobody listens: trying is in vain, and harmless. */
  tutti_session_try_now (trio.one.session);
  open_jam (&trio.host, trio.jam);
  g_assert_cmpuint (let_in (&trio.host, trio.port, 8), ==, trio.port);
  guint joined = trio.one.joined;

  WAIT_FOR ((tutti_session_try_now (trio.one.session), state (&trio.one) == TUTTI_SESSION_JOINED));
  WAIT_FOR ((tutti_session_try_now (trio.two.session), state (&trio.two) == TUTTI_SESSION_JOINED));
  WAIT_FOR (same (&trio.host, &trio.one) && same (&trio.host, &trio.two));
  g_assert_cmpint (velocity (&trio.host, 1), ==, 11);
  g_assert_cmpint (velocity (&trio.host, 2), ==, 22);
  WAIT_FOR (trio.one.waiting == 0 && trio.two.waiting == 0);
  WAIT_FOR (present (&trio.one) == 3 && present (&trio.two) == 3);
  g_assert_cmpuint (trio.one.joined, <=, joined + 1);
  g_assert_true (tutti_session_can_undo (trio.one.session));
  trio_clear (&trio);
}

/* Closing the door sends the guests away, and opening it lets them come back. */
static void
test_unhost (void)
{
  Trio trio;
  TuttiSessionDoor door = { .people_max = 4, .loopback = TRUE };

  trio_init (&trio);
  join (&trio.one, trio.port);
  g_assert_false (tutti_session_host (trio.host.session, &door, NULL));
  tutti_session_unhost (trio.host.session);
  g_assert_cmpint (state (&trio.host), ==, TUTTI_SESSION_SOLO);
  WAIT_FOR (state (&trio.one) == TUTTI_SESSION_AWAY);
  WAIT_FOR (present (&trio.host) == 1);
  paint (&trio.host, 4, 44);
  g_assert_cmpuint (let_in (&trio.host, trio.port, 8), ==, trio.port);
  WAIT_FOR ((tutti_session_try_now (trio.one.session), state (&trio.one) == TUTTI_SESSION_JOINED));
  WAIT_FOR (same (&trio.host, &trio.one));
  trio_clear (&trio);
}

/* Whoever kept a session that was left may ask it anything. */
static void
ask_everything (TuttiSession *session)
{
  float peaks[2];
  TuttiTiming timing;
  TuttiSessionDoor door = { .people_max = 4, .loopback = TRUE };

  g_assert_cmpint (tutti_session_get_state (session), ==, TUTTI_SESSION_ENDED);
  g_assert_null (tutti_session_get_jam (session));
  g_assert_null (tutti_session_get_output (session));
  g_assert_null (tutti_session_get_playback (session));
  g_assert_nonnull (tutti_session_get_studio (session));
  g_assert_nonnull (tutti_session_get_jam_id (session));
  g_assert_nonnull (tutti_session_get_people (session));
  g_assert_cmpuint (tutti_session_get_me (session), ==, 0);
  g_assert_cmpuint (tutti_session_get_port (session), ==, 0);
  g_assert_null (tutti_session_get_publisher (session));
  tutti_session_get_frame (session);
  tutti_session_get_tick (session);
  tutti_session_visit_waiting (session, count_waiting, NULL);
  g_assert_cmpint (tutti_session_get_export_bytes (session, &(TuttiExportOptions) { 0 }), ==, 0);
  tutti_session_get_seq (session);
  tutti_session_get_hash (session);
  tutti_session_new_id (session);
  tutti_session_get_peaks (session, tutti_id (1, 1), peaks);
  tutti_session_get_timing (session, &timing);
  tutti_session_resync (session);
  tutti_session_audition (session, "kit:tight-kick", 0, 100);
  tutti_session_audition_track (session, tutti_id (1, 1), 0, 100);
  tutti_session_panic (session);
  tutti_session_try_now (session);
  tutti_session_unhost (session);
  tutti_session_leave (session);
  g_assert_false (tutti_session_host (session, &door, NULL));
  g_assert_false (tutti_session_can_undo (session));
  g_assert_false (tutti_session_can_redo (session));
  g_assert_false (tutti_session_undo (session, NULL));
  g_assert_false (tutti_session_redo (session, NULL));
  g_assert_false (tutti_session_submit (session, tutti_op_new (TUTTI_OP_JAM_NAME, "Late"), NULL));
}

/* Leaving a hosted jam lets guests wait for its return; ending it tells them not to. */
static void
test_end (void)
{
  Trio trio;

  trio_init (&trio);
  join (&trio.one, trio.port);
  tutti_session_end (trio.host.session);
  ask_everything (trio.host.session);
  WAIT_FOR (state (&trio.one) == TUTTI_SESSION_ENDED);
  g_assert_error (tutti_session_get_end (trio.one.session), TUTTI_SESSION_ERROR, TUTTI_CLOSE_JAM_ENDED);
  g_assert_false (tutti_close_is_retryable (TUTTI_CLOSE_JAM_ENDED));
  trio_clear (&trio);
}

static guint
number_of_host (const Somebody *who)
{
  GListModel *people = tutti_session_get_people (who->session);
  guint number = 0, hosts = 0;

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (people, i);

      if (!tutti_member_get_is_host (member))
        continue;
      number = tutti_member_get_number (member);
      hosts++;
    }
  g_assert_cmpuint (hosts, <=, 1);
  return number;
}

/* Everyone knows who hosts, and nobody hears of those who were here first that they came. */
static void
test_who_was_here (void)
{
  Trio trio;

  trio_init (&trio);
  join (&trio.one, trio.port);
  join (&trio.two, trio.port);
  WAIT_FOR (present (&trio.host) == 3 && present (&trio.one) == 3 && present (&trio.two) == 3);
  guint host = tutti_session_get_me (trio.host.session);

  g_assert_cmpuint (number_of_host (&trio.host), ==, host);
  g_assert_cmpuint (number_of_host (&trio.one), ==, host);
  g_assert_cmpuint (number_of_host (&trio.two), ==, host);
  g_assert_cmpuint (trio.host.joined, ==, 2);
  g_assert_cmpuint (trio.one.joined, ==, 1);
  g_assert_cmpuint (trio.two.joined, ==, 0);
  trio_clear (&trio);
}

static void
test_full (void)
{
  Trio trio;

  trio_init (&trio);
  tutti_session_unhost (trio.host.session);
  trio.port = let_in (&trio.host, 0, 2);
  join (&trio.one, trio.port);
  begin_join (&trio.two, trio.port, NULL, FALSE);
  WAIT_FOR (state (&trio.two) == TUTTI_SESSION_ENDED);
  g_assert_error (tutti_session_get_end (trio.two.session), TUTTI_SESSION_ERROR, TUTTI_CLOSE_FULL);
  trio_clear (&trio);
}

static void
begin_join_with (Somebody *who, guint16 port, const char *passcode, const char *invite)
{
  g_autoptr(TuttiAddress) address = tutti_address_new ("127.0.0.1", NULL, port);

  address->passcode = g_strdup (passcode);
  address->invite = g_strdup (invite);
  who->session = tutti_session_join (who->studio, address, NULL, FALSE, &silent);
  watch (who);
}

static void
on_invited (TuttiSession *session, const char *code, int role, char **kept)
{
  *kept = g_strdup (code);
}

static void
on_locked (TuttiSession *session, gboolean *locked)
{
  *locked = tutti_session_is_locked (session);
}

/* How the host's own window was told that @number went; NULL: of their own. */
static const TuttiRemoval *
removal (const Trio *trio, guint number)
{
  GListModel *people = tutti_session_get_people (trio->host.session);

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (people, i);

      if (tutti_member_get_number (member) == number)
        return tutti_member_get_removal (member);
    }
  return NULL;
}

/* A locked jam: nobody without the passcode, but by invitation; who was sent away may come again, who was banned may not. */
static void
test_door (void)
{
  g_autofree char *code = NULL;
  gboolean locked = FALSE;
  Trio trio;

  trio_init (&trio);
  g_signal_connect (trio.host.session, "locked", G_CALLBACK (on_locked), &locked);
  g_signal_connect (trio.host.session, "invited", G_CALLBACK (on_invited), &code);
  g_assert_true (tutti_session_set_passcode (trio.host.session, "open", NULL));
  WAIT_FOR (locked);
  begin_join (&trio.one, trio.port, NULL, FALSE);
  WAIT_FOR (state (&trio.one) == TUTTI_SESSION_ENDED);
  g_assert_error (tutti_session_get_end (trio.one.session), TUTTI_SESSION_ERROR, TUTTI_CLOSE_PASSCODE_NEEDED);
  leave (&trio.one);
  begin_join_with (&trio.one, trio.port, "shut", NULL);
  WAIT_FOR (state (&trio.one) == TUTTI_SESSION_ENDED);
  g_assert_error (tutti_session_get_end (trio.one.session), TUTTI_SESSION_ERROR, TUTTI_CLOSE_PASSCODE_WRONG);
  leave (&trio.one);
  begin_join_with (&trio.one, trio.port, "open", NULL);
  WAIT_FOR (state (&trio.one) == TUTTI_SESSION_JOINED);

  g_assert_false (tutti_session_invite (trio.one.session, TUTTI_ROLE_ADMIN, 1, 5, NULL));
  g_assert_true (tutti_session_invite (trio.host.session, TUTTI_ROLE_VIEWER, 1, 5, NULL));
  WAIT_FOR (code != NULL);
  begin_join_with (&trio.two, trio.port, NULL, code);
  WAIT_FOR (state (&trio.two) == TUTTI_SESSION_JOINED);
  guint two = tutti_session_get_me (trio.two.session);

  g_assert_cmpint (tutti_jam_person (tutti_session_get_jam (trio.two.session), two)->role, ==, TUTTI_ROLE_VIEWER);
  g_assert_false (tutti_session_submit (trio.two.session, tutti_op_new (TUTTI_OP_STOP), NULL));

  g_assert_true (tutti_session_kick (trio.host.session, two, NULL));
  WAIT_FOR (state (&trio.two) == TUTTI_SESSION_ENDED);
  g_assert_error (tutti_session_get_end (trio.two.session), TUTTI_SESSION_ERROR, TUTTI_CLOSE_KICKED);
  g_assert_cmpstr (tutti_session_get_end (trio.two.session)->message, ==, "Host");
  WAIT_FOR (removal (&trio, two) != NULL);
  g_assert_cmpuint (removal (&trio, two)->by, ==, tutti_session_get_me (trio.host.session));
  g_assert_cmpuint (removal (&trio, two)->banned, ==, 0);
  leave (&trio.two);
  join (&trio.two, trio.port);
  WAIT_FOR (removal (&trio, two) == NULL);
  g_assert_true (tutti_session_submit (trio.host.session, tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (two),
                                                                        TUTTI_N (TUTTI_ROLE_BANNED)), NULL));
  WAIT_FOR (state (&trio.two) == TUTTI_SESSION_ENDED);
  g_assert_error (tutti_session_get_end (trio.two.session), TUTTI_SESSION_ERROR, TUTTI_CLOSE_BANNED);
  g_assert_cmpstr (tutti_session_get_end (trio.two.session)->message, ==, "Host");
  WAIT_FOR (removal (&trio, two) != NULL);
  g_assert_cmpuint (removal (&trio, two)->banned, ==, 1);
  g_signal_handlers_disconnect_by_func (trio.host.session, on_locked, &locked);
  g_signal_handlers_disconnect_by_func (trio.host.session, on_invited, &code);
  trio_clear (&trio);
}

static void
test_left (void)
{
  Trio trio;

  trio_init (&trio);
  join (&trio.one, trio.port);
  paint (&trio.one, 1, 10);
  paint (&trio.host, 2, 10);
  tutti_session_leave (trio.one.session);
  ask_everything (trio.one.session);
  tutti_session_leave (trio.host.session);
  ask_everything (trio.host.session);
  trio_clear (&trio);
}

/* Whoever is told something may leave at once, in the middle of it. */
static void
leave_now (TuttiSession *session)
{
  tutti_session_leave (session);
}

static void
test_leave_inside (gconstpointer signal)
{
  Trio trio;

  trio_init (&trio);
  join (&trio.one, trio.port);
  g_signal_connect (trio.one.session, signal, G_CALLBACK (leave_now), NULL);
  paint (&trio.host, 2, 10);
  join (&trio.two, trio.port);
  if (g_str_equal (signal, "notify::state"))
    leave (&trio.host);
  WAIT_FOR (state (&trio.one) == TUTTI_SESSION_ENDED);
  ask_everything (trio.one.session);
  trio_clear (&trio);
}

/* ---- sounds ---- */

static GFile *
write_wave (const Somebody *who, const char *name, gboolean good)
{
  g_autofree char *path = g_build_filename (who->folder, name, NULL);
  guint32 n = 4800;
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint32 head[] = { GUINT32_TO_LE (36 + 2 * n), 0, 0, GUINT32_TO_LE (16), GUINT32_TO_LE (1 | 1 << 16), GUINT32_TO_LE (48000),
                     GUINT32_TO_LE (96000), GUINT32_TO_LE (2 | 16 << 16) };
  guint32 size = GUINT32_TO_LE (2 * n);

  memcpy (&head[1], "WAVE", 4);
  memcpy (&head[2], "fmt ", 4);
  g_byte_array_append (bytes, (const guint8 *) (good ? "RIFF" : "NOPE"), 4);
  g_byte_array_append (bytes, (const guint8 *) head, sizeof head);
  g_byte_array_append (bytes, (const guint8 *) "data", 4);
  g_byte_array_append (bytes, (const guint8 *) &size, 4);
  for (guint32 i = 0; i < n; i++)
    {
      gint16 sample = GINT16_TO_LE ((gint16) (i % 96 * 300 - 14000));

      g_byte_array_append (bytes, (const guint8 *) &sample, 2);
    }
  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
  return g_file_new_for_path (path);
}

typedef struct
{
  gboolean done;
  GError  *error;
} Outcome;

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->done = TRUE;
  tutti_session_import_finish (TUTTI_SESSION (source), result, &outcome->error);
}

static gboolean
has_sound (const Somebody *who)
{
  const char *sound = tutti_session_get_jam (who->session)->tracks[0]->sound;

  return g_str_has_prefix (sound, "sha:") &&
         tutti_sound_library_get_state (tutti_studio_get_library (who->studio), sound + 4, NULL) == TUTTI_SOUND_STATE_HERE;
}

static void
test_import (void)
{
  Trio trio;
  Outcome outcome = { 0 };

  trio_init (&trio);
  join (&trio.one, trio.port);
  join (&trio.two, trio.port);
  g_autoptr(GFile) wave = write_wave (&trio.one, "tone.wav", TRUE);
  g_autoptr(GFile) noise = write_wave (&trio.one, "noise.wav", FALSE);
  TuttiId track = tutti_session_get_jam (trio.one.session)->tracks[0]->id;

  tutti_session_import_async (trio.one.session, wave, track, NULL, on_imported, &outcome);
  WAIT_FOR (outcome.done);
  g_assert_no_error (outcome.error);
  WAIT_FOR (has_sound (&trio.one) && has_sound (&trio.host) && has_sound (&trio.two));

  outcome.done = FALSE;
  tutti_session_import_async (trio.one.session, noise, track, NULL, on_imported, &outcome);
  WAIT_FOR (outcome.done);
  g_assert_nonnull (outcome.error);
  g_assert_cmpstr (outcome.error->message, !=, "");
  g_clear_error (&outcome.error);
  g_assert_true (has_sound (&trio.one));
  trio_clear (&trio);
}

/* Leaving while a sound is on its way: the import says so, in words. */
static void
test_import_leave (gconstpointer as_host)
{
  Trio trio;
  Outcome outcome = { 0 };

  trio_init (&trio);
  join (&trio.one, trio.port);
  Somebody *who = as_host ? &trio.host : &trio.one;
  g_autoptr(GFile) wave = write_wave (who, "tone.wav", TRUE);

  tutti_session_import_async (who->session, wave, (TuttiId) { 0, 0 }, NULL, on_imported, &outcome);
  leave (who);
  WAIT_FOR (outcome.done);
  g_assert_nonnull (outcome.error);
  g_clear_error (&outcome.error);
  trio_clear (&trio);
}

/* ---- the last reference ---- */

static void
drop (Somebody *who)
{
  guint states = who->states, changed = who->changed;
  gpointer weak = who->session;

  g_object_add_weak_pointer (G_OBJECT (who->session), &weak);
  g_object_unref (g_steal_pointer (&who->session));
  g_assert_null (weak);
  for (int i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (who->states, ==, states);
  g_assert_cmpuint (who->changed, ==, changed);
}

static void
test_drop (void)
{
  Trio trio;

  trio_init (&trio);
  begin_join (&trio.one, trio.port, NULL, FALSE);
  drop (&trio.one);
  /* At each step of a join, to its end. */
  guint steps = 0;

  for (gboolean joined = FALSE; !joined; steps++)
    {
      begin_join (&trio.one, trio.port, NULL, FALSE);
      for (guint i = 0; i < steps && !joined; i++)
        {
          g_main_context_iteration (NULL, TRUE);
          joined = state (&trio.one) == TUTTI_SESSION_JOINED;
        }
      drop (&trio.one);
    }
  g_assert_cmpuint (steps, >, 3);
  join (&trio.one, trio.port);
  drop (&trio.one);
  join (&trio.two, trio.port);
  drop (&trio.host);
  WAIT_FOR (state (&trio.two) == TUTTI_SESSION_AWAY);
  drop (&trio.two);

  /* Nobody there at all; and a jam that is only opening. */
  begin_join (&trio.one, trio.port, NULL, FALSE);
  WAIT_FOR (state (&trio.one) == TUTTI_SESSION_ENDED);
  g_assert_error (tutti_session_get_end (trio.one.session), TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_REFUSED);
  drop (&trio.one);
  trio.host.session = tutti_session_open (trio.host.studio, trio.jam, &silent, NULL);
  drop (&trio.host);
  trio_clear (&trio);
}

static void
test_no_such_jam (void)
{
  Somebody me;
  g_autoptr(GError) error = NULL;

  somebody_init (&me, "Azure Ant", TUTTI_PERSON_MINT);
  g_assert_null (tutti_session_open (me.studio, "nothing", &silent, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, !=, "");
  somebody_clear (&me);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  listen_in ();
  g_test_add_func ("/session/solo", test_solo);
  g_test_add_func ("/session/last-moment", test_last_moment);
  g_test_add_func ("/session/no-such-jam", test_no_such_jam);
  g_test_add_func ("/session/together", test_together);
  g_test_add_func ("/session/refused", test_refused);
  g_test_add_func ("/session/identity", test_identity);
  g_test_add_func ("/session/away", test_away);
  g_test_add_func ("/session/unhost", test_unhost);
  g_test_add_func ("/session/end", test_end);
  g_test_add_func ("/session/who-was-here", test_who_was_here);
  g_test_add_func ("/session/full", test_full);
  g_test_add_func ("/session/door", test_door);
  g_test_add_func ("/session/left", test_left);
  g_test_add_data_func ("/session/leave-inside/changed", "changed", test_leave_inside);
  g_test_add_data_func ("/session/leave-inside/joined", "joined", test_leave_inside);
  g_test_add_data_func ("/session/leave-inside/state", "notify::state", test_leave_inside);
  g_test_add_func ("/session/import", test_import);
  g_test_add_data_func ("/session/import-leave/guest", GINT_TO_POINTER (FALSE), test_import_leave);
  g_test_add_data_func ("/session/import-leave/host", GINT_TO_POINTER (TRUE), test_import_leave);
  g_test_add_func ("/session/drop", test_drop);
  return g_test_run ();
}
