/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-pages.h"

#include <adwaita.h>

struct _TuttiPages
{
  GtkWidget  parent_instance;
  GtkWidget *leaflet, *start;
  GtkWidget *jam;              /* borrowed: the leaflet keeps it; nullable */
  GtkWidget *going;            /* likewise: a jam page that slides out; nullable */
};

enum { WENT_BACK, N_SIGNALS };
static guint signals[N_SIGNALS];
G_DEFINE_FINAL_TYPE (TuttiPages, tutti_pages, GTK_TYPE_WIDGET)

static void
drop_going (TuttiPages *self)
{
  GtkWidget *going = g_steal_pointer (&self->going);

  if (going != NULL)
    adw_leaflet_remove (ADW_LEAFLET (self->leaflet), going);
}

static void
on_moved (TuttiPages *self)
{
  AdwLeaflet *leaflet = ADW_LEAFLET (self->leaflet);

  if (adw_leaflet_get_child_transition_running (leaflet))
    return;
  if (self->going != NULL && adw_leaflet_get_visible_child (leaflet) != self->going)
    drop_going (self);
  if (self->jam != NULL && adw_leaflet_get_visible_child (leaflet) == self->start)
    g_signal_emit (self, signals[WENT_BACK], 0);
}

void
tutti_pages_show_jam (TuttiPages *self, GtkWidget *jam)
{
  AdwLeaflet *leaflet = ADW_LEAFLET (self->leaflet);

  drop_going (self);
  self->going = self->jam;
  self->jam = jam;
  adw_leaflet_append (leaflet, jam);
  adw_leaflet_set_visible_child (leaflet, jam);
  on_moved (self);
}

void
tutti_pages_return (TuttiPages *self)
{
  if (self->jam != NULL)
    adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->jam);
}

void
tutti_pages_show_start (TuttiPages *self)
{
  drop_going (self);
  self->going = g_steal_pointer (&self->jam);
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->start);
  on_moved (self);
}

GtkWidget *
tutti_pages_get_jam (TuttiPages *self)
{
  return self->jam;
}

static void
tutti_pages_dispose (GObject *object)
{
  TuttiPages *self = TUTTI_PAGES (object);

  self->jam = self->going = NULL;
  g_clear_pointer (&self->leaflet, gtk_widget_unparent);
  G_OBJECT_CLASS (tutti_pages_parent_class)->dispose (object);
}

static void
tutti_pages_class_init (TuttiPagesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_pages_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[WENT_BACK] = g_signal_new ("went-back", TUTTI_TYPE_PAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tutti_pages_init (TuttiPages *self)
{
  self->leaflet = adw_leaflet_new ();
  adw_leaflet_set_can_unfold (ADW_LEAFLET (self->leaflet), FALSE);
  adw_leaflet_set_can_navigate_back (ADW_LEAFLET (self->leaflet), TRUE);
  adw_leaflet_set_transition_type (ADW_LEAFLET (self->leaflet), ADW_LEAFLET_TRANSITION_TYPE_SLIDE);
  adw_leaflet_set_homogeneous (ADW_LEAFLET (self->leaflet), FALSE);
  gtk_widget_set_parent (self->leaflet, GTK_WIDGET (self));
}

GtkWidget *
tutti_pages_new (GtkWidget *start)
{
  TuttiPages *self = g_object_new (TUTTI_TYPE_PAGES, NULL);

  self->start = start;
  adw_leaflet_append (ADW_LEAFLET (self->leaflet), start);
  g_signal_connect_object (self->leaflet, "notify::child-transition-running", G_CALLBACK (on_moved), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
