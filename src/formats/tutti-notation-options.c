/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands in the brackets of a line: "[sound=rubber-bass, gain=-300, 1/8t]". */
#include "tutti-notation-private.h"

#include <string.h>

TuttiLineOptions
tutti_line_options_init (void)
{
  return (TuttiLineOptions) { .colour = -1, .root = G_MININT, .ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free) };
}

void
tutti_line_options_clear (TuttiLineOptions *options)
{
  g_free (options->sound);
  g_free (options->clip_name);
  g_ptr_array_unref (options->ops);
}

static void
add_track_op (TuttiLineOptions *options, TuttiOpKind kind, gint64 value)
{
  g_ptr_array_add (options->ops, tutti_op_new (kind, tutti_id (0, 0), value));
}

static gboolean
read_sound (TuttiCursor *cursor, TuttiLineOptions *options)
{
  g_autofree char *sound = NULL;

  if (!tutti_cursor_name (cursor, "a sound", ",]", 1, TUTTI_SOUND_REF_BYTES_MAX, &sound))
    return FALSE;
  g_free (options->sound);
  options->sound = strchr (sound, ':') != NULL ? g_steal_pointer (&sound) : g_strconcat ("kit:", sound, NULL);
  return TRUE;
}

static gboolean
read_clip_name (TuttiCursor *cursor, TuttiLineOptions *options)
{
  g_clear_pointer (&options->clip_name, g_free);
  return tutti_cursor_name (cursor, "the name of a clip", ",]", 0, TUTTI_NAME_BYTES_MAX, &options->clip_name);
}

/* Whole numbers that belong to the track. */
static gboolean
read_track_number (TuttiCursor *cursor, const char *key, TuttiLineOptions *options, gboolean *known)
{
  static const struct { const char *key; TuttiOpKind kind; guint places; int min, max; } numbers[] = {
    { "swing", TUTTI_OP_TRACK_SWING, 1, 500, 750 },
    { "transpose", TUTTI_OP_TRACK_TRANSPOSE, 0, TUTTI_PITCH_MIN, TUTTI_PITCH_MAX },
    { "choke", TUTTI_OP_TRACK_CHOKE, 0, 0, 16 },
  };
  int param = tutti_param_find (key);
  gint64 value;

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (g_str_equal (key, numbers[i].key))
      {
        if (!tutti_cursor_number (cursor, key, numbers[i].places, numbers[i].min, numbers[i].max, &value))
          return FALSE;
        add_track_op (options, numbers[i].kind, value);
        return TRUE;
      }
  *known = param >= 0;
  if (param < 0)
    return TRUE;
  if (!tutti_cursor_number (cursor, key, 0, tutti_param_spec (param)->min, tutti_param_spec (param)->max, &value))
    return FALSE;
  g_ptr_array_add (options->ops, tutti_op_new (TUTTI_OP_PARAM, tutti_id (0, 0), TUTTI_N (param), value));
  return TRUE;
}

static gboolean
read_value (TuttiCursor *cursor, const char *key, const char *key_start, TuttiLineOptions *options)
{
  gboolean known = TRUE;
  gint64 length;
  int mode;

  tutti_cursor_skip_space (cursor);
  if (g_str_equal (key, "sound"))
    return read_sound (cursor, options);
  if (g_str_equal (key, "name"))
    return read_clip_name (cursor, options);
  if (g_str_equal (key, "colour"))
    return tutti_cursor_choice (cursor, "a colour", tutti_colour_names, ",]", &options->colour);
  if (g_str_equal (key, "root"))
    return tutti_cursor_note (cursor, &options->root);
  if (g_str_equal (key, "len"))
    {
      if (!tutti_cursor_number (cursor, "the length of a clip", 0, TUTTI_STEPS_MIN, TUTTI_STEPS_MAX, &length))
        return FALSE;
      options->length = (guint) length;
      return TRUE;
    }
  if (g_str_equal (key, "play"))
    {
      if (!tutti_cursor_choice (cursor, "how it plays", tutti_play_mode_names, ",]", &mode))
        return FALSE;
      add_track_op (options, TUTTI_OP_TRACK_PLAY_MODE, mode);
      return TRUE;
    }
  if (!read_track_number (cursor, key, options, &known))
    return FALSE;
  return known || tutti_cursor_fail (cursor, key_start, "there is no option “%s”", key);
}

static gboolean
read_flag (TuttiCursor *cursor, const char *key, const char *key_start, TuttiLineOptions *options)
{
  if (g_str_equal (key, "mute"))
    add_track_op (options, TUTTI_OP_TRACK_MUTE, 1);
  else if (g_str_equal (key, "solo"))
    add_track_op (options, TUTTI_OP_TRACK_SOLO, 1);
  else if ((options->ticks = tutti_notation_find_resolution (key)) == 0)
    return tutti_cursor_fail (cursor, key_start, "there is no option “%s”", key);
  return TRUE;
}

static gboolean
read_option (TuttiCursor *cursor, TuttiLineOptions *options)
{
  g_autofree char *key = NULL;
  const char *start;

  tutti_cursor_skip_space (cursor);
  start = cursor->at;
  if (!tutti_cursor_name (cursor, "an option", "=,]", 1, TUTTI_NAME_BYTES_MAX, &key))
    return FALSE;
  if (tutti_cursor_take (cursor, '='))
    return read_value (cursor, key, start, options);
  return read_flag (cursor, key, start, options);
}

/* From behind the opening bracket to behind the closing one. */
gboolean
tutti_line_options_read (TuttiCursor *cursor, TuttiLineOptions *options)
{
  const char *start = cursor->at - 1;

  for (;;)
    {
      if (!read_option (cursor, options))
        return FALSE;
      tutti_cursor_skip_space (cursor);
      if (tutti_cursor_take (cursor, ']'))
        return TRUE;
      if (cursor->at == cursor->end)
        return tutti_cursor_fail (cursor, start, "this bracket is not closed");
      if (!tutti_cursor_take (cursor, ','))
        return tutti_cursor_fail (cursor, cursor->at, "options are separated by commas");
    }
}
