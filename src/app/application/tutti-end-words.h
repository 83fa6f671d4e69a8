/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Why joining failed, or why a jam ended, for people: what is, and what can be done. @name: the jam or its address. @port: where it
 * was tried, 0: unknown. NULL when there is nothing to say (left on purpose). (transfer full) (nullable) */
char    *tutti_end_words (const GError *error, const char *name, guint port);

/* Whether the jam is over, or is not where it was: who is sure of that need not wait for its announcement to go. */
gboolean tutti_end_is_over (const GError *error);

/* Whether trying the same again may help. */
gboolean tutti_end_try_again (const GError *error);

/* Whether it was for want of the passcode: another try may be asked for. */
gboolean tutti_end_asks_passcode (const GError *error);

/* Whether the host showed another identity than it was known by. */
gboolean tutti_end_other_identity (const GError *error);

/* Why a jam, or all of them, cannot be opened from this machine's disk. (transfer full) */
char    *tutti_store_words (const GError *error);
