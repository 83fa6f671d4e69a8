/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-message.h"

#include "tutti-json-read.h"
#include "tutti-json-write.h"

#include <string.h>

#define SEQ_MAX TUTTI_JSON_INT_MAX

void
tutti_message_clear (TuttiMessage *message)
{
  g_clear_pointer (&message->op, tutti_op_free);
  g_clear_pointer (&message->text, g_free);
}

/* ---- writing ---- */

static void
write_hello (GString *out, const TuttiHello *hello)
{
  tutti_json_put_member_int (out, "proto", hello->protocol);
  tutti_json_put_member_text (out, "name", hello->name);
  tutti_json_put_member_text (out, "colour", tutti_person_colour_names[hello->colour]);
  tutti_json_put_member_text (out, "token", hello->token);
  tutti_json_put_member_int (out, "creator", hello->creator);
  tutti_json_put_member_int (out, "epoch", hello->epoch);
  tutti_json_put_member_int (out, "seq", hello->seq);
  if (hello->passing)
    tutti_json_put_member_int (out, "passing", 1);
}

static void
write_welcome (GString *out, const TuttiWelcome *welcome)
{
  tutti_json_put_member_int (out, "me", welcome->me);
  tutti_json_put_member_text (out, "token", welcome->token);
  tutti_json_put_member_int (out, "creator", welcome->creator);
  tutti_json_put_member_int (out, "number", welcome->number);
  tutti_json_put_member_text (out, "jam", welcome->jam);
  tutti_json_put_member_int (out, "epoch", welcome->epoch);
  tutti_json_put_member_int (out, "seq", welcome->seq);
  tutti_json_put_member_int (out, "base", welcome->base);
  tutti_json_put_member_int (out, "document", welcome->document);
  /* Nanoseconds of a month pass 2^53, so as text. */
  g_autofree char *origin = g_strdup_printf ("%" G_GINT64_FORMAT, welcome->origin_ns);

  tutti_json_put_member_text (out, "origin", origin);
  tutti_json_put_member_int (out, "clock", welcome->clock_port);
  tutti_json_put_member_int (out, "lead", welcome->lead);
  tutti_json_put_member_int (out, "max", welcome->people_max);
}

static void
write_stamped (GString *out, const TuttiMessage *message)
{
  tutti_json_open (out, '[');
  tutti_json_put_int (out, message->stamp.seq);
  tutti_json_put_int (out, message->stamp.by);
  tutti_json_put_int (out, message->stamp.at);
  if (message->kind == TUTTI_MESSAGE_ANSWER)
    {
      tutti_json_put_int (out, message->number);
      if (message->with != 0)
        tutti_json_put_int (out, message->with);
    }
  else
    {
      tutti_op_write (out, message->op);
      if (message->creator != 0)
        {
          tutti_json_put_int (out, message->creator);
          tutti_json_put_int (out, message->number);
        }
    }
  tutti_json_close (out, ']');
}

static void
write_no (GString *out, const TuttiMessage *message)
{
  tutti_json_put_member_int (out, "n", message->number);
  tutti_json_put_member_int (out, "code", message->code);
  tutti_json_put_member_text (out, "why", message->reason);
}

static void
write_hash (GString *out, const TuttiMessage *message)
{
  char hex[17];

  g_snprintf (hex, sizeof hex, "%016" G_GINT64_MODIFIER "x", message->hash);
  tutti_json_put_member_int (out, "seq", message->stamp.seq);
  tutti_json_put_member_text (out, "is", hex);
}

static void
write_ack (GString *out, const TuttiMessage *message)
{
  tutti_json_put_member_int (out, "seq", message->stamp.seq);
  tutti_json_put_member_int (out, "rtt", message->round_trip_us);
  tutti_json_put_member_int (out, "late", message->late);
}

static void
write_over (GString *out, const TuttiMessage *message)
{
  tutti_json_put_member_int (out, "seq", message->stamp.seq);
  tutti_json_put_member_int (out, "by", message->stamp.by);
  tutti_json_put_member_int (out, "with", message->with);
}

static void
open_kind (GString *out, const char *name)
{
  tutti_json_open (out, '{');
  tutti_json_key (out, name);
  tutti_json_open (out, '{');
}

static void
write_object (GString *out, const TuttiMessage *message)
{
  switch (message->kind)
    {
    case TUTTI_MESSAGE_HELLO:
      open_kind (out, "hello");
      write_hello (out, &message->hello);
      break;
    case TUTTI_MESSAGE_WELCOME:
      open_kind (out, "welcome");
      write_welcome (out, &message->welcome);
      break;
    case TUTTI_MESSAGE_ACK:
      open_kind (out, "ack");
      write_ack (out, message);
      break;
    case TUTTI_MESSAGE_NO:
      open_kind (out, "no");
      write_no (out, message);
      break;
    case TUTTI_MESSAGE_HASH:
      open_kind (out, "hash");
      write_hash (out, message);
      break;
    case TUTTI_MESSAGE_OVER:
      open_kind (out, "over");
      write_over (out, message);
      break;
    default:
      g_assert_not_reached ();
    }
  tutti_json_close (out, '}');
  tutti_json_close (out, '}');
}

static void
write_small (GString *out, const char *key, gint64 value)
{
  tutti_json_open (out, '{');
  tutti_json_put_member_int (out, key, value);
  tutti_json_close (out, '}');
}

static void
write_text (GString *out, const char *key, const char *value)
{
  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, key, value);
  tutti_json_close (out, '}');
}

char *
tutti_message_write (const TuttiMessage *message)
{
  GString *out = g_string_sized_new (64);

  switch (message->kind)
    {
    case TUTTI_MESSAGE_EDIT:
      tutti_json_open (out, '[');
      tutti_json_put_int (out, message->number);
      tutti_json_put_int (out, message->base);
      tutti_op_write (out, message->op);
      tutti_json_close (out, ']');
      break;
    case TUTTI_MESSAGE_STAMPED:
    case TUTTI_MESSAGE_ANSWER:
      write_stamped (out, message);
      break;
    case TUTTI_MESSAGE_NEED:
      write_text (out, "need", "snapshot");
      break;
    case TUTTI_MESSAGE_DOC:
      write_text (out, "doc", message->text);
      break;
    case TUTTI_MESSAGE_LIVE:
      write_small (out, "live", message->stamp.seq);
      break;
    case TUTTI_MESSAGE_IN:
      write_small (out, "in", message->stamp.by);
      break;
    case TUTTI_MESSAGE_OUT:
      write_small (out, "out", message->stamp.by);
      break;
    case TUTTI_MESSAGE_LEAD:
      write_small (out, "lead", message->lead);
      break;
    case TUTTI_MESSAGE_HELLO:
    case TUTTI_MESSAGE_WELCOME:
    case TUTTI_MESSAGE_ACK:
    case TUTTI_MESSAGE_NO:
    case TUTTI_MESSAGE_HASH:
    case TUTTI_MESSAGE_OVER:
    default:
      write_object (out, message);
      break;
    }
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
read_seq (JsonObject *object, const char *key, gint64 *out, GError **error)
{
  return tutti_json_read_int (object, key, 0, SEQ_MAX, out, error);
}

static gboolean
read_uint (JsonObject *object, const char *key, gint64 max, guint *out, GError **error)
{
  gint64 value;

  if (!tutti_json_read_int (object, key, 0, max, &value, error))
    return FALSE;
  *out = (guint) value;
  return TRUE;
}

/* Empty, or exactly @digits of hex. */
static gboolean
read_token (JsonObject *object, char *out, GError **error)
{
  const char *text;

  if (!tutti_json_read_string (object, "token", TUTTI_TOKEN_HEX, &text, error))
    return FALSE;
  if (text[0] != '\0' && (strlen (text) != TUTTI_TOKEN_HEX || strspn (text, "0123456789abcdef") != TUTTI_TOKEN_HEX))
    return fail (error, "a token is empty or 32 hex digits");
  strcpy (out, text);
  return TRUE;
}

static gboolean
read_colour (JsonObject *object, guint8 *out, GError **error)
{
  const char *text;

  if (!tutti_json_read_string (object, "colour", TUTTI_NAME_BYTES_MAX, &text, error))
    return FALSE;
  for (guint8 i = 0; i < TUTTI_N_PERSON_COLOURS; i++)
    if (g_str_equal (tutti_person_colour_names[i], text))
      {
        *out = i;
        return TRUE;
      }
  return fail (error, "no person's colour is called so");
}

/* Another protocol version may have other members: then only the version is read. */
static gboolean
read_hello (JsonObject *object, TuttiMessage *out, GError **error)
{
  TuttiHello *hello = &out->hello;
  const char *name;
  gint64 passing;

  if (!read_uint (object, "proto", 999, &hello->protocol, error))
    return FALSE;
  if (hello->protocol != TUTTI_PROTOCOL_VERSION)
    return TRUE;
  if (!tutti_json_read_string (object, "name", TUTTI_NAME_BYTES_MAX, &name, error) ||
      !read_colour (object, &hello->colour, error) || !read_token (object, hello->token, error) ||
      !read_uint (object, "creator", G_MAXUINT32, &hello->creator, error) ||
      !read_seq (object, "epoch", &hello->epoch, error) || !read_seq (object, "seq", &hello->seq, error) ||
      !tutti_json_read_int_or (object, "passing", 0, 1, 0, &passing, error))
    return FALSE;
  hello->passing = (gboolean) passing;
  if (name[0] == '\0')
    return fail (error, "everyone has a name");
  strcpy (hello->name, name);
  return TRUE;
}

static gboolean
read_origin (JsonObject *object, gint64 *out, GError **error)
{
  const char *text;

  return tutti_json_read_string (object, "origin", 24, &text, error) &&
         (g_ascii_string_to_signed (text, 10, G_MININT64 / 2, G_MAXINT64 / 2, out, NULL) ||
          fail (error, "the origin is nanoseconds"));
}

static gboolean
read_welcome (JsonObject *object, TuttiMessage *out, GError **error)
{
  TuttiWelcome *welcome = &out->welcome;
  const char *jam;
  gint64 document;

  if (!read_uint (object, "me", 65535, &welcome->me, error) || !read_token (object, welcome->token, error) ||
      !read_uint (object, "creator", G_MAXUINT32, &welcome->creator, error) ||
      !read_seq (object, "number", &welcome->number, error) ||
      !tutti_json_read_string (object, "jam", TUTTI_JAM_ID_MAX, &jam, error) ||
      !read_seq (object, "epoch", &welcome->epoch, error) || !read_seq (object, "seq", &welcome->seq, error) ||
      !read_seq (object, "base", &welcome->base, error) ||
      !tutti_json_read_int (object, "document", 0, 1, &document, error) ||
      !read_origin (object, &welcome->origin_ns, error) || !read_uint (object, "clock", 65535, &welcome->clock_port, error) ||
      !tutti_json_read_int (object, "lead", 0, TUTTI_FRAMES_PER_SECOND * 10, &welcome->lead, error) ||
      !read_uint (object, "max", TUTTI_PEOPLE_MAX, &welcome->people_max, error))
    return FALSE;
  welcome->document = (gboolean) document;
  strcpy (welcome->jam, jam);
  return welcome->base <= welcome->seq || fail (error, "a base after the end");
}

static gboolean
read_ack (JsonObject *object, TuttiMessage *out, GError **error)
{
  return read_seq (object, "seq", &out->stamp.seq, error) && read_seq (object, "rtt", &out->round_trip_us, error) &&
         read_seq (object, "late", &out->late, error);
}

static gboolean
read_no (JsonObject *object, TuttiMessage *out, GError **error)
{
  const char *why;
  guint code;

  if (!read_seq (object, "n", &out->number, error) || !read_uint (object, "code", TUTTI_MODEL_ERROR_NOT_ALLOWED, &code, error) ||
      !tutti_json_read_string (object, "why", TUTTI_REASON_MAX, &why, error))
    return FALSE;
  out->code = (TuttiModelError) code;
  strcpy (out->reason, why);
  return TRUE;
}

static gboolean
read_hash (JsonObject *object, TuttiMessage *out, GError **error)
{
  const char *hex;

  if (!read_seq (object, "seq", &out->stamp.seq, error) || !tutti_json_read_hex (object, "is", 16, &hex, error))
    return FALSE;
  out->hash = g_ascii_strtoull (hex, NULL, 16);
  return TRUE;
}

static gboolean
read_over (JsonObject *object, TuttiMessage *out, GError **error)
{
  return read_seq (object, "seq", &out->stamp.seq, error) && read_uint (object, "by", 65535, &out->stamp.by, error) &&
         read_seq (object, "with", &out->with, error);
}

typedef gboolean (*ReadObject) (JsonObject *object, TuttiMessage *out, GError **error);

static const struct { const char *key; TuttiMessageKind kind; ReadObject read; } object_kinds[] = {
  { "hello", TUTTI_MESSAGE_HELLO, read_hello },
  { "welcome", TUTTI_MESSAGE_WELCOME, read_welcome },
  { "ack", TUTTI_MESSAGE_ACK, read_ack },
  { "no", TUTTI_MESSAGE_NO, read_no },
  { "hash", TUTTI_MESSAGE_HASH, read_hash },
  { "over", TUTTI_MESSAGE_OVER, read_over },
};

static const struct { const char *key; TuttiMessageKind kind; } number_kinds[] = {
  { "live", TUTTI_MESSAGE_LIVE }, { "in", TUTTI_MESSAGE_IN }, { "out", TUTTI_MESSAGE_OUT }, { "lead", TUTTI_MESSAGE_LEAD },
};

static gboolean
read_number_kind (JsonObject *object, guint row, TuttiMessage *out, GError **error)
{
  TuttiMessageKind kind = number_kinds[row].kind;
  gint64 max = kind == TUTTI_MESSAGE_LIVE ? SEQ_MAX : kind == TUTTI_MESSAGE_LEAD ? TUTTI_FRAMES_PER_SECOND * 10 : 65535;
  gint64 value;

  if (!tutti_json_read_int (object, number_kinds[row].key, 0, max, &value, error))
    return FALSE;
  out->kind = kind;
  if (kind == TUTTI_MESSAGE_LIVE)
    out->stamp.seq = value;
  else if (kind == TUTTI_MESSAGE_LEAD)
    out->lead = value;
  else
    out->stamp.by = (guint) value;
  return TRUE;
}

static gboolean
read_text_kind (JsonObject *object, TuttiMessage *out, GError **error)
{
  const char *text;

  if (json_object_has_member (object, "need"))
    {
      out->kind = TUTTI_MESSAGE_NEED;
      return tutti_json_read_string (object, "need", 16, &text, error) &&
             (g_str_equal (text, "snapshot") || fail (error, "only a snapshot can be needed"));
    }
  if (!json_object_has_member (object, "doc"))
    return fail (error, "a message of an unknown kind");
  if (!tutti_json_read_text (object, "doc", TUTTI_MESSAGE_BYTES_MAX, &text, error))
    return FALSE;
  out->kind = TUTTI_MESSAGE_DOC;
  out->text = g_strdup (text);
  return TRUE;
}

static gboolean
read_object (JsonObject *object, TuttiMessage *out, GError **error)
{
  JsonObject *content;

  if (json_object_get_size (object) != 1)
    return fail (error, "a message says one thing");
  for (guint i = 0; i < G_N_ELEMENTS (object_kinds); i++)
    if (json_object_has_member (object, object_kinds[i].key))
      {
        out->kind = object_kinds[i].kind;
        return tutti_json_read_object (object, object_kinds[i].key, &content, error) &&
               object_kinds[i].read (content, out, error);
      }
  for (guint i = 0; i < G_N_ELEMENTS (number_kinds); i++)
    if (json_object_has_member (object, number_kinds[i].key))
      return read_number_kind (object, i, out, error);
  return read_text_kind (object, out, error);
}

static gboolean
read_edit (JsonArray *array, TuttiMessage *out, GError **error)
{
  out->kind = TUTTI_MESSAGE_EDIT;
  if (!tutti_json_item_int (array, 0, 1, SEQ_MAX, &out->number, error) ||
      !tutti_json_item_int (array, 1, 0, SEQ_MAX, &out->base, error))
    return FALSE;
  out->op = tutti_op_from_json (json_array_get_element (array, 2), error);
  return out->op != NULL;
}

static gboolean
read_author (JsonArray *array, TuttiMessage *out, GError **error)
{
  gint64 creator;

  if (!tutti_json_item_int (array, 4, 1, G_MAXUINT32, &creator, error) ||
      !tutti_json_item_int (array, 5, 1, SEQ_MAX, &out->number, error))
    return FALSE;
  out->creator = (guint32) creator;
  return TRUE;
}

static gboolean
read_stamped (JsonArray *array, TuttiMessage *out, GError **error)
{
  guint n = json_array_get_length (array);
  gint64 by;

  if (!tutti_json_item_int (array, 0, 1, SEQ_MAX, &out->stamp.seq, error) ||
      !tutti_json_item_int (array, 1, 0, 65535, &by, error) ||
      !tutti_json_item_int (array, 2, -SEQ_MAX, SEQ_MAX, &out->stamp.at, error))
    return FALSE;
  out->stamp.by = (guint) by;
  if (JSON_NODE_HOLDS_VALUE (json_array_get_element (array, 3)))
    {
      out->kind = TUTTI_MESSAGE_ANSWER;
      return n <= 5 && tutti_json_item_int (array, 3, 1, SEQ_MAX, &out->number, error) &&
             (n == 4 || tutti_json_item_int (array, 4, 1, SEQ_MAX, &out->with, error));
    }
  out->kind = TUTTI_MESSAGE_STAMPED;
  out->op = tutti_op_from_json (json_array_get_element (array, 3), error);
  return out->op != NULL && (n == 4 || (n == 6 ? read_author (array, out, error) : fail (error, "a stamp of odd length")));
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
  else if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 3)
    ok = read_edit (json_node_get_array (node), &message, error);
  else if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) >= 4)
    ok = read_stamped (json_node_get_array (node), &message, error);
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
