/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-soundfont-chooser.h"

#include "tutti-ask.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Lives while its window or something asynchronous does. */
typedef struct
{
  gatomicrefcount refs;
  GWeakRef        page;
  TuttiSession   *session;     /* owned */
  TuttiSoundFont *font;        /* owned; NULL until it is read */
  GCancellable   *cancellable; /* owned */
  TuttiId         track;       /* none: a new one */
  GtkWidget      *window;      /* NULL: not open, or closed again */
  GtkWidget      *list, *search, *button, *progress;
} Chooser;

static void
chooser_unref (gpointer data)
{
  Chooser *self = data;

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_weak_ref_clear (&self->page);
  g_clear_pointer (&self->font, tutti_soundfont_unref);
  g_object_unref (self->cancellable);
  g_object_unref (self->session);
  g_free (self);
}

static Chooser *
chooser_ref (Chooser *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

gboolean
tutti_soundfont_is_file (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return tutti_soundfont_is_name (name);
}

/* ---- words ---- */

static const char *
words_of (const GError *error)
{
  if (error->domain == TUTTI_MODEL_ERROR)
    return error->code == TUTTI_MODEL_ERROR_LIMIT ? _("There is no room for these sounds in this jam") : _("This track is gone");
  if (error->domain != TUTTI_SOUND_ERROR)
    return _("The sounds could not be brought to everyone");
  switch ((TuttiSoundError) error->code)
    {
    case TUTTI_SOUND_ERROR_TOO_LARGE: return _("This SoundFont is too large");
    case TUTTI_SOUND_ERROR_TOO_LONG: return _("The sounds of this preset are too long");
    case TUTTI_SOUND_ERROR_EMPTY: return _("There is no sound in this SoundFont");
    case TUTTI_SOUND_ERROR_DAMAGED: return _("This SoundFont is damaged");
    case TUTTI_SOUND_ERROR_NOT_AUDIO:
    case TUTTI_SOUND_ERROR_UNSUPPORTED: return _("This file is not a SoundFont Tutti can read");
    case TUTTI_SOUND_ERROR_MISSING:
    case TUTTI_SOUND_ERROR_FAILED:
    default: return _("The sounds could not be kept on this computer");
    }
}

static void
say (Chooser *self, const char *words)
{
  g_autoptr(GtkWidget) page = g_weak_ref_get (&self->page);

  if (page != NULL)
    tutti_say (page, words);
}

static void
say_error (Chooser *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  say (self, words_of (error));
  g_info ("No SoundFont: %s", error->message);
}

static void
say_added (Chooser *self, const char *name, guint n_left_out)
{
  g_autofree char *words = NULL;

  /* Translators: %s is the name of an instrument; a zone is a sound for some keys */
  words = n_left_out == 0 ? g_strdup_printf (_("Added “%s” for everyone"), name) :
          g_strdup_printf (ngettext ("Added “%s” for everyone, without %u of its zones: a track has room for %d",
                                     "Added “%s” for everyone, without %u of its zones: a track has room for %d", n_left_out),
                           name, n_left_out, TUTTI_ZONES_MAX);
  say (self, words);
}

/* ---- choosing ---- */

static const TuttiSoundFontPreset *
preset_of (Chooser *self, GtkListBoxRow *row)
{
  return tutti_soundfont_get_preset (self->font, (guint) gtk_list_box_row_get_index (row));
}

/* By name, or by bank and program as "0:48". */
static gboolean
matches (GtkListBoxRow *row, gpointer user_data)
{
  Chooser *self = user_data;
  const TuttiSoundFontPreset *preset = preset_of (self, row);
  g_autofree char *text = g_strdup_printf ("%s %u:%u", preset->name, preset->bank, preset->program), *name = g_utf8_casefold (text, -1);
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  return strstr (name, wanted) != NULL;
}

static GtkListBoxRow *
selected_row (Chooser *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  return row != NULL && matches (row, self) ? row : NULL;
}

static void
show_busy (Chooser *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->list, !busy);
  gtk_widget_set_sensitive (self->search, !busy);
  gtk_widget_set_sensitive (self->button, !busy && selected_row (self) != NULL);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), 0);
  gtk_widget_set_visible (self->progress, busy);
}

static void
on_progress (double fraction, gpointer user_data)
{
  Chooser *self = user_data;

  if (self->window != NULL)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), fraction);
}

typedef struct
{
  Chooser *chooser;            /* owned reference */
  char    *name;               /* owned */
} Taking;

static void
on_brought (GObject *session, GAsyncResult *result, gpointer user_data)
{
  Taking *taking = user_data;
  Chooser *self = taking->chooser;
  g_autoptr(GError) error = NULL;
  guint n_left_out;

  if (!tutti_session_import_soundfont_finish (TUTTI_SESSION (session), result, &n_left_out, &error))
    {
      say_error (self, error);
      if (self->window != NULL)
        show_busy (self, FALSE);
    }
  else
    {
      say_added (self, taking->name, n_left_out);
      if (self->window != NULL)
        gtk_window_destroy (GTK_WINDOW (self->window));
    }
  chooser_unref (self);
  g_free (taking->name);
  g_free (taking);
}

static void
take (Chooser *self, GtkListBoxRow *row)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  TuttiColour colour = (TuttiColour) (jam != NULL ? jam->n_tracks % TUTTI_N_COLOURS : 0);
  TuttiId fresh = tutti_id (0, 0);
  Taking *taking;

  if (row == NULL || jam == NULL || gtk_widget_get_visible (self->progress))
    return;
  if (tutti_id_is_none (self->track))
    fresh = tutti_session_new_id (self->session);
  taking = g_new0 (Taking, 1);
  taking->chooser = chooser_ref (self);
  taking->name = g_strdup (preset_of (self, row)->name);
  show_busy (self, TRUE);
  tutti_session_import_soundfont_async (self->session, self->font, (guint) gtk_list_box_row_get_index (row), self->track, fresh, colour,
                                        on_progress, self, self->cancellable, on_brought, taking);
}

static void
on_take (GtkButton *button, Chooser *self)
{
  take (self, selected_row (self));
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, Chooser *self)
{
  take (self, row);
}

static void
on_row_selected (GtkListBox *list, GtkListBoxRow *row, Chooser *self)
{
  gtk_widget_set_sensitive (self->button, selected_row (self) != NULL);
}

static void
on_search (GtkEditable *editable, Chooser *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
  gtk_widget_set_sensitive (self->button, selected_row (self) != NULL);
}

/* Enter after typing: what was found first, unless something is selected. */
static void
on_enter (GtkSearchEntry *search, Chooser *self)
{
  GtkListBoxRow *row = selected_row (self);

  for (int i = 0; row == NULL; i++)
    {
      GtkListBoxRow *each = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i);

      if (each == NULL)
        return;
      row = matches (each, self) ? each : NULL;
    }
  take (self, row);
}

/* ---- building ---- */

static GtkWidget *
row_new (const TuttiSoundFontPreset *preset)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (preset->name), *side;
  g_autofree char *words = NULL;

  /* Translators: a preset of a SoundFont: bank and program, number of its zones (sounds for some keys) */
  words = g_strdup_printf (ngettext ("%u:%u · %u zone", "%u:%u · %u zones", preset->n_regions), preset->bank, preset->program,
                           preset->n_regions);
  side = gtk_label_new (words);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (side, "dim-label");
  gtk_widget_add_css_class (side, "numeric");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), side);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

static GtkWidget *
build_list (Chooser *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *nothing = gtk_label_new (_("Nothing Found"));

  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_widget_add_css_class (nothing, "dim-label");
  gtk_widget_set_margin_top (nothing, 24);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), nothing);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (self->list), FALSE);
  for (guint i = 0; i < tutti_soundfont_get_n_presets (self->font); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), row_new (tutti_soundfont_get_preset (self->font, i)));
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), matches, self, NULL);
  g_signal_connect (self->list, "row-selected", G_CALLBACK (on_row_selected), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static GtkWidget *
build (Chooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new ();

  self->search = gtk_search_entry_new ();
  self->button = gtk_button_new_with_label (tutti_id_is_none (self->track) ? _("Add Track") : _("Use"));
  self->progress = gtk_progress_bar_new ();
  gtk_widget_add_css_class (self->progress, "osd");
  gtk_widget_set_visible (self->progress, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Making the sounds"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search presets"), -1);
  gtk_widget_add_css_class (self->button, "suggested-action");
  gtk_widget_set_sensitive (self->button, FALSE);
  gtk_widget_set_hexpand (self->search, TRUE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->search);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->button);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->progress);
  gtk_box_append (GTK_BOX (box), build_list (self));
  g_signal_connect (self->button, "clicked", G_CALLBACK (on_take), self);
  g_signal_connect (self->search, "search-changed", G_CALLBACK (on_search), self);
  g_signal_connect (self->search, "activate", G_CALLBACK (on_enter), self);
  /* The entry takes Escape for itself. */
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_window_close), self->window);
  return box;
}

static void
on_destroy (GtkWidget *window, Chooser *self)
{
  self->window = NULL;
  g_cancellable_cancel (self->cancellable);
}

static gboolean
on_escape (GtkWidget *window, GVariant *nothing, gpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (window));
  return TRUE;
}

static void
add_escape (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (on_escape, NULL, NULL)));
  gtk_widget_add_controller (window, controller);
}

static void
present (Chooser *self, GtkWidget *page)
{
  self->window = adw_window_new ();
  g_object_set_data_full (G_OBJECT (self->window), "tutti-chooser", chooser_ref (self), chooser_unref);
  g_signal_connect (self->window, "destroy", G_CALLBACK (on_destroy), self);
  adw_window_set_content (ADW_WINDOW (self->window), build (self));
  add_escape (self->window);
  gtk_window_set_title (GTK_WINDOW (self->window), _("Presets of the SoundFont"));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 420, 560);
  gtk_window_set_modal (GTK_WINDOW (self->window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (self->window), GTK_WINDOW (gtk_widget_get_root (page)));
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
on_loaded (GObject *nothing, GAsyncResult *result, gpointer user_data)
{
  Chooser *self = user_data;
  g_autoptr(GtkWidget) page = g_weak_ref_get (&self->page);
  g_autoptr(GError) error = NULL;

  self->font = tutti_soundfont_load_finish (result, &error);
  if (self->font == NULL)
    say_error (self, error);
  else if (page != NULL && gtk_widget_get_root (page) != NULL)
    present (self, page);
  chooser_unref (self);
}

void
tutti_soundfont_chooser_open (GtkWidget *page, TuttiSession *session, GFile *file, TuttiId track)
{
  Chooser *self = g_new0 (Chooser, 1);

  g_atomic_ref_count_init (&self->refs);
  g_weak_ref_init (&self->page, page);
  self->session = g_object_ref (session);
  self->cancellable = g_cancellable_new ();
  self->track = track;
  tutti_soundfont_load_async (file, self->cancellable, on_loaded, self);
}
