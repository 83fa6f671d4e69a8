/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* How others come in: the short name to say, the link as text and as a QR code. @link: of the jam. It stays
 * that one: an invitation that comes meanwhile is for whoever its admin gives it to, not for everyone who sees this. */
void tutti_share_dialog_open (GtkWidget *parent, TuttiSession *session, const char *link);

/* @link with the invitation @code. (transfer full) */
char *tutti_share_link_with_invite (const char *link, const char *code);
