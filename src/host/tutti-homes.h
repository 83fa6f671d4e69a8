/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-hosting.h"

G_BEGIN_DECLS

/* All jams of a box that may be elsewhere: each has a TuttiHomecoming. Thread: the main context it was made in. */
typedef struct _TuttiHomes TuttiHomes;

/* @away (nullable) is told of a jam that others host from now on. @port: where the box listens. */
TuttiHomes *tutti_homes_new  (TuttiStudio *studio, TuttiHosting *hosting, guint16 port,
                              void (*away) (gpointer user, const char *jam), gpointer user);

/* After the hosting was closed. */
void        tutti_homes_free (TuttiHomes *self);

G_END_DECLS
