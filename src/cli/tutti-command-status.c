/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-command.h"

#include "tutti-address.h"
#include "tutti-identity.h"
#include "tutti-json-read.h"
#include "tutti-limits.h"

#include <libsoup/soup.h>
#include <string.h>

/* Who was asked for, and who answered. */
typedef struct
{
  const char *expected;            /* NULL: anyone */
  char       *seen;                /* owned */
} Faces;

static gboolean
accept_certificate (SoupMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags errors, Faces *faces)
{
  g_free (faces->seen);
  faces->seen = tutti_certificate_fingerprint (certificate);
  return faces->expected == NULL || g_strcmp0 (faces->seen, faces->expected) == 0;
}

/* The host's own words about its jam, as JSON. (transfer full) */
static char *
fetch (const TuttiAddress *address, const char *fingerprint, GError **error)
{
  g_autoptr(TuttiAddress) bare = tutti_address_new (address->host, address->scope, address->port);
  g_autofree char *place = tutti_address_to_text (bare);
  g_autofree char *path = address->jam != NULL ? g_strdup_printf ("/api/v1/jams/%s/status", address->jam)
                                               : g_strdup ("/api/v1/status");
  g_autoptr(GUri) uri = g_uri_build (SOUP_HTTP_URI_FLAGS, "https", NULL, address->host, address->port, path, NULL, NULL);
  g_autoptr(GSocketConnectable) where = tutti_address_to_connectable (address, error);

  if (where == NULL)
    return NULL;
  /* Where to connect is said apart: a URI has no way to name a card as we need it, and libsoup would offer an IPv6 number as the
   * name of the server, at which GnuTLS hangs up. */
  g_autoptr(SoupSession) session = soup_session_new_with_options ("timeout", 5, "remote-connectable", where, "proxy-resolver", NULL,
                                                                  NULL);
  g_autoptr(SoupMessage) message = soup_message_new_from_uri ("GET", uri);
  Faces faces = { fingerprint, NULL };

  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate), &faces);
  g_autoptr(GBytes) bytes = soup_session_send_and_read (session, message, NULL, error);
  g_autofree char *seen = faces.seen;
  gsize length;

  if (bytes == NULL && error != NULL && g_error_matches (*error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE) && seen != NULL)
    {
      g_clear_error (error);
      g_set_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE,
                   "%s is not who was expected: its fingerprint is %s instead of %s", place, seen, fingerprint);
    }
  if (bytes == NULL)
    return NULL;
  if (soup_message_get_status (message) == SOUP_STATUS_NOT_FOUND && address->jam != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s has no jam “%s”", place, address->jam);
      return NULL;
    }
  if (soup_message_get_status (message) != SOUP_STATUS_OK || g_bytes_get_size (bytes) > TUTTI_MESSAGE_BYTES_MAX)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s does not answer like a jam", place);
      return NULL;
    }
  const char *data = g_bytes_get_data (bytes, &length);

  return g_strndup (data, length);
}

static int
print_words (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = tutti_json_parse (text, strlen (text), TUTTI_JSON_DEFAULT, &error);
  gint64 people, max, tempo, seq;
  const char *name, *hash;
  gboolean playing;
  JsonObject *object;

  if (node == NULL || !tutti_json_check_object (node, "a status", &object, &error) ||
      !tutti_json_read_string (object, "name", TUTTI_NAME_BYTES_MAX, &name, &error) ||
      !tutti_json_read_string (object, "hash", 16, &hash, &error) ||
      !tutti_json_read_int (object, "people", 0, 9999, &people, &error) ||
      !tutti_json_read_int (object, "max", 0, 9999, &max, &error) ||
      !tutti_json_read_int (object, "tempo", 0, 99999, &tempo, &error) ||
      !tutti_json_read_int (object, "seq", 0, TUTTI_JSON_INT_MAX, &seq, &error) ||
      !tutti_json_read_bool (object, "playing", &playing, &error))
    return tutti_command_fail (error);
  g_print ("%s: %d of %d people, %d.%02d BPM, %s, %" G_GINT64_FORMAT " edits, %s\n", name, (int) people, (int) max,
           (int) tempo / 100, (int) tempo % 100, playing ? "playing" : "stopped", seq, hash);
  return TUTTI_EXIT_OK;
}

int
tutti_command_status (int argc, char **argv)
{
  gboolean json = FALSE;
  g_autofree char *fingerprint = NULL;
  g_autoptr(GError) error = NULL;
  GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "As one JSON object", NULL },
    { "fp", 0, 0, G_OPTION_ARG_STRING, &fingerprint, "The fingerprint that the host must show", "SHA256" },
    G_OPTION_ENTRY_NULL
  };

  if (!tutti_command_parse ("ADDRESS - say what a jam is doing", NULL, entries, &argc, &argv))
    return TUTTI_EXIT_USAGE;
  g_autoptr(TuttiAddress) address = argc == 2 ? tutti_address_parse (argv[1], &error) : NULL;

  if (address == NULL)
    {
      g_printerr ("tuttictl: %s\n", error != NULL ? error->message : "status takes one address");
      return TUTTI_EXIT_USAGE;
    }
  g_autofree char *text = fetch (address, fingerprint != NULL ? fingerprint : address->fingerprint, &error);

  if (text == NULL)
    return tutti_command_fail (error);
  if (!json)
    return print_words (text);
  g_print ("%s\n", text);
  return TUTTI_EXIT_OK;
}
