/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Waits for a socket below TLS to have something to read. GIO's own source for that is four sources deep, each level
 * takes its descriptor out of the loop and puts it back in around every call, which wakes the loop up each time, and libsoup makes a
 * new one for each message: eight writes and a further turn of the loop for one message read. Here the descriptor
 * stays in the loop, and the sources that libsoup gets only look at it.
 *
 * TLS may hold more than the socket shows. Whoever reads says so with _set_more(): after a read that filled its
 * buffer there may be more of the same record, after a shorter one there is not.
 * Thread: one, the thread of the main context in which the sources are attached.
 */
typedef struct _TuttiSocketWatch TuttiSocketWatch;

TuttiSocketWatch *tutti_socket_watch_new (GSocket *socket);
void tutti_socket_watch_free (TuttiSocketWatch *self);

/* A source like those of GPollableInputStream, to be attached to the thread's default context. @pollable is what its
 * callback gets; it owns @self, and the source holds it. @cancellable: (nullable) wakes it too. (transfer full) */
GSource *tutti_socket_watch_create_source (TuttiSocketWatch *self, GObject *pollable, GCancellable *cancellable);

/* Whether reading may bring something though the socket stays silent. So it is at first. */
void tutti_socket_watch_set_more (TuttiSocketWatch *self, gboolean more);
gboolean tutti_socket_watch_get_more (TuttiSocketWatch *self);

/* Lets go of the socket before it is closed. Sources are ready from now on, since reading no longer waits. */
/* While held nobody is called for what comes, and it stays in the socket. */
void tutti_socket_watch_set_held (TuttiSocketWatch *self, gboolean held);
gboolean tutti_socket_watch_get_held (TuttiSocketWatch *self);

void tutti_socket_watch_stop (TuttiSocketWatch *self);

G_END_DECLS
