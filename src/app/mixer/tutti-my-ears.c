/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-my-ears.h"

#include "tutti-name.h"
#include "tutti-settings.h"
#include "tutti-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* Half of the way is what it is for; the last quarter on the left goes down to silence. */
#define LOWEST_DB (-24)
#define HIGHEST_DB 12

struct _TuttiMyEars
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* borrowed: the page outlives its strips */
  TuttiId       track;
  gboolean      showing;
  GtkWidget    *scale, *value;
};

G_DEFINE_FINAL_TYPE (TuttiMyEars, tutti_my_ears, GTK_TYPE_WIDGET)

static char *
key_of (TuttiSession *session, TuttiId track)
{
  char text[TUTTI_ID_TEXT_SIZE];

  return g_strdup_printf ("%s/%s", tutti_session_get_jam_id (session), tutti_id_print (track, text));
}

void
tutti_my_ears_apply (TuttiSession *session)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  gboolean on = tutti_settings_get_ears_on ();

  for (guint i = 0; jam != NULL && i < jam->n_tracks; i++)
    {
      g_autofree char *key = key_of (session, jam->tracks[i]->id);
      int gain = tutti_settings_get_ears (key);

      if (gain != 0)
        tutti_session_set_monitor_gain (session, jam->tracks[i]->id, on ? gain : 0);
    }
}

void
tutti_my_ears_bind (GtkWidget *widget, const char *property)
{
  if (tutti_settings_get () != NULL)
    g_settings_bind (tutti_settings_get (), "my-ears-on", widget, property, G_SETTINGS_BIND_DEFAULT);
}

static int
gain_of (double db)
{
  return db <= LOWEST_DB ? TUTTI_GAIN_MIN_CDB : (int) (round (db * 2) * 50);
}

static void
show_value (TuttiMyEars *self, int gain)
{
  g_autofree char *words = tutti_words_gain (gain);
  g_autofree char *brief = gain <= TUTTI_GAIN_MIN_CDB ? g_strdup ("−∞")
                           : g_strdup_printf ("%s%g", gain < 0 ? "−" : gain > 0 ? "+" : "", ABS (gain) / 100.0);

  gtk_label_set_text (GTK_LABEL (self->value), brief);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
}

static void
on_changed (GtkRange *range, TuttiMyEars *self)
{
  g_autofree char *key = key_of (self->session, self->track);
  int gain = gain_of (gtk_range_get_value (range));

  show_value (self, gain);
  if (self->showing)
    return;
  tutti_settings_set_ears (key, gain);
  tutti_session_set_monitor_gain (self->session, self->track, tutti_settings_get_ears_on () ? gain : 0);
}

void
tutti_my_ears_show (TuttiMyEars *self, const TuttiTrack *track)
{
  g_autofree char *key = key_of (self->session, track->id);
  g_autofree char *name = g_strdup_printf (_("%s, only in my ears"), track->name);
  int gain = tutti_settings_get_ears (key);

  self->showing = TRUE;
  self->track = track->id;
  gtk_range_set_value (GTK_RANGE (self->scale), gain / 100.0);
  show_value (self, gain);
  tutti_name_control (self->scale, name);
  self->showing = FALSE;
}

static void
on_pressed_twice (GtkGestureClick *gesture, int n_press, double x, double y, TuttiMyEars *self)
{
  if (n_press == 2)
    gtk_range_set_value (GTK_RANGE (self->scale), 0);
}

static GtkWidget *
build_scale (TuttiMyEars *self)
{
  GtkWidget *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, LOWEST_DB, HIGHEST_DB, 0.5);
  GtkGesture *twice = gtk_gesture_click_new ();

  gtk_scale_set_draw_value (GTK_SCALE (scale), FALSE);
  gtk_scale_set_has_origin (GTK_SCALE (scale), FALSE);
  gtk_widget_add_css_class (scale, "slim");
  gtk_widget_add_css_class (scale, "mine-scale");
  gtk_widget_set_hexpand (scale, TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (twice), GTK_PHASE_CAPTURE);
  g_signal_connect (twice, "pressed", G_CALLBACK (on_pressed_twice), self);
  gtk_widget_add_controller (scale, GTK_EVENT_CONTROLLER (twice));
  g_signal_connect (scale, "value-changed", G_CALLBACK (on_changed), self);
  return scale;
}

static void
tutti_my_ears_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (tutti_my_ears_parent_class)->dispose (object);
}

static void
tutti_my_ears_class_init (TuttiMyEarsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_my_ears_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "myears");
}

static void
tutti_my_ears_init (TuttiMyEars *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("audio-headphones-symbolic");

  self->scale = build_scale (self);
  self->value = gtk_label_new (NULL);
  gtk_label_set_width_chars (GTK_LABEL (self->value), 4);
  gtk_label_set_xalign (GTK_LABEL (self->value), 1);
  gtk_widget_add_css_class (self->value, "numeric");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _("Only you hear this. It is never sent and not in exports."));
  gtk_widget_set_parent (icon, GTK_WIDGET (self));
  gtk_widget_set_parent (self->scale, GTK_WIDGET (self));
  gtk_widget_set_parent (self->value, GTK_WIDGET (self));
}

GtkWidget *
tutti_my_ears_new (TuttiSession *session)
{
  TuttiMyEars *self = g_object_new (TUTTI_TYPE_MY_EARS, NULL);

  self->session = session;
  tutti_my_ears_bind (GTK_WIDGET (self), "visible");
  return GTK_WIDGET (self);
}
