/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page-test.h"

#include "tutti-app.h"
#include "tutti-jam-page.h"
#include "tutti-pattern-page.h"
#include "tutti-session-fake.h"

#include <adwaita.h>

void
page_test_wait_for (PageTest *self, PageTestCondition condition, const char *what)
{
  gint64 until = g_get_monotonic_time () + PAGE_TEST_DEADLINE_US;

  while (!condition (self))
    {
      if (g_get_monotonic_time () > until)
        g_error ("never: %s", what);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

gboolean
page_test_is_laid_out (PageTest *self)
{
  return gtk_widget_get_mapped (self->page) && gtk_widget_get_width (GTK_WIDGET (self->grid)) > 0 &&
         tutti_step_grid_get_n_rows (self->grid) > 0;
}

void
page_test_open (PageTest *self, int width, int height)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  self->session = tutti_session_fake_new ();
  tutti_session_fake_fill (self->session);
  tutti_session_fake_add_member (self->session, 1, "Sam", TUTTI_PERSON_MINT, TRUE);
  tutti_session_fake_set_tick (self->session, 16 * 960);
  self->window = adw_window_new ();
  self->page = tutti_jam_page_new (self->session);
  self->grid = tutti_pattern_page_get_grid (tutti_jam_page_get_pattern (TUTTI_JAM_PAGE (self->page)));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), self->page);
  gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  adw_window_set_content (ADW_WINDOW (self->window), overlay);
  gtk_window_present (GTK_WINDOW (self->window));
  page_test_wait_for (self, page_test_is_laid_out, "a page on the screen");
}

static gboolean
is_open_popover (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget);
}

void
page_test_close (PageTest *self)
{
  GtkWidget *open;

  /* A menu whose window goes beneath it asks a surface that is gone where the pointer is. */
  while ((open = page_test_find (self->window, is_open_popover, NULL)) != NULL)
    gtk_popover_popdown (GTK_POPOVER (open));
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->session);
}

void
page_test_beat (PageTest *self)
{
  tutti_jam_page_beat (TUTTI_JAM_PAGE (self->page), g_get_monotonic_time ());
}

GtkWidget *
page_test_find (GtkWidget *widget, PageTestMatch match, gconstpointer data)
{
  GtkWidget *found = match (widget, data) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = page_test_find (child, match, data);
  return found;
}

gboolean
page_test_is_label (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);
}

gboolean
page_test_is_of_class (GtkWidget *widget, gconstpointer css_class)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_has_css_class (widget, css_class);
}

void
page_test_init (int *argc, char ***argv)
{
  AdwApplication *app;

  g_test_init (argc, argv, NULL);
  tutti_app_init ();
  /* It is the application that brings the style sheet along. */
  app = adw_application_new ("io.github.tuttijam.Tutti", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (app), NULL, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-decoration-layout",
                "menu:minimize,maximize,close", NULL);
}
