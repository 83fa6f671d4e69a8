/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-export-words.h"

#include <glib/gi18n.h>

char *
tutti_export_words_dup_name (const char *name, const TuttiExportOptions *options)
{
  const char *base = *name != '\0' ? name : "jam";
  char *plain = options->each_track ? tutti_export_format_dup_stem (base) : tutti_export_format_dup_name (options->format, base);

  /* A dot in front would hide the file. */
  if (*plain == '.')
    *plain = '_';
  return g_strdelimit (plain, "/", '-');
}

const char *
tutti_export_words_of_format (TuttiExportFormat format)
{
  switch (format)
    {
    case TUTTI_EXPORT_WAV_16: return _("WAV, 16 bits");
    case TUTTI_EXPORT_WAV_FLOAT: return _("WAV, floating point");
    case TUTTI_EXPORT_FLAC: return _("FLAC, smaller without loss");
    case TUTTI_EXPORT_OGG: return _("Ogg Vorbis, small");
    case TUTTI_EXPORT_WAV_24:
    case TUTTI_N_EXPORT_FORMATS:
    default: return _("WAV, 24 bits");
    }
}

char *
tutti_export_words_of_length (gint64 frames)
{
  int seconds = (int) ((frames + TUTTI_FRAMES_PER_SECOND / 2) / TUTTI_FRAMES_PER_SECOND);

  if (seconds < 60)
    return g_strdup_printf (ngettext ("%d second", "%d seconds", (gulong) seconds), seconds);
  /* Translators: how long a file is: minutes, seconds */
  return g_strdup_printf (_("%d:%02d minutes"), seconds / 60, seconds % 60);
}

char *
tutti_export_words_of_failure (const GError *error, gint64 bytes)
{
  if (error->domain != TUTTI_EXPORT_ERROR)
    return g_strdup (error->message);
  switch ((TuttiExportError) error->code)
    {
    case TUTTI_EXPORT_ERROR_SPACE: return g_strdup_printf (_("Not enough space: %d MB needed"), (int) (bytes / 1000000) + 1);
    case TUTTI_EXPORT_ERROR_PLACE: return g_strdup (_("Nothing can be written there. Choose another folder."));
    case TUTTI_EXPORT_ERROR_TAKEN: return g_strdup (_("That name is taken. Choose another for the folder of the tracks."));
    case TUTTI_EXPORT_ERROR_SILENT: return g_strdup (_("No track is heard, so there is nothing to export."));
    case TUTTI_EXPORT_ERROR_LENGTH:
      return g_strdup_printf (_("An export lasts at most %d hours."), TUTTI_EXPORT_SECONDS_MAX / 3600);
    case TUTTI_EXPORT_ERROR_FORMAT:
    case TUTTI_EXPORT_ERROR_FAILED:
    default: return g_strdup (error->message);
    }
}
