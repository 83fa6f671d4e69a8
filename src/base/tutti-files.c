/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-files.h"

#include <ftw.h>
#include <glib/gstdio.h>

#define FOLDERS_OPEN 8

static int
remove_one (const char *path, const struct stat *info, int kind, struct FTW *place)
{
  g_remove (path);
  return 0;
}

void
tutti_remove_tree (const char *path)
{
  nftw (path, remove_one, FOLDERS_OPEN, FTW_DEPTH | FTW_PHYS);
}
