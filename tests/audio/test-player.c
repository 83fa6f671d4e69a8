/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-player.h"

#include <math.h>

#include "tutti-cell.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED
#endif
#endif
#if defined(__GLIBC__) && !defined(SANITIZED) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define COUNT_ALLOCATIONS
static __thread guint64 allocations;
extern void *__libc_malloc (size_t size);
void *malloc (size_t size);

void *
malloc (size_t size)
{
  allocations++;
  return __libc_malloc (size);
}
#endif

/* A renderer whose sound says which frame it is: left a ramp over a million frames, right nothing. It refuses gaps. */
typedef struct
{
  gint64 next;
  guint64 rendered;
  guint restarts;
  guint locals;
  float level;
} Ramp;

static float
ramp_at (gint64 frame)
{
  return (float) (frame % 1000000) * 1e-6f;
}

static void
ramp_render (void *self, int64_t first_frame, unsigned n, float *stereo)
{
  Ramp *ramp = self;

  g_assert_cmpint (first_frame, ==, ramp->next);
  g_assert_cmpint (first_frame % 64, ==, 0);
  for (unsigned i = 0; i < n; i++)
    {
      stereo[2 * i] = ramp->level != 0 ? ramp->level : ramp_at (first_frame + i);
      stereo[2 * i + 1] = 0;
    }
  ramp->next += n;
  ramp->rendered += n;
}

static void
ramp_restart (void *self, int64_t first_frame)
{
  Ramp *ramp = self;

  ramp->next = first_frame;
  ramp->restarts++;
}

static void
ramp_local (void *self, int64_t frame, unsigned n, float *stereo)
{
  Ramp *ramp = self;

  ramp->locals += n;
  for (unsigned i = 0; i < n; i++)
    stereo[2 * i + 1] += 0.5f;
}

static TuttiRenderer
renderer_of (Ramp *ramp)
{
  return (TuttiRenderer) { ramp, ramp_render, NULL, ramp_restart };
}

static TuttiPositionTarget
at (double frame, double slope)
{
  return (TuttiPositionTarget) { tutti_frame_point_plus ((TuttiFramePoint) { 0, 0 }, frame), slope, 1 };
}

/* Output sample i is the mix at its fractional frame, for any card's rate and any block size. */
static void
test_follows_frames (void)
{
  for (guint round = 0; round < 20; round++)
    {
      Ramp ramp = { 0 };
      TuttiRenderer renderer = renderer_of (&ramp);
      g_autoptr (TuttiPlayer) player = tutti_player_new (&renderer);
      double slope = g_test_rand_double_range (0.9995, 1.0005), start = g_test_rand_double_range (20000, 60000), done = 0;
      float block[2 * 2048];

      for (guint i = 0; i < 200; i++)
        {
          guint n = g_test_rand_int_range (1, 2048);
          TuttiPositionTarget target = at (start + done * slope, slope);

          tutti_player_fill (player, &target, n, block);
          for (guint k = i == 0 ? MIN (n, 2000) : 0; k < n; k++)
            g_assert_cmpfloat_with_epsilon (block[2 * k], (float) fmod ((start + (done + k) * slope) * 1e-6, 1), 3e-6);
          done += n;
        }
      g_assert_cmpuint (ramp.restarts, ==, 1);
    }
}

/* Without a mapping there is silence, and the renderer rests. */
static void
test_silence (void)
{
  Ramp ramp = { .level = 1 };
  TuttiRenderer renderer = renderer_of (&ramp);
  g_autoptr (TuttiPlayer) player = tutti_player_new (&renderer);
  float block[2 * 240];

  for (guint i = 0; i < 480; i++)
    block[i] = 7;
  tutti_player_fill (player, NULL, 240, block);
  for (guint i = 0; i < 480; i++)
    g_assert_cmpfloat (block[i], ==, 0);
  g_assert_cmpuint (ramp.rendered, ==, 0);
}

/* Ten seconds missed: rendered whole, silent meanwhile, in slices; then sound. A minute missed: a new start. */
static void
test_missed_frames (void)
{
  Ramp ramp = { .level = 1 };
  TuttiRenderer renderer = renderer_of (&ramp);
  g_autoptr (TuttiPlayer) player = tutti_player_new (&renderer);
  TuttiPlayerCounts counts;
  float block[2 * 240];
  double frame = 64000;
  guint silent = 0;
  TuttiPositionTarget target;

  for (guint i = 0; i < 100; i++, frame += 240)
    {
      target = at (frame, 1);
      tutti_player_fill (player, &target, 240, block);
    }
  g_assert_cmpfloat (block[400], >, 0.99);
  frame += 480000;
  for (guint i = 0; i < 100; i++, frame += 240)
    {
      guint64 before = ramp.rendered;

      target = at (frame, 1);
      tutti_player_fill (player, &target, 240, block);
      silent += block[400] == 0;
      g_assert_cmpuint (ramp.rendered - before, <=, 24000 + 64);
    }
  g_assert_cmpuint (silent, ==, 20);
  g_assert_cmpfloat (block[400], >, 0.99);
  g_assert_cmpuint (ramp.restarts, ==, 1);
  tutti_player_get_counts (player, &counts);
  g_assert_cmpuint (counts.caught_up, >=, 479000);
  g_assert_cmpint (counts.next_frame, ==, ramp.next);

  target = at (frame + 60 * 48000, 1);
  tutti_player_fill (player, &target, 240, block);
  g_assert_cmpuint (ramp.restarts, ==, 2);
  g_assert_cmpfloat (block[400], >, 0.99);
}

/* A jump back within the ring plays old frames again, without rendering them again; both ends of the fade are the music. */
static void
test_jump_back (void)
{
  Ramp ramp = { 0 };
  TuttiRenderer renderer = renderer_of (&ramp);
  g_autoptr (TuttiPlayer) player = tutti_player_new (&renderer);
  TuttiPlayerCounts counts;
  TuttiPositionTarget target;
  float block[2 * 240];
  double frame = 100000;
  guint64 before;

  for (guint i = 0; i < 100; i++, frame += 240)
    {
      target = at (frame, 1);
      tutti_player_fill (player, &target, 240, block);
    }
  before = ramp.rendered;
  target = at (frame - 2000, 1);
  tutti_player_fill (player, &target, 240, block);
  g_assert_cmpuint (ramp.rendered - before, <=, 256);    /* the end of the fade, at most */
  g_assert_cmpfloat_with_epsilon (block[0], (float) (frame * 1e-6), 2e-5);
  g_assert_cmpfloat_with_epsilon (block[2 * 200], (float) ((frame - 1800) * 1e-6), 3e-6);
  tutti_player_get_counts (player, &counts);
  g_assert_cmpuint (counts.jumps, ==, 1);
  g_assert_cmpuint (ramp.restarts, ==, 1);
}

static void
test_gain_and_local (void)
{
  Ramp ramp = { .level = 1 };
  TuttiRenderer renderer = renderer_of (&ramp);
  g_autoptr (TuttiPlayer) player = NULL;
  float block[2 * 240];

  renderer.render_local = ramp_local;
  player = tutti_player_new (&renderer);
  for (guint i = 0; i < 100; i++)
    {
      TuttiPositionTarget target = at (64000 + i * 240.0, 1);

      if (i == 50)
        tutti_player_set_gain (player, 0);
      tutti_player_fill (player, &target, 240, block);
      if (i == 49)
        g_assert_cmpfloat_with_epsilon (block[401], 0.5f, 1e-6);
      for (guint k = 1; k < 240 && i > 0; k++)
        g_assert_cmpfloat (fabsf (block[2 * k] - block[2 * k - 2]), <, 0.01);
    }
  g_assert_cmpfloat (block[400], ==, 0);
  g_assert_cmpuint (ramp.locals, ==, 100 * 240);
}

/* Without sound the frames are rendered all the same, each once. */
static void
test_advance (void)
{
  Ramp ramp = { 0 };
  TuttiRenderer renderer = renderer_of (&ramp);
  g_autoptr (TuttiPlayer) player = tutti_player_new (&renderer);

  for (gint64 frame = 48000; frame < 96000; frame += 480)
    tutti_player_advance (player, frame);
  g_assert_cmpuint (ramp.restarts, ==, 1);
  g_assert_cmpint (ramp.next, >=, 95520);
  g_assert_cmpint (ramp.next, <, 95520 + 64);
}

static gpointer
write_cells (gpointer data)
{
  TuttiCell *cell = data;

  for (guint64 i = 1; i < 200000; i++)
    {
      guint64 words[TUTTI_CELL_WORDS] = { i, 2 * i, 3 * i, 4 * i, 5 * i, 6 * i };

      tutti_cell_write (cell, words, sizeof words);
      if (i % 1000 == 0)
        tutti_cell_clear (cell);
    }
  return NULL;
}

/* Readers see one writer's values whole and in order, or nothing. */
static void
test_cell (void)
{
  TuttiCell cell = { 0 };
  guint64 words[TUTTI_CELL_WORDS] = { 7 }, last = 0;
  GThread *writer;

  g_assert_false (tutti_cell_read (&cell, words, sizeof words));
  g_assert_cmpuint (words[0], ==, 7);
  writer = g_thread_new ("writer", write_cells, &cell);
  while (last < 199000)
    if (tutti_cell_read (&cell, words, sizeof words))
      {
        for (guint i = 0; i < TUTTI_CELL_WORDS; i++)
          g_assert_cmpuint (words[i], ==, (i + 1) * words[0]);
        g_assert_cmpuint (words[0], >=, last);
        last = words[0];
      }
  g_thread_join (writer);
}

/* A minute of everything the audio thread does, jumps and catching up included, without one allocation. The sanitizers bring their own
 * allocator and cannot be asked. */
static void
test_no_allocation (void)
{
#ifdef COUNT_ALLOCATIONS
  Ramp ramp = { .level = 1 };
  TuttiRenderer renderer = renderer_of (&ramp);
  g_autoptr (TuttiPlayer) player = tutti_player_new (&renderer);
  float block[2 * 240];
  double frame = 64000;
  guint64 before = allocations;

  for (guint i = 0; i < 12000; i++, frame += 240)
    {
      TuttiPositionTarget target = at (frame + (i % 1000 == 999 ? -3000 : 0) + (i > 6000 ? 300000 : 0), 1.0001);

      tutti_player_fill (player, i % 500 == 7 ? NULL : &target, 240, block);
    }
  g_assert_cmpuint (allocations, ==, before);
  g_free (g_malloc (77));
  g_assert_cmpuint (allocations, >, before);
#else
  g_test_skip ("the sanitizer has its own allocator");
#endif
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/player/follows-frames", test_follows_frames);
  g_test_add_func ("/player/silence", test_silence);
  g_test_add_func ("/player/missed-frames", test_missed_frames);
  g_test_add_func ("/player/jump-back", test_jump_back);
  g_test_add_func ("/player/gain-and-local", test_gain_and_local);
  g_test_add_func ("/player/advance", test_advance);
  g_test_add_func ("/player/no-allocation", test_no_allocation);
  g_test_add_func ("/cell/whole-values", test_cell);
  return g_test_run ();
}
