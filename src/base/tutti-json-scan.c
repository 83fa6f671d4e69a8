/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-json-scan.h"

#include <math.h>
#include <string.h>

#include "tutti-limits.h"

G_DEFINE_QUARK (tutti-json-error-quark, tutti_json_error)

/* A key of an object that is still open: its unescaped bytes lie in the arena, with a NUL behind them. */
typedef struct
{
  gsize start;
  gsize length;
  gsize at;                    /* where it stands in the text, for the error */
} Key;

typedef struct
{
  const char *text;
  gsize length;
  gsize at;
  guint flags;
  gboolean building;           /* values are made, not only checked */
  int depth;
  GString *arena;
  GArray *keys;
  GError **error;
} Scan;

/* Each part that is a value leaves it in @out, when values are made: (transfer full), untouched on failure. */
static gboolean scan_value (Scan *scan, JsonNode **out);

static gboolean G_GNUC_PRINTF (4, 5)
refuse (Scan *scan, TuttiJsonError code, gsize at, const char *format, ...)
{
  g_autofree char *words = NULL;
  va_list args;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (scan->error, TUTTI_JSON_ERROR, code, "%s at byte %" G_GSIZE_FORMAT, words, at);
  return FALSE;
}

/* The byte at the cursor, or −1 behind the last one. */
static int
peek (const Scan *scan)
{
  return scan->at < scan->length ? (guchar) scan->text[scan->at] : -1;
}

static gboolean
accept_byte (Scan *scan, char wanted)
{
  if (peek (scan) != wanted)
    return FALSE;
  scan->at++;
  return TRUE;
}

static void
skip_space (Scan *scan)
{
  while (peek (scan) == ' ' || peek (scan) == '\n' || peek (scan) == '\r' || peek (scan) == '\t')
    scan->at++;
}

static gboolean
scan_hex4 (Scan *scan, gunichar *out)
{
  *out = 0;
  for (int i = 0; i < 4; i++)
    {
      int c = peek (scan);

      if (c < 0 || !g_ascii_isxdigit (c))
        return refuse (scan, TUTTI_JSON_ERROR_SYNTAX, scan->at, "\\u needs four hexadecimal digits");
      *out = *out * 16 + g_ascii_xdigit_value (c);
      scan->at++;
    }
  return TRUE;
}

/* Behind "\u". A pair of surrogates is one character; half of one is none. */
static gboolean
scan_unicode_escape (Scan *scan, GString *out)
{
  gsize at = scan->at - 2;
  gunichar c, low;

  if (!scan_hex4 (scan, &c))
    return FALSE;
  if (c == 0)
    return refuse (scan, TUTTI_JSON_ERROR_ENCODING, at, "\\u0000 is not allowed");
  if (c >= 0xdc00 && c <= 0xdfff)
    return refuse (scan, TUTTI_JSON_ERROR_ENCODING, at, "half of a surrogate pair");
  if (c >= 0xd800 && c <= 0xdbff)
    {
      if (!accept_byte (scan, '\\') || !accept_byte (scan, 'u'))
        return refuse (scan, TUTTI_JSON_ERROR_ENCODING, at, "half of a surrogate pair");
      if (!scan_hex4 (scan, &low))
        return FALSE;
      if (low < 0xdc00 || low > 0xdfff)
        return refuse (scan, TUTTI_JSON_ERROR_ENCODING, at, "half of a surrogate pair");
      c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
  if (out != NULL)
    g_string_append_unichar (out, c);
  return TRUE;
}

/* Behind the backslash. */
static gboolean
scan_escape (Scan *scan, GString *out)
{
  static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
  int c = peek (scan);
  const char *found = c > 0 ? strchr (names, c) : NULL;

  if (c == 'u')
    {
      scan->at++;
      return scan_unicode_escape (scan, out);
    }
  if (found == NULL)
    return refuse (scan, TUTTI_JSON_ERROR_SYNTAX, scan->at - 1, "unknown escape");
  scan->at++;
  if (out != NULL)
    g_string_append_c (out, values[found - names]);
  return TRUE;
}

/* How many bytes at the cursor stand for themselves: up to a quote, a backslash or what does not belong there. */
static gsize
plain_run (const Scan *scan)
{
  gsize at = scan->at;

  while (at < scan->length && (guchar) scan->text[at] >= 0x20 && scan->text[at] != '"' && scan->text[at] != '\\')
    at++;
  return at - scan->at;
}

/* @out: (nullable) receives the unescaped bytes. */
static gboolean
scan_string (Scan *scan, GString *out)
{
  gsize start = scan->at;

  if (!accept_byte (scan, '"'))
    return refuse (scan, TUTTI_JSON_ERROR_SYNTAX, start, "a text in double quotes was expected");
  for (;;)
    {
      gsize plain = plain_run (scan);

      if (out != NULL && plain > 0)
        g_string_append_len (out, scan->text + scan->at, (gssize) plain);
      scan->at += plain;
      if (accept_byte (scan, '"'))
        return TRUE;
      if (peek (scan) < 0)
        return refuse (scan, TUTTI_JSON_ERROR_SYNTAX, start, "a text without its closing quote");
      if (!accept_byte (scan, '\\'))
        return refuse (scan, TUTTI_JSON_ERROR_SYNTAX, scan->at, "a control character inside a text");
      if (!scan_escape (scan, out))
        return FALSE;
    }
}

static gboolean
scan_text_value (Scan *scan, JsonNode **out)
{
  gsize before = scan->arena->len;

  if (!scan_string (scan, scan->building ? scan->arena : NULL))
    return FALSE;
  if (scan->building)
    *out = json_node_init_string (json_node_alloc (), scan->arena->str + before);
  g_string_truncate (scan->arena, before);
  return TRUE;
}

static gboolean
scan_digits (Scan *scan)
{
  gsize start = scan->at;

  while (g_ascii_isdigit (peek (scan)))
    scan->at++;
  return scan->at > start ||
         refuse (scan, TUTTI_JSON_ERROR_SYNTAX, start, "a digit was expected");
}

static gboolean
read_integer (Scan *scan, gsize start, JsonNode **out)
{
  gboolean negative = scan->text[start] == '-';
  gsize digits = scan->at - start - negative;
  gint64 value = 0;

  /* 2^53 has 16 digits, so 17 and more need no arithmetic that might wrap. */
  for (gsize i = scan->at - digits; digits <= 16 && i < scan->at; i++)
    value = value * 10 + (scan->text[i] - '0');
  if (digits > 16 || value > TUTTI_JSON_INT_MAX)
    return refuse (scan, TUTTI_JSON_ERROR_NUMBER, start, "a whole number beyond ±2^53");
  if (scan->building)
    *out = json_node_init_int (json_node_alloc (), negative ? -value : value);
  return TRUE;
}

static gboolean
read_float (Scan *scan, gsize start, JsonNode **out)
{
  char digits[64];
  gsize length = scan->at - start;
  double value;

  if (!(scan->flags & TUTTI_JSON_FLOATS))
    return refuse (scan, TUTTI_JSON_ERROR_NUMBER, start, "only whole numbers are allowed");
  if (length >= sizeof digits)
    return refuse (scan, TUTTI_JSON_ERROR_NUMBER, start, "a number with too many digits");
  memcpy (digits, scan->text + start, length);
  digits[length] = '\0';
  value = g_ascii_strtod (digits, NULL);
  if (!isfinite (value))
    return refuse (scan, TUTTI_JSON_ERROR_NUMBER, start, "a number beyond all bounds");
  if (scan->building)
    *out = json_node_init_double (json_node_alloc (), value);
  return TRUE;
}

static gboolean
scan_number (Scan *scan, JsonNode **out)
{
  gsize start = scan->at;
  gboolean whole = TRUE;

  accept_byte (scan, '-');
  if (!accept_byte (scan, '0') && !scan_digits (scan))
    return FALSE;
  if (g_ascii_isdigit (peek (scan)))
    return refuse (scan, TUTTI_JSON_ERROR_SYNTAX, start, "a number with a leading zero");
  if (accept_byte (scan, '.'))
    {
      whole = FALSE;
      if (!scan_digits (scan))
        return FALSE;
    }
  if (accept_byte (scan, 'e') || accept_byte (scan, 'E'))
    {
      whole = FALSE;
      if (!accept_byte (scan, '+'))
        accept_byte (scan, '-');
      if (!scan_digits (scan))
        return FALSE;
    }
  return whole ? read_integer (scan, start, out) : read_float (scan, start, out);
}

/* @node: (transfer full) (nullable) what the word means. */
static gboolean
take_word (Scan *scan, const char *word, JsonNode *node, JsonNode **out)
{
  g_autoptr(JsonNode) meaning = node;
  gsize length = strlen (word);

  if (scan->length - scan->at < length || memcmp (scan->text + scan->at, word, length) != 0)
    return refuse (scan, TUTTI_JSON_ERROR_SYNTAX, scan->at, "an unknown word");
  scan->at += length;
  if (scan->building)
    *out = g_steal_pointer (&meaning);
  return TRUE;
}

static gboolean
scan_word (Scan *scan, JsonNode **out)
{
  JsonNode *node = scan->building ? json_node_alloc () : NULL;
  int c = peek (scan);

  if (c == 'n')
    return take_word (scan, "null", node != NULL ? json_node_init_null (node) : NULL, out);
  return take_word (scan, c == 't' ? "true" : "false", node != NULL ? json_node_init_boolean (node, c == 't') : NULL, out);
}

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer arena)
{
  const Key *first = a, *second = b;
  int order = memcmp ((char *) arena + first->start, (char *) arena + second->start,
                      MIN (first->length, second->length));

  if (order == 0)
    order = (first->length > second->length) - (first->length < second->length);
  return order != 0 ? order : (first->at > second->at) - (first->at < second->at);
}

/* Sorted rather than compared pair by pair: an object of a million keys must not cost a trillion looks. */
static gboolean
check_keys (Scan *scan, guint first)
{
  guint n = scan->keys->len - first;
  Key *keys = n > 0 ? &g_array_index (scan->keys, Key, first) : NULL;
  const char *arena = scan->arena->str;

  if (n > 1)
    g_qsort_with_data (keys, n, sizeof *keys, compare_keys, scan->arena->str);
  for (guint i = 1; i < n; i++)
    if (keys[i].length == keys[i - 1].length &&
        memcmp (arena + keys[i].start, arena + keys[i - 1].start, keys[i].length) == 0)
      return refuse (scan, TUTTI_JSON_ERROR_DUPLICATE, keys[i].at, "a key for the second time");
  return TRUE;
}

/* A key and the colon; @start: where its bytes lie in the arena. */
static gboolean
scan_key (Scan *scan, gsize *start)
{
  Key key = { .start = scan->arena->len };

  skip_space (scan);
  key.at = scan->at;
  if (!scan_string (scan, scan->arena))
    return FALSE;
  key.length = scan->arena->len - key.start;
  if (key.length == 0)
    return refuse (scan, TUTTI_JSON_ERROR_SYNTAX, key.at, "an empty key");
  g_string_append_c (scan->arena, '\0');
  g_array_append_val (scan->keys, key);
  *start = key.start;
  skip_space (scan);
  return accept_byte (scan, ':') || refuse (scan, TUTTI_JSON_ERROR_SYNTAX, scan->at, "a colon was expected");
}

/* @container: the open JsonObject when values are made. A key for the second time replaces the first here, and check_keys()
 * refuses the whole afterwards. */
static gboolean
scan_member (Scan *scan, gpointer container)
{
  JsonNode *value = NULL;
  gsize key = 0;

  if (!scan_key (scan, &key) || !scan_value (scan, &value))
    return FALSE;
  if (scan->building)
    json_object_set_member (container, scan->arena->str + key, value);
  return TRUE;
}

/* @container: the open JsonArray when values are made. */
static gboolean
scan_element (Scan *scan, gpointer container)
{
  JsonNode *value = NULL;

  if (!scan_value (scan, &value))
    return FALSE;
  if (scan->building)
    json_array_add_element (container, value);
  return TRUE;
}

/* Behind the opening bracket. */
static gboolean
scan_items (Scan *scan, char end, gboolean (*scan_item) (Scan *, gpointer), gpointer container)
{
  skip_space (scan);
  if (accept_byte (scan, end))
    return TRUE;
  for (;;)
    {
      if (!scan_item (scan, container))
        return FALSE;
      skip_space (scan);
      if (accept_byte (scan, end))
        return TRUE;
      if (!accept_byte (scan, ','))
        return refuse (scan, TUTTI_JSON_ERROR_SYNTAX, scan->at, "a comma or “%c” was expected", end);
    }
}

static gboolean
scan_object (Scan *scan, JsonNode **out)
{
  g_autoptr(JsonObject) object = scan->building ? json_object_new () : NULL;
  gsize arena_before = scan->arena->len;
  guint keys_before = scan->keys->len;

  if (!scan_items (scan, '}', scan_member, object) || !check_keys (scan, keys_before))
    return FALSE;
  g_array_set_size (scan->keys, keys_before);
  g_string_truncate (scan->arena, arena_before);
  if (scan->building)
    *out = json_node_init_object (json_node_alloc (), object);
  return TRUE;
}

static gboolean
scan_array (Scan *scan, JsonNode **out)
{
  g_autoptr(JsonArray) array = scan->building ? json_array_new () : NULL;

  if (!scan_items (scan, ']', scan_element, array))
    return FALSE;
  if (scan->building)
    *out = json_node_init_array (json_node_alloc (), array);
  return TRUE;
}

static gboolean
scan_container (Scan *scan, JsonNode **out)
{
  gboolean object = peek (scan) == '{';

  if (++scan->depth > TUTTI_JSON_DEPTH_MAX)
    return refuse (scan, TUTTI_JSON_ERROR_DEPTH, scan->at, "nested deeper than %d", TUTTI_JSON_DEPTH_MAX);
  scan->at++;
  if (!(object ? scan_object (scan, out) : scan_array (scan, out)))
    return FALSE;
  scan->depth--;
  return TRUE;
}

static gboolean
scan_value (Scan *scan, JsonNode **out)
{
  skip_space (scan);
  switch (peek (scan))
    {
    case '{':
    case '[':
      return scan_container (scan, out);
    case '"':
      return scan_text_value (scan, out);
    case 't':
    case 'f':
    case 'n':
      return scan_word (scan, out);
    case '-':
    case '0' ... '9':
      return scan_number (scan, out);
    case -1:
      return refuse (scan, TUTTI_JSON_ERROR_SYNTAX, scan->at, "a value is missing");
    default:
      return refuse (scan, TUTTI_JSON_ERROR_SYNTAX, scan->at, "no JSON value starts like this");
    }
}

static gboolean
scan_whole (Scan *scan, JsonNode **out)
{
  gsize limit = scan->flags & TUTTI_JSON_DOCUMENT ? TUTTI_DOCUMENT_BYTES_MAX : TUTTI_MESSAGE_BYTES_MAX;
  const char *end;

  if (scan->length > limit)
    return refuse (scan, TUTTI_JSON_ERROR_SIZE, limit, "more than the allowed size, which ends");
  if (!g_utf8_validate_len (scan->text, scan->length, &end))
    return refuse (scan, TUTTI_JSON_ERROR_ENCODING, (gsize) (end - scan->text), "not UTF-8");
  if (!scan_value (scan, out))
    return FALSE;
  skip_space (scan);
  return scan->at == scan->length ||
         refuse (scan, TUTTI_JSON_ERROR_SYNTAX, scan->at, "something behind the value");
}

static gboolean
run (Scan *scan, JsonNode **out)
{
  gboolean ok;

  scan->arena = g_string_new (NULL);
  scan->keys = g_array_new (FALSE, FALSE, sizeof (Key));
  ok = scan_whole (scan, out);
  g_string_free (scan->arena, TRUE);
  g_array_unref (scan->keys);
  return ok;
}

gboolean
tutti_json_scan (const char *text, gsize len, guint flags, GError **error)
{
  Scan scan = { .text = text, .length = len, .flags = flags, .error = error };

  g_return_val_if_fail (text != NULL || len == 0, FALSE);

  return run (&scan, NULL);
}

JsonNode *
tutti_json_parse (const char *text, gsize len, guint flags, GError **error)
{
  Scan scan = { .text = text, .length = len, .flags = flags, .building = TRUE, .error = error };
  g_autoptr(JsonNode) node = NULL;

  g_return_val_if_fail (text != NULL || len == 0, NULL);

  return run (&scan, &node) ? g_steal_pointer (&node) : NULL;
}
