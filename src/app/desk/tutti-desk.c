/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-desk.h"

#include "tutti-ask.h"
#include "tutti-desk-sound.h"
#include "tutti-desk-step.h"
#include "tutti-glyph.h"
#include "tutti-preset-bar.h"
#include "tutti-settings.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define SLIDE_MS 200

static const int heights[] = { 40, 192, 375 };

/* With less it scrolls: the mixer above it, a bar and all the rest fit a window of 768. */
#define LEAST 280

struct _TuttiDesk
{
  GtkWidget      parent_instance;
  TuttiStepGrid *grid;         /* borrowed: both belong to the jam page */
  GtkWidget     *root, *head, *glyph, *name, *what, *preset, *chip, *reset, *step_button, *sound_button, *arrow, *stack, *step, *sound;
  TuttiDeskStop  stop;
  double         height;       /* now, while it slides */
  AdwAnimation  *sliding;      /* owned */
  double         dragged_from;
  gboolean       showing;
  gboolean       master;       /* the master is selected, rather than a track */
};

G_DEFINE_FINAL_TYPE (TuttiDesk, tutti_desk, GTK_TYPE_WIDGET)

static void
on_slide (double value, gpointer user_data)
{
  TuttiDesk *self = user_data;

  self->height = value;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

TuttiDeskStop
tutti_desk_get_stop (TuttiDesk *self)
{
  return self->stop;
}

void
tutti_desk_set_stop (TuttiDesk *self, int stop)
{
  stop = CLAMP (stop, (int) TUTTI_STOP_CLOSED, (int) TUTTI_STOP_SOUND);
  self->stop = stop;
  self->showing = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->step_button), stop == TUTTI_STOP_STEP);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->sound_button), stop == TUTTI_STOP_SOUND);
  self->showing = FALSE;
  gtk_button_set_icon_name (GTK_BUTTON (self->arrow), stop == TUTTI_STOP_CLOSED ? "tutti-collapse-symbolic" : "tutti-expand-symbolic");
  if (stop != TUTTI_STOP_CLOSED)
    gtk_stack_set_visible_child (GTK_STACK (self->stack), stop == TUTTI_STOP_STEP ? self->step : self->sound);
  /* One that plays keeps itself alive, and would go on pulling. */
  if (self->sliding != NULL)
    adw_animation_pause (self->sliding);
  g_clear_object (&self->sliding);
  self->sliding = adw_timed_animation_new (GTK_WIDGET (self), self->height, heights[stop], SLIDE_MS,
                                           adw_callback_animation_target_new (on_slide, self, NULL));
  adw_animation_play (self->sliding);
  tutti_settings_set_desk_stop (stop);
  tutti_desk_refresh (self);
  g_signal_emit_by_name (self, "stop-changed");
}

static void
on_choose (GtkToggleButton *button, TuttiDesk *self)
{
  TuttiDeskStop stop = GTK_WIDGET (button) == self->step_button ? TUTTI_STOP_STEP : TUTTI_STOP_SOUND;

  if (!self->showing)
    tutti_desk_set_stop (self, gtk_toggle_button_get_active (button) ? stop : TUTTI_STOP_CLOSED);
}

static void
on_arrow (GtkButton *button, TuttiDesk *self)
{
  tutti_desk_set_stop (self, self->stop == TUTTI_STOP_CLOSED ? TUTTI_STOP_STEP : TUTTI_STOP_CLOSED);
}

static void
on_reset (GtkButton *button, TuttiDesk *self)
{
  g_autoptr(GArray) refs = tutti_step_grid_dup_selection (self->grid);
  const TuttiJam *jam = tutti_session_get_jam (tutti_step_grid_get_session (self->grid));
  TuttiOp *group = tutti_op_group_new ();

  for (guint i = 0; i < refs->len; i++)
    {
      const TuttiStepRef *ref = &g_array_index (refs, TuttiStepRef, i);
      TuttiStep step = tutti_step_initial;

      step.velocity = tutti_step_edit_look_up (jam, ref)->velocity > 0 ? TUTTI_STEP_NORMAL : 0;
      if (!tutti_id_is_none (ref->clip))
        tutti_op_group_add (group, tutti_step_edit_replace (ref->clip, ref->step, &step, 1));
    }
  if (group->arg[0].ops->len > 0)
    tutti_ask (GTK_WIDGET (self), tutti_step_grid_get_session (self->grid), group);
  else
    tutti_op_free (group);
}

static char *
what_words (TuttiDesk *self, const TuttiJam *jam, const TuttiStepRef *ref)
{
  const TuttiStep *step = tutti_step_edit_look_up (jam, ref);
  const TuttiClip *clip = tutti_jam_clip (jam, ref->clip, NULL);
  gint64 ticks = clip != NULL ? clip->ticks_per_step : TUTTI_ROW_NEW_TICKS;
  gint64 beat = ref->step * ticks / tutti_ticks_per_beat (jam->transport.unit) % jam->transport.beats;

  if (self->stop != TUTTI_STOP_CLOSED)
    return g_strdup_printf (_("step %d · beat %d"), ref->step + 1, (int) beat + 1);
  if (step->velocity == 0)
    return g_strdup_printf (_("step %d · off"), ref->step + 1);
  return g_strdup_printf (_("step %d · velocity %d"), ref->step + 1, step->velocity);
}

/* The master has effects, and no steps. */
static void
show_master (TuttiDesk *self, const TuttiJam *jam)
{
  guint n = jam->n_master_effects;
  g_autofree char *what = n == 0 ? g_strdup (_("all tracks together"))
                                 : g_strdup_printf (ngettext ("all tracks together · %u effect", "all tracks together · %u effects", n), n);

  gtk_widget_set_visible (self->head, TRUE);
  tutti_glyph_set_master (self->glyph);
  gtk_label_set_text (GTK_LABEL (self->name), _("Master"));
  gtk_label_set_text (GTK_LABEL (self->what), what);
  gtk_widget_set_visible (self->what, TRUE);
  gtk_widget_set_visible (self->preset, FALSE);
  gtk_widget_set_visible (self->chip, FALSE);
  gtk_widget_set_visible (self->reset, FALSE);
  tutti_desk_sound_refresh (TUTTI_DESK_SOUND (self->sound));
}

gboolean
tutti_desk_get_master (TuttiDesk *self)
{
  return self->master;
}

void
tutti_desk_set_master (TuttiDesk *self, gboolean master)
{
  if (self->master == master)
    return;
  self->master = master;
  gtk_widget_set_sensitive (self->step_button, !master);
  tutti_desk_sound_set_master (TUTTI_DESK_SOUND (self->sound), master);
  tutti_desk_refresh (self);
}

void
tutti_desk_beat (TuttiDesk *self, gint64 now_us)
{
  tutti_desk_sound_beat (TUTTI_DESK_SOUND (self->sound), now_us);
}

void
tutti_desk_refresh (TuttiDesk *self)
{
  const TuttiJam *jam = tutti_session_get_jam (tutti_step_grid_get_session (self->grid));
  guint n = tutti_step_grid_count_selected (self->grid);
  TuttiStepRef ref;
  const TuttiTrack *track;
  g_autofree char *what = NULL, *chip = NULL;

  if (self->master && jam != NULL)
    {
      show_master (self, jam);
      return;
    }
  if (jam == NULL || !tutti_step_grid_get_focus (self->grid, &ref) || (track = tutti_jam_track (jam, ref.track, NULL)) == NULL)
    {
      gtk_widget_set_visible (self->head, FALSE);
      return;
    }
  gtk_widget_set_visible (self->head, TRUE);
  tutti_glyph_set_track (self->glyph, track);
  gtk_label_set_text (GTK_LABEL (self->name), track->name);
  what = what_words (self, jam, &ref);
  gtk_label_set_text (GTK_LABEL (self->what), what);
  gtk_widget_set_visible (self->what, self->stop != TUTTI_STOP_SOUND);
  gtk_widget_set_visible (self->preset, self->stop == TUTTI_STOP_SOUND);
  chip = g_strdup_printf (ngettext ("%u selected", "%u selected", n), n);
  gtk_label_set_text (GTK_LABEL (self->chip), chip);
  gtk_widget_set_visible (self->chip, self->stop == TUTTI_STOP_STEP && n > 1);
  gtk_widget_set_visible (self->reset, self->stop == TUTTI_STOP_STEP);
  if (self->stop == TUTTI_STOP_STEP)
    tutti_desk_step_refresh (TUTTI_DESK_STEP (self->step));
  else if (self->stop == TUTTI_STOP_SOUND)
    {
      tutti_preset_bar_refresh (TUTTI_PRESET_BAR (self->preset));
      tutti_desk_sound_refresh (TUTTI_DESK_SOUND (self->sound));
    }
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, TuttiDesk *self)
{
  if (y > heights[0])
    gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
  self->dragged_from = self->height;
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, TuttiDesk *self)
{
  on_slide (CLAMP (self->dragged_from - dy, heights[TUTTI_STOP_CLOSED], heights[TUTTI_STOP_SOUND]), self);
}

static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, TuttiDesk *self)
{
  int nearest = 0;

  if (ABS (dy) < 4)
    return;
  for (int i = 1; i < (int) G_N_ELEMENTS (heights); i++)
    if (ABS (heights[i] - self->height) < ABS (heights[nearest] - self->height))
      nearest = i;
  tutti_desk_set_stop (self, nearest);
}

static void
tutti_desk_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  TuttiDesk *self = TUTTI_DESK (widget);

  gtk_widget_measure (self->root, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *natural = (int) self->height;
      *minimum = MIN (*natural, LEAST);
    }
}

/* The content keeps its own height and is cut while the desk slides over it. */
static void
tutti_desk_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TuttiDesk *self = TUTTI_DESK (widget);
  int minimum;

  gtk_widget_measure (self->root, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->root, &(GtkAllocation) { 0, 0, width, MAX (height, minimum) }, -1);
}

static void
tutti_desk_dispose (GObject *object)
{
  TuttiDesk *self = TUTTI_DESK (object);

  if (self->sliding != NULL)
    adw_animation_pause (self->sliding);
  g_clear_object (&self->sliding);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  G_OBJECT_CLASS (tutti_desk_parent_class)->dispose (object);
}

static void
tutti_desk_class_init (TuttiDeskClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_desk_dispose;
  widget_class->measure = tutti_desk_measure;
  widget_class->size_allocate = tutti_desk_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "desk");
  g_signal_new ("stop-changed", TUTTI_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
head_toggle (TuttiDesk *self, GtkWidget *box, const char *words)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (words);

  gtk_widget_add_css_class (button, "word");
  g_signal_connect (button, "toggled", G_CALLBACK (on_choose), self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
build_head (TuttiDesk *self)
{
  GtkWidget *overlay = gtk_overlay_new (), *handle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *spring, *views;

  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->glyph = tutti_glyph_new ();
  tutti_glyph_set_small (self->glyph);
  self->name = gtk_label_new (NULL);
  self->what = gtk_label_new (NULL);
  self->chip = gtk_label_new (NULL);
  self->reset = gtk_button_new_with_label (_("Reset Step"));
  spring = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  views = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->arrow = gtk_button_new_from_icon_name ("tutti-expand-symbolic");
  gtk_widget_add_css_class (self->name, "step-head");
  gtk_widget_add_css_class (self->what, "dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (self->what), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->what), 0);
  gtk_widget_add_css_class (self->chip, "chip");
  gtk_widget_set_valign (self->chip, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->reset, "flat");
  gtk_widget_add_css_class (self->reset, "word");
  gtk_widget_add_css_class (self->arrow, "flat");
  gtk_widget_set_tooltip_text (self->arrow, _("Open or close the desk (Ctrl+Up, Ctrl+Down)"));
  gtk_widget_add_css_class (views, "linked");
  gtk_widget_set_valign (views, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->reset, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->arrow, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (spring, TRUE);
  self->step_button = head_toggle (self, views, _("Step"));
  self->sound_button = head_toggle (self, views, _("Sound"));
  GtkWidget *all[] = { self->glyph, self->name, self->what, self->chip, spring, self->reset, views, self->arrow };
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    gtk_box_append (GTK_BOX (self->head), all[i]);
  gtk_widget_set_margin_start (self->head, 12);
  gtk_widget_set_margin_end (self->head, 10);
  gtk_widget_set_size_request (overlay, -1, heights[0] - 1);
  gtk_widget_add_css_class (handle, "desk-handle");
  gtk_widget_set_halign (handle, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (handle, GTK_ALIGN_START);
  gtk_widget_set_margin_top (handle, 5);
  gtk_widget_set_can_target (handle, FALSE);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->head);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), handle);
  g_signal_connect (self->reset, "clicked", G_CALLBACK (on_reset), self);
  g_signal_connect (self->arrow, "clicked", G_CALLBACK (on_arrow), self);
  return overlay;
}

static void
add_drag (TuttiDesk *self, GtkWidget *head)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (head, GTK_EVENT_CONTROLLER (drag));
}

static void
tutti_desk_init (TuttiDesk *self)
{
  GtkWidget *head;

  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->root, "desk");
  head = build_head (self);
  add_drag (self, head);
  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (self->root), head);
  gtk_box_append (GTK_BOX (self->root), self->stack);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->height = heights[TUTTI_STOP_STEP];
}

GtkWidget *
tutti_desk_new (TuttiStepGrid *grid)
{
  TuttiDesk *self = g_object_new (TUTTI_TYPE_DESK, NULL);

  self->grid = grid;
  self->preset = tutti_preset_bar_new (grid);
  gtk_widget_insert_after (self->preset, self->head, self->what);
  self->step = tutti_desk_step_new (grid);
  self->sound = tutti_desk_sound_new (grid);
  gtk_stack_add_child (GTK_STACK (self->stack), self->step);
  gtk_stack_add_child (GTK_STACK (self->stack), self->sound);
  tutti_desk_set_stop (self, tutti_settings_get_desk_stop ());
  return GTK_WIDGET (self);
}
