/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-miniature.h"

#include <gtk/gtk.h>

/* What discovery tells of one jam nearby. */
typedef struct
{
  char     id[64], name[TUTTI_NAME_BYTES_MAX + 1], machine[64];
  guint    people, people_max;
  int      tempo_cbpm;
  gboolean locked, joining;
} TuttiNearby;

/* One of the jams kept here. */
typedef struct
{
  char                  id[65], name[TUTTI_NAME_BYTES_MAX + 1];
  gint64                opened_us;   /* wall clock */
  guint                 n_tracks;
  TuttiMiniaturePattern pattern;
} TuttiKept;

typedef enum { TUTTI_LOOKING, TUTTI_LOOKING_NO_AVAHI, TUTTI_LOOKING_NO_NETWORK } TuttiLooking;

/* The start page: who is nearby, what was made here, who I am. Only shows and asks; signals: "host", "new-beat",
 * "enter-address", "edit-profile", "join" (id), "open" (id). */
#define TUTTI_TYPE_START_PAGE (tutti_start_page_get_type ())
G_DECLARE_FINAL_TYPE (TuttiStartPage, tutti_start_page, TUTTI, START_PAGE, GtkWidget)

GtkWidget *tutti_start_page_new (void);
void       tutti_start_page_set_nearby (TuttiStartPage *self, const TuttiNearby *nearby, guint n);
void       tutti_start_page_set_kept (TuttiStartPage *self, const TuttiKept *kept, guint n);

/* Whether others can be found at all; @address: where others could join me when I host, or NULL. */
void       tutti_start_page_set_looking (TuttiStartPage *self, TuttiLooking looking, const char *address);
void       tutti_start_page_set_profile (TuttiStartPage *self, const char *name, int colour);

/* "Built-in Audio · in time to the sample", or what is wrong. */
void       tutti_start_page_set_sound (TuttiStartPage *self, const char *words);
