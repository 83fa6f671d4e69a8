/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-playback.h"

#include "tutti-ear.h"
#include "tutti-plan.h"

/* As far back as a voice can have begun, and edits to be compiled again at most. */
#define PAST_FRAMES (90 * (gint64) TUTTI_FRAMES_PER_SECOND)
#define PAST_MAX 512

/* The document as it sounded from @at on. */
typedef struct
{
  TuttiJam *jam;                   /* owned */
  gint64    at;
} Moment;

struct _TuttiPlayback
{
  TuttiSoundBank   *bank;          /* owned */
  TuttiSharedClock *clock;         /* owned */
  TuttiMix         *mix;           /* owned */
  TuttiEar         *ear;           /* owned */
  TuttiOutput      *output;        /* owned: gone before the mix and the ear */
  TuttiPlan        *plan;          /* owned */
  GArray           *past;          /* of Moment, to be compiled again when a sound arrives */
  TuttiPlaybackTap  tap;
  gpointer          tap_data;
  gboolean          wanted, started;
  gboolean          stale;         /* the mix has scores without a sound that is here now, or lacks some */
  TuttiOp          *tried;         /* owned (nullable): done in what is heard here alone */
  guint             panics;        /* so far: a plan made anew has had them, too */
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
  tutti_ear_render (self->ear, first_frame, n, stereo);
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
clear_moment (gpointer data)
{
  tutti_jam_free (((Moment *) data)->jam);
}

static void
make_plan (TuttiPlayback *self)
{
  tutti_plan_free (self->plan);
  self->plan = tutti_plan_new (tutti_sound_bank_resolve, self->bank);
  for (guint i = 0; i < self->panics; i++)
    tutti_plan_panic (self->plan);
}

static gboolean
push (TuttiPlayback *self, const Moment *moment)
{
  TuttiScore *score = tutti_plan_compile (self->plan, moment->jam, moment->at);

  tutti_mix_collect (self->mix);
  if (tutti_mix_push_score (self->mix, score))
    return TRUE;
  tutti_score_free (score);
  return FALSE;
}

/* From the oldest moment on, because what sounds now began under an earlier one: with the newest alone, a voice that began
 * before the last edit would be missing here and sound elsewhere. */
static void
push_all (TuttiPlayback *self)
{
  gboolean all = TRUE;

  make_plan (self);
  for (guint i = 0; all && i < self->past->len; i++)
    all = push (self, &g_array_index (self->past, Moment, i));
  self->stale = !all;
}

/* The newest moment; before the start only to ask for its sounds. */
static void
push_newest (TuttiPlayback *self)
{
  const Moment *newest = &g_array_index (self->past, Moment, self->past->len - 1);

  if (!self->started)
    tutti_score_free (tutti_plan_compile (self->plan, newest->jam, newest->at));
  else if (!push (self, newest))
    {
      /* More edits in one block than the ring holds: again when there is room. */
      self->stale = TRUE;
      if (self->recompile == 0)
        self->recompile = g_timeout_add (5, on_recompile, self);
    }
}

static gboolean
on_recompile (gpointer data)
{
  TuttiPlayback *self = data;

  self->recompile = 0;
  if (self->started && self->stale)
    push_all (self);
  start_when_ready (self);
  if (self->started && self->stale)
    self->recompile = g_timeout_add (5, on_recompile, self);
  return G_SOURCE_REMOVE;
}

/* Several sounds that arrive together are compiled in once. */
static void
on_bank_changed (TuttiSoundBank *bank, const char *name, TuttiPlayback *self)
{
  self->stale = TRUE;
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
  self->ear = tutti_ear_new (bank);
  make_plan (self);
  self->past = g_array_new (FALSE, FALSE, sizeof (Moment));
  g_array_set_clear_func (self->past, clear_moment);
  self->output = tutti_output_new (&renderer, clock, 0, options->make_sink, options->sink_data);
  g_signal_connect (bank, "changed", G_CALLBACK (on_bank_changed), self);
  return self;
}

void
tutti_playback_free (TuttiPlayback *self)
{
  g_signal_handlers_disconnect_by_data (self->bank, self);
  g_clear_handle_id (&self->recompile, g_source_remove);
  g_clear_pointer (&self->tried, tutti_op_free);
  tutti_output_stop (self->output);
  g_clear_object (&self->output);
  tutti_ear_free (self->ear);
  tutti_plan_free (self->plan);
  tutti_mix_free (self->mix);
  g_array_unref (self->past);
  g_object_unref (self->clock);
  g_object_unref (self->bank);
  g_free (self);
}

static void
remember (TuttiPlayback *self, const TuttiJam *jam, gint64 at)
{
  Moment moment = { tutti_jam_copy (jam), at };
  guint old = 0;

  g_array_append_val (self->past, moment);
  /* What was replaced before anything that still sounds began. */
  while (old + 1 < self->past->len &&
         (self->past->len - old > PAST_MAX || g_array_index (self->past, Moment, old + 1).at < at - PAST_FRAMES))
    old++;
  if (old > 0)
    g_array_remove_range (self->past, 0, old);
}

void
tutti_playback_begin (TuttiPlayback *self, const TuttiJam *jam, gint64 origin_ns)
{
  make_plan (self);
  g_array_set_size (self->past, 0);
  remember (self, jam, 0);
  tutti_output_set_origin (self->output, origin_ns);
  push_newest (self);
}

/* @jam with what is tried done in it; NULL when that cannot be done to it. (transfer full) */
static TuttiJam *
with_tried (TuttiPlayback *self, const TuttiJam *jam, gint64 at)
{
  TuttiStamp stamp = { .at = at };
  TuttiJam *tried = tutti_jam_copy (jam);

  if (tutti_jam_apply (tried, self->tried, &stamp, NULL, NULL))
    return tried;
  tutti_jam_free (tried);
  return NULL;
}

static void
follow_tried (TuttiPlayback *self, const TuttiJam *jam, gint64 at)
{
  g_autoptr(TuttiJam) tried = self->tried != NULL ? with_tried (self, jam, at) : NULL;

  if (tried != NULL)
    tutti_ear_follow (self->ear, tried, at);
  else if (self->tried != NULL)
    tutti_playback_listen (self, NULL);
}

void
tutti_playback_confirm (TuttiPlayback *self, const TuttiJam *jam, gint64 at)
{
  remember (self, jam, at);
  push_newest (self);
  follow_tried (self, jam, at);
}

/* The first thing to be heard has its sounds: what starts without them is corrected later, and until then differs. */
static void
start_when_ready (TuttiPlayback *self)
{
  if (self->started || !self->wanted || tutti_sound_bank_is_busy (self->bank))
    return;
  self->started = TRUE;
  push_all (self);
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

TuttiScoreSound *
tutti_playback_look_up_sound (TuttiPlayback *self, const char *sound)
{
  return tutti_sound_bank_get_now (self->bank, sound);
}

void
tutti_playback_panic (TuttiPlayback *self)
{
  tutti_mix_audition_stop (self->mix);
  self->panics++;
  tutti_plan_panic (self->plan);
  if (self->past->len > 0)
    push_newest (self);
}

void
tutti_playback_listen (TuttiPlayback *self, const TuttiJam *jam)
{
  g_clear_pointer (&self->tried, tutti_op_free);
  if (jam != NULL)
    tutti_ear_listen (self->ear, jam, self->output);
  else
    tutti_ear_stop (self->ear);
}

void
tutti_playback_try (TuttiPlayback *self, const TuttiOp *op)
{
  const Moment *newest = self->past->len > 0 ? &g_array_index (self->past, Moment, self->past->len - 1) : NULL;
  g_autoptr(TuttiJam) tried = NULL;

  tutti_playback_listen (self, NULL);
  if (newest == NULL)
    return;
  self->tried = tutti_op_copy (op);
  tried = with_tried (self, newest->jam, newest->at);
  if (tried != NULL)
    tutti_ear_listen_in_place (self->ear, tried, self->output);
  else
    g_clear_pointer (&self->tried, tutti_op_free);
}

const TuttiJam *
tutti_playback_get_heard (TuttiPlayback *self)
{
  return tutti_ear_get_heard (self->ear);
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
