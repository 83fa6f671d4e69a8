/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-ring.h"
#include "tutti-strip.h"

/* The personal monitor mix: what this machine hears of a track more or less than everybody does. It is worked out beside the shared
 * mix from the tracks as they are after their faders, and added when the mix is finished: no print and no file knows of it. What
 * a track sends to delay and reverb, and what the master's effects make of it, stays as all hear it. Audio thread, except where
 * stated. */

#define TUTTI_MONITOR_TRACKS 64
#define TUTTI_MONITOR_RING 256

typedef struct
{
  uint64_t track_id;
  int16_t  gain;                /* 1/100 dB, TUTTI_LEVEL_OFF … TUTTI_MONITOR_GAIN_MAX; 0 as everybody hears it */
} TuttiMonitorGain;

typedef struct
{
  uint64_t       track_id;
  TuttiStripGain added;         /* gain − 1 */
  bool           fed;           /* sounds in this block */
} TuttiMonitorTrack;

typedef struct
{
  TuttiRing         ring;
  TuttiMonitorGain  ring_memory[TUTTI_MONITOR_RING];
  unsigned          n;
  TuttiMonitorTrack tracks[TUTTI_MONITOR_TRACKS];
  TuttiBlock        sum;        /* of the block that is being rendered */
  TuttiBlock        held;       /* of the one before, which the mix's limiter gives out now */
  bool              fed, held_fed;
  TuttiStripGain    master;
  float             guard;      /* gain that keeps the sum below full scale; 1 as a rule */
} TuttiMonitor;

/* Thread: main, before anything else. */
void tutti_monitor_init (TuttiMonitor *monitor);

/* The mix starts anew somewhere else: what was held is not heard. */
TUTTI_REALTIME void tutti_monitor_restart (TuttiMonitor *monitor);

/* A block begins. */
TUTTI_REALTIME void tutti_monitor_begin (TuttiMonitor *monitor);

/* @block: the track of this block, after its fader. */
TUTTI_REALTIME void tutti_monitor_add (TuttiMonitor *monitor, uint64_t track_id, const TuttiBlock *block);

/* @out: the finished mix of the block before; @master: the gain of the shared mix. Without personal gains @out stays as it is, to the
 * bit. */
TUTTI_REALTIME void tutti_monitor_finish (TuttiMonitor *monitor, float master, TuttiBlock *out);
