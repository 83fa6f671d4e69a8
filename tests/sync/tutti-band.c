/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-band-private.h"

#include <string.h>

#define STEP_US 5000
#define LOOK_US (1000 * 1000)                     /* between two looks at who is announced */

void
band_note (TuttiBand *band, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (g_getenv ("TUTTI_SEED") == NULL)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_test_message ("%6.2f s: %s", (double) band->now.us / G_USEC_PER_SEC, text);
}

/* ---- looking for a host ---- */

/* A door is opened on coming into the jam, and closes with the program: one that was started again has none yet. */
static gboolean
has_door (const TuttiBandMate *mate)
{
  return mate->running && (mate->host != NULL || tutti_replica_get_me (mate->replica) != 0);
}

static void
answer_call (TuttiBandMate *mate, TuttiBandMate *called)
{
  if (called->host == NULL && called->running && tutti_succession_knocked (called->succession))
    band_take_over (called);
  mate->trying = 0;
  if (!has_door (called))
    tutti_succession_tried (mate->succession, TUTTI_TRY_NOBODY, mate->band->now.us);
  else if (called->host == NULL)
    tutti_succession_tried (mate->succession, TUTTI_TRY_NOT_HOST, mate->band->now.us);
  else
    band_connect_to (mate, called);
}

/* A frozen program's machine still takes a connection, and says nothing. */
static void
call (TuttiBandMate *mate)
{
  TuttiBandMate *called = &mate->band->mate[mate->trying - 1];

  if (!mate->band->cut[mate->index][called->index] && !called->frozen)
    answer_call (mate, called);
  else if (mate->band->now.us >= mate->try_until_us)
    {
      mate->trying = 0;
      tutti_succession_tried (mate->succession, TUTTI_TRY_SILENCE, mate->band->now.us);
    }
}

static void
look_for_host (TuttiBandMate *mate)
{
  TuttiMove next;

  if (mate->trying != 0)
    {
      call (mate);
      return;
    }
  if (mate->wire != NULL || mate->host != NULL || !tutti_succession_is_lost (mate->succession))
    return;
  next = tutti_succession_next (mate->succession, mate->band->now.us);
  if (next.kind == TUTTI_MOVE_WAIT)
    return;
  if (next.kind == TUTTI_MOVE_TAKE_OVER)
    {
      band_take_over (mate);
      return;
    }
  const char *address = next.kind == TUTTI_MOVE_HEIR ? next.heir->address : mate->address;

  mate->trying = (guint) g_ascii_strtoull (address, NULL, 10) + 1;
  mate->try_until_us = mate->band->now.us + tutti_succession_patience_us (mate->succession);
}

/* Announcements: who sees the same jam hosted in a higher epoch goes there with its people. */
static void
look_around (TuttiBandMate *mate)
{
  TuttiBand *band = mate->band;
  TuttiBandMate *best = NULL;

  for (guint i = 0; i < band->n; i++)
    {
      TuttiBandMate *other = &band->mate[i];

      if (other != mate && other->host != NULL && band_can_hear (mate, other) && other->epoch > mate->epoch &&
          (best == NULL || other->epoch > best->epoch))
        best = other;
    }
  if (best == NULL)
    return;
  if (mate->host != NULL)
    {
      band_note (band, "%u yields to %u", mate->index, best->index);
      /* What it stamped reaches its own copy first. */
      band_deliver (band, mate->wire);
      tutti_replica_take_tail (mate->replica, tutti_host_dup_tail (mate->host));
      band_stop_hosting (mate, TUTTI_CLOSE_HANDED_OVER);
    }
  else if (mate->wire != NULL || mate->trying != 0)
    return;
  tutti_succession_found (mate->succession);
  band_connect_to (mate, best);
}

/* Where the jam lives is there again and willing: it gets it back, and who hosted goes on as a guest. */
static void
give_back (TuttiBandMate *mate)
{
  guint number = mate->leaves_us == 0 ? tutti_host_find_home (mate->host) : 0;

  if (number != 0 && tutti_host_hand_over_to (mate->host, number))
    {
      band_note (mate->band, "%u gives the jam back to person %u", mate->index, number);
      mate->leaves_us = mate->band->now.us + 200000;
    }
  if (mate->leaves_us == 0 || mate->band->now.us < mate->leaves_us)
    return;
  if (mate->wire != NULL)
    band_deliver (mate->band, mate->wire);
  tutti_replica_take_tail (mate->replica, tutti_host_dup_tail (mate->host));
  band_stop_hosting (mate, TUTTI_CLOSE_HANDED_OVER);
  band_seek (mate, TUTTI_CLOSE_HANDED_OVER);
}

/* ---- time ---- */

static void
tick (TuttiBandMate *mate)
{
  TuttiBand *band = mate->band;

  if (mate->host != NULL && band->now.us % 100000 == 0)
    tutti_host_tick (mate->host, band->now);
  if (band->now.us % 100000 == 0)
    tutti_replica_tick (mate->replica, band->now);
  if (band->now.us % LOOK_US == 0)
    look_around (mate);
  if (mate->host != NULL && band->now.us % 100000 == 0)
    give_back (mate);
  look_for_host (mate);
}

static void
sweep (TuttiBand *band)
{
  for (guint i = band->wires->len; i-- > 0; )
    {
      TuttiBandWire *wire = band->wires->pdata[i];

      if (wire->guest == NULL && wire->host == NULL)
        g_ptr_array_remove_index (band->wires, i);
    }
}

void
tutti_band_run (TuttiBand *band, gint64 us)
{
  for (gint64 end = band->now.us + us; band->now.us < end; )
    {
      band->now.us += STEP_US;
      band->now.frame += STEP_US * 48 / 1000;
      for (guint i = 0; i < band->wires->len; i++)
        band_look_after (band, band->wires->pdata[i]);
      for (guint i = 0; i < band->n; i++)
        if (band->mate[i].running && !band->mate[i].frozen)
          tick (&band->mate[i]);
      sweep (band);
    }
}

/* ---- what happens to people ---- */

void
tutti_band_edit (TuttiBand *band, guint i)
{
  TuttiBandMate *mate = &band->mate[i];
  guint field = (guint) g_rand_int_range (band->rand, 0, TUTTI_BAND_FIELDS);
  g_autofree char *text = NULL;

  if (!mate->running || mate->frozen || tutti_replica_get_shown (mate->replica) == NULL)
    return;
  if (g_rand_int_range (band->rand, 0, 3) == 0)
    {
      TuttiOp *op = tutti_op_new (TUTTI_OP_STEP, tutti_id (1, 3), TUTTI_N (g_rand_int_range (band->rand, 0, 16)),
                                  TUTTI_N (g_rand_int_range (band->rand, 0, 128)));

      g_assert_true (tutti_replica_submit (mate->replica, op, band->now, NULL));
      return;
    }
  text = g_strdup_printf ("%u", ++mate->said[field]);
  g_assert_true (tutti_replica_submit (mate->replica, tutti_op_new (TUTTI_OP_SCENE_NAME, band_field_id (i, field), text), band->now,
                                       NULL));
}

guint
tutti_band_read (const TuttiJam *jam, guint i, guint field)
{
  const TuttiScene *scene = tutti_jam_scene (jam, band_field_id (i, field), NULL);

  return scene != NULL ? (guint) g_ascii_strtoull (scene->name, NULL, 10) : 0;
}

void
tutti_band_kill (TuttiBand *band, guint i)
{
  TuttiBandMate *mate = &band->mate[i];

  if (!mate->running)
    return;
  band_note (band, "%u is killed", i);
  if (mate->host != NULL)
    band_stop_hosting (mate, TUTTI_CLOSE_LOST);
  /* Its host hears of it at once, when it can. */
  if (mate->wire != NULL)
    {
      TuttiBandWire *wire = g_steal_pointer (&mate->wire);

      if (wire->host != NULL && band_can_hear (mate, wire->host))
        band_host_lost (wire);
      wire->guest = NULL;
    }
  mate->running = mate->frozen = FALSE;
  mate->trying = 0;
  g_clear_pointer (&mate->replica, tutti_replica_free);
  tutti_succession_found (mate->succession);
}

void
tutti_band_start (TuttiBand *band, guint i)
{
  TuttiBandMate *mate = &band->mate[i];

  if (mate->running)
    return;
  mate->running = TRUE;
  band_new_replica (mate);
  if (mate->disk.jam != NULL)
    band_open_disk (mate);
  /* Else it finds the jam by its announcement. */
}

void
tutti_band_freeze (TuttiBand *band, guint i, gboolean frozen)
{
  band_note (band, "%u is %s", i, frozen ? "frozen" : "not frozen");
  band->mate[i].frozen = frozen && band->mate[i].running;
}

void
tutti_band_part (TuttiBand *band, guint side)
{
  band_note (band, "only %x hear each other", side);
  for (guint a = 0; a < band->n; a++)
    for (guint b = 0; b < band->n; b++)
      band->cut[a][b] = (side >> a & 1) != (side >> b & 1);
}

guint
tutti_band_hand_over (TuttiBand *band, guint i)
{
  TuttiBandMate *mate = &band->mate[i];
  guint number = mate->host != NULL ? tutti_host_hand_over (mate->host) : 0;

  if (number == 0)
    return 0;
  band_note (band, "%u hands over to person %u", i, number);
  /* What was said arrives; then the program ends. */
  tutti_band_run (band, 200000);
  tutti_band_kill (band, i);
  return number;
}

void
tutti_band_make_box (TuttiBand *band)
{
  band->boxed = TRUE;
  band_offer (&band->mate[0]);
}

guint
tutti_band_n_hosts (TuttiBand *band)
{
  guint n = 0;

  for (guint i = 0; i < band->n; i++)
    n += band->mate[i].host != NULL;
  return n;
}

/* ---- beginning and end ---- */

static void
furnish (TuttiBandMate *mate, TuttiJam *jam)
{
  TuttiStamp stamp = { 0 };
  g_autoptr(GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);

  g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_SCENE_ADD, tutti_id (1, 1), "A", TUTTI_N (0)));
  g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_TRACK_ADD, tutti_id (1, 2), "Kick", "kit:tight-kick", TUTTI_N (0)));
  g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_CLIP_ADD, tutti_id (1, 3), tutti_id (1, 2), tutti_id (1, 1), ""));
  for (guint i = 0; i < mate->band->n * TUTTI_BAND_FIELDS; i++)
    g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_SCENE_ADD, tutti_id (1, 100 + i), "0", TUTTI_N (0)));
  for (guint i = 0; i < ops->len; i++)
    g_assert_true (tutti_jam_apply (jam, ops->pdata[i], &stamp, NULL, NULL));
}

void
tutti_band_init (TuttiBand *band, guint n, guint32 seed)
{
  memset (band, 0, sizeof *band);
  band->rand = g_rand_new_with_seed (seed);
  band->n = n;
  band->wires = g_ptr_array_new_with_free_func (band_free_wire);
  for (guint i = 0; i < n; i++)
    {
      TuttiBandMate *mate = &band->mate[i];

      mate->band = band;
      mate->index = i;
      mate->succession = tutti_succession_new ();
      mate->disk.entries = g_ptr_array_new_with_free_func (band_free_entry);
      mate->disk.inherited = g_ptr_array_new_with_free_func (band_free_entry);
      mate->disk.tokens = g_hash_table_new_full (NULL, NULL, NULL, g_free);
    }
  band->mate[0].disk.jam = tutti_jam_new ();
  furnish (&band->mate[0], band->mate[0].disk.jam);
  for (guint i = 0; i < n; i++)
    tutti_band_start (band, i);
  tutti_band_run (band, 2 * LOOK_US);
}

void
tutti_band_clear (TuttiBand *band)
{
  g_ptr_array_unref (band->wires);
  for (guint i = 0; i < band->n; i++)
    {
      TuttiBandMate *mate = &band->mate[i];

      g_clear_pointer (&mate->host, tutti_host_free);
      g_clear_pointer (&mate->replica, tutti_replica_free);
      tutti_succession_free (mate->succession);
      tutti_jam_free (mate->disk.jam);
      g_ptr_array_unref (mate->disk.entries);
      g_ptr_array_unref (mate->disk.inherited);
      g_hash_table_unref (mate->disk.tokens);
    }
  g_rand_free (band->rand);
}
