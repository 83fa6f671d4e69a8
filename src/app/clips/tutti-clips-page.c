/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is shown on the clips page, and when. */
#include "tutti-clips-private.h"

#include "tutti-fader.h"
#include "tutti-glyph.h"
#include "tutti-in-view.h"
#include "tutti-mute-solo.h"
#include "tutti-words.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (TuttiClipsPage, tutti_clips_page, GTK_TYPE_WIDGET)

static void
column_free (TuttiClipsColumn *column)
{
  g_ptr_array_unref (column->cells);
  g_free (column);
}

static TuttiClipState
state_of (const TuttiTrack *track, const TuttiClip *clip, gint64 tick)
{
  TuttiLaunch now = tutti_track_launch_at (track, tick);
  gboolean playing = clip != NULL && tutti_id_equal (now.clip, clip->id);
  gboolean waiting = track->has_queued && track->queued.from_tick > tick;

  if (clip != NULL && waiting && tutti_id_equal (track->queued.clip, clip->id))
    return TUTTI_CLIP_QUEUED;
  if (playing && waiting && tutti_id_is_none (track->queued.clip))
    return TUTTI_CLIP_STOPPING;
  return clip == NULL ? TUTTI_CLIP_EMPTY : playing ? TUTTI_CLIP_PLAYING : TUTTI_CLIP_LOADED;
}

static const char *
state_words (TuttiClipState state)
{
  static const char * const words[] = { N_("empty"), N_("ready"), N_("starts soon"), N_("playing"), N_("stops soon"),
                                        N_("sound on its way") };

  return _(words[state]);
}

static void
show_cell (TuttiClipsPage *self, const TuttiJam *jam, const TuttiTrack *track, guint s, GtkWidget *cell, gint64 tick)
{
  const TuttiClip *clip = tutti_track_clip_at (track, jam->scenes[s].id);
  TuttiClipLook look = { .state = state_of (track, clip, tick), .colour = track->colour };
  g_autofree char *name = NULL;

  if (clip != NULL)
    {
      g_strlcpy (look.name, *clip->name != '\0' ? clip->name : jam->scenes[s].name, sizeof look.name);
      tutti_clip_look_preview (&look, clip);
    }
  tutti_clip_cell_set_look (TUTTI_CLIP_CELL (cell), &look);
  name = g_strdup_printf (_("%s, scene %d %s, %s"), track->name, s + 1, jam->scenes[s].name, look.name);
  tutti_clip_cell_set_words (TUTTI_CLIP_CELL (cell), name, state_words (look.state));
}

/* A scene is the current one while more of its clips play than of any other. */
static int
current_scene (const TuttiJam *jam, gint64 tick, gboolean queued)
{
  int best = -1, most = 0;

  for (guint s = 0; s < jam->n_scenes; s++)
    {
      int n = 0;
      for (guint t = 0; t < jam->n_tracks; t++)
        {
          const TuttiClip *clip = tutti_track_clip_at (jam->tracks[t], jam->scenes[s].id);
          TuttiClipState state = state_of (jam->tracks[t], clip, tick);
          n += queued ? state == TUTTI_CLIP_QUEUED : state == TUTTI_CLIP_PLAYING;
        }
      if (n > most)
        best = (int) s, most = n;
    }
  return best;
}

static void
show_scenes (TuttiClipsPage *self, const TuttiJam *jam, gint64 tick)
{
  int current = current_scene (jam, tick, FALSE), queued = current_scene (jam, tick, TRUE);

  for (guint s = 0; s < self->scenes->len; s++)
    {
      TuttiClipLook look = { .state = (int) s == queued ? TUTTI_CLIP_QUEUED : (int) s == current ? TUTTI_CLIP_PLAYING
                                                                                                  : TUTTI_CLIP_LOADED,
                             .colour = -1, .number = (int) s + 1 };
      g_autofree char *name = g_strdup_printf (_("Scene %d %s"), s + 1, jam->scenes[s].name);
      g_strlcpy (look.name, jam->scenes[s].name, sizeof look.name);
      tutti_clip_cell_set_look (g_ptr_array_index (self->scenes, s), &look);
      tutti_clip_cell_set_words (g_ptr_array_index (self->scenes, s), name, state_words (look.state));
    }
}

/* What of @track plays and waits at @tick: with it the states of its cells change. */
static void
find_states (const TuttiTrack *track, gint64 tick, TuttiId *playing, TuttiId *waiting)
{
  *playing = tutti_track_launch_at (track, tick).clip;
  *waiting = track->has_queued && track->queued.from_tick > tick ? track->queued.clip : tutti_id (0, 0);
}

static void
show_cells (TuttiClipsPage *self, const TuttiJam *jam, const TuttiTrack *track, TuttiClipsColumn *column, gint64 tick)
{
  find_states (track, tick, &column->playing, &column->waiting);
  for (guint s = 0; s < jam->n_scenes; s++)
    show_cell (self, jam, track, s, g_ptr_array_index (column->cells, s), tick);
}

static void
show_column (TuttiClipsPage *self, const TuttiJam *jam, guint t, gint64 tick)
{
  const TuttiTrack *track = jam->tracks[t];
  TuttiClipsColumn *column = g_ptr_array_index (self->columns, t);

  column->track = track->id;
  tutti_glyph_set_track (column->glyph, track);
  gtk_label_set_text (GTK_LABEL (column->name), track->name);
  tutti_mute_solo_show (column->mute_solo, track);
  tutti_set_colour_class (column->volume, "track", tutti_colour_names, track->colour);
  gtk_range_set_value (GTK_RANGE (column->volume), tutti_fader_share_of (track->params[TUTTI_PARAM_GAIN]));
  show_cells (self, jam, track, column, tick);
}

/* A change of one track, or of what is in one clip, touches its column alone. */
static gboolean
refresh_one (TuttiClipsPage *self, const TuttiJam *jam, const TuttiTarget *what, gint64 tick)
{
  const TuttiTrack *track = NULL;
  guint index, scene;
  const TuttiClip *clip;

  if (what == NULL)
    return FALSE;
  if (what->scope == TUTTI_SCOPE_TRACK && tutti_jam_track (jam, what->id, &index) != NULL)
    {
      show_column (self, jam, index, tick);
      return TRUE;
    }
  if ((what->scope != TUTTI_SCOPE_STEP && what->scope != TUTTI_SCOPE_STEPS && what->scope != TUTTI_SCOPE_NOTES) ||
      (clip = tutti_jam_clip (jam, what->id, &track)) == NULL || tutti_jam_track (jam, track->id, &index) == NULL ||
      tutti_jam_scene (jam, clip->scene, &scene) == NULL)
    return FALSE;
  const TuttiClipsColumn *column = g_ptr_array_index (self->columns, index);

  show_cell (self, jam, track, scene, g_ptr_array_index (column->cells, scene), tick);
  return TRUE;
}

void
tutti_clips_page_refresh (TuttiClipsPage *self, const TuttiTarget *what)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  gboolean built = jam != NULL && jam->n_tracks == self->built_tracks && jam->n_scenes == self->built_scenes && self->add_scene != NULL;
  gint64 tick;

  if (jam == NULL)
    return;
  if (what != NULL && !gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->stale = TRUE;
      return;
    }
  tick = tutti_session_get_tick (self->session);
  self->showing = TRUE;
  if (!built)
    tutti_clips_rebuild (self, jam);
  if (!built || !refresh_one (self, jam, what, tick))
    {
      for (guint t = 0; t < jam->n_tracks; t++)
        show_column (self, jam, t, tick);
      show_scenes (self, jam, tick);
      self->stale = FALSE;
    }
  self->showing = FALSE;
}

/* What was queued takes over: only the states change, and only where something was queued. */
static void
show_new_states (TuttiClipsPage *self, const TuttiJam *jam, gint64 tick)
{
  gboolean changed = FALSE;

  for (guint t = 0; t < jam->n_tracks; t++)
    {
      TuttiClipsColumn *column = g_ptr_array_index (self->columns, t);
      TuttiId playing, waiting;

      find_states (jam->tracks[t], tick, &playing, &waiting);
      if (tutti_id_equal (playing, column->playing) && tutti_id_equal (waiting, column->waiting))
        continue;
      show_cells (self, jam, jam->tracks[t], column, tick);
      changed = TRUE;
    }
  if (changed)
    show_scenes (self, jam, tick);
}

static int
beats_until (const TuttiJam *jam, gint64 from_tick, gint64 tick)
{
  gint64 beat = tutti_ticks_per_beat (jam->transport.unit);

  return (int) MAX ((from_tick - tick + beat - 1) / beat, 0);
}

static void
show_chip (TuttiClipsPage *self, const TuttiJam *jam, gint64 tick)
{
  int queued = current_scene (jam, tick, TRUE), beats = 0;
  g_autofree char *words = NULL;

  for (guint t = 0; t < jam->n_tracks; t++)
    if (jam->tracks[t]->has_queued && jam->tracks[t]->queued.from_tick > tick)
      beats = beats_until (jam, jam->tracks[t]->queued.from_tick, tick);
  gtk_widget_set_visible (self->chip, queued >= 0 && beats > 0);
  if (queued < 0 || beats == 0)
    return;
  words = g_strdup_printf (ngettext ("%s starts in %d beat", "%s starts in %d beats", beats), jam->scenes[queued].name, beats);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (self->chip)), words);
}

static void
beat_column (const TuttiJam *jam, const TuttiTrack *track, TuttiClipsColumn *column, gint64 tick, gboolean lit,
             GtkScrolledWindow *scroller)
{
  TuttiLaunch launch = tutti_track_launch_at (track, tick);
  const TuttiClip *clip = tutti_track_clip (track, launch.clip);
  gint64 length = clip != NULL ? (gint64) clip->length * clip->ticks_per_step : 1;
  double progress = tutti_floor_mod (tick - launch.from_tick, length) / (double) length;
  int beats = track->has_queued ? beats_until (jam, track->queued.from_tick, tick) : 0;

  for (guint s = 0; s < column->cells->len; s++)
    if (tutti_in_view (g_ptr_array_index (column->cells, s), scroller))
      tutti_clip_cell_beat (g_ptr_array_index (column->cells, s), beats, progress, lit);
}

void
tutti_clips_page_beat (TuttiClipsPage *self, gint64 tick, gboolean playing)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  GtkScrolledWindow *scroller;
  gint64 beat;
  gboolean lit, still;

  if (jam == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)) || self->columns->len != jam->n_tracks)
    return;
  scroller = GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (self->grid, GTK_TYPE_SCROLLED_WINDOW));
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &still, NULL);
  beat = tutti_floor_div (tick, tutti_ticks_per_beat (jam->transport.unit));
  lit = !still || tutti_floor_mod (tick, tutti_ticks_per_beat (jam->transport.unit)) * 10 <
                    6 * tutti_ticks_per_beat (jam->transport.unit);
  /* What is queued takes over on a beat: only then states can change without an operation. */
  if (beat != self->shown_beat)
    {
      self->shown_beat = beat;
      show_new_states (self, jam, tick);
      show_chip (self, jam, tick);
    }
  for (guint t = 0; t < jam->n_tracks; t++)
    beat_column (jam, jam->tracks[t], g_ptr_array_index (self->columns, t), tick, lit, scroller);
  for (guint s = 0; s < self->scenes->len; s++)
    tutti_clip_cell_beat (g_ptr_array_index (self->scenes, s), 1, 0, lit);
}

static void
tutti_clips_page_dispose (GObject *object)
{
  TuttiClipsPage *self = TUTTI_CLIPS_PAGE (object);

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->scenes, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tutti_clips_page_parent_class)->dispose (object);
}

static void
tutti_clips_page_map (GtkWidget *widget)
{
  if (TUTTI_CLIPS_PAGE (widget)->stale)
    tutti_clips_page_refresh (TUTTI_CLIPS_PAGE (widget), NULL);
  GTK_WIDGET_CLASS (tutti_clips_page_parent_class)->map (widget);
}

static void
tutti_clips_page_class_init (TuttiClipsPageClass *klass)
{
  GTK_WIDGET_CLASS (klass)->map = tutti_clips_page_map;
  G_OBJECT_CLASS (klass)->dispose = tutti_clips_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

void
tutti_clips_page_set_narrow (TuttiClipsPage *self, gboolean narrow)
{
  self->narrow = narrow;
  tutti_clips_fit (self);
}

static void
tutti_clips_page_init (TuttiClipsPage *self)
{
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) column_free);
  self->scenes = g_ptr_array_new ();
  self->shown_beat = G_MININT64;
  tutti_clips_build (self);
}

GtkWidget *
tutti_clips_page_new (TuttiSession *session)
{
  TuttiClipsPage *self = g_object_new (TUTTI_TYPE_CLIPS_PAGE, NULL);

  self->session = g_object_ref (session);
  tutti_clips_page_refresh (self, NULL);
  return GTK_WIDGET (self);
}
