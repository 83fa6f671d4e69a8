/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-strip-effects.h"

#include "tutti-effect-rack.h"
#include "tutti-effect-words.h"
#include "tutti-rights-words.h"
#include "tutti-tips.h"

#include <glib/gi18n.h>

#define ROWS 4
#define GAP 4
#define ROW_HEIGHT 26

struct _TuttiStripEffects
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* borrowed */
  TuttiId       track;         /* none: the master's */
  GtkWidget    *root, *rows[ROWS], *dots[ROWS], *names[ROWS], *add;
};

G_DEFINE_FINAL_TYPE (TuttiStripEffects, tutti_strip_effects, GTK_TYPE_WIDGET)

static void
act_add (GtkWidget *widget, const char *name, GVariant *kind)
{
  TuttiStripEffects *self = TUTTI_STRIP_EFFECTS (widget);

  tutti_effect_rack_ask_add (widget, self->session, self->track, g_variant_get_string (kind, NULL));
}

static void
on_row (GtkButton *row, TuttiStripEffects *self)
{
  char id[TUTTI_ID_TEXT_SIZE];

  gtk_widget_activate_action (GTK_WIDGET (self), "page.sound", "s",
                              tutti_id_is_none (self->track) ? "" : tutti_id_print (self->track, id));
}

static void
show_row (TuttiStripEffects *self, guint i, const TuttiEffect *effect)
{
  const char *name = tutti_words_effect (effect->kind);
  g_autofree char *tip = g_strdup_printf (effect->on ? _("%s, on: open it below") : _("%s, off: open it below"), name);

  gtk_label_set_text (GTK_LABEL (self->names[i]), name);
  (effect->on ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (self->rows[i], "off");
  gtk_widget_show (self->dots[i]);
  gtk_widget_set_tooltip_text (self->rows[i], tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
}

static void
show_more (TuttiStripEffects *self, guint i, guint more)
{
  g_autofree char *text = g_strdup_printf ("+%u", more);
  g_autofree char *tip = g_strdup_printf (ngettext ("%u more effect: open it below", "%u more effects: open them below", more), more);

  gtk_label_set_text (GTK_LABEL (self->names[i]), text);
  gtk_widget_remove_css_class (self->rows[i], "off");
  gtk_widget_hide (self->dots[i]);
  gtk_widget_set_tooltip_text (self->rows[i], tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
}

void
tutti_strip_effects_show (TuttiStripEffects *self, const TuttiJam *jam, const TuttiTrack *track, const char *reason)
{
  const TuttiEffect *effects = track != NULL ? track->effects : jam->master_effects;
  guint n = track != NULL ? track->n_effects : jam->n_master_effects;

  self->track = track != NULL ? track->id : (TuttiId) { 0 };
  for (guint i = 0; i < ROWS; i++)
    {
      gtk_widget_set_visible (self->rows[i], i < n);
      if (i == ROWS - 1 && n > ROWS)
        show_more (self, i, n - i);
      else if (i < n)
        show_row (self, i, &effects[i]);
    }
  gtk_widget_set_visible (self->add, n < ROWS);
  tutti_allow (self->add, reason);
}

static GtkWidget *
build_row (TuttiStripEffects *self, guint i)
{
  GtkWidget *row = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7);

  self->dots[i] = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->names[i] = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->dots[i], "dot");
  gtk_widget_set_valign (self->dots[i], GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (self->names[i]), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->names[i]), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), self->dots[i]);
  gtk_box_append (GTK_BOX (box), self->names[i]);
  gtk_button_set_child (GTK_BUTTON (row), box);
  gtk_widget_add_css_class (row, "effect-row");
  g_signal_connect (row, "clicked", G_CALLBACK (on_row), self);
  return row;
}

static void
tutti_strip_effects_dispose (GObject *object)
{
  g_clear_pointer (&TUTTI_STRIP_EFFECTS (object)->root, gtk_widget_unparent);
  G_OBJECT_CLASS (tutti_strip_effects_parent_class)->dispose (object);
}

static void
tutti_strip_effects_class_init (TuttiStripEffectsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_strip_effects_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "stripeffects");
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "rack.add", "s", act_add);
}

static void
tutti_strip_effects_init (TuttiStripEffects *self)
{
  g_autoptr(GMenuModel) menu = tutti_effect_rack_menu ();

  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP);
  for (guint i = 0; i < ROWS; i++)
    {
      self->rows[i] = build_row (self, i);
      gtk_box_append (GTK_BOX (self->root), self->rows[i]);
    }
  self->add = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->add), "list-add-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->add), menu);
  gtk_widget_set_tooltip_text (self->add, _("Add an Effect for Everyone"));
  tutti_tips_speak (self->add);
  gtk_widget_add_css_class (self->add, "effect-row");
  gtk_widget_add_css_class (self->add, "add");
  gtk_box_append (GTK_BOX (self->root), self->add);
  /* As high in all strips, so that their pans and faders stand side by side. */
  gtk_widget_set_size_request (self->root, -1, ROWS * ROW_HEIGHT + (ROWS - 1) * GAP);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
tutti_strip_effects_new (TuttiSession *session)
{
  TuttiStripEffects *self = g_object_new (TUTTI_TYPE_STRIP_EFFECTS, NULL);

  self->session = session;
  return GTK_WIDGET (self);
}
