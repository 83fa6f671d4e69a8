/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-avahi-client.h"

G_BEGIN_DECLS

/* One browser's eyes: finds and resolves in the worker's thread, reports in the owner's. */
typedef struct _TuttiAvahiLook TuttiAvahiLook;

TuttiAvahiLook *tutti_avahi_look_new  (TuttiAvahiClient *client, GMainContext *owner, GObject *discovery,
                                       TuttiBrowser *browser);
void            tutti_avahi_look_stop (TuttiAvahiLook *self);

G_END_DECLS
