/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-hosting-door.h"

#include "tutti-rest.h"

struct _TuttiHostingDoor
{
  TuttiHostingInside inside;
  TuttiListener     *listener;     /* owned (nullable): it is shut */
  TuttiRest         *rest;         /* owned (nullable): what is asked for there beside sockets */
};

TuttiHostingDoor *
tutti_hosting_door_new (const TuttiHostingInside *inside)
{
  TuttiHostingDoor *self = g_new0 (TuttiHostingDoor, 1);

  self->inside = *inside;
  return self;
}

void
tutti_hosting_door_free (TuttiHostingDoor *self)
{
  g_assert (self->listener == NULL);
  g_free (self);
}

void
tutti_hosting_door_stop (TuttiHostingDoor *self)
{
  if (self->listener == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->listener, self);
  g_clear_pointer (&self->rest, tutti_rest_free);
  tutti_listener_stop (self->listener);
  g_clear_object (&self->listener);
}

/* ---- who comes, and what they ask for ---- */

static void
on_welcomed (gpointer user, TuttiLink *link)
{
  TuttiHostingDoor *self = user;

  if (self->listener != NULL)
    tutti_listener_welcome (self->listener, link);
}

static void
on_link (TuttiListener *listener, TuttiLink *link, const char *jam, TuttiHostingDoor *self)
{
  g_autoptr(GError) error = NULL;
  TuttiRoom *room = tutti_house_visit (self->inside.house, jam, &error);

  /* It was there at the handshake. */
  if (room == NULL)
    tutti_link_close (link, TUTTI_CLOSE_SERVER_RESTARTING, error->message);
  else
    tutti_room_admit (room, link, on_welcomed, self);
}

static gboolean
find_jam (gpointer data, const char *jam, GError **error)
{
  TuttiHostingDoor *self = data;

  if (tutti_house_visit (self->inside.house, jam, error) != NULL)
    return TRUE;
  if (jam != NULL)
    self->inside.asked (self->inside.user, jam);
  return FALSE;
}

static char *
status_text (gpointer data, const char *jam)
{
  return tutti_room_status_text (tutti_house_find (((TuttiHostingDoor *) data)->inside.house, jam));
}

static gboolean
may_have_sound (gpointer data, const char *token, const char *method, const char *sha256)
{
  char jam[TUTTI_JAM_ID_MAX + 1];

  return tutti_rest_person_of_token (((TuttiHostingDoor *) data)->rest, token, g_str_equal (method, "PUT"), jam) != 0;
}

static char *
metrics_text (gpointer data, const TuttiListenerFigures *figures)
{
  TuttiHostingDoor *self = data;
  TuttiMetrics metrics;

  tutti_house_get_metrics (self->inside.house, &metrics);
  tutti_rest_add_metrics (self->rest, &metrics);
  return tutti_metrics_to_text (&metrics, figures);
}

static const char *
sick_words (gpointer data)
{
  TuttiMetrics metrics;

  tutti_house_get_metrics (((TuttiHostingDoor *) data)->inside.house, &metrics);
  return metrics.append_fails ? "the store cannot be written\n" : NULL;
}

static char *
debug_text (gpointer data, const char *jam)
{
  return tutti_house_debug_text (((TuttiHostingDoor *) data)->inside.house, jam);
}

/* ---- opening ---- */

static void
set_bounds (TuttiListener *listener, const TuttiHostingPlace *place)
{
  TuttiListenerLimits limits = tutti_listener_get_limits (listener);

  if (place->connections > 0)
    limits.connections = place->connections;
  if (place->connections_per_address > 0)
    limits.connections_per_address = place->connections_per_address;
  tutti_listener_set_limits (listener, &limits);
}

/* What the listener asks the house about. */
static void
furnish (TuttiHostingDoor *self, const TuttiHostingPlace *place)
{
  static const TuttiListenerWatch watch = { metrics_text, sick_words, debug_text };
  TuttiHostingSounds *sounds = self->inside.sounds;

  tutti_rest_attach (self->rest, self->listener);
  tutti_listener_set_origins (self->listener, place->origins);
  tutti_listener_set_jams (self->listener, find_jam, self);
  tutti_listener_set_status (self->listener, status_text, self);
  tutti_listener_set_samples (self->listener, tutti_hosting_sounds_provider (), sounds, may_have_sound, self);
  tutti_listener_set_quota (self->listener, tutti_rest_get_sample_quota (), self->rest);
  tutti_rest_set_count (self->rest, tutti_hosting_sounds_count_bytes, sounds);
  g_signal_connect (self->listener, "link", G_CALLBACK (on_link), self);
  if (place->metrics != TUTTI_METRICS_FOR_NOBODY)
    tutti_listener_set_watch (self->listener, &watch, self, place->metrics == TUTTI_METRICS_FOR_ALL);
}

guint16
tutti_hosting_door_listen (TuttiHostingDoor *self, const TuttiHostingPlace *place, GError **error)
{
  tutti_hosting_door_stop (self);
  self->listener = tutti_listener_new (self->inside.identity);
  set_bounds (self->listener, place);
  self->rest = tutti_rest_new (self->inside.house);
  furnish (self, place);
  if (!tutti_listener_start (self->listener, place->port, place->loopback ? TUTTI_LISTEN_LOOPBACK : TUTTI_LISTEN_EVERYWHERE, error))
    {
      tutti_hosting_door_stop (self);
      return 0;
    }
  tutti_house_set_clock_port (self->inside.house, place->clock_port);
  return tutti_listener_get_port (self->listener, NULL);
}
