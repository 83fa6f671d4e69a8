/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-net-time.h"

#include <gio/gio.h>
#include <gst/net/net.h>

#include "tutti-time-client.h"

struct _TuttiNetTime
{
  GObject parent_instance;

  GstNetTimeProvider *provider;    /* owned */
  TuttiTimeClient *client;         /* owned: gone before what it tells */
  TuttiSharedClock *clock;         /* owned */

  GMutex lock;                     /* for what follows: the client's thread writes, any may read */
  TuttiClockFit *fit;              /* owned */
  guint server;                    /* counts the servers followed */
  gboolean following, ever_followed;
  gint64 asked_ns, newest_reply_ns;
};

G_DEFINE_FINAL_TYPE (TuttiNetTime, tutti_net_time, G_TYPE_OBJECT)
G_DEFINE_QUARK (tutti-net-time-error-quark, tutti_net_time_error)

/* Thread: the client's. */
static void
observe (gint64 local_ns, gint64 remote_ns, gint64 rtt_ns, gpointer data)
{
  TuttiNetTime *self = data;
  TuttiClockLine line;

  g_mutex_lock (&self->lock);
  self->newest_reply_ns = tutti_monotonic_ns ();
  tutti_clock_fit_add (self->fit, self->server, tutti_local_time_from_monotonic (tutti_shared_clock_get_local (self->clock), local_ns),
                       remote_ns, rtt_ns);
  if (tutti_clock_fit_get_line (self->fit, &line))
    tutti_shared_clock_set_line (self->clock, &line);
  g_mutex_unlock (&self->lock);
}

static void
stop_asking (TuttiNetTime *self)
{
  g_clear_pointer (&self->client, tutti_time_client_free);
  g_mutex_lock (&self->lock);
  self->following = FALSE;
  g_mutex_unlock (&self->lock);
}

static void
tutti_net_time_dispose (GObject *object)
{
  TuttiNetTime *self = TUTTI_NET_TIME (object);

  stop_asking (self);
  g_clear_object (&self->provider);
  G_OBJECT_CLASS (tutti_net_time_parent_class)->dispose (object);
}

static void
tutti_net_time_finalize (GObject *object)
{
  TuttiNetTime *self = TUTTI_NET_TIME (object);

  tutti_clock_fit_free (self->fit);
  gst_object_unref (self->clock);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (tutti_net_time_parent_class)->finalize (object);
}

static void
tutti_net_time_class_init (TuttiNetTimeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_net_time_dispose;
  G_OBJECT_CLASS (klass)->finalize = tutti_net_time_finalize;
}

static void
tutti_net_time_init (TuttiNetTime *self)
{
  g_mutex_init (&self->lock);
  self->fit = tutti_clock_fit_new ();
  /* The clock comes with the constructor, which knows the local time. */
}

TuttiNetTime *
tutti_net_time_new (const TuttiLocalTime *local)
{
  TuttiNetTime *self = g_object_new (TUTTI_TYPE_NET_TIME, NULL);

  self->clock = tutti_shared_clock_new (local);
  return self;
}

TuttiSharedClock *
tutti_net_time_get_clock (TuttiNetTime *self)
{
  return self->clock;
}

/* The provider shares its port with whoever else would (SO_REUSEADDR), and the kernel gives such a socket a port that another of the
 * kind has: then half of the questions go to the other, or all. So the port is that of a socket which shares with nobody. Returns:
 * `port`, any for 0; or 0 if it cannot be had. */
static guint16
find_port (GSocketFamily family, const char *any, guint16 port)
{
  g_autoptr (GSocket) probe = g_socket_new (family, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (any, port);
  g_autoptr (GSocketAddress) bound = NULL;

  if (probe == NULL || !g_socket_bind (probe, address, FALSE, NULL) || (bound = g_socket_get_local_address (probe, NULL)) == NULL)
    return 0;
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

/* With no address the provider listens on IPv4 only; a kernel without IPv6 has no "::". */
static GstNetTimeProvider *
provide (TuttiNetTime *self, guint16 wanted)
{
  GstClock *clock = GST_CLOCK (self->clock);
  GstNetTimeProvider *provider = NULL;
  guint16 port = find_port (G_SOCKET_FAMILY_IPV4, "0.0.0.0", wanted);

  if (port == 0)
    return NULL;
  if (find_port (G_SOCKET_FAMILY_IPV6, "::", port) != 0)
    provider = gst_net_time_provider_new (clock, "::", port);
  return provider != NULL ? provider : gst_net_time_provider_new (clock, "0.0.0.0", port);
}

guint16
tutti_net_time_serve (TuttiNetTime *self, guint16 port, GError **error)
{
  int bound = 0;

  g_return_val_if_fail (TUTTI_IS_NET_TIME (self), 0);

  tutti_net_time_stop_serving (self);
  self->provider = provide (self, port);
  if (self->provider != NULL)
    g_object_get (self->provider, "port", &bound, NULL);
  else
    g_set_error (error, TUTTI_NET_TIME_ERROR, TUTTI_NET_TIME_ERROR_PORT, "the clock cannot be served on UDP port %u", port);
  return bound;
}

void
tutti_net_time_stop_serving (TuttiNetTime *self)
{
  g_clear_object (&self->provider);
}

gboolean
tutti_net_time_follow (TuttiNetTime *self, const char *address, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) server = g_inet_socket_address_new_from_string (address, port);

  g_return_val_if_fail (TUTTI_IS_NET_TIME (self), FALSE);

  stop_asking (self);
  if (server == NULL || port == 0)
    {
      g_set_error (error, TUTTI_NET_TIME_ERROR, TUTTI_NET_TIME_ERROR_ADDRESS, "“%s” port %u is not a numeric address", address, port);
      return FALSE;
    }
  g_mutex_lock (&self->lock);
  self->server++;
  self->following = self->ever_followed = TRUE;
  self->newest_reply_ns = 0;
  self->asked_ns = tutti_monotonic_ns ();
  tutti_clock_fit_thaw (self->fit);
  g_mutex_unlock (&self->lock);
  self->client = tutti_time_client_new (server, observe, self);
  return TRUE;
}

void
tutti_net_time_hold (TuttiNetTime *self)
{
  stop_asking (self);
  g_mutex_lock (&self->lock);
  tutti_clock_fit_freeze (self->fit);
  g_mutex_unlock (&self->lock);
}

void
tutti_net_time_restart (TuttiNetTime *self)
{
  g_mutex_lock (&self->lock);
  tutti_clock_fit_reset (self->fit);
  g_mutex_unlock (&self->lock);
}

void
tutti_net_time_be_alone (TuttiNetTime *self)
{
  stop_asking (self);
  g_mutex_lock (&self->lock);
  tutti_clock_fit_reset (self->fit);
  self->ever_followed = FALSE;
  self->newest_reply_ns = 0;
  tutti_shared_clock_set_line (self->clock, NULL);
  g_mutex_unlock (&self->lock);
}

void
tutti_net_time_get_state (TuttiNetTime *self, TuttiNetTimeState *state)
{
  g_mutex_lock (&self->lock);
  *state = (TuttiNetTimeState) { .following = self->following, .newest_reply_ns = self->newest_reply_ns,
                                 .asked_ns = self->following ? self->asked_ns : 0 };
  tutti_clock_fit_get_state (self->fit, &state->fit);
  if (!self->ever_followed)
    state->fit.settled = TRUE;
  g_mutex_unlock (&self->lock);
}

gboolean
tutti_net_time_is_silent (const TuttiNetTimeState *state, gint64 now_ns)
{
  return state->following && state->newest_reply_ns == 0 && state->fit.n_observations == 0 &&
         now_ns - state->asked_ns >= TUTTI_NET_TIME_SILENT_NS;
}
