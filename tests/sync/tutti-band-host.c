/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A machine of the band as host: what it keeps on its disk, and going on from there or after another. */
#include "tutti-band-private.h"

#include <string.h>

#define GATHER_US (300 * 1000)

typedef struct
{
  TuttiStamp stamp;
  gint64     epoch;
  char      *text;
} Entry;

void
band_free_entry (gpointer data)
{
  g_free (((Entry *) data)->text);
  g_free (data);
}

static void
host_send (gpointer user, guint connection, const char *text)
{
  TuttiBandMate *host = user;
  TuttiBandWire *wire = band_wire_of (host, connection);

  if (wire != NULL)
    band_post (host->band, &wire->down, text, wire->guest == host);
}

static void
host_close (gpointer user, guint connection, TuttiClose code, const char *words)
{
  TuttiBandWire *wire = band_wire_of (user, connection);

  if (code == TUTTI_CLOSE_BAD_MESSAGE)
    g_error ("A host did not understand: %s", words);
  if (wire == NULL)
    return;
  wire->closing = TRUE;
  wire->code = code;
}

static gboolean
host_append (gpointer user, gint64 epoch, const TuttiStamp *stamp, const char *text, GError **error)
{
  TuttiBandMate *host = user;
  Entry *entry = g_new0 (Entry, 1);

  *entry = (Entry) { *stamp, epoch, g_strdup (text) };
  g_ptr_array_add (host->disk.entries, entry);
  return TRUE;
}

static void
host_seated (gpointer user, const TuttiPerson *person, const char *token_hash)
{
  g_hash_table_insert (((TuttiBandMate *) user)->disk.tokens, GUINT_TO_POINTER (person->number), g_strdup (token_hash));
}

static void
host_vacated (gpointer user, guint number)
{
  g_hash_table_remove (((TuttiBandMate *) user)->disk.tokens, GUINT_TO_POINTER (number));
}

static guint32
host_random (gpointer user)
{
  return g_rand_int (((TuttiBandMate *) user)->band->rand);
}

/* ---- hosting ---- */

static TuttiHost *
make_host (TuttiBandMate *mate, TuttiJam *jam, TuttiHostSettings settings)
{
  TuttiHostHooks hooks = { mate, host_send, host_close, host_append, host_seated, host_vacated, host_random };

  g_strlcpy (settings.jam, "band", sizeof settings.jam);
  settings.people_max = 32;
  settings.lead_least = 2400;
  mate->epoch = mate->disk.epoch = settings.epoch;
  return tutti_host_new (jam, mate->disk.seq, mate->disk.last_at, &settings, &hooks);
}

/* The end of the history goes to the disk too: who comes back later is told apart by it. */
static void
keep_tail (TuttiBandDisk *disk, const TuttiTail *tail)
{
  g_ptr_array_set_size (disk->inherited, 0);
  for (gint64 seq = tutti_tail_get_oldest (tail); seq <= tutti_tail_get_seq (tail); seq++)
    {
      const TuttiRecord *record = tutti_tail_get (tail, seq);
      Entry *entry = g_new0 (Entry, 1);

      *entry = (Entry) { record->stamp, record->epoch, tutti_record_text (record) };
      g_ptr_array_add (disk->inherited, entry);
    }
}

void
band_take_over (TuttiBandMate *mate)
{
  TuttiEstate estate;
  TuttiHostSettings settings = { 0 };

  tutti_replica_inherit (mate->replica, &estate);
  settings.gather_us = estate.complete ? 0 : GATHER_US;
  settings.epoch = tutti_epoch_after (MAX (estate.host_epoch, estate.epoch), estate.rank, estate.me);
  settings.before = estate.epoch;
  settings.rank = estate.rank;
  settings.lead = estate.lead;
  band_note (mate->band, "%u takes over: epoch %" G_GINT64_FORMAT " after %" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, mate->index,
             settings.epoch, estate.epoch, estate.seq);
  tutti_jam_free (mate->disk.jam);
  mate->disk.jam = tutti_jam_copy (estate.jam);
  mate->disk.seq = estate.seq;
  mate->disk.before = estate.epoch;
  mate->disk.last_at = estate.last_at;
  g_ptr_array_set_size (mate->disk.entries, 0);
  keep_tail (&mate->disk, estate.tail);
  g_hash_table_remove_all (mate->disk.tokens);
  mate->host = make_host (mate, tutti_jam_copy (estate.jam), settings);
  tutti_host_inherit (mate->host, &estate);
  for (guint i = 0; i < estate.tokens->len; i++)
    {
      const TuttiToken *token = &g_array_index (estate.tokens, TuttiToken, i);

      g_hash_table_insert (mate->disk.tokens, GUINT_TO_POINTER (token->number), g_strdup (token->hash));
    }
  tutti_succession_found (mate->succession);
  mate->trying = 0;
  band_connect_to (mate, mate);
}

static void
recall (TuttiHost *host, const GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = entries->pdata[i];

      tutti_host_recall (host, &entry->stamp, entry->epoch, entry->text);
    }
}

void
band_open_disk (TuttiBandMate *mate)
{
  TuttiBandDisk *disk = &mate->disk;
  TuttiJam *jam = tutti_jam_copy (disk->jam);
  TuttiHostSettings settings = { .epoch = tutti_epoch_after (disk->epoch, 0, 0), .before = disk->before };
  gint64 seq = disk->seq, last_at = disk->last_at;
  GHashTableIter iter;
  gpointer number, hash;

  for (guint i = 0; i < disk->entries->len; i++)
    {
      const Entry *entry = disk->entries->pdata[i];
      g_autoptr(TuttiOp) op = tutti_host_log_op (entry->text, NULL);

      g_assert_true (tutti_jam_apply (jam, op, &entry->stamp, NULL, NULL));
      disk->seq = entry->stamp.seq;
      disk->last_at = entry->stamp.at;
      settings.before = entry->epoch;
    }
  band_note (mate->band, "%u opens its disk: epoch %" G_GINT64_FORMAT " after %" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, mate->index,
             settings.epoch, settings.before, disk->seq);
  mate->host = make_host (mate, jam, settings);
  disk->seq = seq;
  disk->last_at = last_at;
  recall (mate->host, disk->inherited);
  recall (mate->host, disk->entries);
  g_hash_table_iter_init (&iter, disk->tokens);
  while (g_hash_table_iter_next (&iter, &number, &hash))
    tutti_host_remember (mate->host, GPOINTER_TO_UINT (number), hash);
  band_connect_to (mate, mate);
}
