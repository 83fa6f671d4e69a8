/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-card-map.h"

#include <math.h>
#include <string.h>

/* Rules and constants as measured (DESIGN §5a.3, CLOCK-FACTS-2 §6 and §7). */
#define MAX_READINGS     1024
#define WINDOW_NS        (5 * G_GINT64_CONSTANT (1000000000))
#define COARSE_MAX_NS    (8 * G_GINT64_CONSTANT (1000000000))
#define COARSE_HALF_NS   (500 * G_GINT64_CONSTANT (1000000))
#define COARSE_OFF_NS    2.5e6
#define COARSE_NOISE_NS  0.5e6
#define COARSE_AFTER     100           /* readings: a second of noise decides */
#define COARSE_EVERY     5             /* the median is sorted out every 50 ms */
#define SLOPE_MAX        500e-6
#define FAR_NS           30e6
#define NEAR_NS          1e6
#define FAR_AGREE_NS     3e6
#define NEAR_AGREE_NS    1e6
#define SIGMAS           6.0
#define AGREEING         3
#define NEVER_AGREEING   100           /* a second of contradictions: then anything new is better than what is known wrong */
#define LIES_FOR_NS      (15 * G_GINT64_CONSTANT (1000000000))
#define READING_NOISE_NS 150e3         /* taken for the prior's weight; a card's delay is known to about a period's jitter */
#define SLOPE_PRIOR      100e-6        /* a crystal nobody has measured yet */
#define SLOPE_MET        20e-6         /* known from some seconds */
#define SLOPE_KNOWN      5e-6          /* known from half a minute; a server's clock wanders by 100 ppm over five seconds */
#define MARK_EVERY_NS    (1 * G_GINT64_CONSTANT (1000000000))
#define MARKS            64
#define MARKS_MET        10
#define MARKS_KNOWN      30
#define LEARNED_AFTER_NS (3 * G_GINT64_CONSTANT (1000000000))

typedef struct
{
  gint64 card_ns;
  gint64 monotonic_ns;
} Reading;

struct _TuttiCardMap
{
  TuttiCardKind kind;
  Reading ring[MAX_READINGS];
  guint first;
  guint n;

  Reading suspects[AGREEING];
  guint n_suspects;
  guint n_off;                 /* readings off in a row */
  gint64 lies_until_ns;        /* G_MININT64 = believed */

  gboolean has_line;
  TuttiCardLine line;
  double noise_ns;
  double prior_slope;
  double prior_sigma;
  Reading marks[MARKS];        /* the line once a second since the last reset: a minute tells the crystal from the wandering */
  guint n_marks;

  gboolean coarse;
  guint noisy;                 /* readings in a row with more noise than a regression can use */
  guint since_median;
  gint64 off_since_ns;         /* coarse: since when the newest half second is off; 0 = it is not */
};

gint64
tutti_card_line_to_monotonic (const TuttiCardLine *line, gint64 card_ns)
{
  gint64 distance = card_ns - line->card_ns;

  return line->monotonic_ns + distance - llrint ((double) distance * (line->slope / (1.0 + line->slope)));
}

gint64
tutti_card_line_to_card (const TuttiCardLine *line, gint64 monotonic_ns)
{
  gint64 distance = monotonic_ns - line->monotonic_ns;

  return line->card_ns + distance + llrint ((double) distance * line->slope);
}

TuttiCardMap *
tutti_card_map_new (TuttiCardKind kind)
{
  TuttiCardMap *map = g_new0 (TuttiCardMap, 1);

  map->kind = kind;
  map->prior_sigma = SLOPE_PRIOR;
  map->lies_until_ns = G_MININT64;
  return map;
}

void
tutti_card_map_free (TuttiCardMap *map)
{
  g_free (map);
}

static const Reading *
nth (const TuttiCardMap *map, guint i)
{
  return &map->ring[(map->first + i) % MAX_READINGS];
}

static const Reading *
newest (const TuttiCardMap *map)
{
  return nth (map, map->n - 1);
}

static double
miss (const TuttiCardMap *map, const Reading *reading)
{
  return (double) (reading->card_ns - tutti_card_line_to_card (&map->line, reading->monotonic_ns));
}

static void
push (TuttiCardMap *map, const Reading *reading)
{
  gint64 window_ns = map->coarse ? COARSE_MAX_NS : WINDOW_NS;

  while (map->n > 0 && (map->n == MAX_READINGS || reading->monotonic_ns - nth (map, 0)->monotonic_ns > window_ns))
    {
      map->first = (map->first + 1) % MAX_READINGS;
      map->n--;
    }
  map->ring[(map->first + map->n++) % MAX_READINGS] = *reading;
}

/* Least squares around the newest reading, with what is known of the crystal as a prior on the slope. */
static void
regress (TuttiCardMap *map)
{
  const Reading *last = newest (map);
  double trust = READING_NOISE_NS / map->prior_sigma, s = map->n, sx = 0, sy = 0, sxx = trust * trust;
  double sxy = trust * trust * map->prior_slope, squares = 0;

  for (guint i = 0; i < map->n; i++)
    {
      double x = (double) (nth (map, i)->monotonic_ns - last->monotonic_ns);
      double y = (double) (nth (map, i)->card_ns - last->card_ns) - x;

      sx += x;
      sy += y;
      sxx += x * x;
      sxy += x * y;
    }
  double slope = CLAMP ((s * sxy - sx * sy) / (s * sxx - sx * sx), -SLOPE_MAX, SLOPE_MAX);
  double offset = (sy - slope * sx) / s;

  for (guint i = 0; i < map->n; i++)
    {
      double x = (double) (nth (map, i)->monotonic_ns - last->monotonic_ns);
      double off = (double) (nth (map, i)->card_ns - last->card_ns) - x - offset - slope * x;
      squares += off * off;
    }
  map->noise_ns = sqrt (squares / s);
  map->line.monotonic_ns = last->monotonic_ns;
  map->line.card_ns = last->card_ns + llrint (offset);
  map->line.slope = slope;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The median of card − monotonic over the newest `span_ns`, relative to the newest reading. */
static double
median_since (const TuttiCardMap *map, gint64 span_ns)
{
  double values[MAX_READINGS];
  const Reading *last = newest (map);
  guint n = 0;

  for (guint i = map->n; i > 0 && last->monotonic_ns - nth (map, i - 1)->monotonic_ns <= span_ns; i--)
    values[n++] = (double) (nth (map, i - 1)->card_ns - last->card_ns) -
                  (double) (nth (map, i - 1)->monotonic_ns - last->monotonic_ns);
  qsort (values, n, sizeof values[0], compare_doubles);
  return n % 2 ? values[n / 2] : (values[n / 2] + values[n / 2 - 1]) / 2;
}

/* The newest half second is elsewhere for half a second: forget what was before it. */
static gboolean
restart_median (TuttiCardMap *map, double all, double half, gint64 now_ns)
{
  if (fabs (all - half) <= COARSE_OFF_NS)
    {
      map->off_since_ns = 0;
      return FALSE;
    }
  if (map->off_since_ns == 0)
    map->off_since_ns = now_ns;
  if (now_ns - map->off_since_ns < COARSE_HALF_NS)
    return FALSE;
  while (map->n > 1 && now_ns - nth (map, 0)->monotonic_ns > COARSE_HALF_NS)
    {
      map->first = (map->first + 1) % MAX_READINGS;
      map->n--;
    }
  map->off_since_ns = 0;
  map->line.resets++;
  return TRUE;
}

static TuttiCardResult
take_median (TuttiCardMap *map)
{
  const Reading *last = newest (map);
  double all, half;
  gboolean restarted;

  if (map->since_median++ % COARSE_EVERY != 0)
    return TUTTI_CARD_KEPT;
  all = median_since (map, COARSE_MAX_NS);
  half = median_since (map, COARSE_HALF_NS);
  restarted = restart_median (map, all, half, last->monotonic_ns);
  map->line.monotonic_ns = last->monotonic_ns;
  map->line.card_ns = last->card_ns + llrint (restarted ? half : all);
  map->line.slope = 0;
  return restarted ? TUTTI_CARD_RESET : TUTTI_CARD_KEPT;
}

/* The slope over the marks becomes what the next seconds lean on. */
static void
learn_from_marks (TuttiCardMap *map)
{
  const Reading *last = &map->marks[(map->n_marks - 1) % MARKS];
  guint n = MIN (map->n_marks, MARKS);
  double sx = 0, sy = 0, sxx = 0, sxy = 0;

  if (n < MARKS_MET)
    return;
  for (guint i = 0; i < n; i++)
    {
      double x = (double) (map->marks[i].monotonic_ns - last->monotonic_ns);
      double y = (double) (map->marks[i].card_ns - last->card_ns) - x;

      sx += x;
      sy += y;
      sxx += x * x;
      sxy += x * y;
    }
  map->prior_slope = CLAMP ((n * sxy - sx * sy) / (n * sxx - sx * sx), -SLOPE_MAX, SLOPE_MAX);
  map->prior_sigma = n >= MARKS_KNOWN ? SLOPE_KNOWN : SLOPE_MET;
}

static void
mark (TuttiCardMap *map)
{
  if (map->n_marks > 0 && map->line.monotonic_ns - map->marks[(map->n_marks - 1) % MARKS].monotonic_ns < MARK_EVERY_NS)
    return;
  map->marks[map->n_marks++ % MARKS] = (Reading) { map->line.card_ns, map->line.monotonic_ns };
  learn_from_marks (map);
}

/* Before a reset or a pause: what was a few seconds' slope is still better than none. */
static void
learn_slope (TuttiCardMap *map)
{
  if (!map->coarse && map->has_line && map->n > 0 && map->n_marks < MARKS_MET && map->prior_sigma > SLOPE_MET &&
      newest (map)->monotonic_ns - nth (map, 0)->monotonic_ns >= LEARNED_AFTER_NS)
    {
      map->prior_slope = map->line.slope;
      map->prior_sigma = SLOPE_MET;
    }
  map->n_marks = 0;
}

static void
start_from_suspects (TuttiCardMap *map)
{
  learn_slope (map);
  map->first = map->n = 0;
  for (guint i = 0; i < map->n_suspects; i++)
    push (map, &map->suspects[i]);
  map->n_suspects = map->n_off = 0;
  map->lies_until_ns = G_MININT64;
  map->off_since_ns = 0;
  map->noisy = map->since_median = 0;
  map->line.resets++;
  regress (map);
  map->has_line = TRUE;
}

/* All suspects lie on one line of the known slope: the clock runs, somewhere else. One that stands still never agrees with itself. */
static gboolean
suspects_agree (const TuttiCardMap *map, double within_ns)
{
  double least = 0, most = 0;

  for (guint i = 1; i < map->n_suspects; i++)
    {
      double x = (double) (map->suspects[i].monotonic_ns - map->suspects[0].monotonic_ns);
      double off = (double) (map->suspects[i].card_ns - map->suspects[0].card_ns) - x * (1.0 + map->prior_slope);

      least = MIN (least, off);
      most = MAX (most, off);
    }
  return map->n_suspects == AGREEING && most - least <= within_ns;
}

static TuttiCardResult
suspect (TuttiCardMap *map, const Reading *reading, double agree_ns)
{
  if (map->n_suspects == AGREEING)
    memmove (&map->suspects[0], &map->suspects[1], (AGREEING - 1) * sizeof map->suspects[0]);
  else
    map->n_suspects++;
  map->suspects[map->n_suspects - 1] = *reading;
  map->n_off++;
  if (!suspects_agree (map, agree_ns) && !(map->has_line && map->n_off >= NEVER_AGREEING))
    return TUTTI_CARD_IGNORED;
  start_from_suspects (map);
  return TUTTI_CARD_RESET;
}

static gboolean
lies (const TuttiCardMap *map, gint64 now_ns)
{
  return map->kind == TUTTI_CARD_SERVER && now_ns < map->lies_until_ns;
}

/* Coarse clocks are known by their noise, not by their name: PipeWire answers to PulseAudio's. */
static void
judge_noise (TuttiCardMap *map)
{
  map->noisy = map->noise_ns > COARSE_NOISE_NS ? map->noisy + 1 : 0;
  if (map->kind == TUTTI_CARD_SERVER && map->noisy >= COARSE_AFTER)
    {
      map->coarse = TRUE;
      map->since_median = 0;
    }
}

TuttiCardResult
tutti_card_map_add (TuttiCardMap *map, gint64 card_ns, gint64 monotonic_ns)
{
  Reading reading = { card_ns, monotonic_ns };
  double off;

  if (!map->has_line)
    return suspect (map, &reading, map->kind == TUTTI_CARD_STOPS ? NEAR_AGREE_NS : FAR_AGREE_NS);
  off = fabs (miss (map, &reading));
  if (off > FAR_NS)
    return suspect (map, &reading, FAR_AGREE_NS);
  if (map->kind == TUTTI_CARD_STOPS && off > MAX (NEAR_NS, SIGMAS * map->noise_ns))
    return suspect (map, &reading, NEAR_AGREE_NS);
  map->n_suspects = map->n_off = 0;
  if (lies (map, monotonic_ns))
    return TUTTI_CARD_IGNORED;
  push (map, &reading);
  if (map->coarse)
    return take_median (map);
  regress (map);
  mark (map);
  judge_noise (map);
  return TUTTI_CARD_KEPT;
}

/* Holding on to a line that is hardly known yet would be worse than any lie: streams often begin with an underflow. */
void
tutti_card_map_disturbed (TuttiCardMap *map, gint64 monotonic_ns)
{
  if (map->n > 0 && newest (map)->monotonic_ns - nth (map, 0)->monotonic_ns >= LEARNED_AFTER_NS)
    {
      map->lies_until_ns = monotonic_ns + LIES_FOR_NS;
      if (map->prior_sigma < SLOPE_PRIOR)
        map->line.slope = map->prior_slope;
    }
}

void
tutti_card_map_drop (TuttiCardMap *map)
{
  learn_slope (map);
  map->first = map->n = 0;
  map->n_suspects = map->n_off = map->noisy = 0;
  map->lies_until_ns = G_MININT64;
  map->has_line = FALSE;
  map->coarse = FALSE;
  map->off_since_ns = 0;
}

gboolean
tutti_card_map_get_line (const TuttiCardMap *map, TuttiCardLine *line)
{
  if (!map->has_line)
    return FALSE;
  *line = map->line;
  return TRUE;
}

double
tutti_card_map_get_noise_ns (const TuttiCardMap *map)
{
  return map->noise_ns;
}

gboolean
tutti_card_map_is_coarse (const TuttiCardMap *map)
{
  return map->coarse;
}
