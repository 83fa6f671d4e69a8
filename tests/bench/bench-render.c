/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench-row.h"
#include "tutti-mix.h"

/* How many seconds of music a CPU second renders: pitched sample tracks of 16th notes at 50 % density, 120 BPM, sounds of 0.5 s,
 * every pitch between −7 and +7 semitones but never 0, so that all of them interpolate. As in RENDER-FACTS.md.
 *
 *   bench-render [tracks [seconds [chains]]]      one run, for callgrind:
 *   valgrind --tool=callgrind --toggle-collect=tutti_mix_render bench-render 16 10
 */

#define BLOCK 256
#define RUNS 3

static unsigned seed = 1;

static unsigned
draw (unsigned below)
{
  seed = seed * 1664525u + 1013904223u;
  return (seed >> 8) % below;
}

static TuttiScoreSound *
make_sound (void)
{
  static float frames[24000];

  for (int i = 0; i < 24000; i++)
    frames[i] = ((float) draw (65536) / 32768.0f - 1.0f) * (1.0f - (float) i / 24000.0f) * 0.2f;
  return tutti_score_sound_new (tutti_sample_new (frames, 1, 24000));
}

static TuttiScoreTrack *
make_track (unsigned number)
{
  TuttiScoreTrack *track = tutti_score_track_new (number + 1);
  TuttiScoreClip *clip = tutti_score_clip_new (64, 240);
  TuttiScoreSound *sound = make_sound ();

  for (unsigned bar = 0; bar < 4; bar++)
    for (unsigned hits = 0; hits < 8;)
      {
        TuttiScoreStep *step = &clip->steps[bar * 16 + draw (16)];
        int pitch = 1 + (int) draw (7);

        if (step->velocity > 0)
          continue;
        step->velocity = (uint8_t) (40 + draw (80));
        step->pitch = (int8_t) (draw (2) ? pitch : -pitch);
        hits++;
      }
  tutti_score_clip_seal (clip);
  tutti_score_track_set_sound (track, sound);
  tutti_score_sound_unref (sound);
  tutti_score_track_set_current (track, clip, 0);
  track->params[TUTTI_SCORE_PARAM_PAN] = (int16_t) ((int) draw (1600) - 800);
  track->params[TUTTI_SCORE_PARAM_GAIN] = -600;
  return track;
}

static double
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

/* What lies in the chains. */
typedef enum
{
  PLAIN,
  SENDS,                       /* a filter on every track, and both sends */
  INSERTS,                     /* filter, delay and reverb on every track */
  STUDIO,                      /* equaliser and compressor on every track, a reverb on four and a delay on four others */
} Chains;

static const TuttiScoreEffect insert_filter = { .kind = TUTTI_SCORE_EFFECT_FILTER, .on = true, .params = { 0, 700, 200 } };
static const TuttiScoreEffect insert_delay = { .kind = TUTTI_SCORE_EFFECT_DELAY, .on = true, .params = { 720, 400, 250, 1000, 300 } };
static const TuttiScoreEffect insert_reverb = { .kind = TUTTI_SCORE_EFFECT_REVERB, .on = true,
                                                .params = { 1800, 400, 15, 350, 1000, 250 } };
static const TuttiScoreEffect insert_eq = { .kind = TUTTI_SCORE_EFFECT_EQ, .on = true,
                                            .params = { 300, -200, 400, 200, 233, 566, 90, 867 } };
static const TuttiScoreEffect insert_compressor = { .kind = TUTTI_SCORE_EFFECT_COMPRESSOR, .on = true,
                                                    .params = { -1800, 300, 80, 90, 200, 1000, 600 } };

static void
add_effect (TuttiScoreTrack *track, const TuttiScoreEffect *effect)
{
  TuttiScoreEffect *added = &track->effects[track->n_effects];

  *added = *effect;
  added->slot = track->n_effects++;
  added->id = track->id * 8 + added->slot;
}

static void
fill_chain (TuttiScoreTrack *track, unsigned i, Chains chains)
{
  if (chains == SENDS)
    {
      track->params[TUTTI_SCORE_PARAM_CUTOFF] = (int16_t) (500 + i * 10);
      track->params[TUTTI_SCORE_PARAM_DELAY_SEND] = -1200;
      track->params[TUTTI_SCORE_PARAM_REVERB_SEND] = -1200;
    }
  if (chains == INSERTS)
    {
      add_effect (track, &insert_filter);
      add_effect (track, &insert_delay);
      add_effect (track, &insert_reverb);
    }
  if (chains == STUDIO)
    {
      add_effect (track, &insert_eq);
      add_effect (track, &insert_compressor);
      if (i % 16 == 0)
        add_effect (track, &insert_reverb);
      if (i % 16 == 8)
        add_effect (track, &insert_delay);
    }
}

static TuttiScore *
make_score (unsigned n_tracks, Chains chains)
{
  TuttiScore *score = tutti_score_new ();

  seed = 1;
  score->transport.segments[0].playing = true;
  for (unsigned i = 0; i < n_tracks; i++)
    {
      TuttiScoreTrack *track = make_track (i);

      fill_chain (track, i, chains);
      tutti_score_add_track (score, track);
    }
  return score;
}

static double
run (unsigned n_tracks, int seconds, Chains chains, const TuttiMixOptions *options, double *voices)
{
  TuttiScore *score = make_score (n_tracks, chains);
  TuttiMix *mix = tutti_mix_new (options);
  static float out[2 * BLOCK];
  double begin, sum = 0;
  int64_t end = (int64_t) seconds * 48000;
  TuttiMixStats stats;

  if (!tutti_mix_push_score (mix, score))
    abort ();
  begin = cpu_seconds ();
  for (int64_t frame = 0; frame < end; frame += BLOCK)
    {
      tutti_mix_render (mix, frame, BLOCK, out);
      tutti_mix_get_stats (mix, &stats);
      sum += stats.voices;
    }
  *voices = sum * BLOCK / (double) end;
  begin = cpu_seconds () - begin;
  tutti_mix_free (mix);
  return begin;
}

/* What the same number of voices costs in the plainest loop there is: linear interpolation, stereo, no envelope, no track. The
 * machine's speed at this hour; what counts is the ratio. */
static double
run_floor (double voices, int seconds)
{
  static float sound[24008], out[2][64];
  int64_t frames = (int64_t) (voices * seconds * 48000);
  volatile float seen;
  double begin;
  uint64_t position = 0, step = UINT64_C (5064000000);

  for (int i = 0; i < 24000; i++)
    sound[i] = (float) draw (65536) / 65536.0f;
  begin = cpu_seconds ();
  for (int64_t done = 0; done < frames; done += 64)
    {
      position = (position >> 32) > 22000 ? 0 : position;
      for (int i = 0; i < 64; i++)
        {
          uint64_t at = position + (uint64_t) i * step;
          const float *x = &sound[at >> 32];
          float here = x[0] + (x[1] - x[0]) * ((float) (int32_t) ((uint32_t) at >> 8) * (1.0f / 16777216.0f));

          out[0][i] += here * 0.3f;
          out[1][i] += here * 0.2f;
        }
      position += 64 * step;
    }
  seen = out[0][5] + out[1][7];
  (void) seen;
  return cpu_seconds () - begin;
}

static int
compare (const void *one, const void *other)
{
  double a = *(const double *) one, b = *(const double *) other;
  return (a > b) - (a < b);
}

/* @target: 0 = none. @speed: seconds of music a second of processor time. */
static void
print_rows (const char *name, double target, double speed, double frame_ns, double floor_ns)
{
  char what[128];

  snprintf (what, sizeof what, "Offline render, %s: seconds of audio a CPU second", name);
  if (target > 0)
    bench_row_at_least (what, speed, target, "");
  else
    bench_row_plain (what, speed, "");
  snprintf (what, sizeof what, "- %s: a voice-frame", name);
  bench_row_plain (what, frame_ns, "ns");
  snprintf (what, sizeof what, "- %s: times the plainest linear loop in the same run", name);
  bench_row_plain (what, frame_ns / floor_ns, "");
}

static void
measure (const char *name, unsigned n_tracks, Chains chains, const TuttiMixOptions *options, double target)
{
  const int seconds = 30;
  double times[RUNS], floors[RUNS], voices = 0;

  for (int i = 0; i < RUNS; i++)
    {
      times[i] = run (n_tracks, seconds, chains, options, &voices);
      floors[i] = run_floor (voices, seconds);
    }
  qsort (times, RUNS, sizeof times[0], compare);
  qsort (floors, RUNS, sizeof floors[0], compare);
  print_rows (name, target, seconds / times[RUNS / 2], times[RUNS / 2] * 1e9 / (voices * seconds * 48000),
              floors[RUNS / 2] * 1e9 / (voices * seconds * 48000));
}

#define LIVE_BLOCK 240         /* 5 ms */

/* The longest 5 ms of the same heard live, with fingerprints, metronome and checkpoints, over a refresh: in the middle of three runs,
 * and all but one in a thousand, since a machine that others use has pauses of its own. */
static void
measure_worst (void)
{
  enum { SECONDS = 50, BLOCKS = SECONDS * 48000 / LIVE_BLOCK };
  static double times[BLOCKS];
  double worst[RUNS], most[RUNS];
  static float out[2 * LIVE_BLOCK];

  for (int i = 0; i < RUNS; i++)
    {
      TuttiMix *mix = tutti_mix_new (NULL);

      if (!tutti_mix_push_score (mix, make_score (64, STUDIO)))
        abort ();
      tutti_mix_start (mix, 0);
      for (int64_t b = 0; b < BLOCKS; b++)
        {
          double begin = cpu_seconds ();

          tutti_mix_render (mix, b * LIVE_BLOCK, LIVE_BLOCK, out);
          times[b] = cpu_seconds () - begin;
        }
      qsort (times, BLOCKS, sizeof times[0], compare);
      worst[i] = times[BLOCKS - 1] * 1e3;
      most[i] = times[BLOCKS - 1 - BLOCKS / 1000] * 1e3;
      tutti_mix_free (mix);
    }
  qsort (worst, RUNS, sizeof worst[0], compare);
  qsort (most, RUNS, sizeof most[0], compare);
  bench_row ("- the same live: worst 5 ms block", worst[RUNS / 2], 1.5, "ms");
  bench_row_plain ("- the same live: 999 of 1000 such blocks within", most[RUNS / 2], "ms");
}

/* At most, of this program: getrusage() would tell what started it, when that was larger. */
static double
resident_mib (void)
{
  char line[128];
  long kib = 0;
  FILE *file = fopen ("/proc/self/status", "r");

  while (file != NULL && fgets (line, sizeof line, file) != NULL)
    sscanf (line, "VmHWM: %ld kB", &kib);
  if (file != NULL)
    fclose (file);
  return (double) kib / 1024.0;
}

int
main (int argc, char **argv)
{
  const TuttiMixOptions offline = { .offline = true, .without_prints = true }, proven = { .offline = true };
  double voices;

  if (argc > 1)
    {
      int seconds = argc > 2 ? atoi (argv[2]) : 10;

      printf ("%.1f seconds of audio a CPU second\n",
              seconds / run ((unsigned) atoi (argv[1]), seconds, argc > 3 ? (Chains) atoi (argv[3]) : PLAIN, &offline, &voices));
      return 0;
    }
  /* Before anything was freed, so that what the heap keeps of earlier runs does not count. */
  run (16, 10, PLAIN, &offline, &voices);
  bench_row_plain ("- 16 tracks: resident memory (goal 12)", resident_mib (), "MiB");
  measure ("16 tracks", 16, PLAIN, &offline, 500);
  measure ("64 tracks", 64, PLAIN, &offline, 130);
  measure ("16 tracks, fingerprints", 16, PLAIN, &proven, 0);
  measure ("64 tracks, fingerprints", 64, PLAIN, &proven, 0);
  measure ("16 tracks, live", 16, PLAIN, NULL, 0);
  measure ("16 tracks, filter and both sends", 16, SENDS, &offline, 85);
  measure ("16 tracks, each filter, delay, reverb", 16, INSERTS, &offline, 85);
  measure ("64 tracks, each EQ and compressor, 4 reverbs, 4 delays", 64, STUDIO, &offline, 20);
  measure_worst ();
  printf ("instructions: valgrind --tool=callgrind --toggle-collect=tutti_mix_render %s 16 10\n", argv[0]);
  return 0;
}
