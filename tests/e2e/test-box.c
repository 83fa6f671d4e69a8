/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The box in the corner: many jams in one tutti-host, looked after through its control socket, restarted under those who play. */
#include "tutti-e2e.h"

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define CONTROL "/run/box/control"

/* ---- looking after ---- */

/* `tuttictl host WORDS --json`. (transfer full) */
static JsonObject *
order (const char *const *words)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new ();
  const char *fixed[] = { "--control", CONTROL, "--json" };

  g_ptr_array_add (all, (char *) "host");
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (all, (char *) words[i]);
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_ptr_array_add (all, (char *) fixed[i]);
  g_ptr_array_add (all, NULL);
  g_autofree char *said = tutti_e2e_ctl (NULL, 0, (const char *const *) all->pdata);

  return tutti_e2e_object (said);
}

static char *
create (const char *name)
{
  g_autoptr(JsonObject) answer = order (TUTTI_E2E_WORDS ("create", "--name", name, "--demo"));

  return g_strdup (json_object_get_string_member (answer, "jam"));
}

static gboolean
is_open (const char *jam)
{
  g_autoptr(JsonObject) answer = order (TUTTI_E2E_WORDS ("list"));
  JsonArray *jams = json_object_get_array_member (answer, "jams");

  for (guint i = 0; i < json_array_get_length (jams); i++)
    {
      JsonObject *each = json_array_get_object_element (jams, i);

      if (g_str_equal (json_object_get_string_member (each, "jam"), jam))
        return json_object_get_boolean_member (each, "open");
    }
  g_error ("the jam %s is not listed", jam);
}

/* That jam of @host, as a host of its own. */
static TuttiE2eHost *
in_jam (const TuttiE2eHost *host, const char *jam)
{
  TuttiE2eHost *one = g_new0 (TuttiE2eHost, 1);

  one->process = host->process;
  one->port = host->port;
  one->place = g_strdup_printf ("%s/%s", host->place, jam);
  one->jam = g_strdup (jam);
  return one;
}

static char *
fetch (const char *machine, const TuttiE2eHost *host, const char *path, guint status)
{
  g_autofree char *url = g_strdup_printf ("https://%s%s", host->place, path);
  g_autofree char *said = tutti_e2e_finish (tutti_lab_spawn (machine, "curl", "-sk", "-w", "\n%{http_code}", url, NULL), 0);
  g_autofree char *wanted = g_strdup_printf ("\n%u", status);

  if (!g_str_has_suffix (said, wanted))
    g_error ("not %u but:\n%s", status, said);
  return g_strndup (said, strlen (said) - strlen (wanted));
}

static void
expect_figure (const TuttiE2eHost *host, const char *line)
{
  g_autofree char *figures = fetch (NULL, host, "/metrics", 200);
  g_autofree char *pattern = g_strdup_printf ("(?m)^%s$", line);

  tutti_e2e_match (figures, pattern);
}

static TuttiE2eHost *
start_box (const char *data, const char *port)
{
  g_assert_cmpint (g_mkdir_with_parents ("/run/box", 0700), ==, 0);
  g_assert_true (g_file_set_contents ("/run/box/host.conf", "[host]\ndemo=true\nlog-level=info\n[announce]\nenabled=false\n"
                                      "[limits]\njams=3\nidle-seconds=1\n", -1, NULL));
  return tutti_e2e_host (NULL, TUTTI_E2E_WORDS ("--config", "/run/box/host.conf", "--control", CONTROL, "--data", data,
                                                "--port", port));
}

static void
stop_box (TuttiE2eHost *host)
{
  tutti_lab_signal (host->process, SIGTERM);
  g_free (tutti_e2e_finish (host->process, 0));
}

/* ---- three jams ---- */

static void
test_jams (void)
{
  g_autoptr(TuttiE2eHost) box = start_box ("/run/box/jams", "0");
  g_autofree char *red = create ("Red room"), *blue = create ("Blue room");
  TuttiE2eHost *rooms[] = { in_jam (box, box->jam), in_jam (box, red), in_jam (box, blue) };
  static const char *const tempos[] = { "[\"tempo\",9000]", "[\"tempo\",10000]", "[\"tempo\",11000]" };
  TuttiLabProcess *guests[3];
  char *hashes[3];

  /* A fourth finds no place while somebody is in each. */
  for (guint i = 0; i < 3; i++)
    guests[i] = tutti_e2e_join (NULL, rooms[i], 0, NULL);
  g_autofree char *green = create ("Green room");
  g_autoptr(TuttiE2eHost) fourth = in_jam (box, green);
  g_autofree char *full = tutti_e2e_ctl (NULL, 1, TUTTI_E2E_WORDS ("join", fourth->place, "--seconds", "1"));

  tutti_e2e_match (full, "too many");
  for (guint i = 0; i < 3; i++)
    g_free (tutti_e2e_ctl (NULL, 0, TUTTI_E2E_WORDS ("send", rooms[i]->place, tempos[i])));
  expect_figure (box, "tutti_jams_open 3");
  expect_figure (box, "tutti_participants 3");
  expect_figure (box, "tutti_jams_refused_total 1");
  expect_figure (box, "tutti_connections_refused_total 0");
  g_free (fetch (NULL, box, "/healthz", 200));

  /* Each leaves with what its own jam has, and no other. */
  for (guint i = 0; i < 3; i++)
    {
      tutti_lab_signal (guests[i], SIGTERM);
      g_autoptr(JsonObject) left = tutti_e2e_left (guests[i]), status = tutti_e2e_status (NULL, rooms[i]);

      tutti_e2e_same (left, status);
      g_assert_cmpint (json_object_get_int_member (status, "tempo"), ==, 9000 + 1000 * (gint64) i);
      hashes[i] = g_strdup (json_object_get_string_member (status, "hash"));
    }
  /* Idle, they are closed; asked for, they are back as they were. */
  for (guint i = 0; i < 3; i++)
    while (is_open (rooms[i]->jam))
      g_usleep (10000);
  expect_figure (box, "tutti_jams_open 0");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(JsonObject) status = tutti_e2e_status (NULL, rooms[i]);

      g_assert_cmpstr (json_object_get_string_member (status, "hash"), ==, hashes[i]);
      g_free (hashes[i]);
      tutti_e2e_host_free (rooms[i]);
    }
  stop_box (box);
  tutti_lab_sweep ();
}

static void
test_no_such_jam (void)
{
  g_autoptr(TuttiE2eHost) box = start_box ("/run/box/none", "0"), none = in_jam (box, "nonesuch");
  g_autofree char *join = tutti_e2e_ctl (NULL, 1, TUTTI_E2E_WORDS ("join", none->place, "--seconds", "1"));
  g_autofree char *status = tutti_e2e_ctl (NULL, 1, TUTTI_E2E_WORDS ("status", none->place));
  g_autofree char *send = tutti_e2e_ctl (NULL, 1, TUTTI_E2E_WORDS ("send", none->place, "[\"tempo\",9000]"));

  tutti_e2e_match (join, "no such jam");
  tutti_e2e_match (status, "no jam “nonesuch”");
  tutti_e2e_match (send, "no such jam");
  stop_box (box);
  tutti_lab_sweep ();
}

/* ---- people ---- */

/* The number of the only one who is in. (transfer full) */
static char *
who_is_in (const TuttiE2eHost *box)
{
  g_autoptr(JsonObject) answer = order (TUTTI_E2E_WORDS ("people", box->jam));
  JsonArray *people = json_object_get_array_member (answer, "people");

  g_assert_cmpuint (json_array_get_length (people), ==, 1);
  return g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (json_array_get_object_element (people, 0), "person"));
}

static void
test_people (void)
{
  g_autoptr(TuttiE2eHost) box = start_box ("/run/box/people", "0");
  TuttiLabProcess *rude = tutti_e2e_join (NULL, box, 0, NULL);

  tutti_lab_expect (box->process, "Jam [0-9a-f]+: person [0-9]+: came");
  g_autoptr(JsonObject) answer = order (TUTTI_E2E_WORDS ("people", box->jam));
  JsonArray *people = json_object_get_array_member (answer, "people");

  g_assert_cmpuint (json_array_get_length (people), ==, 1);
  JsonObject *person = json_array_get_object_element (people, 0);

  g_assert_cmpstr (json_object_get_string_member (person, "name"), ==, "nobody");
  g_assert_cmpstr (json_object_get_string_member (person, "address"), ==, "127.0.0.1");
  g_assert_cmpint (json_object_get_int_member (person, "late"), ==, 0);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (person, "person"));
  TuttiLabProcess *witness = tutti_e2e_join (NULL, box, 0, NULL);
  g_autoptr(JsonObject) kicked = order (TUTTI_E2E_WORDS ("kick", box->jam, number));
  g_autofree char *said = tutti_e2e_finish (rude, 1);

  tutti_e2e_match (said, "removed from the jam");
  tutti_lab_expect (box->process, "Jam [0-9a-f]+: person [0-9]+: nobody was removed from the jam");
  tutti_lab_expect (witness, "^nobody was removed$");
  g_autofree char *last = who_is_in (box);
  g_autoptr(JsonObject) banned = order (TUTTI_E2E_WORDS ("ban", box->jam, last));

  g_free (tutti_e2e_finish (witness, 1));
  tutti_lab_expect (box->process, "Jam [0-9a-f]+: person [0-9]+: nobody was banned from the jam$");
  expect_figure (box, "tutti_links_closed_total\\{reason=\"kicked\"\\} 1");
  stop_box (box);
  tutti_lab_sweep ();
}

/* ---- from inside ---- */

static void
test_debug (void)
{
  g_autoptr(TuttiE2eHost) box = start_box ("/run/box/inside", "0");
  g_autofree char *path = g_strconcat ("/debug/jams/", box->jam, NULL);
  TuttiLabProcess *guest = tutti_e2e_join (NULL, box, 0, NULL);

  tutti_lab_expect (box->process, "Jam [0-9a-f]+: person [0-9]+: came");
  g_autofree char *all = fetch (NULL, box, "/debug/jams", 200), *one = fetch (NULL, box, path, 200);
  g_autoptr(JsonObject) jams = tutti_e2e_object (all), jam = tutti_e2e_object (one);
  JsonArray *guests = json_object_get_array_member (jam, "guests");

  g_assert_cmpint (json_object_get_int_member (jams, "open"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (jam, "jam"), ==, box->jam);
  g_assert_cmpuint (json_array_get_length (guests), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (guests, 0), "address"), ==, "127.0.0.1");
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (guests, 0), "behind"), >=, 0);
  g_free (fetch (NULL, box, "/debug/jams/nonesuch", 404));
  g_free (fetch (NULL, box, "/debug/", 404));
  tutti_lab_signal (guest, SIGTERM);
  g_free (tutti_e2e_finish (guest, 0));
  stop_box (box);
  tutti_lab_sweep ();
}

/* ---- backup ---- */

/* Taken while somebody edits; another host with it is the same one, with what was there at that moment. */
static void
test_backup (void)
{
  g_autoptr(TuttiE2eHost) box = start_box ("/run/box/kept", "0"), copy = NULL;
  g_autofree char *blue = create ("Blue room");
  g_autoptr(TuttiE2eHost) room = in_jam (box, blue), again = NULL;
  g_autoptr(JsonObject) before = NULL, answer = NULL, status = NULL;
  TuttiLabProcess *guest = tutti_e2e_join (NULL, room, 0, NULL);

  g_free (tutti_e2e_ctl (NULL, 0, TUTTI_E2E_WORDS ("send", room->place, "[\"tempo\",9000]", "[\"swing\",600]")));
  before = tutti_e2e_status (NULL, room);
  answer = order (TUTTI_E2E_WORDS ("backup", "/run/box/backup"));
  g_assert_cmpint (json_object_get_int_member (answer, "bytes"), >, 0);
  g_free (tutti_e2e_ctl (NULL, 0, TUTTI_E2E_WORDS ("send", room->place, "[\"tempo\",9900]")));
  tutti_lab_signal (guest, SIGTERM);
  g_autoptr(JsonObject) left = tutti_e2e_left (guest);

  g_assert_cmpint (json_object_get_int_member (left, "repairs"), ==, 0);
  copy = tutti_e2e_host (NULL, TUTTI_E2E_WORDS ("--no-mdns", "--port", "0", "--data", "/run/box/backup"));
  g_assert_cmpstr (copy->fingerprint, ==, box->fingerprint);
  again = in_jam (copy, blue);
  status = tutti_e2e_status (NULL, again);
  g_assert_cmpint (json_object_get_int_member (status, "tempo"), ==, 9000);
  tutti_e2e_same (before, status);
  stop_box (copy);
  stop_box (box);
  tutti_lab_sweep ();
}

/* ---- restart ---- */

/* Every second from the first to the last was rendered. */
static guint
count_seconds (JsonObject *left)
{
  JsonArray *prints = json_object_get_array_member (left, "fingerprints");
  guint n = json_array_get_length (prints);

  for (guint i = 1; i < n; i++)
    {
      gint64 before = json_array_get_int_element (json_array_get_array_element (prints, i - 1), 0);

      g_assert_cmpint (json_array_get_int_element (json_array_get_array_element (prints, i), 0), ==, before + 1);
    }
  return n;
}

/* The host ends and begins again at the same port: both who play go on playing the same, come back by themselves, and edit. */
static void
test_restart (void)
{
  g_autoptr(TuttiE2eHost) box = start_box ("/run/box/restarted", "7500"), again = NULL;
  g_autofree char *blue = create ("Blue room");
  g_autoptr(TuttiE2eHost) room = in_jam (box, blue);
  TuttiLabProcess *guests[2];
  g_autoptr(JsonObject) status = NULL;
  JsonObject *left[2];
  guint seconds[2];

  /* Long enough for all that happens, so that there is sound from before and from after. */
  for (guint i = 0; i < 2; i++)
    guests[i] = tutti_e2e_join (NULL, room, 15, NULL);
  g_free (tutti_e2e_ctl (NULL, 0, TUTTI_E2E_WORDS ("send", room->place, "[\"play\",-1]")));
  stop_box (box);
  for (guint i = 0; i < 2; i++)
    tutti_lab_expect (guests[i], "^away");
  again = start_box ("/run/box/restarted", "7500");
  g_assert_cmpuint (again->port, ==, 7500);
  for (guint i = 0; i < 2; i++)
    tutti_lab_expect (guests[i], "^back in Blue room");
  g_free (tutti_e2e_ctl (NULL, 0, TUTTI_E2E_WORDS ("send", room->place, "[\"tempo\",12100]")));
  status = tutti_e2e_status (NULL, room);
  g_assert_true (json_object_get_boolean_member (status, "playing"));
  g_assert_cmpint (json_object_get_int_member (status, "people"), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      left[i] = tutti_e2e_left (guests[i]);
      tutti_e2e_same (left[i], status);
      g_assert_cmpint (json_object_get_int_member (left[i], "repairs"), ==, 0);
      seconds[i] = count_seconds (left[i]);
      g_assert_cmpuint (seconds[i], >, 1);
    }
  g_test_message ("%u and %u seconds, of which %u are the same", seconds[0], seconds[1], tutti_e2e_same_sound (left[0], left[1]));
  g_assert_cmpuint (tutti_e2e_same_sound (left[0], left[1]), >, 0);
  json_object_unref (left[0]);
  json_object_unref (left[1]);
  stop_box (again);
  tutti_lab_sweep ();
}

/* ---- the service manager ---- */

typedef struct
{
  int      fd;
  GString *heard;
} Manager;

static gboolean
on_datagram (int fd, GIOCondition condition, gpointer data)
{
  Manager *manager = data;
  char text[512];
  gssize n = recv (fd, text, sizeof text, MSG_DONTWAIT);

  if (n > 0)
    {
      g_string_append_len (manager->heard, text, n);
      g_string_append_c (manager->heard, '\n');
    }
  return G_SOURCE_CONTINUE;
}

static void
on_deadline (gpointer data)
{
  g_error ("the manager only heard:\n%s", ((Manager *) data)->heard->str);
}

static void
expect_said (Manager *manager, const char *line)
{
  guint deadline = g_timeout_add_once (TUTTI_LAB_DEADLINE_S * 1000, on_deadline, manager);

  while (strstr (manager->heard->str, line) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

static void
test_service (void)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "/run/manager" };
  Manager manager = { socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0), g_string_new (NULL) };
  TuttiLabProcess *host;

  g_assert_cmpint (bind (manager.fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  GSource *source = g_unix_fd_source_new (manager.fd, G_IO_IN);

  g_source_set_callback (source, G_SOURCE_FUNC (on_datagram), &manager, NULL);
  g_source_attach (source, NULL);
  host = tutti_lab_spawn (NULL, "env", "NOTIFY_SOCKET=/run/manager", "WATCHDOG_USEC=300000", "RUNTIME_DIRECTORY=/run/service",
                          TUTTI_E2E_HOST, "--no-mdns", "--port", "0", "--data", "/run/box/service", NULL);
  tutti_lab_expect (host, "^listening ");
  expect_said (&manager, "READY=1");
  expect_said (&manager, "WATCHDOG=1");
  expect_said (&manager, "STATUS=1 jam open, 0 participants");
  /* The control socket is where systemd made place for it. */
  g_free (tutti_e2e_ctl (NULL, 0, TUTTI_E2E_WORDS ("host", "list", "--control", "/run/service/control")));
  g_free (tutti_e2e_ctl (NULL, 0, TUTTI_E2E_WORDS ("host", "stop", "--control", "/run/service/control")));
  g_free (tutti_e2e_finish (host, 0));
  expect_said (&manager, "STOPPING=1");
  g_source_destroy (source);
  g_source_unref (source);
  close (manager.fd);
  g_string_free (manager.heard, TRUE);
  g_assert_cmpint (g_unlink ("/run/manager"), ==, 0);
  tutti_lab_sweep ();
}

/* ---- the configuration ---- */

static void
test_reload (void)
{
  g_autoptr(TuttiE2eHost) box = start_box ("/run/box/reloaded", "0");
  g_autoptr(JsonObject) answer = NULL;
  g_autofree char *wrong = NULL;

  g_assert_true (g_file_set_contents ("/run/box/host.conf", "[announce]\nenabled=false\n[limits]\nconnections=9\nidle-seconds=5\n", -1,
                                      NULL));
  answer = order (TUTTI_E2E_WORDS ("reload"));
  g_assert_cmpstr (json_object_get_string_member (answer, "waits"), ==, "[limits] connections");
  g_assert_true (g_file_set_contents ("/run/box/host.conf", "[limits]\njams=many\n", -1, NULL));
  wrong = tutti_e2e_ctl (NULL, 1, TUTTI_E2E_WORDS ("host", "reload", "--control", CONTROL));
  tutti_e2e_match (wrong, "/run/box/host.conf: \\[limits\\] jams: must be a whole number");
  tutti_lab_signal (box->process, SIGHUP);
  tutti_lab_expect (box->process, "Nothing was changed: .*jams");
  stop_box (box);
  /* Begun with it, it does not begin at all. */
  TuttiLabProcess *none = tutti_e2e_start (NULL, "tutti-host", TUTTI_E2E_WORDS ("--config", "/run/box/host.conf"));
  g_autofree char *said = tutti_e2e_finish (none, 2);

  tutti_e2e_match (said, "^tutti-host: /run/box/host.conf: \\[limits\\] jams: must be a whole number");
  tutti_lab_sweep ();
}

/* ---- who may look ---- */

static void
test_figures (void)
{
  g_autoptr(TuttiE2eHost) host = NULL, here = g_new0 (TuttiE2eHost, 1);

  g_free (tutti_lab ("add a"));
  g_free (tutti_lab ("add b"));
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--no-mdns"));
  here->place = g_strdup_printf ("127.0.0.1:%u", host->port);
  g_free (fetch ("b", host, "/metrics", 404));
  g_free (fetch ("b", host, "/healthz", 404));
  g_free (fetch ("b", host, "/debug/jams", 404));
  g_free (fetch ("a", here, "/metrics", 200));
  g_autofree char *health = fetch ("a", here, "/healthz", 200);

  tutti_e2e_match (health, "^ok$");
  tutti_lab_sweep ();
}

/* ---- announced ---- */

/* All that are kept are in everyone's list, with their own id, and new ones join them. */
static void
test_announced (void)
{
  g_autoptr(TuttiE2eHost) host = NULL;
  g_autofree char *found = NULL, *made = NULL;

  g_free (tutti_lab ("add a --avahi"));
  g_free (tutti_lab ("add b --avahi"));
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--name", "Red room", "--control", "/run/home/control"));
  made = tutti_e2e_ctl ("a", 0, TUTTI_E2E_WORDS ("host", "create", "--name", "Blue room", "--json", "--control", "/run/home/control"));
  g_autoptr(JsonObject) answer = tutti_e2e_object (made);

  found = tutti_e2e_find ("b", 2);
  tutti_e2e_match (found, "Red room");
  tutti_e2e_match (found, "Blue room");
  g_assert_nonnull (strstr (found, host->jam));
  g_assert_nonnull (strstr (found, json_object_get_string_member (answer, "jam")));
  tutti_lab_sweep ();
}

int
main (int argc, char **argv)
{
  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/box/jams", test_jams);
  g_test_add_func ("/box/no-such-jam", test_no_such_jam);
  g_test_add_func ("/box/people", test_people);
  g_test_add_func ("/box/debug", test_debug);
  g_test_add_func ("/box/backup", test_backup);
  g_test_add_func ("/box/restart", test_restart);
  g_test_add_func ("/box/service", test_service);
  g_test_add_func ("/box/reload", test_reload);
  g_test_add_func ("/box/figures", test_figures);
  g_test_add_func ("/box/announced", test_announced);
  return g_test_run ();
}
