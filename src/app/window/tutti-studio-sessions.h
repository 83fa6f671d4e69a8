/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-sessions.h"
#include "tutti-studio.h"

/* The window's jams as they really are: kept in the studio's store, hosted by this program, or found on the network. */
typedef struct _TuttiStudioSessions TuttiStudioSessions;

/* @studio: kept by reference. */
TuttiStudioSessions *tutti_studio_sessions_new  (TuttiStudio *studio);
void                 tutti_studio_sessions_free (TuttiStudioSessions *self);

/* The functions, with @self as their data. */
TuttiSessions        tutti_studio_sessions_seam (TuttiStudioSessions *self);
