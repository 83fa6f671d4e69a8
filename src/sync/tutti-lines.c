/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-lines.h"

struct _TuttiLines
{
  GPtrArray *all;                  /* of TuttiLine, by id */
};

TuttiLine *
tutti_line_new (gint64 id, guint by, gint64 at_ms, const char *text)
{
  TuttiLine *line = g_new0 (TuttiLine, 1);

  *line = (TuttiLine) { id, by, at_ms, g_strdup (text) };
  return line;
}

void
tutti_line_free (TuttiLine *line)
{
  if (line == NULL)
    return;
  g_free (line->text);
  g_free (line);
}

TuttiLines *
tutti_lines_new (void)
{
  TuttiLines *lines = g_new0 (TuttiLines, 1);

  lines->all = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_line_free);
  return lines;
}

void
tutti_lines_free (TuttiLines *lines)
{
  g_ptr_array_unref (lines->all);
  g_free (lines);
}

/* The first place whose line has @id or a later one. Looked for from the end: most lines are new. */
static guint
place_of (const TuttiLines *lines, gint64 id)
{
  guint place = lines->all->len;

  while (place > 0 && tutti_lines_get (lines, place - 1)->id >= id)
    place--;
  return place;
}

gboolean
tutti_lines_put (TuttiLines *lines, TuttiLine *line)
{
  gboolean newest = line->id > tutti_lines_get_newest (lines);
  guint place = place_of (lines, line->id);

  if (place < lines->all->len && tutti_lines_get (lines, place)->id == line->id)
    g_ptr_array_remove_index (lines->all, place);
  g_ptr_array_insert (lines->all, (int) place, line);
  if (lines->all->len > TUTTI_LINES_MAX)
    g_ptr_array_remove_index (lines->all, 0);
  return newest;
}

void
tutti_lines_cut_after (TuttiLines *lines, gint64 id)
{
  guint place = place_of (lines, id + 1);

  g_ptr_array_set_size (lines->all, (int) place);
}

void
tutti_lines_cut_before (TuttiLines *lines, gint64 id)
{
  guint place = place_of (lines, id);

  if (place > 0)
    g_ptr_array_remove_range (lines->all, 0, place);
}

gboolean
tutti_lines_has (const TuttiLines *lines, gint64 id)
{
  guint place = place_of (lines, id);

  return place < lines->all->len && tutti_lines_get (lines, place)->id == id;
}

guint
tutti_lines_get_n (const TuttiLines *lines)
{
  return lines->all->len;
}

const TuttiLine *
tutti_lines_get (const TuttiLines *lines, guint index)
{
  return lines->all->pdata[index];
}

gint64
tutti_lines_get_oldest (const TuttiLines *lines)
{
  return lines->all->len > 0 ? tutti_lines_get (lines, 0)->id : 0;
}

gint64
tutti_lines_get_newest (const TuttiLines *lines)
{
  return lines->all->len > 0 ? tutti_lines_get (lines, lines->all->len - 1)->id : 0;
}
