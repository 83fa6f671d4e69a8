/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Shapes that several drawn widgets share, each a few render nodes and never a cairo surface. Lengths in pixels. */

typedef struct { float x, y, width, height; } TuttiBox;

/* A filled box with corners of @radius. */
void tutti_draw_box (GtkSnapshot *snapshot, TuttiBox box, float radius, const GdkRGBA *colour);

/* An outline of @width whose outer edge lies @outside around @box. */
void tutti_draw_ring (GtkSnapshot *snapshot, TuttiBox box, float radius, float outside, float width, const GdkRGBA *colour);

/* A filled disc. */
void tutti_draw_disc (GtkSnapshot *snapshot, float x, float y, float radius, const GdkRGBA *colour);

/* A bar of @length from (@x, @y) in direction @degrees (0 right, 90 down), @width thick with round ends. */
void tutti_draw_bar (GtkSnapshot *snapshot, float x, float y, float degrees, float length, float width, const GdkRGBA *colour);

/* A triangle that points right, centred on (@x, @y). */
void tutti_draw_play (GtkSnapshot *snapshot, float x, float y, float size, const GdkRGBA *colour);

/* The playhead's flag: 16 wide from @top, its point at (@x, @point). */
void tutti_draw_flag (GtkSnapshot *snapshot, float x, float top, float point, const GdkRGBA *colour);

/* @text in the font of @widget, bold at @points; its top left at (@x, @y) shifted by @align (0 start, 0.5 centre, 1 end)
 * of its width. Returns the width. */
float tutti_draw_text (GtkSnapshot *snapshot, GtkWidget *widget, const char *text, float points, PangoWeight weight,
                       float x, float y, float align, const GdkRGBA *colour);

/* The same from @x on, cut with an ellipsis where it needs more than @room. */
void  tutti_draw_text_within (GtkSnapshot *snapshot, GtkWidget *widget, const char *text, float points, PangoWeight weight,
                              float x, float y, float room, const GdkRGBA *colour);

/* Size that tutti_draw_text() will take. */
void  tutti_measure_text (GtkWidget *widget, const char *text, float points, PangoWeight weight, int *width, int *height);

/* An arc of @width from @from to @to degrees (0 up, clockwise) around (@x, @y). */
void  tutti_draw_arc (GtkSnapshot *snapshot, float x, float y, float radius, float from, float to, float width, const GdkRGBA *colour);
