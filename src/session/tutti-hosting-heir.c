/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Going on with a jam that was hosted elsewhere, and giving one away. */
#include "tutti-hosting-private.h"

/* ---- going on ---- */

typedef struct
{
  const char        *jam;
  const TuttiEstate *estate;
  TuttiRoomClock     clock;
  guint              people;
  TuttiRoomStatus    status;
  GError            *error;
} Inheriting;

static gint64
host_ns (gpointer clock, gint64 monotonic_ns)
{
  return tutti_shared_clock_host_ns (clock, monotonic_ns);
}

static void
inherit_there (TuttiHouse *house, gpointer data)
{
  Inheriting *inheriting = data;
  TuttiRoom *room = tutti_house_inherit (house, inheriting->jam, inheriting->estate, &inheriting->clock, inheriting->people,
                                         &inheriting->error);

  if (room != NULL)
    tutti_room_get_status (room, &inheriting->status);
}

gboolean
tutti_hosting_inherit (TuttiHosting *self, const char *jam, const TuttiEstate *estate, TuttiSharedClock *clock, guint people,
                       GError **error)
{
  Inheriting inheriting = { .jam = jam, .estate = estate, .clock = { clock, host_ns }, .people = people };

  tutti_hosting_call (self, inherit_there, &inheriting);
  if (inheriting.error != NULL)
    {
      g_propagate_error (error, inheriting.error);
      return FALSE;
    }
  tutti_hosting_set_default (self, &inheriting.status, estate->origin_ns, clock);
  return TRUE;
}

/* ---- giving away ---- */

static void
hand_over_there (TuttiHouse *house, gpointer number)
{
  TuttiRoom *room = tutti_house_find (house, NULL);

  *(guint *) number = room != NULL ? tutti_room_hand_over (room) : 0;
}

guint
tutti_hosting_hand_over (TuttiHosting *self)
{
  guint number = 0;

  tutti_hosting_call (self, hand_over_there, &number);
  return number;
}

typedef struct
{
  guint    number;
  gboolean done;
} GivingBack;

static void
give_back_there (TuttiHouse *house, gpointer data)
{
  GivingBack *giving = data;
  TuttiRoom *room = tutti_house_find (house, NULL);

  giving->done = room != NULL && tutti_room_give_back (room, giving->number);
}

gboolean
tutti_hosting_give_back (TuttiHosting *self, guint number)
{
  GivingBack giving = { number, FALSE };

  tutti_hosting_call (self, give_back_there, &giving);
  return giving.done;
}

static void
freeze_there (TuttiHouse *house, gpointer tail)
{
  TuttiRoom *room = tutti_house_find (house, NULL);

  *(TuttiTail **) tail = room != NULL ? tutti_room_freeze (room) : tutti_tail_new ();
}

TuttiTail *
tutti_hosting_freeze (TuttiHosting *self)
{
  TuttiTail *tail = NULL;

  tutti_hosting_call (self, freeze_there, &tail);
  return tail;
}
