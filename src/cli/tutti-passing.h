/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

/* A studio for one visit: nothing of it stays on disk. */
typedef struct
{
  TuttiStudio *studio;             /* owned */
  char        *directory;          /* owned */
} TuttiPassing;

/* Who others see is @name in some colour. FALSE with the reason. */
gboolean tutti_passing_open (TuttiPassing *self, const char *name, GError **error);

/* Sessions of the studio must be gone. */
void     tutti_passing_close (TuttiPassing *self);

/* For TuttiPlaybackOptions.make_sink: the mix is rendered in time, and heard by nobody. */
GstElement *tutti_passing_no_sink (gpointer nothing);
