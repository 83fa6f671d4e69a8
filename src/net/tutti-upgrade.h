/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-address.h"

G_BEGIN_DECLS

/* The guest's half of the WebSocket upgrade (RFC 6455 §4.1) as text in and text out, without a connection. */
typedef struct _TuttiUpgrade TuttiUpgrade;

TuttiUpgrade *tutti_upgrade_new (const TuttiAddress *address);
void tutti_upgrade_free (TuttiUpgrade *self);

/* (transfer none) The whole request. */
const char *tutti_upgrade_get_request (TuttiUpgrade *self);

/* Whether @answer, up to and with its empty line, agrees to the upgrade; else TUTTI_LINK_ERROR says why not. */
gboolean tutti_upgrade_check (TuttiUpgrade *self, const char *answer, gsize length, GError **error);

/* After a check that agreed: whether the host chose TUTTI_LINK_PROTOCOL_PICTURED. */
gboolean tutti_upgrade_is_pictured (TuttiUpgrade *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiUpgrade, tutti_upgrade_free)

G_END_DECLS
