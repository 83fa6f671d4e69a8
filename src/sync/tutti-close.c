/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-close.h"

static const struct
{
  TuttiClose code;
  const char *name;
  gboolean retryable;
  const char *words;
} closes[] = {
  { TUTTI_CLOSE_NORMAL, "normal", FALSE, "left the jam" },
  { TUTTI_CLOSE_GOING_AWAY, "going-away", TRUE, "the other end is shutting down" },
  { TUTTI_CLOSE_LOST, "lost", TRUE, "the connection broke" },
  { TUTTI_CLOSE_PROTOCOL_VERSION, "protocol-version", FALSE, "no protocol version in common" },
  { TUTTI_CLOSE_NOT_ALLOWED, "not-allowed", FALSE, "not allowed in" },
  { TUTTI_CLOSE_FULL, "full", FALSE, "the jam is full" },
  { TUTTI_CLOSE_KICKED, "kicked", FALSE, "removed from the jam" },
  { TUTTI_CLOSE_SLOW, "slow", TRUE, "too far behind; come back by snapshot" },
  { TUTTI_CLOSE_TOO_BIG, "too-big", FALSE, "a message was larger than allowed" },
  { TUTTI_CLOSE_BAD_MESSAGE, "bad-message", FALSE, "a message was not understood" },
  { TUTTI_CLOSE_IDLE, "idle", TRUE, "no sign of life" },
  { TUTTI_CLOSE_REPLACED, "replaced", FALSE, "joined again from elsewhere" },
  { TUTTI_CLOSE_OTHER_IDENTITY, "other-identity", FALSE, "the host is not who it was" },
  { TUTTI_CLOSE_SERVER_RESTARTING, "server-restarting", TRUE, "the host is restarting" },
  { TUTTI_CLOSE_NO_HELLO, "no-hello", TRUE, "no hello in time" },
  { TUTTI_CLOSE_TOO_FAST, "too-fast", TRUE, "more messages than allowed" },
  { TUTTI_CLOSE_NO_SUCH_JAM, "no-such-jam", FALSE, "no such jam here" },
  { TUTTI_CLOSE_HANDED_OVER, "handed-over", TRUE, "another host leads this jam now" },
  { TUTTI_CLOSE_JAM_ENDED, "jam-ended", FALSE, "the jam has ended" },
  { TUTTI_CLOSE_BANNED, "banned", FALSE, "this jam does not accept you any more" },
  { TUTTI_CLOSE_PASSCODE_NEEDED, "passcode-needed", FALSE, "the jam asks for a passcode" },
  { TUTTI_CLOSE_PASSCODE_WRONG, "passcode-wrong", FALSE, "that was not the passcode" },
  { TUTTI_CLOSE_TOO_MANY_TRIES, "too-many-tries", FALSE, "too many tries of the passcode" },
  { TUTTI_CLOSE_INVITE_OVER, "invite-over", FALSE, "that invitation is no longer good" },
};

static gsize
find (guint code)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (closes) && (guint) closes[i].code != code)
    i++;
  return i;
}

/* An unknown code of the application range is from a newer program: not retried, because we cannot know that
 * retrying is welcome. Broken endings are: the network's, not somebody's decision. */
TuttiClose
tutti_close_from_wire (guint code)
{
  if (find (code) < G_N_ELEMENTS (closes))
    return code;
  switch (code)
    {
    case 1002:   /* protocol error */
    case 1003:   /* unsupported data */
    case 1007:   /* not UTF-8 */
      return TUTTI_CLOSE_BAD_MESSAGE;
    case 1009:
      return TUTTI_CLOSE_TOO_BIG;
    case 1012:
    case 1013:
      return TUTTI_CLOSE_SERVER_RESTARTING;
    case 0:
    case 1005:
    case 1011:
      return TUTTI_CLOSE_LOST;
    default:
      return TUTTI_CLOSE_NOT_ALLOWED;
    }
}

guint
tutti_close_to_wire (TuttiClose code)
{
  return code == TUTTI_CLOSE_LOST ? TUTTI_CLOSE_GOING_AWAY : code;
}

TuttiClose
tutti_close_nth (guint index)
{
  return index < G_N_ELEMENTS (closes) ? closes[index].code : (TuttiClose) 0;
}

const char *
tutti_close_name (TuttiClose code)
{
  gsize i = find (code);

  return i < G_N_ELEMENTS (closes) ? closes[i].name : "unknown";
}

const char *
tutti_close_words (TuttiClose code)
{
  gsize i = find (code);

  return i < G_N_ELEMENTS (closes) ? closes[i].words : "closed for an unknown reason";
}

char *
tutti_close_tell (TuttiClose code, const char *said)
{
  const char *usual = tutti_close_words (code);
  gboolean named = said != NULL && !g_str_equal (said, usual);

  if (named && code == TUTTI_CLOSE_KICKED)
    return g_strdup_printf ("%s by %s", usual, said);
  if (named && code == TUTTI_CLOSE_BANNED)
    return g_strdup_printf ("banned from the jam by %s", said);
  return g_strdup (named ? said : usual);
}

gboolean
tutti_close_is_retryable (TuttiClose code)
{
  gsize i = find (code);

  return i < G_N_ELEMENTS (closes) && closes[i].retryable;
}
