/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-hosting.h"

#include "tutti-hosting-door.h"
#include "tutti-hosting-sounds.h"
#include "tutti-hosting-thread.h"

/* The hosting's parts, shared by its files alone. */
struct _TuttiHosting
{
  GObject              parent_instance;
  TuttiHostingThread  *thread;     /* owned: the house's, and the way back to the maker's */
  TuttiIdentity       *identity;   /* owned */
  TuttiHostingSounds  *sounds;     /* owned */
  TuttiRoomStatus      status;     /* of the default jam: the newest told, for here */
  char                *jam;        /* owned: the default one */
  gint64               origin_ns;
  GHashTable          *guests;     /* owned: connection → TuttiRoomGuest, for here */
  TuttiSharedClock    *clock;      /* owned (nullable): of the host before */

  /* Touched by the house's thread alone. */
  TuttiHouse          *house;
  TuttiHostingDoor    *door;       /* owned; freed when that is over */
};

/* What is known here about the default jam: it began to be hosted, by @clock's time (kept by reference). */
void tutti_hosting_set_default (TuttiHosting *self, const TuttiRoomStatus *status, gint64 origin_ns, TuttiSharedClock *clock);
