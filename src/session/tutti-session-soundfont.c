/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A preset of a SoundFont becomes a track: its sounds are made here, then brought to everyone, then one edit names them. */
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

/* ---- making ---- */

static void
on_only_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;
  TuttiSoundFontInstrument *instrument = tutti_soundfont_import_finish (TUTTI_SOUND_LIBRARY (source), result, &error);

  if (instrument != NULL)
    g_task_return_pointer (task, instrument, (GDestroyNotify) tutti_soundfont_instrument_free);
  else
    g_task_return_error (task, error);
}

void
tutti_session_make_soundfont_async (TuttiSession *self, TuttiSoundFont *font, guint preset, TuttiSoundFontProgress progress,
                                    gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tutti_session_make_soundfont_async);
  tutti_soundfont_import_async (tutti_studio_get_library (self->studio), font, preset, progress, progress_data, cancellable, on_only_made,
                                task);
}

TuttiSoundFontInstrument *
tutti_session_make_soundfont_finish (TuttiSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- bringing ---- */

/* @instrument: (transfer full) */
static void
bring (GTask *task, const Wanted *wanted, TuttiSoundFontInstrument *instrument)
{
  Wanted *with = g_memdup2 (wanted, sizeof *wanted);

  with->instrument = instrument;
  g_object_set_data (G_OBJECT (task), "tutti-left-out", GUINT_TO_POINTER (instrument->n_left_out));
  tutti_session_bring_sounds (g_task_get_source_object (task), instrument->sounds, make_edit, with, wanted_free, task);
}

void
tutti_session_bring_soundfont_async (TuttiSession *self, const TuttiSoundFontInstrument *instrument, TuttiId track, TuttiId fresh,
                                     TuttiColour colour, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Wanted wanted = { track, fresh, colour, NULL };

  g_task_set_source_tag (task, tutti_session_bring_soundfont_async);
  bring (task, &wanted, tutti_soundfont_instrument_copy (instrument));
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;
  TuttiSoundFontInstrument *instrument = tutti_soundfont_import_finish (TUTTI_SOUND_LIBRARY (source), result, &error);

  if (instrument != NULL)
    {
      bring (task, g_task_get_task_data (task), instrument);
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
tutti_session_bring_soundfont_finish (TuttiSession *self, GAsyncResult *result, guint *n_left_out, GError **error)
{
  if (n_left_out != NULL)
    *n_left_out = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (result), "tutti-left-out"));
  return g_task_propagate_boolean (G_TASK (result), error);
}
