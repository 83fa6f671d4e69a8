/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-describe-dialog.h"

#include "tutti-card-window.h"
#include "tutti-limits.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Bytes, as those are what the text may have so many of: a number of them would say little to whoever writes, as a letter may be
 * several. */
#define NEARLY_FULL 40

typedef struct
{
  TuttiDescribeDone done;
  gpointer          user_data;
  GtkWidget        *window, *view, *left, *save;
} Ask;

/* One paragraph, whatever was pasted. (transfer full) */
static char *
dup_text (Ask *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  for (char *at = text; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  return g_strdup (g_strstrip (text));
}

static void
on_changed (GtkTextBuffer *buffer, Ask *self)
{
  g_autofree char *text = dup_text (self);
  int left = TUTTI_DESCRIPTION_BYTES_MAX - (int) strlen (text);

  gtk_label_set_text (GTK_LABEL (self->left), left < 0 ? _("Too long") : left < NEARLY_FULL ? _("Almost as long as it may be") : "");
  gtk_widget_set_sensitive (self->save, left >= 0);
}

static void
on_save (GtkWidget *widget, Ask *self)
{
  g_autofree char *text = dup_text (self);

  if (strlen (text) > TUTTI_DESCRIPTION_BYTES_MAX)
    return;
  self->done (text, self->user_data);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

/* Enter ends it: there are no paragraphs to begin. */
static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, Ask *self)
{
  if (key == GDK_KEY_Escape)
    gtk_window_destroy (GTK_WINDOW (self->window));
  else if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter)
    on_save (NULL, self);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static GtkWidget *
build_view (Ask *self, const char *text)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  self->view = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_widget_set_size_request (self->view, -1, 110);
  gtk_widget_add_css_class (self->view, "card");
  gtk_widget_add_css_class (self->view, "describe");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Description"), -1);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), text, -1);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (self->view, controller);
  g_signal_connect (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), "changed", G_CALLBACK (on_changed), self);
  return self->view;
}

static GtkWidget *
build_body (Ask *self, const char *text)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->left = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->left), 1);
  gtk_widget_add_css_class (self->left, "caption");
  gtk_widget_add_css_class (self->left, "dim-label");
  self->save = gtk_button_new_with_label (_("Describe"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_add_css_class (self->save, "pill");
  gtk_widget_set_halign (self->save, GTK_ALIGN_CENTER);
  g_signal_connect (self->save, "clicked", G_CALLBACK (on_save), self);
  gtk_box_append (GTK_BOX (body), build_view (self, text));
  gtk_box_append (GTK_BOX (body), self->left);
  gtk_box_append (GTK_BOX (body), self->save);
  gtk_widget_set_margin_start (body, 18);
  gtk_widget_set_margin_end (body, 18);
  gtk_widget_set_margin_top (body, 12);
  gtk_widget_set_margin_bottom (body, 24);
  return body;
}

void
tutti_describe_dialog_open (GtkWidget *parent, const char *text, TuttiDescribeDone done, gpointer user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Ask *self = g_new0 (Ask, 1);

  self->done = done;
  self->user_data = user_data;
  self->window = adw_window_new ();
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), build_body (self, text));
  adw_window_set_content (ADW_WINDOW (self->window), box);
  gtk_window_set_title (GTK_WINDOW (self->window), _("What Is This Jam About?"));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 420, -1);
  tutti_stand_over (self->window, parent);
  g_object_set_data_full (G_OBJECT (self->window), "tutti-ask", self, g_free);
  on_changed (NULL, self);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_widget_grab_focus (self->view);
}
