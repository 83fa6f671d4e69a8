/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the piano roll looks. What lies below the notes is one node that is kept until the place or the look changes. */
#include "tutti-notes-private.h"

#include "tutti-chord.h"
#include "tutti-harmony.h"
#include "tutti-sounds.h"
#include "tutti-words.h"

#include <math.h>

#define RADIUS 4.0f
#define HATCH 8.0f

typedef struct
{
  TuttiNoteGrid      *self;
  GtkSnapshot        *snapshot;
  const TuttiPalette *p;
  const TuttiJam     *jam;
  const TuttiTrack   *track;
  TuttiBox            area;    /* what can be seen */
} Draw;

/* ---- below the notes ---- */

/* Stripes, so that what lies outside the scale shows without its colour. */
static void
draw_hatch (const Draw *d, TuttiBox box)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (box.x, box.y, box.width, box.height);
  GdkRGBA line = tutti_rgba_fade (&d->p->mark, 0.4f);
  cairo_t *cr;

  gtk_snapshot_push_repeat (d->snapshot, &bounds, &GRAPHENE_RECT_INIT (box.x, box.y, HATCH, HATCH));
  cr = gtk_snapshot_append_cairo (d->snapshot, &GRAPHENE_RECT_INIT (box.x, box.y, HATCH, HATCH));
  gdk_cairo_set_source_rgba (cr, &line);
  cairo_set_line_width (cr, 1);
  cairo_translate (cr, box.x, box.y);
  for (int i = -1; i <= 1; i++)
    {
      cairo_move_to (cr, i * HATCH - 1, HATCH + 1);
      cairo_line_to (cr, i * HATCH + HATCH + 1, -1);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
  gtk_snapshot_pop (d->snapshot);
}

static void
draw_rows (const Draw *d)
{
  int first = (int) floorf (d->area.y / TUTTI_NOTE_ROW), last = (int) ceilf ((d->area.y + d->area.height) / TUTTI_NOTE_ROW);
  GdkRGBA root = tutti_rgba_fade (&d->p->track[d->track->colour], 0.14f), plain = tutti_rgba_fade (&d->p->off, 0.35f);
  GdkRGBA line = tutti_rgba_fade (&d->p->mark, 0.16f);

  for (int row = MAX (first, 0); row < MIN (last, (int) d->self->n_rows); row++)
    {
      int key = d->self->row_keys[row];
      TuttiBox box = { d->area.x, (float) (row * TUTTI_NOTE_ROW), d->area.width, TUTTI_NOTE_ROW - 1 };

      tutti_draw_box (d->snapshot, box, 0, &plain);
      if (d->jam->scale != TUTTI_SCALE_CHROMATIC && (key - d->jam->key) % 12 == 0)
        tutti_draw_box (d->snapshot, box, 0, &root);
      else if (tutti_note_outside (d->self, key))
        draw_hatch (d, box);
      tutti_draw_box (d->snapshot, (TuttiBox) { box.x, box.y + box.height, box.width, 1 }, 0, &line);
    }
}

/* Where a chord is meant the rows of its keys stand out, those of its root most. */
static void
draw_chord (const Draw *d, const TuttiChordMark *mark, gint32 to)
{
  int first = (int) floorf (d->area.y / TUTTI_NOTE_ROW), last = (int) ceilf ((d->area.y + d->area.height) / TUTTI_NOTE_ROW);
  float left = MAX ((float) tutti_note_x (d->self, mark->tick), d->area.x);
  float right = MIN ((float) tutti_note_x (d->self, to), d->area.x + d->area.width);
  GdkRGBA tone = tutti_rgba_fade (&d->p->track[d->track->colour], 0.16f), root = tutti_rgba_fade (&d->p->track[d->track->colour], 0.27f);

  for (int row = MAX (first, 0); left < right && row < MIN (last, (int) d->self->n_rows); row++)
    {
      int key = d->self->row_keys[row];
      TuttiBox box = { left + 1, (float) (row * TUTTI_NOTE_ROW), right - left - 2, TUTTI_NOTE_ROW - 1 };

      if (tutti_chord_has (mark->root, (TuttiHarmony) mark->quality, key))
        tutti_draw_box (d->snapshot, box, 0, key % 12 == mark->root ? &root : &tone);
    }
}

static void
draw_chords (const Draw *d, const TuttiClip *clip)
{
  for (guint i = 0; i < clip->chords.n; i++)
    if (clip->chords.mark[i].quality != TUTTI_HARMONY_NONE)
      draw_chord (d, &clip->chords.mark[i], i + 1 < clip->chords.n ? clip->chords.mark[i + 1].tick : tutti_clip_ticks (clip));
}

/* Bars, beats, and sixteenths as far as they stand apart. */
static void
draw_lines (const Draw *d)
{
  gint64 beat = tutti_ticks_per_beat (d->jam->transport.unit);
  gint64 bar = tutti_ticks_per_bar (d->jam->transport.beats, d->jam->transport.unit);
  gint64 step = tutti_note_x (d->self, TUTTI_NOTE_STEP_TICKS) >= 10 ? TUTTI_NOTE_STEP_TICKS : beat;
  gint64 tick = (gint64) tutti_note_tick (d->self, d->area.x) / step * step;
  GdkRGBA faint = tutti_rgba_fade (&d->p->mark, 0.22f), middle = tutti_rgba_fade (&d->p->mark, 0.6f);

  for (; tutti_note_x (d->self, tick) <= d->area.x + d->area.width; tick += step)
    {
      const GdkRGBA *colour = tick % bar == 0 ? &d->p->mark : tick % beat == 0 ? &middle : &faint;

      tutti_draw_box (d->snapshot, (TuttiBox) { (float) round (tutti_note_x (d->self, tick)), d->area.y, tick % bar == 0 ? 2 : 1,
                                                d->area.height }, 0, colour);
    }
}

/* After the end nothing sounds. */
static void
draw_end (const Draw *d, const TuttiClip *clip)
{
  float x = (float) tutti_note_x (d->self, tutti_clip_ticks (clip));
  GdkRGBA shade = tutti_rgba_fade (&d->p->window, 0.7f);

  if (x < d->area.x + d->area.width)
    tutti_draw_box (d->snapshot, (TuttiBox) { x + 2, d->area.y, d->area.x + d->area.width - x, d->area.height }, 0, &shade);
}

/* Everything that the background depends on beside its place. */
static guint64
background_look (const Draw *d, const TuttiClip *clip)
{
  guint64 look = (guint64) (d->self->zoom * 1000);

  look = look * 31 + d->self->n_rows;
  look = look * 31 + (d->self->n_rows > 0 ? d->self->row_keys[d->self->n_rows / 2] : 0u);
  look = look * 31 + d->jam->key * 16u + d->jam->scale;
  look = look * 31 + d->track->colour;
  look = look * 31 + d->jam->transport.beats * 32u + d->jam->transport.unit;
  look = look * 31 + (guint) tutti_clip_ticks (clip);
  for (guint i = 0; i < clip->chords.n; i++)
    look = look * 31 + (guint) clip->chords.mark[i].tick * 256u + clip->chords.mark[i].root * 16u + clip->chords.mark[i].quality;
  look = look * 31 + (guint) (d->p->fg.red * 255) * 3 + (guint) (d->p->mark.alpha * 255);
  return look * 31 + (guint) (d->p->window.red * 255);
}

static void
draw_background (Draw *d, const TuttiClip *clip)
{
  TuttiNoteGrid *self = d->self;
  guint64 look = background_look (d, clip);
  GtkSnapshot *snapshot = d->snapshot;

  if (self->background == NULL || look != self->background_look || memcmp (&self->background_area, &d->area, sizeof d->area) != 0)
    {
      g_clear_pointer (&self->background, gsk_render_node_unref);
      d->snapshot = gtk_snapshot_new ();
      draw_rows (d);
      draw_chords (d, clip);
      draw_lines (d);
      draw_end (d, clip);
      self->background = gtk_snapshot_free_to_node (d->snapshot);
      self->background_look = look;
      self->background_area = d->area;
      d->snapshot = snapshot;
    }
  if (self->background != NULL)
    gtk_snapshot_append_node (snapshot, self->background);
}

/* ---- notes ---- */

static gboolean
in_view (const Draw *d, const TuttiBox *box)
{
  return box->x < d->area.x + d->area.width && box->x + box->width > d->area.x && box->y < d->area.y + d->area.height &&
         box->y + box->height > d->area.y;
}

static void
draw_ghost (const Draw *d, const TuttiTrack *track, const TuttiNote *note, gint32 end)
{
  TuttiBox box = tutti_note_box (d->self, note);
  GdkRGBA line = tutti_rgba_fade (&d->p->track[track->colour], 0.75f);

  box = (TuttiBox) { box.x + 1, box.y + 3, box.width - 2, box.height - 6 };
  if (note->tick < end && in_view (d, &box))
    tutti_draw_ring (d->snapshot, box, RADIUS, 0, 1.5f, &line);
}

/* What another track plays with this clip, in the same scene: its notes, or its steps as notes. */
static void
draw_ghosts (const Draw *d)
{
  const TuttiTrack *track = tutti_jam_track (d->jam, d->self->ghost, NULL);
  const TuttiClip *mine = tutti_note_grid_get_clip (d->self), *clip = track != NULL ? tutti_track_clip_at (track, mine->scene) : NULL;

  for (guint i = 0; clip != NULL && i < clip->n_notes; i++)
    draw_ghost (d, track, &clip->notes[i], tutti_clip_ticks (mine));
  for (int i = 0; clip != NULL && clip->kind == TUTTI_CLIP_STEPS && i < clip->length; i++)
    {
      const TuttiStep *step = &clip->steps[i];
      TuttiNote note = { .tick = i * clip->ticks_per_step, .length = step->length * clip->ticks_per_step,
                         .pitch = (guint8) CLAMP (tutti_sound_root (track->sound) + step->pitch, 0, TUTTI_KEY_MAX) };

      if (step->velocity > 0)
        draw_ghost (d, track, &note, tutti_clip_ticks (mine));
    }
}

static void
draw_warning (const Draw *d, const TuttiBox *box)
{
  float x = box->x + box->width - 15, y = box->y + box->height / 2;

  x = MAX (x, box->x + box->width / 2);
  tutti_draw_disc (d->snapshot, x, y, 8, &d->p->ink);
  tutti_draw_box (d->snapshot, (TuttiBox) { x - 1, y - 5, 2, 6 }, 1, &d->p->warn);
  tutti_draw_disc (d->snapshot, x, y + 4, 1.2f, &d->p->warn);
}

static void
draw_name (const Draw *d, const TuttiNote *note, const TuttiBox *box)
{
  char name[12];
  int width, height;

  tutti_words_note (note->pitch, name, sizeof name);
  tutti_measure_text (GTK_WIDGET (d->self), name, 8.5f, PANGO_WEIGHT_HEAVY, &width, &height);
  if (width + (tutti_note_outside (d->self, note->pitch) ? 32 : 14) < box->width)
    tutti_draw_text (d->snapshot, GTK_WIDGET (d->self), name, 8.5f, PANGO_WEIGHT_HEAVY, box->x + 7,
                     box->y + (box->height - (float) height) / 2, 0, &d->p->ink);
}

static void
draw_note (const Draw *d, const TuttiNote *note)
{
  TuttiBox box = tutti_note_box (d->self, note);
  const GdkRGBA *track = &d->p->track[d->track->colour];
  float strength = 0.55f + 0.45f * note->velocity / TUTTI_VELOCITY_MAX;
  GdkRGBA fill = tutti_rgba_mix (&d->p->window, track, strength), edge = tutti_rgba_fade (&d->p->edge, 0.5f);
  GdkRGBA grip = tutti_rgba_fade (&d->p->ink, 0.45f);

  if (!in_view (d, &box))
    return;
  tutti_draw_box (d->snapshot, box, RADIUS, &fill);
  tutti_draw_ring (d->snapshot, box, RADIUS, 0, 1, &edge);
  if (tutti_note_outside (d->self, note->pitch))
    draw_warning (d, &box);
  else if (box.width > 14)
    tutti_draw_box (d->snapshot, (TuttiBox) { box.x + box.width - 6, box.y + 6, 2, box.height - 12 }, 1, &grip);
  draw_name (d, note, &box);
  if (tutti_note_selected (d->self, note->id))
    tutti_draw_ring (d->snapshot, box, RADIUS, 2.5f, d->p->ring_width > 2 ? 2.5f : 2, &d->p->accent);
}

static void
draw_notes (const Draw *d)
{
  for (guint i = 0; i < d->self->shown->len; i++)
    draw_note (d, &g_array_index (d->self->shown, TuttiNote, i));
}

static void
draw_flashes (const Draw *d)
{
  for (guint i = 0; i < d->self->flashes->len; i++)
    for (guint j = 0; j < d->self->shown->len; j++)
      {
        const TuttiNoteFlash *flash = &g_array_index (d->self->flashes, TuttiNoteFlash, i);
        const TuttiNote *note = &g_array_index (d->self->shown, TuttiNote, j);

        if (tutti_id_equal (note->id, flash->id))
          tutti_draw_ring (d->snapshot, tutti_note_box (d->self, note), RADIUS, 3, 3, &d->p->person[flash->colour]);
      }
}

/* ---- what is under way ---- */

static void
draw_box (const Draw *d)
{
  GdkRGBA inside = tutti_rgba_fade (&d->p->accent, 0.16f);

  if (d->self->drag != TUTTI_DRAG_BOX)
    return;
  tutti_draw_box (d->snapshot, d->self->box, 2, &inside);
  tutti_draw_ring (d->snapshot, d->self->box, 2, 0, 1, &d->p->accent);
}

/* Where a key press acts. */
static void
draw_cursor (const Draw *d)
{
  TuttiNote here = { .tick = d->self->cursor_tick, .length = MAX (d->self->snap, TUTTI_NOTE_STEP_TICKS / 2),
                     .pitch = (guint8) d->self->cursor_key };

  if (gtk_widget_has_visible_focus (GTK_WIDGET (d->self)))
    tutti_draw_ring (d->snapshot, tutti_note_box (d->self, &here), RADIUS, 1, d->p->ring_width, &d->p->accent);
}

void
tutti_note_grid_draw (TuttiNoteGrid *self, GtkSnapshot *snapshot)
{
  Draw d = { self, snapshot, tutti_palette_get (GTK_WIDGET (self)), tutti_session_get_jam (self->session),
             tutti_note_grid_get_track (self), tutti_note_grid_visible (self) };
  const TuttiClip *clip = tutti_note_grid_get_clip (self);

  if (d.jam == NULL || clip == NULL)
    return;
  draw_background (&d, clip);
  draw_ghosts (&d);
  draw_notes (&d);
  draw_flashes (&d);
  tutti_note_people_draw (self, snapshot, d.p);
  draw_box (&d);
  draw_cursor (&d);
}
