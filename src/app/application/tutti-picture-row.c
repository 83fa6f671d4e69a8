/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-picture-row.h"

#include "tutti-avatar.h"
#include "tutti-face.h"
#include "tutti-file-dialog.h"
#include "tutti-name.h"
#include "tutti-picture-file.h"
#include "tutti-settings.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define DATA "tutti-picture-row"

typedef struct
{
  GtkWidget    *row;           /* borrowed: this goes with it */
  GtkWidget    *avatar, *remove;
  GCancellable *reading;       /* owned (nullable): the file that was chosen last */
} PictureRow;

static void
picture_row_free (gpointer data)
{
  PictureRow *self = data;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_free (self);
}

static void
say (PictureRow *self, const char *words)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->row), words);
}

static void
show (PictureRow *self)
{
  g_autofree char *picture = tutti_settings_dup_picture ();
  g_autoptr(GdkTexture) face = tutti_face_new (picture);
  int colour;
  g_autofree char *name = tutti_settings_dup_profile (&colour);

  tutti_avatar_set (self->avatar, name, colour);
  tutti_avatar_set_face (self->avatar, face);
  gtk_widget_set_visible (self->remove, face != NULL);
  say (self, face != NULL ? _("Others in your jams see it") : _("Your initials stand for you"));
}

static void
on_settings (GSettings *settings, const char *key, GtkWidget *row)
{
  if (g_str_has_prefix (key, "profile-"))
    show (g_object_get_data (G_OBJECT (row), DATA));
}

/* ---- choosing ---- */

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  PictureRow *self = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *picture = tutti_picture_file_load_finish (result, &error);

  /* The row has gone, or another file was chosen meanwhile. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (picture != NULL)
    tutti_settings_set_picture (picture);
  else
    say (self, error->message);
}

static void
take (GFile *file, gpointer data)
{
  PictureRow *self = data;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  tutti_picture_file_load_async (file, self->reading, on_read, self);
}

static void
on_choose (GtkButton *button, PictureRow *self)
{
  tutti_file_dialog_open (self->row, _("Your Picture"), _("Pictures"), tutti_picture_file_types, take, self);
}

static void
on_remove (GtkButton *button, PictureRow *self)
{
  g_cancellable_cancel (self->reading);
  tutti_settings_set_picture ("");
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, PictureRow *self)
{
  take (g_value_get_object (value), self);
  return TRUE;
}

/* ---- building ---- */

static GtkWidget *
add_button (PictureRow *self, const char *icon, const char *words, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  tutti_name_control (button, words);
  g_signal_connect (button, "clicked", clicked, self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row), button);
  return button;
}

GtkWidget *
tutti_picture_row_new (void)
{
  PictureRow *self = g_new0 (PictureRow, 1);
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);
  GtkWidget *choose;

  self->row = adw_action_row_new ();
  /* A reason why a file cannot be read may name it. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  g_object_set_data_full (G_OBJECT (self->row), DATA, self, picture_row_free);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), _("Your Picture"));
  self->avatar = tutti_avatar_new ("large");
  adw_action_row_add_prefix (ADW_ACTION_ROW (self->row), self->avatar);
  self->remove = add_button (self, "user-trash-symbolic", _("Remove Your Picture"), G_CALLBACK (on_remove));
  choose = add_button (self, "document-open-symbolic", _("Choose a Picture…"), G_CALLBACK (on_choose));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->row), choose);
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (self->row, GTK_EVENT_CONTROLLER (drop));
  g_signal_connect_object (tutti_settings_get (), "changed", G_CALLBACK (on_settings), self->row, 0);
  show (self);
  return self->row;
}
