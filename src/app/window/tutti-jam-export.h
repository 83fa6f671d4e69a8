/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-bar.h"
#include "tutti-session.h"

/* Gives @page the actions "export.begin" (asks where to, then writes the mix there) and "export.cancel". How far it is shows in
 * @bar, how it ended in a toast, also when the jam was left meanwhile. */
void tutti_jam_export_attach (GtkWidget *page, TuttiSession *session, TuttiBar *bar);

/* @name as a name of a file to export to: without what a file cannot be called, ending in .wav unless it ends in .wav or .flac.
 * (transfer full) */
char *tutti_jam_export_dup_name (const char *name);
