/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-in-view.h"

#define NEAR 48                /* px: margins around what is scrolled, and a little of what comes next */

static gboolean
overlaps (GtkAdjustment *adjustment, int from, int size)
{
  double value = gtk_adjustment_get_value (adjustment);

  return from + size + NEAR >= value && from - NEAR <= value + gtk_adjustment_get_page_size (adjustment);
}

gboolean
tutti_in_view (GtkWidget *widget, GtkScrolledWindow *scroller)
{
  GtkAllocation place;

  if (scroller == NULL)
    return TRUE;
  gtk_widget_get_allocation (widget, &place);
  return overlaps (gtk_scrolled_window_get_hadjustment (scroller), place.x, place.width) &&
         overlaps (gtk_scrolled_window_get_vadjustment (scroller), place.y, place.height);
}
