/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

/* The shown scene of a grid as text notation, to read and write; Ctrl+Enter makes what is written one edit. */
#define TUTTI_TYPE_TEXT_VIEW (tutti_text_view_get_type ())
G_DECLARE_FINAL_TYPE (TuttiTextView, tutti_text_view, TUTTI, TEXT_VIEW, GtkWidget)

GtkWidget *tutti_text_view_new (TuttiStepGrid *grid);

/* Writes the scene anew; what was not applied is lost. */
void       tutti_text_view_load (TuttiTextView *self);

/* Lets the keyboard write there. */
void       tutti_text_view_grab (TuttiTextView *self);

/* Writes it anew when nothing is being written. */
void       tutti_text_view_refresh (TuttiTextView *self);
