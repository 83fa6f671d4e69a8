/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people say and where they are: told to everyone, never part of the document. */
#include "tutti-host-private.h"

#include <string.h>

/* Lines of one participant: a lively talk, not a flood; asking for older ones counts too. */
#define LINES_A_SECOND 1
#define LINES_AT_ONCE 8

/* All that is told of where people are, together: with many here, each is told of more rarely, because the work of telling grows with
 * the square of their number. */
#define HERE_TOLD_A_SECOND 20000

/* ---- where people are ---- */

static gint64
here_interval_us (const TuttiHost *host)
{
  gint64 present = host->figures.present;

  return MAX (TUTTI_HERE_EVERY_US, present * present * G_USEC_PER_SEC / HERE_TOLD_A_SECOND);
}

static void
say_there (TuttiHost *host, const TuttiConnection *about, const TuttiConnection *to)
{
  TuttiMessage there = { .kind = TUTTI_MESSAGE_THERE, .stamp.by = about->seat->number, .here = about->here.sent };

  if (to != NULL)
    tutti_host_say (host, to, &there);
  else
    tutti_host_say_all (host, about, &there);
}

static void
tell_here (TuttiHost *host, TuttiConnection *connection, TuttiNow now)
{
  if (tutti_here_pace_take (&connection->here, here_interval_us (host), now.us))
    say_there (host, connection, NULL);
}

void
tutti_host_on_here (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now)
{
  connection->here.newest = message->here;
  tutti_here_sift (&connection->here.newest, host->jam);
  tell_here (host, connection, now);
}

void
tutti_host_talk_tick (TuttiHost *host, TuttiNow now)
{
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, host->connections);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    if (((TuttiConnection *) each)->seat != NULL)
      tell_here (host, each, now);
}

void
tutti_host_tell_here (TuttiHost *host, const TuttiConnection *newcomer)
{
  const TuttiHere nothing = { 0 };
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, host->connections);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    {
      const TuttiConnection *other = each;

      if (other != newcomer && other->seat != NULL && !tutti_here_equal (&other->here.sent, &nothing))
        say_there (host, other, newcomer);
    }
}

/* ---- what people say ---- */

void
tutti_host_init_talk (TuttiConnection *connection, TuttiNow now)
{
  tutti_bucket_init (&connection->lines, LINES_A_SECOND, LINES_AT_ONCE, now.us);
}

static TuttiMessage
message_of_line (const TuttiLine *line)
{
  return (TuttiMessage) { .kind = TUTTI_MESSAGE_SAID, .line = line->id, .stamp.by = line->by, .at_ms = line->at_ms,
                          .text = line->text };
}

static void
deny (TuttiHost *host, const TuttiConnection *connection, const char *words)
{
  TuttiMessage denied = { .kind = TUTTI_MESSAGE_DENIED };

  tutti_message_set_reason (&denied, words);
  host->figures.refused++;
  tutti_host_say (host, connection, &denied);
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

void
tutti_host_on_chat (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now)
{
  g_autoptr(TuttiLine) line = tutti_line_new (host->line + 1, connection->seat->number, 0, message->text);
  g_autoptr(GError) error = NULL;

  if (!tutti_bucket_take (&connection->lines, 1, now.us))
    deny (host, connection, "slow down a little: too many lines at once");
  else if (host->frozen)
    deny (host, connection, "the jam is moving to another host, say it again in a moment");
  else if (is_blank (message->text))
    deny (host, connection, "nothing was said");
  else if (host->hooks.keep_line != NULL && !host->hooks.keep_line (host->hooks.user, line, &error))
    deny (host, connection, error->message);
  else
    {
      TuttiMessage said = message_of_line (line);

      host->line = line->id;
      /* Their name goes on standing above it. */
      connection->seat->edited = TRUE;
      tutti_host_say_all (host, NULL, &said);
    }
}

/* A host that has just begun knows of no line, and what it tells must not end with an older page. */
static gboolean
learn_newest (TuttiHost *host)
{
  g_autoptr(GPtrArray) last = host->hooks.list_lines (host->hooks.user, TUTTI_JSON_INT_MAX, 1);

  if (last != NULL && last->len > 0)
    host->line = ((const TuttiLine *) last->pdata[0])->id;
  return last != NULL;
}

/* The page that ends before @before. FALSE: it cannot be read, and nothing is told: a guest would take the end of an empty page for
 * the end of what it has. */
static gboolean
tell_lines (TuttiHost *host, const TuttiConnection *to, gint64 before)
{
  g_autoptr(GPtrArray) page = host->hooks.list_lines (host->hooks.user, before, TUTTI_LINES_PAGE + 1);
  TuttiMessage lines = { .kind = TUTTI_MESSAGE_LINES };
  guint more;

  if (page == NULL || (host->line == 0 && !learn_newest (host)))
    return FALSE;
  more = page->len > TUTTI_LINES_PAGE ? 1 : 0;
  for (guint i = more; i < page->len; i++)
    {
      TuttiMessage said = message_of_line (page->pdata[i]);

      host->line = MAX (host->line, said.line);
      tutti_host_say (host, to, &said);
    }
  lines.line = host->line;
  lines.more = more;
  tutti_host_say (host, to, &lines);
  return TRUE;
}

void
tutti_host_on_older (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now)
{
  if (!tutti_bucket_take (&connection->lines, 1, now.us))
    deny (host, connection, "slow down a little: too many lines at once");
  else if (host->hooks.list_lines != NULL && !tell_lines (host, connection, message->line))
    deny (host, connection, "what was said before cannot be read now");
}

void
tutti_host_tell_lines (TuttiHost *host, const TuttiConnection *newcomer)
{
  if (host->hooks.list_lines != NULL)
    tell_lines (host, newcomer, TUTTI_JSON_INT_MAX);
}
