/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-words.h"

#include "tutti-harmony.h"
#include "tutti-lock-words.h"
#include "tutti-patch-words.h"
#include "tutti-sounds.h"

#include <glib/gi18n.h>
#include <math.h>

void
tutti_words_note (int midi_note, char *text, gsize size)
{
  g_snprintf (text, size, "%s%d", tutti_harmony_root (midi_note), (int) tutti_floor_div (midi_note, 12) - 1);
}

char *
tutti_words_step (const TuttiTrack *track, int step, const TuttiStep *value)
{
  if (value->velocity == 0)
    return g_strdup_printf (_("%s, step %d, off"), track->name, step + 1);
  return g_strdup_printf (_("%s, step %d, on, velocity %d"), track->name, step + 1, value->velocity);
}

static void
add_words (GString *all, char *words)
{
  if (all->len > 0)
    g_string_append (all, ", ");
  g_string_append (all, words);
  g_free (words);
}

static void
add_locks (GString *all, const TuttiTrack *track, const TuttiStep *value)
{
  add_words (all, g_strdup_printf (ngettext ("%d lock:", "%d locks:", value->n_locks), value->n_locks));
  for (int i = 0; i < value->n_locks; i++)
    {
      g_autofree char *name = tutti_words_lock_name (track, value->locks[i].address);
      g_autofree char *amount = tutti_words_lock_value (track, value->locks[i].address, value->locks[i].value);

      g_string_append_printf (all, " %s %s", name, amount);
    }
}

char *
tutti_words_step_details (const TuttiTrack *track, int step, const TuttiStep *value)
{
  GString *all = g_string_new (NULL);
  char note[12];

  if (value->tie && step > 0)
    add_words (all, g_strdup_printf (_("tied to step %d"), step));
  if (value->velocity > 0)
    {
      if (value->pitch != 0 || tutti_sound_is_melodic (track->sound, NULL))
        {
          tutti_words_note (tutti_sound_root (track->sound) + value->pitch, note, sizeof note);
          add_words (all, g_strdup (note));
        }
      if (value->every_of > 1)
        add_words (all, tutti_words_every (value->every_n, value->every_of));
      if (value->chance < 100)
        add_words (all, g_strdup_printf (_("chance %d percent"), value->chance));
      if (value->ratchet > 1)
        add_words (all, g_strdup_printf (ngettext ("%d hit", "%d hits", value->ratchet), value->ratchet));
      if (value->micro_ticks != 0)
        add_words (all, g_strdup_printf (value->micro_ticks > 0 ? _("%d ticks late") : _("%d ticks early"),
                                         ABS (value->micro_ticks)));
      if (value->n_locks > 0)
        add_locks (all, track, value);
    }
  return g_string_free (all, FALSE);
}

char *
tutti_words_row (const TuttiTrack *track, int length)
{
  /* Translators: a row of the grid, "Snare, 16 steps" */
  return g_strdup_printf (ngettext ("%s, %d step", "%s, %d steps", length), track->name, length);
}

static const char *
resolution_words (int ticks)
{
  switch (ticks)
    {
    case 960: return _("¼ notes");
    case 640: return _("¼ triplets");
    case 480: return _("⅛ notes");
    case 320: return _("⅛ triplets");
    case 160: return _("1⁄16 triplets");
    case 120: return _("1⁄32 notes");
    case 80:  return _("1⁄32 triplets");
    default:  return NULL;
    }
}

char *
tutti_words_track_caption (const TuttiJam *jam, const TuttiTrack *track, const TuttiClip *clip)
{
  if (clip != NULL && clip->kind == TUTTI_CLIP_NOTES)
    return g_strdup_printf (ngettext ("%d note", "%d notes", clip->n_notes), clip->n_notes);
  if (clip != NULL && resolution_words (clip->ticks_per_step) != NULL)
    return g_strdup (resolution_words (clip->ticks_per_step));
  if (clip != NULL && clip->length % 16 != 0)
    return g_strdup_printf (ngettext ("%d step", "%d steps", clip->length), clip->length);
  return g_strdup (tutti_sound_name (jam, track->sound));
}

const char *
tutti_words_param (TuttiParam param)
{
  static const char * const names[TUTTI_N_PARAMS] = {
    N_("Volume"), N_("Pan"), N_("Tune"), N_("Start"), N_("End"), N_("Attack"), N_("Decay"), N_("Sustain"), N_("Release"),
    N_("Filter"), N_("Resonance"), N_("Filter type"), N_("Drive"), N_("Delay"), N_("Reverb")
  };

  return _(names[param]);
}

char *
tutti_words_signed (double value, int digits)
{
  double half = 0.5 * pow (10, -digits);

  return g_strdup_printf ("%s%.*f", value <= -half ? "−" : value >= half ? "+" : "", digits, fabs (value));
}

char *
tutti_words_gain (int cdb)
{
  if (cdb <= TUTTI_GAIN_MIN_CDB)
    return g_strdup (_("−∞ dB"));
  /* A true minus sign, as wide as a plus. */
  return g_strdup_printf (_("%s%.1f dB"), cdb <= -5 ? "−" : cdb >= 5 ? "+" : "", ABS (cdb) / 100.0);
}

char *
tutti_words_pan (int pan)
{
  if (ABS (pan) < 5)
    return g_strdup (C_("pan", "Centre"));
  /* Translators: how far to the left or right, in percent */
  return g_strdup_printf (pan < 0 ? C_("pan", "%d L") : C_("pan", "%d R"), (ABS (pan) + 5) / 10);
}

char *
tutti_words_tempo (int cbpm)
{
  if (cbpm % 100 == 0)
    return g_strdup_printf ("%d", cbpm / 100);
  return g_strdup_printf (cbpm % 10 == 0 ? "%.1f" : "%.2f", cbpm / 100.0);
}

char *
tutti_words_every (int n, int of)
{
  return of <= 1 ? g_strdup (_("always")) : g_strdup_printf (_("%d of every %d"), n, of);
}

/* The cutoff runs exponentially from 20 Hz to 20 kHz. */
static char *
frequency (int permille)
{
  double hertz = 20.0 * pow (1000.0, permille / 1000.0);

  return hertz < 1000 ? g_strdup_printf (_("%.0f Hz"), hertz) : g_strdup_printf (_("%.1f kHz"), hertz / 1000);
}

/* From two semitones on in semitones. */
static char *
cents (int value)
{
  const char *sign = value < 0 ? "−" : value > 0 ? "+" : "";

  if (ABS (value) < 200)
    /* Translators: hundredths of a semitone: "+7 ct" */
    return g_strdup_printf (_("%s%d ct"), sign, ABS (value));
  /* Translators: semitones: "−12 st" */
  return g_strdup_printf (_("%s%.4g st"), sign, ABS (value) / 100.0);
}

char *
tutti_words_param_value (TuttiParam param, int value)
{
  static const char * const types[] = { N_("Low pass"), N_("Band pass"), N_("High pass") };

  switch (param)
    {
    case TUTTI_PARAM_GAIN: case TUTTI_PARAM_DELAY_SEND: case TUTTI_PARAM_REVERB_SEND:
      return value <= TUTTI_GAIN_MIN_CDB && param != TUTTI_PARAM_GAIN ? g_strdup (C_("send", "Off")) : tutti_words_gain (value);
    case TUTTI_PARAM_PAN:
      return tutti_words_pan (value);
    case TUTTI_PARAM_TUNE:
      return cents (value);
    case TUTTI_PARAM_ATTACK: case TUTTI_PARAM_DECAY: case TUTTI_PARAM_RELEASE:
      return value < 1000 ? g_strdup_printf (_("%d ms"), value) : g_strdup_printf (_("%.1f s"), value / 1000.0);
    case TUTTI_PARAM_CUTOFF:
      return frequency (value);
    case TUTTI_PARAM_FILTER_TYPE:
      return g_strdup (_(types[CLAMP (value, 0, 2)]));
    default:
      return g_strdup_printf (_("%d %%"), (value + 5) / 10);
    }
}

char *
tutti_words_address (guint address)
{
  guint value = address - TUTTI_ADDRESS_EFFECTS;

  if (address < TUTTI_N_PARAMS)
    return g_strdup (tutti_words_param ((TuttiParam) address));
  if (tutti_address_is_patch (address))
    return g_strdup (tutti_words_patch (address - TUTTI_ADDRESS_PATCH));
  /* Translators: the third knob of the effect in the second place of a chain, both numbers from 1 */
  return g_strdup_printf (_("Effect %d, value %d"), value / TUTTI_ADDRESS_SLOT_VALUES + 1, value % TUTTI_ADDRESS_SLOT_VALUES + 1);
}

char *
tutti_words_address_value (guint address, int value)
{
  if (tutti_address_is_patch (address))
    return tutti_words_patch_value (address - TUTTI_ADDRESS_PATCH, value);
  return address < TUTTI_N_PARAMS ? tutti_words_param_value ((TuttiParam) address, value) : g_strdup_printf ("%d", value);
}

char *
tutti_words_initials (const char *name)
{
  g_autofree char *two = g_utf8_substring (name, 0, MIN (2, g_utf8_strlen (name, -1)));

  return g_strdup (two);
}
