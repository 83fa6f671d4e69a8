/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-empty-art.h"

#include "tutti-draw.h"
#include "tutti-palette.h"

#define WIDTH 150
#define HEIGHT 100

struct _TuttiEmptyArt
{
  GtkWidget           parent_instance;
  TuttiDiscoveryState state;
};

G_DEFINE_FINAL_TYPE (TuttiEmptyArt, tutti_empty_art, GTK_TYPE_WIDGET)

static void
draw_pads (GtkSnapshot *snapshot, const TuttiPalette *palette)
{
  for (int row = 0; row < 3; row++)
    for (int column = 0; column < 5; column++)
      if (column != 2)
        tutti_draw_box (snapshot, (TuttiBox) { (float) column * 31, (float) row * 37, 25, 25 }, 7, &palette->off_beat);
  tutti_draw_box (snapshot, (TuttiBox) { 62, 0, 25, 99 }, 6, &palette->accent);
}

static void
draw_sign (GtkSnapshot *snapshot, const TuttiPalette *palette, float x, float y)
{
  GdkRGBA white = { 1, 1, 1, 1 };

  /* A triangle that points up, from thick bars: round corners without a path. */
  for (int i = 0; i < 12; i++)
    tutti_draw_bar (snapshot, x - (float) i * 1.35f, y - 13 + (float) i * 2.4f, 0, (float) i * 2.7f + 0.1f, 6, &palette->warn);
  tutti_draw_bar (snapshot, x, y - 6, 90, 10, 4, &white);
  tutti_draw_disc (snapshot, x, y + 11, 2.3f, &white);
}

static void
draw_waves (GtkSnapshot *snapshot, const TuttiPalette *palette, gboolean sign)
{
  GdkRGBA grey = tutti_rgba_mix (&palette->window, &palette->fg, 0.62f);

  tutti_draw_arc (snapshot, 75, 73, 61, -46, 46, 11, &grey);
  tutti_draw_arc (snapshot, 75, 73, 36, -46, 46, 11, &grey);
  tutti_draw_disc (snapshot, 75, 74, 12, &grey);
  if (sign)
    {
      /* Cut out of the waves, so that the sign stands free. */
      tutti_draw_disc (snapshot, 115, 74, 26, &palette->window);
      draw_sign (snapshot, palette, 115, 75);
    }
  else
    {
      tutti_draw_bar (snapshot, 24, 92, -52, 122, 18, &palette->window);
      tutti_draw_bar (snapshot, 28, 92, -52, 116, 9, &grey);
    }
}

static void
tutti_empty_art_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiEmptyArt *self = TUTTI_EMPTY_ART (widget);
  const TuttiPalette *palette = tutti_palette_get (widget);

  if (self->state <= TUTTI_DISCOVERY_RUNNING)
    draw_pads (snapshot, palette);
  else
    draw_waves (snapshot, palette, self->state == TUTTI_DISCOVERY_NO_AVAHI);
}

static void
tutti_empty_art_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
tutti_empty_art_class_init (TuttiEmptyArtClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = tutti_empty_art_measure;
  widget_class->snapshot = tutti_empty_art_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
tutti_empty_art_init (TuttiEmptyArt *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
tutti_empty_art_new (void)
{
  return g_object_new (TUTTI_TYPE_EMPTY_ART, NULL);
}

void
tutti_empty_art_set (TuttiEmptyArt *self, TuttiDiscoveryState state)
{
  self->state = state;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
