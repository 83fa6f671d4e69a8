/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* My loudspeaker in the transport: a button around what shows my level, and behind it volume, mute, device and latency trim.
 * Nobody else hears any of it; this machine remembers it. */
#define TUTTI_TYPE_MY_OUTPUT (tutti_my_output_get_type ())
G_DECLARE_FINAL_TYPE (TuttiMyOutput, tutti_my_output, TUTTI, MY_OUTPUT, GtkWidget)

/* @level: (transfer floating) what the button shows beside its icon. Hidden when @session has no output. */
GtkWidget *tutti_my_output_new (TuttiSession *session, GtkWidget *level);

/* Mutes or unmutes, and remembers it. */
void       tutti_my_output_set_mute (TuttiSession *session, gboolean mute);
