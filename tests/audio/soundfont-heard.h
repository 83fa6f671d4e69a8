/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sound-fixture.h"
#include "tutti-mix.h"
#include "tutti-plan.h"
#include "tutti-sound-bank.h"
#include "tutti-soundfont-edit.h"

/* A preset as a track of a jam, one note of it rendered as everybody's mix renders it. */

/* Below the master's limiter. */
#define HEARD_GAIN_CDB -1200
#define HEARD_TRACK tutti_id (1, 1)

typedef struct
{
  guint  key, velocity;
  double seconds, held;        /* of sound, and of the note */
} HeardNote;

static inline void
heard_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static inline GAsyncResult *
heard_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

/* (transfer full) (nullable) */
static inline TuttiSoundFontInstrument *
heard_import (TuttiSoundLibrary *library, TuttiSoundFont *font, guint preset, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  tutti_soundfont_import_async (library, font, preset, NULL, NULL, NULL, heard_got, &result);
  return tutti_soundfont_import_finish (library, heard_wait (&result), error);
}

static inline void
heard_apply (TuttiJam *jam, TuttiOp *op)
{
  TuttiStamp stamp = { 0 };
  g_autoptr(GError) error = NULL;

  tutti_jam_apply (jam, op, &stamp, NULL, &error);
  g_assert_no_error (error);
  tutti_op_free (op);
}

static inline TuttiId
heard_new_id (gpointer counter)
{
  return tutti_id (2, ++*(guint32 *) counter);
}

/* (transfer full) */
static inline TuttiJam *
heard_jam (const TuttiSoundFontInstrument *instrument, HeardNote note)
{
  TuttiJam *jam = tutti_jam_new ();
  g_autoptr(GPtrArray) ops = g_ptr_array_new ();
  TuttiNotes *notes = tutti_notes_new (1);
  guint32 counter = 0;

  for (guint i = 0; i < instrument->sounds->len; i++)
    {
      const TuttiSoundInfo *info = instrument->sounds->pdata[i];

      g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_SOUND_ADD, info->hash, info->name, TUTTI_N (info->n_frames),
                                          TUTTI_N (info->n_channels)));
    }
  tutti_soundfont_edit (instrument, NULL, HEARD_TRACK, TUTTI_COLOUR_SKY, heard_new_id, &counter, ops);
  for (guint i = 0; i < ops->len; i++)
    heard_apply (jam, ops->pdata[i]);
  heard_apply (jam, tutti_op_new (TUTTI_OP_PARAM, HEARD_TRACK, TUTTI_N (TUTTI_PARAM_GAIN), TUTTI_N (HEARD_GAIN_CDB)));
  heard_apply (jam, tutti_op_new (TUTTI_OP_SCENE_ADD, tutti_id (1, 2), "", TUTTI_N (0)));
  heard_apply (jam, tutti_op_new (TUTTI_OP_CLIP_ADD_NOTES, tutti_id (1, 3), HEARD_TRACK, tutti_id (1, 2), ""));
  heard_apply (jam, tutti_op_new (TUTTI_OP_CLIP_LENGTH, tutti_id (1, 3), TUTTI_N (TUTTI_STEPS_MAX)));
  /* 120 beats a minute: 1920 ticks a second. */
  notes->edit[0] = (TuttiNoteEdit) { { tutti_id (1, 4), 0, (gint32) (note.held * 1920), (guint8) note.key, (guint8) note.velocity },
                                     TUTTI_NOTE_WHOLE };
  heard_apply (jam, tutti_op_new (TUTTI_OP_NOTES, tutti_id (1, 3), notes));
  heard_apply (jam, tutti_op_new (TUTTI_OP_LAUNCH_SCENE, tutti_id (1, 2), TUTTI_N (TUTTI_QUANTUM_NOW)));
  heard_apply (jam, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)));
  return jam;
}

static inline void
heard_resolve (const char *name, TuttiPlanSound *out, gpointer bank)
{
  tutti_sound_bank_get_now (bank, name);
  tutti_sound_bank_resolve (name, out, bank);
}

/* Interleaved stereo. (transfer full) */
static inline float *
heard_render (TuttiSoundLibrary *library, const TuttiSoundFontInstrument *instrument, HeardNote note, gsize *n_frames)
{
  TuttiMixOptions options = { .offline = TRUE, .without_metronome = TRUE, .without_prints = TRUE };
  g_autoptr(TuttiSoundBank) bank = tutti_sound_bank_new (library);
  g_autoptr(TuttiJam) jam = heard_jam (instrument, note);
  g_autoptr(TuttiPlan) plan = tutti_plan_new (heard_resolve, bank);
  TuttiMix *mix = tutti_mix_new (&options);
  float *stereo;

  /* The first asks for the sounds; they are in the library's memory or on its disk. */
  tutti_score_free (tutti_plan_compile (plan, jam, 0));
  while (tutti_sound_bank_is_busy (bank))
    g_main_context_iteration (NULL, TRUE);
  *n_frames = (gsize) (note.seconds * TUTTI_SOUND_RATE);
  stereo = g_new0 (float, 2 * *n_frames);
  g_assert_true (tutti_mix_push_score (mix, tutti_plan_compile (plan, jam, 0)));
  tutti_mix_start (mix, 0);
  tutti_mix_render (mix, 0, (uint32_t) *n_frames, stereo);
  tutti_mix_free (mix);
  return stereo;
}

/* dB of both sides together, from second @from to second @to; silence is -200. */
static inline double
heard_level (const float *stereo, double from, double to)
{
  gsize first = (gsize) (from * TUTTI_SOUND_RATE), last = (gsize) (to * TUTTI_SOUND_RATE);
  double sum = 1e-20;

  for (gsize i = 2 * first; i < 2 * last; i++)
    sum += (double) stereo[i] * (double) stereo[i] / (double) (last - first);
  return 10.0 * log10 (sum);
}

/* How alike the sound is to itself @lag frames on. */
static inline double
heard_likeness (const float *stereo, gsize n, gsize lag)
{
  double both = 0.0, here = 1e-20, there = 1e-20;

  for (gsize i = 0; i < n; i++)
    {
      double a = (double) stereo[2 * i] + (double) stereo[2 * i + 1];
      double b = (double) stereo[2 * (i + lag)] + (double) stereo[2 * (i + lag) + 1];

      both += a * b;
      here += a * a;
      there += b * b;
    }
  return both / sqrt (here * there);
}

/* Where between @low and @high frames it is most alike, to a fraction. */
static inline double
heard_best_lag (const float *stereo, gsize n, gsize low, gsize high)
{
  gsize best = low;
  double most = -2.0;

  for (gsize lag = low; lag <= high; lag++)
    {
      double like = heard_likeness (stereo, n, lag);

      if (like > most)
        most = like, best = lag;
    }
  double before = heard_likeness (stereo, n, best - 1), after = heard_likeness (stereo, n, best + 1);
  double bend = before - 2.0 * most + after;

  return (double) best + (fabs (bend) > 1e-12 ? 0.5 * (before - after) / bend : 0.0);
}

/* The pitch at second @from, within 40 cents of @expected Hz, over 0.2 s: first by a few periods, then by as many as show a cent.
 * Cents from @expected. */
static inline double
heard_cents (const float *stereo, double from, double expected)
{
  const float *at = stereo + 2 * (gsize) (from * TUTTI_SOUND_RATE);
  double period = TUTTI_SOUND_RATE / expected, wide = 0.024;
  guint rounds[] = { 4, 16, 64 };

  for (guint i = 0; i < G_N_ELEMENTS (rounds); i++)
    {
      double lag = period * rounds[i];

      if (i > 0 && lag > 0.2 * TUTTI_SOUND_RATE)
        break;
      period = heard_best_lag (at, TUTTI_SOUND_RATE / 10, (gsize) (lag * (1.0 - wide)), (gsize) (lag * (1.0 + wide)) + 1) / rounds[i];
      wide /= 4.0;
    }
  return 1200.0 * log2 (TUTTI_SOUND_RATE / period / expected);
}

static inline double
heard_hertz (guint key)
{
  return 440.0 * exp2 (((double) key - 69.0) / 12.0);
}
