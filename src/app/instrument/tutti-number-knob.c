/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-number-knob.h"

#include "tutti-knob-menu.h"
#include "tutti-knob-scale.h"
#include "tutti-knob.h"
#include "tutti-panel-table.h"
#include "tutti-range-drag.h"
#include "tutti-words.h"

#include <glib/gi18n.h>

struct _TuttiNumberKnob
{
  GtkWidget  parent_instance;
  guint      address;
  GtkWidget *root, *knob, *choice, *value, *name;
  int        shown;            /* the value */
  gboolean   showing;
};

G_DEFINE_FINAL_TYPE (TuttiNumberKnob, tutti_number_knob, GTK_TYPE_WIDGET)

enum { TURNED, RESET, LOCK, N_SIGNALS };
static guint signals[N_SIGNALS];

static const TuttiParamSpec *
spec_of (TuttiNumberKnob *self)
{
  return tutti_address_spec (self->address);
}

static void
turn (TuttiNumberKnob *self, int value)
{
  if (!self->showing && value != self->shown)
    g_signal_emit (self, signals[TURNED], 0, self->address, value);
}

static void
on_knob (GtkRange *range, TuttiNumberKnob *self)
{
  turn (self, tutti_knob_scale_from (spec_of (self), gtk_range_get_value (range)));
}

static void
on_choice (GtkDropDown *drop_down, GParamSpec *pspec, TuttiNumberKnob *self)
{
  turn (self, (int) gtk_drop_down_get_selected (drop_down) + tutti_address_spec (self->address)->min);
}

guint
tutti_number_knob_get_address (TuttiNumberKnob *self)
{
  return self->address;
}

/* ---- the menu ---- */

static void
on_reset (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[RESET], 0, TUTTI_NUMBER_KNOB (widget)->address);
}

static void
on_lock (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TuttiNumberKnob *self = TUTTI_NUMBER_KNOB (widget);

  g_signal_emit (self, signals[LOCK], 0, self->address, self->shown);
}

static void
on_type (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TuttiNumberKnob *self = TUTTI_NUMBER_KNOB (widget);
  g_autofree char *words = tutti_words_address_value (self->address, self->shown);

  tutti_knob_menu_type (self->knob, widget, words, "number.typed", self->address);
}

static void
on_typed (GtkWidget *widget, const char *action, GVariant *typed)
{
  TuttiNumberKnob *self = TUTTI_NUMBER_KNOB (widget);
  const char *text;
  guint address;
  int value;

  g_variant_get (typed, "(u&s)", &address, &text);
  if (tutti_knob_scale_parse (spec_of (self), text, &value))
    turn (self, value);
}

static GMenuModel *
menu_of (GtkWidget *widget, gpointer user_data)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _("Reset"), "number.reset");
  if (TUTTI_NUMBER_KNOB (widget)->knob != NULL)
    g_menu_append (menu, _("Type Value…"), "number.type");
  g_menu_append (menu, _("Lock to Selected Steps"), "number.lock");
  return G_MENU_MODEL (menu);
}

/* Before the knob's own way of resetting, which knows nothing of locks. */
static void
on_double_click (GtkGestureClick *click, int n_press, double x, double y, TuttiNumberKnob *self)
{
  if (n_press != 2)
    return;
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  on_reset (GTK_WIDGET (self), NULL, NULL);
}

/* ---- showing ---- */

static void
set_class (GtkWidget *widget, const char *css_class, gboolean on)
{
  (on ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (widget, css_class);
}

static void
speak (TuttiNumberKnob *self, GtkWidget *widget, const TuttiNumbers *numbers, const char *words)
{
  g_autofree char *name = tutti_words_address (self->address), *spoken = NULL;

  if (numbers->locked[self->address])
    /* Translators: the name of a knob, for screen readers */
    spoken = g_strdup_printf (_("%s, locked on this step"), name);
  else if (tutti_address_is_patch (self->address) && tutti_numbers_changed (numbers, self->address))
    /* Translators: the name of a knob, for screen readers */
    spoken = g_strdup_printf (_("%s, not as the preset has it"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken != NULL ? spoken : name,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
}

static void
show_knob (TuttiNumberKnob *self, const TuttiNumbers *numbers, int colour)
{
  g_autofree char *words = tutti_words_address_value (self->address, self->shown);

  tutti_knob_set_colour (TUTTI_KNOB (self->knob), colour);
  tutti_knob_set_locked (TUTTI_KNOB (self->knob), numbers->locked[self->address]);
  tutti_range_drag_set_initial (GTK_RANGE (self->knob), tutti_knob_scale_to (spec_of (self), numbers->initial[self->address]));
  if (tutti_knob_scale_from (spec_of (self), gtk_range_get_value (GTK_RANGE (self->knob))) != self->shown)
    gtk_range_set_value (GTK_RANGE (self->knob), tutti_knob_scale_to (spec_of (self), self->shown));
  gtk_label_set_text (GTK_LABEL (self->value), words);
  speak (self, self->knob, numbers, words);
}

static void
show_choice (TuttiNumberKnob *self, const TuttiNumbers *numbers)
{
  g_autofree char *words = tutti_words_address_value (self->address, self->shown);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->choice), (guint) (self->shown - tutti_address_spec (self->address)->min));
  set_class (self->choice, "locked", numbers->locked[self->address]);
  speak (self, self->choice, numbers, words);
}

void
tutti_number_knob_show (TuttiNumberKnob *self, const TuttiNumbers *numbers, int colour, gboolean lockable)
{
  self->showing = TRUE;
  self->shown = numbers->shown[self->address];
  set_class (self->name, "changed", tutti_address_is_patch (self->address) && tutti_numbers_changed (numbers, self->address));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "number.lock", lockable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "number.reset",
                                 numbers->locked[self->address] || tutti_numbers_changed (numbers, self->address));
  if (self->knob != NULL)
    show_knob (self, numbers, colour);
  else
    show_choice (self, numbers);
  self->showing = FALSE;
}

/* ---- building ---- */

static void
tutti_number_knob_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  TUTTI_NUMBER_KNOB (object)->root = NULL;
  G_OBJECT_CLASS (tutti_number_knob_parent_class)->dispose (object);
}

static void
tutti_number_knob_class_init (TuttiNumberKnobClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_number_knob_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "number");
  gtk_widget_class_install_action (widget_class, "number.reset", NULL, on_reset);
  gtk_widget_class_install_action (widget_class, "number.type", NULL, on_type);
  gtk_widget_class_install_action (widget_class, "number.typed", "(us)", on_typed);
  gtk_widget_class_install_action (widget_class, "number.lock", NULL, on_lock);
  signals[TURNED] = g_signal_new ("turned", TUTTI_TYPE_NUMBER_KNOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_UINT, G_TYPE_INT);
  signals[RESET] = g_signal_new ("reset", TUTTI_TYPE_NUMBER_KNOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[LOCK] = g_signal_new ("lock", TUTTI_TYPE_NUMBER_KNOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_UINT, G_TYPE_INT);
}

static void
tutti_number_knob_init (TuttiNumberKnob *self)
{
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  tutti_knob_menu_attach (GTK_WIDGET (self), GTK_WIDGET (self), menu_of, NULL);
}

static void
add_knob (TuttiNumberKnob *self, int size)
{
  TuttiKnobScale scale = tutti_knob_scale (spec_of (self));
  GtkGesture *click = gtk_gesture_click_new ();

  self->knob = tutti_knob_new (scale.low, scale.high, scale.step, scale.initial, scale.origin);
  tutti_knob_set_size (TUTTI_KNOB (self->knob), size);
  g_signal_connect (click, "pressed", G_CALLBACK (on_double_click), self);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  self->value = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->value), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->value, "knob-value");
  gtk_widget_add_css_class (self->value, "numeric");
  g_signal_connect (self->knob, "value-changed", G_CALLBACK (on_knob), self);
  gtk_box_append (GTK_BOX (self->root), self->knob);
  gtk_box_append (GTK_BOX (self->root), self->value);
}

static void
on_word_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer ellipsised)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (ellipsised != NULL)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
on_word_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer ellipsised)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

/* The longest word must not widen the page: in the button it is cut, in the list it is whole. */
static GtkListItemFactory *
words_factory (gboolean ellipsised)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_word_setup), GINT_TO_POINTER (ellipsised));
  g_signal_connect (factory, "bind", G_CALLBACK (on_word_bind), NULL);
  return factory;
}

static void
add_choice (TuttiNumberKnob *self, int size)
{
  g_autoptr(GtkListItemFactory) cut = words_factory (TRUE), whole = words_factory (FALSE);
  const TuttiParamSpec *spec = tutti_address_spec (self->address);
  GtkStringList *words = gtk_string_list_new (NULL);

  for (int value = spec->min; value <= spec->max; value++)
    {
      g_autofree char *word = tutti_words_address_value (self->address, value);

      gtk_string_list_append (words, word);
    }
  self->choice = gtk_drop_down_new (G_LIST_MODEL (words), NULL);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (self->choice), cut);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (self->choice), whole);
  gtk_widget_add_css_class (self->choice, "number-choice");
  gtk_widget_set_valign (self->choice, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (self->choice, -1, size - 10);
  gtk_widget_set_vexpand (self->choice, TRUE);
  g_signal_connect (self->choice, "notify::selected", G_CALLBACK (on_choice), self);
  gtk_box_append (GTK_BOX (self->root), self->choice);
}

GtkWidget *
tutti_number_knob_new (guint address, int size)
{
  TuttiNumberKnob *self = g_object_new (TUTTI_TYPE_NUMBER_KNOB, NULL);

  self->address = address;
  if (tutti_number_is_choice (address))
    add_choice (self, size);
  else
    add_knob (self, size);
  self->name = gtk_label_new (tutti_number_short_name (address));
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->name, "knob-name");
  gtk_box_append (GTK_BOX (self->root), self->name);
  return GTK_WIDGET (self);
}
