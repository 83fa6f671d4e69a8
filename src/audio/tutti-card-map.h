/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* card = card_ns + (monotonic − monotonic_ns)·(1 + slope). A value, so that it crosses threads whole. */
typedef struct
{
  gint64 card_ns;
  gint64 monotonic_ns;
  double slope;                /* 1e-6 is one ppm; within ±500 ppm */
  guint64 resets;              /* counts up when the line starts anew instead of moving on */
} TuttiCardLine;

gint64 tutti_card_line_to_monotonic (const TuttiCardLine *line, gint64 card_ns);
gint64 tutti_card_line_to_card      (const TuttiCardLine *line, gint64 monotonic_ns);

typedef enum
{
  TUTTI_CARD_STOPS,            /* its clock stands still in an underrun (ALSA, the virtual card): small steps are believed */
  TUTTI_CARD_SERVER,           /* a sound server's stream time: lies for seconds after a hold-up; on PipeWire it saws by milliseconds */
} TuttiCardKind;

typedef enum
{
  TUTTI_CARD_KEPT,
  TUTTI_CARD_IGNORED,          /* off, or a time in which the clock is known to lie */
  TUTTI_CARD_RESET,            /* started anew from the newest readings */
} TuttiCardResult;

typedef struct _TuttiCardMap TuttiCardMap;

/* Maps the sound card's clock to the monotonic clock from pairs read together every 10 ms. Pure: time comes as arguments.
 * Thread: the caller's. */
TuttiCardMap *tutti_card_map_new  (TuttiCardKind kind);
void          tutti_card_map_free (TuttiCardMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiCardMap, tutti_card_map_free)

TuttiCardResult tutti_card_map_add (TuttiCardMap *map, gint64 card_ns, gint64 monotonic_ns);

/* This program was held up, or the stream ran dry, at `monotonic_ns`: a server's clock is not believed for a
 * while, once there is a line of some seconds to go on with. */
void tutti_card_map_disturbed (TuttiCardMap *map, gint64 monotonic_ns);

/* The stream stopped: no line until new readings. The slope, a property of the crystal, is kept. */
void tutti_card_map_drop (TuttiCardMap *map);

/* FALSE, `line` untouched, before enough readings. */
gboolean tutti_card_map_get_line (const TuttiCardMap *map, TuttiCardLine *line);

/* Root mean square of the newest readings around the line. */
double tutti_card_map_get_noise_ns (const TuttiCardMap *map);

/* Whether readings are so coarse that a running median took the place of the regression. */
gboolean tutti_card_map_is_coarse (const TuttiCardMap *map);

G_END_DECLS
