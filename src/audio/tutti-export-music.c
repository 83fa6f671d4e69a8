/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a jam an export lets be heard, and how long. */
#include "tutti-export-private.h"

#include <math.h>

#define BARS 8

/* The places of an effect's values (tutti-effect.c). */
enum { DELAY_TICKS, DELAY_FEEDBACK };
enum { REVERB_DECAY, REVERB_BEFORE = 2 };

#define FALL (-6.907755278982137) /* 60 dB as a natural logarithm */

void
tutti_export_apply (TuttiJam *jam, TuttiOp *op, gint64 at)
{
  TuttiStamp stamp = { .at = at };
  g_autoptr(GError) error = NULL;

  if (!tutti_jam_apply (jam, op, &stamp, NULL, &error))
    g_error ("an export's own edit is wrong: %s", error->message);
  tutti_op_free (op);
}

TuttiJam *
tutti_export_play_from_start (const TuttiJam *jam)
{
  TuttiJam *played = tutti_jam_copy (jam);

  tutti_export_apply (played, tutti_op_new (TUTTI_OP_STOP), 0);
  tutti_export_apply (played, tutti_op_new (TUTTI_OP_COUNT_IN, TUTTI_N (0)), 0);
  for (guint i = 0; i < played->n_tracks; i++)
    tutti_export_apply (played, tutti_op_new (TUTTI_OP_LAUNCH, played->tracks[i]->id, played->tracks[i]->playing.clip,
                                              TUTTI_N (TUTTI_QUANTUM_NOW)), 0);
  tutti_export_apply (played, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (jam->transport.loop ? jam->transport.loop_start : 0)), 0);
  return played;
}

TuttiJam *
tutti_export_only (const TuttiJam *jam, guint index)
{
  TuttiJam *only = tutti_jam_copy (jam);

  for (guint i = 0; i < only->n_tracks; i++)
    {
      tutti_export_apply (only, tutti_op_new (TUTTI_OP_TRACK_SOLO, only->tracks[i]->id, TUTTI_N (0)), 0);
      tutti_export_apply (only, tutti_op_new (TUTTI_OP_TRACK_MUTE, only->tracks[i]->id, TUTTI_N (i != index)), 0);
    }
  for (guint i = 0; i < only->n_master_effects; i++)
    tutti_export_apply (only, tutti_op_new (TUTTI_OP_EFFECT_ON, only->master_effects[i].id, TUTTI_N (0)), 0);
  return only;
}

/* ---- how long ---- */

static gint64
ticks_of_music (const TuttiTransport *transport, const TuttiExportOptions *options)
{
  if (options->ticks != 0)
    return options->ticks;
  return transport->loop ? transport->loop_end - transport->loop_start :
                           BARS * tutti_ticks_per_bar (transport->beats, transport->unit);
}

/* Until a repeat is 60 dB softer than what it repeats. */
static double
seconds_of_echo (const TuttiJam *jam, gint64 ticks, int feedback)
{
  double once = (double) ticks / TUTTI_TICKS_PER_QUARTER * 6000.0 / jam->transport.anchor.tempo_cbpm;

  return once * (feedback > 0 ? 1.0 + ceil (FALL / log (MIN (feedback, 990) / 1000.0)) : 1.0);
}

static double
seconds_of_effects (const TuttiJam *jam, const TuttiEffect *effects, guint n)
{
  double longest = 0.0;

  for (guint i = 0; i < n; i++)
    {
      const gint16 *values = effects[i].values;

      if (effects[i].on && effects[i].kind == TUTTI_EFFECT_REVERB)
        longest = MAX (longest, (values[REVERB_DECAY] + values[REVERB_BEFORE]) / 1000.0);
      else if (effects[i].on && effects[i].kind == TUTTI_EFFECT_DELAY)
        longest = MAX (longest, seconds_of_echo (jam, values[DELAY_TICKS], values[DELAY_FEEDBACK]));
    }
  return longest;
}

/* One after the other they last about as long as the longest of each chain together. */
static gint64
frames_of_tail (const TuttiJam *jam)
{
  double tracks = 0.0;

  for (guint i = 0; i < jam->n_tracks; i++)
    {
      const TuttiTrack *track = jam->tracks[i];
      double own = track->params[TUTTI_PARAM_RELEASE] / 1000.0 + seconds_of_effects (jam, track->effects, track->n_effects);

      if (track->params[TUTTI_PARAM_DELAY_SEND] > TUTTI_GAIN_MIN_CDB)
        own += seconds_of_echo (jam, jam->mix[TUTTI_MIX_DELAY_TICKS], jam->mix[TUTTI_MIX_DELAY_FEEDBACK]);
      if (track->params[TUTTI_PARAM_REVERB_SEND] > TUTTI_GAIN_MIN_CDB)
        own += 0.2 * exp2 (jam->mix[TUTTI_MIX_REVERB_SIZE] * 0.00532192809);      /* as tutti-fx.c has it */
      tracks = MAX (tracks, own);
    }
  double all = tracks + seconds_of_effects (jam, jam->master_effects, jam->n_master_effects);

  return (gint64) ceil (CLAMP (all, TUTTI_EXPORT_TAIL_S, TUTTI_EXPORT_TAIL_MAX_S)) * TUTTI_FRAMES_PER_SECOND;
}

gboolean
tutti_export_span (const TuttiJam *played, const TuttiExportOptions *options, TuttiExportSpan *span, GError **error)
{
  const gint64 most = TUTTI_EXPORT_SECONDS_MAX * (gint64) TUTTI_FRAMES_PER_SECOND;
  const TuttiAnchor *anchor = &played->transport.anchor;
  gint64 ticks = ticks_of_music (&played->transport, options);

  span->music_end = span->end = 0;
  if (options->seconds == 0 && ticks > 0)
    {
      span->music_end = tutti_anchor_frame_of (anchor, anchor->tick + MIN (ticks, TUTTI_TICK_FAR - MAX (anchor->tick, 0)));
      span->end = span->music_end + frames_of_tail (played);
    }
  else if (options->seconds > 0 && options->seconds <= TUTTI_EXPORT_SECONDS_MAX)    /* not a number is neither */
    span->music_end = span->end = (gint64) llrint (options->seconds * TUTTI_FRAMES_PER_SECOND);
  if (span->end > 0 && span->end <= most)
    return TRUE;
  g_set_error (error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_LENGTH, "An export lasts longer than nothing and at most %d hours",
               TUTTI_EXPORT_SECONDS_MAX / 3600);
  return FALSE;
}

/* With the head of a WAV file. */
gint64
tutti_export_span_bytes (const TuttiExportSpan *span, const TuttiExportFormatInfo *format)
{
  int frame_bytes = format->frame_bytes != 0 ? format->frame_bytes : tutti_export_format_info (TUTTI_EXPORT_WAV_24)->frame_bytes;

  return span->end * frame_bytes + 1024;
}

gint64
tutti_export_frames (const TuttiJam *jam, const TuttiExportOptions *options)
{
  g_autoptr(TuttiJam) played = tutti_export_play_from_start (jam);
  TuttiExportSpan span;

  return tutti_export_span (played, options, &span, NULL) ? span.end : 0;
}

gint64
tutti_export_bytes (const TuttiJam *jam, const TuttiExportOptions *options)
{
  TuttiExportSpan span = { .end = tutti_export_frames (jam, options) };
  guint n_files = options->each_track ? tutti_export_count_tracks (jam) : 1;

  return span.end > 0 ? n_files * tutti_export_span_bytes (&span, tutti_export_format_info (options->format)) : 0;
}

/* ---- which tracks ---- */

gboolean
tutti_export_sounds (const TuttiJam *played, guint index)
{
  const TuttiTrack *track = played->tracks[index];

  return tutti_jam_audible (played, track) && !tutti_id_is_none (track->playing.clip);
}

guint
tutti_export_count_tracks (const TuttiJam *jam)
{
  g_autoptr(TuttiJam) played = tutti_export_play_from_start (jam);
  guint n = 0;

  for (guint i = 0; i < played->n_tracks; i++)
    n += tutti_export_sounds (played, i);
  return n;
}

static gint64
divisor_of_both (gint64 a, gint64 b)
{
  while (b != 0)
    {
      gint64 rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

guint
tutti_export_round_bars (const TuttiJam *jam, guint most)
{
  g_autoptr(TuttiJam) played = tutti_export_play_from_start (jam);
  gint64 bar = tutti_ticks_per_bar (jam->transport.beats, jam->transport.unit), round = bar, longest = bar;

  for (guint i = 0; i < played->n_tracks; i++)
    {
      const TuttiTrack *track = played->tracks[i];
      const TuttiClip *clip = tutti_export_sounds (played, i) ? tutti_track_clip (track, track->playing.clip) : NULL;
      gint64 ticks = clip != NULL ? tutti_clip_ticks (clip) : bar;

      longest = MAX (longest, ticks);
      if (round <= most * bar)
        round = round / divisor_of_both (round, ticks) * ticks;
    }
  return (guint) CLAMP (((round <= most * bar ? round : longest) + bar - 1) / bar, 1, most);
}
