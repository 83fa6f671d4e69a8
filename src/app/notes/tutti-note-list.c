/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-note-list.h"

#include "tutti-notes-private.h"

#include <glib/gi18n.h>

#define WIDTH 360

struct _TuttiNoteList
{
  GtkWidget       parent_instance;
  TuttiNoteGrid  *grid;        /* borrowed */
  GtkWidget      *scroller, *view;
  GtkStringList  *words;       /* owned by the selection; a row a note, in their order */
  GtkSelectionModel *selection;  /* owned */
  gboolean        showing;
};

G_DEFINE_FINAL_TYPE (TuttiNoteList, tutti_note_list, GTK_TYPE_WIDGET)

/* ---- from the drawing to the list ---- */

static void
show_selection (TuttiNoteList *self)
{
  self->showing = TRUE;
  for (guint i = 0; i < self->grid->shown->len && i < g_list_model_get_n_items (G_LIST_MODEL (self->words)); i++)
    if (tutti_note_selected (self->grid, g_array_index (self->grid->shown, TuttiNote, i).id))
      gtk_selection_model_select_item (self->selection, i, FALSE);
    else
      gtk_selection_model_unselect_item (self->selection, i);
  self->showing = FALSE;
}

void
tutti_note_list_refresh (TuttiNoteList *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->grid->session);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  if (jam == NULL || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  for (guint i = 0; i < self->grid->shown->len; i++)
    g_ptr_array_add (rows, tutti_note_words (jam, &g_array_index (self->grid->shown, TuttiNote, i)));
  g_ptr_array_add (rows, NULL);
  self->showing = TRUE;
  gtk_string_list_splice (self->words, 0, g_list_model_get_n_items (G_LIST_MODEL (self->words)), (const char * const *) rows->pdata);
  self->showing = FALSE;
  show_selection (self);
}

/* ---- and back ---- */

static void
on_selected (GtkSelectionModel *model, guint position, guint n, TuttiNoteList *self)
{
  for (guint i = position; !self->showing && i < position + n && i < self->grid->shown->len; i++)
    {
      TuttiId id = g_array_index (self->grid->shown, TuttiNote, i).id;
      gboolean selected = gtk_selection_model_is_selected (model, i);

      if (tutti_note_selected (self->grid, id) == selected)
        continue;
      self->showing = TRUE;
      tutti_note_select (self->grid, id, selected);
      self->showing = FALSE;
    }
}

static void
on_picked (TuttiNoteGrid *grid, TuttiNoteList *self)
{
  if (!self->showing)
    show_selection (self);
}

static void
on_activate (GtkListView *view, guint position, TuttiNoteList *self)
{
  const TuttiNote *note;

  if (position >= self->grid->shown->len)
    return;
  note = &g_array_index (self->grid->shown, TuttiNote, position);
  tutti_note_hear (self->grid, note->pitch, note->velocity);
}

/* Delete, and the keys that move notes, act as in the drawing. */
static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, TuttiNoteList *self)
{
  if (key != GDK_KEY_Delete || tutti_note_grid_count_selected (self->grid) == 0)
    return FALSE;
  tutti_note_grid_do (self->grid, TUTTI_NOTES_DELETE);
  return TRUE;
}

/* ---- rows ---- */

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "note-row");
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (item));
  const char *words = gtk_string_object_get_string (GTK_STRING_OBJECT (gtk_list_item_get_item (item)));

  gtk_label_set_text (label, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), words);
}

/* ---- the widget ---- */

static void
tutti_note_list_dispose (GObject *object)
{
  TuttiNoteList *self = TUTTI_NOTE_LIST (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (tutti_note_list_parent_class)->dispose (object);
}

static void
tutti_note_list_class_init (TuttiNoteListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_note_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tutti_note_list_init (TuttiNoteList *self)
{
}

void
tutti_note_list_focus (TuttiNoteList *self)
{
  gtk_widget_grab_focus (self->view);
}

GtkWidget *
tutti_note_list_new (TuttiNoteGrid *grid)
{
  TuttiNoteList *self = g_object_new (TUTTI_TYPE_NOTE_LIST, NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->grid = grid;
  self->words = gtk_string_list_new (NULL);
  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (self->words)));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (self->selection, "selection-changed", G_CALLBACK (on_selected), self);
  g_signal_connect_object (grid, "picked", G_CALLBACK (on_picked), self, 0);
  self->view = gtk_list_view_new (g_object_ref (self->selection), factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Note List"), -1);
  g_signal_connect (self->view, "activate", G_CALLBACK (on_activate), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (self->view, keys);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->view);
  gtk_widget_set_size_request (self->scroller, WIDTH, -1);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
