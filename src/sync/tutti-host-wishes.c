/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking for a role or for the lead: the host passes it on to those who can give it, and keeps nothing of it. */
#include "tutti-host-private.h"
#include "tutti-rights.h"

/* Whoever asked waits so long before asking again. */
#define WISH_EVERY_US (10 * G_USEC_PER_SEC)

static gboolean
refuse (GError **error, TuttiModelError code, const char *words)
{
  g_set_error_literal (error, TUTTI_MODEL_ERROR, code, words);
  return FALSE;
}

/* What one has, or may take, is not asked for. */
static gboolean
may_wish (TuttiHost *host, guint by, TuttiWish wish, GError **error)
{
  const TuttiPerson *person = tutti_jam_person (host->jam, by);
  g_autoptr(TuttiOp) take = tutti_op_new (TUTTI_OP_LEAD, TUTTI_N (by));

  if (wish == TUTTI_WISH_EDIT)
    return (person != NULL && person->role == TUTTI_ROLE_VIEWER) ||
           refuse (error, TUTTI_MODEL_ERROR_INVALID, "only viewers ask to edit");
  if (person == NULL || person->role < TUTTI_ROLE_CONTRIBUTOR)
    return refuse (error, TUTTI_MODEL_ERROR_NOT_ALLOWED, "viewers do not lead");
  return !tutti_jam_may (host->jam, by, take, NULL) || refuse (error, TUTTI_MODEL_ERROR_INVALID, "the lead is there to be taken");
}

static gboolean
can_give (TuttiHost *host, guint number, guint to, TuttiWish wish)
{
  g_autoptr(TuttiOp) op = wish == TUTTI_WISH_LEAD ? tutti_op_new (TUTTI_OP_LEAD, TUTTI_N (to))
                                                  : tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (to), TUTTI_N (TUTTI_ROLE_CONTRIBUTOR));

  return number != to && tutti_jam_may (host->jam, number, op, NULL);
}

static guint
pass_on (TuttiHost *host, guint by, TuttiWish wish)
{
  TuttiMessage message = { .kind = TUTTI_MESSAGE_WISHED, .stamp.by = by, .wish = (guint8) wish };
  GHashTableIter iter;
  gpointer each;
  guint n = 0;

  g_hash_table_iter_init (&iter, host->connections);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    {
      const TuttiConnection *connection = each;

      if (connection->seat == NULL || !can_give (host, connection->seat->number, by, wish))
        continue;
      tutti_host_say (host, connection, &message);
      n++;
    }
  return n;
}

gboolean
tutti_host_wish (TuttiHost *host, TuttiConnection *connection, TuttiWish wish, TuttiNow now, GError **error)
{
  guint by = connection->seat->number;

  if (!may_wish (host, by, wish, error))
    return FALSE;
  if (connection->wished_us != 0 && now.us - connection->wished_us < WISH_EVERY_US)
    return refuse (error, TUTTI_MODEL_ERROR_BUSY, "you have just asked");
  connection->wished_us = now.us;
  return pass_on (host, by, wish) > 0 || refuse (error, TUTTI_MODEL_ERROR_MISSING, "nobody is here who could give that");
}
