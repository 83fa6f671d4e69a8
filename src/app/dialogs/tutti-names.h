/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Ready names, all translated: a person is "Mint Otter", a jam "fuzzy-penguin-42". (transfer full) */
char *tutti_names_person (int colour, guint32 dice);
char *tutti_names_jam (guint32 dice);
