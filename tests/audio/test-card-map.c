/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-card-map.h"

#include <math.h>

#define MS     G_GINT64_CONSTANT (1000000)
#define SECOND G_GINT64_CONSTANT (1000000000)
#define TICK   (10 * MS)

/* A made-up card: card = (monotonic − start)·(1 + ppm) + shift, read with noise. */
typedef struct
{
  TuttiCardMap *map;
  GRand *rand;
  double ppm;
  double noise_us;
  gint64 now_ns;
  gint64 shift_ns;
} Card;

static Card
card_new (TuttiCardKind kind, double ppm, double noise_us)
{
  guint32 seed = g_test_rand_int ();

  g_test_message ("seed %u", seed);
  return (Card) { tutti_card_map_new (kind), g_rand_new_with_seed (seed), ppm, noise_us, 5000 * SECOND, 0 };
}

static void
card_clear (Card *card)
{
  tutti_card_map_free (card->map);
  g_rand_free (card->rand);
}

static gint64
card_at (const Card *card, gint64 monotonic_ns)
{
  gint64 since = monotonic_ns - 5000 * SECOND;

  return since + llrint ((double) since * card->ppm * 1e-6) + card->shift_ns + SECOND;
}

static TuttiCardResult
read_once (Card *card)
{
  gint64 noise = (gint64) (card->noise_us * 1e3 * g_rand_double_range (card->rand, -1, 1));

  card->now_ns += TICK;
  return tutti_card_map_add (card->map, card_at (card, card->now_ns) + noise, card->now_ns);
}

static void
read_for (Card *card, double seconds)
{
  for (guint i = 0; i < (guint) (seconds * 100); i++)
    read_once (card);
}

/* How far the map is off, in µs, for a sample heard 50 ms from now. */
static double
error_us (const Card *card)
{
  TuttiCardLine line;
  gint64 heard = card->now_ns + 50 * MS;

  g_assert_true (tutti_card_map_get_line (card->map, &line));
  return fabs ((double) (tutti_card_line_to_monotonic (&line, card_at (card, heard)) - heard)) / 1e3;
}

static guint64
resets (const Card *card)
{
  TuttiCardLine line;

  g_assert_true (tutti_card_map_get_line (card->map, &line));
  return line.resets;
}

static void
test_drift (void)
{
  for (double ppm = -450; ppm <= 450; ppm += 150)
    {
      Card card = card_new (TUTTI_CARD_STOPS, ppm, 200);
      TuttiCardLine line;

      read_for (&card, 20);
      g_assert_cmpfloat (error_us (&card), <, 80);
      tutti_card_map_get_line (card.map, &line);
      g_assert_cmpfloat (fabs (line.slope * 1e6 - ppm), <, 30);
      g_assert_cmpuint (line.resets, ==, 1);
      card_clear (&card);
    }
}

static void
test_slope_is_bounded (void)
{
  Card card = card_new (TUTTI_CARD_SERVER, 5000, 10);
  TuttiCardLine line;

  for (guint i = 0; i < 1000; i++)
    {
      read_once (&card);
      if (tutti_card_map_get_line (card.map, &line))
        g_assert_cmpfloat (fabs (line.slope), <=, 500e-6);
    }
  card_clear (&card);
}

static void
test_nothing_before_three_agree (void)
{
  Card card = card_new (TUTTI_CARD_STOPS, 0, 0);
  TuttiCardLine line;

  for (guint i = 0; i < 50; i++)     /* the clock of a stream that has not begun stands still */
    {
      card.now_ns += TICK;
      g_assert_cmpint (tutti_card_map_add (card.map, SECOND, card.now_ns), ==, TUTTI_CARD_IGNORED);
      g_assert_false (tutti_card_map_get_line (card.map, &line));
    }
  read_once (&card);
  read_once (&card);
  g_assert_cmpint (read_once (&card), ==, TUTTI_CARD_RESET);
  card_clear (&card);
}

/* An underrun of 2 ms on a card that stops is seen within three readings; the slope is kept. */
static void
test_underrun_of_a_card (void)
{
  Card card = card_new (TUTTI_CARD_STOPS, 120, 150);
  TuttiCardLine line;

  read_for (&card, 20);
  card.shift_ns -= 2 * MS;
  read_for (&card, 0.05);
  g_assert_cmpuint (resets (&card), ==, 2);
  tutti_card_map_get_line (card.map, &line);
  g_assert_cmpfloat (fabs (line.slope * 1e6 - 120), <, 30);
  read_for (&card, 2);
  g_assert_cmpfloat (error_us (&card), <, 80);
  card_clear (&card);
}

static void
test_stray_readings (void)
{
  Card card = card_new (TUTTI_CARD_STOPS, -80, 150);

  read_for (&card, 10);
  for (guint i = 0; i < 200; i++)
    {
      card.now_ns += TICK;
      if (i % 3 != 0)
        {
          gint64 stray = (gint64) g_rand_double_range (card.rand, 2e6, 200e6);
          g_assert_cmpint (tutti_card_map_add (card.map, card_at (&card, card.now_ns) - stray, card.now_ns), ==, TUTTI_CARD_IGNORED);
        }
      else
        tutti_card_map_add (card.map, card_at (&card, card.now_ns), card.now_ns);
    }
  g_assert_cmpuint (resets (&card), ==, 1);
  g_assert_cmpfloat (error_us (&card), <, 80);
  card_clear (&card);
}

/* A server's clock that lies for ten seconds after a hold-up is not followed; one that is 40 ms off is. */
static void
test_server_lies (void)
{
  Card card = card_new (TUTTI_CARD_SERVER, 60, 40);
  gint64 truth;

  read_for (&card, 20);
  tutti_card_map_disturbed (card.map, card.now_ns);
  card.shift_ns += 9 * MS;
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpint (read_once (&card), ==, TUTTI_CARD_IGNORED);
  card.shift_ns -= 9 * MS;
  g_assert_cmpfloat (error_us (&card), <, 200);
  read_for (&card, 10);
  g_assert_cmpuint (resets (&card), ==, 1);

  tutti_card_map_disturbed (card.map, card.now_ns);
  truth = card.shift_ns += 40 * MS;
  read_for (&card, 0.03);
  g_assert_cmpuint (resets (&card), ==, 2);
  g_assert_cmpint (truth, ==, card.shift_ns);
  g_assert_cmpfloat (error_us (&card), <, 200);
  card_clear (&card);
}

/* A clock that saws by ±3 ms (PipeWire's answer to PulseAudio's question): a median, restarted when it moved for good. */
static void
test_coarse_server (void)
{
  Card card = card_new (TUTTI_CARD_SERVER, 0, 3000);
  TuttiCardLine line;

  read_for (&card, 12);
  g_assert_true (tutti_card_map_is_coarse (card.map));
  g_assert_cmpfloat (error_us (&card), <, 700);
  card.shift_ns += 8 * MS;
  read_for (&card, 1.5);
  g_assert_cmpuint (resets (&card), >=, 2);
  g_assert_cmpfloat (error_us (&card), <, 2000);
  read_for (&card, 8);
  g_assert_cmpfloat (error_us (&card), <, 700);
  tutti_card_map_drop (card.map);
  g_assert_false (tutti_card_map_get_line (card.map, &line));
  g_assert_false (tutti_card_map_is_coarse (card.map));
  card_clear (&card);
}

/* After a pause the crystal is known: right to 0.2 ms from the third reading on. */
static void
test_drop_keeps_the_slope (void)
{
  Card card = card_new (TUTTI_CARD_STOPS, 300, 100);

  read_for (&card, 10);
  tutti_card_map_drop (card.map);
  card.now_ns += 60 * SECOND;
  card.shift_ns = -30 * SECOND;
  read_for (&card, 0.04);
  g_assert_cmpfloat (error_us (&card), <, 200);
  card_clear (&card);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card-map/drift", test_drift);
  g_test_add_func ("/card-map/slope-is-bounded", test_slope_is_bounded);
  g_test_add_func ("/card-map/nothing-before-three-agree", test_nothing_before_three_agree);
  g_test_add_func ("/card-map/underrun-of-a-card", test_underrun_of_a_card);
  g_test_add_func ("/card-map/stray-readings", test_stray_readings);
  g_test_add_func ("/card-map/server-lies", test_server_lies);
  g_test_add_func ("/card-map/coarse-server", test_coarse_server);
  g_test_add_func ("/card-map/drop-keeps-the-slope", test_drop_keeps_the_slope);
  return g_test_run ();
}
