/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

typedef struct
{
  const char *name;
  gboolean    demo;            /* the demo beat, else an empty grid */
  guint       people_max;
} TuttiHostWish;

typedef void (*TuttiHostingDone) (const TuttiHostWish *hosting, gpointer user_data);

/* "Host a Jam": name, what it starts with, how many people. @done is called when Host was pressed. */
GtkWidget *tutti_host_dialog_open (GtkWidget *parent, TuttiHostingDone done, gpointer user_data);
