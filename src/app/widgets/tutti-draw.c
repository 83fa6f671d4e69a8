/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-draw.h"

#include <math.h>

static GskRoundedRect
rounded (TuttiBox box, float radius)
{
  GskRoundedRect rect;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (box.x, box.y, box.width, box.height);

  gsk_rounded_rect_init_from_rect (&rect, &bounds, MIN (radius, MIN (box.width, box.height) / 2));
  return rect;
}

void
tutti_draw_box (GtkSnapshot *snapshot, TuttiBox box, float radius, const GdkRGBA *colour)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (box.x, box.y, box.width, box.height);

  if (box.width <= 0 || box.height <= 0)
    return;
  if (radius <= 0)
    {
      gtk_snapshot_append_color (snapshot, colour, &bounds);
      return;
    }
  GskRoundedRect rect = rounded (box, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &rect);
  gtk_snapshot_append_color (snapshot, colour, &bounds);
  gtk_snapshot_pop (snapshot);
}

void
tutti_draw_ring (GtkSnapshot *snapshot, TuttiBox box, float radius, float outside, float width, const GdkRGBA *colour)
{
  TuttiBox outer = { box.x - outside, box.y - outside, box.width + 2 * outside, box.height + 2 * outside };
  GskRoundedRect rect = rounded (outer, MAX (radius + outside, 0));

  gtk_snapshot_append_border (snapshot, &rect, (float[4]) { width, width, width, width },
                              (GdkRGBA[4]) { *colour, *colour, *colour, *colour });
}

void
tutti_draw_disc (GtkSnapshot *snapshot, float x, float y, float radius, const GdkRGBA *colour)
{
  tutti_draw_box (snapshot, (TuttiBox) { x - radius, y - radius, 2 * radius, 2 * radius }, radius, colour);
}

void
tutti_draw_bar (GtkSnapshot *snapshot, float x, float y, float degrees, float length, float width, const GdkRGBA *colour)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_rotate (snapshot, degrees);
  tutti_draw_box (snapshot, (TuttiBox) { -width / 2, -width / 2, length + width, width }, width / 2, colour);
  gtk_snapshot_restore (snapshot);
}

/* Triangles and arcs are the two shapes that GSK 4.8 has no node for. */
static cairo_t *
begin_cairo (GtkSnapshot *snapshot, TuttiBox box, const GdkRGBA *colour)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (box.x, box.y, box.width, box.height));

  gdk_cairo_set_source_rgba (cr, colour);
  return cr;
}

void
tutti_draw_flag (GtkSnapshot *snapshot, float x, float top, float point, const GdkRGBA *colour)
{
  cairo_t *cr = begin_cairo (snapshot, (TuttiBox) { x - 12, 0, 24, point + 4 }, colour);

  cairo_move_to (cr, x - 8, top);
  cairo_line_to (cr, x + 8, top);
  cairo_line_to (cr, x + 8, top + 7);
  cairo_line_to (cr, x, point);
  cairo_line_to (cr, x - 8, top + 7);
  cairo_close_path (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 2.5);
  cairo_stroke_preserve (cr);
  cairo_fill (cr);
  cairo_destroy (cr);
}

void
tutti_draw_play (GtkSnapshot *snapshot, float x, float y, float size, const GdkRGBA *colour)
{
  float h = size / 2, soft = size * 0.12f;
  cairo_t *cr = begin_cairo (snapshot, (TuttiBox) { x - size, y - size, 2 * size, 2 * size }, colour);

  cairo_move_to (cr, x - h * 0.7f, y - h + soft);
  cairo_line_to (cr, x + h * 0.8f, y);
  cairo_line_to (cr, x - h * 0.7f, y + h - soft);
  cairo_close_path (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, soft * 2);
  cairo_stroke_preserve (cr);
  cairo_fill (cr);
  cairo_destroy (cr);
}

void
tutti_draw_arc (GtkSnapshot *snapshot, float x, float y, float radius, float from, float to, float width, const GdkRGBA *colour)
{
  float reach = radius + width;
  cairo_t *cr = begin_cairo (snapshot, (TuttiBox) { x - reach, y - reach, 2 * reach, 2 * reach }, colour);

  cairo_set_line_width (cr, width);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_arc (cr, x, y, radius, (from - 90) * G_PI / 180, (to - 90) * G_PI / 180);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static PangoLayout *
text_layout (GtkWidget *widget, const char *text, float points, PangoWeight weight)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  PangoFontDescription *font =
    pango_font_description_copy (pango_context_get_font_description (gtk_widget_get_pango_context (widget)));
  double zoom = pango_font_description_get_size (font) / (11.0 * PANGO_SCALE);

  /* Sizes are given for an interface font of 11 points and follow it, so that large text stays large here. */
  if (pango_font_description_get_size_is_absolute (font))
    zoom *= 72.0 / 96.0;
  pango_font_description_set_size (font, (int) (points * zoom * PANGO_SCALE + 0.5));
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  return layout;
}

float
tutti_draw_text (GtkSnapshot *snapshot, GtkWidget *widget, const char *text, float points, PangoWeight weight,
                 float x, float y, float align, const GdkRGBA *colour)
{
  g_autoptr(PangoLayout) layout = text_layout (widget, text, points, weight);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (roundf (x - width * align), roundf (y)));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
  return width;
}

void
tutti_draw_text_within (GtkSnapshot *snapshot, GtkWidget *widget, const char *text, float points, PangoWeight weight,
                        float x, float y, float room, const GdkRGBA *colour)
{
  g_autoptr(PangoLayout) layout = text_layout (widget, text, points, weight);

  pango_layout_set_width (layout, (int) (MAX (room, 0) * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (roundf (x), roundf (y)));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

void
tutti_measure_text (GtkWidget *widget, const char *text, float points, PangoWeight weight, int *width, int *height)
{
  g_autoptr(PangoLayout) layout = text_layout (widget, text, points, weight);

  pango_layout_get_pixel_size (layout, width, height);
}
