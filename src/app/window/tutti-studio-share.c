/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-studio-share.h"

#include "tutti-room.h"

#include <glib/gi18n.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

/* As the dialog that hosts a new jam proposes. */
#define PEOPLE_MAX 16

/* ---- the way in ---- */

/* How well others reach an address: 0 not at all. Link-local ones mean nothing without the other's own scope. */
static int
worth (GInetAddress *address)
{
  if (g_inet_address_get_is_link_local (address) || g_inet_address_get_is_multicast (address))
    return 0;
  if (g_inet_address_get_is_loopback (address))
    return 1;
  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4 ? 3 : 2;
}

static GInetAddress *
address_of (const struct ifaddrs *interface)
{
  const struct sockaddr *plain = interface->ifa_addr;
  g_autoptr(GSocketAddress) socket = NULL;
  gsize size;

  if (plain == NULL || (interface->ifa_flags & IFF_UP) == 0)
    return NULL;
  size = plain->sa_family == AF_INET ? sizeof (struct sockaddr_in) : plain->sa_family == AF_INET6 ? sizeof (struct sockaddr_in6) : 0;
  socket = size > 0 ? g_socket_address_new_from_native ((gpointer) plain, size) : NULL;
  return socket != NULL ? g_object_ref (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (socket))) : NULL;
}

/* The address of this machine that others reach best. (transfer full) (nullable) */
static char *
own_address (void)
{
  struct ifaddrs *all = NULL;
  char *best = NULL;
  int best_worth = 0;

  if (getifaddrs (&all) != 0)
    return NULL;
  for (const struct ifaddrs *interface = all; interface != NULL; interface = interface->ifa_next)
    {
      g_autoptr(GInetAddress) address = address_of (interface);

      if (address == NULL || worth (address) <= best_worth)
        continue;
      best_worth = worth (address);
      g_free (best);
      best = g_inet_address_to_string (address);
    }
  freeifaddrs (all);
  return best;
}

static TuttiAddress *
address_here (TuttiSession *session)
{
  g_autofree char *host = own_address ();

  return tutti_session_get_port (session) != 0 && host != NULL ? tutti_address_new (host, NULL, tutti_session_get_port (session)) : NULL;
}

char *
tutti_studio_share_link (TuttiSession *session)
{
  g_autoptr(TuttiAddress) address = address_here (session);
  TuttiIdentity *identity = tutti_studio_get_identity (tutti_session_get_studio (session));

  if (address == NULL)
    return NULL;
  address->jam = g_strdup (tutti_session_get_jam_id (session));
  address->fingerprint = g_strdup (tutti_identity_get_fingerprint (identity));
  return tutti_address_to_link (address);
}

/* ---- what to say ---- */

/* Kept by the session until it was said. */
typedef struct
{
  TuttiShared told;
  gpointer    user_data;
} Sharing;

#define SHARING "tutti-sharing"

static void
say (TuttiSession *session, gboolean announced, TuttiShared told, gpointer user_data)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  g_autoptr(TuttiAddress) address = address_here (session);
  g_autofree char *place = address != NULL ? tutti_address_to_text (address) : g_strdup ("localhost");
  g_autofree char *words = NULL;

  words = announced ? g_strdup_printf (_("Hosting %s. Others on this network see it now."), jam != NULL ? jam->name : "")
                    : g_strdup_printf (_("Hosting without announcement: Avahi is not running. Others can join at %s."), place);
  told (words, user_data);
}

static void
on_announced (TuttiPublisher *publisher, GParamSpec *spec, TuttiSession *session)
{
  TuttiPublisherState state = tutti_publisher_get_state (publisher);
  g_autofree Sharing *sharing = state != TUTTI_PUBLISHER_PENDING ? g_object_steal_data (G_OBJECT (session), SHARING) : NULL;

  if (sharing != NULL)
    say (session, state == TUTTI_PUBLISHER_PUBLISHED, sharing->told, sharing->user_data);
}

void
tutti_studio_share (TuttiSession *session, TuttiShared told, gpointer user_data)
{
  TuttiSessionDoor door = { .port = TUTTI_DEFAULT_PORT, .people_max = PEOPLE_MAX, .announce = TRUE };
  g_autoptr(GError) error = NULL;
  TuttiPublisher *publisher;
  Sharing *sharing;

  if (!tutti_session_host (session, &door, &error))
    {
      told (error->message, user_data);
      return;
    }
  publisher = tutti_session_get_publisher (session);
  if (publisher == NULL)
    {
      say (session, FALSE, told, user_data);
      return;
    }
  sharing = g_new (Sharing, 1);
  *sharing = (Sharing) { told, user_data };
  g_object_set_data_full (G_OBJECT (session), SHARING, sharing, g_free);
  g_signal_connect_object (publisher, "notify::state", G_CALLBACK (on_announced), session, 0);
  on_announced (publisher, NULL, session);
}
