/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-history-page.h"

#include "tutti-conflict-list.h"
#include "tutti-history-words.h"
#include "tutti-moment-row.h"

#include <glib/gi18n.h>

#define TIMES_EVERY_S 10

/* More is asked for when less than this is left below, in pixels. */
#define NEAR_THE_END 400.0

typedef enum { EVERYONE, MINE, MOMENTS, N_CHOICES } Choice;

struct _TuttiHistoryPage
{
  GtkWidget        parent_instance;
  TuttiSession    *session;        /* owned */
  GtkFilter       *filter;         /* owned */
  GListModel      *shown;          /* owned: the selection over the filtered list */
  GHashTable      *rows;           /* of TuttiMomentRow that show something; borrowed */
  GtkWidget       *root, *list, *scroller, *pages, *empty, *choices[N_CHOICES], *moment_name;
  Choice           choice;
  guint            times;          /* source */
};

G_DEFINE_FINAL_TYPE (TuttiHistoryPage, tutti_history_page, GTK_TYPE_WIDGET)

/* ---- what is shown ---- */

static gboolean
is_shown (gpointer item, gpointer user_data)
{
  TuttiHistoryPage *self = user_data;

  if (self->choice == MINE)
    return tutti_moment_person (item) == tutti_session_get_me (self->session);
  return self->choice == EVERYONE || tutti_moment_is_landmark (item);
}

/* That the jam began is nothing that happened in it. */
static gboolean
has_something (GListModel *shown)
{
  g_autoptr(TuttiMoment) first = g_list_model_get_item (shown, 0);

  return first != NULL && tutti_moment_get_op (first) != NULL;
}

static void
show_empty (TuttiHistoryPage *self)
{
  TuttiHistory *history = tutti_session_get_history (self->session);
  const char *why = tutti_history_get_why (history);
  gboolean any = has_something (self->shown);

  gtk_label_set_text (GTK_LABEL (self->empty), why != NULL && !any ? _("The history cannot be read.")
                                                                    : _("Nothing yet. Every edit will be here."));
  gtk_stack_set_visible_child (GTK_STACK (self->pages), any ? self->scroller : self->empty);
}

/* As long as what is here does not fill the page, or its end is near. */
static void
fill (TuttiHistoryPage *self)
{
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  double left = gtk_adjustment_get_upper (place) - gtk_adjustment_get_value (place) - gtk_adjustment_get_page_size (place);

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && left < NEAR_THE_END)
    tutti_history_load_more (tutti_session_get_history (self->session));
}

static void
on_loaded (TuttiHistory *history, TuttiHistoryPage *self)
{
  show_empty (self);
  fill (self);
}

static void
on_choice (GtkToggleButton *button, TuttiHistoryPage *self)
{
  for (int i = 0; i < N_CHOICES; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->choices[i])))
      self->choice = (Choice) i;
  if (!gtk_toggle_button_get_active (button))
    return;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  show_empty (self);
  fill (self);
}

/* ---- rows ---- */

static void
on_selected (GtkListItem *item, GParamSpec *spec, gpointer user_data)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  if (row != NULL)
    tutti_moment_row_set_selected (TUTTI_MOMENT_ROW (row), gtk_list_item_get_selected (item));
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, TuttiHistoryPage *self)
{
  gtk_list_item_set_child (item, tutti_moment_row_new (self->session));
  g_signal_connect (item, "notify::selected", G_CALLBACK (on_selected), NULL);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, TuttiHistoryPage *self)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  tutti_moment_row_show (TUTTI_MOMENT_ROW (row), gtk_list_item_get_item (item));
  tutti_moment_row_set_selected (TUTTI_MOMENT_ROW (row), gtk_list_item_get_selected (item));
  g_hash_table_add (self->rows, row);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, TuttiHistoryPage *self)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  g_hash_table_remove (self->rows, row);
  if (row != NULL)
    tutti_moment_row_show (TUTTI_MOMENT_ROW (row), NULL);
}

static void
refresh_rows (TuttiHistoryPage *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    tutti_moment_row_refresh (row);
}

static void
show_faces (TuttiHistoryPage *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    tutti_moment_row_show_face (row);
}

/* Enter on a moment: hear it. */
static void
on_activate (GtkListView *list, guint position, TuttiHistoryPage *self)
{
  g_autoptr(TuttiMoment) moment = g_list_model_get_item (self->shown, position);

  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (self->shown), position);
  if (moment != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "history.hear", "x", tutti_moment_get_seq (moment));
}

static gboolean
on_times (gpointer user_data)
{
  refresh_rows (user_data);
  return G_SOURCE_CONTINUE;
}

/* ---- a name for this moment ---- */

static void
on_name (GtkEntry *entry, TuttiHistoryPage *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (entry));

  if (*name == '\0')
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "history.name-moment", "s", name);
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
}

/* ---- building ---- */

static GtkWidget *
build_choices (TuttiHistoryPage *self)
{
  static const char * const words[N_CHOICES] = { N_("Everyone"), N_("Mine"), N_("Moments") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (int i = 0; i < N_CHOICES; i++)
    {
      self->choices[i] = gtk_toggle_button_new_with_label (_(words[i]));
      gtk_widget_add_css_class (self->choices[i], "choice");
      gtk_box_append (GTK_BOX (box), self->choices[i]);
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->choices[i]), GTK_TOGGLE_BUTTON (self->choices[0]));
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->choices[0]), TRUE);
  for (int i = 0; i < N_CHOICES; i++)
    g_signal_connect (self->choices[i], "toggled", G_CALLBACK (on_choice), self);
  gtk_widget_add_css_class (box, "panel-top");
  return box;
}

static GtkWidget *
build_list (TuttiHistoryPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  self->list = gtk_list_view_new (NULL, factory);
  gtk_widget_add_css_class (self->list, "history");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("History"), -1);
  g_signal_connect (self->list, "activate", G_CALLBACK (on_activate), self);
  return self->list;
}

static GtkWidget *
build_foot (TuttiHistoryPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *words = gtk_label_new (_("Undo takes back only your own edits."));

  self->moment_name = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->moment_name), TUTTI_NAME_BYTES_MAX / 4);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->moment_name), _("Name this moment"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->moment_name), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name this moment"), -1);
  g_signal_connect (self->moment_name, "activate", G_CALLBACK (on_name), self);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_add_css_class (words, "caption");
  gtk_widget_add_css_class (words, "dim-label");
  gtk_box_append (GTK_BOX (box), self->moment_name);
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_add_css_class (box, "panel-foot");
  return box;
}

static GtkWidget *
build_pages (TuttiHistoryPage *self)
{
  self->pages = gtk_stack_new ();
  self->empty = gtk_label_new (NULL);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), build_list (self));
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->empty), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->empty, "dim-label");
  gtk_stack_add_child (GTK_STACK (self->pages), self->scroller);
  gtk_stack_add_child (GTK_STACK (self->pages), self->empty);
  gtk_widget_set_vexpand (self->pages, TRUE);
  g_signal_connect_swapped (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), "value-changed",
                            G_CALLBACK (fill), self);
  return self->pages;
}

static void
build (TuttiHistoryPage *self)
{
  GtkWidget *conflicts = tutti_conflict_list_new (self->session);

  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (conflicts, "panel-top");
  gtk_box_append (GTK_BOX (self->root), conflicts);
  gtk_box_append (GTK_BOX (self->root), build_choices (self));
  gtk_box_append (GTK_BOX (self->root), build_pages (self));
  gtk_box_append (GTK_BOX (self->root), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self->root), build_foot (self));
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

/* ---- life ---- */

static void
tutti_history_page_map (GtkWidget *widget)
{
  TuttiHistoryPage *self = TUTTI_HISTORY_PAGE (widget);

  /* Rows follow every edit, and are there only while somebody can see them. */
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (self->shown));
  GTK_WIDGET_CLASS (tutti_history_page_parent_class)->map (widget);
  refresh_rows (self);
  self->times = g_timeout_add_seconds (TIMES_EVERY_S, on_times, self);
  fill (self);
}

static void
tutti_history_page_unmap (GtkWidget *widget)
{
  TuttiHistoryPage *self = TUTTI_HISTORY_PAGE (widget);

  g_clear_handle_id (&self->times, g_source_remove);
  GTK_WIDGET_CLASS (tutti_history_page_parent_class)->unmap (widget);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), NULL);
}

static void
tutti_history_page_dispose (GObject *object)
{
  TuttiHistoryPage *self = TUTTI_HISTORY_PAGE (object);

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tutti_history_page_parent_class)->dispose (object);
}

static void
tutti_history_page_class_init (TuttiHistoryPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_history_page_dispose;
  GTK_WIDGET_CLASS (klass)->map = tutti_history_page_map;
  GTK_WIDGET_CLASS (klass)->unmap = tutti_history_page_unmap;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tutti_history_page_init (TuttiHistoryPage *self)
{
  self->rows = g_hash_table_new (NULL, NULL);
}

GtkWidget *
tutti_history_page_new (TuttiSession *session)
{
  TuttiHistoryPage *self = g_object_new (TUTTI_TYPE_HISTORY_PAGE, NULL);
  TuttiHistory *history = tutti_session_get_history (session);
  GtkSingleSelection *selection;

  self->session = g_object_ref (session);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  selection = gtk_single_selection_new (G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (history)),
                                                                                 g_object_ref (self->filter))));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_selected (selection, GTK_INVALID_LIST_POSITION);
  self->shown = G_LIST_MODEL (selection);
  build (self);
  g_signal_connect_object (history, "loaded", G_CALLBACK (on_loaded), self, 0);
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (show_empty), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "hearing", G_CALLBACK (refresh_rows), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "pictured", G_CALLBACK (show_faces), self, G_CONNECT_SWAPPED);
  show_empty (self);
  return GTK_WIDGET (self);
}
