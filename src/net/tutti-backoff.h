/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long to wait before the @attempt-th try to connect again (0 is the first): 1, 2, 4 … 30 s, each spread by
 * ± 25 % so that the guests of a returning host do not all come in the same instant. @random: any 32 random bits;
 * the same bits give the same answer. Returns: milliseconds, 750 … 37 500. Thread: any. */
guint tutti_backoff_ms (guint attempt, guint32 random);

G_END_DECLS
