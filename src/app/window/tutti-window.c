/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-window.h"

#include "tutti-ask.h"
#include "tutti-settings.h"

#include <glib/gi18n.h>

struct _TuttiWindow
{
  AdwApplicationWindow parent_instance;
  GtkWidget           *overlay, *pages, *start, *jam;
};

G_DEFINE_FINAL_TYPE (TuttiWindow, tutti_window, ADW_TYPE_APPLICATION_WINDOW)

TuttiStartPage *
tutti_window_get_start (TuttiWindow *self)
{
  return TUTTI_START_PAGE (self->start);
}

TuttiJamPage *
tutti_window_get_jam (TuttiWindow *self)
{
  return self->jam != NULL ? TUTTI_JAM_PAGE (self->jam) : NULL;
}

void
tutti_window_say (TuttiWindow *self, const char *text)
{
  tutti_say (self->pages, text);
}

static void
on_leave (TuttiJamPage *page, TuttiWindow *self)
{
  g_signal_emit_by_name (self, "left");
}

static void
close_jam (TuttiWindow *self)
{
  if (self->jam == NULL)
    return;
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->pages), self->start);
  adw_leaflet_remove (ADW_LEAFLET (self->pages), self->jam);
  self->jam = NULL;
}

void
tutti_window_set_session (TuttiWindow *self, TuttiSession *session)
{
  close_jam (self);
  if (session == NULL)
    return;
  self->jam = tutti_jam_page_new (session);
  g_signal_connect (self->jam, "leave", G_CALLBACK (on_leave), self);
  adw_leaflet_append (ADW_LEAFLET (self->pages), self->jam);
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->pages), self->jam);
}

static gboolean
tutti_window_close_request (GtkWindow *window)
{
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  tutti_settings_set_window (width, height, gtk_window_is_maximized (window));
  return GTK_WINDOW_CLASS (tutti_window_parent_class)->close_request (window);
}

static void
tutti_window_class_init (TuttiWindowClass *klass)
{
  GTK_WINDOW_CLASS (klass)->close_request = tutti_window_close_request;
  g_signal_new ("left", TUTTI_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tutti_window_init (TuttiWindow *self)
{
  int width, height;
  gboolean maximized;

  tutti_settings_get_window (&width, &height, &maximized);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 480);
  gtk_window_set_title (GTK_WINDOW (self), _("Tutti"));
  self->overlay = adw_toast_overlay_new ();
  self->pages = adw_leaflet_new ();
  self->start = tutti_start_page_new ();
  adw_leaflet_set_can_unfold (ADW_LEAFLET (self->pages), FALSE);
  adw_leaflet_append (ADW_LEAFLET (self->pages), self->start);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->overlay), self->pages);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), self->overlay);
}

static void
add_shortcuts (TuttiWindow *self)
{
  g_autoptr(GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/tuttijam/Tutti/window/tutti-shortcuts.ui");

  gtk_application_window_set_help_overlay (GTK_APPLICATION_WINDOW (self),
                                           GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
}

GtkWidget *
tutti_window_new (GtkApplication *app)
{
  TuttiWindow *self = g_object_new (TUTTI_TYPE_WINDOW, "application", app, NULL);

  add_shortcuts (self);
  return GTK_WIDGET (self);
}
