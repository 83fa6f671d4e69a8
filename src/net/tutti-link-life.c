/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signs of life, and their absence: one clock for silence, stall and the end of lingering. */
#include "tutti-link-private.h"

#include "tutti-limits.h"

static gint64
next_deadline (TuttiLink *self)
{
  gint64 next_us = G_MAXINT64;

  if (self->state != TUTTI_LINK_OPEN)
    return self->closing_us + self->linger_us;
  if (self->dead_after_us > 0)
    next_us = self->last_in_us + self->dead_after_us;
  if (self->ping_after_us > 0 && self->asked_us == 0)
    next_us = MIN (next_us, self->last_in_us + self->ping_after_us);
  if (tutti_link_queued_bytes (self) > 0)
    next_us = MIN (next_us, self->last_out_us + TUTTI_STALL_AFTER_MS * G_TIME_SPAN_MILLISECOND);
  return next_us;
}

void
tutti_link_arm_life (TuttiLink *self)
{
  gint64 next_us = next_deadline (self);

  if (self->life != NULL)
    g_source_set_ready_time (self->life, next_us == G_MAXINT64 ? -1 : next_us);
}

static void
check_life (TuttiLink *self, gint64 now_us)
{
  gint64 silence_us = now_us - self->last_in_us;

  if (self->state != TUTTI_LINK_OPEN)
    {
      /* The farewell was not answered in time. */
      tutti_counted_stream_abort (self->stream);
      g_source_set_ready_time (self->life, -1);
      return;
    }
  if (self->dead_after_us > 0 && silence_us >= self->dead_after_us)
    tutti_link_finish (self, TUTTI_CLOSE_IDLE, NULL);
  else if (tutti_link_queued_bytes (self) > 0 && now_us - self->last_out_us >= TUTTI_STALL_AFTER_MS * G_TIME_SPAN_MILLISECOND)
    tutti_link_finish (self, TUTTI_CLOSE_SLOW, NULL);
  else if (self->ping_after_us > 0 && silence_us >= self->ping_after_us && self->asked_us == 0)
    tutti_link_ping (self);
  tutti_link_arm_life (self);
}

static gboolean
life_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  g_autoptr(TuttiLink) self = g_object_ref (TUTTI_LINK (data));

  check_life (self, g_get_monotonic_time ());
  return G_SOURCE_CONTINUE;
}

static gboolean
never_called (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* Only a ready time moves; nothing wakes up while a busy link is busy. Below the priority of input: after the whole
 * program stood still, what arrived meanwhile is read before anybody is called dead. */
void
tutti_link_start_life (TuttiLink *self)
{
  static GSourceFuncs functions = { .dispatch = life_dispatch };

  self->life = g_source_new (&functions, sizeof (GSource));
  g_source_set_priority (self->life, G_PRIORITY_DEFAULT + 10);
  g_source_set_callback (self->life, never_called, self, NULL);
  g_source_attach (self->life, self->context);
  tutti_link_arm_life (self);
}

void
tutti_link_set_life (TuttiLink *self, guint ping_after_ms, guint dead_after_ms)
{
  g_return_if_fail (TUTTI_IS_LINK (self));

  self->ping_after_us = (gint64) ping_after_ms * G_TIME_SPAN_MILLISECOND;
  self->dead_after_us = (gint64) dead_after_ms * G_TIME_SPAN_MILLISECOND;
  tutti_link_arm_life (self);
}

void
tutti_link_set_linger (TuttiLink *self, guint linger_ms)
{
  g_return_if_fail (TUTTI_IS_LINK (self));

  self->linger_us = (gint64) linger_ms * G_TIME_SPAN_MILLISECOND;
  tutti_link_arm_life (self);
}

void
tutti_link_note_life (TuttiLink *self)
{
  g_return_if_fail (TUTTI_IS_LINK (self));

  self->last_in_us = g_get_monotonic_time ();
  if (self->asked_us == 0)
    return;                        /* the clock is early at most, and looks again by itself */
  self->asked_us = 0;
  tutti_link_arm_life (self);
}

void
tutti_link_ping (TuttiLink *self)
{
  g_return_if_fail (TUTTI_IS_LINK (self));

  if (self->state != TUTTI_LINK_OPEN)
    return;
  self->asked_us = g_get_monotonic_time ();
  self->pings_sent++;
  tutti_counted_stream_ping (self->stream);
}
