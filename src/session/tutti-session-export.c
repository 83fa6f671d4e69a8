/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-session-private.h"

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;

  if (tutti_export_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
tutti_session_export_async (TuttiSession *self, GFile *file, const TuttiExportOptions *options, TuttiExportProgress progress,
                            gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  const TuttiJam *jam = tutti_session_get_jam (self);

  g_task_set_source_tag (task, tutti_session_export_async);
  /* What is finished is finished, whenever somebody cancels. */
  g_task_set_check_cancellable (task, FALSE);
  if (jam != NULL)
    {
      tutti_export_async (jam, tutti_studio_get_bank (self->studio), file, options, progress, progress_data, cancellable,
                          on_exported, task);
      return;
    }
  g_task_return_new_error (task, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_LENGTH, "there is no music yet");
  g_object_unref (task);
}

gboolean
tutti_session_export_finish (TuttiSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gint64
tutti_session_get_export_bytes (TuttiSession *self, const TuttiExportOptions *options)
{
  const TuttiJam *jam = tutti_session_get_jam (self);

  return jam != NULL ? tutti_export_bytes (jam, options) : 0;
}
