/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Removes the file or folder at @path with all that is in it; a link is removed, not what it leads to. What cannot be removed stays.
 * Thread: any; blocks. */
void tutti_remove_tree (const char *path);

G_END_DECLS
