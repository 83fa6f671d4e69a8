/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-bend.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Every value of a text with the place it stands in, so that it can be replaced there. */
typedef struct
{
  JsonNode   *parent;              /* NULL: the whole */
  const char *member;              /* of an object … */
  guint       index;               /* … or of an array */
} Place;

static const gint64 numbers[] = {
  0, 1, -1, 2, 3, 16, 63, 64, 65, 127, 128, 129, 255, 256, 500, 512, 1000, 1024, 65535, 65536, -49, 20000, 2147483647,
  2147483648, 4294967295, 4294967296, 9007199254740991, 9007199254740992, -9007199254740992,
};

static const char * const texts[] = {
  "", "0", "1.1", "1.2", "1.3", "1.4", "2.1", "0.1", "1z141z3.1z141z3", "kit:tight-kick", "kit:", "sha:", "cutoff", "mint",
  "steps", "group", "track", "…", "\t", "\xe2\x80\xae", "00000000000000000000000000000000",
  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  "sixty-five bytes of a name that is one byte longer than one may be",
};

static void
collect (GArray *places, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      Place place = { .parent = node };
      JsonNode *child;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &place.member, &child))
        {
          g_array_append_val (places, place);
          collect (places, child);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      {
        Place place = { .parent = node, .index = i };

        g_array_append_val (places, place);
        collect (places, json_array_get_element (json_node_get_array (node), i));
      }
}

static JsonNode *
at (const Place *place)
{
  return place->member != NULL ? json_object_get_member (json_node_get_object (place->parent), place->member)
                               : json_array_get_element (json_node_get_array (place->parent), place->index);
}

/* json-glib 1.6 cannot put a value into the middle of an array: the rest of it is taken off and put back. */
static void
splice (JsonArray *array, guint index, gboolean drop, JsonNode *node)
{
  g_autoptr(GPtrArray) rest = g_ptr_array_new ();

  while (json_array_get_length (array) > index)
    {
      g_ptr_array_add (rest, json_node_ref (json_array_get_element (array, index)));
      json_array_remove_element (array, index);
    }
  if (node != NULL)
    json_array_add_element (array, node);
  for (guint i = 0; i < rest->len; i++)
    if (i == 0 && drop)
      json_node_unref (rest->pdata[i]);
    else
      json_array_add_element (array, rest->pdata[i]);
}

/* Takes @node; NULL removes what stands there. */
static void
put (const Place *place, JsonNode *node)
{
  if (place->member == NULL)
    splice (json_node_get_array (place->parent), place->index, TRUE, node);
  else if (node == NULL)
    {
      /* json-glib frees the name it was given when it is its own, and then looks for it. */
      g_autofree char *name = g_strdup (place->member);

      json_object_remove_member (json_node_get_object (place->parent), name);
    }
  else
    json_object_set_member (json_node_get_object (place->parent), place->member, node);
}

static void
put_twice (const Place *place, JsonNode *node, const char *other_name)
{
  if (place->member == NULL)
    splice (json_node_get_array (place->parent), place->index, FALSE, node);
  else
    json_object_set_member (json_node_get_object (place->parent), other_name, node);
}

static JsonNode *
of_number (gint64 number)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_int (node, number);
  return node;
}

static JsonNode *
of_text (const char *text)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, text);
  return node;
}

/* json_node_copy() shares what is inside, and then a value could come to stand inside itself. */
static JsonNode *
copy_of (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  return json_from_string (text, NULL);
}

static JsonNode *
wrapped (JsonNode *node)
{
  JsonNode *array = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (array, json_array_new ());
  json_array_add_element (json_node_get_array (array), node);
  return array;
}

static gint64
near (JsonNode *node, int delta)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) + delta : delta;
}

static void
bend_one (GArray *places, const uint8_t *group)
{
  const Place *place = &g_array_index (places, Place, (group[0] << 8 | group[1]) % places->len);
  const Place *other = &g_array_index (places, Place, (group[1] << 8 | group[3]) % places->len);
  const char *text = texts[group[3] % G_N_ELEMENTS (texts)];

  switch (group[2] % 8)
    {
    case 0:
      put (place, of_number (numbers[group[3] % G_N_ELEMENTS (numbers)]));
      break;
    case 1:
      put (place, of_text (text));
      break;
    case 2:
      put (place, NULL);
      break;
    case 3:
      put_twice (place, copy_of (at (place)), text);
      break;
    case 4:
      put (place, copy_of (at (other)));
      break;
    case 5:
      put (place, wrapped (copy_of (at (place))));
      break;
    case 6:
      put (place, of_number (near (at (place), (int8_t) group[3])));
      break;
    default:
      put (place, json_node_new (JSON_NODE_NULL));
      break;
    }
}

char *
fuzz_bend (const char *text, const uint8_t *recipe, size_t size)
{
  g_autoptr(JsonNode) node = json_from_string (text, NULL);

  for (size_t i = 0; node != NULL && i + FUZZ_BEND_GROUP <= size; i += FUZZ_BEND_GROUP)
    {
      g_autoptr(GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

      collect (places, node);
      if (places->len > 0)
        bend_one (places, recipe + i);
    }
  return node != NULL ? json_to_string (node, FALSE) : g_strdup (text);
}
