/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-path.h"

#include <string.h>

static gboolean
is_of_name (char c)
{
  return g_ascii_isalnum (c) || c == '.' || c == '_' || c == '-';
}

/* Returns the length of the value that @path begins with, 0: none that fits. */
static gsize
value_length (const char *path)
{
  gsize n = 0;

  while (is_of_name (path[n]))
    n++;
  return n <= TUTTI_PATH_VALUE_BYTES_MAX && strspn (path, ".") < n ? n : 0;
}

gboolean
tutti_path_match (const char *pattern, const char *path, TuttiPathValues *out)
{
  TuttiPathValues values = { 0 };
  guint n = 0;

  while (*pattern != '\0')
    {
      if (*pattern != '{')
        {
          if (*pattern++ != *path++)
            return FALSE;
          continue;
        }
      gsize length = value_length (path);

      if (length == 0 || n == TUTTI_PATH_VALUES_MAX)
        return FALSE;
      memcpy (values.text[n++], path, length);
      path += length;
      pattern = strchr (pattern, '}') + 1;
    }
  if (*path != '\0')
    return FALSE;
  *out = values;
  return TRUE;
}
