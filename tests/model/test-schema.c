/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-schema.h"

#include "tutti-json-scan.h"
#include "tutti-op.h"

#include <string.h>

/* The published file is the table's. When it is not: build/tests/model/print-schema > data/protocol/tutti-1.schema.json */
static void
test_published (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "protocol", "tutti-1.schema.json", NULL);
  g_autofree char *generated = tutti_schema_to_text ();
  g_autofree char *published = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &published, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_strcmp0 (published, generated) == 0);
}

static JsonNode *
read_schema (void)
{
  g_autofree char *text = tutti_schema_to_text ();
  g_autoptr(GError) error = NULL;
  JsonNode *schema = tutti_json_parse (text, strlen (text), TUTTI_JSON_DOCUMENT, &error);

  g_assert_no_error (error);
  return schema;
}

/* The value that "#/$defs/…" points at. */
static JsonNode *
follow (JsonNode *schema, const char *reference)
{
  g_auto(GStrv) parts = g_strsplit (reference, "/", -1);
  JsonNode *at = schema;

  for (guint i = 1; parts[i] != NULL && at != NULL; i++)
    at = JSON_NODE_HOLDS_OBJECT (at) ? json_object_get_member (json_node_get_object (at), parts[i]) : NULL;
  return at;
}

static void
check_references (JsonNode *schema, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr(GList) names = json_object_get_members (json_node_get_object (node));

      for (const GList *each = names; each != NULL; each = each->next)
        {
          JsonNode *member = json_object_get_member (json_node_get_object (node), each->data);

          if (g_str_equal (each->data, "$ref") && JSON_NODE_HOLDS_VALUE (member))
            g_assert_nonnull (follow (schema, json_node_get_string (member)));
          check_references (schema, member);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      check_references (schema, json_array_get_element (json_node_get_array (node), i));
}

static void
test_references (void)
{
  g_autoptr(JsonNode) schema = read_schema ();

  check_references (schema, schema);
}

/* Every row has its schema, with as many items as the row has arguments and its name. */
static void
test_rows (void)
{
  g_autoptr(JsonNode) schema = read_schema ();

  for (int i = 0; i < TUTTI_N_OPS; i++)
    {
      const TuttiOpSpec *spec = tutti_op_spec (i);
      g_autofree char *path = g_strconcat ("#/$defs/ops/", spec->name, NULL);
      JsonNode *row = follow (schema, path);
      guint n = 0;

      g_assert_nonnull (row);
      while (n < TUTTI_OP_ARGS_MAX && spec->args[n].type != TUTTI_ARG_NONE)
        n++;
      g_assert_cmpint (json_object_get_int_member (json_node_get_object (row), "minItems"), ==, n + 1);
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json_node_get_object (row), "prefixItems")), ==,
                        n + 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/schema/published", test_published);
  g_test_add_func ("/schema/references", test_references);
  g_test_add_func ("/schema/rows", test_rows);
  return g_test_run ();
}
