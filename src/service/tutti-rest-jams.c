/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Jams as a whole: which there are, making and deleting them, operations and the past. */
#include "tutti-rest-private.h"

#include "tutti-host.h"
#include "tutti-json-read.h"
#include "tutti-json-write.h"
#include "tutti-message.h"
#include "tutti-store.h"

#include <string.h>

#define SLICE_BYTES_MAX (1024 * 1024)      /* then a slice of the past ends, and the next one goes on */

#define LISTED_MAX 500

void
tutti_rest_openapi (TuttiCall *call)
{
  g_autofree char *text = tutti_rest_openapi_to_text ();

  tutti_call_give_text (call, SOUP_STATUS_OK, text);
}

/* ---- which there are ---- */

/* @jam: as the store knows it. */
static void
write_jam (TuttiCall *call, GString *out, const TuttiStoreJam *jam)
{
  TuttiRoom *room = tutti_house_find (call->rest->house, jam->id);
  TuttiRoomStatus status = { .people = 0 };

  if (room != NULL)
    tutti_room_get_status (room, &status);
  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "id", jam->id);
  tutti_json_put_member_text (out, "name", room != NULL ? status.name : jam->name);
  tutti_json_put_member_int (out, "tracks", jam->n_tracks);
  tutti_json_put_member_int (out, "people", status.people);
  tutti_json_put_member_int (out, "updated", jam->updated_us / G_USEC_PER_SEC);
  tutti_json_close (out, '}');
}

/* Strangers see what the network is told of anyway, or, where nothing is announced, nothing: ids that cannot be guessed are then
 * what keeps them out. Who is in a jam sees that one. */
static gboolean
may_see (TuttiCall *call, const TuttiHouseLimits *limits, const TuttiStoreJam *jam)
{
  if (call->claims.person != 0 && g_str_equal (call->claims.jam, jam->id))
    return TRUE;
  return limits->listed && (limits->on_demand || tutti_house_find (call->rest->house, jam->id) != NULL);
}

void
tutti_rest_list_jams (TuttiCall *call)
{
  TuttiHouseLimits limits;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (tutti_house_get_store (call->rest->house), FALSE, LISTED_MAX, &error);
  GString *json;

  if (jams == NULL)
    {
      tutti_call_refuse_error (call, error);
      return;
    }
  tutti_house_get_limits (call->rest->house, &limits);
  tutti_access_check (call->rest->access, tutti_rest_bearer (call->message), tutti_rest_now_s (), &call->claims, NULL);
  json = g_string_new (NULL);
  tutti_json_open (json, '{');
  tutti_json_key (json, "jams");
  tutti_json_open (json, '[');
  for (guint i = 0; i < jams->len; i++)
    if (may_see (call, &limits, jams->pdata[i]))
      write_jam (call, json, jams->pdata[i]);
  tutti_json_close (json, ']');
  tutti_json_close (json, '}');
  tutti_call_give (call, SOUP_STATUS_OK, json);
}

/* ---- making and deleting ---- */

static gboolean
is_place (TuttiCall *call)
{
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (tutti_house_get_store (call->rest->house), FALSE, TUTTI_JAMS_MAX, NULL);

  return jams != NULL && jams->len < TUTTI_JAMS_MAX;
}

static void
give_made (TuttiCall *call, const char *jam, const char *name)
{
  GString *json = g_string_new (NULL);
  g_autofree char *place = g_strconcat ("/api/v1/jams/", jam, NULL);

  tutti_json_open (json, '{');
  tutti_json_put_member_text (json, "id", jam);
  tutti_json_put_member_text (json, "name", name);
  tutti_json_close (json, '}');
  soup_message_headers_replace (soup_server_message_get_response_headers (call->message), "Location", place);
  tutti_call_give (call, SOUP_STATUS_CREATED, json);
}

void
tutti_rest_create_jam (TuttiCall *call)
{
  TuttiHouseLimits limits;
  g_autoptr(GError) error = NULL;
  g_autofree char *jam = NULL;
  JsonObject *body;
  const char *name;

  tutti_house_get_limits (call->rest->house, &limits);
  if (!limits.creatable)
    tutti_call_refuse (call, SOUP_STATUS_FORBIDDEN, "this host lets nobody make jams from elsewhere");
  else if (!is_place (call))
    tutti_call_refuse (call, TUTTI_STATUS_NO_ROOM, "this host keeps as many jams as it may");
  else if (!tutti_call_object (call, &body))
    return;
  else if (!tutti_json_read_string (body, "name", TUTTI_NAME_BYTES_MAX, &name, &error) || name[0] == '\0')
    tutti_call_refuse (call, TUTTI_STATUS_UNPROCESSABLE, error != NULL ? error->message : "a jam has a name");
  else if ((jam = tutti_house_create (call->rest->house, name, &error)) == NULL)
    tutti_call_refuse_error (call, error);
  else
    give_made (call, jam, name);
}

void
tutti_rest_delete_jam (TuttiCall *call)
{
  GString *json = g_string_new (NULL);
  TuttiResource jam;
  g_autoptr(GError) error = NULL;

  tutti_resource_find (tutti_call_jam (call), call->claims.jam, TUTTI_RESOURCE_JAM, NULL, &jam);
  tutti_resource_write (json, &jam);
  if (!tutti_room_person_may (call->room, call->claims.person, TUTTI_MAY_ADMIN))
    tutti_call_refuse (call, SOUP_STATUS_FORBIDDEN, "only an admin does that");
  else if (!tutti_call_fits (call, json->str))
    ;
  else if (!tutti_house_delete (call->rest->house, call->claims.jam, &error))
    tutti_call_refuse_error (call, error);
  else
    {
      call->room = NULL;           /* it is closed */
      tutti_call_done (call);
    }
  g_string_free (json, TRUE);
}

/* ---- the document and what is done to it ---- */

void
tutti_rest_document (TuttiCall *call)
{
  g_autofree char *text = tutti_jam_to_text (tutti_call_jam (call));

  tutti_call_give_text (call, SOUP_STATUS_OK, text);
}

/* The document is written only for somebody who asks what it was. */
static gboolean
fits_document (TuttiCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  g_autofree char *text = NULL;

  if (soup_message_headers_get_list (headers, "If-Match") == NULL)
    return TRUE;
  text = tutti_jam_to_text (tutti_call_jam (call));
  return tutti_call_fits (call, text);
}

static void
write_stamp (GString *out, const TuttiStamp *stamp)
{
  tutti_json_put_member_int (out, "seq", stamp->seq);
  tutti_json_put_member_int (out, "by", stamp->by);
  tutti_json_put_member_int (out, "at", stamp->at);
}

void
tutti_rest_operate (TuttiCall *call)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiOp) op = tutti_op_from_json (call->body, &error);
  TuttiStamp stamp;
  GString *json;

  if (op == NULL)
    {
      tutti_call_refuse (call, TUTTI_STATUS_UNPROCESSABLE, error->message);
      return;
    }
  if (!fits_document (call) || !tutti_call_submit (call, op, &stamp))
    return;
  json = g_string_new (NULL);
  tutti_json_open (json, '{');
  write_stamp (json, &stamp);
  tutti_json_close (json, '}');
  tutti_call_give (call, SOUP_STATUS_OK, json);
}

/* ---- the past ---- */

typedef struct
{
  gint64 after, before, limit;     /* before 0: no such bound */
} Slice;

static gboolean
read_slice_part (TuttiCall *call, GHashTable *query, const char *name, gint64 min, gint64 max, gint64 *out)
{
  const char *text = query != NULL ? g_hash_table_lookup (query, name) : NULL;
  g_autofree char *words = NULL;

  if (text == NULL || g_ascii_string_to_signed (text, 10, min, max, out, NULL))
    return TRUE;
  words = g_strdup_printf ("“%s” is a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, name, min, max);
  tutti_call_refuse (call, TUTTI_STATUS_UNPROCESSABLE, words);
  return FALSE;
}

/* With `before` and no `after` it is the end of what was before. */
static gboolean
read_slice (TuttiCall *call, Slice *out)
{
  const char *text = g_uri_get_query (soup_server_message_get_uri (call->message));
  g_autoptr(GHashTable) query = text != NULL ? soup_form_decode (text) : NULL;
  gint64 after = -1;

  *out = (Slice) { .limit = TUTTI_HISTORY_MAX };
  if (!read_slice_part (call, query, "after", 0, TUTTI_JSON_INT_MAX, &after) ||
      !read_slice_part (call, query, "before", 1, TUTTI_JSON_INT_MAX, &out->before) ||
      !read_slice_part (call, query, "limit", 1, TUTTI_HISTORY_MAX, &out->limit))
    return FALSE;
  out->before = MIN (out->before, tutti_room_get_seq (call->room) + 1);
  out->after = after >= 0 ? after : MAX (out->before - 1 - out->limit, 0);
  return TRUE;
}

/* FALSE: it is not to be read. */
static gboolean
write_record (GString *out, const TuttiStoreOp *record)
{
  g_autoptr(TuttiOp) op = tutti_host_log_op (record->text, NULL);

  if (op == NULL)
    return FALSE;
  tutti_json_open (out, '{');
  write_stamp (out, &(TuttiStamp) { record->seq, (guint) record->by, record->at });
  tutti_json_key (out, "op");
  tutti_op_write (out, op);
  tutti_json_close (out, '}');
  return TRUE;
}

/* Returns the seq after which the next slice begins. */
static gint64
write_records (GString *out, const GPtrArray *records, const Slice *slice)
{
  gint64 last = slice->after;

  tutti_json_open (out, '[');
  for (guint i = 0; i < records->len && out->len < SLICE_BYTES_MAX; i++)
    {
      const TuttiStoreOp *record = records->pdata[i];

      if ((slice->before > 0 && record->seq >= slice->before) || !write_record (out, record))
        break;
      last = record->seq;
    }
  tutti_json_close (out, ']');
  return last;
}

void
tutti_rest_history (TuttiCall *call)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records = NULL;
  GString *json;
  Slice slice;

  if (!read_slice (call, &slice))
    return;
  records = tutti_room_list_ops (call->room, slice.after, (guint) slice.limit, &error);
  if (records == NULL)
    {
      tutti_call_refuse_error (call, error);
      return;
    }
  json = g_string_new (NULL);
  tutti_json_open (json, '{');
  tutti_json_key (json, "operations");
  gint64 last = write_records (json, records, &slice);

  tutti_json_put_member_int (json, "next", last);
  tutti_json_close (json, '}');
  tutti_call_give (call, SOUP_STATUS_OK, json);
}
