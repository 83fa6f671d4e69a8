/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A document as text. */
#include "tutti-notation-private.h"

#include <string.h>

const char * const tutti_notation_headers[] = { "title", "tempo", "swing", "time", "key", "seed", "mix", NULL };

static const char * const key_names[] = { "C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B" };

typedef struct
{
  const TuttiJam   *jam;
  TuttiNotationRoot root;
  gpointer          user_data;
  GPtrArray        *names;     /* of tracks, each once, beside jam->tracks */
} Printer;

/* No higher than that four octaves above it still have an octave of one digit. */
static int
root_of (const Printer *printer, const TuttiTrack *track)
{
  int root = printer->root != NULL ? printer->root (track->sound, printer->user_data) : TUTTI_NOTATION_ROOT;

  return CLAMP (root, 0, 83);
}

/* The @places last digits of @number behind a point, without zeros at the end. */
static void
print_decimal (GString *out, int number, guint places)
{
  int one = places == 2 ? 100 : 10;
  int rest = number % one;

  g_string_append_printf (out, "%d", number / one);
  if (rest != 0)
    g_string_append_printf (out, ".%0*d", (int) places, rest);
  if (rest != 0 && rest % 10 == 0)
    g_string_truncate (out, out->len - 1);
}

static void
print_mix (GString *out, const gint16 *mix)
{
  const char *before = "mix: ";

  for (int i = 0; i < TUTTI_N_MIX_SETTINGS; i++)
    if (mix[i] != tutti_mix_setting_spec (i)->initial)
      {
        g_string_append_printf (out, "%s%s=%d", before, tutti_mix_setting_names[i], mix[i]);
        before = ", ";
      }
  if (before[0] == ',')
    g_string_append_c (out, '\n');
}

static void
print_headers (GString *out, const TuttiJam *jam)
{
  const TuttiTransport *transport = &jam->transport;

  g_string_append (out, "title: ");
  tutti_notation_write_name (out, jam->name, "");
  g_string_append (out, "\ntempo: ");
  print_decimal (out, transport->anchor.tempo_cbpm, 2);
  g_string_append (out, "\nswing: ");
  print_decimal (out, transport->swing, 1);
  g_string_append_printf (out, "\ntime: %d/%d\nkey: %s %s\n", transport->beats, transport->unit, key_names[jam->key % 12],
                          tutti_scale_names[jam->scale]);
  if (jam->seed != 1)
    g_string_append_printf (out, "seed: %u\n", jam->seed);
  print_mix (out, jam->mix);
}

/* ---- tracks ---- */

typedef struct
{
  GString    *out;
  const char *before;          /* the next option */
} Options;

static void
print_option (Options *options, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
print_option (Options *options, const char *format, ...)
{
  va_list list;

  g_string_append (options->out, options->before);
  options->before = ", ";
  va_start (list, format);
  g_string_append_vprintf (options->out, format, list);
  va_end (list);
}

static void
close_options (Options *options)
{
  if (options->before[0] == ',')
    g_string_append_c (options->out, ']');
}

static void
print_track_switches (Options *options, const TuttiTrack *track)
{
  if (track->mute)
    print_option (options, "mute");
  if (track->solo)
    print_option (options, "solo");
  if (track->swing >= 500)
    {
      print_option (options, "swing=");
      print_decimal (options->out, track->swing, 1);
    }
  if (track->transpose != 0)
    print_option (options, "transpose=%d", track->transpose);
  if (track->choke > 0)
    print_option (options, "choke=%d", track->choke);
  if (track->play_mode != TUTTI_PLAY_AS_MADE)
    print_option (options, "play=%s", tutti_play_mode_names[track->play_mode]);
}

static void
print_track_options (Options *options, const TuttiTrack *track, int root)
{
  const char *sound = track->sound;

  print_option (options, "sound=%s", g_str_has_prefix (sound, "kit:") ? sound + strlen ("kit:") : sound);
  print_option (options, "colour=%s", tutti_colour_names[track->colour]);
  if (root != TUTTI_NOTATION_ROOT)
    {
      print_option (options, "root=");
      tutti_notation_write_note (options->out, root, FALSE);
    }
  print_track_switches (options, track);
  for (int i = 0; i < TUTTI_N_PARAMS; i++)
    if (track->params[i] != tutti_param_spec (i)->initial)
      print_option (options, "%s=%d", tutti_param_spec (i)->name, track->params[i]);
}

static void
print_clip_options (Options *options, const TuttiClip *clip)
{
  if (clip->ticks_per_step != TUTTI_TICKS_PER_QUARTER / 4)
    print_option (options, "%s", tutti_notation_resolution_name (clip->ticks_per_step));
  if (clip->name[0] == '\0')
    return;
  print_option (options, "name=");
  tutti_notation_write_name (options->out, clip->name, ",]\"");
}

static void
print_line (GString *out, const Printer *printer, guint index, gboolean with_track, const TuttiClip *clip)
{
  const TuttiTrack *track = printer->jam->tracks[index];
  int root = root_of (printer, track);
  Options options = { out, " [" };

  tutti_notation_write_name (out, printer->names->pdata[index], ":[]\"");
  if (with_track)
    print_track_options (&options, track, root);
  if (clip != NULL)
    print_clip_options (&options, clip);
  close_options (&options);
  g_string_append_c (out, ':');
  if (clip != NULL)
    {
      g_string_append_c (out, ' ');
      tutti_notation_write_row (out, clip->steps, clip->length, root);
    }
  g_string_append_c (out, '\n');
}

/* "Kick", "Kick 2": one name, one track. */
static char *
unique_name (const GPtrArray *names, const char *name)
{
  char *unique = g_strdup (name);

  for (guint n = 2; g_ptr_array_find_with_equal_func ((GPtrArray *) names, unique, g_str_equal, NULL); n++)
    {
      g_autofree char *suffix = g_strdup_printf (" %u", n);
      g_autofree char *fitting = g_utf8_substring (name, 0, g_utf8_strlen (name, -1));

      while (strlen (fitting) + strlen (suffix) > TUTTI_NAME_BYTES_MAX)
        *g_utf8_find_prev_char (fitting, fitting + strlen (fitting)) = '\0';
      g_free (unique);
      unique = g_strconcat (fitting, suffix, NULL);
    }
  return unique;
}

static void
print_scene (GString *out, const Printer *printer, const TuttiScene *scene)
{
  g_string_append (out, "\n[");
  tutti_notation_write_name (out, scene->name, "]\"");
  g_string_append (out, "]\n");
  for (guint i = 0; i < printer->jam->n_tracks; i++)
    {
      const TuttiClip *clip = tutti_track_clip_at (printer->jam->tracks[i], scene->id);

      if (clip != NULL)
        print_line (out, printer, i, FALSE, clip);
    }
}

char *
tutti_notation_print_jam (const TuttiJam *jam, TuttiNotationRoot root, gpointer user_data)
{
  Printer printer = { jam, root, user_data, g_ptr_array_new_with_free_func (g_free) };
  GString *out = g_string_new (NULL);

  print_headers (out, jam);
  g_string_append_c (out, '\n');
  for (guint i = 0; i < jam->n_tracks; i++)
    {
      g_ptr_array_add (printer.names, unique_name (printer.names, jam->tracks[i]->name));
      print_line (out, &printer, i, TRUE, NULL);
    }
  for (guint i = 0; i < jam->n_scenes; i++)
    print_scene (out, &printer, &jam->scenes[i]);
  g_ptr_array_unref (printer.names);
  return g_string_free (out, FALSE);
}

char *
tutti_notation_print_clip (const TuttiClip *clip, int root)
{
  GString *out = g_string_new (NULL);

  if (clip->ticks_per_step != TUTTI_TICKS_PER_QUARTER / 4)
    g_string_append_printf (out, "[%s] ", tutti_notation_resolution_name (clip->ticks_per_step));
  tutti_notation_write_row (out, clip->steps, clip->length, root);
  return g_string_free (out, FALSE);
}
