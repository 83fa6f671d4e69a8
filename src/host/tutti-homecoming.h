/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-hosting.h"

G_BEGIN_DECLS

/* A jam of this box that others went on with while the box was away. It looks for them; once they are found its own copy, which is old,
 * is closed, and it comes to them as a guest that catches up and is willing to host. Whoever hosts gives the jam back (the box is
 * where it lives), or the box goes on with it as any heir would when that host is gone.
 *
 * Thread: the main context it was made in. */
typedef struct _TuttiHomecoming TuttiHomecoming;

typedef struct
{
  gpointer user;
  void   (*away) (gpointer user, const char *jam);       /* hosted elsewhere from now on */
} TuttiHomecomingCalls;

/* What one box needs for each of its jams; borrowed, but for @secret. */
typedef struct
{
  TuttiStudio  *studio;
  TuttiHosting *hosting;
  guint16       port;              /* where the box listens */
  const char   *secret;            /* the one that its house has */
} TuttiHomecomingPlace;

TuttiHomecoming *tutti_homecoming_new  (const TuttiHomecomingPlace *place, const char *jam, const TuttiHomecomingCalls *calls);

/* The room that it brought home must be closed before. */
void             tutti_homecoming_free (TuttiHomecoming *self);

/* There is a reason to look now: the network changed, or the jam is announced by another. */
void             tutti_homecoming_hurry (TuttiHomecoming *self);

G_END_DECLS
