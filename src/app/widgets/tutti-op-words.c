/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Operations in words: names, and what concerns the jam as a whole. */
#include "tutti-op-words-private.h"

#include "tutti-jam-moment.h"
#include "tutti-rights-words.h"
#include "tutti-words.h"

#include <glib/gi18n.h>

/* ---- names ---- */

const TuttiTrack *
tutti_words_track_of (const TuttiJam *jam, TuttiId id)
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
  const TuttiTrack *track = tutti_words_track_of (jam, id);

  return track != NULL ? track->name : NULL;
}

const char *
tutti_words_track_name (const TuttiJam *jam, TuttiId id)
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

const char *
tutti_words_person_name (const TuttiJam *jam, guint number)
{
  const TuttiPerson *person = tutti_jam_person (jam, number);

  return person != NULL ? person->name : _("Somebody");
}

const char *
tutti_words_on_off (gboolean on)
{
  return on ? C_("switch", "on") : C_("switch", "off");
}

char *
tutti_words_about (const char *format, const char *name)
{
  g_autoptr(GString) words = g_string_new (format);

  g_string_replace (words, "%s", name, 1);
  return g_strdup (words->str);
}

char *
tutti_words_swing (int swing)
{
  return swing < 500 ? g_strdup (_("as the jam")) : g_strdup_printf (_("%d %%"), (swing + 5) / 10);
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
scene_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  const char *name = op->kind == TUTTI_OP_SCENE_ADD && op->arg[1].text[0] != '\0' ? op->arg[1].text : scene_name (jam, op->arg[0].id);
  const char *format = op->kind == TUTTI_OP_SCENE_ADD ? _("Scene “%s” added")
                       : op->kind == TUTTI_OP_SCENE_DELETE ? _("Scene “%s” deleted")
                       : op->kind == TUTTI_OP_SCENE_RESTORE ? _("Scene “%s” is back")
                       : op->kind == TUTTI_OP_SCENE_MOVE ? _("Scene “%s” moved") : _("Scene “%s” named");

  *what = tutti_words_about (format, name);
}

static void
clip_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  gboolean made = op->kind == TUTTI_OP_CLIP_ADD || op->kind == TUTTI_OP_CLIP_ADD_NOTES;
  gboolean placed = made || op->kind == TUTTI_OP_CLIP_COPY;
  TuttiId id = op->arg[made ? 1 : op->kind == TUTTI_OP_CLIP_COPY ? 2 : 0].id;

  *what = tutti_words_about (_("Clip of %s"), tutti_words_track_name (jam, id));
  if (op->kind == TUTTI_OP_CLIP_LENGTH)
    *value = g_strdup_printf (ngettext ("%d step long", "%d steps long", (gulong) NUMBER (1)), NUMBER (1));
  else if (op->kind == TUTTI_OP_CLIP_NAME)
    *value = tutti_words_about (_("named “%s”"), op->arg[1].text);
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
    *what = tutti_id_is_none (id) ? g_strdup (_("All clips stop"))
                                  : tutti_words_about (_("Scene “%s” starts"), scene_name (jam, id));
  else
    {
      *what = tutti_words_about (_("Clip of %s"), tutti_words_track_name (jam, op->arg[0].id));
      *value = g_strdup (tutti_id_is_none (id) ? _("stops") : _("starts"));
    }
}

static void
transport_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
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
      *value = g_strdup (tutti_words_on_off (NUMBER (0) != 0));
      break;
    case TUTTI_OP_SWING:
      *what = g_strdup (_("Swing"));
      *value = tutti_words_swing (NUMBER (0));
      break;
    case TUTTI_OP_METRONOME:
      *what = g_strdup (_("Metronome"));
      *value = g_strdup (tutti_words_on_off (NUMBER (0) != 0));
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
jam_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
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
      *what = tutti_words_about (_("%s came"), op->arg[1].text);
      break;
    case TUTTI_OP_PERSON_LEAVE:
      *what = g_strdup (_("Somebody left for good"));
      break;
    case TUTTI_OP_PERSON_ROLE:
      *what = g_strdup (tutti_words_person_name (jam, (guint) NUMBER (0)));
      *value = g_strdup (tutti_role_word ((TuttiRole) NUMBER (1)));
      break;
    default:
      *what = NUMBER (0) != 0 ? tutti_words_about (_("%s leads"), tutti_words_person_name (jam, (guint) NUMBER (0)))
                              : g_strdup (_("Nobody leads"));
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

static void
mix_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  *what = g_strdup (mix_name (NUMBER (0)));
  *value = mix_value (op);
}

static void
sound_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  *what = op->kind == TUTTI_OP_SOUND_ADD ? tutti_words_about (_("Sound “%s” added"), op->arg[1].text)
                                         : g_strdup (_("A sound deleted"));
}

static void
other_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  if (op->kind == TUTTI_OP_GROUP)
    group_words (jam, op, what, value);
  else
    *what = g_strdup (_("Deleted things let go"));
}

static const TuttiOpFamily families[] = {
  [TUTTI_SCOPE_JAM] = jam_words,
  [TUTTI_SCOPE_MIX] = mix_words,
  [TUTTI_SCOPE_TRANSPORT] = transport_words,
  [TUTTI_SCOPE_TRACKS] = tutti_op_words_of_track,
  [TUTTI_SCOPE_TRACK] = tutti_op_words_of_track,
  [TUTTI_SCOPE_EFFECTS] = tutti_op_words_effect,
  [TUTTI_SCOPE_SCENES] = scene_words,
  [TUTTI_SCOPE_CLIPS] = clip_words,
  [TUTTI_SCOPE_CLIP] = clip_words,
  [TUTTI_SCOPE_STEP] = tutti_op_words_step,
  [TUTTI_SCOPE_STEPS] = tutti_op_words_step,
  [TUTTI_SCOPE_NOTES] = tutti_op_words_notes,
  [TUTTI_SCOPE_CHORD] = tutti_op_words_chord,
  [TUTTI_SCOPE_LAUNCH] = launch_words,
  [TUTTI_SCOPE_SOUNDS] = sound_words,
  [TUTTI_SCOPE_PEOPLE] = people_words,
  [TUTTI_SCOPE_ALL] = other_words,
};

void
tutti_op_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value)
{
  *what = *value = NULL;
  families[tutti_op_spec (op->kind)->scope] (jam, op, what, value);
  if (*value == NULL)
    *value = g_strdup ("");
}
