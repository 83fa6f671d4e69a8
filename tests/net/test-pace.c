/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast one connection's messages are taken up: in order, one in a turn, none lost, and whoever stays beyond the measure is named. */
#include "tutti-pace.h"

#include <string.h>

typedef struct
{
  TuttiPace *pace;
  GString   *taken;                /* one letter a message */
  guint      holds, releases, too_fast;
  gboolean   held, again;          /* again: each one taken up brings the next, as somebody does who never stops */
} Owner;

static void
receive (Owner *owner, const char *letter)
{
  g_autoptr(GBytes) text = g_bytes_new (letter, strlen (letter));

  tutti_pace_receive (owner->pace, text);
}

static void
on_deliver (gpointer user, GBytes *text)
{
  Owner *owner = user;

  g_string_append_len (owner->taken, g_bytes_get_data (text, NULL), (gssize) g_bytes_get_size (text));
  if (owner->again)
    receive (owner, "x");
}

static void
on_hold (gpointer user, gboolean held)
{
  Owner *owner = user;

  g_assert_cmpint (owner->held, !=, held);
  owner->held = held;
  owner->holds += held;
  owner->releases += !held;
}

/* As a link does: it is over, from inside the call. */
static void
on_too_fast (gpointer user)
{
  Owner *owner = user;

  owner->too_fast++;
  tutti_pace_stop (owner->pace);
}

static void
begin (Owner *owner, guint a_second, guint at_once, guint patience_ms)
{
  *owner = (Owner) { .taken = g_string_new (NULL) };
  owner->pace = tutti_pace_new (a_second, at_once, patience_ms, &(TuttiPaceCalls) { owner, on_deliver, on_hold, on_too_fast });
}

static void
end (Owner *owner)
{
  g_clear_pointer (&owner->pace, tutti_pace_free);
  g_assert_false (owner->held);
  g_assert_cmpuint (owner->holds, ==, owner->releases);
  g_string_free (owner->taken, TRUE);
}

static void
receive_five (Owner *owner)
{
  static const char *const letters[] = { "a", "b", "c", "d", "e" };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    receive (owner, letters[i]);
}

static gboolean
count_turn (gpointer data)
{
  ++*(guint *) data;
  return G_SOURCE_CONTINUE;
}

/* Others get their turn between any two. */
static void
test_turns (void)
{
  guint turns = 0, other = g_idle_add_full (G_PRIORITY_DEFAULT, count_turn, &turns, NULL);
  Owner owner;

  begin (&owner, 1000000, 1000, 60000);
  receive_five (&owner);
  /* Where the machine is slow, they pass for messages of several turns. */
  gsize before = owner.taken->len;

  while (owner.taken->len < 5)
    {
      g_main_context_iteration (NULL, FALSE);
      g_assert_cmpuint (owner.taken->len, <=, before + turns);
    }
  g_assert_cmpstr (owner.taken->str, ==, "abcde");
  g_assert_cmpuint (owner.too_fast, ==, 0);
  end (&owner);
  g_source_remove (other);
}

static void
test_named (void)
{
  Owner owner;

  begin (&owner, 1000, 1, 20);
  owner.again = TRUE;
  receive (&owner, "x");
  while (owner.too_fast == 0)
    g_main_context_iteration (NULL, TRUE);
  /* Nothing is heard of it any more. */
  gsize taken = owner.taken->len;

  receive (&owner, "y");
  g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (owner.taken->len, ==, taken);
  g_assert_cmpuint (owner.too_fast, ==, 1);
  end (&owner);
}

/* One a second: what came before the end counts all the same, at once. */
static void
test_flushed (void)
{
  Owner owner;

  begin (&owner, 1, 1, 60000);
  receive_five (&owner);
  g_assert_true (owner.held);
  tutti_pace_flush (owner.pace);
  g_assert_cmpstr (owner.taken->str, ==, "abcde");
  end (&owner);
}

static void
test_stopped (void)
{
  Owner owner;

  begin (&owner, 1, 1, 60000);
  receive_five (&owner);
  gsize taken = owner.taken->len;

  tutti_pace_stop (owner.pace);
  g_assert_false (owner.held);
  tutti_pace_flush (owner.pace);
  g_assert_cmpuint (owner.taken->len, ==, taken);
  end (&owner);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pace/turns", test_turns);
  g_test_add_func ("/pace/named", test_named);
  g_test_add_func ("/pace/flushed", test_flushed);
  g_test_add_func ("/pace/stopped", test_stopped);
  return g_test_run ();
}
