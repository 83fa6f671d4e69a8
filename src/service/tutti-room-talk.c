/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said in a room, kept beside the jam. */
#include "tutti-room-private.h"

gboolean
tutti_room_keep_line (gpointer user, TuttiLine *line, GError **error)
{
  TuttiRoom *room = user;
  gint64 sent_us = g_get_real_time ();

  line->at_ms = sent_us / 1000;
  line->id = tutti_store_append_chat (room->store, room->id, line->by, sent_us, line->text, error);
  return line->id > 0;
}

GPtrArray *
tutti_room_list_lines (gpointer user, gint64 before, guint n)
{
  TuttiRoom *room = user;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = tutti_store_list_chat (room->store, room->id, before, n, &error);
  GPtrArray *lines;

  if (rows == NULL)
    {
      g_warning ("What was said cannot be read: %s", error->message);
      return NULL;
    }
  lines = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_line_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const TuttiStoreChat *row = rows->pdata[i];

      g_ptr_array_add (lines, tutti_line_new (row->id, (guint) row->by, row->sent_us / 1000, row->text));
    }
  return lines;
}

void
tutti_room_adopt_lines (TuttiRoom *room, const TuttiLines *lines)
{
  guint n = tutti_lines_get_n (lines), first = n > TUTTI_LINES_INHERITED ? n - TUTTI_LINES_INHERITED : 0;
  g_autofree TuttiStoreChat *rows = g_new0 (TuttiStoreChat, n - first);
  g_autoptr(GError) error = NULL;

  for (guint i = first; i < n; i++)
    {
      const TuttiLine *line = tutti_lines_get (lines, i);

      rows[i - first] = (TuttiStoreChat) { line->id, line->by, line->at_ms * 1000, line->text };
    }
  if (!tutti_store_put_chat (room->store, room->id, rows, n - first, &error))
    g_warning ("What was said before cannot be kept: %s", error->message);
}
