/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What keys do in the lane of chords. */
#include "tutti-chord-bar-private.h"

static void
go_to (TuttiChordBar *self, gint32 tick)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self->grid), GTK_TYPE_SCROLLED_WINDOW);
  gint32 beat = tutti_chord_bar_beat_ticks (self);
  double x;

  self->cursor = CLAMP (tick, 0, MAX (tutti_chord_bar_end (self) - 1, 0)) / beat * beat;
  x = tutti_note_x (self->grid, self->cursor);
  if (scroller != NULL)
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller)), x,
                               tutti_note_x (self->grid, self->cursor + beat));
  tutti_chord_bar_say (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Plain walks, with Alt the chord moves, with Control its end. */
static void
on_arrow (TuttiChordBar *self, int by, GdkModifierType held)
{
  gint32 ticks = by * tutti_chord_bar_beat_ticks (self), from, to;

  tutti_chord_bar_span (self, self->cursor, &from, &to);
  if ((held & GDK_ALT_MASK) != 0)
    tutti_chord_bar_move (self, self->cursor, from + ticks, to + ticks);
  else if ((held & GDK_CONTROL_MASK) != 0)
    tutti_chord_bar_move (self, self->cursor, from, MAX (to + ticks, from + tutti_chord_bar_beat_ticks (self)));
  else
    go_to (self, self->cursor + ticks);
}

static void
take_away (TuttiChordBar *self)
{
  gint32 from, to;

  tutti_chord_bar_span (self, self->cursor, &from, &to);
  if (tutti_chord_meant (&self->shown, self->cursor) != NULL)
    tutti_chord_bar_fill (self, from, to, 0, TUTTI_HARMONY_NONE);
}

gboolean
tutti_chord_bar_press (TuttiChordBar *self, guint key, GdkModifierType state)
{
  GdkModifierType held = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK);
  guint letter = gdk_keyval_to_upper (key);
  gint32 from, to;

  if (tutti_chord_bar_end (self) == 0)
    return FALSE;
  tutti_chord_bar_range (self, self->cursor, &from, &to);
  if (key == GDK_KEY_Left || key == GDK_KEY_Right)
    on_arrow (self, key == GDK_KEY_Left ? -1 : 1, held);
  else if (held == 0 && (key == GDK_KEY_Home || key == GDK_KEY_End))
    go_to (self, key == GDK_KEY_Home ? 0 : tutti_chord_bar_end (self) - 1);
  else if (held == 0 && (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_F2 || key == GDK_KEY_Menu))
    tutti_chord_bar_ask (self, from, to, NULL);
  else if (held == 0 && (key == GDK_KEY_Delete || key == GDK_KEY_BackSpace))
    take_away (self);
  else if ((held & ~GDK_SHIFT_MASK) == 0 && letter >= GDK_KEY_A && letter <= GDK_KEY_G)
    tutti_chord_bar_ask (self, from, to, (const char[]) { (char) letter, '\0' });
  else
    return FALSE;
  return TRUE;
}
