/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

/* The desk below the views: always the selected step or track. Three heights: closed, step, sound. */
#define TUTTI_TYPE_DESK (tutti_desk_get_type ())
G_DECLARE_FINAL_TYPE (TuttiDesk, tutti_desk, TUTTI, DESK, GtkWidget)

typedef enum { TUTTI_STOP_CLOSED, TUTTI_STOP_STEP, TUTTI_STOP_SOUND } TuttiDeskStop;

GtkWidget    *tutti_desk_new (TuttiStepGrid *grid);
void          tutti_desk_refresh (TuttiDesk *self);
void          tutti_desk_set_stop (TuttiDesk *self, int stop);   /* TuttiDeskStop, kept within its range */
TuttiDeskStop tutti_desk_get_stop (TuttiDesk *self);
