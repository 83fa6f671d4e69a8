/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-mono.h"

#define KEY "tutti-mono"

typedef struct
{
  gint  wanted;                /* atomic */
  float share;                 /* of the mean in what is heard; the streaming thread's */
} Mono;

/* In place: the sum falls nowhere by being halved, and what is the same on both sides stays as loud as it is. */
static void
sum (Mono *self, float *stereo, gsize n_frames, float to)
{
  float from = self->share;

  for (gsize i = 0; i < n_frames; i++)
    {
      float share = from + (to - from) * (float) (i + 1) / (float) n_frames;
      float mean = 0.5f * (stereo[2 * i] + stereo[2 * i + 1]);

      stereo[2 * i] += share * (mean - stereo[2 * i]);
      stereo[2 * i + 1] += share * (mean - stereo[2 * i + 1]);
    }
  self->share = to;
}

/* Both sides equal to the bit, whatever the blend above rounds to. */
static void
sum_whole (float *stereo, gsize n_frames)
{
  for (gsize i = 0; i < n_frames; i++)
    stereo[2 * i] = stereo[2 * i + 1] = 0.5f * (stereo[2 * i] + stereo[2 * i + 1]);
}

static GstPadProbeReturn
on_buffer (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Mono *self = data;
  float to = g_atomic_int_get (&self->wanted) ? 1.0f : 0.0f;
  GstMapInfo map;

  if (to == 0.0f && self->share == 0.0f)
    return GST_PAD_PROBE_OK;
  info->data = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  if (!gst_buffer_map (info->data, &map, GST_MAP_READWRITE))
    return GST_PAD_PROBE_OK;
  gsize n_frames = map.size / (2 * sizeof (float));

  if (to == 1.0f && self->share == 1.0f)
    sum_whole ((float *) map.data, n_frames);
  else if (n_frames > 0)
    sum (self, (float *) map.data, n_frames, to);
  gst_buffer_unmap (info->data, &map);
  return GST_PAD_PROBE_OK;
}

void
tutti_mono_set (GstElement *mono, gboolean on)
{
  Mono *self = g_object_get_data (G_OBJECT (mono), KEY);

  g_atomic_int_set (&self->wanted, on);
}

GstElement *
tutti_mono_new (void)
{
  g_autoptr(GstCaps) caps = gst_caps_from_string ("audio/x-raw, format=F32LE, layout=interleaved, channels=2");
  GstElement *mono = gst_element_factory_make ("capsfilter", NULL);
  g_autoptr(GstPad) pad = gst_element_get_static_pad (mono, "src");
  Mono *self = g_new0 (Mono, 1);

  g_object_set (mono, "caps", caps, NULL);
  g_object_set_data_full (G_OBJECT (mono), KEY, self, g_free);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_buffer, self, NULL);
  return mono;
}
