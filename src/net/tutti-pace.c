/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-pace.h"

/* Messages closer to each other came by one read: the second waits for the next turn. */
#define SAME_TURN_US 100

/* Without a wait for so long, it begins anew. */
#define CALM_US G_USEC_PER_SEC

struct _TuttiPace
{
  TuttiPaceCalls calls;
  TuttiBucket    bucket;
  GQueue         waiting;          /* of GBytes, owned */
  GSource       *next;             /* owned; its ready time is −1 while nothing waits */
  gint64         delivered_us;     /* when the last one had been taken up */
  gint64         waited_us;        /* when the measure was last seen exceeded; 0 never */
  gint64         pressed_us;       /* since when it is, but for moments */
  gint64         patience_us;
  gboolean       held, stopped;
};

static void
deliver (TuttiPace *self, GBytes *text)
{
  self->calls.deliver (self->calls.user, text);
  self->delivered_us = g_get_monotonic_time ();
}

static void
set_held (TuttiPace *self, gboolean held)
{
  if (self->held == held)
    return;
  self->held = held;
  self->calls.hold (self->calls.user, held);
}

/* Who is beyond the measure is served when nobody else waits. TRUE: the patience is at an end. */
static gboolean
note_wait (TuttiPace *self, gint64 now_us)
{
  g_source_set_priority (self->next, G_PRIORITY_DEFAULT + 5);
  if (self->waited_us == 0 || now_us - self->waited_us > CALM_US)
    self->pressed_us = now_us;
  self->waited_us = now_us;
  return now_us - self->pressed_us >= self->patience_us;
}

static void
take_next (TuttiPace *self)
{
  gint64 now_us = g_get_monotonic_time ();

  if (!tutti_bucket_take (&self->bucket, 1, now_us))
    {
      if (note_wait (self, now_us))
        self->calls.too_fast (self->calls.user);
      else
        g_source_set_ready_time (self->next, now_us + tutti_bucket_wait_us (&self->bucket, 1, now_us));
      return;
    }
  g_autoptr(GBytes) text = g_queue_pop_head (&self->waiting);

  deliver (self, text);
  if (self->stopped)
    return;
  if (g_queue_is_empty (&self->waiting))
    {
      g_source_set_ready_time (self->next, -1);
      set_held (self, FALSE);
    }
}

static gboolean
next_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  TuttiPace *self = g_rc_box_acquire (data);

  if (!self->stopped)
    take_next (self);
  g_rc_box_release (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
never_called (gpointer data)
{
  return G_SOURCE_REMOVE;
}

TuttiPace *
tutti_pace_new (guint a_second, guint at_once, guint patience_ms, const TuttiPaceCalls *calls)
{
  static GSourceFuncs functions = { .dispatch = next_dispatch };
  TuttiPace *self = g_rc_box_new0 (TuttiPace);

  self->calls = *calls;
  self->patience_us = (gint64) patience_ms * 1000;
  tutti_bucket_init (&self->bucket, a_second, at_once, g_get_monotonic_time ());
  self->next = g_source_new (&functions, sizeof (GSource));
  g_source_set_callback (self->next, never_called, self, NULL);
  g_source_attach (self->next, g_main_context_get_thread_default ());
  return self;
}

void
tutti_pace_stop (TuttiPace *self)
{
  if (self->stopped)
    return;
  self->stopped = TRUE;
  g_source_destroy (self->next);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) g_bytes_unref);
  set_held (self, FALSE);
}

void
tutti_pace_free (TuttiPace *self)
{
  tutti_pace_stop (self);
  g_clear_pointer (&self->next, g_source_unref);
  g_rc_box_release (self);
}

void
tutti_pace_receive (TuttiPace *self, GBytes *text)
{
  gint64 now_us = g_get_monotonic_time ();

  if (self->stopped)
    return;
  if (g_queue_is_empty (&self->waiting) && now_us - self->delivered_us > SAME_TURN_US &&
      tutti_bucket_take (&self->bucket, 1, now_us))
    {
      g_rc_box_acquire (self);
      deliver (self, text);
      g_rc_box_release (self);
      return;
    }
  if (now_us - self->waited_us > CALM_US)
    g_source_set_priority (self->next, G_PRIORITY_DEFAULT);
  g_queue_push_tail (&self->waiting, g_bytes_ref (text));
  if (self->waiting.length == 1)
    g_source_set_ready_time (self->next, 0);
  set_held (self, TRUE);
}

void
tutti_pace_flush (TuttiPace *self)
{
  g_rc_box_acquire (self);
  while (!self->stopped && !g_queue_is_empty (&self->waiting))
    {
      g_autoptr(GBytes) text = g_queue_pop_head (&self->waiting);

      deliver (self, text);
    }
  g_rc_box_release (self);
}
