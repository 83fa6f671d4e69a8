/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-mix-private.h"

#include <stdlib.h>
#include <string.h>

#include "tutti-mix-memory.h"
#include "tutti-sinc.h"
#include "tutti-synth.h"

/* The main thread's side: making, handing over, taking back, reading. tutti-mix-render.c is the audio thread's. */

/* Twice what a voice, a checkpoint and a correction can still need, because auditions count frames too. */
#define SOUND_KEPT_FRAMES (2u * (TUTTI_VOICE_LIFE + 8u * TUTTI_RATE))

/* Measured for so long after it was asked for: two seconds. */
#define LOUDNESS_BLOCKS (2u * TUTTI_RATE / TUTTI_BLOCK)

#define CHECKPOINTS_SIZE (TUTTI_MIX_CHECKPOINTS * sizeof (TuttiEngine))

TuttiMix *
tutti_mix_new (const TuttiMixOptions *options)
{
  TuttiMix *mix = tutti_mix_memory_new (sizeof *mix);

  if (mix == NULL)
    return NULL;
  if (options != NULL)
    mix->options = *options;
  if (!mix->options.offline)
    mix->checkpoints = tutti_mix_memory_new (CHECKPOINTS_SIZE);
  if (!mix->options.offline && mix->checkpoints == NULL)
    {
      tutti_mix_memory_free (mix, sizeof *mix);
      return NULL;
    }
  tutti_sinc_init ();
  /* What the others need is made with their sounds. */
  tutti_wave_turn_init ();
  tutti_vcf_init ();
  tutti_click_sounds_init (&mix->clicks);
  tutti_ring_init (&mix->handed, mix->handed_memory, sizeof (TuttiScore *), TUTTI_MIX_SCORES);
  tutti_ring_init (&mix->back, mix->back_memory, sizeof (TuttiScore *), TUTTI_MIX_SCORES);
  tutti_prints_init (&mix->prints);
  tutti_local_init (&mix->local);
  tutti_monitor_init (&mix->monitor);
  for (unsigned i = 0; i < TUTTI_FX_STRIPS; i++)
    tutti_meter_reset (&mix->meters[i]);
  tutti_meter_reset (&mix->master_meter);
  tutti_reductions_init (&mix->reductions);
  mix->late_from = INT64_MAX;
  for (unsigned i = 0; i < TUTTI_MIX_CHECKPOINTS; i++)
    mix->checkpoint_frames[i] = INT64_MIN;
  return mix;
}

void
tutti_mix_free (TuttiMix *mix)
{
  TuttiScore *score;

  if (mix == NULL)
    return;
  while (tutti_ring_pop (&mix->handed, &score))
    tutti_score_free (score);
  while (tutti_ring_pop (&mix->back, &score))
    tutti_score_free (score);
  for (unsigned i = 0; i < mix->timeline.n; i++)
    tutti_score_free (mix->timeline.entries[i].score);
  for (unsigned i = 0; i < mix->n_sounds; i++)
    tutti_score_sound_unref (mix->sounds[i].sound);
  free (mix->sounds);
  tutti_mix_memory_free (mix->checkpoints, CHECKPOINTS_SIZE);
  tutti_mix_memory_free (mix, sizeof *mix);
}

/* ---- sounds outlive the scores that name them ---- */

static bool
keep_sound (TuttiMix *mix, TuttiScoreSound *sound)
{
  for (unsigned i = 0; i < mix->n_sounds; i++)
    if (mix->sounds[i].sound == sound)
      return true;
  if (mix->n_sounds == mix->sounds_room)
    {
      unsigned room = mix->sounds_room == 0 ? 64 : 2 * mix->sounds_room;
      TuttiMixSound *more = realloc (mix->sounds, room * sizeof *more);

      if (more == NULL)
        return false;
      mix->sounds = more;
      mix->sounds_room = room;
    }
  mix->sounds[mix->n_sounds++] = (TuttiMixSound) { tutti_score_sound_ref (sound), false, 0 };
  return true;
}

static bool
keep_sounds (TuttiMix *mix, const TuttiScoreTrack *track)
{
  bool all = track->sound == NULL || keep_sound (mix, track->sound);

  for (unsigned i = 0; all && i < track->n_zones; i++)
    all = track->zones[i].sound == NULL || keep_sound (mix, track->zones[i].sound);
  return all;
}

static void
forget_sounds (TuttiMix *mix)
{
  uint64_t rendered = atomic_load_explicit (&mix->rendered, memory_order_acquire);

  for (unsigned i = mix->n_sounds; i-- > 0;)
    {
      TuttiMixSound *one = &mix->sounds[i];
      bool lonely = __atomic_load_n (&one->sound->refs, __ATOMIC_ACQUIRE) == 1;

      if (lonely && !one->lonely)
        one->since = rendered;
      one->lonely = lonely;
      if (!lonely || rendered - one->since < SOUND_KEPT_FRAMES)
        continue;
      tutti_score_sound_unref (one->sound);
      *one = mix->sounds[--mix->n_sounds];
    }
}

/* ---- scores ---- */

bool
tutti_mix_push_score (TuttiMix *mix, TuttiScore *score)
{
  if (mix->n_out == TUTTI_MIX_SCORES || !tutti_score_valid (score))
    return false;
  for (unsigned i = 0; i < score->n_tracks; i++)
    if (!keep_sounds (mix, score->tracks[i]))
      return false;
  tutti_mix_make_room (mix, score);
  if (!tutti_ring_push (&mix->handed, &score))
    return false;
  mix->n_out++;
  return true;
}

unsigned
tutti_mix_collect (TuttiMix *mix)
{
  TuttiScore *score;
  unsigned n = 0;

  while (tutti_ring_pop (&mix->back, &score))
    {
      tutti_score_free (score);
      n++;
    }
  mix->n_out -= n;
  forget_sounds (mix);
  return n;
}

/* ---- auditions ---- */

bool
tutti_mix_audition (TuttiMix *mix, uint64_t track_id, TuttiScoreSound *sound, int pitch, int velocity)
{
  TuttiLocalNote note = { .track_id = track_id, .pitch = (int8_t) (pitch < -96 ? -96 : pitch > 96 ? 96 : pitch),
                          .velocity = (uint8_t) (velocity < 0 ? 0 : velocity > 127 ? 127 : velocity) };

  if (sound != NULL && !keep_sound (mix, sound))
    return false;
  note.sound = sound;
  return tutti_ring_push (&mix->local.ring, &note);
}

bool
tutti_mix_audition_stop (TuttiMix *mix)
{
  TuttiLocalNote note = { .stop = true };

  return tutti_ring_push (&mix->local.ring, &note);
}

bool
tutti_mix_set_monitor_gain (TuttiMix *mix, uint64_t track_id, int gain)
{
  return tutti_monitor_want (&mix->monitor, track_id, gain < TUTTI_LEVEL_OFF ? TUTTI_LEVEL_OFF
                                                      : gain > TUTTI_MONITOR_GAIN_MAX ? TUTTI_MONITOR_GAIN_MAX : gain);
}

/* ---- reading ---- */

bool
tutti_mix_get_print (const TuttiMix *mix, int64_t second, TuttiPrint *out)
{
  return tutti_prints_read (&mix->prints, second, out);
}

int64_t
tutti_mix_get_last_second (const TuttiMix *mix)
{
  return atomic_load_explicit (&mix->prints.last, memory_order_acquire);
}

float
tutti_mix_read_track_peak (const TuttiMix *mix, uint64_t track_id, unsigned side)
{
  for (unsigned i = 0; i < TUTTI_FX_STRIPS; i++)
    if (atomic_load_explicit (&mix->meter_ids[i], memory_order_relaxed) == track_id)
      return tutti_meter_read (&mix->meters[i], side);
  return 0.0f;
}

float
tutti_mix_read_master_peak (const TuttiMix *mix, unsigned side)
{
  return tutti_meter_read (&mix->master_meter, side);
}

float
tutti_mix_read_reduction (TuttiMix *mix, uint64_t track_id, uint64_t effect_id)
{
  return tutti_reductions_ask (&mix->reductions, track_id, effect_id);
}

static float
read_float (_Atomic uint32_t *told)
{
  uint32_t bits = atomic_load_explicit (told, memory_order_relaxed);
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

void
tutti_mix_read_loudness (TuttiMix *mix, float *short_term, float *peak)
{
  bool measured = atomic_exchange_explicit (&mix->loudness_wanted, LOUDNESS_BLOCKS, memory_order_relaxed) > 0;

  *short_term = measured ? read_float (&mix->loudness_told[0]) : (float) TUTTI_LOUDNESS_SILENT;
  *peak = measured ? read_float (&mix->loudness_told[1]) : (float) TUTTI_LOUDNESS_SILENT;
}

void
tutti_mix_get_stats (const TuttiMix *mix, TuttiMixStats *out)
{
  out->next_frame = atomic_load_explicit (&mix->next_frame, memory_order_relaxed);
  out->late_scores = atomic_load_explicit (&mix->late_scores, memory_order_relaxed);
  out->corrections = atomic_load_explicit (&mix->corrections, memory_order_relaxed);
  out->too_late = atomic_load_explicit (&mix->too_late, memory_order_relaxed);
  out->restarts = atomic_load_explicit (&mix->restarts, memory_order_relaxed);
  out->voices = atomic_load_explicit (&mix->n_voices, memory_order_relaxed);
  out->settling = atomic_load_explicit (&mix->settling, memory_order_relaxed);
}
