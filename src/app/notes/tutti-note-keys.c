/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keyboard on the piano roll, as on the step grid: arrows walk, Enter draws and takes away, Alt with arrows moves. */
#include "tutti-notes-private.h"

#define LOUDER 5
#define OCTAVE 12

static const TuttiNote *
note_at_cursor (TuttiNoteGrid *self)
{
  for (guint i = 0; i < self->shown->len; i++)
    {
      const TuttiNote *note = &g_array_index (self->shown, TuttiNote, i);

      if (note->pitch == self->cursor_key && note->tick <= self->cursor_tick && note->tick + note->length > self->cursor_tick)
        return note;
    }
  return NULL;
}

TuttiId
tutti_note_grid_get_here (TuttiNoteGrid *self)
{
  const TuttiNote *there = note_at_cursor (self);

  for (guint i = 0; i < self->shown->len; i++)
    if (tutti_note_selected (self, g_array_index (self->shown, TuttiNote, i).id))
      return g_array_index (self->shown, TuttiNote, i).id;
  return there != NULL ? there->id : tutti_id (0, 0);
}

/* What the cursor stands on is said as the description of the roll. */
static void
say_cursor (TuttiNoteGrid *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  const TuttiNote *note = note_at_cursor (self);
  TuttiNote here = { .tick = self->cursor_tick, .length = tutti_note_step (self), .pitch = (guint8) self->cursor_key };
  g_autofree char *words = tutti_note_words (jam, note != NULL ? note : &here);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  g_signal_emit_by_name (self, "picked");
}

static void
keep_in_view (TuttiNoteGrid *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  double x = tutti_note_x (self, self->cursor_tick), y = tutti_note_row (self, self->cursor_key) * TUTTI_NOTE_ROW;

  if (scroller == NULL)
    return;
  gtk_adjustment_clamp_page (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller)), x, x + TUTTI_NOTE_STEP_WIDTH);
  gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), y, y + TUTTI_NOTE_ROW);
}

static void
move_cursor (TuttiNoteGrid *self, gint32 ticks, int rows, gboolean extend)
{
  const TuttiClip *clip = tutti_note_grid_get_clip (self);
  int row = CLAMP (tutti_note_row (self, self->cursor_key) + rows, 0, (int) self->n_rows - 1);

  self->cursor_tick = CLAMP (self->cursor_tick + ticks, 0, tutti_clip_ticks (clip) - 1);
  self->cursor_key = self->row_keys[row];
  if (extend)
    {
      gint32 end = MAX (self->anchor_tick, self->cursor_tick) + tutti_note_step (self);

      g_hash_table_remove_all (self->selected);
      tutti_note_select_box (self, MIN (self->anchor_tick, self->cursor_tick), end,
                             MIN (self->anchor_key, self->cursor_key), MAX (self->anchor_key, self->cursor_key));
    }
  else
    {
      self->anchor_tick = self->cursor_tick;
      self->anchor_key = self->cursor_key;
    }
  if (rows != 0)
    tutti_note_hear (self, self->cursor_key, self->last_velocity);
  keep_in_view (self);
  say_cursor (self);
  tutti_note_grid_moved (self);
}

static void
toggle (TuttiNoteGrid *self)
{
  const TuttiNote *there = note_at_cursor (self);
  g_autoptr(GArray) notes = g_array_new (FALSE, FALSE, sizeof (TuttiNote));
  TuttiNote note = { .tick = self->cursor_tick, .length = self->last_length, .pitch = (guint8) self->cursor_key,
                     .velocity = self->last_velocity };
  TuttiId id = there != NULL ? there->id : tutti_session_new_id (self->session);

  if (there != NULL)
    {
      tutti_note_delete (self, &id, 1);
      return;
    }
  int keys[TUTTI_HARMONY_KEYS_MAX] = { tutti_note_fit (self, self->cursor_tick, self->cursor_key) };
  guint n = self->tool == TUTTI_NOTE_CHORD ? tutti_note_stamp (self, self->cursor_tick, keys[0], keys) : 1;

  for (guint i = 0; i < n; i++)
    {
      note.id = i == 0 ? id : tutti_session_new_id (self->session);
      note.pitch = (guint8) keys[i];
      g_array_append_val (notes, note);
      tutti_note_hear (self, keys[i], self->last_velocity);
    }
  tutti_note_commit (self, notes);
  say_cursor (self);
}

/* The selected notes, or the one below the cursor. */
static GArray *
meant (TuttiNoteGrid *self)
{
  const TuttiNote *there = note_at_cursor (self);
  GArray *notes;

  if (tutti_note_grid_count_selected (self) > 0)
    return tutti_note_picked (self);
  notes = g_array_new (FALSE, FALSE, sizeof (TuttiNote));
  if (there != NULL)
    g_array_append_val (notes, *there);
  return notes;
}

static void
move_notes (TuttiNoteGrid *self, gint32 ticks, int keys)
{
  g_autoptr(GArray) notes = meant (self);

  if (notes->len == 0)
    return;
  tutti_notes_move (&g_array_index (notes, TuttiNote, 0), notes->len, ticks, keys);
  if (tutti_note_grid_count_selected (self) == 0)
    {
      self->cursor_tick = g_array_index (notes, TuttiNote, 0).tick;
      self->cursor_key = g_array_index (notes, TuttiNote, 0).pitch;
    }
  tutti_note_commit (self, notes);
  if (keys != 0)
    tutti_note_hear (self, g_array_index (notes, TuttiNote, 0).pitch, g_array_index (notes, TuttiNote, 0).velocity);
  say_cursor (self);
}

static void
change_notes (TuttiNoteGrid *self, gint32 longer, int louder)
{
  g_autoptr(GArray) notes = meant (self);

  if (notes->len == 0)
    return;
  if (longer != 0)
    tutti_notes_lengthen (&g_array_index (notes, TuttiNote, 0), notes->len, longer, tutti_note_step (self));
  if (louder != 0)
    tutti_notes_louder (&g_array_index (notes, TuttiNote, 0), notes->len, louder);
  tutti_note_commit (self, notes);
  say_cursor (self);
}

/* ---- keys ---- */

static gboolean
on_arrow (TuttiNoteGrid *self, gint32 across, int up, GdkModifierType state)
{
  gint32 ticks = across * tutti_note_step (self);

  if ((state & GDK_ALT_MASK) != 0)
    move_notes (self, ticks, up * ((state & GDK_SHIFT_MASK) != 0 ? OCTAVE : 1));
  else if ((state & GDK_CONTROL_MASK) != 0 && across != 0)
    change_notes (self, ticks, 0);
  else if ((state & GDK_CONTROL_MASK) != 0)
    return FALSE;
  else
    move_cursor (self, ticks, -up, (state & GDK_SHIFT_MASK) != 0);
  return TRUE;
}

static gboolean
on_command (TuttiNoteGrid *self, guint key)
{
  static const struct { guint key; TuttiNotesCommand command; } commands[] = {
    { GDK_KEY_c, TUTTI_NOTES_COPY }, { GDK_KEY_x, TUTTI_NOTES_CUT }, { GDK_KEY_v, TUTTI_NOTES_PASTE },
    { GDK_KEY_d, TUTTI_NOTES_DUPLICATE }, { GDK_KEY_u, TUTTI_NOTES_QUANTISE },
  };

  if (key == GDK_KEY_a)
    tutti_note_grid_select_all (self);
  else if (key == GDK_KEY_plus || key == GDK_KEY_equal || key == GDK_KEY_KP_Add)
    tutti_note_grid_set_zoom (self, self->zoom * 1.25);
  else if (key == GDK_KEY_minus || key == GDK_KEY_KP_Subtract)
    tutti_note_grid_set_zoom (self, self->zoom / 1.25);
  else
    {
      for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
        if (commands[i].key == key)
          {
            tutti_note_grid_do (self, commands[i].command);
            return TRUE;
          }
      return FALSE;
    }
  return TRUE;
}

static gboolean
on_plain (TuttiNoteGrid *self, guint key)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  gint64 bar = tutti_ticks_per_bar (jam->transport.beats, jam->transport.unit);
  g_autoptr(GArray) notes = NULL;

  switch (key)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      toggle (self);
      return TRUE;
    case GDK_KEY_plus:
    case GDK_KEY_KP_Add:
      change_notes (self, 0, LOUDER);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      change_notes (self, 0, -LOUDER);
      return TRUE;
    case GDK_KEY_Delete:
    case GDK_KEY_BackSpace:
      notes = meant (self);
      for (guint i = 0; i < notes->len; i++)
        tutti_note_select (self, g_array_index (notes, TuttiNote, i).id, TRUE);
      tutti_note_grid_do (self, TUTTI_NOTES_DELETE);
      return TRUE;
    case GDK_KEY_Home:
      move_cursor (self, -TUTTI_CLIP_TICKS_MAX, 0, FALSE);
      return TRUE;
    case GDK_KEY_End:
      move_cursor (self, TUTTI_CLIP_TICKS_MAX, 0, FALSE);
      self->cursor_tick = tutti_note_snap (self, self->cursor_tick, FALSE);
      return TRUE;
    case GDK_KEY_Page_Up:
    case GDK_KEY_Page_Down:
      move_cursor (self, (gint32) (key == GDK_KEY_Page_Up ? -bar : bar), 0, FALSE);
      return TRUE;
    case GDK_KEY_Escape:
      if (tutti_note_grid_count_selected (self) == 0)
        return FALSE;
      tutti_note_select_none (self);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, TuttiNoteGrid *self)
{
  GdkModifierType held = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK);

  if (tutti_note_grid_get_clip (self) == NULL)
    return FALSE;
  if (key == GDK_KEY_Left || key == GDK_KEY_Right)
    return on_arrow (self, key == GDK_KEY_Left ? -1 : 1, 0, state);
  if (key == GDK_KEY_Up || key == GDK_KEY_Down)
    return on_arrow (self, 0, key == GDK_KEY_Up ? 1 : -1, state);
  if ((key == GDK_KEY_Menu && held == 0) || (key == GDK_KEY_F10 && held == GDK_SHIFT_MASK))
    return gtk_widget_activate_action (GTK_WIDGET (self), "notes.menu", "(dd)", tutti_note_x (self, self->cursor_tick),
                                       (double) (tutti_note_row (self, self->cursor_key) + 1) * TUTTI_NOTE_ROW);
  if (held == GDK_CONTROL_MASK)
    return on_command (self, gdk_keyval_to_lower (key));
  return (held & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0 && on_plain (self, key);
}

void
tutti_note_keys_attach (TuttiNoteGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
