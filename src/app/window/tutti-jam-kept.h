/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-bar.h"
#include "tutti-session.h"

/* How the jam is kept: what it is about and whether it is published, as the actions "describe" and "publish" in @actions, and in
 * @bar that it is read only, or that the disk it is kept on is full. Lives as long as @page. */
void tutti_jam_kept_attach (GtkWidget *page, TuttiSession *session, TuttiBar *bar, GActionMap *actions);
