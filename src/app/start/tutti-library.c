/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-library.h"

#include "tutti-library-item.h"
#include "tutti-library-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define WIDTH 860

struct _TuttiLibrary
{
  GtkWidget     parent_instance;
  TuttiStudio  *studio;        /* owned */
  GCancellable *cancellable;   /* of the listing under way */
  GListStore   *jams;          /* of TuttiLibraryItem */
  GtkFilter    *filter;        /* borrowed: of the list model */
  GtkSorter    *sorter;        /* likewise */
  GListModel   *shown;         /* owned */
  GtkWidget    *root, *tools, *search, *order, *deleted, *scrolled, *list, *nothing;
  char         *wanted;        /* folded, nullable */
  gboolean      narrow, listed, failed; /* failed: the disk did not give them */
};

G_DEFINE_FINAL_TYPE (TuttiLibrary, tutti_library, GTK_TYPE_WIDGET)

static gboolean
shows_deleted (TuttiLibrary *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->deleted));
}

/* ---------------------------------------------------------------- what shows */

static void
say_nothing (TuttiLibrary *self, const char *icon, const char *title, const char *words)
{
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->nothing), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->nothing), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->nothing), words);
}

static void
show_state (TuttiLibrary *self)
{
  gboolean any = g_list_model_get_n_items (self->shown) > 0;

  if (self->failed)
    say_nothing (self, "dialog-warning-symbolic", _("Your Jams Cannot Be Read"), _("What is on the disk was left untouched."));
  else if (self->wanted != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->jams)) > 0)
    say_nothing (self, "system-search-symbolic", _("No Jam Matches"), _("Names and descriptions are searched."));
  else if (shows_deleted (self))
    say_nothing (self, "user-trash-symbolic", _("Nothing Deleted"), _("Deleted jams stay here for 30 days."));
  else
    say_nothing (self, "folder-music-symbolic", _("No Jams Yet"), _("Every beat you make or remix is kept here by itself."));
  gtk_widget_set_visible (self->scrolled, any || !self->listed);
  gtk_widget_set_visible (self->nothing, !any && self->listed);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(TuttiLibrary) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) jams = tutti_store_list_jams_finish (TUTTI_STORE (source), result, &error);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  /* The window was closed meanwhile, perhaps when the list was made already and nothing could be cancelled. */
  if (self->root == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (jams == NULL)
    g_warning ("Your jams cannot be listed: %s", error->message);
  self->failed = jams == NULL;
  for (guint i = 0; jams != NULL && i < jams->len; i++)
    g_ptr_array_add (items, tutti_library_item_new (jams->pdata[i]));
  self->listed = TRUE;
  g_list_store_splice (self->jams, 0, g_list_model_get_n_items (G_LIST_MODEL (self->jams)), items->pdata, items->len);
  show_state (self);
}

void
tutti_library_refresh (TuttiLibrary *self)
{
  if (self->root == NULL)
    return;
  /* Of two answers the later question's counts. */
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  tutti_store_list_jams_async (tutti_studio_get_store (self->studio), shows_deleted (self), 0, self->cancellable, on_listed,
                               g_object_ref (self));
}

void
tutti_library_search (TuttiLibrary *self)
{
  gtk_widget_grab_focus (self->search);
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

/* ---------------------------------------------------------------- rows */

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item, TuttiLibrary *self)
{
  const TuttiStoreJam *jam = tutti_library_item_get_jam (gtk_list_item_get_item (item));

  gtk_list_item_set_child (item, tutti_library_row_new (self->studio, jam, (self->narrow ? TUTTI_LIBRARY_ROW_NARROW : 0) |
                                                        (jam->deleted_us != 0 ? TUTTI_LIBRARY_ROW_DELETED : 0)));
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *item, TuttiLibrary *self)
{
  gtk_list_item_set_child (item, NULL);
}

static GtkListItemFactory *
factory_new (TuttiLibrary *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  return factory;
}

static void
on_activate (GtkListView *list, guint position, TuttiLibrary *self)
{
  g_autoptr(TuttiLibraryItem) item = g_list_model_get_item (self->shown, position);

  if (item != NULL && tutti_library_item_get_jam (item)->deleted_us == 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-jam", "s", tutti_library_item_get_jam (item)->id);
}

void
tutti_library_set_narrow (TuttiLibrary *self, gboolean narrow)
{
  g_autoptr(GtkListItemFactory) factory = NULL;

  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  factory = factory_new (self);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list), factory);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->tools), narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

/* ---------------------------------------------------------------- searching, sorting */

static gboolean
matches (gpointer item, gpointer user_data)
{
  return tutti_library_item_matches (item, ((TuttiLibrary *) user_data)->wanted);
}

static int
compare (gconstpointer one, gconstpointer other, gpointer user_data)
{
  TuttiLibrary *self = user_data;

  return tutti_library_item_compare ((TuttiLibraryItem *) one, (TuttiLibraryItem *) other,
                                     gtk_drop_down_get_selected (GTK_DROP_DOWN (self->order)));
}

/* The list would stay with the row that was at its top, wherever that went. */
static void
show_top (TuttiLibrary *self)
{
  if (g_list_model_get_n_items (self->shown) > 0)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", 0u);
}

static void
on_search (GtkSearchEntry *entry, TuttiLibrary *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  g_free (self->wanted);
  self->wanted = *text != '\0' ? tutti_library_fold (text) : NULL;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  show_state (self);
  show_top (self);
}

static void
on_order (TuttiLibrary *self)
{
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  show_top (self);
}

/* ---------------------------------------------------------------- building */

static GtkWidget *
build_tools (TuttiLibrary *self)
{
  const char * const orders[] = { _("Last Opened"), _("Name"), _("Created"), NULL };
  GtkWidget *more = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _("Search Your Jams"), NULL);
  gtk_widget_set_hexpand (self->search, TRUE);
  g_signal_connect (self->search, "search-changed", G_CALLBACK (on_search), self);
  self->order = gtk_drop_down_new_from_strings (orders);
  gtk_widget_set_hexpand (self->order, TRUE);
  gtk_widget_set_tooltip_text (self->order, _("Sort By"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->order), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Sort By"), -1);
  g_signal_connect_swapped (self->order, "notify::selected", G_CALLBACK (on_order), self);
  self->deleted = gtk_toggle_button_new_with_label (_("Deleted"));
  gtk_widget_set_tooltip_text (self->deleted, _("Show what was deleted in the last 30 days"));
  g_signal_connect_swapped (self->deleted, "toggled", G_CALLBACK (tutti_library_refresh), self);
  gtk_box_append (GTK_BOX (more), self->order);
  gtk_box_append (GTK_BOX (more), self->deleted);
  gtk_box_append (GTK_BOX (self->tools), self->search);
  gtk_box_append (GTK_BOX (self->tools), more);
  gtk_widget_add_css_class (self->tools, "library-tools");
  return self->tools;
}

static void
build_model (TuttiLibrary *self)
{
  GtkFilterListModel *filtered;

  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare, self, NULL));
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->jams)), self->filter);
  self->shown = G_LIST_MODEL (gtk_sort_list_model_new (G_LIST_MODEL (filtered), self->sorter));
}

static GtkWidget *
build_list (TuttiLibrary *self)
{
  GtkWidget *clamp = adw_clamp_scrollable_new ();

  self->scrolled = gtk_scrolled_window_new ();
  build_model (self);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (self->shown))), factory_new (self));
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (self->list), TRUE);
  gtk_widget_add_css_class (self->list, "library");
  g_signal_connect (self->list, "activate", G_CALLBACK (on_activate), self);
  adw_clamp_scrollable_set_maximum_size (ADW_CLAMP_SCROLLABLE (clamp), WIDTH);
  adw_clamp_scrollable_set_tightening_threshold (ADW_CLAMP_SCROLLABLE (clamp), WIDTH);
  adw_clamp_scrollable_set_child (ADW_CLAMP_SCROLLABLE (clamp), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), clamp);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  return self->scrolled;
}

static void
tutti_library_dispose (GObject *object)
{
  TuttiLibrary *self = TUTTI_LIBRARY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->shown);
  g_clear_object (&self->jams);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_object (&self->studio);
  G_OBJECT_CLASS (tutti_library_parent_class)->dispose (object);
}

static void
tutti_library_class_init (TuttiLibraryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_library_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tutti_library_init (TuttiLibrary *self)
{
  self->cancellable = g_cancellable_new ();
  self->jams = g_list_store_new (TUTTI_TYPE_LIBRARY_ITEM);
}

GtkWidget *
tutti_library_new (TuttiStudio *studio)
{
  TuttiLibrary *self = g_object_new (TUTTI_TYPE_LIBRARY, NULL);
  GtkWidget *clamp = adw_clamp_new ();

  self->studio = g_object_ref (studio);
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->nothing = adw_status_page_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), build_tools (self));
  gtk_widget_set_vexpand (self->nothing, TRUE);
  gtk_widget_set_visible (self->nothing, FALSE);
  gtk_box_append (GTK_BOX (self->root), clamp);
  gtk_box_append (GTK_BOX (self->root), build_list (self));
  gtk_box_append (GTK_BOX (self->root), self->nothing);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
