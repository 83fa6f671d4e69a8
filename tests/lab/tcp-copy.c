/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bytes through a TCP connection of the lab, with their sum at either end.
 *   tcp-copy listen PORT · tcp-copy send ADDRESS PORT BYTES */

#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
report (GChecksum *sum, guint64 bytes, gint64 since)
{
  printf ("%" G_GUINT64_FORMAT " %s %.3f s\n", bytes, g_checksum_get_string (sum),
          (double) (g_get_monotonic_time () - since) / 1e6);
}

static gboolean
receive (guint16 port, GError **error)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  g_autoptr(GSocketConnection) connection = NULL;
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  static guint8 bytes[65536];
  guint64 total = 0;
  gssize n;
  gint64 since;

  if (!g_socket_listener_add_inet_port (listener, port, NULL, error))
    return FALSE;
  printf ("listening\n");
  connection = g_socket_listener_accept (listener, NULL, NULL, error);
  if (connection == NULL)
    return FALSE;
  since = g_get_monotonic_time ();
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), bytes, sizeof bytes,
                                   NULL, error)) > 0)
    {
      g_checksum_update (sum, bytes, n);
      total += (guint64) n;
    }
  report (sum, total, since);
  return n == 0;
}

static gboolean
send_bytes (const char *address, guint16 port, guint64 total, GError **error)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = NULL;
  g_autoptr(GSocketAddress) to = g_inet_socket_address_new_from_string (address, port);
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr(GRand) draws = g_rand_new ();
  gint64 since = g_get_monotonic_time ();

  g_socket_client_set_enable_proxy (client, FALSE);     /* there is none in a box, and looking loads foreign code */
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (to), NULL, error);
  if (connection == NULL)
    return FALSE;
  for (guint64 left = total; left > 0;)
    {
      guint32 words[4096];
      gsize n = MIN (left, sizeof words);

      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        words[i] = g_rand_int (draws);
      if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), words, n, NULL,
                                      NULL, error))
        return FALSE;
      g_checksum_update (sum, (guint8 *) words, (gssize) n);
      left -= n;
    }
  if (!g_io_stream_close (G_IO_STREAM (connection), NULL, error))
    return FALSE;
  report (sum, total, since);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;

  setvbuf (stdout, NULL, _IOLBF, 0);
  if (argc == 3 && strcmp (argv[1], "listen") == 0)
    receive ((guint16) atoi (argv[2]), &error);
  else if (argc == 5 && strcmp (argv[1], "send") == 0)
    send_bytes (argv[2], (guint16) atoi (argv[3]), g_ascii_strtoull (argv[4], NULL, 10), &error);
  else
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "listen PORT | send ADDRESS PORT BYTES");
  if (error != NULL)
    fprintf (stderr, "tcp-copy: %s\n", error->message);
  return error != NULL;
}
