/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the host asks of the room it works in: sending, keeping, chance. */
#include "tutti-room-private.h"

#include "tutti-host-guard.h"

#include <errno.h>
#include <unistd.h>

static void
on_send (gpointer user, guint connection, const char *text)
{
  TuttiRoom *room = user;
  TuttiSeated *seated = tutti_room_find (room, connection);

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
  TuttiSeated *seated = tutti_room_find (room, connection);

  if (seated == NULL)
    return;
  tutti_room_note_close (room, seated, code, words);
  if (seated->link != NULL)
    {
      tutti_link_close (seated->link, code, words);
      return;
    }
  seated->guest.closed (seated->guest.user, code, words != NULL ? words : tutti_close_words (code));
  seated->leaving = TRUE;
}

/* Whoever reads it may sit at another machine. */
static void
say_full (GError **error)
{
  if (error == NULL || !g_error_matches (*error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_FULL))
    return;
  g_clear_error (error);
  g_set_error_literal (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_FULL,
                       "the disk is full where this jam is kept; nothing was changed");
}

static gboolean
on_append (gpointer user, gint64 epoch, const TuttiStamp *stamp, const char *text, GError **error)
{
  TuttiRoom *room = user;
  gint64 begun_us = g_get_monotonic_time ();
  TuttiStoreOp op = { epoch, stamp->seq, stamp->by, stamp->at, (char *) text, g_get_real_time () };
  gboolean kept = tutti_store_append (room->store, room->id, &op, 1, error);

  if (!kept)
    say_full (error);
  if (room->metrics == NULL)
    return kept;
  tutti_metrics_note_time (&room->metrics->appends, g_get_monotonic_time () - begun_us);
  room->metrics->append_errors += !kept;
  room->metrics->append_fails = !kept;
  return kept;
}

void
tutti_room_log (TuttiRoom *room, GLogLevelFlags level, const char *format, ...)
{
  g_autofree char *words = NULL;
  va_list args;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  g_log_structured (G_LOG_DOMAIN, level, "TUTTI_JAM", room->id, "MESSAGE", "Jam %s: %s", room->id, words);
}

void
tutti_room_log_person (TuttiRoom *room, guint number, const char *what)
{
  g_autofree char *person = g_strdup_printf ("%u", number);

  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO, "TUTTI_JAM", room->id, "TUTTI_PERSON", person,
                    "MESSAGE", "Jam %s: person %u: %s", room->id, number, what);
}

void
tutti_room_note_seat (TuttiRoom *room, const TuttiPerson *person, const char *token_hash)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *profile = g_strdup_printf ("p%u", person->number);
  TuttiStorePerson row = { .number = person->number, .profile = profile, .token_hash = (char *) token_hash,
                           .name = (char *) person->name, .colour = (char *) tutti_person_colour_names[person->colour],
                           .role = (char *) tutti_role_names[person->role], .seen_us = g_get_real_time () };
  TuttiSeated *seated = tutti_room_find (room, room->speaking);

  if (seated != NULL)
    {
      seated->person = person->number;
      seated->since_us = g_get_monotonic_time ();
      tutti_room_log_person (room, person->number, "came");
    }
  if (!tutti_store_put_person (room->store, room->id, &row, &error))
    tutti_room_log (room, G_LOG_LEVEL_WARNING, "person %u cannot be remembered: %s", person->number, error->message);
}

static void
on_seated (gpointer user, const TuttiPerson *person, const char *token_hash)
{
  tutti_room_note_seat (user, person, token_hash);
}

static void
on_vacated (gpointer user, guint number)
{
  TuttiRoom *room = user;
  g_autoptr(GError) error = NULL;

  if (!tutti_store_drop_person (room->store, room->id, number, &error))
    tutti_room_log (room, G_LOG_LEVEL_WARNING, "person %u, who left, cannot be forgotten: %s", number, error->message);
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
    tutti_room_log (room, G_LOG_LEVEL_WARNING, "passcode, bans and invitations cannot be kept, they hold until this host ends: %s",
                    error->message);
}

void
tutti_room_resume_door (TuttiRoom *room)
{
  g_autofree char *key = door_key (room->id);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = tutti_store_dup_setting (room->store, key, &error);

  if (text == NULL && !g_error_matches (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND))
    tutti_room_log (room, G_LOG_LEVEL_WARNING, "whether it has a passcode cannot be read: %s", error->message);
  g_clear_error (&error);
  if (text != NULL && !tutti_host_resume_door (room->host, text, &error))
    tutti_room_log (room, G_LOG_LEVEL_WARNING, "the passcode cannot be read, nobody new gets in until it is set anew: %s", error->message);
}

TuttiHostHooks
tutti_room_get_hooks (TuttiRoom *room)
{
  return (TuttiHostHooks) { room, on_send, on_close, on_append, on_seated, on_vacated, on_random, on_keep_door,
                            tutti_room_on_history, tutti_room_on_moment, tutti_room_keep_line, tutti_room_list_lines,
                            tutti_room_keep_picture };
}

gboolean
tutti_room_is_kept_locked (TuttiStore *store, const char *jam)
{
  g_autofree char *key = door_key (jam);
  g_autofree char *door = tutti_store_dup_setting (store, key, NULL);

  return door != NULL && tutti_host_door_locks (door);
}
