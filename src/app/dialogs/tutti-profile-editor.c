/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-profile-editor.h"

#include "tutti-limits.h"
#include "tutti-names.h"

#include <glib/gi18n.h>

struct _TuttiProfileEditor
{
  GtkWidget parent_instance;
  GtkWidget *box, *entry, *swatches[TUTTI_N_PERSON_COLOURS];
};

enum { CHANGED, ACTIVATE, N_SIGNALS };
static guint signals[N_SIGNALS];
G_DEFINE_FINAL_TYPE (TuttiProfileEditor, tutti_profile_editor, GTK_TYPE_WIDGET)

static const char * const colour_words[] = {
  N_("Brick"), N_("Amber"), N_("Lemon"), N_("Mint"), N_("Ice"), N_("Cobalt"), N_("Lilac"), N_("Orchid"),
};

char *
tutti_profile_editor_dup_name (TuttiProfileEditor *self)
{
  return tutti_names_typed (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

int
tutti_profile_editor_get_colour (TuttiProfileEditor *self)
{
  for (int i = 0; i < TUTTI_N_PERSON_COLOURS; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->swatches[i])))
      return i;
  return TUTTI_PERSON_MINT;
}

static void
throw_dice (TuttiProfileEditor *self)
{
  TuttiPersonColour colour;
  g_autofree char *name = tutti_names_person (((guint64) g_random_int () << 32) | g_random_int (), &colour);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), name);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->swatches[colour]), TRUE);
}

static void
on_changed (TuttiProfileEditor *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_activate (TuttiProfileEditor *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static GtkWidget *
build_swatches (TuttiProfileEditor *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  for (int i = 0; i < TUTTI_N_PERSON_COLOURS; i++)
    {
      g_autofree char *class_name = g_strconcat ("person-", tutti_person_colour_names[i], NULL);
      GtkWidget *swatch = self->swatches[i] = gtk_toggle_button_new ();

      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (swatch), i > 0 ? GTK_TOGGLE_BUTTON (self->swatches[0]) : NULL);
      gtk_widget_add_css_class (swatch, "swatch");
      gtk_widget_add_css_class (swatch, class_name);
      gtk_widget_set_tooltip_text (swatch, _(colour_words[i]));
      gtk_accessible_update_property (GTK_ACCESSIBLE (swatch), GTK_ACCESSIBLE_PROPERTY_LABEL, _(colour_words[i]), -1);
      g_signal_connect_object (swatch, "toggled", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (line), swatch);
    }
  gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
  return line;
}

static gboolean
tutti_profile_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (TUTTI_PROFILE_EDITOR (widget)->entry);
}

static void
tutti_profile_editor_dispose (GObject *object)
{
  g_clear_pointer (&TUTTI_PROFILE_EDITOR (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (tutti_profile_editor_parent_class)->dispose (object);
}

static void
tutti_profile_editor_class_init (TuttiProfileEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_profile_editor_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = tutti_profile_editor_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHANGED] = g_signal_new ("changed", TUTTI_TYPE_PROFILE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", TUTTI_TYPE_PROFILE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tutti_profile_editor_init (TuttiProfileEditor *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  self->entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), TUTTI_NAME_BYTES_MAX);
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_SECONDARY, "tutti-dice-symbolic");
  gtk_entry_set_icon_tooltip_text (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_SECONDARY, _("Another Name"));
  gtk_widget_add_css_class (self->entry, "big-entry");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Your Name"), -1);
  g_signal_connect_object (self->entry, "icon-press", G_CALLBACK (throw_dice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_activate), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->entry);
  gtk_box_append (GTK_BOX (self->box), build_swatches (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
tutti_profile_editor_new (const char *name, int colour)
{
  TuttiProfileEditor *self = g_object_new (TUTTI_TYPE_PROFILE_EDITOR, NULL);

  throw_dice (self);
  if (name != NULL && *name != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->entry), name);
  if (colour >= 0 && colour < TUTTI_N_PERSON_COLOURS)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->swatches[colour]), TRUE);
  return GTK_WIDGET (self);
}
