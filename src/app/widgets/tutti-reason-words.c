/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-reason-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* {n} stands for a number, {who} for a name; the same in both. tests/lint/reasons.py compares the left side with what is said. */
static const struct { const char *reason, *words; } table[] = {
  /* Translators: {n} and {who}, here and in the following, are replaced by a number and by the name of a person */
  { "a chain holds at most {n} effects", N_("A chain holds at most {n} effects.") },
  { "a clip ends at step {n}", N_("This clip ends at step {n}.") },
  { "a clip holds at most {n} changes of chord", N_("A clip holds at most {n} changes of chord.") },
  { "a clip holds at most {n} notes", N_("A clip holds at most {n} notes.") },
  { "a jam holds at most {n} clips", N_("A jam holds at most {n} clips.") },
  { "a jam holds at most {n} delays, reverbs, choruses, flangers and limiters",
    N_("A jam holds at most {n} delays, reverbs, choruses, flangers and limiters.") },
  { "a jam holds at most {n} notes", N_("A jam holds at most {n} notes.") },
  { "a jam holds at most {n} scenes", N_("A jam holds at most {n} scenes.") },
  { "a jam holds at most {n} sounds", N_("A jam holds at most {n} sounds.") },
  { "a jam holds at most {n} tracks", N_("A jam holds at most {n} tracks.") },
  { "a jam keeps at least one admin", N_("A jam keeps at least one admin.") },
  { "a jam keeps at least one scene", N_("A jam keeps at least one scene.") },
  { "a jam knows at most {n} people", N_("A jam knows at most {n} people.") },
  { "a line is plain words", N_("Only plain text can be said.") },
  { "a loop lasts at least a sixteenth", N_("A loop lasts at least a sixteenth.") },
  { "a step holds at most {n} locks", N_("A step holds at most {n} locks.") },
  { "a track has at most {n} zones", N_("A track has at most {n} zones.") },
  { "an invitation is for some people and some time", N_("An invitation is for some people and some time.") },
  { "another clip took its place", N_("Another clip took its place.") },
  { "contributors delete only what they added", N_("Not allowed: contributors delete only what they added.") },
  { "it was dealt with before", N_("It was refused while the connection was lost.") },
  { "it was refused while the connection was lost", N_("It was refused while the connection was lost.") },
  { "no other track can steer this effect", N_("No other track can steer this effect.") },
  { "nobody is here who could give that", N_("Nobody is here who could give you that.") },
  { "nothing to do again", N_("There is nothing to do again.") },
  { "nothing to undo", N_("There is nothing to undo.") },
  { "nothing was said", N_("Nothing was said.") },
  { "only a track of samples has zones", N_("Only a track of samples has zones.") },
  { "only an admin does that", N_("Not allowed: only an admin does that.") },
  { "only the host does that", N_("Not allowed: only the host does that.") },
  { "only viewers ask to edit", N_("Only viewers ask to edit.") },
  { "only {who} may start and stop", N_("Only {who} may start and stop.") },
  { "slow down a little", N_("Slow down a little.") },
  { "slow down a little: too many edits at once", N_("Slow down a little: too many edits at once.") },
  { "slow down a little: too many lines at once", N_("Slow down a little: too many messages at once.") },
  { "slow down a little: too many pictures at once", N_("Slow down a little: too many pictures at once.") },
  { "that clip is made of notes", N_("This clip is made of notes.") },
  { "that clip is made of steps", N_("This clip is made of steps.") },
  { "that id is for someone else to give", N_("This Tutti and the host do not understand each other.") },
  { "that id was given before", N_("This Tutti and the host do not understand each other.") },
  { "that is taken for oneself only", N_("Not allowed: only an admin gives that to others.") },
  { "that is too long to say at once", N_("That is too long to say at once.") },
  { "that passcode is too long", N_("That passcode is too long.") },
  { "the disk is full where this jam is kept; nothing was changed", N_("The disk is full where this jam is kept. Nothing was changed.") },
  { "the host is out of reach", N_("The host is out of reach.") },
  { "the jam is as it was then", N_("The jam is as it was then.") },
  { "the jam is changing its host", N_("The jam is moving to another host. Try again in a moment.") },
  { "the jam is moving to another host, say it again in a moment", N_("The jam is moving to another host. Say it again in a moment.") },
  { "the jam is not here yet", N_("The jam is still on its way.") },
  { "the lead is there to be taken", N_("Nobody leads: the lead can be taken.") },
  { "the leader starts and stops, and nobody leads", N_("Only the leader may start and stop, and nobody leads. Take the lead first.") },
  { "the lower number of a time signature is 2, 4, 8 or 16", N_("The lower number of a time signature is 2, 4, 8 or 16.") },
  { "the track is gone", N_("That track is not there any more.") },
  { "there is a clip already", N_("There is a clip already.") },
  { "there is no such clip (any more)", N_("That clip is not there any more.") },
  { "there is no such deleted clip (any more)", N_("That clip cannot be brought back any more.") },
  { "there is no such deleted effect (any more)", N_("That effect cannot be brought back any more.") },
  { "there is no such deleted scene (any more)", N_("That scene cannot be brought back any more.") },
  { "there is no such deleted thing (any more)", N_("That cannot be brought back any more.") },
  { "there is no such deleted track (any more)", N_("That track cannot be brought back any more.") },
  { "there is no such effect (any more)", N_("That effect is not there any more.") },
  { "there is no such note (any more)", N_("That note is not there any more.") },
  { "there is no such person (any more)", N_("That person is not here any more.") },
  { "there is no such scene (any more)", N_("That scene is not there any more.") },
  { "there is no such scene of that clip (any more)", N_("The scene of that clip is not there any more.") },
  { "there is no such sound (any more)", N_("That sound is not there any more.") },
  { "there is no such track (any more)", N_("That track is not there any more.") },
  { "there is no such track of that clip (any more)", N_("The track of that clip is not there any more.") },
  { "there is no such track of that effect (any more)", N_("The track of that effect is not there any more.") },
  { "there is no such zone (any more)", N_("That zone is not there any more.") },
  { "they are not here", N_("They are not here.") },
  { "this effect has no such value", N_("This effect has no such value.") },
  { "this jam does not accept you any more", N_("This jam does not accept you any more.") },
  { "this jam is hosted elsewhere", N_("This jam is hosted elsewhere.") },
  { "this jam is open to others already", N_("This jam is open to others already.") },
  { "this jam is over here", N_("This jam is over here.") },
  { "this jam is published, which makes it read only; a remix of it can be changed", N_("Published: read only. Remix it to change it.") },
  { "too many deleted things are still kept", N_("Too much was deleted at once. Try again in a moment.") },
  { "too many edits wait for the host", N_("Too many edits wait for the host.") },
  { "too much is different for one step back", N_("Too much is different for one step back.") },
  { "viewers do not lead", N_("Viewers do not lead.") },
  { "viewers listen and look", N_("Not allowed: viewers listen and look.") },
  { "what was said before cannot be read now", N_("What was said before cannot be read now.") },
  { "who hosts the jam stays", N_("Whoever hosts the jam stays.") },
  { "who hosts the jam stays an admin", N_("Whoever hosts the jam stays an admin.") },
  { "who only listens cannot claim a track", N_("Who only listens cannot claim a track.") },
  { "who only listens cannot lead", N_("Who only listens cannot lead.") },
  { "who wants to go leaves", N_("Whoever wants to go leaves.") },
  { "you are not in this jam", N_("You have no seat in this jam.") },
  { "you have just asked", N_("You have just asked.") },
  { "you have no seat in this jam", N_("You have no seat in this jam.") },
  { "{who} changed it since", N_("{who} changed it since.") },
  { "{who} leads, and passes the lead on", N_("{who} leads. Ask for the lead.") },
};

gboolean
tutti_reason_nth (guint nth, const char **reason, const char **words)
{
  if (nth >= G_N_ELEMENTS (table))
    return FALSE;
  *reason = table[nth].reason;
  *words = table[nth].words;
  return TRUE;
}

/* Where @sentence has its mark, and how long that is; NULL: it has none. */
static const char *
find_mark (const char *sentence, gsize *length)
{
  const char *mark = strchr (sentence, '{');

  *length = mark != NULL ? (gsize) (strchr (mark, '}') + 1 - mark) : 0;
  return mark;
}

/* What stands in @said where @reason has its mark, empty where it has none; NULL: they are different sentences. (transfer full) */
static char *
match (const char *reason, const char *said)
{
  gsize length, n = strlen (said);
  const char *mark = find_mark (reason, &length), *end = mark != NULL ? mark + length : NULL;

  if (mark == NULL)
    return g_str_equal (reason, said) ? g_strdup ("") : NULL;
  gsize before = (gsize) (mark - reason), after = strlen (end);

  if (n <= before + after || strncmp (reason, said, before) != 0 || !g_str_equal (end, said + n - after))
    return NULL;
  g_autofree char *value = g_strndup (said + before, n - before - after);

  return mark[1] == 'n' && strspn (value, "0123456789") != strlen (value) ? NULL : g_steal_pointer (&value);
}

static char *
put_value (const char *words, const char *value)
{
  gsize length;
  const char *mark = find_mark (words, &length);

  return mark != NULL ? g_strdup_printf ("%.*s%s%s", (int) (mark - words), words, value, mark + length) : g_strdup (words);
}

char *
tutti_reason_words (const char *reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *value = match (table[i].reason, reason);

      if (value != NULL)
        return put_value (_(table[i].words), value);
    }
  return g_strdup (reason);
}
