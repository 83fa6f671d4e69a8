/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

/* Where somebody is and what they do there, as others are told. A hint for the eye and nothing else: it is never in the log, it
 * names things and no pixels, and whoever receives one that names nothing they know ignores that part of it. */

typedef enum { TUTTI_DOING_IDLE, TUTTI_DOING_LISTENING, TUTTI_DOING_EDITING, TUTTI_N_DOINGS } TuttiDoing;

typedef enum
{
  TUTTI_PLACE_PATTERN, TUTTI_PLACE_CLIPS, TUTTI_PLACE_NOTES, TUTTI_PLACE_SONG, TUTTI_PLACE_MIXER, TUTTI_N_PLACES
} TuttiPlace;

/* What of a track they have in the hand. */
typedef enum { TUTTI_HOLD_NOTHING, TUTTI_HOLD_GAIN, TUTTI_HOLD_PAN, TUTTI_HOLD_SOUND, TUTTI_N_HOLDS } TuttiHold;

typedef struct
{
  guint8  doing;               /* TuttiDoing */
  guint8  place;               /* TuttiPlace */
  guint8  hold;                /* TuttiHold */
  guint8  step;                /* of the track's pattern, 1…128; 0 none */
  TuttiId on;                  /* a track or clip; none: nothing in particular */
  TuttiId note;                /* of that clip of notes; none */
} TuttiHere;

/* Told to others at most so often. */
#define TUTTI_HERE_EVERY_US (G_USEC_PER_SEC / 10)

/* Without any input somebody is idle after this time, and who edited listens again after that. */
#define TUTTI_IDLE_AFTER_US (120 * G_USEC_PER_SEC)
#define TUTTI_EDITING_US (20 * G_USEC_PER_SEC)

gboolean tutti_here_equal (const TuttiHere *a, const TuttiHere *b);

/* Takes away what @jam does not have. */
void     tutti_here_sift (TuttiHere *here, const TuttiJam *jam);

/* What one person is to be told of as: the newest word wins, and the ones between are never sent. */
typedef struct
{
  TuttiHere newest, sent;
  gint64    sent_us;
} TuttiHerePace;

/* Whether something is to be said that was not, @interval_us after what was said before; it counts as said then. */
gboolean tutti_here_pace_take (TuttiHerePace *pace, gint64 interval_us, gint64 now_us);

/* What this person does, from what their window sees of them. */
typedef struct
{
  TuttiHere place;             /* as the window says */
  gint64    input_us;          /* the last sign of life; 0: no window says anything */
  gint64    edited_us;         /* 0: never */
} TuttiMyself;

TuttiHere tutti_myself_look (const TuttiMyself *myself, gint64 now_us);
