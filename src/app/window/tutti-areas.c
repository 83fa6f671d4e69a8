/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-areas.h"

static gboolean
has_focus (GtkWidget *area)
{
  GtkWidget *focus = area != NULL && gtk_widget_get_root (area) != NULL ? gtk_root_get_focus (gtk_widget_get_root (area)) : NULL;

  return focus != NULL && (focus == area || gtk_widget_is_ancestor (focus, area));
}

GtkWidget *
tutti_areas_move (GtkWidget *const *areas, guint n, int by)
{
  guint at = by > 0 ? n - 1 : 0;

  for (guint i = 0; i < n; i++)
    if (has_focus (areas[i]))
      at = i;
  for (guint i = 1; i < n; i++)
    {
      GtkWidget *area = areas[(by > 0 ? at + i : at + n - i) % n];

      if (area != NULL && gtk_widget_get_mapped (area) && gtk_widget_child_focus (area, GTK_DIR_TAB_FORWARD))
        return area;
    }
  return NULL;
}
