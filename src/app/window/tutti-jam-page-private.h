/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam-page.h"

/* What the files of the page share: tutti-jam-page.c follows the jam, -build makes the widgets, -desk decides what the desk below
 * shows, -actions is what keys and menus ask of the page. */

#define TUTTI_JAM_PAGE_NARROW 560  /* below that width */

struct _TuttiJamPage
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* owned */
  GtkWidget    *root, *header, *title, *name_button, *name, *back, *undo, *redo, *people, *faces, *menu, *squeezer, *bars[2], *mini,
               *news, *flap, *stack, *pattern, *clips, *notes, *mixer, *desk, *panel, *panel_clamp, *panel_stack, *people_page,
               *share, *chat_page, *timing_page, *switcher_bar;
  GActionMap   *actions;       /* borrowed: the page's own group */
  gboolean      narrow;
  gboolean      mixing;        /* the desk is open below the mixer */
  int           desk_before;   /* its stop below the pattern meanwhile */
  guint         ticking, n_present;
  gint64        quiet_since;
  guint         looking;       /* source: the timing changes also when nothing is drawn */
};

static inline TuttiStepGrid *
tutti_jam_page_grid (TuttiJamPage *self)
{
  return tutti_pattern_page_get_grid (TUTTI_PATTERN_PAGE (self->pattern));
}

/* All widgets below the page, whose session is set. */
void     tutti_jam_page_build           (TuttiJamPage *self);

/* The panel is as wide as the window lets it be. */
void     tutti_jam_page_fit_panel       (TuttiJamPage *self);

void     tutti_jam_page_install_actions (GtkWidgetClass *widget_class);

/* The desk follows the view, what is selected, and the actions of tutti_jam_page_install_desk_actions(). */
void     tutti_jam_page_attach_desk     (TuttiJamPage *self);
void     tutti_jam_page_install_desk_actions (GtkWidgetClass *widget_class);

/* Whether this view (its name in the stack) is the one that is seen. */
gboolean tutti_jam_page_shows           (TuttiJamPage *self, const char *view);
