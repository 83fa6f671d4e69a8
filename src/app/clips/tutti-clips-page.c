/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-clips-page.h"

#include "tutti-ask.h"
#include "tutti-clip-cell.h"
#include "tutti-fader.h"
#include "tutti-glyph.h"
#include "tutti-in-view.h"
#include "tutti-mute-solo.h"
#include "tutti-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define SCENE_WIDTH 168
#define SCENE_WIDTH_NARROW 120
/* Tracks and scenes stand in two grids, of which one scrolls sideways: rows that do not share the free height are as high in both. */
#define HEAD_HEIGHT 42
#define FOOT_HEIGHT 44

/* Everything of one track, top to bottom; the grid's rows beside scenes. */
typedef struct
{
  TuttiId    track;
  GtkWidget *glyph, *name, *stop, *volume, *mute_solo;
  GPtrArray *cells;            /* borrowed children of the grid, one a scene */
  TuttiId    playing, waiting; /* clips, as shown; none: none */
} Column;

struct _TuttiClipsPage
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* owned */
  GtkWidget    *root, *grid, *scenes_grid, *quanta[TUTTI_N_QUANTA], *title, *chip, *stop_words, *add_scene;
  GPtrArray    *columns;       /* of Column, owned */
  GPtrArray    *scenes;        /* borrowed children: cells */
  guint         built_tracks, built_scenes;
  gboolean      showing, narrow;
  gboolean      stale;         /* something changed while nobody saw it */
  gint64        shown_beat;
};

G_DEFINE_FINAL_TYPE (TuttiClipsPage, tutti_clips_page, GTK_TYPE_WIDGET)

static void
column_free (Column *column)
{
  g_ptr_array_unref (column->cells);
  g_free (column);
}

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

/* ---------------------------------------------------------------- what a click means */

static void
place_of (GtkWidget *cell, int *track, int *scene)
{
  *track = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (cell), "tutti-track"));
  *scene = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (cell), "tutti-scene"));
}

/* A queued clip is taken back, a playing one stopped, an empty slot stops its track. */
static void
on_launch (TuttiClipCell *cell, TuttiClipsPage *self)
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

static void
on_create (TuttiClipCell *cell, TuttiClipsPage *self)
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

static void
on_scene_launch (TuttiClipCell *cell, TuttiClipsPage *self)
{
  int t, s;

  place_of (GTK_WIDGET (cell), &t, &s);
  if (tutti_clip_cell_get_look (cell)->state == TUTTI_CLIP_QUEUED)
    ask (self, tutti_op_new (TUTTI_OP_LAUNCH_CANCEL, tutti_id (0, 0)));
  else
    tutti_clips_page_launch_scene (self, s);
}

static void
on_stop_all (GtkButton *button, TuttiClipsPage *self)
{
  tutti_clips_page_launch_scene (self, -1);
}

static void
on_stop_track (GtkButton *button, TuttiClipsPage *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = g_ptr_array_index (self->columns, i);
      if (column->stop == GTK_WIDGET (button))
        ask (self, tutti_op_new (TUTTI_OP_LAUNCH, column->track, tutti_id (0, 0), TUTTI_N (quantum (self))));
    }
}

static void
on_add_scene (GtkButton *button, TuttiClipsPage *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  g_autofree char *name = g_strdup_printf (_("Scene %d"), jam->n_scenes + 1);

  ask (self, tutti_op_new (TUTTI_OP_SCENE_ADD, tutti_session_new_id (self->session), name, TUTTI_N (jam->n_scenes)));
}

static void
on_volume (GtkRange *range, TuttiClipsPage *self)
{
  for (guint i = 0; !self->showing && i < self->columns->len; i++)
    {
      Column *column = g_ptr_array_index (self->columns, i);
      if (column->volume == GTK_WIDGET (range))
        ask (self, tutti_op_new (TUTTI_OP_PARAM, column->track, TUTTI_N (TUTTI_PARAM_GAIN),
                                 TUTTI_N (round (tutti_fader_cdb_of (gtk_range_get_value (range)) / 10.0) * 10)));
    }
}

/* ---------------------------------------------------------------- building */

static GtkWidget *
small_stop (const char *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *image = gtk_image_new_from_icon_name ("media-playback-stop-symbolic");

  gtk_image_set_pixel_size (GTK_IMAGE (image), 12);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), gtk_label_new (words));
  return box;
}

static GtkWidget *
new_cell (TuttiClipsPage *self, int track, int scene)
{
  GtkWidget *cell = tutti_clip_cell_new ();

  g_object_set_data (G_OBJECT (cell), "tutti-track", GINT_TO_POINTER (track));
  g_object_set_data (G_OBJECT (cell), "tutti-scene", GINT_TO_POINTER (scene));
  gtk_widget_set_vexpand (cell, TRUE);
  gtk_widget_set_hexpand (cell, TRUE);
  if (track < 0)
    g_signal_connect (cell, "launch", G_CALLBACK (on_scene_launch), self);
  else
    {
      g_signal_connect (cell, "launch", G_CALLBACK (on_launch), self);
      g_signal_connect (cell, "create", G_CALLBACK (on_create), self);
    }
  return cell;
}

static GtkWidget *
build_head (Column *column)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  column->glyph = tutti_glyph_new ();
  gtk_widget_add_css_class (column->glyph, "small-glyph");
  column->name = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (column->name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (column->name, "clip-head");
  gtk_widget_set_margin_start (head, 4);
  gtk_widget_set_size_request (head, -1, HEAD_HEIGHT);
  gtk_box_append (GTK_BOX (head), column->glyph);
  gtk_box_append (GTK_BOX (head), column->name);
  return head;
}

static GtkWidget *
build_foot (TuttiClipsPage *self, Column *column)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  column->volume = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 0.0134);
  gtk_scale_set_draw_value (GTK_SCALE (column->volume), FALSE);
  gtk_widget_add_css_class (column->volume, "slim");
  gtk_widget_set_hexpand (column->volume, TRUE);
  g_signal_connect (column->volume, "value-changed", G_CALLBACK (on_volume), self);
  column->mute_solo = tutti_mute_solo_new (self->session, FALSE);
  gtk_box_append (GTK_BOX (foot), column->volume);
  gtk_box_append (GTK_BOX (foot), column->mute_solo);
  gtk_widget_set_size_request (foot, -1, FOOT_HEIGHT);
  return foot;
}

static void
build_column (TuttiClipsPage *self, guint t, guint n_scenes)
{
  Column *column = g_new0 (Column, 1);
  GtkGrid *grid = GTK_GRID (self->grid);

  column->cells = g_ptr_array_new ();
  gtk_grid_attach (grid, build_head (column), (int) t, 0, 1, 1);
  for (guint s = 0; s < n_scenes; s++)
    {
      GtkWidget *cell = new_cell (self, (int) t, (int) s);
      gtk_grid_attach (grid, cell, (int) t, 1 + (int) s, 1, 1);
      g_ptr_array_add (column->cells, cell);
    }
  column->stop = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (column->stop), small_stop (_("Stop")));
  gtk_widget_add_css_class (column->stop, "flat");
  gtk_widget_add_css_class (column->stop, "stop-slot");
  g_signal_connect (column->stop, "clicked", G_CALLBACK (on_stop_track), self);
  gtk_grid_attach (grid, column->stop, (int) t, 1 + (int) n_scenes, 1, 1);
  gtk_grid_attach (grid, build_foot (self, column), (int) t, 2 + (int) n_scenes, 1, 1);
  g_ptr_array_add (self->columns, column);
}

static int
scene_width (TuttiClipsPage *self)
{
  return self->narrow ? SCENE_WIDTH_NARROW : SCENE_WIDTH;
}

static void
build_scenes (TuttiClipsPage *self, guint n_scenes)
{
  GtkGrid *grid = GTK_GRID (self->scenes_grid);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *title = gtk_label_new (_("Scenes"));

  gtk_widget_add_css_class (title, "clip-head");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_margin_start (title, 6);
  gtk_widget_set_size_request (title, -1, HEAD_HEIGHT);
  gtk_widget_set_size_request (foot, -1, FOOT_HEIGHT);
  gtk_grid_attach (grid, title, 0, 0, 1, 1);
  for (guint s = 0; s < n_scenes; s++)
    {
      GtkWidget *cell = new_cell (self, -1, (int) s);
      gtk_widget_set_hexpand (cell, FALSE);
      gtk_widget_set_size_request (cell, scene_width (self), -1);
      gtk_grid_attach (grid, cell, 0, 1 + (int) s, 1, 1);
      g_ptr_array_add (self->scenes, cell);
    }
  self->add_scene = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (box), gtk_label_new (_("Scene")));
  gtk_button_set_child (GTK_BUTTON (self->add_scene), box);
  gtk_widget_add_css_class (self->add_scene, "flat");
  gtk_widget_add_css_class (self->add_scene, "stop-slot");
  gtk_widget_set_tooltip_text (self->add_scene, _("Add a Scene"));
  g_signal_connect (self->add_scene, "clicked", G_CALLBACK (on_add_scene), self);
  gtk_grid_attach (grid, self->add_scene, 0, 1 + (int) n_scenes, 1, 1);
  gtk_grid_attach (grid, foot, 0, 2 + (int) n_scenes, 1, 1);
}

static void
empty (GtkWidget *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (grid)) != NULL)
    gtk_grid_remove (GTK_GRID (grid), child);
}

static void
rebuild (TuttiClipsPage *self, const TuttiJam *jam)
{
  empty (self->grid);
  empty (self->scenes_grid);
  g_ptr_array_set_size (self->columns, 0);
  g_ptr_array_set_size (self->scenes, 0);
  for (guint t = 0; t < jam->n_tracks; t++)
    build_column (self, t, jam->n_scenes);
  build_scenes (self, jam->n_scenes);
  self->built_tracks = jam->n_tracks;
  self->built_scenes = jam->n_scenes;
}

/* ---------------------------------------------------------------- showing */

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
show_cells (TuttiClipsPage *self, const TuttiJam *jam, const TuttiTrack *track, Column *column, gint64 tick)
{
  find_states (track, tick, &column->playing, &column->waiting);
  for (guint s = 0; s < jam->n_scenes; s++)
    show_cell (self, jam, track, s, g_ptr_array_index (column->cells, s), tick);
}

static void
show_column (TuttiClipsPage *self, const TuttiJam *jam, guint t, gint64 tick)
{
  const TuttiTrack *track = jam->tracks[t];
  Column *column = g_ptr_array_index (self->columns, t);

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
  if ((what->scope != TUTTI_SCOPE_STEP && what->scope != TUTTI_SCOPE_STEPS) ||
      (clip = tutti_jam_clip (jam, what->id, &track)) == NULL || tutti_jam_track (jam, track->id, &index) == NULL ||
      tutti_jam_scene (jam, clip->scene, &scene) == NULL)
    return FALSE;
  show_cell (self, jam, track, scene, g_ptr_array_index (((Column *) g_ptr_array_index (self->columns, index))->cells, scene), tick);
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
    rebuild (self, jam);
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
      Column *column = g_ptr_array_index (self->columns, t);
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
beat_column (const TuttiJam *jam, const TuttiTrack *track, Column *column, gint64 tick, gboolean lit,
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

static GtkWidget *
build_tools (TuttiClipsPage *self)
{
  static const char * const words[] = { N_("At once"), N_("Beat"), N_("Next bar"), N_("4 bars") };
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words_of_stop = small_stop (_("Stop All")), *spring = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *stop = gtk_button_new ();

  gtk_widget_add_css_class (tools, "tools");
  self->title = gtk_label_new (_("Start clips"));
  self->stop_words = gtk_widget_get_last_child (words_of_stop);
  gtk_widget_add_css_class (self->title, "dim-label");
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_add_css_class (box, "quantum");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  for (int i = 0; i < TUTTI_N_QUANTA; i++)
    {
      self->quanta[i] = gtk_toggle_button_new_with_label (_(words[i]));
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->quanta[i]), i > 0 ? GTK_TOGGLE_BUTTON (self->quanta[0]) : NULL);
      gtk_box_append (GTK_BOX (box), self->quanta[i]);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->quanta[TUTTI_QUANTUM_BAR]), TRUE);
  self->chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->chip, "chip");
  gtk_widget_add_css_class (self->chip, "queued");
  gtk_widget_set_valign (self->chip, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->chip, FALSE);
  gtk_box_append (GTK_BOX (self->chip), gtk_image_new_from_icon_name ("tutti-queued-symbolic"));
  gtk_box_append (GTK_BOX (self->chip), gtk_label_new (NULL));
  gtk_label_set_ellipsize (GTK_LABEL (gtk_widget_get_last_child (self->chip)), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (spring, TRUE);
  gtk_button_set_child (GTK_BUTTON (stop), words_of_stop);
  gtk_widget_add_css_class (stop, "flat");
  gtk_widget_set_valign (stop, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (stop, _("Stop All Clips (0)"));
  g_signal_connect (stop, "clicked", G_CALLBACK (on_stop_all), self);
  gtk_box_append (GTK_BOX (tools), self->title);
  gtk_box_append (GTK_BOX (tools), box);
  gtk_box_append (GTK_BOX (tools), self->chip);
  gtk_box_append (GTK_BOX (tools), spring);
  gtk_box_append (GTK_BOX (tools), stop);
  return tools;
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

static GtkWidget *
in_scroller (GtkWidget *child, GtkPolicyType sideways, GtkPolicyType down)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), sideways, down);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  return scroller;
}

static GtkWidget *
new_grid (void)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  gtk_widget_set_margin_bottom (grid, 8);
  return grid;
}

/* Tracks scroll sideways, the scenes beside them stay; both scroll up and down together. */
static GtkWidget *
build_body (TuttiClipsPage *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *tracks, *scroller;

  self->grid = new_grid ();
  self->scenes_grid = new_grid ();
  gtk_widget_set_margin_start (self->grid, 12);
  gtk_widget_set_margin_end (self->scenes_grid, 12);
  tracks = in_scroller (self->grid, GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_widget_set_hexpand (tracks, TRUE);
  gtk_box_append (GTK_BOX (body), tracks);
  gtk_box_append (GTK_BOX (body), self->scenes_grid);
  scroller = in_scroller (body, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

void
tutti_clips_page_set_narrow (TuttiClipsPage *self, gboolean narrow)
{
  self->narrow = narrow;
  gtk_widget_set_visible (self->title, !narrow);
  gtk_widget_set_visible (self->stop_words, !narrow);
  for (guint s = 0; s < self->scenes->len; s++)
    gtk_widget_set_size_request (g_ptr_array_index (self->scenes, s), scene_width (self), -1);
}

static void
tutti_clips_page_init (TuttiClipsPage *self)
{
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) column_free);
  self->scenes = g_ptr_array_new ();
  self->shown_beat = G_MININT64;
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  /* A language of long words may need more room than there is. */
  gtk_box_append (GTK_BOX (self->root), in_scroller (build_tools (self), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER));
  gtk_box_append (GTK_BOX (self->root), build_body (self));
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
tutti_clips_page_new (TuttiSession *session)
{
  TuttiClipsPage *self = g_object_new (TUTTI_TYPE_CLIPS_PAGE, NULL);

  self->session = g_object_ref (session);
  tutti_clips_page_refresh (self, NULL);
  return GTK_WIDGET (self);
}
