/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-band.h"

#include <string.h>

#define STEP_US 5000
#define DELAY_US 12000
#define SILENCE_US (2 * G_USEC_PER_SEC)           /* until a guest gives its host up */
#define DEAD_US (6 * G_USEC_PER_SEC)              /* until a host gives a guest up */
#define LOOK_US (1000 * 1000)                     /* between two looks at who is announced */
#define GATHER_US (300 * 1000)

struct _TuttiBandWire
{
  TuttiBandMate *guest, *host;     /* NULL: that end is closed */
  guint          connection;
  GQueue         up, down;         /* of Parcel */
  gint64         heard_us;         /* when both could hear each other last */
  gboolean       closing;          /* by the host, when all is said */
  TuttiClose     code;
};

typedef struct
{
  gint64 due_us;
  char  *text;
} Parcel;

typedef struct
{
  TuttiStamp stamp;
  gint64     epoch;
  char      *text;
} Entry;

/* What happened, when one schedule is looked at alone. */
static void G_GNUC_PRINTF (2, 3)
note (TuttiBand *band, const char *format, ...)
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

static void
free_parcel (gpointer data)
{
  g_free (((Parcel *) data)->text);
  g_free (data);
}

static void
free_entry (gpointer data)
{
  g_free (((Entry *) data)->text);
  g_free (data);
}

static void
free_wire (gpointer data)
{
  TuttiBandWire *wire = data;

  g_queue_clear_full (&wire->up, free_parcel);
  g_queue_clear_full (&wire->down, free_parcel);
  g_free (wire);
}

static void
post (TuttiBand *band, GQueue *queue, const char *text, gboolean inside)
{
  Parcel *last = g_queue_peek_tail (queue), *parcel = g_new0 (Parcel, 1);

  parcel->due_us = band->now.us + (inside ? 0 : g_rand_int_range (band->rand, 0, DELAY_US));
  if (last != NULL)
    parcel->due_us = MAX (parcel->due_us, last->due_us);
  parcel->text = g_strdup (text);
  g_queue_push_tail (queue, parcel);
}

static gboolean
can_hear (const TuttiBandMate *a, const TuttiBandMate *b)
{
  return a->running && b->running && !a->frozen && !b->frozen && !a->band->cut[a->index][b->index];
}

static TuttiBandWire *
wire_of (TuttiBandMate *host, guint connection)
{
  for (guint i = 0; i < host->band->wires->len; i++)
    {
      TuttiBandWire *wire = host->band->wires->pdata[i];

      if (wire->host == host && wire->connection == connection)
        return wire;
    }
  return NULL;
}

/* ---- a host's hooks ---- */

static void
host_send (gpointer user, guint connection, const char *text)
{
  TuttiBandMate *host = user;
  TuttiBandWire *wire = wire_of (host, connection);

  if (wire != NULL)
    post (host->band, &wire->down, text, wire->guest == host);
}

static void
host_close (gpointer user, guint connection, TuttiClose code, const char *words)
{
  TuttiBandWire *wire = wire_of (user, connection);

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

/* ---- a copy's hooks ---- */

static void
mate_send (gpointer user, const char *text)
{
  TuttiBandMate *mate = user;

  if (mate->wire != NULL)
    post (mate->band, &mate->wire->up, text, mate->wire->host == mate);
}

static void
mate_changed (gpointer user, const TuttiTarget *what, guint by)
{
}

static TuttiId
field_id (guint i, guint field)
{
  return tutti_id (1, 100 + i * TUTTI_BAND_FIELDS + field);
}

static gboolean
is_own_field (const TuttiBandMate *mate, const TuttiOp *op, guint *field)
{
  for (*field = 0; *field < TUTTI_BAND_FIELDS; (*field)++)
    if (op->kind == TUTTI_OP_SCENE_NAME && tutti_id_equal (op->arg[0].id, field_id (mate->index, *field)))
      return TRUE;
  return FALSE;
}

static void
mate_confirmed (gpointer user, const TuttiJam *jam, const TuttiOp *op, const TuttiStamp *stamp)
{
  TuttiBandMate *mate = user;
  guint field;

  mate->copies += op == NULL;
  if (op == NULL || !is_own_field (mate, op, &field))
    return;
  guint number = (guint) g_ascii_strtoull (op->arg[1].text, NULL, 10);

  mate->certain[field] = MAX (mate->certain[field], number);
}

static void
mate_welcomed (gpointer user, const TuttiWelcome *welcome)
{
  TuttiBandMate *mate = user;

  if (welcome->token[0] != '\0')
    g_strlcpy (mate->token, welcome->token, sizeof mate->token);
}

static void
mate_live (gpointer user)
{
  TuttiBandMate *mate = user;

  tutti_succession_found (mate->succession);
}

static void
mate_refused (gpointer user, const TuttiOp *op, const GError *why)
{
  g_error ("An edit that nothing speaks against was refused: %s", why->message);
}

static void
mate_crossed (gpointer user, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands)
{
}

static void
mate_present (gpointer user, guint number, gboolean here)
{
}

static void
mate_repaired (gpointer user)
{
  g_error ("A copy came apart");
}

static void
mate_lead (gpointer user, gint64 frames)
{
}

static void
mate_handed (gpointer user, guint number)
{
  tutti_succession_handed (((TuttiBandMate *) user)->succession, number);
}

static void
offer (TuttiBandMate *mate)
{
  TuttiHeir door = { .port = 1, .clock_port = 2, .home = mate->index == 0 && mate->band->boxed };

  memset (door.fingerprint, 'a', TUTTI_HASH_HEX);
  g_snprintf (door.address, sizeof door.address, "%u", mate->index);
  tutti_replica_set_willing (mate->replica, &door);
}

static void
new_replica (TuttiBandMate *mate)
{
  TuttiReplicaHooks hooks = { mate, mate_send, mate_changed, mate_confirmed, mate_welcomed, mate_live, mate_refused, mate_crossed,
                              mate_present, mate_repaired, mate_lead, NULL, mate_handed };
  g_autofree char *name = g_strdup_printf ("Mate %u", mate->index);

  mate->replica = tutti_replica_new (&hooks, name, (TuttiPersonColour) mate->index);
  tutti_replica_set_token (mate->replica, mate->token);
  offer (mate);
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

static void
connect_to (TuttiBandMate *mate, TuttiBandMate *host)
{
  TuttiBand *band = mate->band;
  TuttiBandWire *wire = g_new0 (TuttiBandWire, 1);

  wire->guest = mate;
  wire->host = host;
  wire->connection = ++band->next_connection;
  wire->heard_us = band->now.us;
  g_ptr_array_add (band->wires, wire);
  mate->wire = wire;
  g_snprintf (mate->address, sizeof mate->address, "%u", host->index);
  note (band, "%u connects to %u (%u)", mate->index, host->index, wire->connection);
  tutti_succession_reached (mate->succession);
  tutti_host_opened (host->host, wire->connection, band->now);
  if (mate == host)
    tutti_host_is_home (host->host, wire->connection);
  tutti_replica_connected (mate->replica);
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

/* Those who are here come too; an instant is spent on waiting for them. */
static void
take_over (TuttiBandMate *mate)
{
  TuttiEstate estate;
  TuttiHostSettings settings = { 0 };

  tutti_replica_inherit (mate->replica, &estate);
  settings.gather_us = estate.complete ? 0 : GATHER_US;
  settings.epoch = tutti_epoch_after (MAX (estate.host_epoch, estate.epoch), estate.rank, estate.me);
  settings.before = estate.epoch;
  settings.rank = estate.rank;
  settings.lead = estate.lead;
  note (mate->band, "%u takes over: epoch %" G_GINT64_FORMAT " after %" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, mate->index,
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
  connect_to (mate, mate);
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

/* What a host that starts again finds on its disk. */
static void
open_disk (TuttiBandMate *mate)
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
  note (mate->band, "%u opens its disk: epoch %" G_GINT64_FORMAT " after %" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, mate->index,
        settings.epoch, settings.before, disk->seq);
  mate->host = make_host (mate, jam, settings);
  disk->seq = seq;
  disk->last_at = last_at;
  recall (mate->host, disk->inherited);
  recall (mate->host, disk->entries);
  g_hash_table_iter_init (&iter, disk->tokens);
  while (g_hash_table_iter_next (&iter, &number, &hash))
    tutti_host_remember (mate->host, GPOINTER_TO_UINT (number), hash);
  connect_to (mate, mate);
}

/* ---- wires ---- */

static void
seek (TuttiBandMate *mate, TuttiClose why)
{
  tutti_succession_lost (mate->succession, why, tutti_replica_get_heirs (mate->replica), tutti_replica_get_me (mate->replica),
                         mate->band->now.us);
}

static void
guest_lost (TuttiBandWire *wire, TuttiClose why)
{
  TuttiBandMate *guest = wire->guest;

  wire->guest = NULL;
  if (guest == NULL)
    return;
  note (guest->band, "%u lost its host (%u): %s", guest->index, wire->connection, tutti_close_name (why));
  guest->wire = NULL;
  tutti_replica_disconnected (guest->replica);
  if (guest->host == NULL)
    seek (guest, why);
}

static void
host_lost (TuttiBandWire *wire)
{
  TuttiBandMate *host = wire->host;

  wire->host = NULL;
  if (host != NULL && host->host != NULL)
    tutti_host_closed (host->host, wire->connection, host->band->now);
}

/* @mate hosts no more: everyone hears that, as far as they hear. */
static void
stop_hosting (TuttiBandMate *mate, TuttiClose why)
{
  TuttiBand *band = mate->band;

  for (guint i = 0; i < band->wires->len; i++)
    {
      TuttiBandWire *wire = band->wires->pdata[i];

      if (wire->host != mate)
        continue;
      wire->host = NULL;
      if (wire->guest == NULL || wire->guest == mate || can_hear (wire->guest, mate))
        guest_lost (wire, why);
    }
  g_clear_pointer (&mate->host, tutti_host_free);
  mate->leaves_us = 0;
}

static Parcel *
due (TuttiBand *band, GQueue *queue)
{
  Parcel *first = g_queue_peek_head (queue);

  return first != NULL && first->due_us <= band->now.us ? g_queue_pop_head (queue) : NULL;
}

static void
deliver (TuttiBand *band, TuttiBandWire *wire)
{
  Parcel *parcel;

  while (wire->host != NULL && wire->guest != NULL && (parcel = due (band, &wire->up)) != NULL)
    {
      tutti_host_received (wire->host->host, wire->connection, parcel->text, strlen (parcel->text), band->now);
      free_parcel (parcel);
    }
  while (wire->guest != NULL && (parcel = due (band, &wire->down)) != NULL)
    {
      g_autoptr(GError) error = NULL;

      tutti_replica_received (wire->guest->replica, parcel->text, strlen (parcel->text), band->now, &error);
      g_assert_no_error (error);
      free_parcel (parcel);
    }
  if (wire->closing && g_queue_is_empty (&wire->down))
    {
      host_lost (wire);
      guest_lost (wire, wire->code);
    }
}

static void
look_after (TuttiBand *band, TuttiBandWire *wire)
{
  gboolean heard = wire->guest != NULL && wire->host != NULL && can_hear (wire->guest, wire->host);

  if (heard)
    {
      wire->heard_us = band->now.us;
      deliver (band, wire);
      return;
    }
  gint64 silent_us = band->now.us - wire->heard_us;

  if (wire->guest != NULL && !wire->guest->frozen && silent_us > SILENCE_US)
    guest_lost (wire, TUTTI_CLOSE_IDLE);
  if (wire->host != NULL && !wire->host->frozen && silent_us > DEAD_US)
    host_lost (wire);
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
    take_over (called);
  mate->trying = 0;
  if (!has_door (called))
    tutti_succession_tried (mate->succession, TUTTI_TRY_NOBODY, mate->band->now.us);
  else if (called->host == NULL)
    tutti_succession_tried (mate->succession, TUTTI_TRY_NOT_HOST, mate->band->now.us);
  else
    connect_to (mate, called);
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
      take_over (mate);
      return;
    }
  const char *address = next.kind == TUTTI_MOVE_HEIR ? next.heir->address : mate->address;

  mate->trying = (guint) g_ascii_strtoull (address, NULL, 10) + 1;
  mate->try_until_us = mate->band->now.us + TUTTI_TRY_MS * 1000;
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

      if (other != mate && other->host != NULL && can_hear (mate, other) && other->epoch > mate->epoch &&
          (best == NULL || other->epoch > best->epoch))
        best = other;
    }
  if (best == NULL)
    return;
  if (mate->host != NULL)
    {
      note (band, "%u yields to %u", mate->index, best->index);
      /* What it stamped reaches its own copy first. */
      deliver (band, mate->wire);
      tutti_replica_take_tail (mate->replica, tutti_host_dup_tail (mate->host));
      stop_hosting (mate, TUTTI_CLOSE_HANDED_OVER);
    }
  else if (mate->wire != NULL || mate->trying != 0)
    return;
  tutti_succession_found (mate->succession);
  connect_to (mate, best);
}

/* Where the jam lives is there again and willing: it gets it back, and who hosted goes on as a guest. */
static void
give_back (TuttiBandMate *mate)
{
  guint number = mate->leaves_us == 0 ? tutti_host_find_home (mate->host) : 0;

  if (number != 0 && tutti_host_hand_over_to (mate->host, number))
    {
      note (mate->band, "%u gives the jam back to person %u", mate->index, number);
      mate->leaves_us = mate->band->now.us + 200000;
    }
  if (mate->leaves_us == 0 || mate->band->now.us < mate->leaves_us)
    return;
  if (mate->wire != NULL)
    deliver (mate->band, mate->wire);
  tutti_replica_take_tail (mate->replica, tutti_host_dup_tail (mate->host));
  stop_hosting (mate, TUTTI_CLOSE_HANDED_OVER);
  seek (mate, TUTTI_CLOSE_HANDED_OVER);
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
        look_after (band, band->wires->pdata[i]);
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
  g_assert_true (tutti_replica_submit (mate->replica, tutti_op_new (TUTTI_OP_SCENE_NAME, field_id (i, field), text), band->now,
                                       NULL));
}

guint
tutti_band_read (const TuttiJam *jam, guint i, guint field)
{
  const TuttiScene *scene = tutti_jam_scene (jam, field_id (i, field), NULL);

  return scene != NULL ? (guint) g_ascii_strtoull (scene->name, NULL, 10) : 0;
}

void
tutti_band_kill (TuttiBand *band, guint i)
{
  TuttiBandMate *mate = &band->mate[i];

  if (!mate->running)
    return;
  note (band, "%u is killed", i);
  if (mate->host != NULL)
    stop_hosting (mate, TUTTI_CLOSE_LOST);
  /* Its host hears of it at once, when it can. */
  if (mate->wire != NULL)
    {
      TuttiBandWire *wire = g_steal_pointer (&mate->wire);

      if (wire->host != NULL && can_hear (mate, wire->host))
        host_lost (wire);
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
  new_replica (mate);
  if (mate->disk.jam != NULL)
    open_disk (mate);
  /* Else it finds the jam by its announcement. */
}

void
tutti_band_freeze (TuttiBand *band, guint i, gboolean frozen)
{
  note (band, "%u is %s", i, frozen ? "frozen" : "not frozen");
  band->mate[i].frozen = frozen && band->mate[i].running;
}

void
tutti_band_part (TuttiBand *band, guint side)
{
  note (band, "only %x hear each other", side);
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
  note (band, "%u hands over to person %u", i, number);
  /* What was said arrives; then the program ends. */
  tutti_band_run (band, 200000);
  tutti_band_kill (band, i);
  return number;
}

void
tutti_band_make_box (TuttiBand *band)
{
  band->boxed = TRUE;
  offer (&band->mate[0]);
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
  band->wires = g_ptr_array_new_with_free_func (free_wire);
  for (guint i = 0; i < n; i++)
    {
      TuttiBandMate *mate = &band->mate[i];

      mate->band = band;
      mate->index = i;
      mate->succession = tutti_succession_new ();
      mate->disk.entries = g_ptr_array_new_with_free_func (free_entry);
      mate->disk.inherited = g_ptr_array_new_with_free_func (free_entry);
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
