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

/* The host has it on its list, and it knows the jam's time: from now on the host may be lost. */
static TuttiLabProcess *
join_as_heir (const char *machine, const TuttiE2eHost *host)
{
  TuttiLabProcess *heir = tutti_e2e_join (machine, host, 0, TUTTI_E2E_WORDS ("--heir"));

  tutti_lab_expect (heir, "^heir: ");
  return heir;
}

/* No two were switched on at the same time: their clocks have nothing in common. The guest stays for @seconds, some before the host is
 * lost and some after, in which what they hear is compared; 0: until it is told to leave. */
static void
begin (Band *band, double seconds)
{
  g_free (tutti_lab ("add a"));
  g_free (tutti_lab ("add b --clock-offset 86400"));
  g_free (tutti_lab ("add c --clock-offset 1000"));
  band->host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--demo", "--no-mdns"));
  band->heir = join_as_heir ("b", band->host);
  band->guest = tutti_e2e_join ("c", band->host, seconds, NULL);
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

/* The fingerprint of @second, NULL when it was not finished. */
static const char *
find_print (JsonObject *left, gint64 second)
{
  JsonArray *prints = json_object_get_array_member (left, "fingerprints");

  for (guint i = 0; i < json_array_get_length (prints); i++)
    if (json_array_get_int_element (json_array_get_array_element (prints, i), 0) == second)
      return json_array_get_string_element (json_array_get_array_element (prints, i), 1);
  return NULL;
}

/* Seconds of which both have the same fingerprint. A machine that had no time at its start says "settling" of a minute, since it
 * cannot know that all of the past is in it; that it hears the same shows all the same. */
static guint
count_same (JsonObject *one, JsonObject *other)
{
  JsonArray *ours = json_object_get_array_member (one, "fingerprints");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (ours); i++)
    {
      JsonArray *here = json_array_get_array_element (ours, i);

      n += g_strcmp0 (json_array_get_string_element (here, 1), find_print (other, json_array_get_int_element (here, 0))) == 0;
    }
  return n;
}

/* What each heard, for who reads why a test failed. */
static void
tell_heard (const char *who, JsonObject *left)
{
  g_autofree char *prints = json_to_string (json_object_get_member (left, "fingerprints"), FALSE);

  g_test_message ("%s: %" G_GINT64_FORMAT " breaks, %s", who, tutti_e2e_breaks (left), prints);
}

/* Both went on with the same jam, and heard the same in every second, the one in which the host was lost among them. FALSE if nothing
 * is known of what they heard: one of them says that it had too little time and was thrown out of its course. */
static gboolean
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
  tutti_e2e_host_free (band->host);
  tutti_lab_sweep ();
  if (tutti_e2e_breaks (guest) + tutti_e2e_breaks (heir) > 0)
    return FALSE;
  tell_heard ("guest", guest);
  tell_heard ("heir", heir);
  g_assert_cmpuint (count_same (guest, heir), >=, 4);
  return TRUE;
}

static gboolean
play_killed (void)
{
  Band band;

  begin (&band, 8);
  tutti_lab_signal (band.host->process, SIGKILL);
  g_autoptr(TuttiE2eHost) place = await_heir (&band);

  tutti_lab_expect (band.guest, "^back in ");
  return end (&band, place);
}

/* The box is where the jam lives: once it is there again it comes as a guest of whoever went on, and is given the jam. */
static void
await_home (Band *band)
{
  tutti_lab_expect (band->heir, "^away: the host handed the jam over$");
  tutti_lab_expect (band->guest, "^away: the host handed the jam over$");
  tutti_lab_expect (band->heir, "^back in ");
  tutti_lab_expect (band->guest, "^back in ");
}

static gboolean
play_frozen (void)
{
  Band band;

  begin (&band, 8);
  tutti_lab_signal (band.host->process, SIGSTOP);
  g_autoptr(TuttiE2eHost) place = await_heir (&band);

  tutti_lab_expect (band.guest, "^back in ");
  tutti_lab_signal (band.host->process, SIGCONT);
  await_home (&band);
  return end (&band, band.host);
}

static gboolean
play_unplugged (void)
{
  Band band;

  begin (&band, 8);
  g_free (tutti_lab ("link a silent=1"));
  g_autoptr(TuttiE2eHost) place = await_heir (&band);

  tutti_lab_expect (band.guest, "^back in ");
  return end (&band, place);
}

/* Killed, and started again when somebody else had gone on for long. */
static gboolean
play_home (void)
{
  Band band;

  begin (&band, 8);
  g_autofree char *port = g_strdup_printf ("%u", band.host->port);

  tutti_lab_signal (band.host->process, SIGKILL);
  g_autoptr(TuttiE2eHost) place = await_heir (&band);

  tutti_lab_expect (band.guest, "^back in ");
  g_free (tutti_e2e_ctl ("c", 0, TUTTI_E2E_WORDS ("send", place->place, "[\"metronome\",1]")));
  tutti_e2e_host_free (band.host);
  band.host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--no-mdns", "--port", port));
  await_home (&band);
  return end (&band, band.host);
}

/* A host that is stopped and started again has its jam back: it said that it would return. */
static gboolean
play_restarted (void)
{
  Band band;

  begin (&band, 8);
  g_autofree char *port = g_strdup_printf ("%u", band.host->port), *jam = g_strdup (band.host->jam);

  tutti_lab_signal (band.host->process, SIGTERM);
  g_free (tutti_e2e_finish (band.host->process, 0));
  tutti_e2e_host_free (band.host);
  band.host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--no-mdns", "--port", port));
  g_assert_cmpstr (band.host->jam, ==, jam);
  tutti_lab_expect (band.guest, "^away: the host is restarting$");
  tutti_lab_expect (band.heir, "^back in ");
  tutti_lab_expect (band.guest, "^back in ");
  g_assert_false (tutti_lab_heard (band.heir, "^hosting "));
  return end (&band, band.host);
}

/* One host is gone, the next hands the jam over: each of those who go on says which it was. */
static void
test_handed (void)
{
  Band band = { 0 };

  g_free (tutti_lab ("add a"));
  g_free (tutti_lab ("add b"));
  g_free (tutti_lab ("add c"));
  band.host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--demo", "--no-mdns"));
  band.heir = join_as_heir ("b", band.host);
  band.guest = join_as_heir ("c", band.host);
  tutti_lab_signal (band.host->process, SIGKILL);
  tutti_lab_expect (band.heir, "The host is gone; this machine goes on with the jam");
  g_autoptr(TuttiE2eHost) place = await_heir (&band);

  tutti_lab_expect (band.guest, "^back in ");
  json_object_unref (tutti_e2e_status ("c", place));
  tutti_lab_signal (band.heir, SIGTERM);
  tutti_lab_expect (band.guest, "^away: the host handed the jam over$");
  tutti_lab_expect (band.guest, "The host handed the jam over; this machine goes on with it");
  tutti_lab_expect (band.guest, "^hosting at port ");
  json_object_unref (tutti_e2e_left (band.heir));
  tutti_lab_signal (band.guest, SIGTERM);
  json_object_unref (tutti_e2e_left (band.guest));
  tutti_e2e_host_free (band.host);
  tutti_lab_sweep ();
}

/* ---- half of the people are cut off ---- */

static char *
ask (const TuttiE2eHost *host, const char *method, const char *path, const char *token, const char *body)
{
  g_autofree char *url = g_strdup_printf ("https://%s/api/v1/%s", host->place, path);
  g_autofree char *bearer = g_strconcat ("Authorization: Bearer ", token, NULL);
  TuttiLabProcess *curl = tutti_lab_spawn ("a", "curl", "-sSfk", "-X", method, "-H", bearer, "-H", "Content-Type: application/json",
                                           "-d", body, url, NULL);

  return tutti_e2e_finish (curl, 0);
}

/* The jam as its host tells of it to a newcomer. (transfer full) */
static JsonObject *
read_jam (const TuttiE2eHost *host)
{
  g_autofree char *path = g_strconcat ("jams/", host->jam, NULL), *seats = g_strconcat (path, "/collaborators", NULL);
  g_autofree char *seat = ask (host, "POST", seats, "", "{\"name\":\"Reader\"}");
  g_autoptr(JsonObject) seated = tutti_e2e_object (seat);
  g_autofree char *wish = g_strdup_printf ("{\"jam\":\"%s\",\"token\":\"%s\"}", host->jam,
                                           json_object_get_string_member (seated, "token"));
  g_autofree char *given = ask (host, "POST", "token", "", wish);
  g_autoptr(JsonObject) access = tutti_e2e_object (given);
  g_autofree char *text = ask (host, "GET", path, json_object_get_string_member (access, "access"), "");

  return tutti_e2e_object (text);
}

/* So long sounds what was played, with the echoes of the demo. */
#define SILENT_S 12

/* Stays with the host for @seconds. (transfer full) */
static void
stay (const TuttiE2eHost *host, double seconds)
{
  json_object_unref (tutti_e2e_left (tutti_e2e_join ("a", host, seconds, NULL)));
}

/* One history and one document. (transfer full) */
static JsonObject *
leave (TuttiLabProcess *join, JsonObject *status)
{
  tutti_lab_signal (join, SIGTERM);
  JsonObject *left = tutti_e2e_left (join);

  tutti_e2e_same (left, status);
  g_assert_cmpint (json_object_get_int_member (left, "repairs"), ==, 0);
  return left;
}

/* Of the seconds that both finished, so many at the end have one fingerprint. */
static guint
count_same_at_end (JsonObject *one, JsonObject *other)
{
  JsonArray *ours = json_object_get_array_member (one, "fingerprints");
  guint n = 0;

  for (guint i = json_array_get_length (ours); i-- > 0; )
    {
      JsonArray *here = json_array_get_array_element (ours, i);
      const char *there = find_print (other, json_array_get_int_element (here, 0));

      if (there == NULL && n == 0)
        continue;
      if (g_strcmp0 (json_array_get_string_element (here, 1), there) != 0)
        break;
      n++;
    }
  return n;
}

/* The host keeps c, d is with the heir: on both sides the jam goes on, and people come and go who were not there before. What they did
 * on either side is in the one jam that remains. */
static void
test_half (void)
{
  Band band;

  begin (&band, 0);
  g_free (tutti_lab ("add d --clock-offset 5"));
  TuttiLabProcess *other = tutti_e2e_join ("d", band.host, 0, NULL);

  g_free (tutti_lab ("link b segment=1"));
  g_free (tutti_lab ("link d segment=1"));
  g_autoptr(TuttiE2eHost) place = await_heir (&band);

  tutti_lab_expect (other, "^back in ");
  g_free (tutti_e2e_ctl ("c", 0, TUTTI_E2E_WORDS ("send", band.host->place, "[\"tempo\",14000]", "[\"jam.key\",5,\"dorian\"]")));
  g_free (tutti_e2e_ctl ("d", 0, TUTTI_E2E_WORDS ("send", place->place, "[\"swing\",640]", "[\"jam.name\",\"Of b\"]")));
  g_free (tutti_lab ("link b segment=0"));
  g_free (tutti_lab ("link d segment=0"));
  await_home (&band);
  tutti_lab_expect (other, "^back in ");
  g_autoptr(JsonObject) jam = read_jam (band.host);

  g_assert_cmpint (json_object_get_int_member (jam, "tempo"), ==, 14000);
  g_assert_cmpint (json_object_get_int_member (jam, "key"), ==, 5);
  g_assert_cmpint (json_object_get_int_member (jam, "swing"), ==, 640);
  g_assert_cmpstr (json_object_get_string_member (jam, "name"), ==, "Of b");
  g_assert_true (json_object_get_boolean_member (jam, "playing"));
  /* Each side heard its own until now, and of an echo something stays as long as others come after it: it ends in silence. */
  g_free (tutti_e2e_ctl ("a", 0, TUTTI_E2E_WORDS ("send", band.host->place, "[\"stop\"]")));
  stay (band.host, SILENT_S);
  g_free (tutti_e2e_ctl ("a", 0, TUTTI_E2E_WORDS ("send", band.host->place, "[\"play\",-1]")));
  stay (band.host, 6);
  g_autoptr(JsonObject) status = tutti_e2e_status ("a", band.host);
  g_autoptr(JsonObject) c = leave (band.guest, status), d = leave (other, status), b = leave (band.heir, status);

  g_assert_cmpstr (json_object_get_string_member (status, "jam"), ==, band.host->jam);
  g_assert_cmpuint (count_same_at_end (c, d), >=, 4);
  g_assert_cmpuint (count_same_at_end (c, b), >=, 4);
  g_assert_cmpuint (count_same_at_end (d, b), >=, 4);
  tutti_e2e_host_free (band.host);
  tutti_lab_sweep ();
}

#define TRIES 3

/* A busy machine is thrown out of its course now and then, and says so: what all others demand of it is demanded each time. */
static void
test_until_heard (gconstpointer data)
{
  gboolean (*play) (void) = (gboolean (*) (void)) data;

  for (guint i = 0; i < TRIES; i++)
    if (play ())
      return;
  g_error ("had no time to play its music, %d times", TRIES);
}

int
main (int argc, char **argv)
{
  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/succession/killed", play_killed, test_until_heard);
  g_test_add_data_func ("/succession/frozen", play_frozen, test_until_heard);
  g_test_add_data_func ("/succession/unplugged", play_unplugged, test_until_heard);
  g_test_add_func ("/succession/half", test_half);
  g_test_add_func ("/succession/handed", test_handed);
  g_test_add_data_func ("/succession/home", play_home, test_until_heard);
  g_test_add_data_func ("/succession/restarted", play_restarted, test_until_heard);
  return g_test_run ();
}
