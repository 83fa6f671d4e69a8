/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-strip.h"

#include <stdatomic.h>

/* The personal monitor mix: what this machine hears of a track more or less than everybody does. It is worked out beside the shared
 * mix from the tracks as they are after their faders, and added when the mix is finished: no print and no file knows of it. What
 * a track sends to delay and reverb, and what the master's effects make of it, stays as all hear it. Audio thread, except where
 * stated. */

#define TUTTI_MONITOR_TRACKS 64

/* What is wanted of a track. A state and no message: however often it changes while the sound is off, the newest is there when the
 * sound comes on. Written by the main thread, read by the audio thread. */
typedef struct
{
  _Atomic uint64_t track_id;
  _Atomic int      gain;        /* 1/100 dB, TUTTI_LEVEL_OFF … TUTTI_MONITOR_GAIN_MAX; 0 as everybody hears it */
} TuttiMonitorWish;

typedef struct
{
  uint64_t       track_id;
  TuttiStripGain added;         /* gain − 1 */
  bool           fed;           /* sounds in this block */
} TuttiMonitorTrack;

typedef struct
{
  TuttiMonitorWish  wishes[TUTTI_MONITOR_TRACKS];
  _Atomic unsigned  n_wishes;
  _Atomic unsigned  changes;    /* of wishes, ever */
  unsigned          seen;       /* of them */
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

/* Wants @track_id by @gain louder. False when as many tracks as there may be are wanted otherwise than everybody hears them.
 * Thread: main. */
bool tutti_monitor_want (TuttiMonitor *monitor, uint64_t track_id, int gain);

/* The mix starts anew somewhere else: what was held is not heard. */
TUTTI_REALTIME void tutti_monitor_restart (TuttiMonitor *monitor);

/* A block begins. */
TUTTI_REALTIME void tutti_monitor_begin (TuttiMonitor *monitor);

/* @block: the track of this block, after its fader. */
TUTTI_REALTIME void tutti_monitor_add (TuttiMonitor *monitor, uint64_t track_id, const TuttiBlock *block);

/* @out: the finished mix of the block before; @master: the gain of the shared mix. Without personal gains @out stays as it is, to the
 * bit. */
TUTTI_REALTIME void tutti_monitor_finish (TuttiMonitor *monitor, float master, TuttiBlock *out);
