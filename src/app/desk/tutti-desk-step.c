/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-desk-step.h"

#include "tutti-ask.h"
#include "tutti-desk-locks.h"
#include "tutti-glyph.h"
#include "tutti-knob.h"
#include "tutti-sounds.h"
#include "tutti-words.h"

#include <glib/gi18n.h>
#include <math.h>

static const int ratchets[] = { 1, 2, 3, 4, 6, 8 };
#define N_RATCHETS ((int) G_N_ELEMENTS (ratchets))

/* "every n-th of m" as people choose it; { 1, 1 } is always. */
static const struct { int n, of; } conditions[] = { { 1, 1 }, { 1, 2 }, { 2, 2 }, { 1, 3 }, { 1, 4 }, { 4, 4 }, { 1, 8 }, { 8, 8 } };

struct _TuttiDeskStep
{
  GtkWidget      parent_instance;
  TuttiStepGrid *grid;         /* borrowed: both belong to the jam page */
  GtkWidget     *root, *velocity, *velocity_value, *presets[3], *chance, *chance_value, *condition, *ratchet_box,
                *ratchet[N_RATCHETS], *shape[2], *shape_row, *pitch_row, *pitch, *pitch_value, *timing, *timing_value, *length, *tie,
                *locks;
  gboolean       showing;
};

G_DEFINE_FINAL_TYPE (TuttiDeskStep, tutti_desk_step, GTK_TYPE_WIDGET)

static const TuttiJam *
jam_of (TuttiDeskStep *self)
{
  return tutti_session_get_jam (tutti_step_grid_get_session (self->grid));
}

static void
submit (TuttiDeskStep *self, TuttiOpKind kind, int a, int b)
{
  g_autoptr(GArray) refs = NULL;
  TuttiOp *op;

  if (self->showing)
    return;
  refs = tutti_step_grid_dup_selection (self->grid);
  op = kind == TUTTI_OP_STEP ? tutti_step_edit_velocity (tutti_step_grid_get_session (self->grid),
                                                         (TuttiStepRef *) (void *) refs->data, refs->len, a)
                             : tutti_step_edit_set ((TuttiStepRef *) (void *) refs->data, refs->len, kind, a, b);
  if (op != NULL)
    tutti_ask (GTK_WIDGET (self), tutti_step_grid_get_session (self->grid), op);
}

static void
on_velocity (GtkRange *range, TuttiDeskStep *self)
{
  submit (self, TUTTI_OP_STEP, (int) round (gtk_range_get_value (range)), 0);
}

static void
on_preset (GtkButton *button, TuttiDeskStep *self)
{
  submit (self, TUTTI_OP_STEP, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "tutti-value")), 0);
}

static void
on_chance (GtkRange *range, TuttiDeskStep *self)
{
  submit (self, TUTTI_OP_STEP_CHANCE, (int) round (gtk_range_get_value (range)), 0);
}

static void
on_condition (GtkDropDown *drop_down, GParamSpec *pspec, TuttiDeskStep *self)
{
  guint i = gtk_drop_down_get_selected (drop_down);

  if (i < G_N_ELEMENTS (conditions))
    submit (self, TUTTI_OP_STEP_EVERY, conditions[i].n, conditions[i].of);
}

static int
shape_shown (TuttiDeskStep *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->shape[1])) ? TUTTI_RATCHET_FADE_OUT : TUTTI_RATCHET_EVEN;
}

static void
on_ratchet (GtkToggleButton *button, TuttiDeskStep *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  for (int i = 0; i < N_RATCHETS; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->ratchet[i])))
      submit (self, TUTTI_OP_STEP_RATCHET, ratchets[i], shape_shown (self));
}

static void
on_pitch (GtkRange *range, TuttiDeskStep *self)
{
  submit (self, TUTTI_OP_STEP_PITCH, (int) round (gtk_range_get_value (range)), 0);
}

static void
on_timing (GtkRange *range, TuttiDeskStep *self)
{
  submit (self, TUTTI_OP_STEP_MICRO, (int) round (gtk_range_get_value (range)), 0);
}

static void
on_length (GtkSpinButton *spin, TuttiDeskStep *self)
{
  submit (self, TUTTI_OP_STEP_LENGTH, gtk_spin_button_get_value_as_int (spin), 0);
}

/* A tie is kept by the step that continues, so the button speaks of the next one. */
static void
on_tie (GtkToggleButton *button, TuttiDeskStep *self)
{
  TuttiStepRef ref;

  if (self->showing || !tutti_step_grid_get_focus (self->grid, &ref) || ref.step + 1 >= TUTTI_STEPS_MAX ||
      tutti_id_is_none (ref.clip))
    return;
  ref.step++;
  tutti_ask (GTK_WIDGET (self), tutti_step_grid_get_session (self->grid),
             tutti_step_edit_set (&ref, 1, TUTTI_OP_STEP_TIE, gtk_toggle_button_get_active (button), 0));
}

static void
on_unlock (TuttiDeskLocks *locks, guint address, TuttiDeskStep *self)
{
  submit (self, TUTTI_OP_STEP_UNLOCK, (int) address, 0);
}

/* ---------------------------------------------------------------- showing */

/* TRUE when all selected steps agree on what @get reads. */
typedef int (*ReadStep) (const TuttiStep *step);

static int read_velocity (const TuttiStep *step) { return step->velocity; }
static int read_chance (const TuttiStep *step) { return step->chance; }
static int read_ratchet (const TuttiStep *step) { return step->ratchet; }
static int read_micro (const TuttiStep *step) { return step->micro_ticks; }
static int read_pitch (const TuttiStep *step) { return step->pitch; }

static gboolean
agree (TuttiDeskStep *self, GArray *refs, ReadStep get)
{
  for (guint i = 1; i < refs->len; i++)
    if (get (tutti_step_edit_look_up (jam_of (self), &g_array_index (refs, TuttiStepRef, i))) !=
        get (tutti_step_edit_look_up (jam_of (self), &g_array_index (refs, TuttiStepRef, 0))))
      return FALSE;
  return TRUE;
}

static void
show_value (GtkWidget *label, gboolean agreed, char *words)
{
  gtk_label_set_text (GTK_LABEL (label), agreed ? words : _("mixed"));
  g_free (words);
}

static void
show_condition (TuttiDeskStep *self, const TuttiStep *step)
{
  guint found = 0;

  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    if (conditions[i].n == step->every_n && conditions[i].of == step->every_of)
      found = i;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->condition), found);
}

static void
show_pitch (TuttiDeskStep *self, const TuttiTrack *track, const TuttiStep *step, gboolean agreed)
{
  gboolean melodic = tutti_sound_is_melodic (track->sound, NULL);
  char note[12];

  tutti_words_note (tutti_sound_root (track->sound) + step->pitch, note, sizeof note);
  gtk_range_set_value (GTK_RANGE (self->pitch), step->pitch);
  show_value (self->pitch_value, agreed, g_strdup (note));
  gtk_widget_set_visible (self->pitch_row, melodic);
  gtk_widget_set_visible (self->shape_row, !melodic);
  tutti_set_colour_class (self->pitch, "track", tutti_colour_names, track->colour);
}

static void
show_step (TuttiDeskStep *self, const TuttiTrack *track, const TuttiStep *step, GArray *refs)
{
  gtk_range_set_value (GTK_RANGE (self->velocity), step->velocity);
  show_value (self->velocity_value, agree (self, refs, read_velocity), g_strdup_printf ("%d", step->velocity));
  gtk_range_set_value (GTK_RANGE (self->chance), step->chance);
  show_value (self->chance_value, agree (self, refs, read_chance), g_strdup_printf (_("%d %%"), step->chance));
  show_condition (self, step);
  for (int i = 0; i < N_RATCHETS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->ratchet[i]),
                                  agree (self, refs, read_ratchet) && ratchets[i] == step->ratchet);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->shape[step->ratchet_shape == TUTTI_RATCHET_FADE_OUT]), TRUE);
  gtk_range_set_value (GTK_RANGE (self->timing), step->micro_ticks);
  show_value (self->timing_value, agree (self, refs, read_micro),
              g_strdup_printf (ngettext ("%d tick", "%d ticks", ABS (step->micro_ticks)), step->micro_ticks));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->length), step->length);
  show_pitch (self, track, step, agree (self, refs, read_pitch));
  tutti_desk_locks_show (TUTTI_DESK_LOCKS (self->locks), track, step);
}

void
tutti_desk_step_refresh (TuttiDeskStep *self)
{
  const TuttiJam *jam = jam_of (self);
  g_autoptr(GArray) refs = tutti_step_grid_dup_selection (self->grid);
  const TuttiStepRef *ref = refs->len > 0 ? &g_array_index (refs, TuttiStepRef, 0) : NULL;
  const TuttiTrack *track = jam != NULL && ref != NULL ? tutti_jam_track (jam, ref->track, NULL) : NULL;
  TuttiStepRef next;

  gtk_widget_set_sensitive (self->root, track != NULL);
  if (track == NULL)
    return;
  self->showing = TRUE;
  tutti_set_colour_class (self->velocity, "track", tutti_colour_names, track->colour);
  tutti_set_colour_class (self->ratchet_box, "track", tutti_colour_names, track->colour);
  tutti_knob_set_colour (TUTTI_KNOB (self->chance), track->colour);
  show_step (self, track, tutti_step_edit_look_up (jam, ref), refs);
  next = *ref;
  next.step++;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->tie), tutti_step_edit_look_up (jam, &next)->tie);
  self->showing = FALSE;
}

/* ---------------------------------------------------------------- building */

static GtkWidget *
column (GtkWidget *row, const char *title, int width)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *label = gtk_label_new (title);

  if (gtk_widget_get_first_child (row) != NULL)
    gtk_box_append (GTK_BOX (row), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_widget_add_css_class (label, "column-title");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_size_request (box, width, -1);
  /* Sliders inside fill their column, and must not widen it. */
  gtk_widget_set_hexpand (box, FALSE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (row), box);
  return box;
}

static GtkWidget *
line (GtkWidget *box, int spacing)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, spacing);

  gtk_box_append (GTK_BOX (box), row);
  return row;
}

static GtkWidget *
scale (GtkWidget *row, double low, double high, const char *name)
{
  GtkWidget *widget = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, low, high, 1);

  gtk_scale_set_draw_value (GTK_SCALE (widget), FALSE);
  gtk_widget_add_css_class (widget, "slim");
  gtk_widget_set_size_request (widget, 118, -1);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (row), widget);
  return widget;
}

static GtkWidget *
value_label (GtkWidget *row, const char *css_class, int chars)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "numeric");
  gtk_label_set_width_chars (GTK_LABEL (label), chars);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (row), label);
  return label;
}

static void
build_velocity (TuttiDeskStep *self, GtkWidget *row)
{
  static const struct { const char *words; int value; } presets[] = {
    { N_("Ghost"), TUTTI_STEP_GHOST }, { N_("Soft"), TUTTI_STEP_SOFT }, { N_("Accent"), TUTTI_STEP_ACCENT } };
  GtkWidget *box = column (row, _("Velocity"), 170), *slider = line (box, 8), *buttons = line (box, 6);

  self->velocity = scale (slider, 0, TUTTI_VELOCITY_MAX, _("Velocity"));
  self->velocity_value = value_label (slider, "big-value", 3);
  for (int i = 0; i < 3; i++)
    {
      self->presets[i] = gtk_button_new_with_label (_(presets[i].words));
      gtk_widget_add_css_class (self->presets[i], "word");
      g_object_set_data (G_OBJECT (self->presets[i]), "tutti-value", GINT_TO_POINTER (presets[i].value));
      g_signal_connect (self->presets[i], "clicked", G_CALLBACK (on_preset), self);
      gtk_box_append (GTK_BOX (buttons), self->presets[i]);
    }
  g_signal_connect (self->velocity, "value-changed", G_CALLBACK (on_velocity), self);
}

static void
build_chance (TuttiDeskStep *self, GtkWidget *row)
{
  GtkWidget *box = column (row, _("Chance"), 160), *across = line (box, 12), *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *hint;
  GtkStringList *words = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      g_autofree char *text = i == 0 ? g_strdup (_("Always")) : tutti_words_every (conditions[i].n, conditions[i].of);
      gtk_string_list_append (words, text);
    }
  self->chance = tutti_knob_new (0, 100, 5, 100, 0);
  tutti_knob_set_size (TUTTI_KNOB (self->chance), 52);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chance), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Chance in percent"), -1);
  gtk_box_append (GTK_BOX (left), self->chance);
  self->chance_value = value_label (left, "knob-value", 5);
  gtk_label_set_xalign (GTK_LABEL (self->chance_value), 0.5f);
  self->condition = gtk_drop_down_new (G_LIST_MODEL (words), NULL);
  gtk_widget_set_tooltip_text (self->condition, _("In which rounds of the pattern it sounds"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->condition), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Condition"), -1);
  hint = gtk_label_new (_("which rounds of\nthe pattern"));
  gtk_widget_add_css_class (hint, "caption");
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_box_append (GTK_BOX (right), self->condition);
  gtk_box_append (GTK_BOX (right), hint);
  gtk_widget_set_valign (right, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (across), left);
  gtk_box_append (GTK_BOX (across), right);
  g_signal_connect (self->chance, "value-changed", G_CALLBACK (on_chance), self);
  g_signal_connect (self->condition, "notify::selected", G_CALLBACK (on_condition), self);
}

static GtkWidget *
word_toggle (const char *words, GtkWidget *group)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (words);

  gtk_widget_add_css_class (button, "word");
  gtk_widget_add_css_class (button, "flat");
  if (group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (group));
  return button;
}

static GtkWidget *
dim (const char *words)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
build_ratchet (TuttiDeskStep *self, GtkWidget *row)
{
  GtkWidget *box = column (row, _("Ratchet"), 196), *buttons = line (box, 0), *pitch;

  self->ratchet_box = buttons;
  gtk_widget_add_css_class (buttons, "linked");
  gtk_widget_add_css_class (buttons, "steps");
  for (int i = 0; i < N_RATCHETS; i++)
    {
      char text[8];
      g_snprintf (text, sizeof text, "%d", ratchets[i]);
      self->ratchet[i] = gtk_toggle_button_new_with_label (text);
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->ratchet[i]), i > 0 ? GTK_TOGGLE_BUTTON (self->ratchet[0]) : NULL);
      g_signal_connect (self->ratchet[i], "toggled", G_CALLBACK (on_ratchet), self);
      gtk_box_append (GTK_BOX (buttons), self->ratchet[i]);
    }
  self->shape_row = line (box, 6);
  gtk_box_append (GTK_BOX (self->shape_row), dim (_("Shape")));
  self->shape[0] = word_toggle (_("Even"), NULL);
  self->shape[1] = word_toggle (_("Fade out"), self->shape[0]);
  for (int i = 0; i < 2; i++)
    {
      gtk_box_append (GTK_BOX (self->shape_row), self->shape[i]);
      g_signal_connect (self->shape[i], "toggled", G_CALLBACK (on_ratchet), self);
    }
  pitch = self->pitch_row = line (box, 6);
  gtk_box_append (GTK_BOX (pitch), dim (_("Pitch")));
  self->pitch = scale (pitch, -24, 24, _("Pitch in semitones"));
  self->pitch_value = value_label (pitch, "strong", 4);
  gtk_scale_set_has_origin (GTK_SCALE (self->pitch), FALSE);
  g_signal_connect (self->pitch, "value-changed", G_CALLBACK (on_pitch), self);
}

static void
build_timing (TuttiDeskStep *self, GtkWidget *row)
{
  GtkWidget *box = column (row, _("Timing"), 196), *slider = line (box, 6), *ends, *length;

  self->timing = scale (slider, -120, 120, _("Timing in ticks, early or late"));
  gtk_scale_set_has_origin (GTK_SCALE (self->timing), FALSE);
  self->timing_value = value_label (slider, "strong", 7);
  ends = line (box, 0);
  gtk_box_append (GTK_BOX (ends), dim (_("early")));
  GtkWidget *late = dim (_("late"));
  /* Below the ends of the slider. */
  gtk_widget_set_hexpand (late, TRUE);
  gtk_widget_set_halign (late, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (ends), late);
  gtk_widget_set_halign (ends, GTK_ALIGN_START);
  gtk_widget_set_size_request (ends, 118, -1);
  length = line (box, 6);
  gtk_box_append (GTK_BOX (length), dim (_("Length")));
  self->length = gtk_spin_button_new_with_range (1, 16, 1);
  gtk_widget_set_tooltip_text (self->length, _("How many steps it sounds"));
  gtk_editable_set_width_chars (GTK_EDITABLE (self->length), 2);
  gtk_editable_set_alignment (GTK_EDITABLE (self->length), 0.5f);
  gtk_box_append (GTK_BOX (length), self->length);
  self->tie = word_toggle (_("Tie"), NULL);
  gtk_widget_set_tooltip_text (self->tie, _("Go on through the next step (J)"));
  gtk_widget_set_valign (self->tie, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (length), self->tie);
  g_signal_connect (self->timing, "value-changed", G_CALLBACK (on_timing), self);
  g_signal_connect (self->length, "value-changed", G_CALLBACK (on_length), self);
  g_signal_connect (self->tie, "toggled", G_CALLBACK (on_tie), self);
}

static void
build_locks (TuttiDeskStep *self, GtkWidget *row)
{
  GtkWidget *box = column (row, _("Locks on this step"), 300);

  self->locks = tutti_desk_locks_new ();
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), self->locks);
  g_signal_connect (self->locks, "unlock", G_CALLBACK (on_unlock), self);
}

static void
tutti_desk_step_dispose (GObject *object)
{
  g_clear_pointer (&TUTTI_DESK_STEP (object)->root, gtk_widget_unparent);
  G_OBJECT_CLASS (tutti_desk_step_parent_class)->dispose (object);
}

static void
tutti_desk_step_class_init (TuttiDeskStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_desk_step_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tutti_desk_step_init (TuttiDeskStep *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);

  self->root = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->root), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_widget_set_margin_start (row, 16);
  gtk_widget_set_margin_end (row, 16);
  build_velocity (self, row);
  build_chance (self, row);
  build_ratchet (self, row);
  build_timing (self, row);
  build_locks (self, row);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->root), row);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
tutti_desk_step_new (TuttiStepGrid *grid)
{
  TuttiDeskStep *self = g_object_new (TUTTI_TYPE_DESK_STEP, NULL);

  self->grid = grid;
  return GTK_WIDGET (self);
}
