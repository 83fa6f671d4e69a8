/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix-test.h"

#include "tutti-sequencer.h"

/* The sequencer against a naive one that walks through the song frame by frame and tick by tick, as a person would count. */

typedef struct
{
  int64_t frame;
  int64_t tick;
  int     pitch;
  int     slide_from;
  int64_t end_tick;
  float   level;
} Note;

static int
compare_notes (const void *one, const void *other)
{
  const Note *a = one, *b = other;

  if (a->tick != b->tick)
    return a->tick < b->tick ? -1 : 1;
  if (a->pitch != b->pitch)
    return a->pitch - b->pitch;
  if (a->level != b->level)
    return a->level < b->level ? -1 : 1;
  return a->end_tick < b->end_tick ? -1 : a->end_tick > b->end_tick;
}

/* ---- the naive one ---- */

/* Which steps start a note and where that note ends, by hand: from left to right through the clip. */
static void
mark_notes (const TuttiScoreClip *clip, bool *starts, int *ends)
{
  int head = -1;

  for (int i = 0; i < clip->length; i++)
    {
      const TuttiScoreStep *step = &clip->steps[i];

      starts[i] = false;
      if (step->velocity == 0)
        continue;
      if (step->tie && head >= 0 && i <= ends[head])
        {
          ends[head] = MAX (ends[head], i + step->length);
          continue;
        }
      starts[i] = true;
      head = i;
      ends[i] = i + step->length;
    }
}

/* A step comes round at song position @position, unwrapped @tick; @round counts whole rounds of the clip in this pass. */
static void
naive_step (GArray *notes, const TuttiScore *score, const TuttiScoreTrack *track, const TuttiScoreClip *clip, int index,
            int64_t tick, int64_t position, bool first_round)
{
  const TuttiScoreStep *step = &clip->steps[index];
  bool starts[TUTTI_SCORE_STEPS_MAX];
  int ends[TUTTI_SCORE_STEPS_MAX];
  bool triplet = clip->step_ticks == 320 || clip->step_ticks == 160 || clip->step_ticks == 80;
  int swing = track->swing < 0 ? score->swing : track->swing;
  int64_t at = tick + step->micro;
  int before = step->pitch;

  mark_notes (clip, starts, ends);
  if (!starts[index])
    return;
  if (!triplet && (position / clip->step_ticks) % 2 == 1)
    at += clip->step_ticks * swing / 2000;
  at = MAX (at, score->transport.start_tick);
  for (int back = 1; back < clip->length && step->slide; back++)
    {
      int i = index - back;

      if (i < 0 && first_round)
        break;
      i = i < 0 ? i + clip->length : i;
      if (clip->steps[i].velocity == 0)
        continue;
      before = clip->steps[i].pitch;
      break;
    }
  for (int r = 0; r < step->ratchet; r++)
    {
      float level = (float) (step->velocity * step->velocity) * (1.0f / 16129.0f) * (step->accent ? 1.4125375f : 1.0f);
      Note note = { 0, at + r * clip->step_ticks / step->ratchet, step->pitch + track->transpose };

      note.slide_from = r == 0 ? before + track->transpose : note.pitch;
      note.end_tick = r + 1 < step->ratchet ? at + (r + 1) * clip->step_ticks / step->ratchet
                                            : tick + (ends[index] - index) * clip->step_ticks;
      note.end_tick = MAX (note.end_tick, note.tick + 1);
      if (step->ratchet_shape == TUTTI_SCORE_RATCHET_RISING)
        level *= (float) (r + 1) / (float) step->ratchet;
      if (step->ratchet_shape == TUTTI_SCORE_RATCHET_FALLING)
        level *= (float) (step->ratchet - r) / (float) step->ratchet;
      note.level = level;
      g_array_append_val (notes, note);
    }
}

/* Where swing puts a place: the first sixteenth of each pair becomes longer, the second as much shorter. */
static int64_t
naive_swing (const TuttiScore *score, const TuttiScoreTrack *track, int64_t position)
{
  int64_t late = 240 * (track->swing < 0 ? score->swing : track->swing) / 2000, in_pair = position % 480;

  return position - in_pair + (in_pair <= 240 ? in_pair * (240 + late) / 240 : 240 + late + (in_pair - 240) * (240 - late) / 240);
}

static void
naive_held (GArray *notes, const TuttiScore *score, const TuttiScoreTrack *track, const TuttiScoreClip *clip, int64_t within,
            int64_t tick, int64_t position)
{
  for (int i = 0; i < clip->n_notes; i++)
    if (clip->notes[i].tick == within)
      {
        const TuttiScoreNote *held = &clip->notes[i];
        Note note = { 0, tick + naive_swing (score, track, position) - position, held->pitch + track->transpose };

        note.slide_from = note.pitch;
        note.end_tick = MAX (note.tick + 1, tick + naive_swing (score, track, position + held->length) - position);
        note.level = (float) (held->velocity * held->velocity) * (1.0f / 16129.0f);
        g_array_append_val (notes, note);
      }
}

/* Walks tick by tick from 0, counting position and steps by hand. */
static GArray *
naive_notes (const TuttiScore *score, const TuttiScoreTrack *track, int64_t until)
{
  const TuttiScoreTransport *transport = &score->transport;
  GArray *notes = g_array_new (FALSE, FALSE, sizeof (Note));
  const TuttiScoreClip *clip = NULL;
  int64_t position = 0, origin = 0;
  bool jumped = false;

  for (int64_t tick = 0; tick < until; tick++, position++)
    {
      if (transport->loop_on && position == transport->loop_end)
        {
          position = transport->loop_start;
          jumped = true;
        }
      if (tick == track->current.from_tick)
        {
          clip = track->current.clip;
          origin = position;
          jumped = false;
        }
      if (track->has_queued && tick == track->queued.from_tick)
        {
          clip = track->queued.clip;
          origin = position;
          jumped = false;
        }
      if (clip == NULL || tick < transport->start_tick)
        continue;
      int64_t away = position - origin;
      int64_t ticks = clip->note_ticks > 0 ? clip->note_ticks : clip->length * clip->step_ticks;
      int64_t within = ((away % ticks) + ticks) % ticks;

      if (clip->note_ticks > 0)
        naive_held (notes, score, track, clip, within, tick, position);
      else if (within % clip->step_ticks == 0)
        naive_step (notes, score, track, clip, (int) (within / clip->step_ticks), tick, position, !jumped && away < ticks);
    }
  return notes;
}

/* Gives every note the first frame at which its tick has come, counting frames one by one. */
static void
naive_frames (GArray *notes, const TuttiScore *score, int64_t until)
{
  const TuttiScoreTransport *transport = &score->transport;
  guint next = 0;
  int64_t shown = -1;

  for (int64_t frame = 0; frame < until; frame++)
    {
      int s = transport->n_segments - 1;
      int64_t tick;

      while (s > 0 && transport->segments[s].frame > frame)
        s--;
      tick = transport->segments[s].tick +
             (int64_t) ((__int128) (frame - transport->segments[s].frame) * transport->segments[s].tempo_cbpm / 300000);
      for (; shown < tick; shown++)
        for (; next < notes->len && g_array_index (notes, Note, next).tick <= shown + 1; next++)
          g_array_index (notes, Note, next).frame = frame;
    }
  g_array_set_size (notes, next);
}

/* ---- the real one, asked for random stretches as the mix does ---- */

static GArray *
real_notes (const TuttiScore *score, const TuttiScoreTrack *track, int64_t until)
{
  GArray *notes = g_array_new (FALSE, FALSE, sizeof (Note));
  int64_t quiet_from = INT64_MIN, quiet_until = INT64_MIN;

  for (int64_t frame = 0; frame < until;)
    {
      int64_t to = frame + pick (1, 300), at = frame;
      TuttiTickSpan span;

      to = MIN (to, until);
      while (tutti_transport_next_span (&score->transport, &at, to, &span))
        {
          TuttiHit hits[TUTTI_HITS_MAX];
          unsigned n;

          if (span.first >= quiet_from && span.end <= quiet_until)
            continue;
          n = tutti_sequencer_hits (score, track, span.first, span.end, hits, &quiet_until);
          quiet_from = span.end;
          for (unsigned i = 0; i < n; i++)
            {
              Note note = { tutti_segment_frame (span.segment, hits[i].tick), hits[i].tick, hits[i].pitch, hits[i].slide_from,
                            hits[i].end_tick, hits[i].level };
              g_assert_true (note.frame >= frame && note.frame < to);
              g_array_append_val (notes, note);
            }
        }
      frame = to;
    }
  return notes;
}

static int
compare_ticks (const void *one, const void *other)
{
  return ((const TuttiScoreNote *) one)->tick - ((const TuttiScoreNote *) other)->tick;
}

/* Chords, doubled notes, notes past the end, and ends far behind it. */
static TuttiScoreClip *
random_notes (void)
{
  TuttiScoreClip *clip = tutti_score_clip_new_notes ((uint16_t) pick (0, 40), pick (100, 6000));

  for (unsigned i = 0; i < clip->n_notes; i++)
    clip->notes[i] = (TuttiScoreNote) { one_in (2) ? 120 * pick (0, 60) : pick (0, 7000), pick (1, 9000), (int8_t) pick (-40, 40),
                                        (uint8_t) pick (1, 127) };
  qsort (clip->notes, clip->n_notes, sizeof *clip->notes, compare_ticks);
  return clip;
}

static TuttiScoreClip *
steps_or_notes (void)
{
  return one_in (2) ? random_notes () : random_clip (false);
}

static void
random_transport (TuttiScore *score)
{
  TuttiScoreTransport *transport = &score->transport;

  transport->segments[0] = (TuttiScoreSegment) { 0, 0, pick (2000, 30000), true };
  for (int i = pick (0, 3); i > 0; i--)
    {
      TuttiScoreSegment *last = &transport->segments[transport->n_segments - 1];
      int64_t tick = last->tick + pick (1, 2000);

      transport->segments[transport->n_segments++] =
        (TuttiScoreSegment) { tutti_segment_frame (last, tick), tick, pick (2000, 30000), true };
    }
  transport->loop_on = one_in (2);
  transport->loop_start = pick (0, 3000);
  transport->loop_end = transport->loop_start + pick (300, 6000);
  transport->start_tick = one_in (3) ? pick (0, 2000) : 0;
}

static void
test_naive (void)
{
  for (int round = 0; round < 300; round++)
    {
      TuttiScore *score = tutti_score_new ();
      TuttiScoreTrack *track = tutti_score_track_new (9);
      GArray *expected, *got;

      random_transport (score);
      score->swing = (int16_t) pick (0, 1000);
      track->swing = (int16_t) (one_in (2) ? pick (0, 1000) : -1);
      track->transpose = (int8_t) pick (-5, 5);
      tutti_score_track_set_current (track, steps_or_notes (), one_in (2) ? 0 : pick (0, 1000));
      if (one_in (2))
        tutti_score_track_set_queued (track, one_in (4) ? NULL : steps_or_notes (), track->current.from_tick + pick (0, 5000));
      tutti_score_add_track (score, track);
      g_assert_true (tutti_score_valid (score));
      expected = naive_notes (score, track, 100000);
      g_array_sort (expected, compare_notes);
      naive_frames (expected, score, 96000);
      got = real_notes (score, track, 96000);
      g_array_sort (got, compare_notes);
      g_assert_cmpuint (got->len, ==, expected->len);
      for (guint i = 0; i < MIN (got->len, expected->len); i++)
        {
          Note *a = &g_array_index (got, Note, i), *b = &g_array_index (expected, Note, i);

          g_assert_cmpint (a->tick, ==, b->tick);
          g_assert_cmpint (a->frame, ==, b->frame);
          g_assert_cmpint (a->pitch, ==, b->pitch);
          g_assert_cmpint (a->slide_from, ==, b->slide_from);
          g_assert_cmpint (a->end_tick, ==, b->end_tick);
          g_assert_true (a->level == b->level);
        }
      g_array_unref (expected);
      g_array_unref (got);
      tutti_score_free (score);
      if (g_test_failed ())
        return;
    }
}

/* Chance keeps its share, differs from track to track and does not depend on what was asked before. */
static void
test_chance (void)
{
  TuttiScore *score = tutti_score_new ();
  TuttiScoreClip *clip = tutti_score_clip_new (1, 240);
  int count[2] = { 0, 0 }, same = 0;
  bool fell[2][10000];

  score->seed = 4711;
  clip->steps[0].velocity = 100;
  clip->steps[0].chance = 30;
  for (int t = 0; t < 2; t++)
    {
      TuttiScoreTrack *track = tutti_score_track_new (1 + (uint64_t) t);

      tutti_score_track_set_current (track, tutti_score_clip_ref (clip), 0);
      tutti_score_add_track (score, track);
      for (int i = 9999; i >= 0; i--)
        {
          TuttiHit hits[TUTTI_HITS_MAX];
          int64_t quiet;

          fell[t][i] = tutti_sequencer_hits (score, track, i * 240, i * 240 + 1, hits, &quiet) == 1;
          count[t] += fell[t][i];
        }
    }
  for (int i = 0; i < 10000; i++)
    same += fell[0][i] == fell[1][i];
  g_assert_cmpint (count[0], >, 2800);
  g_assert_cmpint (count[0], <, 3200);
  /* Two independent draws agree in 58 % of the cases. */
  g_assert_cmpint (same, >, 5500);
  g_assert_cmpint (same, <, 6100);
  tutti_score_clip_unref (clip);
  tutti_score_free (score);
}

static void
test_every (void)
{
  TuttiScore *score = tutti_score_new ();
  TuttiScoreTrack *track = tutti_score_track_new (1);
  TuttiScoreClip *clip = tutti_score_clip_new (3, 240);

  clip->steps[1].velocity = 100;
  clip->steps[1].every_n = 2;
  clip->steps[1].every_of = 4;
  tutti_score_track_set_current (track, clip, 480);
  tutti_score_add_track (score, track);
  for (int64_t cycle = 0; cycle < 20; cycle++)
    {
      int64_t tick = 480 + cycle * 720 + 240, quiet;
      TuttiHit hits[TUTTI_HITS_MAX];
      unsigned n = tutti_sequencer_hits (score, track, tick, tick + 1, hits, &quiet);

      g_assert_cmpuint (n, ==, cycle % 4 == 1);
      if (n == 1)
        g_assert_cmpint (hits[0].cycle, ==, cycle);
    }
  tutti_score_free (score);
}

/* A lock holds from its step until the next one. */
static void
test_locks (void)
{
  TuttiScore *score = tutti_score_new ();
  TuttiScoreTrack *track = tutti_score_track_new (1);
  TuttiScoreClip *clip = tutti_score_clip_new (4, 240);

  clip->steps[1].n_locks = 1;
  clip->steps[1].locks[0] = (TuttiScoreLock) { TUTTI_SCORE_PARAM_CUTOFF, 321 };
  clip->steps[1].micro = 17;
  tutti_score_clip_seal (clip);
  tutti_score_track_set_current (track, clip, 0);
  tutti_score_add_track (score, track);
  for (int64_t tick = 0; tick < 4000; tick++)
    {
      TuttiLocks locks = tutti_sequencer_locks (score, track, tick);
      bool held = tick % 960 >= 257 && tick % 960 < 480;

      g_assert_cmpint (locks.n, ==, held ? 1 : 0);
      g_assert_cmpint (locks.until, >, tick);
      if (held)
        g_assert_cmpint (locks.until, <=, tick - tick % 960 + 480);
    }
  tutti_score_free (score);
}

/* Whoever looks for a step's locks later sees what somebody saw before who has not looked since. */
static void
test_locks_are_everybodys (void)
{
  for (int round = 0; round < 300; round++)
    {
      TuttiScore *score = random_score (1);
      const TuttiScoreTrack *track = score->tracks[0];
      TuttiLocks known = { 0, NULL, INT64_MIN };

      for (int64_t tick = 0; tick < 20000; tick += pick (1, 90))
        {
          TuttiLocks now = tutti_sequencer_locks (score, track, tick);

          g_assert_cmpint (now.until, >, tick);
          if (tick >= known.until)
            known = now;
          else if (now.n != known.n || now.locks != known.locks)
            g_error ("at tick %" G_GINT64_FORMAT " there are %u locks, before it there were %u until %" G_GINT64_FORMAT, tick, now.n,
                     known.n, known.until);
        }
      tutti_score_free (score);
    }
}

static void
test_clicks (void)
{
  TuttiScore *score = tutti_score_new ();
  int64_t first = 0, tick, expected = 0;
  bool accent;

  score->transport.beats_per_bar = 7;
  score->transport.beat_unit = 8;
  score->transport.metronome = true;
  while (tutti_sequencer_next_click (score, &first, 20000, &tick, &accent))
    {
      g_assert_cmpint (tick, ==, expected);
      g_assert_cmpint (accent, ==, expected % 3360 == 0);
      expected += 480;
    }
  g_assert_cmpint (expected, ==, 20160);
  /* Without a metronome only the count-in clicks. */
  score->transport.metronome = false;
  score->transport.start_tick = 960;
  first = 0;
  g_assert_true (tutti_sequencer_next_click (score, &first, 20000, &tick, &accent));
  g_assert_true (tutti_sequencer_next_click (score, &first, 20000, &tick, &accent));
  g_assert_cmpint (tick, ==, 480);
  g_assert_false (tutti_sequencer_next_click (score, &first, 20000, &tick, &accent));
  tutti_score_free (score);
}

/* One frame of sound at the root pitch is heard at exactly the note's frame. */
static void
test_heard_at_its_frame (void)
{
  const int64_t n = 96000;
  TuttiScore *score = tutti_score_new ();
  TuttiScoreTrack *track = tutti_score_track_new (3);
  TuttiScoreClip *clip = tutti_score_clip_new (16, 160);
  float impulse[100] = { 0.5f };
  TuttiScoreSound *sound = tutti_score_sound_new (tutti_sample_new (impulse, 1, 100));
  TuttiMix *mix = tutti_mix_new (NULL);
  g_autofree float *out = g_new0 (float, 2 * n);
  GArray *expected;
  guint next = 0;

  for (int i = 0; i < 16; i++)
    {
      clip->steps[i].velocity = one_in (2) ? 127 : 0;
      clip->steps[i].micro = (int16_t) pick (-60, 60);
    }
  tutti_score_track_set_current (track, clip, 0);
  tutti_score_track_set_sound (track, sound);
  tutti_score_sound_unref (sound);
  tutti_score_add_track (score, track);
  score->transport.segments[0] = (TuttiScoreSegment) { 333, 0, 13337, true };
  expected = naive_notes (score, track, 10000);
  g_array_sort (expected, compare_notes);
  for (guint i = 0; i < expected->len; i++)
    g_array_index (expected, Note, i).frame = tutti_segment_frame (&score->transport.segments[0],
                                                                   g_array_index (expected, Note, i).tick);
  g_assert_true (tutti_mix_push_score (mix, tutti_score_copy (score)));
  render (mix, 0, n, 777, out);
  for (int64_t i = 0; i < n; i++)
    if (ABS (out[2 * i]) > 0.1f)
      {
        g_assert_cmpuint (next, <, expected->len);
        if (next < expected->len)
          g_assert_cmpint (i, ==, g_array_index (expected, Note, next).frame);
        while (next < expected->len && g_array_index (expected, Note, next).frame <= i)
          next++;
      }
  g_assert_true (next == expected->len || g_array_index (expected, Note, next).frame >= n);
  g_array_unref (expected);
  tutti_mix_free (mix);
  tutti_score_free (score);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/sequencer/naive", test_naive);
  g_test_add_func ("/sequencer/chance", test_chance);
  g_test_add_func ("/sequencer/every", test_every);
  g_test_add_func ("/sequencer/locks", test_locks);
  g_test_add_func ("/sequencer/locks-are-everybodys", test_locks_are_everybodys);
  g_test_add_func ("/sequencer/clicks", test_clicks);
  g_test_add_func ("/sequencer/heard-at-its-frame", test_heard_at_its_frame);
  return g_test_run ();
}
