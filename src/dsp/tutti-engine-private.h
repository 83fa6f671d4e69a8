/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-engine.h"

/* Lets scores take over, hits begin and notes end in the block at engine->next_frame. */
TUTTI_REALTIME void tutti_engine_play (TuttiEngine *engine, const TuttiTimeline *timeline);

/* The score of @entry is what plays from @frame on. */
TUTTI_REALTIME void tutti_engine_take_over (TuttiEngine *engine, const TuttiTimelineEntry *entry, int64_t frame);

/* Tracks that went have faded: forgets them. Once a block. */
TUTTI_REALTIME void tutti_engine_retire_slots (TuttiEngine *engine);

TUTTI_REALTIME void tutti_engine_reset_print (TuttiSlot *slot);
