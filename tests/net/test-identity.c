/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who we are and whom we know: certificate, fingerprint, pins, and the small tables beside them. */
#include "tutti-identity.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tutti-backoff.h"
#include "tutti-close.h"
#include "tutti-limits.h"
#include "tutti-pins.h"

#define FP_A "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define FP_B "ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

typedef struct
{
  char *directory, *file;
} Place;

static void
set_up (Place *place, gconstpointer name)
{
  place->directory = g_dir_make_tmp ("tutti-XXXXXX", NULL);
  place->file = g_build_filename (place->directory, name, NULL);
}

static void
tear_down (Place *place, gconstpointer name)
{
  g_unlink (place->file);
  g_rmdir (place->directory);
  g_free (place->directory);
  g_free (place->file);
}

static void
test_identity_kept (Place *place, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiIdentity) first = tutti_identity_load_or_make (place->directory, &error);
  g_autoptr(TuttiIdentity) second = tutti_identity_load_or_make (place->directory, &error);
  g_autoptr(TuttiIdentity) other = tutti_identity_make (&error);
  GStatBuf status;

  g_assert_no_error (error);
  g_assert_cmpstr (tutti_identity_get_fingerprint (first), ==, tutti_identity_get_fingerprint (second));
  g_assert_cmpstr (tutti_identity_get_fingerprint (first), !=, tutti_identity_get_fingerprint (other));
  g_assert_cmpuint (strspn (tutti_identity_get_fingerprint (first), "0123456789abcdef"), ==, 64);
  g_assert_cmpint (g_stat (place->file, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
}

/* Restored with an open mode: closed again. */
static void
test_identity_mode (Place *place, gconstpointer data)
{
  g_autoptr(TuttiIdentity) first = tutti_identity_load_or_make (place->directory, NULL);
  g_autoptr(TuttiIdentity) second = NULL;
  GStatBuf status;

  g_assert_nonnull (first);
  g_chmod (place->file, 0644);
  second = tutti_identity_load_or_make (place->directory, NULL);
  g_assert_cmpint (g_stat (place->file, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
}

static void
test_identity_damaged (Place *place, gconstpointer data)
{
  g_autoptr(TuttiIdentity) identity = tutti_identity_load_or_make (place->directory, NULL);
  g_autofree char *pem = NULL, *after = NULL;
  gsize length;

  g_assert_nonnull (identity);
  g_assert_true (g_file_get_contents (place->file, &pem, &length, NULL));
  for (gsize cut = 0; cut < length; cut += 97)
    {
      g_autoptr(GError) error = NULL;

      g_assert_true (g_file_set_contents (place->file, pem, cut, NULL));
      g_assert_null (tutti_identity_load_or_make (place->directory, &error));
      g_assert_error (error, TUTTI_IDENTITY_ERROR, TUTTI_IDENTITY_ERROR_DAMAGED);
      g_clear_pointer (&after, g_free);
      g_assert_true (g_file_get_contents (place->file, &after, &length, NULL));
      g_assert_cmpuint (length, ==, cut);                              /* left as it was */
      length = strlen (pem);
    }
}

static void
test_identity_no_room (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (tutti_identity_load_or_make ("/dev/null/nowhere", &error));
  g_assert_error (error, TUTTI_IDENTITY_ERROR, TUTTI_IDENTITY_ERROR_FAILED);
}

static gpointer
load_in_thread (gpointer directory)
{
  return tutti_identity_load_or_make (directory, NULL);
}

/* Started together for the first time, all end with one identity. */
static void
test_identity_race (Place *place, gconstpointer data)
{
  GThread *threads[6];
  g_autofree char *fingerprint = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("load", load_in_thread, place->directory);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr(TuttiIdentity) identity = g_thread_join (threads[i]);

      g_assert_nonnull (identity);
      if (fingerprint == NULL)
        fingerprint = g_strdup (tutti_identity_get_fingerprint (identity));
      g_assert_cmpstr (fingerprint, ==, tutti_identity_get_fingerprint (identity));
    }
}

static void
test_pins (Place *place, gconstpointer data)
{
  const char *host = "[fe80::1%eth0]:7464";
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiPins) pins = tutti_pins_open (place->file, &error), again = NULL;
  g_autofree char *known = NULL;
  gint64 first_s = 0, last_s = 0;

  g_assert_no_error (error);
  g_assert_null (tutti_pins_lookup (pins, host, NULL, NULL));
  g_assert_true (tutti_pins_check (pins, host, FP_A, 1000, &error));
  g_assert_true (tutti_pins_check (pins, host, FP_A, 900000, &error));
  g_assert_false (tutti_pins_check (pins, host, FP_B, 900001, &error));
  g_assert_error (error, TUTTI_PINS_ERROR, TUTTI_PINS_ERROR_CHANGED);
  g_assert_nonnull (strstr (error->message, FP_A));
  g_assert_nonnull (strstr (error->message, FP_B));
  g_clear_error (&error);

  again = tutti_pins_open (place->file, &error);
  g_assert_no_error (error);
  known = tutti_pins_lookup (again, host, &first_s, &last_s);
  g_assert_cmpstr (known, ==, FP_A);
  g_assert_cmpint (first_s, ==, 1000);
  g_assert_cmpint (last_s, ==, 900000);
  g_assert_true (tutti_pins_replace (again, host, FP_B, 900002, &error));
  g_assert_true (tutti_pins_check (again, host, FP_B, 900003, &error));
  g_assert_true (tutti_pins_check (again, "other:1", FP_A, 900003, &error));
}

static void
test_pins_damaged (Place *place, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (place->file, "\1\2 not a list", -1, NULL));
  g_assert_null (tutti_pins_open (place->file, &error));
  g_assert_error (error, TUTTI_PINS_ERROR, TUTTI_PINS_ERROR_DAMAGED);
}

static void
test_backoff (void)
{
  static const guint bases[] = { 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000 };

  for (guint attempt = 0; attempt < G_N_ELEMENTS (bases); attempt++)
    {
      g_assert_cmpuint (tutti_backoff_ms (attempt, 0), ==, bases[attempt] * 3 / 4);
      g_assert_cmpuint (tutti_backoff_ms (attempt, G_MAXUINT32), ==, bases[attempt] * 5 / 4);
    }
  g_assert_cmpuint (tutti_backoff_ms (G_MAXUINT, 1u << 31), ==, 30000);
}

static void
test_closes (void)
{
  g_assert_cmpint (tutti_close_from_wire (4005), ==, TUTTI_CLOSE_SLOW);
  g_assert_cmpint (tutti_close_from_wire (1007), ==, TUTTI_CLOSE_BAD_MESSAGE);
  g_assert_cmpint (tutti_close_from_wire (0), ==, TUTTI_CLOSE_LOST);
  g_assert_false (tutti_close_is_retryable (tutti_close_from_wire (4999)));
  g_assert_cmpuint (tutti_close_to_wire (TUTTI_CLOSE_LOST), ==, 1001);
  for (guint code = 1000; code < 5000; code++)
    {
      TuttiClose close = tutti_close_from_wire (code);

      g_assert_cmpstr (tutti_close_name (close), !=, "unknown");
      g_assert_cmpuint (strlen (tutti_close_words (close)), <=, TUTTI_REASON_BYTES_MAX);
      if (close != TUTTI_CLOSE_LOST)
        g_assert_cmpint (tutti_close_from_wire (tutti_close_to_wire (close)), ==, close);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/identity/kept", Place, "identity.pem", set_up, test_identity_kept, tear_down);
  g_test_add ("/identity/mode", Place, "identity.pem", set_up, test_identity_mode, tear_down);
  g_test_add ("/identity/damaged", Place, "identity.pem", set_up, test_identity_damaged, tear_down);
  g_test_add ("/identity/race", Place, "identity.pem", set_up, test_identity_race, tear_down);
  g_test_add_func ("/identity/no-room", test_identity_no_room);
  g_test_add ("/pins/first-use", Place, "hosts", set_up, test_pins, tear_down);
  g_test_add ("/pins/damaged", Place, "hosts", set_up, test_pins_damaged, tear_down);
  g_test_add_func ("/backoff", test_backoff);
  g_test_add_func ("/closes", test_closes);
  return g_test_run ();
}
