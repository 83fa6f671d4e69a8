/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-audition-preset.h"

#include "tutti-soundfont-edit.h"

#define HIT_VELOCITY 100

/* Of eight programs each. */
static const TuttiPhrase families[16] = {
  TUTTI_PHRASE_CHORDS,   TUTTI_PHRASE_ARPEGGIO, TUTTI_PHRASE_CHORDS, TUTTI_PHRASE_ARPEGGIO,  /* piano, bells, organ, guitar */
  TUTTI_PHRASE_BASS,     TUTTI_PHRASE_CHORDS,   TUTTI_PHRASE_CHORDS, TUTTI_PHRASE_CHORDS,    /* bass, strings, ensemble, brass */
  TUTTI_PHRASE_MELODY,   TUTTI_PHRASE_MELODY,   TUTTI_PHRASE_MELODY, TUTTI_PHRASE_CHORDS,    /* reed, pipe, lead, pad */
  TUTTI_PHRASE_LONG,     TUTTI_PHRASE_MELODY,   TUTTI_PHRASE_HIT,    TUTTI_PHRASE_LONG,      /* effects, folk, percussion, noises */
};

TuttiPhrase
tutti_audition_preset_phrase (const TuttiSoundFontPreset *preset)
{
  return preset->bank == TUTTI_SOUNDFONT_KITS ? TUTTI_PHRASE_KIT : families[preset->program / 8 % G_N_ELEMENTS (families)];
}

/* Where the phrase begins: the bass drum of a kit, the low E of a bass, the middle. */
static int
root_of (TuttiPhrase phrase)
{
  return phrase == TUTTI_PHRASE_KIT ? 36 : phrase == TUTTI_PHRASE_BASS ? 40 : 60;
}

/* Its sounds first: a document plays none that it does not know. (transfer full) */
static GPtrArray *
ops_of (const TuttiSoundFontInstrument *instrument, const TuttiTrack *track, TuttiSoundFontNewId new_id, gpointer user_data)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);

  for (guint i = 0; i < instrument->sounds->len; i++)
    {
      const TuttiSoundInfo *info = instrument->sounds->pdata[i];

      g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_SOUND_ADD, info->hash, info->name, TUTTI_N (info->n_frames),
                                          TUTTI_N (info->n_channels)));
    }
  tutti_soundfont_edit (instrument, track, tutti_id (0, 0), TUTTI_COLOUR_CHERRY, new_id, user_data, ops);
  return ops;
}

static TuttiId
id_of_session (gpointer session)
{
  return tutti_session_new_id (session);
}

TuttiOp *
tutti_audition_preset_op (const TuttiSoundFontInstrument *instrument, const TuttiTrack *track, TuttiSession *session)
{
  g_autoptr(GPtrArray) ops = ops_of (instrument, track, id_of_session, session);
  TuttiOp *group = tutti_op_group_new ();

  while (ops->len > 0)
    tutti_op_group_add (group, g_ptr_array_steal_index (ops, 0));
  return group;
}

/* Other ids than those of the phrase. */
static TuttiId
id_of_phrase (gpointer counter)
{
  return tutti_id (2, ++*(guint32 *) counter);
}

TuttiJam *
tutti_audition_preset_jam (const TuttiSoundFontInstrument *instrument, TuttiPhrase phrase, const TuttiJam *jam, const TuttiTrack *track)
{
  static const TuttiStamp first = { 1, 0, 0 };
  TuttiJam *made = tutti_phrase_jam (phrase, jam, track, "kit:felt-keys", root_of (phrase));
  guint32 counter = 0;
  g_autoptr(GPtrArray) ops = ops_of (instrument, made->tracks[0], id_of_phrase, &counter);

  for (guint i = 0; i < ops->len; i++)
    tutti_jam_apply (made, ops->pdata[i], &first, NULL, NULL);
  return made;
}

void
tutti_audition_preset_hit (const TuttiSoundFontInstrument *instrument, TuttiPhrase phrase, TuttiSession *session)
{
  int key = root_of (phrase);
  const TuttiZone *zone = &instrument->zones[0];

  for (guint i = 0; i < instrument->n_zones; i++)
    {
      const TuttiZone *each = &instrument->zones[i];

      if (each->key_low <= key && key <= each->key_high && each->velocity_low <= HIT_VELOCITY && HIT_VELOCITY <= each->velocity_high)
        zone = each;
    }
  tutti_session_audition (session, zone->sound, CLAMP (key, zone->key_low, zone->key_high) - zone->root, HIT_VELOCITY);
}
