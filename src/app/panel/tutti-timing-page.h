/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* The Timing page of the side panel: a graph of the last minute and the figures behind the words. */
#define TUTTI_TYPE_TIMING_PAGE (tutti_timing_page_get_type ())
G_DECLARE_FINAL_TYPE (TuttiTimingPage, tutti_timing_page, TUTTI, TIMING_PAGE, GtkWidget)

GtkWidget *tutti_timing_page_new (TuttiSession *session);

/* Adds a measurement; about twice a second. */
void       tutti_timing_page_show (TuttiTimingPage *self, const TuttiTiming *timing);
