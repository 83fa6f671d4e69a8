/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-debug-routes.h"

#include "tutti-address.h"

#include <string.h>

#define ALL "/debug/jams"

static gboolean
is_from_here (SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  return G_IS_INET_SOCKET_ADDRESS (remote) &&
         g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
}

gboolean
tutti_debug_routes_answer (SoupServerMessage *message, const char *path, TuttiDebugText text, gpointer data)
{
  const char *jam = g_str_has_prefix (path, ALL "/") ? path + strlen (ALL "/") : NULL;
  char *answer;

  if (text == NULL || (jam == NULL && !g_str_equal (path, ALL)) || (jam != NULL && !tutti_address_is_jam_id (jam)) ||
      !g_str_equal (soup_server_message_get_method (message), "GET") || !is_from_here (message))
    return FALSE;
  answer = text (data, jam);
  if (answer == NULL)
    return FALSE;
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, answer, strlen (answer));
  return TRUE;
}
