/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a room tells of itself: to lists of jams, to the command line, to whoever counts. */
#include "tutti-room-private.h"

#include "tutti-host-guard.h"
#include "tutti-json-write.h"
#include "tutti-room-record.h"

void
tutti_room_add_link (const TuttiSeated *seated, TuttiMetrics *sum)
{
  TuttiLinkFigures figures = tutti_link_get_figures (seated->link);

  tutti_metrics_add_link (sum, &figures);
}

void
tutti_room_add_host (TuttiRoom *room, TuttiMetrics *sum)
{
  TuttiHostFigures figures;

  tutti_host_get_figures (room->host, &figures);
  tutti_metrics_add_host (sum, &figures);
}

void
tutti_room_tell_changed (TuttiRoom *room)
{
  TuttiRoomStatus status;

  tutti_room_get_status (room, &status);
  if (room->changed == NULL || (g_str_equal (status.name, room->told.name) && status.people == room->told.people &&
                                status.people_max == room->told.people_max && status.tempo_cbpm == room->told.tempo_cbpm &&
                                status.playing == room->told.playing && status.locked == room->told.locked))
    return;
  room->told = status;
  room->changed (room->changed_user, &status);
}

void
tutti_room_set_clock_port (TuttiRoom *room, guint port)
{
  tutti_host_set_clock_port (room->host, port);
}

void
tutti_room_set_people_max (TuttiRoom *room, guint people_max)
{
  room->people_max = people_max;
  tutti_host_set_people_max (room->host, people_max);
}

gboolean
tutti_room_is_empty (TuttiRoom *room)
{
  return g_hash_table_size (room->seated) == 0;
}

static TuttiRoomStatus
status_of (const char *id, const TuttiJam *jam)
{
  TuttiRoomStatus status = { .tempo_cbpm = jam->transport.anchor.tempo_cbpm, .playing = jam->transport.playing };

  g_strlcpy (status.jam, id, sizeof status.jam);
  g_strlcpy (status.name, jam->name, sizeof status.name);
  return status;
}

void
tutti_room_get_status (TuttiRoom *room, TuttiRoomStatus *status)
{
  TuttiHostFigures figures;

  tutti_host_get_figures (room->host, &figures);
  *status = status_of (room->id, tutti_host_get_jam (room->host));
  status->people = figures.present;
  status->people_max = room->people_max;
  status->locked = tutti_host_is_locked (room->host);
  status->epoch = room->epoch;
  status->seq = tutti_host_get_seq (room->host);
}

gboolean
tutti_room_peek (TuttiStore *store, const char *jam, guint people_max, TuttiRoomStatus *status, GError **error)
{
  g_auto(TuttiRoomRecord) record = { 0 };

  if (!tutti_room_record_load (store, jam, &record, error))
    return FALSE;
  *status = status_of (jam, record.jam);
  status->locked = tutti_room_is_kept_locked (store, jam);
  status->people_max = people_max;
  status->epoch = record.epoch;
  status->seq = record.seq;
  return TRUE;
}

gint64
tutti_room_get_origin_ns (TuttiRoom *room)
{
  return room->origin_ns;
}

char *
tutti_room_status_text (TuttiRoom *room)
{
  GString *out = g_string_new (NULL);
  TuttiRoomStatus status;
  char hash[17];

  tutti_room_get_status (room, &status);
  g_snprintf (hash, sizeof hash, "%016" G_GINT64_MODIFIER "x", tutti_jam_hash (tutti_host_get_jam (room->host)));
  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "jam", status.jam);
  tutti_json_put_member_text (out, "name", status.name);
  tutti_json_put_member_int (out, "people", status.people);
  tutti_json_put_member_int (out, "max", status.people_max);
  tutti_json_put_member_int (out, "epoch", status.epoch);
  tutti_json_put_member_int (out, "seq", status.seq);
  tutti_json_put_member_text (out, "hash", hash);
  tutti_json_put_member_int (out, "tempo", status.tempo_cbpm);
  tutti_json_key (out, "locked");
  tutti_json_put_raw (out, status.locked ? "true" : "false");
  tutti_json_key (out, "playing");
  tutti_json_put_raw (out, status.playing ? "true" : "false");
  tutti_json_close (out, '}');
  return g_string_free (out, FALSE);
}

void
tutti_room_set_metrics (TuttiRoom *room, TuttiMetrics *metrics)
{
  room->metrics = metrics;
}

void
tutti_room_add_metrics (TuttiRoom *room, TuttiMetrics *sum)
{
  GHashTableIter iter;
  gpointer each;

  tutti_room_add_host (room, sum);
  g_hash_table_iter_init (&iter, room->seated);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    if (((TuttiSeated *) each)->link != NULL)
      tutti_room_add_link (each, sum);
}
