/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-avahi-client.h"

G_BEGIN_DECLS

/* One browser's eyes: finds and resolves in the worker's thread, reports in the owner's. */
typedef struct _TuttiAvahiLook TuttiAvahiLook;

/* Returns: (transfer full): looks for @browser, which must call tutti_avahi_look_stop() when it goes.
 * @discovery keeps the worker alive. Thread: the owner's. */
TuttiAvahiLook *tutti_avahi_look_new  (TuttiAvahiClient *client, GMainContext *owner, GObject *discovery,
                                       TuttiBrowser *browser);

/* Stops looking. The discovery is let go only after the worker was told, since that ends the worker.
 * @self: (transfer full). */
void            tutti_avahi_look_stop (TuttiAvahiLook *self);

G_END_DECLS
