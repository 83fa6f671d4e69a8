/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-notes-private.h"

#include "tutti-words.h"

#include <glib/gi18n.h>

/* Whole sixteenths in words, anything else in ticks. */
static char *
length_words (gint32 length)
{
  gulong sixteenths = (gulong) (length / TUTTI_NOTE_STEP_TICKS);

  if (length % TUTTI_NOTE_STEP_TICKS != 0)
    return g_strdup_printf (ngettext ("%d tick", "%d ticks", (gulong) length), length);
  return g_strdup_printf (ngettext ("%lu sixteenth", "%lu sixteenths", sixteenths), sixteenths);
}

/* Where it begins, as musicians count: between two beats with the sixteenth. */
static char *
place_words (const TuttiTransport *transport, gint32 tick)
{
  gint64 beat_ticks = tutti_ticks_per_beat (transport->unit), bar_ticks = tutti_ticks_per_bar (transport->beats, transport->unit);
  int bar = (int) (tick / bar_ticks) + 1, beat = (int) (tick % bar_ticks / beat_ticks) + 1;
  int part = (int) (tick % bar_ticks % beat_ticks / TUTTI_NOTE_STEP_TICKS) + 1;

  if (part == 1)
    return g_strdup_printf (_("bar %d beat %d"), bar, beat);
  return g_strdup_printf (_("bar %d beat %d, sixteenth %d"), bar, beat, part);
}

char *
tutti_note_words (const TuttiJam *jam, const TuttiNote *note)
{
  g_autofree char *length = length_words (note->length), *place = place_words (&jam->transport, note->tick);
  char name[12];

  tutti_words_note (note->pitch, name, sizeof name);
  /* Translators: a note: its name, its place, its length, how hard it is struck */
  return g_strdup_printf (_("%s, %s, %s, velocity %d"), name, place, length, note->velocity);
}
