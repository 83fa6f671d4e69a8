/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tutti-renderer.h"
#include "tutti-virtual-card.h"

G_BEGIN_DECLS

#define TUTTI_TEST_BEAT    12000       /* session frames from beat to beat */
#define TUTTI_TEST_SECONDS 4096

/* A renderer for measuring: left a 997 Hz tone in which any dropped, doubled or shifted sample shows, right a burst on each beat.
 * Thread: as TuttiRenderer; the results may be read when nothing renders any more. */
typedef struct
{
  float *tone;                 /* a second of it: 997 whole periods */
  float *burst;
  gint64 first_frame;
  gint64 next_frame;
  guint gaps;                  /* calls that did not follow the one before */
  guint restarts;
  guint64 hash;
  gint64 hash_from;            /* frame of the current second's first hashed sample */
  guint64 fingerprints[TUTTI_TEST_SECONDS]; /* 0 = that second was not rendered whole */
} TuttiTestSynth;

TuttiTestSynth *tutti_test_synth_new  (TuttiRenderer *renderer);
void            tutti_test_synth_free (TuttiTestSynth *synth);

/* The fingerprint of session second `second`; 0 if it was not rendered whole. */
guint64 tutti_test_synth_fingerprint (TuttiTestSynth *synth, gint64 second);

/* What a recording of it shows. */
typedef struct
{
  GArray *beat_frames;         /* doubles: where in the recording each burst lies */
  guint glitches;              /* places where the tone is not a tone; from `settled` on */
  double sideband_dbc;         /* strongest line more than 3 Hz off the carrier in the last 2^19 samples; 0 = too short */
} TuttiTestFindings;

TuttiTestFindings *tutti_test_findings_new  (const TuttiRecording *recording, guint64 settled);
void               tutti_test_findings_free (TuttiTestFindings *findings);

G_END_DECLS
