/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Transport and launching: what happens from a frame on. */
#include "tutti-apply.h"

/* A queued clip whose time has come, or which a jump of the transport would strand, plays. */
static void
settle_launch (TuttiTrack *track)
{
  track->playing = track->queued;
  track->has_queued = FALSE;
  track->queued = (TuttiLaunch) { 0 };
}

static void
settle_all (TuttiJam *jam)
{
  for (guint i = 0; i < jam->n_tracks; i++)
    if (jam->tracks[i]->has_queued)
      settle_launch (tutti_jam_edit_track (jam, i));
}

gboolean
tutti_apply_play (const TuttiApply *apply)
{
  TuttiTransport *transport = &apply->jam->transport;
  gint64 tick = apply->op->arg[0].number;
  gint64 count_in = 0;

  if (tick < 0 && transport->playing)
    return TRUE;
  if (tick < 0)
    tick = CLAMP (transport->anchor.tick, -TUTTI_TICK_FAR, TUTTI_TICK_FAR);
  if (!transport->playing)
    count_in = transport->count_in * tutti_ticks_per_bar (transport->beats, transport->unit);
  settle_all (apply->jam);
  transport->playing = TRUE;
  transport->start_tick = tick;
  transport->anchor.frame = apply->stamp->at;
  transport->anchor.tick = tick - count_in;
  return TRUE;
}

/* Where the music stands in the song at the stamp's frame. */
static gint64
song_tick (const TuttiApply *apply)
{
  const TuttiTransport *transport = &apply->jam->transport;
  gint64 tick = tutti_jam_tick_at (apply->jam, apply->stamp->at);

  if (transport->playing)
    tick = MAX (tick, transport->start_tick);
  return transport->loop ? tutti_tick_wrap (tick, transport->loop_start, transport->loop_end) : tick;
}

static gboolean
halt (const TuttiApply *apply, gint64 tick)
{
  TuttiTransport *transport = &apply->jam->transport;

  settle_all (apply->jam);
  transport->playing = FALSE;
  transport->start_tick = 0;
  transport->anchor.frame = 0;
  transport->anchor.tick = tick;
  return TRUE;
}

gboolean
tutti_apply_pause (const TuttiApply *apply)
{
  return halt (apply, song_tick (apply));
}

gboolean
tutti_apply_stop (const TuttiApply *apply)
{
  return halt (apply, 0);
}

gboolean
tutti_apply_seek (const TuttiApply *apply)
{
  TuttiTransport *transport = &apply->jam->transport;

  settle_all (apply->jam);
  transport->anchor.tick = apply->op->arg[0].number;
  if (transport->playing)
    {
      transport->anchor.frame = apply->stamp->at;
      transport->start_tick = transport->anchor.tick;
    }
  return TRUE;
}

gboolean
tutti_apply_tempo (const TuttiApply *apply)
{
  TuttiAnchor *anchor = &apply->jam->transport.anchor;
  gint32 tempo = (gint32) apply->op->arg[0].number;
  TuttiOp *inverse = tutti_op_new (TUTTI_OP_TEMPO, TUTTI_N (anchor->tempo_cbpm));

  if (apply->jam->transport.playing)
    *anchor = tutti_anchor_with_tempo (anchor, apply->stamp->at, tempo);
  else
    anchor->tempo_cbpm = tempo;
  return tutti_apply_inverse (apply, inverse);
}

gboolean
tutti_apply_signature (const TuttiApply *apply)
{
  TuttiTransport *transport = &apply->jam->transport;
  gint64 unit = apply->op->arg[1].number;

  if (unit != 2 && unit != 4 && unit != 8 && unit != 16)
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_INVALID, "the lower number of a time signature is 2, 4, 8 or 16");
  TuttiOp *inverse = tutti_op_new (TUTTI_OP_SIGNATURE, TUTTI_N (transport->beats), TUTTI_N (transport->unit));

  transport->beats = (guint8) apply->op->arg[0].number;
  transport->unit = (guint8) unit;
  return tutti_apply_inverse (apply, inverse);
}

gboolean
tutti_apply_loop (const TuttiApply *apply)
{
  TuttiTransport *transport = &apply->jam->transport;
  gint64 start = apply->op->arg[1].number, end = apply->op->arg[2].number;

  if (end < start + TUTTI_TICKS_PER_QUARTER / 4)
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_INVALID, "a loop lasts at least a sixteenth");
  TuttiOp *inverse = tutti_op_new (TUTTI_OP_LOOP, TUTTI_N (transport->loop), transport->loop_start, transport->loop_end);

  transport->loop = (guint8) apply->op->arg[0].number;
  transport->loop_start = start;
  transport->loop_end = end;
  return tutti_apply_inverse (apply, inverse);
}

static gint64
quantum_ticks (const TuttiTransport *transport, TuttiQuantum quantum)
{
  switch (quantum)
    {
    case TUTTI_QUANTUM_BEAT:
      return tutti_ticks_per_beat (transport->unit);
    case TUTTI_QUANTUM_BAR:
      return tutti_ticks_per_bar (transport->beats, transport->unit);
    case TUTTI_QUANTUM_4_BARS:
      return 4 * tutti_ticks_per_bar (transport->beats, transport->unit);
    case TUTTI_QUANTUM_NOW:
    case TUTTI_N_QUANTA:
    default:
      return 0;
    }
}

/* The unwrapped tick of the next place in the *song* that @quantum allows, so that a loop of odd length keeps its bars. */
static gint64
launch_tick (const TuttiApply *apply, gint64 now, TuttiQuantum quantum)
{
  const TuttiTransport *transport = &apply->jam->transport;
  gint64 place = transport->loop ? tutti_tick_wrap (now, transport->loop_start, transport->loop_end) : now;

  return now + tutti_tick_ceil (place, quantum_ticks (transport, quantum)) - place;
}

static void
launch (const TuttiApply *apply, guint index, TuttiId clip, TuttiQuantum quantum)
{
  const TuttiTransport *transport = &apply->jam->transport;
  TuttiTrack *track = tutti_jam_edit_track (apply->jam, index);
  gint64 now = tutti_jam_tick_at (apply->jam, apply->stamp->at);

  if (!transport->playing || now < transport->start_tick)
    {
      track->queued = (TuttiLaunch) { clip, 0 };
      settle_launch (track);
      return;
    }
  if (track->has_queued && track->queued.from_tick <= now)
    settle_launch (track);
  track->queued = (TuttiLaunch) { clip, launch_tick (apply, now, quantum) };
  track->has_queued = TRUE;
  if (track->queued.from_tick <= now)
    settle_launch (track);
}

gboolean
tutti_apply_launch (const TuttiApply *apply)
{
  int index = tutti_apply_track_index (apply, 0);
  TuttiId clip = apply->op->arg[1].id;

  if (index < 0)
    return FALSE;
  if (!tutti_id_is_none (clip) && tutti_track_clip (apply->jam->tracks[index], clip) == NULL)
    return tutti_apply_missing (apply, "clip");
  launch (apply, (guint) index, clip, (TuttiQuantum) apply->op->arg[2].number);
  return TRUE;
}

/* A scene starts its clips and stops the tracks that have none in it. */
gboolean
tutti_apply_launch_scene (const TuttiApply *apply)
{
  TuttiId scene = apply->op->arg[0].id;

  if (!tutti_id_is_none (scene) && tutti_jam_scene (apply->jam, scene, NULL) == NULL)
    return tutti_apply_missing (apply, "scene");
  for (guint i = 0; i < apply->jam->n_tracks; i++)
    {
      const TuttiClip *clip = tutti_id_is_none (scene) ? NULL : tutti_track_clip_at (apply->jam->tracks[i], scene);

      launch (apply, i, clip != NULL ? clip->id : tutti_id (0, 0), (TuttiQuantum) apply->op->arg[1].number);
    }
  return TRUE;
}

static void
cancel (const TuttiApply *apply, guint index)
{
  gint64 now = tutti_jam_tick_at (apply->jam, apply->stamp->at);
  TuttiTrack *track = apply->jam->tracks[index];

  if (!track->has_queued)
    return;
  track = tutti_jam_edit_track (apply->jam, index);
  if (track->queued.from_tick <= now)
    settle_launch (track);
  track->queued = (TuttiLaunch) { 0 };
  track->has_queued = FALSE;
}

gboolean
tutti_apply_launch_cancel (const TuttiApply *apply)
{
  if (!tutti_id_is_none (apply->op->arg[0].id))
    {
      int index = tutti_apply_track_index (apply, 0);

      if (index >= 0)
        cancel (apply, (guint) index);
      return index >= 0;
    }
  for (guint i = 0; i < apply->jam->n_tracks; i++)
    cancel (apply, i);
  return TRUE;
}
