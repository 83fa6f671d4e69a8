/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lead: how many frames ahead an edit is stamped, so that it reaches everybody before it is to be heard. All wait for it, so
 * nobody's word alone may raise it far: participants tell their round trip and how many edits came late, and a host cannot check
 * either. Where several visit, what one of them asks for counts up to LEAD_ALONE_MAX; beyond that only as far as a second one asks
 * too. Who lives further away than the others hears some edits late, and mends them as DESIGN §3 has it. A single guest gets all
 * that it asks for: there is nobody else to wait but the host, which let it in. */
#include "tutti-host-private.h"

#define EVERY_US G_USEC_PER_SEC
#define FRAMES_OF_MS(ms) ((gint64) TUTTI_FRAMES_PER_SECOND * (ms) / 1000)

/* All that is added to the least lead, together. */
#define LEAD_MAX FRAMES_OF_MS (350)
#define LEAD_ALONE_MAX FRAMES_OF_MS (100)

/* A second with a late edit adds so much, at once; a second without takes away so much, since what was late once may be again. */
#define LEAD_UP FRAMES_OF_MS (20)
#define LEAD_DOWN FRAMES_OF_MS (1)

/* Smaller changes are not worth a message. */
#define TELL_FROM FRAMES_OF_MS (5)

/* The count goes on across connections, so its first value over this one says nothing new; and more edits than there were since
 * cannot have been late. */
void
tutti_host_note_late (TuttiHost *host, TuttiConnection *connection, gint64 late)
{
  if (connection->late >= 0)
    connection->late_new += CLAMP (late - connection->late, 0, host->seq - connection->late_seq);
  connection->late = MAX (connection->late, late);
  connection->late_seq = host->seq;
}

/* Frames that @connection asks for: the way to it, and what late edits showed to be missing. */
static gint64
take_wish (TuttiHost *host, TuttiConnection *connection)
{
  gint64 one_way_us = MIN (connection->round_trip_us / 2, G_USEC_PER_SEC);

  if (connection->late_new > 0)
    connection->lead_extra = MIN (connection->lead_extra + LEAD_UP, LEAD_MAX);
  else
    connection->lead_extra = MAX (connection->lead_extra - LEAD_DOWN, 0);
  host->figures.late += (guint64) connection->late_new;
  connection->late_new = 0;
  return one_way_us * TUTTI_FRAMES_PER_SECOND / G_USEC_PER_SEC + connection->lead_extra;
}

/* What all of them together get. */
static gint64
weigh_wishes (TuttiHost *host)
{
  gint64 first = 0, second = 0, alone_max;
  guint guests = 0;
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, host->connections);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    {
      TuttiConnection *connection = each;

      if (tutti_connection_watches (connection))
        continue;
      gint64 wish = take_wish (host, connection);

      guests += connection->seat != NULL && connection->id != host->home;
      second = MAX (second, MIN (wish, first));
      first = MAX (first, wish);
    }
  alone_max = guests > 1 ? LEAD_ALONE_MAX : LEAD_MAX;
  return MIN (MAX (MIN (first, alone_max), second), LEAD_MAX);
}

/* It rises at once and falls slowly. */
void
tutti_host_adjust_lead (TuttiHost *host, TuttiNow now)
{
  if (now.us - host->lead_us < EVERY_US)
    return;
  host->lead_us = now.us;
  host->lead = MAX (host->settings.lead_least + weigh_wishes (host), host->lead - LEAD_DOWN);
  if (ABS (host->lead - host->lead_told) < TELL_FROM)
    return;
  host->lead_told = host->lead;
  tutti_host_say_all (host, NULL, &(TuttiMessage) { .kind = TUTTI_MESSAGE_LEAD, .lead = host->lead });
}
