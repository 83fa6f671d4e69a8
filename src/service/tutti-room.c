/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The life of a room: opening, keeping what happens in it, closing. */
#include "tutti-room-private.h"

#include "tutti-room-record.h"

#define TICK_MS 100
#define DESCRIBE_EVERY_US G_USEC_PER_SEC
#define SAVE_EVERY_US G_USEC_PER_SEC

/* How long a host that took over waits for what others have of the last one's operations. */
#define GATHER_MS 300

/* A host that was away for longer starts its frames anew, so that the music does not stand hours further on. */
#define ORIGIN_KEPT_FRAMES (60 * TUTTI_FRAMES_PER_SECOND)

/* How far ahead edits are stamped on one machine: what the output renders ahead (40 ms of buffer and a block), the output
 * kernel's and the control grid's 2 ms, and room for a thread to be late. */
#define LEAD_LEAST (TUTTI_FRAMES_PER_SECOND * 65 / 1000)

TuttiNow
tutti_room_now (TuttiRoom *room)
{
  gint64 us = g_get_monotonic_time ();
  gint64 host_ns = room->clock.host_ns != NULL ? room->clock.host_ns (room->clock.user, us * 1000) : us * 1000;

  return (TuttiNow) { (gint64) ((__int128) (host_ns - room->origin_ns) * TUTTI_FRAMES_PER_SECOND / 1000000000), us };
}

/* ---- time ---- */

/* The jam as the list of jams has it, and how far each visit has come. */
static TuttiStoreJam *
describe (TuttiRoom *room)
{
  TuttiStoreJam *description = tutti_room_record_describe (room->id, tutti_host_get_jam (room->host), tutti_room_now (room).frame);
  g_autoptr(GArray) visits = tutti_host_get_visits (room->host);

  description->settings = tutti_room_record_settings (&(TuttiRoomTerm) { room->epoch, room->before, room->origin_ns, visits });
  return description;
}

/* So that whoever looks for this jam after a crash finds it as it was. */
static void
keep_described (TuttiRoom *room)
{
  gint64 seq = tutti_host_get_seq (room->host), us = g_get_monotonic_time ();

  if (seq == room->described_seq || us - room->described_us < DESCRIBE_EVERY_US)
    return;
  g_autoptr(TuttiStoreJam) description = describe (room);

  room->described_seq = seq;
  room->described_us = us;
  tutti_store_update_jam_async (room->store, description, NULL, NULL, NULL);
}

/* The visits first: then no operation lies before the snapshot and is not counted in them, wherever power is lost. */
static void
save (TuttiRoom *room)
{
  g_autofree char *text = tutti_jam_to_text (tutti_host_get_jam (room->host));
  g_autoptr(TuttiStoreJam) description = describe (room);

  tutti_store_update_jam_async (room->store, description, NULL, NULL, NULL);
  tutti_store_save_snapshot_async (room->store, room->id, tutti_host_get_seq (room->host), text, g_get_real_time (), NULL, NULL,
                                   NULL);
}

/* Not at every tick: on a full disk it stays due. */
static void
save_when_due (TuttiRoom *room)
{
  gint64 us = g_get_monotonic_time ();

  if (us - room->saved_us < SAVE_EVERY_US || !tutti_store_snapshot_due (room->store, room->id))
    return;
  room->saved_us = us;
  save (room);
}

static void
log_expired (TuttiRoom *room)
{
  TuttiHostFigures figures;

  tutti_host_get_figures (room->host, &figures);
  if (figures.expired == room->expired)
    return;
  g_message ("Jam %s: %" G_GUINT64_FORMAT " sounds left it because no track played them for two hours", room->id,
             figures.expired - room->expired);
  room->expired = figures.expired;
}

static gboolean
on_tick (gpointer data)
{
  TuttiRoom *room = data;

  tutti_room_forget_leaving (room);
  tutti_host_tick (room->host, tutti_room_now (room));
  log_expired (room);
  save_when_due (room);
  keep_described (room);
  tutti_room_keep_ways (room);
  tutti_room_tell_changed (room);
  return G_SOURCE_CONTINUE;
}

/* ---- opening and closing ---- */

static gint64
choose_origin (const TuttiRoomRecord *record)
{
  gint64 now_ns = g_get_monotonic_time () * 1000;
  gint64 last_ns = (gint64) ((__int128) record->last_at * 1000000000 / TUTTI_FRAMES_PER_SECOND);
  gint64 kept_ns = G_GINT64_CONSTANT (1000000000) * ORIGIN_KEPT_FRAMES / TUTTI_FRAMES_PER_SECOND;

  if (record->origin_ns != 0 && now_ns - record->origin_ns >= last_ns && now_ns - record->origin_ns - last_ns < kept_ns)
    return record->origin_ns;
  return now_ns - last_ns;
}

static void
recall (TuttiRoom *room, const TuttiRoomRecord *record)
{
  for (guint i = 0; i < record->people->len; i++)
    {
      const TuttiStorePerson *person = record->people->pdata[i];

      if (person->token_hash != NULL)
        tutti_host_remember (room->host, (guint) person->number, person->token_hash);
    }
  for (guint i = 0; i < record->visits->len; i++)
    tutti_host_resume_visit (room->host, &g_array_index (record->visits, TuttiVisitMark, i));
  for (guint i = 0; i < record->recent->len; i++)
    {
      const TuttiStoreOp *op = record->recent->pdata[i];

      tutti_host_recall (room->host, &(TuttiStamp) { op->seq, (guint) op->by, op->at }, op->epoch, op->text);
    }
}

/* Takes over @jam, as it is after @seq, heard up to @last_at. */
static TuttiRoom *
room_new (TuttiStore *store, TuttiJam *jam, gint64 seq, gint64 last_at, TuttiHostSettings *settings)
{
  TuttiRoom *room = g_new0 (TuttiRoom, 1);
  TuttiHostHooks hooks = tutti_room_get_hooks (room);

  settings->wall_us = g_get_real_time () - g_get_monotonic_time ();
  room->id = g_strdup (settings->jam);
  room->store = g_object_ref (store);
  room->origin_ns = settings->origin_ns;
  room->epoch = settings->epoch;
  room->before = settings->before;
  room->people_max = settings->people_max;
  room->described_seq = -1;        /* the last host may have crashed */
  room->seated = g_hash_table_new_full (NULL, NULL, NULL, tutti_room_free_seated);
  room->context = g_main_context_ref_thread_default ();
  room->past = tutti_room_past_new (room);
  room->host = tutti_host_new (jam, seq, last_at, settings, &hooks);
  room->tick = g_timeout_source_new (TICK_MS);
  g_source_set_callback (room->tick, on_tick, room, NULL);
  g_source_attach (room->tick, room->context);
  return room;
}

TuttiRoom *
tutti_room_open (TuttiStore *store, const char *jam, guint people_max, GError **error)
{
  g_auto(TuttiRoomRecord) record = { 0 };
  TuttiHostSettings settings = { .people_max = people_max, .lead_least = LEAD_LEAST };
  TuttiRoom *room;

  if (!tutti_room_record_load (store, jam, &record, error))
    return NULL;
  settings.epoch = tutti_epoch_after (record.epoch, 0, 0);
  settings.before = record.before;
  settings.origin_ns = choose_origin (&record);
  g_strlcpy (settings.jam, jam, sizeof settings.jam);
  if (!tutti_room_record_begin (store, jam, &(TuttiRoomTerm) { settings.epoch, settings.before, settings.origin_ns, record.visits },
                                error))
    return NULL;
  room = room_new (store, g_steal_pointer (&record.jam), record.seq, record.last_at, &settings);
  recall (room, &record);
  tutti_room_resume_door (room);
  tutti_room_resume_pictures (room);
  return room;
}

/* Whose token brings them back is kept with the jam; who is no longer in the document is remembered by the host alone. */
static void
keep_people (TuttiRoom *room, const TuttiEstate *estate)
{
  for (guint i = 0; i < estate->tokens->len; i++)
    {
      const TuttiToken *token = &g_array_index (estate->tokens, TuttiToken, i);
      const TuttiPerson *person = tutti_jam_person (estate->jam, token->number);

      if (person != NULL)
        tutti_room_note_seat (room, person, token->hash);
    }
}

TuttiRoom *
tutti_room_inherit (TuttiStore *store, const char *jam, const TuttiEstate *estate, const TuttiRoomClock *clock, guint people,
                    GError **error)
{
  gint64 epoch = tutti_epoch_after (MAX (estate->host_epoch, estate->epoch), estate->rank, estate->me);
  TuttiHostSettings settings = { .epoch = epoch, .before = estate->epoch, .origin_ns = estate->origin_ns,
                                 .people_max = estate->people_max, .lead_least = LEAD_LEAST, .lead = estate->lead,
                                 .rank = estate->rank, .gather_people = people,
                                 .gather_us = estate->complete ? 0 : GATHER_MS * 1000 };
  TuttiRoom *room;

  g_strlcpy (settings.jam, jam, sizeof settings.jam);
  gint64 since_ns = clock->host_ns (clock->user, g_get_monotonic_time () * 1000) - estate->origin_ns;

  /* Nobody told when the operations happened; from when they were heard it follows nearly. */
  if (!tutti_room_record_adopt (store, jam, estate, epoch, (gint64) ((__int128) since_ns * TUTTI_FRAMES_PER_SECOND / 1000000000), error))
    return NULL;
  room = room_new (store, tutti_jam_copy (estate->jam), estate->seq, estate->last_at, &settings);
  room->clock = *clock;
  tutti_host_inherit (room->host, estate);
  keep_people (room, estate);
  tutti_room_adopt_lines (room, estate->lines);
  return room;
}

guint
tutti_room_hand_over (TuttiRoom *room)
{
  return tutti_host_hand_over (room->host);
}

gboolean
tutti_room_give_back (TuttiRoom *room, guint number)
{
  return number != 0 && tutti_host_find_home (room->host) == number && tutti_host_hand_over_to (room->host, number);
}

void
tutti_room_reserve (TuttiRoom *room, const char *token)
{
  TuttiPerson person = { .number = tutti_host_reserve (room->host, token), .role = TUTTI_ROLE_CONTRIBUTOR };
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
  const char *end;

  g_strlcpy (person.name, g_get_host_name (), sizeof person.name);
  /* Whole characters. */
  g_utf8_validate (person.name, -1, &end);
  person.name[end - person.name] = '\0';
  if (person.number != 0)
    tutti_room_note_seat (room, &person, hash);
}

TuttiTail *
tutti_room_freeze (TuttiRoom *room)
{
  tutti_host_freeze (room->host);
  return tutti_host_dup_tail (room->host);
}

static void
save_now (TuttiRoom *room)
{
  g_autofree char *text = tutti_jam_to_text (tutti_host_get_jam (room->host));
  g_autoptr(TuttiStoreJam) description = describe (room);
  g_autoptr(GError) error = NULL;

  if (!tutti_store_update_jam (room->store, description, &error) ||
      !tutti_store_save_snapshot (room->store, room->id, tutti_host_get_seq (room->host), text, g_get_real_time (), &error))
    tutti_room_log (room, G_LOG_LEVEL_WARNING, "the last snapshot could not be saved, the log is whole: %s", error->message);
}

void
tutti_room_dismiss (TuttiRoom *room, TuttiClose code)
{
  g_autoptr(GList) all = g_hash_table_get_values (room->seated);

  for (const GList *each = all; each != NULL; each = each->next)
    {
      TuttiSeated *seated = each->data;

      if (seated->link != NULL)
        tutti_link_close (seated->link, code, NULL);
    }
}

void
tutti_room_close (TuttiRoom *room, TuttiClose code)
{
  tutti_room_dismiss (room, code);
  g_source_destroy (room->tick);
  g_source_unref (room->tick);
  /* What was given to the store to write later must not come after what the next host of this jam writes. */
  tutti_store_flush (room->store);
  save_now (room);
  if (room->metrics != NULL)
    tutti_room_add_host (room, room->metrics);
  g_hash_table_unref (room->seated);
  tutti_room_past_free (room->past);
  tutti_host_free (room->host);
  g_object_unref (room->store);
  g_main_context_unref (room->context);
  g_free (room->id);
  g_free (room);
}

void
tutti_room_watch (TuttiRoom *room, TuttiRoomChanged changed, gpointer user)
{
  room->changed = changed;
  room->changed_user = user;
  room->told = (TuttiRoomStatus) { 0 };
  tutti_room_tell_changed (room);
}
