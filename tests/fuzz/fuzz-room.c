/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A jam among people who say anything: the input is a play of commands for a host, for guests that are hardly more than a
 * keyboard, and for honest replicas whose host is made to lie. Whatever is said, the host says only what is published, the
 * document stays in order and is what the log replays to, and nothing grows without bound. */
#include "fuzz-bend.h"
#include "tutti-fuzz.h"
#include "tutti-host-guard.h"
#include "tutti-host-private.h"
#include "tutti-random-op.h"
#include "tutti-replica.h"
#include "tutti-rights.h"

#include <string.h>

/* A command is four bytes: who, what, and two that say how. */
const char *const fuzz_corpus[] = {
  "0h..1h..2h..0e.a1e.b2e.c0t.z0e.d", "0h..0ea.0eb.0ec.0ed.0t.\xff" "0ee.0a..0n..", "0h..0b\1\2" "0b\3\4" "0b\5\6" "0b\7\10" "0t..1H.x1b..",
  "0h..0x..0h..0x..0t.a0h..", "0h..1h..0d..0e..1e..0d..0e..", "4h..5h..4e..5e..4t.z4l\1\2" "5l\7\4", "0h..0s.\10[1,0,[\"stop\"]]",
  "4h..0h..0en.4t.z4x..0eo.4e..4h..0t.z",
  "0h..1h..0k\2\1" "0k\1\2" "0K\2\1" "1k\1\1" "0r\1\0" "1ea.1h..0k\0\1" "1H..0t.a", "0D.\035{\"passcode\":\"\",\"bans\":[]}1h..0e.a", NULL
};

/* Three liars, two honest replicas. */
enum { LIARS = 3, PEOPLE = 5, STEP = 4, COMMANDS_MAX = 300, PEOPLE_MAX = 4, SAID_MAX = 64 * 1024 * 1024 };

typedef struct _Room Room;

typedef struct
{
  Room         *room;
  TuttiReplica *replica;           /* of the honest; NULL: a liar */
  guint         connection;        /* 0: none */
  gboolean      closing;
  gint64        number;
  guint32       creator, counter;
  char          token[TUTTI_TOKEN_HEX + 1];
  GQueue        down;              /* of what an honest one has yet to hear */
} Somebody;

typedef struct
{
  TuttiStamp stamp;
  char      *text;
} Kept;

struct _Room
{
  GRand     *rand;
  TuttiHost *host;
  GPtrArray *log;                  /* of Kept */
  TuttiNow   now;
  guint      next_connection;
  gsize      said;
  gboolean   disk_full;
  Somebody   people[PEOPLE];
};

static void
free_kept (gpointer data)
{
  g_free (((Kept *) data)->text);
  g_free (data);
}

/* ---- the host's hooks ---- */

static Somebody *
whose (Room *room, guint connection)
{
  for (guint i = 0; i < PEOPLE; i++)
    if (room->people[i].connection == connection)
      return &room->people[i];
  return NULL;
}

static void
on_send (gpointer user, guint connection, const char *text)
{
  Room *room = user;
  Somebody *who = whose (room, connection);
  g_auto(TuttiMessage) message = { 0 };

  room->said += strlen (text);
  g_assert_cmpuint (strlen (text), <=, TUTTI_MESSAGE_BYTES_MAX);
  g_assert_true (tutti_message_read (text, strlen (text), &message, NULL));
  if (who == NULL)
    return;
  if (message.kind == TUTTI_MESSAGE_WELCOME)
    {
      who->creator = message.welcome.creator;
      if (message.welcome.token[0] != '\0')
        g_strlcpy (who->token, message.welcome.token, sizeof who->token);
    }
  if (who->replica != NULL)
    g_queue_push_tail (&who->down, g_strdup (text));
}

static void
on_close (gpointer user, guint connection, TuttiClose code, const char *words)
{
  Somebody *who = whose (user, connection);

  g_assert_cmpstr (tutti_close_name (code), !=, "unknown");
  if (words != NULL)
    g_assert_true (strlen (words) <= TUTTI_REASON_BYTES_MAX && g_utf8_validate (words, -1, NULL));
  if (who != NULL)
    who->closing = TRUE;
}

static gboolean
on_append (gpointer user, gint64 epoch, const TuttiStamp *stamp, const char *text, GError **error)
{
  Room *room = user;
  Kept *kept;

  if (room->disk_full)
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_LIMIT, "the disk is full");
      return FALSE;
    }
  g_autoptr(TuttiOp) op = tutti_host_log_op (text, NULL);

  g_assert_true (op != NULL && tutti_jam_may (tutti_host_get_jam (room->host), stamp->by, op, NULL));
  kept = g_new0 (Kept, 1);
  *kept = (Kept) { *stamp, g_strdup (text) };
  g_ptr_array_add (room->log, kept);
  return TRUE;
}

static void
on_seated (gpointer user, const TuttiPerson *person, const char *token_hash)
{
  g_assert_cmpuint (strlen (token_hash), ==, TUTTI_HASH_HEX);
}

static void
on_vacated (gpointer user, guint number)
{
}

static guint32
on_random (gpointer user)
{
  return g_rand_int (((Room *) user)->rand);
}

/* ---- an honest one's hooks ---- */

static void
replica_send (gpointer user, const char *text)
{
  Somebody *who = user;

  if (who->connection != 0 && !who->closing)
    tutti_host_received (who->room->host, who->connection, text, strlen (text), who->room->now);
}

static void
replica_changed (gpointer user, const TuttiTarget *what, guint by)
{
}

static void
replica_confirmed (gpointer user, const TuttiJam *jam, const TuttiOp *op, const TuttiStamp *stamp)
{
}

static void
replica_welcomed (gpointer user, const TuttiWelcome *welcome)
{
}

static void
replica_event (gpointer user)
{
}

static void
replica_refused (gpointer user, const TuttiOp *op, const GError *why)
{
  g_assert_nonnull (why);
}

static void
replica_crossed (gpointer user, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands)
{
}

static void
replica_present (gpointer user, guint number, gboolean here)
{
}

static void
replica_lead (gpointer user, gint64 frames)
{
}

/* ---- the room ---- */

static TuttiJam *
grown (void)
{
  static TuttiJam *start;

  if (start == NULL)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (5);

      start = tutti_random_jam (rand, 60);
    }
  return tutti_jam_copy (start);
}

static void
room_init (Room *room)
{
  TuttiHostHooks hooks = { room, on_send, on_close, on_append, on_seated, on_vacated, on_random };
  TuttiHostSettings settings = { .jam = "fuzz", .epoch = 1, .people_max = PEOPLE_MAX, .lead_least = 2400 };

  *room = (Room) { .rand = g_rand_new_with_seed (1), .log = g_ptr_array_new_with_free_func (free_kept) };
  room->host = tutti_host_new (grown (), 60, 0, &settings, &hooks);
  for (guint i = 0; i < PEOPLE; i++)
    {
      Somebody *who = &room->people[i];
      TuttiReplicaHooks replica = { who, replica_send, replica_changed, replica_confirmed, replica_welcomed, replica_event,
                                    replica_refused, replica_crossed, replica_present, replica_event, replica_lead };

      *who = (Somebody) { .room = room, .counter = 1 };
      g_queue_init (&who->down);
      if (i >= LIARS)
        who->replica = tutti_replica_new (&replica, "Honest", TUTTI_PERSON_MINT);
    }
}

static void
room_clear (Room *room)
{
  for (guint i = 0; i < PEOPLE; i++)
    {
      g_queue_clear_full (&room->people[i].down, g_free);
      g_clear_pointer (&room->people[i].replica, tutti_replica_free);
    }
  tutti_host_free (room->host);
  g_ptr_array_unref (room->log);
  g_rand_free (room->rand);
}

/* What the log says, applied to the start, is the document; and the document reads as it was written. */
static void
check_document (Room *room)
{
  const TuttiJam *jam = tutti_host_get_jam (room->host);
  g_autoptr(TuttiJam) replayed = grown (), again = NULL;
  g_autofree char *text = tutti_jam_to_text (jam);

  for (guint i = 0; i < room->log->len; i++)
    {
      const Kept *kept = room->log->pdata[i];
      g_autoptr(TuttiOp) op = tutti_host_log_op (kept->text, NULL);

      g_assert_cmpint (kept->stamp.seq, ==, 61 + i);
      g_assert_true (op != NULL && tutti_jam_apply (replayed, op, &kept->stamp, NULL, NULL));
    }
  g_assert_cmpuint (tutti_jam_hash (replayed), ==, tutti_jam_hash (jam));
  again = tutti_jam_from_text (text, -1, NULL);
  g_assert_true (again != NULL && tutti_jam_hash (again) == tutti_jam_hash (jam));
}

static void
check_bounds (Room *room)
{
  TuttiHostFigures figures;
  guint here = 0;

  tutti_host_get_figures (room->host, &figures);
  for (guint i = 0; i < room->host->seats->len; i++)
    here += ((TuttiSeat *) room->host->seats->pdata[i])->connection != 0;
  g_assert_cmpuint (figures.present, ==, here);
  g_assert_cmpuint (here, <=, PEOPLE);
  g_assert_cmpuint (room->host->seats->len, <=, TUTTI_PEOPLE_MAX);
  g_assert_cmpuint (g_hash_table_size (room->host->visits), <=, TUTTI_VISITS_MAX);
  g_assert_cmpuint (g_hash_table_size (room->host->connections), <=, PEOPLE);
  g_assert_cmpuint (room->said, <, SAID_MAX);
}

/* ---- what somebody does ---- */

static void
hang_up (Room *room, Somebody *who)
{
  guint connection = who->connection;

  if (connection == 0)
    return;
  who->connection = 0;
  g_queue_clear_full (&who->down, g_free);
  if (who->replica != NULL)
    tutti_replica_disconnected (who->replica);
  tutti_host_closed (room->host, connection, room->now);
}

static void
call (Room *room, Somebody *who)
{
  if (who->connection != 0)
    return;
  who->connection = ++room->next_connection;
  who->closing = FALSE;
  tutti_host_opened (room->host, who->connection, room->now);
  if (who->replica != NULL)
    tutti_replica_connected (who->replica);
}

static void
say (Room *room, Somebody *who, const char *text)
{
  if (who->connection != 0)
    tutti_host_received (room->host, who->connection, text, strlen (text), room->now);
  if (who->closing)
    hang_up (room, who);
}

static void
say_bent (Room *room, Somebody *who, const char *text, const uint8_t *how)
{
  uint8_t recipe[FUZZ_BEND_GROUP] = { how[0], how[1], how[0] ^ how[1], how[1] };
  g_autofree char *bent = fuzz_bend (text, recipe, sizeof recipe);

  say (room, who, bent);
}

static char *
hello (const Somebody *who, gboolean as_new)
{
  TuttiMessage message = { .kind = TUTTI_MESSAGE_HELLO, .hello.protocol = TUTTI_PROTOCOL_VERSION, .hello.name = "Liar" };

  g_strlcpy (message.hello.token, as_new ? "" : who->token, sizeof message.hello.token);
  message.hello.creator = as_new ? 0 : who->creator;
  return tutti_message_write (&message);
}

static void
say_hello (Room *room, Somebody *who, gboolean as_new)
{
  g_autofree char *text = hello (who, as_new);

  call (room, who);
  if (who->replica == NULL)
    say (room, who, text);
}

static char *
edit (Room *room, Somebody *who, const uint8_t *how)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed ((guint32) (how[0] << 8 | how[1]));
  TuttiMessage message = { .kind = TUTTI_MESSAGE_EDIT, .number = ++who->number, .base = tutti_host_get_seq (room->host) };
  g_autoptr(TuttiOp) op = tutti_random_op (rand, tutti_host_get_jam (room->host), who->creator, &who->counter);

  message.op = op;
  return tutti_message_write (&message);
}

static void
say_edit (Room *room, Somebody *who, const uint8_t *how)
{
  g_autofree char *text = NULL;

  if (who->replica == NULL)
    {
      text = edit (room, who, how);
      say (room, who, text);
      return;
    }
  if (tutti_replica_get_shown (who->replica) == NULL)
    return;
  g_autoptr(GRand) rand = g_rand_new_with_seed ((guint32) (how[0] << 8 | how[1]));
  TuttiId id = tutti_replica_new_id (who->replica);

  tutti_replica_submit (who->replica, tutti_random_op (rand, tutti_replica_get_shown (who->replica), id.creator, &id.counter),
                        room->now, NULL);
  if (who->closing)
    hang_up (room, who);
}

/* One of the honest hears what was said to them, the first of it bent by @how (NULL: as it was). */
static void
hear (Room *room, Somebody *who, const uint8_t *how)
{
  while (who->replica != NULL && !g_queue_is_empty (&who->down))
    {
      g_autofree char *text = g_queue_pop_head (&who->down);
      g_autoptr(GError) error = NULL;

      if (how != NULL)
        {
          uint8_t recipe[FUZZ_BEND_GROUP] = { how[0], how[1], how[1], how[0] };
          char *bent = fuzz_bend (text, recipe, sizeof recipe);

          g_free (text);
          text = bent;
          how = NULL;
        }
      if (tutti_replica_received (who->replica, text, strlen (text), room->now, &error))
        continue;
      g_assert_true (error != NULL && error->message[0] != '\0');
      hang_up (room, who);
    }
}

static void
pass_time (Room *room, guint tenths)
{
  for (guint i = 0; i <= tenths % 128; i++)
    {
      room->now.us += 100000;
      room->now.frame += 4800;
      tutti_host_tick (room->host, room->now);
      for (guint j = 0; j < PEOPLE; j++)
        {
          hear (room, &room->people[j], NULL);
          if (room->people[j].replica != NULL)
            tutti_replica_tick (room->people[j].replica, room->now);
          if (room->people[j].closing)
            hang_up (room, &room->people[j]);
        }
    }
}

static void
say_small (Room *room, Somebody *who, char what, const uint8_t *how)
{
  TuttiMessage message = { .kind = what == 'n' ? TUTTI_MESSAGE_NEED : TUTTI_MESSAGE_ACK };

  message.stamp.seq = tutti_host_get_seq (room->host) - how[0] / 8;
  message.stamp.seq = MAX (message.stamp.seq, 0);
  message.late = (gint64) how[1] * how[1];
  message.round_trip_us = (gint64) how[0] << how[1] % 45;
  g_autofree char *text = tutti_message_write (&message);

  say (room, who, text);
}

/* What only an admin may ask. A passcode costs a hash, so it is asked for rarely. */
static void
say_door (Room *room, Somebody *who, gboolean bent, const uint8_t *how)
{
  TuttiMessage message = { .kind = TUTTI_MESSAGE_KICK, .stamp.by = 1 + how[1] % PEOPLE, .role = TUTTI_ROLE_VIEWER,
                           .uses = 1 + how[1], .minutes = 1 + how[1] };

  if (how[0] == 0)
    message.kind = TUTTI_MESSAGE_PASSCODE;
  else if (how[0] % 2 == 0)
    message.kind = TUTTI_MESSAGE_INVITE;
  g_strlcpy (message.hello.passcode, how[1] % 2 == 0 ? "" : "open", sizeof message.hello.passcode);
  g_autofree char *text = tutti_message_write (&message);

  if (bent)
    say_bent (room, who, text, how);
  else
    say (room, who, text);
  for (guint i = 0; i < PEOPLE; i++)
    if (room->people[i].closing)
      hang_up (room, &room->people[i]);
}

/* The host itself makes somebody something. */
static void
give_role (Room *room, const uint8_t *how)
{
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (1 + how[0] % PEOPLE), TUTTI_N (how[1] % TUTTI_N_ROLES));

  tutti_host_apply (room->host, op, room->now, NULL);
}

/* Does one command of @data and returns how long it was. */
static size_t
act (Room *room, const uint8_t *data, size_t size)
{
  Somebody *who = &room->people[data[0] % PEOPLE];
  const uint8_t *how = data + 2;
  g_autofree char *text = NULL;

  switch (data[1])
    {
    case 'h':
    case 'H':
      say_hello (room, who, data[1] == 'H');
      break;
    case 'x':
      hang_up (room, who);
      break;
    case 't':
      pass_time (room, how[1]);
      break;
    case 'n':
    case 'a':
      say_small (room, who, (char) data[1], how);
      break;
    case 'k':
    case 'K':
      say_door (room, who, data[1] == 'K', how);
      break;
    case 'r':
      give_role (room, how);
      break;
    case 'D':                      /* a door as some disk has it, bent or whole */
      text = g_strndup ((const char *) data + STEP, MIN (how[1], size - STEP));
      tutti_host_resume_door (room->host, text, NULL);
      return STEP + MIN (how[1], size - STEP);
    case 'd':
      room->disk_full = !room->disk_full;
      break;
    case 'l':
      hear (room, who, how);
      break;
    case 'o':                      /* an old edit again, or one out of order */
      who->number = how[0] < 128 ? MAX (who->number - how[0], 0) : who->number + ((gint64) 1 << how[0] % 50);
      break;
    case 'B':
      text = hello (who, FALSE);
      call (room, who);
      say_bent (room, who, text, how);
      break;
    case 'b':
      text = edit (room, who, how);
      say_bent (room, who, text, how);
      break;
    case 's':
      text = g_strndup ((const char *) data + STEP, MIN (how[1], size - STEP));
      say (room, who, text);
      return STEP + MIN (how[1], size - STEP);
    default:
      say_edit (room, who, how);
      break;
    }
  return STEP;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  size_t at = 0;
  Room room;

  room_init (&room);
  for (int n = 0; at + STEP <= size && n < COMMANDS_MAX; n++)
    {
      at += act (&room, data + at, size - at);
      check_bounds (&room);
    }
  pass_time (&room, 5);
  check_bounds (&room);
  check_document (&room);
  room_clear (&room);
  return 0;
}
