/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam-ad.h"

G_BEGIN_DECLS

/* How far an advertisement has come. */
typedef enum
{
  TUTTI_PUBLISHER_PENDING,      /* being announced */
  TUTTI_PUBLISHER_PUBLISHED,    /* others see it */
  TUTTI_PUBLISHER_WAITING,      /* Avahi does not run; announced as soon as it does */
  TUTTI_PUBLISHER_FAILED,       /* refused for good; see the error */
} TuttiPublisherState;

#define TUTTI_TYPE_PUBLISHER_STATE (tutti_publisher_state_get_type ())
GType tutti_publisher_state_get_type (void);

/* The advertisement of one jam. It stands until the object is disposed, which takes it back at once.
 * Properties: "state", and "name": as others see it, which differs from the wish after a collision.
 * Thread: the one that made the discovery. */
#define TUTTI_TYPE_PUBLISHER (tutti_publisher_get_type ())
G_DECLARE_FINAL_TYPE (TuttiPublisher, tutti_publisher, TUTTI, PUBLISHER, GObject)

/* Says something new about the jam, or the same under another name. Cheap to call often: what changes within
 * a second goes out together. Refuses, changing nothing, what breaks a limit. */
gboolean            tutti_publisher_update    (TuttiPublisher *self, const TuttiJamAd *ad, GError **error);

/* Takes the advertisement back now; the others see it go. For good: make another one to return. */
void                tutti_publisher_withdraw  (TuttiPublisher *self);

/* Returns: (transfer none): what was asked for last. */
const TuttiJamAd   *tutti_publisher_get_ad    (TuttiPublisher *self);

/* Returns: (transfer none): as others see it; valid until the property changes. */
const char         *tutti_publisher_get_name  (TuttiPublisher *self);
TuttiPublisherState tutti_publisher_get_state (TuttiPublisher *self);

/* Returns: (transfer none) (nullable): why it failed. */
const GError       *tutti_publisher_get_error (TuttiPublisher *self);

G_END_DECLS
