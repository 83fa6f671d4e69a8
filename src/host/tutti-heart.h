/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-hosting.h"
#include "tutti-notify.h"

G_BEGIN_DECLS

/* Beats as long as the program lives: from the main loop through the house's thread, so that whichever of them hangs, the beats
 * stop and the service is started again. Each also says how many are here.
 *
 * Thread: the main context it was made in. */
typedef struct _TuttiHeart TuttiHeart;

/* Says that the service is ready. @notify: taken. @watchdog_us: 0: nobody counts the beats. */
TuttiHeart *tutti_heart_new  (TuttiHosting *hosting, TuttiNotify *notify, guint64 watchdog_us);

/* Says that the service ends. To be called while the hosting is open. */
void        tutti_heart_free (TuttiHeart *self);

G_END_DECLS
