/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-playback.h"

#include "tutti-plan.h"

struct _TuttiPlayback
{
  TuttiSoundBank   *bank;          /* owned */
  TuttiSharedClock *clock;         /* owned */
  TuttiMix         *mix;           /* owned */
  TuttiOutput      *output;        /* owned: gone before the mix */
  TuttiPlan        *plan;          /* owned */
  TuttiJam         *jam;           /* owned: the newest, to be compiled again when a sound arrives */
  gint64            at;
  TuttiPlaybackTap  tap;
  gpointer          tap_data;
  gboolean          begun, wanted, started;
  guint             recompile;     /* idle source */
};

/* ---- the audio thread ---- */

static void
render (void *data, int64_t first_frame, unsigned n, float *stereo)
{
  TuttiPlayback *self = data;

  tutti_mix_render (self->mix, first_frame, n, stereo);
  if (self->tap != NULL)
    self->tap (self->tap_data, first_frame, n, stereo);
}

/* Adds in slices of a block: the local stream has a buffer of its own on the stack. */
static void
render_local (void *data, int64_t frame, unsigned n, float *stereo)
{
  TuttiPlayback *self = data;
  float local[2 * 256];

  while (n > 0)
    {
      unsigned part = MIN (n, 256);

      if (tutti_mix_render_local (self->mix, part, local))
        for (unsigned i = 0; i < 2 * part; i++)
          stereo[i] += local[i];
      stereo += 2 * part;
      n -= part;
    }
}

static void
restart (void *data, int64_t first_frame)
{
  tutti_mix_start (((TuttiPlayback *) data)->mix, first_frame);
}

/* ---- the main thread ---- */

static gboolean on_recompile (gpointer data);
static void start_when_ready (TuttiPlayback *self);

static void
push (TuttiPlayback *self)
{
  TuttiScore *score = tutti_plan_compile (self->plan, self->jam, self->at);

  tutti_mix_collect (self->mix);
  if (score == NULL || tutti_mix_push_score (self->mix, score))
    return;
  /* More edits in one block than the ring holds: the newest comes when there is room again. */
  tutti_score_free (score);
  if (self->recompile == 0)
    self->recompile = g_timeout_add (5, on_recompile, self);
}

static gboolean
on_recompile (gpointer data)
{
  TuttiPlayback *self = data;

  self->recompile = 0;
  if (self->begun)
    push (self);
  start_when_ready (self);
  return G_SOURCE_REMOVE;
}

/* Several sounds that arrive together are compiled in once. */
static void
on_bank_changed (TuttiSoundBank *bank, const char *name, TuttiPlayback *self)
{
  if (self->recompile == 0)
    self->recompile = g_idle_add (on_recompile, self);
}

TuttiPlayback *
tutti_playback_new (TuttiSoundBank *bank, TuttiSharedClock *clock, const TuttiPlaybackOptions *options)
{
  static const TuttiPlaybackOptions usual = { 0 };
  TuttiPlayback *self = g_new0 (TuttiPlayback, 1);
  TuttiRenderer renderer = { self, render, render_local, restart };

  if (options == NULL)
    options = &usual;
  self->bank = g_object_ref (bank);
  self->clock = g_object_ref (clock);
  self->tap = options->tap;
  self->tap_data = options->tap_data;
  self->mix = tutti_mix_new (NULL);
  self->plan = tutti_plan_new (tutti_sound_bank_resolve, bank);
  self->output = tutti_output_new (&renderer, clock, 0, options->make_sink, options->sink_data);
  g_signal_connect (bank, "changed", G_CALLBACK (on_bank_changed), self);
  return self;
}

void
tutti_playback_free (TuttiPlayback *self)
{
  g_signal_handlers_disconnect_by_data (self->bank, self);
  g_clear_handle_id (&self->recompile, g_source_remove);
  tutti_output_stop (self->output);
  g_clear_object (&self->output);
  tutti_plan_free (self->plan);
  tutti_mix_free (self->mix);
  tutti_jam_free (self->jam);
  g_object_unref (self->clock);
  g_object_unref (self->bank);
  g_free (self);
}

static void
keep (TuttiPlayback *self, const TuttiJam *jam, gint64 at)
{
  tutti_jam_free (self->jam);
  self->jam = tutti_jam_copy (jam);
  self->at = at;
}

void
tutti_playback_begin (TuttiPlayback *self, const TuttiJam *jam, gint64 origin_ns)
{
  tutti_plan_free (self->plan);
  self->plan = tutti_plan_new (tutti_sound_bank_resolve, self->bank);
  keep (self, jam, 0);
  tutti_output_set_origin (self->output, origin_ns);
  self->begun = TRUE;
  push (self);
}

void
tutti_playback_confirm (TuttiPlayback *self, const TuttiJam *jam, gint64 at)
{
  keep (self, jam, at);
  push (self);
}

/* The first thing to be heard has its sounds: what starts without them is corrected later, and until then differs. */
static void
start_when_ready (TuttiPlayback *self)
{
  if (self->started || !self->wanted || tutti_sound_bank_is_busy (self->bank))
    return;
  self->started = TRUE;
  tutti_output_start (self->output);
}

void
tutti_playback_start (TuttiPlayback *self)
{
  self->wanted = TRUE;
  start_when_ready (self);
}

void
tutti_playback_audition (TuttiPlayback *self, guint64 track, const char *sound, int pitch, int velocity)
{
  TuttiScoreSound *score_sound = tutti_sound_bank_get_now (self->bank, sound);

  if (score_sound != NULL)
    tutti_mix_audition (self->mix, track, score_sound, pitch, velocity);
}

void
tutti_playback_panic (TuttiPlayback *self)
{
  tutti_mix_audition_stop (self->mix);
  tutti_plan_panic (self->plan);
  if (self->begun)
    push (self);
}

TuttiOutput *
tutti_playback_get_output (TuttiPlayback *self)
{
  return self->output;
}

TuttiMix *
tutti_playback_get_mix (TuttiPlayback *self)
{
  return self->mix;
}
