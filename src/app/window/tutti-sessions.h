/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-host-dialog.h"
#include "tutti-session.h"
#include "tutti-start-page.h"

/* What to tell whoever hosts. */
typedef void (*TuttiShared) (const char *words, gpointer user_data);

/* Where the window's jams come from: the one seam between the application and what opens, hosts and joins. Made once for
 * the application; a program without network brings its own. All calls on the main thread; sessions are (transfer full),
 * NULL with @error when there is none. */
typedef struct
{
  TuttiSession *(*new_beat) (gpointer self, GError **error);
  TuttiSession *(*host)     (gpointer self, const TuttiHostWish *hosting, GError **error);
  TuttiSession *(*join)     (gpointer self, const char *id_or_address, GError **error);
  TuttiSession *(*open)     (gpointer self, const char *id, GError **error);
  /* Why @session ended, for people. (transfer full) */
  char         *(*words)    (gpointer self, TuttiSession *session);
  gboolean      (*understands) (const char *address);
  /* Keeps the lists of @page up to date from now on, until the page goes. */
  void          (*watch)    (gpointer self, TuttiStartPage *page);
  /* Lets others into @session, which was alone; @told comes once, when it is known how they find it. */
  void          (*share)    (gpointer self, TuttiSession *session, TuttiShared told, gpointer user_data);
  /* The link others join @session by; NULL while nobody can. (transfer full) (nullable) */
  char         *(*link)     (gpointer self, TuttiSession *session);
  void          (*close)    (gpointer self, TuttiSession *session);
  gpointer        self;
} TuttiSessions;
