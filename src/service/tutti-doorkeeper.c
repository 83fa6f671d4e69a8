/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-doorkeeper.h"

#include "tutti-bucket.h"
#include "tutti-limits.h"

#include <string.h>

struct _TuttiDoorkeeper
{
  TuttiDoorkeeperLimits limits;
  GHashTable           *neighbours;    /* address text → Neighbour */
  guint                 open;
};

typedef struct
{
  guint       open;
  TuttiBucket rate, requests;
} Neighbour;

TuttiDoorkeeper *
tutti_doorkeeper_new (void)
{
  TuttiDoorkeeper *self = g_new0 (TuttiDoorkeeper, 1);

  self->neighbours = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
tutti_doorkeeper_free (TuttiDoorkeeper *self)
{
  g_hash_table_unref (self->neighbours);
  g_free (self);
}

void
tutti_doorkeeper_set_limits (TuttiDoorkeeper *self, const TuttiDoorkeeperLimits *limits)
{
  self->limits = *limits;
}

char *
tutti_doorkeeper_peer (GSocketAddress *address)
{
  GInetAddress *inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));
  const guint8 *bytes = g_inet_address_to_bytes (inet);
  gboolean v6 = g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV6;
  g_autofree char *whole = g_inet_address_to_string (inet);

  if (!v6 || g_inet_address_get_is_link_local (inet) || g_inet_address_get_is_loopback (inet))
    return g_steal_pointer (&whole);
  if (memcmp (bytes, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12) == 0)      /* IPv4 on a socket for both */
    return g_strdup_printf ("%u.%u.%u.%u", bytes[12], bytes[13], bytes[14], bytes[15]);
  return g_strdup_printf ("%02x%02x:%02x%02x:%02x%02x:%02x%02x::/64", bytes[0], bytes[1], bytes[2], bytes[3], bytes[4],
                          bytes[5], bytes[6], bytes[7]);
}

static Neighbour *
neighbour_of (TuttiDoorkeeper *self, const char *peer)
{
  Neighbour *neighbour = g_hash_table_lookup (self->neighbours, peer);
  gint64 now_us = g_get_monotonic_time ();

  if (neighbour != NULL)
    return neighbour;
  neighbour = g_new0 (Neighbour, 1);
  tutti_bucket_init (&neighbour->rate, self->limits.connect_rate, self->limits.connect_burst, now_us);
  tutti_bucket_init (&neighbour->requests, TUTTI_REQUEST_RATE_MAX, TUTTI_REQUEST_BURST_MAX, now_us);
  g_hash_table_insert (self->neighbours, g_strdup (peer), neighbour);
  return neighbour;
}

static gboolean
is_stale (gpointer peer, gpointer value, gpointer now_us)
{
  Neighbour *neighbour = value;

  return neighbour->open == 0 && tutti_bucket_wait_us (&neighbour->rate, 1, *(gint64 *) now_us) == 0 &&
         tutti_bucket_wait_us (&neighbour->requests, TUTTI_REQUEST_BURST_MAX, *(gint64 *) now_us) == 0;
}

/* An address that has nothing open is remembered for its rates only, and not by the thousand. */
static void
forget_some (TuttiDoorkeeper *self)
{
  gint64 now_us = g_get_monotonic_time ();

  if (g_hash_table_size (self->neighbours) > self->limits.connections)
    g_hash_table_foreach_remove (self->neighbours, is_stale, &now_us);
}

gboolean
tutti_doorkeeper_enter (TuttiDoorkeeper *self, const char *peer)
{
  forget_some (self);
  Neighbour *neighbour = neighbour_of (self, peer);

  if (self->open >= self->limits.connections || g_hash_table_size (self->neighbours) > 2 * self->limits.connections ||
      neighbour->open >= self->limits.connections_per_address ||
      !tutti_bucket_take (&neighbour->rate, 1, g_get_monotonic_time ()))
    return FALSE;
  neighbour->open++;
  self->open++;
  return TRUE;
}

void
tutti_doorkeeper_leave (TuttiDoorkeeper *self, const char *peer)
{
  Neighbour *neighbour = g_hash_table_lookup (self->neighbours, peer);

  neighbour->open--;
  self->open--;
}

gboolean
tutti_doorkeeper_ask (TuttiDoorkeeper *self, const char *peer, guint cost, gint64 *wait_us)
{
  Neighbour *neighbour = neighbour_of (self, peer);
  gint64 now_us = g_get_monotonic_time ();

  *wait_us = tutti_bucket_wait_us (&neighbour->requests, cost, now_us);
  return tutti_bucket_take (&neighbour->requests, cost, now_us);
}
