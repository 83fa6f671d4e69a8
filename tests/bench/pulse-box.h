/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "tutti-virtual-card.h"

G_BEGIN_DECLS

/* A PulseAudio of one participant's own: a private runtime folder, one null sink, reached by a unix socket alone. The environment of this
 * process points to it from then on. NULL when there is no PulseAudio. */
typedef struct _PulseBox PulseBox;

PulseBox *pulse_box_new  (void);
void      pulse_box_free (PulseBox *box);

/* Records what the null sink plays. Times are the chunks' arrivals, smoothed: late by a constant that is the same for equal daemons. */
void            pulse_box_record (PulseBox *box);
TuttiRecording *pulse_box_finish (PulseBox *box);

G_END_DECLS
