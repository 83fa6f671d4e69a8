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
