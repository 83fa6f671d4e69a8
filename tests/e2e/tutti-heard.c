/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-heard.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>

#define EVERY 4                    /* samples taken as one: 12 kHz tell 0.08 ms, and music from noise */
#define RATE (48000 / EVERY)
#define WINDOW RATE
#define LAG_MAX (RATE / 10)
#define SECOND_NS TUTTI_HEARD_SECOND_NS
#define MATCHES_MIN 5
#define OFFSET_MAX_MS 15.0

TuttiLabProcess *
tutti_heard_start (const char *machine, const char *path)
{
  return tutti_lab_spawn (machine, TUTTI_E2E_EAR, path, NULL);
}

void
tutti_heard_finish (TuttiLabProcess *ear, const char *path, gint64 ahead_ns, TuttiHeard *out)
{
  g_autofree char *bytes = NULL;
  g_autoptr(GError) error = NULL;
  const float *samples;
  gsize length;
  gint64 n;

  tutti_lab_signal (ear, SIGTERM);
  g_assert_cmpint (tutti_lab_finish (ear), ==, 0);
  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  memcpy (&n, bytes, sizeof n);
  out->n_chunks = (gsize) n;
  out->chunks = g_memdup2 (bytes + sizeof n, out->n_chunks * sizeof (TuttiHeardChunk));
  for (gsize i = 0; i < out->n_chunks; i++)
    out->chunks[i].arrived_ns -= ahead_ns;
  samples = (const float *) (bytes + sizeof n + out->n_chunks * sizeof (TuttiHeardChunk));
  out->n = out->chunks[n - 1].end / EVERY;
  out->samples = g_new0 (float, out->n);
  for (gssize i = 0; i < EVERY * out->n; i++)
    out->samples[i / EVERY] += samples[i] / EVERY;
  g_unlink (path);
}

void
tutti_heard_clear (TuttiHeard *heard)
{
  g_free (heard->chunks);
  g_free (heard->samples);
}

/* When the recording would have begun, told from the chunks that arrived in [@from_ns, @from_ns + @length_ns). They come late by
 * what the machine is busy with, never early: the earliest tells. */
static gint64
find_begin (const TuttiHeard *heard, gint64 from_ns, gint64 length_ns)
{
  gint64 begin_ns = G_MAXINT64;

  for (gsize i = 0; i < heard->n_chunks; i++)
    if (heard->chunks[i].arrived_ns >= from_ns && heard->chunks[i].arrived_ns < from_ns + length_ns)
      begin_ns = MIN (begin_ns, heard->chunks[i].arrived_ns - heard->chunks[i].end * 1000000 / 48);
  return begin_ns;
}

/* Where in the recording @from_ns lies; −1 where it has a gap, because a busy machine lost some. */
static gssize
find_place (const TuttiHeard *heard, gint64 from_ns)
{
  gint64 first_ns = find_begin (heard, from_ns, SECOND_NS / 2);
  gint64 then_ns = find_begin (heard, from_ns + SECOND_NS / 2, SECOND_NS / 2);
  gssize place = (from_ns - MIN (first_ns, then_ns)) * RATE / SECOND_NS;

  if (first_ns == G_MAXINT64 || ABS (first_ns - then_ns) > 4000000 || place < LAG_MAX ||
      place + WINDOW + LAG_MAX > heard->n)
    return -1;
  return place;
}

/* How alike @one and @other are, −1 … 1. */
static double
compare (const float *one, const float *other)
{
  double both = 0, first = 1e-9, second = 1e-9;

  for (guint i = 0; i < WINDOW; i++)
    {
      both += (double) one[i] * other[i];
      first += (double) one[i] * one[i];
      second += (double) other[i] * other[i];
    }
  return both / sqrt (first * second);
}

/* How much later @other plays what @one plays from @from_ns on, in milliseconds; FALSE where that cannot be told. */
static gboolean
find_offset (const TuttiHeard *one, const TuttiHeard *other, gint64 from_ns, double *offset_ms)
{
  gssize here = find_place (one, from_ns), there = find_place (other, from_ns);
  double best = -1;

  if (here < 0 || there < 0)
    return FALSE;
  for (int i = -LAG_MAX; i <= LAG_MAX; i++)
    {
      double alike = compare (one->samples + here, other->samples + there + i);

      if (alike > best)
        {
          best = alike;
          *offset_ms = i * 1000.0 / RATE;
        }
    }
  g_test_message ("alike %.3f at %.2f ms", best, *offset_ms);
  return best > 0.8;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  return *(const double *) a < *(const double *) b ? -1 : 1;
}

/* Second by second: the median is what someone between the two would hear. */
gboolean
tutti_heard_together (const TuttiHeard *one, const TuttiHeard *other, gint64 from_ns, gint64 until_ns)
{
  g_autoptr(GArray) offsets = g_array_new (FALSE, FALSE, sizeof (double));
  double offset_ms;

  for (; from_ns <= until_ns - SECOND_NS; from_ns += SECOND_NS / 2)
    if (find_offset (one, other, from_ns, &offset_ms))
      g_array_append_val (offsets, offset_ms);
  if (offsets->len < MATCHES_MIN)
    return FALSE;
  g_array_sort (offsets, compare_doubles);
  return fabs (g_array_index (offsets, double, offsets->len / 2)) < OFFSET_MAX_MS;
}

gint64
tutti_heard_now_ns (void)
{
  return g_get_monotonic_time () * 1000;
}
