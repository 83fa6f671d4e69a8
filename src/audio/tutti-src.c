/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-src.h"

#include <math.h>
#include <stdatomic.h>

#include "tutti-cell.h"

#define CUT_FRAMES (TUTTI_SRC_RATE / 5)  /* a stream of less than one of FLAC's blocks, at most 4608, is announced twice by its encoder */
#define FRAME_BYTES (2 * sizeof (float))
#define POOL_BUFFERS 16                /* more than any sink here holds at once: the pool never allocates while playing */
#define NO_SKIP      G_MININT64

typedef enum
{
  PLAYING,
  EXPORTING,
} Mode;

struct _TuttiSrc
{
  GstPushSrc parent_instance;

  /* set while the element is in NULL */
  Mode mode;
  TuttiPlayer *player;         /* owned */
  TuttiSharedClock *clock;     /* owned */
  GstAudioBaseSink *sink;      /* owned */
  gint64 export_first;
  gint64 export_end;

  /* stated by others, read by the streaming thread */
  TuttiCell card_line;
  _Atomic gint64 origin_ns;
  _Atomic gint64 trim_ns;
  _Atomic gint64 base_time_ns;
  _Atomic gint64 skip_to_ns;
  _Atomic gboolean cut;        /* the export */
  _Atomic guint64 placements;  /* trims and origins set: a small step is then meant */

  /* the streaming thread's */
  gint64 written;              /* output samples so far, skipped ones included */
  TuttiCardLine card;          /* last good copies, should a cell be torn */
  TuttiClockLine time;
  gboolean has_card;
  gboolean has_time;
  gboolean late;

  /* stated by the streaming thread */
  _Atomic gboolean playing;
  _Atomic gint64 lead_ns;
  _Atomic gint64 least_lead_ns;
  _Atomic guint64 underflows;
  _Atomic guint64 skips;
};

G_DEFINE_FINAL_TYPE (TuttiSrc, tutti_src, GST_TYPE_PUSH_SRC)

static GstStaticPadTemplate template =
  GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS,
                           GST_STATIC_CAPS ("audio/x-raw, format=(string)F32LE, rate=(int)48000, channels=(int)2, "
                                            "layout=(string)interleaved"));

/* Output sample `n` of the stream in the sink clock's internal time. With slave-method=none the sink calibrates its clock once a start,
 * and compares by that. */
static gint64
card_time (TuttiSrc *self, gint64 n)
{
  GstClockTime internal, external, num, denom;
  gint64 running_ns = (gint64) gst_util_uint64_scale (n, GST_SECOND, TUTTI_SRC_RATE);

  gst_clock_get_calibration (self->sink->provided_clock, &internal, &external, &num, &denom);
  return atomic_load_explicit (&self->base_time_ns, memory_order_relaxed) + running_ns - (gint64) external + (gint64) internal;
}

static gboolean
read_lines (TuttiSrc *self)
{
  if (self->sink == NULL || self->clock == NULL || !tutti_cell_is_set (&self->card_line))
    {
      self->has_card = FALSE;
      return FALSE;
    }
  if (tutti_cell_read (&self->card_line, &self->card, sizeof self->card))
    self->has_card = TRUE;
  if (tutti_shared_clock_read (self->clock, &self->time))
    self->has_time = TRUE;
  return self->has_card && self->has_time;
}

static void
note_lead (TuttiSrc *self, gint64 heard_ns)
{
  gint64 lead_ns = heard_ns - tutti_monotonic_ns ();

  atomic_store_explicit (&self->lead_ns, lead_ns, memory_order_relaxed);
  if (lead_ns < atomic_load_explicit (&self->least_lead_ns, memory_order_relaxed))
    atomic_store_explicit (&self->least_lead_ns, lead_ns, memory_order_relaxed);
  if (lead_ns < 0 && !self->late)
    atomic_fetch_add_explicit (&self->underflows, 1, memory_order_relaxed);
  self->late = lead_ns < 0;
}

/* Card → monotonic → local → host → session frame, for the next output sample. */
static void
find_target (TuttiSrc *self, gint64 heard_ns, TuttiPositionTarget *target)
{
  const TuttiLocalTime *local = tutti_shared_clock_get_local (self->clock);
  gint64 host_ns = tutti_clock_line_to_host (&self->time, tutti_local_time_from_monotonic (local, heard_ns));
  gint64 trim_ns = atomic_load_explicit (&self->trim_ns, memory_order_relaxed);

  target->at = tutti_frame_point_at (host_ns - trim_ns, atomic_load_explicit (&self->origin_ns, memory_order_relaxed));
  target->slope = (1 + self->time.rate) * (1 + local->rate) / (1 + self->card.slope);
  target->resets = self->card.resets + atomic_load_explicit (&self->placements, memory_order_acquire);
}

/* After a real underrun the stream lies behind the card for good; only the sink's positions can be moved,
   * and only by more than it holds. */
static gboolean
skip (TuttiSrc *self, gint64 heard_ns)
{
  gint64 wanted_ns = atomic_exchange_explicit (&self->skip_to_ns, NO_SKIP, memory_order_relaxed);
  gint64 missing_ns = wanted_ns == NO_SKIP ? 0 : tutti_monotonic_ns () + wanted_ns - heard_ns;

  if (missing_ns <= 0)
    return FALSE;
  self->written += (missing_ns * TUTTI_SRC_RATE / (gint64) GST_SECOND / TUTTI_SRC_BLOCK + 1) * TUTTI_SRC_BLOCK;
  atomic_fetch_add_explicit (&self->skips, 1, memory_order_relaxed);
  return TRUE;
}

static void
stamp (GstBuffer *buffer, gint64 first, guint n, gboolean discontinuous)
{
  GST_BUFFER_OFFSET (buffer) = first;
  GST_BUFFER_OFFSET_END (buffer) = first + n;
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (first, GST_SECOND, TUTTI_SRC_RATE);
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (first + n, GST_SECOND, TUTTI_SRC_RATE) - GST_BUFFER_PTS (buffer);
  if (discontinuous)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
}

static void
fill_playing (TuttiSrc *self, GstBuffer *buffer, float *stereo, guint n)
{
  TuttiPositionTarget target;
  gboolean can = read_lines (self), skipped = FALSE;

  if (can)
    {
      gint64 heard_ns = tutti_card_line_to_monotonic (&self->card, card_time (self, self->written));

      skipped = skip (self, heard_ns);
      if (skipped)
        heard_ns = tutti_card_line_to_monotonic (&self->card, card_time (self, self->written));
      note_lead (self, heard_ns);
      find_target (self, heard_ns, &target);
    }
  tutti_player_fill (self->player, can ? &target : NULL, n, stereo);
  atomic_store_explicit (&self->playing, can, memory_order_relaxed);
  stamp (buffer, self->written, n, skipped);
  self->written += n;
}

static guint
fill_export (TuttiSrc *self, GstBuffer *buffer, float *stereo, guint n)
{
  gint64 frame = self->export_first + self->written;

  n = (guint) MIN ((gint64) n, self->export_end - frame);
  tutti_player_export (self->player, frame, n, stereo);
  stamp (buffer, self->written, n, FALSE);
  self->written += n;
  return n;
}

static gboolean
export_is_over (TuttiSrc *self)
{
  gboolean cut = atomic_load_explicit (&self->cut, memory_order_relaxed) && self->written >= CUT_FRAMES;

  return cut || self->export_first + self->written >= self->export_end;
}

static GstFlowReturn
fill (GstPushSrc *base, GstBuffer *buffer)
{
  TuttiSrc *self = TUTTI_SRC (base);
  GstMapInfo map;
  guint n;

  if (self->mode == EXPORTING && export_is_over (self))
    return GST_FLOW_EOS;
  if (!gst_buffer_map (buffer, &map, GST_MAP_WRITE))
    return GST_FLOW_ERROR;
  n = map.size / FRAME_BYTES;
  if (self->mode == EXPORTING)
    n = fill_export (self, buffer, (float *) map.data, n);
  else
    fill_playing (self, buffer, (float *) map.data, n);
  gst_buffer_unmap (buffer, &map);
  if (n * FRAME_BYTES < map.size)
    gst_buffer_set_size (buffer, n * FRAME_BYTES);
  return GST_FLOW_OK;
}

/* A pool of our own with all its buffers made beforehand: a sink that proposes none would mean an allocation a block. */
static gboolean
decide_allocation (GstBaseSrc *base, GstQuery *query)
{
  g_autoptr (GstBufferPool) pool = gst_buffer_pool_new ();
  GstStructure *config = gst_buffer_pool_get_config (pool);
  guint size = gst_base_src_get_blocksize (base);
  GstCaps *caps;

  gst_query_parse_allocation (query, &caps, NULL);
  gst_buffer_pool_config_set_params (config, caps, size, POOL_BUFFERS, 0);
  if (!gst_buffer_pool_set_config (pool, config))
    return FALSE;
  while (gst_query_get_n_allocation_pools (query) > 0)
    gst_query_remove_nth_allocation_pool (query, 0);
  gst_query_add_allocation_pool (query, pool, size, POOL_BUFFERS, 0);
  return TRUE;
}

static gboolean
start (GstBaseSrc *base)
{
  TuttiSrc *self = TUTTI_SRC (base);

  self->written = 0;
  self->has_card = self->has_time = self->late = FALSE;
  atomic_store_explicit (&self->skip_to_ns, NO_SKIP, memory_order_relaxed);
  return TRUE;
}

static gboolean
stop (GstBaseSrc *base)
{
  atomic_store_explicit (&TUTTI_SRC (base)->playing, FALSE, memory_order_relaxed);
  return TRUE;
}

static void
tutti_src_dispose (GObject *object)
{
  TuttiSrc *self = TUTTI_SRC (object);

  gst_clear_object (&self->sink);
  gst_clear_object (&self->clock);
  G_OBJECT_CLASS (tutti_src_parent_class)->dispose (object);
}

static void
tutti_src_finalize (GObject *object)
{
  g_clear_pointer (&TUTTI_SRC (object)->player, tutti_player_free);
  G_OBJECT_CLASS (tutti_src_parent_class)->finalize (object);
}

static void
tutti_src_class_init (TuttiSrcClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_src_dispose;
  G_OBJECT_CLASS (klass)->finalize = tutti_src_finalize;
  GST_BASE_SRC_CLASS (klass)->start = start;
  GST_BASE_SRC_CLASS (klass)->stop = stop;
  GST_BASE_SRC_CLASS (klass)->decide_allocation = decide_allocation;
  GST_PUSH_SRC_CLASS (klass)->fill = fill;
  gst_element_class_add_static_pad_template (GST_ELEMENT_CLASS (klass), &template);
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass), "Tutti source", "Source/Audio",
                                         "The jam's mix at the time all participants share", "The Tutti authors");
}

static void
tutti_src_init (TuttiSrc *self)
{
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
  gst_base_src_set_live (GST_BASE_SRC (self), FALSE);
  gst_base_src_set_blocksize (GST_BASE_SRC (self), TUTTI_SRC_BLOCK * FRAME_BYTES);
  atomic_init (&self->least_lead_ns, G_MAXINT64);
  atomic_init (&self->skip_to_ns, NO_SKIP);
}

GstElement *
tutti_src_new (const TuttiRenderer *renderer)
{
  TuttiSrc *self = g_object_new (TUTTI_TYPE_SRC, NULL);

  self->player = tutti_player_new (renderer);
  return GST_ELEMENT (self);
}

void
tutti_src_set_clock (TuttiSrc *self, TuttiSharedClock *clock, gint64 origin_ns)
{
  gst_object_replace ((GstObject **) &self->clock, GST_OBJECT (clock));
  atomic_store (&self->origin_ns, origin_ns);
  self->mode = PLAYING;
}

void
tutti_src_set_export (TuttiSrc *self, gint64 first, gint64 end)
{
  self->mode = EXPORTING;
  self->export_first = first;
  self->export_end = end;
}

void
tutti_src_cut_export (TuttiSrc *self)
{
  atomic_store_explicit (&self->cut, TRUE, memory_order_relaxed);
}

void
tutti_src_set_sink (TuttiSrc *self, GstAudioBaseSink *sink)
{
  gst_object_replace ((GstObject **) &self->sink, (GstObject *) sink);
}

void
tutti_src_set_base_time (TuttiSrc *self, gint64 base_time_ns)
{
  atomic_store (&self->base_time_ns, base_time_ns);
}

void
tutti_src_set_card_line (TuttiSrc *self, const TuttiCardLine *line)
{
  if (line != NULL)
    tutti_cell_write (&self->card_line, line, sizeof *line);
  else
    tutti_cell_clear (&self->card_line);
}

void
tutti_src_set_origin (TuttiSrc *self, gint64 origin_ns)
{
  atomic_store (&self->origin_ns, origin_ns);
  atomic_fetch_add (&self->placements, 1);
}

void
tutti_src_set_trim (TuttiSrc *self, gint64 trim_ns)
{
  atomic_store (&self->trim_ns, trim_ns);
  atomic_fetch_add (&self->placements, 1);
}

void
tutti_src_skip_to_lead (TuttiSrc *self, gint64 lead_ns)
{
  atomic_store (&self->skip_to_ns, lead_ns);
}

void
tutti_src_advance (TuttiSrc *self, gint64 lead_ns)
{
  gint64 host_ns;

  g_return_if_fail (self->clock != NULL);

  host_ns = tutti_shared_clock_host_ns (self->clock, tutti_monotonic_ns () + lead_ns);
  tutti_player_advance (self->player, tutti_frame_point_at (host_ns, atomic_load (&self->origin_ns)).frame);
}

void
tutti_src_set_gain (TuttiSrc *self, double gain)
{
  tutti_player_set_gain (self->player, (float) gain);
}

void
tutti_src_get_state (TuttiSrc *self, TuttiSrcState *state)
{
  tutti_src_peek_state (self, state);
  atomic_store (&self->least_lead_ns, G_MAXINT64);
}

void
tutti_src_peek_state (TuttiSrc *self, TuttiSrcState *state)
{
  state->playing = atomic_load (&self->playing);
  state->lead_ns = atomic_load (&self->lead_ns);
  state->least_lead_ns = atomic_load (&self->least_lead_ns);
  state->underflows = atomic_load (&self->underflows);
  state->skips = atomic_load (&self->skips);
  tutti_player_get_counts (self->player, &state->counts);
}
