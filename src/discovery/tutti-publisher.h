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

gboolean            tutti_publisher_update    (TuttiPublisher *self, const TuttiJamAd *ad, GError **error);
void                tutti_publisher_withdraw  (TuttiPublisher *self);
const TuttiJamAd   *tutti_publisher_get_ad    (TuttiPublisher *self);
const char         *tutti_publisher_get_name  (TuttiPublisher *self);
TuttiPublisherState tutti_publisher_get_state (TuttiPublisher *self);
const GError       *tutti_publisher_get_error (TuttiPublisher *self);

G_END_DECLS
