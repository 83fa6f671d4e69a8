/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* How others come in: the short name to say, the link as text and as a QR code. The link becomes the one of an invitation when an
 * admin makes one by the actions of the people page meanwhile. @link: of the jam. */
void tutti_share_dialog_open (GtkWidget *parent, TuttiSession *session, const char *link);

/* @link with the invitation @code. (transfer full) */
char *tutti_share_link_with_invite (const char *link, const char *code);
