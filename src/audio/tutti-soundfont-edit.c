/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-soundfont-edit.h"
#include "tutti-zone.h"

static void
clear_track (const TuttiTrack *track, const char *sound, GPtrArray *ops)
{
  for (guint i = 0; i < track->n_zones; i++)
    g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_ZONE_DELETE, track->id, track->zones[i].id));
  if (tutti_track_has_any_patch (track))
    g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_PATCH_RESET, track->id));
  g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_TRACK_SOUND, track->id, sound));
}

static void
add_numbers (const TuttiSoundFontInstrument *instrument, TuttiId track, GPtrArray *ops)
{
  static const TuttiParam params[] = { TUTTI_PARAM_ATTACK, TUTTI_PARAM_DECAY, TUTTI_PARAM_SUSTAIN, TUTTI_PARAM_RELEASE };

  for (guint i = 0; i < G_N_ELEMENTS (params); i++)
    g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_PARAM, track, TUTTI_N (params[i]), TUTTI_N (instrument->patch.params[params[i]])));
  for (guint i = 0; i < TUTTI_N_PATCH; i++)
    if (instrument->patch.patch_set[i])
      g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_PATCH, track, TUTTI_N (i), TUTTI_N (instrument->patch.patch[i])));
  g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_TRACK_PLAY_MODE, track, TUTTI_N (instrument->play_mode)));
}

void
tutti_soundfont_edit (const TuttiSoundFontInstrument *instrument, const TuttiTrack *track, TuttiId fresh, TuttiColour colour,
                      TuttiSoundFontNewId new_id, gpointer user_data, GPtrArray *ops)
{
  const char *sound = instrument->zones[0].sound;
  TuttiId id = track != NULL ? track->id : fresh;

  if (track != NULL)
    clear_track (track, sound, ops);
  else
    g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_TRACK_ADD, fresh, instrument->name, sound, TUTTI_N (colour)));
  for (guint i = 0; i < instrument->n_zones; i++)
    g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_ZONE, id, new_id (user_data),
                                        tutti_zone_edit_new (&instrument->zones[i], TUTTI_ZONE_WHOLE)));
  add_numbers (instrument, id, ops);
}
