/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

/* A thin SQLite file system over the real one that counts writes and syncs, and fails one of them (or all from there). */

/* As an answer: this process is killed at that write. */
#define SHIM_KILL (-9)

/* Every store that is opened from now on goes through it. */
void shim_install (void);

/* The @countdown-th write from now on (0: the next; negative: none) is answered with @answer, and with @stays all after it. Half of
 * what was to be written is. */
void shim_aim (int countdown, int answer, gboolean stays);

/* Nothing may be opened for writing. */
void shim_read_only (gboolean read_only);
