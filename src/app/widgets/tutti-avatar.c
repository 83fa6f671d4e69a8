/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-avatar.h"

#include "tutti-face.h"
#include "tutti-glyph.h"
#include "tutti-words.h"

/* Of the person's colour around the picture, which is how cursors and names are told apart; in pixels. */
#define RING 2

struct _TuttiAvatar
{
  GtkWidget   parent_instance;
  GtkWidget  *initials;
  GdkTexture *face;            /* owned (nullable) */
};

G_DEFINE_FINAL_TYPE (TuttiAvatar, tutti_avatar, GTK_TYPE_WIDGET)

static void
tutti_avatar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiAvatar *self = TUTTI_AVATAR (widget);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (RING, RING, width - 2 * RING, height - 2 * RING);
  GskRoundedRect circle;

  if (self->face == NULL)
    {
      GTK_WIDGET_CLASS (tutti_avatar_parent_class)->snapshot (widget, snapshot);
      return;
    }
  gsk_rounded_rect_init_from_rect (&circle, &bounds, MIN (width, height) / 2 - RING);
  gtk_snapshot_push_rounded_clip (snapshot, &circle);
  gtk_snapshot_append_texture (snapshot, tutti_face_for_pixels (self->face, (int) width * gtk_widget_get_scale_factor (widget)), &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
tutti_avatar_dispose (GObject *object)
{
  TuttiAvatar *self = TUTTI_AVATAR (object);

  g_clear_pointer (&self->initials, gtk_widget_unparent);
  g_clear_object (&self->face);
  G_OBJECT_CLASS (tutti_avatar_parent_class)->dispose (object);
}

static void
tutti_avatar_class_init (TuttiAvatarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_avatar_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = tutti_avatar_snapshot;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "avatar");
}

static void
tutti_avatar_init (TuttiAvatar *self)
{
  self->initials = gtk_label_new (NULL);
  gtk_widget_set_parent (self->initials, GTK_WIDGET (self));
}

GtkWidget *
tutti_avatar_new (const char *size_class)
{
  GtkWidget *avatar = g_object_new (TUTTI_TYPE_AVATAR, "valign", GTK_ALIGN_CENTER, "halign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (avatar, "avatar-chip");
  if (size_class != NULL)
    gtk_widget_add_css_class (avatar, size_class);
  return avatar;
}

void
tutti_avatar_set_face (GtkWidget *avatar, GdkTexture *face)
{
  if (g_set_object (&TUTTI_AVATAR (avatar)->face, face))
    gtk_widget_queue_draw (avatar);
}

static void
set_initials (GtkWidget *avatar, const char *name, int colour)
{
  g_autofree char *initials = tutti_words_initials (name);

  gtk_label_set_text (GTK_LABEL (TUTTI_AVATAR (avatar)->initials), initials);
  tutti_set_colour_class (avatar, "person", tutti_person_colour_names, colour);
  /* GTK asks the display server at each setting, and faces are shown anew often. */
  if (g_strcmp0 (gtk_widget_get_tooltip_text (avatar), name) != 0)
    gtk_widget_set_tooltip_text (avatar, name);
}

void
tutti_avatar_set (GtkWidget *avatar, const char *name, int colour)
{
  set_initials (avatar, name, colour);
  tutti_avatar_set_face (avatar, NULL);
}

void
tutti_avatar_set_person (GtkWidget *avatar, TuttiSession *session, guint number, const char *name, int colour)
{
  set_initials (avatar, name, colour);
  tutti_avatar_set_face (avatar, tutti_face_of (session, number));
}
