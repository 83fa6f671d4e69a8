/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of people: mine goes to the host, those of others are fetched one after the other. */
#include "tutti-replica-private.h"

/* The host takes one in so long: what it refused it will take then. */
#define AGAIN_US (10 * G_USEC_PER_SEC)

/* What the host said of somebody's picture. */
typedef struct
{
  guint64 hash;                /* never 0: who has none is not kept */
  guint64 tried;               /* what came when that one was asked for was another: not again before it changes */
} Told;

void
tutti_replica_init_pictures (TuttiReplica *replica)
{
  replica->pictures = tutti_pictures_new ();
  replica->looks = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  replica->picture = g_strdup ("");
}

void
tutti_replica_clear_pictures (TuttiReplica *replica)
{
  tutti_pictures_free (replica->pictures);
  g_hash_table_unref (replica->looks);
  g_free (replica->picture);
}

void
tutti_replica_set_pictured (TuttiReplica *replica, gboolean pictured)
{
  replica->pictured = pictured;
}

static void
tell (TuttiReplica *replica, guint number)
{
  if (replica->hooks.pictured != NULL)
    replica->hooks.pictured (replica->hooks.user, number);
}

const char *
tutti_replica_get_picture (TuttiReplica *replica, guint number)
{
  return number == replica->welcome.me ? replica->picture : tutti_pictures_get (replica->pictures, number);
}

/* ---- mine ---- */

static gboolean
host_has_mine (TuttiReplica *replica)
{
  const Told *told = g_hash_table_lookup (replica->looks, GUINT_TO_POINTER (replica->welcome.me));

  return (told != NULL ? told->hash : 0) == tutti_picture_hash (replica->picture);
}

static void
say_mine (TuttiReplica *replica)
{
  if (replica->live && replica->pictured && !replica->hello.watching)
    tutti_replica_say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_PICTURE, .text = replica->picture });
}

static void
say_again (TuttiReplica *replica, TuttiNow now)
{
  if (host_has_mine (replica))
    replica->unshown_us = 0;
  else if (replica->unshown_us == 0)
    replica->unshown_us = now.us;
  else if (now.us - replica->unshown_us >= AGAIN_US)
    {
      replica->unshown_us = now.us;
      say_mine (replica);
    }
}

void
tutti_replica_set_picture (TuttiReplica *replica, const char *text)
{
  g_return_if_fail (tutti_picture_is_valid (text));
  if (g_str_equal (replica->picture, text))
    return;
  g_free (replica->picture);
  replica->picture = g_strdup (text);
  replica->unshown_us = 0;
  /* Even when the host says that it has this one: one that I said in between may be on its way. */
  say_mine (replica);
  tell (replica, replica->welcome.me);
}

/* ---- theirs ---- */

static void
show (TuttiReplica *replica, guint number, const char *text)
{
  if (tutti_pictures_set (replica->pictures, number, text))
    tell (replica, number);
}

/* What another host told is not what this one says. */
void
tutti_replica_pictures_anew (TuttiReplica *replica)
{
  g_hash_table_remove_all (replica->looks);
  replica->looking = 0;
  replica->unshown_us = 0;
}

/* All were told of by now; who was not has none. */
void
tutti_replica_pictures_live (TuttiReplica *replica)
{
  g_autoptr(GArray) numbers = tutti_pictures_list (replica->pictures);

  for (guint i = 0; replica->pictured && i < numbers->len; i++)
    if (!g_hash_table_contains (replica->looks, GUINT_TO_POINTER (g_array_index (numbers, guint, i))))
      show (replica, g_array_index (numbers, guint, i), "");
  if (!host_has_mine (replica))
    say_mine (replica);
}

/* They have none: nothing is kept of them, nor waited for. */
static void
forget (TuttiReplica *replica, guint number)
{
  g_hash_table_remove (replica->looks, GUINT_TO_POINTER (number));
  if (replica->looking == number)
    replica->looking = 0;
  show (replica, number, "");
}

void
tutti_replica_on_looks (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  gpointer key = GUINT_TO_POINTER (message->stamp.by);
  Told *told = g_hash_table_lookup (replica->looks, key);

  if (message->hash == 0)
    {
      forget (replica, message->stamp.by);
      return;
    }
  if (told == NULL && g_hash_table_size (replica->looks) >= TUTTI_PEOPLE_MAX)
    return;
  if (told == NULL)
    {
      told = g_new0 (Told, 1);
      g_hash_table_insert (replica->looks, key, told);
    }
  if (told->hash != message->hash)
    *told = (Told) { message->hash, 0 };
}

/* It may have become another on the way: then the host says so, and it is asked for again. */
void
tutti_replica_on_shown (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  Told *told = g_hash_table_lookup (replica->looks, GUINT_TO_POINTER (message->stamp.by));

  if (message->stamp.by != replica->looking || told == NULL)
    return;
  replica->looking = 0;
  told->tried = told->hash;
  if (tutti_picture_hash (message->text) == told->hash)
    show (replica, message->stamp.by, message->text);
}

static gboolean
is_missing (TuttiReplica *replica, guint number, const Told *told)
{
  return number != replica->welcome.me && told->hash != told->tried && told->hash != tutti_pictures_hash (replica->pictures, number);
}

void
tutti_replica_pictures_tick (TuttiReplica *replica, TuttiNow now)
{
  GHashTableIter iter;
  gpointer key, told;

  say_again (replica, now);
  if (!replica->pictured || replica->looking != 0)
    return;
  g_hash_table_iter_init (&iter, replica->looks);
  while (g_hash_table_iter_next (&iter, &key, &told))
    if (is_missing (replica, GPOINTER_TO_UINT (key), told))
      {
        replica->looking = GPOINTER_TO_UINT (key);
        tutti_replica_say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_LOOK, .stamp.by = replica->looking });
        return;
      }
}
