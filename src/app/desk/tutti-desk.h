/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

/* The desk below the views: always the selected step or track, or the master. Three heights: closed, step, sound.
 *
 * Signal: "stop-changed": it has, or goes to, another of them. */
#define TUTTI_TYPE_DESK (tutti_desk_get_type ())
G_DECLARE_FINAL_TYPE (TuttiDesk, tutti_desk, TUTTI, DESK, GtkWidget)

typedef enum { TUTTI_STOP_CLOSED, TUTTI_STOP_STEP, TUTTI_STOP_SOUND } TuttiDeskStop;

GtkWidget    *tutti_desk_new (TuttiStepGrid *grid);
void          tutti_desk_refresh (TuttiDesk *self);
void          tutti_desk_beat (TuttiDesk *self, gint64 now_us);  /* once per frame of the window */
void          tutti_desk_set_stop (TuttiDesk *self, int stop);   /* TuttiDeskStop, kept within its range */
TuttiDeskStop tutti_desk_get_stop (TuttiDesk *self);

/* Shows the effects of the master instead of the selected track. */
void          tutti_desk_set_master (TuttiDesk *self, gboolean master);
gboolean      tutti_desk_get_master (TuttiDesk *self);
