/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session's way to whoever decides: connecting, being lost, coming back; and opening the door to others. */
#include "tutti-session-private.h"

#include "tutti-backoff.h"

#include <string.h>

/* Hexadecimal digits. */
#define HOST_KEY_LENGTH 40

void
tutti_session_end_with (TuttiSession *self, GQuark domain, int code, const char *words)
{
  if (self->replica == NULL)
    return;
  if (self->end == NULL)
    self->end = g_error_new_literal (domain, code, words);
  g_clear_handle_id (&self->retry, g_source_remove);
  tutti_session_set_state (self, TUTTI_SESSION_ENDED);
}

void
tutti_session_drop_wire (TuttiSession *self)
{
  g_clear_handle_id (&self->try_timeout, g_source_remove);
  g_clear_pointer (&self->wire, tutti_wire_free);
  tutti_session_lose_people (self);
  if (self->replica != NULL)
    tutti_replica_disconnected (self->replica);
}

static gboolean
on_retry (gpointer data)
{
  TuttiSession *self = data;

  self->retry = 0;
  tutti_session_aim (self);
  tutti_session_connect (self);
  return G_SOURCE_REMOVE;
}

static void
try_later (TuttiSession *self)
{
  g_clear_handle_id (&self->retry, g_source_remove);
  self->retry = g_timeout_add (tutti_backoff_ms (self->attempt++, g_random_int ()), on_retry, self);
}

/* Where others would go on, they are looked for; else the host alone, later and later. */
static void
be_away (TuttiSession *self, TuttiClose why)
{
  if (self->replica == NULL)
    return;
  if (self->hosting != NULL)
    {
      try_later (self);
      return;
    }
  tutti_net_time_hold (self->time);
  if (self->lookout == NULL)
    self->lookout = tutti_lookout_new (self);
  /* The host's last word may have been lost with it. */
  if (self->state != TUTTI_SESSION_AWAY)
    self->away_reason = tutti_succession_is_handed (self->succession) ? TUTTI_CLOSE_HANDED_OVER : why;
  tutti_session_set_state (self, TUTTI_SESSION_AWAY);
  if (self->replica == NULL)
    return;
  if (tutti_replica_get_heirs (self->replica)->n > 0 || tutti_succession_is_lost (self->succession))
    tutti_session_seek (self, why);
  else
    try_later (self);
}

TuttiClose
tutti_session_get_away_reason (TuttiSession *self)
{
  return self->away_reason;
}

void
tutti_session_try_now (TuttiSession *self)
{
  if (self->retry == 0)
    return;
  if (tutti_succession_is_lost (self->succession))
    {
      tutti_session_hurry (self);
      return;
    }
  g_clear_handle_id (&self->retry, g_source_remove);
  tutti_session_connect (self);
}

/* The first time, an attempt that fails is an answer; once inside, it is one of many. The way is dropped before anyone is told:
 * whoever is told may leave. */
static void
on_failed (gpointer user, const GError *error)
{
  TuttiSession *self = user;
  gboolean hopeless = g_error_matches (error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_WRONG_IDENTITY) ||
                      g_error_matches (error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_VERSION);

  tutti_session_enter (self);
  tutti_session_drop_wire (self);
  if (self->state == TUTTI_SESSION_JOINING || (hopeless && self->target == NULL))
    tutti_session_end_with (self, error->domain, error->code, error->message);
  else if (tutti_succession_is_lost (self->succession))
    tutti_session_tried (self, error);
  else
    be_away (self, TUTTI_CLOSE_LOST);
  tutti_session_exit (self);
}

static void
on_closed (gpointer user, TuttiClose code, const char *words)
{
  TuttiSession *self = user;

  tutti_session_enter (self);
  tutti_session_drop_wire (self);
  if (tutti_close_is_retryable (code) && self->state != TUTTI_SESSION_JOINING)
    be_away (self, code);
  else
    tutti_session_end_with (self, TUTTI_SESSION_ERROR, (int) code, words);
  tutti_session_exit (self);
}

static void
on_received (gpointer user, const char *text, gsize length)
{
  TuttiSession *self = user;
  g_autoptr(GError) error = NULL;

  tutti_session_enter (self);
  if (!tutti_replica_received (self->replica, text, length, tutti_session_now (self), &error) && self->replica != NULL)
    {
      g_message ("The host does not speak this protocol: %s", error->message);
      tutti_session_drop_wire (self);
      tutti_session_end_with (self, TUTTI_SESSION_ERROR, TUTTI_CLOSE_BAD_MESSAGE, error->message);
    }
  tutti_session_exit (self);
}

/* Trust on first use: the host must be who it was when it was met first. */
static gboolean
host_is_known (TuttiSession *self, GError **error)
{
  TuttiLink *link = tutti_wire_get_link (self->wire);
  TuttiPins *pins = tutti_studio_get_pins (self->studio);
  const char *fingerprint = link != NULL ? tutti_link_get_fingerprint (link) : NULL;
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  if (fingerprint == NULL)
    return TRUE;
  g_autofree char *key = tutti_address_to_text (self->address);

  /* The decision was about this one host, not about any that shows up later. */
  if (self->trust_anew)
    {
      self->trust_anew = FALSE;
      return tutti_pins_replace (pins, key, fingerprint, now_s, error);
    }
  return tutti_pins_check (pins, key, fingerprint, now_s, error);
}

char *
tutti_session_dup_host_key (TuttiSession *self)
{
  return self->fingerprint != NULL ? g_strndup (self->fingerprint, HOST_KEY_LENGTH) : NULL;
}

static void
on_opened (gpointer user)
{
  TuttiSession *self = user;
  g_autoptr(GError) error = NULL;

  tutti_session_reached (self);
  /* An heir's fingerprint came from the host. */
  if (self->hosting == NULL && self->target == NULL && !host_is_known (self, &error))
    {
      tutti_session_enter (self);
      tutti_session_drop_wire (self);
      tutti_session_end_with (self, error->domain, error->code, error->message);
      tutti_session_exit (self);
      return;
    }
  /* From now on it is this host that sounds go to and come from, and that is come back to. */
  if (self->hosting == NULL && self->fingerprint == NULL)
    self->fingerprint = g_strdup (tutti_link_get_fingerprint (tutti_wire_get_link (self->wire)));
  const char *jam = self->jam_id[0] != '\0' ? self->jam_id : self->address->jam;
  g_autofree char *host = tutti_session_dup_host_key (self);
  g_autofree char *token = tutti_studio_dup_token (self->studio, jam != NULL ? jam : host);

  if (token != NULL)
    tutti_replica_set_token (self->replica, token);
  /* Until the first welcome: then the token is the key. */
  if (self->hosting == NULL && !self->live)
    tutti_replica_set_keys (self->replica, self->address->passcode != NULL ? self->address->passcode : "",
                            self->address->invite != NULL ? self->address->invite : "");
  tutti_session_note_pictured (self);
  tutti_replica_connected (self->replica);
}

void
tutti_session_connect (TuttiSession *self)
{
  TuttiWireCalls calls = { self, on_opened, on_received, on_failed, on_closed };

  g_clear_pointer (&self->wire, tutti_wire_free);
  if (self->hosting != NULL)
    self->wire = tutti_wire_new_inside (self->hosting, &calls);
  else
    {
      const TuttiAddress *address = self->target != NULL ? self->target : self->address;

      self->wire = tutti_wire_new_outside (address, self->target != NULL ? address->fingerprint : self->fingerprint, &calls);
    }
}

char *
tutti_session_dup_clock_address (GSocketAddress *remote)
{
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (remote);
  g_autofree char *text = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
  gboolean v6 = g_inet_address_get_family (g_inet_socket_address_get_address (inet)) == G_SOCKET_FAMILY_IPV6;
  guint32 scope = v6 ? g_inet_socket_address_get_scope_id (inet) : 0;

  return scope != 0 ? g_strdup_printf ("%s%%%u", text, scope) : g_steal_pointer (&text);
}

/* ---- the door ---- */

static void
fill_ad (TuttiSession *self, TuttiJamAd *ad)
{
  TuttiRoomStatus status;

  tutti_hosting_get_status (self->hosting, &status);
  memset (ad, 0, sizeof *ad);
  tutti_jam_ad_set_name (ad, status.name, NULL);
  g_strlcpy (ad->id, self->jam_id, sizeof ad->id);
  ad->proto = TUTTI_PROTOCOL_VERSION;
  ad->epoch = status.epoch;
  ad->people = status.people;
  ad->locked = status.locked;
  ad->people_max = status.people_max;
  ad->tempo_cbpm = (guint) status.tempo_cbpm;
  g_strlcpy (ad->fingerprint, tutti_identity_get_fingerprint (tutti_studio_get_identity (self->studio)), sizeof ad->fingerprint);
  g_strlcpy (ad->host, g_get_host_name (), sizeof ad->host);
  ad->clock_port = (guint16) self->clock_port;
  ad->port = self->port;
}

static void
on_hosting_changed (TuttiHosting *hosting, TuttiSession *self)
{
  TuttiJamAd ad;

  if (self->publisher == NULL)
    return;
  fill_ad (self, &ad);
  tutti_publisher_update (self->publisher, &ad, NULL);
}

static void
announce (TuttiSession *self)
{
  TuttiDiscovery *discovery = tutti_studio_get_discovery (self->studio);
  g_autoptr(GError) error = NULL;
  TuttiJamAd ad;

  if (discovery == NULL)
    return;
  fill_ad (self, &ad);
  self->publisher = tutti_discovery_publish (discovery, &ad, &error);
  if (self->publisher == NULL)
    g_warning ("The jam cannot be announced: %s", error->message);
}

void
tutti_session_open_door (TuttiSession *self, const TuttiHostingPlace *place, guint people_max)
{
  self->port = place->port;
  self->clock_port = place->clock_port;
  self->door = (TuttiSessionDoor) { .port = place->port, .people_max = people_max, .announce = TRUE, .loopback = place->loopback };
  tutti_hosting_set_people_max (self->hosting, people_max);
  g_signal_connect_object (self->hosting, "changed", G_CALLBACK (on_hosting_changed), self, 0);
  announce (self);
  tutti_session_watch_rivals (self);
  tutti_session_set_state (self, TUTTI_SESSION_HOSTING);
}

gboolean
tutti_session_host (TuttiSession *self, const TuttiSessionDoor *door, GError **error)
{
  TuttiHostingPlace place = { .port = door->port, .loopback = door->loopback };

  if (self->hosting == NULL)
    {
      g_set_error_literal (error, TUTTI_SESSION_ERROR, TUTTI_CLOSE_NOT_ALLOWED, "this jam is hosted elsewhere");
      return FALSE;
    }
  if (self->state == TUTTI_SESSION_HOSTING)
    {
      g_set_error_literal (error, TUTTI_SESSION_ERROR, TUTTI_CLOSE_NOT_ALLOWED, "this jam is open to others already");
      return FALSE;
    }
  /* The clock first: the welcome names its port. When the port is taken, any will do. */
  self->clock_port = tutti_net_time_serve (self->time, door->port, NULL);
  if (self->clock_port == 0)
    self->clock_port = tutti_net_time_serve (self->time, 0, error);
  if (self->clock_port == 0)
    return FALSE;
  place.clock_port = self->clock_port;
  self->port = tutti_hosting_listen (self->hosting, &place, error);
  if (self->port == 0)
    {
      tutti_net_time_stop_serving (self->time);
      self->clock_port = 0;
      return FALSE;
    }
  self->door = *door;
  tutti_hosting_set_people_max (self->hosting, door->people_max);
  g_signal_connect_object (self->hosting, "changed", G_CALLBACK (on_hosting_changed), self, 0);
  if (door->announce)
    {
      announce (self);
      tutti_session_watch_rivals (self);
    }
  tutti_session_set_state (self, TUTTI_SESSION_HOSTING);
  return TRUE;
}

void
tutti_session_unhost (TuttiSession *self)
{
  if (self->state != TUTTI_SESSION_HOSTING)
    return;
  g_clear_object (&self->publisher);
  tutti_session_ignore_rivals (self);
  g_signal_handlers_disconnect_by_func (self->hosting, on_hosting_changed, self);
  tutti_hosting_stop_listening (self->hosting);
  tutti_net_time_stop_serving (self->time);
  self->port = 0;
  self->clock_port = 0;
  tutti_session_set_state (self, TUTTI_SESSION_SOLO);
}

G_DEFINE_QUARK (tutti-session-error-quark, tutti_session_error)
