/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A preset of a SoundFont becomes a track: its sounds are brought to everyone, then one edit names them. */
#include "tutti-session-private.h"

#include "tutti-soundfont-import.h"
#include "tutti-zone.h"

typedef struct
{
  TuttiId     track, fresh;
  TuttiColour colour;
} Wanted;

typedef struct
{
  GPtrArray *ops;              /* of TuttiOp */
  TuttiId    track;
} Edit;

static void
add (Edit *edit, TuttiOp *op)
{
  g_ptr_array_add (edit->ops, op);
}

/* What the track was goes: its zones, and what was changed of its sound. */
static void
clear_track (Edit *edit, const TuttiTrack *track, const char *sound)
{
  for (guint i = 0; i < track->n_zones; i++)
    add (edit, tutti_op_new (TUTTI_OP_ZONE_DELETE, track->id, track->zones[i].id));
  if (tutti_track_has_any_patch (track))
    add (edit, tutti_op_new (TUTTI_OP_PATCH_RESET, track->id));
  add (edit, tutti_op_new (TUTTI_OP_TRACK_SOUND, track->id, sound));
}

static void
add_zones (Edit *edit, TuttiSession *session, const TuttiSoundFontInstrument *instrument)
{
  for (guint i = 0; i < instrument->n_zones; i++)
    add (edit, tutti_op_new (TUTTI_OP_ZONE, edit->track, tutti_session_new_id (session),
                             tutti_zone_edit_new (&instrument->zones[i], TUTTI_ZONE_WHOLE)));
}

static void
add_numbers (Edit *edit, const TuttiSoundFontInstrument *instrument)
{
  static const TuttiParam params[] = { TUTTI_PARAM_ATTACK, TUTTI_PARAM_DECAY, TUTTI_PARAM_SUSTAIN, TUTTI_PARAM_RELEASE };

  for (guint i = 0; i < G_N_ELEMENTS (params); i++)
    add (edit, tutti_op_new (TUTTI_OP_PARAM, edit->track, TUTTI_N (params[i]), TUTTI_N (instrument->patch.params[params[i]])));
  for (guint i = 0; i < TUTTI_N_PATCH; i++)
    if (instrument->patch.patch_set[i])
      add (edit, tutti_op_new (TUTTI_OP_PATCH, edit->track, TUTTI_N (i), TUTTI_N (instrument->patch.patch[i])));
  add (edit, tutti_op_new (TUTTI_OP_TRACK_PLAY_MODE, edit->track, TUTTI_N (instrument->play_mode)));
}

/* FALSE: the track is gone meanwhile. */
static gboolean
make_edit (TuttiSession *session, const Wanted *wanted, const TuttiSoundFontInstrument *instrument, Edit *edit, GError **error)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  const TuttiTrack *track = jam != NULL ? tutti_jam_track (jam, wanted->track, NULL) : NULL;
  const char *sound = instrument->zones[0].sound;

  if (track == NULL && !tutti_id_is_none (wanted->track))
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_MISSING, "the track is gone");
      return FALSE;
    }
  edit->track = track != NULL ? track->id : wanted->fresh;
  if (track != NULL)
    clear_track (edit, track, sound);
  else
    add (edit, tutti_op_new (TUTTI_OP_TRACK_ADD, wanted->fresh, instrument->name, sound, TUTTI_N (wanted->colour)));
  add_zones (edit, session, instrument);
  add_numbers (edit, instrument);
  return TRUE;
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  TuttiSession *session = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr(TuttiSoundFontInstrument) instrument = tutti_soundfont_import_finish (TUTTI_SOUND_LIBRARY (source), result, &error);
  g_autoptr(GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);
  Edit edit = { .ops = ops };

  if (instrument != NULL && make_edit (session, g_task_get_task_data (task), instrument, &edit, &error))
    {
      g_object_set_data (G_OBJECT (task), "tutti-left-out", GUINT_TO_POINTER (instrument->n_left_out));
      tutti_session_bring_sounds (session, instrument->sounds, ops, task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

void
tutti_session_import_soundfont_async (TuttiSession *self, TuttiSoundFont *font, guint preset, TuttiId track, TuttiId fresh,
                                      TuttiColour colour, TuttiSoundFontProgress progress, gpointer progress_data,
                                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Wanted wanted = { track, fresh, colour };

  g_task_set_source_tag (task, tutti_session_import_soundfont_async);
  g_task_set_task_data (task, g_memdup2 (&wanted, sizeof wanted), g_free);
  tutti_soundfont_import_async (tutti_studio_get_library (self->studio), font, preset, progress, progress_data, cancellable, on_made,
                                task);
}

gboolean
tutti_session_import_soundfont_finish (TuttiSession *self, GAsyncResult *result, guint *n_left_out, GError **error)
{
  if (n_left_out != NULL)
    *n_left_out = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (result), "tutti-left-out"));
  return g_task_propagate_boolean (G_TASK (result), error);
}
