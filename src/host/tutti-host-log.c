/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-host-log.h"

#include <unistd.h>

static gint threshold = G_LOG_LEVEL_MESSAGE;     /* atomic: the log's writer is one for all threads */

/* Our libraries log without a domain. */
static gboolean
is_ours (const GLogField *fields, gsize n_fields)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "GLIB_DOMAIN"))
      return FALSE;
  return TRUE;
}

/* A graver level is a smaller number. */
static gboolean
is_wanted (GLogLevelFlags level, const GLogField *fields, gsize n_fields)
{
  int most = g_atomic_int_get (&threshold);

  if (!is_ours (fields, n_fields) && most < G_LOG_LEVEL_DEBUG)
    most = MIN (most, G_LOG_LEVEL_WARNING);
  return (int) (level & G_LOG_LEVEL_MASK) <= most;
}

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  if (!is_wanted (level, fields, n_fields))
    return G_LOG_WRITER_HANDLED;
  if (GPOINTER_TO_INT (data) && g_log_writer_journald (level, fields, n_fields, NULL) == G_LOG_WRITER_HANDLED)
    return G_LOG_WRITER_HANDLED;
  return g_log_writer_standard_streams (level, fields, n_fields, NULL);
}

void
tutti_host_log_start (void)
{
  g_log_writer_default_set_use_stderr (TRUE);
  g_log_set_writer_func (write_log, GINT_TO_POINTER (g_log_writer_is_journald (STDERR_FILENO)), NULL);
}

void
tutti_host_log_set_level (GLogLevelFlags level)
{
  g_atomic_int_set (&threshold, (int) level);
}
