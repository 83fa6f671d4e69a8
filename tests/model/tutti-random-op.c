/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-random-op.h"

#include "tutti-jam-json.h"

typedef struct
{
  GRand          *rand;
  const TuttiJam *jam;
  guint32         creator;
  guint32        *counter;
} Source;

static TuttiId
coin_id (const Source *source)
{
  return tutti_id (source->creator, ++*source->counter);
}

static TuttiId
any_track (const Source *source)
{
  if (source->jam->n_tracks == 0)
    return tutti_id (7, 7);
  return source->jam->tracks[g_rand_int_range (source->rand, 0, (gint32) source->jam->n_tracks)]->id;
}

static TuttiId
any_scene (const Source *source)
{
  if (source->jam->n_scenes == 0)
    return tutti_id (7, 8);
  return source->jam->scenes[g_rand_int_range (source->rand, 0, (gint32) source->jam->n_scenes)].id;
}

static TuttiId
any_clip (const Source *source)
{
  const TuttiTrack *track = tutti_jam_track (source->jam, any_track (source), NULL);

  if (track == NULL || track->n_clips == 0)
    return tutti_id (7, 9);
  return track->clips[g_rand_int_range (source->rand, 0, track->n_clips)]->id;
}

static TuttiId
any_effect (const Source *source)
{
  const TuttiTrack *track = tutti_jam_track (source->jam, any_track (source), NULL);

  if (track == NULL || track->n_effects == 0)
    return tutti_id (7, 10);
  return track->effects[g_rand_int_range (source->rand, 0, track->n_effects)].id;
}

static TuttiId
any_grave (const Source *source)
{
  const GPtrArray *graves = source->jam->graves;

  if (graves->len == 0)
    return tutti_id (7, 11);
  return ((TuttiGrave *) graves->pdata[g_rand_int_range (source->rand, 0, (gint32) graves->len)])->id;
}

static TuttiId
make_id (const Source *source, const TuttiOpSpec *spec, guint arg)
{
  const char *name = spec->args[arg].name;

  if (g_rand_int_range (source->rand, 0, 50) == 0)
    return spec->args[arg].min == 0 ? tutti_id (0, 0) : tutti_id (1, 99999);
  if (g_str_has_suffix (spec->name, ".restore") || g_str_equal (spec->name, "purge"))
    return any_grave (source);
  if (g_str_equal (name, "track"))
    return any_track (source);
  if (g_str_equal (name, "scene"))
    return any_scene (source);
  if (g_str_equal (name, "clip"))
    return any_clip (source);
  if (g_str_equal (name, "effect"))
    return any_effect (source);
  return coin_id (source);
}

/* People are few, so that what names one often names somebody who is there. */
#define PEOPLE 6

static gint64
make_number (GRand *rand, const TuttiArgSpec *spec)
{
  if (g_str_equal (spec->name, "number") && g_rand_int_range (rand, 0, 20) != 0)
    return g_rand_int_range (rand, (gint32) spec->min, PEOPLE + 1);
  switch (g_rand_int_range (rand, 0, 40))
    {
    case 0:
      return spec->min;
    case 1:
      return spec->max;
    case 2:
      return spec->max + 1;
    default:
      /* Small ranges in full; of the large ones (ticks, gains) the part that music uses. */
      return spec->min + g_rand_int_range (rand, 0, (gint32) MIN (spec->max - spec->min + 1, 20000));
    }
}

static char *
make_text (GRand *rand, const TuttiArgSpec *spec)
{
  static const char * const sounds[] = { "kit:tight-kick", "kit:dusty-snare", "synth:warm-bass", "drum:round-kick" };
  static const char * const names[] = { "Kick", "Snare “ä” \\ \"q\"", "低音", "a", "Long name of a thing that goes on" };

  if (g_str_equal (spec->name, "sound"))
    return g_strdup (sounds[g_rand_int_range (rand, 0, G_N_ELEMENTS (sounds))]);
  if (g_str_equal (spec->name, "hash"))
    {
      g_autofree char *seed = g_strdup_printf ("%d", g_rand_int_range (rand, 0, 40));

      return g_compute_checksum_for_string (G_CHECKSUM_SHA256, seed, -1);
    }
  return g_strdup (names[g_rand_int_range (rand, 0, G_N_ELEMENTS (names))]);
}

static void
make_step (GRand *rand, TuttiStep *step)
{
  *step = tutti_step_initial;
  step->velocity = (guint8) g_rand_int_range (rand, 0, 128);
  if (g_rand_boolean (rand))
    return;
  step->pitch = (gint8) g_rand_int_range (rand, -48, 49);
  step->chance = (guint8) g_rand_int_range (rand, 0, 101);
  step->ratchet = (guint8) g_rand_int_range (rand, 1, 9);
  step->micro_ticks = (gint16) g_rand_int_range (rand, -480, 481);
  step->every_of = (guint8) g_rand_int_range (rand, 1, 9);
  step->every_n = (guint8) g_rand_int_range (rand, 1, step->every_of + 1);
  step->n_locks = 2;
  step->locks[0] = (TuttiLock) { TUTTI_PARAM_CUTOFF, (gint16) g_rand_int_range (rand, 0, 1001) };
  step->locks[1] = (TuttiLock) { (guint16) tutti_address_of_effect ((guint) g_rand_int_range (rand, 0, TUTTI_EFFECT_SLOTS), 1),
                                 (gint16) g_rand_int_range (rand, 0, 1001) };
}

static gint64
make_address (GRand *rand)
{
  if (g_rand_boolean (rand))
    return g_rand_int_range (rand, 0, TUTTI_N_PARAMS);
  return g_rand_int_range (rand, TUTTI_ADDRESS_EFFECTS, TUTTI_N_ADDRESSES);
}

static TuttiSteps *
make_steps (GRand *rand)
{
  TuttiSteps *steps = tutti_steps_new ((guint) g_rand_int_range (rand, 1, 20));

  for (guint i = 0; i < steps->n; i++)
    make_step (rand, &steps->step[i]);
  return steps;
}

/* (nullable) One that is made of notes; operations on notes would mostly name others. */
static const TuttiClip *
any_clip_of_notes (const Source *source)
{
  const TuttiClip *found = NULL;
  gint32 n = 0;

  for (guint i = 0; i < source->jam->n_tracks; i++)
    for (guint j = 0; j < source->jam->tracks[i]->n_clips; j++)
      if (source->jam->tracks[i]->clips[j]->kind == TUTTI_CLIP_NOTES && g_rand_int_range (source->rand, 0, ++n) == 0)
        found = source->jam->tracks[i]->clips[j];
  return found;
}

/* Small ranges, so that notes lie at one place, and ids meet. */
static void
make_note (const Source *source, const TuttiClip *clip, TuttiNoteEdit *edit)
{
  GRand *rand = source->rand;
  gboolean old = clip != NULL && clip->n_notes > 0 && g_rand_int_range (rand, 0, 3) != 0;
  guint fields = (guint) g_rand_int_range (rand, 0, TUTTI_NOTE_WHOLE + 1);

  edit->note.id = old ? clip->notes[g_rand_int_range (rand, 0, clip->n_notes)].id : coin_id (source);
  edit->fields = (guint8) (old && g_rand_boolean (rand) ? fields : TUTTI_NOTE_WHOLE);
  if (edit->fields & TUTTI_NOTE_TICK)
    edit->note.tick = 120 * g_rand_int_range (rand, 0, 40);
  if (edit->fields & TUTTI_NOTE_LENGTH)
    edit->note.length = g_rand_int_range (rand, 1, 4000);
  if (edit->fields & TUTTI_NOTE_PITCH)
    edit->note.pitch = (guint8) g_rand_int_range (rand, 0, 128);
  if (edit->fields & TUTTI_NOTE_VELOCITY)
    edit->note.velocity = (guint8) g_rand_int_range (rand, 1, 128);
}

/* Now and then one note twice, which is refused. */
static TuttiNotes *
make_notes (const Source *source, TuttiId *clip_id)
{
  const TuttiClip *clip = any_clip_of_notes (source);
  TuttiNotes *notes = tutti_notes_new ((guint) g_rand_int_range (source->rand, 1, 6));

  if (clip != NULL && g_rand_int_range (source->rand, 0, 10) != 0)
    *clip_id = clip->id;
  for (guint i = 0; i < notes->n; i++)
    make_note (source, clip, &notes->edit[i]);
  return notes;
}

/* Mostly of a track of samples and a zone that is there, now and then out of range. */
static TuttiZoneEdit *
make_zone (const Source *source, TuttiOp *op)
{
  GRand *rand = source->rand;
  const TuttiTrack *track = tutti_jam_track (source->jam, op->arg[0].id, NULL);
  gboolean old = track != NULL && track->n_zones > 0 && g_rand_boolean (rand);
  int low = g_rand_int_range (rand, 0, 128), soft = g_rand_int_range (rand, 1, 128);
  TuttiZone zone = {
    .key_low = (guint8) low, .key_high = (guint8) g_rand_int_range (rand, g_rand_int_range (rand, 0, 30) == 0 ? 0 : low, 128),
    .velocity_low = (guint8) soft, .velocity_high = (guint8) g_rand_int_range (rand, soft, 128),
    .root = (guint8) g_rand_int_range (rand, 0, 129), .tune = (gint16) g_rand_int_range (rand, -1200, 1201),
    .gain = (gint16) g_rand_int_range (rand, -2000, 601), .pan = (gint16) g_rand_int_range (rand, -1000, 1001),
  };

  g_snprintf (zone.sound, sizeof zone.sound, g_rand_int_range (rand, 0, 30) == 0 ? "synth:warm-bass" : "kit:zone-%d",
              g_rand_int_range (rand, 0, 4));
  op->arg[1].id = old ? track->zones[g_rand_int_range (rand, 0, track->n_zones)].id : coin_id (source);
  return tutti_zone_edit_new (&zone, old ? (guint) g_rand_int_range (rand, 1, TUTTI_ZONE_WHOLE + 1) : TUTTI_ZONE_WHOLE);
}

static TuttiId
any_zone (const Source *source, const TuttiOp *op)
{
  const TuttiTrack *track = tutti_jam_track (source->jam, op->arg[0].id, NULL);

  if (track == NULL || track->n_zones == 0)
    return tutti_id (7, 12);
  return track->zones[g_rand_int_range (source->rand, 0, track->n_zones)].id;
}

/* Mostly of a clip of notes, and at few places, so that they meet. */
static void
aim_chord (const Source *source, TuttiOp *op)
{
  const TuttiClip *clip = any_clip_of_notes (source);

  if (clip != NULL && g_rand_int_range (source->rand, 0, 10) != 0)
    op->arg[0].id = clip->id;
  if (g_rand_int_range (source->rand, 0, 10) != 0)
    op->arg[1].number = 480 * g_rand_int_range (source->rand, 0, 12);
}

static TuttiOp *make_op (const Source *source, TuttiOpKind kind);

static GPtrArray *
make_ops (const Source *source)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);

  for (int n = g_rand_int_range (source->rand, 1, 5); n > 0; n--)
    g_ptr_array_add (ops, make_op (source, (TuttiOpKind) g_rand_int_range (source->rand, 0, TUTTI_OP_GROUP)));
  return ops;
}

static TuttiOp *
make_op (const Source *source, TuttiOpKind kind)
{
  const TuttiOpSpec *spec = tutti_op_spec (kind);
  TuttiOp *op = g_new0 (TuttiOp, 1);

  op->kind = kind;
  for (guint i = 0; i < TUTTI_OP_ARGS_MAX && spec->args[i].type != TUTTI_ARG_NONE; i++)
    switch (spec->args[i].type)
      {
      case TUTTI_ARG_NUMBER:
        op->arg[i].number = make_number (source->rand, &spec->args[i]);
        break;
      case TUTTI_ARG_CHOICE:
        op->arg[i].number = g_rand_int_range (source->rand, 0, (gint32) spec->args[i].max + 1);
        break;
      case TUTTI_ARG_ADDRESS:
        op->arg[i].number = make_address (source->rand);
        break;
      case TUTTI_ARG_ID:
        op->arg[i].id = g_str_equal (spec->args[i].name, "zone") ? any_zone (source, op) : make_id (source, spec, i);
        break;
      case TUTTI_ARG_TEXT:
        op->arg[i].text = make_text (source->rand, &spec->args[i]);
        break;
      case TUTTI_ARG_STEPS:
        op->arg[i].steps = make_steps (source->rand);
        break;
      case TUTTI_ARG_NOTES:
        op->arg[i].notes = make_notes (source, &op->arg[0].id);
        break;
      case TUTTI_ARG_ZONE:
        op->arg[i].zone = make_zone (source, op);
        break;
      case TUTTI_ARG_OPS:
        op->arg[i].ops = make_ops (source);
        break;
      case TUTTI_ARG_NONE:
      default:
        g_assert_not_reached ();
      }
  if (kind == TUTTI_OP_CHORD)
    aim_chord (source, op);
  return op;
}

/* Deleting is rarer than adding, and steps are commoner than all the rest, else documents stay empty. */
static TuttiOpKind
choose_kind (GRand *rand)
{
  TuttiOpKind kind = (TuttiOpKind) g_rand_int_range (rand, 0, TUTTI_N_OPS);

  if (g_str_has_suffix (tutti_op_spec (kind)->name, ".delete") && g_rand_int_range (rand, 0, 4) != 0)
    kind = TUTTI_OP_STEP;
  if (g_rand_int_range (rand, 0, 6) == 0)
    kind = g_rand_boolean (rand) ? TUTTI_OP_CLIP_ADD : TUTTI_OP_TRACK_ADD;
  else if (g_rand_int_range (rand, 0, 8) == 0)
    kind = g_rand_int_range (rand, 0, 3) == 0 ? TUTTI_OP_CLIP_ADD_NOTES : TUTTI_OP_NOTES;
  else if (g_rand_int_range (rand, 0, 16) == 0)
    kind = TUTTI_OP_ZONE;
  else if (g_rand_int_range (rand, 0, 24) == 0)
    kind = TUTTI_OP_CHORD;
  return kind;
}

TuttiOp *
tutti_random_op (GRand *rand, const TuttiJam *jam, guint32 creator, guint32 *counter)
{
  Source source = { rand, jam, creator, counter };

  return make_op (&source, choose_kind (rand));
}

TuttiJam *
tutti_random_jam (GRand *rand, guint n)
{
  TuttiJam *jam = tutti_jam_new ();
  guint32 counter = 0;

  for (guint i = 0; i < n; i++)
    {
      TuttiStamp stamp = { i + 1, 1, 48000 + 100 * (gint64) i };
      g_autoptr(TuttiOp) op = tutti_random_op (rand, jam, 1, &counter);

      tutti_jam_apply (jam, op, &stamp, NULL, NULL);
    }
  return jam;
}

char *
tutti_living_text (const TuttiJam *jam)
{
  g_autoptr(TuttiJam) copy = tutti_jam_copy (jam);
  TuttiStamp stamp = { 0 };

  while (copy->graves->len > 0)
    {
      g_autoptr(TuttiOp) purge = tutti_op_new (TUTTI_OP_PURGE, ((TuttiGrave *) copy->graves->pdata[0])->id);

      g_assert_true (tutti_jam_apply (copy, purge, &stamp, NULL, NULL));
    }
  return tutti_jam_to_text (copy);
}
