/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-demos.h"

#include "tutti-demo-resources.h"
#include "tutti-demo.h"
#include "tutti-jam-difference.h"
#include "tutti-jam-json.h"

#define BEAT 0

static const struct { const char *name, *title; } demos[] = {
  { "beat", "Demo Beat" }, { "warehouse", "Warehouse" }, { "rainy-tape", "Rainy Tape" }, { "night-bus", "Night Bus" },
};

guint
tutti_demos_count (void)
{
  return G_N_ELEMENTS (demos);
}

const char *
tutti_demos_get_name (guint index)
{
  return demos[index].name;
}

const char *
tutti_demos_get_title (guint index)
{
  return demos[index].title;
}

int
tutti_demos_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (demos); i++)
    if (g_str_equal (demos[i].name, name))
      return (int) i;
  return -1;
}

void
tutti_demos_complete_argv (int argc, char **argv)
{
  static char complete[] = "--demo=beat";

  for (int i = 1; i < argc; i++)
    if (g_str_equal (argv[i], "--demo"))
      argv[i] = complete;
}

char *
tutti_demos_list (void)
{
  GString *list = g_string_new (demos[0].name);

  for (guint i = 1; i < G_N_ELEMENTS (demos); i++)
    g_string_append_printf (list, ", %s", demos[i].name);
  return g_string_free (list, FALSE);
}

TuttiJam *
tutti_demos_read (guint index, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/io/github/tuttijam/Tutti/demos/%s.json", demos[index].name);
  g_autoptr(GBytes) bytes = g_resource_lookup_data (tutti_demo_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  gsize length;

  if (bytes == NULL)
    return NULL;
  const char *text = g_bytes_get_data (bytes, &length);

  return tutti_jam_from_text (text, (gssize) length, error);
}

static GPtrArray *
ops_of_document (guint index, GError **error)
{
  g_autoptr(TuttiJam) nothing = tutti_jam_new (), jam = tutti_demos_read (index, error);
  TuttiStamp stamp = { 0 };
  GPtrArray *ops = jam != NULL ? tutti_jam_difference (nothing, jam, &stamp, NULL, NULL, error) : NULL;

  if (ops == NULL)
    return NULL;
  /* A difference is about the music: neither what the jam is about nor what plays is part of it. */
  g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_JAM_DESCRIPTION, jam->description));
  g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_LAUNCH_SCENE, jam->scenes[0].id, TUTTI_N (TUTTI_QUANTUM_NOW)));
  return ops;
}

GPtrArray *
tutti_demos_ops (const char *name, guint32 creator, guint32 *counter, GError **error)
{
  int index = name != NULL ? tutti_demos_find (name) : -1;

  if (name == NULL)
    return tutti_demo_empty (creator, counter);
  if (index == BEAT)
    return tutti_demo_ops (creator, counter);
  if (index > BEAT)
    return ops_of_document ((guint) index, error);
  g_autofree char *list = tutti_demos_list ();

  g_set_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "no demo is called “%s”; there are %s", name, list);
  return NULL;
}
