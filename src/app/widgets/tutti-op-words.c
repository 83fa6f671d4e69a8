/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-op-words.h"

#include "tutti-effect-words.h"
#include "tutti-harmony.h"
#include "tutti-jam-moment.h"
#include "tutti-lock-words.h"
#include "tutti-patch-words.h"
#include "tutti-rights-words.h"
#include "tutti-sounds.h"
#include "tutti-words.h"

#include <glib/gi18n.h>

#define NUMBER(i) ((int) op->arg[i].number)

/* ---- names ---- */

static const TuttiTrack *
track_of (const TuttiJam *jam, TuttiId id)
{
  const TuttiTrack *track = tutti_jam_track (jam, id, NULL);
  const TuttiGrave *grave;

  if (track != NULL || tutti_jam_clip (jam, id, &track) != NULL || tutti_jam_effect (jam, id, &track) != NULL)
    return track;
  grave = tutti_jam_grave (jam, id);
  if (grave != NULL)
    return grave->kind == TUTTI_GRAVE_TRACK ? grave->entity_track : tutti_jam_track (jam, grave->track, NULL);
  /* A clip or effect of a track that was deleted as a whole. */
  for (guint i = 0; i < jam->graves->len; i++)
    {
      const TuttiGrave *each = jam->graves->pdata[i];

      if (each->kind == TUTTI_GRAVE_TRACK && tutti_track_clip (each->entity_track, id) != NULL)
        return each->entity_track;
    }
  return NULL;
}

const char *
tutti_op_words_track (const TuttiJam *jam, TuttiId id)
{
  const TuttiTrack *track = track_of (jam, id);

  return track != NULL ? track->name : NULL;
}

static const char *
track_name (const TuttiJam *jam, TuttiId id)
{
  const char *name = tutti_op_words_track (jam, id);

  return name != NULL ? name : _("A deleted track");
}

static const char *
scene_name (const TuttiJam *jam, TuttiId id)
{
  const TuttiScene *scene = tutti_jam_scene (jam, id, NULL);
  const TuttiGrave *grave = tutti_jam_grave (jam, id);

  if (scene == NULL && grave != NULL && grave->kind == TUTTI_GRAVE_SCENE)
    scene = &grave->scene;
  return scene != NULL && scene->name[0] != '\0' ? scene->name : C_("scene", "without a name");
}

static const char *
person_name (const TuttiJam *jam, guint number)
{
  const TuttiPerson *person = tutti_jam_person (jam, number);

  return person != NULL ? person->name : _("Somebody");
}

static const char *
on_off (gboolean on)
{
  return on ? C_("switch", "on") : C_("switch", "off");
}

/* A name in a sentence that is translated. (transfer full) */
static char *
about (const char *format, const char *name)
{
  g_autoptr(GString) words = g_string_new (format);

  g_string_replace (words, "%s", name, 1);
  return g_strdup (words->str);
}

/* ---- values ---- */

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
        g_autofree char *name = tutti_words_lock_name (track_of (jam, op->arg[0].id), (guint) NUMBER (2));

        return about (_("%s as the track has it"), name);
      }
    case TUTTI_OP_STEP_LOCK:
    default:
      {
        g_autofree char *name = tutti_words_lock_name (track_of (jam, op->arg[0].id), (guint) NUMBER (2));
        g_autofree char *amount = tutti_words_lock_value (track_of (jam, op->arg[0].id), (guint) NUMBER (2), NUMBER (3));

        return g_strdup_printf ("%s %s", name, amount);
      }
    }
}

static char *
swing_words (int swing)
{
  return swing < 500 ? g_strdup (_("as the jam")) : g_strdup_printf (_("%d %%"), (swing + 5) / 10);
}

static char *
track_value (const TuttiJam *jam, const TuttiOp *op)
{
  switch ((int) op->kind)
    {
    case TUTTI_OP_TRACK_NAME:
      return about (_("named “%s”"), op->arg[1].text);
    case TUTTI_OP_TRACK_SOUND:
      return about (_("sound %s"), tutti_sound_name (jam, op->arg[1].text));
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
        g_autofree char *swing = swing_words (NUMBER (1));

        return about (_("swing %s"), swing);
      }
    case TUTTI_OP_TRACK_CLAIM:
      return NUMBER (1) != 0 ? about (_("claimed by %s"), person_name (jam, (guint) NUMBER (1))) : g_strdup (_("free for everyone"));
    case TUTTI_OP_TRACK_MOVE:
      return g_strdup (_("moved"));
    case TUTTI_OP_TRACK_PLAY_MODE:
    case TUTTI_OP_TRACK_CHOKE:
    default:
      return g_strdup (_("plays otherwise"));
    }
}

static char *
mix_value (const TuttiOp *op)
{
  switch (NUMBER (0))
    {
    case TUTTI_MIX_GAIN:
    case TUTTI_MIX_DELAY_GAIN:
    case TUTTI_MIX_REVERB_GAIN:
      return tutti_words_gain (NUMBER (1));
    case TUTTI_MIX_DELAY_TICKS:
      return g_strdup_printf (_("%d ticks"), NUMBER (1));
    default:
      return g_strdup_printf (_("%d %%"), (NUMBER (1) + 5) / 10);
    }
}

static const char *
mix_name (int setting)
{
  static const char * const names[TUTTI_N_MIX_SETTINGS] = {
    N_("Master volume"), N_("Delay time"), N_("Delay feedback"), N_("Delay volume"), N_("Reverb size"), N_("Reverb damping"),
    N_("Reverb volume")
  };

  return _(names[CLAMP (setting, 0, TUTTI_N_MIX_SETTINGS - 1)]);
}

static char *
many (const TuttiOp *op)
{
  guint n = op->arg[0].ops->len;

  return g_strdup_printf (ngettext ("%u change at once", "%u changes at once", n), n);
}

/* ---- families ---- */

static void
step_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  const char *name = track_name (jam, op->arg[0].id);

  if (op->kind == TUTTI_OP_STEPS)
    {
      guint n = op->arg[2].steps->n;

      *what = about (_("Pattern of %s"), name);
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

static void
track_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  switch ((int) op->kind)
    {
    case TUTTI_OP_TRACK_ADD:
      *what = about (_("Track “%s” added"), op->arg[1].text);
      *value = g_strdup (tutti_sound_name (jam, op->arg[2].text));
      break;
    case TUTTI_OP_TRACK_DELETE:
      *what = about (_("Track “%s” deleted"), track_name (jam, op->arg[0].id));
      break;
    case TUTTI_OP_TRACK_RESTORE:
      *what = about (_("Track “%s” is back"), track_name (jam, op->arg[0].id));
      break;
    case TUTTI_OP_PARAM:
      *what = g_strdup_printf ("%s, %s", track_name (jam, op->arg[0].id), tutti_words_param ((TuttiParam) NUMBER (1)));
      *value = tutti_words_param_value ((TuttiParam) NUMBER (1), NUMBER (2));
      break;
    case TUTTI_OP_PATCH:
      *what = g_strdup_printf ("%s, %s", track_name (jam, op->arg[0].id), tutti_words_patch ((TuttiPatchParam) NUMBER (1)));
      *value = tutti_words_patch_value ((TuttiPatchParam) NUMBER (1), NUMBER (2));
      break;
    case TUTTI_OP_PATCH_CLEAR:
      *what = g_strdup_printf ("%s, %s", track_name (jam, op->arg[0].id), tutti_words_patch ((TuttiPatchParam) NUMBER (1)));
      *value = g_strdup (_("as the sound has it"));
      break;
    case TUTTI_OP_PATCH_RESET:
      *what = g_strdup (track_name (jam, op->arg[0].id));
      *value = g_strdup (_("the sound as it was made"));
      break;
    case TUTTI_OP_ZONE:
      *what = g_strdup (track_name (jam, op->arg[0].id));
      *value = g_strdup (_("a zone of samples"));
      break;
    case TUTTI_OP_ZONE_DELETE:
      *what = g_strdup (track_name (jam, op->arg[0].id));
      *value = g_strdup (_("one zone of samples less"));
      break;
    default:
      *what = g_strdup (track_name (jam, op->arg[0].id));
      *value = track_value (jam, op);
    }
}

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

static void
effect_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  *what = is_of_master (jam, op) ? g_strdup (_("Effects of the master"))
                                 : about (_("Effects of %s"), track_name (jam, op->arg[op->kind == TUTTI_OP_EFFECT_ADD ? 1 : 0].id));
  switch ((int) op->kind)
    {
    case TUTTI_OP_EFFECT_ADD:
      *value = about (_("%s added"), tutti_words_effect ((TuttiEffectKind) NUMBER (2)));
      break;
    case TUTTI_OP_EFFECT_VALUE:
      *value = effect_value (jam, op);
      break;
    case TUTTI_OP_EFFECT_KEY:
      *value = tutti_id_is_none (op->arg[1].id) ? g_strdup (_("steered by its own sound"))
                                                : about (_("steered by %s"), track_name (jam, op->arg[1].id));
      break;
    case TUTTI_OP_EFFECT_DELETE:
      *value = g_strdup (_("one deleted"));
      break;
    case TUTTI_OP_EFFECT_RESTORE:
      *value = g_strdup (_("one is back"));
      break;
    case TUTTI_OP_EFFECT_ON:
      *value = g_strdup (on_off (NUMBER (1) != 0));
      break;
    case TUTTI_OP_EFFECT_MOVE:
      *value = g_strdup (_("moved"));
      break;
    default:
      *value = g_strdup (_("another setting"));
    }
}

static void
scene_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  const char *name = op->kind == TUTTI_OP_SCENE_ADD && op->arg[1].text[0] != '\0' ? op->arg[1].text : scene_name (jam, op->arg[0].id);
  const char *format = op->kind == TUTTI_OP_SCENE_ADD ? _("Scene “%s” added")
                       : op->kind == TUTTI_OP_SCENE_DELETE ? _("Scene “%s” deleted")
                       : op->kind == TUTTI_OP_SCENE_RESTORE ? _("Scene “%s” is back")
                       : op->kind == TUTTI_OP_SCENE_MOVE ? _("Scene “%s” moved") : _("Scene “%s” named");

  *what = about (format, name);
}

static void
clip_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  gboolean made = op->kind == TUTTI_OP_CLIP_ADD || op->kind == TUTTI_OP_CLIP_ADD_NOTES;
  gboolean placed = made || op->kind == TUTTI_OP_CLIP_COPY;

  *what = about (_("Clip of %s"), track_name (jam, op->arg[made ? 1 : op->kind == TUTTI_OP_CLIP_COPY ? 2 : 0].id));
  if (op->kind == TUTTI_OP_CLIP_LENGTH)
    *value = g_strdup_printf (ngettext ("%d step long", "%d steps long", (gulong) NUMBER (1)), NUMBER (1));
  else if (op->kind == TUTTI_OP_CLIP_NAME)
    *value = about (_("named “%s”"), op->arg[1].text);
  else
    *value = g_strdup (placed ? _("added") : op->kind == TUTTI_OP_CLIP_DELETE ? _("deleted")
                       : op->kind == TUTTI_OP_CLIP_RESTORE ? _("is back") : op->kind == TUTTI_OP_CLIP_MOVE ? _("moved")
                       : _("another step length"));
}

static void
launch_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  gboolean scene = op->kind == TUTTI_OP_LAUNCH_SCENE;
  TuttiId id = op->arg[scene ? 0 : 1].id;

  if (op->kind == TUTTI_OP_LAUNCH_CANCEL)
    *what = g_strdup (_("Start taken back"));
  else if (scene)
    *what = tutti_id_is_none (id) ? g_strdup (_("All clips stop")) : about (_("Scene “%s” starts"), scene_name (jam, id));
  else
    {
      *what = about (_("Clip of %s"), track_name (jam, op->arg[0].id));
      *value = g_strdup (tutti_id_is_none (id) ? _("stops") : _("starts"));
    }
}

static void
transport_words (const TuttiOp *op, char **what, char **value)
{
  switch ((int) op->kind)
    {
    case TUTTI_OP_TEMPO:
      *what = g_strdup (_("Tempo"));
      *value = tutti_words_tempo (NUMBER (0));
      break;
    case TUTTI_OP_SIGNATURE:
      *what = g_strdup (_("Time signature"));
      *value = g_strdup_printf ("%d/%d", NUMBER (0), NUMBER (1));
      break;
    case TUTTI_OP_LOOP:
      *what = g_strdup (_("Loop"));
      *value = g_strdup (on_off (NUMBER (0) != 0));
      break;
    case TUTTI_OP_SWING:
      *what = g_strdup (_("Swing"));
      *value = swing_words (NUMBER (0));
      break;
    case TUTTI_OP_METRONOME:
      *what = g_strdup (_("Metronome"));
      *value = g_strdup (on_off (NUMBER (0) != 0));
      break;
    case TUTTI_OP_COUNT_IN:
      *what = g_strdup (_("Count-in"));
      *value = g_strdup_printf (ngettext ("%d bar", "%d bars", (gulong) NUMBER (0)), NUMBER (0));
      break;
    case TUTTI_OP_PLAY:
      *what = g_strdup (C_("history", "Play"));
      break;
    case TUTTI_OP_SEEK:
      *what = g_strdup (C_("history", "To another place"));
      break;
    default:
      *what = g_strdup (op->kind == TUTTI_OP_PAUSE ? C_("history", "Pause") : C_("history", "Stop"));
    }
}

static void
jam_words (const TuttiOp *op, char **what, char **value)
{
  switch ((int) op->kind)
    {
    case TUTTI_OP_JAM_NAME:
      *what = g_strdup (_("Jam named"));
      *value = g_strdup (op->arg[0].text);
      break;
    case TUTTI_OP_JAM_KEY:
      *what = g_strdup (_("Key and scale"));
      break;
    case TUTTI_OP_JAM_SEED:
      *what = g_strdup (_("Chances thrown anew"));
      break;
    case TUTTI_OP_JAM_DESCRIPTION:
      *what = g_strdup (_("Description changed"));
      break;
    case TUTTI_OP_JAM_PUBLISHED:
      *what = g_strdup (NUMBER (0) != 0 ? _("Published (Read Only)") : _("No longer published"));
      break;
    case TUTTI_OP_MOMENT:
      *what = g_strdup (op->arg[0].text[0] != '\0' ? op->arg[0].text : _("A moment"));
      break;
    default:
      *what = g_strdup (_("Rules of the jam"));
    }
}

static void
people_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  switch ((int) op->kind)
    {
    case TUTTI_OP_PERSON:
      *what = about (_("%s came"), op->arg[1].text);
      break;
    case TUTTI_OP_PERSON_LEAVE:
      *what = g_strdup (_("Somebody left for good"));
      break;
    case TUTTI_OP_PERSON_ROLE:
      *what = g_strdup (person_name (jam, (guint) NUMBER (0)));
      *value = g_strdup (tutti_role_word ((TuttiRole) NUMBER (1)));
      break;
    default:
      *what = NUMBER (0) != 0 ? about (_("%s leads"), person_name (jam, (guint) NUMBER (0))) : g_strdup (_("Nobody leads"));
    }
}

static void
group_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  gint64 seq;

  if (tutti_op_goes_back (op, &seq))
    {
      *what = g_strdup (_("Went back to an earlier moment"));
      *value = many (op);
    }
  else if (op->arg[0].ops->len == 1)
    tutti_op_words (jam, op->arg[0].ops->pdata[0], what, value);
  else
    *what = many (op);
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

static void
words_by_scope (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  switch (tutti_op_spec (op->kind)->scope)
    {
    case TUTTI_SCOPE_STEP:
    case TUTTI_SCOPE_STEPS:
      step_words (jam, op, what, value);
      break;
    case TUTTI_SCOPE_NOTES:
      *what = about (_("Notes of %s"), track_name (jam, op->arg[0].id));
      *value = note_value (op->arg[1].notes);
      break;
    case TUTTI_SCOPE_CHORD:
      *what = about (_("Chords of %s"), track_name (jam, op->arg[0].id));
      *value = chord_value (op);
      break;
    case TUTTI_SCOPE_TRACK:
    case TUTTI_SCOPE_TRACKS:
      track_words (jam, op, what, value);
      break;
    case TUTTI_SCOPE_EFFECTS:
      effect_words (jam, op, what, value);
      break;
    case TUTTI_SCOPE_SCENES:
      scene_words (jam, op, what, value);
      break;
    case TUTTI_SCOPE_CLIP:
    case TUTTI_SCOPE_CLIPS:
      clip_words (jam, op, what, value);
      break;
    case TUTTI_SCOPE_LAUNCH:
      launch_words (jam, op, what, value);
      break;
    case TUTTI_SCOPE_TRANSPORT:
      transport_words (op, what, value);
      break;
    case TUTTI_SCOPE_MIX:
      *what = g_strdup (mix_name (NUMBER (0)));
      *value = mix_value (op);
      break;
    case TUTTI_SCOPE_SOUNDS:
      *what = op->kind == TUTTI_OP_SOUND_ADD ? about (_("Sound “%s” added"), op->arg[1].text) : g_strdup (_("A sound deleted"));
      break;
    case TUTTI_SCOPE_PEOPLE:
      people_words (jam, op, what, value);
      break;
    case TUTTI_SCOPE_JAM:
      jam_words (op, what, value);
      break;
    case TUTTI_SCOPE_ALL:
    default:
      if (op->kind == TUTTI_OP_GROUP)
        group_words (jam, op, what, value);
      else
        *what = g_strdup (_("Deleted things let go"));
    }
}

void
tutti_op_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  *what = *value = NULL;
  words_by_scope (jam, op, what, value);
  if (*value == NULL)
    *value = g_strdup ("");
}
