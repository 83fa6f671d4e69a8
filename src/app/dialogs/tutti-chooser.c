/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-chooser.h"

#include "tutti-card-window.h"

#include <glib/gi18n.h>

#define WIDTH 420
#define HEIGHT 560

struct _TuttiChooser
{
  AdwWindow  parent_instance;
  GPtrArray *entries;          /* owned: of Entry, as the rows */
  GtkWidget *column, *list, *search, *take, *progress;
  gboolean   had_focus;        /* the list, when it was closed */
};

/* What is known of a row. */
typedef struct
{
  char *text;                  /* owned: what is searched, without case */
  char *group;                 /* owned (nullable) */
} Entry;

G_DEFINE_FINAL_TYPE (TuttiChooser, tutti_chooser, ADW_TYPE_WINDOW)

static guint picked_signal, taken_signal;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->text);
  g_free (entry->group);
  g_free (entry);
}

static const Entry *
entry_of (TuttiChooser *self, GtkListBoxRow *row)
{
  return g_ptr_array_index (self->entries, (guint) gtk_list_box_row_get_index (row));
}

/* ---- finding ---- */

static gboolean
matches (GtkListBoxRow *row, gpointer user_data)
{
  TuttiChooser *self = user_data;
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  return strstr (entry_of (self, row)->text, wanted) != NULL;
}

/* What would be taken: the selected one, unless the search hides it. */
static GtkListBoxRow *
selected_row (TuttiChooser *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  return row != NULL && matches (row, self) ? row : NULL;
}

static GtkListBoxRow *
first_row (TuttiChooser *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) i);

      if (matches (row, self))
        return row;
    }
  return NULL;
}

static void
update_take (TuttiChooser *self)
{
  gtk_widget_set_sensitive (self->take, gtk_widget_get_sensitive (self->list) && selected_row (self) != NULL);
}

static void
on_search (GtkEditable *editable, TuttiChooser *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
  update_take (self);
}

/* ---- choosing ---- */

static void
on_selected (GtkListBox *list, GtkListBoxRow *row, TuttiChooser *self)
{
  /* With the window the rows go, and the selected one says so. */
  if (row == NULL)
    return;
  update_take (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    g_signal_emit (self, picked_signal, 0, (guint) gtk_list_box_row_get_index (row));
}

static void
take (TuttiChooser *self, GtkListBoxRow *row)
{
  if (row != NULL && gtk_widget_get_sensitive (self->list))
    g_signal_emit (self, taken_signal, 0, (guint) gtk_list_box_row_get_index (row));
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, TuttiChooser *self)
{
  take (self, row);
}

static void
on_take (GtkButton *button, TuttiChooser *self)
{
  take (self, selected_row (self));
}

/* Enter after typing: the selected one, if it is still shown, else what was found first. */
static void
on_enter (GtkSearchEntry *search, TuttiChooser *self)
{
  GtkListBoxRow *row = selected_row (self);

  take (self, row != NULL ? row : first_row (self));
}

/* From what was typed down to what was found: it is selected as the rows below will be. */
static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, TuttiChooser *self)
{
  GtkListBoxRow *row = selected_row (self);

  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return FALSE;
  if (row == NULL)
    row = first_row (self);
  if (row == NULL)
    return TRUE;
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
  return gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* Space on what is selected would unselect it: it picks once more, to be heard again. */
static gboolean
on_list_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, TuttiChooser *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  GtkListBoxRow *row = selected_row (self);

  if ((key != GDK_KEY_space && key != GDK_KEY_KP_Space) || !GTK_IS_LIST_BOX_ROW (focus))
    return FALSE;
  if (row == GTK_LIST_BOX_ROW (focus))
    g_signal_emit (self, picked_signal, 0, (guint) gtk_list_box_row_get_index (row));
  else
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (focus));
  return TRUE;
}

void
tutti_chooser_select (TuttiChooser *self, guint row)
{
  g_signal_handlers_block_by_func (self->list, on_selected, self);
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) row));
  g_signal_handlers_unblock_by_func (self->list, on_selected, self);
  update_take (self);
}

/* The entry stays: what has the keyboard would lose it. A row that had it gets it back. */
void
tutti_chooser_set_open (TuttiChooser *self, gboolean open)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (!open)
    self->had_focus = focus != NULL && gtk_widget_is_ancestor (focus, self->list);
  gtk_widget_set_sensitive (self->list, open);
  update_take (self);
  if (open && self->had_focus && selected_row (self) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (selected_row (self)));
}

void
tutti_chooser_show_progress (TuttiChooser *self, double fraction, const char *words)
{
  gtk_widget_set_visible (self->progress, fraction >= 0);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), MAX (fraction, 0));
  if (words != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* ---- rows ---- */

static void
set_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  TuttiChooser *self = user_data;
  const char *group = entry_of (self, row)->group;
  GtkWidget *label;

  gtk_list_box_row_set_header (row, NULL);
  if (group == NULL || (before != NULL && g_strcmp0 (group, entry_of (self, before)->group) == 0))
    return;
  label = gtk_label_new (group);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 4);
  gtk_widget_set_margin_start (label, 12);
  gtk_list_box_row_set_header (row, label);
}

static GtkWidget *
face_new (const TuttiChooserRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *name = gtk_label_new (row->name);

  if (row->icon != NULL)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (row->icon));
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (box), name);
  if (row->side != NULL)
    {
      GtkWidget *side = gtk_label_new (row->side);

      gtk_widget_add_css_class (side, "dim-label");
      gtk_widget_add_css_class (side, "numeric");
      gtk_box_append (GTK_BOX (box), side);
    }
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  return box;
}

/* The row has the focus, and of itself no words. */
static void
speak_row (GtkWidget *widget, const TuttiChooserRow *row)
{
  g_autofree char *words = row->side != NULL ? g_strdup_printf ("%s, %s", row->name, row->side) : g_strdup (row->name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

void
tutti_chooser_add (TuttiChooser *self, const TuttiChooserRow *row)
{
  GtkWidget *widget = gtk_list_box_row_new ();
  g_autofree char *text = row->search != NULL ? g_strjoin (" ", row->name, row->search, NULL) : g_strdup (row->name);
  Entry *entry = g_new0 (Entry, 1);

  entry->text = g_utf8_casefold (text, -1);
  entry->group = g_strdup (row->group);
  /* First: the list filters a row as it is put in. */
  g_ptr_array_add (self->entries, entry);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (widget), face_new (row));
  speak_row (widget, row);
  gtk_list_box_append (GTK_LIST_BOX (self->list), widget);
}

void
tutti_chooser_add_below (TuttiChooser *self, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (self->column), widget);
}

/* ---- building ---- */

static void
tutti_chooser_finalize (GObject *object)
{
  g_ptr_array_unref (TUTTI_CHOOSER (object)->entries);
  G_OBJECT_CLASS (tutti_chooser_parent_class)->finalize (object);
}

static void
tutti_chooser_class_init (TuttiChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tutti_chooser_finalize;
  picked_signal = g_signal_new ("picked", TUTTI_TYPE_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  taken_signal = g_signal_new ("taken", TUTTI_TYPE_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static GtkWidget *
build_header (TuttiChooser *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->search = gtk_search_entry_new ();
  self->take = gtk_button_new ();
  gtk_widget_add_css_class (self->take, "suggested-action");
  gtk_widget_set_sensitive (self->take, FALSE);
  gtk_widget_set_hexpand (self->search, TRUE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->search);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->take);
  g_signal_connect (self->take, "clicked", G_CALLBACK (on_take), self);
  g_signal_connect (self->search, "search-changed", G_CALLBACK (on_search), self);
  g_signal_connect (self->search, "activate", G_CALLBACK (on_enter), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (self->search, keys);
  /* The entry takes Escape for itself. */
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_window_close), self);
  return header;
}

static GtkWidget *
build_list (TuttiChooser *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *nothing = gtk_label_new (_("Nothing Found"));
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_widget_add_css_class (nothing, "dim-label");
  gtk_widget_set_margin_top (nothing, 24);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), nothing);
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (self->list), FALSE);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), matches, self, NULL);
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), set_header, self, NULL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_list_key), self);
  gtk_widget_add_controller (self->list, keys);
  g_signal_connect (self->list, "row-selected", G_CALLBACK (on_selected), self);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static void
tutti_chooser_init (TuttiChooser *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->progress = gtk_progress_bar_new ();
  gtk_widget_add_css_class (self->progress, "osd");
  gtk_widget_set_visible (self->progress, FALSE);
  gtk_box_append (GTK_BOX (self->column), build_header (self));
  gtk_box_append (GTK_BOX (self->column), self->progress);
  gtk_box_append (GTK_BOX (self->column), build_list (self));
  adw_window_set_content (ADW_WINDOW (self), self->column);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
}

TuttiChooser *
tutti_chooser_new (GtkWidget *parent, const char *title, const char *take_words, const char *search)
{
  TuttiChooser *self = g_object_new (TUTTI_TYPE_CHOOSER, NULL);

  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_button_set_label (GTK_BUTTON (self->take), take_words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, search, -1);
  tutti_stand_over (GTK_WIDGET (self), parent);
  return self;
}
