/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-store.h"

G_BEGIN_DECLS

/* Writes what the store in @directory says at this moment into the new file @to, also while others write to it: they are not held
 * up, and what they write meanwhile is not in it. @to must not exist, and is whole or not there.
 *
 * Thread: any; it reads the whole store and writes it to the disk. */
gboolean tutti_store_backup (const char *directory, const char *to, GError **error);

G_END_DECLS
