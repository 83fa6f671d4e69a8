/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-json-write.h"

static void
separate (GString *out)
{
  char last = out->len == 0 ? '[' : out->str[out->len - 1];

  if (last != '[' && last != '{' && last != ':')
    g_string_append_c (out, ',');
}

void
tutti_json_open (GString *out, char bracket)
{
  separate (out);
  g_string_append_c (out, bracket);
}

void
tutti_json_close (GString *out, char bracket)
{
  g_string_append_c (out, bracket);
}

static void
append_escaped (GString *out, const char *text)
{
  for (; *text != '\0'; text++)
    if (*text == '"' || *text == '\\')
      {
        g_string_append_c (out, '\\');
        g_string_append_c (out, *text);
      }
    else if ((guchar) *text < 0x20)
      g_string_append_printf (out, "\\u%04x", (guint) (guchar) *text);
    else
      g_string_append_c (out, *text);
}

void
tutti_json_put_text (GString *out, const char *text)
{
  separate (out);
  g_string_append_c (out, '"');
  append_escaped (out, text);
  g_string_append_c (out, '"');
}

void
tutti_json_key (GString *out, const char *key)
{
  tutti_json_put_text (out, key);
  g_string_append_c (out, ':');
}

void
tutti_json_put_int (GString *out, gint64 number)
{
  char digits[24];
  char *at = digits + sizeof digits;
  guint64 rest = number < 0 ? 0 - (guint64) number : (guint64) number;

  separate (out);
  do
    *--at = (char) ('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (number < 0)
    *--at = '-';
  /* One by one, which is inline: most numbers have one to three digits. */
  for (; at < digits + sizeof digits; at++)
    g_string_append_c (out, *at);
}

void
tutti_json_put_raw (GString *out, const char *json)
{
  separate (out);
  g_string_append (out, json);
}

void
tutti_json_put_member_int (GString *out, const char *key, gint64 number)
{
  tutti_json_key (out, key);
  tutti_json_put_int (out, number);
}

void
tutti_json_put_member_text (GString *out, const char *key, const char *text)
{
  tutti_json_key (out, key);
  tutti_json_put_text (out, text);
}
