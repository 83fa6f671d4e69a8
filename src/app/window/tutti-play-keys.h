/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

/* Keys mode: the letters of the keyboard lie like the keys of a piano, A S D F … the white ones, and play the selected track, heard
 * here only; Z and X move them an octave. They go by the place of the key. */
void     tutti_play_keys_attach (GtkWidget *page, TuttiStepGrid *grid);
void     tutti_play_keys_set_on (GtkWidget *page, gboolean on);
gboolean tutti_play_keys_get_on (GtkWidget *page);
