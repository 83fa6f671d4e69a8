/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-quota.h"

#include "tutti-json-read.h"
#include "tutti-json-write.h"

#include <string.h>

#define DAY_S 86400

/* People of one day; beyond, nobody who has not yet brings anything that day. */
#define ROWS_MAX 2000

typedef struct
{
  char   jam[TUTTI_JAM_ID_MAX + 1];
  guint  person;
  gint64 bytes;
} Row;

struct _TuttiQuota
{
  gint64  day;                     /* that the rows are of, counted from 1970 */
  GArray *rows;                    /* of Row */
  gint64  total;
};

TuttiQuota *
tutti_quota_new (void)
{
  TuttiQuota *self = g_new0 (TuttiQuota, 1);

  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  return self;
}

void
tutti_quota_free (TuttiQuota *self)
{
  g_array_unref (self->rows);
  g_free (self);
}

char *
tutti_quota_to_text (const TuttiQuota *self)
{
  GString *out = g_string_new (NULL);

  tutti_json_open (out, '{');
  tutti_json_put_member_int (out, "day", self->day);
  tutti_json_key (out, "rows");
  tutti_json_open (out, '[');
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      tutti_json_open (out, '[');
      tutti_json_put_text (out, row->jam);
      tutti_json_put_int (out, row->person);
      tutti_json_put_int (out, row->bytes);
      tutti_json_close (out, ']');
    }
  tutti_json_close (out, ']');
  tutti_json_close (out, '}');
  return g_string_free (out, FALSE);
}

static gboolean
read_row (JsonArray *rows, guint index, Row *out, GError **error)
{
  JsonArray *each;
  const char *jam;
  gint64 person;

  if (!tutti_json_item_array (rows, index, 3, &each, error) || !tutti_json_item_string (each, 0, TUTTI_JAM_ID_MAX, &jam, error) ||
      !tutti_json_item_int (each, 1, 1, TUTTI_PERSON_NUMBER_MAX, &person, error) ||
      !tutti_json_item_int (each, 2, 0, TUTTI_JSON_INT_MAX, &out->bytes, error))
    return FALSE;
  g_strlcpy (out->jam, jam, sizeof out->jam);
  out->person = (guint) person;
  return TRUE;
}

gboolean
tutti_quota_resume (TuttiQuota *self, const char *text, GError **error)
{
  g_autoptr(JsonNode) node = tutti_json_parse (text, strlen (text), TUTTI_JSON_DOCUMENT, error);
  g_autoptr(GArray) read = g_array_new (FALSE, FALSE, sizeof (Row));
  JsonObject *object;
  JsonArray *rows;
  gint64 day;

  if (node == NULL || !tutti_json_check_object (node, "what was brought", &object, error) ||
      !tutti_json_read_int (object, "day", 0, TUTTI_JSON_INT_MAX, &day, error) ||
      !tutti_json_read_array (object, "rows", ROWS_MAX, &rows, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      Row row = { 0 };

      if (!read_row (rows, i, &row, error))
        return FALSE;
      g_array_append_val (read, row);
    }
  self->day = day;
  g_array_unref (self->rows);
  self->rows = g_steal_pointer (&read);
  return TRUE;
}

void
tutti_quota_set_total (TuttiQuota *self, gint64 bytes)
{
  self->total = bytes;
}

static gboolean
passes (gint64 before, gint64 bytes, gint64 most)
{
  return most > 0 && before + bytes > most;
}

TuttiQuotaVerdict
tutti_quota_judge (const TuttiQuota *self, const TuttiQuotaLimits *limits, const char *jam, guint person, gint64 bytes, gint64 now_s)
{
  gint64 of_person = 0, of_jam = 0;
  guint n_rows = self->day == now_s / DAY_S ? self->rows->len : 0;
  gboolean fresh = TRUE;

  for (guint i = 0; i < n_rows; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      if (!g_str_equal (row->jam, jam))
        continue;
      of_jam += row->bytes;
      if (row->person != person)
        continue;
      of_person += row->bytes;
      fresh = FALSE;
    }
  if (passes (of_person, bytes, limits->a_person))
    return TUTTI_QUOTA_PERSON;
  if (passes (of_jam, bytes, limits->a_jam))
    return TUTTI_QUOTA_JAM;
  return passes (self->total, bytes, limits->total) || (fresh && n_rows >= ROWS_MAX) ? TUTTI_QUOTA_TOTAL : TUTTI_QUOTA_FITS;
}

void
tutti_quota_note (TuttiQuota *self, const char *jam, guint person, gint64 bytes, gint64 now_s)
{
  Row row = { .person = person, .bytes = bytes };

  self->total += bytes;
  if (person == 0)
    return;
  if (self->day != now_s / DAY_S)
    g_array_set_size (self->rows, 0);
  self->day = now_s / DAY_S;
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *each = &g_array_index (self->rows, Row, i);

      if (each->person != person || !g_str_equal (each->jam, jam))
        continue;
      each->bytes += bytes;
      return;
    }
  g_strlcpy (row.jam, jam, sizeof row.jam);
  g_array_append_val (self->rows, row);
}
