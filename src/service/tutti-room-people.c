/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is connected, by network or from inside, and who of them is somebody. */
#include "tutti-limits.h"
#include "tutti-room-private.h"

#include "tutti-host-guard.h"
#include "tutti-host-reports.h"

#include <string.h>

void
tutti_room_free_seated (gpointer data)
{
  TuttiSeated *seated = data;

  if (seated->link != NULL)
    {
      g_signal_handlers_disconnect_by_data (seated->link, seated);
      if (seated->room->metrics != NULL)
        tutti_room_add_link (seated, seated->room->metrics);
      g_object_unref (seated->link);
    }
  if (seated->guest.destroy != NULL)
    seated->guest.destroy (seated->guest.user);
  g_free (seated);
}

TuttiSeated *
tutti_room_find (TuttiRoom *room, guint connection)
{
  return g_hash_table_lookup (room->seated, GUINT_TO_POINTER (connection));
}

void
tutti_room_forget (TuttiRoom *room, guint connection, gboolean goodbye)
{
  if (tutti_room_find (room, connection) == NULL)
    return;
  g_hash_table_remove (room->seated, GUINT_TO_POINTER (connection));
  if (goodbye)
    tutti_host_left (room->host, connection, tutti_room_now (room));
  else
    tutti_host_closed (room->host, connection, tutti_room_now (room));
}

void
tutti_room_forget_leaving (TuttiRoom *room)
{
  g_autoptr(GList) all = g_hash_table_get_values (room->seated);

  for (const GList *each = all; each != NULL; each = each->next)
    if (((TuttiSeated *) each->data)->leaving)
      tutti_room_forget (room, ((TuttiSeated *) each->data)->number, FALSE);
}

/* Whoever is seated by this is @connection. */
static void
hear (TuttiRoom *room, guint connection, const char *text, gsize length)
{
  guint before = room->speaking;
  TuttiNow begun = tutti_room_now (room);

  room->speaking = connection;
  tutti_host_received (room->host, connection, text, length, begun);
  room->speaking = before;
  if (room->metrics != NULL)
    tutti_metrics_note_time (&room->metrics->messages, g_get_monotonic_time () - begun.us);
}

TuttiSeated *
tutti_room_seat (TuttiRoom *room)
{
  TuttiSeated *seated = g_new0 (TuttiSeated, 1);

  seated->room = room;
  seated->number = ++room->next_connection;
  g_hash_table_insert (room->seated, GUINT_TO_POINTER (seated->number), seated);
  tutti_host_opened (room->host, seated->number, tutti_room_now (room));
  return seated;
}

static void
on_message (TuttiLink *link, GBytes *text, TuttiSeated *seated)
{
  TuttiRoom *room = seated->room;
  guint number = seated->number;
  TuttiRoomWelcomed welcomed = g_steal_pointer (&seated->welcomed);
  gsize length;
  const char *data = g_bytes_get_data (text, &length);

  tutti_link_cork (link);          /* a newcomer is told all that happened since the document */
  hear (room, number, data, length);
  tutti_link_uncork (link);
  /* The first thing said is a hello, or the link is closing now. */
  if (welcomed == NULL || tutti_room_find (room, number) == NULL || !tutti_link_is_open (link))
    return;
  welcomed (seated->user, link);
  tutti_room_tell_changed (room);
}

static void
on_closed (TuttiLink *link, guint code, const char *words, gboolean retryable, TuttiSeated *seated)
{
  TuttiRoom *room = seated->room;

  if (seated->person != 0 && !seated->removed)
    tutti_room_log_person (room, seated->person, tutti_close_words (code));
  if (room->metrics != NULL)
    tutti_metrics_note_close (room->metrics, code);
  tutti_room_forget (room, seated->number, code == TUTTI_CLOSE_NORMAL);
  tutti_room_tell_changed (room);
}

char *
tutti_room_address_of (TuttiLink *link)
{
  GSocketAddress *remote = link != NULL ? tutti_link_get_remote (link) : NULL;

  if (!G_IS_INET_SOCKET_ADDRESS (remote))
    return g_strdup ("");
  return g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
}

void
tutti_room_admit (TuttiRoom *room, TuttiLink *link, TuttiRoomWelcomed welcomed, gpointer user)
{
  TuttiSeated *seated = tutti_room_seat (room);
  g_autofree char *address = tutti_room_address_of (link);

  tutti_host_set_address (room->host, seated->number, address);
  if (tutti_link_is_pictured (link))
    tutti_host_set_pictured (room->host, seated->number);
  seated->link = g_object_ref (link);
  seated->welcomed = welcomed;
  seated->user = user;
  tutti_link_set_pace (link, TUTTI_MESSAGES_A_SECOND, TUTTI_MESSAGES_AT_ONCE, TUTTI_TOO_FAST_MS);
  g_signal_connect (link, "message", G_CALLBACK (on_message), seated);
  g_signal_connect (link, "closed", G_CALLBACK (on_closed), seated);
}

guint
tutti_room_connect (TuttiRoom *room, const TuttiRoomGuest *guest)
{
  TuttiSeated *seated = tutti_room_seat (room);

  seated->guest = *guest;
  tutti_host_is_home (room->host, seated->number);
  tutti_host_set_pictured (room->host, seated->number);
  return seated->number;
}

void
tutti_room_say (TuttiRoom *room, guint connection, const char *text)
{
  hear (room, connection, text, strlen (text));
}

void
tutti_room_disconnect (TuttiRoom *room, guint connection)
{
  /* Who plays on this machine comes back to the own jam, whatever was done in it. */
  tutti_room_forget (room, connection, FALSE);
  tutti_room_tell_changed (room);
}

static gboolean
is_present (TuttiRoom *room, const TuttiSeated *seated)
{
  return seated->person != 0 && !seated->leaving && (seated->link == NULL || tutti_link_is_open (seated->link)) &&
         tutti_host_is_present (room->host, seated->person);
}

static TuttiReport
report_of (const GArray *guests, guint connection)
{
  for (guint i = 0; i < guests->len; i++)
    if (g_array_index (guests, TuttiHostGuest, i).connection == connection)
      return g_array_index (guests, TuttiHostGuest, i).report;
  return (TuttiReport) { 0 };
}

GArray *
tutti_room_list_people (TuttiRoom *room)
{
  g_autoptr(GArray) guests = tutti_host_list_guests (room->host, tutti_room_now (room));
  GArray *people = g_array_new (FALSE, TRUE, sizeof (TuttiRoomPerson));
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, room->seated);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    {
      const TuttiSeated *seated = each;
      const TuttiPerson *known = tutti_jam_person (tutti_host_get_jam (room->host), seated->person);
      TuttiRoomPerson person = { .number = seated->person, .since_us = seated->since_us };

      if (!is_present (room, seated))
        continue;
      g_autofree char *address = tutti_room_address_of (seated->link);

      g_strlcpy (person.name, known != NULL ? known->name : "", sizeof person.name);
      g_strlcpy (person.address, address, sizeof person.address);
      person.report = report_of (guests, seated->number);
      g_array_append_val (people, person);
    }
  return people;
}

gboolean
tutti_room_kick (TuttiRoom *room, guint number, GError **error)
{
  return tutti_host_kick (room->host, 0, number, error);
}

gboolean
tutti_room_ban (TuttiRoom *room, guint number, gboolean banned, GError **error)
{
  return tutti_host_ban (room->host, 0, number, banned, tutti_room_now (room), error);
}
