/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Two pages of which one shows: the start page, and the jam that is open. The only place that knows which container does it.
 * Signal "went-back": the person swiped from the jam to the start page. */
#define TUTTI_TYPE_PAGES (tutti_pages_get_type ())
G_DECLARE_FINAL_TYPE (TuttiPages, tutti_pages, TUTTI, PAGES, GtkWidget)

GtkWidget *tutti_pages_new        (GtkWidget *start);

/* Shows @jam; a jam page that was there before is let go of. */
void       tutti_pages_show_jam   (TuttiPages *self, GtkWidget *jam);

/* Shows the jam page that is there again. */
void       tutti_pages_return     (TuttiPages *self);

/* Shows the start page and lets go of the jam page when it is out of sight. */
void       tutti_pages_show_start (TuttiPages *self);

GtkWidget *tutti_pages_get_jam    (TuttiPages *self);   /* (nullable) */
