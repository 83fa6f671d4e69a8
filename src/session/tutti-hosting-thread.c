/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-hosting-thread.h"

struct _TuttiHostingThread
{
  GMainContext *home;              /* owned: the maker's */
  GMainContext *context;           /* owned: the thread's */
  GMainLoop    *loop;              /* owned */
  GThread      *thread;            /* NULL: it has ended */
};

static gpointer
thread_main (gpointer data)
{
  TuttiHostingThread *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

TuttiHostingThread *
tutti_hosting_thread_new (void)
{
  TuttiHostingThread *self = g_new0 (TuttiHostingThread, 1);

  self->home = g_main_context_ref_thread_default ();
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("tutti-room", thread_main, self);
  return self;
}

void
tutti_hosting_thread_free (TuttiHostingThread *self)
{
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_main_context_unref (self->home);
  g_free (self);
}

/* ---- there and back ---- */

static void
post (GMainContext *context, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, context);
}

void
tutti_hosting_thread_post (TuttiHostingThread *self, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  post (self->context, func, data, destroy);
}

void
tutti_hosting_thread_post_back (TuttiHostingThread *self, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  post (self->home, func, data, destroy);
}

/* ---- calls that wait for the answer ---- */

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

void
tutti_hosting_thread_call (TuttiHostingThread *self, GSourceFunc func, gpointer data)
{
  Call call = { .func = func, .data = data };

  g_mutex_init (&call.mutex);
  g_cond_init (&call.cond);
  post (self->context, run_call, &call, NULL);
  g_mutex_lock (&call.mutex);
  while (!call.done)
    g_cond_wait (&call.cond, &call.mutex);
  g_mutex_unlock (&call.mutex);
  g_mutex_clear (&call.mutex);
  g_cond_clear (&call.cond);
}

/* ---- the end ---- */

/* Closing frames still have to leave: a little while, bounded, until no source is ready. */
static gboolean
quit (gpointer data)
{
  TuttiHostingThread *self = data;

  for (int i = 0; i < 100 && g_main_context_pending (self->context); i++)
    g_main_context_iteration (self->context, FALSE);
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

void
tutti_hosting_thread_end (TuttiHostingThread *self)
{
  post (self->context, quit, self, NULL);
  g_thread_join (g_steal_pointer (&self->thread));
}

gboolean
tutti_hosting_thread_has_ended (TuttiHostingThread *self)
{
  return self->thread == NULL;
}

GMainContext *
tutti_hosting_thread_get_home (TuttiHostingThread *self)
{
  return self->home;
}
