/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cables between machines: what is on its way, who can hear whom, and who gives whom up when. */
#include "tutti-band-private.h"

#include <string.h>

#define DELAY_US 12000
#define SILENCE_US (2 * G_USEC_PER_SEC)           /* until a guest gives its host up */
#define DEAD_US (6 * G_USEC_PER_SEC)              /* until a host gives a guest up */

typedef struct
{
  gint64 due_us;
  char  *text;
} Parcel;

static void
free_parcel (gpointer data)
{
  g_free (((Parcel *) data)->text);
  g_free (data);
}

void
band_free_wire (gpointer data)
{
  TuttiBandWire *wire = data;

  g_queue_clear_full (&wire->up, free_parcel);
  g_queue_clear_full (&wire->down, free_parcel);
  g_free (wire);
}

void
band_post (TuttiBand *band, GQueue *queue, const char *text, gboolean inside)
{
  Parcel *last = g_queue_peek_tail (queue), *parcel = g_new0 (Parcel, 1);

  parcel->due_us = band->now.us + (inside ? 0 : g_rand_int_range (band->rand, 0, DELAY_US));
  if (last != NULL)
    parcel->due_us = MAX (parcel->due_us, last->due_us);
  parcel->text = g_strdup (text);
  g_queue_push_tail (queue, parcel);
}

gboolean
band_can_hear (const TuttiBandMate *a, const TuttiBandMate *b)
{
  return a->running && b->running && !a->frozen && !b->frozen && !a->band->cut[a->index][b->index];
}

TuttiBandWire *
band_wire_of (TuttiBandMate *host, guint connection)
{
  for (guint i = 0; i < host->band->wires->len; i++)
    {
      TuttiBandWire *wire = host->band->wires->pdata[i];

      if (wire->host == host && wire->connection == connection)
        return wire;
    }
  return NULL;
}

void
band_connect_to (TuttiBandMate *mate, TuttiBandMate *host)
{
  TuttiBand *band = mate->band;
  TuttiBandWire *wire = g_new0 (TuttiBandWire, 1);

  wire->guest = mate;
  wire->host = host;
  wire->connection = ++band->next_connection;
  wire->heard_us = band->now.us;
  g_ptr_array_add (band->wires, wire);
  mate->wire = wire;
  g_snprintf (mate->address, sizeof mate->address, "%u", host->index);
  band_note (band, "%u connects to %u (%u)", mate->index, host->index, wire->connection);
  tutti_succession_reached (mate->succession);
  tutti_host_opened (host->host, wire->connection, band->now);
  if (mate == host)
    tutti_host_is_home (host->host, wire->connection);
  tutti_replica_connected (mate->replica);
}

void
band_seek (TuttiBandMate *mate, TuttiClose why)
{
  tutti_succession_lost (mate->succession, why, tutti_replica_get_heirs (mate->replica), tutti_replica_get_me (mate->replica),
                         mate->band->now.us);
}

static void
guest_lost (TuttiBandWire *wire, TuttiClose why)
{
  TuttiBandMate *guest = wire->guest;

  wire->guest = NULL;
  if (guest == NULL)
    return;
  band_note (guest->band, "%u lost its host (%u): %s", guest->index, wire->connection, tutti_close_name (why));
  guest->wire = NULL;
  tutti_replica_disconnected (guest->replica);
  if (guest->host == NULL)
    band_seek (guest, why);
}

void
band_host_lost (TuttiBandWire *wire)
{
  TuttiBandMate *host = wire->host;

  wire->host = NULL;
  if (host != NULL && host->host != NULL)
    tutti_host_closed (host->host, wire->connection, host->band->now);
}

void
band_stop_hosting (TuttiBandMate *mate, TuttiClose why)
{
  TuttiBand *band = mate->band;

  for (guint i = 0; i < band->wires->len; i++)
    {
      TuttiBandWire *wire = band->wires->pdata[i];

      if (wire->host != mate)
        continue;
      wire->host = NULL;
      if (wire->guest == NULL || wire->guest == mate || band_can_hear (wire->guest, mate))
        guest_lost (wire, why);
    }
  g_clear_pointer (&mate->host, tutti_host_free);
  mate->leaves_us = 0;
}

static Parcel *
due (TuttiBand *band, GQueue *queue)
{
  Parcel *first = g_queue_peek_head (queue);

  return first != NULL && first->due_us <= band->now.us ? g_queue_pop_head (queue) : NULL;
}

void
band_deliver (TuttiBand *band, TuttiBandWire *wire)
{
  Parcel *parcel;

  while (wire->host != NULL && wire->guest != NULL && (parcel = due (band, &wire->up)) != NULL)
    {
      tutti_host_received (wire->host->host, wire->connection, parcel->text, strlen (parcel->text), band->now);
      free_parcel (parcel);
    }
  while (wire->guest != NULL && (parcel = due (band, &wire->down)) != NULL)
    {
      g_autoptr(GError) error = NULL;

      tutti_replica_received (wire->guest->replica, parcel->text, strlen (parcel->text), band->now, &error);
      g_assert_no_error (error);
      free_parcel (parcel);
    }
  if (wire->closing && g_queue_is_empty (&wire->down))
    {
      band_host_lost (wire);
      guest_lost (wire, wire->code);
    }
}

void
band_look_after (TuttiBand *band, TuttiBandWire *wire)
{
  gboolean heard = wire->guest != NULL && wire->host != NULL && band_can_hear (wire->guest, wire->host);

  if (heard)
    {
      wire->heard_us = band->now.us;
      band_deliver (band, wire);
      return;
    }
  gint64 silent_us = band->now.us - wire->heard_us;

  if (wire->guest != NULL && !wire->guest->frozen && silent_us > SILENCE_US)
    guest_lost (wire, TUTTI_CLOSE_IDLE);
  if (wire->host != NULL && !wire->host->frozen && silent_us > DEAD_US)
    band_host_lost (wire);
}
