/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-store.h"

G_BEGIN_DECLS

/* Makes a jam in @store: @name (nullable: the demo jam's own, or one is invented), with @demo (nullable, by its name in
 * tutti-demos.h) after a bar of count-in, else four empty tracks at @tempo_cbpm (1/100 beats a minute; a demo has its own).
 * Returns its id (transfer full), or NULL with the reason. Writes the disk. */
char *tutti_jam_maker_make (TuttiStore *store, const char *name, const char *demo, int tempo_cbpm, GError **error);

G_END_DECLS
