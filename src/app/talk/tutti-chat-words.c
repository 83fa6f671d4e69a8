/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-chat-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define BAR_DIGITS 5

static gboolean
is_inside_word (const char *text, const char *at)
{
  return at > text && g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at)));
}

/* Bytes of @at that are @word, whatever the case, and end a word there; 0: they are not. */
static gsize
match_word (const char *at, const char *word)
{
  glong n = g_utf8_strlen (word, -1);
  g_autofree char *piece = NULL, *folded = NULL, *wanted = NULL;

  if (g_utf8_strlen (at, -1) < n)
    return 0;
  piece = g_utf8_substring (at, 0, n);
  folded = g_utf8_casefold (piece, -1);
  wanted = g_utf8_casefold (word, -1);
  return g_str_equal (folded, wanted) && !g_unichar_isalnum (g_utf8_get_char (at + strlen (piece))) ? strlen (piece) : 0;
}

/* "bar 14": its bytes, 0 when there is none. */
static gsize
match_bar (const char *at, int *bar)
{
  /* Translators: as in “bar 14”, looked for in what people write */
  gsize word = match_word (at, C_("chat", "bar")), n = 0;

  if (word == 0 || at[word] != ' ')
    return 0;
  for (*bar = 0; n < BAR_DIGITS && g_ascii_isdigit (at[word + 1 + n]); n++)
    *bar = 10 * *bar + (at[word + 1 + n] - '0');
  return n > 0 && *bar > 0 && !g_unichar_isalnum (g_utf8_get_char (at + word + 1 + n)) ? word + 1 + n : 0;
}

/* The track with the longest name that stands at @at. */
static gsize
match_track (const TuttiJam *jam, const char *at, TuttiId *track)
{
  gsize best = 0;

  for (guint i = 0; jam != NULL && i < jam->n_tracks; i++)
    {
      gsize n = jam->tracks[i]->name[0] != '\0' ? match_word (at, jam->tracks[i]->name) : 0;

      if (n > best)
        *track = jam->tracks[i]->id;
      best = MAX (best, n);
    }
  return best;
}

static void
put_link (GString *out, const char *uri, const char *at, gsize n)
{
  g_autofree char *words = g_markup_escape_text (at, (gssize) n);

  g_string_append_printf (out, "<a href=\"%s\">%s</a>", uri, words);
}

/* Bytes that became a link, 0: none. */
static gsize
put_place (GString *out, const TuttiJam *jam, const char *at)
{
  char uri[40], id[TUTTI_ID_TEXT_SIZE];
  TuttiId track;
  int bar;
  gsize n = match_bar (at, &bar);

  if (n > 0)
    g_snprintf (uri, sizeof uri, "bar:%d", bar);
  else if ((n = match_track (jam, at, &track)) > 0)
    g_snprintf (uri, sizeof uri, "track:%s", tutti_id_print (track, id));
  if (n > 0)
    put_link (out, uri, at, n);
  return n;
}

char *
tutti_chat_markup (const TuttiJam *jam, const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *at = text; *at != '\0';)
    {
      gsize n = is_inside_word (text, at) ? 0 : put_place (out, jam, at);

      if (n == 0)
        {
          n = (gsize) (g_utf8_next_char (at) - at);
          g_autofree char *letter = g_markup_escape_text (at, (gssize) n);

          g_string_append (out, letter);
        }
      at += n;
    }
  return g_string_free (out, FALSE);
}

gboolean
tutti_chat_link_bar (const char *uri, int *bar)
{
  gint64 number;

  if (!g_str_has_prefix (uri, "bar:") || !g_ascii_string_to_signed (uri + strlen ("bar:"), 10, 1, 99999, &number, NULL))
    return FALSE;
  *bar = (int) number;
  return TRUE;
}

gboolean
tutti_chat_link_track (const char *uri, TuttiId *track)
{
  return g_str_has_prefix (uri, "track:") && tutti_id_parse (uri + strlen ("track:"), track);
}

char *
tutti_chat_time (gint64 at_ms, gint64 now_ms)
{
  g_autoptr(GDateTime) at = g_date_time_new_from_unix_local (at_ms / 1000), now = g_date_time_new_from_unix_local (now_ms / 1000);
  gboolean today = at != NULL && now != NULL && g_date_time_get_year (at) == g_date_time_get_year (now) &&
                   g_date_time_get_day_of_year (at) == g_date_time_get_day_of_year (now);

  if (at == NULL)
    return g_strdup ("");
  /* Translators: hours and minutes; then the same with the date before it */
  return g_date_time_format (at, today ? _("%H:%M") : _("%x, %H:%M"));
}
