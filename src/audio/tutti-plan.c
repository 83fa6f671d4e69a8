/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-plan.h"

#include "tutti-vcf.h"

#include <string.h>

/* Voices sound for a minute at most; a little more than that is all the past that anyone needs. */
#define HISTORY_FRAMES (90 * (gint64) TUTTI_FRAMES_PER_SECOND)

/* Choke groups that sounds bring along lie above those that people choose. */
#define OWN_CHOKE_GROUPS 16

G_STATIC_ASSERT ((int) TUTTI_SCORE_N_PARAMS == (int) TUTTI_N_PARAMS);
G_STATIC_ASSERT (TUTTI_SCORE_ADDRESS_EFFECTS == TUTTI_ADDRESS_EFFECTS && TUTTI_SCORE_ADDRESSES == TUTTI_N_ADDRESSES);
G_STATIC_ASSERT (TUTTI_SCORE_ADDRESS_PATCH == TUTTI_ADDRESS_PATCH);
G_STATIC_ASSERT ((int) TUTTI_N_PATCH_PARAMS == (int) TUTTI_N_PATCH);
G_STATIC_ASSERT ((int) TUTTI_PATCH_FILTER == (int) TUTTI_PATCH_PARAM_FILTER);
G_STATIC_ASSERT ((int) TUTTI_PATCH_ATTACK == (int) TUTTI_PATCH_PARAM_ATTACK);
G_STATIC_ASSERT ((int) TUTTI_PATCH_LFO2_WIDTH == (int) TUTTI_PATCH_PARAM_LFO2_WIDTH);
G_STATIC_ASSERT ((int) TUTTI_PATCH_DRUM_COLOUR == (int) TUTTI_PATCH_PARAM_DRUM_COLOUR);
G_STATIC_ASSERT ((int) TUTTI_PATCH_REVERSE == (int) TUTTI_PATCH_PARAM_REVERSE);
G_STATIC_ASSERT (TUTTI_PATCH_SAMPLER_FILTER == (int) TUTTI_VCF_NONE);
G_STATIC_ASSERT ((int) TUTTI_SCORE_N_EFFECTS == TUTTI_SCORE_EFFECT_FILTER + (int) TUTTI_N_EFFECTS);
G_STATIC_ASSERT ((int) TUTTI_SCORE_EFFECT_TREMOLO == TUTTI_SCORE_EFFECT_FILTER + (int) TUTTI_EFFECT_TREMOLO);
G_STATIC_ASSERT (TUTTI_SCORE_EFFECT_PARAMS == TUTTI_EFFECT_VALUES_MAX && TUTTI_SCORE_EFFECTS_MAX == TUTTI_EFFECTS_MAX);
G_STATIC_ASSERT (TUTTI_SCORE_BIG_EFFECTS_MAX == TUTTI_BIG_EFFECTS_MAX);
G_STATIC_ASSERT (TUTTI_SCORE_ZONES_MAX == TUTTI_ZONES_MAX);
G_STATIC_ASSERT (TUTTI_SCORE_LOCKS_MAX == TUTTI_STEP_LOCKS_MAX);
G_STATIC_ASSERT ((int) TUTTI_SCORE_PARAM_END == (int) TUTTI_PARAM_END);
G_STATIC_ASSERT ((int) TUTTI_SCORE_PARAM_RELEASE == (int) TUTTI_PARAM_RELEASE);
G_STATIC_ASSERT ((int) TUTTI_SCORE_PARAM_FILTER_TYPE == (int) TUTTI_PARAM_FILTER_TYPE);
G_STATIC_ASSERT ((int) TUTTI_SCORE_PARAM_REVERB_SEND == (int) TUTTI_PARAM_REVERB_SEND);

/* A track of the last document beside what became of it. */
typedef struct
{
  const TuttiTrack *track;     /* kept alive, and so unchanged, by the plan's copy of the document */
  TuttiScoreTrack  *score;     /* owned */
  TuttiPlanSound    sound;     /* kept alive by @score */
} Part;

struct _TuttiPlan
{
  TuttiPlanResolve  resolve;
  gpointer          user_data;
  TuttiJam         *last;      /* owned; NULL before the first */
  GArray           *parts;     /* of Part, as the tracks of @last */
  TuttiScoreSegment segments[TUTTI_SCORE_SEGMENTS_MAX];
  guint             n_segments;
  gint64            known_from;
  guint32           panic;
};

static void
part_clear (gpointer data)
{
  tutti_score_track_unref (((Part *) data)->score);
}

static GArray *
parts_new (void)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));

  g_array_set_clear_func (parts, part_clear);
  return parts;
}

TuttiPlan *
tutti_plan_new (TuttiPlanResolve resolve, gpointer user_data)
{
  TuttiPlan *self = g_new0 (TuttiPlan, 1);

  self->resolve = resolve;
  self->user_data = user_data;
  self->parts = parts_new ();
  return self;
}

void
tutti_plan_free (TuttiPlan *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->parts);
  tutti_jam_free (self->last);
  g_free (self);
}

void
tutti_plan_panic (TuttiPlan *self)
{
  self->panic++;
}

/* The sound core answers NULL when memory is out; here GLib would already have ended the process. */
static gpointer
needed (gpointer memory)
{
  if (memory == NULL)
    g_error ("out of memory for a score");
  return memory;
}

/* ---- steps and clips ---- */

static gint16
with_level (gint16 gain_cdb, int level_cdb)
{
  if (gain_cdb <= TUTTI_GAIN_MIN_CDB)
    return TUTTI_GAIN_MIN_CDB;
  return (gint16) CLAMP (gain_cdb + level_cdb, TUTTI_GAIN_MIN_CDB, TUTTI_GAIN_MAX_CDB);
}

static void
compile_step (TuttiScoreStep *out, const TuttiStep *step, int ticks_per_step, int level_cdb)
{
  *out = (TuttiScoreStep) {
    .velocity = step->velocity,
    .accent = step->accent,
    .tie = step->tie,
    .slide = step->slide,
    .pitch = step->pitch,
    .length = step->length,
    .chance = step->chance,
    .every_n = step->every_n,
    .every_of = step->every_of,
    .ratchet = step->ratchet,
    .ratchet_shape = step->ratchet_shape == TUTTI_RATCHET_FADE_OUT ? TUTTI_SCORE_RATCHET_FALLING : TUTTI_SCORE_RATCHET_FLAT,
    .micro = (gint16) CLAMP (step->micro_ticks, 1 - ticks_per_step, ticks_per_step - 1),
  };
  for (guint i = 0; i < step->n_locks; i++)
    {
      const TuttiLock *lock = &step->locks[i];

      out->locks[out->n_locks++] = (TuttiScoreLock) {
        lock->address, lock->address == TUTTI_PARAM_GAIN ? with_level (lock->value, level_cdb) : lock->value
      };
    }
}

/* Keys are played against the note that the sound has by itself. */
static TuttiScoreClip *
compile_notes (const TuttiClip *clip, int root_note)
{
  TuttiScoreClip *out = needed (tutti_score_clip_new_notes (clip->n_notes, tutti_clip_ticks (clip)));

  for (guint i = 0; i < clip->n_notes; i++)
    {
      const TuttiNote *note = &clip->notes[i];

      out->notes[i] = (TuttiScoreNote) { note->tick, note->length, (gint8) CLAMP (note->pitch - root_note, -127, 127), note->velocity };
    }
  return out;
}

static TuttiScoreClip *
compile_clip (const TuttiClip *clip, const TuttiPlanSound *sound)
{
  if (clip->kind == TUTTI_CLIP_NOTES)
    return compile_notes (clip, sound->root_note);
  TuttiScoreClip *out = needed (tutti_score_clip_new (clip->length, clip->ticks_per_step));

  for (guint i = 0; i < clip->length; i++)
    compile_step (&out->steps[i], &clip->steps[i], clip->ticks_per_step, sound->level_cdb);
  tutti_score_clip_seal (out);
  return out;
}

/* What @clip was compiled to before, when it is still the same. */
static TuttiScoreClip *
find_clip (const Part *old, const TuttiClip *clip)
{
  if (old == NULL || tutti_track_clip (old->track, clip->id) != clip)
    return NULL;
  if (tutti_id_equal (old->track->playing.clip, clip->id))
    return old->score->current.clip;
  if (old->track->has_queued && tutti_id_equal (old->track->queued.clip, clip->id))
    return old->score->queued.clip;
  return NULL;
}

static TuttiScoreClip *
clip_for (const Part *old, const TuttiTrack *track, TuttiId id, const TuttiPlanSound *sound)
{
  const TuttiClip *clip = tutti_id_is_none (id) ? NULL : tutti_track_clip (track, id);
  TuttiScoreClip *shared;

  if (clip == NULL)
    return NULL;
  gboolean same = old != NULL && old->sound.level_cdb == sound->level_cdb && old->sound.root_note == sound->root_note;

  shared = same ? find_clip (old, clip) : NULL;
  return shared != NULL ? tutti_score_clip_ref (shared) : compile_clip (clip, sound);
}

/* ---- tracks ---- */

/* The document keeps where the off-beat lies in a pair of steps (500 straight, 667 triplets), the sound core how late it is. */
static gint16
swing_of (gint16 place)
{
  return (gint16) (4 * CLAMP (place, 500, 750) - 2000);
}

static void
compile_effect (TuttiScoreEffect *out, const TuttiEffect *effect)
{
  out->id = tutti_id_key (effect->id);
  out->key = tutti_id_is_none (effect->key) ? 0 : tutti_id_key (effect->key);
  out->kind = (guint8) (TUTTI_SCORE_EFFECT_FILTER + effect->kind);
  out->on = effect->on;
  out->slot = effect->slot;
  memcpy (out->params, effect->values, sizeof out->params);
}

static void
compile_params (TuttiScoreTrack *out, const TuttiTrack *track, const TuttiPlanSound *sound)
{
  memcpy (out->params, track->params, sizeof out->params);
  out->params[TUTTI_PARAM_GAIN] = with_level (track->params[TUTTI_PARAM_GAIN], sound->level_cdb);
  if (track->params[TUTTI_PARAM_RELEASE] == tutti_param_spec (TUTTI_PARAM_RELEASE)->initial)
    out->params[TUTTI_PARAM_RELEASE] =
      (gint16) CLAMP (sound->release_ms, tutti_param_spec (TUTTI_PARAM_RELEASE)->min, tutti_param_spec (TUTTI_PARAM_RELEASE)->max);
}

/* Out holds the preset's numbers already. */
static void
compile_patch (TuttiScoreTrack *out, const TuttiTrack *track)
{
  for (guint i = 0; i < TUTTI_N_PATCH; i++)
    if (tutti_track_has_patch (track, i))
      out->patch[i] = track->patch[i];
}

static TuttiScoreZone
compile_zone (const TuttiPlan *self, const TuttiZone *zone)
{
  TuttiPlanSound sound;

  self->resolve (zone->sound, &sound, self->user_data);
  return (TuttiScoreZone) {
    sound.sound, zone->key_low, zone->key_high, zone->velocity_low, zone->velocity_high, zone->root, zone->tune,
    with_level (zone->gain, sound.level_cdb), zone->pan,
  };
}

static void
compile_zones (const TuttiPlan *self, TuttiScoreTrack *out, const TuttiTrack *track)
{
  for (guint i = 0; i < track->n_zones; i++)
    {
      TuttiScoreZone zone = compile_zone (self, &track->zones[i]);

      tutti_score_track_add_zone (out, &zone);
    }
}

/* Sounds of zones may have come or gone meanwhile. */
static gboolean
same_zones (const TuttiPlan *self, const TuttiTrack *track, const Part *old)
{
  for (guint i = 0; i < track->n_zones; i++)
    if (compile_zone (self, &track->zones[i]).sound != old->score->zones[i].sound)
      return FALSE;
  return TRUE;
}

static guint8
choke_of (const TuttiTrack *track, const TuttiPlanSound *sound)
{
  if (track->choke > 0 || sound->choke_group == 0)
    return track->choke;
  return (guint8) (OWN_CHOKE_GROUPS + MIN (sound->choke_group, 16));
}

static TuttiScoreTrack *
compile_track (const TuttiPlan *self, const TuttiTrack *track, const TuttiPlanSound *sound, gboolean audible, const Part *old)
{
  TuttiScoreTrack *out = needed (tutti_score_track_new (tutti_id_key (track->id)));
  gboolean gate = track->play_mode == TUTTI_PLAY_AS_MADE ? sound->gate : track->play_mode == TUTTI_PLAY_GATE;

  out->audible = audible;
  out->transpose = track->transpose;
  out->swing = track->swing < 500 ? -1 : swing_of (track->swing);
  compile_params (out, track, sound);
  tutti_score_track_set_sound (out, sound->sound);
  compile_patch (out, track);
  out->root_note = (guint8) CLAMP (sound->root_note, 0, TUTTI_KEY_MAX);
  compile_zones (self, out, track);
  out->mode = gate ? TUTTI_SOUND_GATE : TUTTI_SOUND_ONE_SHOT;
  out->choke_group = choke_of (track, sound);
  out->n_effects = track->n_effects;
  for (guint i = 0; i < track->n_effects; i++)
    compile_effect (&out->effects[i], &track->effects[i]);
  tutti_score_track_set_current (out, clip_for (old, track, track->playing.clip, sound), track->playing.from_tick);
  if (track->has_queued)
    tutti_score_track_set_queued (out, clip_for (old, track, track->queued.clip, sound), track->queued.from_tick);
  if (!tutti_score_track_seal_zones (out))
    needed (NULL);
  return out;
}

static gboolean
same_sound (const TuttiPlanSound *one, const TuttiPlanSound *other)
{
  return one->sound == other->sound && one->gate == other->gate && one->choke_group == other->choke_group &&
         one->level_cdb == other->level_cdb && one->release_ms == other->release_ms && one->root_note == other->root_note;
}

/* What became of the track before; tracks rarely move, so it mostly lies at @index. */
static const Part *
find_part (const TuttiPlan *self, TuttiId id, guint index)
{
  for (guint n = 0; n < self->parts->len; n++)
    {
      const Part *part = &g_array_index (self->parts, Part, (index + n) % self->parts->len);

      if (tutti_id_equal (part->track->id, id))
        return part;
    }
  return NULL;
}

static TuttiScoreTrack *
share_or_compile (const TuttiPlan *self, const TuttiTrack *track, const TuttiPlanSound *sound, gboolean audible, const Part *old)
{
  TuttiScoreTrack *copy;

  if (old == NULL || old->track != track || !same_sound (&old->sound, sound) || !same_zones (self, track, old))
    return compile_track (self, track, sound, audible, old);
  if (old->score->audible == audible)
    return tutti_score_track_ref (old->score);
  copy = needed (tutti_score_track_copy (old->score));
  copy->audible = audible;
  return copy;
}

static void
compile_tracks (TuttiPlan *self, const TuttiJam *jam, TuttiScore *score)
{
  g_autoptr(GArray) parts = parts_new ();
  TuttiJam *copy = tutti_jam_copy (jam);

  for (guint i = 0; i < copy->n_tracks; i++)
    {
      Part part = { .track = copy->tracks[i] };

      self->resolve (part.track->sound, &part.sound, self->user_data);
      part.score = share_or_compile (self, part.track, &part.sound, tutti_jam_audible (copy, part.track),
                                     find_part (self, part.track->id, i));
      g_array_append_val (parts, part);
      tutti_score_add_track (score, tutti_score_track_ref (part.score));
    }
  g_array_unref (self->parts);
  self->parts = g_steal_pointer (&parts);
  tutti_jam_free (self->last);
  self->last = copy;
}

/* ---- time ---- */

static gboolean
runs_on (const TuttiPlan *self, const TuttiTransport *transport)
{
  const TuttiScoreSegment *last;

  if (self->n_segments == 0)
    return FALSE;
  last = &self->segments[self->n_segments - 1];
  return last->playing == (transport->playing != FALSE) && last->tick == transport->anchor.tick &&
         last->tempo_cbpm == transport->anchor.tempo_cbpm && (!transport->playing || last->frame == transport->anchor.frame);
}

static void
forget_segments (TuttiPlan *self, guint n)
{
  self->n_segments -= n;
  memmove (self->segments, self->segments + n, self->n_segments * sizeof *self->segments);
}

/* A new anchor ends the segment before it, and whatever was thought to begin at or after it. */
static void
note_time (TuttiPlan *self, const TuttiTransport *transport, gint64 valid_from)
{
  gint64 frame = transport->playing ? transport->anchor.frame : valid_from;

  while (self->n_segments > 1 && self->segments[1].frame <= valid_from - HISTORY_FRAMES)
    forget_segments (self, 1);
  if (runs_on (self, transport))
    return;
  while (self->n_segments > 0 && self->segments[self->n_segments - 1].frame >= frame)
    self->n_segments--;
  if (self->n_segments == TUTTI_SCORE_SEGMENTS_MAX)
    forget_segments (self, 1);
  self->segments[self->n_segments++] =
    (TuttiScoreSegment) { frame, transport->anchor.tick, transport->anchor.tempo_cbpm, transport->playing };
}

static void
compile_transport (const TuttiPlan *self, const TuttiTransport *transport, TuttiScoreTransport *out)
{
  memcpy (out->segments, self->segments, self->n_segments * sizeof *self->segments);
  out->n_segments = (guint8) self->n_segments;
  out->start_tick = transport->start_tick;
  out->loop_on = transport->loop;
  out->loop_start = transport->loop_start;
  out->loop_end = transport->loop_end;
  out->beats_per_bar = transport->beats;
  out->beat_unit = transport->unit;
  out->metronome = transport->metronome;
}

static void
compile_mix (const gint16 *mix, TuttiScore *score)
{
  score->master_gain = mix[TUTTI_MIX_GAIN];
  score->delay.ticks = mix[TUTTI_MIX_DELAY_TICKS];
  score->delay.feedback = mix[TUTTI_MIX_DELAY_FEEDBACK];
  score->delay.level = mix[TUTTI_MIX_DELAY_GAIN];
  score->reverb.size = mix[TUTTI_MIX_REVERB_SIZE];
  score->reverb.damping = mix[TUTTI_MIX_REVERB_DAMPING];
  score->reverb.level = mix[TUTTI_MIX_REVERB_GAIN];
}

TuttiScore *
tutti_plan_compile (TuttiPlan *self, const TuttiJam *jam, gint64 at)
{
  TuttiScore *score = needed (tutti_score_new ());

  score->valid_from = jam->transport.playing ? MAX (at, jam->transport.anchor.frame) : at;
  if (self->last == NULL)
    self->known_from = score->valid_from;
  score->known_from = self->known_from;
  score->panic = self->panic;
  score->seed = jam->seed;
  score->swing = swing_of (jam->transport.swing);
  note_time (self, &jam->transport, score->valid_from);
  compile_transport (self, &jam->transport, &score->transport);
  compile_mix (jam->mix, score);
  score->n_master_effects = jam->n_master_effects;
  for (guint i = 0; i < jam->n_master_effects; i++)
    compile_effect (&score->master_effects[i], &jam->master_effects[i]);
  compile_tracks (self, jam, score);
  return score;
}
