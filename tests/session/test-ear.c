/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What this machine alone hears lies over everyone's mix, and leaves no trace of itself. */
#include "tutti-demo.h"
#include "tutti-ear.h"
#include "tutti-mix.h"
#include "tutti-net-time.h"
#include "tutti-plan.h"
#include "tutti-somebody.h"

#define N 512
#define SHARED 0.25f                 /* what everyone hears, in this test */

typedef struct
{
  TuttiSoundBank *bank;
  TuttiNetTime   *time;
  TuttiOutput    *output;
  TuttiEar       *ear;
  TuttiJam       *jam;
} Room;

static void
nothing (void *data, int64_t first_frame, unsigned n, float *stereo)
{
}

static void
nothing_from (void *data, int64_t first_frame)
{
}

static void
room_init (Room *room)
{
  TuttiRenderer renderer = { room, nothing, NULL, nothing_from };
  guint32 counter = 0;
  g_autoptr(GPtrArray) ops = tutti_demo_ops (7, &counter);
  TuttiStamp stamp = { 0 };

  room->bank = tutti_sound_bank_new (NULL);
  room->time = tutti_net_time_new (NULL);
  room->output = tutti_output_new (&renderer, tutti_net_time_get_clock (room->time), 0, no_sink, NULL);
  room->ear = tutti_ear_new (room->bank);
  room->jam = tutti_jam_new ();
  for (guint i = 0; i < ops->len; i++)
    g_assert_true (tutti_jam_apply (room->jam, ops->pdata[i], &stamp, NULL, NULL));
}

static void
room_clear (Room *room)
{
  tutti_output_stop (room->output);
  g_object_unref (room->output);
  tutti_ear_free (room->ear);
  tutti_jam_free (room->jam);
  g_object_unref (room->time);
  g_object_unref (room->bank);
}

/* The mix of everyone, with what the ear makes of it. Returns: how many samples are otherwise. */
static guint
render (Room *room, gint64 frame, float *stereo)
{
  guint n = 0;

  for (guint i = 0; i < 2 * N; i++)
    stereo[i] = SHARED;
  tutti_ear_render (room->ear, frame, N, stereo);
  for (guint i = 0; i < 2 * N; i++)
    n += stereo[i] != SHARED;
  return n;
}

static gint64
wait_until_heard (Room *room)
{
  WAIT_FOR (tutti_ear_get_heard (room->ear) != NULL);
  return tutti_ear_get_heard (room->ear)->transport.anchor.frame;
}

static void
test_over (void)
{
  float stereo[2 * N];
  Room room;

  room_init (&room);
  g_assert_cmpuint (render (&room, 0, stereo), ==, 0);
  tutti_ear_listen (room.ear, room.jam, room.output);
  gint64 from = wait_until_heard (&room);

  /* Up to its first frame nothing is touched; from there on it fades in, and is all that is heard. */
  g_assert_cmpuint (render (&room, from - N, stereo), ==, 0);
  g_assert_cmpuint (render (&room, from, stereo), >, 0);
  float loudest = 0;
  gint64 frame = from + N;

  for (guint i = 0; i < 100; i++, frame += N)
    {
      g_assert_cmpuint (render (&room, frame, stereo), ==, 2 * N);
      for (guint j = 0; j < 2 * N; j++)
        loudest = MAX (loudest, ABS (stereo[j]));
    }
  g_assert_cmpfloat (loudest, >, 0.05f);

  /* It fades away, and everyone's mix is there as it was, to the bit. */
  tutti_ear_stop (room.ear);
  g_assert_null (tutti_ear_get_heard (room.ear));
  g_assert_cmpuint (render (&room, frame, stereo), >, 0);
  g_assert_cmpuint (render (&room, frame + N, stereo), ==, 0);
  g_assert_cmpuint (render (&room, frame + 2 * N, stereo), ==, 0);
  room_clear (&room);
}

/* ---- in place ---- */

static TuttiJam *
with (const TuttiJam *jam, TuttiOp *op, gint64 at)
{
  TuttiStamp stamp = { .at = at };
  TuttiJam *changed = tutti_jam_copy (jam);

  g_assert_true (tutti_jam_apply (changed, op, &stamp, NULL, NULL));
  tutti_op_free (op);
  return changed;
}

static void
push (Room *room, TuttiMix *mix, TuttiPlan *plan, const TuttiJam *jam, gint64 at)
{
  TuttiScore *score = tutti_plan_compile (plan, jam, at);

  g_assert_true (tutti_mix_push_score (mix, score));
}

static guint
first_touched (const float *stereo)
{
  guint i = 0;

  while (stereo[i] == SHARED)
    i++;
  return i / 2;
}

/* Rendered from the same frame, the same scores make the same sound: so what is tried runs in the jam's own time, and what others do
 * meanwhile is done in it. */
static void
test_in_place (void)
{
  static const TuttiMixOptions options = { .without_prints = TRUE };
  float stereo[2 * N], expected[2 * N];
  gboolean audible = FALSE;
  Room room;

  room_init (&room);
  g_autoptr(TuttiJam) playing = with (room.jam, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)), 0);
  g_autoptr(TuttiJam) tried = with (playing, tutti_op_new (TUTTI_OP_TRACK_SOUND, playing->tracks[0]->id, "drum:hard-kick"), 0);
  g_autoptr(TuttiPlan) plan = tutti_plan_new (tutti_sound_bank_resolve, room.bank);
  TuttiMix *mix = tutti_mix_new (&options);

  gint64 before = tutti_output_get_frame_now (room.output);

  tutti_ear_listen_in_place (room.ear, tried, room.output);
  WAIT_FOR (tutti_ear_get_heard (room.ear) != NULL);
  /* It begins in what is still to be rendered. */
  gint64 frame = before, from, edit;

  while (render (&room, frame, stereo) == 0)
    frame += N;
  from = frame + first_touched (stereo);
  push (&room, mix, plan, tried, from);
  tutti_mix_start (mix, from);
  tutti_mix_render (mix, from, (guint) (frame + N - from), expected);
  /* Until it has faded in. */
  frame += N;
  render (&room, frame, stereo);
  tutti_mix_render (mix, frame, N, expected);
  edit = frame + 40 * N;
  g_autoptr(TuttiJam) edited = with (tried, tutti_op_new (TUTTI_OP_TRACK_SOUND, playing->tracks[1]->id, "drum:tin-snare"), edit);

  tutti_ear_follow (room.ear, edited, edit);
  push (&room, mix, plan, edited, edit);
  for (guint i = 0; i < 200; i++)
    {
      frame += N;
      render (&room, frame, stereo);
      tutti_mix_render (mix, frame, N, expected);
      g_assert_cmpmem (stereo, sizeof stereo, expected, sizeof expected);
      for (guint j = 0; j < 2 * N; j++)
        audible |= ABS (stereo[j]) > 0.05f;
    }
  g_assert_true (audible);
  tutti_mix_free (mix);
  room_clear (&room);
}

/* The audio thread renders on while one moment follows the other. */
static gpointer
render_on (gpointer data)
{
  Room *room = data;
  float stereo[2 * N];

  for (gint64 frame = 0; g_atomic_pointer_get (&room->jam) != NULL; frame += N)
    {
      render (room, tutti_output_get_frame_now (room->output), stereo);
      g_thread_yield ();
    }
  return NULL;
}

static void
test_one_after_the_other (void)
{
  Room room;

  room_init (&room);
  TuttiJam *jam = room.jam;
  GThread *thread = g_thread_new ("audio", render_on, &room);

  for (guint i = 0; i < 6; i++)
    {
      tutti_ear_listen (room.ear, jam, room.output);
      /* Some are heard, some are given up before. */
      if (i % 2 == 0)
        wait_until_heard (&room);
      if (i == 3)
        tutti_ear_stop (room.ear);
    }
  g_atomic_pointer_set (&room.jam, NULL);
  g_thread_join (thread);
  room.jam = jam;
  room_clear (&room);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/ear/over", test_over);
  g_test_add_func ("/ear/in-place", test_in_place);
  g_test_add_func ("/ear/one-after-the-other", test_one_after_the_other);
  return g_test_run ();
}
