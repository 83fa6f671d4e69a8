/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A room from inside: what each connection has heard, how far behind it is, what waits for it, how it keeps time. */
#include "tutti-room-private.h"

#include "tutti-host-reports.h"
#include "tutti-json-write.h"

/* Connections shown, the oldest first; of more the number is said. */
#define SHOWN_MAX 500

static const char *
quality_word (guint8 quality)
{
  static const char * const words[TUTTI_N_QUALITIES + 1] = { "not said", "in time", "settling", "slow link", "late edits",
                                                             "out of time", "away" };

  return words[MIN (quality, TUTTI_N_QUALITIES)];
}

void
tutti_room_put_report (GString *out, const TuttiReport *report)
{
  tutti_json_put_member_text (out, "quality", quality_word (report->quality));
  tutti_json_put_member_int (out, "round_trip_us", report->round_trip_us);
  tutti_json_put_member_int (out, "late", report->late);
}

static void
put_link (GString *out, TuttiLink *link)
{
  TuttiLinkFigures figures = tutti_link_get_figures (link);
  g_autofree char *address = tutti_room_address_of (link);

  tutti_json_put_member_text (out, "address", address);
  tutti_json_put_member_int (out, "queued_bytes", (gint64) figures.queued_bytes);
  tutti_json_put_member_int (out, "queued_bytes_peak", (gint64) figures.queued_bytes_peak);
  tutti_json_put_member_int (out, "bytes_in", (gint64) figures.wire_bytes_in);
  tutti_json_put_member_int (out, "bytes_out", (gint64) figures.wire_bytes_out);
  tutti_json_put_member_int (out, "messages_in", (gint64) figures.messages_in);
  tutti_json_put_member_int (out, "messages_out", (gint64) figures.messages_out);
  tutti_json_put_member_int (out, "ping_us", figures.round_trip_us);
  tutti_json_put_member_int (out, "silence_us", figures.silence_us);
}

static void
put_guest (GString *out, TuttiRoom *room, const TuttiHostGuest *guest, TuttiNow now)
{
  const TuttiSeated *seated = tutti_room_find (room, guest->connection);

  tutti_json_open (out, '{');
  tutti_json_put_member_int (out, "connection", guest->connection);
  tutti_json_put_member_int (out, "person", guest->report.number);
  tutti_json_put_member_int (out, "seconds", seated != NULL && seated->since_us != 0 ? (now.us - seated->since_us) / G_USEC_PER_SEC : 0);
  tutti_json_put_member_int (out, "acked", guest->acked);
  tutti_json_put_member_int (out, "behind", guest->report.number != 0 ? tutti_host_get_seq (room->host) - guest->acked : 0);
  tutti_json_put_member_int (out, "silent_us", guest->silent_us);
  tutti_json_put_member_int (out, "lead_extra_frames", guest->lead_extra);
  tutti_json_put_member_int (out, "heir", guest->heir_rank);
  tutti_json_key (out, "home");
  tutti_json_put_raw (out, guest->home ? "true" : "false");
  tutti_room_put_report (out, &guest->report);
  if (seated != NULL && seated->link != NULL)
    put_link (out, seated->link);
  tutti_json_close (out, '}');
}

static void
put_figures (GString *out, TuttiRoom *room)
{
  TuttiHostFigures figures;

  tutti_host_get_figures (room->host, &figures);
  tutti_json_put_member_int (out, "epoch", room->epoch);
  tutti_json_put_member_int (out, "before", room->before);
  tutti_json_put_member_int (out, "seq", tutti_host_get_seq (room->host));
  tutti_json_put_member_int (out, "lead_frames", tutti_host_get_lead (room->host));
  tutti_json_put_member_int (out, "frame", tutti_room_now (room).frame);
  tutti_json_put_member_int (out, "people", figures.present);
  tutti_json_put_member_int (out, "people_max", room->people_max);
  tutti_json_put_member_int (out, "connections", g_hash_table_size (room->seated));
  tutti_json_put_member_int (out, "stamped", (gint64) figures.stamped);
  tutti_json_put_member_int (out, "refused", (gint64) figures.refused);
  tutti_json_put_member_int (out, "bad_messages", (gint64) figures.bad_messages);
  tutti_json_put_member_int (out, "repairs", (gint64) figures.repairs);
  tutti_json_put_member_int (out, "late", (gint64) figures.late);
}

void
tutti_room_put_debug (GString *out, TuttiRoom *room, gboolean guests)
{
  TuttiNow now = tutti_room_now (room);

  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "jam", room->id);
  put_figures (out, room);
  if (guests)
    {
      g_autoptr(GArray) all = tutti_host_list_guests (room->host, now);

      tutti_json_key (out, "guests");
      tutti_json_open (out, '[');
      for (guint i = 0; i < MIN (all->len, SHOWN_MAX); i++)
        put_guest (out, room, &g_array_index (all, TuttiHostGuest, i), now);
      tutti_json_close (out, ']');
    }
  tutti_json_close (out, '}');
}
