/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-room-record.h"

#include "tutti-json-read.h"
#include "tutti-json-write.h"

#include <string.h>

#define RECENT TUTTI_STORE_KEPT_OPS
#define MINIATURE_ROWS 4
#define MINIATURE_STEPS 16

void
tutti_room_record_clear (TuttiRoomRecord *record)
{
  g_clear_pointer (&record->jam, tutti_jam_free);
  g_clear_pointer (&record->recent, g_ptr_array_unref);
  g_clear_pointer (&record->people, g_ptr_array_unref);
  g_clear_pointer (&record->visits, g_array_unref);
}

/* Monotonic time means the same only until the machine starts again. */
static char *
boot_id (void)
{
  char *id = NULL;

  if (g_file_get_contents ("/proc/sys/kernel/random/boot_id", &id, NULL, NULL))
    return g_strstrip (id);
  return g_strdup ("");
}

static gboolean
read_visit (JsonArray *visits, guint index, TuttiVisitMark *out)
{
  gint64 creator, seat, number;
  JsonArray *each;

  if (!tutti_json_item_array (visits, index, 3, &each, NULL) || !tutti_json_item_int (each, 0, 1, G_MAXUINT32, &creator, NULL) ||
      !tutti_json_item_int (each, 1, 0, TUTTI_PERSON_NUMBER_MAX, &seat, NULL) ||
      !tutti_json_item_int (each, 2, 1, TUTTI_JSON_INT_MAX, &number, NULL))
    return FALSE;
  *out = (TuttiVisitMark) { (guint32) creator, (guint) seat, number };
  return TRUE;
}

/* Stores written before visits were kept have none. */
static void
read_visits (JsonObject *settings, GArray *out)
{
  TuttiVisitMark mark;
  JsonArray *visits;

  if (!tutti_json_read_array (settings, "visits", TUTTI_VISIT_MARKS_MAX, &visits, NULL))
    return;
  for (guint i = 0; i < json_array_get_length (visits); i++)
    if (read_visit (visits, i, &mark))
      g_array_append_val (out, mark);
}

static void
read_settings (const char *settings, TuttiRoomRecord *out)
{
  g_autoptr(JsonNode) node = settings != NULL ? tutti_json_parse (settings, strlen (settings), TUTTI_JSON_DEFAULT, NULL) : NULL;
  g_autofree char *boot = boot_id ();
  const char *origin, *then;
  JsonObject *object;
  gint64 epoch, before;

  if (node == NULL || !tutti_json_check_object (node, "settings", &object, NULL) ||
      !tutti_json_read_int (object, "epoch", 0, TUTTI_JSON_INT_MAX, &epoch, NULL) ||
      !tutti_json_read_string (object, "origin", 24, &origin, NULL) || !tutti_json_read_string (object, "boot", 64, &then, NULL))
    return;
  out->epoch = MAX (out->epoch, epoch);
  /* Where there are operations, theirs is said with them. */
  if (out->before == 0 && tutti_json_read_int (object, "before", 0, TUTTI_JSON_INT_MAX, &before, NULL))
    out->before = before;
  read_visits (object, out->visits);
  if (g_str_equal (then, boot))
    out->origin_ns = g_ascii_strtoll (origin, NULL, 10);
}

static gboolean
replay (const TuttiStoreLoaded *loaded, TuttiRoomRecord *out, GError **error)
{
  out->jam = loaded->document != NULL ? tutti_jam_from_text (loaded->document, -1, error) : tutti_jam_new ();
  out->seq = loaded->snapshot_seq;
  out->last_at = loaded->jam->last_frame;
  for (guint i = 0; out->jam != NULL && i < loaded->ops->len; i++)
    {
      const TuttiStoreOp *each = loaded->ops->pdata[i];
      TuttiStamp stamp = { each->seq, (guint) each->by, each->at };
      g_autoptr(TuttiOp) op = tutti_host_log_op (each->text, error);

      if (op == NULL || !tutti_jam_apply (out->jam, op, &stamp, NULL, error))
        return FALSE;
      out->seq = each->seq;
      out->last_at = MAX (out->last_at, each->at);
      out->epoch = MAX (out->epoch, each->epoch);
    }
  return out->jam != NULL;
}

gboolean
tutti_room_record_load (TuttiStore *store, const char *jam, TuttiRoomRecord *out, GError **error)
{
  g_auto(TuttiRoomRecord) record = { 0 };
  g_autoptr(TuttiStoreLoaded) loaded = tutti_store_load (store, jam, TUTTI_STORE_LOAD_WHOLE, error);

  if (loaded == NULL || !replay (loaded, &record, error))
    return FALSE;
  record.visits = g_array_new (FALSE, FALSE, sizeof (TuttiVisitMark));
  /* All since the snapshot, from when the visits are known, if those are more. */
  if (loaded->ops->len > RECENT)
    record.recent = g_ptr_array_ref (loaded->ops);
  else
    record.recent = tutti_store_list_ops (store, jam, MAX (record.seq - RECENT, 0), RECENT, error);
  if (record.recent != NULL && record.recent->len > 0)
    record.before = ((const TuttiStoreOp *) record.recent->pdata[record.recent->len - 1])->epoch;
  read_settings (loaded->jam->settings, &record);
  record.people = record.recent != NULL ? tutti_store_list_people (store, jam, error) : NULL;
  if (record.people == NULL)
    return FALSE;
  *out = record;
  record = (TuttiRoomRecord) { 0 };
  return TRUE;
}

char *
tutti_room_record_moment (TuttiStore *store, const char *jam, gint64 seq, GError **error)
{
  g_autoptr(TuttiStoreLoaded) loaded = tutti_store_load_at (store, jam, seq, error);
  g_auto(TuttiRoomRecord) record = { 0 };

  return loaded != NULL && replay (loaded, &record, error) ? tutti_jam_to_text (record.jam) : NULL;
}

static void
write_visits (GString *out, const GArray *visits)
{
  tutti_json_key (out, "visits");
  tutti_json_open (out, '[');
  for (guint i = 0; i < visits->len; i++)
    {
      const TuttiVisitMark *mark = &g_array_index (visits, TuttiVisitMark, i);

      tutti_json_open (out, '[');
      tutti_json_put_int (out, mark->creator);
      tutti_json_put_int (out, mark->seat);
      tutti_json_put_int (out, mark->number);
      tutti_json_close (out, ']');
    }
  tutti_json_close (out, ']');
}

char *
tutti_room_record_settings (const TuttiRoomTerm *term)
{
  g_autofree char *boot = boot_id (), *origin = g_strdup_printf ("%" G_GINT64_FORMAT, term->origin_ns);
  GString *settings = g_string_new (NULL);

  tutti_json_open (settings, '{');
  tutti_json_put_member_int (settings, "epoch", term->epoch);
  tutti_json_put_member_int (settings, "before", term->before);
  tutti_json_put_member_text (settings, "origin", origin);
  tutti_json_put_member_text (settings, "boot", boot);
  write_visits (settings, term->visits);
  tutti_json_close (settings, '}');
  return g_string_free (settings, FALSE);
}

gboolean
tutti_room_record_begin (TuttiStore *store, const char *jam, const TuttiRoomTerm *term, GError **error)
{
  g_autofree char *settings = tutti_room_record_settings (term);
  TuttiStoreJam change = { .id = (char *) jam, .opened_us = g_get_real_time (), .n_tracks = -1, .settings = settings };

  return tutti_store_update_jam (store, &change, error);
}

/* (transfer full) of TuttiStoreOp: the end of the history as a host keeps it. */
static GArray *
rows_of_tail (const TuttiTail *tail, gint64 frame)
{
  gint64 now_us = g_get_real_time ();
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (TuttiStoreOp));

  for (gint64 seq = tutti_tail_get_oldest (tail); seq <= tutti_tail_get_seq (tail); seq++)
    {
      const TuttiRecord *record = tutti_tail_get (tail, seq);
      TuttiStoreOp row = { .seq = seq, .epoch = record->epoch, .by = record->stamp.by, .at = record->stamp.at,
                           .text = tutti_record_text (record) };
      gint64 ago_us = MAX (frame - record->stamp.at, 0) * G_USEC_PER_SEC / TUTTI_FRAMES_PER_SECOND;

      row.done_us = MAX (now_us - ago_us, 0);

      g_array_append_val (rows, row);
    }
  return rows;
}

static void
free_rows (GArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    g_free (g_array_index (rows, TuttiStoreOp, i).text);
  g_array_unref (rows);
}

gboolean
tutti_room_record_adopt (TuttiStore *store, const char *jam, const TuttiEstate *estate, gint64 epoch, gint64 frame, GError **error)
{
  g_autoptr(TuttiStoreJam) description = tutti_room_record_describe (jam, estate->jam, estate->last_at);
  g_autoptr(GArray) visits = g_array_new (FALSE, FALSE, sizeof (TuttiVisitMark));
  g_autofree char *text = tutti_jam_to_text (estate->jam);
  GArray *rows = rows_of_tail (estate->tail, frame);
  TuttiStoreAdoption adoption = { estate->seq, text, (const TuttiStoreOp *) (void *) rows->data, rows->len, g_get_real_time () };

  description->created_us = description->opened_us = description->updated_us;
  description->settings = tutti_room_record_settings (&(TuttiRoomTerm) { epoch, estate->epoch, estate->origin_ns, visits });
  gboolean kept = tutti_store_adopt (store, description, &adoption, error);

  free_rows (rows);
  return kept;
}

static void
write_row (GString *out, const TuttiTrack *track)
{
  const TuttiClip *clip = tutti_track_clip (track, track->playing.clip);
  char steps[MINIATURE_STEPS + 1];

  if (clip == NULL && track->n_clips > 0)
    clip = track->clips[0];
  for (guint i = 0; i < MINIATURE_STEPS; i++)
    steps[i] = clip != NULL && clip->steps[i % clip->length].velocity > 0 ? 'x' : '.';
  steps[MINIATURE_STEPS] = '\0';
  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "c", tutti_colour_names[track->colour]);
  tutti_json_put_member_text (out, "s", steps);
  tutti_json_close (out, '}');
}

char *
tutti_room_record_miniature (const TuttiJam *jam)
{
  GString *out = g_string_new (NULL);

  tutti_json_open (out, '[');
  for (guint i = 0; i < MIN (jam->n_tracks, MINIATURE_ROWS); i++)
    write_row (out, jam->tracks[i]);
  tutti_json_close (out, ']');
  return g_string_free (out, FALSE);
}

TuttiStoreJam *
tutti_room_record_describe (const char *id, const TuttiJam *jam, gint64 frame)
{
  g_autofree char *miniature = tutti_room_record_miniature (jam);
  TuttiStoreJam description = { .id = (char *) id, .name = (char *) jam->name, .miniature = miniature,
                                .updated_us = g_get_real_time (), .last_frame = frame, .n_tracks = (int) jam->n_tracks,
                                .description = (char *) jam->description, .published = jam->published };

  return tutti_store_jam_copy (&description);
}
