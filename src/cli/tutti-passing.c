/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-passing.h"

#include "tutti-files.h"

GstElement *
tutti_passing_no_sink (gpointer nothing)
{
  return NULL;
}

gboolean
tutti_passing_open (TuttiPassing *self, const char *name, GError **error)
{
  self->directory = g_dir_make_tmp ("tuttictl-XXXXXX", error);
  self->studio = self->directory != NULL ? tutti_studio_new (self->directory, NULL, error) : NULL;
  if (self->studio == NULL)
    {
      tutti_passing_close (self);
      return FALSE;
    }
  tutti_studio_set_person (self->studio, name, g_random_int_range (0, TUTTI_N_PERSON_COLOURS));
  tutti_studio_set_passing (self->studio, TRUE);
  return TRUE;
}

void
tutti_passing_close (TuttiPassing *self)
{
  g_clear_object (&self->studio);
  if (self->directory != NULL)
    tutti_remove_tree (self->directory);
  g_clear_pointer (&self->directory, g_free);
}
