/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-protocol-schema.h"

#include "tutti-json-scan.h"
#include "tutti-message-private.h"
#include "tutti-random-message.h"
#include "tutti-random-op.h"
#include "tutti-schema-check.h"

#include <string.h>

/* The published file is the table's. When it is not: build/tests/sync/print-schema > data/protocol/tutti-1.schema.json */
static void
test_published (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "protocol", "tutti-1.schema.json", NULL);
  g_autofree char *generated = tutti_protocol_schema_to_text ();
  g_autofree char *published = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &published, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_strcmp0 (published, generated) == 0);
}

static JsonNode *
read_schema (void)
{
  g_autofree char *text = tutti_protocol_schema_to_text ();
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

/* ---- messages ---- */

static const char *
side (TuttiMessageKind kind)
{
  return tutti_message_spec (kind)->by_host ? "toGuest" : "toHost";
}

static void
check_message (const TuttiMessage *message)
{
  g_autofree char *text = tutti_message_write (message);
  g_auto(TuttiMessage) again = { 0 };
  g_autofree char *twice = NULL;
  g_autoptr(GError) error = NULL;

  tutti_schema_check (side (message->kind), text, &error);
  g_assert_no_error (error);
  tutti_message_read (text, strlen (text), &again, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again.kind, ==, message->kind);
  twice = tutti_message_write (&again);
  g_assert_cmpstr (twice, ==, text);
}

/* Whatever the table allows is valid by the schema, and reads as it was written. */
static void
test_messages (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr(TuttiJam) jam = tutti_random_jam (rand, 60);

  for (int i = 0; i < 100 * TUTTI_N_MESSAGES; i++)
    {
      g_auto(TuttiMessage) message = { 0 };

      tutti_random_message (rand, (TuttiMessageKind) (i % TUTTI_N_MESSAGES), jam, &message);
      check_message (&message);
    }
}

/* Neither end may say what is the other's to say. */
static void
test_sides (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  g_autoptr(TuttiJam) jam = tutti_random_jam (rand, 60);

  for (int kind = 0; kind < TUTTI_N_MESSAGES; kind++)
    {
      g_auto(TuttiMessage) message = { 0 };
      g_autofree char *text = NULL;

      tutti_random_message (rand, (TuttiMessageKind) kind, jam, &message);
      text = tutti_message_write (&message);
      g_assert_false (tutti_schema_check (tutti_message_spec ((TuttiMessageKind) kind)->by_host ? "toHost" : "toGuest", text, NULL));
    }
}

/* What both refuse, the schema and the reader: one mistake each. */
#define HELLO(proto, name, rest) \
  "{\"hello\":{\"proto\":" proto ",\"name\":" name ",\"colour\":\"mint\",\"token\":\"\",\"creator\":0," rest "}}"

static const struct { const char *name, *text; } wrong[] = {
  { "hello-no-name", HELLO ("1", "\"\"", "\"epoch\":0,\"seq\":0") },
  { "hello-name-is-number", HELLO ("1", "5", "\"epoch\":0,\"seq\":0") },
  { "hello-half", HELLO ("1", "\"A\"", "\"epoch\":0") },
  { "hello-more", HELLO ("1", "\"A\"", "\"epoch\":0,\"seq\":0,\"admin\":1") },
  { "hello-no-version", "{\"hello\":{\"name\":\"A\"}}" },
  { "hello-seq-below", HELLO ("1", "\"A\"", "\"epoch\":0,\"seq\":-1") },
  { "hello-invite-short", HELLO ("1", "\"A\"", "\"epoch\":0,\"seq\":0,\"invite\":\"abc\"") },
  { "hello-passcode-is-number", HELLO ("1", "\"A\"", "\"epoch\":0,\"seq\":0,\"passcode\":1234") },
  { "kick-nobody", "{\"kick\":0}" },
  { "invite-banned", "{\"invite\":{\"role\":\"banned\",\"uses\":1,\"minutes\":1}}" },
  { "invite-for-ever", "{\"invite\":{\"role\":\"viewer\",\"uses\":1,\"minutes\":0}}" },
  { "invited-no-code", "{\"invited\":{\"role\":\"viewer\",\"uses\":1,\"minutes\":1}}" },
  { "locked-twice", "{\"locked\":2}" },
  { "two-things", "{\"live\":1,\"lead\":1}" },
  { "nothing", "{}" },
  { "empty-list", "[]" },
  { "unknown", "{\"reboot\":1}" },
  { "need-more", "{\"need\":\"everything\"}" },
  { "edit-zero", "[0,0,[\"stop\"]]" },
  { "edit-no-operation", "[1,0,[\"reboot\"]]" },
  { "edit-past-range", "[1,0,[\"tempo\",30001]]" },
  { "edit-is-object", "[1,0,{\"tempo\":12000}]" },
  { "stamp-odd", "[1,0,0,[\"stop\"],5]" },
  { "stamp-no-creator", "[1,0,0,[\"stop\"],0,1]" },
  { "answer-long", "[1,0,0,1,1,1]" },
  { "hash-short", "{\"hash\":{\"seq\":1,\"is\":\"abc\"}}" },
  { "lead-far", "{\"lead\":480001}" },
  { "person-past-range", "{\"in\":65536}" },
  { "no-code", "{\"no\":{\"n\":1,\"code\":7,\"why\":\"\"}}" },
};

static void
test_wrong (gconstpointer data)
{
  const char *text = wrong[GPOINTER_TO_SIZE (data)].text;
  g_auto(TuttiMessage) message = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_false (tutti_schema_check ("toHost", text, NULL));
  g_assert_false (tutti_schema_check ("toGuest", text, NULL));
  g_assert_false (tutti_message_read (text, strlen (text), &message, &error));
  g_assert_true (error != NULL && error->message[0] != '\0');
  g_assert_true (message.op == NULL && message.text == NULL);
}

/* A version that is not ours is refused by the schema, and read just far enough to be answered. */
static void
test_other_version (void)
{
  static const char text[] = "{\"hello\":{\"proto\":2,\"nickname\":\"A\"}}";
  g_auto(TuttiMessage) message = { 0 };

  g_assert_false (tutti_schema_check ("toHost", text, NULL));
  g_assert_true (tutti_message_read (text, strlen (text), &message, NULL));
  g_assert_cmpuint (message.hello.protocol, ==, 2);
}

/* However the words fall on the end of the field, what is told is text, and the most of it that fits. */
static void
test_reason (void)
{
  for (guint lead = 0; lead < 4; lead++)
    {
      TuttiMessage message = { .kind = TUTTI_MESSAGE_DENIED };
      g_autoptr(GString) words = g_string_new (NULL);

      g_string_append_len (words, "aaa", lead);
      while (words->len <= TUTTI_REASON_MAX)
        g_string_append (words, "🎹");
      tutti_message_set_reason (&message, words->str);
      g_assert_true (g_utf8_validate (message.reason, -1, NULL));
      g_assert_true (g_str_has_prefix (words->str, message.reason));
      g_assert_cmpuint (strlen (message.reason), ==, TUTTI_REASON_MAX - (TUTTI_REASON_MAX - lead) % 4);
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
  g_test_add_func ("/schema/messages", test_messages);
  g_test_add_func ("/schema/sides", test_sides);
  g_test_add_func ("/schema/reason", test_reason);
  g_test_add_func ("/schema/other-version", test_other_version);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strconcat ("/schema/wrong/", wrong[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_wrong);
    }
  return g_test_run ();
}
