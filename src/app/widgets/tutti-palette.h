/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

#include <gtk/gtk.h>

/* The colours that drawn widgets use, read from the style sheets (`@define-color tutti_…`) once per change of style and
 * never per frame. */
typedef struct
{
  GdkRGBA  track[TUTTI_N_COLOURS];
  GdkRGBA  person[TUTTI_N_PERSON_COLOURS], person_ink[TUTTI_N_PERSON_COLOURS];
  GdkRGBA  window, fg, dim, accent, ink;
  GdkRGBA  off, off_beat, edge, trough, mark, outline;
  GdkRGBA  cap, cap_edge;
  GdkRGBA  playhead, queued, late, conflict, record, refused, mine, ok, warn;
  float    back_alpha;         /* of a track's colour behind the velocity block */
  float    clip_alpha;         /* of a track's colour in a loaded clip */
  float    ring_width;         /* of focus and cursor rings, pixels */
} TuttiPalette;

/* The palette of now. @widget: any widget of the application, whose style context is asked. Lives for ever, but its
 * colours change with the style: do not keep copies. Thread: main. */
const TuttiPalette *tutti_palette_get (GtkWidget *widget);

/* @colour with its alpha multiplied by @alpha. */
GdkRGBA tutti_rgba_fade (const GdkRGBA *colour, float alpha);

/* @a with a share of @b (0…1) mixed in. */
GdkRGBA tutti_rgba_mix (const GdkRGBA *a, const GdkRGBA *b, float share);
