/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  guint   sounds;                  /* files */
  guint64 bytes;                   /* of all */
} TuttiBackupFigures;

/* Copies all that a host keeps in folder @data into the new folder @to, while it runs: jams as of one moment, sounds, and who the
 * host is, so that a host started with `--data @to` is the same one. A @to that ends in ".db" is one file with the jams alone.
 * Neither may exist before; each is whole or not there.
 *
 * Thread: any; it reads and writes everything. */
gboolean tutti_backup_write (const char *data, const char *to, TuttiBackupFigures *figures, GError **error);

G_END_DECLS
