/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-wire.h"

#include <string.h>

struct _TuttiWire
{
  TuttiWireCalls calls;
  TuttiHosting  *hosting;          /* owned; NULL outside */
  guint          connection;
  guint          opening;          /* idle source */
  TuttiLink     *link;             /* owned; NULL inside and before it is open */
  GCancellable  *cancellable;      /* of the attempt to connect */
};

/* ---- inside ---- */

static void
inside_received (gpointer user, const char *text)
{
  TuttiWire *wire = user;

  wire->calls.received (wire->calls.user, text, strlen (text));
}

static void
inside_closed (gpointer user, TuttiClose code, const char *words)
{
  TuttiWire *wire = user;

  wire->calls.closed (wire->calls.user, code, words);
}

static gboolean
inside_opened (gpointer data)
{
  TuttiWire *wire = data;

  wire->opening = 0;
  wire->calls.opened (wire->calls.user);
  return G_SOURCE_REMOVE;
}

TuttiWire *
tutti_wire_new_inside (TuttiHosting *hosting, const TuttiWireCalls *calls)
{
  TuttiWire *wire = g_new0 (TuttiWire, 1);

  wire->calls = *calls;
  wire->hosting = g_object_ref (hosting);
  wire->connection = tutti_hosting_connect (hosting, &(TuttiRoomGuest) { wire, inside_received, inside_closed, NULL });
  wire->opening = g_idle_add_full (G_PRIORITY_DEFAULT, inside_opened, wire, NULL);
  return wire;
}

/* ---- outside ---- */

static void
on_message (TuttiLink *link, GBytes *text, TuttiWire *wire)
{
  gsize length;
  const char *data = g_bytes_get_data (text, &length);

  wire->calls.received (wire->calls.user, data, length);
}

static void
on_closed (TuttiLink *link, guint code, const char *words, gboolean retryable, TuttiWire *wire)
{
  wire->calls.closed (wire->calls.user, (TuttiClose) code, words);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  TuttiWire *wire = data;
  g_autoptr(GError) error = NULL;
  TuttiLink *link = tutti_link_connect_finish (result, &error);

  /* A freed wire cancelled first. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&wire->cancellable);
  if (link == NULL)
    {
      wire->calls.failed (wire->calls.user, error);
      return;
    }
  wire->link = link;
  g_signal_connect (link, "message", G_CALLBACK (on_message), wire);
  g_signal_connect (link, "closed", G_CALLBACK (on_closed), wire);
  wire->calls.opened (wire->calls.user);
}

TuttiWire *
tutti_wire_new_outside (const TuttiAddress *address, const char *fingerprint, const TuttiWireCalls *calls)
{
  TuttiWire *wire = g_new0 (TuttiWire, 1);

  wire->calls = *calls;
  wire->cancellable = g_cancellable_new ();
  tutti_link_connect_async (address, fingerprint, 0, wire->cancellable, on_connected, wire);
  return wire;
}

void
tutti_wire_free (TuttiWire *wire)
{
  g_clear_handle_id (&wire->opening, g_source_remove);
  if (wire->hosting != NULL)
    tutti_hosting_disconnect (wire->hosting, wire->connection);
  g_clear_object (&wire->hosting);
  if (wire->cancellable != NULL)
    g_cancellable_cancel (wire->cancellable);
  g_clear_object (&wire->cancellable);
  if (wire->link != NULL)
    {
      g_signal_handlers_disconnect_by_data (wire->link, wire);
      tutti_link_close (wire->link, TUTTI_CLOSE_NORMAL, NULL);
    }
  g_clear_object (&wire->link);
  g_free (wire);
}

void
tutti_wire_send (TuttiWire *wire, const char *text)
{
  if (wire->hosting != NULL)
    tutti_hosting_say (wire->hosting, wire->connection, text);
  else if (wire->link != NULL)
    tutti_link_send (wire->link, text, -1);
}

TuttiLink *
tutti_wire_get_link (TuttiWire *wire)
{
  return wire->link;
}
