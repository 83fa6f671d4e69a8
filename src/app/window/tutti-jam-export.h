/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-bar.h"
#include "tutti-session.h"

/* Gives @page the actions "export.begin" (asks how and where to, then writes the mix there) and "export.cancel". How far it is shows in
 * @bar, how it ended in a toast, also when the jam was left meanwhile. */
void tutti_jam_export_attach (GtkWidget *page, TuttiSession *session, TuttiBar *bar);
