/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* A switch of the master: whoever sits here hears everything in mono, to hear what is left of it then. Nobody else does; it is never
 * remembered. */
#define TUTTI_TYPE_MONO_CHECK (tutti_mono_check_get_type ())
G_DECLARE_FINAL_TYPE (TuttiMonoCheck, tutti_mono_check, TUTTI, MONO_CHECK, GtkWidget)

GtkWidget *tutti_mono_check_new (TuttiSession *session);
