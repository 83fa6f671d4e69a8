/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-hosting.h"

#include "tutti-hosting-sounds.h"
#include "tutti-listener.h"

struct _TuttiHosting
{
  GObject              parent_instance;
  GMainContext        *here;       /* owned: the maker's */
  GMainContext        *there;      /* owned: the room's */
  GMainLoop           *loop;
  GThread             *thread;
  TuttiIdentity       *identity;
  TuttiHostingSounds  *sounds;
  TuttiRoomStatus      status;     /* the newest told, for here */
  char                *jam;
  gint64               origin_ns;
  GHashTable          *guests;     /* connection → TuttiRoomGuest, for here */

  /* Touched by the room's thread alone. */
  TuttiRoom           *room;
  TuttiListener       *listener;
};

G_DEFINE_FINAL_TYPE (TuttiHosting, tutti_hosting, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- calls into the room's thread that wait for the answer ---- */

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

/* ---- what the room tells ---- */

typedef struct
{
  GWeakRef        hosting;
  TuttiRoomStatus status;
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
  self->status = news->status;
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
on_room_changed (gpointer user, const TuttiRoomStatus *status)
{
  TuttiHosting *self = user;
  News *news = g_new0 (News, 1);

  g_weak_ref_init (&news->hosting, self);
  news->status = *status;
  post (self->here, tell_news, news, free_news);
}

/* ---- opening and closing ---- */

typedef struct
{
  TuttiHosting *self;
  TuttiStore   *store;
  const char   *jam;
  guint         people_max;
  GError       *error;
} Opening;

static gboolean
open_there (gpointer data)
{
  Opening *opening = data;
  TuttiHosting *self = opening->self;

  self->room = tutti_room_open (opening->store, opening->jam, opening->people_max, &opening->error);
  if (self->room == NULL)
    return G_SOURCE_REMOVE;
  self->origin_ns = tutti_room_get_origin_ns (self->room);
  tutti_room_get_status (self->room, &self->status);
  tutti_room_watch (self->room, on_room_changed, self);
  return G_SOURCE_REMOVE;
}

static void
stop_listener (TuttiHosting *self)
{
  if (self->listener == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->listener, self);
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
  if (self->room != NULL)
    tutti_room_close (g_steal_pointer (&self->room), closing->code);
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
  /* Here: the library's last reference must not go in the room's thread. */
  g_clear_pointer (&self->sounds, tutti_hosting_sounds_free);
}

static void
tutti_hosting_dispose (GObject *object)
{
  TuttiHosting *self = TUTTI_HOSTING (object);

  tutti_hosting_close (self, TUTTI_CLOSE_GOING_AWAY);
  g_clear_object (&self->identity);
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
  g_autoptr(TuttiHosting) self = g_object_new (TUTTI_TYPE_HOSTING, NULL);
  Opening opening = { self, tutti_studio_get_store (studio), jam, people_max, NULL };

  self->jam = g_strdup (jam);
  self->identity = g_object_ref (tutti_studio_get_identity (studio));
  self->sounds = tutti_hosting_sounds_new (tutti_studio_get_library (studio), self->here);
  self->thread = g_thread_new ("tutti-room", thread_main, self);
  call_there (self, open_there, &opening);
  if (opening.error != NULL)
    {
      g_propagate_error (error, opening.error);
      return NULL;
    }
  return g_steal_pointer (&self);
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
  tutti_room_admit (self->room, link, on_welcomed, self);
}

static gboolean
jam_exists (gpointer data, const char *jam)
{
  TuttiHosting *self = data;

  return jam == NULL || g_str_equal (jam, self->jam);
}

static char *
status_text (gpointer data)
{
  return tutti_room_status_text (((TuttiHosting *) data)->room);
}

static gboolean
may_have_sound (gpointer data, const char *token, const char *method, const char *sha256)
{
  TuttiRoom *room = ((TuttiHosting *) data)->room;

  return g_str_equal (method, "PUT") ? tutti_room_token_may_add (room, token) : tutti_room_knows_token (room, token);
}

static gboolean
listen_there (gpointer data)
{
  Listening *listening = data;
  TuttiHosting *self = listening->self;
  const TuttiHostingPlace *place = listening->place;

  stop_listener (self);
  self->listener = tutti_listener_new (self->identity);
  tutti_listener_set_jams (self->listener, jam_exists, self);
  tutti_listener_set_status (self->listener, status_text, self);
  tutti_listener_set_samples (self->listener, tutti_hosting_sounds_provider (), self->sounds, may_have_sound, self);
  g_signal_connect (self->listener, "link", G_CALLBACK (on_link), self);
  if (!tutti_listener_start (self->listener, place->port, place->loopback ? TUTTI_LISTEN_LOOPBACK : TUTTI_LISTEN_EVERYWHERE,
                             &listening->error))
    {
      stop_listener (self);
      return G_SOURCE_REMOVE;
    }
  tutti_room_set_clock_port (self->room, place->clock_port);
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
  tutti_room_dismiss (self->room, TUTTI_CLOSE_GOING_AWAY);
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

  tutti_room_set_people_max (call->self->room, call->number);
  return G_SOURCE_REMOVE;
}

void
tutti_hosting_set_people_max (TuttiHosting *self, guint people_max)
{
  NumberCall call = { self, people_max };

  call_there (self, set_people_there, &call);
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

/* There: the room's side of one guest. */
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
  seat->connection = tutti_room_connect (call->self->room, &(TuttiRoomGuest) { seat, receive_there, closed_there, g_free });
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
  TuttiHosting *self;              /* borrowed: the room's context ends before it does */
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

  if (saying->self->room != NULL)
    tutti_room_say (saying->self->room, saying->connection, saying->text);
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

  if (call->self->room != NULL)
    tutti_room_disconnect (call->self->room, call->number);
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
