/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sound-chooser.h"

#include "tutti-audition.h"
#include "tutti-card-window.h"
#include "tutti-file-dialog.h"
#include "tutti-import.h"
#include "tutti-soundfont-chooser.h"
#include "tutti-sounds.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  TuttiSession    *session;    /* owned */
  TuttiAudition   *audition;   /* owned */
  TuttiId          track;      /* whose sound it is; none: of a new one */
  TuttiSoundChosen chosen;
  gpointer         user_data;
  GtkWidget       *parent, *window, *list, *search, *button;
} Chooser;

static void
chooser_free (Chooser *self)
{
  tutti_audition_free (self->audition);
  g_object_unref (self->session);
  g_free (self);
}

static const char *
sound_of (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "tutti-sound") : NULL;
}

static gboolean
matches (GtkListBoxRow *row, gpointer user_data)
{
  Chooser *self = user_data;
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *name = g_utf8_casefold (g_object_get_data (G_OBJECT (row), "tutti-name"), -1);

  return strstr (name, wanted) != NULL;
}

/* What would be taken: the selected one, unless the search hides it. */
static GtkListBoxRow *
selected_row (Chooser *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  return row != NULL && matches (row, self) ? row : NULL;
}

static GtkListBoxRow *
first_row (Chooser *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    if (matches (row, self))
      return row;
  return NULL;
}

/* Heard here only, so that choosing disturbs nobody. */
static void
on_selected (GtkListBox *list, GtkListBoxRow *row, Chooser *self)
{
  if (!gtk_widget_get_mapped (self->window))
    return;
  gtk_widget_set_sensitive (self->button, selected_row (self) != NULL);
  if (sound_of (row) != NULL)
    tutti_audition_play (self->audition, self->track, sound_of (row));
}

static void
take (Chooser *self, GtkListBoxRow *row)
{
  if (row == NULL)
    return;
  self->chosen (sound_of (row), self->user_data);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, Chooser *self)
{
  take (self, row);
}

static void
on_take (GtkButton *button, Chooser *self)
{
  take (self, selected_row (self));
}

/* Enter after typing: the selected one, if it is still shown, else what was found first. */
static void
on_enter (GtkSearchEntry *search, Chooser *self)
{
  GtkListBoxRow *row = selected_row (self);

  take (self, row != NULL ? row : first_row (self));
}

/* The list has done its work: what is imported is taken as if it had been chosen here. */
static void
on_file (GFile *file, gpointer user_data)
{
  Chooser *self = user_data;

  if (tutti_soundfont_is_file (file))
    tutti_soundfont_chooser_open (self->parent, self->session, file, self->track);
  else
    tutti_import_sound (self->parent, self->session, file, tutti_id (0, 0), self->chosen, self->user_data);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static void
on_import (GtkButton *button, Chooser *self)
{
  static const char * const mime_types[] = { "audio/*", "application/ogg", ".sf2", ".sf3", NULL };

  tutti_file_dialog_open (self->window, _("Import Sound"), _("Sounds"), mime_types, on_file, self);
}

static void
on_search (GtkEditable *editable, Chooser *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
  gtk_widget_set_sensitive (self->button, selected_row (self) != NULL);
}

static const char *
group_of (GtkListBoxRow *row)
{
  const TuttiSoundInfo *info = tutti_sound_info (sound_of (row));

  return info != NULL ? tutti_sound_group_name (info->group) : _("Added to This Jam");
}

static void
set_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  GtkWidget *label;

  gtk_list_box_row_set_header (row, NULL);
  if (before != NULL && strcmp (group_of (row), group_of (before)) == 0)
    return;
  label = gtk_label_new (group_of (row));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 4);
  gtk_widget_set_margin_start (label, 12);
  gtk_list_box_row_set_header (row, label);
}

static int
by_group (GtkListBoxRow *a, GtkListBoxRow *b, gpointer user_data)
{
  const TuttiSoundInfo *x = tutti_sound_info (sound_of (a)), *y = tutti_sound_info (sound_of (b));

  return (x != NULL ? (int) x->group : -1) - (y != NULL ? (int) y->group : -1);
}

static void
add_sound (Chooser *self, const char *sound, const char *name, const char *current)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *label = gtk_label_new (name), *row = gtk_list_box_row_new ();

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (tutti_sound_icon (sound)));
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "tutti-sound", g_strdup (sound), g_free);
  g_object_set_data_full (G_OBJECT (row), "tutti-name", g_strdup (name), g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  if (current != NULL && g_str_equal (current, sound))
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (row));
}

static void
fill (Chooser *self, const char *current)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  for (guint i = 0; jam != NULL && i < jam->sounds->len; i++)
    {
      const TuttiSoundEntry *added = g_ptr_array_index (jam->sounds, i);
      g_autofree char *sound = g_strconcat ("sha:", added->hash, NULL);
      add_sound (self, sound, added->name, current);
    }
  for (const TuttiSoundInfo *info = tutti_sound_infos; info->sound != NULL; info++)
    add_sound (self, info->sound, _(info->name), current);
  for (const TuttiSoundInfo *info = tutti_preset_infos; info->sound != NULL; info++)
    add_sound (self, info->sound, _(info->name), current);
  gtk_widget_set_sensitive (self->button, selected_row (self) != NULL);
}

static GtkWidget *
nothing_found_new (void)
{
  GtkWidget *label = gtk_label_new (_("Nothing Found"));

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_top (label, 24);
  return label;
}

static GtkWidget *
build (Chooser *self, const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new (), *import, *scroller;

  self->button = gtk_button_new_with_label (title);
  import = gtk_button_new_with_label (_("Import Sound…"));
  self->search = gtk_search_entry_new ();
  self->list = gtk_list_box_new ();
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), nothing_found_new ());
  scroller = gtk_scrolled_window_new ();
  gtk_widget_add_css_class (self->button, "suggested-action");
  gtk_widget_set_hexpand (self->search, TRUE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->search);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->button);
  gtk_widget_set_halign (import, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (import, 8);
  gtk_widget_set_margin_bottom (import, 8);
  g_signal_connect (import, "clicked", G_CALLBACK (on_import), self);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (self->list), FALSE);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), matches, self, NULL);
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), set_header, NULL, NULL);
  gtk_list_box_set_sort_func (GTK_LIST_BOX (self->list), by_group, NULL, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  g_signal_connect (self->button, "clicked", G_CALLBACK (on_take), self);
  g_signal_connect (self->search, "search-changed", G_CALLBACK (on_search), self);
  g_signal_connect (self->search, "activate", G_CALLBACK (on_enter), self);
  /* The entry takes Escape for itself. */
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_window_close), self->window);
  g_signal_connect (self->list, "row-selected", G_CALLBACK (on_selected), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), import);
  return box;
}

void
tutti_sound_chooser_open (GtkWidget *parent, TuttiSession *session, const char *title, TuttiId track, TuttiSoundChosen chosen,
                          gpointer user_data)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  const TuttiTrack *found = jam != NULL ? tutti_jam_track (jam, track, NULL) : NULL;
  Chooser *self = g_new0 (Chooser, 1);

  self->session = g_object_ref (session);
  self->audition = tutti_audition_new (session);
  self->track = track;
  self->parent = parent;
  self->chosen = chosen;
  self->user_data = user_data;
  self->window = adw_window_new ();
  g_object_set_data_full (G_OBJECT (self->window), "tutti-chooser", self, (GDestroyNotify) chooser_free);
  adw_window_set_content (ADW_WINDOW (self->window), build (self, title));
  fill (self, found != NULL ? found->sound : NULL);
  gtk_window_set_title (GTK_WINDOW (self->window), title);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 420, 560);
  gtk_window_set_modal (GTK_WINDOW (self->window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (self->window), GTK_WINDOW (gtk_widget_get_root (parent)));
  tutti_close_on_escape (self->window);
  gtk_window_present (GTK_WINDOW (self->window));
}
