/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The library as a widget, on a display that nobody sees: of a thousand jams only what is near is made, and what is searched is what
 * shows. */
#include "tutti-app.h"
#include "tutti-files.h"
#include "tutti-library.h"

#include <adwaita.h>
#include <gst/gst.h>
#include <sqlite3.h>

#define JAMS 1000
#define ROWS_MAX 250               /* GTK makes some two hundred ahead */
#define DEADLINE_US (20 * G_USEC_PER_SEC)

typedef struct
{
  char        *folder;
  TuttiStudio *studio;
  GtkWidget   *window, *library;
} Fixture;

static void
keep (TuttiStore *store, int i, gboolean deleted)
{
  g_autofree char *id = g_strdup_printf ("jam-%d", i), *name = g_strdup_printf ("Jam %d", i);
  TuttiStoreJam jam = { .id = id, .name = name, .description = (char *) (i == 7 ? "Dusty drums" : ""), .created_us = i,
                        .updated_us = i, .opened_us = i, .n_tracks = 1 };

  g_assert_true (tutti_store_create_jam (store, &jam, NULL));
  if (deleted)
    g_assert_true (tutti_store_delete_jam (store, id, g_get_real_time (), NULL));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("tutti-library-XXXXXX", &error);
  self->studio = tutti_studio_new (self->folder, NULL, &error);
  g_assert_no_error (error);
  for (int i = 1; i <= JAMS; i++)
    keep (tutti_studio_get_store (self->studio), i, i == JAMS);
  self->window = adw_window_new ();
  self->library = tutti_library_new (self->studio);
  adw_window_set_content (ADW_WINDOW (self->window), self->library);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 700);
  gtk_window_present (GTK_WINDOW (self->window));
  tutti_library_refresh (TUTTI_LIBRARY (self->library));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->studio);
  tutti_remove_tree (self->folder);
  g_free (self->folder);
}

/* Mapped widgets below @widget of that class (@text NULL), or labels that read @text. */
static guint
count (GtkWidget *widget, const char *css_class, const char *text)
{
  guint n = text != NULL ? GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text)
                         : gtk_widget_has_css_class (widget, css_class);

  if (!gtk_widget_get_visible (widget))
    return 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count (child, css_class, text);
  return n;
}

static void
wait_for_rows (Fixture *self, guint least, guint most)
{
  gint64 until = g_get_monotonic_time () + DEADLINE_US;

  for (guint n = G_MAXUINT; n < least || n > most; n = count (self->library, "library-row", NULL))
    {
      if (g_get_monotonic_time () > until)
        g_error ("never %u to %u rows, but %u", least, most, n);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

static void
wait_for_name (Fixture *self, const char *name)
{
  gint64 until = g_get_monotonic_time () + DEADLINE_US;

  while (count (self->library, NULL, name) == 0)
    {
      if (g_get_monotonic_time () > until)
        g_error ("never “%s”", name);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static void
search (Fixture *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find (self->library, GTK_TYPE_SEARCH_ENTRY)), text);
}

static void
test_seen (Fixture *self, gconstpointer data)
{
  wait_for_rows (self, 5, ROWS_MAX);
  /* The last opened is the first. */
  g_assert_cmpuint (count (self->library, NULL, "Jam 999"), ==, 1);
  g_assert_cmpuint (count (self->library, NULL, "Jam 7"), ==, 0);
  search (self, "DUSTY");
  wait_for_rows (self, 1, 1);
  g_assert_cmpuint (count (self->library, NULL, "Jam 7"), ==, 1);
  search (self, "polka");
  wait_for_rows (self, 0, 0);
  g_assert_cmpuint (count (self->library, NULL, "No Jam Matches"), ==, 1);
  search (self, "");
  wait_for_rows (self, 5, ROWS_MAX);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (self->library, GTK_TYPE_DROP_DOWN)), 1);
  wait_for_name (self, "Jam 2");
  g_assert_cmpuint (count (self->library, "library-row", NULL), <=, ROWS_MAX);
}

static void
test_deleted (Fixture *self, gconstpointer data)
{
  GtkWidget *toggle = gtk_widget_get_next_sibling (find (self->library, GTK_TYPE_DROP_DOWN));

  wait_for_rows (self, 5, ROWS_MAX);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  wait_for_rows (self, 1, 1);
  g_assert_cmpuint (count (self->library, NULL, "Jam 1000"), ==, 1);
  g_assert_true (tutti_store_restore_jam (tutti_studio_get_store (self->studio), "jam-1000", NULL));
  tutti_library_refresh (TUTTI_LIBRARY (self->library));
  wait_for_rows (self, 0, 0);
  g_assert_cmpuint (count (self->library, NULL, "Nothing Deleted"), ==, 1);
}

/* What cannot be read is said where the jams would be, and is over when they can. */
static void
test_unreadable (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "jams.db", NULL);
  sqlite3 *disk = NULL;

  wait_for_rows (self, 5, ROWS_MAX);
  g_assert_cmpint (sqlite3_open (path, &disk), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (disk, "ALTER TABLE jams RENAME TO gone", NULL, NULL, NULL), ==, SQLITE_OK);
  /* The warning for whoever looks into it is no failure here. */
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);

  tutti_library_refresh (TUTTI_LIBRARY (self->library));
  wait_for_name (self, "Your Jams Cannot Be Read");
  g_log_set_always_fatal (fatal);
  g_assert_cmpint (sqlite3_exec (disk, "ALTER TABLE gone RENAME TO jams", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (disk);
  tutti_library_refresh (TUTTI_LIBRARY (self->library));
  wait_for_rows (self, 5, ROWS_MAX);
  g_assert_cmpuint (count (self->library, NULL, "Your Jams Cannot Be Read"), ==, 0);
}

static void
on_answered (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GPtrArray) jams = tutti_store_list_jams_finish (TUTTI_STORE (store), result, NULL);

  *(gboolean *) user_data = jams != NULL;
}

/* The window is closed when its list is made but not yet told: it is told to nobody. */
static void
test_closed (Fixture *self, gconstpointer data)
{
  g_autoptr(GMainContext) apart = g_main_context_new ();
  gboolean answered = FALSE;

  tutti_library_refresh (TUTTI_LIBRARY (self->library));
  /* The store answers in order: with a later answer, waited for apart from the window's loop, the earlier one is there. */
  g_main_context_push_thread_default (apart);
  tutti_store_list_jams_async (tutti_studio_get_store (self->studio), FALSE, 0, NULL, on_answered, &answered);
  while (!answered)
    g_main_context_iteration (apart, TRUE);
  g_main_context_pop_thread_default (apart);
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  self->window = adw_window_new ();
}

int
main (int argc, char **argv)
{
  g_autoptr(AdwApplication) app = NULL;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  tutti_app_init ();
  /* It is the application that brings the style sheet along. */
  app = adw_application_new ("io.github.tuttijam.Tutti", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (app), NULL, NULL);
  g_test_add ("/library/seen", Fixture, NULL, set_up, test_seen, tear_down);
  g_test_add ("/library/deleted", Fixture, NULL, set_up, test_deleted, tear_down);
  g_test_add ("/library/closed", Fixture, NULL, set_up, test_closed, tear_down);
  g_test_add ("/library/unreadable", Fixture, NULL, set_up, test_unreadable, tear_down);
  return g_test_run ();
}
