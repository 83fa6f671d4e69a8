/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-host-config.h"
#include "tutti-hosting.h"

G_BEGIN_DECLS

/* The box in the corner, running: store, house, clock, announcements.
 *
 * Thread: the one it was opened in, whose default main context runs. */
typedef struct _TuttiBox TuttiBox;

/* Opens the store, the default jam and the door (reads the disk). */
TuttiBox     *tutti_box_open  (const TuttiHostConfig *config, GError **error);

/* Sends everyone away, to come back, and saves all. */
void          tutti_box_close (TuttiBox *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiBox, tutti_box_close)

/* Takes over from @config what can change while it runs. Returns: (transfer full) (nullable) which changes wait for a restart,
 * in words. */
char         *tutti_box_reload (TuttiBox *self, const TuttiHostConfig *config);

/* Puts a new jam into the store and announces it; returns its id. (transfer full) */
char         *tutti_box_create (TuttiBox *self, const char *name, const char *demo, GError **error);

/* A jam of that id is kept here, open or not. */
gboolean      tutti_box_has    (TuttiBox *self, const char *jam);

guint16       tutti_box_get_port    (TuttiBox *self);
const char   *tutti_box_get_jam     (TuttiBox *self);     /* the default one */
TuttiStudio  *tutti_box_get_studio  (TuttiBox *self);
TuttiHosting *tutti_box_get_hosting (TuttiBox *self);
const TuttiHostConfig *tutti_box_get_config (TuttiBox *self);

G_END_DECLS
