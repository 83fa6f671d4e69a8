/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-window.h"

#include "tutti-host-dialog.h"
#include "tutti-joining.h"
#include "tutti-session.h"
#include "tutti-settings.h"
#include "tutti-start-page.h"

#include <glib/gi18n.h>

/* What follows when the open jam has been left. */
typedef enum
{
  TUTTI_NEXT_START, TUTTI_NEXT_LIBRARY, TUTTI_NEXT_CLOSE, TUTTI_NEXT_OPEN, TUTTI_NEXT_NEW, TUTTI_NEXT_DEMO, TUTTI_NEXT_JOIN
} TuttiNext;

struct _TuttiWindow
{
  AdwApplicationWindow parent_instance;
  TuttiStudio   *studio;       /* owned; NULL in a broken window */
  GtkWidget     *overlay, *pages, *start;

  /* The jam that is open; see tutti-window-jam.c */
  TuttiSession  *session;      /* owned, nullable */
  gulong         wait;         /* handler until the document is there */
  guint          ending;
  gboolean       play, host;   /* wished for as soon as it is there */
  guint          people_max;
  gboolean       told;         /* how hosting goes has been said */
  TuttiNext      next;
  char          *next_text;    /* jam id, or name of a demo; nullable */
  TuttiAddress  *next_address; /* nullable */
  gboolean       asking;       /* whether to leave */
  gboolean       end_for_all;  /* what was answered: guests hear that it is over */

  /* On the way into another; see tutti-window-join.c */
  TuttiJoining  *joining;      /* owned, nullable */
  AdwToast      *joining_toast;
  char          *joining_name; /* of the jam that is open as a guest, nullable */
};

/* tutti-window.c */
void tutti_window_say        (TuttiWindow *self, const char *text);
void tutti_window_say_action (TuttiWindow *self, const char *text, const char *button, const char *action, GVariant *target);

/* tutti-window-library.c: actions. Those with @id do something to a kept jam, the others to the one that is open. */
void tutti_window_rename_jam   (GtkWidget *widget, const char *name, GVariant *id);
void tutti_window_describe_jam (GtkWidget *widget, const char *name, GVariant *id);
void tutti_window_publish_jam  (GtkWidget *widget, const char *name, GVariant *id);
void tutti_window_copy_jam     (GtkWidget *widget, const char *name, GVariant *id);
void tutti_window_remix_jam    (GtkWidget *widget, const char *name, GVariant *id);
void tutti_window_delete_jam   (GtkWidget *widget, const char *name, GVariant *id);
void tutti_window_restore_jam  (GtkWidget *widget, const char *name, GVariant *id);
void tutti_window_save_copy    (GtkWidget *widget, const char *name, GVariant *parameter);
void tutti_window_remix        (GtkWidget *widget, const char *name, GVariant *parameter);

/* tutti-window-jam.c */
void tutti_window_show_session (TuttiWindow *self, TuttiSession *session);          /* @session: taken */
void tutti_window_make         (TuttiWindow *self, const char *name, const char *demo);
void tutti_window_host         (TuttiWindow *self, const TuttiHostWish *wish);
void tutti_window_leave_then   (TuttiWindow *self, TuttiNext next, const char *text, const TuttiAddress *address);
gboolean tutti_window_may_host (TuttiWindow *self);
void tutti_window_drop_session (TuttiWindow *self);

/* tutti-window-join.c */
void tutti_window_join_nearby   (TuttiWindow *self, const char *id);
void tutti_window_join_address  (TuttiWindow *self, const TuttiAddress *address);
void tutti_window_join_again    (TuttiWindow *self);
void tutti_window_give_up       (TuttiWindow *self);
