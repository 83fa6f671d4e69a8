/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-passing-menu.h"

static gboolean
leave (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* The page may go before the idle comes. */
static void
on_closed (GtkPopover *popover, gpointer user_data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, leave, g_object_ref (popover), g_object_unref);
}

void
tutti_passing_menu_lay_out (GtkWidget *parent)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
}

void
tutti_passing_menu (GtkWidget *popover)
{
  g_signal_connect (popover, "closed", G_CALLBACK (on_closed), NULL);
}

static gboolean
give_back (gpointer data)
{
  GtkRoot *root = gtk_widget_get_root (data);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (root != NULL && (focus == NULL || !gtk_widget_get_mapped (focus)))
    gtk_widget_grab_focus (data);
  return G_SOURCE_REMOVE;
}

/* Once whoever was chosen has put the focus where it belongs. */
static void
on_active (GtkToggleButton *button, GParamSpec *spec, gpointer user_data)
{
  if (!gtk_toggle_button_get_active (button))
    g_idle_add_full (G_PRIORITY_LOW, give_back, g_object_ref (button), g_object_unref);
}

void
tutti_passing_menu_give_back (GtkWidget *button)
{
  GtkWidget *inside = gtk_widget_get_first_child (button);

  /* Of the menu button itself GTK 4.8 tells nothing. */
  if (GTK_IS_TOGGLE_BUTTON (inside))
    g_signal_connect (inside, "notify::active", G_CALLBACK (on_active), NULL);
}

static gboolean
take_back (gpointer widget)
{
  if (gtk_widget_get_root (widget) != NULL)
    gtk_widget_grab_focus (widget);
  return G_SOURCE_REMOVE;
}

/* After the popover has left its parent, which lets go of the keyboard once more. */
static void
on_returning (GtkPopover *popover, GtkWidget *widget)
{
  g_idle_add_full (G_PRIORITY_LOW, take_back, g_object_ref (widget), g_object_unref);
}

void
tutti_passing_menu_return_to (GtkWidget *popover, GtkWidget *widget)
{
  g_signal_connect_object (popover, "closed", G_CALLBACK (on_returning), widget, 0);
}

void
tutti_passing_menu_point_to (GtkWidget *popover, GtkWidget *button)
{
  GtkWidget *beside = gtk_widget_get_parent (button);
  graphene_rect_t box = GRAPHENE_RECT_INIT (0, 0, 1, 1);

  gtk_widget_set_parent (popover, beside);
  if (gtk_widget_compute_bounds (button, beside, &box))
    gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle) { (int) box.origin.x, (int) box.origin.y, (int) box.size.width,
                                                                          (int) box.size.height });
  tutti_passing_menu_return_to (popover, button);
}
