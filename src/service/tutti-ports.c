/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-ports.h"

#include <netinet/in.h>

enum { TRIES = 20 };

/* Returns: the bound socket, not yet listening, or NULL. IPv6 sockets take IPv6 only: then a port is either free for
 * both families or not, whatever the system's default is. */
static GSocket *
bind_one (GSocketFamily family, guint16 port, gboolean loopback, GError **error)
{
  g_autoptr(GSocket) socket = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  g_autoptr(GInetAddress) inet = loopback ? g_inet_address_new_loopback (family) : g_inet_address_new_any (family);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (inet, port);

  if (socket == NULL)
    return NULL;
  if (family == G_SOCKET_FAMILY_IPV6)
    g_socket_set_option (socket, IPPROTO_IPV6, IPV6_V6ONLY, 1, NULL);
  return g_socket_bind (socket, address, TRUE, error) ? g_steal_pointer (&socket) : NULL;
}

static guint16
port_of (GSocket *socket)
{
  g_autoptr(GSocketAddress) address = g_socket_get_local_address (socket, NULL);

  return address != NULL ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)) : 0;
}

static gboolean
add (GSocketListener *listener, GSocket *socket, GError **error)
{
  g_socket_set_listen_backlog (socket, 128);
  return g_socket_listen (socket, error) && g_socket_listener_add_socket (listener, socket, NULL, error);
}

/* Both families on one port. Only "taken" is a reason to try another port; a missing family is none. */
static guint16
try_port (GSocketListener *listener, guint16 port, gboolean loopback, GError **error)
{
  g_autoptr(GError) v6_error = NULL;
  g_autoptr(GSocket) v4 = bind_one (G_SOCKET_FAMILY_IPV4, port, loopback, error);
  g_autoptr(GSocket) v6 = NULL;

  if (v4 == NULL)
    return 0;
  v6 = bind_one (G_SOCKET_FAMILY_IPV6, port_of (v4), loopback, &v6_error);
  if (v6 == NULL && g_error_matches (v6_error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    {
      g_propagate_error (error, g_steal_pointer (&v6_error));
      return 0;
    }
  if (!add (listener, v4, error) || (v6 != NULL && !add (listener, v6, error)))
    return 0;
  return port_of (v4);
}

guint16
tutti_ports_bind (GSocketListener *listener, guint16 port, gboolean loopback, GError **error)
{
  for (guint i = 0; i < TRIES; i++)
    {
      g_autoptr(GError) problem = NULL;
      guint32 wanted = port == 0 ? 0 : (guint32) port + i;
      guint16 bound = wanted <= G_MAXUINT16 ? try_port (listener, wanted, loopback, &problem) : 0;

      if (bound != 0)
        return bound;
      if (problem != NULL && !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return 0;
        }
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE, "port %u and the %d behind it are taken", port, TRIES - 1);
  return 0;
}
