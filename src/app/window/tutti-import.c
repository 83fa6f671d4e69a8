/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-import.h"

#include "tutti-ask.h"
#include "tutti-soundfont-chooser.h"

#include <glib/gi18n.h>

typedef struct
{
  GWeakRef      page;
  TuttiImported done;
  gpointer      user_data;
  char         *name;          /* owned; the file's, without its ending */
} Import;

static char *
name_of (GFile *file)
{
  char *name = g_file_get_basename (file), *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  return name;
}

static void
import_free (Import *self)
{
  g_weak_ref_clear (&self->page);
  g_free (self->name);
  g_free (self);
}

/* The newest of that name, else the newest: another's may have come in between. (transfer full) (nullable) */
static char *
find_sound (const TuttiJam *jam, const char *name)
{
  const TuttiSoundEntry *found = NULL;

  if (jam == NULL || jam->sounds->len == 0)
    return NULL;
  for (guint i = jam->sounds->len; i-- > 0 && found == NULL;)
    {
      const TuttiSoundEntry *entry = g_ptr_array_index (jam->sounds, i);

      if (g_strcmp0 (entry->name, name) == 0)
        found = entry;
    }
  if (found == NULL)
    found = g_ptr_array_index (jam->sounds, jam->sounds->len - 1);
  return g_strconcat ("sha:", found->hash, NULL);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  TuttiSession *session = TUTTI_SESSION (source);
  Import *self = data;
  g_autoptr(GtkWidget) page = g_weak_ref_get (&self->page);
  g_autoptr(GError) error = NULL;
  gboolean added = tutti_session_import_finish (session, result, &error);
  g_autofree char *words = NULL;
  g_autofree char *sound = NULL;

  if (page != NULL)
    {
      /* Translators: %s is the name of a sound */
      words = added ? g_strdup_printf (_("Added “%s” for everyone"), self->name)
                    : g_strdup (_("This file is not a sound Tutti can read"));
      tutti_say (page, words);
      if (!added)
        g_info ("Not imported: %s", error->message);
      sound = added && self->done != NULL ? find_sound (tutti_session_get_jam (session), self->name) : NULL;
      if (sound != NULL)
        self->done (sound, self->user_data);
    }
  import_free (self);
}

void
tutti_import_sound (GtkWidget *page, TuttiSession *session, GFile *file, TuttiId track, TuttiImported done, gpointer user_data)
{
  Import *self;

  if (tutti_soundfont_is_file (file))
    {
      tutti_soundfont_chooser_open (page, session, file, track);
      return;
    }
  self = g_new0 (Import, 1);
  g_weak_ref_init (&self->page, page);
  self->done = done;
  self->user_data = user_data;
  self->name = name_of (file);
  tutti_session_import_async (session, file, track, NULL, on_imported, self);
}

/* ---- dropping ---- */

static void
add_track (const char *sound, gpointer user_data)
{
  gtk_widget_activate_action (user_data, "jam.add-track-of", "s", sound);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, TuttiStepGrid *grid)
{
  GSList *files = g_value_get_boxed (value);
  int row = tutti_step_grid_row_at (grid, y);
  gboolean head = row >= 0 && row < tutti_step_grid_get_n_rows (grid) && x < tutti_step_grid_get_left (grid);
  TuttiId track = head ? tutti_step_grid_ref (grid, row, 0).track : tutti_id (0, 0);

  for (; files != NULL; files = files->next)
    tutti_import_sound (GTK_WIDGET (grid), tutti_step_grid_get_session (grid), files->data, track, head ? NULL : add_track, grid);
  return TRUE;
}

void
tutti_import_attach_drop (TuttiStepGrid *grid)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (on_drop), grid);
  gtk_widget_add_controller (GTK_WIDGET (grid), GTK_EVENT_CONTROLLER (target));
}
