/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tells whether this machine has any interface on which others could be found. A default route is not asked
 * for: two laptops on one cable have none and find each other well.
 * Thread: the one that runs @context. */
typedef struct _TuttiNetworkWatch TuttiNetworkWatch;
typedef void (*TuttiNetworkWatchFunc) (gboolean available, gpointer user_data);

/* Returns: (transfer full): to be freed with tutti_network_watch_free(); @changed is not called by this. */
TuttiNetworkWatch *tutti_network_watch_new          (GMainContext *context, TuttiNetworkWatchFunc changed,
                                                     gpointer user_data);

void               tutti_network_watch_free         (TuttiNetworkWatch *self);
gboolean           tutti_network_watch_is_available (TuttiNetworkWatch *self);

G_END_DECLS
