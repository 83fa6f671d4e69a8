/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-name.h"

void
tutti_name_control (GtkWidget *control, const char *words)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (control), words) == 0)
    return;
  gtk_widget_set_tooltip_text (control, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}
