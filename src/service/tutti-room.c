/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-room.h"

#include "tutti-host-guard.h"
#include "tutti-json-write.h"
#include "tutti-room-record.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define TICK_MS 100

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
  gboolean          leaving;       /* the host is done with it; forgotten at the next tick, not in the middle of a call */
} Seated;

struct _TuttiRoom
{
  char            *id;
  TuttiStore      *store;          /* owned */
  TuttiHost       *host;           /* owned */
  gint64           origin_ns;
  gint64           epoch;
  GHashTable      *seated;         /* connection → Seated */
  guint            next_connection;
  guint            people_max;
  GMainContext    *context;
  GSource         *tick;
  TuttiRoomChanged changed;
  gpointer         changed_user;
  TuttiRoomStatus  told;
};

static TuttiNow
now (TuttiRoom *room)
{
  gint64 us = g_get_monotonic_time ();
  gint64 ns = us * 1000 - room->origin_ns;

  return (TuttiNow) { (gint64) ((__int128) ns * TUTTI_FRAMES_PER_SECOND / 1000000000), us };
}

static void
free_seated (gpointer data)
{
  Seated *seated = data;

  if (seated->link != NULL)
    {
      g_signal_handlers_disconnect_by_data (seated->link, seated);
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
on_append (gpointer user, const TuttiStamp *stamp, const char *text, GError **error)
{
  TuttiRoom *room = user;

  return tutti_store_append_op (room->store, room->id, room->epoch, stamp->seq, stamp->by, stamp->at, text, error);
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
door_key (TuttiRoom *room)
{
  return g_strconcat ("door-", room->id, NULL);
}

static void
on_keep_door (gpointer user, const char *text)
{
  TuttiRoom *room = user;
  g_autofree char *key = door_key (room);
  g_autoptr(GError) error = NULL;

  if (!tutti_store_set_setting (room->store, key, text, &error))
    g_warning ("Passcode and bans cannot be kept, they hold until this host ends: %s", error->message);
}

static void
resume_door (TuttiRoom *room)
{
  g_autofree char *key = door_key (room);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = tutti_store_dup_setting (room->store, key, &error);

  if (text == NULL && !g_error_matches (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND))
    g_warning ("Whether this jam has a passcode cannot be read: %s", error->message);
  g_clear_error (&error);
  if (text != NULL && !tutti_host_resume_door (room->host, text, &error))
    g_warning ("The passcode cannot be read, nobody new gets in until it is set anew: %s", error->message);
}

/* ---- time ---- */

/* The jam as the list of jams has it, and how far each visit has come. */
static TuttiStoreJam *
describe (TuttiRoom *room)
{
  TuttiStoreJam *description = tutti_room_record_describe (room->id, tutti_host_get_jam (room->host), now (room).frame);
  g_autoptr(GArray) visits = tutti_host_get_visits (room->host);

  description->settings = tutti_room_record_settings (room->epoch, room->origin_ns, visits);
  return description;
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

TuttiRoom *
tutti_room_open (TuttiStore *store, const char *jam, guint people_max, GError **error)
{
  g_auto(TuttiRoomRecord) record = { 0 };
  TuttiHostSettings settings = { .people_max = people_max, .lead_least = LEAD_LEAST };
  TuttiRoom *room;

  if (!tutti_room_record_load (store, jam, &record, error))
    return NULL;
  settings.epoch = record.epoch + 1;
  settings.origin_ns = choose_origin (&record);
  g_strlcpy (settings.jam, jam, sizeof settings.jam);
  if (!tutti_room_record_begin (store, jam, settings.epoch, settings.origin_ns, record.visits, error))
    return NULL;

  room = g_new0 (TuttiRoom, 1);
  room->id = g_strdup (jam);
  room->store = g_object_ref (store);
  room->origin_ns = settings.origin_ns;
  room->epoch = settings.epoch;
  room->people_max = people_max;
  room->seated = g_hash_table_new_full (NULL, NULL, NULL, free_seated);
  room->context = g_main_context_ref_thread_default ();
  room->host = tutti_host_new (g_steal_pointer (&record.jam), record.seq, record.last_at, &settings,
                               &(TuttiHostHooks) { room, on_send, on_close, on_append, on_seated, on_vacated, on_random,
                                                  on_keep_door });
  recall (room, &record);
  resume_door (room);
  room->tick = g_timeout_source_new (TICK_MS);
  g_source_set_callback (room->tick, on_tick, room, NULL);
  g_source_attach (room->tick, room->context);
  return room;
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
  save_now (room);
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

  tutti_host_received (room->host, number, data, length, now (room));
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

  forget (room, seated->number, code == TUTTI_CLOSE_NORMAL);
  tell_changed (room);
}

/* Without the port: all that comes from one machine. */
static char *
address_of (TuttiLink *link)
{
  GSocketAddress *remote = tutti_link_get_remote (link);

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
  tutti_host_received (room->host, connection, text, strlen (text), now (room));
}

void
tutti_room_disconnect (TuttiRoom *room, guint connection)
{
  /* Who plays on this machine comes back to the own jam, whatever was done in it. */
  forget (room, connection, FALSE);
  tell_changed (room);
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

void
tutti_room_get_status (TuttiRoom *room, TuttiRoomStatus *status)
{
  const TuttiJam *jam = tutti_host_get_jam (room->host);
  TuttiHostFigures figures;

  tutti_host_get_figures (room->host, &figures);
  memset (status, 0, sizeof *status);
  g_strlcpy (status->jam, room->id, sizeof status->jam);
  g_strlcpy (status->name, jam->name, sizeof status->name);
  status->people = figures.present;
  status->people_max = room->people_max;
  status->tempo_cbpm = jam->transport.anchor.tempo_cbpm;
  status->playing = jam->transport.playing;
  status->locked = tutti_host_is_locked (room->host);
  status->epoch = room->epoch;
  status->seq = tutti_host_get_seq (room->host);
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
