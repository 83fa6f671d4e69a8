/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-control.h"

#include "tutti-json-read.h"
#include "tutti-json-write.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define LINE_BYTES_MAX 4096
#define CONNECTIONS_MAX 8
#define SILENCE_S 30

struct _TuttiControl
{
  GSocketService  *service;        /* owned */
  char            *path;
  TuttiControlFunc func;
  gpointer         user;
  GHashTable      *callers;        /* Caller: a set that holds a reference of each */
};

/* One connection. Each read, write and call under way holds a reference. */
typedef struct
{
  TuttiControl      *control;      /* borrowed; NULL once it is gone */
  GSocketConnection *connection;   /* owned */
  GCancellable      *cancellable;  /* owned */
  GSource           *silence;      /* (nullable) cuts it; none while a call is under way */
  char               line[LINE_BYTES_MAX];
  gsize              length;
  GString           *answer;
} Caller;

struct _TuttiControlCall
{
  Caller *caller;                  /* owned */
};

static void read_more (Caller *caller);

/* ---- connections ---- */

static void
stop_clock (Caller *caller)
{
  if (caller->silence != NULL)
    g_source_destroy (caller->silence);
  g_clear_pointer (&caller->silence, g_source_unref);
}

static void
caller_clear (gpointer data)
{
  Caller *caller = data;

  stop_clock (caller);
  g_object_unref (caller->connection);
  g_object_unref (caller->cancellable);
  g_string_free (caller->answer, TRUE);
}

static void
caller_unref (Caller *caller)
{
  g_rc_box_release_full (caller, caller_clear);
}

/* The caller may be gone after this. */
static void
hang_up (Caller *caller)
{
  g_cancellable_cancel (caller->cancellable);
  stop_clock (caller);
  g_io_stream_close (G_IO_STREAM (caller->connection), NULL, NULL);
  if (caller->control != NULL)
    g_hash_table_remove (caller->control->callers, caller);
}

static gboolean
on_silence (gpointer data)
{
  hang_up (data);
  return G_SOURCE_REMOVE;
}

static void
start_clock (Caller *caller)
{
  stop_clock (caller);
  caller->silence = g_timeout_source_new_seconds (SILENCE_S);
  g_source_set_callback (caller->silence, on_silence, caller, NULL);
  g_source_attach (caller->silence, g_main_context_get_thread_default ());
}

/* ---- answers ---- */

static void
on_written (GObject *stream, GAsyncResult *result, gpointer data)
{
  Caller *caller = data;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (stream), result, NULL, NULL))
    hang_up (caller);
  else if (caller->control != NULL)
    read_more (caller);
  caller_unref (caller);
}

static void
write_answer (TuttiControlCall *call)
{
  Caller *caller = g_steal_pointer (&call->caller);

  g_free (call);
  g_string_append_c (caller->answer, '\n');
  start_clock (caller);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (caller->connection)), caller->answer->str,
                                   caller->answer->len, G_PRIORITY_DEFAULT, caller->cancellable, on_written, caller);
}

void
tutti_control_answer (TuttiControlCall *call, const char *members)
{
  g_string_printf (call->caller->answer, "{\"ok\":true%s%s}", members != NULL ? "," : "", members != NULL ? members : "");
  write_answer (call);
}

void
tutti_control_refuse (TuttiControlCall *call, const GError *why)
{
  GString *out = g_string_set_size (call->caller->answer, 0);

  tutti_json_open (out, '{');
  tutti_json_key (out, "ok");
  tutti_json_put_raw (out, "false");
  tutti_json_put_member_text (out, "why", why->message);
  tutti_json_close (out, '}');
  write_answer (call);
}

/* ---- lines ---- */

static void
obey (Caller *caller, gsize length)
{
  TuttiControlCall *call = g_new0 (TuttiControlCall, 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = tutti_json_parse (caller->line, length, TUTTI_JSON_DEFAULT, &error);
  JsonObject *command;

  call->caller = g_rc_box_acquire (caller);
  caller->length -= length + 1;
  if (node != NULL && tutti_json_check_object (node, "a command", &command, &error))
    {
      memmove (caller->line, caller->line + length + 1, caller->length);
      stop_clock (caller);
      caller->control->func (caller->control->user, command, call);
      return;
    }
  memmove (caller->line, caller->line + length + 1, caller->length);
  tutti_control_refuse (call, error);
}

/* A line that does not end is answered once, and then nobody listens any more. */
static void
refuse_length (Caller *caller)
{
  static const char words[] = "{\"ok\":false,\"why\":\"a command has at most 4096 bytes\"}\n";

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (caller->connection)), words, strlen (words), NULL, NULL,
                             NULL);
  hang_up (caller);
}

static void
on_read (GObject *stream, GAsyncResult *result, gpointer data)
{
  Caller *caller = data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (stream), result, NULL);

  if (n > 0)
    caller->length += (gsize) n;
  if (n <= 0)
    hang_up (caller);
  else if (caller->control != NULL)
    read_more (caller);
  caller_unref (caller);
}

/* One line after the other: the next is looked at when this one was answered. */
static void
read_more (Caller *caller)
{
  char *end = memchr (caller->line, '\n', caller->length);

  if (end != NULL)
    obey (caller, (gsize) (end - caller->line));
  else if (caller->length == sizeof caller->line)
    refuse_length (caller);
  else
    g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (caller->connection)), caller->line + caller->length,
                               sizeof caller->line - caller->length, G_PRIORITY_DEFAULT, caller->cancellable, on_read,
                               g_rc_box_acquire (caller));
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, TuttiControl *self)
{
  Caller *caller;

  if (g_hash_table_size (self->callers) >= CONNECTIONS_MAX)
    return TRUE;
  caller = g_rc_box_new0 (Caller);
  caller->control = self;
  caller->connection = g_object_ref (connection);
  caller->cancellable = g_cancellable_new ();
  caller->answer = g_string_new (NULL);
  g_hash_table_add (self->callers, caller);
  start_clock (caller);
  read_more (caller);
  return TRUE;
}

/* ---- the socket ---- */

/* Of a host that ended without taking it away. */
static gboolean
is_abandoned (const char *path, GSocketAddress *address)
{
  g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_autoptr(GError) error = NULL;
  GStatBuf info;

  return socket != NULL && g_lstat (path, &info) == 0 && S_ISSOCK (info.st_mode) &&
         !g_socket_connect (socket, address, NULL, &error) && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

/* The mode before the name: there is no moment in which others could open it. */
static GSocket *
bind_socket (const char *path, GError **error)
{
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);

  if (socket == NULL)
    return NULL;
  if (strlen (path) >= g_unix_socket_address_get_path_len (G_UNIX_SOCKET_ADDRESS (address)) + 1)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "the path is too long for a socket");
      return NULL;
    }
  if (is_abandoned (path, address))
    g_unlink (path);
  fchmod (g_socket_get_fd (socket), 0600);
  return g_socket_bind (socket, address, FALSE, error) && g_socket_listen (socket, error) ? g_steal_pointer (&socket) : NULL;
}

TuttiControl *
tutti_control_new (const char *path, TuttiControlFunc func, gpointer user, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GSocket) socket = NULL;
  TuttiControl *self;

  g_mkdir_with_parents (folder, 0700);
  socket = bind_socket (path, error);
  if (socket == NULL)
    {
      g_prefix_error (error, "the control socket %s: ", path);
      return NULL;
    }
  self = g_new0 (TuttiControl, 1);
  self->path = g_strdup (path);
  self->func = func;
  self->user = user;
  self->callers = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) caller_unref, NULL);
  self->service = g_socket_service_new ();
  g_socket_listener_add_socket (G_SOCKET_LISTENER (self->service), socket, NULL, NULL);
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  return self;
}

void
tutti_control_free (TuttiControl *self)
{
  g_autoptr(GList) callers = g_hash_table_get_keys (self->callers);

  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_unlink (self->path);
  for (const GList *each = callers; each != NULL; each = each->next)
    {
      Caller *caller = each->data;

      caller->control = NULL;
      hang_up (caller);
    }
  g_hash_table_unref (self->callers);
  g_free (self->path);
  g_free (self);
}

char *
tutti_control_default_path (void)
{
  const char *service = g_getenv ("RUNTIME_DIRECTORY"), *session = g_getenv ("XDG_RUNTIME_DIR");

  if (service != NULL && g_path_is_absolute (service))
    return g_build_filename (service, "control", NULL);
  return session != NULL && g_path_is_absolute (session) ? g_build_filename (session, "tutti-host", "control", NULL) : NULL;
}
