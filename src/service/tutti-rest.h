/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-house.h"
#include "tutti-listener.h"

G_BEGIN_DECLS

/* The API: /api/v1 at a listener, over the jams of a house. It writes nothing itself: what changes a jam is an operation that the
 * jam's host judges, orders, keeps and tells as all others, and what it answers is read from the host's document.
 *
 * Thread: the house's. */

typedef struct _TuttiRest TuttiRest;

/* @house is borrowed: it outlives this. */
TuttiRest *tutti_rest_new  (TuttiHouse *house);
void       tutti_rest_free (TuttiRest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiRest, tutti_rest_free)

/* Answers at @listener (borrowed, until it goes or another one comes; NULL: none). */
void       tutti_rest_attach (TuttiRest *self, TuttiListener *listener);

/* Whose @token it is, of a seat or for access: @jam (out) of at least TUTTI_JAM_ID_MAX + 1 bytes. 0: nobody's (of a seat: in an open
 * jam), or theirs who may not bring sounds when @adding. */
guint      tutti_rest_person_of_token (TuttiRest *self, const char *token, gboolean adding, char *jam);

/* How much sound whoever is in a jam may bring, for tutti_listener_set_quota() with this as data. */
const TuttiSampleQuota *tutti_rest_get_sample_quota (void);

/* @count: how many bytes of sounds are kept; asked now, and again before somebody is refused for want of room. */
void       tutti_rest_set_count (TuttiRest *self, gint64 (*count) (gpointer user), gpointer user);

/* What it answers at /api/v1/openapi.json: an OpenAPI 3.1 document, made from the tables. (transfer full) */
char      *tutti_rest_openapi_to_text (void);

/* Adds what it counted to @sum. */
void       tutti_rest_add_metrics (TuttiRest *self, TuttiMetrics *sum);

G_END_DECLS
