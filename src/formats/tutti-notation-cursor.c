/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The small words of the notation: numbers, names, notes. */
#include "tutti-json-read.h"
#include "tutti-notation-private.h"

#include <string.h>

G_DEFINE_QUARK (tutti-notation-error-quark, tutti_notation_error)

gboolean
tutti_cursor_fail (TuttiCursor *cursor, const char *at, const char *format, ...)
{
  guint column = (guint) g_utf8_strlen (cursor->line_start, at - cursor->line_start) + 1;
  g_autofree char *reason = NULL;
  va_list list;

  va_start (list, format);
  reason = g_strdup_vprintf (format, list);
  va_end (list);
  if (cursor->where != NULL)
    *cursor->where = (TuttiNotationPlace) { cursor->line, column };
  g_set_error (cursor->error, TUTTI_NOTATION_ERROR, TUTTI_NOTATION_ERROR_INVALID, "line %u, column %u: %s", cursor->line, column,
               reason);
  return FALSE;
}

void
tutti_cursor_skip_space (TuttiCursor *cursor)
{
  while (cursor->at < cursor->end && (*cursor->at == ' ' || *cursor->at == '\t' || *cursor->at == '\r'))
    cursor->at++;
}

gboolean
tutti_cursor_take (TuttiCursor *cursor, char c)
{
  if (cursor->at == cursor->end || *cursor->at != c)
    return FALSE;
  cursor->at++;
  return TRUE;
}

gboolean
tutti_cursor_number (TuttiCursor *cursor, const char *what, guint places, gint64 min, gint64 max, gint64 *out)
{
  const char *start = cursor->at;
  gboolean negative = tutti_cursor_take (cursor, '-');
  const char *digits;
  gint64 number = 0, one = 1;

  if (!negative)
    tutti_cursor_take (cursor, '+');
  digits = cursor->at;
  /* Anything longer is out of every range here. */
  for (; cursor->at < cursor->end && g_ascii_isdigit (*cursor->at) && cursor->at - digits < 12; cursor->at++)
    number = 10 * number + (*cursor->at - '0');
  if (cursor->at == digits)
    return tutti_cursor_fail (cursor, start, "%s is a number", what);
  for (guint i = 0; i < places; i++)
    one *= 10;
  number *= one;
  if (places > 0 && tutti_cursor_take (cursor, '.'))
    for (; cursor->at < cursor->end && g_ascii_isdigit (*cursor->at) && one > 1; cursor->at++)
      number += (one /= 10) * (*cursor->at - '0');
  number = negative ? -number : number;
  if (number < min || number > max)
    {
      gint64 scale = 1;

      for (guint i = 0; i < places; i++)
        scale *= 10;
      return tutti_cursor_fail (cursor, start, "%s must be from %g to %g", what, (double) min / (double) scale,
                                (double) max / (double) scale);
    }
  *out = number;
  return TRUE;
}

static gboolean
read_quoted (TuttiCursor *cursor, GString *name)
{
  const char *start = cursor->at++;

  while (!tutti_cursor_take (cursor, '"'))
    {
      tutti_cursor_take (cursor, '\\');
      if (cursor->at == cursor->end)
        return tutti_cursor_fail (cursor, start, "these quotation marks are not closed");
      g_string_append_c (name, *cursor->at++);
    }
  tutti_cursor_skip_space (cursor);
  return TRUE;
}

gboolean
tutti_cursor_name (TuttiCursor *cursor, const char *what, const char *stops, gsize min, gsize max, char **out)
{
  g_autoptr(GString) name = g_string_new (NULL);
  const char *start;

  tutti_cursor_skip_space (cursor);
  start = cursor->at;
  if (cursor->at < cursor->end && *cursor->at == '"')
    {
      if (!read_quoted (cursor, name))
        return FALSE;
    }
  else
    {
      while (cursor->at < cursor->end && strchr (stops, *cursor->at) == NULL)
        g_string_append_c (name, *cursor->at++);
      g_strchomp (name->str);
      name->len = strlen (name->str);
    }
  if (name->len < min || name->len > max)
    return tutti_cursor_fail (cursor, start, "%s is from %zu to %zu bytes long", what, min, max);
  if (!tutti_text_is_plain (name->str))
    return tutti_cursor_fail (cursor, start, "%s is plain words", what);
  *out = g_string_free (g_steal_pointer (&name), FALSE);
  return TRUE;
}

gboolean
tutti_cursor_note (TuttiCursor *cursor, int *note)
{
  static const int semitones[] = { 9, 11, 0, 2, 4, 5, 7 };   /* a … g */
  const char *start = cursor->at;
  int letter = cursor->at < cursor->end ? g_ascii_tolower (*cursor->at) : 0;
  gint64 octave;
  int bend = 0;

  if (letter < 'a' || letter > 'g')
    return tutti_cursor_fail (cursor, start, "a note reads like c2, eb2 or f#1");
  cursor->at++;
  if (tutti_cursor_take (cursor, '#'))
    bend = 1;
  else if (tutti_cursor_take (cursor, 'b'))
    bend = -1;
  /* One digit: what follows is the next step. */
  if (cursor->at < cursor->end && (g_ascii_isdigit (*cursor->at) || *cursor->at == '-'))
    {
      const char *end = cursor->end;
      gboolean ok;

      cursor->end = MIN (end, cursor->at + 1 + (*cursor->at == '-'));
      ok = tutti_cursor_number (cursor, "the octave of a note", 0, -9, 9, &octave);
      cursor->end = end;
      if (!ok)
        return FALSE;
    }
  else
    return tutti_cursor_fail (cursor, start, "a note needs its octave, as in c2");
  *note = 12 * ((int) octave + 1) + semitones[letter - 'a'] + bend;
  return TRUE;
}

void
tutti_notation_write_note (GString *out, int note, gboolean capital)
{
  static const char * const names[] = { "c", "c#", "d", "eb", "e", "f", "f#", "g", "ab", "a", "bb", "b" };
  const char *name = names[tutti_floor_mod (note, 12)];

  g_string_append_c (out, capital ? g_ascii_toupper (name[0]) : name[0]);
  g_string_append_printf (out, "%s%d", name + 1, (int) tutti_floor_div (note, 12) - 1);
}

void
tutti_notation_write_name (GString *out, const char *name, const char *stops)
{
  gsize length = strlen (name);
  gboolean plain = length > 0 && name[0] != ' ' && name[length - 1] != ' ' && name[0] != '#' && name[0] != '|' &&
                   name[0] != '[' && name[0] != '"' && strpbrk (name, stops) == NULL &&
                   !g_strv_contains (tutti_notation_headers, name);

  if (plain)
    {
      g_string_append (out, name);
      return;
    }
  g_string_append_c (out, '"');
  for (; *name != '\0'; name++)
    {
      if (*name == '"' || *name == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *name);
    }
  g_string_append_c (out, '"');
}

static int
find_name (const char * const *names, const char *name)
{
  for (int i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return i;
  return -1;
}

gboolean
tutti_cursor_choice (TuttiCursor *cursor, const char *what, const char * const *names, const char *stops, int *out)
{
  g_autofree char *name = NULL;
  const char *start = cursor->at;

  if (!tutti_cursor_name (cursor, what, stops, 1, TUTTI_NAME_BYTES_MAX, &name))
    return FALSE;
  *out = find_name (names, name);
  if (*out < 0)
    {
      g_autofree char *known = g_strjoinv (", ", (char **) names);

      return tutti_cursor_fail (cursor, start, "%s is one of %s", what, known);
    }
  return TRUE;
}

gboolean
tutti_cursor_check_text (TuttiCursor *cursor, const char *text, gsize length)
{
  const char *bad;

  if (length > TUTTI_NOTATION_BYTES_MAX)
    {
      g_set_error (cursor->error, TUTTI_NOTATION_ERROR, TUTTI_NOTATION_ERROR_LIMIT, "a text has at most %d bytes",
                   TUTTI_NOTATION_BYTES_MAX);
      return FALSE;
    }
  if (g_utf8_validate_len (text, length, &bad))
    return TRUE;
  for (const char *at = text; at < bad; at++)
    if (*at == '\n')
      {
        cursor->line++;
        cursor->line_start = at + 1;
      }
  return tutti_cursor_fail (cursor, bad, "this is not text in UTF-8");
}

static const struct { const char *name; guint ticks; } resolutions[] = {
  { "1/4", 960 }, { "1/4t", 640 }, { "1/8", 480 }, { "1/8t", 320 }, { "1/16", 240 }, { "1/16t", 160 }, { "1/32", 120 },
  { "1/32t", 80 },
};

guint
tutti_notation_find_resolution (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (resolutions); i++)
    if (g_str_equal (resolutions[i].name, text))
      return resolutions[i].ticks;
  return 0;
}

const char *
tutti_notation_resolution_name (guint ticks_per_step)
{
  for (gsize i = 0; i < G_N_ELEMENTS (resolutions); i++)
    if (resolutions[i].ticks == ticks_per_step)
      return resolutions[i].name;
  return NULL;
}
