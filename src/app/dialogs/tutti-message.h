/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The one place that makes message dialogs. */

typedef struct { const char *id, *label; } TuttiAnswer;

typedef void (*TuttiAnswered) (const char *answer, gpointer user_data);

typedef struct
{
  const char  *title, *body;
  TuttiAnswer  answers[3];     /* as they stand; the first is the one that Escape means */
  const char  *suggested;      /* (nullable) id of an answer; Enter means it */
  const char  *destructive;    /* (nullable) */
} TuttiMessage;

/* Asks over the window of @parent. When @parent goes, so does the question, and @answered is not called any more: @user_data may
 * be freed with @parent. @answered: (nullable). (transfer none) */
GtkWidget *tutti_message_ask (GtkWidget *parent, const TuttiMessage *message, TuttiAnswered answered, gpointer user_data);
