/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-miniature.h"

#include "tutti-draw.h"
#include "tutti-palette.h"

struct _TuttiMiniature
{
  GtkWidget             parent_instance;
  TuttiMiniaturePattern pattern;
  gboolean              tile;
  int                   colours[3];
};

G_DEFINE_FINAL_TYPE (TuttiMiniature, tutti_miniature, GTK_TYPE_WIDGET)

void
tutti_miniature_pattern_of (const TuttiJam *jam, TuttiMiniaturePattern *pattern)
{
  memset (pattern, 0, sizeof *pattern);
  for (guint t = 0; t < MIN (jam->n_tracks, TUTTI_MINIATURE_ROWS) && jam->n_scenes > 0; t++)
    {
      const TuttiClip *clip = tutti_track_clip_at (jam->tracks[t], jam->scenes[0].id);
      pattern->colour[t] = jam->tracks[t]->colour;
      for (int i = 0; clip != NULL && i < MIN (clip->length, TUTTI_MINIATURE_STEPS); i++)
        if (clip->steps[i].velocity > 0)
          pattern->on[t] |= (guint16) (1 << i);
    }
}

static void
draw_pattern (TuttiMiniature *self, GtkSnapshot *snapshot, float width, float height)
{
  const TuttiPalette *p = tutti_palette_get (GTK_WIDGET (self));
  float across = (width + 3) / TUTTI_MINIATURE_STEPS, down = (height + 5) / TUTTI_MINIATURE_ROWS;

  for (int row = 0; row < TUTTI_MINIATURE_ROWS; row++)
    for (int i = 0; i < TUTTI_MINIATURE_STEPS; i++)
      tutti_draw_box (snapshot, (TuttiBox) { i * across, row * down, across - 3, down - 5 }, 3,
                      self->pattern.on[row] >> i & 1 ? &p->track[self->pattern.colour[row]] : &p->off_beat);
}

/* Three rows of two players and the bar on which all sound together: the idea of the icon. */
static void
draw_tile (TuttiMiniature *self, GtkSnapshot *snapshot, float width, float height)
{
  const TuttiPalette *p = tutti_palette_get (GTK_WIDGET (self));
  float x = (width - 26) / 2, y = (height - 28) / 2;

  tutti_draw_box (snapshot, (TuttiBox) { 0, 0, width, height }, 10, &p->off);
  for (int i = 0; i < 3; i++)
    {
      GdkRGBA faint = tutti_rgba_fade (&p->track[self->colours[i]], 0.5f);
      tutti_draw_box (snapshot, (TuttiBox) { x, y + i * 10.5f, 7, 7 }, 2, &p->track[self->colours[i]]);
      tutti_draw_box (snapshot, (TuttiBox) { x + 19, y + i * 10.5f, 7, 7 }, 2, &faint);
    }
  tutti_draw_box (snapshot, (TuttiBox) { x + 9.5f, y, 7, 28 }, 2, &p->fg);
}

static void
tutti_miniature_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiMiniature *self = TUTTI_MINIATURE (widget);
  float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);

  if (self->tile)
    draw_tile (self, snapshot, width, height);
  else
    draw_pattern (self, snapshot, width, height);
}

static void
tutti_miniature_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;

  if (TUTTI_MINIATURE (widget)->tile)
    *minimum = *natural = 44;
  else
    *minimum = across ? 160 : 72, *natural = across ? 200 : 72;
}

static void
tutti_miniature_class_init (TuttiMiniatureClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = tutti_miniature_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = tutti_miniature_measure;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
tutti_miniature_init (TuttiMiniature *self)
{
}

GtkWidget *
tutti_miniature_new (void)
{
  return g_object_new (TUTTI_TYPE_MINIATURE, NULL);
}

void
tutti_miniature_set_pattern (TuttiMiniature *self, const TuttiMiniaturePattern *pattern)
{
  self->pattern = *pattern;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GtkWidget *
tutti_miniature_tile_new (const char *seed)
{
  TuttiMiniature *self = g_object_new (TUTTI_TYPE_MINIATURE, NULL);
  guint hash = g_str_hash (seed);

  self->tile = TRUE;
  /* A third of the circle apart, so that no two look alike. */
  for (int i = 0; i < 3; i++)
    self->colours[i] = (int) (((hash * 2654435761u >> 20) + (guint) i * 4) % TUTTI_N_COLOURS);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  return GTK_WIDGET (self);
}
