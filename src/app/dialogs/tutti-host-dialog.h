/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* What a hosted jam begins with. */
typedef enum { TUTTI_HOST_THIS_JAM, TUTTI_HOST_DEMO, TUTTI_HOST_EMPTY } TuttiHostStart;

typedef struct
{
  const char    *name;
  TuttiHostStart start;
  const char    *demo;         /* (nullable) which one, by its name in tutti-demos.h */
  guint          people_max;
} TuttiHostWish;

typedef void (*TuttiHostDone) (const TuttiHostWish *wish, gpointer user_data);

/* Asks how to host. @this_jam: (nullable) name of the jam that is open here and can be hosted. @user_data must outlive @parent. */
void tutti_host_dialog_open (GtkWidget *parent, const char *this_jam, TuttiHostDone done, gpointer user_data);
