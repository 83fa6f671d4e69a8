/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-publisher.h"

G_BEGIN_DECLS

/* What makes an advertisement real; the engine belongs to the publisher once set. */
typedef struct
{
  void (*update) (gpointer engine, const TuttiJamAd *ad);
  void (*free)   (gpointer engine);      /* takes the advertisement back */
} TuttiPublisherEngine;

/* Returns: (transfer full): @ad was checked by the caller. */
TuttiPublisher *tutti_publisher_new        (const TuttiJamAd *ad);

void            tutti_publisher_set_engine (TuttiPublisher *self, const TuttiPublisherEngine *calls,
                                            gpointer engine);
void            tutti_publisher_set_name   (TuttiPublisher *self, const char *name);
void            tutti_publisher_set_state  (TuttiPublisher *self, TuttiPublisherState state,
                                            const GError *error);

G_END_DECLS
