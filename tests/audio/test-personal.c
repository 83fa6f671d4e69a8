/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Effects that only this machine hears: as text, and as elements that are exchanged while sound runs through them. */
#include "tutti-personal.h"

#include <gst/app/gstappsink.h>
#include <math.h>

#define RATE 48000

/* ---- text ---- */

static GPtrArray *
chain_of (const char *first, const char *second)
{
  GPtrArray *chain = tutti_personal_chain_new ();

  g_assert_true (tutti_personal_chain_add (chain, tutti_personal_kind_find (first)));
  if (second != NULL)
    g_assert_true (tutti_personal_chain_add (chain, tutti_personal_kind_find (second)));
  return chain;
}

static void
test_text (void)
{
  g_autoptr(GPtrArray) chain = chain_of ("equalizer-3bands", "stereo");
  TuttiPersonalEffect *first = chain->pdata[0], *second = chain->pdata[1];

  first->values[0] = -24 + 36 * 0.25;
  second->on = FALSE;
  second->values[0] = 0.75;
  g_autofree char *text = tutti_personal_chain_to_text (chain);
  g_autoptr(GPtrArray) again = tutti_personal_chain_from_text (text);
  g_autofree char *text_again = tutti_personal_chain_to_text (again);

  g_assert_true (tutti_personal_chain_same_shape (chain, again));
  g_assert_cmpfloat_with_epsilon (((TuttiPersonalEffect *) again->pdata[0])->values[0], first->values[0], 1e-9);
  g_assert_cmpfloat_with_epsilon (((TuttiPersonalEffect *) again->pdata[1])->values[0], 0.75, 1e-9);
  g_assert_cmpstr (text, ==, text_again);
}

static const struct { const char *text; guint n; } damaged[] = {
  { "", 0 }, { "[", 0 }, { "{}", 0 }, { "[1,2]", 0 }, { "[{\"on\":1}]", 0 }, { "[{\"element\":\"filesink\"}]", 0 },
  { "[{\"element\":\"stereo\",\"stereo\":5000}]", 1 }, { "[{\"element\":\"stereo\",\"on\":\"yes\"}]", 1 },
  { "[{\"element\":\"nothing-here\"},{\"element\":\"stereo\"}]", 1 },
  { "[{\"element\":\"stereo\"},{\"element\":\"stereo\"},{\"element\":\"stereo\"},{\"element\":\"stereo\"},{\"element\":\"stereo\"},"
    "{\"element\":\"stereo\"},{\"element\":\"stereo\"},{\"element\":\"stereo\"},{\"element\":\"stereo\"}]", 0 },
};

static void
test_damaged (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autoptr(GPtrArray) chain = tutti_personal_chain_from_text (damaged[i].text);

      g_test_message ("%s", damaged[i].text);
      g_assert_cmpuint (chain->len, ==, damaged[i].n);
    }
}

static void
test_full (void)
{
  g_autoptr(GPtrArray) chain = tutti_personal_chain_new ();
  const TuttiPersonalKind *kind = tutti_personal_kind_find ("stereo");

  for (guint i = 0; i < TUTTI_PERSONAL_EFFECTS_MAX; i++)
    g_assert_true (tutti_personal_chain_add (chain, kind));
  g_assert_false (tutti_personal_chain_add (chain, kind));
}

/* ---- sound ---- */

typedef struct
{
  GstElement *pipeline, *bin, *sink;
} Stream;

/* A low tone, as fast as it is asked for. */
static void
stream_init (Stream *self)
{
  g_autoptr(GstCaps) caps = gst_caps_from_string ("audio/x-raw,format=F32LE,rate=48000,channels=2,layout=interleaved");
  GstElement *source = gst_element_factory_make ("audiotestsrc", NULL), *filter = gst_element_factory_make ("capsfilter", NULL);

  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->bin = tutti_personal_bin_new ();
  self->sink = gst_element_factory_make ("appsink", NULL);
  g_object_set (source, "freq", 60.0, "samplesperbuffer", 480, NULL);
  g_object_set (filter, "caps", caps, NULL);
  g_object_set (self->sink, "sync", FALSE, "max-buffers", 4, "caps", caps, NULL);
  gst_bin_add_many (GST_BIN (self->pipeline), source, filter, self->bin, self->sink, NULL);
  g_assert_true (gst_element_link_many (source, filter, self->bin, self->sink, NULL));
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
}

static void
stream_clear (Stream *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->pipeline);
}

/* Loudness of the next @n buffers, root mean square; each must come, whole. */
static double
listen (Stream *self, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GstSample) sample = gst_app_sink_pull_sample (GST_APP_SINK (self->sink));
      GstMapInfo map;

      g_assert_nonnull (sample);
      g_assert_true (gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ));
      g_assert_cmpuint (map.size, ==, 480 * 2 * sizeof (float));
      for (guint j = 0; j < 960; j++)
        sum += (double) ((float *) map.data)[j] * ((float *) map.data)[j];
      gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
    }
  return sqrt (sum / (960.0 * n));
}

/* Some buffers are still of what was before. */
static double
listen_settled (Stream *self)
{
  listen (self, 40);
  return listen (self, 50);
}

static void
test_sound (void)
{
  g_autoptr(GPtrArray) none = tutti_personal_chain_new (), chain = chain_of ("equalizer-3bands", NULL);
  TuttiPersonalEffect *equaliser = chain->pdata[0];
  double plain;
  Stream stream;

  stream_init (&stream);
  plain = listen_settled (&stream);
  g_assert_cmpfloat (plain, >, 0.3);
  equaliser->values[0] = -24;
  tutti_personal_bin_set_chain (stream.bin, chain);
  g_assert_cmpfloat (listen_settled (&stream), <, plain / 4);
  /* Only a value: the same element goes on. */
  equaliser->values[0] = 0;
  tutti_personal_bin_set_chain (stream.bin, chain);
  g_assert_cmpfloat_with_epsilon (listen_settled (&stream), plain, 0.02);
  equaliser->values[0] = -24;
  tutti_personal_bin_set_chain (stream.bin, chain);
  g_assert_cmpfloat (listen_settled (&stream), <, plain / 4);
  equaliser->on = FALSE;
  tutti_personal_bin_set_chain (stream.bin, chain);
  g_assert_cmpfloat_with_epsilon (listen_settled (&stream), plain, 0.02);
  tutti_personal_bin_set_chain (stream.bin, none);
  g_assert_cmpfloat_with_epsilon (listen_settled (&stream), plain, 0.02);
  stream_clear (&stream);
}

/* Whatever is put there, again and again while it sounds: sound goes on, and comes through in the end as it was. */
static void
test_exchange (void)
{
  GPtrArray *kinds = tutti_personal_kinds ();
  g_autoptr(GPtrArray) none = tutti_personal_chain_new ();
  double plain;
  Stream stream;

  stream_init (&stream);
  plain = listen_settled (&stream);
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr(GPtrArray) chain = tutti_personal_chain_new ();

      for (guint j = g_test_rand_int_range (0, TUTTI_PERSONAL_EFFECTS_MAX); j > 0; j--)
        tutti_personal_chain_add (chain, kinds->pdata[g_test_rand_int_range (0, (gint32) kinds->len)]);
      tutti_personal_bin_set_chain (stream.bin, chain);
      listen (&stream, 3);
    }
  tutti_personal_bin_set_chain (stream.bin, none);
  g_assert_cmpfloat_with_epsilon (listen_settled (&stream), plain, 0.02);
  stream_clear (&stream);
}

/* ---- mono ---- */

/* The next buffer: the largest difference of its sides, and the largest size on the left. */
static void
compare_sides (Stream *self, float *difference, float *left)
{
  g_autoptr(GstSample) sample = gst_app_sink_pull_sample (GST_APP_SINK (self->sink));
  GstMapInfo map;

  *difference = *left = 0;
  g_assert_true (gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ));
  for (const float *frame = (const float *) map.data; frame < (const float *) (map.data + map.size); frame += 2)
    {
      *difference = MAX (*difference, fabsf (frame[0] - frame[1]));
      *left = MAX (*left, fabsf (frame[0]));
    }
  gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
}

/* Sides of different levels: what is heard is their mean, behind the effect that made them different. Off again, both are as they were. */
static void
test_mono (void)
{
  g_autoptr(GPtrArray) chain = chain_of ("audiopanorama", NULL);
  float difference, left, plain, plain_difference;
  Stream stream;

  stream_init (&stream);
  ((TuttiPersonalEffect *) chain->pdata[0])->values[0] = -0.5;
  tutti_personal_bin_set_chain (stream.bin, chain);
  listen (&stream, 40);
  compare_sides (&stream, &plain_difference, &plain);
  g_assert_cmpfloat (plain_difference, >, 0.2f);
  tutti_personal_bin_set_mono (stream.bin, TRUE);
  listen (&stream, 40);
  compare_sides (&stream, &difference, &left);
  g_assert_cmpfloat (difference, ==, 0.0f);
  g_assert_cmpfloat_with_epsilon (left, plain - plain_difference / 2, 0.01f);
  tutti_personal_bin_set_mono (stream.bin, FALSE);
  listen (&stream, 40);
  compare_sides (&stream, &difference, &left);
  g_assert_cmpfloat_with_epsilon (difference, plain_difference, 0.01f);
  stream_clear (&stream);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/personal/text", test_text);
  g_test_add_func ("/personal/damaged", test_damaged);
  g_test_add_func ("/personal/full", test_full);
  g_test_add_func ("/personal/sound", test_sound);
  g_test_add_func ("/personal/exchange", test_exchange);
  g_test_add_func ("/personal/mono", test_mono);
  return g_test_run ();
}
