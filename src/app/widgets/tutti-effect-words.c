/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-effect-words.h"

#include "tutti-words.h"

#include <glib/gi18n.h>

const char *
tutti_words_effect (TuttiEffectKind kind)
{
  static const char * const names[TUTTI_N_EFFECTS] = {
    N_("Filter"), N_("Drive"), N_("Crusher"),
    /* Translators: an equaliser */
    N_("EQ"), N_("Compressor"), N_("Limiter"), N_("Chorus"), N_("Flanger"), N_("Phaser"), N_("Delay"), N_("Reverb"), N_("Width"),
    N_("Gate"), N_("Tremolo")
  };

  return _(names[kind]);
}

/* By the names of the specs, of which many kinds share some. */
static const struct { const char *name, *words; } value_words[] = {
  { "amount", N_("Amount") }, { "attack", N_("Attack") }, { "balance", N_("Balance") }, { "bits", N_("Bits") },
  { "ceiling", N_("Ceiling") }, { "centre", N_("Centre") }, { "cutoff", N_("Cutoff") }, { "damping", N_("Damping") },
  { "decay", N_("Decay") }, { "delay", N_("Delay") }, { "depth", N_("Depth") }, { "feedback", N_("Feedback") }, { "gain", N_("Gain") },
  { "high", N_("High") }, { "high-frequency", N_("Shelf") }, { "hold", N_("Hold") }, { "knee", N_("Knee") }, { "level", N_("Level") },
  { "low", N_("Low") }, { "low-cut", N_("Low cut") }, { "low-frequency", N_("Low shelf") }, { "make-up", N_("Make-up") },
  { "mid", N_("Mid") }, { "mid-frequency", N_("Centre") }, { "mid-quality", N_("Narrow") }, { "mix", N_("Mix") },
  { "modulation", N_("Modulation") }, { "ping-pong", N_("Ping-pong") }, { "pre-delay", N_("Pre-delay") }, { "range", N_("Range") },
  { "rate", N_("Rate") }, { "ratio", N_("Ratio") }, { "release", N_("Release") }, { "resonance", N_("Resonance") },
  { "shape", N_("Shape") }, { "spread", N_("Spread") }, { "threshold", N_("Threshold") }, { "time", N_("Time") }, { "type", N_("Type") },
  { "width", N_("Width") },
};

const char *
tutti_words_effect_value_name (TuttiEffectKind kind, guint index)
{
  const char *name = tutti_effect_value_spec (kind, index)->name;

  for (guint i = 0; i < G_N_ELEMENTS (value_words); i++)
    if (g_str_equal (value_words[i].name, name))
      return _(value_words[i].words);
  return name;
}

/* A length of time in quarters of a bar in four: "1/8", "3/16". */
static char *
ticks (int value)
{
  static const int whole = 3840;
  int parts = whole, notes = value;

  if (value % 30 != 0)
    return g_strdup_printf (_("%.2f beats"), value / 960.0);
  while (notes % 2 == 0 && parts % 2 == 0)
    notes /= 2, parts /= 2;
  while (notes % 3 == 0 && parts % 3 == 0)
    notes /= 3, parts /= 3;
  while (notes % 5 == 0 && parts % 5 == 0)
    notes /= 5, parts /= 5;
  return parts == 1 ? g_strdup_printf (ngettext ("%d bar", "%d bars", notes), notes) : g_strdup_printf ("%d⁄%d", notes, parts);
}

static char *
milliseconds (double value)
{
  if (value >= 999.5)
    return g_strdup_printf (_("%.1f s"), value / 1000);
  return value < 9.95 ? g_strdup_printf (_("%.1f ms"), value) : g_strdup_printf (_("%.0f ms"), value);
}

char *
tutti_words_effect_value (TuttiEffectKind kind, guint index, int value)
{
  const TuttiEffectValueSpec *spec = tutti_effect_value_spec (kind, index);
  static const struct { const char *unit; double ms; } times[] = { { "ms", 1 }, { "1/10 ms", 0.1 }, { "1/100 ms", 0.01 } };

  if (g_str_has_prefix (spec->unit, "1/100 dB"))
    return tutti_words_gain (value);
  if (g_str_has_prefix (spec->unit, "1/1000 of 20 Hz"))
    return value == 0 && g_str_equal (spec->name, "low-cut") ? g_strdup (C_("low cut", "Off"))
                                                             : tutti_words_param_value (TUTTI_PARAM_CUTOFF, value);
  if (g_str_has_prefix (spec->unit, "0 low"))
    return tutti_words_param_value (TUTTI_PARAM_FILTER_TYPE, value);
  if (g_str_equal (spec->unit, "1/960 quarter"))
    return ticks (value);
  if (g_str_equal (spec->unit, "1/1000 Hz"))
    return g_strdup_printf (_("%.2f Hz"), value / 1000.0);
  if (g_str_equal (spec->name, "balance"))
    return tutti_words_pan (value);
  if (g_str_equal (spec->name, "ratio"))
    /* Translators: of a compressor, "3 : 1" */
    return g_strdup_printf (_("%.3g : 1"), value / 100.0);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    if (g_str_equal (spec->unit, times[i].unit))
      return milliseconds (value * times[i].ms);
  if (g_str_has_prefix (spec->unit, "1/1000"))
    return g_strdup_printf (_("%d %%"), (value + (value < 0 ? -5 : 5)) / 10);
  return g_str_equal (spec->unit, "1/100") ? g_strdup_printf ("%.1f", value / 100.0) : g_strdup_printf ("%d", value);
}
