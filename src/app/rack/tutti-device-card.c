/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-device-card.h"

#include "tutti-knob.h"
#include "tutti-passing-menu.h"

#include <glib/gi18n.h>

#define WIDTH 186               /* and the padding and border of the card around it */
#define KNOBS_A_ROW 3
#define KNOBS_MAX 32
#define KNOB_SIZE 42

struct _TuttiDeviceCard
{
  GtkWidget  parent_instance;
  GtkWidget *root, *handle, *title, *power, *menu, *words, *grid;
  GtkWidget *knobs[KNOBS_MAX], *values[KNOBS_MAX];
  guint      n_knobs;
  gboolean   showing;
};

G_DEFINE_FINAL_TYPE (TuttiDeviceCard, tutti_device_card, GTK_TYPE_WIDGET)

static guint turned_signal, switched_signal;

static void
on_turned (GtkRange *range, TuttiDeviceCard *self)
{
  if (!self->showing)
    g_signal_emit (self, turned_signal, 0, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (range), "tutti-knob")),
                   gtk_range_get_value (range));
}

static void
on_power (GtkToggleButton *power, TuttiDeviceCard *self)
{
  if (!self->showing)
    g_signal_emit (self, switched_signal, 0, gtk_toggle_button_get_active (power));
}

void
tutti_device_card_show_on (TuttiDeviceCard *self, gboolean on)
{
  self->showing = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->power), on);
  gtk_widget_set_tooltip_text (self->power, on ? _("On: switch off") : _("Off: switch on"));
  (on ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (GTK_WIDGET (self), "off");
  self->showing = FALSE;
}

void
tutti_device_card_set_personal (TuttiDeviceCard *self, const char *words)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "personal");
  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_widget_show (self->words);
}

void
tutti_device_card_set_picture (TuttiDeviceCard *self, GtkWidget *picture)
{
  gtk_box_insert_child_after (GTK_BOX (self->root), picture, gtk_widget_get_first_child (self->root));
}

GtkWidget *
tutti_device_card_get_handle (TuttiDeviceCard *self)
{
  return self->handle;
}

GtkWidget *
tutti_device_card_get_menu_button (TuttiDeviceCard *self)
{
  return self->menu;
}

GtkWidget *
tutti_device_card_get_knob (TuttiDeviceCard *self, guint knob)
{
  g_return_val_if_fail (knob < self->n_knobs, NULL);
  return self->knobs[knob];
}

void
tutti_device_card_set_origin (TuttiDeviceCard *self, guint knob, double origin)
{
  g_return_if_fail (knob < self->n_knobs);
  tutti_knob_set_origin (TUTTI_KNOB (self->knobs[knob]), origin);
}

void
tutti_device_card_set_menu (TuttiDeviceCard *self, GMenuModel *menu)
{
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), menu);
}

void
tutti_device_card_set_colour (TuttiDeviceCard *self, int colour)
{
  for (guint i = 0; i < self->n_knobs; i++)
    tutti_knob_set_colour (TUTTI_KNOB (self->knobs[i]), colour);
}

void
tutti_device_card_add_knob (TuttiDeviceCard *self, const char *name, double low, double high, double initial, gboolean whole)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1), *label = gtk_label_new (name);
  double step = whole ? 1 : (high - low) / 100;
  guint i = self->n_knobs;
  g_autofree char *full = NULL;

  g_return_if_fail (i < KNOBS_MAX);
  /* Translators: a device and one of its knobs, for screen readers: "Compressor, Threshold" */
  full = g_strdup_printf (_("%s, %s"), gtk_label_get_text (GTK_LABEL (self->title)), name);
  self->knobs[i] = tutti_knob_new (low, high, step, initial, low < 0 && high > 0 ? 0 : low);
  tutti_knob_set_size (TUTTI_KNOB (self->knobs[i]), KNOB_SIZE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->knobs[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, full, -1);
  g_object_set_data (G_OBJECT (self->knobs[i]), "tutti-knob", GUINT_TO_POINTER (i));
  g_signal_connect (self->knobs[i], "value-changed", G_CALLBACK (on_turned), self);
  self->values[i] = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->values[i], "knob-value");
  gtk_widget_add_css_class (self->values[i], "numeric");
  gtk_widget_add_css_class (label, "knob-name");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  /* "Resonance" is whole; what is longer is cut, and whole in its tip. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), 11);
  gtk_widget_set_tooltip_text (label, name);
  gtk_box_append (GTK_BOX (box), self->knobs[i]);
  gtk_box_append (GTK_BOX (box), self->values[i]);
  gtk_box_append (GTK_BOX (box), label);
  gtk_grid_attach (GTK_GRID (self->grid), box, (int) i % KNOBS_A_ROW, (int) i / KNOBS_A_ROW, 1, 1);
  self->n_knobs++;
}

void
tutti_device_card_show_knob (TuttiDeviceCard *self, guint knob, double value, const char *words, gboolean locked)
{
  g_return_if_fail (knob < self->n_knobs);
  self->showing = TRUE;
  gtk_range_set_value (GTK_RANGE (self->knobs[knob]), value);
  gtk_label_set_text (GTK_LABEL (self->values[knob]), words);
  tutti_knob_set_locked (TUTTI_KNOB (self->knobs[knob]), locked);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->knobs[knob]), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
  self->showing = FALSE;
}

/* ---- building ---- */

static void
tutti_device_card_dispose (GObject *object)
{
  g_clear_pointer (&TUTTI_DEVICE_CARD (object)->root, gtk_widget_unparent);
  G_OBJECT_CLASS (tutti_device_card_parent_class)->dispose (object);
}

static void
tutti_device_card_class_init (TuttiDeviceCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_device_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "device");
  turned_signal = g_signal_new ("turned", TUTTI_TYPE_DEVICE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_UINT, G_TYPE_DOUBLE);
  switched_signal = g_signal_new ("switched", TUTTI_TYPE_DEVICE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_BOOLEAN);
}

static GtkWidget *
build_head (TuttiDeviceCard *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);

  self->handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  gtk_widget_add_css_class (self->handle, "device-handle");
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_add_css_class (self->title, "device-title");
  self->power = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->power), "system-shutdown-symbolic");
  gtk_widget_add_css_class (self->power, "flat");
  gtk_widget_add_css_class (self->power, "device-power");
  g_signal_connect (self->power, "toggled", G_CALLBACK (on_power), self);
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_widget_add_css_class (self->menu, "flat");
  tutti_passing_menu_give_back (self->menu);
  gtk_box_append (GTK_BOX (head), self->handle);
  gtk_box_append (GTK_BOX (head), self->title);
  gtk_box_append (GTK_BOX (head), self->power);
  gtk_box_append (GTK_BOX (head), self->menu);
  return head;
}

static void
tutti_device_card_init (TuttiDeviceCard *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_size_request (self->root, WIDTH, -1);
  gtk_box_append (GTK_BOX (self->root), build_head (self));
  self->words = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->words), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (self->words), 24);
  gtk_widget_add_css_class (self->words, "caption");
  gtk_widget_hide (self->words);
  gtk_box_append (GTK_BOX (self->root), self->words);
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 4);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->grid);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self->root), scroller);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
tutti_device_card_new (const char *title)
{
  TuttiDeviceCard *self = g_object_new (TUTTI_TYPE_DEVICE_CARD, NULL);
  g_autofree char *more = NULL;

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->power), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  /* Translators: the menu of an effect, "Compressor, more" */
  more = g_strdup_printf (_("%s, more"), title);
  gtk_widget_set_tooltip_text (self->menu, _("Move, Reset, Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, more, -1);
  return GTK_WIDGET (self);
}
