/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* By how much a compressor, gate or limiter pushes the sound down now: a bar that hangs from the top, and the figure in decibels below. */
#define TUTTI_TYPE_REDUCTION_METER (tutti_reduction_meter_get_type ())
G_DECLARE_FINAL_TYPE (TuttiReductionMeter, tutti_reduction_meter, TUTTI, REDUCTION_METER, GtkWidget)

/* @name: of the effect. */
GtkWidget *tutti_reduction_meter_new  (const char *name);

/* Shows @db (0 …) at @now_us of the frame clock; the figure stands still for a while, and is the most of it. */
void       tutti_reduction_meter_feed (TuttiReductionMeter *self, double db, gint64 now_us);

/* The figure in words, as the tooltip has it. (transfer full) */
char      *tutti_reduction_meter_dup_words (TuttiReductionMeter *self);
