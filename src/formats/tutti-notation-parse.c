/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text as a document. Every operation that a line stands for is tried on the document at once, so that the model's own limits
 * are the notation's, and each refusal knows its line. */
#include "tutti-notation-private.h"

#include <string.h>

typedef struct
{
  char   *name;                /* owned */
  TuttiId id;
  int     root;
} Track;

typedef struct
{
  TuttiCursor cursor;
  TuttiJam   *jam;
  GPtrArray  *ops;
  guint32     creator;
  guint32    *counter;
  GArray     *tracks;          /* of Track */
  TuttiId     scene;           /* none before the first */
  gboolean    music;           /* past the headers */
  /* the row that is being read, until a line that does not go on with it */
  gboolean    in_row;
  TuttiId     clip;
  int         root;
  guint       length;
  TuttiRow    row;
} Parser;

static void
track_clear (gpointer track)
{
  g_free (((Track *) track)->name);
}

static TuttiId
coin (Parser *parser)
{
  return tutti_id (parser->creator, ++*parser->counter);
}

/* Takes @op. */
static gboolean
submit (Parser *parser, const char *at, TuttiOp *op)
{
  static const TuttiStamp stamp = { 0 };
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (parser->ops, op);
  if (tutti_jam_apply (parser->jam, op, &stamp, NULL, &error))
    return TRUE;
  return tutti_cursor_fail (&parser->cursor, at, "%s", error->message);
}

/* ---- tracks ---- */

static Track *
find_track (Parser *parser, const char *name)
{
  for (guint i = 0; i < parser->tracks->len; i++)
    {
      Track *track = &g_array_index (parser->tracks, Track, i);

      if (g_str_equal (track->name, name))
        return track;
    }
  return NULL;
}

/* Words that people call their tracks, and what they mostly mean; the more special first. */
static const char *
guess_sound (const char *name)
{
  static const struct { const char *word, *sound; } words[] = {
    { "kick", "tight-kick" }, { "bd", "tight-kick" }, { "snare", "dusty-snare" }, { "sd", "dusty-snare" },
    { "open", "open-hats" }, { "hat", "paper-hats" }, { "hh", "paper-hats" }, { "clap", "room-clap" }, { "rim", "wood-rim" },
    { "tom", "mid-tom" }, { "crash", "wide-crash" }, { "ride", "dark-ride" }, { "conga", "hand-conga" },
    { "cowbell", "iron-cowbell" }, { "shaker", "seed-shaker" }, { "clave", "dry-clave" }, { "tamb", "tin-tambourine" },
    { "block", "low-block" }, { "sub", "deep-sub" }, { "bass", "rubber-bass" }, { "bell", "glass-bells" },
    { "pluck", "nylon-pluck" }, { "lead", "neon-lead" }, { "pad", "warm-pad" }, { "string", "haze-strings" },
    { "organ", "pipe-organ" }, { "mallet", "soft-mallet" }, { "key", "felt-keys" }, { "piano", "felt-keys" },
  };
  g_autofree char *lower = g_utf8_strdown (name, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i].word) != NULL)
      return words[i].sound;
  return "wood-rim";
}

/* New tracks take the next colour (WINDOW.md, 4). */
static int
next_colour (const Parser *parser)
{
  static const TuttiColour order[] = {
    TUTTI_COLOUR_CHERRY, TUTTI_COLOUR_CORAL, TUTTI_COLOUR_HONEY, TUTTI_COLOUR_LIME, TUTTI_COLOUR_FERN, TUTTI_COLOUR_LAGOON,
    TUTTI_COLOUR_IRIS, TUTTI_COLOUR_ROSE, TUTTI_COLOUR_TANGERINE, TUTTI_COLOUR_JADE, TUTTI_COLOUR_SKY, TUTTI_COLOUR_PLUM,
  };

  return order[parser->tracks->len % G_N_ELEMENTS (order)];
}

static Track *
add_track (Parser *parser, const char *at, const char *name, const TuttiLineOptions *options)
{
  Track track = { g_strdup (name), coin (parser), TUTTI_NOTATION_ROOT };
  g_autofree char *guess = g_strconcat ("kit:", guess_sound (name), NULL);
  int colour = options->colour >= 0 ? options->colour : next_colour (parser);
  const char *sound = options->sound != NULL ? options->sound : guess;

  g_array_append_val (parser->tracks, track);
  if (!submit (parser, at, tutti_op_new (TUTTI_OP_TRACK_ADD, track.id, name, sound, TUTTI_N (colour))))
    return NULL;
  return &g_array_index (parser->tracks, Track, parser->tracks->len - 1);
}

static gboolean
change_track (Parser *parser, const char *at, const Track *track, const TuttiLineOptions *options)
{
  if (options->sound != NULL && !submit (parser, at, tutti_op_new (TUTTI_OP_TRACK_SOUND, track->id, options->sound)))
    return FALSE;
  return options->colour < 0 ||
         submit (parser, at, tutti_op_new (TUTTI_OP_TRACK_COLOUR, track->id, TUTTI_N (options->colour)));
}

static Track *
ensure_track (Parser *parser, const char *at, const char *name, const TuttiLineOptions *options)
{
  Track *track = find_track (parser, name);

  if (track == NULL)
    track = add_track (parser, at, name, options);
  else if (!change_track (parser, at, track, options))
    return NULL;
  if (track == NULL)
    return NULL;
  if (options->root != G_MININT)
    track->root = options->root;
  for (guint i = 0; i < options->ops->len; i++)
    {
      TuttiOp *op = tutti_op_copy (options->ops->pdata[i]);

      op->arg[0].id = track->id;
      if (!submit (parser, at, op))
        return NULL;
    }
  return track;
}

/* ---- clips ---- */

/* The row is complete: puts it into its clip. */
static gboolean
end_row (Parser *parser)
{
  TuttiRow *row = &parser->row;
  const char *at = parser->cursor.line_start;
  guint length = parser->length > 0 ? parser->length : row->n;
  TuttiSteps *steps;

  if (!parser->in_row)
    return TRUE;
  parser->in_row = FALSE;
  if (length != 16 && !submit (parser, at, tutti_op_new (TUTTI_OP_CLIP_LENGTH, parser->clip, TUTTI_N (length))))
    return FALSE;
  if (row->n == 0)
    return TRUE;
  steps = tutti_steps_new (row->n);
  memcpy (steps->step, row->steps, row->n * sizeof *row->steps);
  return submit (parser, at, tutti_op_new (TUTTI_OP_STEPS, parser->clip, TUTTI_N (0), steps));
}

static gboolean
add_scene (Parser *parser, const char *at, const char *name)
{
  parser->scene = coin (parser);
  return submit (parser, at, tutti_op_new (TUTTI_OP_SCENE_ADD, parser->scene, name, TUTTI_N (parser->jam->n_scenes)));
}

static gboolean
read_row (Parser *parser)
{
  if (!tutti_notation_read_row (&parser->cursor, parser->root, &parser->row))
    return FALSE;
  return parser->length == 0 || parser->row.n <= parser->length ||
         tutti_cursor_fail (&parser->cursor, parser->cursor.line_start, "%u steps, but the clip has only %u", parser->row.n,
                            parser->length);
}

static gboolean
begin_row (Parser *parser, const char *at, const Track *track, const TuttiLineOptions *options)
{
  const char *name = options->clip_name != NULL ? options->clip_name : "";

  if (tutti_id_is_none (parser->scene) && !add_scene (parser, at, ""))
    return FALSE;
  parser->in_row = TRUE;
  parser->clip = coin (parser);
  parser->root = track->root;
  parser->length = options->length;
  parser->row.n = 0;
  parser->row.last = -1;
  if (!submit (parser, at, tutti_op_new (TUTTI_OP_CLIP_ADD, parser->clip, track->id, parser->scene, name)))
    return FALSE;
  if (options->ticks != 0 && !submit (parser, at, tutti_op_new (TUTTI_OP_CLIP_RESOLUTION, parser->clip, TUTTI_N (options->ticks))))
    return FALSE;
  return read_row (parser);
}

/* "name [options]: steps". Without steps it only says what the track is like. */
static gboolean
read_track_line (Parser *parser)
{
  TuttiCursor *cursor = &parser->cursor;
  const char *start = cursor->at;
  g_autofree char *name = NULL;
  TuttiLineOptions options = tutti_line_options_init ();
  const Track *track = NULL;
  gboolean ok;

  ok = tutti_cursor_name (cursor, "the name of a track", ":[", 1, TUTTI_NAME_BYTES_MAX, &name) &&
       (!tutti_cursor_take (cursor, '[') || tutti_line_options_read (cursor, &options));
  tutti_cursor_skip_space (cursor);
  if (ok && !tutti_cursor_take (cursor, ':'))
    ok = tutti_cursor_fail (cursor, cursor->at, "a colon stands between the name of a track and its steps");
  if (ok)
    ok = (track = ensure_track (parser, start, name, &options)) != NULL;
  tutti_cursor_skip_space (cursor);
  if (ok && (cursor->at < cursor->end || options.length > 0))
    ok = begin_row (parser, start, track, &options);
  tutti_line_options_clear (&options);
  parser->music = TRUE;
  return ok;
}

/* ---- lines that are no tracks ---- */

static gboolean
read_time (TuttiCursor *cursor, gint64 *beats, gint64 *unit)
{
  if (!tutti_cursor_number (cursor, "the beats of a bar", 0, 1, 16, beats))
    return FALSE;
  if (!tutti_cursor_take (cursor, '/'))
    return tutti_cursor_fail (cursor, cursor->at, "a time signature reads like 4/4");
  return tutti_cursor_number (cursor, "the unit of a beat", 0, 2, 16, unit);
}

/* "C minor", "Bb dorian" */
static gboolean
read_key (Parser *parser)
{
  static const char * const names[] = {
    "C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B", "Db", "Eb", "Gb", "Ab", "Bb", NULL
  };
  static const int semitones[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 3, 6, 8, 10 };
  const char *start = parser->cursor.at;
  int name, scale;

  if (!tutti_cursor_choice (&parser->cursor, "a key", names, " ", &name))
    return FALSE;
  tutti_cursor_skip_space (&parser->cursor);
  if (!tutti_cursor_choice (&parser->cursor, "a scale", tutti_scale_names, "", &scale))
    return FALSE;
  return submit (parser, start, tutti_op_new (TUTTI_OP_JAM_KEY, TUTTI_N (semitones[name]), TUTTI_N (scale)));
}

static gboolean
read_mix (Parser *parser)
{
  TuttiCursor *cursor = &parser->cursor;

  do
    {
      const char *start;
      gint64 value;
      int setting;

      tutti_cursor_skip_space (cursor);
      start = cursor->at;
      if (!tutti_cursor_choice (cursor, "a setting of the mix", tutti_mix_setting_names, "=", &setting))
        return FALSE;
      if (!tutti_cursor_take (cursor, '='))
        return tutti_cursor_fail (cursor, cursor->at, "a setting has a value, as in reverb-size=480");
      if (!tutti_cursor_number (cursor, tutti_mix_setting_names[setting], 0, tutti_mix_setting_spec (setting)->min,
                                tutti_mix_setting_spec (setting)->max, &value) ||
          !submit (parser, start, tutti_op_new (TUTTI_OP_MIX, TUTTI_N (setting), value)))
        return FALSE;
      tutti_cursor_skip_space (cursor);
    }
  while (tutti_cursor_take (cursor, ','));
  return TRUE;
}

static gboolean
read_title (Parser *parser)
{
  const char *start = parser->cursor.at;
  g_autofree char *title = NULL;

  return tutti_cursor_name (&parser->cursor, "the title", "", 1, TUTTI_NAME_BYTES_MAX, &title) &&
         submit (parser, start, tutti_op_new (TUTTI_OP_JAM_NAME, title));
}

static gboolean
read_header_value (Parser *parser, const char *key)
{
  TuttiCursor *cursor = &parser->cursor;
  const char *start;
  gint64 value, unit;

  tutti_cursor_skip_space (cursor);
  start = cursor->at;
  if (g_str_equal (key, "title"))
    return read_title (parser);
  if (g_str_equal (key, "tempo"))
    return tutti_cursor_number (cursor, "the tempo", 2, TUTTI_TEMPO_MIN_CBPM, TUTTI_TEMPO_MAX_CBPM, &value) &&
           submit (parser, start, tutti_op_new (TUTTI_OP_TEMPO, value));
  if (g_str_equal (key, "swing"))
    return tutti_cursor_number (cursor, "swing", 1, 500, 750, &value) &&
           submit (parser, start, tutti_op_new (TUTTI_OP_SWING, value));
  if (g_str_equal (key, "time"))
    return read_time (cursor, &value, &unit) && submit (parser, start, tutti_op_new (TUTTI_OP_SIGNATURE, value, unit));
  if (g_str_equal (key, "seed"))
    return tutti_cursor_number (cursor, "the seed", 0, 0, G_MAXUINT32, &value) &&
           submit (parser, start, tutti_op_new (TUTTI_OP_JAM_SEED, value));
  return g_str_equal (key, "key") ? read_key (parser) : read_mix (parser);
}

/* "tempo: 118": takes the line when it is one of those. */
static gboolean
read_header_line (Parser *parser, gboolean *taken)
{
  TuttiCursor *cursor = &parser->cursor;

  *taken = FALSE;
  for (const char * const *key = tutti_notation_headers; *key != NULL; key++)
    {
      gsize length = strlen (*key);

      if ((gsize) (cursor->end - cursor->at) <= length || memcmp (cursor->at, *key, length) != 0 || cursor->at[length] != ':')
        continue;
      *taken = TRUE;
      if (parser->music)
        return tutti_cursor_fail (cursor, cursor->at, "“%s” stands before the first track; a track of that name stands in "
                                  "quotation marks", *key);
      cursor->at += length + 1;
      if (!read_header_value (parser, *key))
        return FALSE;
      tutti_cursor_skip_space (cursor);
      return cursor->at == cursor->end || tutti_cursor_fail (cursor, cursor->at, "nothing more stands here");
    }
  return TRUE;
}

static gboolean
read_scene_line (Parser *parser)
{
  TuttiCursor *cursor = &parser->cursor;
  const char *start = cursor->at++;
  g_autofree char *name = NULL;

  parser->music = TRUE;
  if (!tutti_cursor_name (cursor, "the name of a scene", "]", 0, TUTTI_NAME_BYTES_MAX, &name))
    return FALSE;
  if (!tutti_cursor_take (cursor, ']'))
    return tutti_cursor_fail (cursor, start, "this bracket is not closed");
  tutti_cursor_skip_space (cursor);
  if (cursor->at < cursor->end)
    return tutti_cursor_fail (cursor, cursor->at, "nothing more stands here");
  return add_scene (parser, start, name);
}

static gboolean
read_line (Parser *parser)
{
  TuttiCursor *cursor = &parser->cursor;
  gboolean taken;

  tutti_cursor_skip_space (cursor);
  if (cursor->at == cursor->end || *cursor->at == '#')
    return TRUE;
  if (*cursor->at == '|' && parser->in_row)
    return read_row (parser);
  if (!end_row (parser))
    return FALSE;
  if (*cursor->at == '[')
    return read_scene_line (parser);
  if (!read_header_line (parser, &taken))
    return FALSE;
  return taken || read_track_line (parser);
}

/* ---- whole texts ---- */

static gboolean
read_lines (Parser *parser, const char *text, gsize length)
{
  TuttiCursor *cursor = &parser->cursor;
  const char *end = text + length;

  while (text < end)
    {
      const char *line_end = memchr (text, '\n', (gsize) (end - text));

      cursor->line++;
      cursor->at = cursor->line_start = text;
      cursor->end = line_end != NULL ? line_end : end;
      if (!read_line (parser))
        return FALSE;
      text = line_end != NULL ? line_end + 1 : end;
    }
  if (!end_row (parser))
    return FALSE;
  return parser->jam->n_scenes == 0 ||
         submit (parser, end, tutti_op_new (TUTTI_OP_LAUNCH_SCENE, parser->jam->scenes[0].id, TUTTI_N (TUTTI_QUANTUM_NOW)));
}

TuttiJam *
tutti_notation_parse_jam (const char *text, gssize length, guint32 creator, guint32 *counter, GPtrArray **ops,
                          TuttiNotationPlace *where, GError **error)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr(TuttiJam) jam = tutti_jam_new ();
  g_autoptr(GPtrArray) made = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);
  g_autoptr(GArray) tracks = g_array_new (FALSE, FALSE, sizeof (Track));
  TuttiCursor start = { .at = text, .end = text, .line_start = text, .line = 1, .where = where, .error = error };
  Parser parser = { .cursor = start, .jam = jam, .ops = made, .creator = creator, .counter = counter, .tracks = tracks };

  g_array_set_clear_func (tracks, track_clear);
  if (!tutti_cursor_check_text (&parser.cursor, text, n))
    return NULL;
  parser.cursor.line = 0;
  if (!read_lines (&parser, text, n))
    return NULL;
  if (ops != NULL)
    *ops = g_steal_pointer (&made);
  return g_steal_pointer (&jam);
}
