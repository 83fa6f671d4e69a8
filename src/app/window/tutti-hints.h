/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-bar.h"
#include "tutti-step-grid.h"

/* What the hints point at; all children of the page. */
typedef struct
{
  TuttiStepGrid *grid;
  GtkWidget     *scene, *share;        /* buttons */
  TuttiBar      *bar;
} TuttiHintPlaces;

/* The first hints over @page: one at a time, each gone when it is followed; Escape, or the cross, ends them for good. They never take the
 * keyboard. Who is a guest is told one thing in the bar instead. Whoever has seen them begin is not shown them again. */
void tutti_hints_begin (GtkWidget *page, TuttiSession *session, const TuttiHintPlaces *places);
