/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sound-chooser.h"

#include "tutti-audition.h"
#include "tutti-chooser.h"
#include "tutti-file-dialog.h"
#include "tutti-import.h"
#include "tutti-soundfont-chooser.h"
#include "tutti-sounds.h"

#include <glib/gi18n.h>

/* Lives as long as its window. */
typedef struct
{
  TuttiSession    *session;    /* owned */
  TuttiAudition   *audition;   /* owned */
  GPtrArray       *sounds;     /* owned: of char *, as the rows */
  TuttiId          track;      /* whose sound it is; none: of a new one */
  TuttiSoundChosen chosen;
  gpointer         user_data;
  GtkWidget       *parent;
  TuttiChooser    *window;
} Choice;

static void
choice_free (Choice *self)
{
  tutti_audition_free (self->audition);
  g_ptr_array_unref (self->sounds);
  g_object_unref (self->session);
  g_free (self);
}

/* Heard here only, so that choosing disturbs nobody. */
static void
on_picked (TuttiChooser *window, guint row, Choice *self)
{
  tutti_audition_play (self->audition, self->track, g_ptr_array_index (self->sounds, row));
}

static void
on_taken (TuttiChooser *window, guint row, Choice *self)
{
  self->chosen (g_ptr_array_index (self->sounds, row), self->user_data);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The list has done its work: what is imported is taken as if it had been chosen here. */
static void
on_file (GFile *file, gpointer user_data)
{
  Choice *self = user_data;

  if (tutti_soundfont_is_file (file))
    tutti_soundfont_chooser_open (self->parent, self->session, file, self->track);
  else
    tutti_import_sound (self->parent, self->session, file, tutti_id (0, 0), self->chosen, self->user_data);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static void
on_import (GtkButton *button, Choice *self)
{
  static const char * const mime_types[] = { "audio/*", "application/ogg", ".sf2", ".sf3", NULL };

  tutti_file_dialog_open (GTK_WIDGET (self->window), _("Import Sound"), _("Sounds"), mime_types, on_file, self);
}

static void
add_sound (Choice *self, const char *sound, const char *name, const char *group, const char *current)
{
  TuttiChooserRow row = { .name = name, .icon = tutti_sound_icon (sound), .group = group };

  tutti_chooser_add (self->window, &row);
  g_ptr_array_add (self->sounds, g_strdup (sound));
  if (g_strcmp0 (current, sound) == 0)
    tutti_chooser_select (self->window, self->sounds->len - 1);
}

static void
add_group (Choice *self, const TuttiSoundInfo *infos, TuttiSoundGroup group, const char *current)
{
  for (const TuttiSoundInfo *info = infos; info->sound != NULL; info++)
    if (info->group == group)
      add_sound (self, info->sound, _(info->name), tutti_sound_group_name (group), current);
}

static void
fill (Choice *self, const TuttiJam *jam, const char *current)
{
  for (guint i = 0; jam != NULL && i < jam->sounds->len; i++)
    {
      const TuttiSoundEntry *added = g_ptr_array_index (jam->sounds, i);
      g_autofree char *sound = g_strconcat ("sha:", added->hash, NULL);

      add_sound (self, sound, added->name, _("Added to This Jam"), current);
    }
  for (int group = 0; group < TUTTI_N_SOUND_GROUPS; group++)
    {
      add_group (self, tutti_sound_infos, (TuttiSoundGroup) group, current);
      add_group (self, tutti_preset_infos, (TuttiSoundGroup) group, current);
    }
}

static void
add_import (Choice *self)
{
  GtkWidget *import = gtk_button_new_with_label (_("Import Sound…"));

  gtk_widget_set_halign (import, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (import, 8);
  gtk_widget_set_margin_bottom (import, 8);
  g_signal_connect (import, "clicked", G_CALLBACK (on_import), self);
  tutti_chooser_add_below (self->window, import);
}

void
tutti_sound_chooser_open (GtkWidget *parent, TuttiSession *session, const char *title, TuttiId track, TuttiSoundChosen chosen,
                          gpointer user_data)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  const TuttiTrack *found = jam != NULL ? tutti_jam_track (jam, track, NULL) : NULL;
  Choice *self = g_new0 (Choice, 1);

  self->session = g_object_ref (session);
  self->audition = tutti_audition_new (session);
  self->sounds = g_ptr_array_new_with_free_func (g_free);
  self->track = track;
  self->parent = parent;
  self->chosen = chosen;
  self->user_data = user_data;
  self->window = tutti_chooser_new (parent, title, title, _("Search sounds"));
  g_object_set_data_full (G_OBJECT (self->window), "tutti-choice", self, (GDestroyNotify) choice_free);
  fill (self, jam, found != NULL ? found->sound : NULL);
  add_import (self);
  g_signal_connect (self->window, "picked", G_CALLBACK (on_picked), self);
  g_signal_connect (self->window, "taken", G_CALLBACK (on_taken), self);
  gtk_window_present (GTK_WINDOW (self->window));
}
