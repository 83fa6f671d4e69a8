/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether everyone hears the same, bit for bit: asked of all who are here about a second that all of them have behind them. */
#include "tutti-session-private.h"

/* Who has not answered by then has nothing to say. */
#define ANSWERS_WITHIN_MS 2000

static guint8
state_of (TuttiPrintState state)
{
  static const guint8 states[] = {
    [TUTTI_PRINT_OK] = TUTTI_RENDERED_OK, [TUTTI_PRINT_SETTLING] = TUTTI_RENDERED_SETTLING, [TUTTI_PRINT_LATE] = TUTTI_RENDERED_LATE,
  };

  return states[state];
}

/* What this machine made of @second. */
static void
look_up (TuttiSession *self, gint64 second, TuttiRendered *out)
{
  g_autofree TuttiPrint *print = g_new0 (TuttiPrint, 1);

  *out = (TuttiRendered) { .second = second, .state = TUTTI_RENDERED_UNKNOWN };
  if (self->playback == NULL || !tutti_mix_get_print (tutti_playback_get_mix (self->playback), second, print))
    return;
  out->state = state_of (print->state);
  out->hash = print->hash;
  out->tracks = g_array_sized_new (FALSE, FALSE, sizeof (TuttiRenderedTrack), print->n_tracks);
  for (guint i = 0; i < print->n_tracks; i++)
    {
      guint64 key = print->tracks[i].track_id;
      TuttiRenderedTrack track = { tutti_id ((guint32) (key >> 32), (guint32) key), print->tracks[i].hash };

      g_array_append_val (out->tracks, track);
    }
}

void
tutti_session_on_asked (TuttiSession *self, const TuttiMessage *message)
{
  g_auto(TuttiRendered) rendered = { 0 };

  look_up (self, message->rendered.second, &rendered);
  tutti_replica_answer (self->replica, message->stamp.by, &rendered);
}

static guint
count_others (TuttiSession *self)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->people)); i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (G_LIST_MODEL (self->people), i);

      n += tutti_member_get_present (member) && !tutti_member_get_is_me (member);
    }
  return n;
}

static void
conclude (TuttiSession *self)
{
  g_autoptr(GArray) comparison = g_steal_pointer (&self->comparison);

  g_clear_handle_id (&self->comparing, g_source_remove);
  tutti_comparison_judge (comparison);
  g_signal_emit (self, tutti_session_signals[TUTTI_SESSION_COMPARED], 0, self->compared_second, comparison);
}

static gboolean
on_time_over (gpointer session)
{
  TuttiSession *self = session;

  self->comparing = 0;
  conclude (self);
  return G_SOURCE_REMOVE;
}

void
tutti_session_on_heard (TuttiSession *self, const TuttiMessage *message)
{
  if (self->comparison == NULL || message->rendered.second != self->compared_second)
    return;
  tutti_comparison_add (self->comparison, message->stamp.by, &message->rendered);
  if (self->comparison->len >= (tutti_studio_is_watching (self->studio) ? 0 : 1) + count_others (self))
    conclude (self);
}

gboolean
tutti_session_compare (TuttiSession *self, GError **error)
{
  g_auto(TuttiRendered) mine = { 0 };
  gint64 second = tutti_floor_div (tutti_session_get_frame (self), TUTTI_FRAMES_PER_SECOND) - TUTTI_RENDERED_AFTER;

  if (self->comparison != NULL)
    return TRUE;
  if (!tutti_session_is_alive (self, error) || !tutti_replica_compare (self->replica, second, error))
    return FALSE;
  self->compared_second = second;
  self->comparison = tutti_comparison_new ();
  if (!tutti_studio_is_watching (self->studio))
    {
      look_up (self, second, &mine);
      tutti_comparison_add (self->comparison, tutti_session_get_me (self), &mine);
    }
  self->comparing = g_timeout_add (ANSWERS_WITHIN_MS, on_time_over, self);
  return TRUE;
}
