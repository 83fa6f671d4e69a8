/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-browser.h"

#include <avahi-client/client.h>

G_BEGIN_DECLS

/* The connection to the Avahi daemon, kept alive over its restarts and its absence. Lives wholly in the worker's
 * thread and context, because libavahi-client waits for answers of the daemon inside its calls. */
typedef struct _TuttiAvahiClient TuttiAvahiClient;

/* What wants to know. Called when registered and at each change. */
typedef struct
{
  /* @client: (nullable): usable until the next call, NULL when there is none: let go of all its objects.
   * @established: whether the machine has its name, so that services may be published. */
  void (*changed) (gpointer listener, AvahiClient *client, gboolean established);
  void (*state)   (gpointer listener, TuttiDiscoveryState state);      /* (nullable) */
} TuttiAvahiListener;

/* Returns: (transfer full): connects from within @context, which the calling thread must run or be about to. */
TuttiAvahiClient *tutti_avahi_client_new         (GMainContext *context);

void              tutti_avahi_client_free        (TuttiAvahiClient *self);
GMainContext     *tutti_avahi_client_get_context (TuttiAvahiClient *self);

/* @listener is told at once how things stand. */
void              tutti_avahi_client_listen      (TuttiAvahiClient *self, const TuttiAvahiListener *calls,
                                                  gpointer listener);

/* @listener hears nothing any more, after one last changed() that takes its client away. */
void              tutti_avahi_client_unlisten    (TuttiAvahiClient *self, gpointer listener);

/* For a listener that saw one of its objects fail without a word from the client: connects anew soon. */
void              tutti_avahi_client_restart     (TuttiAvahiClient *self);

/* A timeout of the worker's context. Returns: (transfer full): end it with tutti_avahi_timeout_clear(). */
GSource          *tutti_avahi_timeout_new        (TuttiAvahiClient *self, guint ms, GSourceFunc func, gpointer data);
void              tutti_avahi_timeout_clear      (GSource **timeout);

/* Runs @func in @context, after all that was posted there before and never inside this call. */
void              tutti_avahi_post               (GMainContext *context, GSourceFunc func, gpointer data,
                                                  GDestroyNotify destroy);

G_END_DECLS
