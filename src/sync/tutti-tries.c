/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-tries.h"

typedef struct
{
  guint  failed;
  gint64 last_us;
} Tries;

struct _TuttiTries
{
  GHashTable *addresses;           /* of address → Tries */
  Tries       all;
};

TuttiTries *
tutti_tries_new (void)
{
  TuttiTries *tries = g_new0 (TuttiTries, 1);

  tries->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return tries;
}

void
tutti_tries_free (TuttiTries *tries)
{
  g_hash_table_unref (tries->addresses);
  g_free (tries);
}

/* Nothing for @free failures, then 1, 2, 4 … seconds from the last one on. */
static gint64
wait_of (const Tries *one, guint free, gint64 max_s, gint64 now_us)
{
  if (one->failed < free || now_us - one->last_us >= TUTTI_TRIES_FORGET_S * G_USEC_PER_SEC)
    return 0;
  gint64 wait_s = MIN (G_GINT64_CONSTANT (1) << MIN (one->failed - free, 20), max_s);

  return MAX (one->last_us + wait_s * G_USEC_PER_SEC - now_us, 0);
}

gint64
tutti_tries_get_wait (TuttiTries *tries, const char *address, gint64 now_us)
{
  const Tries *one = g_hash_table_lookup (tries->addresses, address);
  gint64 all = wait_of (&tries->all, TUTTI_TRIES_FREE_ALL, TUTTI_TRIES_WAIT_ALL_MAX_S, now_us);

  return one != NULL ? MAX (all, wait_of (one, TUTTI_TRIES_FREE, TUTTI_TRIES_WAIT_MAX_S, now_us)) : all;
}

static gboolean
is_forgotten (gpointer address, gpointer tries, gpointer now_us)
{
  return *(gint64 *) now_us - ((Tries *) tries)->last_us >= TUTTI_TRIES_FORGET_S * G_USEC_PER_SEC;
}

static void
forget_quietest (TuttiTries *tries)
{
  const char *quietest = NULL;
  gint64 last_us = G_MAXINT64;
  GHashTableIter iter;
  gpointer address, each;

  g_hash_table_iter_init (&iter, tries->addresses);
  while (g_hash_table_iter_next (&iter, &address, &each))
    if (((Tries *) each)->last_us < last_us)
      {
        quietest = address;
        last_us = ((Tries *) each)->last_us;
      }
  g_hash_table_remove (tries->addresses, quietest);
}

static Tries *
remember (TuttiTries *tries, const char *address, gint64 now_us)
{
  Tries *one = g_hash_table_lookup (tries->addresses, address);

  if (one != NULL)
    return one;
  if (g_hash_table_size (tries->addresses) >= TUTTI_TRIES_ADDRESSES_MAX)
    g_hash_table_foreach_remove (tries->addresses, is_forgotten, &now_us);
  if (g_hash_table_size (tries->addresses) >= TUTTI_TRIES_ADDRESSES_MAX)
    forget_quietest (tries);
  one = g_new0 (Tries, 1);
  g_hash_table_insert (tries->addresses, g_strdup (address), one);
  return one;
}

static void
count (Tries *one, gint64 now_us)
{
  if (now_us - one->last_us >= TUTTI_TRIES_FORGET_S * G_USEC_PER_SEC)
    one->failed = 0;
  one->failed++;
  one->last_us = now_us;
}

guint
tutti_tries_failed (TuttiTries *tries, const char *address, gint64 now_us)
{
  Tries *one = remember (tries, address, now_us);

  count (one, now_us);
  count (&tries->all, now_us);
  return one->failed < TUTTI_TRIES_FREE ? TUTTI_TRIES_FREE - one->failed : 0;
}

void
tutti_tries_passed (TuttiTries *tries, const char *address)
{
  g_hash_table_remove (tries->addresses, address);
}

guint
tutti_tries_count (TuttiTries *tries)
{
  return g_hash_table_size (tries->addresses);
}
