/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-end-words.h"

#include "tutti-link.h"
#include "tutti-pins.h"
#include "tutti-session.h"
#include "tutti-store.h"

#include <glib/gi18n.h>

/* Names replace %s in texts that were translated; the texts themselves are never formats of unknown shape. */
static char *
with_name (const char *text, const char *name)
{
  g_autoptr(GString) words = g_string_new (text);

  g_string_replace (words, "%s", name, 1);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
not_reached (const char *name, guint port)
{
  g_autofree char *where = g_strdup_printf ("%u", port);
  g_autofree char *words = with_name (port != 0 ? _("%s does not answer. It may have closed, or a firewall is in the way (port %s).")
                                                : _("%s does not answer. It may have closed, or a firewall is in the way."), name);

  return with_name (words, where);
}

static char *
link_words (const GError *error, const char *name, guint port)
{
  switch ((TuttiLinkError) error->code)
    {
    case TUTTI_LINK_ERROR_NOT_TUTTI:
      return with_name (_("Something answers at %s, but it is not Tutti."), name);
    case TUTTI_LINK_ERROR_VERSION:
      return with_name (_("%s runs another version of Tutti. Update to play together."), name);
    case TUTTI_LINK_ERROR_NO_SUCH_JAM:
      return with_name (_("%s is not there any more."), name);
    case TUTTI_LINK_ERROR_BUSY:
      return with_name (_("%s has too many visitors just now. Try again in a moment."), name);
    case TUTTI_LINK_ERROR_NOT_ALLOWED:
      return g_strdup (_("This jam does not accept you any more."));
    case TUTTI_LINK_ERROR_ADDRESS:
      return with_name (_("Nobody is known as %s on this network."), name);
    case TUTTI_LINK_ERROR_WRONG_IDENTITY:
      return with_name (_("%s shows another identity than it was announced with."), name);
    case TUTTI_LINK_ERROR_FAILED:
    case TUTTI_LINK_ERROR_REFUSED:
    case TUTTI_LINK_ERROR_HUNG_UP:
    case TUTTI_LINK_ERROR_UNREACHABLE:
    case TUTTI_LINK_ERROR_TIMEOUT:
    default:
      return not_reached (name, port);
    }
}

/* The host's words begin with the number. */
static char *
tries_words (const char *said)
{
  int n = (int) CLAMP (g_ascii_strtoll (said, NULL, 10), 0, 99);

  if (n == 0)
    return g_strdup (_("That was not it. Wait a moment before the next try."));
  return g_strdup_printf (ngettext ("That was not it. %d try left.", "That was not it. %d tries left.", (gulong) n), n);
}

static char *
wait_words (const char *said)
{
  int seconds = (int) CLAMP (g_ascii_strtoll (said, NULL, 10), 1, 3600);

  return g_strdup_printf (ngettext ("Too many tries. Wait %d second.", "Too many tries. Wait %d seconds.", (gulong) seconds), seconds);
}

/* The host says who did it, unless that was itself. (nullable) */
static const char *
admin_of (const GError *error)
{
  return g_str_equal (error->message, tutti_close_words ((TuttiClose) error->code)) ? NULL : error->message;
}

static char *
close_words (const GError *error, const char *name, guint port)
{
  switch ((int) error->code)
    {
    case TUTTI_CLOSE_NORMAL:
      return NULL;
    case TUTTI_CLOSE_PROTOCOL_VERSION:
      return with_name (_("%s runs another version of Tutti. Update to play together."), name);
    case TUTTI_CLOSE_FULL:
      return with_name (_("%s is full. Your seat is kept if you were here before."), name);
    case TUTTI_CLOSE_KICKED:
      return with_name (_("%s removed you from the jam."), admin_of (error) != NULL ? admin_of (error) : name);
    case TUTTI_CLOSE_PASSCODE_NEEDED:
      return with_name (_("%s asks for a passcode. Whoever hosts knows it."), name);
    case TUTTI_CLOSE_PASSCODE_WRONG:
      return tries_words (error->message);
    case TUTTI_CLOSE_TOO_MANY_TRIES:
      return wait_words (error->message);
    case TUTTI_CLOSE_INVITE_OVER:
      return g_strdup (_("That invitation is no longer good. Ask for another one."));
    case TUTTI_CLOSE_BANNED:
      if (admin_of (error) != NULL)
        return with_name (_("%s banned you from the jam."), admin_of (error));
      return g_strdup (_("This jam does not accept you any more."));
    case TUTTI_CLOSE_NOT_ALLOWED:
      return g_strdup (_("This jam does not accept you any more."));
    case TUTTI_CLOSE_REPLACED:
      return with_name (_("You are in %s from somewhere else now."), name);
    case TUTTI_CLOSE_JAM_ENDED:
      return with_name (_("%s has ended."), name);
    case TUTTI_CLOSE_NO_SUCH_JAM:
      return with_name (_("%s is not there any more."), name);
    case TUTTI_CLOSE_TOO_BIG:
    case TUTTI_CLOSE_BAD_MESSAGE:
      return with_name (_("%s says what this Tutti does not understand. Update to play together."), name);
    case TUTTI_CLOSE_GOING_AWAY:
    case TUTTI_CLOSE_SERVER_RESTARTING:
      return with_name (_("%s is closing just now."), name);
    default:
      return not_reached (name, port);
    }
}

char *
tutti_end_words (const GError *error, const char *name, guint port)
{
  if (error == NULL)
    return NULL;
  if (error->domain == TUTTI_LINK_ERROR)
    return link_words (error, name, port);
  if (error->domain == TUTTI_SESSION_ERROR)
    return close_words (error, name, port);
  if (tutti_end_other_identity (error))
    return with_name (_("%s shows another identity than before."), name);
  return not_reached (name, port);
}

gboolean
tutti_end_is_over (const GError *error)
{
  return g_error_matches (error, TUTTI_SESSION_ERROR, TUTTI_CLOSE_JAM_ENDED) ||
         g_error_matches (error, TUTTI_SESSION_ERROR, TUTTI_CLOSE_NO_SUCH_JAM) ||
         g_error_matches (error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_NO_SUCH_JAM);
}

gboolean
tutti_end_try_again (const GError *error)
{
  if (error == NULL || tutti_end_other_identity (error))
    return FALSE;
  if (error->domain == TUTTI_SESSION_ERROR)
    return error->code == TUTTI_CLOSE_FULL || tutti_close_is_retryable (error->code);
  return error->domain == TUTTI_LINK_ERROR &&
         (error->code == TUTTI_LINK_ERROR_FAILED || error->code == TUTTI_LINK_ERROR_REFUSED || error->code == TUTTI_LINK_ERROR_BUSY ||
          error->code == TUTTI_LINK_ERROR_UNREACHABLE || error->code == TUTTI_LINK_ERROR_TIMEOUT ||
          error->code == TUTTI_LINK_ERROR_HUNG_UP);
}

gboolean
tutti_end_asks_passcode (const GError *error)
{
  return g_error_matches (error, TUTTI_SESSION_ERROR, TUTTI_CLOSE_PASSCODE_NEEDED) ||
         g_error_matches (error, TUTTI_SESSION_ERROR, TUTTI_CLOSE_PASSCODE_WRONG) ||
         g_error_matches (error, TUTTI_SESSION_ERROR, TUTTI_CLOSE_TOO_MANY_TRIES);
}

gboolean
tutti_end_other_identity (const GError *error)
{
  return g_error_matches (error, TUTTI_PINS_ERROR, TUTTI_PINS_ERROR_CHANGED) ||
         g_error_matches (error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_WRONG_IDENTITY) ||
         g_error_matches (error, TUTTI_SESSION_ERROR, TUTTI_CLOSE_OTHER_IDENTITY);
}

char *
tutti_store_words (const GError *error)
{
  if (error->domain != TUTTI_STORE_ERROR)
    return g_strdup (error->message);
  switch ((TuttiStoreError) error->code)
    {
    case TUTTI_STORE_ERROR_DAMAGED:
      return g_strdup (_("The file with your jams is damaged. It was left untouched."));
    case TUTTI_STORE_ERROR_NEWER:
      return g_strdup (_("Made by a newer Tutti. It was not changed."));
    case TUTTI_STORE_ERROR_JAM_DAMAGED:
      return g_strdup (_("This jam’s file is damaged. It was left untouched."));
    case TUTTI_STORE_ERROR_BUSY:
      return g_strdup (_("Another Tutti is using these jams. Close it, then try again."));
    case TUTTI_STORE_ERROR_FULL:
      return g_strdup (_("There is no room on the disk."));
    case TUTTI_STORE_ERROR_READ_ONLY:
      return g_strdup (_("The folder with your jams cannot be written to."));
    case TUTTI_STORE_ERROR_NOT_FOUND:
      return g_strdup (_("This jam is not there any more."));
    case TUTTI_STORE_ERROR_CONFLICT:
    case TUTTI_STORE_ERROR_INVALID:
    case TUTTI_STORE_ERROR_FAILED:
    default:
      return g_strdup (error->message);
    }
}
