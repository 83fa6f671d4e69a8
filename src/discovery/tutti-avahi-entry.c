/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-avahi-entry.h"

#include "tutti-publisher-private.h"

#include <avahi-client/publish.h>
#include <avahi-common/alternative.h>
#include <avahi-common/error.h>
#include <avahi-common/malloc.h>
#include <avahi-common/strlst.h>
#include <string.h>

/* Changes of the record go out at most this often: each one is a multicast to everyone on the network, and a
 * tempo being dragged would make hundreds. */
#define UPDATE_MS 1000
#define RENAMES_MAX 200

struct _TuttiAvahiEntry
{
  /* either thread, never changed */
  GMainContext     *owner;
  TuttiAvahiClient *client;             /* borrowed: @discovery keeps it */
  /* owner's thread */
  GObject          *discovery;          /* owned until withdrawn */
  TuttiPublisher   *publisher;          /* borrowed; NULL once withdrawn */
  /* worker's thread */
  AvahiClient      *avahi;
  AvahiEntryGroup  *group;
  gboolean          added;
  TuttiJamAd        ad;
  char             *name;               /* in use: the wish, or an alternative to it */
  guint             n_renames;
  GSource          *soon;               /* runs for UPDATE_MS after each change */
  gboolean          waiting;            /* something changed meanwhile */
};

/* --- from worker to owner --- */

typedef struct
{
  TuttiAvahiEntry    *entry;            /* owned */
  TuttiPublisherState state;
  char               *name;
  GError             *error;
} Report;

static void
entry_clear (gpointer data)
{
  TuttiAvahiEntry *self = data;

  g_free (self->name);
  g_main_context_unref (self->owner);
}

static void
entry_unref (TuttiAvahiEntry *self)
{
  g_atomic_rc_box_release_full (self, entry_clear);
}

static void
report_free (gpointer data)
{
  Report *report = data;

  entry_unref (report->entry);
  g_free (report->name);
  g_clear_error (&report->error);
  g_free (report);
}

static gboolean
on_report (gpointer data)
{
  Report *report = data;
  TuttiPublisher *publisher = report->entry->publisher;

  if (publisher == NULL)
    return G_SOURCE_REMOVE;
  g_object_ref (publisher);
  tutti_publisher_set_name (publisher, report->name);
  tutti_publisher_set_state (publisher, report->state, report->error);
  g_object_unref (publisher);
  return G_SOURCE_REMOVE;
}

static void
tell (TuttiAvahiEntry *self, TuttiPublisherState state, int avahi_error)
{
  Report *report = g_new0 (Report, 1);

  report->entry = g_atomic_rc_box_acquire (self);
  report->state = state;
  report->name = g_strdup (self->name);
  if (state == TUTTI_PUBLISHER_FAILED)
    report->error = g_error_new (TUTTI_DISCOVERY_ERROR, TUTTI_DISCOVERY_ERROR_UNAVAILABLE,
                                 "the jam cannot be announced: %s", avahi_strerror (avahi_error));
  tutti_avahi_post (self->owner, on_report, report, report_free);
}

/* --- announcing, in the worker --- */

static void announce (TuttiAvahiEntry *self);

static AvahiStringList *
make_txt (const TuttiJamAd *ad)
{
  g_autoptr(GByteArray) bytes = tutti_jam_ad_encode_txt (ad, NULL);
  AvahiStringList *list = NULL;

  if (bytes == NULL || avahi_string_list_parse (bytes->data, bytes->len, &list) < 0)
    return NULL;
  return list;
}

static gboolean
take_alternative (TuttiAvahiEntry *self)
{
  char *other;

  if (self->n_renames++ >= RENAMES_MAX)
    return FALSE;
  other = avahi_alternative_service_name (self->name);
  g_free (self->name);
  self->name = g_strdup (other);
  avahi_free (other);
  return TRUE;
}

static void
on_group (AvahiEntryGroup *group, AvahiEntryGroupState state, void *user_data)
{
  TuttiAvahiEntry *self = user_data;

  if (group != self->group)     /* the first call comes before avahi_entry_group_new() returns */
    return;
  if (state == AVAHI_ENTRY_GROUP_ESTABLISHED)
    tell (self, TUTTI_PUBLISHER_PUBLISHED, 0);
  else if (state == AVAHI_ENTRY_GROUP_FAILURE)
    tell (self, TUTTI_PUBLISHER_FAILED, avahi_client_errno (self->avahi));
  else if (state == AVAHI_ENTRY_GROUP_COLLISION)
    {
      if (take_alternative (self))
        announce (self);
      else
        tell (self, TUTTI_PUBLISHER_FAILED, AVAHI_ERR_COLLISION);
    }
}

static int
add_service (TuttiAvahiEntry *self, AvahiStringList *txt)
{
  int result;

  do
    result = avahi_entry_group_add_service_strlst (self->group, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC, 0,
                                                   self->name, TUTTI_DISCOVERY_SERVICE_TYPE, NULL, NULL,
                                                   self->ad.port, txt);
  while (result == AVAHI_ERR_COLLISION && take_alternative (self));
  return result;
}

/* Announces from the beginning: name, port and record. */
static void
announce (TuttiAvahiEntry *self)
{
  AvahiStringList *txt = make_txt (&self->ad);
  int result;

  if (self->group == NULL)
    self->group = avahi_entry_group_new (self->avahi, on_group, self);
  else
    avahi_entry_group_reset (self->group);
  self->added = FALSE;
  result = self->group == NULL ? avahi_client_errno (self->avahi) : add_service (self, txt);
  if (result == AVAHI_OK)
    result = avahi_entry_group_commit (self->group);
  avahi_string_list_free (txt);
  self->added = result == AVAHI_OK;
  tell (self, self->added ? TUTTI_PUBLISHER_PENDING : TUTTI_PUBLISHER_FAILED, result);
  if (result == AVAHI_ERR_DISCONNECTED)
    tutti_avahi_client_restart (self->client);
}

static void
update_record (TuttiAvahiEntry *self)
{
  AvahiStringList *txt = make_txt (&self->ad);
  int result = avahi_entry_group_update_service_txt_strlst (self->group, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC, 0,
                                                            self->name, TUTTI_DISCOVERY_SERVICE_TYPE, NULL, txt);

  avahi_string_list_free (txt);
  if (result != AVAHI_OK)
    announce (self);
}

static gboolean
on_soon (gpointer data)
{
  TuttiAvahiEntry *self = data;

  if (!self->waiting || !self->added)
    {
      tutti_avahi_timeout_clear (&self->soon);
      return G_SOURCE_REMOVE;
    }
  self->waiting = FALSE;
  update_record (self);
  return G_SOURCE_CONTINUE;
}

static void
record_changed (TuttiAvahiEntry *self)
{
  if (self->soon != NULL)
    {
      self->waiting = TRUE;
      return;
    }
  update_record (self);
  self->soon = tutti_avahi_timeout_new (self->client, UPDATE_MS, on_soon, self);
}

static void
take_ad (TuttiAvahiEntry *self, const TuttiJamAd *ad)
{
  gboolean renamed = strcmp (self->ad.name, ad->name) != 0;
  gboolean moved = self->ad.port != ad->port;

  self->ad = *ad;
  if (renamed)
    {
      g_free (self->name);
      self->name = g_strdup (ad->name);
      self->n_renames = 0;
    }
  if (self->avahi == NULL)
    return;
  if (renamed || moved || !self->added)
    announce (self);
  else
    record_changed (self);
}

static void
fall_silent (TuttiAvahiEntry *self)
{
  tutti_avahi_timeout_clear (&self->soon);
  g_clear_pointer (&self->group, avahi_entry_group_free);
  self->avahi = NULL;
  self->added = self->waiting = FALSE;
}

/* While the machine looks for a name of its own, services are taken back and come again with the new name. */
static void
on_client_changed (gpointer listener, AvahiClient *client, gboolean established)
{
  TuttiAvahiEntry *self = listener;

  if (client == NULL || !established)
    {
      fall_silent (self);
      tell (self, client == NULL ? TUTTI_PUBLISHER_WAITING : TUTTI_PUBLISHER_PENDING, 0);
      return;
    }
  if (self->avahi == client)
    return;
  self->avahi = client;
  announce (self);
}

static const TuttiAvahiListener listener_calls = { on_client_changed, NULL };

static gboolean
start_in_worker (gpointer data)
{
  TuttiAvahiEntry *self = data;

  tutti_avahi_client_listen (self->client, &listener_calls, self);
  return G_SOURCE_REMOVE;
}

static gboolean
stop_in_worker (gpointer data)
{
  TuttiAvahiEntry *self = data;

  tutti_avahi_client_unlisten (self->client, self);
  return G_SOURCE_REMOVE;
}

/* --- the owner's side --- */

typedef struct
{
  TuttiAvahiEntry *entry;               /* owned */
  TuttiJamAd       ad;
} Update;

static void
update_free (gpointer data)
{
  Update *update = data;

  entry_unref (update->entry);
  g_free (update);
}

static gboolean
update_in_worker (gpointer data)
{
  Update *update = data;

  take_ad (update->entry, &update->ad);
  return G_SOURCE_REMOVE;
}

static void
engine_update (gpointer engine, const TuttiJamAd *ad)
{
  TuttiAvahiEntry *self = engine;
  Update *update = g_new0 (Update, 1);

  update->entry = g_atomic_rc_box_acquire (self);
  update->ad = *ad;
  tutti_avahi_post (tutti_avahi_client_get_context (self->client), update_in_worker, update, update_free);
}

/* The discovery is let go only after the worker was told, since that ends the worker. */
static void
engine_free (gpointer engine)
{
  TuttiAvahiEntry *self = engine;
  GObject *discovery = g_steal_pointer (&self->discovery);

  self->publisher = NULL;
  tutti_avahi_post (tutti_avahi_client_get_context (self->client), stop_in_worker, self,
                    (GDestroyNotify) entry_unref);
  g_object_unref (discovery);
}

static const TuttiPublisherEngine engine_calls = { engine_update, engine_free };

TuttiAvahiEntry *
tutti_avahi_entry_new (TuttiAvahiClient *client, GMainContext *owner, GObject *discovery,
                       TuttiPublisher *publisher)
{
  TuttiAvahiEntry *self = g_atomic_rc_box_new0 (TuttiAvahiEntry);

  self->client = client;
  self->owner = g_main_context_ref (owner);
  self->discovery = g_object_ref (discovery);
  self->publisher = publisher;
  self->ad = *tutti_publisher_get_ad (publisher);
  self->name = g_strdup (self->ad.name);
  tutti_publisher_set_engine (publisher, &engine_calls, self);
  tutti_avahi_post (tutti_avahi_client_get_context (client), start_in_worker,
                    g_atomic_rc_box_acquire (self), (GDestroyNotify) entry_unref);
  return self;
}
