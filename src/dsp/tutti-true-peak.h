/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What lies between the samples: the sound at four times the rate, by the filter of ITU-R BS.1770-4, annex 2. Two of its four
 * phases; the other two are these mirrored. The first tap belongs to the newest frame. */
#define TUTTI_TRUE_PEAK_TAPS 12
/* No interpolated value is more than so many times the largest sample. */
#define TUTTI_TRUE_PEAK_OVERSHOOT 2.05f

static const float tutti_true_peak_taps[2][TUTTI_TRUE_PEAK_TAPS] = {
  { 0.0017089843750f, 0.0109863281250f, -0.0196533203125f, 0.0332031250000f, -0.0594482421875f, 0.1373291015625f,
    0.9721679687500f, -0.1022949218750f, 0.0476074218750f, -0.0266113281250f, 0.0148925781250f, -0.0083007812500f },
  { -0.0291748046875f, 0.0292968750000f, -0.0517578125000f, 0.0891113281250f, -0.1665039062500f, 0.4650878906250f,
    0.7797851562500f, -0.2003173828125f, 0.1015625000000f, -0.0582275390625f, 0.0330810546875f, -0.0189208984375f },
};
