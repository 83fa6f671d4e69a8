/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

#include <gtk/gtk.h>

/* One effect that everybody hears, as a card: its picture, its knobs, its switch and its menu. It shows the document and asks for
 * changes of it.
 *
 * Signals: "dragged" (double x in the card, gboolean done): its handle is pulled, or was let go. */
#define TUTTI_TYPE_EFFECT_CARD (tutti_effect_card_get_type ())
G_DECLARE_FINAL_TYPE (TuttiEffectCard, tutti_effect_card, TUTTI, EFFECT_CARD, GtkWidget)

/* @grid (borrowed: of the same page) has the session and the selected steps. */
GtkWidget *tutti_effect_card_new (TuttiStepGrid *grid, const TuttiEffect *effect);

TuttiId    tutti_effect_card_get_id (TuttiEffectCard *self);

/* Shows it as the @place-th of @n in the chain of @track (NULL: the master's), as it is on the focused step of that track. @reason: why
 * it cannot be changed, NULL when it can. @locking: knobs change only the selected steps. */
void       tutti_effect_card_show (TuttiEffectCard *self, const TuttiTrack *track, const TuttiEffect *effect, guint place, guint n,
                                   const char *reason, gboolean locking);

/* Once per frame of the window. */
void       tutti_effect_card_beat (TuttiEffectCard *self, gint64 now_us);
