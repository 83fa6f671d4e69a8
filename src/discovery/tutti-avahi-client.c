/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-avahi-client.h"

#include "tutti-network-watch.h"

#include <avahi-common/error.h>
#include <avahi-glib/glib-watch.h>

/* How long until the next try where not even the system bus answers. */
#define RETRY_MS 1000

typedef struct
{
  const TuttiAvahiListener *calls;
  gpointer                  listener;
} Registered;

struct _TuttiAvahiClient
{
  GMainContext       *context;
  AvahiGLibPoll      *poll;
  AvahiClient        *client;
  gboolean            usable;           /* the daemon is there */
  gboolean            established;
  TuttiDiscoveryState state;
  TuttiNetworkWatch  *network;
  GSource            *retry;
  GArray             *listeners;        /* (element-type Registered) */
};

static void start (TuttiAvahiClient *self);

void
tutti_avahi_post (GMainContext *context, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, context);
  g_source_unref (source);
}

GSource *
tutti_avahi_timeout_new (TuttiAvahiClient *self, guint ms, GSourceFunc func, gpointer data)
{
  GSource *source = g_timeout_source_new (ms);

  g_source_set_callback (source, func, data, NULL);
  g_source_attach (source, self->context);
  return source;
}

void
tutti_avahi_timeout_clear (GSource **timeout)
{
  if (*timeout == NULL)
    return;
  g_source_destroy (*timeout);
  g_source_unref (*timeout);
  *timeout = NULL;
}

static void
tell_changed (TuttiAvahiClient *self)
{
  for (guint i = 0; i < self->listeners->len; i++)
    {
      const Registered *each = &g_array_index (self->listeners, Registered, i);

      each->calls->changed (each->listener, self->usable ? self->client : NULL, self->established);
    }
}

static void
update_state (TuttiAvahiClient *self)
{
  TuttiDiscoveryState state = TUTTI_DISCOVERY_RUNNING;

  if (!self->usable)
    state = TUTTI_DISCOVERY_NO_AVAHI;
  else if (!tutti_network_watch_is_available (self->network))
    state = TUTTI_DISCOVERY_NO_NETWORK;
  if (state == self->state)
    return;
  self->state = state;
  for (guint i = 0; i < self->listeners->len; i++)
    {
      const Registered *each = &g_array_index (self->listeners, Registered, i);

      if (each->calls->state != NULL)
        each->calls->state (each->listener, state);
    }
}

static void
on_network (gboolean available, gpointer user_data)
{
  update_state (user_data);
}

/* The objects of a client must go before the client does. */
static void
drop_client (TuttiAvahiClient *self)
{
  self->usable = self->established = FALSE;
  tell_changed (self);
  g_clear_pointer (&self->client, avahi_client_free);
}

static gboolean
on_retry (gpointer user_data)
{
  TuttiAvahiClient *self = user_data;

  tutti_avahi_timeout_clear (&self->retry);
  drop_client (self);
  start (self);
  update_state (self);
  return G_SOURCE_REMOVE;
}

static void
retry_after (TuttiAvahiClient *self, guint ms)
{
  if (self->retry == NULL)
    self->retry = tutti_avahi_timeout_new (self, ms, on_retry, self);
}

/* A client that has failed cannot be mended, only replaced (and not from inside its own callback). */
static void
on_client (AvahiClient *client, AvahiClientState state, void *user_data)
{
  TuttiAvahiClient *self = user_data;

  self->client = client;        /* the first call comes before avahi_client_new() returns */
  self->usable = state == AVAHI_CLIENT_S_REGISTERING || state == AVAHI_CLIENT_S_RUNNING ||
                 state == AVAHI_CLIENT_S_COLLISION;
  self->established = state == AVAHI_CLIENT_S_RUNNING;
  if (state == AVAHI_CLIENT_FAILURE)
    retry_after (self, avahi_client_errno (client) == AVAHI_ERR_DISCONNECTED ? 0 : RETRY_MS);
  tell_changed (self);
  update_state (self);
}

static void
start (TuttiAvahiClient *self)
{
  int error = 0;
  AvahiClient *client = avahi_client_new (avahi_glib_poll_get (self->poll), AVAHI_CLIENT_NO_FAIL,
                                          on_client, self, &error);

  self->client = client;
  if (client != NULL)
    return;
  g_debug ("no connection to Avahi: %s", avahi_strerror (error));
  self->usable = self->established = FALSE;
  retry_after (self, RETRY_MS);
}

TuttiAvahiClient *
tutti_avahi_client_new (GMainContext *context)
{
  TuttiAvahiClient *self = g_new0 (TuttiAvahiClient, 1);

  self->context = g_main_context_ref (context);
  self->listeners = g_array_new (FALSE, FALSE, sizeof (Registered));
  self->network = tutti_network_watch_new (context, on_network, self);
  self->poll = avahi_glib_poll_new (context, G_PRIORITY_DEFAULT);
  self->retry = tutti_avahi_timeout_new (self, 0, on_retry, self);
  return self;
}

void
tutti_avahi_client_free (TuttiAvahiClient *self)
{
  tutti_avahi_timeout_clear (&self->retry);
  drop_client (self);
  avahi_glib_poll_free (self->poll);
  tutti_network_watch_free (self->network);
  g_array_unref (self->listeners);
  g_main_context_unref (self->context);
  g_free (self);
}

GMainContext *
tutti_avahi_client_get_context (TuttiAvahiClient *self)
{
  return self->context;
}

void
tutti_avahi_client_listen (TuttiAvahiClient *self, const TuttiAvahiListener *calls, gpointer listener)
{
  Registered registered = { calls, listener };

  g_array_append_val (self->listeners, registered);
  calls->changed (listener, self->usable ? self->client : NULL, self->established);
  if (calls->state != NULL && self->state != TUTTI_DISCOVERY_STARTING)
    calls->state (listener, self->state);
}

void
tutti_avahi_client_unlisten (TuttiAvahiClient *self, gpointer listener)
{
  for (guint i = 0; i < self->listeners->len; i++)
    {
      Registered each = g_array_index (self->listeners, Registered, i);

      if (each.listener != listener)
        continue;
      g_array_remove_index (self->listeners, i);
      each.calls->changed (listener, NULL, FALSE);
      return;
    }
}

void
tutti_avahi_client_restart (TuttiAvahiClient *self)
{
  retry_after (self, RETRY_MS);
}
