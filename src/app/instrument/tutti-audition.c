/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-audition.h"

#include "tutti-audition-preset.h"
#include "tutti-numbers.h"
#include "tutti-sounds.h"
#include "tutti-step-edit.h"

/* After the last note, for what rings on. */
#define REST_MS 2500

struct _TuttiAudition
{
  TuttiSession *session;       /* owned */
  gboolean      trying;        /* something of ours is heard */
  gboolean      phrase;        /* … that is not in the jam's time */
  guint         end;           /* timeout */
};

TuttiPhrase
tutti_audition_phrase (const char *sound)
{
  static const TuttiPhrase phrases[TUTTI_N_SOUND_GROUPS] = {
    [TUTTI_SOUNDS_BASS] = TUTTI_PHRASE_BASS, [TUTTI_SOUNDS_ACID] = TUTTI_PHRASE_ACID, [TUTTI_SOUNDS_SYNTH] = TUTTI_PHRASE_MELODY,
    [TUTTI_SOUNDS_LEAD] = TUTTI_PHRASE_MELODY, [TUTTI_SOUNDS_KEYS] = TUTTI_PHRASE_CHORDS, [TUTTI_SOUNDS_PAD] = TUTTI_PHRASE_CHORDS,
    [TUTTI_SOUNDS_PLUCK] = TUTTI_PHRASE_ARPEGGIO, [TUTTI_SOUNDS_BELL] = TUTTI_PHRASE_ARPEGGIO,
    [TUTTI_SOUNDS_BRASS] = TUTTI_PHRASE_CHORDS, [TUTTI_SOUNDS_STRINGS] = TUTTI_PHRASE_CHORDS,
    [TUTTI_SOUNDS_ORGAN] = TUTTI_PHRASE_CHORDS, [TUTTI_SOUNDS_EFFECT] = TUTTI_PHRASE_LONG,
  };
  const TuttiSoundInfo *info = tutti_sound_info (sound);

  return info != NULL ? phrases[info->group] : TUTTI_PHRASE_HIT;
}

void
tutti_audition_stop (TuttiAudition *self)
{
  g_clear_handle_id (&self->end, g_source_remove);
  if (self->trying)
    tutti_session_stop_trying (self->session);
  self->trying = self->phrase = FALSE;
}

static gboolean
on_end (gpointer user_data)
{
  TuttiAudition *self = user_data;

  self->end = 0;
  tutti_audition_stop (self);
  return G_SOURCE_REMOVE;
}

static void
play_phrase (TuttiAudition *self, const TuttiJam *phrase)
{
  gint64 ms = TUTTI_PHRASE_TICKS * G_GINT64_CONSTANT (6000000) /
              (TUTTI_TICKS_PER_QUARTER * (gint64) phrase->transport.anchor.tempo_cbpm);

  self->trying = self->phrase = tutti_session_try_jam (self->session, phrase);
  if (self->trying)
    self->end = g_timeout_add ((guint) ms + REST_MS, on_end, self);
}

void
tutti_audition_play (TuttiAudition *self, TuttiId id, const char *sound)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  const TuttiTrack *track = jam != NULL ? tutti_jam_track (jam, id, NULL) : NULL;
  g_autoptr(TuttiJam) phrase = NULL;
  g_autoptr(TuttiOp) op = NULL;

  tutti_audition_stop (self);
  if (jam != NULL && !jam->transport.playing)
    {
      phrase = tutti_phrase_jam (tutti_audition_phrase (sound), jam, track, sound, tutti_sound_root (sound));
      play_phrase (self, phrase);
    }
  else if (track != NULL)
    {
      op = tutti_op_new (TUTTI_OP_TRACK_SOUND, track->id, sound);
      self->trying = tutti_session_try (self->session, op);
    }
  /* A moment is heard, or there is no track to hear it on. */
  if (!self->trying)
    tutti_session_audition (self->session, sound, 0, TUTTI_STEP_NORMAL);
}

void
tutti_audition_play_preset (TuttiAudition *self, TuttiId id, const TuttiSoundFontInstrument *instrument, TuttiPhrase phrase)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  const TuttiTrack *track = jam != NULL ? tutti_jam_track (jam, id, NULL) : NULL;
  g_autoptr(TuttiJam) made = NULL;
  g_autoptr(TuttiOp) op = NULL;

  tutti_audition_stop (self);
  if (jam != NULL && !jam->transport.playing)
    {
      made = tutti_audition_preset_jam (instrument, phrase, jam, track);
      play_phrase (self, made);
    }
  else if (track != NULL)
    {
      op = tutti_audition_preset_op (instrument, track, self->session);
      self->trying = tutti_session_try (self->session, op);
    }
  if (!self->trying)
    tutti_audition_preset_hit (instrument, phrase, self->session);
}

/* Whoever starts the jam wants to hear it. */
static void
on_changed (TuttiSession *session, const TuttiTarget *what, guint by, TuttiAudition *self)
{
  const TuttiJam *jam = tutti_session_get_jam (session);

  if (self->phrase && jam != NULL && jam->transport.playing)
    tutti_audition_stop (self);
}

TuttiAudition *
tutti_audition_new (TuttiSession *session)
{
  TuttiAudition *self = g_new0 (TuttiAudition, 1);

  self->session = g_object_ref (session);
  g_signal_connect (session, "changed", G_CALLBACK (on_changed), self);
  return self;
}

void
tutti_audition_free (TuttiAudition *self)
{
  tutti_audition_stop (self);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_object_unref (self->session);
  g_free (self);
}
