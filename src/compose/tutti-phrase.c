/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-phrase.h"

#include "tutti-note.h"

#define NOTES_MAX 12
#define SIXTEENTH 240
/* The phrase and three bars in which it fades. */
#define STEPS 64

/* Degrees of the scale from the root (of a kit: semitones), sixteenths; a velocity of 0 ends a phrase. */
typedef struct
{
  gint8  degree;
  guint8 at, length, velocity;
} PhraseNote;

static const PhraseNote phrases[TUTTI_N_PHRASES][NOTES_MAX + 1] = {
  [TUTTI_PHRASE_HIT] = { { 0, 0, 4, 112 }, { 0, 6, 2, 60 }, { 0, 8, 4, 100 }, { 0, 14, 2, 76 } },
  [TUTTI_PHRASE_LONG] = { { 0, 0, 16, 104 } },
  [TUTTI_PHRASE_BASS] = { { 0, 0, 3, 112 }, { 0, 3, 2, 88 }, { 4, 6, 2, 96 }, { 7, 8, 2, 104 }, { 0, 11, 1, 84 }, { 6, 12, 2, 100 },
                          { 4, 14, 2, 92 } },
  [TUTTI_PHRASE_ACID] = { { 0, 0, 1, 120 }, { 0, 2, 1, 84 }, { 7, 3, 2, 100 }, { 0, 5, 1, 84 }, { 2, 6, 1, 96 }, { 0, 8, 1, 124 },
                          { 4, 10, 1, 90 }, { 0, 11, 2, 84 }, { 7, 13, 1, 118 }, { 6, 14, 2, 96 } },
  [TUTTI_PHRASE_MELODY] = { { 4, 0, 2, 104 }, { 3, 2, 1, 88 }, { 2, 3, 3, 96 }, { 0, 6, 2, 92 }, { 2, 8, 2, 96 }, { 4, 10, 2, 100 },
                            { 7, 12, 4, 110 } },
  [TUTTI_PHRASE_CHORDS] = { { 0, 0, 7, 96 }, { 2, 0, 7, 90 }, { 4, 0, 7, 92 }, { -2, 8, 8, 98 }, { 0, 8, 8, 90 }, { 2, 8, 8, 92 } },
  [TUTTI_PHRASE_ARPEGGIO] = { { 0, 0, 2, 108 }, { 2, 2, 2, 92 }, { 4, 4, 2, 96 }, { 7, 6, 2, 104 }, { 9, 8, 2, 100 }, { 7, 10, 2, 92 },
                              { 4, 12, 2, 88 }, { 2, 14, 2, 84 } },
  [TUTTI_PHRASE_KIT] = { { 0, 0, 2, 116 }, { 6, 0, 1, 92 }, { 6, 2, 1, 70 }, { 2, 4, 2, 108 }, { 6, 6, 1, 84 }, { 0, 7, 1, 90 },
                         { 0, 8, 2, 112 }, { 10, 10, 2, 88 }, { 2, 12, 2, 112 }, { 13, 15, 1, 96 } },
};

static void
apply (TuttiJam *jam, TuttiOp *op)
{
  static const TuttiStamp first = { 1, 0, 0 };

  tutti_jam_apply (jam, op, &first, NULL, NULL);
  tutti_op_free (op);
}

/* The key @degree steps of the scale above @root, or below. */
static int
key_of (const TuttiJam *jam, int root, int degree)
{
  int key = tutti_jam_snap_to_scale (jam, root + (jam->key > 6 ? jam->key - 12 : jam->key), 0);

  for (int i = 0; i < ABS (degree); i++)
    key = tutti_jam_snap_to_scale (jam, key, degree > 0 ? 1 : -1);
  return CLAMP (key, 0, 127);
}

static TuttiNotes *
make_notes (const TuttiJam *jam, TuttiPhrase which, int root, guint32 *counter)
{
  const PhraseNote *phrase = phrases[which];
  guint n = 0;
  TuttiNotes *notes;

  while (phrase[n].velocity > 0)
    n++;
  notes = tutti_notes_new (n);
  for (guint i = 0; i < n; i++)
    {
      int key = which == TUTTI_PHRASE_KIT ? root + phrase[i].degree : key_of (jam, root, phrase[i].degree);

      notes->edit[i] = (TuttiNoteEdit) { { tutti_id (1, ++*counter), phrase[i].at * SIXTEENTH, phrase[i].length * SIXTEENTH,
                                           (guint8) key, phrase[i].velocity }, TUTTI_NOTE_WHOLE };
    }
  return notes;
}

/* Without a scale, one that chords can be made of. */
static void
take_over (TuttiJam *made, const TuttiJam *jam)
{
  int scale = jam->scale == TUTTI_SCALE_CHROMATIC ? TUTTI_SCALE_MINOR : jam->scale;

  apply (made, tutti_op_new (TUTTI_OP_TEMPO, TUTTI_N (jam->transport.anchor.tempo_cbpm)));
  apply (made, tutti_op_new (TUTTI_OP_JAM_KEY, TUTTI_N (jam->key), TUTTI_N (scale)));
}

TuttiJam *
tutti_phrase_jam (TuttiPhrase phrase, const TuttiJam *jam, const TuttiTrack *track, const char *sound, int root)
{
  const TuttiId own = tutti_id (1, 1), scene = tutti_id (1, 2), clip = tutti_id (1, 3);
  TuttiJam *made = tutti_jam_new ();
  guint32 counter = 3;

  take_over (made, jam);
  apply (made, tutti_op_new (TUTTI_OP_SCENE_ADD, scene, "1", TUTTI_N (0)));
  apply (made, tutti_op_new (TUTTI_OP_TRACK_ADD, own, "1", sound, TUTTI_N (TUTTI_COLOUR_CHERRY)));
  for (guint i = 0; track != NULL && i < TUTTI_N_PARAMS; i++)
    apply (made, tutti_op_new (TUTTI_OP_PARAM, own, TUTTI_N (i), TUTTI_N (track->params[i])));
  apply (made, tutti_op_new (TUTTI_OP_CLIP_ADD_NOTES, clip, own, scene, ""));
  apply (made, tutti_op_new (TUTTI_OP_CLIP_LENGTH, clip, TUTTI_N (STEPS)));
  apply (made, tutti_op_new (TUTTI_OP_NOTES, clip, make_notes (made, phrase, root, &counter)));
  apply (made, tutti_op_new (TUTTI_OP_LAUNCH, own, clip, TUTTI_N (TUTTI_QUANTUM_NOW)));
  return made;
}
