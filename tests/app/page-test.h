/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

/* The page of an open jam, in a window of its own, with a session that is none. */
typedef struct
{
  TuttiSession  *session;      /* owned */
  GtkWidget     *window, *page;
  TuttiStepGrid *grid;
} PageTest;

/* Beyond which nothing that is waited for comes any more. */
#define PAGE_TEST_DEADLINE_US (20 * G_USEC_PER_SEC)

/* Starts tests and the application, which lives until the program ends. */
void page_test_init (int *argc, char ***argv);

/* Opens a window of so many pixels and waits until it is laid out. */
void page_test_open (PageTest *self, int width, int height);
void page_test_close (PageTest *self);
gboolean page_test_is_laid_out (PageTest *self);

/* What the window does once a frame. */
void page_test_beat (PageTest *self);

/* Waits until @condition holds: the main loop says when, and a deadline when never. */
typedef gboolean (*PageTestCondition) (PageTest *self);
void page_test_wait_for (PageTest *self, PageTestCondition condition, const char *what);

/* The first widget at or below @widget that matches; NULL when none does. (transfer none) */
typedef gboolean (*PageTestMatch) (GtkWidget *widget, gconstpointer data);
GtkWidget *page_test_find (GtkWidget *widget, PageTestMatch match, gconstpointer data);
gboolean page_test_is_label (GtkWidget *widget, gconstpointer text);
gboolean page_test_is_of_class (GtkWidget *widget, gconstpointer css_class);
