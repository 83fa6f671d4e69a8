/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-nearby-jam.h"

G_BEGIN_DECLS

/* Whether one can find and be found here. */
typedef enum
{
  TUTTI_DISCOVERY_STARTING,     /* nothing is known yet; lasts moments */
  TUTTI_DISCOVERY_RUNNING,
  TUTTI_DISCOVERY_NO_AVAHI,     /* the service that finds others does not run; tried again by itself */
  TUTTI_DISCOVERY_NO_NETWORK,   /* no interface is up; noticed by itself when one is */
} TuttiDiscoveryState;

#define TUTTI_TYPE_DISCOVERY_STATE (tutti_discovery_state_get_type ())
GType       tutti_discovery_state_get_type (void);

/* Returns: one English sentence for logs and terminals; the window words it in its own, translated way. */
const char *tutti_discovery_state_to_words (TuttiDiscoveryState state);

/* The jams nearby: a GListModel of TuttiNearbyJam, in order of appearance.
 * Properties: "state". Signals: "refused" (name, reason) for an advertisement that breaks the rules.
 * Looks until it is disposed. Thread: the one that made the discovery. */
#define TUTTI_TYPE_BROWSER (tutti_browser_get_type ())
G_DECLARE_FINAL_TYPE (TuttiBrowser, tutti_browser, TUTTI, BROWSER, GObject)

TuttiDiscoveryState tutti_browser_get_state     (TuttiBrowser *self);

/* How many advertisements were refused since the browser was made; updates of a bad one count again. */
guint               tutti_browser_get_n_refused (TuttiBrowser *self);

/* Returns: (transfer none) (nullable): the row of this jam id with the highest epoch. */
TuttiNearbyJam     *tutti_browser_find          (TuttiBrowser *self, const char *id);

/* Somebody went there, and this jam has ended: its rows go at once. What says something new is listed again, and so is what is announced
 * still when all caches have forgotten those who left without a goodbye. */
void                tutti_browser_doubt         (TuttiBrowser *self, const char *id);

G_END_DECLS
