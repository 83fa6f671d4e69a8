/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-clock-fit.h"

#include <math.h>

/* Start values measured in the trials (DESIGN §5a): a longer memory follows a warming crystal too slowly. */
#define WINDOW_NS        (60 * G_GINT64_CONSTANT (1000000000))
#define AGE_CONSTANT_NS  30e9
#define FLOOR_NS         30e3          /* what scheduling alone does to an exchange without any queue */
#define RATE_PRIOR       100e-6        /* crystals; 50 ppm hurt the fast ones, 200 ppm the first seconds */
#define OUTLIER_NS       5000000
#define OUTLIERS_IN_ROW  3
#define YOUNG_SERVER     32            /* its first observations could pull the line by half a round trip */
#define MAX_OBSERVATIONS 2048
#define MAX_RTT_NS       (10 * G_GINT64_CONSTANT (1000000000))
#define GROUPS           14
#define FORMER_SERVERS   4

typedef struct
{
  gint64 local_ns;
  gint64 ahead_ns;             /* remote − local, relative to the fit's base */
  gint64 rtt_ns;
  double young_ns;             /* extra doubt of a new server's first observations */
  guint server;
} Observation;

/* The fastest request of a stretch paired with its fastest reply: an exchange that never happened but has less queueing in it
 * than any that did. Requests and replies queue independently, so with n exchanges the best single round trip converges like
 * 1/√n and the best pair like 1/n. (The one-way envelopes: Moon, Skelly, Towsley, INFOCOM 1999.) */
typedef struct
{
  double time_ns;              /* relative to the newest observation, ≤ 0 */
  double ahead_ns;
  double rtt_ns;
  double young_ns;
  guint server;
} Pair;

struct _TuttiClockFit
{
  Observation ring[MAX_OBSERVATIONS];
  guint first;
  guint n;

  gint64 base_ahead_ns;        /* remote − local of the very first observation: differences stay small numbers */
  gboolean has_server;
  guint server;
  guint server_count;          /* observations of that server, counted up to YOUNG_SERVER */
  gboolean server_is_new;      /* it joined a line that already existed */
  struct
  {
    guint server;
    double rtt_min_ns;
  } former[FORMER_SERVERS];    /* how well their last observations must be judged while they leave the window */
  guint n_former;
  guint outliers;

  gboolean frozen;
  TuttiClockLine line;
  double error_ns;
  double rtt_min_ns;
  gint64 rtt_ns;
  guint restarts;
};

gint64
tutti_clock_line_to_host (const TuttiClockLine *line, gint64 local_ns)
{
  gint64 distance = local_ns - line->local_ns;

  return line->host_ns + distance + (gint64) llrint ((double) distance * line->rate);
}

gint64
tutti_clock_line_to_local (const TuttiClockLine *line, gint64 host_ns)
{
  gint64 distance = host_ns - line->host_ns;

  return line->local_ns + distance - (gint64) llrint ((double) distance * (line->rate / (1.0 + line->rate)));
}

TuttiClockFit *
tutti_clock_fit_new (void)
{
  return g_new0 (TuttiClockFit, 1);
}

void
tutti_clock_fit_free (TuttiClockFit *fit)
{
  g_free (fit);
}

void
tutti_clock_fit_reset (TuttiClockFit *fit)
{
  fit->first = fit->n = 0;
  fit->has_server = FALSE;
  fit->server_count = 0;
  fit->n_former = 0;
  fit->outliers = 0;
  fit->frozen = FALSE;
  fit->line = (TuttiClockLine) { 0 };
  fit->error_ns = 0;
}

static const Observation *
nth (const TuttiClockFit *fit, guint i)
{
  return &fit->ring[(fit->first + i) % MAX_OBSERVATIONS];
}

static void
forget_old (TuttiClockFit *fit, gint64 now_ns)
{
  while (fit->n > 0 && (fit->n == MAX_OBSERVATIONS || now_ns - nth (fit, 0)->local_ns > WINDOW_NS))
    {
      fit->first = (fit->first + 1) % MAX_OBSERVATIONS;
      fit->n--;
    }
}

/* Closes a stretch of observations [from, to) of one server into its best pair, levelled by the rate known so far. */
static Pair
pair_up (const TuttiClockFit *fit, guint from, guint to, gint64 now_ns, double rate)
{
  double centre = 0, request = G_MAXDOUBLE, reply = G_MAXDOUBLE, young = G_MAXDOUBLE;

  for (guint i = from; i < to; i++)
    centre += (double) (nth (fit, i)->local_ns - now_ns) / (to - from);
  for (guint i = from; i < to; i++)
    {
      const Observation *seen = nth (fit, i);
      double ahead = (double) seen->ahead_ns - rate * ((double) (seen->local_ns - now_ns) - centre);

      request = MIN (request, (double) seen->rtt_ns / 2 + ahead);
      reply = MIN (reply, (double) seen->rtt_ns / 2 - ahead);
      young = MIN (young, seen->young_ns);
    }
  return (Pair) { centre, (request - reply) / 2, request + reply, young, nth (fit, from)->server };
}

static guint
make_pairs (const TuttiClockFit *fit, gint64 now_ns, double rate, Pair *pairs, guint max)
{
  gint64 span_ns = (now_ns - nth (fit, 0)->local_ns) / GROUPS;
  guint n_pairs = 0, from = 0;

  for (guint i = 1; i <= fit->n && n_pairs < max; i++)
    if (i == fit->n || nth (fit, i)->server != nth (fit, from)->server ||
        nth (fit, i)->local_ns - nth (fit, from)->local_ns > span_ns)
      {
        pairs[n_pairs++] = pair_up (fit, from, i, now_ns, rate);
        from = i;
      }
  return n_pairs;
}

/* Of a former server only a few observations are left in the end: the least of those would pass for a perfect one. */
static double
server_rtt_min (const TuttiClockFit *fit, const Pair *pairs, guint n_pairs, guint server)
{
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < MIN (fit->n_former, FORMER_SERVERS); i++)
    if (fit->former[i].server == server && server != fit->server)
      least = MIN (least, fit->former[i].rtt_min_ns);
  for (guint i = 0; i < n_pairs; i++)
    if (pairs[i].server == server)
      least = MIN (least, pairs[i].rtt_ns);
  return least;
}

/* A uniformly queued exchange is off by at most half its queueing, so by that /√3 in the mean. */
static double
doubt (const Pair *pair, double rtt_min_ns)
{
  return (pair->rtt_ns - rtt_min_ns) / 2 / 1.73 + FLOOR_NS + pair->young_ns;
}

/* Weighted least squares of the pairs with the rate prior; returns offset and rate at the newest observation. */
static void
solve (const TuttiClockFit *fit, const Pair *pairs, guint n_pairs, double *offset_ns, double *rate, double *error_ns)
{
  double weights[2 * GROUPS + 64];
  double s = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, chi = 0;

  for (guint i = 0; i < n_pairs; i++)
    {
      double sigma = doubt (&pairs[i], server_rtt_min (fit, pairs, n_pairs, pairs[i].server));
      double x = pairs[i].time_ns, y = pairs[i].ahead_ns;
      double w = exp (x / AGE_CONSTANT_NS) / (sigma * sigma);

      weights[i] = w;
      s += w;
      sx += w * x;
      sy += w * y;
      sxx += w * x * x;
      sxy += w * x * y;
    }
  sxx += 1.0 / (RATE_PRIOR * RATE_PRIOR);

  double det = s * sxx - sx * sx;
  *rate = (s * sxy - sx * sy) / det;
  *offset_ns = (sxx * sy - sx * sxy) / det;
  for (guint i = 0; i < n_pairs; i++)
    {
      double miss = pairs[i].ahead_ns - *offset_ns - *rate * pairs[i].time_ns;
      chi += weights[i] * miss * miss;
    }
  *error_ns = sqrt (sxx / det * MAX (1.0, chi / MAX (1, (int) n_pairs - 1)));
}

static void
refit (TuttiClockFit *fit)
{
  Pair pairs[2 * GROUPS + 64];
  gint64 now_ns = nth (fit, fit->n - 1)->local_ns;
  double rate = fit->n > 1 ? fit->line.rate : 0, offset_ns = 0;
  guint n_pairs = 0;

  /* Twice, because the pairs were levelled by the rate that comes out. */
  for (guint round = 0; round < 2; round++)
    {
      n_pairs = make_pairs (fit, now_ns, rate, pairs, G_N_ELEMENTS (pairs));
      solve (fit, pairs, n_pairs, &offset_ns, &rate, &fit->error_ns);
    }
  fit->rtt_min_ns = server_rtt_min (fit, pairs, n_pairs, pairs[n_pairs - 1].server);
  fit->line.local_ns = now_ns;
  fit->line.host_ns = now_ns + fit->base_ahead_ns + llrint (offset_ns);
  fit->line.rate = rate;
}

static double
meet_server (TuttiClockFit *fit, guint server, gint64 rtt_ns)
{
  if (!fit->has_server || server != fit->server)
    {
      fit->server_is_new = fit->n > 0;
      if (fit->server_is_new)
        {
          fit->former[fit->n_former % FORMER_SERVERS].server = fit->server;
          fit->former[fit->n_former++ % FORMER_SERVERS].rtt_min_ns = fit->rtt_min_ns;
        }
      fit->has_server = TRUE;
      fit->server = server;
      fit->server_count = 0;
    }
  if (fit->server_count < YOUNG_SERVER)
    fit->server_count++;
  else
    fit->server_is_new = FALSE;
  return fit->server_is_new ? (double) rtt_ns / 2 / fit->server_count : 0;
}

static gboolean
is_outlier (const TuttiClockFit *fit, gint64 local_ns, gint64 remote_ns, gint64 rtt_ns)
{
  gint64 miss = remote_ns - tutti_clock_line_to_host (&fit->line, local_ns);

  return fit->n > 0 && ABS (miss) > rtt_ns / 2 + OUTLIER_NS;
}

TuttiClockFitResult
tutti_clock_fit_add (TuttiClockFit *fit, guint server, gint64 local_ns, gint64 remote_ns, gint64 rtt_ns)
{
  TuttiClockFitResult result = TUTTI_CLOCK_FIT_USED;

  if (fit->frozen)
    return TUTTI_CLOCK_FIT_FROZEN;
  if (rtt_ns < 0 || rtt_ns > MAX_RTT_NS || (fit->n > 0 && local_ns < nth (fit, fit->n - 1)->local_ns - WINDOW_NS))
    return TUTTI_CLOCK_FIT_DROPPED;
  if (is_outlier (fit, local_ns, remote_ns, rtt_ns))
    {
      if (++fit->outliers < OUTLIERS_IN_ROW)
        return TUTTI_CLOCK_FIT_DROPPED;
      tutti_clock_fit_reset (fit);
      fit->restarts++;
      result = TUTTI_CLOCK_FIT_RESTARTED;
    }
  fit->outliers = 0;
  fit->rtt_ns = rtt_ns;
  if (fit->n == 0)
    fit->base_ahead_ns = remote_ns - local_ns;

  double young_ns = meet_server (fit, server, rtt_ns);
  /* Replies can overtake each other; the ring stays in order by taking a late one at the newest time. The line knows how far
   * the clocks move apart meanwhile to far less than a nanosecond. */
  if (fit->n > 0 && local_ns < fit->line.local_ns)
    {
      remote_ns += fit->line.local_ns - local_ns;
      local_ns = fit->line.local_ns;
    }
  forget_old (fit, local_ns);
  fit->ring[(fit->first + fit->n++) % MAX_OBSERVATIONS] =
    (Observation) { local_ns, remote_ns - local_ns - fit->base_ahead_ns, rtt_ns, young_ns, server };
  refit (fit);
  return result;
}

void
tutti_clock_fit_freeze (TuttiClockFit *fit)
{
  fit->frozen = TRUE;
}

void
tutti_clock_fit_thaw (TuttiClockFit *fit)
{
  fit->frozen = FALSE;
}

gboolean
tutti_clock_fit_get_line (const TuttiClockFit *fit, TuttiClockLine *line)
{
  if (fit->n == 0)
    return FALSE;
  *line = fit->line;
  return TRUE;
}

void
tutti_clock_fit_get_state (const TuttiClockFit *fit, TuttiClockFitState *state)
{
  *state = (TuttiClockFitState) {
    .n_observations = fit->n,
    .settled = fit->n >= TUTTI_CLOCK_FIT_SETTLED,
    .frozen = fit->frozen,
    .error_us = fit->error_ns / 1e3,
    .rtt_min_us = fit->n > 0 ? fit->rtt_min_ns / 1e3 : 0,
    .rtt_us = (double) fit->rtt_ns / 1e3,
    .newest_local_ns = fit->n > 0 ? fit->line.local_ns : 0,
    .restarts = fit->restarts,
  };
}
