/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-my-output.h"

#include "tutti-output-devices.h"
#include "tutti-personal-rack.h"
#include "tutti-settings.h"
#include "tutti-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* The shortest sound of the kit: a click is where the ear judges time best. */
#define CLICK_SOUND "kit:wood-rim"
#define CLICK_VELOCITY 118
#define SILENCE_DB (-96.0)

struct _TuttiMyOutput
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* owned */
  TuttiOutput  *output;        /* owned; NULL without one */
  GtkWidget    *button, *icon, *popover, *mute, *mono, *scale, *words, *state, *devices, *leader, *trim;
  GCancellable *asking;        /* owned; of the list of devices */
  gboolean      showing;
};

G_DEFINE_FINAL_TYPE (TuttiMyOutput, tutti_my_output, GTK_TYPE_WIDGET)

/* ---- level: the slider's way is the cube root of the amplitude, as ears go ---- */

static double
db_of_volume (double volume)
{
  return volume > 0 ? MAX (20 * log10 (volume), SILENCE_DB) : SILENCE_DB;
}

/* ---- what is remembered ---- */

void
tutti_my_output_set_mute (TuttiSession *session, gboolean mute)
{
  TuttiOutput *output = tutti_session_get_output (session);

  if (output == NULL)
    return;
  tutti_output_set_mute (output, mute);
  tutti_settings_set_output_muted (mute);
}

static const char *
device_of (TuttiMyOutput *self)
{
  const char *device = tutti_output_get_device (self->output);

  return device != NULL ? device : "";
}

/* ---- showing ---- */

static const char *
state_words (TuttiOutputState state)
{
  switch (state)
    {
    case TUTTI_OUTPUT_LOST:
      return _("The sound device is gone. The music goes on silently.");
    case TUTTI_OUTPUT_NO_SERVER:
      return _("No sound server answers. The music goes on silently.");
    default:
      return _("Only you hear what you change here.");
    }
}

static void
show (TuttiMyOutput *self)
{
  double volume = tutti_output_get_volume (self->output);
  gboolean mute = tutti_output_get_mute (self->output);
  g_autofree char *words = tutti_words_gain ((int) lround (db_of_volume (volume) * 100));
  gboolean mono = tutti_output_get_mono (self->output);
  g_autofree char *level = mute ? g_strdup (_("My output, muted")) : g_strdup_printf (_("My output, %s"), words);
  /* Translators: %s is "My output, −6 dB": and everything is heard in mono */
  g_autofree char *tooltip = mono ? g_strdup_printf (_("%s, in mono"), level) : g_strdup (level);

  self->showing = TRUE;
  gtk_range_set_value (GTK_RANGE (self->scale), cbrt (volume) * 100);
  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->mute), mute);
  gtk_switch_set_active (GTK_SWITCH (self->mono), mono);
  (mono ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self->button, "mine");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->trim), tutti_output_get_trim_ms (self->output));
  gtk_label_set_text (GTK_LABEL (self->state), state_words (tutti_output_get_state (self->output)));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), mute ? "audio-volume-muted-symbolic" : "tutti-sound-symbolic");
  gtk_widget_set_tooltip_text (self->button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
  self->showing = FALSE;
}

static void
on_output (TuttiOutput *output, GParamSpec *spec, TuttiMyOutput *self)
{
  show (self);
}

/* ---- changing ---- */

static void
on_level (GtkRange *range, TuttiMyOutput *self)
{
  double volume = pow (gtk_range_get_value (range) / 100, 3);

  if (self->showing)
    return;
  tutti_output_set_volume (self->output, CLAMP (volume, 0, 1));
  tutti_settings_set_output_level_db (db_of_volume (volume));
}

static void
on_mute (GtkToggleButton *button, TuttiMyOutput *self)
{
  if (!self->showing)
    tutti_my_output_set_mute (self->session, gtk_toggle_button_get_active (button));
}

static void
on_mono (GtkSwitch *mono, GParamSpec *spec, TuttiMyOutput *self)
{
  if (!self->showing)
    tutti_output_set_mono (self->output, gtk_switch_get_active (mono));
}

static void
on_trim (GtkSpinButton *spin, TuttiMyOutput *self)
{
  if (self->showing)
    return;
  tutti_output_set_trim_ms (self->output, gtk_spin_button_get_value (spin));
  tutti_settings_set_output_trim_ms (device_of (self), gtk_spin_button_get_value (spin));
}

static void
on_click (GtkButton *button, TuttiMyOutput *self)
{
  tutti_session_audition (self->session, CLICK_SOUND, 0, CLICK_VELOCITY);
}

static void
on_device (GtkCheckButton *check, TuttiMyOutput *self)
{
  const char *device = g_object_get_data (G_OBJECT (check), "tutti-device");

  if (self->showing || !gtk_check_button_get_active (check) || g_str_equal (device_of (self), device))
    return;
  tutti_settings_set_output_device (device);
  /* The trim first: the device restarts the stream with it. */
  tutti_output_set_trim_ms (self->output, tutti_settings_get_output_trim_ms (device));
  tutti_output_set_device (self->output, *device != '\0' ? device : NULL);
}

/* ---- devices ---- */

static void
add_device (TuttiMyOutput *self, const char *id, const char *name)
{
  GtkWidget *check = gtk_check_button_new (), *label = gtk_label_new (name);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (self->leader));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (check), "tutti-device", g_strdup (id), g_free);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_str_equal (device_of (self), id));
  g_signal_connect (check, "toggled", G_CALLBACK (on_device), self);
  gtk_box_append (GTK_BOX (self->devices), check);
}

/* The default, the chosen one even when it is not there now, and all others. */
static void
show_devices (TuttiMyOutput *self, GPtrArray *devices)
{
  GtkWidget *child;
  gboolean found = *device_of (self) == '\0';

  self->showing = TRUE;
  while ((child = gtk_widget_get_first_child (self->devices)) != NULL)
    gtk_box_remove (GTK_BOX (self->devices), child);
  add_device (self, "", _("Default of the System"));
  for (guint i = 0; devices != NULL && i < devices->len; i++)
    {
      const TuttiOutputDevice *device = g_ptr_array_index (devices, i);

      found = found || g_str_equal (device->id, device_of (self));
      add_device (self, device->id, device->name);
    }
  if (!found)
    add_device (self, device_of (self), device_of (self));
  self->showing = FALSE;
}

static void
on_devices (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(TuttiMyOutput) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) devices = tutti_output_devices_list_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->button == NULL)
    return;
  show_devices (self, devices);
}

static void
stop_asking (TuttiMyOutput *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static void
on_open (GtkWidget *popover, TuttiMyOutput *self)
{
  show (self);
  stop_asking (self);
  self->asking = g_cancellable_new ();
  tutti_output_devices_list_async (self->asking, on_devices, g_object_ref (self));
}

/* ---- building ---- */

static GtkWidget *
add_row (GtkWidget *column)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (column), row);
  return row;
}

static void
add_heading (GtkWidget *column, const char *words)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (column), label);
}

static void
build_level (TuttiMyOutput *self, GtkWidget *column)
{
  GtkWidget *row = add_row (column);

  self->mute = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->mute), "audio-volume-muted-symbolic");
  gtk_widget_set_tooltip_text (self->mute, _("Mute My Output"));
  self->scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 100, 1);
  gtk_widget_set_size_request (self->scale, 190, -1);
  gtk_widget_set_hexpand (self->scale, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL, _("My volume"), -1);
  self->words = gtk_label_new (NULL);
  gtk_label_set_width_chars (GTK_LABEL (self->words), 8);
  gtk_label_set_xalign (GTK_LABEL (self->words), 1);
  gtk_widget_add_css_class (self->words, "numeric");
  gtk_box_append (GTK_BOX (row), self->mute);
  gtk_box_append (GTK_BOX (row), self->scale);
  gtk_box_append (GTK_BOX (row), self->words);
  g_signal_connect (self->mute, "toggled", G_CALLBACK (on_mute), self);
  g_signal_connect (self->scale, "value-changed", G_CALLBACK (on_level), self);
}

static void
build_mono (TuttiMyOutput *self, GtkWidget *column)
{
  GtkWidget *row = add_row (column), *words = gtk_label_new (_("Mono Check"));

  self->mono = gtk_switch_new ();
  gtk_widget_add_css_class (self->mono, "mine-switch");
  gtk_widget_set_valign (self->mono, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_set_tooltip_text (row, _("Hear both sides as one, until you leave the jam"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->mono), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Mono Check"), -1);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), self->mono);
  g_signal_connect (self->mono, "notify::active", G_CALLBACK (on_mono), self);
}

static void
build_trim (TuttiMyOutput *self, GtkWidget *column)
{
  GtkWidget *row = add_row (column), *click = gtk_button_new_with_label (_("Test Click"));

  self->trim = gtk_spin_button_new_with_range (TUTTI_OUTPUT_TRIM_MIN_MS, TUTTI_OUTPUT_TRIM_MAX_MS, 1);
  gtk_widget_set_tooltip_text (self->trim, _("Milliseconds later (+) or earlier (−) than the others, for this device"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->trim), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Latency trim in milliseconds"), -1);
  gtk_widget_set_hexpand (self->trim, TRUE);
  gtk_box_append (GTK_BOX (row), self->trim);
  gtk_box_append (GTK_BOX (row), gtk_label_new (_("ms")));
  gtk_box_append (GTK_BOX (row), click);
  g_signal_connect (self->trim, "value-changed", G_CALLBACK (on_trim), self);
  g_signal_connect (click, "clicked", G_CALLBACK (on_click), self);
}

static GtkWidget *
build_popover (TuttiMyOutput *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_set_margin_start (column, 8);
  gtk_widget_set_margin_end (column, 8);
  gtk_widget_set_margin_top (column, 8);
  gtk_widget_set_margin_bottom (column, 8);
  add_heading (column, _("My Output"));
  build_level (self, column);
  build_mono (self, column);
  self->state = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->state), 0);
  gtk_label_set_wrap (GTK_LABEL (self->state), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->state), 36);
  gtk_widget_add_css_class (self->state, "caption");
  gtk_widget_add_css_class (self->state, "dim-label");
  gtk_box_append (GTK_BOX (column), self->state);
  add_heading (column, _("Device"));
  /* One that is never shown: a radio button that is alone would be a box to tick. */
  self->leader = g_object_ref_sink (gtk_check_button_new ());
  self->devices = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_box_append (GTK_BOX (column), self->devices);
  add_heading (column, _("Latency Trim"));
  build_trim (self, column);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), column);
  g_signal_connect (self->popover, "show", G_CALLBACK (on_open), self);
  return self->popover;
}

static void
tutti_my_output_dispose (GObject *object)
{
  TuttiMyOutput *self = TUTTI_MY_OUTPUT (object);

  stop_asking (self);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->leader);
  g_clear_object (&self->output);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tutti_my_output_parent_class)->dispose (object);
}

static void
tutti_my_output_class_init (TuttiMyOutputClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_my_output_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tutti_my_output_init (TuttiMyOutput *self)
{
  self->icon = gtk_image_new ();
  self->button = gtk_menu_button_new ();
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "my-output");
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->button), GTK_ARROW_DOWN);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), build_popover (self));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
tutti_my_output_new (TuttiSession *session, GtkWidget *level)
{
  TuttiMyOutput *self = g_object_new (TUTTI_TYPE_MY_OUTPUT, NULL);
  TuttiOutput *output = tutti_session_get_output (session);
  GtkWidget *face = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (face), self->icon);
  gtk_box_append (GTK_BOX (face), level);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), face);
  gtk_widget_set_visible (GTK_WIDGET (self), output != NULL);
  if (output == NULL)
    return GTK_WIDGET (self);
  self->session = g_object_ref (session);
  self->output = g_object_ref (output);
  g_signal_connect_object (output, "notify", G_CALLBACK (on_output), self, 0);
  tutti_personal_rack_apply (session);
  show (self);
  show_devices (self, NULL);
  return GTK_WIDGET (self);
}
