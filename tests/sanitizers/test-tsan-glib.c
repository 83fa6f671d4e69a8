/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Plain values that two threads share in each of GLib's ways. There is no race in here: under the thread sanitizer this shows
 * that tutti-tsan-glib.c tells it so, without which every guarded value in Tutti would be reported. */

#include <gio/gio.h>

#define ROUNDS 1000

typedef struct
{
  GMutex       lock;
  GCond        changed;
  GAsyncQueue *queue;
  GMainLoop   *loop;
  int          guarded;
  int          calls;
} Shared;

static gpointer
count_under_lock (gpointer data)
{
  Shared *shared = data;

  for (int i = 0; i < ROUNDS; i++)
    {
      g_mutex_lock (&shared->lock);
      shared->guarded++;
      g_cond_signal (&shared->changed);
      g_mutex_unlock (&shared->lock);
    }
  return NULL;
}

static void
test_mutex (void)
{
  Shared shared = { 0 };
  GThread *thread = g_thread_new ("count", count_under_lock, &shared);

  g_mutex_lock (&shared.lock);
  while (shared.guarded < ROUNDS)
    g_cond_wait (&shared.changed, &shared.lock);
  g_mutex_unlock (&shared.lock);
  g_thread_join (thread);
  g_assert_cmpint (shared.guarded, ==, ROUNDS);
}

static gpointer
fill_queue (gpointer data)
{
  Shared *shared = data;

  for (int i = 0; i < ROUNDS; i++)
    {
      int *value = g_new (int, 1);

      *value = i;
      g_async_queue_push (shared->queue, value);
    }
  return NULL;
}

static void
test_queue (void)
{
  Shared shared = { .queue = g_async_queue_new () };
  GThread *thread = g_thread_new ("fill", fill_queue, &shared);

  for (int i = 0; i < ROUNDS; i++)
    {
      g_autofree int *value = g_async_queue_pop (shared.queue);

      g_assert_cmpint (*value, ==, i);
    }
  g_thread_join (thread);
  g_async_queue_unref (shared.queue);
}

static gboolean
on_call (gpointer data)
{
  Shared *shared = data;

  /* Written by the other thread before it asked for this call, as was guarded. */
  if (++shared->calls == ROUNDS)
    {
      g_assert_cmpint (shared->guarded, ==, ROUNDS);
      g_main_loop_quit (shared->loop);
    }
  return G_SOURCE_REMOVE;
}

static gpointer
ask_for_calls (gpointer data)
{
  Shared *shared = data;

  for (int i = 0; i < ROUNDS; i++)
    {
      shared->guarded++;
      if (i % 2 == 0)
        g_main_context_invoke (NULL, on_call, shared);
      else
        g_idle_add_full (G_PRIORITY_DEFAULT, on_call, shared, NULL);
    }
  return NULL;
}

static void
test_main_context (void)
{
  Shared shared = { .loop = g_main_loop_new (NULL, FALSE) };
  GThread *thread;

  /* Owned, so that the other thread's calls come here instead of running there. */
  g_assert_true (g_main_context_acquire (NULL));
  thread = g_thread_new ("ask", ask_for_calls, &shared);
  g_main_loop_run (shared.loop);
  g_main_context_release (NULL);
  g_thread_join (thread);
  g_main_loop_unref (shared.loop);
  g_assert_cmpint (shared.calls, ==, ROUNDS);
}

static void
double_it (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  int *value = g_task_get_task_data (task);

  *value *= 2;
  g_task_return_pointer (task, value, NULL);
}

static void
on_doubled (GObject *source, GAsyncResult *result, gpointer data)
{
  Shared *shared = data;
  const int *value = g_task_propagate_pointer (G_TASK (result), NULL);

  shared->guarded = *value;
  g_main_loop_quit (shared->loop);
}

static void
test_task (void)
{
  Shared shared = { .loop = g_main_loop_new (NULL, FALSE) };
  g_autoptr(GTask) task = g_task_new (NULL, NULL, on_doubled, &shared);
  int *value = g_new (int, 1);

  *value = 21;
  g_task_set_task_data (task, value, g_free);
  g_task_run_in_thread (task, double_it);
  g_main_loop_run (shared.loop);
  g_main_loop_unref (shared.loop);
  g_assert_cmpint (shared.guarded, ==, 42);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tsan-glib/mutex", test_mutex);
  g_test_add_func ("/tsan-glib/queue", test_queue);
  g_test_add_func ("/tsan-glib/main-context", test_main_context);
  g_test_add_func ("/tsan-glib/task", test_task);
  return g_test_run ();
}
