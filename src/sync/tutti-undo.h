/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

/* One person's undo and redo: only own operations, newest first, and only while nobody else changed the same thing since.
 *
 * Operations go by the numbers they were submitted under. Thread: one. */

#define TUTTI_UNDO_MAX 500

typedef struct _TuttiUndo TuttiUndo;

TuttiUndo *tutti_undo_new (void);
void       tutti_undo_free (TuttiUndo *undo);

/* An own operation @op went out as @number at @now_us; @inverse (taken, nullable) takes it back. A knob that goes on being turned is
 * one thing to undo, as long as it does not rest for longer than TUTTI_UNDO_REST_US. */
#define TUTTI_UNDO_REST_US (800 * 1000)
typedef enum { TUTTI_UNDO_NEW, TUTTI_UNDO_OF_UNDO, TUTTI_UNDO_OF_REDO } TuttiUndoRole;
void       tutti_undo_done (TuttiUndo *undo, gint64 number, const TuttiOp *op, TuttiOp *inverse, TuttiUndoRole role, gint64 now_us);

/* Own operation @number was refused: it never happened. */
void       tutti_undo_refused (TuttiUndo *undo, gint64 number);

/* Somebody else's @op happened: what it overwrote can no longer be taken back. */
void       tutti_undo_foreign (TuttiUndo *undo, const TuttiOp *op, guint by);

/* @jam is another copy than the one that was edited, and nobody told what happened between them: whatever in it is not as it was
 * left here can no longer be taken back. */
void       tutti_undo_verify (TuttiUndo *undo, const TuttiJam *jam);

/* The operation that takes back (or does again) the newest own one; NULL when there is none, or when @by changed the same thing
 * since: then that entry is given up, and @blocked_by says who. (transfer full) */
TuttiOp   *tutti_undo_take (TuttiUndo *undo, gboolean redo, guint *blocked_by);

/* What the next take would give, without giving it up; NULL when there is nothing, or somebody changed it since. (transfer none) */
const TuttiOp *tutti_undo_peek (const TuttiUndo *undo, gboolean redo);

gboolean   tutti_undo_can (const TuttiUndo *undo, gboolean redo);

/* The person who changed what is next since, so that it cannot be undone; 0: nobody. */
guint          tutti_undo_get_blocker (const TuttiUndo *undo, gboolean redo);
