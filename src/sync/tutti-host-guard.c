/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The guard at the door: who is sent away, who does not get in, and who gets in by invitation. */
#include "tutti-host-guard.h"

#include "tutti-host-private.h"
#include "tutti-json-read.h"
#include "tutti-json-write.h"
#include "tutti-passcode.h"
#include "tutti-rights.h"

#include <string.h>

/* Addresses of banned people that are remembered; the oldest are forgotten, their tokens are not. */
#define BANS_MAX 500

#define ADDRESS_BYTES_MAX 64

/* Of one participant; each may cost a hash. */
#define ASKS_A_SECOND 1
#define ASKS_AT_ONCE 5

typedef struct
{
  guint number;                    /* of the person */
  char  address[ADDRESS_BYTES_MAX + 1];
} Ban;

struct _TuttiGuard
{
  TuttiTries   *tries;             /* owned */
  TuttiInvites *invites;           /* owned */
  GArray       *bans;              /* of Ban, oldest first */
  char         *passcode;          /* as it is kept; NULL none */
  gboolean      shut;              /* what was kept could not be read */
};

TuttiGuard *
tutti_guard_new (void)
{
  TuttiGuard *guard = g_new0 (TuttiGuard, 1);

  guard->tries = tutti_tries_new ();
  guard->invites = tutti_invites_new ();
  guard->bans = g_array_new (FALSE, FALSE, sizeof (Ban));
  return guard;
}

void
tutti_guard_free (TuttiGuard *guard)
{
  tutti_tries_free (guard->tries);
  tutti_invites_free (guard->invites);
  g_array_unref (guard->bans);
  g_free (guard->passcode);
  g_free (guard);
}

void
tutti_guard_init_pace (TuttiConnection *connection, TuttiNow now)
{
  tutti_bucket_init (&connection->asks, ASKS_A_SECOND, ASKS_AT_ONCE, now.us);
}

/* ---- what is kept ---- */

/* Until when it is good goes by the calendar: the next host counts its own time. */
static void
put_invites (GString *out, TuttiHost *host)
{
  TuttiRole role;
  guint uses;
  gint64 until_us;

  tutti_json_open (out, '[');
  for (guint i = 0; i < tutti_invites_count (host->guard->invites); i++)
    {
      const char *hash = tutti_invites_get (host->guard->invites, i, &role, &uses, &until_us);

      tutti_json_open (out, '[');
      tutti_json_put_text (out, hash);
      tutti_json_put_int (out, role);
      tutti_json_put_int (out, uses);
      tutti_json_put_int (out, (until_us + host->settings.wall_us) / G_USEC_PER_SEC);
      tutti_json_close (out, ']');
    }
  tutti_json_close (out, ']');
}

char *
tutti_guard_to_text (TuttiHost *host)
{
  const TuttiGuard *guard = host->guard;
  GString *out = g_string_new (NULL);

  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "passcode", guard->passcode != NULL ? guard->passcode : "");
  tutti_json_key (out, "bans");
  tutti_json_open (out, '[');
  for (guint i = 0; i < guard->bans->len; i++)
    {
      const Ban *ban = &g_array_index (guard->bans, Ban, i);

      tutti_json_open (out, '[');
      tutti_json_put_int (out, ban->number);
      tutti_json_put_text (out, ban->address);
      tutti_json_close (out, ']');
    }
  tutti_json_close (out, ']');
  tutti_json_key (out, "invites");
  put_invites (out, host);
  tutti_json_close (out, '}');
  return g_string_free (out, FALSE);
}

static void
keep (TuttiHost *host)
{
  g_autofree char *text = tutti_guard_to_text (host);

  tutti_host_tell_door (host, NULL);
  if (host->hooks.keep_door != NULL)
    host->hooks.keep_door (host->hooks.user, text);
}

static gboolean
read_bans (JsonArray *array, GArray *bans, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonArray *each;
      const char *address;
      gint64 number;
      Ban ban = { 0 };

      if (!tutti_json_item_array (array, i, 2, &each, error) ||
          !tutti_json_item_int (each, 0, 1, TUTTI_PERSON_NUMBER_MAX, &number, error) ||
          !tutti_json_item_string (each, 1, ADDRESS_BYTES_MAX, &address, error))
        return FALSE;
      ban.number = (guint) number;
      g_strlcpy (ban.address, address, sizeof ban.address);
      g_array_append_val (bans, ban);
    }
  return TRUE;
}

static gboolean
read_invite (JsonArray *array, guint i, TuttiGuard *guard, gint64 wall_us, GError **error)
{
  JsonArray *each;
  const char *hash;
  gint64 role, uses, until_s;

  if (!tutti_json_item_array (array, i, 4, &each, error) || !tutti_json_item_hex (each, 0, TUTTI_HASH_HEX, &hash, error) ||
      !tutti_json_item_int (each, 1, TUTTI_ROLE_VIEWER, TUTTI_ROLE_ADMIN, &role, error) ||
      !tutti_json_item_int (each, 2, 1, TUTTI_INVITE_USES_MAX, &uses, error) ||
      !tutti_json_item_int (each, 3, 0, TUTTI_JSON_INT_MAX / G_USEC_PER_SEC, &until_s, error))
    return FALSE;
  tutti_invites_resume (guard->invites, hash, (TuttiRole) role, (guint) uses, until_s * G_USEC_PER_SEC - wall_us);
  return TRUE;
}

/* What was kept before there were invitations in it has none. */
static gboolean
read_invites (JsonObject *object, TuttiGuard *guard, gint64 wall_us, GError **error)
{
  JsonArray *array;

  if (!json_object_has_member (object, "invites"))
    return TRUE;
  if (!tutti_json_read_array (object, "invites", TUTTI_INVITES_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_invite (array, i, guard, wall_us, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_door (TuttiGuard *guard, const char *text, gint64 wall_us, GError **error)
{
  g_autoptr(JsonNode) node = tutti_json_parse (text, strlen (text), TUTTI_JSON_DEFAULT, error);
  JsonObject *object;
  JsonArray *bans;
  const char *passcode;

  if (node == NULL || !tutti_json_check_object (node, "the door", &object, error) ||
      !tutti_json_read_string (object, "passcode", TUTTI_PASSCODE_KEPT_LENGTH, &passcode, error) ||
      !tutti_json_read_array (object, "bans", BANS_MAX, &bans, error) || !read_bans (bans, guard->bans, error) ||
      !read_invites (object, guard, wall_us, error))
    return FALSE;
  if (passcode[0] != '\0' && !tutti_passcode_valid (passcode))
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "the passcode is not kept as one is");
      return FALSE;
    }
  g_free (guard->passcode);
  guard->passcode = passcode[0] != '\0' ? g_strdup (passcode) : NULL;
  return TRUE;
}

gboolean
tutti_host_door_locks (const char *text)
{
  TuttiGuard *guard = tutti_guard_new ();
  gboolean locks = !read_door (guard, text, 0, NULL) || guard->passcode != NULL;

  tutti_guard_free (guard);
  return locks;
}

gboolean
tutti_host_resume_door (TuttiHost *host, const char *text, GError **error)
{
  host->guard->shut = !read_door (host->guard, text, host->settings.wall_us, error);
  return !host->guard->shut;
}

/* ---- what admins ask for ---- */

static gboolean
refuse (GError **error, TuttiModelError code, const char *words)
{
  g_set_error_literal (error, TUTTI_MODEL_ERROR, code, words);
  return FALSE;
}

static gboolean
is_for_admins (TuttiHost *host, guint by, GError **error)
{
  TuttiVerdict verdict = tutti_jam_judge_permission (host->jam, by, TUTTI_MAY_ADMIN);

  if (verdict.denial == TUTTI_DENIED_NOT)
    return TRUE;
  g_autofree char *words = tutti_verdict_to_words (host->jam, &verdict);

  return refuse (error, TUTTI_MODEL_ERROR_NOT_ALLOWED, words);
}

static TuttiConnection *
connection_of (TuttiHost *host, guint number)
{
  for (guint i = 0; i < host->seats->len; i++)
    {
      const TuttiSeat *seat = host->seats->pdata[i];

      if (seat->number == number && seat->connection != 0)
        return g_hash_table_lookup (host->connections, GUINT_TO_POINTER (seat->connection));
    }
  return NULL;
}

gboolean
tutti_host_kick (TuttiHost *host, guint by, guint number, GError **error)
{
  TuttiConnection *connection = connection_of (host, number);

  if (!is_for_admins (host, by, error))
    return FALSE;
  if (number == by)
    return refuse (error, TUTTI_MODEL_ERROR_INVALID, "who wants to go leaves");
  if (number == host->home_number && number != 0)
    return refuse (error, TUTTI_MODEL_ERROR_NOT_ALLOWED, "who hosts the jam stays");
  if (connection == NULL)
    return refuse (error, TUTTI_MODEL_ERROR_MISSING, "they are not here");
  tutti_host_remove (host, connection, by, FALSE);
  return TRUE;
}

gboolean
tutti_host_ban (TuttiHost *host, guint by, guint number, gboolean banned, TuttiNow now, GError **error)
{
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (number),
                                        TUTTI_N (banned ? TUTTI_ROLE_BANNED : TUTTI_ROLE_CONTRIBUTOR));

  if (!is_for_admins (host, by, error) || !tutti_host_may_demote (host, op, error) || !tutti_host_apply (host, op, now, error))
    return FALSE;
  tutti_host_expel_banned (host, by);
  return TRUE;
}

static void
make_hex (TuttiHost *host, char hex[TUTTI_TOKEN_HEX + 1])
{
  for (guint i = 0; i < TUTTI_TOKEN_HEX / 8; i++)
    g_snprintf (hex + 8 * i, 9, "%08x", host->hooks.random (host->hooks.user));
}

G_STATIC_ASSERT (TUTTI_TOKEN_HEX == TUTTI_PASSCODE_SALT_HEX);

gboolean
tutti_host_set_passcode (TuttiHost *host, guint by, const char *passcode, GError **error)
{
  char salt[TUTTI_TOKEN_HEX + 1];

  if (!is_for_admins (host, by, error))
    return FALSE;
  if (strlen (passcode) > TUTTI_PASSCODE_BYTES_MAX)
    return refuse (error, TUTTI_MODEL_ERROR_INVALID, "that passcode is too long");
  make_hex (host, salt);
  g_free (host->guard->passcode);
  host->guard->passcode = passcode[0] != '\0' ? tutti_passcode_keep (passcode, salt) : NULL;
  host->guard->shut = FALSE;
  keep (host);
  if (host->guard->passcode != NULL)
    tutti_host_end_watchers (host);
  tutti_host_say_all (host, NULL, &(TuttiMessage) { .kind = TUTTI_MESSAGE_LOCKED, .welcome.locked = tutti_host_is_locked (host) });
  return TRUE;
}

gboolean
tutti_host_is_locked (TuttiHost *host)
{
  return host->guard->passcode != NULL || host->guard->shut;
}

char *
tutti_host_invite (TuttiHost *host, guint by, TuttiRole role, guint uses, guint minutes, TuttiNow now, GError **error)
{
  char code[TUTTI_TOKEN_HEX + 1];

  if (!is_for_admins (host, by, error))
    return NULL;
  if (role < TUTTI_ROLE_VIEWER || role > TUTTI_ROLE_ADMIN || uses < 1 || uses > TUTTI_INVITE_USES_MAX || minutes < 1 ||
      minutes > TUTTI_INVITE_MINUTES_MAX)
    {
      refuse (error, TUTTI_MODEL_ERROR_INVALID, "an invitation is for some people and some time");
      return NULL;
    }
  make_hex (host, code);
  tutti_invites_add (host->guard->invites, code, role, uses, now.us + (gint64) minutes * 60 * G_USEC_PER_SEC);
  keep (host);
  return g_strdup (code);
}

/* ---- as messages ---- */

static gboolean
send_invite (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now, GError **error)
{
  TuttiMessage answer = { .kind = TUTTI_MESSAGE_INVITED, .role = message->role, .uses = message->uses, .minutes = message->minutes };
  g_autofree char *code = tutti_host_invite (host, connection->seat->number, message->role, message->uses, message->minutes, now,
                                             error);

  if (code == NULL)
    return FALSE;
  g_strlcpy (answer.hello.invite, code, sizeof answer.hello.invite);
  tutti_host_say (host, connection, &answer);
  return TRUE;
}

void
tutti_host_on_ask (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now)
{
  TuttiMessage denied = { .kind = TUTTI_MESSAGE_DENIED };
  guint by = connection->seat->number;
  g_autoptr(GError) error = NULL;

  if (!tutti_bucket_take (&connection->asks, 1, now.us))
    refuse (&error, TUTTI_MODEL_ERROR_BUSY, "slow down a little");
  else if (message->kind == TUTTI_MESSAGE_KICK)
    tutti_host_kick (host, by, message->stamp.by, &error);
  else if (message->kind == TUTTI_MESSAGE_PASSCODE)
    tutti_host_set_passcode (host, by, message->hello.passcode, &error);
  else if (message->kind == TUTTI_MESSAGE_WISH)
    tutti_host_wish (host, connection, (TuttiWish) message->wish, now, &error);
  else
    send_invite (host, connection, message, now, &error);
  if (error == NULL)
    return;
  tutti_message_set_reason (&denied, error->message);
  host->figures.refused++;
  tutti_host_say (host, connection, &denied);
}

/* ---- at the door ---- */

void
tutti_host_set_address (TuttiHost *host, guint connection, const char *address)
{
  TuttiConnection *self = g_hash_table_lookup (host->connections, GUINT_TO_POINTER (connection));

  g_return_if_fail (self != NULL);
  g_strlcpy (self->address, address, sizeof self->address);
}

gint64
tutti_host_door_wait_us (TuttiHost *host, const char *address, TuttiNow now)
{
  return tutti_tries_get_wait (host->guard->tries, address, now.us);
}

/* On this machine everyone has the same address, and whoever hosts could lock themself out. */
static gboolean
tells_apart (const char *address)
{
  return address[0] != '\0' && !g_str_has_prefix (address, "127.") && !g_str_equal (address, "::1");
}

void
tutti_guard_note_ban (TuttiHost *host, const TuttiConnection *connection)
{
  Ban ban = { .number = connection->seat->number };

  if (!tells_apart (connection->address))
    return;
  g_strlcpy (ban.address, connection->address, sizeof ban.address);
  if (host->guard->bans->len >= BANS_MAX)
    g_array_remove_index (host->guard->bans, 0);
  g_array_append_val (host->guard->bans, ban);
  keep (host);
}

/* An address is refused as long as its person is banned: lifting that needs nobody to remember it. */
static gboolean
address_is_banned (TuttiHost *host, const TuttiConnection *connection)
{
  gboolean banned = FALSE;

  for (guint i = host->guard->bans->len; i-- > 0; )
    {
      const Ban *ban = &g_array_index (host->guard->bans, Ban, i);
      const TuttiPerson *person = tutti_jam_person (host->jam, ban->number);

      if (person == NULL || person->role != TUTTI_ROLE_BANNED)
        g_array_remove_index (host->guard->bans, i);
      else
        banned |= g_str_equal (ban->address, connection->address);
    }
  return banned;
}

static TuttiClose
try_passcode (TuttiHost *host, const TuttiConnection *connection, const char *passcode, TuttiNow now, char **words)
{
  TuttiGuard *guard = host->guard;
  gint64 wait_us = tutti_host_door_wait_us (host, connection->address, now);

  if (passcode[0] == '\0' || guard->passcode == NULL)
    return TUTTI_CLOSE_PASSCODE_NEEDED;
  if (wait_us > 0)
    {
      *words = g_strdup_printf ("%d s to wait after too many tries", (int) ((wait_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC));
      return TUTTI_CLOSE_TOO_MANY_TRIES;
    }
  if (tutti_passcode_is (guard->passcode, passcode))
    {
      tutti_tries_passed (guard->tries, connection->address);
      return 0;
    }
  *words = g_strdup_printf ("%u tries left", tutti_tries_failed (guard->tries, connection->address, now.us));
  return TUTTI_CLOSE_PASSCODE_WRONG;
}

TuttiClose
tutti_guard_judge (TuttiHost *host, const TuttiConnection *connection, const TuttiHello *hello, gboolean has_seat, TuttiNow now,
                   char **words)
{
  *words = NULL;
  if (has_seat || connection->id == host->home)
    return 0;
  if (address_is_banned (host, connection))
    return TUTTI_CLOSE_BANNED;
  if (hello->invite[0] != '\0')
    return tutti_invites_look (host->guard->invites, hello->invite, now.us) != TUTTI_ROLE_BANNED ? 0 : TUTTI_CLOSE_INVITE_OVER;
  return tutti_host_is_locked (host) ? try_passcode (host, connection, hello->passcode, now, words) : 0;
}

/* Who was here before loses nothing by an invitation. */
TuttiRole
tutti_guard_use_invite (TuttiHost *host, const TuttiHello *hello, TuttiRole had, gboolean has_seat, TuttiNow now)
{
  TuttiRole role = hello->invite[0] != '\0' ? tutti_invites_look (host->guard->invites, hello->invite, now.us) : TUTTI_ROLE_BANNED;

  if (role == TUTTI_ROLE_BANNED || (has_seat && role <= had))
    return had;
  tutti_invites_use (host->guard->invites, hello->invite);
  keep (host);
  return role;
}
