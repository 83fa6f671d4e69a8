/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of the window with demo data: tutti-shots FOLDER [NAME…]. Needs a display (see tutti-shots.sh). */
#include "tutti-app.h"
#include "tutti-pattern-page.h"
#include "tutti-session-fake.h"

#include <adwaita.h>

static void
wait_ms (guint ms)
{
  gint64 until = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
}

static void
take (GtkWidget *window, const char *folder, const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);
  GdkPaintable *paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  GdkTexture *texture;
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_texture_save_to_png (texture, path);
  g_object_unref (texture);
  gsk_render_node_unref (node);
  g_object_unref (paintable);
  g_print ("%s\n", path);
}

static void
shoot_pattern (GtkApplication *app, const char *folder, const char *name, int width, int height)
{
  g_autoptr(TuttiSession) session = tutti_session_fake_new ();
  GtkWidget *window = adw_application_window_new (app), *page;

  tutti_session_fake_fill (session);
  tutti_session_fake_set_tick (session, 16 * 960 + 2 * 960 + 240);
  page = tutti_pattern_page_new (session);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  wait_ms (400);
  tutti_step_grid_set_scene (tutti_pattern_page_get_grid (TUTTI_PATTERN_PAGE (page)), tutti_session_get_jam (session)->scenes[1].id);
  tutti_pattern_page_beat (TUTTI_PATTERN_PAGE (page), tutti_session_get_tick (session), TRUE, g_get_monotonic_time ());
  wait_ms (300);
  take (window, folder, name);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_activate (GtkApplication *app, gpointer user_data)
{
  const char *folder = user_data;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  shoot_pattern (app, folder, "pattern-dark", 1280, 620);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_LIGHT);
  shoot_pattern (app, folder, "pattern-light", 1280, 620);
}

int
main (int argc, char **argv)
{
  g_autoptr(AdwApplication) app = adw_application_new ("io.github.tuttijam.Tutti", G_APPLICATION_NON_UNIQUE);
  const char *folder = argc > 1 ? argv[1] : ".";

  tutti_app_init ();
  g_signal_connect (app, "activate", G_CALLBACK (on_activate), (gpointer) folder);
  return g_application_run (G_APPLICATION (app), 1, argv);
}
