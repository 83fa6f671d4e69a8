/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-pattern-page.h"

#include "tutti-ask.h"
#include "tutti-passing-menu.h"
#include "tutti-pattern-popover.h"
#include "tutti-pattern.h"
#include "tutti-ruler.h"
#include "tutti-settings.h"
#include "tutti-text-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _TuttiPatternPage
{
  GtkWidget           parent_instance;
  TuttiSession       *session; /* owned */
  GtkWidget          *scene_button, *scene_prefix, *scene_name, *pager, *pages, *longer, *follow, *select, *tools,
                     *text_button, *narrow_menu, *ruler_slot, *beside, *scroller;
  GtkWidget          *grid, *ruler, *text;
  GSimpleActionGroup *actions;
  char               *copied;  /* owned; a pattern as compose writes it */
  TuttiId             followed_track, heard;   /* when last looked: the selected track, and the scene that sounded */
};

G_DEFINE_FINAL_TYPE (TuttiPatternPage, tutti_pattern_page, GTK_TYPE_WIDGET)

static const TuttiClip *
focused_clip (TuttiPatternPage *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  const TuttiTrack *track =
    jam != NULL ? tutti_jam_track (jam, tutti_step_grid_get_track (TUTTI_STEP_GRID (self->grid)), NULL) : NULL;

  return track != NULL ? tutti_track_clip_at (track, tutti_step_grid_get_scene (TUTTI_STEP_GRID (self->grid))) : NULL;
}

static void
ask (TuttiPatternPage *self, TuttiOp *op)
{
  /* A command that would change nothing is no operation. */
  if (op != NULL)
    tutti_ask (GTK_WIDGET (self), self->session, op);
}

/* ---------------------------------------------------------------- actions */

static void
on_turn_page (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiPatternPage *self = user_data;
  TuttiStepGrid *grid = TUTTI_STEP_GRID (self->grid);
  int by = g_str_equal (g_action_get_name (G_ACTION (action)), "next-page") ? 1 : -1;

  tutti_step_grid_set_page (grid, tutti_step_grid_get_page (grid) + by);
}

static void
on_page (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiPatternPage *self = user_data;

  tutti_step_grid_set_page (TUTTI_STEP_GRID (self->grid), g_variant_get_int32 (parameter));
}

static void
on_scene (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiPatternPage *self = user_data;
  TuttiId scene;

  if (tutti_id_parse (g_variant_get_string (parameter, NULL), &scene))
    tutti_step_grid_set_scene (TUTTI_STEP_GRID (self->grid), scene);
}

static void
on_longer (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiPatternPage *self = user_data;
  const TuttiClip *clip = focused_clip (self);
  int page = (int) tutti_grid_time_page (tutti_step_grid_get_time (TUTTI_STEP_GRID (self->grid)));

  if (clip != NULL)
    ask (self, tutti_op_new (TUTTI_OP_CLIP_LENGTH, clip->id,
                             TUTTI_N (MIN (clip->length + page / clip->ticks_per_step, TUTTI_STEPS_MAX))));
}

static void
on_copy (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiPatternPage *self = user_data;
  const TuttiClip *clip = focused_clip (self);

  if (clip == NULL)
    return;
  g_free (self->copied);
  self->copied = tutti_pattern_copy (clip, 0, clip->length);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "paste")), TRUE);
  tutti_say (GTK_WIDGET (self), _("Pattern copied"));
}

static void
on_paste (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiPatternPage *self = user_data;
  const TuttiClip *clip = focused_clip (self);

  if (clip != NULL && self->copied != NULL)
    ask (self, tutti_pattern_paste (clip, 0, self->copied, -1, NULL));
}

static void
on_clear (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiPatternPage *self = user_data;

  if (focused_clip (self) != NULL)
    ask (self, tutti_pattern_clear (focused_clip (self), 0, focused_clip (self)->length));
}

static void
on_rotate (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiPatternPage *self = user_data;

  if (focused_clip (self) != NULL)
    ask (self, tutti_pattern_rotate (focused_clip (self), 0, focused_clip (self)->length, g_variant_get_int32 (parameter)));
}

/* Filling makes the clip where there is none. */
static void
on_fill (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiPatternPage *self = user_data;
  TuttiStepRef focus;

  if (focused_clip (self) == NULL && tutti_step_grid_get_focus (TUTTI_STEP_GRID (self->grid), &focus))
    ask (self, tutti_op_new (TUTTI_OP_CLIP_ADD, tutti_session_new_id (self->session), focus.track, focus.scene, ""));
  if (focused_clip (self) != NULL)
    ask (self, tutti_pattern_fill (focused_clip (self), 0, focused_clip (self)->length, (guint) g_variant_get_int32 (parameter),
                                   TUTTI_STEP_NORMAL));
}

/* What can be seen at once needs no questions. */
static void
on_turn (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiPatternPage *self = user_data;
  const TuttiClip *clip = focused_clip (self);
  const char *name = g_action_get_name (G_ACTION (action));

  if (clip == NULL)
    return;
  if (g_str_equal (name, "reverse"))
    ask (self, tutti_pattern_reverse (clip, 0, clip->length));
  else if (g_str_equal (name, "mirror"))
    ask (self, tutti_pattern_mirror (clip, 0, clip->length));
  else
    ask (self, tutti_pattern_invert (clip, 0, clip->length, TUTTI_STEP_NORMAL));
}

static void
open_tool (TuttiPatternPage *self, TuttiPatternTool tool)
{
  const TuttiClip *clip = focused_clip (self);

  if (clip != NULL)
    tutti_pattern_popover_open (gtk_widget_get_visible (self->tools) ? self->tools : self->narrow_menu, TUTTI_STEP_GRID (self->grid),
                                clip->id, tool);
}

/* "euclid" names none. */
static void
on_tool (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  int tool = parameter != NULL ? g_variant_get_int32 (parameter) : TUTTI_PATTERN_EUCLID;

  open_tool (user_data, (TuttiPatternTool) CLAMP (tool, 0, TUTTI_PATTERN_EUCLID));
}

static void
on_follow (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  TuttiPatternPage *self = user_data;

  g_simple_action_set_state (action, state);
  tutti_settings_set_follow (g_variant_get_boolean (state));
  /* Whoever turns it on wants to see what sounds, at once. */
  self->heard = tutti_id (0, 0);
}

static void
on_select (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  TuttiPatternPage *self = user_data;

  g_simple_action_set_state (action, state);
  tutti_step_grid_set_selecting (TUTTI_STEP_GRID (self->grid), g_variant_get_boolean (state));
}

/* Made when it is wanted first: most never do. */
static void
on_text (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  TuttiPatternPage *self = user_data;

  g_simple_action_set_state (action, state);
  if (self->text == NULL)
    {
      self->text = tutti_text_view_new (TUTTI_STEP_GRID (self->grid));
      gtk_box_append (GTK_BOX (self->beside), self->text);
    }
  gtk_widget_set_visible (self->text, g_variant_get_boolean (state));
  tutti_text_view_load (TUTTI_TEXT_VIEW (self->text));
  if (g_variant_get_boolean (state))
    tutti_text_view_grab (TUTTI_TEXT_VIEW (self->text));
}

static gboolean
following (TuttiPatternPage *self)
{
  g_autoptr(GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "follow");

  return g_variant_get_boolean (state);
}

static void
add_actions (TuttiPatternPage *self)
{
  static const GActionEntry entries[] = {
    { "previous-page", on_turn_page }, { "next-page", on_turn_page }, { "page", on_page, "i" }, { "scene", on_scene, "s" },
    { "longer", on_longer }, { "copy", on_copy }, { "paste", on_paste }, { "clear", on_clear },
    { "rotate", on_rotate, "i" }, { "fill", on_fill, "i" }, { "euclid", on_tool },
    { "reverse", on_turn }, { "mirror", on_turn }, { "invert", on_turn }, { "tool", on_tool, "i" },
    { "follow", NULL, NULL, "false", on_follow }, { "select", NULL, NULL, "false", on_select },
    { "text", NULL, NULL, "false", on_text },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "paste")), FALSE);
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "follow",
                                      g_variant_new_boolean (tutti_settings_get_follow ()));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "pattern", G_ACTION_GROUP (self->actions));
}

/* ---------------------------------------------------------------- showing */

static void
show_scenes (TuttiPatternPage *self, const TuttiJam *jam)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  TuttiId shown = tutti_step_grid_get_scene (TUTTI_STEP_GRID (self->grid));
  const TuttiScene *scene = tutti_jam_scene (jam, shown, NULL);

  for (guint i = 0; i < jam->n_scenes; i++)
    {
      char id[TUTTI_ID_TEXT_SIZE];
      g_autoptr(GMenuItem) item = g_menu_item_new (jam->scenes[i].name, NULL);
      g_menu_item_set_action_and_target (item, "pattern.scene", "s", tutti_id_print (jam->scenes[i].id, id));
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->scene_button), G_MENU_MODEL (menu));
  gtk_label_set_text (GTK_LABEL (self->scene_name), scene != NULL ? scene->name : "");
  gtk_widget_set_visible (self->scene_button, jam->n_scenes > 0);
}

static void
fit_page_buttons (TuttiPatternPage *self, int n)
{
  int have = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (self->pages); child != NULL; child = gtk_widget_get_next_sibling (child))
    have++;
  for (; have < n; have++)
    {
      GtkWidget *button = gtk_toggle_button_new ();
      gtk_widget_add_css_class (button, "numeric");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "pattern.page");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", have);
      gtk_box_append (GTK_BOX (self->pages), button);
    }
  for (; have > n; have--)
    gtk_box_remove (GTK_BOX (self->pages), gtk_widget_get_last_child (self->pages));
}

/* The first and the last step of a page, counted in sixteenths as everyone reads them off the grid. */
static void
show_pages (TuttiPatternPage *self)
{
  TuttiStepGrid *grid = TUTTI_STEP_GRID (self->grid);
  const TuttiGridTime *time = tutti_step_grid_get_time (grid);
  int n = tutti_step_grid_get_n_pages (grid), i = 0;
  gboolean compact = tutti_step_grid_is_compact (grid);

  fit_page_buttons (self, n);
  for (GtkWidget *button = gtk_widget_get_first_child (self->pages); button != NULL; button = gtk_widget_get_next_sibling (button), i++)
    {
      g_autofree char *text = g_strdup_printf ("%d–%d", i * time->columns + 1, (i + 1) * time->columns);
      gtk_button_set_label (GTK_BUTTON (button), text);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), i == tutti_step_grid_get_page (grid));
      gtk_widget_set_visible (button, n <= 6 || ABS (i - tutti_step_grid_get_page (grid)) <= (compact ? 0 : 2));
    }
  gtk_widget_set_visible (self->longer, !compact);
  gtk_widget_set_visible (self->follow, !compact);
  gtk_widget_set_visible (self->select, !compact);
  gtk_widget_set_visible (self->tools, !compact);
  gtk_widget_set_visible (self->text_button, !compact);
  gtk_widget_set_visible (self->scene_prefix, !compact);
  gtk_widget_set_visible (self->narrow_menu, compact);
}

/* Words beside the icons only where there is room for them. */
static void
on_view_changed (TuttiStepGrid *grid, TuttiPatternPage *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  if (jam != NULL)
    show_scenes (self, jam);
  show_pages (self);
  tutti_ruler_refresh (TUTTI_RULER (self->ruler));
  if (self->text != NULL)
    tutti_text_view_refresh (TUTTI_TEXT_VIEW (self->text));
}

static void
on_grid_add_track (TuttiStepGrid *grid, TuttiPatternPage *self)
{
  g_signal_emit_by_name (self, "add-track");
}

GtkWidget *
tutti_pattern_page_get_scene_button (TuttiPatternPage *self)
{
  return self->scene_button;
}

TuttiStepGrid *
tutti_pattern_page_get_grid (TuttiPatternPage *self)
{
  return TUTTI_STEP_GRID (self->grid);
}

/* Another menu of scenes is a heap of widgets: only when there are others, or the one on show has another name. */
static gboolean
touches_scenes (const TuttiTarget *what)
{
  return what == NULL || what->scope == TUTTI_SCOPE_SCENES || what->scope == TUTTI_SCOPE_JAM || what->scope == TUTTI_SCOPE_ALL;
}

void
tutti_pattern_page_refresh (TuttiPatternPage *self, const TuttiTarget *what)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  tutti_step_grid_refresh (TUTTI_STEP_GRID (self->grid), what);
  tutti_ruler_refresh (TUTTI_RULER (self->ruler));
  if (self->text != NULL)
    tutti_text_view_refresh (TUTTI_TEXT_VIEW (self->text));
  if (jam != NULL && touches_scenes (what))
    show_scenes (self, jam);
}

/* What sounds of the selected track; where it is silent, what sounds of most. */
static TuttiId
heard_scene (const TuttiJam *jam, const TuttiTrack *track, gint64 tick)
{
  const TuttiClip *clip = track != NULL ? tutti_track_clip (track, tutti_track_launch_at (track, tick).clip) : NULL;

  return clip != NULL ? clip->scene : tutti_jam_scene_at (jam, tick);
}

/* Only when another scene begins to sound: until then a scene that was chosen by hand stays, and selecting a track that plays
 * something else turns no page. */
static void
follow_scene (TuttiPatternPage *self, gint64 tick)
{
  TuttiStepGrid *grid = TUTTI_STEP_GRID (self->grid);
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  TuttiId track = tutti_step_grid_get_track (grid), was = self->heard;
  gboolean same_track = tutti_id_equal (track, self->followed_track) || tutti_id_is_none (was);

  self->followed_track = track;
  self->heard = heard_scene (jam, tutti_jam_track (jam, track, NULL), tick);
  if (same_track && !tutti_id_is_none (self->heard) && !tutti_id_equal (self->heard, was))
    tutti_step_grid_set_scene (grid, self->heard);
}

/* Where the selected track is in its pattern. The longest one would turn a short pattern's page to where there is nothing of it. */
static gint64
followed_tick (TuttiPatternPage *self, gint64 tick)
{
  TuttiStepGrid *grid = TUTTI_STEP_GRID (self->grid);
  const TuttiTrack *track = tutti_jam_track (tutti_session_get_jam (self->session), tutti_step_grid_get_track (grid), NULL);
  TuttiLaunch launch = track != NULL ? tutti_track_launch_at (track, tick) : (TuttiLaunch) { 0 };
  const TuttiClip *clip = track != NULL ? tutti_track_clip (track, launch.clip) : NULL;

  if (clip == NULL || tick < launch.from_tick || !tutti_id_equal (clip->scene, tutti_step_grid_get_scene (grid)))
    return tutti_step_grid_local_tick (grid, tick);
  return tutti_floor_mod (tick - launch.from_tick, (gint64) clip->length * clip->ticks_per_step);
}

static void
follow (TuttiPatternPage *self, gint64 tick)
{
  TuttiStepGrid *grid = TUTTI_STEP_GRID (self->grid);
  gint64 local;

  follow_scene (self, tick);
  local = followed_tick (self, tick);
  if (local >= 0)
    tutti_step_grid_set_page (grid, (int) (local / tutti_grid_time_page (tutti_step_grid_get_time (grid))));
}

void
tutti_pattern_page_set_hearing (TuttiPatternPage *self, gboolean hearing)
{
  if (hearing == gtk_widget_has_css_class (self->ruler, "only-mine"))
    return;
  if (hearing)
    gtk_widget_add_css_class (self->ruler, "only-mine");
  else
    gtk_widget_remove_css_class (self->ruler, "only-mine");
  gtk_widget_queue_draw (self->ruler);
}

void
tutti_pattern_page_beat (TuttiPatternPage *self, gint64 tick, gboolean playing, gint64 now_us)
{
  TuttiStepGrid *grid = TUTTI_STEP_GRID (self->grid);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (playing && following (self) && !tutti_step_grid_is_held (grid))
    follow (self, tick);
  tutti_step_grid_beat (grid, tick, playing, now_us);
  /* The flag is on the page that is followed. */
  tutti_ruler_set_playhead (TUTTI_RULER (self->ruler), !playing          ? -1
                                                       : following (self) ? followed_tick (self, tick)
                                                                          : tutti_step_grid_local_tick (grid, tick));
}

static void
tutti_pattern_page_dispose (GObject *object)
{
  TuttiPatternPage *self = TUTTI_PATTERN_PAGE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->copied, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tutti_pattern_page_parent_class)->dispose (object);
}

static void
tutti_pattern_page_class_init (TuttiPatternPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_pattern_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tuttijam/Tutti/pattern/tutti-pattern-page.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TuttiPatternPage, name)
  BIND (scene_button); BIND (scene_prefix); BIND (scene_name); BIND (pager); BIND (pages); BIND (longer); BIND (follow);
  BIND (select); BIND (tools); BIND (text_button); BIND (narrow_menu); BIND (ruler_slot); BIND (beside); BIND (scroller);
#undef BIND
  g_signal_new ("add-track", TUTTI_TYPE_PATTERN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tutti_pattern_page_init (TuttiPatternPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tutti_passing_menu_give_back (self->tools);
  tutti_passing_menu_give_back (self->narrow_menu);
  add_actions (self);
}

GtkWidget *
tutti_pattern_page_new (TuttiSession *session)
{
  TuttiPatternPage *self = g_object_new (TUTTI_TYPE_PATTERN_PAGE, NULL);

  self->session = g_object_ref (session);
  self->grid = tutti_step_grid_new (session);
  self->ruler = tutti_ruler_new (TUTTI_STEP_GRID (self->grid));
  gtk_widget_set_hexpand (self->ruler, TRUE);
  gtk_box_append (GTK_BOX (self->ruler_slot), self->ruler);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->grid);
  g_signal_connect (self->grid, "view-changed", G_CALLBACK (on_view_changed), self);
  g_signal_connect (self->grid, "add-track", G_CALLBACK (on_grid_add_track), self);
  tutti_pattern_page_refresh (self, NULL);
  show_pages (self);
  return GTK_WIDGET (self);
}
