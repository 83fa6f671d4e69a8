/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of effects as knobs stand for them, as people read and type them, and as steps lock them. */
#include "tutti-effect-scale.h"
#include "tutti-effect-words.h"
#include "tutti-lock-words.h"
#include "tutti-op-words.h"
#include "tutti-session-fake.h"

#include <math.h>

/* Every value of every kind: a knob that is turned there and read says it again, to the width of one of its steps. */
static void
test_scale (void)
{
  for (int kind = 0; kind < TUTTI_N_EFFECTS; kind++)
    for (guint index = 0; index < tutti_effect_count_values (kind); index++)
      {
        const TuttiEffectValueSpec *spec = tutti_effect_value_spec (kind, index);
        TuttiKnobScale scale = tutti_effect_scale (kind, index);
        double last = -INFINITY;

        for (int value = spec->min; value <= spec->max; value++)
          {
            double knob = tutti_effect_scale_to_knob (kind, index, value);

            g_assert_cmpfloat (knob, >, last);
            g_assert_cmpfloat (knob, >=, scale.low);
            g_assert_cmpfloat (knob, <=, scale.high);
            last = knob;
            if (!g_str_equal (spec->unit, "1/960 quarter"))
              g_assert_cmpint (tutti_effect_scale_from_knob (kind, index, knob), ==, value);
          }
        g_assert_cmpint (tutti_effect_scale_from_knob (kind, index, scale.initial), ==, spec->initial);
        g_assert_cmpint (tutti_effect_scale_from_knob (kind, index, scale.low), ==, spec->min);
        g_assert_cmpint (tutti_effect_scale_from_knob (kind, index, scale.high), ==, spec->max);
        g_assert_cmpfloat (scale.origin, >=, scale.low);
        g_assert_cmpfloat (scale.origin, <=, scale.high);
      }
}

/* What is read can be typed. */
static void
test_typed (void)
{
  for (int kind = 0; kind < TUTTI_N_EFFECTS; kind++)
    for (guint index = 0; index < tutti_effect_count_values (kind); index++)
      {
        const TuttiEffectValueSpec *spec = tutti_effect_value_spec (kind, index);

        for (int value = spec->min; value <= spec->max; value++)
          {
            g_autofree char *words = tutti_words_effect_value (kind, index, value), *again = NULL;
            int typed = G_MININT;

            g_assert_true (tutti_effect_scale_parse (kind, index, words, &typed));
            again = tutti_words_effect_value (kind, index, typed);
            /* Words round: frequencies to two digits, levels and beats to tenths and hundredths. */
            if (ABS (typed - value) > 8)
              g_assert_cmpstr (again, ==, words);
          }
      }
}

typedef struct
{
  TuttiEffectKind kind;
  guint           index;
  const char     *text;
  int             value;       /* G_MININT: it says nothing */
} Typed;

static const Typed typed[] = {
  { TUTTI_EFFECT_EQ, 0, "-6", -600 },
  { TUTTI_EFFECT_EQ, 0, " +3,5 dB ", 350 },
  { TUTTI_EFFECT_EQ, 0, "99", 1800 },
  { TUTTI_EFFECT_EQ, 3, "off", 0 },
  { TUTTI_EFFECT_EQ, 5, "1k", 566 },
  { TUTTI_EFFECT_EQ, 5, "1 kHz", 566 },
  { TUTTI_EFFECT_EQ, 5, "1000", 566 },
  { TUTTI_EFFECT_COMPRESSOR, 1, "4", 400 },
  { TUTTI_EFFECT_COMPRESSOR, 1, "4:1", 400 },
  { TUTTI_EFFECT_COMPRESSOR, 3, "0.2 s", 200 },
  { TUTTI_EFFECT_DELAY, 0, "3/16", 720 },
  { TUTTI_EFFECT_DELAY, 0, "1 bar", 3840 },
  { TUTTI_EFFECT_DELAY, 0, "1 beat", 960 },
  { TUTTI_EFFECT_REVERB, 5, "60 %", 600 },
  { TUTTI_EFFECT_WIDTH, 1, "20 L", -200 },
  { TUTTI_EFFECT_FILTER, 0, "high pass", 2 },
  { TUTTI_EFFECT_EQ, 0, "", G_MININT },
  { TUTTI_EFFECT_EQ, 0, "loud", G_MININT },
  { TUTTI_EFFECT_EQ, 0, "nan", G_MININT },
  { TUTTI_EFFECT_REVERB, 0, "inf", G_MININT },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      int value = G_MININT;
      gboolean said = tutti_effect_scale_parse (typed[i].kind, typed[i].index, typed[i].text, &value);

      g_test_message ("“%s”", typed[i].text);
      g_assert_true (said == (typed[i].value != G_MININT));
      g_assert_cmpint (value, ==, typed[i].value);
    }
}

/* A step's lock speaks as the effect that it is of, in the inspector and in the history; without the effect it still says something. */
static void
test_locks (void)
{
  g_autoptr(TuttiSession) session = tutti_session_fake_new ();
  TuttiId effect;
  g_autofree char *what = NULL, *told = NULL;

  tutti_session_fake_fill (session);
  const TuttiTrack *track = tutti_session_get_jam (session)->tracks[1];
  TuttiId clip = track->clips[0]->id;

  effect = tutti_session_new_id (session);
  g_assert_true (tutti_session_submit (session, tutti_op_new (TUTTI_OP_EFFECT_ADD, effect, track->id, TUTTI_N (TUTTI_EFFECT_REVERB),
                                                              TUTTI_N (0)), NULL));
  track = tutti_session_get_jam (session)->tracks[1];
  guint address = tutti_address_of_effect (track->effects[0].slot, 5);
  g_autofree char *name = tutti_words_lock_name (track, address), *value = tutti_words_lock_value (track, address, 600);
  g_autoptr(TuttiOp) lock = tutti_op_new (TUTTI_OP_STEP_LOCK, clip, TUTTI_N (0), TUTTI_N (address), TUTTI_N (600));

  g_assert_cmpstr (name, ==, "Reverb · Mix");
  g_assert_cmpstr (value, ==, "60 %");
  tutti_op_words (tutti_session_get_jam (session), lock, &what, &told);
  g_assert_cmpstr (told, ==, "Reverb · Mix 60 %");
  g_assert_true (tutti_session_submit (session, tutti_op_new (TUTTI_OP_EFFECT_DELETE, effect), NULL));
  g_autofree char *gone = tutti_words_lock_name (tutti_session_get_jam (session)->tracks[1], address);

  g_assert_cmpstr (gone, ==, "Effect 1, value 6");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/effect-words/scale", test_scale);
  g_test_add_func ("/effect-words/typed", test_typed);
  g_test_add_func ("/effect-words/parse", test_parse);
  g_test_add_func ("/effect-words/locks", test_locks);
  return g_test_run ();
}
