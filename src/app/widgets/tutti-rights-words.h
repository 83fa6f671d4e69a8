/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-rights.h"

#include <gtk/gtk.h>

/* What people may and may not do, in words for them. */

/* The reason as a sentence; NULL when it is allowed. (transfer full) */
char       *tutti_rights_words (const TuttiJam *jam, const TuttiVerdict *verdict);

/* "Viewer", "Contributor" …, for one person. */
const char *tutti_role_word    (TuttiRole role);

/* Lets @control be used, or not because of @reason (nullable: it may), which its tooltip says instead of its own words then. */
void        tutti_allow        (GtkWidget *control, const char *reason);
