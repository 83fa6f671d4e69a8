/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-personal.h"

#include "tutti-json-read.h"
#include "tutti-json-write.h"

#include <math.h>
#include <string.h>

#define TEXT_BYTES_MAX 16384
#define ELEMENT_BYTES_MAX 200

/* ---- kinds ---- */

typedef struct
{
  const char *element, *name;
  TuttiPersonalParam params[4];
} Chosen;

/* Whoever shows them translates them. */
#define N_(words) words

/* What GStreamer's usual sets of plug-ins bring along. */
static const Chosen chosen[] = {
  { "equalizer-3bands", N_("Equaliser"), {
    { "band0", N_("Bass"), -24, 12, 0 }, { "band1", N_("Middle"), -24, 12, 0 }, { "band2", N_("Air"), -24, 12, 0 } } },
  { "freeverb", N_("Reverb"), {
    { "room-size", N_("Size"), 0, 1, 0.5 }, { "damping", N_("Damping"), 0, 1, 0.2 }, { "width", N_("Width"), 0, 1, 1 },
    { "level", N_("Amount"), 0, 1, 0.5 } } },
  { "audioecho", N_("Echo"), {
    { "delay", N_("Time"), 1e6, 1e9, 2.5e8 }, { "intensity", N_("Amount"), 0, 1, 0.3 }, { "feedback", N_("Feedback"), 0, 0.9, 0.3 } } },
  { "audiodynamic", N_("Compressor"), {
    { "threshold", N_("Threshold"), 0, 1, 0.5 }, { "ratio", N_("Ratio"), 0, 1, 0.5 } } },
  { "stereo", N_("Width"), { { "stereo", N_("Width"), 0, 1, 0.3 } } },
  { "audiopanorama", N_("Balance"), { { "panorama", N_("Balance"), -1, 1, 0 } } },
};

static void
kind_free (gpointer data)
{
  TuttiPersonalKind *kind = data;

  g_free (kind->element);
  g_free (kind->name);
  g_free (kind->texts);
  g_free (kind);
}

static gboolean
is_installed (const char *element)
{
  g_autoptr(GstElementFactory) factory = gst_element_factory_find (element);

  return factory != NULL;
}

static TuttiPersonalKind *
kind_of_ours (const Chosen *from)
{
  TuttiPersonalKind *kind = g_new0 (TuttiPersonalKind, 1);

  kind->element = g_strdup (from->element);
  kind->name = g_strdup (from->name);
  kind->chosen = TRUE;
  while (kind->n_params < G_N_ELEMENTS (from->params) && from->params[kind->n_params].property != NULL)
    {
      kind->params[kind->n_params] = from->params[kind->n_params];
      kind->n_params++;
    }
  return kind;
}

/* Whether a knob can turn it: a writable number with bounds that one can reach. */
static gboolean
is_a_knob (GParamSpec *spec, TuttiPersonalParam *out)
{
  if ((spec->flags & G_PARAM_WRITABLE) == 0 || (spec->flags & G_PARAM_READABLE) == 0 || spec->owner_type == GST_TYPE_OBJECT)
    return FALSE;
  if (G_IS_PARAM_SPEC_FLOAT (spec))
    *out = (TuttiPersonalParam) { spec->name, g_param_spec_get_nick (spec), G_PARAM_SPEC_FLOAT (spec)->minimum,
                                  G_PARAM_SPEC_FLOAT (spec)->maximum, G_PARAM_SPEC_FLOAT (spec)->default_value };
  else if (G_IS_PARAM_SPEC_DOUBLE (spec))
    *out = (TuttiPersonalParam) { spec->name, g_param_spec_get_nick (spec), G_PARAM_SPEC_DOUBLE (spec)->minimum,
                                  G_PARAM_SPEC_DOUBLE (spec)->maximum, G_PARAM_SPEC_DOUBLE (spec)->default_value };
  else if (G_IS_PARAM_SPEC_INT (spec))
    *out = (TuttiPersonalParam) { spec->name, g_param_spec_get_nick (spec), G_PARAM_SPEC_INT (spec)->minimum,
                                  G_PARAM_SPEC_INT (spec)->maximum, G_PARAM_SPEC_INT (spec)->default_value };
  else
    return FALSE;
  return out->min < out->max && fabs (out->min) < 1e6 && fabs (out->max) < 1e6;
}

/* Property names go away with the element's class; the kind keeps its own. */
static void
keep_texts (TuttiPersonalKind *kind)
{
  GString *texts = g_string_new (NULL);
  gsize starts[2 * TUTTI_PERSONAL_PARAMS_MAX];

  for (guint i = 0; i < kind->n_params; i++)
    {
      starts[2 * i] = texts->len;
      g_string_append_len (texts, kind->params[i].property, (gssize) strlen (kind->params[i].property) + 1);
      starts[2 * i + 1] = texts->len;
      g_string_append_len (texts, kind->params[i].name, (gssize) strlen (kind->params[i].name) + 1);
    }
  kind->texts = g_string_free (texts, FALSE);
  for (guint i = 0; i < kind->n_params; i++)
    {
      kind->params[i].property = kind->texts + starts[2 * i];
      kind->params[i].name = kind->texts + starts[2 * i + 1];
    }
}

static TuttiPersonalKind *
kind_of_plugin (GstElementFactory *factory)
{
  g_autoptr(GstElement) element = gst_element_factory_create (factory, NULL);
  TuttiPersonalKind *kind;
  GParamSpec **specs;
  guint n;

  if (element == NULL)
    return NULL;
  gst_object_ref_sink (element);
  kind = g_new0 (TuttiPersonalKind, 1);
  kind->element = g_strdup (GST_OBJECT_NAME (factory));
  kind->name = g_strdup (gst_element_factory_get_metadata (factory, GST_ELEMENT_METADATA_LONGNAME));
  specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (element), &n);
  for (guint i = 0; i < n && kind->n_params < TUTTI_PERSONAL_PARAMS_MAX; i++)
    kind->n_params += is_a_knob (specs[i], &kind->params[kind->n_params]);
  g_free (specs);
  keep_texts (kind);
  return kind;
}

/* LV2 alone: other sets of elements hold much that is no effect. */
static void
add_plugins (GPtrArray *kinds)
{
  GList *features = gst_registry_get_feature_list_by_plugin (gst_registry_get (), "lv2");

  for (GList *each = features; each != NULL; each = each->next)
    {
      TuttiPersonalKind *kind = NULL;

      if (GST_IS_ELEMENT_FACTORY (each->data) &&
          gst_element_factory_list_is_type (each->data, GST_ELEMENT_FACTORY_TYPE_MEDIA_AUDIO) &&
          strstr (gst_element_factory_get_metadata (each->data, GST_ELEMENT_METADATA_KLASS), "Filter") != NULL)
        kind = kind_of_plugin (each->data);
      if (kind != NULL)
        g_ptr_array_add (kinds, kind);
    }
  gst_plugin_feature_list_free (features);
}

GPtrArray *
tutti_personal_kinds (void)
{
  static GPtrArray *kinds;

  if (kinds != NULL)
    return kinds;
  kinds = g_ptr_array_new_with_free_func (kind_free);
  for (gsize i = 0; i < G_N_ELEMENTS (chosen); i++)
    if (is_installed (chosen[i].element))
      g_ptr_array_add (kinds, kind_of_ours (&chosen[i]));
  add_plugins (kinds);
  return kinds;
}

const TuttiPersonalKind *
tutti_personal_kind_find (const char *element)
{
  GPtrArray *kinds = tutti_personal_kinds ();

  for (guint i = 0; i < kinds->len; i++)
    if (g_str_equal (((TuttiPersonalKind *) kinds->pdata[i])->element, element))
      return kinds->pdata[i];
  return NULL;
}

/* ---- chains ---- */

static void
effect_free (gpointer data)
{
  g_free (((TuttiPersonalEffect *) data)->element);
  g_free (data);
}

GPtrArray *
tutti_personal_chain_new (void)
{
  return g_ptr_array_new_with_free_func (effect_free);
}

static gpointer
effect_copy (gconstpointer from, gpointer nothing)
{
  TuttiPersonalEffect *copy = g_memdup2 (from, sizeof *copy);

  copy->element = g_strdup (copy->element);
  return copy;
}

GPtrArray *
tutti_personal_chain_copy (GPtrArray *chain)
{
  GPtrArray *copy = tutti_personal_chain_new ();

  for (guint i = 0; i < chain->len; i++)
    g_ptr_array_add (copy, effect_copy (chain->pdata[i], NULL));
  return copy;
}

gboolean
tutti_personal_chain_add (GPtrArray *chain, const TuttiPersonalKind *kind)
{
  TuttiPersonalEffect *effect;

  if (chain->len >= TUTTI_PERSONAL_EFFECTS_MAX)
    return FALSE;
  effect = g_new0 (TuttiPersonalEffect, 1);
  effect->element = g_strdup (kind->element);
  effect->on = TRUE;
  for (guint i = 0; i < kind->n_params; i++)
    effect->values[i] = kind->params[i].initial;
  g_ptr_array_add (chain, effect);
  return TRUE;
}

gboolean
tutti_personal_chain_same_shape (GPtrArray *one, GPtrArray *other)
{
  if (one->len != other->len)
    return FALSE;
  for (guint i = 0; i < one->len; i++)
    {
      const TuttiPersonalEffect *a = one->pdata[i], *b = other->pdata[i];

      if (a->on != b->on || !g_str_equal (a->element, b->element))
        return FALSE;
    }
  return TRUE;
}

/* ---- as text ---- */

/* Values in thousandths of the way from one end to the other: whole numbers read back as they were written. */
static int
to_share (const TuttiPersonalParam *param, double value)
{
  return (int) lround (CLAMP ((value - param->min) / (param->max - param->min), 0, 1) * 1000);
}

char *
tutti_personal_chain_to_text (GPtrArray *chain)
{
  GString *out = g_string_new (NULL);

  tutti_json_open (out, '[');
  for (guint i = 0; i < chain->len; i++)
    {
      const TuttiPersonalEffect *effect = chain->pdata[i];
      const TuttiPersonalKind *kind = tutti_personal_kind_find (effect->element);

      tutti_json_open (out, '{');
      tutti_json_put_member_text (out, "element", effect->element);
      tutti_json_put_member_int (out, "on", effect->on);
      for (guint j = 0; kind != NULL && j < kind->n_params; j++)
        tutti_json_put_member_int (out, kind->params[j].property, to_share (&kind->params[j], effect->values[j]));
      tutti_json_close (out, '}');
    }
  tutti_json_close (out, ']');
  return g_string_free (out, FALSE);
}

static void
read_effect (JsonNode *node, GPtrArray *chain)
{
  const TuttiPersonalKind *kind;
  TuttiPersonalEffect *effect;
  const char *element;
  JsonObject *object;
  gint64 number;

  if (!tutti_json_check_object (node, "an effect", &object, NULL) ||
      !tutti_json_read_string (object, "element", ELEMENT_BYTES_MAX, &element, NULL))
    return;
  kind = tutti_personal_kind_find (element);
  if (kind == NULL || !tutti_personal_chain_add (chain, kind))
    return;
  effect = chain->pdata[chain->len - 1];
  effect->on = !tutti_json_read_int (object, "on", 0, 1, &number, NULL) || number != 0;
  for (guint i = 0; i < kind->n_params; i++)
    if (tutti_json_read_int (object, kind->params[i].property, 0, 1000, &number, NULL))
      effect->values[i] = kind->params[i].min + (kind->params[i].max - kind->params[i].min) * (double) number / 1000;
}

GPtrArray *
tutti_personal_chain_from_text (const char *text)
{
  GPtrArray *chain = tutti_personal_chain_new ();
  gsize length = strlen (text);
  g_autoptr(JsonNode) node = length <= TEXT_BYTES_MAX ? tutti_json_parse (text, length, TUTTI_JSON_DEFAULT, NULL) : NULL;
  JsonArray *effects;

  if (node != NULL && tutti_json_check_array (node, "effects", TUTTI_PERSONAL_EFFECTS_MAX, &effects, NULL))
    for (guint i = 0; i < json_array_get_length (effects); i++)
      read_effect (json_array_get_element (effects, i), chain);
  return chain;
}
