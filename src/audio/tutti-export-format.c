/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-export-format.h"

#include <gst/gst.h>
#include <string.h>

static const TuttiExportFormatInfo infos[TUTTI_N_EXPORT_FORMATS] = {
  [TUTTI_EXPORT_WAV_24] = { "wav-24", ".wav", "S24LE", "wavenc", NULL, 6 },
  [TUTTI_EXPORT_WAV_16] = { "wav-16", ".wav", "S16LE", "wavenc", NULL, 4 },
  [TUTTI_EXPORT_WAV_FLOAT] = { "wav-float", ".wav", "F32LE", "wavenc", NULL, 8 },
  [TUTTI_EXPORT_FLAC] = { "flac", ".flac", "S24LE", "flacenc", NULL, 0 },
  [TUTTI_EXPORT_OGG] = { "ogg", ".ogg", "F32LE", "vorbisenc", "oggmux", 0 },
};

/* Of sound files, ours and others'. */
static const char * const endings[] = {
  ".wav", ".wave", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".mp2", ".m4a", ".aac", ".aif", ".aiff", ".aifc", ".wma", ".au", ".caf",
};

const TuttiExportFormatInfo *
tutti_export_format_info (TuttiExportFormat format)
{
  g_return_val_if_fail ((int) format >= 0 && format < TUTTI_N_EXPORT_FORMATS, &infos[0]);
  return &infos[format];
}

static gboolean
has_element (const char *name)
{
  g_autoptr(GstElementFactory) factory = gst_element_factory_find (name);

  return factory != NULL;
}

gboolean
tutti_export_format_is_there (TuttiExportFormat format)
{
  const TuttiExportFormatInfo *info = tutti_export_format_info (format);

  return has_element (info->encoder) && (info->muxer == NULL || has_element (info->muxer));
}

gboolean
tutti_export_format_parse (const char *name, TuttiExportFormat *format)
{
  for (guint i = 0; i < TUTTI_N_EXPORT_FORMATS; i++)
    if (g_str_equal (infos[i].name, name))
      {
        *format = (TuttiExportFormat) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
ends_in (const char *name, const char *ending)
{
  gsize n = strlen (name), m = strlen (ending);

  return n >= m && g_ascii_strcasecmp (name + n - m, ending) == 0;
}

gboolean
tutti_export_format_fits (const TuttiExportFormatInfo *format, const char *name)
{
  return ends_in (name, format->ending);
}

gboolean
tutti_export_format_of_file (const char *name, TuttiExportFormat *format)
{
  for (guint i = 0; i < TUTTI_N_EXPORT_FORMATS; i++)
    if (ends_in (name, infos[i].ending))
      {
        *format = (TuttiExportFormat) i;
        return TRUE;
      }
  return FALSE;
}

char *
tutti_export_format_dup_stem (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (ends_in (name, endings[i]))
      return g_strndup (name, strlen (name) - strlen (endings[i]));
  return g_strdup (name);
}

char *
tutti_export_format_dup_name (TuttiExportFormat format, const char *name)
{
  const char *ending = tutti_export_format_info (format)->ending;
  g_autofree char *stem = NULL;

  if (ends_in (name, ending))
    return g_strdup (name);
  stem = tutti_export_format_dup_stem (name);
  return g_strconcat (stem, ending, NULL);
}
