/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever is read must be what json-glib, which is laxer, reads in it, and read the same again after writing it. */
#include "tutti-fuzz.h"

#include <string.h>

#include "tutti-json-read.h"

const char *const fuzz_corpus[] = {
  "[17,\"k3f\",96000,[\"step\",\"k3f.1a\",5,100]]",
  "{\"hello\":1,\"proto\":\"tutti.1\",\"name\":\"Azure Ant\",\"seq\":-12,\"ok\":true,\"none\":null}",
  "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud834\\udd1e\"]",
  "{\"a\":[{\"a\":[[[[[[[[[[[[1]]]]]]]]]]]]}],\"b\":9007199254740992,\"c\":-0}",
  "[1.5,-2e-3,0.1E+4]",
  NULL
};

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  guint flags = size > 0 ? data[0] & (TUTTI_JSON_DOCUMENT | TUTTI_JSON_FLOATS) : 0;
  g_autoptr(JsonNode) node = tutti_json_parse ((const char *) data, size, flags, NULL);
  g_autoptr(JsonParser) parser = NULL;
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) again = NULL;

  if (node == NULL)
    return 0;
  parser = json_parser_new ();
  g_assert_true (json_parser_load_from_data (parser, (const char *) data, (gssize) size, NULL));
  g_assert_true (json_node_equal (node, json_parser_get_root (parser)));
  text = json_to_string (node, FALSE);
  if (flags & TUTTI_JSON_FLOATS)
    return 0;
  again = tutti_json_parse (text, strlen (text), TUTTI_JSON_DOCUMENT, NULL);
  g_assert_true (again != NULL && json_node_equal (node, again));
  return 0;
}
