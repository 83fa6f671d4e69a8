/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-avahi-discovery.h"

#include "tutti-avahi-entry.h"
#include "tutti-avahi-look.h"
#include "tutti-browser-private.h"
#include "tutti-publisher-private.h"

/* How long the end waits for a worker that waits for a daemon which hangs. */
#define FAREWELL_US (1 * G_TIME_SPAN_SECOND)

/* Shared by both threads; whoever lets go last frees it. */
typedef struct
{
  GMainContext     *context;
  GMainLoop        *loop;
  TuttiAvahiClient *client;
  GMutex            lock;
  GCond             ended_cond;
  gboolean          ended;
} Worker;

struct _TuttiAvahiDiscovery
{
  GObject       parent_instance;
  GMainContext *owner;
  Worker       *worker;
  GThread      *thread;
};

static void discovery_init (TuttiDiscoveryInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TuttiAvahiDiscovery, tutti_avahi_discovery, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TUTTI_TYPE_DISCOVERY, discovery_init))

static void
worker_clear (gpointer data)
{
  Worker *worker = data;

  g_main_loop_unref (worker->loop);
  g_main_context_unref (worker->context);
  g_mutex_clear (&worker->lock);
  g_cond_clear (&worker->ended_cond);
}

static void
worker_unref (Worker *worker)
{
  g_atomic_rc_box_release_full (worker, worker_clear);
}

static gpointer
worker_run (gpointer data)
{
  Worker *worker = data;

  g_main_context_push_thread_default (worker->context);
  g_main_loop_run (worker->loop);
  /* What was posted just before the end (a jam being taken back) still counts. */
  while (g_main_context_iteration (worker->context, FALSE))
    ;
  tutti_avahi_client_free (worker->client);
  g_main_context_pop_thread_default (worker->context);

  g_mutex_lock (&worker->lock);
  worker->ended = TRUE;
  g_cond_signal (&worker->ended_cond);
  g_mutex_unlock (&worker->lock);
  worker_unref (worker);
  return NULL;
}

static Worker *
worker_new (void)
{
  Worker *worker = g_atomic_rc_box_new0 (Worker);

  g_mutex_init (&worker->lock);
  g_cond_init (&worker->ended_cond);
  worker->context = g_main_context_new ();
  worker->loop = g_main_loop_new (worker->context, FALSE);
  worker->client = tutti_avahi_client_new (worker->context);
  return worker;
}

static gboolean
quit (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

/* Waits for the worker's end, within reason. Returns whether it has come. */
static gboolean
worker_quit (Worker *worker)
{
  gint64 deadline = g_get_monotonic_time () + FAREWELL_US;
  gboolean ended;

  tutti_avahi_post (worker->context, quit, g_main_loop_ref (worker->loop), (GDestroyNotify) g_main_loop_unref);
  g_mutex_lock (&worker->lock);
  while (!worker->ended && g_cond_wait_until (&worker->ended_cond, &worker->lock, deadline))
    ;
  ended = worker->ended;
  g_mutex_unlock (&worker->lock);
  return ended;
}

static TuttiBrowser *
tutti_avahi_discovery_browse (TuttiDiscovery *discovery)
{
  TuttiAvahiDiscovery *self = TUTTI_AVAHI_DISCOVERY (discovery);
  TuttiBrowser *browser = tutti_browser_new ();

  tutti_browser_set_engine (browser,
                            tutti_avahi_look_new (self->worker->client, self->owner, G_OBJECT (self), browser),
                            (GDestroyNotify) tutti_avahi_look_stop);
  return browser;
}

static TuttiPublisher *
tutti_avahi_discovery_publish (TuttiDiscovery *discovery, const TuttiJamAd *ad)
{
  TuttiAvahiDiscovery *self = TUTTI_AVAHI_DISCOVERY (discovery);
  TuttiPublisher *publisher = tutti_publisher_new (ad);

  tutti_avahi_entry_new (self->worker->client, self->owner, G_OBJECT (self), publisher);
  return publisher;
}

TuttiAvahiDiscovery *
tutti_avahi_discovery_new (void)
{
  return g_object_new (TUTTI_TYPE_AVAHI_DISCOVERY, NULL);
}

static void
tutti_avahi_discovery_finalize (GObject *object)
{
  TuttiAvahiDiscovery *self = TUTTI_AVAHI_DISCOVERY (object);

  if (worker_quit (self->worker))
    g_thread_join (self->thread);
  else
    g_thread_unref (self->thread);
  worker_unref (self->worker);
  g_main_context_unref (self->owner);
  G_OBJECT_CLASS (tutti_avahi_discovery_parent_class)->finalize (object);
}

static void
tutti_avahi_discovery_class_init (TuttiAvahiDiscoveryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tutti_avahi_discovery_finalize;
}

static void
tutti_avahi_discovery_init (TuttiAvahiDiscovery *self)
{
  self->owner = g_main_context_ref_thread_default ();
  self->worker = worker_new ();
  self->thread = g_thread_new ("tutti-avahi", worker_run, g_atomic_rc_box_acquire (self->worker));
}

static void
discovery_init (TuttiDiscoveryInterface *iface)
{
  iface->browse = tutti_avahi_discovery_browse;
  iface->publish = tutti_avahi_discovery_publish;
}
