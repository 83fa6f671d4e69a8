/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Operations on what a track has: steps, notes, chords, its values and its effects. */
#include "tutti-op-words-private.h"

#include "tutti-effect-words.h"
#include "tutti-harmony.h"
#include "tutti-lock-words.h"
#include "tutti-patch-words.h"
#include "tutti-sounds.h"
#include "tutti-words.h"

#include <glib/gi18n.h>

/* ---- steps, notes, chords ---- */

static char *
step_value (const TuttiJam *jam, const TuttiOp *op)
{
  switch ((int) op->kind)
    {
    case TUTTI_OP_STEP:
      return NUMBER (2) == 0 ? g_strdup (C_("step", "off")) : g_strdup_printf (_("on, velocity %d"), NUMBER (2));
    case TUTTI_OP_STEP_PITCH:
      return g_strdup_printf (ngettext ("%+d semitone", "%+d semitones", (gulong) ABS (NUMBER (2))), NUMBER (2));
    case TUTTI_OP_STEP_LENGTH:
      return g_strdup_printf (ngettext ("%d step long", "%d steps long", (gulong) NUMBER (2)), NUMBER (2));
    case TUTTI_OP_STEP_CHANCE:
      return g_strdup_printf (_("chance %d percent"), NUMBER (2));
    case TUTTI_OP_STEP_EVERY:
      return tutti_words_every (NUMBER (2), NUMBER (3));
    case TUTTI_OP_STEP_RATCHET:
      return g_strdup_printf (ngettext ("%d hit", "%d hits", (gulong) NUMBER (2)), NUMBER (2));
    case TUTTI_OP_STEP_MICRO:
      return g_strdup_printf (NUMBER (2) >= 0 ? _("%d ticks late") : _("%d ticks early"), ABS (NUMBER (2)));
    case TUTTI_OP_STEP_ACCENT:
      return g_strdup (NUMBER (2) != 0 ? _("accent") : _("no accent"));
    case TUTTI_OP_STEP_TIE:
      return g_strdup (NUMBER (2) != 0 ? _("tied") : _("not tied"));
    case TUTTI_OP_STEP_SLIDE:
      return g_strdup (NUMBER (2) != 0 ? _("slide") : _("no slide"));
    case TUTTI_OP_STEP_UNLOCK:
      {
        g_autofree char *name = tutti_words_lock_name (tutti_words_track_of (jam, op->arg[0].id), (guint) NUMBER (2));

        return tutti_words_about (_("%s as the track has it"), name);
      }
    case TUTTI_OP_STEP_LOCK:
    default:
      {
        const TuttiTrack *track = tutti_words_track_of (jam, op->arg[0].id);
        g_autofree char *name = tutti_words_lock_name (track, (guint) NUMBER (2));
        g_autofree char *amount = tutti_words_lock_value (track, (guint) NUMBER (2), NUMBER (3));

        return g_strdup_printf ("%s %s", name, amount);
      }
    }
}

void
tutti_op_words_step (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  const char *name = tutti_words_track_name (jam, op->arg[0].id);

  if (op->kind == TUTTI_OP_STEPS)
    {
      guint n = op->arg[2].steps->n;

      *what = tutti_words_about (_("Pattern of %s"), name);
      *value = g_strdup_printf (ngettext ("%u step changed", "%u steps changed", n), n);
      return;
    }
  *what = g_strdup_printf (_("%s, step %d"), name, NUMBER (1) + 1);
  *value = step_value (jam, op);
}

static char *
note_value (const TuttiNotes *notes)
{
  guint all = 0, gone = 0, made = 0;

  for (guint i = 0; i < notes->n; i++)
    {
      all |= notes->edit[i].fields;
      gone += notes->edit[i].fields == TUTTI_NOTE_GONE;
      made += notes->edit[i].fields == TUTTI_NOTE_WHOLE;
    }
  if (made == notes->n)
    return g_strdup_printf (ngettext ("%u note added", "%u notes added", made), made);
  if (gone == notes->n)
    return g_strdup_printf (ngettext ("%u note deleted", "%u notes deleted", gone), gone);
  if (all == TUTTI_NOTE_VELOCITY)
    return g_strdup_printf (ngettext ("velocity of %u note", "velocity of %u notes", notes->n), notes->n);
  if (all == TUTTI_NOTE_LENGTH)
    return g_strdup_printf (ngettext ("length of %u note", "length of %u notes", notes->n), notes->n);
  if ((all & ~(guint) (TUTTI_NOTE_TICK | TUTTI_NOTE_PITCH)) == 0 && gone == 0)
    return g_strdup_printf (ngettext ("%u note moved", "%u notes moved", notes->n), notes->n);
  return g_strdup_printf (ngettext ("%u note changed", "%u notes changed", notes->n), notes->n);
}

void
tutti_op_words_notes (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  *what = tutti_words_about (_("Notes of %s"), tutti_words_track_name (jam, op->arg[0].id));
  *value = note_value (op->arg[1].notes);
}

static char *
chord_value (const TuttiOp *op)
{
  char name[TUTTI_CHORD_TEXT_SIZE];

  if (NUMBER (3) <= TUTTI_HARMONY_NONE)
    return g_strdup (NUMBER (3) == TUTTI_HARMONY_NONE ? _("a chord ends") : _("a change taken away"));
  tutti_chord_print ((guint) NUMBER (2), (TuttiHarmony) NUMBER (3), name);
  return g_strdup (name);
}

void
tutti_op_words_chord (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  *what = tutti_words_about (_("Chords of %s"), tutti_words_track_name (jam, op->arg[0].id));
  *value = chord_value (op);
}

/* ---- the track ---- */

static char *
track_value (const TuttiJam *jam, const TuttiOp *op)
{
  switch ((int) op->kind)
    {
    case TUTTI_OP_TRACK_NAME:
      return tutti_words_about (_("named “%s”"), op->arg[1].text);
    case TUTTI_OP_TRACK_SOUND:
      return tutti_words_about (_("sound %s"), tutti_sound_name (jam, op->arg[1].text));
    case TUTTI_OP_TRACK_COLOUR:
      return g_strdup (_("another colour"));
    case TUTTI_OP_TRACK_MUTE:
      return g_strdup (NUMBER (1) != 0 ? _("muted") : _("no longer muted"));
    case TUTTI_OP_TRACK_SOLO:
      return g_strdup (NUMBER (1) != 0 ? _("solo") : _("no longer solo"));
    case TUTTI_OP_TRACK_TRANSPOSE:
      return g_strdup_printf (ngettext ("%+d semitone", "%+d semitones", (gulong) ABS (NUMBER (1))), NUMBER (1));
    case TUTTI_OP_TRACK_SWING:
      {
        g_autofree char *swing = tutti_words_swing (NUMBER (1));

        return tutti_words_about (_("swing %s"), swing);
      }
    case TUTTI_OP_TRACK_CLAIM:
      return NUMBER (1) != 0 ? tutti_words_about (_("claimed by %s"), tutti_words_person_name (jam, (guint) NUMBER (1)))
                             : g_strdup (_("free for everyone"));
    case TUTTI_OP_TRACK_MOVE:
      return g_strdup (_("moved"));
    case TUTTI_OP_TRACK_PLAY_MODE:
    case TUTTI_OP_TRACK_CHOKE:
    default:
      return g_strdup (_("plays otherwise"));
    }
}

void
tutti_op_words_of_track (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  const char *name = tutti_words_track_name (jam, op->arg[0].id);

  switch ((int) op->kind)
    {
    case TUTTI_OP_TRACK_ADD:
      *what = tutti_words_about (_("Track “%s” added"), op->arg[1].text);
      *value = g_strdup (tutti_sound_name (jam, op->arg[2].text));
      break;
    case TUTTI_OP_TRACK_DELETE:
      *what = tutti_words_about (_("Track “%s” deleted"), name);
      break;
    case TUTTI_OP_TRACK_RESTORE:
      *what = tutti_words_about (_("Track “%s” is back"), name);
      break;
    case TUTTI_OP_PARAM:
      *what = g_strdup_printf ("%s, %s", name, tutti_words_param ((TuttiParam) NUMBER (1)));
      *value = tutti_words_param_value ((TuttiParam) NUMBER (1), NUMBER (2));
      break;
    case TUTTI_OP_PATCH:
      *what = g_strdup_printf ("%s, %s", name, tutti_words_patch ((TuttiPatchParam) NUMBER (1)));
      *value = tutti_words_patch_value ((TuttiPatchParam) NUMBER (1), NUMBER (2));
      break;
    case TUTTI_OP_PATCH_CLEAR:
      *what = g_strdup_printf ("%s, %s", name, tutti_words_patch ((TuttiPatchParam) NUMBER (1)));
      *value = g_strdup (_("as the sound has it"));
      break;
    case TUTTI_OP_PATCH_RESET:
      *what = g_strdup (name);
      *value = g_strdup (_("the sound as it was made"));
      break;
    case TUTTI_OP_ZONE:
      *what = g_strdup (name);
      *value = g_strdup (_("a zone of samples"));
      break;
    case TUTTI_OP_ZONE_DELETE:
      *what = g_strdup (name);
      *value = g_strdup (_("one zone of samples less"));
      break;
    default:
      *what = g_strdup (name);
      *value = track_value (jam, op);
    }
}

/* ---- effects ---- */

/* Whether what the operation speaks of lies, or lay, in the master's chain. */
static gboolean
is_of_master (const TuttiJam *jam, const TuttiOp *op)
{
  const TuttiTrack *track = NULL;
  const TuttiGrave *grave = tutti_jam_grave (jam, op->arg[0].id);

  if (op->kind == TUTTI_OP_EFFECT_ADD)
    return tutti_id_is_none (op->arg[1].id);
  return (tutti_jam_effect (jam, op->arg[0].id, &track) != NULL && track == NULL) ||
         (grave != NULL && grave->kind == TUTTI_GRAVE_EFFECT && tutti_id_is_none (grave->track));
}

/* "Delay, Feedback": which value was set, as far as one knows the effect. */
static char *
effect_value (const TuttiJam *jam, const TuttiOp *op)
{
  const TuttiEffect *effect = tutti_jam_effect (jam, op->arg[0].id, NULL);
  g_autofree char *amount = NULL;

  if (effect == NULL || tutti_effect_value_spec (effect->kind, (guint) NUMBER (1))->name == NULL)
    return g_strdup (_("another setting"));
  amount = tutti_words_effect_value (effect->kind, (guint) NUMBER (1), NUMBER (2));
  return g_strdup_printf ("%s, %s %s", tutti_words_effect (effect->kind), tutti_words_effect_value_name (effect->kind, (guint) NUMBER (1)),
                          amount);
}

void
tutti_op_words_effect (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  TuttiId id = op->arg[op->kind == TUTTI_OP_EFFECT_ADD ? 1 : 0].id;

  *what = is_of_master (jam, op) ? g_strdup (_("Effects of the master"))
                                 : tutti_words_about (_("Effects of %s"), tutti_words_track_name (jam, id));
  switch ((int) op->kind)
    {
    case TUTTI_OP_EFFECT_ADD:
      *value = tutti_words_about (_("%s added"), tutti_words_effect ((TuttiEffectKind) NUMBER (2)));
      break;
    case TUTTI_OP_EFFECT_VALUE:
      *value = effect_value (jam, op);
      break;
    case TUTTI_OP_EFFECT_KEY:
      *value = tutti_id_is_none (op->arg[1].id)
                 ? g_strdup (_("steered by its own sound"))
                 : tutti_words_about (_("steered by %s"), tutti_words_track_name (jam, op->arg[1].id));
      break;
    case TUTTI_OP_EFFECT_DELETE:
      *value = g_strdup (_("one deleted"));
      break;
    case TUTTI_OP_EFFECT_RESTORE:
      *value = g_strdup (_("one is back"));
      break;
    case TUTTI_OP_EFFECT_ON:
      *value = g_strdup (tutti_words_on_off (NUMBER (1) != 0));
      break;
    case TUTTI_OP_EFFECT_MOVE:
      *value = g_strdup (_("moved"));
      break;
    default:
      *value = g_strdup (_("another setting"));
    }
}
