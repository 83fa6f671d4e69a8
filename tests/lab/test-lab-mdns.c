/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-lab.h"

#include <signal.h>
#include <string.h>

static char *program;

static TuttiLabProcess *
announce (const char *machine, const char *name, const char *id)
{
  return tutti_lab_spawn (machine, program, "announce", name, id, "7464", NULL);
}

static TuttiLabProcess *
look (const char *machine)
{
  TuttiLabProcess *looking = tutti_lab_spawn (machine, program, "look", NULL);

  tutti_lab_expect (looking, "^state running$");
  return looking;
}

static void
add_two (void)
{
  g_free (tutti_lab ("add a --avahi"));
  g_free (tutti_lab ("add b --avahi"));
}

static void
test_found_and_gone (void)
{
  TuttiLabProcess *jam, *looking;

  add_two ();
  looking = look ("b");
  jam = announce ("a", "Fuzzy Penguin", "k3f9x2");
  tutti_lab_expect (jam, "^published Fuzzy Penguin$");
  tutti_lab_expect (looking, "^[+] k3f9x2 “Fuzzy Penguin” 1/16 bpm=12000 lock=0 host=a local=0 at");
  tutti_lab_expect (looking, "^~ k3f9x2 .* at 10[.]77[.]0[.][0-9]+:7464 \\[fd77::[0-9]+\\]:7464$");
  tutti_lab_say (jam, "people 5");
  tutti_lab_say (jam, "tempo 17450");
  tutti_lab_expect (looking, "^~ k3f9x2 “Fuzzy Penguin” 5/16 bpm=17450");
  tutti_lab_say (jam, "name Loud Otter");
  tutti_lab_expect (looking, "“Loud Otter” 5/16");
  tutti_lab_say (jam, "quit");
  tutti_lab_expect (looking, "^- left 0$");
  g_assert_cmpint (tutti_lab_finish (jam), ==, 0);
  tutti_lab_sweep ();
}

/* The process is killed and says nothing; its daemon sees it go. */
static void
test_killed_publisher_goes (void)
{
  TuttiLabProcess *jam, *looking;

  add_two ();
  looking = look ("b");
  jam = announce ("a", "Beat", "a1");
  tutti_lab_expect (looking, "^[+] a1 ");
  tutti_lab_signal (jam, SIGKILL);
  tutti_lab_expect (looking, "^- left 0$");
  tutti_lab_sweep ();
}

static void
test_bad_link (void)
{
  TuttiLabProcess *jam, *looking;

  add_two ();
  g_free (tutti_lab ("link b delay=10 jitter=5 loss=1 reorder=1"));
  jam = announce ("a", "Beat", "a1");
  looking = look ("b");
  tutti_lab_expect (looking, "^[+] a1 “Beat” 1/16");
  for (guint people = 2; people < 6; people++)
    {
      g_autofree char *line = g_strdup_printf ("people %u", people);
      g_autofree char *seen = g_strdup_printf ("^~ a1 “Beat” %u/16", people);

      tutti_lab_say (jam, line);
      tutti_lab_expect (looking, seen);
    }
  tutti_lab_sweep ();
}

/* Who of two keeps a name is for the daemons to settle (RFC 6762 §8.2); that both end up listed, under two names, and
 * know their own is for us. */
static void
test_names_collide (void)
{
  TuttiLabProcess *jams[3], *looking;

  add_two ();
  looking = look ("b");
  jams[0] = announce ("a", "Beat", "a1");
  tutti_lab_expect (jams[0], "^published Beat$");
  jams[1] = announce ("b", "Beat", "b1");
  tutti_lab_expect (looking, "“Beat #2”");
  jams[2] = announce ("a", "Beat", "a2");
  tutti_lab_expect (jams[2], "^published Beat #[23]$");
  tutti_lab_expect (looking, "“Beat #3”");
  for (guint i = 0; i < 3; i++)
    tutti_lab_say (jams[i], "quit");
  tutti_lab_expect (looking, "^- left 0$");
  tutti_lab_sweep ();
}

static void
test_daemons_restart (void)
{
  TuttiLabProcess *jam, *looking;

  add_two ();
  looking = look ("b");
  jam = announce ("a", "Beat", "a1");
  tutti_lab_expect (looking, "^[+] a1 ");
  tutti_lab_forget (jam);
  g_free (tutti_lab ("stop a avahi"));
  tutti_lab_expect (jam, "^waiting");
  tutti_lab_expect (looking, "^- left 0$");
  g_free (tutti_lab ("start a avahi"));
  tutti_lab_expect (jam, "^published Beat$");
  tutti_lab_expect (looking, "^[+] a1 ");

  g_free (tutti_lab ("kill b avahi"));
  tutti_lab_expect (looking, "^state no-avahi$");
  g_free (tutti_lab ("start b avahi"));
  tutti_lab_expect (looking, "^state running$");
  tutti_lab_expect (looking, "^[+] a1 ");

  g_free (tutti_lab ("kill b bus"));
  tutti_lab_expect (looking, "^state no-avahi$");
  g_free (tutti_lab ("kill b avahi"));
  g_free (tutti_lab ("start b bus"));
  g_free (tutti_lab ("start b avahi"));
  tutti_lab_expect (looking, "^state running$");
  tutti_lab_expect (looking, "^[+] a1 ");
  tutti_lab_sweep ();
}

static void
test_avahi_absent_at_first (void)
{
  TuttiLabProcess *jam, *looking;

  g_free (tutti_lab ("add a"));
  g_free (tutti_lab ("add b"));
  looking = tutti_lab_spawn ("b", program, "in-thread", "look", NULL);
  jam = tutti_lab_spawn ("a", program, "in-thread", "announce", "Beat", "a1", NULL);
  tutti_lab_expect (looking, "^state no-avahi$");
  tutti_lab_expect (jam, "^waiting Beat$");
  g_free (tutti_lab ("start a bus"));
  g_free (tutti_lab ("start b bus"));
  g_free (tutti_lab ("start a avahi"));
  g_free (tutti_lab ("start b avahi"));
  tutti_lab_expect (looking, "^state running$");
  tutti_lab_expect (jam, "^published Beat$");
  tutti_lab_expect (looking, "^[+] a1 ");
  tutti_lab_say (looking, "quit");
  tutti_lab_expect (looking, "^bye$");
  g_assert_cmpint (tutti_lab_finish (looking), ==, 0);
  tutti_lab_sweep ();
}

/* A daemon that hangs must not hold up whoever asks it. */
static void
test_daemon_hangs (void)
{
  TuttiLabProcess *jam;
  g_autofree char *pid = NULL;

  g_free (tutti_lab ("add a --avahi"));
  jam = announce ("a", "Beat", "a1");
  tutti_lab_expect (jam, "^published Beat$");
  pid = tutti_lab ("pid a avahi");
  kill ((pid_t) g_ascii_strtoll (pid, NULL, 10), SIGSTOP);
  tutti_lab_say (jam, "people 3");
  tutti_lab_say (jam, "quit");
  tutti_lab_expect (jam, "^bye$");
  g_assert_cmpint (tutti_lab_finish (jam), ==, 0);
  tutti_lab_sweep ();
}

static void
test_network_comes_and_goes (void)
{
  TuttiLabProcess *jam, *looking;

  add_two ();
  looking = look ("b");
  jam = announce ("a", "Beat", "a1");
  tutti_lab_expect (looking, "^[+] a1 ");
  g_free (tutti_lab ("pull b"));
  tutti_lab_expect (looking, "^state no-network$");
  g_free (tutti_lab ("plug b"));
  tutti_lab_expect (looking, "^state running$");
  tutti_lab_forget (looking);
  tutti_lab_say (jam, "people 7");
  tutti_lab_expect (looking, " a1 “Beat” 7/16");
  tutti_lab_sweep ();
}

/* Two cards on two networks: one row, all addresses. */
static void
test_two_cards_are_one_jam (void)
{
  TuttiLabProcess *looking;

  g_free (tutti_lab ("add a --avahi --nics 2"));
  g_free (tutti_lab ("add b --avahi --nics 2"));
  g_free (tutti_lab ("link a:1 segment=1"));
  g_free (tutti_lab ("link b:1 segment=1"));
  looking = look ("b");
  announce ("a", "Beat", "a1");
  tutti_lab_expect (looking, "^[+] a1 ");
  tutti_lab_expect (looking, "^~ a1 .* at 10[.]7[78].* 10[.]7[78].* \\[fd77:.* \\[fd77:");
  g_assert_false (tutti_lab_heard (looking, "^[+]"));
  tutti_lab_sweep ();
}

static void
test_link_local_has_its_scope (void)
{
  TuttiLabProcess *looking;

  g_free (tutti_lab ("add a --avahi --no-ipv4 --link-local"));
  g_free (tutti_lab ("add b --avahi --no-ipv4 --link-local"));
  looking = look ("b");
  announce ("a", "Beat", "a1");
  tutti_lab_expect (looking, "^[+] a1 .* at \\[fe80::[0-9a-f:]+%[0-9]+\\]:7464$");
  tutti_lab_sweep ();
}

/* Others' tools see it too; what others write badly is named and left out. */
static void
test_strangers (void)
{
  TuttiLabProcess *looking, *stranger, *tool;

  add_two ();
  looking = look ("b");
  announce ("a", "Beat", "a1");
  tutti_lab_expect (looking, "^[+] a1 ");
  tool = tutti_lab_spawn ("b", "avahi-browse", "-rp", "_tutti._tcp", NULL);
  tutti_lab_expect (tool, "^=;eth0;IPv4;Beat;_tutti._tcp;local;a.local;10[.]77[.]0[.][0-9]+;7464;.*\"id=a1\"");
  stranger = tutti_lab_spawn ("a", "avahi-publish", "-s", "Odd", "_tutti._tcp", "1", "txtvers=1", "id=../..", NULL);
  tutti_lab_expect (looking, "^refused “Odd”: ");
  tutti_lab_signal (stranger, SIGTERM);
  stranger = tutti_lab_spawn ("a", "avahi-publish", "-s", "Later", "_tutti._tcp", "1", "txtvers=2", NULL);
  tutti_lab_expect (looking, "^refused “Later”: the record has version 2");
  g_assert_false (tutti_lab_heard (looking, "^[+]"));
  tutti_lab_sweep ();
}

/* As many jams as one host serves. */
static void
test_fifty_jams (void)
{
  TuttiLabProcess *looking, *last = NULL;

  add_two ();
  looking = look ("b");
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *id = g_strdup_printf ("jam%u", i), *name = g_strdup_printf ("Beat of room %u", i);

      last = announce ("a", name, id);
    }
  tutti_lab_expect (last, "^published ");
  tutti_lab_expect (looking, "^rows 50$");
  g_assert_false (tutti_lab_heard (looking, "^refused"));
  g_free (tutti_lab ("stop a avahi"));
  tutti_lab_expect (looking, "^- left 0$");
  tutti_lab_sweep ();
}

/* Power off: nothing says goodbye, so that only the record's age ends it (RFC 6762: 75 to 120 s). */
static void
test_crash_goes_eventually (void)
{
  TuttiLabProcess *looking;

  add_two ();
  looking = look ("b");
  announce ("a", "Beat", "a1");
  tutti_lab_expect (looking, "^[+] a1 ");
  g_free (tutti_lab ("crash a"));
  tutti_lab_expect_within (looking, "^- left 0$", 180);
  tutti_lab_sweep ();
}

int
main (int argc, char **argv)
{
  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  program = g_build_filename (g_getenv ("TUTTI_LAB_BUILD"), "lab-jam", NULL);
  g_test_add_func ("/mdns/found-and-gone", test_found_and_gone);
  g_test_add_func ("/mdns/killed-publisher-goes", test_killed_publisher_goes);
  g_test_add_func ("/mdns/bad-link", test_bad_link);
  g_test_add_func ("/mdns/names-collide", test_names_collide);
  g_test_add_func ("/mdns/daemons-restart", test_daemons_restart);
  g_test_add_func ("/mdns/avahi-absent-at-first", test_avahi_absent_at_first);
  g_test_add_func ("/mdns/daemon-hangs", test_daemon_hangs);
  g_test_add_func ("/mdns/network-comes-and-goes", test_network_comes_and_goes);
  g_test_add_func ("/mdns/two-cards-are-one-jam", test_two_cards_are_one_jam);
  g_test_add_func ("/mdns/link-local-has-its-scope", test_link_local_has_its_scope);
  g_test_add_func ("/mdns/fifty-jams", test_fifty_jams);
  g_test_add_func ("/mdns/strangers", test_strangers);
  g_test_add_func ("/mdns-crash/goes-eventually", test_crash_goes_eventually);
  return g_test_run ();
}
