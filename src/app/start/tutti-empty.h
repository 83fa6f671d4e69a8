/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-browser.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Why no jam shows, and what can be done: a card, or the whole page when there is nothing else on it. */
#define TUTTI_TYPE_EMPTY (tutti_empty_get_type ())
G_DECLARE_FINAL_TYPE (TuttiEmpty, tutti_empty, TUTTI, EMPTY, GtkWidget)

GtkWidget *tutti_empty_new      (void);
void       tutti_empty_show     (TuttiEmpty *self, TuttiDiscoveryState state);
void       tutti_empty_set_full (TuttiEmpty *self, gboolean full);

G_END_DECLS
