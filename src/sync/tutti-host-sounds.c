/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sounds that no track plays any more leave the jam after a while. */
#include "tutti-host-private.h"

#include "tutti-jam-remix.h"

/* Since when @hash is without use; 0: it is in use. */
static gint64
unused_since (TuttiHost *host, const char *hash, TuttiNow now)
{
  const gint64 *since = g_hash_table_lookup (host->unused_sounds, hash);

  if (tutti_jam_uses_sound (host->jam, hash))
    {
      g_hash_table_remove (host->unused_sounds, hash);
      return 0;
    }
  if (since != NULL)
    return *since;
  g_hash_table_insert (host->unused_sounds, g_strdup (hash), g_memdup2 (&now.us, sizeof now.us));
  return now.us;
}

/* Deleted by somebody meanwhile: brought back it is as good as new. */
static gboolean
is_gone (gpointer hash, gpointer since, gpointer jam)
{
  return tutti_jam_sound (jam, hash) == NULL;
}

static void
expire (TuttiHost *host, const char *hash, TuttiNow now)
{
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_SOUND_DELETE, hash);

  /* On a full disk it waits. */
  if (!tutti_host_apply (host, op, now, NULL))
    return;
  g_hash_table_remove (host->unused_sounds, hash);
  host->figures.expired++;
}

/* From the end: what goes away leaves those before it in their places. The list of the old document lives on in our reference. */
void
tutti_host_watch_sounds (TuttiHost *host, TuttiNow now)
{
  g_autoptr(GPtrArray) sounds = NULL;

  if (host->frozen)
    return;
  if (now.us - host->sounds_us < TUTTI_SOUNDS_WATCHED_EVERY_US && host->sounds_us != 0)
    return;
  host->sounds_us = now.us;
  g_hash_table_foreach_remove (host->unused_sounds, is_gone, host->jam);
  sounds = g_ptr_array_ref (host->jam->sounds);
  for (guint i = sounds->len; i-- > 0; )
    {
      const TuttiSoundEntry *sound = sounds->pdata[i];
      gint64 since = unused_since (host, sound->hash, now);

      if (since != 0 && now.us - since >= TUTTI_SOUND_UNUSED_US)
        expire (host, sound->hash, now);
    }
}
