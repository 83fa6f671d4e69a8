/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a jam an export lets be heard, and how long. */
#include "tutti-export-private.h"

#include <math.h>

#define BARS 8

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
      span->end = span->music_end + tutti_export_tail (played, !options->each_track);
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
