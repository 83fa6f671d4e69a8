/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-code-search.h"

#include "tutti-avahi-discovery.h"
#include "tutti-names.h"

#define LOOK_MS 5000
#define LOOK_EVERY_MS 100

typedef struct
{
  const char   *code;
  TuttiBrowser *browser;       /* borrowed */
  GMainLoop    *loop;          /* borrowed */
  TuttiAddress *found;         /* owned */
  gint64        until_us;
} Search;

/* (nullable) (transfer full) */
static TuttiAddress *
address_of (const TuttiJamAd *ad)
{
  g_autoptr(GSocketAddress) socket = ad->n_addresses > 0 ? tutti_jam_address_to_socket_address (&ad->addresses[0]) : NULL;
  TuttiAddress *address = socket != NULL ? tutti_address_new_from_socket (G_INET_SOCKET_ADDRESS (socket)) : NULL;

  if (address == NULL)
    return NULL;
  address->jam = g_strdup (ad->id);
  address->fingerprint = g_strdup (ad->fingerprint);
  return address;
}

static gboolean
look (gpointer data)
{
  Search *search = data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (search->browser));

  for (guint i = 0; i < n && search->found == NULL; i++)
    {
      g_autoptr(TuttiNearbyJam) jam = g_list_model_get_item (G_LIST_MODEL (search->browser), i);
      const TuttiJamAd *ad = tutti_nearby_jam_get_ad (jam);
      g_autofree char *code = tutti_names_code (ad->id);

      if (g_str_equal (code, search->code) || g_str_equal (ad->name, search->code))
        search->found = address_of (ad);
    }
  if (search->found == NULL && g_get_monotonic_time () < search->until_us)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (search->loop);
  return G_SOURCE_REMOVE;
}

TuttiAddress *
tutti_code_search (const char *code, GError **error)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(TuttiAvahiDiscovery) discovery = tutti_avahi_discovery_new ();
  g_autoptr(TuttiBrowser) browser = tutti_discovery_browse (TUTTI_DISCOVERY (discovery));
  Search search = { code, browser, loop, NULL, g_get_monotonic_time () + LOOK_MS * 1000 };

  g_timeout_add (LOOK_EVERY_MS, look, &search);
  g_main_loop_run (loop);
  if (search.found == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no jam called %s is nearby", code);
  return search.found;
}
