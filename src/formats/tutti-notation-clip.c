/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One clip from a row of text. */
#include "tutti-notation-private.h"

#include <string.h>

/* Where the row of a line begins: behind a name and its colon, if it has one. */
static gboolean
skip_name (TuttiCursor *cursor, TuttiLineOptions *options)
{
  g_autofree char *name = NULL;
  TuttiCursor probe = *cursor;
  gboolean named;

  probe.error = NULL;
  probe.where = NULL;
  named = tutti_cursor_name (&probe, "a name", ":[{\n", 1, TUTTI_NAME_BYTES_MAX, &name) && probe.at < probe.end &&
          (*probe.at == ':' || *probe.at == '[');
  if (named)
    cursor->at = probe.at;
  tutti_cursor_skip_space (cursor);
  if (tutti_cursor_take (cursor, '[') && !tutti_line_options_read (cursor, options))
    return FALSE;
  tutti_cursor_skip_space (cursor);
  tutti_cursor_take (cursor, ':');
  return TRUE;
}

static gboolean
read_clip_lines (TuttiCursor *cursor, const char *end, int root, TuttiLineOptions *options, TuttiRow *row)
{
  for (;;)
    {
      const char *line_end = memchr (cursor->at, '\n', (gsize) (end - cursor->at));

      cursor->line_start = cursor->at;
      cursor->end = line_end != NULL ? line_end : end;
      if (cursor->line == 1 && !skip_name (cursor, options))
        return FALSE;
      if (!tutti_notation_read_row (cursor, options->root != G_MININT ? options->root : root, row))
        return FALSE;
      if (line_end == NULL)
        return row->n > 0 || options->length > 0 || tutti_cursor_fail (cursor, cursor->at, "a clip has at least one step");
      cursor->at = line_end + 1;
      cursor->line++;
    }
}

static TuttiOp *
clip_op (const TuttiClip *clip, const TuttiLineOptions *options, const TuttiRow *row)
{
  guint length = options->length > 0 ? options->length : row->n;
  guint ticks = options->ticks > 0 ? options->ticks : TUTTI_TICKS_PER_QUARTER / 4;
  TuttiSteps *steps = tutti_steps_new (length);
  TuttiOp *group = tutti_op_group_new ();

  memcpy (steps->step, row->steps, row->n * sizeof *row->steps);
  if (ticks != clip->ticks_per_step)
    tutti_op_group_add (group, tutti_op_new (TUTTI_OP_CLIP_RESOLUTION, clip->id, TUTTI_N (ticks)));
  if (length != clip->length)
    tutti_op_group_add (group, tutti_op_new (TUTTI_OP_CLIP_LENGTH, clip->id, TUTTI_N (length)));
  tutti_op_group_add (group, tutti_op_new (TUTTI_OP_STEPS, clip->id, TUTTI_N (0), steps));
  return group;
}

TuttiOp *
tutti_notation_parse_clip (const char *text, gssize length, const TuttiClip *clip, int root, TuttiNotationPlace *where,
                           GError **error)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  TuttiCursor cursor = { .at = text, .end = text, .line_start = text, .line = 1, .where = where, .error = error };
  TuttiLineOptions options = tutti_line_options_init ();
  TuttiRow row = { .last = -1 };
  TuttiOp *op = NULL;
  gboolean ok = tutti_cursor_check_text (&cursor, text, n) && read_clip_lines (&cursor, text + n, root, &options, &row);

  if (ok && options.length > 0 && row.n > options.length)
    ok = tutti_cursor_fail (&cursor, cursor.line_start, "%u steps, but the clip has only %u", row.n, options.length);
  if (ok)
    op = clip_op (clip, &options, &row);
  tutti_line_options_clear (&options);
  return op;
}
