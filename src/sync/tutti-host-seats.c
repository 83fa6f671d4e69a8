/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Seats: who has a right to come back, on which number, and as whom. */
#include "tutti-host-private.h"

/* Two hosts of one jam that cannot see each other give their newcomers different numbers. */
#define NUMBERS_APART 64

TuttiSeat *
tutti_host_seat_of_token (TuttiHost *host, const char *token)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);

  if (token[0] == '\0')
    return NULL;
  for (guint i = 0; i < host->seats->len; i++)
    {
      TuttiSeat *seat = host->seats->pdata[i];

      if (g_str_equal (seat->token_hash, hash))
        return seat;
    }
  return NULL;
}

gboolean
tutti_host_is_present (TuttiHost *host, guint number)
{
  for (guint i = 0; i < host->seats->len; i++)
    if (((TuttiSeat *) host->seats->pdata[i])->number == number)
      return ((TuttiSeat *) host->seats->pdata[i])->connection != 0;
  return FALSE;
}

gboolean
tutti_host_has_banned (TuttiHost *host, const TuttiSeat *seat)
{
  const TuttiPerson *person = tutti_jam_person (host->jam, seat->number);

  return person != NULL && person->role == TUTTI_ROLE_BANNED;
}

/* ---- taken ---- */

/* A number goes to one person only, as long as there are any: what they did is told apart by it after they left. */
static guint
new_number (TuttiHost *host)
{
  guint number = 1;

  for (guint i = 0; i < host->jam->people->len; i++)
    host->last_number = MAX (host->last_number, ((TuttiPerson *) host->jam->people->pdata[i])->number);
  if (!host->numbers_apart)
    host->last_number += NUMBERS_APART * host->settings.rank;
  host->numbers_apart = TRUE;
  if (host->last_number < TUTTI_WATCHER_NUMBER - 1)
    return ++host->last_number;
  while (tutti_jam_person (host->jam, number) != NULL)
    number++;
  return number;
}

TuttiSeat *
tutti_host_new_seat (TuttiHost *host)
{
  TuttiSeat *seat = g_new0 (TuttiSeat, 1);

  seat->number = new_number (host);
  g_ptr_array_add (host->seats, seat);
  return seat;
}

void
tutti_host_remember (TuttiHost *host, guint number, const char *token_hash)
{
  TuttiSeat *seat = g_new0 (TuttiSeat, 1);

  seat->number = number;
  seat->edited = TRUE;             /* for all that is known here */
  g_strlcpy (seat->token_hash, token_hash, sizeof seat->token_hash);
  host->last_number = MAX (host->last_number, number);
  g_ptr_array_add (host->seats, seat);
}

guint
tutti_host_reserve (TuttiHost *host, const char *token)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
  TuttiSeat *seat = tutti_host_seat_of_token (host, token);

  if (seat != NULL)
    {
      seat->home = TRUE;
      return 0;
    }
  seat = tutti_host_new_seat (host);
  seat->edited = seat->home = TRUE;
  g_strlcpy (seat->token_hash, hash, sizeof seat->token_hash);
  tutti_host_tell_seat (host, seat);
  return seat->number;
}

/* ---- given back ---- */

/* A document that cannot be written keeps its people. */
static void
vacate (TuttiHost *host, TuttiSeat *seat, TuttiNow now)
{
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_PERSON_LEAVE, TUTTI_N (seat->number));

  if (!tutti_host_apply (host, op, now, NULL))
    return;
  host->hooks.vacated (host->hooks.user, seat->number);
  tutti_host_forget_visits (host, seat);
  g_ptr_array_remove (host->seats, seat);
}

/* Beyond so many people, who is away and has done nothing makes room: seats cost nothing to whoever only takes them. */
#define CROWDED (TUTTI_PEOPLE_MAX / 2)

static gboolean
may_be_cleared (TuttiHost *host, const TuttiSeat *seat)
{
  gboolean crowded = host->jam->people->len >= CROWDED;

  return (seat->vacant || (crowded && seat->connection == 0 && !seat->edited)) && !tutti_host_has_banned (host, seat);
}

void
tutti_host_clear_vacant (TuttiHost *host, TuttiNow now)
{
  for (guint i = host->seats->len; i-- > 0; )
    if (may_be_cleared (host, host->seats->pdata[i]))
      vacate (host, host->seats->pdata[i], now);
}

void
tutti_host_replace_ghost (TuttiHost *host, TuttiSeat *seat)
{
  TuttiConnection *ghost = g_hash_table_lookup (host->connections, GUINT_TO_POINTER (seat->connection));

  seat->connection = 0;
  host->figures.present--;
  tutti_host_forget_heir (host, seat->number);
  tutti_host_tell_out (host, ghost, seat->number);
  if (ghost != NULL)
    tutti_host_end (host, ghost, TUTTI_CLOSE_REPLACED, NULL);
}

/* ---- who sits there ---- */

/* The colour asked for when nobody present has it, else the first that is free; with more people than colours they repeat. */
static guint8
free_colour (TuttiHost *host, const TuttiSeat *seat, guint8 wanted)
{
  gboolean taken[TUTTI_N_PERSON_COLOURS] = { FALSE };

  for (guint i = 0; i < host->seats->len; i++)
    {
      const TuttiSeat *other = host->seats->pdata[i];
      const TuttiPerson *person = tutti_jam_person (host->jam, other->number);

      if (other != seat && other->connection != 0 && person != NULL)
        taken[person->colour] = TRUE;
    }
  for (guint8 i = 0; i < TUTTI_N_PERSON_COLOURS; i++)
    if (!taken[(wanted + i) % TUTTI_N_PERSON_COLOURS])
      return (guint8) ((wanted + i) % TUTTI_N_PERSON_COLOURS);
  return wanted;
}

gboolean
tutti_host_introduce (TuttiHost *host, const TuttiSeat *seat, const TuttiHello *hello, TuttiNow now, GError **error)
{
  const TuttiPerson *known = tutti_jam_person (host->jam, seat->number);
  guint8 colour = free_colour (host, seat, hello->colour);

  if (known != NULL && g_str_equal (known->name, hello->name) && known->colour == colour)
    return TRUE;
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_PERSON, TUTTI_N (seat->number), hello->name, TUTTI_N (colour));

  return tutti_host_apply (host, op, now, error);
}

/* Nobody here knows their token: they have no way back to that seat, and it is cleared away when it is in the way. A guest may tell of
 * people who never were, so they do not take the places of others. */
void
tutti_host_meet (TuttiHost *host, const TuttiOp *person, TuttiNow now)
{
  guint number = (guint) person->arg[0].number;

  if (tutti_jam_person (host->jam, number) != NULL || host->jam->people->len >= CROWDED || !tutti_host_apply (host, person, now, NULL))
    return;
  TuttiSeat *seat = g_new0 (TuttiSeat, 1);

  seat->number = number;
  seat->vacant = TRUE;
  g_ptr_array_add (host->seats, seat);
}
