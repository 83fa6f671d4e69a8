/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The presets of a SoundFont in a window, on a display that nobody sees: listed, found by what is typed, heard, taken; what cannot be
 * read opens nothing. */
#include "soundfont-fixture.h"
#include "tutti-app.h"
#include "tutti-chooser.h"
#include "tutti-files.h"
#include "tutti-jam-json.h"
#include "tutti-jam-page.h"
#include "tutti-session-fake.h"
#include "tutti-soundfont-chooser.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#define DEADLINE_US (20 * G_USEC_PER_SEC)

typedef struct
{
  TuttiSession *session;       /* owned */
  GtkWidget    *window, *page;
  GFile        *file;          /* owned */
  char         *folder;        /* owned: of sounds */
} Fixture;

static GtkWidget *
find (GtkWidget *widget, GType type, const char *text)
{
  gboolean is = g_type_is_a (G_OBJECT_TYPE (widget), type) &&
                (text == NULL || (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL));
  GtkWidget *found = is ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find (child, type, text);
  return found;
}

/* The window of presets, NULL while there is none. */
static GtkWidget *
chooser (Fixture *self)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (TUTTI_IS_CHOOSER (at->data))
      return at->data;
  return NULL;
}

static GtkWidget *
toast (Fixture *self, const char *words)
{
  return find (self->window, GTK_TYPE_LABEL, words);
}

#define WAIT_FOR(condition) \
  for (gint64 until = g_get_monotonic_time () + DEADLINE_US; !(condition); ) \
    { \
      if (g_get_monotonic_time () > until) \
        g_error ("never: %s", #condition); \
      if (!g_main_context_iteration (NULL, FALSE)) \
        g_usleep (1000); \
    }

static void
set_up (Fixture *self, gconstpointer damaged)
{
  gint16 frames[300] = { 1000, -1000 };
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "tutti-chooser-XXXXXX.sf2", NULL);
  GtkWidget *overlay = adw_toast_overlay_new ();
  g_autoptr(GBytes) bytes = NULL;
  SoundFontFile file;

  sf_begin (&file);
  sf_add_sample (&file, frames, G_N_ELEMENTS (frames), (SoundFontTone) { 44100, 60, 0, 0, 0 });
  sf_add_instrument (&file);
  SF_ZONE (&file, FALSE, 53, 0);
  sf_add_preset (&file, "Warm Pad", 0, 89);
  SF_ZONE (&file, TRUE, 41, 0);
  sf_add_preset (&file, "Church Organ", 0, 19);
  SF_ZONE (&file, TRUE, 41, 0);
  bytes = sf_end (&file);
  g_close (g_mkstemp (path), NULL);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes) / (damaged != NULL ? 2 : 1), NULL);
  self->file = g_file_new_for_path (path);
  self->session = tutti_session_fake_new ();
  self->folder = g_dir_make_tmp ("tutti-chooser-XXXXXX", NULL);
  tutti_session_fake_keep_sounds (self->session, self->folder);
  tutti_session_fake_fill (self->session);
  self->window = adw_window_new ();
  self->page = tutti_jam_page_new (self->session);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), self->page);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1100, 800);
  adw_window_set_content (ADW_WINDOW (self->window), overlay);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer damaged)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_file_delete (self->file, NULL, NULL);
  g_object_unref (self->file);
  g_object_unref (self->session);
  tutti_remove_tree (self->folder);
  g_free (self->folder);
}

static void
pick (Fixture *self, int row)
{
  GtkListBox *list = GTK_LIST_BOX (find (chooser (self), GTK_TYPE_LIST_BOX, NULL));

  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, row));
}

static gboolean
hears_preset (Fixture *self)
{
  const char *tried = tutti_session_fake_get_tried (self->session);

  return tried != NULL && strstr (tried, "sha:") != NULL;
}

static void
test_chosen (Fixture *self, gconstpointer data)
{
  GtkWidget *list, *search;

  g_assert_true (tutti_soundfont_is_file (self->file));
  tutti_soundfont_chooser_open (self->page, self->session, self->file, tutti_id (0, 0));
  WAIT_FOR (chooser (self) != NULL);
  list = find (chooser (self), GTK_TYPE_LIST_BOX, NULL);
  search = find (chooser (self), GTK_TYPE_SEARCH_ENTRY, NULL);
  g_assert_nonnull (find (list, GTK_TYPE_LABEL, "Church Organ"));
  g_assert_nonnull (find (list, GTK_TYPE_LABEL, "0:89 · 1 zone"));
  gtk_editable_set_text (GTK_EDITABLE (search), "warm");
  WAIT_FOR (!gtk_widget_get_child_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0))));
  g_assert_true (gtk_widget_get_child_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1))));
  /* From this session nobody gets sounds: it says so, and the list is there for another try. */
  g_signal_emit_by_name (search, "activate");
  g_assert_false (gtk_widget_get_sensitive (list));
  WAIT_FOR (toast (self, "The sounds could not be brought to everyone") != NULL);
  g_assert_true (gtk_widget_get_sensitive (list));
  gtk_window_destroy (GTK_WINDOW (chooser (self)));
  g_assert_null (chooser (self));
}

/* Who walks through the list hears each preset, here only: as its track while the jam plays, else in a few notes. The jam stays as it
 * is. */
static void
test_heard (Fixture *self, gconstpointer data)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  guint64 before = tutti_jam_hash (jam);

  tutti_soundfont_chooser_open (self->page, self->session, self->file, jam->tracks[0]->id);
  WAIT_FOR (chooser (self) != NULL && gtk_widget_get_mapped (chooser (self)));
  g_assert_false (hears_preset (self));
  pick (self, 0);
  WAIT_FOR (hears_preset (self));
  g_assert_cmpint (jam->transport.playing, ==, strstr (tutti_session_fake_get_tried (self->session), "zone") != NULL);
  pick (self, 1);
  g_assert_null (tutti_session_fake_get_tried (self->session));
  WAIT_FOR (hears_preset (self));
  gtk_window_destroy (GTK_WINDOW (chooser (self)));
  g_assert_null (tutti_session_fake_get_tried (self->session));
  g_assert_cmpuint (tutti_jam_hash (jam), ==, before);
}

/* ---- by keys alone ---- */

static GtkWidget *
focus_of (Fixture *self)
{
  return gtk_root_get_focus (GTK_ROOT (chooser (self)));
}

/* What the key controllers of @widget make of @key; FALSE: nothing. */
static gboolean
press (GtkWidget *widget, guint key)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !taken; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0u, (GdkModifierType) 0, &taken);
    }
  return taken;
}

/* Tab goes on until the keyboard is at @wanted; FALSE: it never comes there. */
static gboolean
walk_to (Fixture *self, GtkWidget *wanted)
{
  g_autoptr(GHashTable) been = g_hash_table_new (NULL, NULL);

  while (focus_of (self) != wanted && !gtk_widget_is_ancestor (focus_of (self), wanted) && g_hash_table_add (been, focus_of (self)))
    g_signal_emit_by_name (chooser (self), "move-focus", GTK_DIR_TAB_FORWARD);
  return focus_of (self) == wanted || gtk_widget_is_ancestor (focus_of (self), wanted);
}

static gboolean
is_at (Fixture *self, GtkWidget *list, int row)
{
  return focus_of (self) == GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), row));
}

/* Typed, down to what was found, which is heard, and once more; on to the next; all of it within reach of Tab; Enter takes. */
static void
test_keys (Fixture *self, gconstpointer data)
{
  GtkWidget *list, *search, *take;

  tutti_soundfont_chooser_open (self->page, self->session, self->file, tutti_session_get_jam (self->session)->tracks[0]->id);
  WAIT_FOR (chooser (self) != NULL && gtk_widget_get_mapped (chooser (self)) && focus_of (self) != NULL);
  list = find (chooser (self), GTK_TYPE_LIST_BOX, NULL);
  search = find (chooser (self), GTK_TYPE_SEARCH_ENTRY, NULL);
  take = gtk_widget_get_ancestor (find (chooser (self), GTK_TYPE_LABEL, "Use"), GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_is_ancestor (focus_of (self), search));
  g_assert_true (press (search, GDK_KEY_Down));
  g_assert_true (is_at (self, list, 0));
  WAIT_FOR (hears_preset (self));
  tutti_session_stop_trying (self->session);
  g_assert_false (hears_preset (self));
  g_assert_true (press (list, GDK_KEY_space));
  WAIT_FOR (hears_preset (self));
  g_signal_emit_by_name (list, "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE, FALSE);
  g_assert_true (is_at (self, list, 1));
  g_assert_false (hears_preset (self));
  WAIT_FOR (hears_preset (self));
  g_assert_true (walk_to (self, search));
  g_assert_true (walk_to (self, take));
  g_assert_true (walk_to (self, list));
  g_assert_true (is_at (self, list, 1));
  g_signal_emit_by_name (list, "activate-cursor-row");
  WAIT_FOR (toast (self, "The sounds could not be brought to everyone") != NULL);
  /* For another try. */
  g_assert_true (is_at (self, list, 1));
}

/* Escape closes it wherever it is pressed: the entry, which has the focus first, takes it for itself and says this. */
static void
test_escape (Fixture *self, gconstpointer data)
{
  tutti_soundfont_chooser_open (self->page, self->session, self->file, tutti_id (0, 0));
  WAIT_FOR (chooser (self) != NULL);
  g_signal_emit_by_name (find (chooser (self), GTK_TYPE_SEARCH_ENTRY, NULL), "stop-search");
  WAIT_FOR (chooser (self) == NULL);
}

/* The jam ends and its page goes, while the window stays: nobody is there to choose for. */
static void
test_page_gone (Fixture *self, gconstpointer data)
{
  tutti_soundfont_chooser_open (self->page, self->session, self->file, tutti_id (0, 0));
  WAIT_FOR (chooser (self) != NULL);
  adw_window_set_content (ADW_WINDOW (self->window), gtk_label_new ("no jam"));
  WAIT_FOR (chooser (self) == NULL);
}

static void
test_damaged (Fixture *self, gconstpointer data)
{
  tutti_soundfont_chooser_open (self->page, self->session, self->file, tutti_id (0, 0));
  WAIT_FOR (toast (self, "This SoundFont is damaged") != NULL);
  g_assert_null (chooser (self));
}

int
main (int argc, char **argv)
{
  g_autoptr(AdwApplication) app = NULL;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  tutti_app_init ();
  app = adw_application_new ("io.github.tuttijam.Tutti", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (app), NULL, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add ("/soundfont-chooser/chosen", Fixture, NULL, set_up, test_chosen, tear_down);
  g_test_add ("/soundfont-chooser/heard", Fixture, NULL, set_up, test_heard, tear_down);
  g_test_add ("/soundfont-chooser/keys", Fixture, NULL, set_up, test_keys, tear_down);
  g_test_add ("/soundfont-chooser/escape", Fixture, NULL, set_up, test_escape, tear_down);
  g_test_add ("/soundfont-chooser/page-gone", Fixture, NULL, set_up, test_page_gone, tear_down);
  g_test_add ("/soundfont-chooser/damaged", Fixture, "damaged", set_up, test_damaged, tear_down);
  return g_test_run ();
}
