/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a click on the clips page means. */
#include "tutti-clips-private.h"

#include "tutti-ask.h"
#include "tutti-fader.h"

#include <glib/gi18n.h>
#include <math.h>

static int
quantum (TuttiClipsPage *self)
{
  for (int i = 0; i < TUTTI_N_QUANTA; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->quanta[i])))
      return i;
  return TUTTI_QUANTUM_BAR;
}

static void
ask (TuttiClipsPage *self, TuttiOp *op)
{
  tutti_ask (GTK_WIDGET (self), self->session, op);
}

static void
place_of (GtkWidget *cell, int *track, int *scene)
{
  *track = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (cell), "tutti-track"));
  *scene = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (cell), "tutti-scene"));
}

/* A queued clip is taken back, a playing one stopped, an empty slot stops its track. */
void
tutti_clips_on_launch (TuttiClipCell *cell, TuttiClipsPage *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  const TuttiClipLook *look = tutti_clip_cell_get_look (cell);
  const TuttiClip *clip;
  int t, s;

  place_of (GTK_WIDGET (cell), &t, &s);
  if (t >= (int) jam->n_tracks || s >= (int) jam->n_scenes)
    return;
  clip = tutti_track_clip_at (jam->tracks[t], jam->scenes[s].id);
  if (look->state == TUTTI_CLIP_QUEUED || look->state == TUTTI_CLIP_STOPPING)
    ask (self, tutti_op_new (TUTTI_OP_LAUNCH_CANCEL, jam->tracks[t]->id));
  else if (clip == NULL || look->state == TUTTI_CLIP_PLAYING)
    ask (self, tutti_op_new (TUTTI_OP_LAUNCH, jam->tracks[t]->id, tutti_id (0, 0), TUTTI_N (quantum (self))));
  else
    ask (self, tutti_op_new (TUTTI_OP_LAUNCH, jam->tracks[t]->id, clip->id, TUTTI_N (quantum (self))));
}

void
tutti_clips_on_create (TuttiClipCell *cell, TuttiClipsPage *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  int t, s;

  place_of (GTK_WIDGET (cell), &t, &s);
  if (t < (int) jam->n_tracks && s < (int) jam->n_scenes)
    ask (self, tutti_op_new (TUTTI_OP_CLIP_ADD, tutti_session_new_id (self->session), jam->tracks[t]->id, jam->scenes[s].id,
                             jam->scenes[s].name));
}

void
tutti_clips_page_launch_scene (TuttiClipsPage *self, int index)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  if (jam == NULL || index >= (int) jam->n_scenes)
    return;
  ask (self, tutti_op_new (TUTTI_OP_LAUNCH_SCENE, index < 0 ? tutti_id (0, 0) : jam->scenes[index].id, TUTTI_N (quantum (self))));
}

void
tutti_clips_on_scene_launch (TuttiClipCell *cell, TuttiClipsPage *self)
{
  int t, s;

  place_of (GTK_WIDGET (cell), &t, &s);
  if (tutti_clip_cell_get_look (cell)->state == TUTTI_CLIP_QUEUED)
    ask (self, tutti_op_new (TUTTI_OP_LAUNCH_CANCEL, tutti_id (0, 0)));
  else
    tutti_clips_page_launch_scene (self, s);
}

void
tutti_clips_on_stop_all (GtkButton *button, TuttiClipsPage *self)
{
  tutti_clips_page_launch_scene (self, -1);
}

void
tutti_clips_on_stop_track (GtkButton *button, TuttiClipsPage *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      TuttiClipsColumn *column = g_ptr_array_index (self->columns, i);
      if (column->stop == GTK_WIDGET (button))
        ask (self, tutti_op_new (TUTTI_OP_LAUNCH, column->track, tutti_id (0, 0), TUTTI_N (quantum (self))));
    }
}

void
tutti_clips_on_add_scene (GtkButton *button, TuttiClipsPage *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  g_autofree char *name = g_strdup_printf (_("Scene %d"), jam->n_scenes + 1);

  ask (self, tutti_op_new (TUTTI_OP_SCENE_ADD, tutti_session_new_id (self->session), name, TUTTI_N (jam->n_scenes)));
}

void
tutti_clips_on_volume (GtkRange *range, TuttiClipsPage *self)
{
  for (guint i = 0; !self->showing && i < self->columns->len; i++)
    {
      TuttiClipsColumn *column = g_ptr_array_index (self->columns, i);
      if (column->volume == GTK_WIDGET (range))
        ask (self, tutti_op_new (TUTTI_OP_PARAM, column->track, TUTTI_N (TUTTI_PARAM_GAIN),
                                 TUTTI_N (round (tutti_fader_cdb_of (gtk_range_get_value (range)) / 10.0) * 10)));
    }
}
