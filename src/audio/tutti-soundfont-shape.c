/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-soundfont-shape.h"

#include <math.h>

#define SILENT_CB 960.0
#define CLICK_FRAMES 240                /* of the fade at the end of what does not end by itself */

double
tutti_soundfont_seconds (int timecents)
{
  return timecents <= -12000 ? 0.0 : exp2 (timecents / 1200.0);
}

double
tutti_soundfont_hertz (double cents)
{
  return 8.175798915643707 * exp2 (cents / 1200.0);
}

/* Two poles, as the standard's "biquad": R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients". */
void
tutti_soundfont_filter (const TuttiSoundFontRegion *region, double cents, float *frames, gsize n)
{
  double hertz = tutti_soundfont_hertz (region->values[TUTTI_SF_CUTOFF] - cents), w, alpha, cosine, b, a0;
  double x1 = 0.0, x2 = 0.0, y1 = 0.0, y2 = 0.0;

  if (region->values[TUTTI_SF_CUTOFF] >= TUTTI_SOUNDFONT_OPEN || hertz > 0.45 * TUTTI_SOUND_RATE)
    return;
  w = 2.0 * G_PI * hertz / TUTTI_SOUND_RATE;
  cosine = cos (w);
  alpha = sin (w) / (2.0 * G_SQRT2 / 2.0 * pow (10.0, region->values[TUTTI_SF_Q] / 200.0));
  b = (1.0 - cosine) / 2.0;
  a0 = 1.0 + alpha;
  for (gsize i = 0; i < n; i++)
    {
      double x = (double) frames[i], y = (b * (x + 2.0 * x1 + x2) + 2.0 * cosine * y1 - (1.0 - alpha) * y2) / a0;

      x2 = x1, x1 = x, y2 = y1, y1 = y;
      frames[i] = (float) y;
    }
}

/* Loudness at @t seconds after the beginning. */
static double
loudness_at (const int *values, double t)
{
  double attack = tutti_soundfont_seconds (values[TUTTI_SF_ATTACK]), decay = tutti_soundfont_seconds (values[TUTTI_SF_DECAY]), fall;

  if (t < attack)
    return t / attack;
  t -= attack + tutti_soundfont_seconds (values[TUTTI_SF_HOLD]);
  /* 100 dB in the time of the decay, until the level that stays is reached. */
  fall = t <= 0.0 ? 0.0 : decay > 0.0 ? MIN (1000.0 * t / decay, values[TUTTI_SF_SUSTAIN]) : values[TUTTI_SF_SUSTAIN];
  return fall >= SILENT_CB ? 0.0 : pow (10.0, -fall / 200.0);
}

void
tutti_soundfont_fade (const TuttiSoundFontRegion *region, double speed, gboolean goes_on, float *frames, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      double level = loudness_at (region->values, (double) i / (TUTTI_SOUND_RATE * speed));

      if (goes_on && n - i < CLICK_FRAMES)
        level *= (double) (n - i) / CLICK_FRAMES;
      frames[i] *= (float) level;
    }
}

double
tutti_soundfont_fade_seconds (const TuttiSoundFontRegion *region)
{
  const int *values = region->values;
  double end = tutti_soundfont_seconds (values[TUTTI_SF_ATTACK]) + tutti_soundfont_seconds (values[TUTTI_SF_HOLD]);

  if (values[TUTTI_SF_SUSTAIN] < SILENT_CB)
    return INFINITY;
  return end + tutti_soundfont_seconds (values[TUTTI_SF_DECAY]) * SILENT_CB / 1000.0 + 0.001;
}
