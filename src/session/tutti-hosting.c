/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-hosting-private.h"

G_DEFINE_FINAL_TYPE (TuttiHosting, tutti_hosting, G_TYPE_OBJECT)

enum { CHANGED, JAM_CHANGED, JAM_CLOSED, ASKED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- what the house tells ---- */

typedef struct
{
  GWeakRef        hosting;
  TuttiRoomStatus status;
  guint           signal;          /* CHANGED, or one that says nothing but status.jam */
} News;

static void
free_news (gpointer data)
{
  g_weak_ref_clear (&((News *) data)->hosting);
  g_free (data);
}

static gboolean
tell_news (gpointer data)
{
  News *news = data;
  g_autoptr(TuttiHosting) self = g_weak_ref_get (&news->hosting);

  if (self == NULL)
    return G_SOURCE_REMOVE;
  if (news->signal != CHANGED)
    {
      g_signal_emit (self, signals[news->signal], 0, news->status.jam);
      return G_SOURCE_REMOVE;
    }
  if (g_str_equal (news->status.jam, self->jam))
    {
      self->status = news->status;
      g_signal_emit (self, signals[CHANGED], 0);
    }
  g_signal_emit (self, signals[JAM_CHANGED], 0, &news->status);
  return G_SOURCE_REMOVE;
}

static News *
news_new (TuttiHosting *self)
{
  News *news = g_new0 (News, 1);

  g_weak_ref_init (&news->hosting, self);
  return news;
}

static void
on_jam_changed (gpointer user, const TuttiRoomStatus *status)
{
  TuttiHosting *self = user;
  News *news = news_new (self);

  news->status = *status;
  tutti_hosting_thread_post_back (self->thread, tell_news, news, free_news);
}

static void
post_jam_news (TuttiHosting *self, guint signal, const char *jam)
{
  News *news = news_new (self);

  news->signal = signal;
  g_strlcpy (news->status.jam, jam, sizeof news->status.jam);
  tutti_hosting_thread_post_back (self->thread, tell_news, news, free_news);
}

static void
on_jam_closed (gpointer user, const char *jam)
{
  post_jam_news (user, JAM_CLOSED, jam);
}

static void
on_asked (gpointer user, const char *jam)
{
  post_jam_news (user, ASKED, jam);
}

/* ---- opening and closing ---- */

typedef struct
{
  TuttiHosting           *self;
  TuttiStore             *store;
  const TuttiHouseLimits *limits;
  GError                 *error;
} Opening;

static gboolean
wait_there (gpointer data)
{
  Opening *opening = data;
  TuttiHosting *self = opening->self;
  TuttiHouseWatch watch = { self, on_jam_changed, on_jam_closed };

  self->house = tutti_house_new (opening->store, opening->limits, &watch);
  self->door = tutti_hosting_door_new (&(TuttiHostingInside) { self->house, self->identity, self->sounds, self, on_asked });
  return G_SOURCE_REMOVE;
}

static gboolean
open_there (gpointer data)
{
  Opening *opening = data;
  TuttiHosting *self = opening->self;
  TuttiRoom *room;

  wait_there (opening);
  tutti_house_set_default (self->house, self->jam);
  room = tutti_house_open (self->house, NULL, &opening->error);
  if (room == NULL)
    return G_SOURCE_REMOVE;
  self->origin_ns = tutti_room_get_origin_ns (room);
  tutti_room_get_status (room, &self->status);
  return G_SOURCE_REMOVE;
}

typedef struct
{
  TuttiHosting *self;
  TuttiClose    code;
} Closing;

static gboolean
close_there (gpointer data)
{
  Closing *closing = data;
  TuttiHosting *self = closing->self;

  tutti_hosting_door_stop (self->door);
  if (self->house != NULL)
    tutti_house_close (g_steal_pointer (&self->house), closing->code);
  return G_SOURCE_REMOVE;
}

void
tutti_hosting_close (TuttiHosting *self, TuttiClose code)
{
  Closing closing = { self, code };

  if (tutti_hosting_thread_has_ended (self->thread))
    return;
  g_hash_table_remove_all (self->guests);
  tutti_hosting_thread_call (self->thread, close_there, &closing);
  tutti_hosting_thread_end (self->thread);
  g_clear_pointer (&self->door, tutti_hosting_door_free);
  /* Here: the library's last reference must not go in the house's thread. */
  g_clear_pointer (&self->sounds, tutti_hosting_sounds_free);
}

static void
tutti_hosting_dispose (GObject *object)
{
  TuttiHosting *self = TUTTI_HOSTING (object);

  if (self->thread != NULL)
    tutti_hosting_close (self, TUTTI_CLOSE_GOING_AWAY);
  g_clear_object (&self->identity);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->jam, g_free);
  g_clear_pointer (&self->guests, g_hash_table_unref);
  g_clear_pointer (&self->thread, tutti_hosting_thread_free);
  G_OBJECT_CLASS (tutti_hosting_parent_class)->dispose (object);
}

static void
tutti_hosting_class_init (TuttiHostingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_hosting_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[JAM_CHANGED] = g_signal_new ("jam-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[ASKED] = g_signal_new ("asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[JAM_CLOSED] = g_signal_new ("jam-closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
tutti_hosting_init (TuttiHosting *self)
{
  self->guests = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

TuttiHosting *
tutti_hosting_open (TuttiStudio *studio, const char *jam, guint people_max, GError **error)
{
  TuttiHouseLimits limits = { .rooms = 1, .people = people_max, .people_a_room = people_max };

  return tutti_hosting_open_house (studio, jam, &limits, error);
}

static TuttiHosting *
hosting_new (TuttiStudio *studio, const char *jam)
{
  TuttiHosting *self = g_object_new (TUTTI_TYPE_HOSTING, NULL);

  self->jam = g_strdup (jam);
  self->identity = g_object_ref (tutti_studio_get_identity (studio));
  self->thread = tutti_hosting_thread_new ();
  self->sounds = tutti_hosting_sounds_new (tutti_studio_get_library (studio), tutti_hosting_thread_get_home (self->thread));
  return self;
}

TuttiHosting *
tutti_hosting_open_house (TuttiStudio *studio, const char *jam, const TuttiHouseLimits *limits, GError **error)
{
  g_autoptr(TuttiHosting) self = hosting_new (studio, jam);
  Opening opening = { self, tutti_studio_get_store (studio), limits, NULL };

  tutti_hosting_thread_call (self->thread, open_there, &opening);
  if (opening.error != NULL)
    {
      g_propagate_error (error, opening.error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

static void
set_away (TuttiHouse *house, gpointer jam)
{
  tutti_house_set_away (house, jam, TRUE);
}

TuttiHosting *
tutti_hosting_open_waiting (TuttiStudio *studio, const char *jam)
{
  TuttiHosting *self = hosting_new (studio, "");
  TuttiHouseLimits limits = { .rooms = 1, .people = TUTTI_PEOPLE_MAX, .people_a_room = TUTTI_PEOPLE_MAX };
  Opening opening = { self, tutti_studio_get_store (studio), &limits, NULL };

  tutti_hosting_thread_call (self->thread, wait_there, &opening);
  tutti_hosting_call (self, set_away, (gpointer) jam);
  return self;
}

void
tutti_hosting_set_default (TuttiHosting *self, const TuttiRoomStatus *status, gint64 origin_ns, TuttiSharedClock *clock)
{
  g_free (self->jam);
  self->jam = g_strdup (status->jam);
  self->status = *status;
  self->origin_ns = origin_ns;
  g_set_object (&self->clock, clock);
}

/* ---- the network ---- */

typedef struct
{
  TuttiHosting            *self;
  const TuttiHostingPlace *place;
  guint16                  port;
  GError                  *error;
} Listening;

static gboolean
listen_there (gpointer data)
{
  Listening *listening = data;

  listening->port = tutti_hosting_door_listen (listening->self->door, listening->place, &listening->error);
  return G_SOURCE_REMOVE;
}

guint16
tutti_hosting_listen (TuttiHosting *self, const TuttiHostingPlace *place, GError **error)
{
  Listening listening = { self, place, 0, NULL };

  tutti_hosting_thread_call (self->thread, listen_there, &listening);
  if (listening.error != NULL)
    g_propagate_error (error, listening.error);
  return listening.port;
}

static gboolean
stop_there (gpointer data)
{
  TuttiHosting *self = data;

  tutti_hosting_door_stop (self->door);
  tutti_house_dismiss (self->house, TUTTI_CLOSE_GOING_AWAY);
  return G_SOURCE_REMOVE;
}

void
tutti_hosting_stop_listening (TuttiHosting *self)
{
  tutti_hosting_thread_call (self->thread, stop_there, self);
}

/* ---- small answers ---- */

void
tutti_hosting_get_status (TuttiHosting *self, TuttiRoomStatus *status)
{
  *status = self->status;
}

gint64
tutti_hosting_get_origin_ns (TuttiHosting *self)
{
  return self->origin_ns;
}

static void
set_people_there (TuttiHouse *house, gpointer people_max)
{
  TuttiHouseLimits limits;

  tutti_house_get_limits (house, &limits);
  limits.people = limits.people_a_room = GPOINTER_TO_UINT (people_max);
  tutti_house_set_limits (house, &limits);
}

void
tutti_hosting_set_people_max (TuttiHosting *self, guint people_max)
{
  tutti_hosting_call (self, set_people_there, GUINT_TO_POINTER (people_max));
  self->status.people_max = people_max;
}

/* ---- whatever else is to be done there ---- */

typedef struct
{
  TuttiHosting  *self;             /* borrowed: the house's context ends before it does */
  TuttiHouseFunc func;
  gpointer       data;
  GDestroyNotify destroy;
} Errand;

static gboolean
run_errand (gpointer data)
{
  Errand *errand = data;

  if (errand->self->house != NULL)
    errand->func (errand->self->house, errand->data);
  return G_SOURCE_REMOVE;
}

static void
free_errand (gpointer data)
{
  Errand *errand = data;

  if (errand->destroy != NULL)
    errand->destroy (errand->data);
  g_free (errand);
}

void
tutti_hosting_call (TuttiHosting *self, TuttiHouseFunc func, gpointer data)
{
  Errand errand = { self, func, data, NULL };

  tutti_hosting_thread_call (self->thread, run_errand, &errand);
}

void
tutti_hosting_post (TuttiHosting *self, TuttiHouseFunc func, gpointer data, GDestroyNotify destroy)
{
  Errand errand = { self, func, data, destroy };

  tutti_hosting_thread_post (self->thread, run_errand, g_memdup2 (&errand, sizeof errand), free_errand);
}
