/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-actions.h"

#include "tutti-ask.h"
#include "tutti-file-dialog.h"
#include "tutti-import.h"
#include "tutti-rights-words.h"
#include "tutti-sound-chooser.h"
#include "tutti-sounds.h"
#include "tutti-name-dialog.h"

#include <glib/gi18n.h>
#include <stdio.h>

#define TAPS_MAX 8
#define TAP_GAP_US (2 * G_USEC_PER_SEC)

typedef struct
{
  GtkWidget     *page;         /* owner */
  TuttiSession  *session;      /* owned */
  TuttiStepGrid *grid;         /* borrowed: a child of the page */
  gint64         taps[TAPS_MAX];
  int            n_taps;
} Actions;

static void
ask (Actions *self, TuttiOp *op)
{
  tutti_ask (self->page, self->session, op);
}

static const TuttiTransport *
transport_of (Actions *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  return jam != NULL ? &jam->transport : NULL;
}

static const TuttiTrack *
track_of (Actions *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  return jam != NULL ? tutti_jam_track (jam, tutti_step_grid_get_track (self->grid), NULL) : NULL;
}

/* Before a dialog is opened whose end would be refused. @track: (nullable) */
static gboolean
allows (Actions *self, TuttiPermission permission, const TuttiTrack *track)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  guint me = tutti_session_get_me (self->session);
  TuttiVerdict verdict = track != NULL ? tutti_jam_judge_track (jam, me, track) : tutti_jam_judge_permission (jam, me, permission);
  g_autofree char *words = tutti_rights_words (jam, &verdict);

  if (words != NULL)
    tutti_say (self->page, words);
  return words == NULL;
}

/* ---------------------------------------------------------------- transport */

static void
on_play_pause (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  if (transport_of (self) != NULL)
    ask (self, transport_of (self)->playing ? tutti_op_new (TUTTI_OP_PAUSE) : tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (-1)));
}

static void
on_play_from_start (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask (user_data, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)));
}

static void
on_stop (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask (user_data, tutti_op_new (TUTTI_OP_STOP));
}

static void
on_to_start (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask (user_data, tutti_op_new (TUTTI_OP_SEEK, TUTTI_N (0)));
}

static void
on_loop (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  Actions *self = user_data;
  const TuttiTransport *t = transport_of (self);
  gint64 end = t->loop_end > t->loop_start ? t->loop_end : t->loop_start + tutti_ticks_per_bar (t->beats, t->unit) * 4;

  ask (self, tutti_op_new (TUTTI_OP_LOOP, TUTTI_N (g_variant_get_boolean (state)), TUTTI_N (t->loop_start), TUTTI_N (end)));
}

static void
on_metronome (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  ask (user_data, tutti_op_new (TUTTI_OP_METRONOME, TUTTI_N (g_variant_get_boolean (state))));
}

static void
on_count_in (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  ask (user_data, tutti_op_new (TUTTI_OP_COUNT_IN, TUTTI_N (g_variant_get_boolean (state) ? 1 : 0)));
}

static void
on_signature (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  int beats, unit;

  if (sscanf (g_variant_get_string (parameter, NULL), "%d/%d", &beats, &unit) == 2)
    ask (user_data, tutti_op_new (TUTTI_OP_SIGNATURE, TUTTI_N (beats), TUTTI_N (unit)));
}

/* The mean gap of the last taps; a pause of two seconds begins anew. */
static void
on_tap (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  gint64 now = g_get_monotonic_time (), span;

  if (self->n_taps > 0 && now - self->taps[self->n_taps - 1] > TAP_GAP_US)
    self->n_taps = 0;
  if (self->n_taps == TAPS_MAX)
    memmove (self->taps, self->taps + 1, --self->n_taps * sizeof *self->taps);
  self->taps[self->n_taps++] = now;
  if (self->n_taps < 3)
    return;
  span = now - self->taps[0];
  ask (self, tutti_op_new (TUTTI_OP_TEMPO, TUTTI_N (CLAMP ((self->n_taps - 1) * G_GINT64_CONSTANT (6000000000) / MAX (span, 1),
                                                           TUTTI_TEMPO_MIN_CBPM, TUTTI_TEMPO_MAX_CBPM))));
}

static void
on_panic (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  tutti_session_panic (self->session);
}

/* ---------------------------------------------------------------- undo */

/* Asked before, since what somebody changed since is given up with the asking. (transfer full) (nullable) */
static char *
dup_why_not (Actions *self, gboolean undo)
{
  guint blocked_by;
  const TuttiOp *op = tutti_session_peek_undo (self->session, !undo, &blocked_by);
  const TuttiPerson *person = tutti_jam_person (tutti_session_get_jam (self->session), blocked_by);
  g_autoptr(GString) words = NULL;

  if (op != NULL)
    return tutti_denied_words (self->session, op);
  if (blocked_by == 0)
    return g_strdup (undo ? _("Nothing of yours to undo") : _("Nothing of yours to do again"));
  /* Translators: {who} is replaced by the name of a person, here and in the next */
  words = g_string_new (undo ? _("Cannot undo: {who} changed it since") : _("Cannot do it again: {who} changed it since"));
  g_string_replace (words, "{who}", person != NULL ? person->name : _("Somebody"), 1);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean undo = g_str_equal (g_action_get_name (G_ACTION (action)), "undo");
  g_autofree char *words = dup_why_not (self, undo);

  if (!(undo ? tutti_session_undo (self->session, &error) : tutti_session_redo (self->session, &error)))
    {
      if (words != NULL)
        tutti_say (self->page, words);
      else
        tutti_say_reason (self->page, error->message);
    }
}

static void
on_renamed (const char *text, gpointer user_data)
{
  ask (user_data, tutti_op_new (TUTTI_OP_JAM_NAME, text));
}

static void
on_rename_jam (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  if (allows (self, TUTTI_MAY_EDIT, NULL))
    tutti_name_dialog_open (self->page, _("Name of the Jam"), tutti_session_get_jam (self->session)->name, on_renamed, self);
}

/* ---------------------------------------------------------------- tracks */

/* Whoever added a track wants to play it: its row, at the end, comes in sight and is what the desk is about. */
static void
select_new (Actions *self, TuttiId id)
{
  guint row;

  if (tutti_jam_track (tutti_session_get_jam (self->session), id, &row) == NULL)
    return;
  if (gtk_widget_get_mapped (GTK_WIDGET (self->grid)))
    tutti_step_grid_focus_head (self->grid, (int) row);
  else
    tutti_step_grid_focus_step (self->grid, (int) row, 0, FALSE);
}

static void
on_sound_for_new (const char *sound, gpointer user_data)
{
  static const TuttiColour order[] = { TUTTI_COLOUR_CHERRY, TUTTI_COLOUR_CORAL, TUTTI_COLOUR_HONEY, TUTTI_COLOUR_LIME,
    TUTTI_COLOUR_FERN, TUTTI_COLOUR_LAGOON, TUTTI_COLOUR_IRIS, TUTTI_COLOUR_ROSE, TUTTI_COLOUR_TANGERINE, TUTTI_COLOUR_JADE,
    TUTTI_COLOUR_SKY, TUTTI_COLOUR_PLUM };
  Actions *self = user_data;
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  TuttiId id = tutti_session_new_id (self->session);

  ask (self, tutti_op_new (TUTTI_OP_TRACK_ADD, id, tutti_sound_track_name (jam, sound), sound,
                           TUTTI_N (order[jam->n_tracks % G_N_ELEMENTS (order)])));
  select_new (self, id);
}

static void
on_add_track (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  if (allows (self, TUTTI_MAY_ADD, NULL))
    tutti_sound_chooser_open (self->page, self->session, _("Add Track"), tutti_id (0, 0), on_sound_for_new, self);
}

static void
on_add_track_of (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  on_sound_for_new (g_variant_get_string (parameter, NULL), user_data);
}

static void
on_imported (const char *sound, gpointer user_data)
{
  gtk_widget_activate_action (user_data, "jam.add-track-of", "s", sound);
}

static void
on_import_file (GFile *file, gpointer user_data)
{
  Actions *self = user_data;

  tutti_import_sound (self->page, self->session, file, tutti_id (0, 0), on_imported, self->page);
}

static void
on_import (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const char * const mime_types[] = { "audio/*", "application/ogg", ".sf2", ".sf3", NULL };
  Actions *self = user_data;

  if (allows (self, TUTTI_MAY_ADD, NULL))
    tutti_file_dialog_open (self->page, _("Import Sound"), _("Sounds"), mime_types, on_import_file, self);
}

static void
on_sound_for_track (const char *sound, gpointer user_data)
{
  Actions *self = user_data;

  if (track_of (self) != NULL)
    ask (self, tutti_op_new (TUTTI_OP_TRACK_SOUND, track_of (self)->id, sound));
}

static void
on_track_sound (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  if (track_of (self) != NULL && allows (self, TUTTI_MAY_EDIT, track_of (self)))
    tutti_sound_chooser_open (self->page, self->session, _("Swap Sound"), track_of (self)->id, on_sound_for_track, self);
}

static void
on_track_renamed (const char *text, gpointer user_data)
{
  Actions *self = user_data;

  if (track_of (self) != NULL)
    ask (self, tutti_op_new (TUTTI_OP_TRACK_NAME, track_of (self)->id, text));
}

static void
on_rename_track (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  if (track_of (self) != NULL && allows (self, TUTTI_MAY_EDIT, track_of (self)))
    tutti_name_dialog_open (self->page, _("Name of the Track"), track_of (self)->name, on_track_renamed, self);
}

static void
on_delete_track (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  const TuttiTrack *track = track_of (self);
  g_autofree char *words = NULL;

  if (track == NULL)
    return;
  /* Translators: %s is the name of a track */
  words = g_strdup_printf (_("Track “%s” deleted"), track->name);
  if (tutti_ask (self->page, self->session, tutti_op_new (TUTTI_OP_TRACK_DELETE, track->id)))
    tutti_say_with_action (self->page, words, _("Undo"), "jam.undo");
}

static void
on_colour (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  if (track_of (self) != NULL)
    ask (self, tutti_op_new (TUTTI_OP_TRACK_COLOUR, track_of (self)->id, TUTTI_N (g_variant_get_int32 (parameter))));
}

/* “I have the drums”, or no longer; somebody else's claim is broken by an admin. */
static void
on_claim (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  const TuttiTrack *track = track_of (self);

  if (track != NULL)
    ask (self, tutti_op_new (TUTTI_OP_TRACK_CLAIM, track->id,
                             TUTTI_N (track->claimed != 0 ? 0 : tutti_session_get_me (self->session))));
}

static const TuttiClip *
clip_of (Actions *self)
{
  return track_of (self) != NULL ? tutti_track_clip_at (track_of (self), tutti_step_grid_get_scene (self->grid)) : NULL;
}

static void
on_length (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  if (clip_of (self) != NULL)
    ask (self, tutti_op_new (TUTTI_OP_CLIP_LENGTH, clip_of (self)->id, TUTTI_N (g_variant_get_int32 (parameter))));
}

static void
on_resolution (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  if (clip_of (self) != NULL)
    ask (self, tutti_op_new (TUTTI_OP_CLIP_RESOLUTION, clip_of (self)->id, TUTTI_N (g_variant_get_int32 (parameter))));
}

static void
on_mute_solo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  gboolean mute = g_str_equal (g_action_get_name (G_ACTION (action)), "mute");
  const TuttiTrack *track = track_of (self);

  if (track != NULL)
    ask (self, mute ? tutti_op_new (TUTTI_OP_TRACK_MUTE, track->id, TUTTI_N (!track->mute))
                    : tutti_op_new (TUTTI_OP_TRACK_SOLO, track->id, TUTTI_N (!track->solo)));
}

static void
on_clear_all (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  gboolean mute = g_str_equal (g_action_get_name (G_ACTION (action)), "clear-mute");
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  TuttiOp *group = tutti_op_group_new ();

  for (guint i = 0; jam != NULL && i < jam->n_tracks; i++)
    if (mute ? jam->tracks[i]->mute : jam->tracks[i]->solo)
      tutti_op_group_add (group, tutti_op_new (mute ? TUTTI_OP_TRACK_MUTE : TUTTI_OP_TRACK_SOLO, jam->tracks[i]->id, TUTTI_N (0)));
  if (group->arg[0].ops->len > 0)
    ask (self, group);
  else
    tutti_op_free (group);
}

static void
on_move (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  const TuttiTrack *track = track_of (self);
  guint index;

  if (track == NULL || tutti_jam_track (jam, track->id, &index) == NULL)
    return;
  ask (self, tutti_op_new (TUTTI_OP_TRACK_MOVE, track->id,
                           TUTTI_N (CLAMP ((int) index + g_variant_get_int32 (parameter), 0, (int) jam->n_tracks - 1))));
}

static const GActionEntry jam_entries[] = {
  { "play-pause", on_play_pause }, { "play-from-start", on_play_from_start }, { "stop", on_stop }, { "to-start", on_to_start },
  { "loop", NULL, NULL, "false", on_loop }, { "metronome", NULL, NULL, "false", on_metronome },
  { "count-in", NULL, NULL, "false", on_count_in }, { "signature", on_signature, "s" }, { "tap", on_tap }, { "panic", on_panic },
  { "undo", on_undo }, { "redo", on_undo }, { "rename", on_rename_jam }, { "add-track", on_add_track },
  { "add-track-of", on_add_track_of, "s" }, { "import", on_import },
};

static const GActionEntry track_entries[] = {
  { "sound", on_track_sound }, { "rename", on_rename_track }, { "delete", on_delete_track }, { "colour", on_colour, "i" },
  { "claim", on_claim },
  { "length", on_length, "i" }, { "resolution", on_resolution, "i" }, { "mute", on_mute_solo }, { "solo", on_mute_solo },
  { "move", on_move, "i" }, { "clear-mute", on_clear_all }, { "clear-solo", on_clear_all },
};

static void
actions_free (Actions *self)
{
  g_object_unref (self->session);
  g_free (self);
}

GActionMap *
tutti_jam_actions_attach (GtkWidget *page, TuttiSession *session, TuttiStepGrid *grid)
{
  g_autoptr(GSimpleActionGroup) jam = g_simple_action_group_new (), track = g_simple_action_group_new ();
  Actions *self = g_new0 (Actions, 1);

  self->page = page;
  self->session = g_object_ref (session);
  self->grid = grid;
  g_object_set_data_full (G_OBJECT (page), "tutti-jam-actions", self, (GDestroyNotify) actions_free);
  g_action_map_add_action_entries (G_ACTION_MAP (jam), jam_entries, G_N_ELEMENTS (jam_entries), self);
  g_action_map_add_action_entries (G_ACTION_MAP (track), track_entries, G_N_ELEMENTS (track_entries), self);
  gtk_widget_insert_action_group (page, "jam", G_ACTION_GROUP (jam));
  gtk_widget_insert_action_group (page, "track", G_ACTION_GROUP (track));
  g_object_bind_property (session, "can-undo", g_action_map_lookup_action (G_ACTION_MAP (jam), "undo"), "enabled",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (session, "can-redo", g_action_map_lookup_action (G_ACTION_MAP (jam), "redo"), "enabled",
                          G_BINDING_SYNC_CREATE);
  /* The page keeps the group as long as it lives. */
  return G_ACTION_MAP (jam);
}

static void
set_state (GActionMap *actions, const char *name, gboolean on)
{
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (actions, name)), g_variant_new_boolean (on));
}

void
tutti_jam_actions_refresh (GActionMap *actions, TuttiSession *session)
{
  const TuttiJam *jam = tutti_session_get_jam (session);

  if (jam == NULL)
    return;
  set_state (actions, "loop", jam->transport.loop);
  set_state (actions, "metronome", jam->transport.metronome);
  set_state (actions, "count-in", jam->transport.count_in > 0);
}
