/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-chat-words.h"

#include "tutti-limits.h"

#include <glib/gi18n.h>
#include <string.h>

#define BAR_DIGITS 5

/* What is looked for in what people write: "bar", or the name of a track. */
typedef struct
{
  TuttiId  track;              /* none: it is the bar */
  char    *folded;
  glong    chars;
} Sought;

static void
clear_sought (gpointer data)
{
  g_free (((Sought *) data)->folded);
}

static void
seek (GArray *sought, TuttiId track, const char *word)
{
  Sought one = { track, g_utf8_casefold (word, -1), g_utf8_strlen (word, -1) };

  g_array_append_val (sought, one);
}

/* The bar comes first. Folded here, once for the whole line. (transfer full) */
static GArray *
sought_in (const TuttiJam *jam)
{
  GArray *sought = g_array_new (FALSE, FALSE, sizeof (Sought));

  g_array_set_clear_func (sought, clear_sought);
  /* Translators: as in “bar 14”, looked for in what people write */
  seek (sought, (TuttiId) { 0, 0 }, C_("chat", "bar"));
  for (guint i = 0; jam != NULL && i < jam->n_tracks; i++)
    if (jam->tracks[i]->name[0] != '\0')
      seek (sought, jam->tracks[i]->id, jam->tracks[i]->name);
  return sought;
}

/* Of a row of marks only the first begins anything, and none within a word. */
static gboolean
begins_word (const char *text, const char *at)
{
  gunichar before = at > text ? g_utf8_get_char (g_utf8_prev_char (at)) : ' ';

  return g_unichar_isspace (before) || (!g_unichar_isalnum (before) && g_unichar_isalnum (g_utf8_get_char (at)));
}

static const char *
skip (const char *at, glong chars)
{
  while (chars-- > 0 && *at != '\0')
    at = g_utf8_next_char (at);
  return at;
}

/* Bytes of @at that are @word, whatever the case, and end a word there; 0: they are not. @ahead: what stands there, folded. */
static gsize
match_word (const char *at, const char *ahead, const Sought *word)
{
  const char *end;
  g_autofree char *folded = NULL;

  if (!g_str_has_prefix (ahead, word->folded))
    return 0;
  end = skip (at, word->chars);
  folded = g_utf8_casefold (at, end - at);
  return g_str_equal (folded, word->folded) && !g_unichar_isalnum (g_utf8_get_char (end)) ? (gsize) (end - at) : 0;
}

/* "bar 14": its bytes, 0 when there is none. */
static gsize
match_bar (const char *at, const char *ahead, const Sought *sought, int *bar)
{
  gsize word = match_word (at, ahead, sought), n = 0;

  if (word == 0 || at[word] != ' ')
    return 0;
  for (*bar = 0; n < BAR_DIGITS && g_ascii_isdigit (at[word + 1 + n]); n++)
    *bar = 10 * *bar + (at[word + 1 + n] - '0');
  return n > 0 && *bar > 0 && !g_unichar_isalnum (g_utf8_get_char (at + word + 1 + n)) ? word + 1 + n : 0;
}

/* The track with the longest name that stands at @at. */
static gsize
match_track (const char *at, const char *ahead, const GArray *sought, TuttiId *track)
{
  gsize best = 0;

  for (guint i = 1; i < sought->len; i++)
    {
      const Sought *one = &g_array_index (sought, Sought, i);
      gsize n = match_word (at, ahead, one);

      if (n > best)
        *track = one->track;
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
put_place (GString *out, const GArray *sought, const char *at)
{
  char uri[40], id[TUTTI_ID_TEXT_SIZE];
  g_autofree char *ahead = g_utf8_casefold (at, skip (at, TUTTI_NAME_BYTES_MAX) - at);
  TuttiId track;
  int bar;
  gsize n = match_bar (at, ahead, &g_array_index (sought, Sought, 0), &bar);

  if (n > 0)
    g_snprintf (uri, sizeof uri, "bar:%d", bar);
  else if ((n = match_track (at, ahead, sought, &track)) > 0)
    g_snprintf (uri, sizeof uri, "track:%s", tutti_id_print (track, id));
  if (n > 0)
    put_link (out, uri, at, n);
  return n;
}

char *
tutti_chat_markup (const TuttiJam *jam, const char *text)
{
  GString *out = g_string_new (NULL);
  g_autoptr(GArray) sought = sought_in (jam);

  for (const char *at = text; *at != '\0';)
    {
      gsize n = begins_word (text, at) ? put_place (out, sought, at) : 0;

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
