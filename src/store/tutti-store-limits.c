/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-store-limits-private.h"

#include <string.h>

static gboolean
refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list args;
  g_autofree char *message = NULL;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_INVALID, message);
  return FALSE;
}

gboolean
tutti_store_check_id (const char *what, const char *id, GError **error)
{
  gsize length = id != NULL ? strnlen (id, TUTTI_STORE_ID_MAX + 1) : 0;

  if (length == 0 || length > TUTTI_STORE_ID_MAX)
    return refuse (error, "A %s has 1 to %d characters", what, TUTTI_STORE_ID_MAX);
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (id[i]) && strchr ("-_.", id[i]) == NULL)
      return refuse (error, "A %s is made of letters, digits, “-”, “_” and “.”", what);
  return TRUE;
}

gboolean
tutti_store_check_text (const char *what, const char *text, gsize max, gboolean nullable, GError **error)
{
  gsize length;

  if (text == NULL)
    return nullable ? TRUE : refuse (error, "There is no %s", what);
  length = strnlen (text, max + 1);
  if (length > max)
    return refuse (error, "The %s is longer than %" G_GSIZE_FORMAT " bytes", what, max);
  if (!g_utf8_validate_len (text, length, NULL))
    return refuse (error, "The %s is not valid UTF-8", what);
  return TRUE;
}

gboolean
tutti_store_check_hash (const char *hash, GError **error)
{
  if (hash == NULL || strnlen (hash, 65) != 64 || strspn (hash, "0123456789abcdef") != 64)
    return refuse (error, "A hash has 64 lower-case hexadecimal digits");
  return TRUE;
}

static gboolean
check_origin (const TuttiStoreJam *jam, GError **error)
{
  if (jam->from_jam == NULL)
    return jam->from_name == NULL && jam->from_seq == 0 ? TRUE : refuse (error, "A remix names the jam that it is of");
  if (jam->from_seq < 0)
    return refuse (error, "A remix is of a jam after some change, not before all");
  return tutti_store_check_id ("jam id", jam->from_jam, error) &&
         tutti_store_check_text ("jam name", jam->from_name, TUTTI_STORE_NAME_MAX, FALSE, error);
}

gboolean
tutti_store_check_jam (const TuttiStoreJam *jam, gboolean is_new, GError **error)
{
  if (jam->n_tracks > 1000000 || (is_new && jam->n_tracks < 0))
    return refuse (error, "%d is no number of tracks", jam->n_tracks);
  if (jam->created_us < 0 || jam->updated_us < 0 || jam->opened_us < 0 || jam->last_frame < 0)
    return refuse (error, "A time of a jam is negative");
  return tutti_store_check_id ("jam id", jam->id, error) &&
         tutti_store_check_text ("jam name", jam->name, TUTTI_STORE_NAME_MAX, !is_new, error) &&
         tutti_store_check_text ("settings text", jam->settings, TUTTI_STORE_SETTINGS_MAX, TRUE, error) &&
         tutti_store_check_text ("miniature", jam->miniature, TUTTI_STORE_MINIATURE_MAX, TRUE, error) &&
         tutti_store_check_text ("description", jam->description, TUTTI_STORE_DESCRIPTION_MAX, TRUE, error) &&
         check_origin (jam, error);
}

gboolean
tutti_store_check_ops (const TuttiStoreOp *ops, gsize n_ops, GError **error)
{
  if (n_ops == 0 || n_ops > TUTTI_STORE_BATCH_MAX)
    return refuse (error, "An append has 1 to %d operations", TUTTI_STORE_BATCH_MAX);
  for (gsize i = 0; i < n_ops; i++)
    {
      if (ops[i].seq < 1 || ops[i].epoch < 0 || ops[i].by < 0)
        return refuse (error, "The stamp of operation %" G_GINT64_FORMAT " is out of range", ops[i].seq);
      if (i > 0 && ops[i].seq != ops[i - 1].seq + 1)
        return refuse (error, "Operation %" G_GINT64_FORMAT " does not follow %" G_GINT64_FORMAT,
                       ops[i].seq, ops[i - 1].seq);
      if (!tutti_store_check_text ("operation", ops[i].text, TUTTI_STORE_OP_MAX, FALSE, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
tutti_store_check_person (const TuttiStorePerson *person, GError **error)
{
  if (person->number < 1 || person->number > TUTTI_STORE_PEOPLE_MAX)
    return refuse (error, "A person number is 1 to %d", TUTTI_STORE_PEOPLE_MAX);
  if (person->token_hash != NULL && !tutti_store_check_id ("token hash", person->token_hash, error))
    return FALSE;
  return tutti_store_check_id ("profile id", person->profile, error) &&
         tutti_store_check_text ("name", person->name, TUTTI_STORE_NAME_MAX, FALSE, error) &&
         tutti_store_check_text ("colour", person->colour, 32, TRUE, error) &&
         tutti_store_check_text ("role", person->role, 32, TRUE, error);
}

gboolean
tutti_store_check_sample (const TuttiStoreSample *sample, GError **error)
{
  if (sample->n_bytes < 1 || sample->n_frames < 1 || sample->n_channels < 1 || sample->n_channels > 2)
    return refuse (error, "A sound needs a size, a length and one or two channels");
  return tutti_store_check_hash (sample->hash, error) &&
         tutti_store_check_text ("name", sample->name, TUTTI_STORE_NAME_MAX, FALSE, error);
}
