/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A UNIX socket for whoever runs this host: one line of JSON in, one line of JSON out, as often as wanted. Only its owner (and
 * root) may open it. Lines, connections and silence are bounded.
 *
 * Thread: one, that of the main context which is the thread's default when it is made. */
typedef struct _TuttiControl     TuttiControl;
typedef struct _TuttiControlCall TuttiControlCall;     /* a line that waits for its answer */

/* @command: an object that passed the strict reader, borrowed. @call is answered or refused once, now or later. */
typedef void (*TuttiControlFunc) (gpointer user, JsonObject *command, TuttiControlCall *call);

/* Listens at @path; a socket that nobody listens at any more is replaced, anything else at that place is left alone and an error. */
TuttiControl *tutti_control_new    (const char *path, TuttiControlFunc func, gpointer user, GError **error);

/* Takes the socket away; calls under way may still be answered. */
void          tutti_control_free   (TuttiControl *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiControl, tutti_control_free)

/* @members: what goes into the answer's object behind "ok":true, as JSON without braces; NULL: nothing. Both end @call. */
void          tutti_control_answer (TuttiControlCall *call, const char *members);
void          tutti_control_refuse (TuttiControlCall *call, const GError *why);

/* Where the socket is when nobody says: in the runtime directory that systemd gave this service, or the session this user.
 * (transfer full) (nullable): there is none. */
char         *tutti_control_default_path (void);

G_END_DECLS
