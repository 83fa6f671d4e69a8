/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

/* Writing to a document, for the apply functions and the snapshot reader alone. What is shared is copied first. */

TuttiTrack *tutti_track_new (TuttiId id);
TuttiTrack *tutti_track_ref (TuttiTrack *track);
void        tutti_track_unref (TuttiTrack *track);
TuttiClip  *tutti_clip_new (TuttiId id, TuttiId scene);
TuttiClip  *tutti_clip_ref (TuttiClip *clip);
void        tutti_clip_unref (TuttiClip *clip);

/* Notes of @clip's own like the @n @notes, which are in order. */
void        tutti_clip_set_notes (TuttiClip *clip, const TuttiNote *notes, guint n);

/* Zones of @track's own like the @n @zones, which are by id. */
void        tutti_track_set_zones (TuttiTrack *track, const TuttiZone *zones, guint n);
void        tutti_grave_free (TuttiGrave *grave);
TuttiGrave *tutti_grave_copy (const TuttiGrave *grave);

/* The track at @index, ours alone from now on. */
TuttiTrack *tutti_jam_edit_track (TuttiJam *jam, guint index);

/* The clip with @id (NULL: no such clip), it and its track ours alone; @track may be NULL. */
TuttiClip  *tutti_jam_edit_clip (TuttiJam *jam, TuttiId id, TuttiTrack **track);

/* A chain of effects to be written to, as long as the document is not copied. */
typedef struct
{
  TuttiId      track;          /* whose it is; none: the master's */
  TuttiEffect *effects;        /* borrowed from the document, as is @n */
  guint8      *n;
} TuttiEffectChain;

/* The chain of @track, none the master's, its owner ours alone; FALSE when there is no such track. */
gboolean     tutti_jam_edit_chain (TuttiJam *jam, TuttiId track, TuttiEffectChain *out);

/* The effect with @id and its chain; NULL when there is none. @index may be NULL. */
TuttiEffect *tutti_jam_edit_effect (TuttiJam *jam, TuttiId id, TuttiEffectChain *chain, guint *index);

void        tutti_jam_insert_track (TuttiJam *jam, TuttiTrack *track, guint index);  /* takes @track */
TuttiTrack *tutti_jam_steal_track (TuttiJam *jam, guint index);
void        tutti_track_put_clip (TuttiTrack *track, TuttiClip *clip);               /* takes @clip */
TuttiClip  *tutti_track_steal_clip (TuttiTrack *track, TuttiId id);
void        tutti_jam_insert_scene (TuttiJam *jam, const TuttiScene *scene, guint index);
void        tutti_jam_remove_scene (TuttiJam *jam, guint index);
void        tutti_effect_chain_insert (const TuttiEffectChain *chain, const TuttiEffect *effect, guint index);
void        tutti_effect_chain_remove (const TuttiEffectChain *chain, guint index);
void        tutti_jam_put_person (TuttiJam *jam, const TuttiPerson *person);
void        tutti_jam_remove_person (TuttiJam *jam, guint number);
void        tutti_jam_put_sound (TuttiJam *jam, const TuttiSoundEntry *sound);
void        tutti_jam_remove_sound (TuttiJam *jam, const char *hash);
void        tutti_jam_bury (TuttiJam *jam, TuttiGrave *grave);                       /* takes @grave */
void        tutti_jam_unbury (TuttiJam *jam, TuttiId id);

/* Gives @track a value of its own of @param, or (@value NULL) takes it away. */
void        tutti_track_set_patch (TuttiTrack *track, TuttiPatchParam param, const gint16 *value);

/* Sets or (@value NULL) removes the lock at @address; FALSE when there is no room. */
gboolean    tutti_step_set_lock (TuttiStep *step, guint address, const gint16 *value);

/* Whether @step holds only values in range, sorted locks. */
gboolean    tutti_step_valid (const TuttiStep *step);

/* Whether @sound reads "kit:NAME" or "sha:HASH". */
gboolean    tutti_sound_valid (const char *sound);
gboolean    tutti_hash_valid (const char *hash);
gboolean    tutti_resolution_valid (gint64 ticks);
gboolean    tutti_name_valid (const char *name, gsize min, gsize max);
