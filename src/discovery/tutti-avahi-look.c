/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-avahi-look.h"

#include "tutti-browser-private.h"

#include <avahi-client/lookup.h>
#include <avahi-common/error.h>
#include <avahi-common/strlst.h>
#include <string.h>

/* Names resolved at a time; a flood beyond it is refused. */
#define RESOLVERS_MAX 512
/* A resolver gives up after some seconds without answer; it is begun again after this, doubling up to the limit. A
 * machine that lost its power leaves its name in the caches for 75 minutes, and asking is a multicast to everyone. */
#define RESOLVE_AGAIN_MS 1000
#define RESOLVE_AGAIN_MAX_MS 16000

struct _TuttiAvahiLook
{
  /* either thread, never changed */
  GMainContext        *owner;
  TuttiAvahiClient    *client;          /* borrowed: @discovery keeps it */
  /* owner's thread */
  GObject             *discovery;       /* owned until stopped */
  TuttiBrowser        *browser;         /* borrowed; NULL once stopped */
  /* worker's thread */
  AvahiClient         *avahi;
  AvahiServiceBrowser *services;
  GPtrArray           *resolvers;       /* (element-type Resolver) */
};

typedef struct
{
  TuttiAvahiLook       *look;
  AvahiIfIndex          interface;
  AvahiProtocol         protocol;
  char                 *name;
  char                 *domain;
  char                 *key;
  AvahiServiceResolver *resolver;
  GSource              *again;
  guint                 again_ms;
} Resolver;

/* --- from worker to owner --- */

typedef enum { SEE, LOSE, REFUSE, STATE } ReportKind;

typedef struct
{
  TuttiAvahiLook     *look;             /* owned */
  ReportKind          kind;
  char               *key;              /* the name, for REFUSE */
  char               *reason;
  TuttiJamAd          ad;
  TuttiDiscoveryState state;
} Report;

static void
look_clear (gpointer data)
{
  TuttiAvahiLook *self = data;

  g_ptr_array_unref (self->resolvers);
  g_main_context_unref (self->owner);
}

static void
look_unref (TuttiAvahiLook *self)
{
  g_atomic_rc_box_release_full (self, look_clear);
}

static void
report_free (gpointer data)
{
  Report *report = data;

  look_unref (report->look);
  g_free (report->key);
  g_free (report->reason);
  g_free (report);
}

static gboolean
on_report (gpointer data)
{
  Report *report = data;
  TuttiBrowser *browser = report->look->browser;

  if (browser == NULL)
    return G_SOURCE_REMOVE;
  g_object_ref (browser);
  switch (report->kind)
    {
    case SEE:
      tutti_browser_see (browser, report->key, &report->ad);
      break;
    case LOSE:
      tutti_browser_lose (browser, report->key);
      break;
    case REFUSE:
      tutti_browser_refuse (browser, report->key, report->reason);
      break;
    case STATE:
    default:
      tutti_browser_set_state (browser, report->state);
    }
  g_object_unref (browser);
  return G_SOURCE_REMOVE;
}

static Report *
report_new (TuttiAvahiLook *self, ReportKind kind, const char *key)
{
  Report *report = g_new0 (Report, 1);

  report->look = g_atomic_rc_box_acquire (self);
  report->kind = kind;
  report->key = g_strdup (key);
  return report;
}

static void
send_report (Report *report)
{
  tutti_avahi_post (report->look->owner, on_report, report, report_free);
}

static void
refuse (TuttiAvahiLook *self, const char *name, const char *reason)
{
  Report *report = report_new (self, REFUSE, name);

  report->reason = g_strdup (reason);
  send_report (report);
}

/* --- resolving, in the worker --- */

static void
resolver_free (gpointer data)
{
  Resolver *resolver = data;

  g_clear_pointer (&resolver->resolver, avahi_service_resolver_free);
  tutti_avahi_timeout_clear (&resolver->again);
  g_free (resolver->name);
  g_free (resolver->domain);
  g_free (resolver->key);
  g_free (resolver);
}

static gboolean
read_txt (AvahiStringList *txt, TuttiJamAd *ad, GError **error)
{
  guint8 bytes[TUTTI_AD_TXT_MAX + 1];
  size_t size = avahi_string_list_serialize (txt, NULL, 0);

  /* Too long is for the decoder to say; it does not look at more than the size. */
  if (size > sizeof bytes)
    size = sizeof bytes;
  else
    size = avahi_string_list_serialize (txt, bytes, sizeof bytes);
  return tutti_jam_ad_decode_txt (bytes, size, ad, error);
}

static gboolean
read_address (const AvahiAddress *from, guint16 port, AvahiIfIndex interface, TuttiJamAd *ad)
{
  gboolean v6 = from->proto == AVAHI_PROTO_INET6;
  g_autoptr(GInetAddress) inet =
    g_inet_address_new_from_bytes (v6 ? from->data.ipv6.address : (const guint8 *) &from->data.ipv4.address,
                                   v6 ? G_SOCKET_FAMILY_IPV6 : G_SOCKET_FAMILY_IPV4);
  TuttiJamAddress address;

  return tutti_jam_address_from_inet (&address, inet, port, (guint32) interface) &&
         tutti_jam_ad_add_address (ad, &address);
}

static gboolean
read_ad (const Resolver *resolver, const char *host, const AvahiAddress *address, guint16 port,
         AvahiStringList *txt, gboolean local, TuttiJamAd *ad, GError **error)
{
  const char *dot = strchr (host, '.');
  gsize length = dot != NULL ? (gsize) (dot - host) : strlen (host);

  ad->port = port;
  ad->local = local;
  if (!tutti_jam_ad_set_name (ad, resolver->name, error) || !read_txt (txt, ad, error))
    return FALSE;
  if (g_utf8_validate (host, (gssize) length, NULL))
    g_strlcpy (ad->host, host, MIN (sizeof ad->host, length + 1));
  if (!read_address (address, port, resolver->interface, ad))
    {
      g_set_error_literal (error, TUTTI_DISCOVERY_ERROR, TUTTI_DISCOVERY_ERROR_INVALID,
                           "it has no address to connect to");
      return FALSE;
    }
  return TRUE;
}

static gboolean resolve_again (gpointer data);

static void
begin_again_soon (Resolver *resolver)
{
  if (resolver->again != NULL)
    return;
  resolver->again = tutti_avahi_timeout_new (resolver->look->client, resolver->again_ms, resolve_again, resolver);
  resolver->again_ms = MIN (2 * resolver->again_ms, RESOLVE_AGAIN_MAX_MS);
}

/* Called at each change of the service for as long as the resolver lives. A failure means that nobody answers for
 * the name any more: where the machine went without a goodbye, its address (two minutes) tells long before its name
 * does (75 minutes), so that the jam leaves the list now and returns if somebody answers. */
static void
on_resolved (AvahiServiceResolver *r, AvahiIfIndex interface, AvahiProtocol protocol, AvahiResolverEvent event,
             const char *name, const char *type, const char *domain, const char *host,
             const AvahiAddress *address, uint16_t port, AvahiStringList *txt,
             AvahiLookupResultFlags flags, void *user_data)
{
  Resolver *resolver = user_data;
  TuttiAvahiLook *self = resolver->look;
  g_autoptr(GError) error = NULL;
  TuttiJamAd ad = { 0 };

  if (event != AVAHI_RESOLVER_FOUND)
    {
      send_report (report_new (self, LOSE, resolver->key));
      begin_again_soon (resolver);
      return;
    }
  resolver->again_ms = RESOLVE_AGAIN_MS;
  if (read_ad (resolver, host, address, port, txt, (flags & AVAHI_LOOKUP_RESULT_LOCAL) != 0, &ad, &error))
    {
      Report *report = report_new (self, SEE, resolver->key);

      report->ad = ad;
      send_report (report);
      return;
    }
  send_report (report_new (self, LOSE, resolver->key));
  refuse (self, resolver->name, error->message);
}

/* The address is asked for by the protocol it was seen with, so that both families come up, each once. */
static void
resolve (Resolver *resolver)
{
  TuttiAvahiLook *self = resolver->look;

  resolver->resolver = avahi_service_resolver_new (self->avahi, resolver->interface, resolver->protocol,
                                                   resolver->name, TUTTI_DISCOVERY_SERVICE_TYPE,
                                                   resolver->domain, resolver->protocol, 0,
                                                   on_resolved, resolver);
  if (resolver->resolver == NULL)
    begin_again_soon (resolver);
}

static gboolean
resolve_again (gpointer data)
{
  Resolver *resolver = data;

  tutti_avahi_timeout_clear (&resolver->again);
  g_clear_pointer (&resolver->resolver, avahi_service_resolver_free);
  resolve (resolver);
  return G_SOURCE_REMOVE;
}

static char *
make_key (AvahiIfIndex interface, AvahiProtocol protocol, const char *name, const char *domain)
{
  return g_strdup_printf ("%d/%d/%s/%s", interface, protocol, name, domain);
}

static Resolver *
find_resolver (TuttiAvahiLook *self, const char *key)
{
  for (guint i = 0; i < self->resolvers->len; i++)
    {
      Resolver *resolver = g_ptr_array_index (self->resolvers, i);

      if (strcmp (resolver->key, key) == 0)
        return resolver;
    }
  return NULL;
}

static void
appeared (TuttiAvahiLook *self, AvahiIfIndex interface, AvahiProtocol protocol, const char *name,
          const char *domain)
{
  g_autofree char *key = make_key (interface, protocol, name, domain);
  Resolver *resolver;

  if (find_resolver (self, key) != NULL)
    return;
  if (self->resolvers->len == RESOLVERS_MAX)
    {
      refuse (self, name, "more jams are advertised than can be looked at");
      return;
    }
  resolver = g_new0 (Resolver, 1);
  resolver->look = self;
  resolver->interface = interface;
  resolver->protocol = protocol;
  resolver->name = g_strdup (name);
  resolver->domain = g_strdup (domain);
  resolver->key = g_steal_pointer (&key);
  resolver->again_ms = RESOLVE_AGAIN_MS;
  g_ptr_array_add (self->resolvers, resolver);
  resolve (resolver);
}

static void
vanished (TuttiAvahiLook *self, const char *key)
{
  Resolver *resolver = find_resolver (self, key);

  if (resolver == NULL)
    return;
  send_report (report_new (self, LOSE, key));
  g_ptr_array_remove_fast (self->resolvers, resolver);
}

static void
on_browsed (AvahiServiceBrowser *services, AvahiIfIndex interface, AvahiProtocol protocol,
            AvahiBrowserEvent event, const char *name, const char *type, const char *domain,
            AvahiLookupResultFlags flags, void *user_data)
{
  TuttiAvahiLook *self = user_data;

  if (event == AVAHI_BROWSER_NEW)
    appeared (self, interface, protocol, name, domain);
  else if (event == AVAHI_BROWSER_REMOVE)
    {
      g_autofree char *key = make_key (interface, protocol, name, domain);

      vanished (self, key);
    }
  else if (event == AVAHI_BROWSER_FAILURE)
    tutti_avahi_client_restart (self->client);
}

static void
close_eyes (TuttiAvahiLook *self)
{
  while (self->resolvers->len > 0)
    {
      g_autofree char *key = g_strdup (((Resolver *) g_ptr_array_index (self->resolvers, 0))->key);

      vanished (self, key);
    }
  g_clear_pointer (&self->services, avahi_service_browser_free);
  self->avahi = NULL;
}

static void
on_client_changed (gpointer listener, AvahiClient *client, gboolean established)
{
  TuttiAvahiLook *self = listener;

  if (client == NULL || client != self->avahi)
    close_eyes (self);
  if (client == NULL || self->services != NULL)
    return;
  self->avahi = client;
  self->services = avahi_service_browser_new (client, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC,
                                              TUTTI_DISCOVERY_SERVICE_TYPE, NULL, 0, on_browsed, self);
  if (self->services == NULL)
    tutti_avahi_client_restart (self->client);
}

static void
on_client_state (gpointer listener, TuttiDiscoveryState state)
{
  Report *report = report_new (listener, STATE, NULL);

  report->state = state;
  send_report (report);
}

static const TuttiAvahiListener listener_calls = { on_client_changed, on_client_state };

static gboolean
start_in_worker (gpointer data)
{
  TuttiAvahiLook *self = data;

  tutti_avahi_client_listen (self->client, &listener_calls, self);
  return G_SOURCE_REMOVE;
}

static gboolean
stop_in_worker (gpointer data)
{
  TuttiAvahiLook *self = data;

  tutti_avahi_client_unlisten (self->client, self);
  return G_SOURCE_REMOVE;
}

/* --- the owner's side --- */

TuttiAvahiLook *
tutti_avahi_look_new (TuttiAvahiClient *client, GMainContext *owner, GObject *discovery, TuttiBrowser *browser)
{
  TuttiAvahiLook *self = g_atomic_rc_box_new0 (TuttiAvahiLook);

  self->client = client;
  self->owner = g_main_context_ref (owner);
  self->discovery = g_object_ref (discovery);
  self->browser = browser;
  self->resolvers = g_ptr_array_new_with_free_func (resolver_free);
  tutti_avahi_post (tutti_avahi_client_get_context (client), start_in_worker,
                    g_atomic_rc_box_acquire (self), (GDestroyNotify) look_unref);
  return self;
}

void
tutti_avahi_look_stop (TuttiAvahiLook *self)
{
  GObject *discovery = g_steal_pointer (&self->discovery);

  self->browser = NULL;
  tutti_avahi_post (tutti_avahi_client_get_context (self->client), stop_in_worker, self,
                    (GDestroyNotify) look_unref);
  g_object_unref (discovery);
}
