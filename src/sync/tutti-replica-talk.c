/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where this person is, what others do, and what is said. */
#include "tutti-replica-private.h"

#include "tutti-json-read.h"

/* Kept a little below the host's own measure, so that a busy network does not make a line one too many. */
#define LINES_A_SECOND 1
#define LINES_AT_ONCE 6

/* ---- where I am ---- */

static void
tell_here (TuttiReplica *replica, TuttiNow now)
{
  replica->here.newest = tutti_myself_look (&replica->myself, now.us);
  if (replica->live && tutti_here_pace_take (&replica->here, TUTTI_HERE_EVERY_US, now.us))
    tutti_replica_say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_HERE, .here = replica->here.sent });
}

void
tutti_replica_set_here (TuttiReplica *replica, const TuttiHere *place, TuttiNow now)
{
  if (place != NULL)
    replica->myself.place = *place;
  replica->myself.input_us = now.us;
  tell_here (replica, now);
}

/* Only of somebody who sits at a window. */
void
tutti_replica_note_edit (TuttiReplica *replica, TuttiNow now)
{
  if (replica->myself.input_us == 0)
    return;
  replica->myself.edited_us = replica->myself.input_us = now.us;
  tell_here (replica, now);
}

void
tutti_replica_talk_tick (TuttiReplica *replica, TuttiNow now)
{
  tell_here (replica, now);
}

/* The host knows nothing yet, or forgot it with the last connection. */
void
tutti_replica_talk_live (TuttiReplica *replica, TuttiNow now)
{
  replica->here.sent = (TuttiHere) { 0 };
  tutti_bucket_init (&replica->lines_pace, LINES_A_SECOND, LINES_AT_ONCE, now.us);
  tell_here (replica, now);
}

void
tutti_replica_on_there (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  TuttiHere here = message->here;

  if (replica->hooks.there == NULL)
    return;
  if (replica->confirmed != NULL)
    tutti_here_sift (&here, replica->confirmed);
  replica->hooks.there (replica->hooks.user, message->stamp.by, &here);
}

/* ---- what is said ---- */

static void
tell_lines (TuttiReplica *replica, const TuttiLine *fresh)
{
  if (replica->hooks.lines != NULL)
    replica->hooks.lines (replica->hooks.user, fresh);
}

gboolean
tutti_replica_chat (TuttiReplica *replica, const char *text, TuttiNow now, GError **error)
{
  if (!replica->live)
    return tutti_replica_fail (error, "the host is out of reach");
  if (g_utf8_strlen (text, -1) > TUTTI_CHAT_CHARS_MAX)
    return tutti_replica_fail (error, "that is too long to say at once");
  if (text[0] == '\0' || !tutti_text_is_plain (text))
    return tutti_replica_fail (error, "a line is plain words");
  if (!tutti_bucket_take (&replica->lines_pace, 1, now.us))
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_BUSY, "slow down a little: too many lines at once");
      return FALSE;
    }
  tutti_replica_say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_CHAT, .text = (char *) text });
  return TRUE;
}

gboolean
tutti_replica_ask_older (TuttiReplica *replica, TuttiNow now)
{
  gint64 oldest = tutti_lines_get_oldest (replica->lines);

  if (!replica->live || !tutti_replica_has_older (replica) || replica->asking_older || oldest == 0 ||
      !tutti_bucket_take (&replica->lines_pace, 1, now.us))
    return FALSE;
  replica->asking_older = TRUE;
  tutti_replica_say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_OLDER, .line = oldest });
  return TRUE;
}

void
tutti_replica_on_said (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  TuttiLine *line = tutti_line_new (message->line, message->stamp.by, message->at_ms, message->text);
  gboolean newest = tutti_lines_put (replica->lines, line);

  if (replica->fresh && (replica->page_first == 0 || message->line < replica->page_first))
    replica->page_first = message->line;
  if (newest && !replica->fresh)
    tell_lines (replica, line);
}

/* Lines that this host does not know are another's. On coming in after a longer absence something may be missing before the page:
 * then all before it is told again on demand. */
void
tutti_replica_on_lines (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  tutti_lines_cut_after (replica->lines, message->line);
  if (!tutti_lines_has (replica->lines, replica->page_first - 1))
    tutti_lines_cut_before (replica->lines, replica->page_first);
  replica->page_first = 0;
  replica->older = message->more != 0;
  replica->asking_older = FALSE;
  tell_lines (replica, NULL);
}

/* It may have been the older lines, which then can be asked for again. */
void
tutti_replica_on_denied (TuttiReplica *replica)
{
  replica->asking_older = FALSE;
}

const TuttiLines *
tutti_replica_get_lines (TuttiReplica *replica)
{
  return replica->lines;
}

gboolean
tutti_replica_has_older (TuttiReplica *replica)
{
  return replica->older && tutti_lines_get_n (replica->lines) < TUTTI_LINES_MAX;
}
