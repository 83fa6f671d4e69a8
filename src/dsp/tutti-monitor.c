/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-monitor.h"

#include <string.h>

#include "tutti-limiter.h"
#include "tutti-math.h"

_Static_assert (TUTTI_LIMITER_DELAY == TUTTI_BLOCK, "what is added is held for one block");

/* Recovers in 200 ms, as the mix's limiter does. */
#define GUARD_RECOVERS (1.0f / 9600.0f)

void
tutti_monitor_init (TuttiMonitor *monitor)
{
  memset (monitor, 0, sizeof *monitor);
  monitor->guard = 1.0f;
}

/* ---- the main thread ---- */

/* Where @track_id has its wish, or has room for one: a place of its own, else one where nothing is wanted; −1 none. */
static int
place_for (TuttiMonitor *monitor, uint64_t track_id)
{
  unsigned n = monitor->n_wishes;
  int place = n < TUTTI_MONITOR_TRACKS ? (int) n : -1;

  for (unsigned i = 0; i < n; i++)
    if (monitor->wishes[i].track_id == track_id)
      return (int) i;
  for (unsigned i = 0; i < n; i++)
    if (monitor->wishes[i].gain == 0)
      return (int) i;
  return place;
}

bool
tutti_monitor_want (TuttiMonitor *monitor, uint64_t track_id, int gain)
{
  int place = place_for (monitor, track_id);

  if (place < 0)
    return gain == 0;
  monitor->wishes[place].track_id = track_id;
  monitor->wishes[place].gain = gain;
  if (place == (int) monitor->n_wishes)
    monitor->n_wishes++;
  /* Last, so that what is read half written is read again. */
  monitor->changes++;
  return true;
}

/* ---- the audio thread ---- */

void
tutti_monitor_restart (TuttiMonitor *monitor)
{
  monitor->fed = monitor->held_fed = false;
  monitor->guard = 1.0f;
}

static TuttiMonitorTrack *
find (TuttiMonitor *monitor, uint64_t track_id)
{
  for (unsigned i = 0; i < monitor->n; i++)
    if (monitor->tracks[i].track_id == track_id)
      return &monitor->tracks[i];
  return NULL;
}

/* False when there is no room before another has faded. */
static bool
take (TuttiMonitor *monitor, uint64_t track_id, int gain)
{
  TuttiMonitorTrack *track = find (monitor, track_id);

  if (track == NULL)
    {
      if (gain == 0 || monitor->n == TUTTI_MONITOR_TRACKS)
        return gain == 0;
      track = &monitor->tracks[monitor->n++];
      *track = (TuttiMonitorTrack) { .track_id = track_id };
    }
  track->added.target = tutti_strip_level ((int16_t) gain) - 1.0f;
  return true;
}

/* All wishes as they are now; of whom nothing is wanted any more is as everybody hears it. */
static void
take_all (TuttiMonitor *monitor)
{
  unsigned changes = monitor->changes, n = monitor->n_wishes;
  bool all = true;

  if (changes == monitor->seen)
    return;
  for (unsigned i = 0; i < monitor->n; i++)
    monitor->tracks[i].added.target = 0.0f;
  for (unsigned i = 0; i < n; i++)
    all = take (monitor, monitor->wishes[i].track_id, monitor->wishes[i].gain) && all;
  monitor->seen = all ? changes : changes - 1;
}

static void
forget_settled (TuttiMonitor *monitor)
{
  for (unsigned i = monitor->n; i-- > 0;)
    if (monitor->tracks[i].added.now == 0.0f && monitor->tracks[i].added.target == 0.0f)
      monitor->tracks[i] = monitor->tracks[--monitor->n];
}

void
tutti_monitor_begin (TuttiMonitor *monitor)
{
  take_all (monitor);
  monitor->fed = false;
  if (monitor->n > 0)
    memset (&monitor->sum, 0, sizeof monitor->sum);
}

void
tutti_monitor_add (TuttiMonitor *monitor, uint64_t track_id, const TuttiBlock *block)
{
  TuttiMonitorTrack *track = monitor->n > 0 ? find (monitor, track_id) : NULL;
  float after;

  if (track == NULL)
    return;
  after = tutti_strip_gain_next (&track->added);
  tutti_block_add (&monitor->sum, block, track->added.now, after);
  track->added.now = after;
  monitor->fed = track->fed = true;
}

/* A track that sleeps has nothing to glide. */
static void
settle_sleepers (TuttiMonitor *monitor)
{
  for (unsigned i = 0; i < monitor->n; i++)
    {
      TuttiMonitorTrack *track = &monitor->tracks[i];

      if (!track->fed)
        track->added.now = track->added.target;
      track->fed = false;
    }
}

static float
peak_of (float left, float right)
{
  left = left < 0.0f ? -left : left;
  right = right < 0.0f ? -right : right;
  return left > right ? left : right;
}

/* Falls at once, for the mix is finished and there is nothing to look ahead to. What is not a number becomes silence. */
static void
keep_below (TuttiMonitor *monitor, TuttiBlock *out)
{
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      float peak = peak_of (out->left[i], out->right[i]);
      float wanted = peak > TUTTI_LIMITER_CEILING ? TUTTI_LIMITER_CEILING / peak : 1.0f;

      if (!(peak < 1e9f))
        {
          out->left[i] = out->right[i] = 0.0f;
          continue;
        }
      monitor->guard += (1.0f - monitor->guard) * GUARD_RECOVERS;
      monitor->guard = monitor->guard > 1.0f - 1e-5f ? 1.0f : monitor->guard;
      monitor->guard = wanted < monitor->guard ? wanted : monitor->guard;
      out->left[i] *= monitor->guard;
      out->right[i] *= monitor->guard;
    }
}

void
tutti_monitor_finish (TuttiMonitor *monitor, float master, TuttiBlock *out)
{
  if (monitor->n == 0 && !monitor->held_fed && monitor->guard == 1.0f)
    {
      monitor->master = (TuttiStripGain) { .now = master, .target = master };
      return;
    }
  if (monitor->held_fed)
    {
      float after;

      monitor->master.target = master;
      after = tutti_strip_gain_next (&monitor->master);
      tutti_block_add (out, &monitor->held, monitor->master.now, after);
      monitor->master.now = after;
    }
  keep_below (monitor, out);
  settle_sleepers (monitor);
  forget_settled (monitor);
  monitor->held_fed = monitor->fed;
  if (monitor->fed)
    monitor->held = monitor->sum;
}
