/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-pattern.h"

#include "tutti-jam-json.h"
#include "tutti-json-scan.h"

#include <string.h>

/* A range of a clip and what it is to become. */
typedef struct
{
  const TuttiClip *clip;
  guint            first;
  guint            n;
  TuttiStep        steps[TUTTI_STEPS_MAX];
} Edit;

static gboolean
edit_init (Edit *edit, const TuttiClip *clip, guint first, guint n)
{
  edit->clip = clip;
  edit->first = first;
  edit->n = first < clip->length ? MIN (n, clip->length - first) : 0;
  memcpy (edit->steps, clip->steps + MIN (first, TUTTI_STEPS_MAX), edit->n * sizeof *edit->steps);
  return edit->n > 0;
}

static const TuttiStep *
old_step (const Edit *edit, guint i)
{
  return &edit->clip->steps[edit->first + i];
}

/* Only from the first to the last step that changes: less to send, less to collide with. */
static TuttiOp *
edit_op (const Edit *edit)
{
  guint first = 0, end = edit->n;
  TuttiSteps *steps;

  while (first < end && tutti_step_equal (&edit->steps[first], old_step (edit, first)))
    first++;
  while (end > first && tutti_step_equal (&edit->steps[end - 1], old_step (edit, end - 1)))
    end--;
  if (first == end)
    return NULL;
  steps = tutti_steps_new (end - first);
  memcpy (steps->step, edit->steps + first, steps->n * sizeof *steps->step);
  return tutti_op_new (TUTTI_OP_STEPS, edit->clip->id, TUTTI_N (edit->first + first), steps);
}

TuttiOp *
tutti_pattern_clear (const TuttiClip *clip, guint first, guint n)
{
  Edit edit;

  edit_init (&edit, clip, first, n);
  for (guint i = 0; i < edit.n; i++)
    edit.steps[i] = tutti_step_initial;
  return edit_op (&edit);
}

TuttiOp *
tutti_pattern_rotate (const TuttiClip *clip, guint first, guint n, int by)
{
  Edit edit;

  if (!edit_init (&edit, clip, first, n))
    return NULL;
  guint shift = (guint) tutti_floor_mod (by, edit.n);

  for (guint i = 0; i < edit.n; i++)
    edit.steps[(i + shift) % edit.n] = *old_step (&edit, i);
  return edit_op (&edit);
}

/* How many steps the note (or the rest) at step @i of the range takes: itself, what is tied to it, what it is held over. */
static guint
note_span (const Edit *edit, guint i)
{
  guint end = i + 1, held = i + old_step (edit, i)->length;

  if (old_step (edit, i)->velocity == 0)
    return 1;
  while (end < edit->n)
    {
      const TuttiStep *next = old_step (edit, end);

      if (next->velocity > 0 && next->tie)
        held = MAX (held, end + next->length);
      else if (next->velocity > 0 || end >= held)
        break;
      end++;
    }
  return end - i;
}

TuttiOp *
tutti_pattern_reverse (const TuttiClip *clip, guint first, guint n)
{
  Edit edit;
  guint span;

  edit_init (&edit, clip, first, n);
  for (guint i = 0; i < edit.n; i += span)
    {
      span = note_span (&edit, i);
      memcpy (edit.steps + edit.n - i - span, old_step (&edit, i), span * sizeof *edit.steps);
    }
  return edit_op (&edit);
}

TuttiOp *
tutti_pattern_mirror (const TuttiClip *clip, guint first, guint n)
{
  Edit edit;

  edit_init (&edit, clip, first, n);
  for (guint i = 0; i < edit.n / 2; i++)
    edit.steps[edit.n - 1 - i] = *old_step (&edit, i);
  return edit_op (&edit);
}

TuttiOp *
tutti_pattern_invert (const TuttiClip *clip, guint first, guint n, guint velocity)
{
  int low = TUTTI_PITCH_MAX, high = TUTTI_PITCH_MIN;
  Edit edit;

  edit_init (&edit, clip, first, n);
  for (guint i = 0; i < edit.n; i++)
    if (edit.steps[i].velocity > 0)
      {
        low = MIN (low, edit.steps[i].pitch);
        high = MAX (high, edit.steps[i].pitch);
      }
  for (guint i = 0; i < edit.n; i++)
    if (low < high && edit.steps[i].velocity > 0)
      edit.steps[i].pitch = (gint8) (low + high - edit.steps[i].pitch);
    else if (low >= high)
      edit.steps[i].velocity = edit.steps[i].velocity > 0 ? 0 : (guint8) CLAMP (velocity, 1, TUTTI_VELOCITY_MAX);
  return edit_op (&edit);
}

/* ---- chance ---- */

#define SOFTEST 50

TuttiOp *
tutti_pattern_randomise (const TuttiClip *clip, guint first, guint n, guint density, guint32 seed)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  Edit edit;

  edit_init (&edit, clip, first, n);
  for (guint i = 0; i < edit.n; i++)
    {
      /* Both are drawn for every step, so that more density only adds hits. */
      guint draw = (guint) g_rand_int_range (rand, 0, 100), velocity = (guint) g_rand_int_range (rand, SOFTEST, TUTTI_VELOCITY_MAX + 1);

      edit.steps[i].velocity = draw < density ? (guint8) velocity : 0;
      edit.steps[i].tie = 0;
    }
  return edit_op (&edit);
}

TuttiOp *
tutti_pattern_humanise (const TuttiClip *clip, guint first, guint n, int ticks, int velocity, guint32 seed)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  int most = TUTTI_TICKS_PER_QUARTER / 2;
  Edit edit;

  edit_init (&edit, clip, first, n);
  for (guint i = 0; i < edit.n; i++)
    {
      TuttiStep *step = &edit.steps[i];
      int later = g_rand_int_range (rand, -ticks, ticks + 1), louder = g_rand_int_range (rand, -velocity, velocity + 1);

      if (step->velocity == 0)
        continue;
      step->micro_ticks = (gint16) CLAMP (step->micro_ticks + later, -most, most);
      step->velocity = (guint8) CLAMP (step->velocity + louder, 1, TUTTI_VELOCITY_MAX);
    }
  return edit_op (&edit);
}

TuttiOp *
tutti_pattern_fill (const TuttiClip *clip, guint first, guint n, guint every, guint velocity)
{
  Edit edit;

  edit_init (&edit, clip, first, n);
  for (guint i = 0; i < edit.n; i += MAX (every, 1))
    edit.steps[i].velocity = (guint8) CLAMP (velocity, 1, TUTTI_VELOCITY_MAX);
  return edit_op (&edit);
}

/* ---- Euclid ---- */

/* Equal groups of steps. Hits and rests are joined pair by pair, then the pairs with what is left over, until at most one is left. */
typedef struct
{
  gboolean hits[TUTTI_STEPS_MAX];
  guint    length;
  guint    count;
} Group;

static void
group_append (Group *group, const Group *other)
{
  memcpy (group->hits + group->length, other->hits, other->length * sizeof *other->hits);
  group->length += other->length;
}

void
tutti_euclid (guint onsets, guint n, gboolean *hits)
{
  Group front = { { TRUE }, 1, MIN (onsets, n) }, rest = { { FALSE }, 1, n - MIN (onsets, n) };
  gboolean begun = FALSE;
  guint at = 0;

  for (; front.count > 0 && (rest.count > 1 || (rest.count > 0 && !begun)); begun = TRUE)
    {
      guint pairs = MIN (front.count, rest.count);
      Group joined = front;

      joined.count = pairs;
      group_append (&joined, &rest);
      if (front.count > pairs)
        {
          front.count -= pairs;
          rest = front;
        }
      else
        rest.count -= pairs;
      front = joined;
    }
  for (guint i = 0; i < front.count; i++, at += front.length)
    memcpy (hits + at, front.hits, front.length * sizeof *hits);
  for (guint i = 0; i < rest.count; i++, at += rest.length)
    memcpy (hits + at, rest.hits, rest.length * sizeof *hits);
}

TuttiOp *
tutti_pattern_euclid (const TuttiClip *clip, guint first, guint n, guint onsets, int rotation, guint velocity)
{
  gboolean hits[TUTTI_STEPS_MAX];
  Edit edit;

  if (!edit_init (&edit, clip, first, n))
    return NULL;
  tutti_euclid (onsets, edit.n, hits);
  for (guint i = 0; i < edit.n; i++)
    {
      TuttiStep *step = &edit.steps[(guint) tutti_floor_mod ((gint64) i + rotation, edit.n)];

      if (hits[i] && step->velocity == 0)
        step->velocity = (guint8) CLAMP (velocity, 1, TUTTI_VELOCITY_MAX);
      else if (!hits[i])
        step->velocity = 0;
      /* A tie would swallow an onset. */
      step->tie = 0;
    }
  return edit_op (&edit);
}

/* ---- notes ---- */

TuttiOp *
tutti_pattern_transpose (const TuttiClip *clip, guint first, guint n, int semitones)
{
  Edit edit;

  edit_init (&edit, clip, first, n);
  for (guint i = 0; i < edit.n; i++)
    if (edit.steps[i].velocity > 0)
      semitones = CLAMP (semitones, TUTTI_PITCH_MIN - edit.steps[i].pitch, TUTTI_PITCH_MAX - edit.steps[i].pitch);
  for (guint i = 0; i < edit.n; i++)
    if (edit.steps[i].velocity > 0)
      edit.steps[i].pitch = (gint8) (edit.steps[i].pitch + semitones);
  return edit_op (&edit);
}

/* ---- clipboard ---- */

char *
tutti_pattern_copy (const TuttiClip *clip, guint first, guint n)
{
  GString *out = g_string_new (NULL);
  Edit edit;

  edit_init (&edit, clip, first, n);
  tutti_steps_write (out, edit.steps, edit.n);
  return g_string_free (out, FALSE);
}

TuttiOp *
tutti_pattern_paste (const TuttiClip *clip, guint first, const char *text, gssize length, GError **error)
{
  TuttiStep pasted[TUTTI_STEPS_MAX];
  g_autoptr(JsonNode) node = NULL;
  guint n = 0;
  Edit edit;

  node = tutti_json_parse (text, length < 0 ? strlen (text) : (gsize) length, TUTTI_JSON_DEFAULT, error);
  if (node == NULL || !tutti_steps_from_json (node, pasted, TUTTI_STEPS_MAX, &n, error))
    return NULL;
  edit_init (&edit, clip, first, n);
  memcpy (edit.steps, pasted, edit.n * sizeof *pasted);
  return edit_op (&edit);
}
