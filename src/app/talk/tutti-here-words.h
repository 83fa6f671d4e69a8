/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

/* What somebody does, as others read it: "editing Kick, step 5", "moving the Bass fader", "listening", "idle". (transfer full) */
char *tutti_here_words (const TuttiJam *jam, const TuttiHere *here);

/* (nullable) The track that @here is about, directly or by one of its clips. (transfer none) */
const TuttiTrack *tutti_here_track (const TuttiJam *jam, const TuttiHere *here);
