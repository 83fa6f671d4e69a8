/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Somebody did not leave: an admin sent them away. */
typedef struct
{
  guint by;                            /* number of the admin; 0: whoever looks after the host */
  guint banned;                        /* 1: they may not come back */
} TuttiRemoval;
