/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What this machine alone hears lies over everyone's mix, and leaves no trace of itself. */
#include "tutti-demo.h"
#include "tutti-ear.h"
#include "tutti-net-time.h"
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
  g_test_add_func ("/ear/one-after-the-other", test_one_after_the_other);
  return g_test_run ();
}
