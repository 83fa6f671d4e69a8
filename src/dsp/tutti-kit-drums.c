/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-tone.h"

/* Kicks, snares, clap, rim and toms. A drum is a sine that falls in pitch (the skin), noise (snares, stick, air) and a
 * little saturation that glues them. */

typedef struct
{
  double rest_hz;               /* where the pitch ends */
  double sweep_hz, sweep_s;     /* above it at first, and how fast that goes (60 dB) */
  double snap_hz, snap_s;       /* a second, quicker sweep: the attack */
  double fall_s;
  double drive;
  double click, click_hz, click_s;
} Skin;

static void
add_skin (TuttiTone *tone, const Skin *skin, uint64_t seed)
{
  ToneNoise noise = tone_noise (seed);
  ToneFilter tip = tone_filter (skin->click_hz, 0.8);
  double sweep = skin->sweep_hz, snap = skin->snap_hz, level = 1.0, click = skin->click, turns = 0.0;
  double sweep_fall = tone_fall (skin->sweep_s), snap_fall = tone_fall (skin->snap_s);
  double fall = tone_fall (skin->fall_s), click_fall = tone_fall (skin->click_s);

  for (uint32_t i = 0; i < tone->n_frames; i++)
    {
      double body = tutti_sin_turns (turns) * level * tone_rise (i, 24);
      double tick = tone_band (&tip, tone_noise_next (&noise)) * click;

      tone->side[0][i] += tone_soft ((body + tick) * skin->drive) / skin->drive;
      turns += (skin->rest_hz + sweep + snap) / TUTTI_RATE;
      turns -= turns >= 1.0 ? 1.0 : 0.0;
      sweep *= sweep_fall;
      snap *= snap_fall;
      level *= fall;
      click *= click_fall;
    }
}

void
tone_tight_kick (TuttiTone *tone)
{
  add_skin (tone, &(Skin) { 49.0, 150.0, 0.16, 1400.0, 0.022, 0.42, 1.9, 0.9, 3600.0, 0.016 }, 1);
}

void
tone_deep_kick (TuttiTone *tone)
{
  add_skin (tone, &(Skin) { 43.0, 70.0, 0.30, 500.0, 0.03, 1.5, 1.4, 0.35, 2200.0, 0.012 }, 2);
}

void
tone_tape_kick (TuttiTone *tone)
{
  ToneFilter tape = tone_filter (3200.0, 0.6), hum = tone_filter (95.0, 0.9);
  ToneNoise hiss = tone_noise (31);
  double level = 0.05, fall = tone_fall (0.5);

  add_skin (tone, &(Skin) { 56.0, 110.0, 0.2, 700.0, 0.03, 0.55, 3.2, 1.2, 1700.0, 0.03 }, 3);
  for (uint32_t i = 0; i < tone->n_frames; i++, level *= fall)
    {
      double x = tone->side[0][i];
      double warm = x + 0.35 * tone_band (&hum, x) + level * tone_noise_next (&hiss);

      tone->side[0][i] = tone_low (&tape, tone_soft (1.6 * warm));
    }
}

void
tone_low_tom (TuttiTone *tone)
{
  add_skin (tone, &(Skin) { 82.0, 46.0, 0.5, 160.0, 0.04, 1.0, 1.5, 0.45, 900.0, 0.05 }, 4);
}

void
tone_mid_tom (TuttiTone *tone)
{
  add_skin (tone, &(Skin) { 118.0, 60.0, 0.42, 200.0, 0.04, 0.8, 1.5, 0.45, 1200.0, 0.045 }, 5);
}

void
tone_high_tom (TuttiTone *tone)
{
  add_skin (tone, &(Skin) { 168.0, 80.0, 0.36, 260.0, 0.04, 0.62, 1.5, 0.45, 1600.0, 0.04 }, 6);
}

typedef struct
{
  double body_hz, body, body_s;
  double wires_low_hz, wires_high_hz, wires, wires_s;
  double stick;                 /* share of the wires' noise in the first milliseconds */
  double drive;
} Snare;

/* Two modes of the skin an inharmonic 1.83 apart, falling a little in pitch, and a band of noise in two decays. */
static void
add_snare (TuttiTone *tone, const Snare *snare, uint64_t seed)
{
  ToneNoise noise = tone_noise (seed);
  ToneFilter above = tone_filter (snare->wires_low_hz, 0.7), below = tone_filter (snare->wires_high_hz, 0.7);
  double turns[2] = { 0.0, 0.25 }, body = snare->body, bend = 1.0, wires = snare->wires, stick = snare->stick;
  double body_fall = tone_fall (snare->body_s), wires_fall = tone_fall (snare->wires_s);
  double stick_fall = tone_fall (0.03), bend_fall = tone_fall (0.06);

  for (uint32_t i = 0; i < tone->n_frames; i++)
    {
      double hz = snare->body_hz * (1.0 + 0.55 * bend);
      double skin = tutti_sin_turns (turns[0]) + 0.55 * tutti_sin_turns (turns[1]) * tone_rise (i, 40);
      double air = tone_low (&below, tone_high (&above, tone_noise_next (&noise)));

      tone->side[0][i] += tone_soft (snare->drive * (skin * body + air * (wires + stick))) * tone_rise (i, 16);
      turns[0] += hz / TUTTI_RATE;
      turns[1] += hz * 1.83 / TUTTI_RATE;
      body *= body_fall;
      wires *= wires_fall;
      stick *= stick_fall;
      bend *= bend_fall;
    }
}

void
tone_dusty_snare (TuttiTone *tone)
{
  ToneFilter tape = tone_filter (6800.0, 0.6);
  ToneNoise dust = tone_noise (77);

  add_snare (tone, &(Snare) { 178.0, 0.75, 0.26, 900.0, 6200.0, 0.95, 0.34, 0.7, 1.5 }, 11);
  for (uint32_t i = 0; i < tone->n_frames; i++)
    {
      /* A few specks of dust under the tail; their level follows it. */
      double speck = tone_noise_next (&dust);
      double gate = speck > 0.9985 ? 0.22 * (1.0 - (double) i / tone->n_frames) : 0.0;

      tone->side[0][i] = tone_low (&tape, tone->side[0][i] + (i < tone->n_frames / 2 ? gate : 0.0));
    }
}

void
tone_crisp_snare (TuttiTone *tone)
{
  add_snare (tone, &(Snare) { 205.0, 0.8, 0.2, 1900.0, 15000.0, 0.85, 0.26, 1.3, 1.8 }, 12);
}

void
tone_brush_snare (TuttiTone *tone)
{
  add_snare (tone, &(Snare) { 190.0, 0.22, 0.2, 1400.0, 9000.0, 0.6, 0.5, 0.25, 1.0 }, 13);
  for (uint32_t i = 0; i < tone->n_frames; i++)
    tone->side[0][i] *= 0.25 + 0.75 * tone_rise (i, tone_frames (0.02));
}

void
tone_room_clap (TuttiTone *tone)
{
  static const double hand_s[5] = { 0.0, 0.0105, 0.0205, 0.0315, 0.0345 };
  ToneNoise noise = tone_noise (21);
  ToneFilter palm = tone_filter (1150.0, 1.3), air = tone_filter (2600.0, 0.9);
  double fall = tone_fall (0.035), room = 0.0, room_fall = tone_fall (0.42), level = 0.0;
  unsigned hand = 0;

  for (uint32_t i = 0; i < tone->n_frames; i++)
    {
      double x = tone_noise_next (&noise);

      if (hand < 5 && i == tone_frames (hand_s[hand]))
        {
          level = hand == 4 ? 0.9 : 1.0 - 0.12 * hand;
          room = hand == 4 ? 0.32 : room;
          hand++;
        }
      double y = (tone_band (&palm, x) * 1.5 + tone_band (&air, x) * 0.6) * (level + room);
      tone->side[0][i] = tone_soft (1.3 * y);
      level *= fall;
      room *= room_fall;
    }
}

void
tone_wood_rim (TuttiTone *tone)
{
  ToneMode mode[4] = { tone_mode (478.0, 0.07, 0.5, 0.0), tone_mode (1690.0, 0.055, 0.9, 0.1),
                       tone_mode (2470.0, 0.04, 0.6, 0.0), tone_mode (4130.0, 0.02, 0.3, 0.2) };
  ToneNoise noise = tone_noise (22);
  ToneFilter tip = tone_filter (5200.0, 0.8);
  double click = 0.8, fall = tone_fall (0.008);

  for (uint32_t i = 0; i < tone->n_frames; i++, click *= fall)
    {
      double x = tone_band (&tip, tone_noise_next (&noise)) * click;

      for (int m = 0; m < 4; m++)
        x += tone_mode_next (&mode[m]);
      tone->side[0][i] = tone_soft (1.4 * x) * tone_rise (i, 8);
    }
}
