/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "tutti-virtual-card.h"

G_BEGIN_DECLS

typedef enum
{
  PULSE_BOX_PULSEAUDIO,
  PULSE_BOX_PIPEWIRE,          /* with pipewire-pulse and wireplumber */
} PulseBoxServer;

/* A sound server of one participant's own: a private runtime folder, one null sink, reached by a unix socket alone. The environment of
 * this process points to it from then on. NULL when there is no such server. */
typedef struct _PulseBox PulseBox;

PulseBox *pulse_box_new  (PulseBoxServer server);
void      pulse_box_free (PulseBox *box);

/* Records what the null sink plays, by its monitor. The times are absolute, late only by what a block takes from the server's thread to
 * here at its quickest: some 0.1 ms. */
void            pulse_box_record (PulseBox *box);
TuttiRecording *pulse_box_finish (PulseBox *box);

G_END_DECLS
