/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-room.h"

#include "tutti-host-guard.h"
#include "tutti-json-write.h"
#include "tutti-room-record.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define TICK_MS 100
#define DESCRIBE_EVERY_US G_USEC_PER_SEC

/* How long a host that took over waits for what others have of the last one's operations. */
#define GATHER_MS 300

/* A host that was away for longer starts its frames anew, so that the music does not stand hours further on. */
#define ORIGIN_KEPT_FRAMES (60 * TUTTI_FRAMES_PER_SECOND)

/* How far ahead edits are stamped on one machine: what the output renders ahead (40 ms of buffer and a block), the output
 * kernel's and the control grid's 2 ms, and room for a thread to be late. */
#define LEAD_LEAST (TUTTI_FRAMES_PER_SECOND * 65 / 1000)

typedef struct
{
  TuttiRoom        *room;          /* borrowed; NULL once the room let go */
  guint             number;
  TuttiLink        *link;          /* owned; NULL for someone inside */
  TuttiRoomWelcomed welcomed;
  gpointer          user;
  TuttiRoomGuest    guest;
  guint             person;        /* who sits there; 0 before their hello */
  gint64            since_us;
  gboolean          leaving;       /* the host is done with it; forgotten at the next tick, not in the middle of a call */
} Seated;

struct _TuttiRoom
{
  char            *id;
  TuttiStore      *store;          /* owned */
  TuttiHost       *host;           /* owned */
  gint64           origin_ns;
  TuttiRoomClock   clock;          /* host_ns NULL: this machine's own */
  gint64           epoch, before;  /* of this host; of the operation that it began after */
  GHashTable      *seated;         /* connection → Seated */
  guint            next_connection;
  guint            speaking;       /* connection whose message is being dealt with */
  guint            people_max;
  GMainContext    *context;
  GSource         *tick;
  TuttiRoomChanged changed;
  gpointer         changed_user;
  TuttiRoomStatus  told;
  TuttiMetrics    *metrics;        /* borrowed (nullable) */
  gint64           described_seq;  /* the list of jams shows the jam as it was after that operation */
  gint64           described_us;
};

static TuttiNow
now (TuttiRoom *room)
{
  gint64 us = g_get_monotonic_time ();
  gint64 host_ns = room->clock.host_ns != NULL ? room->clock.host_ns (room->clock.user, us * 1000) : us * 1000;

  return (TuttiNow) { (gint64) ((__int128) (host_ns - room->origin_ns) * TUTTI_FRAMES_PER_SECOND / 1000000000), us };
}

static void
add_link (const Seated *seated, TuttiMetrics *sum)
{
  TuttiLinkFigures figures = tutti_link_get_figures (seated->link);

  tutti_metrics_add_link (sum, &figures);
}

static void
free_seated (gpointer data)
{
  Seated *seated = data;

  if (seated->link != NULL)
    {
      g_signal_handlers_disconnect_by_data (seated->link, seated);
      if (seated->room->metrics != NULL)
        add_link (seated, seated->room->metrics);
      g_object_unref (seated->link);
    }
  if (seated->guest.destroy != NULL)
    seated->guest.destroy (seated->guest.user);
  g_free (seated);
}

static Seated *
find (TuttiRoom *room, guint connection)
{
  return g_hash_table_lookup (room->seated, GUINT_TO_POINTER (connection));
}

static void
forget (TuttiRoom *room, guint connection, gboolean goodbye)
{
  if (find (room, connection) == NULL)
    return;
  g_hash_table_remove (room->seated, GUINT_TO_POINTER (connection));
  if (goodbye)
    tutti_host_left (room->host, connection, now (room));
  else
    tutti_host_closed (room->host, connection, now (room));
}

/* ---- the host's hooks ---- */

static void
on_send (gpointer user, guint connection, const char *text)
{
  TuttiRoom *room = user;
  Seated *seated = find (room, connection);

  if (seated == NULL)
    return;
  if (seated->link == NULL)
    seated->guest.receive (seated->guest.user, text);
  else
    tutti_link_send (seated->link, text, -1);
}

static void
on_close (gpointer user, guint connection, TuttiClose code, const char *words)
{
  TuttiRoom *room = user;
  Seated *seated = find (room, connection);

  if (seated == NULL)
    return;
  if (seated->link != NULL)
    {
      tutti_link_close (seated->link, code, words);
      return;
    }
  seated->guest.closed (seated->guest.user, code, words != NULL ? words : tutti_close_words (code));
  seated->leaving = TRUE;
}

static gboolean
on_append (gpointer user, gint64 epoch, const TuttiStamp *stamp, const char *text, GError **error)
{
  TuttiRoom *room = user;
  gint64 begun_us = g_get_monotonic_time ();
  gboolean kept = tutti_store_append_op (room->store, room->id, epoch, stamp->seq, stamp->by, stamp->at, text, error);

  if (room->metrics == NULL)
    return kept;
  tutti_metrics_note_time (&room->metrics->appends, g_get_monotonic_time () - begun_us);
  room->metrics->append_errors += !kept;
  room->metrics->append_fails = !kept;
  return kept;
}

/* Numbers, not names: a log is read by others than those in the jam. */
static void
log_person (TuttiRoom *room, guint number, const char *what)
{
  g_autofree char *person = g_strdup_printf ("%u", number);

  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO, "TUTTI_JAM", room->id, "TUTTI_PERSON", person,
                    "MESSAGE", "Jam %s: person %u: %s", room->id, number, what);
}

static void
on_seated (gpointer user, const TuttiPerson *person, const char *token_hash)
{
  TuttiRoom *room = user;
  g_autoptr(GError) error = NULL;
  g_autofree char *profile = g_strdup_printf ("p%u", person->number);
  TuttiStorePerson row = { .number = person->number, .profile = profile, .token_hash = (char *) token_hash,
                           .name = (char *) person->name, .colour = (char *) tutti_person_colour_names[person->colour],
                           .role = (char *) tutti_role_names[person->role], .seen_us = g_get_real_time () };
  Seated *seated = find (room, room->speaking);

  if (seated != NULL)
    {
      seated->person = person->number;
      seated->since_us = g_get_monotonic_time ();
      log_person (room, person->number, "came");
    }
  if (!tutti_store_put_person (room->store, room->id, &row, &error))
    g_warning ("“%s” cannot be remembered: %s", person->name, error->message);
}

static void
on_vacated (gpointer user, guint number)
{
  TuttiRoom *room = user;
  g_autoptr(GError) error = NULL;

  if (!tutti_store_drop_person (room->store, room->id, number, &error))
    g_warning ("Somebody who left cannot be forgotten: %s", error->message);
}

/* From the kernel: GLib's own can be told from what it gave before, and these become tokens and invitations. */
static guint32
on_random (gpointer user)
{
  guint32 bits;

  if (getentropy (&bits, sizeof bits) != 0)
    g_error ("The system has no random numbers: %s", g_strerror (errno));
  return bits;
}

static char *
door_key (const char *jam)
{
  return g_strconcat ("door-", jam, NULL);
}

static void
on_keep_door (gpointer user, const char *text)
{
  TuttiRoom *room = user;
  g_autofree char *key = door_key (room->id);
  g_autoptr(GError) error = NULL;

  if (!tutti_store_set_setting (room->store, key, text, &error))
    g_warning ("Passcode and bans cannot be kept, they hold until this host ends: %s", error->message);
}

static void
resume_door (TuttiRoom *room)
{
  g_autofree char *key = door_key (room->id);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = tutti_store_dup_setting (room->store, key, &error);

  if (text == NULL && !g_error_matches (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND))
    g_warning ("Whether this jam has a passcode cannot be read: %s", error->message);
  g_clear_error (&error);
  if (text != NULL && !tutti_host_resume_door (room->host, text, &error))
    g_warning ("The passcode cannot be read, nobody new gets in until it is set anew: %s", error->message);
}

/* Whoever is seated by this is @connection. */
static void
hear (TuttiRoom *room, guint connection, const char *text, gsize length)
{
  guint before = room->speaking;
  TuttiNow begun = now (room);

  room->speaking = connection;
  tutti_host_received (room->host, connection, text, length, begun);
  room->speaking = before;
  if (room->metrics != NULL)
    tutti_metrics_note_time (&room->metrics->messages, g_get_monotonic_time () - begun.us);
}

/* ---- time ---- */

/* The jam as the list of jams has it, and how far each visit has come. */
static TuttiStoreJam *
describe (TuttiRoom *room)
{
  TuttiStoreJam *description = tutti_room_record_describe (room->id, tutti_host_get_jam (room->host), now (room).frame);
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

static void
tell_changed (TuttiRoom *room)
{
  TuttiRoomStatus status;

  tutti_room_get_status (room, &status);
  if (room->changed == NULL || (g_str_equal (status.name, room->told.name) && status.people == room->told.people &&
                                status.people_max == room->told.people_max && status.tempo_cbpm == room->told.tempo_cbpm &&
                                status.playing == room->told.playing && status.locked == room->told.locked))
    return;
  room->told = status;
  room->changed (room->changed_user, &status);
}

static void
forget_leaving (TuttiRoom *room)
{
  g_autoptr(GList) all = g_hash_table_get_values (room->seated);

  for (const GList *each = all; each != NULL; each = each->next)
    if (((Seated *) each->data)->leaving)
      forget (room, ((Seated *) each->data)->number, FALSE);
}

static gboolean
on_tick (gpointer data)
{
  TuttiRoom *room = data;

  forget_leaving (room);
  tutti_host_tick (room->host, now (room));
  if (tutti_store_snapshot_due (room->store, room->id))
    save (room);
  keep_described (room);
  tell_changed (room);
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
room_new (TuttiStore *store, TuttiJam *jam, gint64 seq, gint64 last_at, const TuttiHostSettings *settings)
{
  TuttiRoom *room = g_new0 (TuttiRoom, 1);

  room->id = g_strdup (settings->jam);
  room->store = g_object_ref (store);
  room->origin_ns = settings->origin_ns;
  room->epoch = settings->epoch;
  room->before = settings->before;
  room->people_max = settings->people_max;
  room->described_seq = -1;        /* the last host may have crashed */
  room->seated = g_hash_table_new_full (NULL, NULL, NULL, free_seated);
  room->context = g_main_context_ref_thread_default ();
  room->host = tutti_host_new (jam, seq, last_at, settings,
                               &(TuttiHostHooks) { room, on_send, on_close, on_append, on_seated, on_vacated, on_random,
                                                  on_keep_door });
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
  resume_door (room);
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
        on_seated (room, person, token->hash);
    }
}

TuttiRoom *
tutti_room_inherit (TuttiStore *store, const char *jam, const TuttiEstate *estate, const TuttiRoomClock *clock, guint people,
                    GError **error)
{
  gint64 epoch = tutti_epoch_after (MAX (estate->host_epoch, estate->epoch), estate->rank, estate->me);
  TuttiHostSettings settings = { .epoch = epoch, .before = estate->epoch, .origin_ns = estate->origin_ns,
                                 .people_max = estate->people_max, .lead_least = LEAD_LEAST, .lead = estate->lead,
                                 .rank = estate->rank, .gather_us = GATHER_MS * 1000, .gather_people = people };
  TuttiRoom *room;

  g_strlcpy (settings.jam, jam, sizeof settings.jam);
  if (!tutti_room_record_adopt (store, jam, estate, epoch, error))
    return NULL;
  room = room_new (store, tutti_jam_copy (estate->jam), estate->seq, estate->last_at, &settings);
  room->clock = *clock;
  tutti_host_inherit (room->host, estate);
  keep_people (room, estate);
  return room;
}

guint
tutti_room_hand_over (TuttiRoom *room)
{
  return tutti_host_hand_over (room->host);
}

TuttiTail *
tutti_room_freeze (TuttiRoom *room)
{
  tutti_host_freeze (room->host);
  return tutti_host_dup_tail (room->host);
}

static void
add_host (TuttiRoom *room, TuttiMetrics *sum)
{
  TuttiHostFigures figures;

  tutti_host_get_figures (room->host, &figures);
  tutti_metrics_add_host (sum, &figures);
}

static void
save_now (TuttiRoom *room)
{
  g_autofree char *text = tutti_jam_to_text (tutti_host_get_jam (room->host));
  g_autoptr(TuttiStoreJam) description = describe (room);
  g_autoptr(GError) error = NULL;

  if (!tutti_store_update_jam (room->store, description, &error) ||
      !tutti_store_save_snapshot (room->store, room->id, tutti_host_get_seq (room->host), text, g_get_real_time (), &error))
    g_warning ("The jam's last snapshot could not be saved, its log is whole: %s", error->message);
}

void
tutti_room_dismiss (TuttiRoom *room, TuttiClose code)
{
  g_autoptr(GList) all = g_hash_table_get_values (room->seated);

  for (const GList *each = all; each != NULL; each = each->next)
    {
      Seated *seated = each->data;

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
    add_host (room, room->metrics);
  g_hash_table_unref (room->seated);
  tutti_host_free (room->host);
  g_object_unref (room->store);
  g_main_context_unref (room->context);
  g_free (room->id);
  g_free (room);
}

char *
tutti_room_create (TuttiStore *store, const char *name, const GPtrArray *ops, GError **error)
{
  g_autofree char *id = g_strdup_printf ("%08x%08x%08x", g_random_int (), g_random_int (), g_random_int ());
  g_autoptr(TuttiJam) jam = tutti_jam_new ();
  TuttiStamp stamp = { 0, 0, 0 };
  g_autoptr(TuttiOp) called = tutti_op_new (TUTTI_OP_JAM_NAME, name);

  for (guint i = 0; ops != NULL && i < ops->len; i++)
    if (!tutti_jam_apply (jam, ops->pdata[i], &stamp, NULL, error))
      return NULL;
  if (!tutti_jam_apply (jam, called, &stamp, NULL, error))
    return NULL;
  g_autofree char *text = tutti_jam_to_text (jam);
  g_autoptr(TuttiStoreJam) description = tutti_room_record_describe (id, jam, 0);

  description->created_us = description->updated_us;
  if (!tutti_store_create_jam (store, description, error) ||
      !tutti_store_save_snapshot (store, id, 0, text, g_get_real_time (), error))
    return NULL;
  return g_steal_pointer (&id);
}

void
tutti_room_watch (TuttiRoom *room, TuttiRoomChanged changed, gpointer user)
{
  room->changed = changed;
  room->changed_user = user;
  room->told = (TuttiRoomStatus) { 0 };
  tell_changed (room);
}

/* ---- connections ---- */

static Seated *
seat (TuttiRoom *room)
{
  Seated *seated = g_new0 (Seated, 1);

  seated->room = room;
  seated->number = ++room->next_connection;
  g_hash_table_insert (room->seated, GUINT_TO_POINTER (seated->number), seated);
  tutti_host_opened (room->host, seated->number, now (room));
  return seated;
}

static void
on_message (TuttiLink *link, GBytes *text, Seated *seated)
{
  TuttiRoom *room = seated->room;
  guint number = seated->number;
  TuttiRoomWelcomed welcomed = g_steal_pointer (&seated->welcomed);
  gsize length;
  const char *data = g_bytes_get_data (text, &length);

  hear (room, number, data, length);
  /* The first thing said is a hello, or the link is closing now. */
  if (welcomed == NULL || find (room, number) == NULL || !tutti_link_is_open (link))
    return;
  welcomed (seated->user, link);
  tell_changed (room);
}

static void
on_closed (TuttiLink *link, guint code, const char *words, gboolean retryable, Seated *seated)
{
  TuttiRoom *room = seated->room;

  if (seated->person != 0)
    log_person (room, seated->person, tutti_close_words (code));
  if (room->metrics != NULL)
    tutti_metrics_note_close (room->metrics, code);
  forget (room, seated->number, code == TUTTI_CLOSE_NORMAL);
  tell_changed (room);
}

/* Of the other end, without the port: all that comes from one machine. Empty for someone inside (@link NULL). (transfer full) */
static char *
address_of (TuttiLink *link)
{
  GSocketAddress *remote = link != NULL ? tutti_link_get_remote (link) : NULL;

  if (!G_IS_INET_SOCKET_ADDRESS (remote))
    return g_strdup ("");
  return g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
}

void
tutti_room_admit (TuttiRoom *room, TuttiLink *link, TuttiRoomWelcomed welcomed, gpointer user)
{
  Seated *seated = seat (room);
  g_autofree char *address = address_of (link);

  tutti_host_set_address (room->host, seated->number, address);
  seated->link = g_object_ref (link);
  seated->welcomed = welcomed;
  seated->user = user;
  g_signal_connect (link, "message", G_CALLBACK (on_message), seated);
  g_signal_connect (link, "closed", G_CALLBACK (on_closed), seated);
}

guint
tutti_room_connect (TuttiRoom *room, const TuttiRoomGuest *guest)
{
  Seated *seated = seat (room);

  seated->guest = *guest;
  tutti_host_is_home (room->host, seated->number);
  return seated->number;
}

void
tutti_room_say (TuttiRoom *room, guint connection, const char *text)
{
  hear (room, connection, text, strlen (text));
}

void
tutti_room_disconnect (TuttiRoom *room, guint connection)
{
  /* Who plays on this machine comes back to the own jam, whatever was done in it. */
  forget (room, connection, FALSE);
  tell_changed (room);
}

/* ---- who is here ---- */

static gboolean
is_present (TuttiRoom *room, const Seated *seated)
{
  return seated->person != 0 && !seated->leaving && (seated->link == NULL || tutti_link_is_open (seated->link)) &&
         tutti_host_is_present (room->host, seated->person);
}

GArray *
tutti_room_list_people (TuttiRoom *room)
{
  GArray *people = g_array_new (FALSE, TRUE, sizeof (TuttiRoomPerson));
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, room->seated);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    {
      const Seated *seated = each;
      const TuttiPerson *known = tutti_jam_person (tutti_host_get_jam (room->host), seated->person);
      TuttiRoomPerson person = { .number = seated->person, .since_us = seated->since_us };

      if (!is_present (room, seated))
        continue;
      g_autofree char *address = address_of (seated->link);

      g_strlcpy (person.name, known != NULL ? known->name : "", sizeof person.name);
      g_strlcpy (person.address, address, sizeof person.address);
      g_array_append_val (people, person);
    }
  return people;
}

gboolean
tutti_room_kick (TuttiRoom *room, guint number)
{
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, room->seated);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    {
      Seated *seated = each;

      if (seated->person != number || seated->link == NULL || !is_present (room, seated))
        continue;
      tutti_link_close (seated->link, TUTTI_CLOSE_KICKED, NULL);
      return TRUE;
    }
  return FALSE;
}

/* ---- small answers ---- */

void
tutti_room_set_clock_port (TuttiRoom *room, guint port)
{
  tutti_host_set_clock_port (room->host, port);
}

void
tutti_room_set_people_max (TuttiRoom *room, guint people_max)
{
  room->people_max = people_max;
  tutti_host_set_people_max (room->host, people_max);
}

gboolean
tutti_room_knows_token (TuttiRoom *room, const char *token)
{
  return token != NULL && tutti_host_knows_token (room->host, token);
}

gboolean
tutti_room_token_may_add (TuttiRoom *room, const char *token)
{
  return token != NULL && tutti_host_token_may (room->host, token, TUTTI_MAY_ADD);
}

gboolean
tutti_room_names_sound (TuttiRoom *room, const char *hash)
{
  return tutti_jam_sound (tutti_host_get_jam (room->host), hash) != NULL;
}

gboolean
tutti_room_is_empty (TuttiRoom *room)
{
  return g_hash_table_size (room->seated) == 0;
}

static TuttiRoomStatus
status_of (const char *id, const TuttiJam *jam)
{
  TuttiRoomStatus status = { .tempo_cbpm = jam->transport.anchor.tempo_cbpm, .playing = jam->transport.playing };

  g_strlcpy (status.jam, id, sizeof status.jam);
  g_strlcpy (status.name, jam->name, sizeof status.name);
  return status;
}

void
tutti_room_get_status (TuttiRoom *room, TuttiRoomStatus *status)
{
  TuttiHostFigures figures;

  tutti_host_get_figures (room->host, &figures);
  *status = status_of (room->id, tutti_host_get_jam (room->host));
  status->people = figures.present;
  status->people_max = room->people_max;
  status->locked = tutti_host_is_locked (room->host);
  status->epoch = room->epoch;
  status->seq = tutti_host_get_seq (room->host);
}

gboolean
tutti_room_peek (TuttiStore *store, const char *jam, guint people_max, TuttiRoomStatus *status, GError **error)
{
  g_auto(TuttiRoomRecord) record = { 0 };
  g_autofree char *key = door_key (jam);
  g_autofree char *door = tutti_store_dup_setting (store, key, NULL);

  if (!tutti_room_record_load (store, jam, &record, error))
    return FALSE;
  *status = status_of (jam, record.jam);
  status->locked = door != NULL && tutti_host_door_locks (door);
  status->people_max = people_max;
  status->epoch = record.epoch;
  status->seq = record.seq;
  return TRUE;
}

gint64
tutti_room_get_origin_ns (TuttiRoom *room)
{
  return room->origin_ns;
}

void
tutti_room_get_figures (TuttiRoom *room, TuttiHostFigures *figures)
{
  tutti_host_get_figures (room->host, figures);
}

char *
tutti_room_status_text (TuttiRoom *room)
{
  GString *out = g_string_new (NULL);
  TuttiRoomStatus status;
  char hash[17];

  tutti_room_get_status (room, &status);
  g_snprintf (hash, sizeof hash, "%016" G_GINT64_MODIFIER "x", tutti_jam_hash (tutti_host_get_jam (room->host)));
  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "jam", status.jam);
  tutti_json_put_member_text (out, "name", status.name);
  tutti_json_put_member_int (out, "people", status.people);
  tutti_json_put_member_int (out, "max", status.people_max);
  tutti_json_put_member_int (out, "epoch", status.epoch);
  tutti_json_put_member_int (out, "seq", status.seq);
  tutti_json_put_member_text (out, "hash", hash);
  tutti_json_put_member_int (out, "tempo", status.tempo_cbpm);
  tutti_json_key (out, "locked");
  tutti_json_put_raw (out, status.locked ? "true" : "false");
  tutti_json_key (out, "playing");
  tutti_json_put_raw (out, status.playing ? "true" : "false");
  tutti_json_close (out, '}');
  return g_string_free (out, FALSE);
}

void
tutti_room_set_metrics (TuttiRoom *room, TuttiMetrics *metrics)
{
  room->metrics = metrics;
}

void
tutti_room_add_metrics (TuttiRoom *room, TuttiMetrics *sum)
{
  GHashTableIter iter;
  gpointer each;

  add_host (room, sum);
  g_hash_table_iter_init (&iter, room->seated);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    if (((Seated *) each)->link != NULL)
      add_link (each, sum);
}
