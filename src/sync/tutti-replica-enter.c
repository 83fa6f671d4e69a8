/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Being let in: the welcome, the document in its pieces, and being up to date. */
#include "tutti-replica-private.h"

#include <string.h>

/* Something that sounded before anything that will be asked for. */
#define LONG_AGO (G_MININT64 / 4)

gboolean
tutti_replica_on_welcome (TuttiReplica *replica, const TuttiMessage *message, GError **error)
{
  const TuttiWelcome *welcome = &message->welcome;

  if (!welcome->document && (replica->confirmed == NULL || welcome->base != replica->seq))
    return tutti_replica_fail (error, "the host goes on where nothing was");
  if (welcome->me == 0 || welcome->creator == 0)
    return tutti_replica_fail (error, "the host names nobody");
  if (replica->confirmed != NULL && !g_str_equal (welcome->jam, replica->welcome.jam))
    return tutti_replica_fail (error, "the host has another jam now");
  if (welcome->creator != replica->welcome.creator)
    replica->next_counter = 0;
  replica->welcome = *welcome;
  replica->handed_seq = -1;
  replica->lead = welcome->lead;
  if (welcome->token[0] != '\0')
    g_strlcpy (replica->hello.token, welcome->token, sizeof replica->hello.token);
  tutti_replica_set_keys (replica, "", "");
  if (replica->document != NULL)
    g_string_free (replica->document, TRUE);
  replica->document = welcome->document ? g_string_new (NULL) : NULL;
  replica->live = FALSE;
  replica->repaired = replica->repairing;
  replica->repairing = FALSE;
  replica->coming = welcome->base_epoch;
  /* The host tells of them to who comes in, not with another copy. */
  if (replica->fresh)
    {
      replica->heirs.n = 0;
      tutti_replica_pictures_anew (replica);
    }
  replica->hooks.welcomed (replica->hooks.user, &replica->welcome);
  return TRUE;
}

gboolean
tutti_replica_on_doc (TuttiReplica *replica, const TuttiMessage *message, GError **error)
{
  if (replica->document == NULL)
    return tutti_replica_fail (error, "a piece of a document out of turn");
  if (replica->document->len + strlen (message->text) > TUTTI_DOCUMENT_BYTES_MAX)
    return tutti_replica_fail (error, "a document beyond the limit");
  g_string_append (replica->document, message->text);
  return TRUE;
}

gboolean
tutti_replica_finish_document (TuttiReplica *replica, GError **error)
{
  TuttiStamp stamp = { replica->welcome.base, 0, LONG_AGO };

  if (replica->document == NULL)
    return TRUE;
  TuttiJam *jam = tutti_jam_from_text (replica->document->str, (gssize) replica->document->len, error);

  g_string_free (g_steal_pointer (&replica->document), TRUE);
  if (jam == NULL)
    return FALSE;
  /* What happened between the old copy and this one nobody told: an own edit may have been overwritten there. A history that is
   * shorter than what was seen is another one. */
  if (replica->confirmed != NULL && (replica->welcome.base > replica->seen || replica->welcome.seq < replica->seen))
    replica->unsure = TRUE;
  if (replica->confirmed == NULL || replica->welcome.base > replica->seen || replica->welcome.seq < replica->seen)
    replica->seen = replica->welcome.base;
  tutti_jam_free (replica->confirmed);
  replica->confirmed = jam;
  replica->seq = replica->welcome.base;
  tutti_tail_reset (replica->tail, replica->seq, replica->welcome.base_epoch);
  /* The host waits for an acknowledgement of what it had said before, even if nothing follows this document. */
  replica->acked = -1;
  replica->hooks.confirmed (replica->hooks.user, jam, NULL, &stamp);
  return TRUE;
}

gboolean
tutti_replica_on_live (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now, GError **error)
{
  gboolean repaired = replica->repaired;

  if (replica->confirmed == NULL || message->stamp.seq != replica->seq)
    return tutti_replica_fail (error, "the host left something out");
  tutti_replica_drop_dealt_with (replica, now);
  tutti_replica_rebuild_shown (replica, now);
  replica->repaired = FALSE;
  if (replica->unsure)
    tutti_undo_verify (replica->undo, replica->shown);
  replica->unsure = FALSE;
  replica->live = TRUE;
  /* The host counts anew with each connection. */
  if (replica->fresh)
    {
      tutti_bucket_init (&replica->pace, TUTTI_EDITS_A_SECOND_PACED, TUTTI_EDITS_AT_ONCE_PACED, now.us);
      tutti_bucket_init (&replica->past.pace, TUTTI_PAST_A_SECOND_PACED, TUTTI_PAST_AT_ONCE_PACED, now.us);
      replica->live_us = now.us;
    }
  if (replica->fresh && replica->willing.port != 0)
    tutti_replica_say_willing (replica);
  if (replica->fresh)
    {
      tutti_replica_talk_live (replica, now);
      tutti_replica_pictures_live (replica);
    }
  replica->fresh = FALSE;
  tutti_replica_flush (replica, now);
  tutti_replica_tell_all_changed (replica);
  replica->hooks.live (replica->hooks.user);
  if (repaired)
    replica->hooks.repaired (replica->hooks.user);
  return TRUE;
}
