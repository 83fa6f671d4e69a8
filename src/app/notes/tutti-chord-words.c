/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the lane of chords says of itself. */
#include "tutti-chord-bar-private.h"

#include <glib/gi18n.h>

/* "Am7, bar 1 beat 1, 4 beats" (transfer full) */
static char *
words_at (TuttiChordBar *self, gint32 tick)
{
  const TuttiTransport *transport = &tutti_chord_bar_jam (self)->transport;
  const TuttiChordMark *mark = tutti_chord_meant (&self->shown, tick);
  gint64 beat = tutti_chord_bar_beat_ticks (self), bar = tutti_ticks_per_bar (transport->beats, transport->unit);
  char name[TUTTI_CHORD_TEXT_SIZE];
  gint32 from, to;

  tutti_chord_bar_range (self, tick, &from, &to);
  if (mark == NULL)
    return g_strdup_printf (_("no chord, bar %d beat %d"), (int) (tick / bar) + 1, (int) (tick % bar / beat) + 1);
  tutti_chord_print (mark->root, (TuttiHarmony) mark->quality, name);
  /* Translators: a chord and where it is meant, "Am7, bar 1 beat 1, 4 beats" */
  return g_strdup_printf (ngettext ("%s, bar %d beat %d, %d beat", "%s, bar %d beat %d, %d beats", (gulong) ((to - from) / beat)), name,
                          (int) (from / bar) + 1, (int) (from % bar / beat) + 1, (int) ((to - from) / beat));
}

void
tutti_chord_bar_say (TuttiChordBar *self)
{
  g_autoptr(GString) all = g_string_new (NULL);
  g_autofree char *here = NULL;

  if (tutti_chord_bar_jam (self) == NULL || tutti_chord_bar_end (self) == 0)
    return;
  for (guint i = 0; i < self->shown.n; i++)
    if (self->shown.mark[i].quality != TUTTI_HARMONY_NONE && self->shown.mark[i].tick < tutti_chord_bar_end (self))
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
