/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two people at two machines' windows, with pointer and keyboard: they find each other, edit one grid, hear the same, lose
 * each other and come back with nothing lost. What is on the screen is told by AT-SPI. */
#include "tutti-e2e.h"
#include "tutti-heard.h"
#include "tutti-player.h"

#include <glib/gstdio.h>
#include <signal.h>

#define B_AGE_S 3600               /* b was switched on that much before a */
#define JAM "Fuzzy Penguin"
#define PORT 7464                  /* the window's own, when nobody else uses it */

static JsonObject *
ask_status (Player *at)
{
  g_autofree char *number = tutti_lab ("address a"), *place = g_strdup_printf ("%s:%d", number, PORT);
  TuttiE2eHost host = { .place = place };

  return tutti_e2e_status (at->machine, &host);
}

/* ---------------------------------------------------------------- what they do */

static void
host_jam (Player *player)
{
  click (player, "Host a Jam");
  click (player, "Name");
  keys (player, "ctrl+a");
  use_hands (player, "text", JAM, NULL);
  click (player, "Host");
  see (player, "Kick, step 1, on.*");
}

/* The first page stays, whatever is played: steps are where they were. The window remembers. */
static void
hold_page (Player *player)
{
  click (player, "Follow");
  see (player, "Follow", "!pressed");
}

static void
join_jam (Player *player)
{
  see (player, "Join " JAM, "sensitive");
  take_picture (player, "1-found");
  click (player, "Join " JAM);
  see (player, "Kick, step 1, on.*", "checked");
  hold_page (player);
}

/* The same steps, to the last word about them, are on both screens. */
static void
check_same_steps (Player *one, Player *other)
{
  gint64 deadline = g_get_monotonic_time () + TUTTI_LAB_DEADLINE_S * G_USEC_PER_SEC;

  while (TRUE)
    {
      g_autofree char *here = g_strdup (use_hands (one, "cells", NULL));
      const char *there = use_hands (other, "cells", NULL);

      if (g_str_equal (here, there))
        return;
      if (g_get_monotonic_time () > deadline)
        g_error ("%s shows\n%s\nand %s\n%s", one->machine, here, other->machine, there);
    }
}

/* By pointer here, by keyboard there. */
static void
edit_together (Player *a, Player *b)
{
  click (a, "Kick, step 3, off");
  see (a, "Kick, step 3, on, velocity 100", "checked");
  see (b, "Kick, step 3, on, velocity 100", "checked");
  keys (b, "Escape", "Home", "Down", "Right", "Right");
  see (b, "Snare, step 3, off", "focused");
  keys (b, "Return");
  see (b, "Snare, step 3, on, velocity 100", "checked");
  see (a, "Snare, step 3, on, velocity 100", "checked");
  check_same_steps (a, b);
}

/* The roll has the focus, and says so. It is larger than what is seen of it. */
static void
see_roll (Player *player, const char *words)
{
  g_autofree char *name = g_strdup_printf ("Notes of .*, %s\\. Use Note List\\.", words);

  use_hands (player, "focus", name, NULL);
}

/* A note that is drawn here is there too, and goes with its undo. The first melodic track is the one that is shown. */
static void
draw_notes (Player *a, Player *b)
{
  keys (a, "alt+3");
  click (a, "New Clip of Notes");
  see_roll (a, "0 notes");
  keys (a, "Right", "Return");
  see_roll (a, "1 note");
  keys (b, "alt+3");
  see_roll (b, "1 note");
  take_picture (b, "1-notes");
  keys (a, "ctrl+z");
  see_roll (b, "0 notes");
  keys (a, "ctrl+z");
  see (a, "New Clip of Notes");
  see (b, "New Clip of Notes");
  keys (a, "alt+1");
  keys (b, "alt+1");
}

/* ---------------------------------------------------------------- what they hear */

static void
expect_seconds (Player *player, guint n)
{
  while (n-- > 0)
    tutti_lab_expect (player->ear, "^second");
}

/* Both hear it for a while from now on. Whether it was the same. */
static gboolean
hear_the_same (Player *a, Player *b)
{
  TuttiHeard a_heard, b_heard;
  gint64 from_ns, until_ns;
  gboolean same;

  a->ear = tutti_heard_start (a->machine, a->recording);
  b->ear = tutti_heard_start (b->machine, b->recording);
  tutti_lab_expect (a->ear, "^sound");
  tutti_lab_expect (b->ear, "^sound");
  from_ns = tutti_heard_now_ns ();
  expect_seconds (a, 5);
  expect_seconds (b, 5);
  until_ns = tutti_heard_now_ns ();
  tutti_heard_finish (a->ear, a->recording, 0, &a_heard);
  tutti_heard_finish (b->ear, b->recording, B_AGE_S * TUTTI_HEARD_SECOND_NS, &b_heard);
  same = tutti_heard_together (&a_heard, &b_heard, from_ns, until_ns);
  tutti_heard_clear (&a_heard);
  tutti_heard_clear (&b_heard);
  return same;
}

/* A machine that is busy with much else takes a while to get in time. */
static void
listen_together (Player *a, Player *b)
{
  gint64 deadline = g_get_monotonic_time () + TUTTI_LAB_DEADLINE_S * G_USEC_PER_SEC;

  while (!hear_the_same (a, b))
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
}

/* ---------------------------------------------------------------- apart and together again */

/* b's cable is out: both go on, and on return each has what the other did. */
static void
part_and_meet (Player *a, Player *b)
{
  g_autoptr(JsonObject) before = ask_status (a);

  g_free (tutti_lab ("pull b"));
  see (b, "You are offline\\. Keep playing\\.");
  click (a, "Clap, step 1, off");
  click (b, "Snare, step 7, off");
  see (b, "Snare, step 7, on, velocity 100", "checked");
  see (b, "You are offline\\. Keep playing, 1 edit waits\\.");
  take_picture (b, "2-offline");
  see (a, "Clap, step 1, on, velocity 100", "checked");
  listen_together (a, b);
  g_free (tutti_lab ("plug b"));
  miss (b, "You are offline\\..*");
  see (b, "Clap, step 1, on, velocity 100", "checked");
  see (a, "Snare, step 7, on, velocity 100", "checked");
  take_picture (a, "3-back");
  take_picture (b, "3-back");
  check_same_steps (a, b);

  g_autoptr(JsonObject) here = ask_status (a), there = ask_status (b);

  tutti_e2e_same (here, there);
  g_assert_cmpint (json_object_get_int_member (here, "seq"), >=, json_object_get_int_member (before, "seq") + 2);
}

/* The jam as it is announced now, whoever hosts it. */
static JsonObject *
ask_found (Player *at)
{
  g_autofree char *found = tutti_e2e_find (at->machine, 1);
  g_autoptr(JsonObject) jam = tutti_e2e_object (found);
  TuttiE2eHost host = { .place = (char *) json_object_get_string_member (jam, "address") };

  return tutti_e2e_status (at->machine, &host);
}

/* The host's program dies in the middle of it: the other goes on hosting, and who is started again finds the jam there, with
 * everything that anybody was shown. */
static void
die_and_return (Player *a, Player *b)
{
  g_autoptr(JsonObject) before = ask_status (a);

  tutti_lab_signal (a->window, SIGKILL);
  g_assert_cmpint (tutti_lab_finish (a->window), ==, -SIGKILL);
  see (b, "You host now\\. Others follow by themselves\\.");
  take_picture (b, "4-hosts-now");
  click (b, "Hats, step 2, on.*");
  see (b, "Hats, step 2, off", "!checked");

  start_window (a);
  see (a, "Open " JAM);
  take_picture (a, "4-recent");
  see (a, "Join " JAM, "sensitive");
  click (a, "Join " JAM);
  see (a, "Follow", "!pressed");
  see (a, "Hats, step 2, off", "!checked");
  check_same_steps (a, b);
  click (a, "Hats, step 2, off");
  see (b, "Hats, step 2, on, velocity 100", "checked");
  take_picture (a, "5-joined-again");
  take_picture (b, "5-joined-again");

  g_autoptr(JsonObject) after = ask_found (a);

  g_assert_cmpstr (json_object_get_string_member (after, "jam"), ==, json_object_get_string_member (before, "jam"));
  g_assert_cmpstr (json_object_get_string_member (after, "name"), ==, JAM);
  g_assert_cmpint (json_object_get_int_member (after, "seq"), >, json_object_get_int_member (before, "seq"));
}

static void
test_windows (void)
{
  g_mkdir_with_parents (TUTTI_E2E_SHOTS, 0777);
  g_free (tutti_lab ("add a --avahi --pulse --display"));
  g_free (tutti_lab ("add b --avahi --pulse --display --clock-offset %d", B_AGE_S));
  Player *a = seat ("a"), *b = seat ("b");

  introduce (a, "Ada");
  introduce (b, "Bea");
  host_jam (a);
  join_jam (b);
  hold_page (a);
  edit_together (a, b);
  draw_notes (a, b);
  keys (a, "space");
  see (b, "Pause \\(Space\\)");
  listen_together (a, b);
  part_and_meet (a, b);
  die_and_return (a, b);
  tutti_lab_sweep ();
  stand_up (a);
  stand_up (b);
}

/* ---------------------------------------------------------------- who may what */

/* a's jam asks for a passcode; b does not know it at once. */
static void
lock_and_join (Player *a, Player *b)
{
  keys (a, "F9");
  click (a, "Set….*");
  click (a, "Passcode");
  use_hands (a, "text", "sesame", NULL);
  keys (a, "Return");
  see (a, "Newcomers are asked for it");
  see (b, "Join " JAM, "sensitive");
  click (b, "Join " JAM);
  see (b, JAM " asks for a passcode\\. Whoever hosts knows it\\.");
  take_picture (b, "6-passcode");
  use_hands (b, "text", "simsalabim", NULL);
  keys (b, "Return");
  see (b, "That was not it\\. 2 tries left\\.");
  use_hands (b, "text", "sesame", NULL);
  keys (b, "Return");
  see (b, "Kick, step 1, on.*", "checked");
}

/* A menu is a surface of its own, where nothing can be pointed at: by keyboard. @above: (nullable) what stands before the roles. */
static void
choose_role (Player *a, const char *above, const char *role)
{
  click (a, "What to do about Bea");
  use_hands (a, "focus", "Follow View", NULL);
  keys (a, "Down");
  if (above != NULL)
    {
      use_hands (a, "focus", above, NULL);
      keys (a, "Down");
    }
  use_hands (a, "focus", "Role", NULL);
  keys (a, "Return", "Down");
  use_hands (a, "focus", role, NULL);
  take_picture (a, "7-menu");
  keys (a, "Return");
}

/* A command line needs the passcode, too. */
static void
send_with_passcode (void)
{
  g_autofree char *number = tutti_lab ("address a"), *place = g_strdup_printf ("%s:%d", number, PORT);
  g_autofree char *without = tutti_e2e_ctl ("b", 1, TUTTI_E2E_WORDS ("send", place, "[\"swing\",560]"));

  tutti_e2e_match (without, "^tuttictl: .*the jam asks for a passcode$");
  g_setenv ("TUTTI_PASSCODE", "sesame", TRUE);
  g_free (tutti_e2e_ctl ("b", 0, TUTTI_E2E_WORDS ("send", place, "[\"swing\",560]")));
  g_unsetenv ("TUTTI_PASSCODE");
}

/* What b may follows what a decides, and each sees it at once. */
static void
give_roles (Player *a, Player *b)
{
  choose_role (a, "Pass the Lead", "Viewer");
  see (b, "You are a viewer here\\. Listen and look\\.");
  see (b, "Not allowed: viewers listen and look\\.", "!sensitive");
  click (b, "Kick, step 3, off");
  see (b, "Kick, step 3, off", "!checked");
  take_picture (b, "7-viewer");
  choose_role (a, NULL, "Contributor");
  miss (b, "You are a viewer here\\..*");
  click (b, "Kick, step 3, off");
  see (a, "Kick, step 3, on, velocity 100", "checked");
}

static void
pass_the_lead (Player *a, Player *b)
{
  click (a, "Only the Leader Starts and Stops");
  see (a, "Only the leader may start and stop, and nobody leads\\. Take the lead first\\.", "!sensitive");
  click (a, "What to do about Bea");
  use_hands (a, "focus", "Follow View", NULL);
  keys (a, "Down");
  use_hands (a, "focus", "Pass the Lead", NULL);
  keys (a, "Return");
  see (b, "You lead");
  see (a, "Bea leads\\. Ask for the lead\\.");
  see (a, "Only Bea may start and stop\\.", "!sensitive");
  keys (b, "Escape", "space");
  see (b, "Pause \\(Space\\)");
  take_picture (a, "8-led");
  /* The leader goes, and says so. */
  keys (b, "ctrl+w");
  see (a, "The leader left\\. The music goes on\\.");
  take_picture (a, "9-leader-left");
  click (a, "Take the Lead");
  see (a, "You lead");
  see (a, "Pause \\(Space\\)", "sensitive");
}

/* Nobody reads that Bea left: she was sent away, and knows by whom. */
static void
send_away (Player *a, Player *b)
{
  click (b, "Join " JAM);
  see (b, "Kick, step 1, on.*", "checked");
  click (a, "What to do about Bea");
  use_hands (a, "focus", "Follow View", NULL);
  keys (a, "Down");
  use_hands (a, "focus", "Pass the Lead", NULL);
  keys (a, "Down", "Down");
  use_hands (a, "focus", "Remove…", NULL);
  keys (a, "Return");
  use_hands (a, "focus", "Cancel.*", NULL);
  keys (a, "Tab");
  use_hands (a, "focus", "Remove( Remove)?", NULL);
  keys (a, "Return");
  see (b, "Ada removed you from the jam\\.");
  take_picture (b, "9-removed");
  see (a, "You removed Bea");
  take_picture (a, "9-removed");
}

static void
test_roles (void)
{
  g_mkdir_with_parents (TUTTI_E2E_SHOTS, 0777);
  g_free (tutti_lab ("add a --avahi --pulse --display"));
  g_free (tutti_lab ("add b --avahi --pulse --display"));
  Player *a = seat ("a"), *b = seat ("b");

  introduce (a, "Ada");
  introduce (b, "Bea");
  host_jam (a);
  lock_and_join (a, b);
  send_with_passcode ();
  give_roles (a, b);
  pass_the_lead (a, b);
  send_away (a, b);
  tutti_lab_sweep ();
  stand_up (a);
  stand_up (b);
}

/* ---------------------------------------------------------------- looking back */

/* By Enter and by the buttons; only who asked hears it, and says so. */
static void
hear_a_moment (Player *a, Player *b)
{
  click (b, "Ada: Kick, step 3, on, velocity 100");
  see (b, "Go Back Here", "sensitive");
  keys (b, "Return");
  see (b, "Only you hear this: the jam as it was at .*");
  take_picture (b, "10-hear");
  keys (b, "Return");
  miss (b, "Only you hear this.*");
  click (b, "Hear");
  see (b, "Only you hear this: the jam as it was at .*");
  miss (a, "Only you hear this.*");
  see (a, "Snare, step 3, on, velocity 100", "checked");
  click (b, "Stop Listening");
  miss (b, "Only you hear this.*");
}

/* For everyone, and by one undo it did not happen. */
static void
go_back (Player *a, Player *b)
{
  click (b, "Go Back Here");
  see (a, "Snare, step 3, off", "!checked");
  see (b, "Bea: Went back to an earlier moment, .*");
  take_picture (b, "11-back");
  see (a, "Kick, step 3, on, velocity 100", "checked");
  keys (b, "ctrl+z");
  see (a, "Snare, step 3, on, velocity 100", "checked");
  check_same_steps (a, b);
}

static void
test_history (void)
{
  g_mkdir_with_parents (TUTTI_E2E_SHOTS, 0777);
  g_free (tutti_lab ("add a --avahi --pulse --display"));
  g_free (tutti_lab ("add b --avahi --pulse --display"));
  Player *a = seat ("a"), *b = seat ("b");

  introduce (a, "Ada");
  introduce (b, "Bea");
  host_jam (a);
  hold_page (a);
  join_jam (b);
  click (a, "Kick, step 3, off");
  see (b, "Kick, step 3, on, velocity 100", "checked");
  click (a, "Snare, step 3, off");
  see (b, "Snare, step 3, on, velocity 100", "checked");
  keys (b, "ctrl+shift+h");
  see (b, "Ada: Snare, step 3, on, velocity 100");
  hear_a_moment (a, b);
  go_back (a, b);
  tutti_lab_sweep ();
  stand_up (a);
  stand_up (b);
}

/* ---------------------------------------------------------------- where they are and what they say */

/* What b does is said at a. */
static void
show_where (Player *a, Player *b)
{
  click (b, "Snare, step 3, off");
  see (a, "Snare, step 3, on, velocity 100", "checked");
  keys (a, "F9");
  see (a, "Contributor · editing Snare, step 3");
  take_picture (a, "10-cursor");
}

/* Unread, read, answered; what looks like markup is text. */
static void
talk (Player *a, Player *b)
{
  keys (a, "ctrl+shift+m");
  see (a, "Say hello\\.");
  see (a, "Message to everyone", "focused");
  use_hands (a, "text", "Hello from <b>bar 2</b>", NULL);
  keys (a, "Return");
  see (a, "Hello from <b>bar 2</b>");
  take_picture (b, "11-unread");
  keys (b, "ctrl+shift+m");
  see (b, "Hello from <b>bar 2</b>");
  see (b, "Message to everyone", "focused");
  use_hands (b, "text", "More Kick & Hats", NULL);
  click (b, "Send");
  see (a, "More Kick & Hats");
  take_picture (a, "11-chat");
  take_picture (b, "11-chat");
}

/* A command line finds the jam by the name that a says. */
static void
join_by_name (Player *a)
{
  g_autofree char *found = tutti_e2e_find ("b", 1);
  g_autoptr(JsonObject) jam = tutti_e2e_object (found);
  const char *code = json_object_get_string_member (jam, "code");
  g_autofree char *said = g_strdup_printf ("Say “%s”, or .*", code), *joined = NULL;

  click (a, "People");
  see (a, said);
  joined = tutti_e2e_ctl ("b", 0, TUTTI_E2E_WORDS ("join", code, "--name", "Cat", "--seconds", "1"));
  tutti_e2e_match (joined, "joined " JAM " as Cat");
}

static void
show_stage (Player *a)
{
  keys (a, "Escape", "F11");
  see (a, "Stage View");
  take_picture (a, "12-stage");
  keys (a, "Escape");
  miss (a, "Stage View");
  click (a, "Share");
  see (a, "QR code of the link");
  take_picture (a, "12-share");
  click (a, "Copy Link");
  see (a, "Link copied");
}

static void
test_talk (void)
{
  g_mkdir_with_parents (TUTTI_E2E_SHOTS, 0777);
  g_free (tutti_lab ("add a --avahi --pulse --display"));
  g_free (tutti_lab ("add b --avahi --pulse --display"));
  Player *a = seat ("a"), *b = seat ("b");

  introduce (a, "Ada");
  introduce (b, "Bea");
  host_jam (a);
  join_jam (b);
  show_where (a, b);
  talk (a, b);
  join_by_name (a);
  show_stage (a);
  tutti_lab_sweep ();
  stand_up (a);
  stand_up (b);
}

/* ---------------------------------------------------------------- a jam that ended */

/* Its goodbye was lost, so it is listed still: whoever goes there reads that it has ended, and it is listed no more. */
static void
test_ended (void)
{
  g_mkdir_with_parents (TUTTI_E2E_SHOTS, 0777);
  g_free (tutti_lab ("add a --avahi"));
  g_free (tutti_lab ("add b --avahi --pulse --display"));
  g_autoptr(TuttiE2eHost) host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--name", JAM));
  Player *b = seat ("b");

  introduce (b, "Bea");
  see (b, "Join " JAM, "sensitive");
  g_free (tutti_lab ("link a silent=1"));
  tutti_lab_signal (host->process, SIGKILL);
  tutti_lab_finish (host->process);
  g_free (tutti_lab ("link a silent=0"));
  click (b, "Join " JAM);
  see (b, JAM " has ended\\.");
  take_picture (b, "13-ended");
  miss (b, "Join " JAM);
  tutti_lab_sweep ();
  stand_up (b);
}

int
main (int argc, char **argv)
{
  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/windows/two", test_windows);
  g_test_add_func ("/windows/roles", test_roles);
  g_test_add_func ("/windows/history", test_history);
  g_test_add_func ("/windows/talk", test_talk);
  g_test_add_func ("/windows/ended", test_ended);
  return g_test_run ();
}
