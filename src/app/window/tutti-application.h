/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-sessions.h"

#include <adwaita.h>

/* The application: one window, its commands, and what the start page wishes. */
#define TUTTI_TYPE_APPLICATION (tutti_application_get_type ())
G_DECLARE_FINAL_TYPE (TuttiApplication, tutti_application, TUTTI, APPLICATION, AdwApplication)

/* @sessions is copied; what its functions use must outlive the application. */
TuttiApplication *tutti_application_new (const TuttiSessions *sessions);
