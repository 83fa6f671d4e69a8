/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-people-dots.h"

#include "tutti-draw.h"
#include "tutti-palette.h"

#define PITCH 9
#define DIAMETER 7

struct _TuttiPeopleDots
{
  GtkWidget parent_instance;
  guint     taken, seats;
  int       colour;            /* TuttiColour */
};

G_DEFINE_FINAL_TYPE (TuttiPeopleDots, tutti_people_dots, GTK_TYPE_WIDGET)

static void
tutti_people_dots_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                           int *minimum_baseline, int *natural_baseline)
{
  TuttiPeopleDots *self = TUTTI_PEOPLE_DOTS (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = self->seats > TUTTI_PEOPLE_DOTS_MAX ? 0 : (int) self->seats * PITCH;
  else
    *minimum = *natural = DIAMETER;
}

static void
tutti_people_dots_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiPeopleDots *self = TUTTI_PEOPLE_DOTS (widget);
  const TuttiPalette *palette = tutti_palette_get (widget);
  GdkRGBA free_seat = tutti_rgba_fade (&palette->fg, 0.22f);
  float y = (float) gtk_widget_get_height (widget) / 2;

  for (guint i = 0; i < self->seats && self->seats <= TUTTI_PEOPLE_DOTS_MAX; i++)
    tutti_draw_disc (snapshot, (float) i * PITCH + PITCH / 2.0f, y, DIAMETER / 2.0f,
                     i < self->taken ? &palette->track[self->colour] : &free_seat);
}

static void
tutti_people_dots_class_init (TuttiPeopleDotsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = tutti_people_dots_measure;
  widget_class->snapshot = tutti_people_dots_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
tutti_people_dots_init (TuttiPeopleDots *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
tutti_people_dots_new (void)
{
  return g_object_new (TUTTI_TYPE_PEOPLE_DOTS, NULL);
}

void
tutti_people_dots_set (TuttiPeopleDots *self, guint taken, guint seats, int colour)
{
  g_return_if_fail (colour >= 0 && colour < TUTTI_N_COLOURS);
  self->taken = taken;
  self->seats = seats;
  self->colour = colour;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
