/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The face of a step cell, layer by layer from the bottom: selection band, back, velocity block, marks, playing, rings. */
#include "tutti-cell.h"

#include "tutti-draw.h"
#include "tutti-palette.h"

typedef struct
{
  GtkSnapshot         *snapshot;
  GtkWidget           *widget;
  const TuttiPalette  *palette;
  const TuttiCellLook *look;
  TuttiBox             box;    /* its own place */
  TuttiBox             face;   /* with what its block covers of the next ones */
  float                radius;
  float                grow;
} Canvas;

static gboolean
uncertain (const TuttiStep *step)
{
  return step->chance < 100 || step->every_of > 1;
}

/* How far the block is moved, in pixels: at most 26 % of the width, at least enough for the chevron. */
static float
micro_shift (const Canvas *c)
{
  int micro = c->look->step.micro_ticks;
  float most = c->look->ticks_per_step > 0 ? c->look->ticks_per_step / 2.0f : 120.0f;
  float share = 0.16f + 0.10f * MIN (1.0f, ABS (micro) / most);

  return micro == 0 ? 0 : (micro > 0 ? share : -share) * c->box.width;
}

/* A repeating gradient with hard edges is one node on every renderer, and needs no texture to be kept. */
static void
draw_stripes (const Canvas *c, TuttiBox area, const GdkRGBA *colour)
{
  GdkRGBA gone = tutti_rgba_fade (colour, 0.25f);
  const GskColorStop stops[] = { { 0, *colour }, { 0.52f, *colour }, { 0.60f, gone }, { 0.92f, gone }, { 1, *colour } };

  gtk_snapshot_append_repeating_linear_gradient (c->snapshot,
    &GRAPHENE_RECT_INIT (area.x, area.y, area.width, area.height),
    &GRAPHENE_POINT_INIT (area.x, area.y), &GRAPHENE_POINT_INIT (area.x + 4.5f, area.y + 4.5f), stops, G_N_ELEMENTS (stops));
}

static void
draw_slice (const Canvas *c, TuttiBox slice, const GdkRGBA *colour)
{
  GdkRGBA white = { 1, 1, 1, 1 };
  GdkRGBA edge = tutti_rgba_mix (colour, &white, c->palette->edge.alpha);

  if (uncertain (&c->look->step))
    draw_stripes (c, slice, colour);
  else
    tutti_draw_box (c->snapshot, slice, 0, colour);
  tutti_draw_box (c->snapshot, (TuttiBox) { slice.x, slice.y, slice.width, 2 }, 0, &edge);
}

/* Later hits of a fading ratchet are lower. */
static float
slice_height (const Canvas *c, float height, int i)
{
  if (c->look->step.ratchet_shape != TUTTI_RATCHET_FADE_OUT || c->look->step.ratchet < 2)
    return height;
  return height * (1.0f - 0.6f * i / (c->look->step.ratchet - 1));
}

static void
draw_block (const Canvas *c, const GdkRGBA *colour)
{
  const TuttiStep *step = &c->look->step;
  float full = c->face.height * (0.34f + 0.66f * step->velocity / 127.0f) * c->grow;
  float shift = micro_shift (c);
  float left = MAX (shift, 0), width = c->face.width - ABS (shift);
  int hits = MAX (step->ratchet, 1);
  float slice = (width - (hits - 1) * 2.5f) / hits;

  for (int i = 0; i < hits; i++)
    {
      float height = slice_height (c, full, i);
      draw_slice (c, (TuttiBox) { left + i * (slice + 2.5f), c->face.height - height, slice, height }, colour);
    }
}

static void
draw_face (const Canvas *c)
{
  const GdkRGBA *colour = &c->palette->track[c->look->colour];
  GdkRGBA back = tutti_rgba_fade (colour, c->palette->back_alpha);
  GskRoundedRect clip;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, c->face.width, c->face.height);

  if (c->look->step.velocity == 0)
    {
      tutti_draw_box (c->snapshot, c->box, c->radius,
                      c->look->flags & TUTTI_CELL_ON_BEAT ? &c->palette->off_beat : &c->palette->off);
      if (c->palette->outline.alpha > 0)
        tutti_draw_ring (c->snapshot, c->box, c->radius, 0, 1, &c->palette->outline);
      return;
    }
  gsk_rounded_rect_init_from_rect (&clip, &bounds, c->radius);
  gtk_snapshot_push_rounded_clip (c->snapshot, &clip);
  gtk_snapshot_append_color (c->snapshot, &back, &bounds);
  draw_block (c, colour);
  gtk_snapshot_pop (c->snapshot);
}

/* Dark on any colour: at the bottom, in the middle. */
static void
draw_pill (const Canvas *c, const char *text)
{
  const GdkRGBA white = { 1, 1, 1, 1 };
  int width, height;

  tutti_measure_text (c->widget, text, 8, PANGO_WEIGHT_BOLD, &width, &height);
  TuttiBox pill = { 0, c->box.height - 16, MIN (width + 10, c->box.width - 2), 13 };
  pill.x = (c->box.width - pill.width) / 2;
  tutti_draw_box (c->snapshot, pill, 6.5f, &c->palette->ink);
  tutti_draw_text (c->snapshot, c->widget, text, 8, PANGO_WEIGHT_BOLD, c->box.width / 2,
                   pill.y + (pill.height - height) / 2, 0.5f, &white);
}

static void
draw_chevron (const Canvas *c, const GdkRGBA *colour)
{
  float shift = micro_shift (c), middle = c->face.height / 2;

  if (shift > 0)
    {
      tutti_draw_bar (c->snapshot, shift / 2 + 2, middle, 225, 4.5f, 1.8f, colour);
      tutti_draw_bar (c->snapshot, shift / 2 + 2, middle, 135, 4.5f, 1.8f, colour);
    }
  else if (shift < 0)
    {
      float x = c->face.width + shift / 2 - 2;
      tutti_draw_bar (c->snapshot, x, middle, 45, 4.5f, 1.8f, colour);
      tutti_draw_bar (c->snapshot, x, middle, 315, 4.5f, 1.8f, colour);
    }
}

/* Pills that say what a shape alone would leave open. */
static void
draw_pills (const Canvas *c)
{
  const TuttiStep *step = &c->look->step;
  char text[24];

  if (step->every_of > 1)
    g_snprintf (text, sizeof text, "%d:%d", step->every_n, step->every_of);
  else if (step->chance < 100)
    g_snprintf (text, sizeof text, c->box.width < 34 ? "%d" : "%d %%", step->chance);
  else if (step->ratchet > 1)
    g_snprintf (text, sizeof text, "%d×", step->ratchet);
  else
    return;
  draw_pill (c, text);
}

static void
draw_note (const Canvas *c)
{
  gboolean tied = c->look->span > 0;
  int width, height;

  if (c->look->text[0] == '\0' || uncertain (&c->look->step) || c->look->step.ratchet > 1)
    return;
  tutti_measure_text (c->widget, c->look->text, 9.5f, PANGO_WEIGHT_HEAVY, &width, &height);
  if (width > c->face.width - 2)
    return;
  tutti_draw_text (c->snapshot, c->widget, c->look->text, 9.5f, PANGO_WEIGHT_HEAVY, tied ? 9 : c->box.width / 2,
                   c->box.height - height - 3, tied ? 0 : 0.5f, &c->palette->ink);
}

static void
draw_marks (const Canvas *c)
{
  const GdkRGBA white = { 1, 1, 1, 1 };

  draw_note (c);
  draw_pills (c);
  if (c->look->step.n_locks > 0)
    {
      tutti_draw_disc (c->snapshot, c->face.width - 9, 9, 5, &c->palette->ink);
      tutti_draw_disc (c->snapshot, c->face.width - 9, 9, 2.5f, &white);
    }
}

static void
draw_playing (const Canvas *c)
{
  const GdkRGBA light = { 1, 1, 1, 0.38f };
  GdkRGBA shade = tutti_rgba_fade (&c->palette->playhead, 0.22f);

  if (!(c->look->flags & TUTTI_CELL_PLAYING))
    return;
  if (c->look->step.velocity == 0)
    {
      tutti_draw_box (c->snapshot, c->box, c->radius, &shade);
      return;
    }
  tutti_draw_box (c->snapshot, c->face, c->radius, &light);
  tutti_draw_ring (c->snapshot, c->face, c->radius, 1.5f, 2, &c->palette->playhead);
}

/* Rare enough that a cairo node is no cost. */
static void
draw_dashes (const Canvas *c)
{
  cairo_t *cr = gtk_snapshot_append_cairo (c->snapshot, &GRAPHENE_RECT_INIT (0, 0, c->face.width, c->face.height));
  double r = c->radius - 1, w = c->face.width - 1, h = c->face.height - 1;

  gdk_cairo_set_source_rgba (cr, &c->palette->playhead);
  cairo_set_line_width (cr, 2);
  cairo_set_dash (cr, (double[]) { 5, 3.5 }, 2, 0);
  cairo_new_sub_path (cr);
  cairo_arc (cr, w - r, 1 + r, r, -G_PI_2, 0);
  cairo_arc (cr, w - r, h - r, r, 0, G_PI_2);
  cairo_arc (cr, 1 + r, h - r, r, G_PI_2, G_PI);
  cairo_arc (cr, 1 + r, 1 + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
draw_clock (const Canvas *c)
{
  const TuttiPalette *p = c->palette;

  tutti_draw_disc (c->snapshot, 10, 10, 7.5f, &p->ink);
  tutti_draw_ring (c->snapshot, (TuttiBox) { 4, 4, 12, 12 }, 6, 0, 1.5f, &p->late);
  tutti_draw_bar (c->snapshot, 10, 10, 270, 3, 1.4f, &p->late);
  tutti_draw_bar (c->snapshot, 10, 10, 30, 2, 1.4f, &p->late);
}

/* Back to mine. */
static void
draw_badge (const Canvas *c)
{
  const GdkRGBA *face = &c->palette->conflict, white = { 1, 1, 1, 1 };
  const GdkRGBA *arrow = face->red > 0.9f ? &c->palette->ink : &white;
  float x = c->face.width - TUTTI_CELL_BADGE_X, y = TUTTI_CELL_BADGE_Y;

  tutti_draw_disc (c->snapshot, x, y, 9, face);
  tutti_draw_bar (c->snapshot, x + 4, y, 180, 8, 1.8f, arrow);
  tutti_draw_bar (c->snapshot, x - 4, y, 45, 4.5f, 1.8f, arrow);
  tutti_draw_bar (c->snapshot, x - 4, y, 315, 4.5f, 1.8f, arrow);
}

static void
draw_refusal (const Canvas *c)
{
  const GdkRGBA *colour = &c->palette->refused;
  float x = c->box.width / 2, y = c->box.height / 2;

  for (int degrees = 45; degrees < 360; degrees += 90)
    tutti_draw_bar (c->snapshot, x, y, degrees, 7, 2.6f, colour);
  tutti_draw_ring (c->snapshot, c->box, c->radius, 3.5f, 2.5f, colour);
}

static void
draw_states (const Canvas *c, gboolean focused)
{
  TuttiCellFlags flags = c->look->flags;

  if (flags & TUTTI_CELL_PENDING)
    draw_dashes (c);
  if (flags & TUTTI_CELL_LATE)
    draw_clock (c);
  if (flags & TUTTI_CELL_CONFLICT)
    {
      tutti_draw_ring (c->snapshot, c->face, c->radius, 3.5f, 2.5f, &c->palette->conflict);
      draw_badge (c);
    }
  if (flags & TUTTI_CELL_REFUSED)
    draw_refusal (c);
  if (focused)
    tutti_draw_ring (c->snapshot, c->face, c->radius, 4, c->palette->ring_width, &c->palette->accent);
}

void
tutti_cell_draw (GtkSnapshot *snapshot, GtkWidget *widget, const TuttiCellLook *look, float width, float height, float grow,
                 gboolean focused)
{
  Canvas c = { snapshot, widget, tutti_palette_get (widget), look, { 0, 0, width, height }, { 0, 0, width + look->span, height },
               MIN (8.0f, height * 0.19f), grow };
  GdkRGBA band = tutti_rgba_fade (&c.palette->accent, 0.42f);

  if (look->flags & TUTTI_CELL_SELECTED)
    tutti_draw_box (snapshot, (TuttiBox) { -4, -4, c.face.width + 8, height + 8 }, c.radius + 4, &band);
  if (!(look->flags & TUTTI_CELL_CONTINUED))
    {
      draw_face (&c);
      if (look->step.velocity > 0)
        draw_chevron (&c, &c.palette->track[look->colour]);
      draw_playing (&c);
      /* Above the light of the playhead, so that what is written stays readable while it sounds. */
      if (look->step.velocity > 0)
        draw_marks (&c);
    }
  draw_states (&c, focused);
}
