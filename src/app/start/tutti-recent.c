/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-recent.h"

#include "tutti-jam-card.h"
#include "tutti-jam-words.h"
#include "tutti-library-item.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define SHOWN_FIRST 3
#define SHOWN_FOUND 12
#define COLUMNS 3

struct _TuttiRecent
{
  GtkWidget    parent_instance;
  TuttiStudio *studio;         /* owned */
  GtkWidget   *box, *all, *all_label, *cards, *list;
  GCancellable *cancellable;
  GPtrArray   *jams;           /* owned, nullable: of TuttiStoreJam */
  char        *filter;         /* as tutti_library_fold() has it, nullable */
  gboolean     narrow;
};

enum { PROP_EMPTY = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];
G_DEFINE_FINAL_TYPE (TuttiRecent, tutti_recent, GTK_TYPE_WIDGET)

gboolean
tutti_recent_get_empty (TuttiRecent *self)
{
  return self->jams == NULL || self->jams->len == 0;
}

/* ---------------------------------------------------------------- showing */

static gboolean
matches (TuttiRecent *self, const TuttiStoreJam *jam)
{
  g_autoptr(TuttiLibraryItem) item = tutti_library_item_new (jam);

  return tutti_library_item_matches (item, self->filter);
}

static void
fill (TuttiRecent *self)
{
  guint limit = self->filter != NULL ? SHOWN_FOUND : SHOWN_FIRST, shown = 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->cards)) != NULL)
    gtk_grid_remove (GTK_GRID (self->cards), child);
  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint i = 0; self->jams != NULL && i < self->jams->len && shown < limit; i++)
    {
      const TuttiStoreJam *jam = self->jams->pdata[i];

      if (!matches (self, jam))
        continue;
      if (self->narrow)
        gtk_list_box_append (GTK_LIST_BOX (self->list), tutti_jam_row_new (jam));
      else
        {
          g_autofree char *origin = tutti_jam_words_origin (jam);
          g_autofree char *with = origin != NULL ? g_steal_pointer (&origin) : tutti_jam_words_people (self->studio, jam);

          gtk_grid_attach (GTK_GRID (self->cards), tutti_jam_card_new (jam, with), (int) (shown % COLUMNS),
                           (int) (shown / COLUMNS), 1, 1);
        }
      shown++;
    }
  /* Empty places keep the columns as wide as with three cards. */
  for (guint column = shown; !self->narrow && column < COLUMNS; column++)
    gtk_grid_attach (GTK_GRID (self->cards), gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), (int) column, 0, 1, 1);
}

static void
show (TuttiRecent *self)
{
  guint n = self->jams != NULL ? self->jams->len : 0;
  g_autofree char *all = g_strdup_printf (_("All %u"), n);

  fill (self);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  gtk_widget_set_visible (self->cards, !self->narrow);
  gtk_widget_set_visible (self->list, self->narrow);
  gtk_widget_set_visible (self->all, n > 0);
  adw_button_content_set_label (ADW_BUTTON_CONTENT (self->all_label), all);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(TuttiRecent) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) jams = tutti_store_list_jams_finish (TUTTI_STORE (source), result, &error);

  /* The window was closed meanwhile, perhaps when the list was made already and nothing could be cancelled. */
  if (self->box == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (jams == NULL)
    {
      g_warning ("Your jams cannot be listed: %s", error->message);
      return;
    }
  g_clear_pointer (&self->jams, g_ptr_array_unref);
  self->jams = g_steal_pointer (&jams);
  show (self);
}

void
tutti_recent_refresh (TuttiRecent *self)
{
  /* A jam that ends because the window closes is told to a list that is gone. */
  if (self->box == NULL)
    return;
  tutti_store_list_jams_async (tutti_studio_get_store (self->studio), FALSE, 0, self->cancellable, on_listed, g_object_ref (self));
}

void
tutti_recent_set_narrow (TuttiRecent *self, gboolean narrow)
{
  self->narrow = narrow;
  show (self);
}

void
tutti_recent_set_filter (TuttiRecent *self, const char *text)
{
  g_free (self->filter);
  self->filter = *text != '\0' ? tutti_library_fold (text) : NULL;
  fill (self);
}

static GtkWidget *
build_heading (TuttiRecent *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *title = gtk_label_new (_("Your Jams"));

  self->all = gtk_button_new ();
  self->all_label = adw_button_content_new ();
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (self->all_label), "folder-symbolic");
  gtk_button_set_child (GTK_BUTTON (self->all), self->all_label);
  gtk_widget_add_css_class (self->all, "flat");
  gtk_widget_add_css_class (self->all, "section-button");
  gtk_widget_set_hexpand (self->all, TRUE);
  gtk_widget_set_halign (self->all, GTK_ALIGN_END);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->all), "win.library");
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), self->all);
  gtk_widget_set_size_request (line, -1, 34);
  return line;
}

static void
tutti_recent_dispose (GObject *object)
{
  TuttiRecent *self = TUTTI_RECENT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->jams, g_ptr_array_unref);
  g_clear_pointer (&self->filter, g_free);
  g_clear_object (&self->studio);
  G_OBJECT_CLASS (tutti_recent_parent_class)->dispose (object);
}

static void
tutti_recent_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, tutti_recent_get_empty (TUTTI_RECENT (object)));
}

static void
tutti_recent_class_init (TuttiRecentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tutti_recent_dispose;
  object_class->get_property = tutti_recent_get_property;
  properties[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tutti_recent_init (TuttiRecent *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->cards = gtk_grid_new ();
  self->list = gtk_list_box_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->cards), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (self->cards), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->cards), 12);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_box_append (GTK_BOX (self->box), build_heading (self));
  gtk_box_append (GTK_BOX (self->box), self->cards);
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
tutti_recent_new (TuttiStudio *studio)
{
  TuttiRecent *self = g_object_new (TUTTI_TYPE_RECENT, NULL);

  self->studio = g_object_ref (studio);
  show (self);
  tutti_recent_refresh (self);
  return GTK_WIDGET (self);
}
