/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pointer and touch on the piano roll. While something is dragged it is only shown; what it came to is asked for when it is let go. */
#include "tutti-notes-private.h"

#include <math.h>

#define MOVED_AFTER 4.0        /* pixels: less is a click */

static TuttiNote *
dragged (TuttiNoteGrid *self, guint i)
{
  return &g_array_index (self->dragged, TuttiNote, i);
}

static void
hear_once (TuttiNoteGrid *self, int key)
{
  if (key == self->heard_key)
    return;
  self->heard_key = key;
  tutti_note_hear (self, key, self->last_velocity);
}

/* ---- beginning ---- */

static void
begin_new (TuttiNoteGrid *self, double x, double y)
{
  gint32 tick = tutti_note_snap (self, tutti_note_tick (self, x), FALSE);
  int keys[TUTTI_HARMONY_KEYS_MAX], key = tutti_note_fit (self, tick, tutti_note_key (self, y));
  guint n = 1;

  keys[0] = key;
  if (self->tool == TUTTI_NOTE_CHORD)
    n = tutti_note_stamp (self, tick, key, keys);
  g_array_set_size (self->dragged, 0);
  for (guint i = 0; i < n; i++)
    {
      TuttiNote note = { tutti_session_new_id (self->session), tick, self->last_length, (guint8) keys[i], self->last_velocity };

      g_array_append_val (self->dragged, note);
      tutti_note_hear (self, keys[i], self->last_velocity);
    }
  self->heard_key = key;
  self->drag = TUTTI_DRAG_NEW;
  tutti_note_preview (self, self->dragged);
}

static void
begin_on_note (TuttiNoteGrid *self, const TuttiNote *note, double x, GdkModifierType state)
{
  TuttiId id = note->id;
  TuttiBox box = tutti_note_box (self, note);
  gboolean edge = x >= box.x + box.width - MIN (TUTTI_NOTE_EDGE, box.width / 3);
  int key = note->pitch;

  if ((state & GDK_SHIFT_MASK) != 0)
    {
      tutti_note_select (self, id, !tutti_note_selected (self, id));
      return;
    }
  self->last_length = note->length;
  self->last_velocity = note->velocity;
  if (!tutti_note_selected (self, id))
    tutti_note_grid_select_only (self, id);
  g_array_unref (self->dragged);
  self->dragged = tutti_note_picked (self);
  self->copies = !edge && (state & GDK_CONTROL_MASK) != 0;
  for (guint i = 0; self->copies && i < self->dragged->len; i++)
    dragged (self, i)->id = tutti_session_new_id (self->session);
  self->drag = edge ? TUTTI_DRAG_RESIZE : TUTTI_DRAG_MOVE;
  hear_once (self, key);
}

static void
begin_box (TuttiNoteGrid *self, double x, double y, GdkModifierType state)
{
  if ((state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) == 0)
    tutti_note_select_none (self);
  self->drag = TUTTI_DRAG_BOX;
  self->box = (TuttiBox) { (float) x, (float) y, 0, 0 };
}

static void
on_begin (GtkGestureDrag *gesture, double x, double y, TuttiNoteGrid *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  const TuttiNote *note = tutti_note_at (self, x, y);
  const TuttiClip *clip = tutti_note_grid_get_clip (self);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->heard_key = -1;
  self->drag_tick = tutti_note_tick (self, x);
  self->drag_key = tutti_note_key (self, y);
  self->cursor_tick = self->anchor_tick = tutti_note_snap (self, self->drag_tick, FALSE);
  self->cursor_key = self->anchor_key = self->drag_key;
  if (clip == NULL)
    return;
  if (self->tool == TUTTI_NOTE_SPLIT && note != NULL)
    tutti_note_split (self, x, y);
  else if (note != NULL)
    begin_on_note (self, note, x, state);
  else if (self->tool == TUTTI_NOTE_SELECT || self->tool == TUTTI_NOTE_SPLIT || (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0)
    begin_box (self, x, y, state);
  else if (self->drag_tick < tutti_clip_ticks (clip))
    begin_new (self, x, y);
}

/* ---- under way ---- */

/* From where it was taken, by whole steps of the snap; the keys by rows, so that folded rows count as one. */
static void
update_move (TuttiNoteGrid *self, double x, double y)
{
  g_autoptr(GArray) moved = g_array_copy (self->dragged);
  gint32 by = tutti_note_tick (self, x) - self->drag_tick;
  int key = tutti_note_key (self, y);

  if (self->snap > 0)
    by = (by + (by < 0 ? -1 : 1) * self->snap / 2) / self->snap * self->snap;
  tutti_notes_move ((TuttiNote *) (void *) moved->data, moved->len, by, key - self->drag_key);
  if (self->lock)
    tutti_notes_into_scale ((TuttiNote *) (void *) moved->data, moved->len, tutti_session_get_jam (self->session));
  tutti_note_preview (self, moved);
  if (moved->len == 1)
    hear_once (self, g_array_index (moved, TuttiNote, 0).pitch);
}

static void
update_length (TuttiNoteGrid *self, double x)
{
  g_autoptr(GArray) longer = g_array_copy (self->dragged);
  gint32 by = tutti_note_tick (self, x) - self->drag_tick, least = tutti_note_step (self);

  if (self->snap > 0)
    by = (by + (by < 0 ? -1 : 1) * self->snap / 2) / self->snap * self->snap;
  tutti_notes_lengthen ((TuttiNote *) (void *) longer->data, longer->len, by, least);
  tutti_note_preview (self, longer);
}

/* A new note grows to the right from its beginning. */
static void
update_new (TuttiNoteGrid *self, double x)
{
  gint32 end = tutti_note_snap (self, tutti_note_tick (self, MAX (x, 0)), FALSE) + tutti_note_step (self);

  for (guint i = 0; i < self->dragged->len; i++)
    dragged (self, i)->length = MAX (end - dragged (self, i)->tick, tutti_note_step (self));
  tutti_note_preview (self, self->dragged);
}

static void
update_box (TuttiNoteGrid *self, double x, double y, double dx, double dy)
{
  self->box = (TuttiBox) { (float) MIN (x, x + dx), (float) MIN (y, y + dy), (float) fabs (dx), (float) fabs (dy) };
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_update (GtkGestureDrag *gesture, double dx, double dy, TuttiNoteGrid *self)
{
  double x, y;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (fabs (dx) < MOVED_AFTER && fabs (dy) < MOVED_AFTER)
    return;
  switch (self->drag)
    {
    case TUTTI_DRAG_NEW:
      if (dx >= MOVED_AFTER)
        update_new (self, x + dx);
      break;
    case TUTTI_DRAG_MOVE:
      update_move (self, x + dx, y + dy);
      break;
    case TUTTI_DRAG_RESIZE:
      update_length (self, x + dx);
      break;
    case TUTTI_DRAG_BOX:
      update_box (self, x, y, dx, dy);
      break;
    case TUTTI_DRAG_NOTHING:
    case TUTTI_DRAG_VELOCITY:
    default:
      break;
    }
}

/* ---- the end ---- */

static void
select_dragged (TuttiNoteGrid *self)
{
  g_hash_table_remove_all (self->selected);
  for (guint i = 0; i < self->dragged->len; i++)
    g_hash_table_add (self->selected, g_memdup2 (&dragged (self, i)->id, sizeof (TuttiId)));
}

/* What is shown of the dragged ones is what becomes of them. */
static void
end_edit (TuttiNoteGrid *self)
{
  g_autoptr(GArray) notes = g_array_new (FALSE, FALSE, sizeof (TuttiNote));

  for (guint i = 0; i < self->shown->len; i++)
    for (guint j = 0; j < self->dragged->len; j++)
      if (tutti_id_equal (g_array_index (self->shown, TuttiNote, i).id, dragged (self, j)->id))
        g_array_append_val (notes, g_array_index (self->shown, TuttiNote, i));
  if (self->drag == TUTTI_DRAG_NEW && notes->len > 0)
    self->last_length = g_array_index (notes, TuttiNote, 0).length;
  gboolean fresh = self->drag == TUTTI_DRAG_NEW || self->copies;
  guint fields = self->drag == TUTTI_DRAG_RESIZE ? TUTTI_NOTE_LENGTH : TUTTI_NOTE_TICK | TUTTI_NOTE_PITCH;

  if (fresh)
    select_dragged (self);
  self->drag = TUTTI_DRAG_NOTHING;
  self->copies = FALSE;
  if (fresh)
    tutti_note_commit (self, notes);
  else
    tutti_note_commit_fields (self, notes, fields);
  g_signal_emit_by_name (self, "picked");
}

static void
on_end (GtkGestureDrag *gesture, double dx, double dy, TuttiNoteGrid *self)
{
  TuttiBox box = self->box;
  TuttiNoteDrag drag = self->drag;

  if (drag == TUTTI_DRAG_NEW || drag == TUTTI_DRAG_MOVE || drag == TUTTI_DRAG_RESIZE)
    end_edit (self);
  self->drag = TUTTI_DRAG_NOTHING;
  if (drag == TUTTI_DRAG_BOX && (box.width >= MOVED_AFTER || box.height >= MOVED_AFTER))
    tutti_note_select_box (self, tutti_note_tick (self, box.x), tutti_note_tick (self, box.x + box.width),
                           tutti_note_key (self, box.y + box.height), tutti_note_key (self, box.y));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A gesture that is taken away leaves everything as it was. */
static void
on_cancel (GtkGesture *gesture, GdkEventSequence *sequence, TuttiNoteGrid *self)
{
  self->drag = TUTTI_DRAG_NOTHING;
  self->copies = FALSE;
  tutti_note_grid_refresh (self, 0);
}

/* ---- clicks, and what the pointer shows ---- */

static void
on_pressed (GtkGestureClick *click, int n_press, double x, double y, TuttiNoteGrid *self)
{
  const TuttiNote *note = tutti_note_at (self, x, y);
  TuttiId id;

  if (n_press != 2 || note == NULL || self->tool == TUTTI_NOTE_SPLIT)
    return;
  id = note->id;
  self->drag = TUTTI_DRAG_NOTHING;
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  tutti_note_delete (self, &id, 1);
}

/* The menu is about what lies below the pointer. */
static void
on_menu (GtkGestureClick *click, int n_press, double x, double y, TuttiNoteGrid *self)
{
  const TuttiNote *note = tutti_note_at (self, x, y);

  if (note != NULL && !tutti_note_selected (self, note->id))
    tutti_note_grid_select_only (self, note->id);
  gtk_widget_activate_action (GTK_WIDGET (self), "notes.menu", "(dd)", x, y);
}

static void
on_motion (GtkEventControllerMotion *motion, double x, double y, TuttiNoteGrid *self)
{
  static const char * const over_nothing[TUTTI_N_NOTE_TOOLS] = { "crosshair", "default", "copy", "text" };
  const TuttiNote *note = tutti_note_at (self, x, y);
  const char *name = over_nothing[self->tool];

  self->pointer_x = x;
  if (self->drag != TUTTI_DRAG_NOTHING)
    return;
  if (note != NULL && self->tool != TUTTI_NOTE_SPLIT)
    {
      TuttiBox box = tutti_note_box (self, note);

      name = x >= box.x + box.width - MIN (TUTTI_NOTE_EDGE, box.width / 3) ? "ew-resize" : "grab";
    }
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

/* What is below the pointer stays there. */
static void
zoom_around (TuttiNoteGrid *self, double zoom, double x)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  double before = self->zoom;

  tutti_note_grid_set_zoom (self, zoom);
  if (scroller == NULL)
    return;
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller));
  double value = gtk_adjustment_get_value (across) + x * (self->zoom / before - 1);

  /* The wider grid has its room with the next layout; the place is kept now. */
  gtk_adjustment_set_upper (across, MAX (gtk_adjustment_get_upper (across), value + gtk_adjustment_get_page_size (across)));
  gtk_adjustment_set_value (across, value);
}

static gboolean
on_scroll (GtkEventControllerScroll *scroll, double dx, double dy, TuttiNoteGrid *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  double before = self->zoom;

  if ((state & GDK_CONTROL_MASK) == 0)
    return FALSE;
  zoom_around (self, self->zoom * pow (1.15, -dy), self->pointer_x);
  self->pointer_x *= self->zoom / before;
  return TRUE;
}

static void
on_pinch (GtkGestureZoom *zoom, double scale, TuttiNoteGrid *self)
{
  double *start = g_object_get_data (G_OBJECT (zoom), "tutti-start");

  zoom_around (self, *start * scale, tutti_note_grid_visible (self).width / 2 + tutti_note_grid_visible (self).x);
}

static void
on_pinch_begin (GtkGesture *zoom, GdkEventSequence *sequence, TuttiNoteGrid *self)
{
  *(double *) g_object_get_data (G_OBJECT (zoom), "tutti-start") = self->zoom;
}

static void
add (TuttiNoteGrid *self, GtkEventController *controller)
{
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
tutti_note_input_attach (TuttiNoteGrid *self)
{
  GtkGesture *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new (), *menu = gtk_gesture_click_new ();
  GtkGesture *zoom = gtk_gesture_zoom_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_end), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (on_cancel), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect (menu, "pressed", G_CALLBACK (on_menu), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  g_object_set_data_full (G_OBJECT (zoom), "tutti-start", g_new0 (double, 1), g_free);
  g_signal_connect (zoom, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (zoom, "scale-changed", G_CALLBACK (on_pinch), self);
  add (self, GTK_EVENT_CONTROLLER (drag));
  add (self, GTK_EVENT_CONTROLLER (click));
  add (self, GTK_EVENT_CONTROLLER (menu));
  add (self, GTK_EVENT_CONTROLLER (zoom));
  add (self, motion);
  add (self, scroll);
}
