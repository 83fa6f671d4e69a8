/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-cell.h"
#include "tutti-op.h"

/* What is to be told about steps beside what they are: that an edit was not sent yet, was heard late, overridden or refused, or
 * who changed it. Each holds for a while. Knows neither widgets nor clocks: time is given, in microseconds. */
typedef struct _TuttiCellMarks TuttiCellMarks;

typedef enum
{
  TUTTI_MARK_CHANGED,          /* by another: only said, the ring belongs to the people */
  TUTTI_MARK_WAITING,          /* until it is cleared */
  TUTTI_MARK_LATE,
  TUTTI_MARK_OVERRIDDEN,       /* keeps what was mine */
  TUTTI_MARK_REFUSED
} TuttiMarkKind;

TuttiCellMarks *tutti_cell_marks_new   (void);
void            tutti_cell_marks_free  (TuttiCellMarks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiCellMarks, tutti_cell_marks_free)

/* Marks every step that @op writes, anew where it was marked so before. @words: what assistive technology says of it. */
void            tutti_cell_marks_add   (TuttiCellMarks *self, TuttiMarkKind kind, const TuttiOp *op, const char *words, gint64 now_us);

/* Takes all marks of @kind away; FALSE when there was none. */
gboolean        tutti_cell_marks_clear (TuttiCellMarks *self, TuttiMarkKind kind);

/* Takes away what held long enough. Returns when the next one ends, −1: none does by itself. */
gint64          tutti_cell_marks_expire (TuttiCellMarks *self, gint64 now_us);

/* Whether marks of @clip came or went since tutti_cell_marks_shown () of it: only then it need be drawn anew. */
gboolean        tutti_cell_marks_touched   (TuttiCellMarks *self, TuttiId clip);
void            tutti_cell_marks_shown     (TuttiCellMarks *self, TuttiId clip);
void            tutti_cell_marks_all_shown (TuttiCellMarks *self);

/* How the steps of @clip are to be drawn, into @flags (of TUTTI_STEPS_MAX, or NULL); FALSE when none of them is marked. */
gboolean        tutti_cell_marks_flags     (TuttiCellMarks *self, TuttiId clip, TuttiCellFlags *flags);

/* What is to be said of step @step of @clip. (transfer full) (nullable) */
char           *tutti_cell_marks_dup_words (TuttiCellMarks *self, TuttiId clip, int step);

/* The overridden steps, by @index: FALSE behind the last. */
gboolean        tutti_cell_marks_overridden (TuttiCellMarks *self, guint index, TuttiId *clip, int *step);

/* What was mine there, and the mark goes. (transfer full) (nullable) */
TuttiOp        *tutti_cell_marks_take_mine (TuttiCellMarks *self, TuttiId clip, int step);
