/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-mono-check.h"

#include "tutti-name.h"

#include <glib/gi18n.h>

struct _TuttiMonoCheck
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* borrowed: the page outlives its strips */
  gboolean      showing;
  GtkWidget    *button;
};

G_DEFINE_FINAL_TYPE (TuttiMonoCheck, tutti_mono_check, GTK_TYPE_WIDGET)

static void
show (TuttiMonoCheck *self)
{
  gboolean on = tutti_session_get_mono (self->session);

  self->showing = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->button), on);
  tutti_name_control (self->button, on ? _("Mono Check is on: only you hear both sides as one")
                                       : _("Mono Check: hear both sides as one, only you"));
  self->showing = FALSE;
}

/* It is switched in the popover of my output, too. */
static void
on_output (TuttiOutput *output, GParamSpec *spec, TuttiMonoCheck *self)
{
  show (self);
}

static void
on_toggled (GtkToggleButton *button, TuttiMonoCheck *self)
{
  if (self->showing)
    return;
  tutti_session_set_mono (self->session, gtk_toggle_button_get_active (button));
  show (self);
}

static void
tutti_mono_check_dispose (GObject *object)
{
  g_clear_pointer (&TUTTI_MONO_CHECK (object)->button, gtk_widget_unparent);
  G_OBJECT_CLASS (tutti_mono_check_parent_class)->dispose (object);
}

static void
tutti_mono_check_class_init (TuttiMonoCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_mono_check_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "monocheck");
}

static void
tutti_mono_check_init (TuttiMonoCheck *self)
{
  GtkWidget *face = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->button = gtk_toggle_button_new ();
  gtk_box_append (GTK_BOX (face), gtk_image_new_from_icon_name ("audio-headphones-symbolic"));
  /* Translators: a switch: everything is heard in mono */
  gtk_box_append (GTK_BOX (face), gtk_label_new (C_("switch", "Mono")));
  gtk_widget_set_halign (face, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (self->button), face);
  gtk_widget_add_css_class (self->button, "mono");
  g_signal_connect (self->button, "toggled", G_CALLBACK (on_toggled), self);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
tutti_mono_check_new (TuttiSession *session)
{
  TuttiMonoCheck *self = g_object_new (TUTTI_TYPE_MONO_CHECK, NULL);
  TuttiOutput *output = tutti_session_get_output (session);

  self->session = session;
  if (output != NULL)
    g_signal_connect_object (output, "notify::mono", G_CALLBACK (on_output), self, 0);
  show (self);
  return GTK_WIDGET (self);
}
