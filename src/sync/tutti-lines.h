/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What was said in a jam, as one participant knows it: lines in the host's order, each once. Pure. Thread: one. */

typedef struct
{
  gint64 id;                       /* rises with time, given by the host */
  guint  by;                       /* number of the person */
  gint64 at_ms;                    /* when, by the host's calendar: milliseconds since 1970 */
  char  *text;                     /* plain, never markup */
} TuttiLine;

TuttiLine *tutti_line_new  (gint64 id, guint by, gint64 at_ms, const char *text);
void       tutti_line_free (TuttiLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiLine, tutti_line_free)

/* Kept at most; the oldest go first. */
#define TUTTI_LINES_MAX 2000

/* What a newcomer is told, and a page of older ones. */
#define TUTTI_LINES_PAGE 50

/* What an heir takes over into the room that it opens. */
#define TUTTI_LINES_INHERITED 200

typedef struct _TuttiLines TuttiLines;

TuttiLines      *tutti_lines_new  (void);
void             tutti_lines_free (TuttiLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiLines, tutti_lines_free)

/* Takes @line in at its place, instead of one with the same id. TRUE: it is the newest now. */
gboolean         tutti_lines_put  (TuttiLines *lines, TuttiLine *line);

/* Forgets what comes after @id: another host goes on from there. */
void             tutti_lines_cut_after (TuttiLines *lines, gint64 id);

/* … or before it. */
void             tutti_lines_cut_before (TuttiLines *lines, gint64 id);
gboolean         tutti_lines_has (const TuttiLines *lines, gint64 id);

guint            tutti_lines_get_n (const TuttiLines *lines);
const TuttiLine *tutti_lines_get   (const TuttiLines *lines, guint index);     /* oldest first; (transfer none) */
gint64           tutti_lines_get_oldest (const TuttiLines *lines);             /* ids; 0: there is none */
gint64           tutti_lines_get_newest (const TuttiLines *lines);
