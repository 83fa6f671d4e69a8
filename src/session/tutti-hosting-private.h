/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-hosting.h"

/* What is known here about the default jam: it began to be hosted, by @clock's time (kept by reference). */
void tutti_hosting_set_default (TuttiHosting *self, const TuttiRoomStatus *status, gint64 origin_ns, TuttiSharedClock *clock);
