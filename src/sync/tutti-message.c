/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Messages as text and back, by the table alone. */
#include "tutti-message-private.h"

#include "tutti-json-read.h"
#include "tutti-json-write.h"
#include "tutti-picture.h"

#include <string.h>

#define NANOSECONDS_TEXT_MAX 24

void
tutti_message_clear (TuttiMessage *message)
{
  g_clear_pointer (&message->op, tutti_op_free);
  g_clear_pointer (&message->text, g_free);
  g_clear_pointer (&message->reports, g_array_unref);
  tutti_rendered_clear (&message->rendered);
}

TuttiMessage
tutti_message_of_record (TuttiMessageKind kind, const TuttiRecord *record)
{
  return (TuttiMessage) { .kind = kind, .epoch = record->epoch, .stamp = record->stamp, .op = record->op,
                          .creator = record->creator, .number = record->number, .earlier = record->earlier };
}

void
tutti_message_set_reason (TuttiMessage *message, const char *words)
{
  const char *end;

  g_strlcpy (message->reason, words, sizeof message->reason);
  /* Peers refuse half a character, and the message with it. */
  g_utf8_validate (message->reason, -1, &end);
  message->reason[end - message->reason] = '\0';
}

/* Numbers stand in fields of three sizes; what is shorter than 64 bits has no sign. */
static gint64
get_number (gconstpointer message, const TuttiMessageMember *member)
{
  gconstpointer at = G_STRUCT_MEMBER_P (message, member->offset);

  switch (member->size)
    {
    case sizeof (guint8):
      return *(const guint8 *) at;
    case sizeof (guint32):
      return *(const guint32 *) at;
    default:
      return *(const gint64 *) at;
    }
}

static void
set_number (gpointer message, const TuttiMessageMember *member, gint64 number)
{
  gpointer at = G_STRUCT_MEMBER_P (message, member->offset);

  switch (member->size)
    {
    case sizeof (guint8):
      *(guint8 *) at = (guint8) number;
      break;
    case sizeof (guint32):
      *(guint32 *) at = (guint32) number;
      break;
    default:
      *(gint64 *) at = number;
    }
}

static guint
count_members (const TuttiMessageSpec *spec)
{
  guint n = 0;

  while (spec->members[n].type != TUTTI_MEMBER_NONE)
    n++;
  return n;
}

/* ---- writing ---- */

void
tutti_message_put_cell (GString *out, gconstpointer row, const TuttiMessageMember *member)
{
  char text[TUTTI_ID_TEXT_SIZE + 1];

  if (member->type == TUTTI_MEMBER_NUMBER)
    tutti_json_put_int (out, get_number (row, member));
  else if (member->type == TUTTI_MEMBER_ID)
    tutti_json_put_text (out, tutti_id_print (*(const TuttiId *) G_STRUCT_MEMBER_P (row, member->offset), text));
  else
    {
      g_snprintf (text, sizeof text, "%016" G_GINT64_MODIFIER "x", (guint64) get_number (row, member));
      tutti_json_put_text (out, text);
    }
}

static void
put_value (GString *out, const TuttiMessage *message, const TuttiMessageMember *member)
{
  char text[NANOSECONDS_TEXT_MAX + 1];

  switch (member->type)
    {
    case TUTTI_MEMBER_NUMBER:
    case TUTTI_MEMBER_ID:
    case TUTTI_MEMBER_HASH:
      tutti_message_put_cell (out, message, member);
      break;
    case TUTTI_MEMBER_TEXT:
    case TUTTI_MEMBER_HEX:
      tutti_json_put_text (out, G_STRUCT_MEMBER_P (message, member->offset));
      break;
    case TUTTI_MEMBER_COLOUR:
    case TUTTI_MEMBER_ROLE:
      tutti_json_put_text (out, tutti_message_names (member->type)[get_number (message, member)]);
      break;
    case TUTTI_MEMBER_NANOSECONDS:
      g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, get_number (message, member));
      tutti_json_put_text (out, text);
      break;
    case TUTTI_MEMBER_PIECE:
    case TUTTI_MEMBER_WORDS:
    case TUTTI_MEMBER_PICTURE:
      tutti_json_put_text (out, message->text);
      break;
    case TUTTI_MEMBER_OP:
      tutti_op_write (out, message->op);
      break;
    case TUTTI_MEMBER_REPORTS:
    case TUTTI_MEMBER_TRACKS:
      tutti_message_put_rows (out, member, *(GArray * const *) G_STRUCT_MEMBER_P (message, member->offset));
      break;
    case TUTTI_MEMBER_WORD:
      tutti_json_put_text (out, member->meaning);
      break;
    case TUTTI_MEMBER_NONE:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_empty (const TuttiMessage *message, const TuttiMessageMember *member)
{
  if (member->type == TUTTI_MEMBER_TEXT || member->type == TUTTI_MEMBER_HEX)
    return ((const char *) G_STRUCT_MEMBER_P (message, member->offset))[0] == '\0';
  if (member->type == TUTTI_MEMBER_ID)
    return tutti_id_is_none (*(const TuttiId *) G_STRUCT_MEMBER_P (message, member->offset));
  if (member->type == TUTTI_MEMBER_TRACKS)
    return message->rendered.tracks == NULL || message->rendered.tracks->len == 0;
  return get_number (message, member) == 0;
}

static void
write_members (GString *out, const TuttiMessage *message, const TuttiMessageSpec *spec)
{
  for (guint i = 0; spec->members[i].type != TUTTI_MEMBER_NONE; i++)
    {
      if (tutti_message_may_lack (spec, i) && is_empty (message, &spec->members[i]))
        continue;
      tutti_json_key (out, spec->members[i].name);
      put_value (out, message, &spec->members[i]);
    }
}

/* Numbers at the end that are 0 are left out: they have nothing to say. */
static void
write_list (GString *out, const TuttiMessage *message, const TuttiMessageSpec *spec)
{
  guint n = count_members (spec);

  while (n > spec->n_least && get_number (message, &spec->members[n - 1]) == 0)
    n--;
  tutti_json_open (out, '[');
  for (guint i = 0; i < n; i++)
    put_value (out, message, &spec->members[i]);
  tutti_json_close (out, ']');
}

char *
tutti_message_write (const TuttiMessage *message)
{
  const TuttiMessageSpec *spec = tutti_message_spec (message->kind);
  GString *out = g_string_sized_new (64);

  if (spec->form == TUTTI_FORM_LIST)
    {
      write_list (out, message, spec);
      return g_string_free (out, FALSE);
    }
  tutti_json_open (out, '{');
  if (spec->form == TUTTI_FORM_OBJECT)
    {
      tutti_json_key (out, spec->name);
      tutti_json_open (out, '{');
    }
  write_members (out, message, spec);
  if (spec->form == TUTTI_FORM_OBJECT)
    tutti_json_close (out, '}');
  tutti_json_close (out, '}');
  return g_string_free (out, FALSE);
}

/* ---- reading ---- */

static gboolean
fail (GError **error, const char *what)
{
  g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, what);
  return FALSE;
}

static gboolean
read_number (JsonNode *node, const TuttiMessageMember *member, gpointer out, GError **error)
{
  gint64 number;

  if (!tutti_json_check_int (node, member->name, member->min, member->max, &number, error))
    return FALSE;
  set_number (out, member, number);
  return TRUE;
}

static gboolean
read_text (JsonNode *node, const TuttiMessageMember *member, TuttiMessage *out, GError **error)
{
  const char *text;

  if (!tutti_json_check_string (node, member->name, (gsize) member->max, &text, error))
    return FALSE;
  if (strlen (text) < (gsize) member->min)
    {
      g_set_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "%s is missing", member->name);
      return FALSE;
    }
  g_strlcpy (G_STRUCT_MEMBER_P (out, member->offset), text, member->size);
  return TRUE;
}

static gboolean
read_hex (JsonNode *node, const TuttiMessageMember *member, TuttiMessage *out, GError **error)
{
  const char *text;

  if (!tutti_json_check_string (node, member->name, (gsize) member->max, &text, error))
    return FALSE;
  if ((text[0] != '\0' || member->min > 0) &&
      (strlen (text) != (gsize) member->max || strspn (text, "0123456789abcdef") != (gsize) member->max))
    return fail (error, "a token or fingerprint is hex digits of its full length");
  g_strlcpy (G_STRUCT_MEMBER_P (out, member->offset), text, member->size);
  return TRUE;
}

static gboolean
read_name (JsonNode *node, const TuttiMessageMember *member, TuttiMessage *out, GError **error)
{
  const char *text;

  if (!tutti_json_check_string (node, member->name, TUTTI_NAME_BYTES_MAX, &text, error))
    return FALSE;
  for (gint64 i = member->min; i <= member->max; i++)
    if (g_str_equal (tutti_message_names (member->type)[i], text))
      {
        set_number (out, member, i);
        return TRUE;
      }
  return fail (error, "there is no such colour of a person, or role");
}

static gboolean
read_hash (JsonNode *node, const TuttiMessageMember *member, gpointer out, GError **error)
{
  const char *hex;

  if (!tutti_json_check_hex (node, member->name, 16, &hex, error))
    return FALSE;
  set_number (out, member, (gint64) g_ascii_strtoull (hex, NULL, 16));
  return TRUE;
}

static gboolean
read_nanoseconds (JsonNode *node, const TuttiMessageMember *member, TuttiMessage *out, GError **error)
{
  const char *text;
  gint64 number;

  if (!tutti_json_check_string (node, member->name, NANOSECONDS_TEXT_MAX, &text, error))
    return FALSE;
  if (!g_ascii_string_to_signed (text, 10, member->min, member->max, &number, NULL))
    return fail (error, "the origin is nanoseconds");
  set_number (out, member, number);
  return TRUE;
}

static gboolean
read_word (JsonNode *node, const TuttiMessageMember *member, GError **error)
{
  const char *text;

  return tutti_json_check_string (node, member->name, TUTTI_NAME_BYTES_MAX, &text, error) &&
         (g_str_equal (text, member->meaning) || fail (error, "only a snapshot can be needed"));
}

static gboolean
read_piece (JsonNode *node, const TuttiMessageMember *member, TuttiMessage *out, GError **error)
{
  const char *text;

  if (!tutti_json_check_text (node, member->name, (gsize) member->max, &text, error))
    return FALSE;
  out->text = g_strdup (text);
  return TRUE;
}

static gboolean
read_words (JsonNode *node, const TuttiMessageMember *member, TuttiMessage *out, GError **error)
{
  const char *text;
  glong n;

  if (!tutti_json_check_string (node, member->name, 4 * (gsize) member->max, &text, error))
    return FALSE;
  n = g_utf8_strlen (text, -1);
  if (n < member->min || n > member->max)
    return fail (error, "too many words, or none");
  out->text = g_strdup (text);
  return TRUE;
}

static gboolean
read_picture (JsonNode *node, const TuttiMessageMember *member, TuttiMessage *out, GError **error)
{
  const char *text;

  if (!tutti_json_check_string (node, member->name, (gsize) member->max, &text, error))
    return FALSE;
  if (!tutti_picture_is_valid (text))
    return fail (error, "that is no picture");
  out->text = g_strdup (text);
  return TRUE;
}

static gboolean
read_id (JsonNode *node, const TuttiMessageMember *member, gpointer out, GError **error)
{
  const char *text;

  if (!tutti_json_check_string (node, member->name, TUTTI_ID_TEXT_SIZE, &text, error))
    return FALSE;
  return tutti_id_parse (text, (TuttiId *) G_STRUCT_MEMBER_P (out, member->offset)) || fail (error, "that is no id");
}

gboolean
tutti_message_read_cell (JsonNode *node, const TuttiMessageMember *member, gpointer row, GError **error)
{
  if (member->type == TUTTI_MEMBER_NUMBER)
    return read_number (node, member, row, error);
  if (member->type == TUTTI_MEMBER_ID)
    return read_id (node, member, row, error);
  return read_hash (node, member, row, error);
}

static gboolean
read_rows (JsonNode *node, const TuttiMessageMember *member, TuttiMessage *out, GError **error)
{
  GArray **rows = (GArray **) G_STRUCT_MEMBER_P (out, member->offset);

  *rows = tutti_message_read_rows (node, member, error);
  return *rows != NULL;
}

/* @node: (nullable) */
static gboolean
read_value (JsonNode *node, const TuttiMessageMember *member, TuttiMessage *out, GError **error)
{
  switch (member->type)
    {
    case TUTTI_MEMBER_NUMBER:
    case TUTTI_MEMBER_ID:
    case TUTTI_MEMBER_HASH:
      return tutti_message_read_cell (node, member, out, error);
    case TUTTI_MEMBER_TEXT:
      return read_text (node, member, out, error);
    case TUTTI_MEMBER_HEX:
      return read_hex (node, member, out, error);
    case TUTTI_MEMBER_COLOUR:
    case TUTTI_MEMBER_ROLE:
      return read_name (node, member, out, error);
    case TUTTI_MEMBER_NANOSECONDS:
      return read_nanoseconds (node, member, out, error);
    case TUTTI_MEMBER_PIECE:
      return read_piece (node, member, out, error);
    case TUTTI_MEMBER_WORDS:
      return read_words (node, member, out, error);
    case TUTTI_MEMBER_PICTURE:
      return read_picture (node, member, out, error);
    case TUTTI_MEMBER_OP:
      out->op = tutti_op_from_json (node, error);
      return out->op != NULL;
    case TUTTI_MEMBER_REPORTS:
    case TUTTI_MEMBER_TRACKS:
      return read_rows (node, member, out, error);
    case TUTTI_MEMBER_WORD:
      return read_word (node, member, error);
    case TUTTI_MEMBER_NONE:
    default:
      g_assert_not_reached ();
    }
}

/* All that the row has, and nothing else: who writes more speaks a later version, and would have said so. */
static gboolean
read_members (JsonObject *object, const TuttiMessageSpec *spec, TuttiMessage *out, GError **error)
{
  guint n = 0;

  for (guint i = 0; spec->members[i].type != TUTTI_MEMBER_NONE; i++)
    {
      JsonNode *value = json_object_get_member (object, spec->members[i].name);

      if (value == NULL && tutti_message_may_lack (spec, i))
        continue;
      if (!read_value (value, &spec->members[i], out, error))
        return FALSE;
      n++;
    }
  return json_object_get_size (object) == n || fail (error, "a message with a member nobody knows");
}

/* Another version may have other members: only the version of its hello is read, so that it can be answered. */
static gboolean
is_other_version (JsonObject *hello, TuttiMessage *out)
{
  gint64 version;

  if (!tutti_json_read_int (hello, "proto", 0, 999, &version, NULL) || version == TUTTI_PROTOCOL_VERSION)
    return FALSE;
  out->hello.protocol = (guint) version;
  return TRUE;
}

static gboolean
read_named (JsonObject *object, const TuttiMessageSpec *spec, TuttiMessage *out, GError **error)
{
  JsonObject *content = object;

  if (spec->form == TUTTI_FORM_OBJECT && !tutti_json_read_object (object, spec->name, &content, error))
    return FALSE;
  if (out->kind == TUTTI_MESSAGE_HELLO && is_other_version (content, out))
    return TRUE;
  return read_members (content, spec, out, error) &&
         (out->kind != TUTTI_MESSAGE_WELCOME || out->welcome.base <= out->welcome.seq || fail (error, "a base after the end"));
}

static gboolean
read_object (JsonObject *object, TuttiMessage *out, GError **error)
{
  if (json_object_get_size (object) != 1)
    return fail (error, "a message says one thing");
  for (int kind = 0; kind < TUTTI_N_MESSAGES; kind++)
    {
      const TuttiMessageSpec *spec = tutti_message_spec ((TuttiMessageKind) kind);

      if (spec->form == TUTTI_FORM_LIST || !json_object_has_member (object, spec->name))
        continue;
      out->kind = (TuttiMessageKind) kind;
      return read_named (object, spec, out, error);
    }
  return fail (error, "a message of an unknown kind");
}

/* By where the operation stands; an answer has none. */
static TuttiMessageKind
kind_of_list (JsonArray *array, guint n)
{
  static const TuttiMessageKind kinds[] = { TUTTI_MESSAGE_EDIT, TUTTI_MESSAGE_STAMPED, TUTTI_MESSAGE_TAIL };

  for (guint i = 2; i < MIN (n, 5); i++)
    if (!JSON_NODE_HOLDS_VALUE (json_array_get_element (array, i)))
      return kinds[i - 2];
  return n == 3 ? TUTTI_MESSAGE_EDIT : TUTTI_MESSAGE_ANSWER;
}

static gboolean
read_list (JsonArray *array, TuttiMessage *out, GError **error)
{
  guint n = json_array_get_length (array);

  if (n < 3)
    return fail (error, "a message is an object, or an array of three or more");
  out->kind = kind_of_list (array, n);
  const TuttiMessageSpec *spec = tutti_message_spec (out->kind);

  for (guint i = 0; i < MIN (n, count_members (spec)); i++)
    if (!read_value (json_array_get_element (array, i), &spec->members[i], out, error))
      return FALSE;
  return (n <= count_members (spec) && tutti_message_may_end (spec, n)) || fail (error, "a stamp of odd length");
}

gboolean
tutti_message_read (const char *text, gsize length, TuttiMessage *out, GError **error)
{
  g_autoptr(JsonNode) node = tutti_json_parse (text, length, TUTTI_JSON_DEFAULT, error);
  g_auto(TuttiMessage) message = { 0 };
  gboolean ok = FALSE;

  memset (out, 0, sizeof *out);
  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (node))
    ok = read_object (json_node_get_object (node), &message, error);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    ok = read_list (json_node_get_array (node), &message, error);
  else
    fail (error, "a message is an object, or an array of three or more");

  if (ok)
    {
      *out = message;
      message = (TuttiMessage) { 0 };
    }
  else
    out->number = message.kind == TUTTI_MESSAGE_EDIT ? message.number : 0;
  return ok;
}
