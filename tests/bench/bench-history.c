/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What looking back costs: rebuilding a moment of a long jam, one page of its history, and the way back. */
#include "tutti-demo.h"
#include "tutti-files.h"
#include "tutti-jam-moment.h"
#include "tutti-random-op.h"
#include "tutti-room-record.h"
#include "tutti-room.h"
#include "tutti-store-sqlite.h"

#include <stdlib.h>

#define OPS 20000
#define MOMENTS 41

static gint64
now_us (void)
{
  return g_get_monotonic_time ();
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return (*(const gint64 *) a > *(const gint64 *) b) - (*(const gint64 *) a < *(const gint64 *) b);
}

static void
row (const char *what, gint64 *us, guint n)
{
  qsort (us, n, sizeof *us, compare);
  g_print ("%-44s median %8.2f ms   most %8.2f ms\n", what, (double) us[n / 2] / 1000, (double) us[n - 1] / 1000);
}

/* As a host writes it: operations one by one, a snapshot every few hundred. */
static void
fill (TuttiStore *store, const char *id, gboolean snapshots)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  g_autoptr(TuttiJam) jam = tutti_jam_new ();
  guint32 counter = 0;
  g_autoptr(GPtrArray) ops = tutti_demo_ops (7, &counter);
  TuttiStoreJam row = { .id = (char *) id, .name = (char *) "Long" };
  gint64 seq = 0;

  tutti_store_create_jam (store, &row, NULL);
  counter = 1000;
  while (seq < OPS)
    {
      g_autoptr(TuttiOp) op = seq < ops->len ? tutti_op_copy (ops->pdata[seq]) : tutti_random_op (rand, jam, 1, &counter);
      TuttiRecord record = { { seq + 1, 1, 100 * seq }, op, 1, 1, seq + 1 };

      if (!tutti_jam_apply (jam, op, &record.stamp, NULL, NULL))
        continue;
      seq++;
      g_autofree char *text = tutti_record_text (&record);

      tutti_store_append_op (store, id, 1, seq, 1, 100 * seq, text, NULL);
      if (!snapshots || seq % TUTTI_STORE_SNAPSHOT_EVERY != 0)
        continue;
      g_autofree char *document = tutti_jam_to_text (jam);

      tutti_store_save_snapshot (store, id, seq, document, 1, NULL);
    }
}

static TuttiJam *
moment (TuttiStore *store, const char *id, gint64 seq)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = tutti_room_record_moment (store, id, seq, &error);

  if (text == NULL)
    g_error ("%s", error->message);
  return tutti_jam_from_text (text, -1, NULL);
}

static void
moments (TuttiStore *store, const char *id, const char *what)
{
  gint64 us[MOMENTS];

  for (guint i = 0; i < MOMENTS; i++)
    {
      gint64 begun = now_us ();

      tutti_jam_free (moment (store, id, OPS * (gint64) (i + 1) / MOMENTS));
      us[i] = now_us () - begun;
    }
  row (what, us, MOMENTS);
}

static void
pages (TuttiStore *store, const char *id)
{
  gint64 us[MOMENTS];

  for (guint i = 0; i < MOMENTS; i++)
    {
      gint64 begun = now_us ();
      g_autoptr(GPtrArray) ops = tutti_store_list_ops (store, id, OPS * (gint64) i / MOMENTS, TUTTI_HISTORY_MAX, NULL);

      us[i] = now_us () - begun;
    }
  row ("a page of history, 64 operations", us, MOMENTS);
}

static void
ways_back (TuttiStore *store, const char *id)
{
  g_autoptr(TuttiJam) now = moment (store, id, OPS);
  gint64 us[MOMENTS];
  guint fit = 0;

  for (guint i = 0; i < MOMENTS; i++)
    {
      g_autoptr(TuttiJam) then = moment (store, id, OPS - 20 * (gint64) (i + 1));
      TuttiStamp stamp = { 0 };
      gint64 begun = now_us ();
      g_autoptr(TuttiOp) way = tutti_jam_way_back (now, then, 1, &stamp, NULL, NULL, NULL);

      us[i] = now_us () - begun;
      fit += way != NULL;
    }
  row ("the way back over 20 to 820 operations", us, MOMENTS);
  g_print ("%-44s %u of %u\n", "… that fit into one message", fit, MOMENTS);
}

int
main (void)
{
  g_autofree char *folder = g_dir_make_tmp ("bench-history-XXXXXX", NULL);
  g_autoptr(TuttiStore) store = tutti_store_sqlite_open (folder, 1000, NULL);

  fill (store, "kept", TRUE);
  moments (store, "kept", "a moment of 20 000 operations");
  fill (store, "bare", FALSE);
  moments (store, "bare", "the same without any snapshot (1…20 000)");
  pages (store, "kept");
  ways_back (store, "kept");
  tutti_store_close (store, NULL);
  tutti_remove_tree (folder);
  return 0;
}
