/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-tempo.h"

#include "tutti-limits.h"
#include "tutti-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define PX_PER_BPM 4.0

struct _TuttiTempo
{
  GtkWidget  parent_instance;
  GtkWidget *stack, *whole, *cents, *unit, *entry;
  int        cbpm;
  int        dragged_from;
};

G_DEFINE_FINAL_TYPE (TuttiTempo, tutti_tempo, GTK_TYPE_WIDGET)

static guint wish_signal;

static void
wish (TuttiTempo *self, double cbpm)
{
  int whole = (int) CLAMP (round (cbpm), TUTTI_TEMPO_MIN_CBPM, TUTTI_TEMPO_MAX_CBPM);

  if (whole != self->cbpm)
    g_signal_emit (self, wish_signal, 0, whole);
}

void
tutti_tempo_show (TuttiTempo *self, int cbpm)
{
  char text[16];

  if (cbpm == self->cbpm)
    return;
  self->cbpm = cbpm;
  g_snprintf (text, sizeof text, "%d", cbpm / 100);
  gtk_label_set_text (GTK_LABEL (self->whole), text);
  g_snprintf (text, sizeof text, ".%02d", cbpm % 100);
  gtk_label_set_text (GTK_LABEL (self->cents), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, cbpm / 100.0, -1);
}

void
tutti_tempo_set_small (TuttiTempo *self, gboolean small)
{
  gtk_widget_set_visible (self->cents, !small);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_parent (self->unit)),
                                  small ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  if (small)
    {
      gtk_widget_remove_css_class (self->whole, "readout");
      gtk_widget_add_css_class (self->whole, "readout-small");
      gtk_box_set_spacing (GTK_BOX (gtk_widget_get_parent (self->unit)), 5);
      gtk_widget_add_css_class (GTK_WIDGET (self), "tempo-mini");
    }
}

void
tutti_tempo_edit (TuttiTempo *self)
{
  g_autofree char *text = tutti_words_tempo (self->cbpm);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->entry);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

static void
end_edit (TuttiTempo *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "shown");
}

static void
on_activate (GtkEntry *entry, TuttiTempo *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  char *end = NULL;
  double bpm = g_strtod (text, &end);

  if (end != text && bpm >= 1)
    wish (self, bpm * 100);
  end_edit (self);
}

static void
on_entry_left (GtkEventControllerFocus *focus, TuttiTempo *self)
{
  end_edit (self);
}

static gboolean
on_entry_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, TuttiTempo *self)
{
  if (key == GDK_KEY_Escape)
    end_edit (self);
  else if (key == GDK_KEY_Up || key == GDK_KEY_Down)
    {
      wish (self, self->cbpm + (key == GDK_KEY_Up ? 1 : -1) * (state & GDK_SHIFT_MASK ? 1 : 100));
      tutti_tempo_edit (self);
    }
  else
    return FALSE;
  return TRUE;
}

static gboolean
is_fine (GtkEventController *controller)
{
  return (gtk_event_controller_get_current_event_state (controller) & GDK_SHIFT_MASK) != 0;
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, TuttiTempo *self)
{
  self->dragged_from = self->cbpm;
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, TuttiTempo *self)
{
  int bpm = (int) (-dy / PX_PER_BPM);

  if (bpm != 0 || self->cbpm != self->dragged_from)
    wish (self, self->dragged_from + bpm * (is_fine (GTK_EVENT_CONTROLLER (drag)) ? 1 : 100));
}

static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, TuttiTempo *self)
{
  if (fabs (dx) < 4 && fabs (dy) < 4)
    tutti_tempo_edit (self);
}

static gboolean
on_scroll (GtkEventControllerScroll *scroll, double dx, double dy, TuttiTempo *self)
{
  wish (self, self->cbpm + (dy > 0 ? -1 : 1) * (is_fine (GTK_EVENT_CONTROLLER (scroll)) ? 1 : 100));
  return TRUE;
}

static void
add_controllers (TuttiTempo *self, GtkWidget *shown)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL |
                                                                GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);
  GtkEventController *keys = gtk_event_controller_key_new (), *focus = gtk_event_controller_focus_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_entry_key), self);
  g_signal_connect (focus, "leave", G_CALLBACK (on_entry_left), self);
  g_signal_connect (self->entry, "activate", G_CALLBACK (on_activate), self);
  gtk_widget_add_controller (shown, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (shown, scroll);
  gtk_widget_add_controller (self->entry, keys);
  gtk_widget_add_controller (self->entry, focus);
}

static void
tutti_tempo_dispose (GObject *object)
{
  g_clear_pointer (&TUTTI_TEMPO (object)->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (tutti_tempo_parent_class)->dispose (object);
}

static void
tutti_tempo_class_init (TuttiTempoClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_tempo_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_SPIN_BUTTON);
  wish_signal = g_signal_new ("wish", TUTTI_TYPE_TEMPO, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static GtkWidget *
labelled (const char *text, const char *css_class, GtkAlign align)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_valign (label, align);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static void
tutti_tempo_init (TuttiTempo *self)
{
  GtkWidget *shown = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *figures = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->stack = gtk_stack_new ();
  self->whole = labelled ("120", "readout", GTK_ALIGN_BASELINE);
  self->cents = labelled (".00", "readout-small", GTK_ALIGN_BASELINE);
  /* Translators: beats per minute */
  self->unit = labelled (_("BPM"), "unit", GTK_ALIGN_CENTER);
  self->entry = gtk_entry_new ();
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 6);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Tempo in beats per minute"), -1);
  gtk_box_append (GTK_BOX (figures), self->whole);
  gtk_box_append (GTK_BOX (figures), self->cents);
  gtk_box_append (GTK_BOX (shown), figures);
  gtk_box_append (GTK_BOX (shown), self->unit);
  gtk_box_set_spacing (GTK_BOX (shown), 0);
  gtk_stack_add_named (GTK_STACK (self->stack), shown, "shown");
  gtk_stack_add_named (GTK_STACK (self->stack), self->entry, "entry");
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  gtk_widget_set_tooltip_text (shown, _("Tempo (B): click to type, drag or scroll"));
  gtk_widget_set_valign (shown, GTK_ALIGN_CENTER);
  add_controllers (self, shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Tempo in beats per minute"), -1);
}

GtkWidget *
tutti_tempo_new (void)
{
  return g_object_new (TUTTI_TYPE_TEMPO, NULL);
}
