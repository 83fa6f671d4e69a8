/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-focus-ring.h"

static void
on_state (GtkWidget *widget, GtkStateFlags previous, gpointer user_data)
{
  GtkStateFlags changed = previous ^ gtk_widget_get_state_flags (widget);

  if ((changed & (GTK_STATE_FLAG_FOCUSED | GTK_STATE_FLAG_FOCUS_VISIBLE)) != 0)
    gtk_widget_queue_draw (widget);
}

void
tutti_focus_ring_watch (GtkWidget *widget)
{
  g_signal_connect (widget, "state-flags-changed", G_CALLBACK (on_state), NULL);
}
