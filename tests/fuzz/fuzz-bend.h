/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

/* Changes the meaning of JSON @text and keeps it JSON, so that what reads it is reached behind the scan: values at and past
 * their edges, members gone, doubled, renamed or of another kind. @recipe in groups of four bytes: two say where, the third what
 * to do, the fourth with which value. Text that is no JSON comes back as it is. (transfer full) */
char *fuzz_bend (const char *text, const uint8_t *recipe, size_t size);

enum { FUZZ_BEND_GROUP = 4 };
