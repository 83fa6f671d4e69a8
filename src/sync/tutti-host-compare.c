/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether everyone's sound is the same: who asks is answered by every other machine. The host passes on and keeps nothing; only
 * answers to what was asked a moment ago find their way. */
#include "tutti-host-private.h"

/* So long the answers to one question are passed on. */
#define ANSWERS_FOR_US (5 * G_USEC_PER_SEC)

/* Of one participant: questions, and answers to those of others; and questions of all of them. */
#define COMPARES_A_SECOND 1
#define COMPARES_AT_ONCE 4
#define ANSWERS_A_SECOND 8
#define ANSWERS_AT_ONCE 32
#define ALL_COMPARES_A_SECOND 4
#define ALL_COMPARES_AT_ONCE 16

void
tutti_compare_init_pace (TuttiHost *host, TuttiConnection *connection, TuttiNow now)
{
  if (host->compares.token_us == 0)
    tutti_bucket_init (&host->compares, ALL_COMPARES_A_SECOND, ALL_COMPARES_AT_ONCE, now.us);
  tutti_bucket_init (&connection->compares, COMPARES_A_SECOND, COMPARES_AT_ONCE, now.us);
  tutti_bucket_init (&connection->answers, ANSWERS_A_SECOND, ANSWERS_AT_ONCE, now.us);
}

void
tutti_host_on_compare (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *question, TuttiNow now)
{
  /* Each question makes everybody speak: all who ask share one allowance, too. */
  if (!tutti_bucket_take (&connection->compares, 1, now.us) || !tutti_bucket_take (&host->compares, 1, now.us))
    return;
  connection->compared_us = now.us;
  connection->compared = question->rendered.second;
  tutti_host_say_all (host, connection, &(TuttiMessage) {
    .kind = TUTTI_MESSAGE_ASKED, .stamp.by = connection->seat->number, .rendered.second = question->rendered.second });
}

static gboolean
waits_for (const TuttiConnection *asker, const TuttiMessage *answer, TuttiNow now)
{
  return asker->seat != NULL && asker->seat->number == answer->stamp.by && asker->compared == answer->rendered.second &&
         asker->compared_us != 0 && now.us - asker->compared_us < ANSWERS_FOR_US;
}

void
tutti_host_on_rendered (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *answer, TuttiNow now)
{
  TuttiMessage heard = { .kind = TUTTI_MESSAGE_HEARD, .stamp.by = connection->seat->number, .rendered = answer->rendered };
  GHashTableIter iter;
  gpointer each;

  if (!tutti_bucket_take (&connection->answers, 1, now.us))
    return;
  g_hash_table_iter_init (&iter, host->connections);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    if (waits_for (each, answer, now))
      tutti_host_say (host, each, &heard);
}
