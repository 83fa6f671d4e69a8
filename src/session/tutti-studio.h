/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-discovery.h"
#include "tutti-identity.h"
#include "tutti-pins.h"
#include "tutti-sound-bank.h"
#include "tutti-sound-library.h"
#include "tutti-store.h"

G_BEGIN_DECLS

/* What a program has once, whatever jams it opens: where things are kept, who this machine and this person are, which sounds
 * there are, and how others are found. Handed to whoever needs it; there is no global one.
 *
 * Thread: the one it was made in, where nothing else is said. */

#define TUTTI_TYPE_STUDIO (tutti_studio_get_type ())
G_DECLARE_FINAL_TYPE (TuttiStudio, tutti_studio, TUTTI, STUDIO, GObject)

/* @directory: made when missing. @discovery: (nullable) kept by reference; NULL when nobody is to be found.
 * Returns: (transfer full), or NULL with the reason: a damaged or newer store is left as it is. */
TuttiStudio       *tutti_studio_new             (const char *directory, TuttiDiscovery *discovery, GError **error);

TuttiStore        *tutti_studio_get_store       (TuttiStudio *self);
TuttiIdentity     *tutti_studio_get_identity    (TuttiStudio *self);
TuttiPins         *tutti_studio_get_pins        (TuttiStudio *self);
TuttiSoundLibrary *tutti_studio_get_library     (TuttiStudio *self);
TuttiSoundBank    *tutti_studio_get_bank        (TuttiStudio *self);
TuttiDiscovery    *tutti_studio_get_discovery   (TuttiStudio *self);   /* (nullable) */

/* The person at this machine. */
void               tutti_studio_set_person      (TuttiStudio *self, const char *name, int colour);
const char        *tutti_studio_get_name        (TuttiStudio *self);
int                tutti_studio_get_colour      (TuttiStudio *self);   /* TuttiPersonColour */

/* How that person looks, as in tutti-picture.h; empty, as at first: no picture. Signal "picture-changed". */
void               tutti_studio_set_picture     (TuttiStudio *self, const char *picture);
const char        *tutti_studio_get_picture     (TuttiStudio *self);

/* Whether this person is only passing through: hosts then need not keep a place for them once they left. */
void               tutti_studio_set_passing     (TuttiStudio *self, gboolean passing);

/* Whether this person only looks on in the jams that are joined from now on: others do not see them. */
void               tutti_studio_set_watching    (TuttiStudio *self, gboolean watching);
gboolean           tutti_studio_is_watching     (TuttiStudio *self);
gboolean           tutti_studio_is_passing      (TuttiStudio *self);

/* Whether jams that this person visits may be hosted here when their host is gone; FALSE at first. */
void               tutti_studio_set_heir        (TuttiStudio *self, gboolean heir);
gboolean           tutti_studio_is_heir         (TuttiStudio *self);

/* The token that brings this person back into @jam; (transfer full) (nullable). */
char              *tutti_studio_dup_token       (TuttiStudio *self, const char *jam);
void               tutti_studio_keep_token      (TuttiStudio *self, const char *jam, const char *token);

G_END_DECLS
