/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-ring.h"

#include <glib.h>
#include <string.h>

typedef struct
{
  guint32 number;
  guint32 check[3];
} Message;

static void
test_order (void)
{
  Message slots[8], message = { 0 };
  TuttiRing ring;

  g_assert_true (tutti_ring_init (&ring, slots, sizeof *slots, 8));
  g_assert_false (tutti_ring_pop (&ring, &message));
  for (guint32 round = 0; round < 100; round++)
    {
      for (guint32 i = 0; i < 8; i++)
        g_assert_true (tutti_ring_push (&ring, &(Message) { .number = round * 8 + i }));
      g_assert_cmpuint (tutti_ring_length (&ring), ==, 8);
      g_assert_false (tutti_ring_push (&ring, &message));
      for (guint32 i = 0; i < 8; i++)
        {
          g_assert_true (tutti_ring_pop (&ring, &message));
          g_assert_cmpuint (message.number, ==, round * 8 + i);
        }
      g_assert_false (tutti_ring_pop (&ring, &message));
    }
}

static void
test_refused (void)
{
  Message slots[8], message = { 0 };
  TuttiRing ring;

  g_assert_false (tutti_ring_init (&ring, slots, sizeof *slots, 6));
  g_assert_false (tutti_ring_push (&ring, &message));
  g_assert_false (tutti_ring_pop (&ring, &message));
  g_assert_false (tutti_ring_init (&ring, slots, sizeof *slots, 0));
}

#define N_MESSAGES 200000

static gpointer
write_all (gpointer data)
{
  TuttiRing *ring = data;

  for (guint32 n = 0; n < N_MESSAGES; n++)
    {
      Message message = { n, { n * 3, n ^ 0x5555, ~n } };

      while (!tutti_ring_push (ring, &message))
        g_thread_yield ();
    }
  return NULL;
}

/* Every message arrives once, in order and whole, while both threads run as fast as they can. */
static void
test_two_threads (void)
{
  Message slots[16];
  TuttiRing ring;
  guint32 expected = 0;

  g_assert_true (tutti_ring_init (&ring, slots, sizeof *slots, 16));
  GThread *writer = g_thread_new ("writer", write_all, &ring);
  while (expected < N_MESSAGES)
    {
      Message message;

      if (!tutti_ring_pop (&ring, &message))
        {
          g_thread_yield ();
          continue;
        }
      g_assert_cmpuint (message.number, ==, expected);
      g_assert_cmpuint (message.check[0], ==, expected * 3);
      g_assert_cmpuint (message.check[1], ==, expected ^ 0x5555);
      g_assert_cmpuint (message.check[2], ==, ~expected);
      expected++;
    }
  g_thread_join (writer);
  g_assert_cmpuint (tutti_ring_length (&ring), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dsp/ring/order", test_order);
  g_test_add_func ("/dsp/ring/refused", test_refused);
  g_test_add_func ("/dsp/ring/two-threads", test_two_threads);
  return g_test_run ();
}
