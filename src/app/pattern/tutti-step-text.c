/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-step-text.h"

#include "tutti-ask.h"
#include "tutti-notation.h"
#include "tutti-sounds.h"

#include <glib/gi18n.h>

static void
paste (TuttiStepGrid *grid, const char *text)
{
  const TuttiJam *jam = tutti_session_get_jam (tutti_step_grid_get_session (grid));
  const TuttiTrack *track = jam != NULL ? tutti_jam_track (jam, tutti_step_grid_get_track (grid), NULL) : NULL;
  const TuttiClip *clip = track != NULL ? tutti_track_clip_at (track, tutti_step_grid_get_scene (grid)) : NULL;
  TuttiNotationPlace where = { 1, 1 };
  g_autoptr(GError) error = NULL;
  TuttiOp *op;

  if (clip == NULL)
    {
      tutti_say (GTK_WIDGET (grid), _("There is no pattern here to write into."));
      return;
    }
  op = tutti_notation_parse_clip (text, -1, clip, tutti_sound_root (track->sound), &where, &error);
  if (error != NULL)
    tutti_say (GTK_WIDGET (grid), error->message);
  else if (op != NULL)
    tutti_ask (GTK_WIDGET (grid), tutti_step_grid_get_session (grid), op);
}

static void
on_text (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(TuttiStepGrid) grid = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  /* The page may have gone meanwhile. */
  if (gtk_widget_get_root (GTK_WIDGET (grid)) == NULL)
    return;
  if (text != NULL)
    paste (grid, g_strstrip (text));
  else
    tutti_say (GTK_WIDGET (grid), _("There is no text on the clipboard."));
}

void
tutti_step_text_paste (TuttiStepGrid *grid)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (grid)), NULL, on_text, g_object_ref (grid));
}
