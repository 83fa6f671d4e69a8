/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where people are and what they say, between a real host and real replicas in simulated time. */
#include "tutti-host-private.h"
#include "tutti-json-write.h"
#include "tutti-sim.h"

#include <string.h>

#define SECOND G_USEC_PER_SEC

static TuttiId
kick (void)
{
  return tutti_id (1, 2);
}

static void
begin (TuttiSim *sim, guint32 seed)
{
  tutti_sim_init (sim, seed);
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    {
      tutti_sim_plug (sim, i);
      tutti_sim_run (sim, 100000);
    }
}

static void
stand (TuttiSim *sim, guint guest, guint step)
{
  tutti_replica_set_here (sim->guest[guest].replica, &(TuttiHere) { .on = kick (), .step = (guint8) step }, sim->now);
}

static guint
number_of (TuttiSim *sim, guint guest)
{
  return tutti_replica_get_me (sim->guest[guest].replica);
}

static gboolean
say (TuttiSim *sim, guint guest, const char *text, GError **error)
{
  return tutti_replica_chat (sim->guest[guest].replica, text, sim->now, error);
}

/* Whoever moves all the time is told of ten times a second, and where they stopped is told in the end. */
static void
test_coalesced (void)
{
  TuttiSim sim;

  begin (&sim, 1);
  for (guint i = 0; i < 500; i++)
    {
      stand (&sim, 0, 1 + i % 16);
      tutti_sim_run (&sim, SECOND / 100);
    }
  tutti_sim_run (&sim, SECOND);
  for (guint other = 1; other < TUTTI_SIM_GUESTS; other++)
    {
      g_assert_cmpuint (sim.guest[other].theres, <=, 5 * 10 + 2);
      g_assert_cmpuint (sim.guest[other].theres, >=, 5 * 4);
      g_assert_cmpuint (sim.guest[other].there_of, ==, number_of (&sim, 0));
      g_assert_cmpuint (sim.guest[other].there.step, ==, 1 + 499 % 16);
      g_assert_cmpuint (sim.guest[other].there.doing, ==, TUTTI_DOING_LISTENING);
    }
  g_assert_cmpuint (sim.guest[0].theres, ==, 0);
  tutti_sim_clear (&sim);
}

/* A foreign guest does not coalesce: the host does. Every message here is another one, in one second. */
static void
test_flood (void)
{
  TuttiSim sim;

  begin (&sim, 2);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"here\":{\"do\":1,\"on\":\"1.2\",\"step\":%u}}", 1 + i % 128);

      tutti_host_received (sim.host, sim.guest[0].connection, text, strlen (text), sim.now);
      tutti_sim_run (&sim, 1000);
    }
  tutti_sim_run (&sim, SECOND);
  for (guint other = 1; other < TUTTI_SIM_GUESTS; other++)
    {
      g_test_message ("told %u times", sim.guest[other].theres);
      g_assert_cmpuint (sim.guest[other].theres, <=, 11);
      g_assert_cmpuint (sim.guest[other].theres, >=, 5);
      g_assert_cmpuint (sim.guest[other].there.step, ==, 1 + 999 % 128);
    }
  tutti_sim_clear (&sim);
}

/* Who does nothing new costs nothing. */
static void
test_still (void)
{
  TuttiSim sim;

  begin (&sim, 3);
  stand (&sim, 0, 5);
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpuint (sim.guest[1].theres, ==, 1);
  for (guint i = 0; i < 100; i++)
    {
      stand (&sim, 0, 5);
      tutti_sim_run (&sim, SECOND / 10);
    }
  g_assert_cmpuint (sim.guest[1].theres, ==, 1);
  tutti_sim_clear (&sim);
}

/* Editing, listening again, idle after two minutes, and back with the next sign of life. */
static void
test_idle (void)
{
  TuttiSim sim;

  begin (&sim, 4);
  stand (&sim, 0, 5);
  tutti_replica_submit (sim.guest[0].replica, tutti_op_new (TUTTI_OP_STEP, tutti_id (1, 3), TUTTI_N (0), TUTTI_N (100)), sim.now, NULL);
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpuint (sim.guest[1].there.doing, ==, TUTTI_DOING_EDITING);
  tutti_sim_run (&sim, TUTTI_EDITING_US);
  g_assert_cmpuint (sim.guest[1].there.doing, ==, TUTTI_DOING_LISTENING);
  tutti_sim_run (&sim, TUTTI_IDLE_AFTER_US - TUTTI_EDITING_US - 2 * SECOND);
  g_assert_cmpuint (sim.guest[1].there.doing, ==, TUTTI_DOING_LISTENING);
  tutti_sim_run (&sim, 2 * SECOND);
  g_assert_cmpuint (sim.guest[1].there.doing, ==, TUTTI_DOING_IDLE);
  tutti_replica_set_here (sim.guest[0].replica, NULL, sim.now);
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpuint (sim.guest[1].there.doing, ==, TUTTI_DOING_LISTENING);
  g_assert_cmpuint (sim.guest[1].there.step, ==, 5);
  tutti_sim_clear (&sim);
}

/* Newcomers hear where the others are; who comes back is told of anew. */
static void
test_newcomer (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 5);
  tutti_sim_plug (&sim, 0);
  tutti_sim_run (&sim, SECOND);
  stand (&sim, 0, 7);
  tutti_sim_run (&sim, SECOND);
  tutti_sim_plug (&sim, 1);
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpuint (sim.guest[1].theres, ==, 1);
  g_assert_cmpuint (sim.guest[1].there.step, ==, 7);
  tutti_sim_pull (&sim, 0);
  tutti_sim_run (&sim, SECOND);
  tutti_sim_plug (&sim, 2);
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpuint (sim.guest[2].theres, ==, 0);
  tutti_sim_plug (&sim, 0);
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpuint (sim.guest[2].theres, ==, 1);
  g_assert_cmpuint (sim.guest[2].there.step, ==, 7);
  tutti_sim_clear (&sim);
}

/* Nothing that the document does not have is passed on. */
static void
test_hint (void)
{
  static const char text[] = "{\"here\":{\"do\":2,\"page\":4,\"on\":\"zz.zz\",\"step\":9,\"hold\":1}}";
  TuttiSim sim;

  begin (&sim, 6);
  tutti_host_received (sim.host, sim.guest[0].connection, text, strlen (text), sim.now);
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpuint (sim.guest[1].there.doing, ==, TUTTI_DOING_EDITING);
  g_assert_cmpuint (sim.guest[1].there.place, ==, TUTTI_PLACE_MIXER);
  g_assert_true (tutti_id_is_none (sim.guest[1].there.on));
  g_assert_cmpuint (sim.guest[1].there.step, ==, 0);
  tutti_sim_clear (&sim);
}

/* What stands on the wire for a cursor that moves: a big number of the person, a long id. */
static void
test_size (void)
{
  TuttiMessage there = { .kind = TUTTI_MESSAGE_THERE, .stamp.by = 500,
                         .here = { TUTTI_DOING_EDITING, TUTTI_PLACE_PATTERN, TUTTI_HOLD_NOTHING, 128, { G_MAXUINT32, 1000 } } };
  g_autofree char *text = tutti_message_write (&there);

  g_test_message ("%s: %zu bytes", text, strlen (text));
  g_assert_cmpuint (strlen (text), <=, 60);
}

/* Everyone hears a line once, in one order, its author too; plain text stays what it is. */
static void
test_chat (void)
{
  TuttiSim sim;

  begin (&sim, 7);
  g_assert_true (say (&sim, 0, "<b>Bring the bells in</b> & bar 14", NULL));
  g_assert_true (say (&sim, 1, "Später 🥁", NULL));
  tutti_sim_run (&sim, SECOND);
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    {
      const TuttiLines *lines = tutti_replica_get_lines (sim.guest[i].replica);

      g_assert_cmpuint (sim.guest[i].fresh, ==, 2);
      g_assert_cmpuint (tutti_lines_get_n (lines), ==, 2);
      for (guint n = 0; n < 2; n++)
        g_assert_cmpstr (tutti_lines_get (lines, n)->text, ==,
                         tutti_lines_get (lines, n)->by == number_of (&sim, 0) ? "<b>Bring the bells in</b> & bar 14" : "Später 🥁");
    }
  tutti_sim_clear (&sim);
}

static const struct { const char *name; guint n; const char *text; gboolean said; } bounds[] = {
  { "one", 1, "x", TRUE },
  { "longest", 500, "ä", TRUE },
  { "too-long", 501, "ä", FALSE },
  { "drums", 500, "🥁", TRUE },
  { "nothing", 0, "", FALSE },
  { "blank", 3, " ", FALSE },
  { "line-break", 1, "a\nb", FALSE },
  { "hidden", 1, "a\u202eb", FALSE },
};

/* By one of ours, and by one that sends what it likes. */
static void
test_bounds (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr(GString) text = g_string_new (NULL), raw = g_string_new ("{\"chat\":");
  TuttiSim sim;

  for (guint i = 0; i < bounds[row].n; i++)
    g_string_append (text, bounds[row].text);
  begin (&sim, 8);
  say (&sim, 0, text->str, NULL);
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpuint (sim.guest[1].fresh, ==, bounds[row].said);
  tutti_json_put_text (raw, text->str);
  g_string_append_c (raw, '}');
  tutti_host_received (sim.host, sim.guest[2].connection, raw->str, raw->len, sim.now);
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpuint (sim.guest[1].fresh, ==, 2 * bounds[row].said);
  tutti_sim_clear (&sim);
}

/* Too many are refused in words, here and at the host; the others hear a measured number. */
static void
test_too_many (void)
{
  TuttiSim sim;
  g_autoptr(GError) error = NULL;
  guint said = 0;

  begin (&sim, 9);
  while (said < 100 && say (&sim, 0, "hey", &error))
    said++;
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "slow down"));
  g_assert_cmpuint (said, <, 10);
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpstr (sim.guest[0].denied, ==, "");
  for (guint i = 0; i < 1000; i++)
    tutti_host_received (sim.host, sim.guest[2].connection, "{\"chat\":\"flood\"}", 16, sim.now);
  tutti_sim_run (&sim, SECOND);
  g_assert_nonnull (strstr (sim.guest[2].denied, "slow down"));
  g_assert_cmpuint (sim.guest[1].fresh, <, said + 10);
  g_assert_cmpuint (sim.guest[2].connection, !=, 0);
  tutti_sim_clear (&sim);
}

static void
fill (TuttiSim *sim, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("line %" G_GINT64_FORMAT, tutti_lines_get_newest (sim->lines) + 1);

      g_assert_true (say (sim, 0, text, NULL));
      tutti_sim_run (sim, SECOND);
    }
}

static void
assert_whole (TuttiSim *sim, guint guest, gint64 from, gint64 to)
{
  const TuttiLines *lines = tutti_replica_get_lines (sim->guest[guest].replica);

  g_assert_cmpint (tutti_lines_get_oldest (lines), ==, from);
  g_assert_cmpint (tutti_lines_get_newest (lines), ==, to);
  g_assert_cmpuint (tutti_lines_get_n (lines), ==, to - from + 1);
}

/* Newcomers get the last page and no news of it; older pages come on demand; nothing is missing after an absence. */
static void
test_pages (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 10);
  tutti_sim_plug (&sim, 0);
  tutti_sim_run (&sim, SECOND);
  fill (&sim, 120);
  tutti_sim_plug (&sim, 1);
  tutti_sim_run (&sim, SECOND);
  assert_whole (&sim, 1, 71, 120);
  g_assert_cmpuint (sim.guest[1].fresh, ==, 0);
  g_assert_true (tutti_replica_has_older (sim.guest[1].replica));
  for (guint page = 0; page < 2; page++)
    {
      g_assert_true (tutti_replica_ask_older (sim.guest[1].replica, sim.now));
      g_assert_false (tutti_replica_ask_older (sim.guest[1].replica, sim.now));
      tutti_sim_run (&sim, SECOND);
    }
  assert_whole (&sim, 1, 1, 120);
  g_assert_false (tutti_replica_has_older (sim.guest[1].replica));
  g_assert_false (tutti_replica_ask_older (sim.guest[1].replica, sim.now));
  tutti_sim_pull (&sim, 1);
  fill (&sim, 10);
  tutti_sim_plug (&sim, 1);
  tutti_sim_run (&sim, SECOND);
  assert_whole (&sim, 1, 1, 130);
  tutti_sim_pull (&sim, 1);
  fill (&sim, 60);
  tutti_sim_plug (&sim, 1);
  tutti_sim_run (&sim, SECOND);
  assert_whole (&sim, 1, 141, 190);
  g_assert_true (tutti_replica_has_older (sim.guest[1].replica));
  tutti_sim_clear (&sim);
}

/* When the host cannot read what was said, nobody forgets it; once it can, older lines are there again. */
static void
test_unreadable (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 13);
  tutti_sim_plug (&sim, 0);
  tutti_sim_run (&sim, SECOND);
  fill (&sim, 60);
  tutti_sim_plug (&sim, 1);
  tutti_sim_run (&sim, SECOND);
  sim.lines_unreadable = TRUE;
  g_assert_true (tutti_replica_ask_older (sim.guest[1].replica, sim.now));
  tutti_sim_run (&sim, SECOND);
  g_assert_nonnull (strstr (sim.guest[1].denied, "cannot be read"));
  assert_whole (&sim, 1, 11, 60);
  /* As one that hosts again does: it has not heard of any line. */
  tutti_sim_kill_host (&sim);
  tutti_sim_plug (&sim, 1);
  tutti_sim_run (&sim, SECOND);
  assert_whole (&sim, 1, 11, 60);
  sim.lines_unreadable = FALSE;
  g_assert_true (tutti_replica_ask_older (sim.guest[1].replica, sim.now));
  tutti_sim_run (&sim, SECOND);
  assert_whole (&sim, 1, 1, 60);
  tutti_sim_clear (&sim);
}

/* A list that is full takes no older lines, and none are offered. */
static void
test_full_list (void)
{
  TuttiSim sim;
  gint64 n = TUTTI_LINES_MAX + 2 * TUTTI_LINES_PAGE;

  tutti_sim_init (&sim, 14);
  for (gint64 id = 1; id <= n; id++)
    tutti_lines_put (sim.lines, tutti_line_new (id, 1, id, "before"));
  tutti_sim_plug (&sim, 1);
  tutti_sim_run (&sim, SECOND);
  gint64 newest = tutti_lines_get_newest (sim.lines);

  while (tutti_replica_has_older (sim.guest[1].replica))
    {
      g_assert_true (tutti_replica_ask_older (sim.guest[1].replica, sim.now));
      tutti_sim_run (&sim, 2 * SECOND);
    }
  assert_whole (&sim, 1, newest - TUTTI_LINES_MAX + 1, newest);
  g_assert_false (tutti_replica_ask_older (sim.guest[1].replica, sim.now));
  tutti_sim_clear (&sim);
}

/* The host starts again from its disk; what it cannot keep nobody said. */
static void
test_restart (void)
{
  TuttiSim sim;

  begin (&sim, 11);
  fill (&sim, 5);
  tutti_sim_kill_host (&sim);
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    tutti_sim_plug (&sim, i);
  tutti_sim_run (&sim, SECOND);
  fill (&sim, 2);
  assert_whole (&sim, 3, 1, 7);
  sim.disk_full = TRUE;
  g_assert_true (say (&sim, 0, "lost", NULL));
  tutti_sim_run (&sim, SECOND);
  assert_whole (&sim, 3, 1, 7);
  g_assert_cmpstr (sim.guest[0].denied, ==, "the disk is full");
  tutti_sim_clear (&sim);
}

/* Viewers may say something, and who only spoke stays in the list of people. */
static void
test_viewer (void)
{
  TuttiSim sim;
  guint number;

  begin (&sim, 12);
  number = number_of (&sim, 2);
  tutti_replica_submit (sim.guest[0].replica, tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (number), TUTTI_N (TUTTI_ROLE_VIEWER)),
                        sim.now, NULL);
  tutti_sim_run (&sim, SECOND);
  g_assert_true (say (&sim, 2, "I only listen", NULL));
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpuint (sim.guest[1].fresh, ==, 1);
  tutti_sim_leave (&sim, 2);
  tutti_sim_leave (&sim, 3);
  tutti_sim_plug (&sim, 3);
  tutti_sim_run (&sim, SECOND);
  g_assert_nonnull (tutti_jam_person (tutti_host_get_jam (sim.host), number));
  tutti_sim_clear (&sim);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/talk/here/coalesced", test_coalesced);
  g_test_add_func ("/talk/here/flood", test_flood);
  g_test_add_func ("/talk/here/still", test_still);
  g_test_add_func ("/talk/here/idle", test_idle);
  g_test_add_func ("/talk/here/newcomer", test_newcomer);
  g_test_add_func ("/talk/here/hint", test_hint);
  g_test_add_func ("/talk/here/size", test_size);
  g_test_add_func ("/talk/chat", test_chat);
  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      g_autofree char *path = g_strconcat ("/talk/chat/", bounds[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bounds);
    }
  g_test_add_func ("/talk/chat/too-many", test_too_many);
  g_test_add_func ("/talk/chat/pages", test_pages);
  g_test_add_func ("/talk/chat/unreadable", test_unreadable);
  g_test_add_func ("/talk/chat/full-list", test_full_list);
  g_test_add_func ("/talk/chat/restart", test_restart);
  g_test_add_func ("/talk/chat/viewer", test_viewer);
  return g_test_run ();
}
