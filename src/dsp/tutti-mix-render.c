/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-mix-private.h"

#include <string.h>

#include "tutti-fp-guard.h"
#include "tutti-math.h"

/* The audio thread's side of TuttiMix: only computes. */

#define HISTORY_FRAMES (TUTTI_VOICE_LIFE + 20 * TUTTI_RATE)
#define PREROLL_MAX (4 * TUTTI_RATE)

static void
count (_Atomic uint64_t *counter)
{
  atomic_store_explicit (counter, atomic_load_explicit (counter, memory_order_relaxed) + 1, memory_order_relaxed);
}

static TuttiEngine *
live_engine (TuttiMix *mix)
{
  return &mix->engines[mix->live];
}

static TuttiEngine *
shadow_engine (TuttiMix *mix)
{
  return &mix->engines[!mix->live];
}

/* ---- checkpoints and corrections ---- */

static void
forget_checkpoints_after (TuttiMix *mix, int64_t frame)
{
  for (unsigned i = 0; i < TUTTI_MIX_CHECKPOINTS; i++)
    if (mix->checkpoint_frames[i] > frame)
      mix->checkpoint_frames[i] = INT64_MIN;
}

static int
find_checkpoint (const TuttiMix *mix, int64_t frame)
{
  int found = -1;

  for (int i = 0; i < TUTTI_MIX_CHECKPOINTS; i++)
    if (mix->checkpoint_frames[i] != INT64_MIN && mix->checkpoint_frames[i] <= frame &&
        (found < 0 || mix->checkpoint_frames[i] > mix->checkpoint_frames[found]))
      found = i;
  return found;
}

/* The oldest frame that may still be rendered again. */
static int64_t
oldest_frame (TuttiMix *mix)
{
  int64_t oldest = live_engine (mix)->next_frame;

  if (mix->correcting && shadow_engine (mix)->next_frame < oldest)
    oldest = shadow_engine (mix)->next_frame;
  for (unsigned i = 0; i < TUTTI_MIX_CHECKPOINTS; i++)
    if (mix->checkpoint_frames[i] != INT64_MIN && mix->checkpoint_frames[i] < oldest)
      oldest = mix->checkpoint_frames[i];
  return oldest;
}

static void
save_checkpoint (TuttiMix *mix, const TuttiEngine *engine)
{
  int64_t number = tutti_floor_div (engine->next_frame, TUTTI_MIX_CHECKPOINT_FRAMES);
  int64_t place = tutti_floor_mod (number, TUTTI_MIX_CHECKPOINTS);

  if (mix->checkpoints == NULL || tutti_floor_mod (engine->next_frame, TUTTI_MIX_CHECKPOINT_FRAMES) != 0)
    return;
  tutti_engine_copy (&mix->checkpoints[place], engine);
  mix->checkpoint_frames[place] = engine->next_frame;
}

static void
correct (TuttiMix *mix, int64_t from)
{
  TuttiEngine *live = live_engine (mix);
  int found = find_checkpoint (mix, from);

  count (&mix->late_scores);
  mix->late_from = from < mix->late_from ? from : mix->late_from;
  mix->late_until = INT64_MAX;
  if (mix->correcting && shadow_engine (mix)->next_frame <= from)
    return;
  forget_checkpoints_after (mix, from);
  mix->correcting = found >= 0;
  mix->correcting_fade = 0;
  if (mix->correcting)
    {
      tutti_engine_copy (shadow_engine (mix), &mix->checkpoints[found]);
      tutti_engine_unsettle (shadow_engine (mix));
      return;
    }
  count (&mix->too_late);
  mix->late_until = live->next_frame;
  live->exact_from = INT64_MAX;
  live->voices_exact_from = live->next_frame + TUTTI_VOICE_LIFE;
}

/* ---- scores arrive ---- */

static void
give_back (TuttiMix *mix, TuttiScore *score)
{
  /* Never full: no more scores are out than it holds. */
  tutti_ring_push (&mix->back, &score);
}

static void
retire_scores (TuttiMix *mix)
{
  int64_t oldest = oldest_frame (mix);
  int64_t history = live_engine (mix)->next_frame - HISTORY_FRAMES;
  TuttiScore *past;

  while ((past = tutti_timeline_take_past (&mix->timeline, oldest < history ? oldest : history)) != NULL)
    give_back (mix, past);
  while (mix->timeline.n == TUTTI_TIMELINE_SIZE && (past = tutti_timeline_take_past (&mix->timeline, oldest)) != NULL)
    give_back (mix, past);
}

static void
accept (TuttiMix *mix, TuttiScore *score)
{
  TuttiScore *replaced;

  while ((replaced = tutti_timeline_take_from (&mix->timeline, score->valid_from)) != NULL)
    give_back (mix, replaced);
  tutti_timeline_append (&mix->timeline, score);
  if (mix->started && score->valid_from < live_engine (mix)->next_frame)
    correct (mix, score->valid_from);
}

static void
receive (TuttiMix *mix)
{
  TuttiScore *score;

  if (tutti_ring_length (&mix->handed) == 0)
    return;
  for (retire_scores (mix); mix->timeline.n < TUTTI_TIMELINE_SIZE && tutti_ring_pop (&mix->handed, &score); retire_scores (mix))
    accept (mix, score);
}

/* ---- starting ---- */

/* Frames until an echo every @ticks, of which the share @feedback (> 0, < 1) comes back, has fallen by 96 dB. */
static int64_t
echo_memory (int64_t ticks, double feedback, int32_t tempo)
{
  return (int64_t) (tutti_delay_frames (ticks, tempo) * (1.0 - 15.95 / tutti_log2 (feedback)));
}

/* The same of all that an effect remembers. */
static int64_t
effect_memory (const TuttiScoreEffect *effect, int32_t tempo)
{
  double feedback = effect->params[1] < 900 ? (effect->params[1] + 1) * 0.001 : 0.9;

  if (!effect->on)
    return 0;
  if (effect->kind == TUTTI_SCORE_EFFECT_DELAY)
    return echo_memory (effect->params[0], feedback > 0.001 ? feedback : 0.001, tempo);
  if (effect->kind == TUTTI_SCORE_EFFECT_REVERB)
    return (effect->params[0] * INT64_C (8) / 5 + effect->params[2]) * (TUTTI_RATE / 1000);
  return 0;
}

/* One after the other, the times of a chain add up. */
static int64_t
chain_memory (const TuttiScoreEffect *effects, unsigned n, int32_t tempo)
{
  int64_t frames = 0;

  for (unsigned i = 0; i < n; i++)
    frames += effect_memory (&effects[i], tempo);
  return frames;
}

static int64_t
effects_memory (const TuttiScore *score, int32_t tempo)
{
  int64_t most = 0;

  for (unsigned i = 0; i < score->n_tracks; i++)
    {
      int64_t frames = chain_memory (score->tracks[i]->effects, score->tracks[i]->n_effects, tempo);

      most = frames > most ? frames : most;
    }
  return most + chain_memory (score->master_effects, score->n_master_effects, tempo);
}

/* The same of all together. */
static int64_t
preroll_frames (const TuttiMix *mix, int64_t frame)
{
  const TuttiTimelineEntry *entry = tutti_timeline_at (&mix->timeline, frame);
  bool delay = false, reverb = false;
  int64_t frames = TUTTI_RATE / 4;
  int32_t tempo;

  if (entry == NULL)
    return frames;
  tempo = tutti_transport_segment (&entry->score->transport, frame)->tempo_cbpm;
  frames += effects_memory (entry->score, tempo);
  for (unsigned i = 0; i < entry->score->n_tracks; i++)
    {
      delay |= entry->score->tracks[i]->params[TUTTI_SCORE_PARAM_DELAY_SEND] > TUTTI_LEVEL_OFF;
      reverb |= entry->score->tracks[i]->params[TUTTI_SCORE_PARAM_REVERB_SEND] > TUTTI_LEVEL_OFF;
    }
  if (delay)
    frames += echo_memory (entry->score->delay.ticks, (entry->score->delay.feedback + 1) * 0.001, tempo);
  if (reverb)
    frames += (int64_t) (1.6 * 0.2 * TUTTI_RATE * tutti_exp2 (entry->score->reverb.size * 0.00532192809));
  return frames < PREROLL_MAX ? frames & -(int64_t) TUTTI_BLOCK : PREROLL_MAX;
}

/* Brings the engine to @open, its voices aged from those of a minute before. Computes what began at @compute_from or later. */
static void
advance_to (TuttiMix *mix, TuttiEngine *engine, int64_t open, int64_t compute_from)
{
  tutti_engine_reset (engine, open - TUTTI_VOICE_LIFE);
  engine->pool.compute_from = compute_from;
  /* Nothing happens before the first score. */
  if (mix->timeline.n > 0 && mix->timeline.entries[0].score->valid_from > engine->next_frame)
    engine->next_frame = tutti_floor_div (mix->timeline.entries[0].score->valid_from, TUTTI_BLOCK) * TUTTI_BLOCK;
  if (engine->next_frame > open || mix->timeline.n == 0)
    engine->next_frame = open;
  while (engine->next_frame < open)
    tutti_engine_advance (engine, &mix->timeline);
}

/* Samples can be put to any age. A synthesiser's voice has to be run from where it began: a first pass tells which voices live and
 * when the oldest of them began, a second one computes from there. */
static void
rebuild_voices (TuttiMix *mix, TuttiEngine *engine, int64_t open)
{
  int64_t oldest;

  advance_to (mix, engine, open, INT64_MAX);
  oldest = tutti_pool_oldest_memory (&engine->pool);
  if (oldest != INT64_MAX)
    advance_to (mix, engine, open, oldest);
}

static void
start (TuttiMix *mix, int64_t frame)
{
  TuttiEngine *engine = live_engine (mix);
  int64_t target = tutti_floor_div (frame, TUTTI_BLOCK) * TUTTI_BLOCK;
  int64_t open = target - preroll_frames (mix, target);
  TuttiEngineTap silent = { NULL };

  silent.prints = !mix->options.without_prints;
  rebuild_voices (mix, engine, open);
  tutti_engine_open (engine);
  tutti_monitor_restart (&mix->monitor);
  mix->correcting = false;
  mix->late_from = INT64_MAX;
  mix->late_until = INT64_MIN;
  for (unsigned i = 0; i < TUTTI_MIX_CHECKPOINTS; i++)
    mix->checkpoint_frames[i] = INT64_MIN;
  while (engine->next_frame < target + TUTTI_LIMITER_DELAY)
    {
      tutti_engine_render (engine, &mix->timeline, &silent, &mix->out);
      save_checkpoint (mix, engine);
    }
  mix->out_frame = target;
  mix->out_taken = TUTTI_BLOCK;
  if (mix->started)
    count (&mix->restarts);
  mix->started = true;
  mix->meters_serial = 0;
}

void
tutti_mix_start (TuttiMix *mix, int64_t frame)
{
  TuttiFpGuard guard = tutti_fp_guard_enter ();

  mix->started = false;
  receive (mix);
  start (mix, frame);
  mix->out_frame = frame;
  tutti_fp_guard_leave (guard);
}

/* ---- rendering ---- */

static void
publish_print (TuttiMix *mix, TuttiPrint *print)
{
  int64_t begin = print->second * TUTTI_RATE;

  if (begin + TUTTI_RATE > mix->late_from && begin < mix->late_until)
    print->state = TUTTI_PRINT_LATE;
  tutti_prints_write (&mix->prints, print);
}

static void
name_meters (TuttiMix *mix)
{
  const TuttiEngine *live = live_engine (mix);

  if (mix->meters_serial == live->score_serial)
    return;
  mix->meters_serial = live->score_serial;
  for (unsigned i = 0; i < TUTTI_FX_STRIPS; i++)
    atomic_store_explicit (&mix->meter_ids[i], live->used[i] ? live->slots[i].id : 0, memory_order_relaxed);
}

static void
cross_fade (TuttiBlock *to, const TuttiBlock *new, unsigned block)
{
  const float step = 1.0f / (TUTTI_MIX_LATE_FADE * TUTTI_BLOCK);

  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      float share = (float) (block * TUTTI_BLOCK + i) * step;

      to->left[i] += (new->left[i] - to->left[i]) * share;
      to->right[i] += (new->right[i] - to->right[i]) * share;
    }
}

static void
finish_correction (TuttiMix *mix)
{
  mix->live = !mix->live;
  mix->correcting = false;
  mix->late_until = live_engine (mix)->next_frame;
  mix->meters_serial = 0;
  count (&mix->corrections);
}

/* Moves the corrected course on in a bounded slice; once it has caught up, lets it take over. */
static void
run_correction (TuttiMix *mix, TuttiBlock *out)
{
  TuttiEngine *shadow = shadow_engine (mix);
  int64_t goal = live_engine (mix)->next_frame;
  TuttiPrint print;
  TuttiBlock corrected;

  for (unsigned i = 0; i < TUTTI_MIX_CATCH_UP && shadow->next_frame < goal; i++)
    {
      TuttiEngineTap tap = { .prints = !mix->options.without_prints, .print = &print,
                             .clicks = mix->options.without_metronome ? NULL : &mix->clicks };

      tutti_engine_render (shadow, &mix->timeline, &tap, &corrected);
      if (tap.print_ready)
        publish_print (mix, &print);
      save_checkpoint (mix, shadow);
    }
  if (shadow->next_frame < goal)
    return;
  cross_fade (out, &corrected, mix->correcting_fade++);
  if (mix->correcting_fade == TUTTI_MIX_LATE_FADE)
    finish_correction (mix);
}

static void
tell_float (_Atomic uint32_t *told, double value)
{
  float narrow = (float) value;
  uint32_t bits;

  memcpy (&bits, &narrow, sizeof bits);
  atomic_store_explicit (told, bits, memory_order_relaxed);
}

/* While somebody looks. After a while in which nobody did, what was heard before is forgotten. */
static void
measure_loudness (TuttiMix *mix)
{
  uint32_t wanted = atomic_load_explicit (&mix->loudness_wanted, memory_order_relaxed);
  bool first = !mix->measuring;

  mix->measuring = wanted > 0;
  if (wanted == 0)
    return;
  /* Whoever asked again meanwhile is not overwritten. */
  atomic_compare_exchange_strong_explicit (&mix->loudness_wanted, &wanted, wanted - 1, memory_order_relaxed, memory_order_relaxed);
  if (first)
    tutti_loudness_init (&mix->loudness, TUTTI_RATE);
  tutti_loudness_run (&mix->loudness, mix->out.left, mix->out.right, TUTTI_BLOCK);
  if (!first && mix->loudness.at >= TUTTI_BLOCK)
    return;
  tell_float (&mix->loudness_told[0], tutti_loudness_short_term (&mix->loudness));
  tell_float (&mix->loudness_told[1], tutti_loudness_recent_peak (&mix->loudness));
}

static void
render_block (TuttiMix *mix)
{
  TuttiEngine *live = live_engine (mix);
  TuttiPrint print;
  TuttiEngineTap tap = { .prints = !mix->options.without_prints, .print = &print,
                         .meters = mix->options.offline ? NULL : mix->meters,
                         .clicks = mix->options.without_metronome ? NULL : &mix->clicks,
                         .monitor = mix->options.offline ? NULL : &mix->monitor };

  tutti_monitor_begin (&mix->monitor);
  tutti_engine_render (live, &mix->timeline, &tap, &mix->out);
  if (tap.print_ready)
    publish_print (mix, &print);
  if (mix->correcting)
    run_correction (mix, &mix->out);
  else
    save_checkpoint (mix, live);
  name_meters (mix);
  tutti_meter_feed (&mix->master_meter, &mix->out, 0, TUTTI_BLOCK);
  measure_loudness (mix);
  tutti_reductions_feed (&mix->reductions, live_engine (mix));
  tutti_monitor_finish (&mix->monitor, live->fx[live->active].master.now, &mix->out);
  atomic_store_explicit (&mix->n_voices, live->pool.n_used, memory_order_relaxed);
  atomic_store_explicit (&mix->settling, live->exact_from > live->next_frame, memory_order_relaxed);
}

TUTTI_CLONES static void
interleave (const float *restrict left, const float *restrict right, size_t n, float *restrict stereo)
{
  for (size_t i = 0; i < n; i++)
    {
      stereo[2 * i] = left[i];
      stereo[2 * i + 1] = right[i];
    }
}

static void
give (TuttiMix *mix, uint32_t n_frames, float *stereo)
{
  while (n_frames > 0)
    {
      uint32_t n;

      if (mix->out_taken == TUTTI_BLOCK)
        {
          render_block (mix);
          mix->out_taken = 0;
        }
      n = TUTTI_BLOCK - mix->out_taken < n_frames ? TUTTI_BLOCK - mix->out_taken : n_frames;
      interleave (mix->out.left + mix->out_taken, mix->out.right + mix->out_taken, n, stereo);
      mix->out_taken += n;
      mix->out_frame += n;
      stereo += 2 * n;
      n_frames -= n;
    }
}

void
tutti_mix_render (TuttiMix *mix, int64_t first_frame, uint32_t n_frames, float *stereo)
{
  TuttiFpGuard guard = tutti_fp_guard_enter ();

  receive (mix);
  if (!mix->started || first_frame != mix->out_frame)
    start (mix, first_frame);
  /* A start in the middle of a block renders it whole. */
  if (mix->out_taken == TUTTI_BLOCK && tutti_floor_mod (first_frame, TUTTI_BLOCK) != 0)
    {
      render_block (mix);
      mix->out_taken = (unsigned) tutti_floor_mod (first_frame, TUTTI_BLOCK);
    }
  mix->out_frame = first_frame;
  give (mix, n_frames, stereo);
  atomic_store_explicit (&mix->next_frame, mix->out_frame, memory_order_relaxed);
  atomic_fetch_add_explicit (&mix->rendered, n_frames, memory_order_release);
  tutti_fp_guard_leave (guard);
}

bool
tutti_mix_render_local (TuttiMix *mix, uint32_t n_frames, float *stereo)
{
  TuttiFpGuard guard = tutti_fp_guard_enter ();
  const TuttiTimeline *timeline = &mix->timeline;
  const TuttiScore *score = timeline->n > 0 ? timeline->entries[timeline->n - 1].score : NULL;
  bool any = tutti_local_render (&mix->local, score, n_frames, stereo);

  atomic_fetch_add_explicit (&mix->rendered, n_frames, memory_order_release);
  tutti_fp_guard_leave (guard);
  return any;
}
