/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-host.h"

/* What keeps a jam's door: kick, ban, passcode, invitations. Each is asked for by person @by, who must be an admin (0: the host
 * itself, a program beside it), and refused in words otherwise. */

/* Sends person @number away; they may come back. Not oneself, nor who sits at the host's own window. */
gboolean tutti_host_kick         (TuttiHost *host, guint by, guint number, GError **error);

/* Bans person @number, or lifts that (they contribute again): out, and neither the token nor the address comes back in. Also done
 * by the operation "person.role". */
gboolean tutti_host_ban          (TuttiHost *host, guint by, guint number, gboolean banned, TuttiNow now, GError **error);

/* Empty: none is asked for any more. Who has a seat already does not need it. */
gboolean tutti_host_set_passcode (TuttiHost *host, guint by, const char *passcode, GError **error);
gboolean tutti_host_is_locked    (TuttiHost *host);

/* A code that lets @uses people in as @role, with no passcode, within @minutes. (transfer full), or NULL with the reason. */
char    *tutti_host_invite       (TuttiHost *host, guint by, TuttiRole role, guint uses, guint minutes, TuttiNow now,
                                  GError **error);

/* Where @connection, opened already, comes from; without it bans and back-off go by the token alone. Copied. */
void     tutti_host_set_address  (TuttiHost *host, guint connection, const char *address);

/* How long no passcode is looked at that comes from @address, after too many tries; 0: it is. */
gint64   tutti_host_door_wait_us (TuttiHost *host, const char *address, TuttiNow now);

/* What of all this is kept: passcode, addresses of the banned, invitations; as keep_door() got it, before anyone connects. FALSE
 * with the reason, and a door that nobody can pass, when @text is not such a text: a lock that cannot be read is not an open one. */
gboolean tutti_host_resume_door  (TuttiHost *host, const char *text, GError **error);

/* Whether a jam whose door was kept as @text asks newcomers for a passcode; TRUE too when that cannot be read. */
gboolean tutti_host_door_locks   (const char *text);
