/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-notation.h"

/* A place in a text. Each reader below leaves it behind what it read, or says why not and returns FALSE. */
typedef struct
{
  const char         *at;
  const char         *end;         /* of the line */
  const char         *line_start;
  guint               line;
  TuttiNotationPlace *where;       /* (nullable) */
  GError            **error;
} TuttiCursor;

typedef struct
{
  guint     n;
  int       last;                  /* the hit that "_" holds on, or -1 */
  TuttiStep steps[TUTTI_STEPS_MAX];
} TuttiRow;

/* Says why not, at @at; always FALSE. */
gboolean tutti_cursor_fail   (TuttiCursor *cursor, const char *at, const char *format, ...) G_GNUC_PRINTF (3, 4);

void     tutti_cursor_skip_space (TuttiCursor *cursor);

/* Whether the text goes on with @c; takes it if so. */
gboolean tutti_cursor_take   (TuttiCursor *cursor, char c);

/* A whole number, or one with up to @places decimals as that many times its tens (118.5 with 2 places is 11850). */
gboolean tutti_cursor_number (TuttiCursor *cursor, const char *what, guint places, gint64 min, gint64 max, gint64 *out);

/* A word up to one of @stops or the end of the line, without the space around it; or anything in quotation marks.
 * (transfer full) */
gboolean tutti_cursor_name   (TuttiCursor *cursor, const char *what, const char *stops, gsize min, gsize max, char **out);

/* "c2", "eb-1", "F#3" as a MIDI note. */
gboolean tutti_cursor_note   (TuttiCursor *cursor, int *note);

/* One of @names (ended by NULL) up to one of @stops. */
gboolean tutti_cursor_choice (TuttiCursor *cursor, const char *what, const char * const *names, const char *stops, int *out);

/* Whether @text is UTF-8 and not too long; else the cursor, at its start, says where not. */
gboolean tutti_cursor_check_text (TuttiCursor *cursor, const char *text, gsize length);

/* What stands in the brackets of a line. */
typedef struct
{
  char       *sound;           /* owned; NULL: not said */
  char       *clip_name;       /* owned; NULL: not said */
  int         colour;          /* −1: not said */
  int         root;            /* G_MININT: not said */
  guint       ticks;           /* 0: not said */
  guint       length;          /* 0: as many steps as there are */
  GPtrArray  *ops;             /* of TuttiOp about the track, whose id is not known yet */
} TuttiLineOptions;

TuttiLineOptions tutti_line_options_init  (void);
void             tutti_line_options_clear (TuttiLineOptions *options);

/* From behind the opening bracket to behind the closing one. */
gboolean         tutti_line_options_read  (TuttiCursor *cursor, TuttiLineOptions *options);

/* Steps up to the end of the line. */
gboolean tutti_notation_read_row   (TuttiCursor *cursor, int root, TuttiRow *row);

/* Rows of notes and details go on in further lines, each begun by "|". */
void     tutti_notation_write_row  (GString *out, const TuttiStep *steps, guint n, int root);
void     tutti_notation_write_note (GString *out, int note, gboolean capital);

/* In quotation marks when it would not read back otherwise. */
void     tutti_notation_write_name (GString *out, const char *name, const char *stops);

/* "1/8t"; 0 and NULL when there is none. */
guint       tutti_notation_find_resolution (const char *text);
const char *tutti_notation_resolution_name (guint ticks_per_step);

/* Keys of lines that are no tracks, ended by NULL. */
extern const char * const tutti_notation_headers[];
