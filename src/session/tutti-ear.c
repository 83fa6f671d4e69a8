/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-ear.h"

#include "tutti-jam-moment.h"
#include "tutti-mix.h"
#include "tutti-plan.h"

#include <gio/gio.h>

/* From what is rendered to where it begins: a mix is made ready in a tenth of this, on a busy machine in less than all of it. */
#define AHEAD_FRAMES (TUTTI_FRAMES_PER_SECOND / 2)
/* Where one sound after the other is tried, waiting is worse than trying to begin once more. */
#define TRY_AHEAD_FRAMES (TUTTI_FRAMES_PER_SECOND / 5)
#define TRIES_MAX 5

#define FADE_FRAMES 480
#define SLICE 256

/* How often it is looked whether a voice has faded away, and for how long: where nothing sounds, nothing fades. */
#define POLL_MS 20
#define POLLS_MAX 50

/* One document being heard. The audio thread has a hold of it while it renders, and says so in `using`. */
typedef struct
{
  TuttiMix *mix;               /* owned */
  TuttiJam *jam;               /* owned; as it is played from @from on. Thread: main */
  TuttiPlan *plan;             /* owned; of what it is now. Thread: main */
  gint64    from;
  float     gain;              /* thread: audio */
  gint      wanted;            /* atomic: whether it is to be heard */
  gint      silent;            /* atomic: it has faded away */
} Voice;

struct _TuttiEar
{
  TuttiSoundBank *bank;        /* owned */
  TuttiOutput    *output;      /* borrowed */
  TuttiJam       *wish;        /* owned (nullable): to be heard when it can be */
  gboolean        in_place;    /* in the time in which it runs, and not from its beginning */
  gint64          changed_at;  /* the wish changed while a voice of it was made ready; −1: it did not */
  guint           tries;       /* so far */
  GCancellable   *preparing;   /* owned (nullable) */
  Voice          *voice;       /* atomic, owned: what the audio thread may take hold of */
  Voice          *using;       /* atomic: what it has hold of */
  Voice          *leaving;     /* owned: it fades away, or is still held */
  guint           poll, polls;
};

static void
voice_free (Voice *voice)
{
  tutti_mix_free (voice->mix);
  tutti_plan_free (voice->plan);
  tutti_jam_free (voice->jam);
  g_free (voice);
}

/* ---- the audio thread ---- */

/* What is held is not freed; what was taken away between looking and holding is let go again. */
TUTTI_REALTIME static Voice *
hold (TuttiEar *ear)
{
  Voice *voice = g_atomic_pointer_get (&ear->voice);

  g_atomic_pointer_set (&ear->using, voice);
  if (voice != NULL && g_atomic_pointer_get (&ear->voice) == voice)
    return voice;
  g_atomic_pointer_set (&ear->using, NULL);
  return NULL;
}

TUTTI_REALTIME static void
blend (Voice *voice, guint n, const float *own, float *stereo)
{
  float step = g_atomic_int_get (&voice->wanted) ? 1.0f / FADE_FRAMES : -1.0f / FADE_FRAMES;

  for (guint i = 0; i < n; i++)
    {
      voice->gain = CLAMP (voice->gain + step, 0.0f, 1.0f);
      for (guint side = 0; side < 2; side++)
        /* To the bit where it is all that is heard. */
        stereo[2 * i + side] = voice->gain < 1.0f ? stereo[2 * i + side] + voice->gain * (own[2 * i + side] - stereo[2 * i + side])
                                                  : own[2 * i + side];
    }
  if (voice->gain <= 0.0f)
    g_atomic_int_set (&voice->silent, TRUE);
}

void
tutti_ear_render (TuttiEar *ear, gint64 first_frame, guint n, float *stereo)
{
  Voice *voice = hold (ear);
  float own[2 * SLICE];

  if (voice == NULL)
    return;
  guint skip = (guint) CLAMP (voice->from - first_frame, 0, (gint64) n);

  for (guint at = skip; at < n; at += SLICE)
    {
      guint part = MIN (n - at, SLICE);

      tutti_mix_render (voice->mix, first_frame + at, part, own);
      blend (voice, part, own, stereo + 2 * at);
    }
  g_atomic_pointer_set (&ear->using, NULL);
}

/* ---- letting go ---- */

/* Taken from the audio thread's sight, and freed when that has let go of it. */
static gboolean
try_to_free (TuttiEar *ear)
{
  Voice *voice = ear->leaving;

  g_atomic_pointer_set (&ear->voice, NULL);
  if (g_atomic_pointer_get (&ear->using) == voice)
    return FALSE;
  voice_free (g_steal_pointer (&ear->leaving));
  return TRUE;
}

static void begin (TuttiEar *ear);

static gboolean
on_poll (gpointer data)
{
  TuttiEar *ear = data;

  ear->polls++;
  if (!g_atomic_int_get (&ear->leaving->silent) && ear->polls < POLLS_MAX)
    return G_SOURCE_CONTINUE;
  if (!try_to_free (ear))
    return G_SOURCE_CONTINUE;
  ear->poll = 0;
  begin (ear);
  return G_SOURCE_REMOVE;
}

static void
let_go (TuttiEar *ear)
{
  if (ear->leaving != NULL || ear->voice == NULL)
    return;
  ear->leaving = ear->voice;
  g_atomic_int_set (&ear->leaving->wanted, FALSE);
  ear->polls = 0;
  ear->poll = g_timeout_add (POLL_MS, on_poll, ear);
}

/* ---- beginning ---- */

static gint64
rendered (TuttiEar *ear)
{
  TuttiOutputStats stats;

  tutti_output_get_stats (ear->output, &stats);
  return MAX ((gint64) stats.rendered_frames, tutti_output_get_frame_now (ear->output));
}

static void
push (Voice *voice, const TuttiJam *jam, gint64 at)
{
  TuttiScore *score = tutti_plan_compile (voice->plan, jam, at);

  tutti_mix_collect (voice->mix);
  if (!tutti_mix_push_score (voice->mix, score))
    tutti_score_free (score);
}

static Voice *
voice_new (TuttiEar *ear)
{
  static const TuttiMixOptions options = { .without_prints = TRUE };
  Voice *voice = g_new0 (Voice, 1);

  voice->plan = tutti_plan_new (tutti_sound_bank_resolve, ear->bank);
  voice->from = rendered (ear) + (ear->in_place ? TRY_AHEAD_FRAMES : AHEAD_FRAMES) * (ear->tries + 1);
  voice->jam = ear->in_place ? tutti_jam_copy (ear->wish) : tutti_jam_to_hear (ear->wish, voice->from);
  voice->mix = tutti_mix_new (&options);
  voice->wanted = TRUE;
  push (voice, voice->jam, voice->from);
  ear->changed_at = -1;
  return voice;
}

static void
prepare (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Voice *voice = g_task_get_task_data (task);

  tutti_mix_start (voice->mix, voice->from);
  g_task_return_boolean (task, TRUE);
}

/* The ear may be gone, or told otherwise, when it is ready: then the voice goes with the task. */
static void
on_prepared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TuttiEar *ear = user_data;
  Voice *voice = g_task_get_task_data (G_TASK (result));

  g_task_propagate_boolean (G_TASK (result), NULL);
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    {
      voice_free (voice);
      return;
    }
  g_clear_object (&ear->preparing);
  ear->tries++;
  if (rendered (ear) >= voice->from && ear->tries < TRIES_MAX)
    {
      voice_free (voice);
      begin (ear);
      return;
    }
  if (ear->changed_at >= 0)
    push (voice, ear->wish, MAX (ear->changed_at, voice->from));
  g_clear_pointer (&ear->wish, tutti_jam_free);
  g_atomic_pointer_set (&ear->voice, voice);
}

static void
ask_for_sounds (TuttiEar *ear)
{
  g_autoptr(TuttiPlan) plan = tutti_plan_new (tutti_sound_bank_resolve, ear->bank);

  tutti_score_free (tutti_plan_compile (plan, ear->wish, 0));
}

/* One voice at a time, and none before its sounds are here. */
static void
begin (TuttiEar *ear)
{
  if (ear->wish == NULL || ear->preparing != NULL || ear->leaving != NULL || ear->voice != NULL)
    return;
  ask_for_sounds (ear);
  if (tutti_sound_bank_is_busy (ear->bank))
    return;
  Voice *voice = voice_new (ear);

  ear->preparing = g_cancellable_new ();
  g_autoptr(GTask) task = g_task_new (NULL, ear->preparing, on_prepared, ear);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, voice, NULL);
  g_task_run_in_thread (task, prepare);
}

static void
on_bank_changed (TuttiSoundBank *bank, const char *name, TuttiEar *ear)
{
  begin (ear);
}

/* ---- from outside ---- */

TuttiEar *
tutti_ear_new (TuttiSoundBank *bank)
{
  TuttiEar *ear = g_new0 (TuttiEar, 1);

  ear->bank = g_object_ref (bank);
  g_signal_connect (bank, "changed", G_CALLBACK (on_bank_changed), ear);
  return ear;
}

static void
forget_wish (TuttiEar *ear)
{
  g_clear_pointer (&ear->wish, tutti_jam_free);
  if (ear->preparing != NULL)
    g_cancellable_cancel (ear->preparing);
  g_clear_object (&ear->preparing);
}

void
tutti_ear_free (TuttiEar *ear)
{
  g_signal_handlers_disconnect_by_data (ear->bank, ear);
  g_clear_handle_id (&ear->poll, g_source_remove);
  forget_wish (ear);
  /* What leaves may be out of sight already. */
  if (ear->leaving != ear->voice)
    g_clear_pointer (&ear->leaving, voice_free);
  g_clear_pointer (&ear->voice, voice_free);
  g_object_unref (ear->bank);
  g_free (ear);
}

static void
listen (TuttiEar *ear, const TuttiJam *jam, TuttiOutput *output, gboolean in_place)
{
  forget_wish (ear);
  ear->output = output;
  ear->wish = tutti_jam_copy (jam);
  ear->in_place = in_place;
  ear->tries = 0;
  let_go (ear);
  begin (ear);
}

void
tutti_ear_listen (TuttiEar *ear, const TuttiJam *jam, TuttiOutput *output)
{
  listen (ear, jam, output, FALSE);
}

void
tutti_ear_listen_in_place (TuttiEar *ear, const TuttiJam *jam, TuttiOutput *output)
{
  listen (ear, jam, output, TRUE);
}

void
tutti_ear_follow (TuttiEar *ear, const TuttiJam *jam, gint64 at)
{
  if (ear->wish != NULL)
    {
      tutti_jam_free (ear->wish);
      ear->wish = tutti_jam_copy (jam);
      ear->changed_at = at;
    }
  else if (ear->voice != NULL && ear->leaving == NULL)
    push (ear->voice, jam, at);
}

void
tutti_ear_stop (TuttiEar *ear)
{
  forget_wish (ear);
  let_go (ear);
}

const TuttiJam *
tutti_ear_get_heard (TuttiEar *ear)
{
  return ear->voice != NULL && ear->leaving == NULL ? ear->voice->jam : NULL;
}
