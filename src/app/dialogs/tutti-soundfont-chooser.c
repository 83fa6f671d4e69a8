/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-soundfont-chooser.h"

#include "tutti-ask.h"
#include "tutti-audition-preset.h"
#include "tutti-audition.h"
#include "tutti-chooser.h"
#include "tutti-soundfont-import.h"

#include <glib/gi18n.h>

/* Lives while its window or something asynchronous does. */
typedef struct
{
  gatomicrefcount refs;
  GWeakRef        page;
  TuttiSession   *session;     /* owned */
  TuttiAudition  *audition;    /* owned; NULL while there is no window */
  TuttiSoundFont *font;        /* owned; NULL until it is read */
  GCancellable   *cancellable; /* owned */
  TuttiId         track;       /* none: a new one */
  TuttiChooser   *window;      /* NULL: not open, or closed again */

  /* One preset at a time is made, to be listened to or to be taken. */
  int                       preset;        /* −1 none */
  GCancellable             *making;        /* owned; NULL: nothing is under way */
  TuttiSoundFontInstrument *instrument;    /* owned; what was made of @preset, NULL: not yet */
  gboolean                  taken;         /* it is wanted */
} Choice;

static void
choice_unref (gpointer data)
{
  Choice *self = data;

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_weak_ref_clear (&self->page);
  g_clear_pointer (&self->font, tutti_soundfont_unref);
  g_clear_pointer (&self->instrument, tutti_soundfont_instrument_free);
  g_clear_object (&self->making);
  g_object_unref (self->cancellable);
  g_object_unref (self->session);
  g_free (self);
}

static Choice *
choice_ref (Choice *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

gboolean
tutti_soundfont_is_file (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return tutti_soundfont_is_name (name);
}

/* ---- words ---- */

static const char *
words_of_refusal (TuttiModelError code)
{
  switch (code)
    {
    case TUTTI_MODEL_ERROR_LIMIT: return _("There is no room for these sounds in this jam");
    case TUTTI_MODEL_ERROR_MISSING: return _("This track is gone");
    case TUTTI_MODEL_ERROR_NOT_ALLOWED: return _("You may not change this here");
    case TUTTI_MODEL_ERROR_BUSY: return _("That was too much at once. Try again in a moment.");
    case TUTTI_MODEL_ERROR_NOT_KEPT: return _("The host cannot keep this now");
    case TUTTI_MODEL_ERROR_EXISTS:
    case TUTTI_MODEL_ERROR_INVALID:
    default: return _("The jam did not take this instrument");
    }
}

static const char *
words_of (const GError *error)
{
  if (error->domain == TUTTI_MODEL_ERROR)
    return words_of_refusal ((TuttiModelError) error->code);
  if (error->domain != TUTTI_SOUND_ERROR)
    return _("The sounds could not be brought to everyone");
  switch ((TuttiSoundError) error->code)
    {
    case TUTTI_SOUND_ERROR_TOO_LARGE: return _("This SoundFont is too large");
    case TUTTI_SOUND_ERROR_TOO_LONG: return _("The sounds of this preset are too long");
    case TUTTI_SOUND_ERROR_EMPTY: return _("There is no sound in this SoundFont");
    case TUTTI_SOUND_ERROR_DAMAGED: return _("This SoundFont is damaged");
    case TUTTI_SOUND_ERROR_NOT_AUDIO:
    case TUTTI_SOUND_ERROR_UNSUPPORTED: return _("This file is not a SoundFont Tutti can read");
    case TUTTI_SOUND_ERROR_MISSING:
    case TUTTI_SOUND_ERROR_FAILED:
    default: return _("The sounds could not be kept on this computer");
    }
}

static void
say (Choice *self, const char *words)
{
  g_autoptr(GtkWidget) page = g_weak_ref_get (&self->page);

  if (page != NULL)
    tutti_say (page, words);
}

static void
say_error (Choice *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  say (self, words_of (error));
  g_info ("No SoundFont: %s", error->message);
}

static void
say_added (Choice *self, const char *name, guint n_left_out)
{
  g_autofree char *words = NULL;

  /* Translators: %s is the name of an instrument; a zone is a sound for some keys */
  words = n_left_out == 0 ? g_strdup_printf (_("Added “%s” for everyone"), name) :
          g_strdup_printf (ngettext ("Added “%s” for everyone, without %u of its zones: a track has no room for it",
                                     "Added “%s” for everyone, without %u of its zones: a track has no room for them", n_left_out),
                           name, n_left_out);
  say (self, words);
}

/* ---- taking ---- */

static void
show_busy (Choice *self, gboolean busy)
{
  if (self->window == NULL)
    return;
  tutti_chooser_set_open (self->window, !busy);
  tutti_chooser_show_progress (self->window, busy ? 0 : -1, busy ? _("Making the sounds") : NULL);
}

static void
on_brought (GObject *session, GAsyncResult *result, gpointer user_data)
{
  Choice *self = user_data;
  g_autoptr(GError) error = NULL;
  guint n_left_out;

  self->taken = FALSE;
  if (!tutti_session_bring_soundfont_finish (TUTTI_SESSION (session), result, &n_left_out, &error))
    {
      say_error (self, error);
      show_busy (self, FALSE);
    }
  else
    {
      say_added (self, self->instrument->name, n_left_out);
      if (self->window != NULL)
        gtk_window_destroy (GTK_WINDOW (self->window));
    }
  choice_unref (self);
}

static void
bring (Choice *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  TuttiColour colour = (TuttiColour) (jam != NULL ? jam->n_tracks % TUTTI_N_COLOURS : 0);
  TuttiId fresh = tutti_id_is_none (self->track) ? tutti_session_new_id (self->session) : tutti_id (0, 0);

  tutti_session_bring_soundfont_async (self->session, self->instrument, self->track, fresh, colour, self->cancellable, on_brought,
                                       choice_ref (self));
}

/* ---- making ---- */

static void
listen (Choice *self)
{
  if (self->audition != NULL)
    tutti_audition_play_preset (self->audition, self->track, self->instrument,
                                tutti_audition_preset_phrase (tutti_soundfont_get_preset (self->font, (guint) self->preset)));
}

/* Lives until it is made, or is known not to be. */
typedef struct
{
  Choice       *choice;        /* owned */
  GCancellable *cancellable;   /* owned */
} Making;

static void
on_progress (double fraction, gpointer user_data)
{
  Making *making = user_data;
  Choice *self = making->choice;

  /* One that was given up may still tell where it is. */
  if (self->window != NULL && self->making == making->cancellable)
    tutti_chooser_show_progress (self->window, fraction, NULL);
}

/* What was wanted of it, once it is there or cannot be: taking @made, or hearing it. */
static void
go_on (Choice *self, TuttiSoundFontInstrument *made, const GError *error)
{
  g_clear_object (&self->making);
  self->instrument = made;
  if (made != NULL && self->taken)
    {
      bring (self);
      return;
    }
  self->taken = FALSE;
  show_busy (self, FALSE);
  if (made != NULL)
    listen (self);
  else
    say_error (self, error);
}

static void
on_made (GObject *session, GAsyncResult *result, gpointer user_data)
{
  Making *making = user_data;
  Choice *self = making->choice;
  g_autoptr(GError) error = NULL;
  TuttiSoundFontInstrument *made = tutti_session_make_soundfont_finish (TUTTI_SESSION (session), result, &error);

  /* Cancelled: another is made by now, or the window is closed. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    g_clear_pointer (&made, tutti_soundfont_instrument_free);
  else
    go_on (self, made, error);
  g_object_unref (making->cancellable);
  g_free (making);
  choice_unref (self);
}

static void
stop_making (Choice *self)
{
  if (self->making != NULL)
    g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
}

static void
make (Choice *self, guint preset)
{
  Making *making = g_new0 (Making, 1);

  stop_making (self);
  g_clear_pointer (&self->instrument, tutti_soundfont_instrument_free);
  self->preset = (int) preset;
  self->making = g_cancellable_new ();
  making->choice = choice_ref (self);
  making->cancellable = g_object_ref (self->making);
  tutti_chooser_show_progress (self->window, 0, _("Making the sounds"));
  tutti_session_make_soundfont_async (self->session, self->font, preset, on_progress, making, self->making, on_made, making);
}

/* ---- choosing ---- */

/* Heard here only. */
static void
on_picked (TuttiChooser *window, guint row, Choice *self)
{
  tutti_audition_stop (self->audition);
  if (self->preset != (int) row || (self->instrument == NULL && self->making == NULL))
    make (self, row);
  else if (self->instrument != NULL)
    listen (self);
}

static void
on_taken (TuttiChooser *window, guint row, Choice *self)
{
  if (self->taken || tutti_session_get_jam (self->session) == NULL)
    return;
  tutti_audition_stop (self->audition);
  self->taken = TRUE;
  if (self->preset != (int) row || (self->instrument == NULL && self->making == NULL))
    make (self, row);
  show_busy (self, TRUE);
  if (self->instrument != NULL)
    bring (self);
}

static void
add_preset (Choice *self, const TuttiSoundFontPreset *preset)
{
  /* Translators: a preset of a SoundFont: bank and program, number of its zones (sounds for some keys) */
  g_autofree char *side = g_strdup_printf (ngettext ("%u:%u · %u zone", "%u:%u · %u zones", preset->n_regions), preset->bank,
                                           preset->program, preset->n_regions);
  g_autofree char *number = g_strdup_printf ("%u:%u", preset->bank, preset->program);
  TuttiChooserRow row = { .name = preset->name, .side = side, .search = number };

  tutti_chooser_add (self->window, &row);
}

static void
on_destroy (GtkWidget *window, Choice *self)
{
  self->window = NULL;
  g_clear_pointer (&self->audition, tutti_audition_free);
  stop_making (self);
  g_cancellable_cancel (self->cancellable);
}

static void
present (Choice *self, GtkWidget *page)
{
  self->window = tutti_chooser_new (page, _("Presets of the SoundFont"), tutti_id_is_none (self->track) ? _("Add Track") : _("Use"),
                                    _("Search presets"));
  self->audition = tutti_audition_new (self->session);
  g_object_set_data_full (G_OBJECT (self->window), "tutti-choice", choice_ref (self), choice_unref);
  for (guint i = 0; i < tutti_soundfont_get_n_presets (self->font); i++)
    add_preset (self, tutti_soundfont_get_preset (self->font, i));
  g_signal_connect (self->window, "destroy", G_CALLBACK (on_destroy), self);
  g_signal_connect (self->window, "picked", G_CALLBACK (on_picked), self);
  g_signal_connect (self->window, "taken", G_CALLBACK (on_taken), self);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
on_loaded (GObject *nothing, GAsyncResult *result, gpointer user_data)
{
  Choice *self = user_data;
  g_autoptr(GtkWidget) page = g_weak_ref_get (&self->page);
  g_autoptr(GError) error = NULL;

  self->font = tutti_soundfont_load_finish (result, &error);
  if (self->font == NULL)
    say_error (self, error);
  else if (page != NULL && gtk_widget_get_root (page) != NULL)
    present (self, page);
  choice_unref (self);
}

void
tutti_soundfont_chooser_open (GtkWidget *page, TuttiSession *session, GFile *file, TuttiId track)
{
  Choice *self = g_new0 (Choice, 1);

  g_atomic_ref_count_init (&self->refs);
  g_weak_ref_init (&self->page, page);
  self->session = g_object_ref (session);
  self->cancellable = g_cancellable_new ();
  self->track = track;
  self->preset = -1;
  tutti_soundfont_load_async (file, self->cancellable, on_loaded, self);
}
