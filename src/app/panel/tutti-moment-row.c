/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-moment-row.h"

#include "tutti-avatar.h"
#include "tutti-face.h"
#include "tutti-history-words.h"

#include <glib/gi18n.h>

struct _TuttiMomentRow
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* owned */
  TuttiMoment  *moment;        /* owned (nullable) */
  GtkWidget    *root, *avatar, *title, *caption, *time, *buttons, *hear, *go_back, *branch;
};

G_DEFINE_FINAL_TYPE (TuttiMomentRow, tutti_moment_row, GTK_TYPE_WIDGET)

static void
show_person (TuttiMomentRow *self, const TuttiJam *jam)
{
  const TuttiPerson *person = tutti_jam_person (jam, tutti_moment_person (self->moment));

  if (person != NULL)
    {
      tutti_avatar_set_person (self->avatar, self->session, person->number, person->name, person->colour);
      return;
    }
  /* Nobody's face: what the jam did by itself, as giving somebody a role, and who left for good. */
  tutti_avatar_set (self->avatar, tutti_moment_person (self->moment) == 0 ? "♪" : "?", -1);
  gtk_widget_set_tooltip_text (self->avatar, tutti_moment_person (self->moment) == 0 ? _("The jam by itself") : _("Somebody who left"));
}

void
tutti_moment_row_show_face (TuttiMomentRow *self)
{
  guint number = self->moment != NULL ? tutti_moment_person (self->moment) : 0;

  if (number != 0)
    tutti_avatar_set_face (self->avatar, tutti_face_of (self->session, number));
}

void
tutti_moment_row_refresh (TuttiMomentRow *self)
{
  gboolean heard;

  if (self->moment == NULL)
    return;
  g_autofree char *time = tutti_time_ago_words (tutti_moment_get_time_us (self->moment), g_get_real_time ());

  heard = tutti_session_get_hearing (self->session) == tutti_moment_get_seq (self->moment);
  gtk_label_set_text (GTK_LABEL (self->time), time);
  gtk_button_set_label (GTK_BUTTON (self->hear), heard ? _("Stop") : _("Hear"));
  if (heard)
    gtk_widget_add_css_class (self->root, "heard");
  else
    gtk_widget_remove_css_class (self->root, "heard");
}

static void
speak (TuttiMomentRow *self, const char *title, const char *caption, const TuttiJam *jam)
{
  const TuttiPerson *person = tutti_jam_person (jam, tutti_moment_person (self->moment));
  g_autofree char *words = g_strdup_printf ("%s: %s%s%s", person != NULL ? person->name : _("Host"), title,
                                            *caption != '\0' ? ", " : "", caption);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
show_words (TuttiMomentRow *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  g_autofree char *title = NULL, *caption = NULL;

  if (self->moment == NULL || jam == NULL)
    return;
  g_autoptr(GVariant) seq = g_variant_ref_sink (g_variant_new_int64 (tutti_moment_get_seq (self->moment)));

  tutti_moment_words (self->moment, jam, &title, &caption);
  show_person (self, jam);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->caption), caption);
  gtk_widget_set_visible (self->caption, *caption != '\0');
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->hear), seq);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->go_back), seq);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->branch), seq);
  speak (self, title, caption, jam);
  tutti_moment_row_refresh (self);
}

void
tutti_moment_row_show (TuttiMomentRow *self, TuttiMoment *moment)
{
  if (self->moment != NULL)
    g_signal_handlers_disconnect_by_func (self->moment, show_words, self);
  g_set_object (&self->moment, moment);
  if (moment != NULL)
    g_signal_connect_object (moment, "changed", G_CALLBACK (show_words), self, G_CONNECT_SWAPPED);
  show_words (self);
}

void
tutti_moment_row_set_selected (TuttiMomentRow *self, gboolean selected)
{
  gtk_widget_set_visible (self->buttons, selected);
}

static GtkWidget *
text_label (const char *css_class, gboolean dim)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
action_button (TuttiMomentRow *self, const char *label, const char *action, const char *words)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  /* An action with a target wants one from the start. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", (gint64) 0);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_box_append (GTK_BOX (self->buttons), button);
  return button;
}

static void
build_buttons (TuttiMomentRow *self)
{
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->hear = action_button (self, _("Hear"), "history.hear", _("Only you hear it; the jam goes on"));
  self->go_back = action_button (self, _("Go Back Here"), "history.go-back", _("For everyone; one undo takes it back"));
  self->branch = action_button (self, _("Branch"), "history.branch", _("A jam of your own from this moment"));
  gtk_widget_set_margin_top (self->buttons, 4);
  gtk_widget_set_visible (self->buttons, FALSE);
}

static void
tutti_moment_row_dispose (GObject *object)
{
  TuttiMomentRow *self = TUTTI_MOMENT_ROW (object);

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->moment);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tutti_moment_row_parent_class)->dispose (object);
}

static void
tutti_moment_row_class_init (TuttiMomentRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_moment_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tutti_moment_row_init (TuttiMomentRow *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->root = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  self->avatar = tutti_avatar_new (NULL);
  self->title = text_label ("strong", FALSE);
  self->caption = text_label ("caption", TRUE);
  self->time = text_label ("caption", TRUE);
  gtk_widget_add_css_class (self->time, "numeric");
  gtk_widget_add_css_class (self->root, "moment");
  build_buttons (self);
  gtk_widget_set_valign (self->avatar, GTK_ALIGN_START);
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (line), self->title);
  gtk_box_append (GTK_BOX (line), self->time);
  gtk_box_append (GTK_BOX (texts), line);
  gtk_box_append (GTK_BOX (texts), self->caption);
  gtk_box_append (GTK_BOX (texts), self->buttons);
  gtk_box_append (GTK_BOX (self->root), self->avatar);
  gtk_box_append (GTK_BOX (self->root), texts);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
tutti_moment_row_new (TuttiSession *session)
{
  TuttiMomentRow *self = g_object_new (TUTTI_TYPE_MOMENT_ROW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
