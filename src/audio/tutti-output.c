/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-output-private.h"

#include <math.h>

enum
{
  PROP_STATE = 1,
  PROP_PROBLEM,
  PROP_DEVICE,
  PROP_TRIM_MS,
  PROP_VOLUME,
  PROP_MUTE,
  PROP_MONO,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];
static guint signal_slept;

G_DEFINE_FINAL_TYPE (TuttiOutput, tutti_output, G_TYPE_OBJECT)
G_DEFINE_ENUM_TYPE (TuttiOutputState, tutti_output_state,
                    G_DEFINE_ENUM_VALUE (TUTTI_OUTPUT_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (TUTTI_OUTPUT_STARTING, "starting"),
                    G_DEFINE_ENUM_VALUE (TUTTI_OUTPUT_PLAYING, "playing"),
                    G_DEFINE_ENUM_VALUE (TUTTI_OUTPUT_LOST, "lost"),
                    G_DEFINE_ENUM_VALUE (TUTTI_OUTPUT_NO_SERVER, "no-server"))

/* Thread: main. */
static gboolean
tell (gpointer data)
{
  TuttiOutput *self = data;
  gboolean slept;
  TuttiOutputState state;

  g_mutex_lock (&self->lock);
  self->telling = FALSE;
  slept = self->slept;
  self->slept = FALSE;
  state = self->state;
  g_mutex_unlock (&self->lock);
  if (state != self->shown)
    {
      self->shown = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
  if (slept)
    g_signal_emit (self, signal_slept, 0);
  return G_SOURCE_REMOVE;
}

/* The lock is held. Not g_main_context_invoke (), which might run the handlers right here. */
void
tutti_output_tell_soon (TuttiOutput *self)
{
  g_autoptr (GSource) source = NULL;

  if (self->telling)
    return;
  self->telling = TRUE;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
}

void
tutti_output_become (TuttiOutput *self, TuttiOutputState state, const GError *problem)
{
  g_mutex_lock (&self->lock);
  if (state != self->state || (problem != NULL && g_strcmp0 (problem->message, self->problem) != 0))
    {
      self->state = state;
      g_free (self->problem);
      self->problem = problem != NULL ? g_strdup (problem->message) : NULL;
      tutti_output_tell_soon (self);
    }
  g_mutex_unlock (&self->lock);
}

void
tutti_output_start (TuttiOutput *self)
{
  g_return_if_fail (TUTTI_IS_OUTPUT (self));

  if (self->thread != NULL)
    return;
  self->stop = FALSE;
  tutti_output_become (self, TUTTI_OUTPUT_STARTING, NULL);
  self->thread = g_thread_new ("tutti-output", tutti_output_run, self);
}

void
tutti_output_stop (TuttiOutput *self)
{
  g_return_if_fail (TUTTI_IS_OUTPUT (self));

  if (self->thread == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->stop = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
  g_thread_join (g_steal_pointer (&self->thread));
  tutti_output_become (self, TUTTI_OUTPUT_STOPPED, NULL);
}

static void
apply_gain (TuttiOutput *self)
{
  tutti_src_set_gain (self->src, self->mute ? 0 : self->volume);
}

void
tutti_output_set_origin (TuttiOutput *self, gint64 origin_ns)
{
  g_mutex_lock (&self->lock);
  self->origin_ns = origin_ns;
  g_mutex_unlock (&self->lock);
  tutti_src_set_origin (self->src, origin_ns);
}

TuttiOutputState
tutti_output_get_state (TuttiOutput *self)
{
  TuttiOutputState state;

  g_mutex_lock (&self->lock);
  state = self->state;
  g_mutex_unlock (&self->lock);
  return state;
}

char *
tutti_output_dup_problem (TuttiOutput *self)
{
  char *problem;

  g_mutex_lock (&self->lock);
  problem = g_strdup (self->problem);
  g_mutex_unlock (&self->lock);
  return problem;
}

void
tutti_output_set_device (TuttiOutput *self, const char *device)
{
  g_return_if_fail (TUTTI_IS_OUTPUT (self));

  if (g_strcmp0 (device, self->device) == 0)
    return;
  g_free (self->device);
  self->device = g_strdup (device);
  g_mutex_lock (&self->lock);
  g_free (self->device_wanted);
  self->device_wanted = g_strdup (device);
  self->restart = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEVICE]);
}

const char *
tutti_output_get_device (TuttiOutput *self)
{
  return self->device;
}

void
tutti_output_set_trim_ms (TuttiOutput *self, double trim_ms)
{
  g_return_if_fail (TUTTI_IS_OUTPUT (self));
  g_return_if_fail (isfinite (trim_ms));

  trim_ms = CLAMP (trim_ms, TUTTI_OUTPUT_TRIM_MIN_MS, TUTTI_OUTPUT_TRIM_MAX_MS);
  if (G_APPROX_VALUE (self->trim_ms, trim_ms, 1e-9))
    return;
  self->trim_ms = trim_ms;
  tutti_src_set_trim (self->src, llrint (trim_ms * 1e6));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRIM_MS]);
}

double
tutti_output_get_trim_ms (TuttiOutput *self)
{
  return self->trim_ms;
}

void
tutti_output_set_volume (TuttiOutput *self, double volume)
{
  g_return_if_fail (TUTTI_IS_OUTPUT (self));
  g_return_if_fail (isfinite (volume));

  volume = CLAMP (volume, 0, 1);
  if (G_APPROX_VALUE (self->volume, volume, 1e-9))
    return;
  self->volume = volume;
  apply_gain (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VOLUME]);
}

double
tutti_output_get_volume (TuttiOutput *self)
{
  return self->volume;
}

void
tutti_output_set_mute (TuttiOutput *self, gboolean mute)
{
  g_return_if_fail (TUTTI_IS_OUTPUT (self));

  if (self->mute == !!mute)
    return;
  self->mute = !!mute;
  apply_gain (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MUTE]);
}

gboolean
tutti_output_get_mute (TuttiOutput *self)
{
  return self->mute;
}

void
tutti_output_set_mono (TuttiOutput *self, gboolean mono)
{
  g_return_if_fail (TUTTI_IS_OUTPUT (self));

  if (self->mono == !!mono)
    return;
  self->mono = !!mono;
  tutti_personal_bin_set_mono (self->personal, self->mono);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MONO]);
}

gboolean
tutti_output_get_mono (TuttiOutput *self)
{
  return self->mono;
}

void
tutti_output_set_personal (TuttiOutput *self, GPtrArray *chain)
{
  tutti_personal_bin_set_chain (self->personal, chain);
}

gint64
tutti_output_get_frame_now (TuttiOutput *self)
{
  gint64 host_ns = tutti_shared_clock_host_ns (self->clock, tutti_monotonic_ns ()) - llrint (self->trim_ms * 1e6);
  gint64 origin_ns;

  g_mutex_lock (&self->lock);
  origin_ns = self->origin_ns;
  g_mutex_unlock (&self->lock);
  return tutti_frame_point_at (host_ns, origin_ns).frame;
}

void
tutti_output_get_stats (TuttiOutput *self, TuttiOutputStats *stats)
{
  TuttiSrcState src;
  TuttiStreamCard card;

  g_mutex_lock (&self->lock);
  *stats = (TuttiOutputStats) { .state = self->state };
  card = self->card;
  g_mutex_unlock (&self->lock);
  tutti_src_get_state (self->src, &src);
  stats->in_time = src.playing && card.mapped;
  stats->lead_ms = (double) src.lead_ns / 1e6;
  stats->least_lead_ms = (double) src.least_lead_ns / 1e6;
  stats->underflows = src.underflows;
  stats->jumps = src.counts.jumps;
  stats->caught_up_frames = src.counts.caught_up;
  stats->rendered_frames = src.counts.next_frame;
  stats->position_error_us = src.counts.error_frames / 48e-3;
  stats->card_resets = card.resets;
  stats->card_ppm = card.slope * 1e6;
  stats->card_noise_us = card.noise_ns / 1e3;
  stats->coarse = card.coarse;
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TuttiOutput *self = TUTTI_OUTPUT (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, tutti_output_get_state (self));
      break;
    case PROP_PROBLEM:
      g_value_take_string (value, tutti_output_dup_problem (self));
      break;
    case PROP_DEVICE:
      g_value_set_string (value, self->device);
      break;
    case PROP_TRIM_MS:
      g_value_set_double (value, self->trim_ms);
      break;
    case PROP_VOLUME:
      g_value_set_double (value, self->volume);
      break;
    case PROP_MUTE:
      g_value_set_boolean (value, self->mute);
      break;
    case PROP_MONO:
      g_value_set_boolean (value, self->mono);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TuttiOutput *self = TUTTI_OUTPUT (object);

  switch (id)
    {
    case PROP_DEVICE:
      tutti_output_set_device (self, g_value_get_string (value));
      break;
    case PROP_TRIM_MS:
      tutti_output_set_trim_ms (self, g_value_get_double (value));
      break;
    case PROP_VOLUME:
      tutti_output_set_volume (self, g_value_get_double (value));
      break;
    case PROP_MUTE:
      tutti_output_set_mute (self, g_value_get_boolean (value));
      break;
    case PROP_MONO:
      tutti_output_set_mono (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tutti_output_dispose (GObject *object)
{
  TuttiOutput *self = TUTTI_OUTPUT (object);

  if (self->thread != NULL)
    tutti_output_stop (self);
  gst_clear_object (&self->src);
  gst_clear_object (&self->personal);
  gst_clear_object (&self->clock);
  G_OBJECT_CLASS (tutti_output_parent_class)->dispose (object);
}

static void
tutti_output_finalize (GObject *object)
{
  TuttiOutput *self = TUTTI_OUTPUT (object);

  g_main_context_unref (self->context);
  g_free (self->device);
  g_free (self->device_wanted);
  g_free (self->problem);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->wake);
  G_OBJECT_CLASS (tutti_output_parent_class)->finalize (object);
}

static void
tutti_output_class_init (TuttiOutputClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags settable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = tutti_output_dispose;
  object_class->finalize = tutti_output_finalize;
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, TUTTI_TYPE_OUTPUT_STATE, TUTTI_OUTPUT_STOPPED, told);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, told);
  properties[PROP_DEVICE] = g_param_spec_string ("device", NULL, NULL, NULL, settable);
  properties[PROP_TRIM_MS] = g_param_spec_double ("trim-ms", NULL, NULL, TUTTI_OUTPUT_TRIM_MIN_MS, TUTTI_OUTPUT_TRIM_MAX_MS, 0, settable);
  properties[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0, 1, 1, settable);
  properties[PROP_MUTE] = g_param_spec_boolean ("mute", NULL, NULL, FALSE, settable);
  properties[PROP_MONO] = g_param_spec_boolean ("mono", NULL, NULL, FALSE, settable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signal_slept = g_signal_new ("slept", TUTTI_TYPE_OUTPUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tutti_output_init (TuttiOutput *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  self->context = g_main_context_ref_thread_default ();
  self->volume = 1;
  self->personal = gst_object_ref_sink (tutti_personal_bin_new ());
}

TuttiOutput *
tutti_output_new (const TuttiRenderer *renderer, TuttiSharedClock *clock, gint64 origin_ns, TuttiSinkMaker sink_maker, gpointer sink_data)
{
  TuttiOutput *self = g_object_new (TUTTI_TYPE_OUTPUT, NULL);

  self->src = TUTTI_SRC (gst_object_ref_sink (tutti_src_new (renderer)));
  self->clock = gst_object_ref (clock);
  self->origin_ns = origin_ns;
  self->make_sink = sink_maker;
  self->sink_data = sink_data;
  tutti_src_set_clock (self->src, clock, origin_ns);
  return self;
}
