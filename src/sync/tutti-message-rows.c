/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Members that hold rows: [[value, …], …], each row a small struct. */
#include "tutti-message-private.h"

#include "tutti-json-read.h"
#include "tutti-json-write.h"

#define CELL(type, of, name, field, min, max) \
  { name, TUTTI_MEMBER_##type, G_STRUCT_OFFSET (of, field), sizeof (((of *) 0)->field), min, max, NULL }

static const TuttiMessageMember report_cells[] = {
  CELL (NUMBER, TuttiReport, "n", number, 1, TUTTI_PERSON_NUMBER_MAX),
  CELL (NUMBER, TuttiReport, "quality", quality, 0, TUTTI_N_QUALITIES),
  CELL (NUMBER, TuttiReport, "rtt", round_trip_us, 0, TUTTI_JSON_INT_MAX),
  CELL (NUMBER, TuttiReport, "late", late, 0, TUTTI_JSON_INT_MAX),
};

static const TuttiMessageMember track_cells[] = {
  CELL (ID, TuttiRenderedTrack, "track", track, 0, 0),
  CELL (HASH, TuttiRenderedTrack, "is", hash, 0, 0),
};

static const TuttiMessageRows reports = { report_cells, G_N_ELEMENTS (report_cells), sizeof (TuttiReport) };
static const TuttiMessageRows tracks = { track_cells, G_N_ELEMENTS (track_cells), sizeof (TuttiRenderedTrack) };

const TuttiMessageRows *
tutti_message_rows (TuttiMemberType type)
{
  return type == TUTTI_MEMBER_REPORTS ? &reports : &tracks;
}

void
tutti_message_put_rows (GString *out, const TuttiMessageMember *member, const GArray *array)
{
  const TuttiMessageRows *rows = tutti_message_rows (member->type);

  tutti_json_open (out, '[');
  for (guint i = 0; array != NULL && i < array->len; i++)
    {
      tutti_json_open (out, '[');
      for (guint j = 0; j < rows->n; j++)
        tutti_message_put_cell (out, array->data + i * rows->size, &rows->cells[j]);
      tutti_json_close (out, ']');
    }
  tutti_json_close (out, ']');
}

static gboolean
read_row (JsonNode *node, const TuttiMessageRows *rows, gpointer out, GError **error)
{
  JsonArray *cells;

  if (!tutti_json_check_array (node, "a row", rows->n, &cells, error))
    return FALSE;
  if (json_array_get_length (cells) != rows->n)
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "a row of odd length");
      return FALSE;
    }
  for (guint i = 0; i < rows->n; i++)
    if (!tutti_message_read_cell (json_array_get_element (cells, i), &rows->cells[i], out, error))
      return FALSE;
  return TRUE;
}

GArray *
tutti_message_read_rows (JsonNode *node, const TuttiMessageMember *member, GError **error)
{
  const TuttiMessageRows *rows = tutti_message_rows (member->type);
  JsonArray *nodes;

  if (!tutti_json_check_array (node, member->name, (guint) member->max, &nodes, error))
    return NULL;
  if (json_array_get_length (nodes) < (guint) member->min)
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "too few rows");
      return NULL;
    }
  g_autoptr(GArray) array = g_array_sized_new (FALSE, TRUE, (guint) rows->size, json_array_get_length (nodes));

  g_array_set_size (array, json_array_get_length (nodes));
  for (guint i = 0; i < array->len; i++)
    if (!read_row (json_array_get_element (nodes, i), rows, array->data + i * rows->size, error))
      return NULL;
  return g_steal_pointer (&array);
}
