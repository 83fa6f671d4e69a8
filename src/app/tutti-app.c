/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-app.h"

#include "tutti-resources.h"

#include <gio/gio.h>

void
tutti_app_init (void)
{
  /* Asked for by name, because a linker drops what only a constructor of a static library would use. */
  g_resources_register (tutti_app_get_resource ());
}
