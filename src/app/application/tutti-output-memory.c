/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-output-memory.h"

#include "tutti-settings.h"

#include <math.h>

#define SILENCE_DB (-96.0)

static const char *
device_key (TuttiOutput *output)
{
  const char *device = tutti_output_get_device (output);

  return device != NULL ? device : "";
}

static double
remembered_trim (GSettings *settings, const char *device)
{
  g_autoptr(GVariant) trims = g_settings_get_value (settings, "output-trims-ms");
  double trim_ms = 0;

  g_variant_lookup (trims, device, "d", &trim_ms);
  return isfinite (trim_ms) ? CLAMP (trim_ms, TUTTI_OUTPUT_TRIM_MIN_MS, TUTTI_OUTPUT_TRIM_MAX_MS) : 0;
}

static void
on_trim (TuttiOutput *output)
{
  GSettings *settings = tutti_settings_get ();
  g_autoptr(GVariant) trims = g_settings_get_value (settings, "output-trims-ms");
  GVariantBuilder builder;
  GVariantIter iter;
  const char *device;
  double trim_ms;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sd}"));
  g_variant_iter_init (&iter, trims);
  while (g_variant_iter_next (&iter, "{&sd}", &device, &trim_ms))
    if (!g_str_equal (device, device_key (output)))
      g_variant_builder_add (&builder, "{sd}", device, trim_ms);
  g_variant_builder_add (&builder, "{sd}", device_key (output), tutti_output_get_trim_ms (output));
  g_settings_set_value (settings, "output-trims-ms", g_variant_builder_end (&builder));
}

static void
on_device (TuttiOutput *output)
{
  GSettings *settings = tutti_settings_get ();

  g_settings_set_string (settings, "output-device", device_key (output));
  /* Each device has its own way to the ears. */
  tutti_output_set_trim_ms (output, remembered_trim (settings, device_key (output)));
}

static void
on_volume (TuttiOutput *output)
{
  double volume = tutti_output_get_volume (output);

  g_settings_set_double (tutti_settings_get (), "output-level-db", volume > 0 ? MAX (20 * log10 (volume), SILENCE_DB) : SILENCE_DB);
}

static void
on_mute (TuttiOutput *output)
{
  g_settings_set_boolean (tutti_settings_get (), "output-muted", tutti_output_get_mute (output));
}

void
tutti_output_memory_attach (TuttiOutput *output)
{
  GSettings *settings = tutti_settings_get ();
  g_autofree char *device = NULL;
  double level_db;

  if (settings == NULL)
    return;
  device = g_settings_get_string (settings, "output-device");
  level_db = g_settings_get_double (settings, "output-level-db");
  if (*device != '\0')
    tutti_output_set_device (output, device);
  tutti_output_set_trim_ms (output, remembered_trim (settings, device));
  tutti_output_set_volume (output, level_db <= SILENCE_DB ? 0 : MIN (pow (10, level_db / 20), 1));
  tutti_output_set_mute (output, g_settings_get_boolean (settings, "output-muted"));
  g_signal_connect (output, "notify::trim-ms", G_CALLBACK (on_trim), NULL);
  g_signal_connect (output, "notify::device", G_CALLBACK (on_device), NULL);
  g_signal_connect (output, "notify::volume", G_CALLBACK (on_volume), NULL);
  g_signal_connect (output, "notify::mute", G_CALLBACK (on_mute), NULL);
}
