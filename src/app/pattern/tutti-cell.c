/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-cell.h"

#include <adwaita.h>
#include <math.h>

struct _TuttiCell
{
  GtkWidget     parent_instance;
  TuttiCellLook look;
  AdwAnimation *growing;       /* owned; NULL until the first change that somebody sees */
  AdwAnimation *shaking;       /* owned; NULL until the first refusal */
  double        grow, shake;   /* parts of their way, 0 … 1 */
};

G_DEFINE_FINAL_TYPE (TuttiCell, tutti_cell, GTK_TYPE_WIDGET)

#define GROW_MS 90
#define SHAKE_MS 240
#define SHAKE_PX 4.0

static void
on_grow (double value, gpointer user_data)
{
  TuttiCell *self = user_data;

  self->grow = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Animations of libadwaita jump to their end by themselves where motion is reduced. */
static void
begin_growing (TuttiCell *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (self->growing == NULL)
    self->growing = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, GROW_MS,
                                             adw_callback_animation_target_new (on_grow, self, NULL));
  adw_animation_reset (self->growing);
  adw_animation_play (self->growing);
}

static void
on_shake (double value, gpointer user_data)
{
  TuttiCell *self = user_data;

  self->shake = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* To both sides, twice. Where motion is reduced this is over at once, and the ring says it alone. */
static void
begin_shaking (TuttiCell *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (self->shaking == NULL)
    {
      self->shaking = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, SHAKE_MS,
                                               adw_callback_animation_target_new (on_shake, self, NULL));
      adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->shaking), ADW_LINEAR);
    }
  adw_animation_reset (self->shaking);
  adw_animation_play (self->shaking);
}

static gboolean
same_look (const TuttiCellLook *a, const TuttiCellLook *b)
{
  return tutti_step_equal (&a->step, &b->step) && a->flags == b->flags && a->colour == b->colour &&
         a->ticks_per_step == b->ticks_per_step && G_APPROX_VALUE (a->span, b->span, 0.01f) && strcmp (a->text, b->text) == 0;
}

gboolean
tutti_cell_set_look (TuttiCell *self, const TuttiCellLook *look)
{
  gboolean newly_refused = (look->flags & ~self->look.flags & TUTTI_CELL_REFUSED) != 0;
  gboolean was_on = self->look.step.velocity > 0, begins = look->step.velocity > 0 && !(look->flags & TUTTI_CELL_CONTINUED);

  g_return_val_if_fail (TUTTI_IS_CELL (self), FALSE);

  if (same_look (&self->look, look))
    return FALSE;
  self->look = *look;
  if (!was_on && look->step.velocity > 0)
    begin_growing (self);
  if (newly_refused)
    begin_shaking (self);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED,
                               begins ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               GTK_ACCESSIBLE_STATE_SELECTED, (look->flags & TUTTI_CELL_SELECTED) != 0, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

const TuttiCellLook *
tutti_cell_get_look (TuttiCell *self)
{
  return &self->look;
}

void
tutti_cell_set_flag (TuttiCell *self, TuttiCellFlags flag, gboolean on)
{
  TuttiCellFlags flags = on ? self->look.flags | flag : self->look.flags & ~flag;

  if (flags == self->look.flags)
    return;
  self->look.flags = flags;
  if (flag == TUTTI_CELL_SELECTED)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, on, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tutti_cell_set_words (TuttiCell *self, const char *name, const char *description)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

static void
tutti_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiCell *self = TUTTI_CELL (widget);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (SHAKE_PX * sin (4 * G_PI * self->shake)), 0));
  tutti_cell_draw (snapshot, widget, &self->look, gtk_widget_get_width (widget), gtk_widget_get_height (widget),
                   (float) self->grow, gtk_widget_has_visible_focus (widget));
  gtk_snapshot_restore (snapshot);
}

static void
tutti_cell_state_flags_changed (GtkWidget *widget, GtkStateFlags previous)
{
  GTK_WIDGET_CLASS (tutti_cell_parent_class)->state_flags_changed (widget, previous);
  gtk_widget_queue_draw (widget);
}

/* Assistive technology acts through these; the grid answers. */
static void
on_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit_by_name (widget, strcmp (name, "cell.toggle") == 0 ? "toggle" : "edit");
}

static void
tutti_cell_dispose (GObject *object)
{
  TuttiCell *self = TUTTI_CELL (object);

  g_clear_object (&self->growing);
  g_clear_object (&self->shaking);
  G_OBJECT_CLASS (tutti_cell_parent_class)->dispose (object);
}

static void
tutti_cell_class_init (TuttiCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_cell_dispose;
  widget_class->snapshot = tutti_cell_snapshot;
  widget_class->state_flags_changed = tutti_cell_state_flags_changed;
  gtk_widget_class_set_css_name (widget_class, "cell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
  gtk_widget_class_install_action (widget_class, "cell.toggle", NULL, on_action);
  gtk_widget_class_install_action (widget_class, "cell.edit", NULL, on_action);
  g_signal_new ("toggle", TUTTI_TYPE_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("edit", TUTTI_TYPE_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tutti_cell_init (TuttiCell *self)
{
  self->look.step = tutti_step_initial;
  self->grow = 1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "step-cell");
}

GtkWidget *
tutti_cell_new (void)
{
  return g_object_new (TUTTI_TYPE_CELL, NULL);
}
