/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <adwaita.h>

/* Submits @op (taken). When it cannot even be tried the window of @widget says why in a toast. */
gboolean tutti_ask (GtkWidget *widget, TuttiSession *session, TuttiOp *op);

/* Why whoever sits here may not do @op to the jam as it is, in words; NULL: they may. (transfer full) */
char    *tutti_denied_words (TuttiSession *session, const TuttiOp *op);

/* Shows @text as a toast in the window of @widget; a toast never takes the focus. */
void     tutti_say (GtkWidget *widget, const char *text);

/* The same for why something did not happen, as host, copy or document say it. */
void     tutti_say_reason (GtkWidget *widget, const char *reason);

/* A toast that says @text (plain), with a button called so or NULL, and stays as long as that takes to read, to decide and to reach.
 * (transfer full) */
AdwToast *tutti_toast_new (const char *text, const char *button);

/* Takes back what is said so over @overlay (an AdwToastOverlay): it was about a page that is left. */
void     tutti_unsay (GtkWidget *overlay);

/* The same with a button that activates @action of @widget (a detailed name: with its target, if it has one). */
void     tutti_say_with_action (GtkWidget *widget, const char *text, const char *button, const char *action);
