/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-note-side.h"

#include "tutti-notes-private.h"
#include "tutti-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define KEYS_WIDTH 88
#define KEYS_WIDTH_NARROW 52
#define RULER_HEIGHT 30
#define LANE_HEIGHT 96
#define LANE_TOP 18.0f
#define LANE_BOTTOM 14.0f
#define STEM_APART 7.0f        /* of notes that begin together */
#define STEM_REACH 9.0
#define PRESS_VELOCITY 100

struct _TuttiNoteSide
{
  GtkWidget         parent_instance;
  TuttiNoteGrid    *grid;      /* borrowed */
  TuttiNoteSideKind kind;
  gboolean          narrow;
  int               pressed;   /* key that is held, −1 none */
};

G_DEFINE_FINAL_TYPE (TuttiNoteSide, tutti_note_side, GTK_TYPE_WIDGET)

typedef struct
{
  TuttiNoteSide      *self;
  TuttiNoteGrid      *grid;
  GtkSnapshot        *snapshot;
  const TuttiPalette *p;
  const TuttiJam     *jam;
  const TuttiTrack   *track;
  TuttiBox            area;    /* of the grid that can be seen */
  float               width, height;
} Side;

/* ---- keys ---- */

static gboolean
is_black (int key)
{
  static const gboolean black[12] = { 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0 };

  return black[key % 12];
}

/* White keys are light and black ones dark in either style, as on a piano. */
static void
draw_key (const Side *s, int row)
{
  static const GdkRGBA white = { 0.906f, 0.902f, 0.882f, 1 }, black = { 0.153f, 0.145f, 0.173f, 1 };
  int key = s->grid->row_keys[row];
  float y = (float) (row * TUTTI_NOTE_ROW) - s->area.y;
  gboolean root = s->jam->scale != TUTTI_SCALE_CHROMATIC && (key - s->jam->key) % 12 == 0, dark = is_black (key);
  GdkRGBA face = dark ? black : white, ink = dark ? white : black;
  char name[12];

  if (s->self->pressed == key)
    face = tutti_rgba_mix (&face, &s->p->track[s->track->colour], 0.7f);
  tutti_draw_box (s->snapshot, (TuttiBox) { 12, y, s->width - 12, TUTTI_NOTE_ROW - 1 }, 2, &face);
  if (root)
    tutti_draw_disc (s->snapshot, 24, y + TUTTI_NOTE_ROW / 2.0f, 4.5f, &s->p->track[s->track->colour]);
  if (tutti_note_outside (s->grid, key))
    ink = tutti_rgba_fade (&ink, 0.38f);
  tutti_words_note (key, name, sizeof name);
  tutti_draw_text (s->snapshot, GTK_WIDGET (s->self), name, 8.5f, root ? PANGO_WEIGHT_HEAVY : PANGO_WEIGHT_MEDIUM, s->width - 8, y + 3, 1,
                   &ink);
}

static void
draw_keys (const Side *s)
{
  int first = (int) floorf (s->area.y / TUTTI_NOTE_ROW), last = (int) ceilf ((s->area.y + s->height) / TUTTI_NOTE_ROW);

  for (int row = MAX (first, 0); row < MIN (last, (int) s->grid->n_rows); row++)
    draw_key (s, row);
}

/* ---- ruler ---- */

static void
draw_labels (const Side *s)
{
  gint64 beat = tutti_ticks_per_beat (s->jam->transport.unit);
  gint64 bar = tutti_ticks_per_bar (s->jam->transport.beats, s->jam->transport.unit);
  gint64 step = tutti_note_x (s->grid, beat) >= 44 ? beat : bar;
  gint64 tick = (gint64) tutti_note_tick (s->grid, s->area.x) / step * step;

  for (; tutti_note_x (s->grid, tick) < s->area.x + s->width; tick += step)
    {
      float x = (float) tutti_note_x (s->grid, tick) - s->area.x + 4;
      char text[24];

      if (tick % bar == 0)
        g_snprintf (text, sizeof text, "%d", (int) (tick / bar) + 1);
      else
        g_snprintf (text, sizeof text, "%d.%d", (int) (tick / bar) + 1, (int) (tick % bar / beat) + 1);
      tutti_draw_text (s->snapshot, GTK_WIDGET (s->self), text, 9.0f, tick % bar == 0 ? PANGO_WEIGHT_HEAVY : PANGO_WEIGHT_NORMAL, x, 2, 0,
                       tick % bar == 0 ? &s->p->fg : &s->p->dim);
    }
}

/* The bar below the numbers is the clip: it comes back at its end. */
static void
draw_ruler (const Side *s, const TuttiClip *clip)
{
  float end = (float) tutti_note_x (s->grid, tutti_clip_ticks (clip)) - s->area.x;
  float x = (float) tutti_note_x (s->grid, s->grid->playhead) - s->area.x;
  GdkRGBA bar = tutti_rgba_fade (&s->p->accent, 0.6f);

  draw_labels (s);
  tutti_draw_box (s->snapshot, (TuttiBox) { 0, RULER_HEIGHT - 8, MIN (end, s->width), 4 }, 2, &bar);
  if (s->grid->playhead < 0 || x < -10 || x > s->width + 10)
    return;
  tutti_draw_flag (s->snapshot, x, 3, 18, &s->p->playhead);
}

/* ---- velocities ---- */

/* Notes that begin together stand side by side, the lowest first. */
static float
stem_x (TuttiNoteGrid *grid, guint index)
{
  const TuttiNote *note = &g_array_index (grid->shown, TuttiNote, index);
  guint before = 0;

  for (guint i = 0; i < grid->shown->len; i++)
    {
      const TuttiNote *other = &g_array_index (grid->shown, TuttiNote, i);

      before += i != index && other->tick == note->tick && (other->pitch < note->pitch || (other->pitch == note->pitch && i < index));
    }
  return (float) tutti_note_x (grid, note->tick) + 6 + STEM_APART * (float) before;
}

static float
stem_room (float height)
{
  return height - LANE_TOP - LANE_BOTTOM;
}

static void
draw_velocities (const Side *s)
{
  float floor_y = s->height - LANE_BOTTOM;

  tutti_draw_box (s->snapshot, (TuttiBox) { 0, floor_y + 1, s->width, 1 }, 0, &s->p->mark);
  for (guint i = 0; i < s->grid->shown->len; i++)
    {
      const TuttiNote *note = &g_array_index (s->grid->shown, TuttiNote, i);
      float x = (float) tutti_note_x (s->grid, note->tick) - s->area.x, top;
      const GdkRGBA *colour = tutti_note_selected (s->grid, note->id) ? &s->p->accent : &s->p->track[s->track->colour];

      if (x < -60 || x > s->width)
        continue;
      x = stem_x (s->grid, i) - s->area.x;
      top = floor_y - stem_room (s->height) * note->velocity / TUTTI_VELOCITY_MAX;
      tutti_draw_box (s->snapshot, (TuttiBox) { x - 1.5f, top, 3, floor_y - top }, 1.5f, colour);
      tutti_draw_disc (s->snapshot, x, top, 4.5f, colour);
    }
}

/* ---- now ---- */

static void
draw_now (const Side *s)
{
  float x = (float) tutti_note_x (s->grid, s->grid->playhead) - s->area.x;

  if (s->grid->playhead >= 0 && x >= 0 && x <= s->width)
    tutti_draw_box (s->snapshot, (TuttiBox) { x - 1, 0, 2, s->height }, 0, &s->p->playhead);
}

/* ---- the hand on keys and velocities ---- */

static void
press_key (TuttiNoteSide *self, double y)
{
  int key = tutti_note_key (self->grid, y + tutti_note_grid_visible (self->grid).y);

  if (key == self->pressed)
    return;
  self->pressed = key;
  tutti_note_hear (self->grid, key, PRESS_VELOCITY);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static int
velocity_at (TuttiNoteSide *self, double y)
{
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self));

  return CLAMP ((int) lround ((height - LANE_BOTTOM - y) / stem_room (height) * TUTTI_VELOCITY_MAX), 1, TUTTI_VELOCITY_MAX);
}

/* Every stem near @x gets the velocity of @y; when some are selected, only those among them. */
static void
paint (TuttiNoteSide *self, double x, double y)
{
  TuttiNoteGrid *grid = self->grid;
  double left = tutti_note_grid_visible (grid).x;

  for (guint i = 0; i < grid->shown->len; i++)
    {
      TuttiNote *note = &g_array_index (grid->shown, TuttiNote, i);

      if (fabs (stem_x (grid, i) - left - x) > STEM_REACH / 2 + 1 ||
          (g_hash_table_size (grid->selected) > 0 && !tutti_note_selected (grid, note->id)))
        continue;
      note->velocity = (guint8) velocity_at (self, y);
      grid->last_velocity = note->velocity;
      g_array_append_val (grid->dragged, *note);
    }
  tutti_note_grid_moved (grid);
}

static void
on_begin (GtkGestureDrag *gesture, double x, double y, TuttiNoteSide *self)
{
  if (tutti_note_grid_get_clip (self->grid) == NULL)
    return;
  if (self->kind == TUTTI_NOTE_SIDE_KEYS)
    press_key (self, y);
  else
    {
      self->grid->drag = TUTTI_DRAG_VELOCITY;
      g_array_set_size (self->grid->dragged, 0);
      paint (self, x, y);
    }
}

static void
on_update (GtkGestureDrag *gesture, double dx, double dy, TuttiNoteSide *self)
{
  double x, y;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (self->kind == TUTTI_NOTE_SIDE_KEYS)
    press_key (self, y + dy);
  else if (self->grid->drag == TUTTI_DRAG_VELOCITY)
    paint (self, x + dx, y + dy);
}

/* A stroke goes over some stems more than once. (transfer full) */
static GArray *
last_of_each (const GArray *painted)
{
  GArray *last = g_array_new (FALSE, FALSE, sizeof (TuttiNote));

  for (guint i = 0; i < painted->len; i++)
    {
      const TuttiNote *note = &g_array_index (painted, TuttiNote, i);
      guint place = 0;

      while (place < last->len && !tutti_id_equal (g_array_index (last, TuttiNote, place).id, note->id))
        place++;
      if (place < last->len)
        g_array_index (last, TuttiNote, place) = *note;
      else
        g_array_append_val (last, *note);
    }
  return last;
}

static void
on_end (GtkGestureDrag *gesture, double dx, double dy, TuttiNoteSide *self)
{
  self->pressed = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->grid->drag != TUTTI_DRAG_VELOCITY)
    return;
  g_autoptr(GArray) notes = last_of_each (self->grid->dragged);

  self->grid->drag = TUTTI_DRAG_NOTHING;
  tutti_note_commit_fields (self->grid, notes, TUTTI_NOTE_VELOCITY);
}

/* ---- the widget ---- */

static void
tutti_note_side_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiNoteSide *self = TUTTI_NOTE_SIDE (widget);
  Side s = { self, self->grid, snapshot, tutti_palette_get (widget), tutti_session_get_jam (self->grid->session),
             tutti_note_grid_get_track (self->grid), tutti_note_grid_visible (self->grid), (float) gtk_widget_get_width (widget),
             (float) gtk_widget_get_height (widget) };
  const TuttiClip *clip = tutti_note_grid_get_clip (self->grid);

  if (clip == NULL)
    return;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, s.width, s.height));
  if (self->kind == TUTTI_NOTE_SIDE_KEYS)
    draw_keys (&s);
  else if (self->kind == TUTTI_NOTE_SIDE_RULER)
    draw_ruler (&s, clip);
  else if (self->kind == TUTTI_NOTE_SIDE_VELOCITIES)
    draw_velocities (&s);
  else
    draw_now (&s);
  gtk_snapshot_pop (snapshot);
}

static void
tutti_note_side_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  TuttiNoteSide *self = TUTTI_NOTE_SIDE (widget);
  gboolean down = orientation == GTK_ORIENTATION_VERTICAL;

  *minimum = *natural = 0;
  if (self->kind == TUTTI_NOTE_SIDE_KEYS && !down)
    *minimum = *natural = self->narrow ? KEYS_WIDTH_NARROW : KEYS_WIDTH;
  else if (self->kind == TUTTI_NOTE_SIDE_RULER && down)
    *minimum = *natural = RULER_HEIGHT;
  else if (self->kind == TUTTI_NOTE_SIDE_VELOCITIES && down)
    *minimum = *natural = LANE_HEIGHT;
}

static void
tutti_note_side_class_init (TuttiNoteSideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = tutti_note_side_snapshot;
  widget_class->measure = tutti_note_side_measure;
  gtk_widget_class_set_css_name (widget_class, "noteside");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tutti_note_side_init (TuttiNoteSide *self)
{
  self->pressed = -1;
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
}

void
tutti_note_side_set_narrow (TuttiNoteSide *self, gboolean narrow)
{
  self->narrow = narrow;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

GtkWidget *
tutti_note_side_new (TuttiNoteGrid *grid, TuttiNoteSideKind kind)
{
  static const char * const names[] = { N_("Piano keys"), N_("Bars and beats"), N_("Velocities"), N_("Playing position") };
  TuttiNoteSide *self = g_object_new (TUTTI_TYPE_NOTE_SIDE, NULL);
  GtkGesture *drag;

  self->grid = grid;
  self->kind = kind;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _(names[kind]), -1);
  g_signal_connect_object (grid, "moved", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  if (kind != TUTTI_NOTE_SIDE_KEYS && kind != TUTTI_NOTE_SIDE_VELOCITIES)
    return GTK_WIDGET (self);
  drag = gtk_gesture_drag_new ();
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  return GTK_WIDGET (self);
}
