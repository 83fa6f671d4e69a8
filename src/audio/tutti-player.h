/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tutti-position.h"
#include "tutti-renderer.h"

G_BEGIN_DECLS

/* What the player did so far; a reader may see a value a block old. */
typedef struct
{
  gint64 next_frame;           /* the first session frame not yet rendered */
  guint64 jumps;               /* cross-faded steps of the position */
  guint64 restarts;            /* of the renderer */
  guint64 caught_up;           /* frames rendered silently, late */
  double error_frames;         /* mapping − played position, smoothed */
} TuttiPlayerCounts;

typedef struct _TuttiPlayer TuttiPlayer;

/* Renders the shared mix on demand in whole session frames and plays it at fractional ones. `renderer` is copied; its object is
 * borrowed. Thread: one at a time, the audio thread while a stream runs. */
TuttiPlayer *tutti_player_new  (const TuttiRenderer *renderer);
void         tutti_player_free (TuttiPlayer *player);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiPlayer, tutti_player_free)

/* Writes the next `n` output samples. `target` is where the first of them lies; NULL is silence, and the next target is a new start.
 * Frames missed meanwhile are rendered silently, a slice each call. Realtime-safe: yes, if the renderer is. */
void tutti_player_fill (TuttiPlayer *player, const TuttiPositionTarget *target, guint n, float *stereo);

/* Renders what lies before `frame` without playing it, so that the music goes on where there is no sound. Realtime-safe: likewise. */
void tutti_player_advance (TuttiPlayer *player, gint64 frame);

/* Writes `n` whole frames from `frame` on: the export. Realtime-safe: likewise. */
void tutti_player_export (TuttiPlayer *player, gint64 frame, guint n, float *stereo);

/* My output's loudness, glided; 0 is mute. Thread: any. Realtime-safe: yes. */
void tutti_player_set_gain (TuttiPlayer *player, float gain);

/* Thread: any. Realtime-safe: yes. */
void tutti_player_get_counts (TuttiPlayer *player, TuttiPlayerCounts *counts);

/* Where the next output sample lies. FALSE while nothing plays. Thread: the player's. */
gboolean tutti_player_get_position (TuttiPlayer *player, TuttiFramePoint *at);

G_END_DECLS
