/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a jam may have gone on: the doors of those who were willing to, kept beside it, so that a host which was away looks there. */
#include "tutti-room-private.h"

#include "tutti-host-guard.h"

#include <string.h>

/* (transfer full) */
static char *
key_of (const char *jam)
{
  return g_strconcat ("ways-", jam, NULL);
}

/* (transfer full) */
static char *
to_text (const TuttiHeirs *heirs)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < heirs->n; i++)
    g_string_append_printf (text, "%s %u %s\n", heirs->heir[i].address, heirs->heir[i].port, heirs->heir[i].fingerprint);
  return g_string_free (text, FALSE);
}

/* When all have left, those who were here last may still go on with it somewhere. */
void
tutti_room_keep_ways (TuttiRoom *room)
{
  const TuttiHeirs *heirs = tutti_host_get_heirs (room->host);
  g_autoptr(GError) error = NULL;

  if (heirs->n == 0 || (heirs->n == room->ways.n && memcmp (heirs, &room->ways, sizeof *heirs) == 0))
    return;
  g_autofree char *key = key_of (room->id), *text = to_text (heirs);

  room->ways = *heirs;
  if (!tutti_store_set_setting (room->store, key, text, &error))
    tutti_room_log (room, G_LOG_LEVEL_WARNING, "who may go on with it cannot be kept: %s", error->message);
}

static gboolean
read_line (const char *line, TuttiHeir *out)
{
  g_auto(GStrv) words = g_strsplit (line, " ", 4);
  guint64 port;

  *out = (TuttiHeir) { 0 };
  if (g_strv_length (words) != 3 || !g_hostname_is_ip_address (words[0]) || strlen (words[0]) > TUTTI_HEIR_ADDRESS_MAX ||
      !g_ascii_string_to_unsigned (words[1], 10, 1, G_MAXUINT16, &port, NULL) || strlen (words[2]) != TUTTI_HASH_HEX)
    return FALSE;
  out->port = (guint) port;
  g_strlcpy (out->address, words[0], sizeof out->address);
  g_strlcpy (out->fingerprint, words[2], sizeof out->fingerprint);
  return TRUE;
}

GArray *
tutti_room_read_ways (TuttiStore *store, const char *jam)
{
  GArray *ways = g_array_new (FALSE, FALSE, sizeof (TuttiHeir));
  g_autofree char *key = key_of (jam), *text = tutti_store_dup_setting (store, key, NULL);
  g_auto(GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", TUTTI_HEIRS_MAX + 1);
  TuttiHeir way;

  for (guint i = 0; lines[i] != NULL; i++)
    if (read_line (lines[i], &way))
      g_array_append_val (ways, way);
  return ways;
}
