/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-chord-bar.h"

#include "tutti-ask.h"
#include "tutti-chord-lane.h"
#include "tutti-chord-popover.h"
#include "tutti-notes-private.h"
#include "tutti-passing-menu.h"

#include <glib/gi18n.h>
#include <math.h>

#define HEIGHT 34
#define TOP 4.0f
#define BLOCK 24.0f
#define RADIUS 6.0f
#define EDGE 8.0               /* of a chord's beginning and end that a hand takes */
#define MOVED_AFTER 4.0        /* pixels: less is a click */
#define HEARD_FROM 60          /* a chord is heard around middle C */
#define HEARD_VELOCITY 90

struct _TuttiChordBar
{
  GtkWidget      parent_instance;
  TuttiNoteGrid *grid;         /* borrowed */
  TuttiChordLane shown;        /* as in the document, with what a drag makes of it */
  gint32         cursor;       /* tick where a key press acts */
  gint32         from, to;     /* what is asked about */
  gint32         sounding;     /* beginning of the chord that is meant now, −1 none */
  double         over;         /* where the pointer is, −1 elsewhere */
  TuttiChordHand hand;
  gint32         taken, taken_from, taken_to;  /* tick of the chord in the hand, and where it was */
};

G_DEFINE_FINAL_TYPE (TuttiChordBar, tutti_chord_bar, GTK_TYPE_WIDGET)

/* ---------------------------------------------------------------- places */

static const TuttiJam *
jam_of (TuttiChordBar *self)
{
  return tutti_session_get_jam (self->grid->session);
}

/* Ticks of the clip on show, 0 when there is none. */
static gint32
end_of (TuttiChordBar *self)
{
  const TuttiClip *clip = tutti_note_grid_get_clip (self->grid);

  return clip != NULL ? tutti_clip_ticks (clip) : 0;
}

static gint32
beat_of (TuttiChordBar *self)
{
  return (gint32) tutti_ticks_per_beat (jam_of (self)->transport.unit);
}

static gint32
tick_at (TuttiChordBar *self, double x)
{
  return MIN (tutti_note_tick (self->grid, x + tutti_note_grid_visible (self->grid).x), MAX (end_of (self) - 1, 0));
}

static double
x_of (TuttiChordBar *self, gint32 tick)
{
  return tutti_note_x (self->grid, tick) - tutti_note_grid_visible (self->grid).x;
}

static void
span (TuttiChordBar *self, gint32 tick, gint32 *from, gint32 *to)
{
  tutti_chord_span (&self->shown, tick, end_of (self), from, to);
}

/* What a press at @tick is about: the chord that is meant there, else as much of the bar as no chord has. */
static void
range_at (TuttiChordBar *self, gint32 tick, gint32 *from, gint32 *to)
{
  const TuttiTransport *transport = &jam_of (self)->transport;
  gint32 bar = (gint32) tutti_ticks_per_bar (transport->beats, transport->unit);

  span (self, tick, from, to);
  if (tutti_chord_meant (&self->shown, tick) != NULL)
    return;
  *from = MAX (*from, tick / bar * bar);
  *to = MIN (*to, tick / bar * bar + bar);
}

/* ---------------------------------------------------------------- words */

/* "Am7, bar 1 beat 1, 4 beats" (transfer full) */
static char *
words_at (TuttiChordBar *self, gint32 tick)
{
  const TuttiTransport *transport = &jam_of (self)->transport;
  const TuttiChordMark *mark = tutti_chord_meant (&self->shown, tick);
  gint64 beat = beat_of (self), bar = tutti_ticks_per_bar (transport->beats, transport->unit);
  char name[TUTTI_CHORD_TEXT_SIZE];
  gint32 from, to;

  range_at (self, tick, &from, &to);
  if (mark == NULL)
    return g_strdup_printf (_("no chord, bar %d beat %d"), (int) (tick / bar) + 1, (int) (tick % bar / beat) + 1);
  tutti_chord_print (mark->root, (TuttiHarmony) mark->quality, name);
  /* Translators: a chord and where it is meant, "Am7, bar 1 beat 1, 4 beats" */
  return g_strdup_printf (ngettext ("%s, bar %d beat %d, %d beat", "%s, bar %d beat %d, %d beats", (gulong) ((to - from) / beat)), name,
                          (int) (from / bar) + 1, (int) (from % bar / beat) + 1, (int) ((to - from) / beat));
}

static void
say (TuttiChordBar *self)
{
  g_autoptr(GString) all = g_string_new (NULL);
  g_autofree char *here = NULL;

  if (jam_of (self) == NULL || end_of (self) == 0)
    return;
  for (guint i = 0; i < self->shown.n; i++)
    if (self->shown.mark[i].quality != TUTTI_HARMONY_NONE && self->shown.mark[i].tick < end_of (self))
      {
        char name[TUTTI_CHORD_TEXT_SIZE];

        tutti_chord_print (self->shown.mark[i].root, (TuttiHarmony) self->shown.mark[i].quality, name);
        g_string_append_printf (all, "%s%s", all->len > 0 ? ", " : "", name);
      }
  /* Translators: the names of chords, one after the other */
  g_autofree char *words = all->len > 0 ? g_strdup_printf (_("Chords: %s"), all->str) : g_strdup (_("Chords: none yet"));

  here = words_at (self, self->cursor);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, here,
                                  -1);
}

/* ---------------------------------------------------------------- what is asked for */

/* Makes the lane like @lane, as one thing to undo. */
static void
commit (TuttiChordBar *self, const TuttiChordLane *lane)
{
  const TuttiClip *clip = tutti_note_grid_get_clip (self->grid);
  g_autoptr(GPtrArray) ops = clip != NULL ? tutti_chord_changes (clip->id, &clip->chords, lane) : NULL;
  TuttiOp *group;

  if (ops == NULL || ops->len == 0)
    return;
  group = tutti_op_group_new ();
  for (guint i = 0; i < ops->len; i++)
    tutti_op_group_add (group, tutti_op_copy (ops->pdata[i]));
  if (ops->len > 1)
    tutti_ask (GTK_WIDGET (self), self->grid->session, group);
  else
    {
      tutti_ask (GTK_WIDGET (self), self->grid->session, tutti_op_copy (ops->pdata[0]));
      tutti_op_free (group);
    }
}

static void
fill (TuttiChordBar *self, gint32 from, gint32 to, guint root, TuttiHarmony quality)
{
  const TuttiClip *clip = tutti_note_grid_get_clip (self->grid);
  TuttiChordLane lane;

  if (clip == NULL || from >= to)
    return;
  lane = clip->chords;
  if (tutti_chord_fill (&lane, from, to, root, quality))
    commit (self, &lane);
  else
    tutti_say (GTK_WIDGET (self), _("This lane holds no more changes of chord"));
}

static void
move (TuttiChordBar *self, gint32 tick, gint32 from, gint32 to)
{
  const TuttiClip *clip = tutti_note_grid_get_clip (self->grid);
  TuttiChordLane lane;

  if (clip == NULL || from < 0 || to > end_of (self))
    return;
  lane = clip->chords;
  if (tutti_chord_move (&lane, tick, from, to, end_of (self)))
    {
      commit (self, &lane);
      self->cursor = from;
    }
}

/* ---------------------------------------------------------------- asking which */

static void
on_heard (guint root, TuttiHarmony quality, gpointer user_data)
{
  TuttiChordBar *self = user_data;
  int keys[TUTTI_HARMONY_KEYS_MAX];
  guint n = tutti_chord_near (root, quality, HEARD_FROM, keys);

  for (guint i = 0; i < n; i++)
    tutti_note_hear (self->grid, keys[i], HEARD_VELOCITY);
}

static void
on_chosen (guint root, TuttiHarmony quality, gpointer user_data)
{
  TuttiChordBar *self = user_data;

  fill (self, self->from, self->to, root, quality);
  self->cursor = self->from;
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* @typed: (nullable): what stands in the entry, in place of what is there. */
static void
ask_which (TuttiChordBar *self, gint32 from, gint32 to, const char *typed)
{
  const TuttiChordMark *there = tutti_chord_meant (&self->shown, from);
  TuttiChordAsker asker = { on_heard, on_chosen, self };
  double left = MAX (x_of (self, from), 0), right = MIN (x_of (self, to), gtk_widget_get_width (GTK_WIDGET (self)));
  GdkRectangle at = { (int) left, (int) TOP, (int) MAX (right - left, 1), (int) BLOCK };
  guint root = jam_of (self)->key;
  TuttiHarmony quality = tutti_chord_of_scale (jam_of (self), 0, &root);

  self->from = from;
  self->to = to;
  if (there != NULL)
    {
      root = there->root;
      quality = (TuttiHarmony) there->quality;
    }
  else if (quality == TUTTI_HARMONY_AS_BEFORE)
    quality = TUTTI_HARMONY_MAJOR;
  tutti_chord_popover (GTK_WIDGET (self), &at, jam_of (self), root, quality, there != NULL, typed, &asker);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---------------------------------------------------------------- the hand */

static TuttiChordHand
hand_at (TuttiChordBar *self, double x)
{
  gint32 tick = tick_at (self, x), from, to;
  double reach;

  if (tutti_chord_meant (&self->shown, tick) == NULL)
    return TUTTI_CHORD_HAND_NEW;
  span (self, tick, &from, &to);
  reach = MIN (EDGE, (x_of (self, to) - x_of (self, from)) / 4);
  return x < x_of (self, from) + reach ? TUTTI_CHORD_HAND_BEGINNING : x >= x_of (self, to) - reach ? TUTTI_CHORD_HAND_END : TUTTI_CHORD_HAND_MOVE;
}

static void
on_begin (GtkGestureDrag *gesture, double x, double y, TuttiChordBar *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (end_of (self) == 0)
    return;
  self->hand = hand_at (self, x);
  self->taken = self->cursor = tick_at (self, x);
  range_at (self, self->taken, &self->taken_from, &self->taken_to);
}

/* Where the chord in the hand goes when the pointer is at @x. */
static void
wanted (TuttiChordBar *self, double x, gint32 *from, gint32 *to)
{
  gint32 step = self->grid->snap > 0 ? self->grid->snap : TUTTI_NOTE_STEP_TICKS;

  *from = self->taken_from;
  *to = self->taken_to;
  tutti_chord_drag (self->hand, self->taken, tick_at (self, x), step, end_of (self), from, to);
}

static void
take_chords (TuttiChordBar *self)
{
  const TuttiClip *clip = tutti_note_grid_get_clip (self->grid);

  self->shown = clip != NULL ? clip->chords : (TuttiChordLane) { 0 };
}

static void
on_update (GtkGestureDrag *gesture, double dx, double dy, TuttiChordBar *self)
{
  double x, y;
  gint32 from, to;

  if (self->hand == TUTTI_CHORD_HAND_OFF || fabs (dx) < MOVED_AFTER)
    return;
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  take_chords (self);
  wanted (self, x + dx, &from, &to);
  if (self->hand == TUTTI_CHORD_HAND_NEW)
    {
      self->from = from;
      self->to = to;
    }
  else
    tutti_chord_move (&self->shown, self->taken, from, to, end_of (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_end (GtkGestureDrag *gesture, double dx, double dy, TuttiChordBar *self)
{
  TuttiChordHand hand = self->hand;
  double x, y;
  gint32 from, to;

  if (hand == TUTTI_CHORD_HAND_OFF)
    return;
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (fabs (dx) < MOVED_AFTER)
    range_at (self, self->taken, &from, &to);
  else
    wanted (self, x + dx, &from, &to);
  self->hand = TUTTI_CHORD_HAND_OFF;
  take_chords (self);
  if (hand == TUTTI_CHORD_HAND_NEW || fabs (dx) < MOVED_AFTER)
    ask_which (self, from, to, NULL);
  else
    move (self, self->taken, from, to);
  tutti_chord_bar_refresh (self);
}

static void
on_cancel (GtkGesture *gesture, GdkEventSequence *sequence, TuttiChordBar *self)
{
  self->hand = TUTTI_CHORD_HAND_OFF;
  tutti_chord_bar_refresh (self);
}

static void
on_motion (GtkEventControllerMotion *motion, double x, double y, TuttiChordBar *self)
{
  static const char * const cursors[] = { "default", "pointer", "grab", "ew-resize", "ew-resize" };

  self->over = x;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), cursors[self->hand != TUTTI_CHORD_HAND_OFF ? self->hand : hand_at (self, x)]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_leave (GtkEventControllerMotion *motion, TuttiChordBar *self)
{
  self->over = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---------------------------------------------------------------- keys */

static void
go_to (TuttiChordBar *self, gint32 tick)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self->grid), GTK_TYPE_SCROLLED_WINDOW);
  double x;

  self->cursor = CLAMP (tick, 0, MAX (end_of (self) - 1, 0)) / beat_of (self) * beat_of (self);
  x = tutti_note_x (self->grid, self->cursor);
  if (scroller != NULL)
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller)), x,
                               tutti_note_x (self->grid, self->cursor + beat_of (self)));
  say (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Plain walks, with Alt the chord moves, with Control its end. */
static void
on_arrow (TuttiChordBar *self, int by, GdkModifierType held)
{
  gint32 ticks = by * beat_of (self), from, to;

  span (self, self->cursor, &from, &to);
  if ((held & GDK_ALT_MASK) != 0)
    move (self, self->cursor, from + ticks, to + ticks);
  else if ((held & GDK_CONTROL_MASK) != 0)
    move (self, self->cursor, from, MAX (to + ticks, from + beat_of (self)));
  else
    go_to (self, self->cursor + ticks);
}

static void
take_away (TuttiChordBar *self)
{
  gint32 from, to;

  span (self, self->cursor, &from, &to);
  if (tutti_chord_meant (&self->shown, self->cursor) != NULL)
    fill (self, from, to, 0, TUTTI_HARMONY_NONE);
}

gboolean
tutti_chord_bar_press (TuttiChordBar *self, guint key, GdkModifierType state)
{
  GdkModifierType held = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK);
  guint letter = gdk_keyval_to_upper (key);
  gint32 from, to;

  if (end_of (self) == 0)
    return FALSE;
  range_at (self, self->cursor, &from, &to);
  if (key == GDK_KEY_Left || key == GDK_KEY_Right)
    on_arrow (self, key == GDK_KEY_Left ? -1 : 1, held);
  else if (held == 0 && (key == GDK_KEY_Home || key == GDK_KEY_End))
    go_to (self, key == GDK_KEY_Home ? 0 : end_of (self) - 1);
  else if (held == 0 && (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_F2 || key == GDK_KEY_Menu))
    ask_which (self, from, to, NULL);
  else if (held == 0 && (key == GDK_KEY_Delete || key == GDK_KEY_BackSpace))
    take_away (self);
  else if ((held & ~GDK_SHIFT_MASK) == 0 && letter >= GDK_KEY_A && letter <= GDK_KEY_G)
    ask_which (self, from, to, (const char[]) { (char) letter, '\0' });
  else
    return FALSE;
  return TRUE;
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, TuttiChordBar *self)
{
  return tutti_chord_bar_press (self, key, state);
}

/* ---------------------------------------------------------------- drawing */

static void
draw_chord (TuttiChordBar *self, GtkSnapshot *snapshot, const TuttiPalette *p, const TuttiChordMark *mark)
{
  gint32 from, to;
  char name[TUTTI_CHORD_TEXT_SIZE];
  TuttiBox box;
  const TuttiTrack *track = tutti_note_grid_get_track (self->grid);

  span (self, mark->tick, &from, &to);
  box = (TuttiBox) { (float) x_of (self, from) + 1, TOP, (float) (x_of (self, to) - x_of (self, from)) - 3, BLOCK };
  if (box.x + box.width < 0 || box.x > gtk_widget_get_width (GTK_WIDGET (self)) || from >= end_of (self))
    return;
  tutti_draw_box (snapshot, box, RADIUS, &p->off_beat);
  if (from == self->sounding && track != NULL)
    {
      GdkRGBA now = tutti_rgba_fade (&p->track[track->colour], 0.45f);

      tutti_draw_box (snapshot, box, RADIUS, &now);
    }
  tutti_chord_print (mark->root, (TuttiHarmony) mark->quality, name);
  /* A chord that begins out of sight is called where it comes into it. */
  tutti_draw_text_within (snapshot, GTK_WIDGET (self), name, 9.5f, PANGO_WEIGHT_BOLD, MAX (box.x, 0) + 9, TOP + 4,
                          box.x + box.width - MAX (box.x, 0) - 12, &p->fg);
}

/* What a click would be about, where nothing is yet. */
static void
draw_offer (TuttiChordBar *self, GtkSnapshot *snapshot, const TuttiPalette *p)
{
  gint32 from = self->from, to = self->to;
  GdkRGBA line = tutti_rgba_fade (&p->fg, 0.35f);
  gboolean dragged = self->hand == TUTTI_CHORD_HAND_NEW && from < to;

  if (self->over >= 0 && self->hand == TUTTI_CHORD_HAND_OFF && hand_at (self, self->over) == TUTTI_CHORD_HAND_NEW)
    range_at (self, tick_at (self, self->over), &from, &to);
  else if (!dragged)
    return;
  TuttiBox box = { (float) x_of (self, from) + 1, TOP, (float) (x_of (self, to) - x_of (self, from)) - 3, BLOCK };

  tutti_draw_ring (snapshot, box, RADIUS, 0, 1.5f, &line);
  tutti_draw_text (snapshot, GTK_WIDGET (self), "+", 11.0f, PANGO_WEIGHT_BOLD, box.x + box.width / 2, TOP + 2, 0.5f, &p->dim);
}

static void
draw_cursor (TuttiChordBar *self, GtkSnapshot *snapshot, const TuttiPalette *p)
{
  gint32 from, to;

  if (!gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    return;
  from = self->cursor;
  to = from + beat_of (self);
  if (tutti_chord_meant (&self->shown, from) != NULL)
    span (self, self->cursor, &from, &to);
  tutti_draw_ring (snapshot, (TuttiBox) { (float) x_of (self, from) + 1, TOP, (float) (x_of (self, to) - x_of (self, from)) - 3, BLOCK },
                   RADIUS, 2, p->ring_width, &p->accent);
}

static void
tutti_chord_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiChordBar *self = TUTTI_CHORD_BAR (widget);
  const TuttiPalette *p = tutti_palette_get (widget);
  gboolean any = FALSE;

  if (jam_of (self) == NULL || end_of (self) == 0)
    return;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (-3, 0, (float) gtk_widget_get_width (widget) + 3, HEIGHT));
  for (guint i = 0; i < self->shown.n; i++)
    if (self->shown.mark[i].quality != TUTTI_HARMONY_NONE)
      {
        draw_chord (self, snapshot, p, &self->shown.mark[i]);
        any = TRUE;
      }
  if (!any && self->over < 0 && self->hand == TUTTI_CHORD_HAND_OFF)
    tutti_draw_text (snapshot, widget, _("Click to say which chord is meant here"), 9.0f, PANGO_WEIGHT_NORMAL, 8, TOP + 4, 0, &p->dim);
  draw_offer (self, snapshot, p);
  draw_cursor (self, snapshot, p);
  gtk_snapshot_pop (snapshot);
}

/* ---------------------------------------------------------------- the widget */

void
tutti_chord_bar_refresh (TuttiChordBar *self)
{
  if (self->hand == TUTTI_CHORD_HAND_OFF)
    take_chords (self);
  self->cursor = MIN (self->cursor, MAX (end_of (self) - 1, 0));
  say (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tutti_chord_bar_beat (TuttiChordBar *self)
{
  gint64 now = self->grid->playhead;
  const TuttiChordMark *mark = now >= 0 ? tutti_chord_meant (&self->shown, (gint32) now) : NULL;
  gint32 sounding = mark != NULL ? mark->tick : -1;

  if (sounding == self->sounding)
    return;
  self->sounding = sounding;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
tutti_chord_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 0;
}

static void
tutti_chord_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  tutti_passing_menu_lay_out (widget);
}

static void
tutti_chord_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (tutti_chord_bar_parent_class)->dispose (object);
}

static void
tutti_chord_bar_class_init (TuttiChordBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_chord_bar_dispose;
  widget_class->snapshot = tutti_chord_bar_snapshot;
  widget_class->measure = tutti_chord_bar_measure;
  widget_class->size_allocate = tutti_chord_bar_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "chordbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tutti_chord_bar_init (TuttiChordBar *self)
{
  self->sounding = -1;
  self->over = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
}

static void
attach (TuttiChordBar *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new (), *keys = gtk_event_controller_key_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_end), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (on_cancel), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
tutti_chord_bar_new (TuttiNoteGrid *grid)
{
  TuttiChordBar *self = g_object_new (TUTTI_TYPE_CHORD_BAR, NULL);

  self->grid = grid;
  attach (self);
  g_signal_connect_object (grid, "moved", G_CALLBACK (tutti_chord_bar_refresh), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
