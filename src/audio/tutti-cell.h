/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdatomic.h>

G_BEGIN_DECLS

#define TUTTI_CELL_WORDS 6

/* A small value that one thread states anew from time to time and others read without ever waiting for it: a sequence counter
 * around atomic words (Lamport 1977). Every access is atomic, so the thread sanitizer has nothing to object to. */
typedef struct
{
  _Atomic guint32 turn;                        /* odd while being written; 0 = never written */
  _Atomic guint64 words[TUTTI_CELL_WORDS];
} TuttiCell;

/* States `value` (at most TUTTI_CELL_WORDS · 8 bytes). Thread: one writer at a time. Realtime-safe: yes. */
void tutti_cell_write (TuttiCell *cell, gconstpointer value, gsize size);

/* Takes nothing back: readers see "never written" again. Thread: the writer's. */
void tutti_cell_clear (TuttiCell *cell);

/* Copies the newest value. FALSE, with `value` untouched, when there is none or when the writer was caught at work in several tries:
 * a reader that must not wait goes on with the copy it has. Thread: any. Realtime-safe: yes, bounded. */
gboolean tutti_cell_read (TuttiCell *cell, gpointer value, gsize size);

/* Whether a value is stated at all. Realtime-safe: yes. */
gboolean tutti_cell_is_set (TuttiCell *cell);

G_END_DECLS
