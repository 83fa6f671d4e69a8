/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam-private.h"

/* The inside of tutti_jam_apply(): one function a row, or a row that names a number to set. */

typedef struct
{
  TuttiJam         *jam;
  const TuttiOp    *op;
  const TuttiStamp *stamp;
  TuttiOp         **inverse;   /* NULL when nobody asks */
  GError          **error;
} TuttiApply;

/* Checks first, writes only when nothing can fail any more. */
typedef gboolean (*TuttiApplyFunc) (const TuttiApply *apply);

typedef enum { TUTTI_FIELD_NONE, TUTTI_FIELD_U8, TUTTI_FIELD_S8, TUTTI_FIELD_S16, TUTTI_FIELD_U32, TUTTI_FIELD_TEXT } TuttiFieldType;

/* Where a row that only sets one value keeps it: in the jam, or in the track, clip, step or effect that its keys name. */
typedef struct
{
  TuttiFieldType type;
  gsize          offset;
} TuttiField;

typedef struct
{
  TuttiOpSpec    spec;
  TuttiApplyFunc apply;
  TuttiField     field;
} TuttiOpRow;

extern const TuttiOpRow tutti_op_rows[TUTTI_N_OPS];

/* Leaves the inverse with the one who asked; takes @op. */
gboolean tutti_apply_inverse (const TuttiApply *apply, TuttiOp *op);

/* Says why not; always FALSE. */
gboolean tutti_apply_fail (const TuttiApply *apply, TuttiModelError code, const char *format, ...) G_GNUC_PRINTF (3, 4);
gboolean tutti_apply_missing (const TuttiApply *apply, const char *what);

/* The index of the track that argument @arg names, or -1 with the error set. */
int      tutti_apply_track_index (const TuttiApply *apply, guint arg);

/* FALSE with the error set when argument @arg, an id about to be given, is none or was given before. */
gboolean tutti_apply_fresh_id (const TuttiApply *apply, guint arg);

/* FALSE with the error set when nothing more can be kept for restoring. */
gboolean tutti_apply_room_for_grave (const TuttiApply *apply);

/* FALSE with the error set when the jam cannot hold @more effects that remember much. */
gboolean tutti_apply_room_for_big (const TuttiApply *apply, guint more);

/* Setting one number or text. */
gboolean tutti_apply_set_jam (const TuttiApply *apply);
gboolean tutti_apply_set_track (const TuttiApply *apply);
gboolean tutti_apply_set_clip (const TuttiApply *apply);
gboolean tutti_apply_set_step (const TuttiApply *apply);
gboolean tutti_apply_set_effect (const TuttiApply *apply);

gboolean tutti_apply_jam_key (const TuttiApply *apply);
gboolean tutti_apply_mix (const TuttiApply *apply);
gboolean tutti_apply_sound_add (const TuttiApply *apply);
gboolean tutti_apply_sound_delete (const TuttiApply *apply);
gboolean tutti_apply_person (const TuttiApply *apply);
gboolean tutti_apply_person_leave (const TuttiApply *apply);
gboolean tutti_apply_person_role (const TuttiApply *apply);
gboolean tutti_apply_lead (const TuttiApply *apply);
gboolean tutti_apply_track_claim (const TuttiApply *apply);
gboolean tutti_apply_purge (const TuttiApply *apply);
gboolean tutti_apply_moment (const TuttiApply *apply);
gboolean tutti_apply_group (const TuttiApply *apply);

gboolean tutti_apply_play (const TuttiApply *apply);
gboolean tutti_apply_pause (const TuttiApply *apply);
gboolean tutti_apply_stop (const TuttiApply *apply);
gboolean tutti_apply_seek (const TuttiApply *apply);
gboolean tutti_apply_tempo (const TuttiApply *apply);
gboolean tutti_apply_signature (const TuttiApply *apply);
gboolean tutti_apply_loop (const TuttiApply *apply);
gboolean tutti_apply_launch (const TuttiApply *apply);
gboolean tutti_apply_launch_scene (const TuttiApply *apply);
gboolean tutti_apply_launch_cancel (const TuttiApply *apply);

gboolean tutti_apply_track_add (const TuttiApply *apply);
gboolean tutti_apply_track_delete (const TuttiApply *apply);
gboolean tutti_apply_track_restore (const TuttiApply *apply);
gboolean tutti_apply_track_move (const TuttiApply *apply);
gboolean tutti_apply_track_sound (const TuttiApply *apply);
gboolean tutti_apply_param (const TuttiApply *apply);
gboolean tutti_apply_patch (const TuttiApply *apply);
gboolean tutti_apply_patch_clear (const TuttiApply *apply);
gboolean tutti_apply_patch_reset (const TuttiApply *apply);

/* Forgets what @track has of its own in its patch; what brings it back goes to the end of the group @undo. */
void     tutti_apply_forget_patch (TuttiTrack *track, TuttiOp *undo);
gboolean tutti_apply_zone (const TuttiApply *apply);
gboolean tutti_apply_zone_delete (const TuttiApply *apply);

/* The same of its zones. */
void     tutti_apply_forget_zones (TuttiTrack *track, TuttiOp *undo);
gboolean tutti_apply_effect_add (const TuttiApply *apply);
gboolean tutti_apply_effect_delete (const TuttiApply *apply);
gboolean tutti_apply_effect_restore (const TuttiApply *apply);
gboolean tutti_apply_effect_move (const TuttiApply *apply);
gboolean tutti_apply_effect_value (const TuttiApply *apply);
gboolean tutti_apply_effect_key (const TuttiApply *apply);
gboolean tutti_apply_effect_slot (const TuttiApply *apply);

gboolean tutti_apply_scene_add (const TuttiApply *apply);
gboolean tutti_apply_scene_delete (const TuttiApply *apply);
gboolean tutti_apply_scene_restore (const TuttiApply *apply);
gboolean tutti_apply_scene_name (const TuttiApply *apply);
gboolean tutti_apply_scene_move (const TuttiApply *apply);
gboolean tutti_apply_clip_add (const TuttiApply *apply);
gboolean tutti_apply_clip_copy (const TuttiApply *apply);
gboolean tutti_apply_clip_delete (const TuttiApply *apply);
gboolean tutti_apply_clip_restore (const TuttiApply *apply);
gboolean tutti_apply_clip_move (const TuttiApply *apply);
gboolean tutti_apply_clip_resolution (const TuttiApply *apply);

gboolean tutti_apply_step_every (const TuttiApply *apply);
gboolean tutti_apply_step_ratchet (const TuttiApply *apply);
gboolean tutti_apply_step_lock (const TuttiApply *apply);
gboolean tutti_apply_step_unlock (const TuttiApply *apply);
gboolean tutti_apply_steps (const TuttiApply *apply);
gboolean tutti_apply_notes (const TuttiApply *apply);
gboolean tutti_apply_chord (const TuttiApply *apply);

/* FALSE with the error set when @clip is NULL or of another kind than @kind. */
gboolean tutti_apply_clip_kind (const TuttiApply *apply, const TuttiClip *clip, TuttiClipKind kind);

/* FALSE with the error set when @n more notes are too many for a jam. */
gboolean tutti_apply_room_for_notes (const TuttiApply *apply, guint n);
