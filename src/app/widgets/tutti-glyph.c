/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-glyph.h"

#include "tutti-sounds.h"

void
tutti_set_colour_class (GtkWidget *widget, const char *prefix, const char * const *names, int index)
{
  char name[48];

  for (int i = 0; names[i] != NULL; i++)
    {
      g_snprintf (name, sizeof name, "%s-%s", prefix, names[i]);
      if (i == index)
        gtk_widget_add_css_class (widget, name);
      else
        gtk_widget_remove_css_class (widget, name);
    }
}

GtkWidget *
tutti_glyph_new (void)
{
  GtkWidget *image = gtk_image_new ();

  gtk_widget_add_css_class (image, "glyph");
  gtk_widget_set_valign (image, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (image, GTK_ALIGN_CENTER);
  return image;
}

void
tutti_glyph_set_track (GtkWidget *glyph, const TuttiTrack *track)
{
  gtk_image_set_from_icon_name (GTK_IMAGE (glyph), tutti_sound_icon (track->sound));
  tutti_set_colour_class (glyph, "track", tutti_colour_names, track->colour);
  gtk_widget_remove_css_class (glyph, "master");
}

void
tutti_glyph_set_master (GtkWidget *glyph)
{
  gtk_image_set_from_icon_name (GTK_IMAGE (glyph), "tutti-mixer-symbolic");
  tutti_set_colour_class (glyph, "track", tutti_colour_names, -1);
  gtk_widget_add_css_class (glyph, "master");
}

void
tutti_glyph_set_small (GtkWidget *glyph)
{
  gtk_widget_add_css_class (glyph, "small-glyph");
}
