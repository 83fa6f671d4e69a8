/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-browser.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The picture over an empty start page: pads with one bar through them, or waves with a sign when nobody can be found. */
#define TUTTI_TYPE_EMPTY_ART (tutti_empty_art_get_type ())
G_DECLARE_FINAL_TYPE (TuttiEmptyArt, tutti_empty_art, TUTTI, EMPTY_ART, GtkWidget)

GtkWidget *tutti_empty_art_new (void);
void       tutti_empty_art_set (TuttiEmptyArt *self, TuttiDiscoveryState state);

G_END_DECLS
