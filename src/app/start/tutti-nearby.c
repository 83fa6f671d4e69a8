/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-nearby.h"

#include "tutti-empty.h"
#include "tutti-names.h"
#include "tutti-nearby-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _TuttiNearby
{
  GtkWidget     parent_instance;
  TuttiBrowser *browser;       /* owned, nullable */
  GtkWidget    *box, *heading, *spinner, *list, *none;
  char         *filter;        /* folded case, nullable */
  char         *joining;       /* jam id, nullable */
  gboolean      narrow;
};

enum { PROP_EMPTY = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];
G_DEFINE_FINAL_TYPE (TuttiNearby, tutti_nearby, GTK_TYPE_WIDGET)

gboolean
tutti_nearby_get_empty (TuttiNearby *self)
{
  /* Not its own list of rows: one that is just leaving is still in it. */
  return gtk_widget_get_first_child (self->list) == NULL;
}

TuttiDiscoveryState
tutti_nearby_get_state (TuttiNearby *self)
{
  return self->browser != NULL ? tutti_browser_get_state (self->browser) : TUTTI_DISCOVERY_NO_AVAHI;
}

TuttiNearbyJam *
tutti_nearby_find (TuttiNearby *self, const char *id)
{
  return self->browser != NULL ? tutti_browser_find (self->browser, id) : NULL;
}

void
tutti_nearby_doubt (TuttiNearby *self, const char *id)
{
  if (self->browser != NULL)
    tutti_browser_doubt (self->browser, id);
}

/* A jam may also be called so: names of new jams are made of the same words. */
TuttiNearbyJam *
tutti_nearby_find_code (TuttiNearby *self, const char *code)
{
  guint n = self->browser != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->browser)) : 0;
  TuttiNearbyJam *found = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TuttiNearbyJam) jam = g_list_model_get_item (G_LIST_MODEL (self->browser), i);
      g_autofree char *own = tutti_names_code (tutti_nearby_jam_get_ad (jam)->id);

      if (g_str_equal (own, code))
        return jam;
      if (g_str_equal (tutti_nearby_jam_get_name (jam), code))
        found = jam;
    }
  return found;
}

static TuttiNearbyRow *
row_at (TuttiNearby *self, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), index);

  return row != NULL ? TUTTI_NEARBY_ROW (row) : NULL;
}

static gboolean
present (TuttiNearby *self, TuttiNearbyRow *row)
{
  return tutti_nearby_find (self, tutti_nearby_row_get_id (row)) != NULL ||
         g_strcmp0 (self->joining, tutti_nearby_row_get_id (row)) == 0;
}

static void
show (TuttiNearby *self)
{
  gboolean empty = tutti_nearby_get_empty (self), suggested = FALSE;
  TuttiDiscoveryState state = tutti_nearby_get_state (self);

  for (int i = 0; row_at (self, i) != NULL; i++)
    {
      gboolean first = !suggested && gtk_widget_get_sensitive (GTK_WIDGET (row_at (self, i)));

      tutti_nearby_row_set_suggested (row_at (self, i), first);
      suggested |= first;
    }
  gtk_widget_set_visible (self->list, !empty);
  gtk_widget_set_visible (self->none, empty);
  tutti_empty_show (TUTTI_EMPTY (self->none), state);
  gtk_widget_set_visible (self->spinner, state <= TUTTI_DISCOVERY_RUNNING);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), state <= TUTTI_DISCOVERY_RUNNING);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
}

static void
drop_gone (TuttiNearby *self)
{
  int n = 0;

  while (row_at (self, n) != NULL)
    n++;
  /* From the end: without animations a row is out at once. */
  while (--n >= 0)
    if (!present (self, row_at (self, n)) && gtk_widget_get_sensitive (GTK_WIDGET (row_at (self, n))))
      tutti_nearby_row_leave (row_at (self, n));
}

static gboolean
has_row (TuttiNearby *self, const char *id)
{
  for (int i = 0; row_at (self, i) != NULL; i++)
    if (gtk_widget_get_sensitive (GTK_WIDGET (row_at (self, i))) && g_str_equal (tutti_nearby_row_get_id (row_at (self, i)), id))
      return TRUE;
  return FALSE;
}

static void
on_items_changed (TuttiNearby *self)
{
  GListModel *jams = G_LIST_MODEL (self->browser);

  drop_gone (self);
  for (guint i = 0; i < g_list_model_get_n_items (jams); i++)
    {
      g_autoptr(TuttiNearbyJam) jam = g_list_model_get_item (jams, i);
      GtkWidget *row;

      if (has_row (self, tutti_nearby_jam_get_ad (jam)->id))
        continue;
      row = tutti_nearby_row_new (jam);
      tutti_nearby_row_set_narrow (TUTTI_NEARBY_ROW (row), self->narrow);
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
    }
  show (self);
}

/* Rows take themselves out when they have faded; only the list's children tell. */
static void
on_children_changed (TuttiNearby *self)
{
  if (self->box != NULL)
    show (self);
}

static gboolean
matches (GtkListBoxRow *row, gpointer user_data)
{
  TuttiNearby *self = user_data;
  g_autofree char *name = g_utf8_casefold (tutti_nearby_row_get_name (TUTTI_NEARBY_ROW (row)), -1);

  return self->filter == NULL || strstr (name, self->filter) != NULL;
}

void
tutti_nearby_set_filter (TuttiNearby *self, const char *text)
{
  g_free (self->filter);
  self->filter = *text != '\0' ? g_utf8_casefold (text, -1) : NULL;
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
}

void
tutti_nearby_set_joining (TuttiNearby *self, const char *id)
{
  g_free (self->joining);
  self->joining = g_strdup (id);
  for (int i = 0; row_at (self, i) != NULL; i++)
    tutti_nearby_row_set_joining (row_at (self, i), g_strcmp0 (id, tutti_nearby_row_get_id (row_at (self, i))) == 0);
  drop_gone (self);
}

void
tutti_nearby_set_alone (TuttiNearby *self, gboolean alone)
{
  gtk_widget_set_visible (self->heading, !alone);
  tutti_empty_set_full (TUTTI_EMPTY (self->none), alone);
}

void
tutti_nearby_set_narrow (TuttiNearby *self, gboolean narrow)
{
  self->narrow = narrow;
  for (int i = 0; row_at (self, i) != NULL; i++)
    tutti_nearby_row_set_narrow (row_at (self, i), narrow);
}

static GtkWidget *
build_heading (TuttiNearby *self)
{
  GtkWidget *line = self->heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *title = gtk_label_new (_("Nearby Jams"));
  GtkWidget *button = gtk_button_new (), *content = adw_button_content_new ();

  self->spinner = gtk_spinner_new ();
  gtk_widget_add_css_class (title, "heading");
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "tutti-add-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _("Enter Address"));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "section-button");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.join-address");
  gtk_widget_set_tooltip_text (button, _("Join by Address or Link (Ctrl+L)"));
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), self->spinner);
  gtk_box_append (GTK_BOX (line), button);
  return line;
}

static void
tutti_nearby_dispose (GObject *object)
{
  TuttiNearby *self = TUTTI_NEARBY (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->browser);
  g_clear_pointer (&self->filter, g_free);
  g_clear_pointer (&self->joining, g_free);
  G_OBJECT_CLASS (tutti_nearby_parent_class)->dispose (object);
}

static void
tutti_nearby_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, tutti_nearby_get_empty (TUTTI_NEARBY (object)));
}

static void
tutti_nearby_class_init (TuttiNearbyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tutti_nearby_dispose;
  object_class->get_property = tutti_nearby_get_property;
  properties[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tutti_nearby_init (TuttiNearby *self)
{
  g_autoptr(GListModel) children = NULL;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->list = gtk_list_box_new ();
  self->none = tutti_empty_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), matches, self, NULL);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Nearby Jams"), -1);
  gtk_box_append (GTK_BOX (self->box), build_heading (self));
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_box_append (GTK_BOX (self->box), self->none);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  children = gtk_widget_observe_children (self->list);
  g_signal_connect_object (children, "items-changed", G_CALLBACK (on_children_changed), self, G_CONNECT_SWAPPED);
  /* The list owns what observes it only weakly; without a keeper the signal would fall silent. */
  g_object_set_data_full (G_OBJECT (self->list), "tutti-children", g_steal_pointer (&children), g_object_unref);
}

GtkWidget *
tutti_nearby_new (TuttiDiscovery *discovery)
{
  TuttiNearby *self = g_object_new (TUTTI_TYPE_NEARBY, NULL);

  if (discovery == NULL)
    {
      show (self);
      return GTK_WIDGET (self);
    }
  self->browser = tutti_discovery_browse (discovery);
  g_signal_connect_object (self->browser, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->browser, "notify::state", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  on_items_changed (self);
  return GTK_WIDGET (self);
}
