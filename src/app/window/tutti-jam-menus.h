/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* What can be done with the jam, and with the program. (transfer full) */
GMenuModel *tutti_jam_menu_new     (void);
GMenuModel *tutti_primary_menu_new (void);
