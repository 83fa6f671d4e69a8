/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-id.h"

#include <string.h>

static char *
print_base36 (guint32 number, char *end)
{
  do
    *--end = "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36];
  while ((number /= 36) != 0);
  return end;
}

const char *
tutti_id_print (TuttiId id, char text[TUTTI_ID_TEXT_SIZE])
{
  char digits[TUTTI_ID_TEXT_SIZE];
  char *end = digits + sizeof digits - 1;

  if (tutti_id_is_none (id))
    return strcpy (text, "0");

  *end = '\0';
  char *start = print_base36 (id.counter, end);
  *--start = '.';
  return strcpy (text, print_base36 (id.creator, start));
}

static gboolean
parse_base36 (const char **at, guint32 *out)
{
  const char *start = *at;
  guint64 number = 0;

  for (; g_ascii_isdigit (**at) || (**at >= 'a' && **at <= 'z'); (*at)++)
    {
      number = number * 36 + (guint) (**at <= '9' ? **at - '0' : **at - 'a' + 10);
      if (number > G_MAXUINT32)
        return FALSE;
    }
  *out = (guint32) number;
  return *at != start && (*start != '0' || *at == start + 1);
}

gboolean
tutti_id_parse (const char *text, TuttiId *out)
{
  TuttiId id = { 0, 0 };

  if (strcmp (text, "0") != 0)
    {
      if (!parse_base36 (&text, &id.creator) || *text++ != '.' || !parse_base36 (&text, &id.counter) ||
          *text != '\0' || id.counter == 0)
        return FALSE;
    }
  *out = id;
  return TRUE;
}
