/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-studio.h"

G_BEGIN_DECLS

typedef void (*TuttiJamRenamed) (gpointer user_data);

/* Gives a jam that is not open another name. The name is part of the document, so this is an edit like any other: the jam is opened
 * for a moment. @renamed is called afterwards from the main loop, unless @keeper went before. FALSE with the reason when the jam cannot
 * be opened. Reads and writes the disk. */
gboolean tutti_jam_rename (TuttiStudio *studio, const char *id, const char *name, GObject *keeper, TuttiJamRenamed renamed,
                           gpointer user_data, GError **error);

G_END_DECLS
