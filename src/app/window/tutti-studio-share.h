/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-sessions.h"

/* Lets others into @session, which is decided here and alone. @told comes once, as soon as it is known whether others see it. */
void  tutti_studio_share (TuttiSession *session, TuttiShared told, gpointer user_data);

/* The link others join @session by, with this machine's own address; NULL while nobody can. (transfer full) (nullable) */
char *tutti_studio_share_link (TuttiSession *session);
