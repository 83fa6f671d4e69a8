/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a daemon's log goes: with its fields to the journal when standard error leads there, else as lines to standard error.
 * Standard output stays for the one line that says where it listens.
 *
 * Thread: any; messages come from all. */

/* Once, first of all. */
void tutti_host_log_start     (void);

/* Our messages of @level and graver are kept, of libraries only those from warnings on unless it is debugging. */
void tutti_host_log_set_level (GLogLevelFlags level);

G_END_DECLS
