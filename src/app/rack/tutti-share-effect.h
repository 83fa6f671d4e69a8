/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"
#include "tutti-personal.h"

/* What adds to the master's chain, where a personal effect lies too, the shared effect that is like @effect, with its values as near as
 * they come, as one thing to undo. @id: of the new effect. @tempo_cbpm: 1/100 BPM, at which times become lengths of notes.
 * (transfer full) (nullable): NULL when there is none like it. */
TuttiOp *tutti_share_effect_op (const TuttiPersonalEffect *effect, TuttiId id, int tempo_cbpm);
