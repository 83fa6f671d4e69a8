/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-tile.h"

#include "tutti-draw.h"
#include "tutti-palette.h"

#define SIZE 44
#define ROWS 3

struct _TuttiJamTile
{
  GtkWidget parent_instance;
  int       colours[ROWS];     /* TuttiColour, from the top */
};

G_DEFINE_FINAL_TYPE (TuttiJamTile, tutti_jam_tile, GTK_TYPE_WIDGET)

int
tutti_jam_tile_colour (const char *id)
{
  return (int) (g_str_hash (id) % TUTTI_N_COLOURS);
}

static void
tutti_jam_tile_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
tutti_jam_tile_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiJamTile *self = TUTTI_JAM_TILE (widget);
  const TuttiPalette *palette = tutti_palette_get (widget);
  float x = (float) gtk_widget_get_width (widget) / 2 - 13, y = (float) gtk_widget_get_height (widget) / 2 - 13;

  for (int row = 0; row < ROWS; row++)
    {
      const GdkRGBA *colour = &palette->track[self->colours[row]];
      GdkRGBA faint = tutti_rgba_fade (colour, 0.55f);

      tutti_draw_box (snapshot, (TuttiBox) { x, y + (float) row * 9.5f, 7, 7 }, 2, colour);
      tutti_draw_box (snapshot, (TuttiBox) { x + 19, y + (float) row * 9.5f, 7, 7 }, 2, &faint);
    }
  tutti_draw_box (snapshot, (TuttiBox) { x + 9.5f, y, 7, 26 }, 2, &palette->playhead);
}

static void
tutti_jam_tile_class_init (TuttiJamTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = tutti_jam_tile_measure;
  widget_class->snapshot = tutti_jam_tile_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
tutti_jam_tile_init (TuttiJamTile *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "tile");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
tutti_jam_tile_new (const char *id)
{
  TuttiJamTile *self = g_object_new (TUTTI_TYPE_JAM_TILE, NULL);

  for (int row = 0; row < ROWS; row++)
    self->colours[row] = (tutti_jam_tile_colour (id) + row * 4) % TUTTI_N_COLOURS;
  return GTK_WIDGET (self);
}
