/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-desk-sound.h"

#include "tutti-ask.h"
#include "tutti-effect-rack.h"
#include "tutti-knob.h"
#include "tutti-personal-rack.h"
#include "tutti-words.h"

#include <glib/gi18n.h>
#include <math.h>

static const TuttiParam shown[] = {
  TUTTI_PARAM_TUNE, TUTTI_PARAM_START, TUTTI_PARAM_END, TUTTI_PARAM_ATTACK, TUTTI_PARAM_DECAY, TUTTI_PARAM_SUSTAIN,
  TUTTI_PARAM_RELEASE, TUTTI_PARAM_CUTOFF, TUTTI_PARAM_RESONANCE, TUTTI_PARAM_DRIVE, TUTTI_PARAM_DELAY_SEND,
  TUTTI_PARAM_REVERB_SEND, TUTTI_PARAM_GAIN
};
#define N_SHOWN ((int) G_N_ELEMENTS (shown))
#define KNOBS_A_ROW 7

struct _TuttiDeskSound
{
  GtkWidget      parent_instance;
  TuttiStepGrid *grid;         /* borrowed: both belong to the jam page */
  GtkWidget     *root, *all, *column, *rack, *knobs[N_SHOWN], *values[N_SHOWN], *lock, *mode, *swap;
  gboolean       showing, master;
};

G_DEFINE_FINAL_TYPE (TuttiDeskSound, tutti_desk_sound, GTK_TYPE_WIDGET)

/* Times and levels are felt in ratios: those knobs run over the square root of their value. */
static gboolean
is_curved (TuttiParam param)
{
  return param == TUTTI_PARAM_ATTACK || param == TUTTI_PARAM_DECAY || param == TUTTI_PARAM_RELEASE;
}

static double
to_knob (TuttiParam param, int value)
{
  return is_curved (param) ? sqrt (value) : value;
}

static int
from_knob (TuttiParam param, double value)
{
  const TuttiParamSpec *spec = tutti_param_spec (param);
  double number = is_curved (param) ? value * value : value;

  return (int) CLAMP (round (number), spec->min, spec->max);
}

static const TuttiTrack *
track_of (TuttiDeskSound *self)
{
  const TuttiJam *jam = tutti_session_get_jam (tutti_step_grid_get_session (self->grid));

  return jam != NULL ? tutti_jam_track (jam, tutti_step_grid_get_track (self->grid), NULL) : NULL;
}

static TuttiOp *
lock_op (TuttiDeskSound *self, TuttiParam param, int value)
{
  g_autoptr(GArray) refs = tutti_step_grid_dup_selection (self->grid);
  TuttiOp *group = tutti_op_group_new ();

  for (guint i = 0; i < refs->len; i++)
    {
      const TuttiStepRef *ref = &g_array_index (refs, TuttiStepRef, i);
      if (!tutti_id_is_none (ref->clip))
        tutti_op_group_add (group, tutti_op_new (TUTTI_OP_STEP_LOCK, ref->clip, TUTTI_N (ref->step), TUTTI_N (param), TUTTI_N (value)));
    }
  if (group->arg[0].ops->len > 0)
    return group;
  tutti_op_free (group);
  return NULL;
}

static void
on_knob (GtkRange *range, TuttiDeskSound *self)
{
  const TuttiTrack *track = track_of (self);
  TuttiParam param = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (range), "tutti-param"));
  int value = from_knob (param, gtk_range_get_value (range));
  TuttiOp *op;

  if (self->showing || track == NULL)
    return;
  op = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->lock))
         ? lock_op (self, param, value)
         : tutti_op_new (TUTTI_OP_PARAM, track->id, TUTTI_N (param), TUTTI_N (value));
  if (op != NULL)
    tutti_ask (GTK_WIDGET (self), tutti_step_grid_get_session (self->grid), op);
}

static void
on_mode (GtkDropDown *drop_down, GParamSpec *pspec, TuttiDeskSound *self)
{
  const TuttiTrack *track = track_of (self);

  if (!self->showing && track != NULL)
    tutti_ask (GTK_WIDGET (self), tutti_step_grid_get_session (self->grid),
               tutti_op_new (TUTTI_OP_TRACK_PLAY_MODE, track->id, TUTTI_N (gtk_drop_down_get_selected (drop_down))));
}

void
tutti_desk_sound_refresh (TuttiDeskSound *self)
{
  const TuttiJam *jam = tutti_session_get_jam (tutti_step_grid_get_session (self->grid));
  const TuttiTrack *track = track_of (self);
  TuttiStepRef focus;
  const TuttiStep *step = &tutti_step_initial;

  gtk_widget_set_sensitive (self->column, track != NULL);
  gtk_widget_set_visible (self->column, !self->master);
  if (jam != NULL && (track != NULL || self->master))
    tutti_effect_rack_show (TUTTI_EFFECT_RACK (self->rack), self->master ? NULL : track);
  if (track == NULL)
    return;
  if (tutti_step_grid_get_focus (self->grid, &focus))
    step = tutti_step_edit_look_up (jam, &focus);
  self->showing = TRUE;
  for (int i = 0; i < N_SHOWN; i++)
    {
      int value = tutti_step_param (step, track, shown[i]);
      g_autofree char *words = tutti_words_param_value (shown[i], value);
      tutti_knob_set_colour (TUTTI_KNOB (self->knobs[i]), track->colour);
      tutti_knob_set_locked (TUTTI_KNOB (self->knobs[i]), value != track->params[shown[i]]);
      gtk_range_set_value (GTK_RANGE (self->knobs[i]), to_knob (shown[i], value));
      gtk_label_set_text (GTK_LABEL (self->values[i]), words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->knobs[i]), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
    }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->mode), track->play_mode);
  self->showing = FALSE;
}

void
tutti_desk_sound_set_master (TuttiDeskSound *self, gboolean master)
{
  self->master = master;
  tutti_desk_sound_refresh (self);
}

static void
on_locking (GtkToggleButton *lock, TuttiDeskSound *self)
{
  tutti_effect_rack_set_locking (TUTTI_EFFECT_RACK (self->rack), gtk_toggle_button_get_active (lock));
}

static GtkWidget *
build_knob (TuttiDeskSound *self, int i)
{
  const TuttiParamSpec *spec = tutti_param_spec (shown[i]);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1), *name = gtk_label_new (tutti_words_param (shown[i]));
  double low = to_knob (shown[i], spec->min), high = to_knob (shown[i], spec->max);

  self->knobs[i] = tutti_knob_new (low, high, (high - low) / 100, to_knob (shown[i], spec->initial),
                                   spec->min < 0 && spec->max == -spec->min ? 0 : low);
  tutti_knob_set_size (TUTTI_KNOB (self->knobs[i]), 48);
  self->values[i] = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->values[i], "knob-value");
  gtk_widget_add_css_class (self->values[i], "numeric");
  gtk_label_set_width_chars (GTK_LABEL (self->values[i]), 8);
  gtk_widget_add_css_class (name, "knob-name");
  g_object_set_data (G_OBJECT (self->knobs[i]), "tutti-param", GINT_TO_POINTER ((int) shown[i]));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->knobs[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, tutti_words_param (shown[i]), -1);
  g_signal_connect (self->knobs[i], "value-changed", G_CALLBACK (on_knob), self);
  gtk_box_append (GTK_BOX (box), self->knobs[i]);
  gtk_box_append (GTK_BOX (box), self->values[i]);
  gtk_box_append (GTK_BOX (box), name);
  return box;
}

static GtkWidget *
build_line (TuttiDeskSound *self)
{
  const char *modes[] = { _("As made"), _("One shot"), _("Gate"), NULL };
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->mode = gtk_drop_down_new_from_strings (modes);
  gtk_widget_set_tooltip_text (self->mode, _("Whether a note's length ends the sound"));
  g_signal_connect (self->mode, "notify::selected", G_CALLBACK (on_mode), self);
  self->swap = gtk_button_new_with_label (_("Swap Sound…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->swap), "track.sound");
  self->lock = gtk_toggle_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("tutti-lock-symbolic"));
  gtk_box_append (GTK_BOX (content), gtk_label_new (_("Lock to Selected Steps")));
  gtk_button_set_child (GTK_BUTTON (self->lock), content);
  gtk_widget_set_tooltip_text (self->lock, _("Knobs change only the selected steps"));
  g_signal_connect (self->lock, "toggled", G_CALLBACK (on_locking), self);
  gtk_box_append (GTK_BOX (row), self->swap);
  gtk_box_append (GTK_BOX (row), self->mode);
  gtk_box_append (GTK_BOX (row), self->lock);
  return row;
}

static void
tutti_desk_sound_dispose (GObject *object)
{
  g_clear_pointer (&TUTTI_DESK_SOUND (object)->root, gtk_widget_unparent);
  G_OBJECT_CLASS (tutti_desk_sound_parent_class)->dispose (object);
}

static void
tutti_desk_sound_class_init (TuttiDeskSoundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_desk_sound_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tutti_desk_sound_init (TuttiDeskSound *self)
{
  GtkWidget *knobs = gtk_grid_new ();

  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_grid_set_column_homogeneous (GTK_GRID (knobs), TRUE);
  gtk_grid_set_row_spacing (GTK_GRID (knobs), 10);
  for (int i = 0; i < N_SHOWN; i++)
    gtk_grid_attach (GTK_GRID (knobs), build_knob (self, i), i % KNOBS_A_ROW, i / KNOBS_A_ROW, 1, 1);
  self->all = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_margin_start (self->all, 12);
  gtk_widget_set_margin_end (self->all, 12);
  gtk_widget_set_margin_top (self->all, 4);
  gtk_widget_set_margin_bottom (self->all, 12);
  gtk_box_append (GTK_BOX (self->all), self->column);
  gtk_box_append (GTK_BOX (self->column), build_line (self));
  gtk_box_append (GTK_BOX (self->column), knobs);
  self->root = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->root), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->root), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->root), self->all);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
tutti_desk_sound_new (TuttiStepGrid *grid)
{
  TuttiDeskSound *self = g_object_new (TUTTI_TYPE_DESK_SOUND, NULL);

  self->grid = grid;
  self->rack = tutti_effect_rack_new (grid);
  gtk_box_append (GTK_BOX (self->all), self->rack);
  gtk_box_append (GTK_BOX (self->all), tutti_personal_rack_new (tutti_step_grid_get_session (grid)));
  return GTK_WIDGET (self);
}
