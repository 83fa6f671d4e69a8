/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The band plays on: the host is killed, stands still, or loses its cable, and somebody else goes on with the jam. */
#include "tutti-e2e.h"

#include <signal.h>
#include <string.h>

typedef struct
{
  TuttiE2eHost    *host;           /* on machine a */
  TuttiLabProcess *heir, *guest;   /* on b and c */
} Band;

/* No two were switched on at the same time: their clocks have nothing in common. */
static void
begin (Band *band)
{
  g_free (tutti_lab ("add a"));
  g_free (tutti_lab ("add b --clock-offset 86400"));
  g_free (tutti_lab ("add c --clock-offset 1000"));
  band->host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--demo", "--no-mdns"));
  band->heir = tutti_e2e_join ("b", band->host, 0, TUTTI_E2E_WORDS ("--heir"));
  /* Seconds before and after, in which what they hear is compared. */
  band->guest = tutti_e2e_join ("c", band->host, 8, NULL);
  g_free (tutti_e2e_ctl ("c", 0, TUTTI_E2E_WORDS ("send", band->host->place, "[\"play\",-1]", "[\"tempo\",12345]")));
}

/* Where the heir hosts now. (transfer full) */
static TuttiE2eHost *
await_heir (Band *band)
{
  TuttiE2eHost *place = g_new0 (TuttiE2eHost, 1);
  g_autofree char *number = tutti_lab ("address b");
  const char *line = tutti_lab_expect (band->heir, "^hosting at port [0-9]+$");

  place->place = g_strdup_printf ("%s:%s", number, strrchr (line, ' ') + 1);
  return place;
}

/* Seconds of which both have the same fingerprint. A machine that had no time at its start says "settling" of a minute, since it
 * cannot know that all of the past is in it; that it hears the same shows all the same. */
static guint
count_same (JsonObject *one, JsonObject *other)
{
  JsonArray *ours = json_object_get_array_member (one, "fingerprints");
  JsonArray *theirs = json_object_get_array_member (other, "fingerprints");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (ours); i++)
    for (guint j = 0; j < json_array_get_length (theirs); j++)
      {
        JsonArray *here = json_array_get_array_element (ours, i), *there = json_array_get_array_element (theirs, j);

        n += json_array_get_int_element (here, 0) == json_array_get_int_element (there, 0) &&
             g_str_equal (json_array_get_string_element (here, 1), json_array_get_string_element (there, 1));
      }
  return n;
}

/* Both went on with the same jam, and heard the same in every second, the one in which the host was lost among them. */
static void
end (Band *band, const TuttiE2eHost *place)
{
  g_free (tutti_e2e_ctl ("c", 0, TUTTI_E2E_WORDS ("send", place->place, "[\"swing\",620]")));
  g_autoptr(JsonObject) status = tutti_e2e_status ("c", place);

  g_assert_cmpstr (json_object_get_string_member (status, "jam"), ==, band->host->jam);
  g_assert_cmpint (json_object_get_int_member (status, "tempo"), ==, 12345);
  g_assert_true (json_object_get_boolean_member (status, "playing"));
  g_assert_cmpint (json_object_get_int_member (status, "people"), ==, 2);
  g_free (tutti_e2e_ctl ("c", 0, TUTTI_E2E_WORDS ("send", place->place, "[\"swing\",500]")));
  g_autoptr(JsonObject) guest = tutti_e2e_left (band->guest);
  tutti_lab_signal (band->heir, SIGTERM);
  g_autoptr(JsonObject) heir = tutti_e2e_left (band->heir);

  g_assert_cmpint (json_object_get_int_member (guest, "repairs"), ==, 0);
  /* None that both are sure of may differ. */
  tutti_e2e_same_sound (guest, heir);
  g_assert_cmpuint (count_same (guest, heir), >=, 4);
  tutti_e2e_host_free (band->host);
  tutti_lab_sweep ();
}

static void
test_killed (void)
{
  Band band;

  begin (&band);
  tutti_lab_signal (band.host->process, SIGKILL);
  g_autoptr(TuttiE2eHost) place = await_heir (&band);

  tutti_lab_expect (band.guest, "^back in ");
  end (&band, place);
}

/* The box is where the jam lives: once it is there again it comes as a guest of whoever went on, and is given the jam. */
static void
await_home (Band *band)
{
  tutti_lab_expect (band->heir, "^back in ");
  tutti_lab_expect (band->guest, "^back in ");
}

static void
test_frozen (void)
{
  Band band;

  begin (&band);
  tutti_lab_signal (band.host->process, SIGSTOP);
  g_autoptr(TuttiE2eHost) place = await_heir (&band);

  tutti_lab_expect (band.guest, "^back in ");
  tutti_lab_signal (band.host->process, SIGCONT);
  await_home (&band);
  end (&band, band.host);
}

static void
test_unplugged (void)
{
  Band band;

  begin (&band);
  g_free (tutti_lab ("link a silent=1"));
  g_autoptr(TuttiE2eHost) place = await_heir (&band);

  tutti_lab_expect (band.guest, "^back in ");
  end (&band, place);
}

/* Killed, and started again when somebody else had gone on for long. */
static void
test_home (void)
{
  Band band;

  begin (&band);
  g_autofree char *port = g_strdup_printf ("%u", band.host->port);

  tutti_lab_signal (band.host->process, SIGKILL);
  g_autoptr(TuttiE2eHost) place = await_heir (&band);

  tutti_lab_expect (band.guest, "^back in ");
  g_free (tutti_e2e_ctl ("c", 0, TUTTI_E2E_WORDS ("send", place->place, "[\"metronome\",1]")));
  tutti_e2e_host_free (band.host);
  band.host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--no-mdns", "--port", port));
  await_home (&band);
  end (&band, band.host);
}

/* A host that is stopped and started again has its jam back: it said that it would return. */
static void
test_restarted (void)
{
  Band band;

  begin (&band);
  g_autofree char *port = g_strdup_printf ("%u", band.host->port), *jam = g_strdup (band.host->jam);

  tutti_lab_signal (band.host->process, SIGTERM);
  g_free (tutti_e2e_finish (band.host->process, 0));
  tutti_e2e_host_free (band.host);
  band.host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--no-mdns", "--port", port));
  g_assert_cmpstr (band.host->jam, ==, jam);
  tutti_lab_expect (band.heir, "^back in ");
  tutti_lab_expect (band.guest, "^back in ");
  g_assert_false (tutti_lab_heard (band.heir, "^hosting "));
  end (&band, band.host);
}

int
main (int argc, char **argv)
{
  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/succession/killed", test_killed);
  g_test_add_func ("/succession/frozen", test_frozen);
  g_test_add_func ("/succession/unplugged", test_unplugged);
  g_test_add_func ("/succession/home", test_home);
  g_test_add_func ("/succession/restarted", test_restarted);
  return g_test_run ();
}
