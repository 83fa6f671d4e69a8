/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A thread with a main context of its own, and the way there and back. Thread: the maker's, where nothing else is said. */
typedef struct _TuttiHostingThread TuttiHostingThread;

/* Begins at once; back is the main context that is the maker's default. (transfer full) */
TuttiHostingThread *tutti_hosting_thread_new (void);

/* It has ended. What was posted and did not come to it is let go. */
void          tutti_hosting_thread_free (TuttiHostingThread *self);

/* Has @func called there and waits for its end. What @func returns is not looked at. */
void          tutti_hosting_thread_call (TuttiHostingThread *self, GSourceFunc func, gpointer data);

/* Has @func called there, or here again, as an idle source of usual priority. Thread: any of the two. */
void          tutti_hosting_thread_post (TuttiHostingThread *self, GSourceFunc func, gpointer data, GDestroyNotify destroy);
void          tutti_hosting_thread_post_back (TuttiHostingThread *self, GSourceFunc func, gpointer data, GDestroyNotify destroy);

/* Waits until nothing there is ready any more, for a bounded while, and until the thread is over. */
void          tutti_hosting_thread_end (TuttiHostingThread *self);
gboolean      tutti_hosting_thread_has_ended (TuttiHostingThread *self);

/* The maker's. (transfer none) */
GMainContext *tutti_hosting_thread_get_home (TuttiHostingThread *self);

G_END_DECLS
