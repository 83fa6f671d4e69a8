/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-harmony-words.h"

#include <glib/gi18n.h>

static const char * const names[TUTTI_N_HARMONIES] = {
  [TUTTI_HARMONY_MAJOR] = N_("Major"), [TUTTI_HARMONY_MINOR] = N_("Minor"), [TUTTI_HARMONY_SEVENTH] = N_("Seventh"),
  [TUTTI_HARMONY_MAJOR_SEVENTH] = N_("Major Seventh"), [TUTTI_HARMONY_MINOR_SEVENTH] = N_("Minor Seventh"),
  [TUTTI_HARMONY_SUS_2] = N_("Sus 2"), [TUTTI_HARMONY_SUS_4] = N_("Sus 4"), [TUTTI_HARMONY_DIMINISHED] = N_("Diminished"),
  [TUTTI_HARMONY_HALF_DIMINISHED] = N_("Half Diminished"), [TUTTI_HARMONY_AUGMENTED] = N_("Augmented"),
  [TUTTI_HARMONY_SIXTH] = N_("Sixth"), [TUTTI_HARMONY_MINOR_SIXTH] = N_("Minor Sixth"), [TUTTI_HARMONY_POWER] = N_("Power"),
};

const char *
tutti_words_harmony (TuttiHarmony quality)
{
  return _(names[quality]);
}
