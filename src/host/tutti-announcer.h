/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-discovery.h"
#include "tutti-room.h"

G_BEGIN_DECLS

/* Tells the network which jams are here: those that are open, and those that somebody could open. Bounded, for each is a record
 * of its own in everyone's cache: when there are more, those in which somebody is come first.
 *
 * Thread: the discovery's. */
typedef struct _TuttiAnnouncer TuttiAnnouncer;

/* @form: what all have in common; name, id, people and tempo are filled in. @most: jams at once. */
TuttiAnnouncer *tutti_announcer_new  (TuttiDiscovery *discovery, const TuttiJamAd *form, guint most);

/* Takes all back. */
void            tutti_announcer_free (TuttiAnnouncer *self);

/* A jam as it is now; new ones are announced. */
void            tutti_announcer_tell (TuttiAnnouncer *self, const TuttiRoomStatus *status);

/* It is gone for good. */
void            tutti_announcer_drop (TuttiAnnouncer *self, const char *jam);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiAnnouncer, tutti_announcer_free)

G_END_DECLS
