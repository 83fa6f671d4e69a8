/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"
#include "tutti-studio.h"

G_BEGIN_DECLS

/* @why: (nullable) why it did not happen. */
typedef void (*TuttiJamChanged) (const GError *why, gpointer user_data);

/* Does @op (taken) to a jam that is not open. Name, description and whether it is published are part of the document, so this is an edit
 * like any other: the jam is opened for a moment. @changed is called afterwards from the main loop, unless @keeper went before. FALSE
 * with the reason when the jam cannot be opened. Reads and writes the disk. */
gboolean tutti_jam_change (TuttiStudio *studio, const char *id, TuttiOp *op, GObject *keeper, TuttiJamChanged changed,
                           gpointer user_data, GError **error);

G_END_DECLS
