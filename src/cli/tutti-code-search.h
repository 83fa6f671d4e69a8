/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-address.h"

/* Looks on this network for the jam with the short name @code, like fuzzy-penguin-42, for some seconds at most; blocks meanwhile.
 * Returns: (transfer full), its fingerprint and jam with it, or NULL with @error. */
TuttiAddress *tutti_code_search (const char *code, GError **error);
