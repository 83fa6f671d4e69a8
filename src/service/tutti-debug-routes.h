/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What a host looks like from inside, as JSON: GET /debug/jams lists the jams that are open, /debug/jams/ID shows one with everyone
 * who is connected. Only to this machine, whatever else is for everyone: it has addresses of people.
 *
 * Thread: the listener's. */

/* @jam: NULL: all. (transfer full) (nullable) NULL when that one is not open. */
typedef char *(*TuttiDebugText) (gpointer data, const char *jam);

/* Whether @path is one of these, and has been answered. @text: (nullable) without it nothing is. */
gboolean tutti_debug_routes_answer (SoupServerMessage *message, const char *path, TuttiDebugText text, gpointer data);

G_END_DECLS
