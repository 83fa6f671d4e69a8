/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the service manager hears: over both kinds of socket, and nothing when there is none. */
#include "tutti-files.h"
#include "tutti-notify.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Somebody who listens at @name, as systemd would. */
static int
listen_at (const char *name)
{
  int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  memcpy (address.sun_path, name, strlen (name));
  if (name[0] == '@')
    address.sun_path[0] = '\0';
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address,
                         (socklen_t) (offsetof (struct sockaddr_un, sun_path) + strlen (name) + (name[0] == '/'))), ==, 0);
  return fd;
}

static void
hear (int fd, const char *text)
{
  char heard[256] = "";

  g_assert_cmpint (recv (fd, heard, sizeof heard - 1, 0), ==, (gssize) strlen (text));
  g_assert_cmpstr (heard, ==, text);
}

static void
check_socket (const char *name)
{
  int fd = listen_at (name);
  g_autoptr(TuttiNotify) notify = tutti_notify_new (name);

  g_assert_true (tutti_notify_send (notify, "READY=1\nSTATUS=Nobody is here yet"));
  hear (fd, "READY=1\nSTATUS=Nobody is here yet");
  g_assert_true (tutti_notify_send (notify, "STOPPING=1"));
  hear (fd, "STOPPING=1");
  close (fd);
  /* systemd may be gone first. */
  g_assert_false (tutti_notify_send (notify, "WATCHDOG=1"));
}

static void
test_sockets (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tutti-notify-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "notify", NULL), *abstract = g_strdup_printf ("@tutti-notify-%d", (int) getpid ());

  check_socket (path);
  check_socket (abstract);
  tutti_remove_tree (folder);
}

static void
test_nobody (void)
{
  g_autofree char *length = g_strnfill (500, '/');
  const char *names[] = { NULL, "", "/", "@", "relative", "tcp:1", length, "/nowhere/at/all" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(TuttiNotify) notify = tutti_notify_new (names[i]);

      g_assert_false (tutti_notify_send (notify, "READY=1"));
    }
}

/* A listener who does not read holds nobody up. */
static void
test_deaf (void)
{
  g_autofree char *name = g_strdup_printf ("@tutti-notify-deaf-%d", (int) getpid ());
  int fd = listen_at (name);
  g_autoptr(TuttiNotify) notify = tutti_notify_new (name);
  guint n = 0;

  while (tutti_notify_send (notify, "WATCHDOG=1") && n < 100000)
    n++;
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <, 100000);
  close (fd);
}

static void
test_watchdog (void)
{
  g_autofree char *me = g_strdup_printf ("%d", (int) getpid ()), *other = g_strdup_printf ("%d", (int) getpid () + 1);

  g_assert_cmpuint (tutti_notify_watchdog_us ("30000000", NULL), ==, 30000000);
  g_assert_cmpuint (tutti_notify_watchdog_us ("30000000", me), ==, 30000000);
  g_assert_cmpuint (tutti_notify_watchdog_us ("30000000", other), ==, 0);
  g_assert_cmpuint (tutti_notify_watchdog_us ("30000000", "x"), ==, 0);
  g_assert_cmpuint (tutti_notify_watchdog_us (NULL, NULL), ==, 0);
  g_assert_cmpuint (tutti_notify_watchdog_us ("", NULL), ==, 0);
  g_assert_cmpuint (tutti_notify_watchdog_us ("-1", NULL), ==, 0);
  g_assert_cmpuint (tutti_notify_watchdog_us ("1e9", NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notify/sockets", test_sockets);
  g_test_add_func ("/notify/nobody", test_nobody);
  g_test_add_func ("/notify/deaf", test_deaf);
  g_test_add_func ("/notify/watchdog", test_watchdog);
  return g_test_run ();
}
