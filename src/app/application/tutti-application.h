/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The program: one studio, its windows, what the command line and links ask for. */
#define TUTTI_TYPE_APPLICATION (tutti_application_get_type ())
G_DECLARE_FINAL_TYPE (TuttiApplication, tutti_application, TUTTI, APPLICATION, AdwApplication)

TuttiApplication *tutti_application_new (void);

G_END_DECLS
