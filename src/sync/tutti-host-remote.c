/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-host-remote.h"

#include "tutti-host-private.h"
#include "tutti-rights.h"

static TuttiSeat *
seat_of (TuttiHost *host, guint number)
{
  for (guint i = 0; i < host->seats->len; i++)
    if (((TuttiSeat *) host->seats->pdata[i])->number == number)
      return host->seats->pdata[i];
  return NULL;
}

/* Of their connection when there is one: two ways in are not twice as many edits. */
static TuttiBucket *
allowance (TuttiHost *host, TuttiSeat *seat, TuttiNow now)
{
  TuttiConnection *connection = tutti_host_connection_of (host, seat->number);

  if (connection != NULL)
    return &connection->edits;
  if (seat->edits.token_us == 0)
    tutti_bucket_init (&seat->edits, TUTTI_EDITS_A_SECOND, TUTTI_EDITS_AT_ONCE, now.us);
  return &seat->edits;
}

static gboolean
refuse (TuttiModelError code, const char *words, GError **error)
{
  g_set_error_literal (error, TUTTI_MODEL_ERROR, code, words);
  return FALSE;
}

/* The number goes up with the order, also when the visit was forgotten meanwhile: it names one edit for ever. */
static TuttiRecord
record_of (TuttiHost *host, guint by, guint32 creator)
{
  TuttiVisit *visit = tutti_host_visit (host, creator);

  visit->seat = by;
  visit->used = ++host->visits_taken;
  return (TuttiRecord) { .creator = creator, .number = MAX (visit->number, host->seq) + 1, .stamp.by = by };
}

gboolean
tutti_host_submit (TuttiHost *host, guint by, guint32 creator, const TuttiOp *op, TuttiNow now, TuttiStamp *stamp, GError **error)
{
  TuttiSeat *seat = seat_of (host, by);

  if (seat == NULL)
    return refuse (TUTTI_MODEL_ERROR_NOT_ALLOWED, "you have no seat in this jam", error);
  if (host->frozen || host->gathering)
    return refuse (TUTTI_MODEL_ERROR_BUSY, "the jam is changing its host", error);
  TuttiRecord record = record_of (host, by, creator);

  if (!tutti_host_decide (host, allowance (host, seat, now), op, &record, now, error))
    {
      host->figures.refused++;
      return FALSE;
    }
  seat->edited = TRUE;
  seat->vacant = FALSE;
  *stamp = record.stamp;
  tutti_host_note_visit (host, &record);
  tutti_host_tell (host, NULL, &record, record.stamp.seq - 1);
  tutti_host_expel_banned (host, by);
  return TRUE;
}

guint
tutti_host_person_of_token (TuttiHost *host, const char *token)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
  guint number = 0;

  for (guint i = 0; i < host->seats->len && token[0] != '\0'; i++)
    if (g_str_equal (((TuttiSeat *) host->seats->pdata[i])->token_hash, hash))
      number = ((TuttiSeat *) host->seats->pdata[i])->number;
  return tutti_host_seats (host, number) ? number : 0;
}

gboolean
tutti_host_seats (TuttiHost *host, guint number)
{
  const TuttiPerson *person = tutti_jam_person (host->jam, number);

  return number != 0 && seat_of (host, number) != NULL && person != NULL && person->role != TUTTI_ROLE_BANNED;
}

guint32
tutti_host_new_creator (TuttiHost *host)
{
  guint32 creator;

  do
    creator = host->hooks.random (host->hooks.user);
  while (creator == 0 || g_hash_table_contains (host->visits, GUINT_TO_POINTER (creator)));
  return creator;
}

TuttiId
tutti_host_coin (TuttiHost *host)
{
  if (host->coins.creator == 0 || host->coins.counter == G_MAXUINT32)
    host->coins = tutti_id (tutti_host_new_creator (host), 0);
  host->coins.counter++;
  return host->coins;
}

gint64
tutti_host_edit_wait_us (TuttiHost *host, guint by, TuttiNow now)
{
  TuttiSeat *seat = seat_of (host, by);

  return seat != NULL ? tutti_bucket_wait_us (allowance (host, seat, now), 1, now.us) : 0;
}
