/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-player.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "tutti-output-kernel.h"

#define RING         32768             /* frames kept, 0.68 s: a small jump back plays them again */
#define RING_MASK    (RING - 1)
#define GRID         64                /* the renderer's control grid, anchored to frame 0 */
#define CHUNK        256               /* frames asked for at once */
#define SLICE        24000             /* frames made up for in one call: half a second */
#define TOO_FAR      (30 * 48000)      /* missing more than this is a new start */
#define BLOCK        512               /* output samples interpolated at once */
#define WINDOW       (BLOCK + BLOCK / 64 + TUTTI_OUTPUT_KERNEL_TAPS + 2)
#define GLIDE        (1.0f / 240.0f)   /* of the gap a frame: 5 ms to 1/e */
#define GAP_HEARD    1e-5f

struct _TuttiPlayer
{
  TuttiRenderer renderer;      /* copied; its object is borrowed */
  TuttiOutputKernel kernel;

  /* all of this belongs to the audio thread */
  TuttiPosition position;
  float ring[RING * 2];
  float window[WINDOW * 2];
  float old_path[TUTTI_POSITION_FADE * 2];
  gboolean started;
  gint64 first;                /* oldest frame in the ring */
  gint64 next;                 /* first frame not yet rendered */
  float gain;

  /* and this crosses threads */
  _Atomic float gain_wanted;
  _Atomic gint64 next_seen;
  _Atomic guint64 jumps;
  _Atomic guint64 restarts;
  _Atomic guint64 caught_up;
  _Atomic double error_frames;
};

TuttiPlayer *
tutti_player_new (const TuttiRenderer *renderer)
{
  TuttiPlayer *player = g_new0 (TuttiPlayer, 1);

  player->renderer = *renderer;
  player->gain = 1;
  atomic_init (&player->gain_wanted, 1.0f);
  tutti_output_kernel_init (&player->kernel);
  return player;
}

void
tutti_player_free (TuttiPlayer *player)
{
  g_free (player);
}

static gint64
grid_before (gint64 frame)
{
  return frame - (((frame % GRID) + GRID) % GRID);
}

static void
restart_at (TuttiPlayer *player, gint64 frame)
{
  player->started = TRUE;
  player->first = player->next = grid_before (frame);
  atomic_fetch_add_explicit (&player->restarts, 1, memory_order_relaxed);
  if (player->renderer.restart != NULL)
    player->renderer.restart (player->renderer.self, player->next);
}

/* Renders whole grid cells until `end` is covered, at most a slice; returns whether it is. */
static gboolean
render_until (TuttiPlayer *player, gint64 end)
{
  gint64 stop = MIN (end, player->next + SLICE);

  while (player->next < stop)
    {
      guint at = player->next & RING_MASK;
      gint64 n = MIN (CHUNK, grid_before (stop + GRID - 1) - player->next);

      n = MIN (n, (gint64) (RING - at));
      player->renderer.render (player->renderer.self, player->next, n, &player->ring[2 * at]);
      player->next += n;
    }
  player->first = MAX (player->first, player->next - RING);
  atomic_store_explicit (&player->next_seen, player->next, memory_order_relaxed);
  return player->next >= end;
}

/* Makes [from, end) available. FALSE while there is still more to make up for. */
static gboolean
provide (TuttiPlayer *player, gint64 from, gint64 end)
{
  gint64 late;

  if (!player->started || from < player->first || from > player->next + TOO_FAR)
    restart_at (player, from);
  late = from - player->next;
  if (late > 0)
    atomic_fetch_add_explicit (&player->caught_up, MIN (late, SLICE), memory_order_relaxed);
  return render_until (player, end);
}

/* Interpolates at most BLOCK output samples from frames already in the ring. */
static void
interpolate (TuttiPlayer *player, TuttiFramePoint from, guint64 step, guint n, float *stereo)
{
  gint64 frame = from.frame - TUTTI_OUTPUT_KERNEL_BEFORE;
  guint need = (guint) ((from.part + step * (n - 1)) >> 32) + TUTTI_OUTPUT_KERNEL_TAPS;
  guint at = frame & RING_MASK, before_wrap = MIN (need, RING - at);

  memcpy (player->window, &player->ring[2 * at], before_wrap * 2 * sizeof (float));
  memcpy (&player->window[2 * before_wrap], player->ring, (need - before_wrap) * 2 * sizeof (float));
  tutti_output_kernel_run (&player->kernel, player->window, from.part, step, n, stereo);
}

static gint64
last_needed (TuttiFramePoint from, guint64 step, guint n)
{
  return tutti_frame_point_walk (from, step, n - 1).frame + TUTTI_OUTPUT_KERNEL_AFTER + 1;
}

/* Fades from what would have been played on; where its frames are gone, from silence. */
static void
cross_fade (TuttiPlayer *player, const TuttiPositionPlan *plan, guint n, float *stereo)
{
  guint fade = MIN (n, TUTTI_POSITION_FADE);
  gboolean has_old = plan->move == TUTTI_POSITION_JUMPS &&
                     plan->old_from.frame - TUTTI_OUTPUT_KERNEL_BEFORE >= player->first &&
                     last_needed (plan->old_from, plan->step, fade) <= player->next;

  if (has_old)
    interpolate (player, plan->old_from, plan->step, fade, player->old_path);
  for (guint i = 0; i < 2 * fade; i++)
    {
      float share = ((float) (i / 2) + 0.5f) / (float) fade;
      float old = has_old ? player->old_path[i] : 0;

      stereo[i] = old + (stereo[i] - old) * share;
    }
}

static void
glide_gain (TuttiPlayer *player, guint n, float *stereo)
{
  float wanted = atomic_load_explicit (&player->gain_wanted, memory_order_relaxed);
  float gap = player->gain - wanted;

  for (guint i = 0; i < n; i++)
    {
      gap = fabsf (gap) < GAP_HEARD ? 0 : gap - gap * GLIDE;
      stereo[2 * i] *= wanted + gap;
      stereo[2 * i + 1] *= wanted + gap;
    }
  player->gain = wanted + gap;
}

static void
silence (float *stereo, guint n)
{
  memset (stereo, 0, n * 2 * sizeof (float));
}

/* Up to where frames are needed: on a small jump back, also those with which the old path fades out. */
static gint64
end_needed (const TuttiPlayer *player, const TuttiPositionPlan *plan, guint n)
{
  gint64 end = last_needed (plan->from, plan->step, n);
  gint64 old_end = last_needed (plan->old_from, plan->step, MIN (n, TUTTI_POSITION_FADE));

  return plan->move == TUTTI_POSITION_JUMPS && old_end <= player->next + BLOCK ? MAX (end, old_end) : end;
}

static void
play (TuttiPlayer *player, const TuttiPositionTarget *target, guint n, float *stereo)
{
  TuttiPositionPlan plan;

  tutti_position_plan (&player->position, target, n, &plan);
  atomic_store_explicit (&player->error_frames, player->position.error, memory_order_relaxed);
  if (plan.move == TUTTI_POSITION_JUMPS)
    atomic_fetch_add_explicit (&player->jumps, 1, memory_order_relaxed);
  if (!provide (player, plan.from.frame - TUTTI_OUTPUT_KERNEL_BEFORE, end_needed (player, &plan, n)))
    {
      /* Still making up for what was missed: silent, and then a fresh start rather than a cut into the middle. */
      tutti_position_lift (&player->position);
      silence (stereo, n);
      return;
    }
  interpolate (player, plan.from, plan.step, n, stereo);
  if (plan.move != TUTTI_POSITION_GOES_ON)
    cross_fade (player, &plan, n, stereo);
  if (player->renderer.render_local != NULL)
    player->renderer.render_local (player->renderer.self, plan.from.frame, n, stereo);
  glide_gain (player, n, stereo);
}

void
tutti_player_fill (TuttiPlayer *player, const TuttiPositionTarget *target, guint n, float *stereo)
{
  TuttiPositionTarget here;

  if (target == NULL)
    {
      tutti_position_lift (&player->position);
      silence (stereo, n);
      return;
    }
  here = *target;
  for (guint done = 0; done < n; done += BLOCK)
    {
      guint now = MIN (n - done, BLOCK);

      play (player, &here, now, stereo + 2 * done);
      here.at = tutti_frame_point_plus (here.at, here.slope * now);
    }
}

void
tutti_player_advance (TuttiPlayer *player, gint64 frame)
{
  tutti_position_lift (&player->position);
  if (!player->started || frame > player->next + TOO_FAR || frame < player->first)
    restart_at (player, frame);
  render_until (player, frame);
}

void
tutti_player_export (TuttiPlayer *player, gint64 frame, guint n, float *stereo)
{
  if (!player->started || frame != player->next)
    {
      player->started = TRUE;
      player->next = frame;
      if (player->renderer.restart != NULL)
        player->renderer.restart (player->renderer.self, frame);
    }
  player->renderer.render (player->renderer.self, frame, n, stereo);
  player->first = player->next = frame + n;
}

void
tutti_player_set_gain (TuttiPlayer *player, float gain)
{
  atomic_store_explicit (&player->gain_wanted, gain, memory_order_relaxed);
}

void
tutti_player_get_counts (TuttiPlayer *player, TuttiPlayerCounts *counts)
{
  counts->next_frame = atomic_load_explicit (&player->next_seen, memory_order_relaxed);
  counts->jumps = atomic_load_explicit (&player->jumps, memory_order_relaxed);
  counts->restarts = atomic_load_explicit (&player->restarts, memory_order_relaxed);
  counts->caught_up = atomic_load_explicit (&player->caught_up, memory_order_relaxed);
  counts->error_frames = atomic_load_explicit (&player->error_frames, memory_order_relaxed);
}

gboolean
tutti_player_get_position (TuttiPlayer *player, TuttiFramePoint *at)
{
  *at = player->position.at;
  return player->position.placed;
}
