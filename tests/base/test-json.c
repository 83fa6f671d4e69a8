/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strict reader in place of json-glib's: tables of what it takes and refuses, and the laws that whatever
 * it passes json-glib reads as the same, and that nothing at all makes either of them fall over. */
#include "tutti-json-read.h"
#include "tutti-limits.h"

#include <string.h>

#define OK -1

static const struct { const char *name, *json; int flags, result; } cases[] = {
  { "zero", "0", 0, OK },
  { "minus-zero", "-0", 0, OK },
  { "space-around", " \t\r\n[1 , 2]\n", 0, OK },
  { "literals", "[true,false,null]", 0, OK },
  { "text", "\"plain\"", 0, OK },
  { "empty-object", "{}", 0, OK },
  { "empty-array", "[]", 0, OK },
  { "escapes", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"", 0, OK },
  { "pair", "\"\\ud834\\udd1e\"", 0, OK },
  { "max", "9007199254740992", 0, OK },
  { "min", "-9007199254740992", 0, OK },
  { "past-max", "9007199254740993", 0, TUTTI_JSON_ERROR_NUMBER },
  { "past-min", "-9007199254740993", 0, TUTTI_JSON_ERROR_NUMBER },
  { "2^63", "9223372036854775808", 0, TUTTI_JSON_ERROR_NUMBER },
  { "2^64+1", "18446744073709551617", 0, TUTTI_JSON_ERROR_NUMBER },
  { "many-digits", "111111111111111111111111111111111111111111", 0, TUTTI_JSON_ERROR_NUMBER },
  { "float", "1.5", 0, TUTTI_JSON_ERROR_NUMBER },
  { "exponent", "1e3", 0, TUTTI_JSON_ERROR_NUMBER },
  { "float-allowed", "-1.5E-3", TUTTI_JSON_FLOATS, OK },
  { "float-infinite", "1e999", TUTTI_JSON_FLOATS, TUTTI_JSON_ERROR_NUMBER },
  { "float-bare-point", "1.", TUTTI_JSON_FLOATS, TUTTI_JSON_ERROR_SYNTAX },
  { "float-no-whole", ".5", TUTTI_JSON_FLOATS, TUTTI_JSON_ERROR_SYNTAX },
  { "float-bare-exponent", "1e", TUTTI_JSON_FLOATS, TUTTI_JSON_ERROR_SYNTAX },
  { "leading-zero", "01", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "plus", "+1", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "bare-minus", "-", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "hex", "0x10", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "nan", "NaN", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "infinity", "-Infinity", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "comment-block", "/* a */ 1", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "comment-line", "1 // a", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "comment-hash", "# a\n1", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "var", "var x = 1", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "single-quotes", "'a'", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "bare-key", "{a:1}", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "empty-key", "{\"\":1}", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "trailing-comma", "[1,]", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "trailing-comma-object", "{\"a\":1,}", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "leading-comma", "[,1]", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "no-comma", "[1 2]", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "no-colon", "{\"a\" 1}", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "two-values", "1 2", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "nothing", "", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "only-space", "  ", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "open-array", "[1", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "open-text", "\"abc", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "open-escape", "\"abc\\", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "wrong-bracket", "[1}", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "half-word", "tru", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "long-word", "truer", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "capital-word", "True", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "line-break-in-text", "\"a\nb\"", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "unknown-escape", "\"\\x41\"", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "short-unicode", "\"\\u12\"", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "nul-escape", "\"\\u0000\"", 0, TUTTI_JSON_ERROR_ENCODING },
  { "lone-high", "\"\\ud834\"", 0, TUTTI_JSON_ERROR_ENCODING },
  { "lone-low", "\"\\udd1e\"", 0, TUTTI_JSON_ERROR_ENCODING },
  { "high-high", "\"\\ud834\\ud834\"", 0, TUTTI_JSON_ERROR_ENCODING },
  { "high-text", "\"\\ud834x\"", 0, TUTTI_JSON_ERROR_ENCODING },
  { "not-utf8", "\"\xff\"", 0, TUTTI_JSON_ERROR_ENCODING },
  { "overlong", "\"\xc0\xaf\"", 0, TUTTI_JSON_ERROR_ENCODING },
  { "surrogate-in-utf8", "\"\xed\xa0\x80\"", 0, TUTTI_JSON_ERROR_ENCODING },
  { "byte-order-mark", "\xef\xbb\xbf[]", 0, TUTTI_JSON_ERROR_SYNTAX },
  { "duplicate", "{\"a\":1,\"a\":2}", 0, TUTTI_JSON_ERROR_DUPLICATE },
  { "duplicate-escaped", "{\"a\":1,\"\\u0061\":2}", 0, TUTTI_JSON_ERROR_DUPLICATE },
  { "duplicate-apart", "{\"b\":0,\"a\":1,\"c\":3,\"a\":2}", 0, TUTTI_JSON_ERROR_DUPLICATE },
  { "duplicate-inside", "[{\"x\":{\"a\":1,\"a\":1}}]", 0, TUTTI_JSON_ERROR_DUPLICATE },
  { "prefix-is-no-duplicate", "{\"a\":1,\"ab\":2,\"b\":3}", 0, OK },
  { "same-key-inside", "{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}", 0, OK },
  { "depth-16", "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", 0, OK },
  { "depth-17", "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", 0, TUTTI_JSON_ERROR_DEPTH },
  { "depth-mixed", "{\"a\":[{\"a\":[{\"a\":[{\"a\":[{\"a\":[{\"a\":[{\"a\":[{\"a\":[[1]]}]}]}]}]}]}]}]}", 0,
    TUTTI_JSON_ERROR_DEPTH },
};

static void
test_case (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  gsize length = strlen (cases[row].json);
  /* Without a final NUL, so that a look past the end is seen by the sanitizer. */
  g_autofree char *text = g_memdup2 (cases[row].json, length);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = tutti_json_parse (text != NULL ? text : "", length, cases[row].flags, &error);

  if (cases[row].result == OK)
    {
      g_assert_no_error (error);
      g_assert_nonnull (node);
      return;
    }
  g_assert_null (node);
  g_assert_error (error, TUTTI_JSON_ERROR, cases[row].result);
  g_assert_nonnull (strstr (error->message, "at byte "));
}

static void
test_decoded (void)
{
  const char *json = "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud834\\udd1e\"";
  g_autoptr(JsonNode) node = tutti_json_parse (json, strlen (json), 0, NULL);

  g_assert_cmpstr (json_node_get_string (node), ==, "\"\\/\b\f\n\r\té𝄞");
}

/* Kinds and values as they are to be read, written out: json-glib is not asked. */
static void
test_built (void)
{
  const char *json = "{\"a\":[-9007199254740992,0,\"x\\u00e9\",true,false,null,{},[]],\"b\\n\":-1.5e-3}";
  g_autoptr(JsonNode) node = tutti_json_parse (json, strlen (json), TUTTI_JSON_FLOATS, NULL);
  JsonObject *object = json_node_get_object (node);
  JsonArray *array = json_object_get_array_member (object, "a");

  g_assert_cmpuint (json_object_get_size (object), ==, 2);
  g_assert_cmpuint (json_array_get_length (array), ==, 8);
  g_assert_cmpint (json_array_get_int_element (array, 0), ==, -G_GINT64_CONSTANT (9007199254740992));
  g_assert_cmpint (json_array_get_int_element (array, 1), ==, 0);
  g_assert_cmpstr (json_array_get_string_element (array, 2), ==, "xé");
  g_assert_cmpint (json_node_get_value_type (json_array_get_element (array, 3)), ==, G_TYPE_BOOLEAN);
  g_assert_true (json_array_get_boolean_element (array, 3));
  g_assert_false (json_array_get_boolean_element (array, 4));
  g_assert_true (json_array_get_null_element (array, 5));
  g_assert_cmpuint (json_object_get_size (json_array_get_object_element (array, 6)), ==, 0);
  g_assert_cmpuint (json_array_get_length (json_array_get_array_element (array, 7)), ==, 0);
  g_assert_cmpfloat (json_object_get_double_member (object, "b\n"), ==, -1.5e-3);
}

static void
test_nul_byte (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (tutti_json_scan ("\"a\0b\"", 5, 0, &error));
  g_assert_error (error, TUTTI_JSON_ERROR, TUTTI_JSON_ERROR_ENCODING);
}

static void
test_offset (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (tutti_json_scan ("[1,2,x]", 7, 0, &error));
  g_assert_nonnull (strstr (error->message, "at byte 5"));
}

static void
test_sizes (void)
{
  g_autofree char *text = g_malloc (TUTTI_DOCUMENT_BYTES_MAX + 1);
  const struct { gsize length; guint flags; gboolean ok; } sizes[] = {
    { TUTTI_MESSAGE_BYTES_MAX, 0, TRUE }, { TUTTI_MESSAGE_BYTES_MAX + 1, 0, FALSE },
    { TUTTI_DOCUMENT_BYTES_MAX, TUTTI_JSON_DOCUMENT, TRUE },
    { TUTTI_DOCUMENT_BYTES_MAX + 1, TUTTI_JSON_DOCUMENT, FALSE },
  };

  memset (text, ' ', TUTTI_DOCUMENT_BYTES_MAX + 1);
  text[0] = '1';
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_cmpint (tutti_json_scan (text, sizes[i].length, sizes[i].flags, &error), ==, sizes[i].ok);
      g_assert_true (sizes[i].ok || g_error_matches (error, TUTTI_JSON_ERROR, TUTTI_JSON_ERROR_SIZE));
    }
}

/* What brought json-glib down: here it must be a refusal, at the depth limit. */
static void
test_deep (void)
{
  g_autofree char *text = g_strnfill (60000, '[');
  g_autoptr(GError) error = NULL;

  g_assert_null (tutti_json_parse (text, 60000, 0, &error));
  g_assert_error (error, TUTTI_JSON_ERROR, TUTTI_JSON_ERROR_DEPTH);
}

/* A hostile object of hundreds of thousands of keys is checked within the watchdog of the suite. */
static void
test_many_keys (void)
{
  g_autoptr(GString) text = g_string_new ("{");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 300000; i++)
    g_string_append_printf (text, "\"%x\":1,", i);
  g_string_append (text, "\"0\":1}");
  g_assert_false (tutti_json_scan (text->str, text->len, TUTTI_JSON_DOCUMENT, &error));
  g_assert_error (error, TUTTI_JSON_ERROR, TUTTI_JSON_ERROR_DUPLICATE);
}

static void
append_random_text (GRand *rand, GString *out)
{
  static const char *const pieces[] = { "a", "7", " ", "é", "𝄞", "\\n", "\\u00e4", "\\ud83d\\ude00", "\\\\", "\\/", "\\\"" };

  g_string_append_c (out, '"');
  for (int n = g_rand_int_range (rand, 0, 6); n > 0; n--)
    g_string_append (out, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  g_string_append_c (out, '"');
}

static void
append_random_space (GRand *rand, GString *out)
{
  if (g_rand_int_range (rand, 0, 4) == 0)
    g_string_append_c (out, " \t\n\r"[g_rand_int_range (rand, 0, 4)]);
}

static void
append_random_value (GRand *rand, GString *out, int depth)
{
  int kind = g_rand_int_range (rand, 0, depth > 0 ? 7 : 5);
  int n = g_rand_int_range (rand, 0, 5);

  append_random_space (rand, out);
  switch (kind)
    {
    case 0:
      append_random_text (rand, out);
      break;
    case 1:
      g_string_append (out, ((const char *[]) { "true", "false", "null" })[g_rand_int_range (rand, 0, 3)]);
      break;
    case 2 ... 4:
      g_string_append_printf (out, "%" G_GINT64_FORMAT,
                              (gint64) (g_rand_double_range (rand, -1, 1) * (double) TUTTI_JSON_INT_MAX) >>
                              g_rand_int_range (rand, 0, 54));
      break;
    case 5:
      g_string_append_c (out, '[');
      for (int i = 0; i < n; i++)
        {
          if (i > 0)
            g_string_append_c (out, ',');
          append_random_value (rand, out, depth - 1);
        }
      g_string_append_c (out, ']');
      break;
    default:
      g_string_append_c (out, '{');
      for (int i = 0; i < n; i++)
        {
          g_string_append_printf (out, "%s\"k%d\":", i > 0 ? "," : "", i);
          append_random_value (rand, out, depth - 1);
        }
      g_string_append_c (out, '}');
    }
  append_random_space (rand, out);
}

/* What json-glib's own parser, which is laxer, makes of it. */
static JsonNode *
read_by_json_glib (const char *text, gsize length)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;

  json_parser_load_from_data (parser, text, (gssize) length, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

/* Passed means json-glib reads the same in it, writes it and the same is read again. */
static void
check_round_trip (const char *text, gsize length, guint32 seed)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = tutti_json_parse (text, length, 0, &error);
  g_autofree char *again = NULL;
  g_autoptr(JsonNode) second = NULL, theirs = NULL;

  if (error != NULL)
    g_test_message ("seed %u: %s in %.*s", seed, error->message, (int) length, text);
  g_assert_no_error (error);
  theirs = read_by_json_glib (text, length);
  g_assert_true (json_node_equal (node, theirs));
  again = json_to_string (node, FALSE);
  second = tutti_json_parse (again, strlen (again), 0, &error);
  g_assert_no_error (error);
  g_assert_true (json_node_equal (node, second));
}

static void
test_law_valid (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);

  for (int i = 0; i < 3000; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);

      append_random_value (rand, text, g_rand_int_range (rand, 0, 6));
      check_round_trip (text->str, text->len, seed);
    }
}

/* Any damage: refused with an error or, when it still is JSON, read back exactly. */
static void
test_law_damaged (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);

  for (int i = 0; i < 20000; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(GError) error = NULL;
      g_autofree char *exact = NULL;

      append_random_value (rand, text, 3);
      for (int n = g_rand_int_range (rand, 1, 4); n > 0 && text->len > 0; n--)
        {
          gsize at = g_rand_int_range (rand, 0, text->len);

          if (g_rand_boolean (rand))
            g_string_erase (text, at, 1);
          else
            text->str[at] = g_rand_boolean (rand) ? "{}[],:\"\\0e.-u/#"[g_rand_int_range (rand, 0, 16)]
                                                  : (char) g_rand_int_range (rand, 0, 256);
        }
      exact = g_malloc (text->len + 1);
      memcpy (exact, text->str, text->len);
      if (tutti_json_scan (exact, text->len, 0, &error))
        check_round_trip (exact, text->len, seed);
      else
        g_assert_nonnull (error);
    }
}

static const struct { const char *name, *json; gint64 expected; int result; } ints[] = {
  { "first", "{\"n\":-5}", -5, OK },
  { "last", "{\"n\":127}", 127, OK },
  { "below", "{\"n\":-6}", 0, TUTTI_JSON_ERROR_RANGE },
  { "above", "{\"n\":128}", 0, TUTTI_JSON_ERROR_RANGE },
  { "text", "{\"n\":\"1\"}", 0, TUTTI_JSON_ERROR_KIND },
  { "bool", "{\"n\":true}", 0, TUTTI_JSON_ERROR_KIND },
  { "null", "{\"n\":null}", 0, TUTTI_JSON_ERROR_KIND },
  { "list", "{\"n\":[1]}", 0, TUTTI_JSON_ERROR_KIND },
  { "missing", "{}", 0, TUTTI_JSON_ERROR_MISSING },
};

static void
test_read_int (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr(JsonNode) node = tutti_json_parse (ints[row].json, strlen (ints[row].json), 0, NULL);
  g_autoptr(GError) error = NULL;
  gint64 value = 4711;
  gboolean ok = tutti_json_read_int (json_node_get_object (node), "n", -5, 127, &value, &error);

  g_assert_cmpint (ok, ==, ints[row].result == OK);
  g_assert_cmpint (value, ==, ok ? ints[row].expected : 4711);     /* refused means untouched */
  g_assert_true (ok || g_error_matches (error, TUTTI_JSON_ERROR, ints[row].result));
}

static const struct { const char *name, *json; gboolean ok; } strings[] = {
  { "empty", "[\"\"]", TRUE },
  { "eight", "[\"12345678\"]", TRUE },
  { "nine", "[\"123456789\"]", FALSE },
  { "bytes-not-letters", "[\"ééééé\"]", FALSE },
  { "tab", "[\"a\\tb\"]", FALSE },
  { "delete", "[\"a\\u007f\"]", FALSE },
  { "c1", "[\"a\\u0085\"]", FALSE },
  { "bidi-override", "[\"a\\u202eb\"]", FALSE },
  { "line-separator", "[\"a\\u2028b\"]", FALSE },
  { "number", "[1]", FALSE },
  { "missing", "[]", FALSE },
};

static void
test_item_string (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr(JsonNode) node = tutti_json_parse (strings[row].json, strlen (strings[row].json), 0, NULL);
  g_autoptr(GError) error = NULL;
  const char *value = "untouched";
  gboolean ok = tutti_json_item_string (json_node_get_array (node), 0, 8, &value, &error);

  g_assert_cmpint (ok, ==, strings[row].ok);
  g_assert_true (ok || (error != NULL && g_str_equal (value, "untouched")));
}

static const struct { const char *text; gboolean ok; guint32 creator, counter; } ids[] = {
  { "0.0", TRUE, 0, 0 }, { "k3f.1a", TRUE, 26043, 46 }, { "1z141z3.1z141z3", TRUE, G_MAXUINT32, G_MAXUINT32 },
  { "1z141z4.0", FALSE }, { "zzzzzzz.0", FALSE }, { "00.1", FALSE }, { "1.01", FALSE }, { "A.1", FALSE },
  { "1", FALSE }, { "1.", FALSE }, { ".1", FALSE }, { "1.2.3", FALSE }, { "", FALSE }, { "1.1 ", FALSE },
};

static void
test_ids (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr(JsonNode) node = json_node_init_string (json_node_alloc (), ids[i].text);
      guint32 creator = 7, counter = 8;
      gboolean ok = tutti_json_check_id (node, "id", &creator, &counter, NULL);

      g_test_message ("%s", ids[i].text);
      g_assert_cmpint (ok, ==, ids[i].ok);
      g_assert_cmpuint (creator, ==, ok ? ids[i].creator : 7);
      g_assert_cmpuint (counter, ==, ok ? ids[i].counter : 8);
    }
}

static void
test_others (void)
{
  const char *json = "{\"b\":true,\"h\":\"00ff\",\"H\":\"00FF\",\"a\":[1,2,3],\"o\":{},\"t\":\"x\\ny\"}";
  g_autoptr(JsonNode) node = tutti_json_parse (json, strlen (json), 0, NULL);
  JsonObject *object = json_node_get_object (node), *inner = NULL;
  JsonArray *array = NULL;
  const char *text = NULL;
  gboolean yes = FALSE;
  gint64 n = 0;

  g_assert_true (tutti_json_read_bool (object, "b", &yes, NULL) && yes);
  g_assert_true (tutti_json_read_bool_or (object, "absent", FALSE, &yes, NULL) && !yes);
  g_assert_false (tutti_json_read_bool_or (object, "a", FALSE, &yes, NULL));
  g_assert_true (tutti_json_read_int_or (object, "absent", 0, 9, 5, &n, NULL) && n == 5);
  g_assert_false (tutti_json_read_int_or (object, "b", 0, 9, 5, &n, NULL));
  g_assert_true (tutti_json_read_hex (object, "h", 4, &text, NULL));
  g_assert_false (tutti_json_read_hex (object, "h", 6, &text, NULL));
  g_assert_false (tutti_json_read_hex (object, "H", 4, &text, NULL));
  g_assert_true (tutti_json_read_array (object, "a", 3, &array, NULL));
  g_assert_false (tutti_json_read_array (object, "a", 2, &array, NULL));
  g_assert_true (tutti_json_item_int (array, 2, 0, 9, &n, NULL) && n == 3);
  g_assert_false (tutti_json_item_int (array, 3, 0, 9, &n, NULL));
  g_assert_true (tutti_json_read_object (object, "o", &inner, NULL));
  g_assert_false (tutti_json_read_object (object, "a", &inner, NULL));
  g_assert_true (tutti_json_read_text (object, "t", 3, &text, NULL));
  g_assert_false (tutti_json_read_string (object, "t", 3, &text, NULL));
  g_assert_true (tutti_json_read_string_or (object, "absent", 3, "none", &text, NULL));
  g_assert_cmpstr (text, ==, "none");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/json/scan/", cases[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (ints); i++)
    {
      g_autofree char *path = g_strconcat ("/json/read/int/", ints[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_read_int);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      g_autofree char *path = g_strconcat ("/json/read/string/", strings[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_item_string);
    }
  g_test_add_func ("/json/decoded", test_decoded);
  g_test_add_func ("/json/built", test_built);
  g_test_add_func ("/json/nul-byte", test_nul_byte);
  g_test_add_func ("/json/offset", test_offset);
  g_test_add_func ("/json/sizes", test_sizes);
  g_test_add_func ("/json/deep", test_deep);
  g_test_add_func ("/json/many-keys", test_many_keys);
  g_test_add_func ("/json/law/valid", test_law_valid);
  g_test_add_func ("/json/law/damaged", test_law_damaged);
  g_test_add_func ("/json/read/ids", test_ids);
  g_test_add_func ("/json/read/others", test_others);
  return g_test_run ();
}
