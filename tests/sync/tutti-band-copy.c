/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A machine of the band as guest: its copy, and what that tells. */
#include "tutti-band-private.h"

#include <string.h>

static void
mate_send (gpointer user, const char *text)
{
  TuttiBandMate *mate = user;

  if (mate->wire != NULL)
    band_post (mate->band, &mate->wire->up, text, mate->wire->host == mate);
}

static void
mate_changed (gpointer user, const TuttiTarget *what, guint by)
{
}

TuttiId
band_field_id (guint i, guint field)
{
  return tutti_id (1, 100 + i * TUTTI_BAND_FIELDS + field);
}

static gboolean
is_own_field (const TuttiBandMate *mate, const TuttiOp *op, guint *field)
{
  for (*field = 0; *field < TUTTI_BAND_FIELDS; (*field)++)
    if (op->kind == TUTTI_OP_SCENE_NAME && tutti_id_equal (op->arg[0].id, band_field_id (mate->index, *field)))
      return TRUE;
  return FALSE;
}

static void
mate_confirmed (gpointer user, const TuttiJam *jam, const TuttiOp *op, const TuttiStamp *stamp)
{
  TuttiBandMate *mate = user;
  guint field;

  mate->copies += op == NULL;
  if (op == NULL || !is_own_field (mate, op, &field))
    return;
  guint number = (guint) g_ascii_strtoull (op->arg[1].text, NULL, 10);

  mate->certain[field] = MAX (mate->certain[field], number);
}

static void
mate_welcomed (gpointer user, const TuttiWelcome *welcome)
{
  TuttiBandMate *mate = user;

  if (welcome->token[0] != '\0')
    g_strlcpy (mate->token, welcome->token, sizeof mate->token);
}

static void
mate_live (gpointer user)
{
  TuttiBandMate *mate = user;

  tutti_succession_found (mate->succession);
}

static void
mate_refused (gpointer user, const TuttiOp *op, const GError *why)
{
  g_error ("An edit that nothing speaks against was refused: %s", why->message);
}

static void
mate_crossed (gpointer user, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands)
{
}

static void
mate_present (gpointer user, guint number, gboolean here)
{
}

static void
mate_repaired (gpointer user)
{
  g_error ("A copy came apart");
}

static void
mate_lead (gpointer user, gint64 frames)
{
}

static void
mate_handed (gpointer user, guint number)
{
  tutti_succession_handed (((TuttiBandMate *) user)->succession, number);
}

void
band_offer (TuttiBandMate *mate)
{
  TuttiHeir door = { .port = 1, .clock_port = 2, .home = mate->index == 0 && mate->band->boxed };

  memset (door.fingerprint, 'a', TUTTI_HASH_HEX);
  g_snprintf (door.address, sizeof door.address, "%u", mate->index);
  tutti_replica_set_willing (mate->replica, &door);
}

void
band_new_replica (TuttiBandMate *mate)
{
  TuttiReplicaHooks hooks = { mate, mate_send, mate_changed, mate_confirmed, mate_welcomed, mate_live, mate_refused, mate_crossed,
                              mate_present, mate_repaired, mate_lead, NULL, mate_handed };
  g_autofree char *name = g_strdup_printf ("Mate %u", mate->index);

  mate->replica = tutti_replica_new (&hooks, name, (TuttiPersonColour) mate->index);
  tutti_replica_set_token (mate->replica, mate->token);
  band_offer (mate);
}
