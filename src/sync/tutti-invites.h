/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

/* Invitations that are out: codes that nobody can guess, each with a role, for some uses and some time. They are kept with
 * the door, so that a host that restarts, and one that goes on after it, still knows them; of a code only its hash is, since whoever
 * reads it there could come with it. Pure: time is given. Thread: one. */

#define TUTTI_INVITES_MAX 64                   /* at once; the one that ends first goes first */
#define TUTTI_INVITE_USES_MAX 500
#define TUTTI_INVITE_MINUTES_MAX (7 * 24 * 60)

typedef struct _TuttiInvites TuttiInvites;

TuttiInvites *tutti_invites_new   (void);
void          tutti_invites_free  (TuttiInvites *invites);

void          tutti_invites_add   (TuttiInvites *invites, const char *code, TuttiRole role, guint uses, gint64 until_us);

/* One that was kept: @hash (copied) is the SHA-256 of its code, in hexadecimal. */
void          tutti_invites_resume (TuttiInvites *invites, const char *hash, TuttiRole role, guint uses, gint64 until_us);

/* The role that @code gives; BANNED when there is no such invitation (any more). */
TuttiRole     tutti_invites_look  (TuttiInvites *invites, const char *code, gint64 now_us);

/* One use of @code is over. */
void          tutti_invites_use   (TuttiInvites *invites, const char *code);
guint         tutti_invites_count (TuttiInvites *invites);

/* Number @i of them; the hash of its code, until it is used or another is added. (transfer none) */
const char   *tutti_invites_get   (TuttiInvites *invites, guint i, TuttiRole *role, guint *uses, gint64 *until_us);
