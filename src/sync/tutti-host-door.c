/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The door: who may come in, on which seat, and what they get to start with. */
#include "tutti-host-guard.h"
#include "tutti-host-private.h"

#include <string.h>

/* Two hosts of one jam that cannot see each other give their newcomers different numbers. */
#define NUMBERS_APART 64

/* So many look on at once: they do not count among those who play. */
#define WATCHERS_MAX 8
#define WATCHER_NUMBER TUTTI_PERSON_NUMBER_MAX     /* of each of them, and of no person */

static TuttiSeat *
seat_of_token (TuttiHost *host, const char *token)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);

  if (token[0] == '\0')
    return NULL;
  for (guint i = 0; i < host->seats->len; i++)
    {
      TuttiSeat *seat = host->seats->pdata[i];

      if (g_str_equal (seat->token_hash, hash))
        return seat;
    }
  return NULL;
}

/* A ban is kept with the person. */
static gboolean
is_banned (TuttiHost *host, const TuttiSeat *seat)
{
  const TuttiPerson *person = tutti_jam_person (host->jam, seat->number);

  return person != NULL && person->role == TUTTI_ROLE_BANNED;
}

static void
make_token (TuttiHost *host, char token[TUTTI_TOKEN_HEX + 1])
{
  for (guint i = 0; i < TUTTI_TOKEN_HEX / 8; i++)
    g_snprintf (token + 8 * i, 9, "%08x", host->hooks.random (host->hooks.user));
}

/* A number goes to one person only, as long as there are any: what they did is told apart by it after they left. */
static guint
new_number (TuttiHost *host)
{
  guint number = 1;

  for (guint i = 0; i < host->jam->people->len; i++)
    host->last_number = MAX (host->last_number, ((TuttiPerson *) host->jam->people->pdata[i])->number);
  if (!host->numbers_apart)
    host->last_number += NUMBERS_APART * host->settings.rank;
  host->numbers_apart = TRUE;
  if (host->last_number < WATCHER_NUMBER - 1)
    return ++host->last_number;
  while (tutti_jam_person (host->jam, number) != NULL)
    number++;
  return number;
}

static TuttiSeat *
new_seat (TuttiHost *host)
{
  TuttiSeat *seat = g_new0 (TuttiSeat, 1);

  seat->number = new_number (host);
  g_ptr_array_add (host->seats, seat);
  return seat;
}

static gboolean
is_visit_of (gpointer creator, gpointer visit, gpointer seat)
{
  return ((TuttiVisit *) visit)->seat == ((TuttiSeat *) seat)->number && ((TuttiVisit *) visit)->number == 0;
}

/* A document that cannot be written keeps its people. */
static void
vacate (TuttiHost *host, TuttiSeat *seat, TuttiNow now)
{
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_PERSON_LEAVE, TUTTI_N (seat->number));

  if (!tutti_host_apply (host, op, now, NULL))
    return;
  host->hooks.vacated (host->hooks.user, seat->number);
  g_hash_table_foreach_remove (host->visits, is_visit_of, seat);
  g_ptr_array_remove (host->seats, seat);
}

/* Beyond so many people, who is away and has done nothing makes room: seats cost nothing to whoever only takes them. */
#define CROWDED (TUTTI_PEOPLE_MAX / 2)

static gboolean
may_be_cleared (TuttiHost *host, const TuttiSeat *seat)
{
  gboolean crowded = host->jam->people->len >= CROWDED;

  return (seat->vacant || (crowded && seat->connection == 0 && !seat->edited)) && !is_banned (host, seat);
}

static void
clear_vacant (TuttiHost *host, TuttiNow now)
{
  for (guint i = host->seats->len; i-- > 0; )
    if (may_be_cleared (host, host->seats->pdata[i]))
      vacate (host, host->seats->pdata[i], now);
}

/* The colour asked for when nobody present has it, else the first that is free; with more people than colours they repeat. */
static guint8
free_colour (TuttiHost *host, const TuttiSeat *seat, guint8 wanted)
{
  gboolean taken[TUTTI_N_PERSON_COLOURS] = { FALSE };

  for (guint i = 0; i < host->seats->len; i++)
    {
      const TuttiSeat *other = host->seats->pdata[i];
      const TuttiPerson *person = tutti_jam_person (host->jam, other->number);

      if (other != seat && other->connection != 0 && person != NULL)
        taken[person->colour] = TRUE;
    }
  for (guint8 i = 0; i < TUTTI_N_PERSON_COLOURS; i++)
    if (!taken[(wanted + i) % TUTTI_N_PERSON_COLOURS])
      return (guint8) ((wanted + i) % TUTTI_N_PERSON_COLOURS);
  return wanted;
}

/* The person of @seat as the document should know them; FALSE when it cannot take one more. */
static gboolean
introduce (TuttiHost *host, const TuttiSeat *seat, const TuttiHello *hello, TuttiNow now, GError **error)
{
  const TuttiPerson *known = tutti_jam_person (host->jam, seat->number);
  guint8 colour = free_colour (host, seat, hello->colour);

  if (known != NULL && g_str_equal (known->name, hello->name) && known->colour == colour)
    return TRUE;
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_PERSON, TUTTI_N (seat->number), hello->name, TUTTI_N (colour));

  return tutti_host_apply (host, op, now, error);
}

/* Nobody here knows their token: they have no way back to that seat, and it is cleared away when it is in the way. A guest may tell of
 * people who never were, so they do not take the places of others. */
void
tutti_host_meet (TuttiHost *host, const TuttiOp *person, TuttiNow now)
{
  guint number = (guint) person->arg[0].number;

  if (tutti_jam_person (host->jam, number) != NULL || host->jam->people->len >= CROWDED || !tutti_host_apply (host, person, now, NULL))
    return;
  TuttiSeat *seat = g_new0 (TuttiSeat, 1);

  seat->number = number;
  seat->vacant = TRUE;
  g_ptr_array_add (host->seats, seat);
}

/* Whoever sat there before is a ghost: its owner came back over another connection. */
static void
replace_ghost (TuttiHost *host, TuttiSeat *seat)
{
  TuttiConnection *ghost = g_hash_table_lookup (host->connections, GUINT_TO_POINTER (seat->connection));

  seat->connection = 0;
  host->figures.present--;
  tutti_host_forget_heir (host, seat->number);
  tutti_host_say_all (host, ghost, &(TuttiMessage) { .kind = TUTTI_MESSAGE_OUT, .stamp.by = seat->number });
  if (ghost != NULL)
    tutti_host_end (host, ghost, TUTTI_CLOSE_REPLACED, NULL);
}

guint
tutti_host_reserve (TuttiHost *host, const char *token)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
  TuttiSeat *seat = seat_of_token (host, token);

  if (seat != NULL)
    {
      seat->home = TRUE;
      return 0;
    }
  seat = new_seat (host);
  seat->edited = seat->home = TRUE;
  g_strlcpy (seat->token_hash, hash, sizeof seat->token_hash);
  tutti_host_tell_seat (host, seat);
  return seat->number;
}

/* The visit that @hello says goes on, when it can be this person's; else a new one. */
static guint32
choose_creator (TuttiHost *host, const TuttiSeat *seat, const TuttiHello *hello)
{
  guint32 creator = hello->creator;
  const TuttiVisit *visit = g_hash_table_lookup (host->visits, GUINT_TO_POINTER (creator));

  if (creator != 0 && (visit == NULL || visit->seat == 0 || visit->seat == seat->number))
    return creator;
  do
    creator = host->hooks.random (host->hooks.user);
  while (creator == 0 || g_hash_table_contains (host->visits, GUINT_TO_POINTER (creator)));
  return creator;
}

static void
take_seat (TuttiConnection *connection, TuttiSeat *seat)
{
  seat->connection = connection->id;
  connection->seat = seat;
}

static void
begin_visit (TuttiHost *host, TuttiConnection *connection, const TuttiSeat *seat, const TuttiHello *hello)
{
  connection->creator = choose_creator (host, seat, hello);
  TuttiVisit *visit = tutti_host_visit (host, connection->creator);

  visit->seat = seat->number;
  visit->used = ++host->visits_taken;
}

static void
sit_down (TuttiHost *host, TuttiConnection *connection, TuttiSeat *seat, const TuttiHello *hello)
{
  host->figures.present++;
  if (connection->id == host->home)
    host->home_number = seat->number;
  seat->passing = hello->passing;
  seat->vacant = FALSE;
  take_seat (connection, seat);
  begin_visit (host, connection, seat, hello);
}

/* What @hello has is the beginning of what happened here, and the rest is still kept: an epoch and a seq name one history. */
static gboolean
can_go_on (TuttiHost *host, const TuttiHello *hello)
{
  const TuttiRecord *last = tutti_host_log_get (host->log, hello->seq);

  if (hello->seq == 0 || hello->creator == 0 || hello->seq > host->seq)
    return FALSE;
  if (last == NULL)
    return hello->seq == host->seq && hello->epoch == tutti_host_log_get_epoch (host->log);
  return last->epoch == hello->epoch;
}

/* Whether @hello names operations that never happened here; of what is no longer kept nobody can tell. */
static gboolean
has_other_past (TuttiHost *host, const TuttiHello *hello)
{
  return hello->creator != 0 && hello->seq >= tutti_host_log_get_oldest (host->log) && !can_go_on (host, hello);
}

gsize
tutti_host_piece_length (const char *text)
{
  gsize length = strnlen (text, TUTTI_SNAPSHOT_CHUNK_BYTES);

  while (length > 0 && ((guchar) text[length] & 0xc0) == 0x80)
    length--;
  return length;
}

static void
send_document (TuttiHost *host, TuttiConnection *connection, const TuttiJam *jam)
{
  g_autofree char *text = tutti_jam_to_text (jam);
  const char *at = text;

  while (*at != '\0')
    {
      gsize length = tutti_host_piece_length (at);
      g_autofree char *piece = g_strndup (at, length);

      tutti_host_say (host, connection, &(TuttiMessage) { .kind = TUTTI_MESSAGE_DOC, .text = piece });
      at += length;
    }
}

static void
send_epoch (TuttiHost *host, TuttiConnection *connection, gint64 epoch)
{
  tutti_host_say (host, connection, &(TuttiMessage) { .kind = TUTTI_MESSAGE_EPOCH, .epoch = epoch });
}

/* Those after @after, which was stamped in @epoch. */
static void
send_records (TuttiHost *host, TuttiConnection *connection, gint64 after, gint64 epoch)
{
  for (gint64 seq = after + 1; seq <= host->seq; seq++)
    {
      const TuttiRecord *record = tutti_host_log_get (host->log, seq);

      if (record->epoch != epoch)
        send_epoch (host, connection, record->epoch);
      epoch = record->epoch;
      TuttiMessage message = tutti_message_of_record (TUTTI_MESSAGE_STAMPED, record);

      tutti_host_say (host, connection, &message);
    }
  if (epoch != host->settings.epoch)
    send_epoch (host, connection, host->settings.epoch);
  if (!tutti_connection_watches (connection))
    tutti_host_refuse_again (host, connection);
}

static void
send_live (TuttiHost *host, TuttiConnection *connection)
{
  tutti_host_say (host, connection, &(TuttiMessage) { .kind = TUTTI_MESSAGE_LIVE, .stamp.seq = host->seq });
}

static void
send_welcome (TuttiHost *host, TuttiConnection *connection, const char *token, gboolean document,
              const TuttiEpochEnd *base)
{
  TuttiMessage message = { .kind = TUTTI_MESSAGE_WELCOME };
  TuttiWelcome *welcome = &message.welcome;

  welcome->me = connection->seat->number;
  g_strlcpy (welcome->token, token, sizeof welcome->token);
  welcome->creator = connection->creator;
  welcome->number = tutti_connection_watches (connection) ? 0 : tutti_host_visit (host, connection->creator)->number;
  g_strlcpy (welcome->jam, host->settings.jam, sizeof welcome->jam);
  welcome->epoch = host->settings.epoch;
  welcome->seq = host->seq;
  welcome->base = base->last;
  welcome->base_epoch = base->epoch;
  welcome->document = document;
  welcome->origin_ns = host->settings.origin_ns;
  welcome->clock_port = host->settings.clock_port;
  welcome->lead = host->lead;
  welcome->people_max = host->settings.people_max;
  welcome->host = host->home_number;
  welcome->locked = tutti_host_is_locked (host);
  tutti_host_say (host, connection, &message);
}

static void
send_past (TuttiHost *host, TuttiConnection *connection, const char *token)
{
  TuttiEpochEnd base = { .epoch = tutti_host_log_get_past_epoch (host->log) };
  const TuttiJam *past = tutti_host_log_get_past (host->log, &base.last);

  connection->document = base.last;
  send_welcome (host, connection, token, TRUE, &base);
  send_document (host, connection, past);
  send_records (host, connection, base.last, base.epoch);
}

void
tutti_host_send_snapshot (TuttiHost *host, TuttiConnection *connection)
{
  send_past (host, connection, "");
  send_live (host, connection);
}

/* The newcomer hears of those who are here before it is up to date: whoever is named after that came later. */
static void
tell_presence (TuttiHost *host, TuttiConnection *newcomer)
{
  TuttiMessage in = { .kind = TUTTI_MESSAGE_IN, .stamp.by = newcomer->seat->number };

  if (!tutti_connection_watches (newcomer))
    tutti_host_say_all (host, newcomer, &in);
  for (guint i = 0; i < host->seats->len; i++)
    {
      const TuttiSeat *seat = host->seats->pdata[i];

      in.stamp.by = seat->number;
      if (seat->connection != 0)
        tutti_host_say (host, newcomer, &in);
    }
}

static void
welcome (TuttiHost *host, TuttiConnection *connection, const TuttiHello *hello, const char *token, TuttiNow now)
{
  if (!tutti_connection_watches (connection) && (hello->owes != 0 || has_other_past (host, hello)))
    tutti_host_ask (host, connection);
  if (can_go_on (host, hello))
    {
      TuttiEpochEnd base = { hello->epoch, hello->seq };

      send_welcome (host, connection, token, FALSE, &base);
      send_records (host, connection, base.last, base.epoch);
    }
  else
    send_past (host, connection, token);
  tell_presence (host, connection);
  if (!tutti_connection_watches (connection))
    {
      tutti_host_tell_here (host, connection);
      tutti_host_tell_lines (host, connection);
      tutti_host_tell_pictures (host, connection);
    }
  tutti_host_tell_heirs (host, connection);
  send_live (host, connection);
  connection->acked = host->seq;
  connection->acked_us = now.us;
}

/* With the role that is due, and remembered. */
static void
admit (TuttiHost *host, const TuttiConnection *connection, const TuttiSeat *seat, const TuttiHello *hello, gboolean known,
       TuttiNow now)
{
  TuttiRole had = tutti_jam_person (host->jam, seat->number)->role;

  tutti_host_settle_role (host, seat, connection->id == host->home, tutti_guard_use_invite (host, hello, had, known, now), now);
  host->hooks.seated (host->hooks.user, tutti_jam_person (host->jam, seat->number), seat->token_hash);
  tutti_host_tell_seat (host, seat);
}

void
tutti_host_end_watchers (TuttiHost *host)
{
  g_autoptr(GList) all = g_hash_table_get_values (host->connections);

  for (const GList *each = all; each != NULL; each = each->next)
    if (tutti_connection_watches (each->data))
      tutti_host_end (host, each->data, TUTTI_CLOSE_PASSCODE_NEEDED, NULL);
}

static guint
count_watchers (TuttiHost *host)
{
  GHashTableIter iter;
  gpointer each;
  guint n = 0;

  g_hash_table_iter_init (&iter, host->connections);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    n += tutti_connection_watches (each);
  return n;
}

/* Who only looks on leaves no trace: no person in the document, no seat, no number, no visit, nothing in the history, and nobody is
 * told. */
static void
let_watch (TuttiHost *host, TuttiConnection *connection, const TuttiHello *hello, TuttiNow now)
{
  if (count_watchers (host) >= WATCHERS_MAX)
    {
      tutti_host_end (host, connection, TUTTI_CLOSE_FULL, "too many are looking on");
      return;
    }
  connection->nowhere.number = WATCHER_NUMBER;
  take_seat (connection, &connection->nowhere);
  connection->creator = choose_creator (host, &connection->nowhere, &(TuttiHello) { 0 });
  welcome (host, connection, hello, "", now);
}

/* An invitation is to a seat; whoever takes none comes in without it or not at all. */
static TuttiClose
judge (TuttiHost *host, TuttiConnection *connection, const TuttiHello *hello, gboolean known, TuttiNow now, char **words)
{
  TuttiHello asked = *hello;

  if (hello->watching)
    asked.invite[0] = '\0';
  return tutti_guard_judge (host, connection, &asked, known, now, words);
}

/* A returning participant sits on its own seat before any limit is looked at. */
void
tutti_host_on_hello (TuttiHost *host, TuttiConnection *connection, const TuttiHello *hello, TuttiNow now)
{
  TuttiSeat *seat = seat_of_token (host, hello->token);
  gboolean known = seat != NULL;
  char token[TUTTI_TOKEN_HEX + 1];
  g_autofree char *words = NULL;
  g_autoptr(GError) error = NULL;

  if (hello->protocol != TUTTI_PROTOCOL_VERSION)
    {
      tutti_host_end (host, connection, TUTTI_CLOSE_PROTOCOL_VERSION, NULL);
      return;
    }
  /* Whoever hosts is let into the own jam, whatever was decided while they were not here. */
  if (seat != NULL && is_banned (host, seat) && connection->id != host->home)
    {
      tutti_host_end (host, connection, TUTTI_CLOSE_BANNED, NULL);
      return;
    }
  TuttiClose refused = judge (host, connection, hello, seat != NULL, now, &words);

  if (refused != 0)
    {
      tutti_host_end (host, connection, refused, words);
      return;
    }
  if (hello->watching)
    {
      let_watch (host, connection, hello, now);
      return;
    }
  if (seat == NULL && host->figures.present >= host->settings.people_max)
    {
      tutti_host_end (host, connection, TUTTI_CLOSE_FULL, NULL);
      return;
    }
  g_strlcpy (token, hello->token, sizeof token);
  if (seat == NULL)
    {
      clear_vacant (host, now);
      seat = new_seat (host);
      make_token (host, token);
      g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);

      g_strlcpy (seat->token_hash, hash, sizeof seat->token_hash);
    }
  else if (seat->connection != 0)
    replace_ghost (host, seat);
  if (!introduce (host, seat, hello, now, &error))
    {
      /* A seat nobody got is none. */
      if (hello->token[0] == '\0' || !g_str_equal (token, hello->token))
        g_ptr_array_remove (host->seats, seat);
      tutti_host_end (host, connection, TUTTI_CLOSE_FULL, error->message);
      return;
    }
  admit (host, connection, seat, hello, known, now);
  sit_down (host, connection, seat, hello);
  welcome (host, connection, hello, token, now);
}
