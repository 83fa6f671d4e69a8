/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of people: each sends their own, everyone hears who has which, and whoever lacks one asks for it. Never in the document
 * and never in the log; only those connections hear of them that said beforehand that they can (tutti_host_set_pictured()). */
#include "tutti-host-private.h"

/* Of one participant, in tenths: one in ten seconds, and a few in a row for trying out. */
#define TENTHS_A_SECOND 1
#define TENTHS_AT_ONCE 40
#define TENTHS 10

/* All that are shown to all, together: some 800 KB a second when a whole class comes in at once. */
#define SHOWN_A_SECOND 80

void
tutti_host_init_pictures (TuttiConnection *connection, TuttiNow now)
{
  tutti_bucket_init (&connection->pictures, TENTHS_A_SECOND, TENTHS_AT_ONCE, now.us);
}

void
tutti_host_set_pictured (TuttiHost *host, guint connection)
{
  TuttiConnection *self = g_hash_table_lookup (host->connections, GUINT_TO_POINTER (connection));

  if (self != NULL)
    self->pictured = TRUE;
}

static TuttiMessage
message_of (TuttiHost *host, guint number)
{
  return (TuttiMessage) { .kind = TUTTI_MESSAGE_LOOKS, .stamp.by = number, .hash = tutti_pictures_hash (host->pictures, number) };
}

/* What is kept is told; what is not kept is gone with this host, and its owner sends it to the next. */
static void
change (TuttiHost *host, guint number, const char *text)
{
  TuttiMessage looks;

  if (!tutti_pictures_set (host->pictures, number, text))
    return;
  if (host->hooks.keep_picture != NULL)
    host->hooks.keep_picture (host->hooks.user, number, text);
  looks = message_of (host, number);
  tutti_host_say_all (host, NULL, &looks);
}

void
tutti_host_on_picture (TuttiHost *host, TuttiConnection *connection, const char *text, TuttiNow now)
{
  TuttiMessage denied = { .kind = TUTTI_MESSAGE_DENIED };

  /* Whoever goes on with the jam is sent it too. */
  if (host->frozen)
    return;
  if (tutti_bucket_take (&connection->pictures, TENTHS, now.us))
    {
      change (host, connection->seat->number, text);
      return;
    }
  tutti_message_set_reason (&denied, "slow down a little: too many pictures at once");
  host->figures.refused++;
  tutti_host_say (host, connection, &denied);
}

void
tutti_host_on_look (TuttiConnection *connection, guint number)
{
  connection->look = number;
}

void
tutti_host_resume_picture (TuttiHost *host, guint number, const char *text)
{
  if (tutti_picture_is_valid (text))
    tutti_pictures_set (host->pictures, number, text);
}

const char *
tutti_host_get_picture (TuttiHost *host, guint number)
{
  return tutti_pictures_get (host->pictures, number);
}

/* Who has none now may have had one when this machine hosted the jam before: what its store has of them goes. */
void
tutti_host_inherit_pictures (TuttiHost *host, const TuttiPictures *pictures)
{
  for (guint i = 0; i < host->jam->people->len; i++)
    {
      guint number = ((const TuttiPerson *) host->jam->people->pdata[i])->number;
      const char *text = tutti_pictures_get (pictures, number);

      tutti_pictures_set (host->pictures, number, text);
      if (host->hooks.keep_picture != NULL)
        host->hooks.keep_picture (host->hooks.user, number, text);
    }
}

void
tutti_host_tell_pictures (TuttiHost *host, const TuttiConnection *newcomer)
{
  g_autoptr(GArray) numbers = tutti_pictures_list (host->pictures);

  for (guint i = 0; newcomer->pictured && i < numbers->len; i++)
    {
      TuttiMessage looks = message_of (host, g_array_index (numbers, guint, i));

      tutti_host_say (host, newcomer, &looks);
    }
}

/* Who was banned, or is in the document no more, is not shown either. */
static void
sift (TuttiHost *host)
{
  g_autoptr(GArray) numbers = NULL;

  if (host->pictures_seq == host->seq)
    return;
  host->pictures_seq = host->seq;
  numbers = tutti_pictures_list (host->pictures);
  for (guint i = 0; i < numbers->len; i++)
    {
      guint number = g_array_index (numbers, guint, i);
      const TuttiPerson *person = tutti_jam_person (host->jam, number);

      if (person == NULL || person->role == TUTTI_ROLE_BANNED)
        change (host, number, "");
    }
}

static void
show (TuttiHost *host, TuttiConnection *connection, TuttiNow now)
{
  TuttiMessage shown = { .kind = TUTTI_MESSAGE_SHOWN, .stamp.by = connection->look,
                         .text = (char *) tutti_pictures_get (host->pictures, connection->look) };

  connection->look = 0;
  connection->shown_us = now.us;
  tutti_host_say (host, connection, &shown);
}

/* One in a tick to each, and the more are here the more rarely: a picture is as long as two hundred edits, and so edits wait for one
 * at most. */
void
tutti_host_pictures_tick (TuttiHost *host, TuttiNow now)
{
  gint64 interval_us = (gint64) host->figures.present * G_USEC_PER_SEC / SHOWN_A_SECOND;
  GHashTableIter iter;
  gpointer each;

  sift (host);
  g_hash_table_iter_init (&iter, host->connections);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    {
      TuttiConnection *connection = each;

      if (connection->look != 0 && (connection->shown_us == 0 || now.us - connection->shown_us >= interval_us))
        show (host, connection, now);
    }
}
