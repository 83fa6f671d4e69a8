/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness.h"

typedef struct
{
  const char *what;
  gint64 deadline_us;
} Watchdog;

static void
drop_line (const char *domain, GLogLevelFlags level, const char *line, gpointer data)
{
}

void
harness_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  g_log_set_handler ("libsoup", G_LOG_LEVEL_DEBUG, drop_line, NULL);
  g_log_set_handler ("GLib-GIO", G_LOG_LEVEL_DEBUG, drop_line, NULL);
}

static gboolean
on_watchdog (gpointer data)
{
  Watchdog *watchdog = data;

  if (g_get_monotonic_time () > watchdog->deadline_us)
    g_error ("waited in vain at %s", watchdog->what);
  return G_SOURCE_CONTINUE;
}

GSource *
watchdog_start (const char *what)
{
  GSource *source = g_timeout_source_new (20);
  Watchdog *watchdog = g_new (Watchdog, 1);

  watchdog->what = what;
  watchdog->deadline_us = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  g_source_set_callback (source, on_watchdog, watchdog, g_free);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static void
on_host_message (TuttiLink *link, GBytes *text, Host *self)
{
  self->n_messages++;
  if (self->echo)
    tutti_link_send_bytes (link, text);
}

static void
on_host_closed (TuttiLink *link, guint code, const char *words, gboolean retryable, Host *self)
{
  self->n_closed++;
  self->last_code = code;
  g_signal_handlers_disconnect_by_data (link, self);
  g_ptr_array_remove_fast (self->links, link);
}

static void
on_link (TuttiListener *listener, TuttiLink *link, const char *jam, Host *self)
{
  self->n_links++;
  g_ptr_array_add (self->links, g_object_ref (link));
  g_signal_connect (link, "message", G_CALLBACK (on_host_message), self);
  g_signal_connect (link, "closed", G_CALLBACK (on_host_closed), self);
  if (self->welcome)
    tutti_listener_welcome (listener, link);
}

void
host_init (Host *self)
{
  *self = (Host) { .echo = TRUE, .welcome = TRUE };
  self->identity = tutti_identity_make (NULL);
  self->listener = tutti_listener_new (self->identity);
  self->links = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (self->listener, "link", G_CALLBACK (on_link), self);
}

void
host_start (Host *self)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (tutti_listener_start (self->listener, 0, TUTTI_LISTEN_LOOPBACK, &error));
  g_assert_no_error (error);
}

static gboolean
is_closed_everywhere (Host *self)
{
  return tutti_listener_get_figures (self->listener).open == 0;
}

void
host_clear (Host *self)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      g_signal_handlers_disconnect_by_data (self->links->pdata[i], self);
      tutti_link_close (self->links->pdata[i], TUTTI_CLOSE_GOING_AWAY, NULL);
    }
  g_clear_pointer (&self->links, g_ptr_array_unref);
  tutti_listener_stop (self->listener);
  WAIT_FOR (is_closed_everywhere (self));          /* nothing may be left of any connection */
  g_assert_cmpuint (tutti_listener_get_figures (self->listener).unwelcomed, ==, 0);
  g_assert_finalize_object (self->listener);
  g_clear_object (&self->identity);
}

guint16
host_port (Host *self)
{
  return tutti_listener_get_port (self->listener, NULL);
}

TuttiAddress *
host_address (Host *self)
{
  return tutti_address_new ("127.0.0.1", NULL, host_port (self));
}

static void
on_guest_message (TuttiLink *link, GBytes *text, Guest *self)
{
  self->n_messages++;
  g_ptr_array_add (self->texts, g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text)));
}

static void
on_guest_closed (TuttiLink *link, guint code, const char *words, gboolean retryable, Guest *self)
{
  self->n_closed++;
  self->code = code;
  self->retryable = retryable;
  g_free (self->words);
  self->words = g_strdup (words);
}

static void
on_guest_drained (TuttiLink *link, Guest *self)
{
  self->n_drained++;
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  Guest *self = data;

  self->link = tutti_link_connect_finish (result, &self->error);
  self->done = TRUE;
  if (self->link == NULL)
    return;
  g_signal_connect (self->link, "message", G_CALLBACK (on_guest_message), self);
  g_signal_connect (self->link, "closed", G_CALLBACK (on_guest_closed), self);
  g_signal_connect (self->link, "drained", G_CALLBACK (on_guest_drained), self);
}

void
guest_begin (Guest *self, const TuttiAddress *address, const char *fingerprint, guint timeout_ms)
{
  *self = (Guest) { .texts = g_ptr_array_new_with_free_func (g_free) };
  tutti_link_connect_async (address, fingerprint, timeout_ms, NULL, on_connected, self);
}

void
guest_connect (Guest *self, const TuttiAddress *address, const char *fingerprint, guint timeout_ms)
{
  guest_begin (self, address, fingerprint, timeout_ms);
  WAIT_FOR (self->done);
}

void
guest_clear (Guest *self)
{
  if (self->link != NULL)
    {
      tutti_link_close (self->link, TUTTI_CLOSE_NORMAL, NULL);
      WAIT_FOR (self->n_closed == 1);
      g_signal_handlers_disconnect_by_data (self->link, self);
    }
  g_clear_object (&self->link);
  g_clear_error (&self->error);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
}
