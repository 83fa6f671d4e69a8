/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-studio-sessions.h"

#include "tutti-demo.h"
#include "tutti-json-read.h"
#include "tutti-link.h"
#include "tutti-names.h"
#include "tutti-room.h"
#include "tutti-settings.h"
#include "tutti-studio-share.h"

#include <glib/gi18n.h>
#include <string.h>

#define KEPT_SHOWN 12

struct _TuttiStudioSessions
{
  TuttiStudio    *studio;          /* owned */
  TuttiBrowser   *browser;         /* owned; NULL without discovery */
  TuttiStartPage *page;            /* weak */
};

static void show_kept (TuttiStudioSessions *self);

/* ---- opening ---- */

static void
introduce_me (TuttiStudioSessions *self)
{
  int colour;
  g_autofree char *name = tutti_settings_dup_profile (&colour);

  if (*name != '\0')
    tutti_studio_set_person (self->studio, name, MAX (colour, 0));
}

static TuttiSession *
open_jam (TuttiStudioSessions *self, const char *id, GError **error)
{
  introduce_me (self);
  return tutti_session_open (self->studio, id, NULL, error);
}

static TuttiSession *
make_jam (TuttiStudioSessions *self, const char *name, gboolean demo, GError **error)
{
  guint32 counter = 0, creator = (guint32) g_random_int_range (1, G_MAXINT32);
  g_autoptr(GPtrArray) ops = demo ? tutti_demo_ops (creator, &counter) : tutti_demo_empty (creator, &counter);
  g_autofree char *invented = tutti_names_jam (((guint64) g_random_int () << 32) | g_random_int ());
  g_autofree char *id = tutti_room_create (tutti_studio_get_store (self->studio), name != NULL && *name != '\0' ? name : invented,
                                           ops, error);

  return id != NULL ? open_jam (self, id, error) : NULL;
}

static TuttiSession *
new_beat (gpointer self, GError **error)
{
  return make_jam (self, NULL, TRUE, error);
}

static TuttiSession *
host (gpointer self, const TuttiHostWish *wish, GError **error)
{
  TuttiSessionDoor door = { .port = TUTTI_DEFAULT_PORT, .people_max = wish->people_max, .announce = TRUE };
  g_autoptr(TuttiSession) session = make_jam (self, wish->name, wish->demo, error);

  if (session == NULL || !tutti_session_host (session, &door, error))
    return NULL;
  return g_steal_pointer (&session);
}

static TuttiSession *
open_kept (gpointer self, const char *id, GError **error)
{
  return open_jam (self, id, error);
}

/* ---- joining ---- */

static TuttiAddress *
address_of_ad (const TuttiJamAd *ad)
{
  g_autoptr(GSocketAddress) socket = ad->n_addresses > 0 ? tutti_jam_address_to_socket_address (&ad->addresses[0]) : NULL;
  TuttiAddress *address = socket != NULL ? tutti_address_new_from_socket (G_INET_SOCKET_ADDRESS (socket)) : NULL;

  if (address != NULL && tutti_address_is_jam_id (ad->id))
    address->jam = g_strdup (ad->id);
  return address;
}

static TuttiSession *
join (gpointer data, const char *id_or_address, GError **error)
{
  TuttiStudioSessions *self = data;
  TuttiNearbyJam *nearby = self->browser != NULL ? tutti_browser_find (self->browser, id_or_address) : NULL;
  const TuttiJamAd *ad = nearby != NULL ? tutti_nearby_jam_get_ad (nearby) : NULL;
  g_autoptr(TuttiAddress) address = ad != NULL ? address_of_ad (ad) : tutti_address_parse (id_or_address, error);

  if (address == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("This jam cannot be reached any more."));
      return NULL;
    }
  introduce_me (self);
  return tutti_session_join (self->studio, address, ad != NULL && *ad->fingerprint != '\0' ? ad->fingerprint : NULL, FALSE, NULL);
}

static gboolean
understands (const char *text)
{
  g_autoptr(TuttiAddress) address = tutti_address_parse (text, NULL);

  return address != NULL;
}

static const char *
words_of_close (TuttiClose code)
{
  switch (code)
    {
    case TUTTI_CLOSE_FULL:
      return _("This jam is full. Your seat is kept if you were here before.");
    case TUTTI_CLOSE_PROTOCOL_VERSION:
      return _("This jam runs another version of Tutti. Update to play together.");
    case TUTTI_CLOSE_KICKED:
      return _("You were removed from the jam.");
    case TUTTI_CLOSE_REPLACED:
      return _("You joined this jam again from elsewhere.");
    case TUTTI_CLOSE_NO_SUCH_JAM:
    case TUTTI_CLOSE_JAM_ENDED:
      return _("This jam has ended.");
    default:
      return _("The host ended the connection.");
    }
}

static const char *
words_of_link (TuttiLinkError code)
{
  switch (code)
    {
    case TUTTI_LINK_ERROR_WRONG_IDENTITY:
      return _("This host shows another identity than announced. Not joined.");
    case TUTTI_LINK_ERROR_NOT_TUTTI:
      return _("Something answers there, but it is not Tutti.");
    case TUTTI_LINK_ERROR_VERSION:
      return _("This jam runs another version of Tutti. Update to play together.");
    case TUTTI_LINK_ERROR_NO_SUCH_JAM:
      return _("This jam has ended.");
    case TUTTI_LINK_ERROR_BUSY:
      return _("Too many connections at once. Try again in a moment.");
    default:
      return _("The host does not answer. It may have closed, or a firewall is in the way.");
    }
}

static char *
words (gpointer self, TuttiSession *session)
{
  const GError *end = tutti_session_get_end (session);

  if (end == NULL)
    return g_strdup (_("This jam was left."));
  if (end->domain == TUTTI_SESSION_ERROR)
    return g_strdup (words_of_close ((TuttiClose) end->code));
  if (end->domain == TUTTI_LINK_ERROR)
    return g_strdup (words_of_link ((TuttiLinkError) end->code));
  if (g_error_matches (end, TUTTI_PINS_ERROR, TUTTI_PINS_ERROR_CHANGED))
    return g_strdup (_("This host shows another identity than last time. Somebody may be posing as it. Not joined."));
  return g_strdup (end->message);
}

static void
share (gpointer data, TuttiSession *session, TuttiShared told, gpointer user_data)
{
  tutti_studio_share (session, told, user_data);
}

static char *
link_of (gpointer data, TuttiSession *session)
{
  return tutti_studio_share_link (session);
}

static void
close_session (gpointer data, TuttiSession *session)
{
  TuttiStudioSessions *self = data;

  tutti_session_leave (session);
  if (self->page != NULL)
    show_kept (self);
}

/* ---- the start page's lists ---- */

static void
read_pattern (const char *miniature, TuttiMiniaturePattern *pattern)
{
  g_autoptr(JsonNode) node = miniature != NULL ? tutti_json_parse (miniature, strlen (miniature), TUTTI_JSON_DEFAULT, NULL) : NULL;
  JsonArray *rows;

  if (node == NULL || !tutti_json_check_array (node, "rows", TUTTI_MINIATURE_ROWS, &rows, NULL))
    return;
  for (guint row = 0; row < json_array_get_length (rows); row++)
    {
      const char *colour, *steps;
      JsonObject *object;

      if (!tutti_json_item_object (rows, row, &object, NULL) || !tutti_json_read_string (object, "c", 16, &colour, NULL) ||
          !tutti_json_read_string (object, "s", TUTTI_MINIATURE_STEPS, &steps, NULL))
        return;
      for (guint8 i = 0; i < TUTTI_N_COLOURS; i++)
        if (g_str_equal (tutti_colour_names[i], colour))
          pattern->colour[row] = i;
      for (guint i = 0; steps[i] != '\0'; i++)
        pattern->on[row] |= (guint16) ((steps[i] == 'x') << i);
    }
}

static void
show_kept (TuttiStudioSessions *self)
{
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (tutti_studio_get_store (self->studio), FALSE, KEPT_SHOWN, NULL);
  g_autofree TuttiKept *kept = g_new0 (TuttiKept, KEPT_SHOWN);

  for (guint i = 0; jams != NULL && i < jams->len; i++)
    {
      const TuttiStoreJam *jam = jams->pdata[i];

      g_strlcpy (kept[i].id, jam->id, sizeof kept[i].id);
      g_strlcpy (kept[i].name, jam->name, sizeof kept[i].name);
      kept[i].opened_us = MAX (jam->opened_us, jam->updated_us);
      kept[i].n_tracks = (guint) MAX (jam->n_tracks, 0);
      read_pattern (jam->miniature, &kept[i].pattern);
    }
  tutti_start_page_set_kept (self->page, kept, jams != NULL ? jams->len : 0);
}

static void
show_nearby (TuttiStudioSessions *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->browser)), shown = 0;
  g_autofree TuttiNearby *nearby = g_new0 (TuttiNearby, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TuttiNearbyJam) jam = g_list_model_get_item (G_LIST_MODEL (self->browser), i);
      const TuttiJamAd *ad = tutti_nearby_jam_get_ad (jam);
      TuttiNearby *row = &nearby[shown];

      if (ad->local)
        continue;
      g_strlcpy (row->id, ad->id, sizeof row->id);
      g_strlcpy (row->name, ad->name, sizeof row->name);
      g_strlcpy (row->machine, ad->host, sizeof row->machine);
      row->people = ad->people;
      row->people_max = ad->people_max;
      row->tempo_cbpm = (int) ad->tempo_cbpm;
      row->locked = ad->locked;
      shown++;
    }
  tutti_start_page_set_nearby (self->page, nearby, shown);
}

static void
on_ad (TuttiNearbyJam *jam, GParamSpec *spec, TuttiStudioSessions *self)
{
  if (self->page != NULL)
    show_nearby (self);
}

static void
on_nearby (GListModel *browser, guint position, guint removed, guint added, TuttiStudioSessions *self)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr(TuttiNearbyJam) jam = g_list_model_get_item (browser, position + i);

      g_signal_connect (jam, "notify::ad", G_CALLBACK (on_ad), self);
    }
  if (self->page != NULL)
    show_nearby (self);
}

static void
on_looking (TuttiBrowser *browser, GParamSpec *spec, TuttiStudioSessions *self)
{
  TuttiDiscoveryState state = tutti_browser_get_state (browser);

  if (self->page != NULL)
    tutti_start_page_set_looking (self->page, state == TUTTI_DISCOVERY_NO_AVAHI     ? TUTTI_LOOKING_NO_AVAHI
                                              : state == TUTTI_DISCOVERY_NO_NETWORK ? TUTTI_LOOKING_NO_NETWORK
                                                                                    : TUTTI_LOOKING, NULL);
}

static void
watch (gpointer data, TuttiStartPage *page)
{
  TuttiStudioSessions *self = data;

  g_set_weak_pointer (&self->page, page);
  show_kept (self);
  if (self->browser == NULL)
    {
      tutti_start_page_set_looking (page, TUTTI_LOOKING_NO_AVAHI, NULL);
      return;
    }
  show_nearby (self);
  on_looking (self->browser, NULL, self);
}

/* ---- life ---- */

TuttiStudioSessions *
tutti_studio_sessions_new (TuttiStudio *studio)
{
  TuttiStudioSessions *self = g_new0 (TuttiStudioSessions, 1);
  TuttiDiscovery *discovery = tutti_studio_get_discovery (studio);

  self->studio = g_object_ref (studio);
  if (discovery == NULL)
    return self;
  self->browser = tutti_discovery_browse (discovery);
  g_signal_connect (self->browser, "items-changed", G_CALLBACK (on_nearby), self);
  g_signal_connect (self->browser, "notify::state", G_CALLBACK (on_looking), self);
  return self;
}

void
tutti_studio_sessions_free (TuttiStudioSessions *self)
{
  guint n = self->browser != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->browser)) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TuttiNearbyJam) jam = g_list_model_get_item (G_LIST_MODEL (self->browser), i);

      g_signal_handlers_disconnect_by_data (jam, self);
    }
  if (self->browser != NULL)
    g_signal_handlers_disconnect_by_data (self->browser, self);
  g_clear_object (&self->browser);
  g_clear_weak_pointer (&self->page);
  g_object_unref (self->studio);
  g_free (self);
}

TuttiSessions
tutti_studio_sessions_seam (TuttiStudioSessions *self)
{
  return (TuttiSessions) { new_beat, host, join, open_kept, words, understands, watch, share, link_of, close_session, self };
}
