/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-heart.h"

/* How often the status is looked at when nobody counts the beats. */
#define LEISURE_MS 10000

struct _TuttiHeart
{
  TuttiHosting *hosting;           /* owned */
  TuttiNotify  *notify;            /* owned */
  gboolean      counted;
  guint         beat;

  /* Touched by the house's thread alone. */
  guint         told_rooms, told_people;
};

static void
put_status (GString *out, guint rooms, guint people)
{
  g_string_append_printf (out, "STATUS=%u jam%s open, %u participant%s", rooms, rooms == 1 ? "" : "s", people,
                          people == 1 ? "" : "s");
}

/* In the house's thread. */
static void
pulse (TuttiHouse *house, gpointer data)
{
  TuttiHeart *self = data;
  g_autoptr(GString) out = g_string_new (self->counted ? "WATCHDOG=1\n" : "");
  TuttiMetrics metrics;

  tutti_house_get_metrics (house, &metrics);
  if (metrics.rooms != self->told_rooms || metrics.people != self->told_people)
    put_status (out, metrics.rooms, metrics.people);
  self->told_rooms = metrics.rooms;
  self->told_people = metrics.people;
  if (out->len > 0)
    tutti_notify_send (self->notify, out->str);
}

static gboolean
on_beat (gpointer data)
{
  TuttiHeart *self = data;

  tutti_hosting_post (self->hosting, pulse, self, NULL);
  return G_SOURCE_CONTINUE;
}

TuttiHeart *
tutti_heart_new (TuttiHosting *hosting, TuttiNotify *notify, guint64 watchdog_us)
{
  TuttiHeart *self = g_new0 (TuttiHeart, 1);
  /* Three a period: one may be late. */
  guint64 period_ms = watchdog_us > 0 ? CLAMP (watchdog_us / 3000, 1, LEISURE_MS) : LEISURE_MS;

  self->hosting = g_object_ref (hosting);
  self->notify = notify;
  self->counted = watchdog_us > 0;
  tutti_notify_send (notify, "READY=1\nSTATUS=Nobody is here yet");
  self->beat = g_timeout_add ((guint) period_ms, on_beat, self);
  on_beat (self);
  return self;
}

static void
nothing (TuttiHouse *house, gpointer data)
{
}

void
tutti_heart_free (TuttiHeart *self)
{
  g_source_remove (self->beat);
  tutti_notify_send (self->notify, "STOPPING=1\nSTATUS=Saving all jams");
  /* Whatever was posted before this is through. */
  tutti_hosting_call (self->hosting, nothing, NULL);
  g_object_unref (self->hosting);
  tutti_notify_free (self->notify);
  g_free (self);
}
