/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* How long somebody who guesses a passcode has to wait: a few tries are free, then each failure doubles the wait, for the address
 * that it came from, and more gently for the jam as a whole, so that many addresses together do not get far either. After a quiet
 * quarter of an hour all is forgotten. Pure: time is given. Thread: one. */

#define TUTTI_TRIES_FREE 3                     /* of one address before it waits */
#define TUTTI_TRIES_FREE_ALL 30                /* of all together */
#define TUTTI_TRIES_WAIT_MAX_S 300
#define TUTTI_TRIES_WAIT_ALL_MAX_S 30          /* who knows the passcode gets in all the same */
#define TUTTI_TRIES_FORGET_S 900
#define TUTTI_TRIES_ADDRESSES_MAX 1024         /* remembered at once; the one quiet for longest goes first */

typedef struct _TuttiTries TuttiTries;

TuttiTries *tutti_tries_new  (void);
void        tutti_tries_free (TuttiTries *tries);

/* Microseconds until @address may try again, 0: now. A try before that is none: it is not looked at and not counted. */
gint64      tutti_tries_get_wait (TuttiTries *tries, const char *address, gint64 now_us);

/* A try of @address failed. Returns: how many more it has before it must wait. */
guint       tutti_tries_failed   (TuttiTries *tries, const char *address, gint64 now_us);

/* @address knew it: what it did before is forgotten. */
void        tutti_tries_passed   (TuttiTries *tries, const char *address);

/* Addresses remembered. */
guint       tutti_tries_count    (TuttiTries *tries);
