/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A preset of a SoundFont becomes a track: its sounds are brought to everyone, then one edit names them. */
#include "tutti-session-private.h"

#include "tutti-soundfont-edit.h"

typedef struct
{
  TuttiId     track, fresh;
  TuttiColour colour;
  TuttiSoundFontInstrument *instrument;        /* owned; NULL until it is made */
} Wanted;

static void
wanted_free (gpointer data)
{
  g_clear_pointer (&((Wanted *) data)->instrument, tutti_soundfont_instrument_free);
  g_free (data);
}

static TuttiId
new_id (gpointer session)
{
  return tutti_session_new_id (session);
}

/* While the sounds were made and brought, others went on with the track. FALSE: it is gone. */
static gboolean
make_edit (TuttiSession *session, gpointer data, GPtrArray *ops, GError **error)
{
  const Wanted *wanted = data;
  const TuttiJam *jam = tutti_session_get_jam (session);
  const TuttiTrack *track = jam != NULL ? tutti_jam_track (jam, wanted->track, NULL) : NULL;

  if (track == NULL && !tutti_id_is_none (wanted->track))
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_MISSING, "the track is gone");
      return FALSE;
    }
  tutti_soundfont_edit (wanted->instrument, track, wanted->fresh, wanted->colour, new_id, session, ops);
  return TRUE;
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  TuttiSession *session = g_task_get_source_object (task);
  GError *error = NULL;
  TuttiSoundFontInstrument *instrument = tutti_soundfont_import_finish (TUTTI_SOUND_LIBRARY (source), result, &error);

  if (instrument != NULL)
    {
      Wanted *wanted = g_memdup2 (g_task_get_task_data (task), sizeof *wanted);

      wanted->instrument = instrument;
      g_object_set_data (G_OBJECT (task), "tutti-left-out", GUINT_TO_POINTER (instrument->n_left_out));
      tutti_session_bring_sounds (session, instrument->sounds, make_edit, wanted, wanted_free, task);
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
  Wanted wanted = { track, fresh, colour, NULL };

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
