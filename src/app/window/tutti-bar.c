/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-bar.h"

#include <glib/gi18n.h>

typedef struct
{
  char *icon, *text, *button, *action;  /* owned; @text NULL: nothing to say */
} News;

struct _TuttiBar
{
  GtkWidget  parent_instance;
  GtkWidget *revealer, *box, *icon, *text, *button, *close;
  News       news[TUTTI_N_BAR_KINDS];
  int        shown;                     /* kind, −1: none */
};

G_DEFINE_FINAL_TYPE (TuttiBar, tutti_bar, GTK_TYPE_WIDGET)

static const char * const classes[] = { "work", "news", "published", "viewer", "lead", "late", "warn", "only-mine", "disk" };
G_STATIC_ASSERT (G_N_ELEMENTS (classes) == TUTTI_N_BAR_KINDS);

static void
clear_news (News *news)
{
  g_free (news->icon);
  g_free (news->text);
  g_free (news->button);
  g_free (news->action);
  *news = (News) { 0 };
}

/* An action with a target and one without do not mix, not even for an instant: GTK warns of a name whose target is not there yet. */
static void
set_action (GtkActionable *button, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;

  if (!g_action_parse_detailed_name (action, &name, &target, NULL))
    return;
  gtk_actionable_set_action_name (button, NULL);
  gtk_actionable_set_action_target_value (button, target);
  gtk_actionable_set_action_name (button, name);
}

static void
fill (TuttiBar *self, const News *news)
{
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), news->icon);
  gtk_label_set_text (GTK_LABEL (self->text), news->text);
  gtk_widget_set_visible (self->button, news->button != NULL);
  if (news->button != NULL)
    {
      gtk_button_set_label (GTK_BUTTON (self->button), news->button);
      /* Its words do not push what puts it away out of a narrow window. */
      gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->button))), TRUE);
      set_action (GTK_ACTIONABLE (self->button), news->action);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, news->text, -1);
}

/* The worst there is; what hides keeps its words until it is hidden. */
static void
show_worst (TuttiBar *self)
{
  int worst = TUTTI_N_BAR_KINDS - 1;

  while (worst >= 0 && self->news[worst].text == NULL)
    worst--;
  if (worst < 0)
    {
      self->shown = -1;
      gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
      return;
    }
  for (int i = 0; i < TUTTI_N_BAR_KINDS; i++)
    if (i == worst)
      gtk_widget_add_css_class (self->box, classes[i]);
    else
      gtk_widget_remove_css_class (self->box, classes[i]);
  self->shown = worst;
  fill (self, &self->news[worst]);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  /* What still holds cannot be put away. */
  gtk_widget_set_visible (self->close, worst == TUTTI_BAR_NEWS);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
}

void
tutti_bar_show (TuttiBar *self, TuttiBarKind kind, const char *icon, const char *text, const char *button, const char *action)
{
  News *news = &self->news[kind];

  clear_news (news);
  *news = (News) { g_strdup (icon), g_strdup (text), g_strdup (button), g_strdup (action) };
  show_worst (self);
}

void
tutti_bar_clear (TuttiBar *self, TuttiBarKind kind)
{
  clear_news (&self->news[kind]);
  show_worst (self);
}

static void
on_close (GtkButton *button, TuttiBar *self)
{
  if (self->shown >= 0)
    tutti_bar_clear (self, (TuttiBarKind) self->shown);
}

/* What is folded away is not to be read aloud either. */
static void
on_revealed (TuttiBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer)) ||
                                               gtk_revealer_get_child_revealed (GTK_REVEALER (self->revealer)));
}

static void
tutti_bar_dispose (GObject *object)
{
  g_clear_pointer (&TUTTI_BAR (object)->revealer, gtk_widget_unparent);
  for (int i = 0; i < TUTTI_N_BAR_KINDS; i++)
    clear_news (&TUTTI_BAR (object)->news[i]);
  G_OBJECT_CLASS (tutti_bar_parent_class)->dispose (object);
}

static void
tutti_bar_class_init (TuttiBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
tutti_bar_init (TuttiBar *self)
{
  self->shown = -1;
  self->revealer = gtk_revealer_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->icon = gtk_image_new ();
  self->text = gtk_label_new (NULL);
  self->button = gtk_button_new ();
  gtk_widget_add_css_class (self->box, "bar");
  gtk_label_set_wrap (GTK_LABEL (self->text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->text), 0);
  gtk_widget_set_hexpand (self->text, TRUE);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), self->icon);
  gtk_box_append (GTK_BOX (self->box), self->text);
  gtk_box_append (GTK_BOX (self->box), self->button);
  self->close = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_add_css_class (self->close, "flat");
  gtk_widget_set_valign (self->close, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->close, _("Put Away"));
  g_signal_connect (self->close, "clicked", G_CALLBACK (on_close), self);
  gtk_box_append (GTK_BOX (self->box), self->close);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->box);
  gtk_revealer_set_transition_type (GTK_REVEALER (self->revealer), GTK_REVEALER_TRANSITION_TYPE_SLIDE_DOWN);
  g_signal_connect_object (self->revealer, "notify::child-revealed", G_CALLBACK (on_revealed), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
tutti_bar_new (void)
{
  return g_object_new (TUTTI_TYPE_BAR, NULL);
}
