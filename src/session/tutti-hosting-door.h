/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-hosting.h"
#include "tutti-hosting-sounds.h"
#include "tutti-identity.h"

G_BEGIN_DECLS

/* The house's door to the network: the listener, and what is asked for there beside sockets. Thread: the house's. */
typedef struct _TuttiHostingDoor TuttiHostingDoor;

/* What lies behind it, all borrowed: the house until it is closed, the others until the door is freed. */
typedef struct
{
  TuttiHouse         *house;
  TuttiIdentity      *identity;
  TuttiHostingSounds *sounds;
  gpointer            user;
  void              (*asked) (gpointer user, const char *jam);   /* somebody came for a jam that is not hosted here, and was told so */
} TuttiHostingInside;

/* It is shut. (transfer full) */
TuttiHostingDoor *tutti_hosting_door_new    (const TuttiHostingInside *inside);

/* It is shut. Thread: any, when the house's is over. */
void              tutti_hosting_door_free   (TuttiHostingDoor *self);

/* Opens it, anew where it was open. Returns the port; 0 with the reason, and it is shut. */
guint16           tutti_hosting_door_listen (TuttiHostingDoor *self, const TuttiHostingPlace *place, GError **error);

/* Shuts it; who came through it stays. */
void              tutti_hosting_door_stop   (TuttiHostingDoor *self);

G_END_DECLS
