/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-hosting-private.h"

#include "tutti-hosting-sounds.h"
#include "tutti-rest.h"

struct _TuttiHosting
{
  GObject              parent_instance;
  GMainContext        *here;       /* owned: the maker's */
  GMainContext        *there;      /* owned: the house's */
  GMainLoop           *loop;
  GThread             *thread;
  TuttiIdentity       *identity;
  TuttiHostingSounds  *sounds;
  TuttiRoomStatus      status;     /* of the default jam: the newest told, for here */
  char                *jam;        /* the default one */
  gint64               origin_ns;
  GHashTable          *guests;     /* connection → TuttiRoomGuest, for here */
  TuttiSharedClock    *clock;      /* owned (nullable): of the host before */

  /* Touched by the house's thread alone. */
  TuttiHouse          *house;
  TuttiListener       *listener;
  TuttiRest           *rest;       /* what is asked for at the listener, beside sockets */
};

G_DEFINE_FINAL_TYPE (TuttiHosting, tutti_hosting, G_TYPE_OBJECT)

enum { CHANGED, JAM_CHANGED, JAM_CLOSED, ASKED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- calls into the house's thread that wait for the answer ---- */

typedef struct
{
  GSourceFunc func;
  gpointer    data;
  GMutex      mutex;
  GCond       cond;
  gboolean    done;
} Call;

static gboolean
run_call (gpointer data)
{
  Call *call = data;

  call->func (call->data);
  g_mutex_lock (&call->mutex);
  call->done = TRUE;
  g_cond_signal (&call->cond);
  g_mutex_unlock (&call->mutex);
  return G_SOURCE_REMOVE;
}

static void
call_there (TuttiHosting *self, GSourceFunc func, gpointer data)
{
  Call call = { .func = func, .data = data };
  g_autoptr(GSource) source = g_idle_source_new ();

  g_mutex_init (&call.mutex);
  g_cond_init (&call.cond);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, run_call, &call, NULL);
  g_source_attach (source, self->there);
  g_mutex_lock (&call.mutex);
  while (!call.done)
    g_cond_wait (&call.cond, &call.mutex);
  g_mutex_unlock (&call.mutex);
  g_mutex_clear (&call.mutex);
  g_cond_clear (&call.cond);
}

static void
post (GMainContext *context, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, context);
}

static gpointer
thread_main (gpointer data)
{
  TuttiHosting *self = data;

  g_main_context_push_thread_default (self->there);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->there);
  return NULL;
}

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
  post (self->here, tell_news, news, free_news);
}

static void
post_jam_news (TuttiHosting *self, guint signal, const char *jam)
{
  News *news = news_new (self);

  news->signal = signal;
  g_strlcpy (news->status.jam, jam, sizeof news->status.jam);
  post (self->here, tell_news, news, free_news);
}

static void
on_jam_closed (gpointer user, const char *jam)
{
  post_jam_news (user, JAM_CLOSED, jam);
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
  TuttiHouseWatch watch = { opening->self, on_jam_changed, on_jam_closed };

  opening->self->house = tutti_house_new (opening->store, opening->limits, &watch);
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

static void
stop_listener (TuttiHosting *self)
{
  if (self->listener == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->listener, self);
  g_clear_pointer (&self->rest, tutti_rest_free);
  tutti_listener_stop (self->listener);
  g_clear_object (&self->listener);
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

  stop_listener (self);
  if (self->house != NULL)
    tutti_house_close (g_steal_pointer (&self->house), closing->code);
  return G_SOURCE_REMOVE;
}

/* Closing frames still have to leave: a little while, bounded, until no source is ready. */
static gboolean
quit_there (gpointer data)
{
  TuttiHosting *self = data;

  for (int i = 0; i < 100 && g_main_context_pending (self->there); i++)
    g_main_context_iteration (self->there, FALSE);
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

void
tutti_hosting_close (TuttiHosting *self, TuttiClose code)
{
  Closing closing = { self, code };

  if (self->thread == NULL)
    return;
  g_hash_table_remove_all (self->guests);
  call_there (self, close_there, &closing);
  post (self->there, quit_there, self, NULL);
  g_thread_join (g_steal_pointer (&self->thread));
  /* Here: the library's last reference must not go in the house's thread. */
  g_clear_pointer (&self->sounds, tutti_hosting_sounds_free);
}

static void
tutti_hosting_dispose (GObject *object)
{
  TuttiHosting *self = TUTTI_HOSTING (object);

  tutti_hosting_close (self, TUTTI_CLOSE_GOING_AWAY);
  g_clear_object (&self->identity);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->jam, g_free);
  g_clear_pointer (&self->guests, g_hash_table_unref);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->there, g_main_context_unref);
  g_clear_pointer (&self->here, g_main_context_unref);
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
  self->here = g_main_context_ref_thread_default ();
  self->there = g_main_context_new ();
  self->loop = g_main_loop_new (self->there, FALSE);
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
  self->sounds = tutti_hosting_sounds_new (tutti_studio_get_library (studio), self->here);
  self->thread = g_thread_new ("tutti-room", thread_main, self);
  return self;
}

TuttiHosting *
tutti_hosting_open_house (TuttiStudio *studio, const char *jam, const TuttiHouseLimits *limits, GError **error)
{
  g_autoptr(TuttiHosting) self = hosting_new (studio, jam);
  Opening opening = { self, tutti_studio_get_store (studio), limits, NULL };

  call_there (self, open_there, &opening);
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

  call_there (self, wait_there, &opening);
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

static void
on_welcomed (gpointer user, TuttiLink *link)
{
  TuttiHosting *self = user;

  if (self->listener != NULL)
    tutti_listener_welcome (self->listener, link);
}

static void
on_link (TuttiListener *listener, TuttiLink *link, const char *jam, TuttiHosting *self)
{
  g_autoptr(GError) error = NULL;
  TuttiRoom *room = tutti_house_visit (self->house, jam, &error);

  /* It was there at the handshake. */
  if (room == NULL)
    tutti_link_close (link, TUTTI_CLOSE_SERVER_RESTARTING, error->message);
  else
    tutti_room_admit (room, link, on_welcomed, self);
}

static gboolean
find_jam (gpointer data, const char *jam, GError **error)
{
  TuttiHosting *self = data;

  if (tutti_house_visit (self->house, jam, error) != NULL)
    return TRUE;
  if (jam != NULL)
    post_jam_news (self, ASKED, jam);
  return FALSE;
}

static char *
status_text (gpointer data, const char *jam)
{
  return tutti_room_status_text (tutti_house_find (((TuttiHosting *) data)->house, jam));
}

static gboolean
may_have_sound (gpointer data, const char *token, const char *method, const char *sha256)
{
  char jam[TUTTI_JAM_ID_MAX + 1];

  return tutti_rest_person_of_token (((TuttiHosting *) data)->rest, token, g_str_equal (method, "PUT"), jam) != 0;
}

static char *
metrics_text (gpointer data, const TuttiListenerFigures *figures)
{
  TuttiHosting *self = data;
  TuttiMetrics metrics;

  tutti_house_get_metrics (self->house, &metrics);
  tutti_rest_add_metrics (self->rest, &metrics);
  return tutti_metrics_to_text (&metrics, figures);
}

static const char *
sick_words (gpointer data)
{
  TuttiMetrics metrics;

  tutti_house_get_metrics (((TuttiHosting *) data)->house, &metrics);
  return metrics.append_fails ? "the store cannot be written\n" : NULL;
}

static char *
debug_text (gpointer data, const char *jam)
{
  return tutti_house_debug_text (((TuttiHosting *) data)->house, jam);
}

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

static gboolean
listen_there (gpointer data)
{
  Listening *listening = data;
  TuttiHosting *self = listening->self;
  const TuttiHostingPlace *place = listening->place;
  static const TuttiListenerWatch watch = { metrics_text, sick_words, debug_text };

  stop_listener (self);
  self->listener = tutti_listener_new (self->identity);
  set_bounds (self->listener, place);
  self->rest = tutti_rest_new (self->house);
  tutti_rest_attach (self->rest, self->listener);
  tutti_listener_set_origins (self->listener, place->origins);
  tutti_listener_set_jams (self->listener, find_jam, self);
  tutti_listener_set_status (self->listener, status_text, self);
  tutti_listener_set_samples (self->listener, tutti_hosting_sounds_provider (), self->sounds, may_have_sound, self);
  tutti_listener_set_quota (self->listener, tutti_rest_get_sample_quota (), self->rest);
  tutti_rest_set_count (self->rest, tutti_hosting_sounds_count_bytes, self->sounds);
  g_signal_connect (self->listener, "link", G_CALLBACK (on_link), self);
  if (place->metrics != TUTTI_METRICS_FOR_NOBODY)
    tutti_listener_set_watch (self->listener, &watch, self, place->metrics == TUTTI_METRICS_FOR_ALL);
  if (!tutti_listener_start (self->listener, place->port, place->loopback ? TUTTI_LISTEN_LOOPBACK : TUTTI_LISTEN_EVERYWHERE,
                             &listening->error))
    {
      stop_listener (self);
      return G_SOURCE_REMOVE;
    }
  tutti_house_set_clock_port (self->house, place->clock_port);
  listening->port = tutti_listener_get_port (self->listener, NULL);
  return G_SOURCE_REMOVE;
}

guint16
tutti_hosting_listen (TuttiHosting *self, const TuttiHostingPlace *place, GError **error)
{
  Listening listening = { self, place, 0, NULL };

  call_there (self, listen_there, &listening);
  if (listening.error != NULL)
    g_propagate_error (error, listening.error);
  return listening.port;
}

static gboolean
stop_there (gpointer data)
{
  TuttiHosting *self = data;

  stop_listener (self);
  tutti_house_dismiss (self->house, TUTTI_CLOSE_GOING_AWAY);
  return G_SOURCE_REMOVE;
}

void
tutti_hosting_stop_listening (TuttiHosting *self)
{
  call_there (self, stop_there, self);
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

typedef struct
{
  TuttiHosting *self;
  guint         number;
} NumberCall;

static gboolean
set_people_there (gpointer data)
{
  NumberCall *call = data;
  TuttiHouseLimits limits;

  tutti_house_get_limits (call->self->house, &limits);
  limits.people = limits.people_a_room = call->number;
  tutti_house_set_limits (call->self->house, &limits);
  return G_SOURCE_REMOVE;
}

void
tutti_hosting_set_people_max (TuttiHosting *self, guint people_max)
{
  NumberCall call = { self, people_max };

  call_there (self, set_people_there, &call);
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

  call_there (self, run_errand, &errand);
}

void
tutti_hosting_post (TuttiHosting *self, TuttiHouseFunc func, gpointer data, GDestroyNotify destroy)
{
  Errand errand = { self, func, data, destroy };

  post (self->there, run_errand, g_memdup2 (&errand, sizeof errand), free_errand);
}

/* ---- someone here ---- */

typedef struct
{
  GWeakRef   hosting;
  guint      connection;
  char      *text;
  gboolean   closed;
  TuttiClose code;
} Parcel;

static void
free_parcel (gpointer data)
{
  Parcel *parcel = data;

  g_weak_ref_clear (&parcel->hosting);
  g_free (parcel->text);
  g_free (parcel);
}

/* Here: only when the guest is still connected. */
static gboolean
hand_over (gpointer data)
{
  Parcel *parcel = data;
  g_autoptr(TuttiHosting) self = g_weak_ref_get (&parcel->hosting);
  const TuttiRoomGuest *known = self != NULL && self->guests != NULL
                                  ? g_hash_table_lookup (self->guests, GUINT_TO_POINTER (parcel->connection)) : NULL;

  if (known == NULL)
    return G_SOURCE_REMOVE;
  TuttiRoomGuest guest = *known;

  if (!parcel->closed)
    guest.receive (guest.user, parcel->text);
  else
    {
      g_hash_table_remove (self->guests, GUINT_TO_POINTER (parcel->connection));
      guest.closed (guest.user, parcel->code, parcel->text);
    }
  return G_SOURCE_REMOVE;
}

/* There: the house's side of one guest. */
typedef struct
{
  TuttiHosting *self;
  guint         connection;
} Seat;

static void
post_parcel (Seat *seat, const char *text, gboolean closed, TuttiClose code)
{
  Parcel *parcel = g_new0 (Parcel, 1);

  g_weak_ref_init (&parcel->hosting, seat->self);
  parcel->connection = seat->connection;
  parcel->text = g_strdup (text);
  parcel->closed = closed;
  parcel->code = code;
  post (seat->self->here, hand_over, parcel, free_parcel);
}

static void
receive_there (gpointer user, const char *text)
{
  post_parcel (user, text, FALSE, TUTTI_CLOSE_NORMAL);
}

static void
closed_there (gpointer user, TuttiClose code, const char *words)
{
  post_parcel (user, words, TRUE, code);
}

static gboolean
connect_there (gpointer data)
{
  NumberCall *call = data;
  Seat *seat = g_new0 (Seat, 1);

  seat->self = call->self;
  /* Its only room stays open. */
  seat->connection = tutti_room_connect (tutti_house_find (call->self->house, NULL),
                                         &(TuttiRoomGuest) { seat, receive_there, closed_there, g_free });
  call->number = seat->connection;
  return G_SOURCE_REMOVE;
}

guint
tutti_hosting_connect (TuttiHosting *self, const TuttiRoomGuest *guest)
{
  NumberCall call = { self, 0 };

  call_there (self, connect_there, &call);
  g_hash_table_insert (self->guests, GUINT_TO_POINTER (call.number), g_memdup2 (guest, sizeof *guest));
  return call.number;
}

typedef struct
{
  TuttiHosting *self;              /* borrowed: the house's context ends before it does */
  guint         connection;
  char         *text;
} Saying;

static void
free_saying (gpointer data)
{
  Saying *saying = data;

  g_free (saying->text);
  g_free (saying);
}

static gboolean
say_there (gpointer data)
{
  Saying *saying = data;
  TuttiHosting *self = saying->self;
  TuttiRoom *room = self->house != NULL ? tutti_house_find (self->house, NULL) : NULL;

  if (room != NULL)
    tutti_room_say (room, saying->connection, saying->text);
  return G_SOURCE_REMOVE;
}

void
tutti_hosting_say (TuttiHosting *self, guint connection, const char *text)
{
  Saying saying = { self, connection, g_strdup (text) };

  post (self->there, say_there, g_memdup2 (&saying, sizeof saying), free_saying);
}

static gboolean
disconnect_there (gpointer data)
{
  NumberCall *call = data;
  TuttiHosting *self = call->self;
  TuttiRoom *room = self->house != NULL ? tutti_house_find (self->house, NULL) : NULL;

  if (room != NULL)
    tutti_room_disconnect (room, call->number);
  return G_SOURCE_REMOVE;
}

void
tutti_hosting_disconnect (TuttiHosting *self, guint connection)
{
  NumberCall call = { self, connection };

  g_hash_table_remove (self->guests, GUINT_TO_POINTER (connection));
  if (self->thread != NULL)
    call_there (self, disconnect_there, &call);
}
