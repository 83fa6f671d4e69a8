/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the buttons and menus of the page of notes do. */
#include "tutti-notes-page-private.h"

#include "tutti-ask.h"
#include "tutti-passing-menu.h"

#include <glib/gi18n.h>

static void
ask (TuttiNotesPage *self, TuttiOp *op)
{
  tutti_ask (GTK_WIDGET (self), self->session, op);
}

static void
on_track (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiNotesPage *self = user_data;

  if (!tutti_id_parse (g_variant_get_string (parameter, NULL), &self->track))
    return;
  self->clip = tutti_id (0, 0);
  tutti_notes_show (self);
}

static void
on_clip (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiNotesPage *self = user_data;

  if (tutti_id_parse (g_variant_get_string (parameter, NULL), &self->clip))
    tutti_notes_show (self);
}

static void
on_ghost (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiNotesPage *self = user_data;

  if (tutti_id_parse (g_variant_get_string (parameter, NULL), &self->ghost))
    tutti_notes_show (self);
}

/* Where a new clip goes: the scene that sounds, when the track has nothing there, else the first such scene; none when all are taken. */
static TuttiId
free_scene (const TuttiJam *jam, const TuttiTrack *track, gint64 tick)
{
  TuttiId sounds = tutti_jam_scene_at (jam, tick);

  if (!tutti_id_is_none (sounds) && tutti_track_clip_at (track, sounds) == NULL)
    return sounds;
  for (guint s = 0; s < jam->n_scenes; s++)
    if (tutti_track_clip_at (track, jam->scenes[s].id) == NULL)
      return jam->scenes[s].id;
  return tutti_id (0, 0);
}

/* A track that is silent plays its new clip from the next bar on, so that what is drawn is heard. */
static void
on_new_clip (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiNotesPage *self = user_data;
  const TuttiJam *jam = tutti_notes_jam (self);
  const TuttiTrack *track = tutti_jam_track (jam, self->track, NULL);
  gint64 tick = tutti_session_get_tick (self->session);
  TuttiOp *group = tutti_op_group_new ();
  TuttiId clip = tutti_session_new_id (self->session), scene, track_id = self->track;
  gboolean silent;

  if (track == NULL)
    return;
  scene = free_scene (jam, track, tick);
  silent = tutti_id_is_none (tutti_track_launch_at (track, tick).clip);
  if (tutti_id_is_none (scene))
    {
      scene = tutti_session_new_id (self->session);
      tutti_op_group_add (group, tutti_op_new (TUTTI_OP_SCENE_ADD, scene, _("Notes"), TUTTI_N (jam->n_scenes)));
    }
  tutti_op_group_add (group, tutti_op_new (TUTTI_OP_CLIP_ADD_NOTES, clip, track_id, scene, ""));
  if (!tutti_ask (GTK_WIDGET (self), self->session, group))
    return;
  if (silent)
    ask (self, tutti_op_new (TUTTI_OP_LAUNCH, track_id, clip, TUTTI_N (TUTTI_QUANTUM_BAR)));
  self->clip = clip;
  tutti_notes_show (self);
  gtk_widget_grab_focus (self->grid);
}

/* Long clips count in longer steps: a clip has at most so many. */
static void
on_bars (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiNotesPage *self = user_data;
  const TuttiTransport *transport = &tutti_notes_jam (self)->transport;
  gint64 ticks = g_variant_get_int32 (parameter) * tutti_ticks_per_bar (transport->beats, transport->unit);
  TuttiOp *group;
  int step = TUTTI_TICKS_PER_QUARTER / 4;

  while (step < TUTTI_TICKS_PER_QUARTER && ticks / step > TUTTI_STEPS_MAX)
    step *= 2;
  if (tutti_notes_clip (self) == NULL)
    return;
  group = tutti_op_group_new ();
  tutti_op_group_add (group, tutti_op_new (TUTTI_OP_CLIP_RESOLUTION, self->clip, TUTTI_N (step)));
  tutti_op_group_add (group, tutti_op_new (TUTTI_OP_CLIP_LENGTH, self->clip, TUTTI_N (MIN (ticks / step, TUTTI_STEPS_MAX))));
  ask (self, group);
}

static void
on_tool (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  static const char * const names[TUTTI_N_NOTE_TOOLS] = { "draw", "select", "chord", "split" };
  TuttiNotesPage *self = user_data;

  g_simple_action_set_state (action, state);
  for (int i = 0; i < TUTTI_N_NOTE_TOOLS; i++)
    if (g_str_equal (names[i], g_variant_get_string (state, NULL)))
      tutti_note_grid_set_tool (tutti_notes_grid (self), (TuttiNoteTool) i, self->stamp);
}

/* Whoever chooses a chord wants to stamp it. */
static void
on_chord (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  TuttiNotesPage *self = user_data;

  g_simple_action_set_state (action, state);
  self->stamp = (guint) CLAMP (g_variant_get_int32 (state), TUTTI_HARMONY_MAJOR, TUTTI_N_STAMPS - 1);
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "tool", g_variant_new_string ("chord"));
}

static void
on_snap (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  TuttiNotesPage *self = user_data;

  g_simple_action_set_state (action, state);
  tutti_note_grid_set_snap (tutti_notes_grid (self), g_variant_get_int32 (state));
  if (tutti_notes_jam (self) != NULL)
    tutti_notes_show_tools (self, tutti_notes_jam (self));
}

static void
on_lock (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  TuttiNotesPage *self = user_data;

  g_simple_action_set_state (action, state);
  tutti_note_grid_set_lock (tutti_notes_grid (self), g_variant_get_boolean (state));
  if (tutti_notes_jam (self) != NULL)
    tutti_notes_show_tools (self, tutti_notes_jam (self));
}

static void
on_chord_lock (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  TuttiNotesPage *self = user_data;

  g_simple_action_set_state (action, state);
  tutti_note_grid_set_chord_lock (tutti_notes_grid (self), g_variant_get_boolean (state));
}

static void
on_fold (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  TuttiNotesPage *self = user_data;

  g_simple_action_set_state (action, state);
  tutti_note_grid_set_fold (tutti_notes_grid (self), g_variant_get_boolean (state));
  tutti_note_grid_reveal (tutti_notes_grid (self));
}

static void
on_list (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  TuttiNotesPage *self = user_data;

  g_simple_action_set_state (action, state);
  gtk_widget_set_visible (self->list, g_variant_get_boolean (state));
  tutti_note_list_refresh (TUTTI_NOTE_LIST (self->list));
  if (g_variant_get_boolean (state))
    tutti_note_list_focus (TUTTI_NOTE_LIST (self->list));
}

static void
on_key (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiNotesPage *self = user_data;
  const TuttiJam *jam = tutti_notes_jam (self);
  gboolean key = g_str_equal (g_action_get_name (G_ACTION (action)), "key");
  int value = g_variant_get_int32 (parameter);

  ask (self, tutti_op_new (TUTTI_OP_JAM_KEY, TUTTI_N (key ? value : jam->key), TUTTI_N (key ? jam->scale : value)));
}

static void
on_do (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  tutti_note_grid_do (tutti_notes_grid (user_data), (TuttiNotesCommand) g_variant_get_int32 (parameter));
}

static void
on_select (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiNotesPage *self = user_data;

  if (g_str_equal (g_action_get_name (G_ACTION (action)), "select-all"))
    tutti_note_grid_select_all (tutti_notes_grid (self));
  else
    tutti_note_grid_select_outside (tutti_notes_grid (self));
  gtk_widget_grab_focus (self->grid);
}

/* What can be done, at the pointer. */
static void
on_menu (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiNotesPage *self = user_data;
  GtkWidget *popover = gtk_popover_menu_new_from_model (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (self->more)));
  graphene_point_t point;
  double x, y;

  g_variant_get (parameter, "(dd)", &x, &y);
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  if (!gtk_widget_compute_point (self->grid, GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    point = GRAPHENE_POINT_INIT (0, 0);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle) { (int) point.x, (int) point.y, 1, 1 });
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  tutti_passing_menu (popover);
  gtk_popover_popup (GTK_POPOVER (popover));
}

void
tutti_notes_add_actions (TuttiNotesPage *self)
{
  static const GActionEntry entries[] = {
    { "track", on_track, "s" }, { "clip", on_clip, "s" }, { "ghost", on_ghost, "s" }, { "new-clip", on_new_clip }, { "bars", on_bars, "i" },
    { "tool", NULL, "s", "'draw'", on_tool }, { "chord", NULL, "i", "0", on_chord }, { "snap", NULL, "i", "240", on_snap },
    { "lock", NULL, NULL, "true", on_lock }, { "chord-lock", NULL, NULL, "false", on_chord_lock },
    { "fold", NULL, NULL, "false", on_fold }, { "list", NULL, NULL, "false", on_list },
    { "key", on_key, "i" }, { "scale", on_key, "i" }, { "do", on_do, "i" }, { "menu", on_menu, "(dd)" },
    { "select-all", on_select }, { "select-outside", on_select },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  self->stamp = TUTTI_STAMP_OF_SCALE;
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "chord")),
                             g_variant_new_int32 ((gint32) self->stamp));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "notes", G_ACTION_GROUP (self->actions));
}
