/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Levels of one or two channels. Fed once per frame of the window; draws only when something moved by a pixel. */
#define TUTTI_TYPE_LEVEL (tutti_level_get_type ())
G_DECLARE_FINAL_TYPE (TuttiLevel, tutti_level, TUTTI, LEVEL, GtkWidget)

/* @bars 1 or 2, each @thickness pixels. */
GtkWidget *tutti_level_new (GtkOrientation orientation, int bars, int thickness);

/* Shows these peaks (amplitudes, 1 is full scale) at @now_us of the frame clock. Peaks fall 20 dB a second. */
void       tutti_level_feed (TuttiLevel *self, const float peaks[2], gint64 now_us);

/* How much of the bar a level of @db fills, 0…1: the scale that faders show beside it. */
double     tutti_level_share (double db);
