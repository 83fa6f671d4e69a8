/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bare-relay.h"

#include <libsoup/soup.h>
#include <stdlib.h>

#include "tutti-identity.h"

/* A thread with a main loop of its own. */
typedef struct
{
  GMainContext *context;
  GMainLoop    *loop;
  GThread      *thread;
} Side;

struct _BareRelay
{
  Side             server_side, guest_side;
  TuttiIdentity   *identity;
  SoupServer      *server;         /* the server side's */
  GPtrArray       *served;         /* the server side's: the connections */
  SoupSession     *session;        /* the guest side's, as all below */
  GPtrArray       *links;
  guint            n_guests;
  gint64          *sent_us, *heard_us;  /* by the number that the message carries; heard by the slowest */
  guint           *arrived;
  guint            sent;
  guint            asked;          /* outside: messages to be sent so far */
  guint            port;
  gint             ready;          /* atomic: guests connected */
  gint             all_heard;      /* atomic: messages that reached everybody */
};

/* ---- two threads ---- */

static gpointer
side_main (gpointer data)
{
  Side *side = data;

  g_main_context_push_thread_default (side->context);
  g_main_loop_run (side->loop);
  g_main_context_pop_thread_default (side->context);
  return NULL;
}

static void
side_start (Side *side, const char *name)
{
  side->context = g_main_context_new ();
  side->loop = g_main_loop_new (side->context, FALSE);
  side->thread = g_thread_new (name, side_main, side);
}

static void
side_call (Side *side, GSourceFunc func, gpointer data)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, NULL);
  g_source_attach (source, side->context);
}

static gboolean
quit (gpointer data)
{
  g_main_loop_quit (((Side *) data)->loop);
  return G_SOURCE_REMOVE;
}

static void
side_stop (Side *side)
{
  if (side->thread == NULL)
    return;
  side_call (side, quit, side);
  g_thread_join (g_steal_pointer (&side->thread));
}

static void
side_clear (Side *side)
{
  side_stop (side);
  g_main_loop_unref (side->loop);
  g_main_context_unref (side->context);
}

/* ---- the relay ---- */

static void
relay (SoupWebsocketConnection *from, SoupWebsocketDataType type, GBytes *text, BareRelay *self)
{
  for (guint i = 0; i < self->served->len; i++)
    soup_websocket_connection_send_message (self->served->pdata[i], type, text);
}

static void
on_guest (SoupServer *server, SoupServerMessage *message, const char *path, SoupWebsocketConnection *guest, gpointer data)
{
  BareRelay *self = data;

  g_ptr_array_add (self->served, g_object_ref (guest));
  g_signal_connect (guest, "message", G_CALLBACK (relay), self);
}

static gboolean
serve (gpointer data)
{
  BareRelay *self = data;
  g_autoptr(GError) error = NULL;

  self->server = soup_server_new ("tls-certificate", tutti_identity_get_certificate (self->identity), NULL);
  soup_server_remove_websocket_extension (self->server, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  soup_server_add_websocket_handler (self->server, "/", NULL, NULL, on_guest, self, NULL);
  if (!soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, &error))
    g_error ("%s", error->message);
  g_autoslist(GUri) uris = soup_server_get_uris (self->server);

  self->port = (guint) g_uri_get_port (uris->data);
  g_atomic_int_set (&self->ready, 1);
  return G_SOURCE_REMOVE;
}

/* ---- the guests ---- */

static void
on_text (SoupWebsocketConnection *link, SoupWebsocketDataType type, GBytes *text, BareRelay *self)
{
  guint number = (guint) strtoul ((const char *) g_bytes_get_data (text, NULL) + 1, NULL, 10);

  /* The sender's own copy does not count, as Tutti's acknowledgement does not. */
  if (link != self->links->pdata[0])
    self->heard_us[number] = g_get_monotonic_time ();
  if (++self->arrived[number] == self->n_guests)
    g_atomic_int_inc (&self->all_heard);
}

static gboolean
send_one (gpointer data)
{
  BareRelay *self = data;
  g_autofree char *text = g_strdup_printf ("[%4u,\"step\",\"k3f.1a\",100]", self->sent);

  self->sent_us[self->sent++] = g_get_monotonic_time ();
  soup_websocket_connection_send_text (self->links->pdata[0], text);
  return G_SOURCE_REMOVE;
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  BareRelay *self = data;
  g_autoptr(GError) error = NULL;
  SoupWebsocketConnection *link = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);

  if (link == NULL)
    g_error ("%s", error->message);
  g_ptr_array_add (self->links, link);
  g_signal_connect (link, "message", G_CALLBACK (on_text), self);
  g_atomic_int_inc (&self->ready);
}

static gboolean
accept_any (SoupMessage *message, GTlsCertificate *theirs, GTlsCertificateFlags errors, gpointer data)
{
  return TRUE;
}

static gboolean
join (gpointer data)
{
  BareRelay *self = data;
  g_autofree char *address = g_strdup_printf ("wss://127.0.0.1:%u/", self->port);

  self->session = soup_session_new_with_options ("proxy-resolver", NULL, "max-conns-per-host", self->n_guests, NULL);
  for (guint i = 0; i < self->n_guests; i++)
    {
      g_autoptr(SoupMessage) message = soup_message_new (SOUP_METHOD_GET, address);

      g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_any), NULL);
      soup_message_disable_feature (message, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
      soup_session_websocket_connect_async (self->session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL, on_connected, self);
    }
  return G_SOURCE_REMOVE;
}

/* ---- from outside ---- */

static void
wait_until (gint *count, gint wanted)
{
  while (g_atomic_int_get (count) < wanted)
    g_usleep (500);
}

BareRelay *
bare_relay_new (guint guests, guint messages)
{
  BareRelay *self = g_new0 (BareRelay, 1);

  self->identity = tutti_identity_make (NULL);
  self->served = g_ptr_array_new_with_free_func (g_object_unref);
  self->links = g_ptr_array_new_with_free_func (g_object_unref);
  self->n_guests = guests;
  self->sent_us = g_new0 (gint64, messages);
  self->heard_us = g_new0 (gint64, messages);
  self->arrived = g_new0 (guint, messages);
  side_start (&self->server_side, "bare-relay");
  side_start (&self->guest_side, "bare-guests");
  side_call (&self->server_side, serve, self);
  wait_until (&self->ready, 1);
  side_call (&self->guest_side, join, self);
  wait_until (&self->ready, 1 + (gint) guests);
  return self;
}

void
bare_relay_send (BareRelay *self)
{
  self->asked++;
  side_call (&self->guest_side, send_one, self);
}

void
bare_relay_finish (BareRelay *self)
{
  wait_until (&self->all_heard, (gint) self->asked);
  side_stop (&self->guest_side);
  side_stop (&self->server_side);
}

double
bare_relay_get_ms (const BareRelay *self, guint n)
{
  return (double) (self->heard_us[n] - self->sent_us[n]) / 1000;
}

void
bare_relay_free (BareRelay *self)
{
  side_stop (&self->guest_side);
  side_stop (&self->server_side);
  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->served);
  g_clear_object (&self->session);
  g_clear_object (&self->server);
  side_clear (&self->guest_side);
  side_clear (&self->server_side);
  g_clear_object (&self->identity);
  g_free (self->sent_us);
  g_free (self->heard_us);
  g_free (self->arrived);
  g_free (self);
}
