/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-avahi-client.h"
#include "tutti-publisher.h"

G_BEGIN_DECLS

/* One publisher's voice: announces in the worker's thread, reports in the owner's. */
typedef struct _TuttiAvahiEntry TuttiAvahiEntry;

/* Returns: (transfer none): announces what @publisher says and becomes its engine, which frees it.
 * @discovery keeps the worker alive. Thread: the owner's. */
TuttiAvahiEntry *tutti_avahi_entry_new (TuttiAvahiClient *client, GMainContext *owner, GObject *discovery,
                                        TuttiPublisher *publisher);

G_END_DECLS
