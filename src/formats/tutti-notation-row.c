/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One row of steps, both ways. */
#include "tutti-jam-private.h"
#include "tutti-notation-private.h"

#include <string.h>

#define HIT 100
#define SOFT 70
#define STEPS_A_LINE 16

/* ---- reading ---- */

static gboolean
read_number (TuttiCursor *cursor, const char *what, gint64 min, gint64 max, gint64 *out)
{
  return tutti_cursor_number (cursor, what, 0, min, max, out);
}

static gboolean
read_ratchet (TuttiCursor *cursor, TuttiStep *step)
{
  gint64 hits;

  if (!read_number (cursor, "the hits of a step", 1, TUTTI_RATCHET_MAX, &hits))
    return FALSE;
  step->ratchet = (guint8) hits;
  step->ratchet_shape = tutti_cursor_take (cursor, '>') ? TUTTI_RATCHET_FADE_OUT : TUTTI_RATCHET_EVEN;
  return TRUE;
}

/* "cutoff=700" */
static gboolean
read_lock (TuttiCursor *cursor, TuttiStep *step)
{
  const char *start = cursor->at;
  g_autofree char *name = NULL;
  gint64 value;
  gint16 small;
  int address;

  while (cursor->at < cursor->end && (g_ascii_islower (*cursor->at) || g_ascii_isdigit (*cursor->at) || *cursor->at == '-'))
    cursor->at++;
  name = g_strndup (start, (gsize) (cursor->at - start));
  address = tutti_address_find (name);
  if (address < 0 || !tutti_cursor_take (cursor, '='))
    return tutti_cursor_fail (cursor, start, "a step has no “%s”", name);
  if (!read_number (cursor, name, tutti_address_spec ((guint) address)->min,
                    tutti_address_spec ((guint) address)->max, &value))
    return FALSE;
  small = (gint16) value;
  if (!tutti_step_set_lock (step, (guint) address, &small))
    return tutti_cursor_fail (cursor, start, "a step holds at most %d locks", TUTTI_STEP_LOCKS_MAX);
  return TRUE;
}

/* "40%" or "2:4" */
static gboolean
read_when (TuttiCursor *cursor, TuttiStep *step)
{
  const char *start = cursor->at;
  gint64 number, of;

  if (!read_number (cursor, "a chance", 0, 100, &number))
    return FALSE;
  if (tutti_cursor_take (cursor, '%'))
    {
      step->chance = (guint8) number;
      return TRUE;
    }
  if (!tutti_cursor_take (cursor, ':'))
    return tutti_cursor_fail (cursor, start, "a number alone says nothing: 40%% is a chance, 2:4 every second of four rounds");
  if (!read_number (cursor, "rounds", 1, 8, &of))
    return FALSE;
  if (number < 1 || number > of)
    return tutti_cursor_fail (cursor, start, "cycle n of n cycles at most");
  step->every_n = (guint8) number;
  step->every_of = (guint8) of;
  return TRUE;
}

/* "v87", "l6", "p7"; a letter and a number, else it is a lock. */
static gboolean
read_letter (TuttiCursor *cursor, TuttiStep *step)
{
  static const struct { char letter; const char *what; int min, max; } letters[] = {
    { 'v', "velocity", 1, 127 }, { 'l', "a length", 1, TUTTI_STEPS_MAX }, { 'p', "pitch", TUTTI_PITCH_MIN, TUTTI_PITCH_MAX },
  };
  gint64 value;

  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    if (cursor->end - cursor->at > 1 && cursor->at[0] == letters[i].letter && !g_ascii_islower (cursor->at[1]))
      {
        cursor->at++;
        if (!read_number (cursor, letters[i].what, letters[i].min, letters[i].max, &value))
          return FALSE;
        if (i == 0)
          step->velocity = (guint8) value;
        else if (i == 1)
          step->length = (guint8) value;
        else
          step->pitch = (gint8) value;
        return TRUE;
      }
  return read_lock (cursor, step);
}

static gboolean
read_detail (TuttiCursor *cursor, TuttiStep *step)
{
  gint64 value;

  if (tutti_cursor_take (cursor, '*'))
    return read_ratchet (cursor, step);
  if (tutti_cursor_take (cursor, '~'))
    return step->tie = 1;
  if (tutti_cursor_take (cursor, '/'))
    return step->slide = 1;
  if (*cursor->at == '+' || *cursor->at == '-')
    {
      if (!read_number (cursor, "ticks", -480, 480, &value))
        return FALSE;
      step->micro_ticks = (gint16) value;
      return TRUE;
    }
  return g_ascii_isdigit (*cursor->at) ? read_when (cursor, step) : read_letter (cursor, step);
}

static gboolean
read_braces (TuttiCursor *cursor, TuttiStep *step)
{
  const char *start = cursor->at - 1;

  for (;;)
    {
      tutti_cursor_skip_space (cursor);
      if (cursor->at == cursor->end)
        return tutti_cursor_fail (cursor, start, "this brace is not closed");
      if (tutti_cursor_take (cursor, '}'))
        return TRUE;
      if (!read_detail (cursor, step))
        return FALSE;
    }
}

static gboolean
read_note_step (TuttiCursor *cursor, int root, TuttiStep *step)
{
  const char *start = cursor->at;
  int note;

  step->velocity = HIT;
  step->accent = g_ascii_isupper (*start);
  if (!tutti_cursor_note (cursor, &note))
    return FALSE;
  if (note - root < TUTTI_PITCH_MIN || note - root > TUTTI_PITCH_MAX)
    return tutti_cursor_fail (cursor, start, "this note is more than %d semitones from the sound's root", TUTTI_PITCH_MAX);
  step->pitch = (gint8) (note - root);
  return TRUE;
}

static gboolean
read_hit (TuttiCursor *cursor, int root, TuttiStep *step)
{
  char c = *cursor->at;

  if (strchr ("abcdefgABCDEFG", c) != NULL)
    return read_note_step (cursor, root, step);
  cursor->at++;
  if (c >= '2' && c <= '0' + TUTTI_RATCHET_MAX)
    step->ratchet = (guint8) (c - '0');
  else if (strchr ("xXo~", c) == NULL)
    return tutti_cursor_fail (cursor, cursor->at - 1, "a step is x, X, o, ., _, ~, 2 to 8, or a note such as c2");
  step->velocity = c == 'o' ? SOFT : HIT;
  step->accent = c == 'X';
  step->tie = c == '~';
  return TRUE;
}

static gboolean
hold (TuttiCursor *cursor, TuttiRow *row)
{
  if (row->last < 0 || (guint) row->last + row->steps[row->last].length != row->n)
    return tutti_cursor_fail (cursor, cursor->at - 1, "there is no note here to hold");
  row->steps[row->last].length++;
  return TRUE;
}

static gboolean
read_step (TuttiCursor *cursor, int root, TuttiRow *row)
{
  TuttiStep *step = &row->steps[row->n];

  *step = tutti_step_initial;
  if (tutti_cursor_take (cursor, '.') || tutti_cursor_take (cursor, '-'))
    return TRUE;
  if (tutti_cursor_take (cursor, '_'))
    return hold (cursor, row);
  if (!read_hit (cursor, root, step))
    return FALSE;
  row->last = (int) row->n;
  if (tutti_cursor_take (cursor, '*') && !read_ratchet (cursor, step))
    return FALSE;
  return !tutti_cursor_take (cursor, '{') || read_braces (cursor, step);
}

gboolean
tutti_notation_read_row (TuttiCursor *cursor, int root, TuttiRow *row)
{
  for (;;)
    {
      tutti_cursor_skip_space (cursor);
      if (cursor->at == cursor->end)
        return TRUE;
      if (tutti_cursor_take (cursor, '|'))
        continue;
      if (row->n == TUTTI_STEPS_MAX)
        return tutti_cursor_fail (cursor, cursor->at, "a clip ends at step %d", TUTTI_STEPS_MAX);
      if (!read_step (cursor, root, row))
        return FALSE;
      row->n++;
    }
}

/* ---- writing ---- */

/* Whether the steps that @step is held over are rests, so that they can be drawn as such. */
static gboolean
can_draw_length (const TuttiStep *steps, guint n, guint i)
{
  if (i + steps[i].length > n)
    return FALSE;
  for (guint j = i + 1; j < i + steps[i].length; j++)
    if (steps[j].velocity > 0)
      return FALSE;
  return TRUE;
}

static void
write_details (GString *out, const TuttiStep *step, int velocity, gboolean with_tie, gboolean with_length)
{
  gsize start = out->len;

  if (step->velocity != velocity)
    g_string_append_printf (out, " v%d", step->velocity);
  if (step->chance < 100)
    g_string_append_printf (out, " %d%%", step->chance);
  if (step->every_of > 1)
    g_string_append_printf (out, " %d:%d", step->every_n, step->every_of);
  if (step->ratchet > 1 || step->ratchet_shape != TUTTI_RATCHET_EVEN)
    g_string_append_printf (out, " *%d%s", step->ratchet, step->ratchet_shape == TUTTI_RATCHET_FADE_OUT ? ">" : "");
  if (step->micro_ticks != 0)
    g_string_append_printf (out, " %+d", step->micro_ticks);
  if (with_length && step->length > 1)
    g_string_append_printf (out, " l%d", step->length);
  if (with_tie && step->tie)
    g_string_append (out, " ~");
  if (step->slide)
    g_string_append (out, " /");
  for (guint i = 0; i < step->n_locks; i++)
    g_string_append_printf (out, " %s=%d", tutti_address_spec (step->locks[i].address)->name, step->locks[i].value);
  if (out->len == start)
    return;
  out->str[start] = '{';
  g_string_append_c (out, '}');
}

/* A step of which nothing but the hits in it is special. */
static gboolean
is_plain_ratchet (const TuttiStep *step)
{
  TuttiStep plain = tutti_step_initial;

  plain.velocity = HIT;
  plain.ratchet = step->ratchet;
  plain.length = step->length;
  return step->ratchet > 1 && tutti_step_equal (step, &plain);
}

static void
write_step (GString *out, const TuttiStep *steps, guint n, guint i, gboolean melodic, int root)
{
  const TuttiStep *step = &steps[i];
  gboolean drawn = can_draw_length (steps, n, i);
  gboolean tie = !melodic && step->tie && !step->accent;
  gboolean soft = !melodic && !step->accent && !tie && step->velocity == SOFT;

  if (!melodic && drawn && is_plain_ratchet (step))
    {
      g_string_append_c (out, (char) ('0' + step->ratchet));
      return;
    }
  if (melodic)
    tutti_notation_write_note (out, root + step->pitch, step->accent);
  else
    g_string_append_c (out, step->accent ? 'X' : tie ? '~' : soft ? 'o' : 'x');
  write_details (out, step, soft ? SOFT : HIT, !tie, !drawn);
}

/* Notes and details need space between them; hits alone do not. */
static gboolean
needs_space (const char *row)
{
  return row[strspn (row, "xXo~._2345678")] != '\0';
}

void
tutti_notation_write_row (GString *out, const TuttiStep *steps, guint n, int root)
{
  g_auto(GStrv) cells = g_new0 (char *, n + 1);
  gboolean melodic = FALSE, wide = FALSE;
  guint held_until = 0;

  for (guint i = 0; i < n; i++)
    melodic |= steps[i].velocity > 0 && steps[i].pitch != 0;
  for (guint i = 0; i < n; i++)
    {
      GString *cell = g_string_new (NULL);

      if (steps[i].velocity == 0)
        g_string_append_c (cell, i < held_until ? '_' : '.');
      else
        {
          write_step (cell, steps, n, i, melodic, root);
          held_until = can_draw_length (steps, n, i) ? i + steps[i].length : i;
        }
      cells[i] = g_string_free (cell, FALSE);
      wide |= needs_space (cells[i]);
    }
  for (guint i = 0; i < n; i++)
    {
      if (wide && i > 0)
        g_string_append (out, i % STEPS_A_LINE == 0 ? "\n  | " : i % 4 == 0 ? "  " : " ");
      g_string_append (out, cells[i]);
    }
}
