/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

/* Why something did not happen, in the language of whoever reads it. Host, copy and document say it in one fixed sentence each, which the
 * command line shows as it is and which goes over the wire: here it is what the window's words are found by, wherever it was said. A
 * sentence that is not in the table, of a newer host maybe, is shown as it came. (transfer full) */
char *tutti_reason_words (const char *reason);

/* The rows of the table, for its test: FALSE, there is no such row. */
gboolean tutti_reason_nth (guint nth, const char **reason, const char **words);
