/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

typedef enum { TUTTI_TRANSPORT_FULL, TUTTI_TRANSPORT_COMPACT, TUTTI_TRANSPORT_MINI } TuttiTransportSize;

/* Play, stop, position, tempo and what else everyone shares about time. Its buttons are actions of the page ("jam."). */
#define TUTTI_TYPE_TRANSPORT_BAR (tutti_transport_bar_get_type ())
G_DECLARE_FINAL_TYPE (TuttiTransportBar, tutti_transport_bar, TUTTI, TRANSPORT_BAR, GtkWidget)

GtkWidget *tutti_transport_bar_new (TuttiSession *session, TuttiTransportSize size);
void       tutti_transport_bar_refresh (TuttiTransportBar *self);

/* Position and my level, once per frame; @timing when it was measured anew. */
void       tutti_transport_bar_beat (TuttiTransportBar *self, gint64 song_tick, gint64 now_us);
void       tutti_transport_bar_show_timing (TuttiTransportBar *self, const TuttiTiming *timing);
/* Whether the letters play notes. */
void       tutti_transport_bar_show_keys (TuttiTransportBar *self, gboolean on);
void       tutti_transport_bar_edit_tempo (TuttiTransportBar *self);
