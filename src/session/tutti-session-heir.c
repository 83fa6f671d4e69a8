/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The band plays on: a guest that is willing keeps a door ready, and when the host is gone it looks for whoever goes on, or goes on
 * itself. What is decided when is tutti-succession.h's; the music does not notice, since the time goes on too. */
#include "tutti-session-private.h"

#include <string.h>

/* Fingerprints of those who may host a jam. */
#define TRUSTED_MAX 64

static void seek (TuttiSession *self);

/* ---- being ready ---- */

static void
on_asked (TuttiHosting *standby, const char *jam, TuttiSession *self)
{
  if (!g_str_equal (jam, self->jam_id) || !tutti_succession_knocked (self->succession))
    return;
  tutti_session_enter (self);
  tutti_session_take_over (self);
  tutti_session_exit (self);
}

static gboolean
open_standby (TuttiSession *self, GSocketAddress *remote)
{
  GInetAddress *inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote));
  gboolean loopback = g_inet_address_get_is_loopback (inet);
  /* The ports that a firewall may know. */
  TuttiHostingPlace place = { .port = loopback ? 0 : TUTTI_DEFAULT_PORT, .loopback = loopback };
  g_autoptr(GError) error = NULL;

  self->standby = tutti_hosting_open_waiting (self->studio, self->jam_id);
  place.clock_port = tutti_net_time_serve (self->time, place.port, NULL);
  if (place.clock_port == 0)
    place.clock_port = tutti_net_time_serve (self->time, 0, &error);
  self->standby_place = place;
  self->standby_place.port = 0;
  if (place.clock_port != 0)
    self->standby_place.port = tutti_hosting_listen (self->standby, &place, &error);
  if (self->standby_place.port == 0)
    {
      g_message ("Nobody could come here if the host left: %s", error->message);
      g_clear_object (&self->standby);
      return FALSE;
    }
  g_signal_connect (self->standby, "asked", G_CALLBACK (on_asked), self);
  return TRUE;
}

/* Its door closes; the time is served on, since the host's list of heirs is told anew anyway. */
static void
withdraw (TuttiSession *self)
{
  if (self->standby == NULL)
    return;
  tutti_replica_set_willing (self->replica, &(TuttiHeir) { .address = "0.0.0.0" });
  g_signal_handlers_disconnect_by_data (self->standby, self);
  g_clear_object (&self->standby);
}

void
tutti_session_offer (TuttiSession *self)
{
  TuttiLink *link = self->wire != NULL ? tutti_wire_get_link (self->wire) : NULL;
  TuttiHeir door = { 0 };

  if (self->hosting != NULL || link == NULL || self->replica == NULL)
    return;
  if (!tutti_studio_is_heir (self->studio))
    {
      withdraw (self);
      return;
    }
  if (!self->knows_time)
    return;
  g_autofree char *address = tutti_address_dup_own (tutti_link_get_remote (link));

  if (address == NULL || (self->standby == NULL && !open_standby (self, tutti_link_get_remote (link))))
    return;
  door.port = self->standby_place.port;
  door.clock_port = self->standby_place.clock_port;
  g_strlcpy (door.address, address, sizeof door.address);
  g_strlcpy (door.fingerprint, tutti_identity_get_fingerprint (tutti_studio_get_identity (self->studio)), sizeof door.fingerprint);
  tutti_replica_set_willing (self->replica, &door);
}

/* ---- who may host this jam ---- */

static char *
trust_key (TuttiSession *self)
{
  return g_strconcat ("heirs-", self->jam_id, NULL);
}

/* Remembered here too: a host that was started again believes those whom it knew before. */
static void
keep_trusted (TuttiSession *self)
{
  g_autofree char *key = trust_key (self);
  g_auto(GStrv) all = (GStrv) g_hash_table_get_keys_as_array (self->trusted, NULL);
  g_autofree char *text = g_strjoinv (" ", all);
  g_autoptr(GError) error = NULL;

  /* The strings are the table's. */
  g_free (g_steal_pointer (&all));
  if (!tutti_store_set_setting (tutti_studio_get_store (self->studio), key, text, &error))
    g_warning ("Who may host this jam cannot be remembered: %s", error->message);
}

void
tutti_session_recall_trusted (TuttiSession *self)
{
  g_autofree char *key = trust_key (self);
  g_autofree char *text = tutti_store_dup_setting (tutti_studio_get_store (self->studio), key, NULL);
  g_auto(GStrv) all = g_strsplit (text != NULL ? text : "", " ", TRUSTED_MAX);

  for (guint i = 0; all[i] != NULL; i++)
    if (strlen (all[i]) == TUTTI_HASH_HEX)
      g_hash_table_add (self->trusted, g_strdup (all[i]));
}

/* An announcement alone is believed of nobody but those whom a host of this jam named. */
void
tutti_session_note_heirs (TuttiSession *self)
{
  const TuttiHeirs *heirs = tutti_replica_get_heirs (self->replica);
  gboolean fresh = FALSE;

  for (guint i = 0; i < heirs->n && g_hash_table_size (self->trusted) < TRUSTED_MAX; i++)
    fresh |= g_hash_table_add (self->trusted, g_strdup (heirs->heir[i].fingerprint));
  if (fresh)
    keep_trusted (self);
}

/* ---- going on ---- */

static guint
count_present (TuttiSession *self)
{
  return g_hash_table_size (self->known_here) + 1;
}

void
tutti_session_take_over (TuttiSession *self)
{
  TuttiEstate estate;
  g_autoptr(GError) error = NULL;

  tutti_replica_inherit (self->replica, &estate);
  if (self->standby == NULL || estate.jam == NULL)
    return;
  tutti_net_time_hold (self->time);
  if (!tutti_hosting_inherit (self->standby, self->jam_id, &estate, tutti_net_time_get_clock (self->time), count_present (self),
                              &error))
    {
      g_warning ("The jam cannot be hosted here: %s", error->message);
      return;
    }
  g_message ("%s", tutti_succession_is_handed_to_me (self->succession) ? "The host handed the jam over; this machine goes on with it"
                                                                       : "The host is gone; this machine goes on with the jam");
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_handle_id (&self->try_timeout, g_source_remove);
  g_clear_pointer (&self->target, tutti_address_free);
  tutti_succession_found (self->succession);
  g_signal_handlers_disconnect_by_data (self->standby, self);
  self->hosting = g_steal_pointer (&self->standby);
  tutti_session_open_door (self, &self->standby_place, estate.people_max);
  tutti_session_connect (self);
}

/* ---- looking for who does ---- */

static gboolean
on_try_timeout (gpointer data)
{
  TuttiSession *self = data;

  self->try_timeout = 0;
  tutti_session_enter (self);
  tutti_session_drop_wire (self);
  tutti_succession_tried (self->succession, TUTTI_TRY_SILENCE, g_get_monotonic_time ());
  seek (self);
  tutti_session_exit (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_retry (gpointer data)
{
  TuttiSession *self = data;

  self->retry = 0;
  tutti_session_enter (self);
  seek (self);
  tutti_session_exit (self);
  return G_SOURCE_REMOVE;
}

/* @heir: (nullable) NULL is the host where it was. */
static void
try_one (TuttiSession *self, const TuttiHeir *heir)
{
  g_clear_pointer (&self->target, tutti_address_free);
  if (heir != NULL)
    {
      self->target = tutti_address_new (heir->address, self->address->scope, (guint16) heir->port);
      self->target->jam = g_strdup (self->jam_id);
      self->target->fingerprint = g_strdup (heir->fingerprint);
    }
  self->try_timeout = g_timeout_add ((guint) (tutti_succession_patience_us (self->succession) / 1000), on_try_timeout, self);
  tutti_session_connect (self);
}

static void
seek (TuttiSession *self)
{
  gint64 now_us = g_get_monotonic_time ();
  TuttiMove next;

  if (self->replica == NULL || self->wire != NULL || self->hosting != NULL)
    return;
  next = tutti_succession_next (self->succession, now_us);
  if (next.kind == TUTTI_MOVE_TAKE_OVER)
    tutti_session_take_over (self);
  if (self->hosting != NULL)
    return;
  if (next.kind == TUTTI_MOVE_HOST || next.kind == TUTTI_MOVE_HEIR)
    {
      try_one (self, next.heir);
      return;
    }
  gint64 wait_us = next.kind == TUTTI_MOVE_WAIT ? next.until_us - now_us : G_USEC_PER_SEC;

  g_clear_handle_id (&self->retry, g_source_remove);
  self->retry = g_timeout_add ((guint) (MAX (wait_us, 0) / 1000 + 1), on_retry, self);
}

void
tutti_session_seek (TuttiSession *self, TuttiClose why)
{
  tutti_succession_lost (self->succession, why, tutti_replica_get_heirs (self->replica), tutti_replica_get_me (self->replica),
                         g_get_monotonic_time ());
  seek (self);
}

void
tutti_session_tried (TuttiSession *self, const GError *error)
{
  TuttiTryResult result = TUTTI_TRY_SILENCE;

  /* A program that was started again may listen in the same place, and wait for nobody. */
  if (g_error_matches (error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_REFUSED) ||
      g_error_matches (error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_HUNG_UP) ||
      g_error_matches (error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_NO_SUCH_JAM))
    result = TUTTI_TRY_NOBODY;
  else if (g_error_matches (error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_BUSY))
    result = TUTTI_TRY_NOT_HOST;
  tutti_succession_tried (self->succession, result, g_get_monotonic_time ());
  seek (self);
}

void
tutti_session_reached (TuttiSession *self)
{
  g_clear_handle_id (&self->try_timeout, g_source_remove);
  if (tutti_succession_is_lost (self->succession))
    tutti_succession_reached (self->succession);
}

/* From now on that is where the host was. */
void
tutti_session_found (TuttiSession *self)
{
  tutti_succession_found (self->succession);
  if (self->target == NULL)
    return;
  tutti_session_leave_place (self);
  self->address = g_steal_pointer (&self->target);
  g_free (self->fingerprint);
  self->fingerprint = g_strdup (self->address->fingerprint);
}

void
tutti_session_hurry (TuttiSession *self)
{
  tutti_succession_hurry (self->succession, g_get_monotonic_time ());
  g_clear_handle_id (&self->retry, g_source_remove);
  seek (self);
}
