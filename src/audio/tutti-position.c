/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-position.h"

#include <math.h>

#define RATE             48000
#define SECOND_NS        G_GINT64_CONSTANT (1000000000)
#define ONE              4294967296.0

/* Measured (CLOCK-FACTS-2 §2): following the mapping directly puts sidebands at −57 dBc, this at −112. */
#define BAND_HZ          0.05
#define WIDE             0.35
#define WIDE_AFTER_S     0.2
#define ERROR_BANDS      4.0           /* the error is low-passed at this many times the band */
#define CORRECTION_MAX   300e-6
#define JUMP_FRAMES      240.0         /* 5 ms: slewing more would take too long */
#define RESET_FRAMES     48.0          /* 1 ms, while a reset of the mapping is fresh */
#define RESET_FRESH_S    0.6
#define SLOPE_FARTHEST   0.01          /* anything else is not a clock */

double
tutti_frame_point_minus (TuttiFramePoint a, TuttiFramePoint b)
{
  return (double) (a.frame - b.frame) + ((double) a.part - (double) b.part) / ONE;
}

TuttiFramePoint
tutti_frame_point_plus (TuttiFramePoint a, double frames)
{
  double whole = floor (frames);
  guint64 part = a.part + (guint64) ((frames - whole) * ONE);

  return (TuttiFramePoint) { a.frame + (gint64) whole + (gint64) (part >> 32), (guint32) part };
}

TuttiFramePoint
tutti_frame_point_walk (TuttiFramePoint a, guint64 step, guint steps)
{
  guint64 part = a.part + step * steps;

  return (TuttiFramePoint) { a.frame + (gint64) (part >> 32), (guint32) part };
}

TuttiFramePoint
tutti_frame_point_at (gint64 host_ns, gint64 origin_ns)
{
  __int128 scaled = ((__int128) host_ns - origin_ns) * RATE;
  gint64 frame = (gint64) (scaled / SECOND_NS);
  gint64 rest = (gint64) (scaled % SECOND_NS);

  if (rest < 0)
    {
      frame--;
      rest += SECOND_NS;
    }
  return (TuttiFramePoint) { frame, (guint32) (((guint64) rest << 32) / SECOND_NS) };
}

gint64
tutti_frame_host_ns (gint64 frame, gint64 origin_ns)
{
  __int128 scaled = (__int128) frame * SECOND_NS;
  gint64 ns = (gint64) (scaled / RATE);

  /* Rounded up, so that the frame of this instant is the frame asked for. */
  return origin_ns + ns + (scaled % RATE > 0 ? 1 : 0);
}

void
tutti_position_lift (TuttiPosition *position)
{
  position->placed = FALSE;
}

static void
place (TuttiPosition *position, TuttiFramePoint at, double slope)
{
  position->placed = TRUE;
  position->at = at;
  position->slope = slope;
  position->error = 0;
  position->playing_s = 0;
}

static gboolean
must_jump (const TuttiPosition *position, double error)
{
  return fabs (error) > JUMP_FRAMES || (fabs (error) > RESET_FRAMES && position->reset_s < RESET_FRESH_S);
}

static double
smooth (double old, double now, double band, double seconds)
{
  return old + (now - old) * -expm1 (-2 * G_PI * band * seconds);
}

/* Session frames per output sample for the next `seconds`: the mapped slope and a pull towards the mapping. The slope is smoothed as well:
 * each reading of the card moves it by a little, which alone put sidebands at −87 dBc. */
static double
advance_by (TuttiPosition *position, double slope, double error, double seconds)
{
  double band = MAX (BAND_HZ, WIDE / (position->playing_s + WIDE_AFTER_S));

  position->slope = smooth (position->slope, slope, band, seconds);
  position->error = smooth (position->error, error, ERROR_BANDS * band, seconds);
  return position->slope + CLAMP (position->error * 2 * G_PI * band / RATE, -CORRECTION_MAX, CORRECTION_MAX);
}

void
tutti_position_plan (TuttiPosition *position, const TuttiPositionTarget *target, guint n, TuttiPositionPlan *plan)
{
  double seconds = (double) n / RATE, slope = CLAMP (target->slope, 1 - SLOPE_FARTHEST, 1 + SLOPE_FARTHEST);
  double error = position->placed ? tutti_frame_point_minus (target->at, position->at) : 0;

  if (!position->placed || target->resets != position->resets)
    position->reset_s = 0;
  position->resets = target->resets;
  plan->move = TUTTI_POSITION_GOES_ON;
  if (!position->placed || must_jump (position, error))
    {
      plan->move = position->placed ? TUTTI_POSITION_JUMPS : TUTTI_POSITION_STARTS;
      plan->old_from = position->at;
      place (position, target->at, slope);
      error = 0;
    }
  plan->from = position->at;
  plan->step = (guint64) (advance_by (position, slope, error, seconds) * ONE);
  position->at = tutti_frame_point_walk (position->at, plan->step, n);
  position->playing_s += seconds;
  position->reset_s += seconds;
}
