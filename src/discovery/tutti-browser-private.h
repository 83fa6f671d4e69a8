/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-browser.h"

G_BEGIN_DECLS

/* More rows than this are a fault or a flood. */
#define TUTTI_BROWSER_JAMS_MAX 256

/* For whoever fills a browser (Avahi or the fake). @engine lives as long as the browser does. */
TuttiBrowser *tutti_browser_new       (void);

/* @engine: (transfer full): destroyed first thing when the browser goes. */
void          tutti_browser_set_engine (TuttiBrowser *self, gpointer engine, GDestroyNotify destroy);

/* Shows what the source @key says now. The same key may come to speak of another jam: then it leaves the
 * one before. A new row appears complete, so that nobody sees it without its address. */
void          tutti_browser_see       (TuttiBrowser *self, const char *key, const TuttiJamAd *ad);

/* Forgets what @key said; the row goes with its last source. */
void          tutti_browser_lose      (TuttiBrowser *self, const char *key);

void          tutti_browser_clear     (TuttiBrowser *self);

/* So long a jam is doubted: caches keep what said goodbye for a second, and an address that nobody renews for two minutes. */
#define TUTTI_BROWSER_DOUBT_US (150 * G_USEC_PER_SEC)

/* Lists again what was doubted long enough at @now_us (monotonic) and is still announced. */
void          tutti_browser_trust     (TuttiBrowser *self, gint64 now_us);

/* Counts and tells an advertisement that is not shown. @name may be anything that a stranger sends. */
void          tutti_browser_refuse    (TuttiBrowser *self, const char *name, const char *reason);

void          tutti_browser_set_state (TuttiBrowser *self, TuttiDiscoveryState state);

G_END_DECLS
