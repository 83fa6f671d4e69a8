/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells the thread sanitizer what GLib orders.
 *
 * GLib is not built with the sanitizer, and its mutexes are bare futexes: to the sanitizer two threads that share a GMutex
 * look unordered, and all they guard looks like a race. These functions stand in front of GLib's own (an executable's symbols
 * come before a library's) and state the same order: what was done before a release is seen after the acquire of the same
 * address. They are linked into the tests of a -Db_sanitize=thread build only.
 *
 * Stated too broadly an order hides races, so each is tied to the object that really carries it. */

#include <dlfcn.h>
#include <gio/gio.h>

void __tsan_acquire (void *address);
void __tsan_release (void *address);

/* The function that GLib has under this name. Looked up once; two threads that race here find the same answer. */
#define REAL(name) ({                                                                \
  static __typeof__ (&(name)) real;                                                  \
  __typeof__ (&(name)) found = __atomic_load_n (&real, __ATOMIC_ACQUIRE);             \
  if (found == NULL)                                                                 \
    {                                                                                \
      found = (__typeof__ (&(name))) dlsym (RTLD_NEXT, #name);                       \
      __atomic_store_n (&real, found, __ATOMIC_RELEASE);                             \
    }                                                                                \
  found; })

/* ---- Locks: what one holder did is seen by the next. */

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock) (mutex);
  __tsan_acquire (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  gboolean locked = REAL (g_mutex_trylock) (mutex);

  if (locked)
    __tsan_acquire (mutex);
  return locked;
}

void
g_mutex_unlock (GMutex *mutex)
{
  __tsan_release (mutex);
  REAL (g_mutex_unlock) (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  __tsan_release (mutex);
  REAL (g_cond_wait) (cond, mutex);
  __tsan_acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  gboolean signalled;

  __tsan_release (mutex);
  signalled = REAL (g_cond_wait_until) (cond, mutex, end_time);
  __tsan_acquire (mutex);
  return signalled;
}

/* ---- One-time initialisation. */

gboolean
(g_once_init_enter) (volatile void *location)
{
  gboolean first = REAL (g_once_init_enter) (location);

  if (!first)
    __tsan_acquire ((void *) location);
  return first;
}

void
(g_once_init_leave) (volatile void *location, gsize result)
{
  __tsan_release ((void *) location);
  REAL (g_once_init_leave) (location, result);
}

/* ---- Queues: what was done before a push is seen after the pop. */

void
g_async_queue_push (GAsyncQueue *queue, gpointer data)
{
  __tsan_release (queue);
  REAL (g_async_queue_push) (queue, data);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  gpointer data = REAL (g_async_queue_pop) (queue);

  __tsan_acquire (queue);
  return data;
}

gpointer
g_async_queue_try_pop (GAsyncQueue *queue)
{
  gpointer data = REAL (g_async_queue_try_pop) (queue);

  __tsan_acquire (queue);
  return data;
}

gpointer
g_async_queue_timeout_pop (GAsyncQueue *queue, guint64 timeout)
{
  gpointer data = REAL (g_async_queue_timeout_pop) (queue, timeout);

  __tsan_acquire (queue);
  return data;
}

/* ---- Calls into another thread's main context: what the caller did is seen by the call. */

typedef struct
{
  GSourceFunc    function;
  gpointer       data;
  GDestroyNotify notify;
} Call;

static gboolean
run_call (gpointer user_data)
{
  Call *call = user_data;

  __tsan_acquire (call);
  return call->function (call->data);
}

static void
free_call (gpointer user_data)
{
  Call *call = user_data;

  __tsan_acquire (call);
  if (call->notify != NULL)
    call->notify (call->data);
  g_free (call);
}

static Call *
new_call (GSourceFunc function, gpointer data, GDestroyNotify notify)
{
  Call *call = g_new (Call, 1);

  *call = (Call) { function, data, notify };
  __tsan_release (call);
  return call;
}

void
g_main_context_invoke_full (GMainContext *context, int priority, GSourceFunc function, gpointer data, GDestroyNotify notify)
{
  REAL (g_main_context_invoke_full) (context, priority, run_call, new_call (function, data, notify), free_call);
}

void
g_main_context_invoke (GMainContext *context, GSourceFunc function, gpointer data)
{
  g_main_context_invoke_full (context, G_PRIORITY_DEFAULT, function, data, NULL);
}

guint
g_idle_add_full (int priority, GSourceFunc function, gpointer data, GDestroyNotify notify)
{
  return REAL (g_idle_add_full) (priority, run_call, new_call (function, data, notify), free_call);
}

/* Idle and timeout sources may be filled by one thread and attached to the context of another. Sources of other kinds call
 * functions of other shapes and are left alone. */
void
g_source_set_callback (GSource *source, GSourceFunc function, gpointer data, GDestroyNotify notify)
{
  if (function != NULL && (source->source_funcs == &g_idle_funcs || source->source_funcs == &g_timeout_funcs))
    REAL (g_source_set_callback) (source, run_call, new_call (function, data, notify), free_call);
  else
    REAL (g_source_set_callback) (source, function, data, notify);
}

/* ---- Tasks: what was done before the return is seen after the propagate; before the start, in the thread. */

void
g_task_return_pointer (GTask *task, gpointer result, GDestroyNotify notify)
{
  __tsan_release (task);
  REAL (g_task_return_pointer) (task, result, notify);
}

void
g_task_return_boolean (GTask *task, gboolean result)
{
  __tsan_release (task);
  REAL (g_task_return_boolean) (task, result);
}

void
g_task_return_int (GTask *task, gssize result)
{
  __tsan_release (task);
  REAL (g_task_return_int) (task, result);
}

void
g_task_return_error (GTask *task, GError *error)
{
  __tsan_release (task);
  REAL (g_task_return_error) (task, error);
}

gpointer
g_task_propagate_pointer (GTask *task, GError **error)
{
  __tsan_acquire (task);
  return REAL (g_task_propagate_pointer) (task, error);
}

gboolean
g_task_propagate_boolean (GTask *task, GError **error)
{
  __tsan_acquire (task);
  return REAL (g_task_propagate_boolean) (task, error);
}

gssize
g_task_propagate_int (GTask *task, GError **error)
{
  __tsan_acquire (task);
  return REAL (g_task_propagate_int) (task, error);
}

void
g_task_run_in_thread (GTask *task, GTaskThreadFunc function)
{
  __tsan_release (task);
  REAL (g_task_run_in_thread) (task, function);
}

gpointer
g_task_get_task_data (GTask *task)
{
  __tsan_acquire (task);
  return REAL (g_task_get_task_data) (task);
}

/* ---- Counted references: whoever lets go last sees what all holders did. */

void
g_object_unref (gpointer object)
{
  __tsan_acquire (object);
  __tsan_release (object);
  REAL (g_object_unref) (object);
}

void
g_bytes_unref (GBytes *bytes)
{
  if (bytes != NULL)
    {
      __tsan_acquire (bytes);
      __tsan_release (bytes);
    }
  REAL (g_bytes_unref) (bytes);
}

gboolean
(g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  __tsan_acquire (count);
  __tsan_release (count);
  return REAL (g_atomic_ref_count_dec) (count);
}

void
g_atomic_rc_box_release_full (gpointer box, GDestroyNotify clear)
{
  __tsan_acquire (box);
  __tsan_release (box);
  REAL (g_atomic_rc_box_release_full) (box, clear);
}
