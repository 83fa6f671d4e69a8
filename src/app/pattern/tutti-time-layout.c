/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-time-layout.h"

#include <math.h>

struct _TuttiTimeLayout
{
  GtkLayoutManager parent_instance;
  TuttiGridTime    time;
  int              first;
  int              ticks_per_step;
};

G_DEFINE_FINAL_TYPE (TuttiTimeLayout, tutti_time_layout, GTK_TYPE_LAYOUT_MANAGER)

int
tutti_time_layout_cell_height (int height)
{
  return height - (height + 6) / 8;
}

void
tutti_time_layout_place (TuttiTimeLayout *self, int i, int height, graphene_rect_t *place)
{
  gint64 tick = (gint64) (self->first + i) * self->ticks_per_step;
  double x = tutti_grid_time_x (&self->time, tick);
  double right = x + tutti_grid_time_width (&self->time, tick, self->ticks_per_step);
  int cell = tutti_time_layout_cell_height (height);

  /* Whole pixels, so that edges are sharp; neighbours share the rounding, so gaps differ by at most one. */
  graphene_rect_init (place, (float) round (x), (height - cell) / 2, (float) MAX (round (right) - round (x), 1), cell);
}

static void
tutti_time_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 4 * (int) TUTTI_GRID_CELL_MIN : 36;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 980 : 48;
}

static void
tutti_time_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  TuttiTimeLayout *self = TUTTI_TIME_LAYOUT (manager);
  graphene_rect_t place;
  int i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child), i++)
    {
      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      tutti_time_layout_place (self, i, height, &place);
      gtk_widget_size_allocate (child, &(GtkAllocation) { (int) place.origin.x, (int) place.origin.y,
                                                          (int) place.size.width, (int) place.size.height }, -1);
    }
}

static void
tutti_time_layout_class_init (TuttiTimeLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->measure = tutti_time_layout_measure;
  layout_class->allocate = tutti_time_layout_allocate;
}

static void
tutti_time_layout_init (TuttiTimeLayout *self)
{
  self->ticks_per_step = TUTTI_GRID_COLUMN_TICKS;
  self->time = tutti_grid_time_fit (980, 960, FALSE);
}

void
tutti_time_layout_set (TuttiTimeLayout *self, const TuttiGridTime *time, int first, int ticks_per_step)
{
  if (tutti_grid_time_equal (&self->time, time) && self->first == first && self->ticks_per_step == ticks_per_step)
    return;
  self->time = *time;
  self->first = first;
  self->ticks_per_step = ticks_per_step;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}
