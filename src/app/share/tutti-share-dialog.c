/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-share-dialog.h"

#include "tutti-ask.h"
#include "tutti-card-window.h"
#include "tutti-names.h"
#include "tutti-qr.h"

#include <glib/gi18n.h>
#include <string.h>

#define WIDTH 396
#define QR_SIZE 296

typedef struct
{
  char      *link;
  GtkWidget *window, *parent;
} Share;

char *
tutti_share_link_with_invite (const char *link, const char *code)
{
  return g_strdup_printf ("%s%cinvite=%s", link, strchr (link, '?') != NULL ? '&' : '?', code);
}

/* Said in the window behind: this one closes. */
static void
on_copy (GtkButton *button, Share *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->window), self->link);
  tutti_say (self->parent, _("Link copied"));
  gtk_window_close (GTK_WINDOW (self->window));
}

static GtkWidget *
centred (const char *words, const char *css_class)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
share_free (Share *self)
{
  g_free (self->link);
  g_free (self);
}

static void
build (Share *self, TuttiSession *session, GtkWidget *column)
{
  g_autofree char *code = tutti_names_code (tutti_session_get_jam_id (session));
  GtkWidget *name = centred (code, "title-1"), *qr = tutti_qr_new (QR_SIZE), *text = gtk_label_new (self->link), *copy;

  tutti_qr_set_text (TUTTI_QR (qr), self->link);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_add_css_class (text, "caption");
  gtk_box_append (GTK_BOX (column), centred (_("Say this name to others on this network"), "dim-label"));
  gtk_box_append (GTK_BOX (column), name);
  gtk_box_append (GTK_BOX (column), qr);
  gtk_box_append (GTK_BOX (column), text);
  copy = tutti_card_window_add_button (self->window, column, _("Copy Link"));
  g_signal_connect (copy, "clicked", G_CALLBACK (on_copy), self);
}

void
tutti_share_dialog_open (GtkWidget *parent, TuttiSession *session, const char *link)
{
  Share *self = g_new0 (Share, 1);
  GtkWidget *column;

  self->parent = parent;
  self->link = g_strdup (link);
  self->window = tutti_card_window_new (parent, _("Share"), WIDTH, &column);
  g_object_set_data_full (G_OBJECT (self->window), "tutti-share", self, (GDestroyNotify) share_free);
  build (self, session, column);
  gtk_window_present (GTK_WINDOW (self->window));
  /* Else the name is, and stands there as if somebody had marked it. */
  gtk_widget_grab_focus (gtk_window_get_default_widget (GTK_WINDOW (self->window)));
}
