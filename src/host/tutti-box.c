/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-box.h"

#include "tutti-announcer.h"
#include "tutti-avahi-discovery.h"
#include "tutti-demos.h"
#include "tutti-homes.h"
#include "tutti-host-log.h"
#include "tutti-names.h"
#include "tutti-net-time.h"
#include "tutti-upkeep.h"

struct _TuttiBox
{
  TuttiHostConfig  config;         /* as it runs */
  TuttiStudio     *studio;         /* owned, as all here */
  TuttiUpkeepClock *upkeep;
  TuttiHosting    *hosting;
  TuttiNetTime    *time;
  TuttiAnnouncer  *announcer;      /* (nullable) */
  TuttiHomes      *homes;
  char            *jam;
  guint16          port, clock_port;
};

/* ---- jams ---- */

static char *
create_jam (TuttiStore *store, const char *name, const char *demo, GError **error)
{
  guint32 counter = 0, creator = (guint32) g_random_int_range (1, G_MAXINT32);
  g_autoptr(GPtrArray) ops = tutti_demos_ops (demo, creator, &counter, error);
  g_autofree char *invented = tutti_names_jam (((guint64) g_random_int () << 32) | g_random_int ());

  return ops != NULL ? tutti_room_create (store, name != NULL ? name : invented, ops, error) : NULL;
}

/* The jam by the configured name that was opened last, or a new one. (transfer full) */
static char *
find_or_make (TuttiBox *self, GError **error)
{
  TuttiStore *store = tutti_studio_get_store (self->studio);
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (store, FALSE, 0, error);

  if (jams == NULL)
    return NULL;
  for (guint i = 0; i < jams->len; i++)
    {
      const TuttiStoreJam *jam = jams->pdata[i];

      if (self->config.name == NULL || g_str_equal (jam->name, self->config.name))
        return g_strdup (jam->id);
    }
  return create_jam (store, self->config.name, self->config.demo, error);
}

static gboolean
tell_kept (TuttiBox *self, const char *jam)
{
  g_autoptr(GError) error = NULL;
  TuttiRoomStatus status;

  if (self->announcer == NULL)
    return TRUE;
  if (!tutti_room_peek (tutti_studio_get_store (self->studio), jam, (guint) self->config.people_a_jam_max, &status, &error))
    {
      g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "TUTTI_JAM", jam, "MESSAGE", "Jam %s: cannot be read: %s", jam, error->message);
      return FALSE;
    }
  tutti_announcer_tell (self->announcer, &status);
  return TRUE;
}

char *
tutti_box_create (TuttiBox *self, const char *name, const char *demo, GError **error)
{
  char *jam = create_jam (tutti_studio_get_store (self->studio), name, demo, error);

  if (jam != NULL)
    tell_kept (self, jam);
  return jam;
}

gboolean
tutti_box_has (TuttiBox *self, const char *jam)
{
  g_autoptr(GPtrArray) people = tutti_store_list_people (tutti_studio_get_store (self->studio), jam, NULL);

  return people != NULL;
}

/* ---- the network ---- */

static void
on_jam_changed (TuttiHosting *hosting, const TuttiRoomStatus *status, TuttiBox *self)
{
  tutti_announcer_tell (self->announcer, status);
}

/* An empty one that closed is in the store; one that was deleted is not, and not announced any more. */
static void
on_jam_closed (TuttiHosting *hosting, const char *jam, TuttiBox *self)
{
  if (!tutti_box_has (self, jam))
    tutti_announcer_drop (self->announcer, jam);
}

/* What lies in the store can be joined as well. */
static void
announce_kept (TuttiBox *self)
{
  TuttiStore *store = tutti_studio_get_store (self->studio);
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (store, FALSE, (guint) self->config.announced_max, NULL);

  for (guint i = 0; jams != NULL && i < jams->len; i++)
    tell_kept (self, ((TuttiStoreJam *) jams->pdata[i])->id);
}

static void
announce (TuttiBox *self)
{
  TuttiDiscovery *discovery = tutti_studio_get_discovery (self->studio);
  TuttiJamAd form = { .proto = TUTTI_PROTOCOL_VERSION, .clock_port = self->clock_port, .port = self->port };

  if (discovery == NULL)
    return;
  g_strlcpy (form.fingerprint, tutti_identity_get_fingerprint (tutti_studio_get_identity (self->studio)),
             sizeof form.fingerprint);
  g_strlcpy (form.host, g_get_host_name (), sizeof form.host);
  self->announcer = tutti_announcer_new (discovery, &form, (guint) self->config.announced_max);
  announce_kept (self);
  g_signal_connect (self->hosting, "jam-changed", G_CALLBACK (on_jam_changed), self);
  g_signal_connect (self->hosting, "jam-closed", G_CALLBACK (on_jam_closed), self);
}

/* The clock first: the welcome names its port. */
static gboolean
open_door (TuttiBox *self, GError **error)
{
  TuttiHostingPlace place = { .port = (guint16) self->config.port, .connections = (guint) self->config.connections_max,
                              .connections_per_address = (guint) self->config.connections_an_address_max,
                              .metrics = self->config.metrics_for_all ? TUTTI_METRICS_FOR_ALL : TUTTI_METRICS_HERE };
  g_auto(GStrv) origins = self->config.origins != NULL ? g_strsplit (self->config.origins, ";", -1) : NULL;

  place.origins = (const char * const *) origins;
  self->time = tutti_net_time_new (NULL);
  self->clock_port = tutti_net_time_serve (self->time, place.port, NULL);
  if (self->clock_port == 0)
    self->clock_port = tutti_net_time_serve (self->time, 0, error);
  place.clock_port = self->clock_port;
  self->port = self->clock_port != 0 ? tutti_hosting_listen (self->hosting, &place, error) : 0;
  return self->port != 0;
}

/* Its host announces it. */
static void
on_jam_away (gpointer user, const char *jam)
{
  TuttiBox *self = user;

  if (self->announcer != NULL)
    tutti_announcer_drop (self->announcer, jam);
}

/* ---- beginning and end ---- */

static gboolean
open_house (TuttiBox *self, GError **error)
{
  g_autoptr(TuttiDiscovery) discovery = self->config.announce ? TUTTI_DISCOVERY (tutti_avahi_discovery_new ()) : NULL;
  TuttiHouseLimits limits;

  tutti_host_config_get_limits (&self->config, &limits);
  self->studio = tutti_studio_new (self->config.data, discovery, error);
  self->jam = self->studio != NULL ? find_or_make (self, error) : NULL;
  if (self->studio != NULL)
    self->upkeep = tutti_upkeep_start (self->studio);
  if (self->jam != NULL)
    self->hosting = tutti_hosting_open_house (self->studio, self->jam, &limits, error);
  return self->hosting != NULL;
}

TuttiBox *
tutti_box_open (const TuttiHostConfig *config, GError **error)
{
  g_autoptr(TuttiBox) self = g_new0 (TuttiBox, 1);

  tutti_host_config_copy (&self->config, config);
  if (!open_house (self, error) || !open_door (self, error))
    return NULL;
  announce (self);
  self->homes = tutti_homes_new (self->studio, self->hosting, self->port, on_jam_away, self);
  return g_steal_pointer (&self);
}

void
tutti_box_close (TuttiBox *self)
{
  if (self->hosting != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->hosting, self);
      /* It usually is: who would go on with a jam waits for it a while. */
      tutti_hosting_close (self->hosting, TUTTI_CLOSE_SERVER_RESTARTING);
    }
  g_clear_pointer (&self->announcer, tutti_announcer_free);
  g_clear_pointer (&self->homes, tutti_homes_free);
  g_clear_object (&self->hosting);
  g_clear_object (&self->time);
  g_clear_pointer (&self->upkeep, tutti_upkeep_stop);
  g_clear_object (&self->studio);
  tutti_host_config_clear (&self->config);
  g_free (self->jam);
  g_free (self);
}

/* ---- while it runs ---- */

static void
take_limits (TuttiHouse *house, gpointer limits)
{
  tutti_house_set_limits (house, limits);
}

char *
tutti_box_reload (TuttiBox *self, const TuttiHostConfig *config)
{
  g_autofree char *waits = tutti_host_config_difference (&self->config, config);
  TuttiHouseLimits limits;

  tutti_host_config_take_over (&self->config, config);
  tutti_host_config_get_limits (&self->config, &limits);
  tutti_hosting_call (self->hosting, take_limits, &limits);
  tutti_host_log_set_level (self->config.log_level);
  return g_steal_pointer (&waits);
}

guint16
tutti_box_get_port (TuttiBox *self)
{
  return self->port;
}

const char *
tutti_box_get_jam (TuttiBox *self)
{
  return self->jam;
}

TuttiStudio *
tutti_box_get_studio (TuttiBox *self)
{
  return self->studio;
}

TuttiHosting *
tutti_box_get_hosting (TuttiBox *self)
{
  return self->hosting;
}

const TuttiHostConfig *
tutti_box_get_config (TuttiBox *self)
{
  return &self->config;
}
