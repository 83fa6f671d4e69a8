/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The personal effects as a bin: in → one format → (convert → effect) … → convert → mono or not → convert → out. Both ends stay; what
 * is between them is exchanged by the streaming thread between two buffers. Each effect has a converter of its own before it: what two
 * neighbours would agree on depends on what was there before, and may be nothing. */
#include "tutti-personal.h"

#include "tutti-mono.h"

#define KEY "tutti-personal"

typedef struct
{
  GMutex      lock;
  GstElement *first, *last;    /* borrowed: the bin's, as is the next */
  GstElement *mono;
  GPtrArray  *chain;           /* owned: what is, or is about to be, between them */
  GPtrArray  *wanted;          /* owned (nullable): to be put there */
  GPtrArray  *elements;        /* borrowed GstElement of what is; NULL where an effect is off or not there */
  GPtrArray  *converters;      /* borrowed GstElement before them, likewise */
} Personal;

static void
personal_free (gpointer data)
{
  Personal *self = data;

  g_ptr_array_unref (self->chain);
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  g_ptr_array_unref (self->elements);
  g_ptr_array_unref (self->converters);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Whatever number the property wants: the registry's kinds say what a knob may be. */
static void
set_value (GstElement *element, const TuttiPersonalParam *param, double value)
{
  GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (element), param->property);
  g_auto(GValue) number = G_VALUE_INIT, fitting = G_VALUE_INIT;

  if (spec == NULL)
    return;
  g_value_init (&number, G_TYPE_DOUBLE);
  g_value_set_double (&number, CLAMP (value, param->min, param->max));
  g_value_init (&fitting, spec->value_type);
  if (!g_value_transform (&number, &fitting))
    return;
  g_param_value_validate (spec, &fitting);
  g_object_set_property (G_OBJECT (element), param->property, &fitting);
}

static void
set_values (GstElement *element, const TuttiPersonalEffect *effect)
{
  const TuttiPersonalKind *kind = tutti_personal_kind_find (effect->element);

  for (guint i = 0; kind != NULL && i < kind->n_params; i++)
    set_value (element, &kind->params[i], effect->values[i]);
}

/* @element: (nullable) */
static void
remove_element (GstElement *bin, GstElement *element)
{
  if (element == NULL)
    return;
  gst_object_ref (element);
  gst_bin_remove (GST_BIN (bin), element);
  gst_element_set_state (element, GST_STATE_NULL);
  gst_object_unref (element);
}

static void
take_out (GstElement *bin, Personal *self)
{
  gst_element_unlink (self->first, self->last);
  for (guint i = 0; i < self->elements->len; i++)
    {
      remove_element (bin, self->elements->pdata[i]);
      remove_element (bin, self->converters->pdata[i]);
    }
  g_ptr_array_set_size (self->elements, 0);
  g_ptr_array_set_size (self->converters, 0);
}

/* (nullable) The element of @effect, in the bin and linked behind @before by @converter; one that does not fit there is left out. */
static GstElement *
put_in (GstElement *bin, const TuttiPersonalEffect *effect, GstElement *before, GstElement **converter)
{
  GstElement *element = effect->on && tutti_personal_kind_find (effect->element) != NULL
                          ? gst_element_factory_make (effect->element, NULL) : NULL;

  *converter = element != NULL ? gst_element_factory_make ("audioconvert", NULL) : NULL;
  if (element == NULL)
    return NULL;
  gst_bin_add_many (GST_BIN (bin), *converter, element, NULL);
  set_values (element, effect);
  if (gst_element_link_many (before, *converter, element, NULL) && gst_element_sync_state_with_parent (element) &&
      gst_element_sync_state_with_parent (*converter))
    return element;
  remove_element (bin, element);
  remove_element (bin, g_steal_pointer (converter));
  return NULL;
}

static void
exchange (GstElement *bin, Personal *self)
{
  GstElement *before = self->first;

  take_out (bin, self);
  for (guint i = 0; i < self->chain->len; i++)
    {
      GstElement *converter, *element = put_in (bin, self->chain->pdata[i], before, &converter);

      g_ptr_array_add (self->elements, element);
      g_ptr_array_add (self->converters, converter);
      before = element != NULL ? element : before;
    }
  /* An effect that swallows what everybody else passes would silence the rest: then all of them are left out. */
  if (gst_element_link (before, self->last))
    return;
  take_out (bin, self);
  g_ptr_array_set_size (self->elements, (int) self->chain->len);
  g_ptr_array_set_size (self->converters, (int) self->chain->len);
  gst_element_link (self->first, self->last);
}

/* In the streaming thread, which holds what it was about to hand on; for the first time perhaps when the stream begins. */
static GstPadProbeReturn
on_blocked (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstElement *bin = data;
  Personal *self = g_object_get_data (G_OBJECT (bin), KEY);

  g_mutex_lock (&self->lock);
  if (self->wanted != NULL)
    {
      g_ptr_array_unref (self->chain);
      self->chain = g_steal_pointer (&self->wanted);
      exchange (bin, self);
    }
  g_mutex_unlock (&self->lock);
  return GST_PAD_PROBE_REMOVE;
}

static void
set_all_values (Personal *self, GPtrArray *chain)
{
  g_ptr_array_unref (self->chain);
  self->chain = tutti_personal_chain_copy (chain);
  for (guint i = 0; i < self->elements->len; i++)
    if (self->elements->pdata[i] != NULL)
      set_values (self->elements->pdata[i], self->chain->pdata[i]);
}

void
tutti_personal_bin_set_chain (GstElement *bin, GPtrArray *chain)
{
  Personal *self = g_object_get_data (G_OBJECT (bin), KEY);
  gboolean exchanged;

  g_mutex_lock (&self->lock);
  exchanged = self->wanted != NULL || !tutti_personal_chain_same_shape (self->chain, chain);
  if (exchanged)
    {
      g_clear_pointer (&self->wanted, g_ptr_array_unref);
      self->wanted = tutti_personal_chain_copy (chain);
    }
  else
    set_all_values (self, chain);
  g_mutex_unlock (&self->lock);
  if (exchanged)
    {
      g_autoptr(GstPad) pad = gst_element_get_static_pad (self->first, "src");

      gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BLOCK_DOWNSTREAM, on_blocked, bin, NULL);
    }
}

void
tutti_personal_bin_set_mono (GstElement *bin, gboolean mono)
{
  Personal *self = g_object_get_data (G_OBJECT (bin), KEY);

  tutti_mono_set (self->mono, mono);
}

static void
add_ghost (GstElement *bin, const char *name, GstElement *element)
{
  g_autoptr(GstPad) pad = gst_element_get_static_pad (element, name);

  gst_element_add_pad (bin, gst_ghost_pad_new (name, pad));
}

GstElement *
tutti_personal_bin_new (void)
{
  g_autoptr(GstCaps) caps = gst_caps_from_string ("audio/x-raw, format=F32LE, layout=interleaved, channels=2");
  GstElement *bin = gst_bin_new (NULL), *out = gst_element_factory_make ("audioconvert", NULL);
  Personal *self = g_new0 (Personal, 1);

  g_mutex_init (&self->lock);
  self->first = gst_element_factory_make ("capsfilter", NULL);
  g_object_set (self->first, "caps", caps, NULL);
  self->last = gst_element_factory_make ("audioconvert", NULL);
  self->mono = tutti_mono_new ();
  self->chain = tutti_personal_chain_new ();
  self->elements = g_ptr_array_new ();
  self->converters = g_ptr_array_new ();
  gst_bin_add_many (GST_BIN (bin), self->first, self->last, self->mono, out, NULL);
  gst_element_link_many (self->first, self->last, self->mono, out, NULL);
  add_ghost (bin, "sink", self->first);
  add_ghost (bin, "src", out);
  g_object_set_data_full (G_OBJECT (bin), KEY, self, personal_free);
  return bin;
}
