/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Someone in the maker's main context, who is in the default jam without a socket. */
#include "tutti-hosting-private.h"

/* ---- what they are told ---- */

typedef struct
{
  GWeakRef   hosting;
  guint      connection;
  char      *text;
  gboolean   closed;
  TuttiClose code;
} Parcel;

static void
free_parcel (gpointer data)
{
  Parcel *parcel = data;

  g_weak_ref_clear (&parcel->hosting);
  g_free (parcel->text);
  g_free (parcel);
}

/* Here: only when the guest is still connected. */
static gboolean
deliver (gpointer data)
{
  Parcel *parcel = data;
  g_autoptr(TuttiHosting) self = g_weak_ref_get (&parcel->hosting);
  const TuttiRoomGuest *known = self != NULL && self->guests != NULL
                                  ? g_hash_table_lookup (self->guests, GUINT_TO_POINTER (parcel->connection)) : NULL;

  if (known == NULL)
    return G_SOURCE_REMOVE;
  TuttiRoomGuest guest = *known;

  if (!parcel->closed)
    guest.receive (guest.user, parcel->text);
  else
    {
      g_hash_table_remove (self->guests, GUINT_TO_POINTER (parcel->connection));
      guest.closed (guest.user, parcel->code, parcel->text);
    }
  return G_SOURCE_REMOVE;
}

/* There: the house's side of one guest. */
typedef struct
{
  TuttiHosting *self;
  guint         connection;
} Seat;

static void
post_parcel (Seat *seat, const char *text, gboolean closed, TuttiClose code)
{
  Parcel *parcel = g_new0 (Parcel, 1);

  g_weak_ref_init (&parcel->hosting, seat->self);
  parcel->connection = seat->connection;
  parcel->text = g_strdup (text);
  parcel->closed = closed;
  parcel->code = code;
  tutti_hosting_thread_post_back (seat->self->thread, deliver, parcel, free_parcel);
}

static void
receive_there (gpointer user, const char *text)
{
  post_parcel (user, text, FALSE, TUTTI_CLOSE_NORMAL);
}

static void
closed_there (gpointer user, TuttiClose code, const char *words)
{
  post_parcel (user, words, TRUE, code);
}

/* ---- what they say ---- */

typedef struct
{
  TuttiHosting *self;
  guint         connection;
} Connecting;

static void
connect_there (TuttiHouse *house, gpointer data)
{
  Connecting *connecting = data;
  Seat *seat = g_new0 (Seat, 1);

  seat->self = connecting->self;
  /* Its only room stays open. */
  seat->connection = tutti_room_connect (tutti_house_find (house, NULL),
                                         &(TuttiRoomGuest) { seat, receive_there, closed_there, g_free });
  connecting->connection = seat->connection;
}

guint
tutti_hosting_connect (TuttiHosting *self, const TuttiRoomGuest *guest)
{
  Connecting connecting = { self, 0 };

  tutti_hosting_call (self, connect_there, &connecting);
  g_hash_table_insert (self->guests, GUINT_TO_POINTER (connecting.connection), g_memdup2 (guest, sizeof *guest));
  return connecting.connection;
}

typedef struct
{
  guint connection;
  char *text;                      /* owned */
} Saying;

static void
free_saying (gpointer data)
{
  Saying *saying = data;

  g_free (saying->text);
  g_free (saying);
}

static void
say_there (TuttiHouse *house, gpointer data)
{
  Saying *saying = data;
  TuttiRoom *room = tutti_house_find (house, NULL);

  if (room != NULL)
    tutti_room_say (room, saying->connection, saying->text);
}

void
tutti_hosting_say (TuttiHosting *self, guint connection, const char *text)
{
  Saying saying = { connection, g_strdup (text) };

  tutti_hosting_post (self, say_there, g_memdup2 (&saying, sizeof saying), free_saying);
}

static void
disconnect_there (TuttiHouse *house, gpointer connection)
{
  TuttiRoom *room = tutti_house_find (house, NULL);

  if (room != NULL)
    tutti_room_disconnect (room, GPOINTER_TO_UINT (connection));
}

void
tutti_hosting_disconnect (TuttiHosting *self, guint connection)
{
  g_hash_table_remove (self->guests, GUINT_TO_POINTER (connection));
  if (!tutti_hosting_thread_has_ended (self->thread))
    tutti_hosting_call (self, disconnect_there, GUINT_TO_POINTER (connection));
}
