/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-net-time.h"

#include <gio/gio.h>
#include <gst/net/net.h>

#include "tutti-time-relay.h"

#define UPDATE_INTERVAL (20 * GST_MSECOND)
/* Of the clock inside GstNetClientClock: set on the outer one they do nothing (CLOCK-FACTS). */
#define INNER_TIMEOUT   (100 * GST_MSECOND)
#define INNER_WINDOW    256

struct _TuttiNetTime
{
  GObject parent_instance;

  /* owned, main thread */
  GstNetTimeProvider *provider;
  GstClock *wire;              /* a GstNetClientClock: only its observations are used, never its time */
  TuttiTimeRelay *relay;       /* only towards link-local addresses */

  /* shared with the network thread, which may still be in an observation after the main thread let go */
  struct _Core *core;
};

typedef struct _Core
{
  GMutex lock;
  TuttiClockFit *fit;          /* owned */
  TuttiSharedClock *clock;     /* owned */
  guint server;                /* counts the servers followed */
  gboolean following;
  gboolean ever_followed;
  gint64 asked_ns, newest_reply_ns;
} Core;

G_DEFINE_FINAL_TYPE (TuttiNetTime, tutti_net_time, G_TYPE_OBJECT)
G_DEFINE_QUARK (tutti-net-time-error-quark, tutti_net_time_error)

/* What the observation handler of one server holds. */
typedef struct
{
  Core *core;                  /* owned */
  guint server;
} Ear;

static Core *
core_new (const TuttiLocalTime *local)
{
  Core *core = g_atomic_rc_box_new0 (Core);

  g_mutex_init (&core->lock);
  core->fit = tutti_clock_fit_new ();
  core->clock = tutti_shared_clock_new (local);
  return core;
}

static void
core_clear (gpointer data)
{
  Core *core = data;

  tutti_clock_fit_free (core->fit);
  gst_object_unref (core->clock);
  g_mutex_clear (&core->lock);
}

static void
core_unref (Core *core)
{
  g_atomic_rc_box_release_full (core, core_clear);
}

static void
ear_free (gpointer data)
{
  Ear *ear = data;

  core_unref (ear->core);
  g_free (ear);
}

static void
observe (Core *core, guint server, guint64 local_ns, guint64 remote_ns, guint64 rtt_ns)
{
  TuttiClockLine line;

  g_mutex_lock (&core->lock);
  if (server == core->server && core->following)
    {
      core->newest_reply_ns = tutti_monotonic_ns ();
      tutti_clock_fit_add (core->fit, server,
                           tutti_local_time_from_monotonic (tutti_shared_clock_get_local (core->clock), local_ns), remote_ns, rtt_ns);
      if (tutti_clock_fit_get_line (core->fit, &line))
        tutti_shared_clock_set_line (core->clock, &line);
    }
  g_mutex_unlock (&core->lock);
}

/* Thread: GStreamer's network clock thread. */
static GstBusSyncReply
on_wire_message (GstBus *bus, GstMessage *message, gpointer data)
{
  Ear *ear = data;
  const GstStructure *told = gst_message_get_structure (message);
  guint64 local_ns, remote_ns, rtt_ns;

  if (told != NULL && gst_structure_has_name (told, "gst-netclock-statistics") &&
      gst_structure_get (told, "local", G_TYPE_UINT64, &local_ns, "remote", G_TYPE_UINT64, &remote_ns, "rtt", G_TYPE_UINT64,
                         &rtt_ns, NULL))
    observe (ear->core, ear->server, local_ns, remote_ns, rtt_ns);
  /* Dropping is for the handler to do. */
  gst_message_unref (message);
  return GST_BUS_DROP;
}

static void
drop_wire (TuttiNetTime *self)
{
  g_mutex_lock (&self->core->lock);
  self->core->following = FALSE;
  g_mutex_unlock (&self->core->lock);
  if (self->wire != NULL)
    g_object_set (self->wire, "bus", NULL, NULL);
  gst_clear_object (&self->wire);
  g_clear_pointer (&self->relay, tutti_time_relay_free);
}

static void
tutti_net_time_dispose (GObject *object)
{
  TuttiNetTime *self = TUTTI_NET_TIME (object);

  drop_wire (self);
  g_clear_object (&self->provider);
  G_OBJECT_CLASS (tutti_net_time_parent_class)->dispose (object);
}

static void
tutti_net_time_finalize (GObject *object)
{
  TuttiNetTime *self = TUTTI_NET_TIME (object);

  core_unref (self->core);
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
  /* the core comes with the constructor, which knows the local time */
}

TuttiNetTime *
tutti_net_time_new (const TuttiLocalTime *local)
{
  TuttiNetTime *self = g_object_new (TUTTI_TYPE_NET_TIME, NULL);

  self->core = core_new (local);
  return self;
}

TuttiSharedClock *
tutti_net_time_get_clock (TuttiNetTime *self)
{
  return self->core->clock;
}

/* The provider shares its port with whoever else would (SO_REUSEADDR), and then half of the questions go to the other: ask first. */
static gboolean
port_is_free (GSocketFamily family, const char *any, guint16 port)
{
  g_autoptr (GSocket) probe = g_socket_new (family, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (any, port);

  return port == 0 || (probe != NULL && g_socket_bind (probe, address, FALSE, NULL));
}

/* With no address the provider listens on IPv4 only; a kernel without IPv6 has no "::". */
static GstNetTimeProvider *
provide (TuttiNetTime *self, guint16 port)
{
  GstClock *clock = GST_CLOCK (self->core->clock);
  GstNetTimeProvider *provider = NULL;

  if (!port_is_free (G_SOCKET_FAMILY_IPV4, "0.0.0.0", port))
    return NULL;
  if (port_is_free (G_SOCKET_FAMILY_IPV6, "::", port))
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

/* GstNetClientClock loses the interface of a link-local address, so those are reached through a relay of our own. */
static gboolean
find_way (TuttiNetTime *self, const char *address, guint16 port, char **direct, guint16 *direct_port, GError **error)
{
  g_autoptr (GSocketAddress) socket_address = g_inet_socket_address_new_from_string (address, port);

  if (socket_address == NULL || port == 0)
    {
      g_set_error (error, TUTTI_NET_TIME_ERROR, TUTTI_NET_TIME_ERROR_ADDRESS, "“%s” port %u is not a numeric address", address, port);
      return FALSE;
    }
  GInetAddress *inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (socket_address));
  if (g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV6 && g_inet_address_get_is_link_local (inet))
    {
      self->relay = tutti_time_relay_new (socket_address, direct_port, error);
      *direct = g_strdup ("127.0.0.1");
      return self->relay != NULL;
    }
  *direct = g_inet_address_to_string (inet);
  *direct_port = port;
  return TRUE;
}

static GstBus *
bus_for (TuttiNetTime *self, guint server)
{
  GstBus *bus = gst_bus_new ();
  Ear *ear = g_new0 (Ear, 1);

  ear->core = g_atomic_rc_box_acquire (self->core);
  ear->server = server;
  gst_bus_set_sync_handler (bus, on_wire_message, ear, ear_free);
  return bus;
}

gboolean
tutti_net_time_follow (TuttiNetTime *self, const char *address, guint16 port, GError **error)
{
  g_autofree char *direct = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstClock) inner = NULL;
  guint16 direct_port = 0;

  g_return_val_if_fail (TUTTI_IS_NET_TIME (self), FALSE);

  drop_wire (self);
  if (!find_way (self, address, port, &direct, &direct_port, error))
    return FALSE;

  g_mutex_lock (&self->core->lock);
  guint server = ++self->core->server;
  self->core->following = self->core->ever_followed = TRUE;
  self->core->newest_reply_ns = 0;
  self->core->asked_ns = tutti_monotonic_ns ();
  tutti_clock_fit_thaw (self->core->fit);
  g_mutex_unlock (&self->core->lock);

  bus = bus_for (self, server);
  self->wire = gst_net_client_clock_new (NULL, direct, direct_port, 0);
  g_object_set (self->wire, "minimum-update-interval", UPDATE_INTERVAL, NULL);
  g_object_get (self->wire, "internal-clock", &inner, NULL);
  if (inner != NULL)
    g_object_set (inner, "timeout", INNER_TIMEOUT, "window-size", INNER_WINDOW, NULL);
  g_object_set (self->wire, "bus", bus, NULL);
  return TRUE;
}

void
tutti_net_time_hold (TuttiNetTime *self)
{
  drop_wire (self);
  g_mutex_lock (&self->core->lock);
  tutti_clock_fit_freeze (self->core->fit);
  g_mutex_unlock (&self->core->lock);
}

void
tutti_net_time_restart (TuttiNetTime *self)
{
  g_mutex_lock (&self->core->lock);
  tutti_clock_fit_reset (self->core->fit);
  g_mutex_unlock (&self->core->lock);
}

void
tutti_net_time_be_alone (TuttiNetTime *self)
{
  drop_wire (self);
  g_mutex_lock (&self->core->lock);
  tutti_clock_fit_reset (self->core->fit);
  self->core->ever_followed = FALSE;
  self->core->newest_reply_ns = 0;
  tutti_shared_clock_set_line (self->core->clock, NULL);
  g_mutex_unlock (&self->core->lock);
}

void
tutti_net_time_get_state (TuttiNetTime *self, TuttiNetTimeState *state)
{
  g_mutex_lock (&self->core->lock);
  *state = (TuttiNetTimeState) { .following = self->core->following, .newest_reply_ns = self->core->newest_reply_ns,
                                 .asked_ns = self->core->following ? self->core->asked_ns : 0 };
  tutti_clock_fit_get_state (self->core->fit, &state->fit);
  if (!self->core->ever_followed)
    state->fit.settled = TRUE;
  g_mutex_unlock (&self->core->lock);
}

gboolean
tutti_net_time_is_silent (const TuttiNetTimeState *state, gint64 now_ns)
{
  return state->following && state->newest_reply_ns == 0 && state->fit.n_observations == 0 &&
         now_ns - state->asked_ns >= TUTTI_NET_TIME_SILENT_NS;
}
