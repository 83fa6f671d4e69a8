/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-kit.h"

#include <glib.h>
#include <math.h>
#include <string.h>

static double
db (double x)
{
  return 20.0 * log10 (fabs (x) + 1e-12);
}

/* Audible, no offset, no clipping, begins and ends silent. */
static void
check_shape (const TuttiKitSound *kit, const TuttiSample *sample)
{
  for (unsigned c = 0; c < sample->n_channels; c++)
    {
      double sum = 0, energy = 0, peak = 0;

      for (guint32 i = 0; i < sample->n_frames; i++)
        {
          double x = tutti_sample_frame (sample, c, i);

          sum += x;
          energy += x * x;
          peak = MAX (peak, fabs (x));
        }
      g_assert_cmpfloat (db (peak), <, -2.9);
      g_assert_cmpfloat (db (peak), >, -9.0);
      g_assert_cmpfloat (db (sum / sample->n_frames), <, -60.0);
      g_assert_cmpfloat (10.0 * log10 (energy / sample->n_frames), >, -40.0);
      g_assert_cmpfloat (db (tutti_sample_frame (sample, c, 0)), <, -20.0);
      g_assert_cmpfloat (db (tutti_sample_frame (sample, c, sample->n_frames - 1)), <, -80.0);
      for (guint32 i = sample->n_frames - 20; i < sample->n_frames; i++)
        g_assert_cmpfloat (db (tutti_sample_frame (sample, c, i)), <, -60.0);
    }
}

/* Centre of the energy within 60 cents around the root, in cents beside it: a Hann-windowed transform on a fine grid. */
static double
cents_off (const TuttiSample *sample, double root_hz)
{
  guint32 n = MIN (sample->n_frames, 2 * TUTTI_RATE);
  double weight = 0, centre = 0;

  for (int cents = -60; cents <= 60; cents += 2)
    {
      double w = 2.0 * M_PI * root_hz * exp2 (cents / 1200.0) / TUTTI_RATE, re = 0, im = 0;
      double a = cos (w), b = sin (w), c = 1, s = 0;

      for (guint32 i = 0; i < n; i++)
        {
          double y = tutti_sample_frame (sample, 0, i) * (0.5 - 0.5 * cos (2.0 * M_PI * i / n)), next = a * c - b * s;
          re += y * c;
          im += y * s;
          s = b * c + a * s;
          c = next;
        }
      weight += re * re + im * im;
      centre += (re * re + im * im) * cents;
    }
  return centre / weight;
}

static void
test_sound (gconstpointer data)
{
  unsigned i = GPOINTER_TO_UINT (data);
  const TuttiKitSound *kit = tutti_kit_get (i);
  TuttiSample *sample = tutti_kit_make (i);

  g_assert_nonnull (sample);
  check_shape (kit, sample);
  if (kit->pitched)
    {
      double off = cents_off (sample, 440.0 * exp2 ((kit->root_note - 69) / 12.0));

      g_test_message ("%s: %.2f cents off", kit->id, off);
      g_assert_cmpfloat (fabs (off), <, 5.0);
    }
  tutti_sample_free (sample);
}

static void
test_catalogue (void)
{
  static const char *const first[] = { "tight-kick", "dusty-snare", "paper-hats", "room-clap", "wood-rim",
                                       "rubber-bass", "felt-keys", "glass-bells" };

  g_assert_cmpuint (tutti_kit_count (), >=, 24);
  for (int i = 0; i < (int) G_N_ELEMENTS (first); i++)
    g_assert_cmpint (tutti_kit_find (first[i]), ==, i);
  for (unsigned i = 0; i < tutti_kit_count (); i++)
    {
      const TuttiKitSound *kit = tutti_kit_get (i);

      g_assert_cmpint (tutti_kit_find (kit->id), ==, (int) i);
      g_assert_cmpuint (strspn (kit->id, "abcdefghijklmnopqrstuvwxyz-"), ==, strlen (kit->id));
      g_assert_cmpint (kit->root_note, >=, 24);
      g_assert_cmpint (kit->level, <=, 0);
      g_assert_cmpint (kit->release_ms, >, 0);
    }
  g_assert_cmpint (tutti_kit_find ("no-such-sound"), ==, -1);
  g_assert_null (tutti_kit_get (tutti_kit_count ()));
  g_assert_null (tutti_kit_make (tutti_kit_count ()));
  g_assert_cmpuint (tutti_kit_get ((unsigned) tutti_kit_find ("paper-hats"))->choke_group, ==,
                    tutti_kit_get ((unsigned) tutti_kit_find ("open-hats"))->choke_group);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dsp/kit/catalogue", test_catalogue);
  for (unsigned i = 0; i < tutti_kit_count (); i++)
    {
      g_autofree char *path = g_strdup_printf ("/dsp/kit/%s", tutti_kit_get (i)->id);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_sound);
    }
  return g_test_run ();
}
