/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-socket-watch.h"

struct _TuttiSocketWatch
{
  GSocket *socket;             /* owned; NULL once stopped */
  GSource *keeper;             /* owned: what keeps the descriptor in the loop; NULL until somebody waits */
  gpointer tag;                /* of the descriptor in it; NULL while nobody waits */
  GSource *reader;             /* borrowed: the newest source given out; it clears this when it goes */
  gboolean more, held;
};

/* The source that stays */

typedef struct
{
  GSource source;
  TuttiSocketWatch *watch;     /* borrowed: it destroys this source */
} Keeper;

static gboolean
is_readable (TuttiSocketWatch *self)
{
  return self->tag != NULL && g_source_query_unix_fd (self->keeper, self->tag) != 0;
}

/* It wants to be called only to be rid of a descriptor that nobody reads: the loop would spin on it. */
static gboolean
keeper_check (GSource *source)
{
  TuttiSocketWatch *self = ((Keeper *) source)->watch;

  return (self->reader == NULL || g_source_is_destroyed (self->reader)) && is_readable (self);
}

static gboolean
keeper_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  TuttiSocketWatch *self = ((Keeper *) source)->watch;

  if (self->tag != NULL)
    g_source_remove_unix_fd (source, g_steal_pointer (&self->tag));
  return G_SOURCE_CONTINUE;
}

static void
keep (TuttiSocketWatch *self)
{
  static GSourceFuncs functions = { .check = keeper_check, .dispatch = keeper_dispatch };

  if (self->socket == NULL || self->tag != NULL || self->held)
    return;
  if (self->keeper == NULL)
    {
      self->keeper = g_source_new (&functions, sizeof (Keeper));
      ((Keeper *) self->keeper)->watch = self;
      g_source_attach (self->keeper, g_main_context_get_thread_default ());
    }
  self->tag = g_source_add_unix_fd (self->keeper, g_socket_get_fd (self->socket), G_IO_IN | G_IO_HUP | G_IO_ERR);
}

/* The sources given out */

typedef struct
{
  GSource source;
  TuttiSocketWatch *watch;     /* borrowed: @pollable keeps it */
  GObject *pollable;           /* owned */
} Reader;

static gboolean
reader_prepare (GSource *source, int *timeout)
{
  *timeout = -1;
  return ((Reader *) source)->watch->more && !((Reader *) source)->watch->held;
}

static gboolean
reader_check (GSource *source)
{
  TuttiSocketWatch *self = ((Reader *) source)->watch;

  return !self->held && (self->more || is_readable (self));
}

static gboolean
reader_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  Reader *reader = (Reader *) source;

  reader->watch->more = TRUE;
  return callback == NULL || ((GPollableSourceFunc) G_CALLBACK (callback)) (reader->pollable, data);
}

/* For whoever sets a closure, as every wrapper of pollable sources does. */
static gboolean
call_closure (GObject *pollable, gpointer closure)
{
  g_auto(GValue) argument = G_VALUE_INIT, result = G_VALUE_INIT;

  g_value_init (&result, G_TYPE_BOOLEAN);
  g_value_init (&argument, G_TYPE_OBJECT);
  g_value_set_object (&argument, pollable);
  g_closure_invoke (closure, &result, 1, &argument, NULL);
  return g_value_get_boolean (&result);
}

static void
reader_finalize (GSource *source)
{
  Reader *reader = (Reader *) source;

  if (reader->watch->reader == source)
    reader->watch->reader = NULL;
  g_object_unref (reader->pollable);
}

GSource *
tutti_socket_watch_create_source (TuttiSocketWatch *self, GObject *pollable, GCancellable *cancellable)
{
  static GSourceFuncs functions = { .prepare = reader_prepare, .check = reader_check, .dispatch = reader_dispatch,
                                    .finalize = reader_finalize, .closure_callback = G_SOURCE_FUNC (call_closure) };
  GSource *source = g_source_new (&functions, sizeof (Reader));
  Reader *reader = (Reader *) source;

  reader->watch = self;
  reader->pollable = g_object_ref (pollable);
  g_source_set_can_recurse (source, TRUE);
  if (cancellable != NULL)
    {
      g_autoptr(GSource) cancelled = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (source, cancelled);
    }
  self->reader = source;
  keep (self);
  return source;
}

/* The watch */

TuttiSocketWatch *
tutti_socket_watch_new (GSocket *socket)
{
  TuttiSocketWatch *self = g_new0 (TuttiSocketWatch, 1);

  self->socket = g_object_ref (socket);
  self->more = TRUE;
  return self;
}

void
tutti_socket_watch_free (TuttiSocketWatch *self)
{
  tutti_socket_watch_stop (self);
  g_free (self);
}

void
tutti_socket_watch_set_more (TuttiSocketWatch *self, gboolean more)
{
  self->more = more || self->socket == NULL;
}

gboolean
tutti_socket_watch_get_more (TuttiSocketWatch *self)
{
  return self->more;
}

/* Out of the loop altogether: a descriptor in it would wake it for nothing. TLS may have something read already. */
void
tutti_socket_watch_set_held (TuttiSocketWatch *self, gboolean held)
{
  self->held = held && self->socket != NULL;
  if (self->held && self->tag != NULL)
    g_source_remove_unix_fd (self->keeper, g_steal_pointer (&self->tag));
  if (self->held)
    return;
  self->more = TRUE;
  if (self->reader != NULL)
    keep (self);
}

gboolean
tutti_socket_watch_get_held (TuttiSocketWatch *self)
{
  return self->held;
}

void
tutti_socket_watch_stop (TuttiSocketWatch *self)
{
  self->held = FALSE;
  if (self->keeper != NULL)
    g_source_destroy (self->keeper);
  g_clear_pointer (&self->keeper, g_source_unref);
  self->tag = NULL;
  g_clear_object (&self->socket);
  self->more = TRUE;
}
