/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which notes are meant. */
#include "tutti-notes-private.h"

/* The one on top: later ones are drawn over earlier ones. */
const TuttiNote *
tutti_note_at (TuttiNoteGrid *self, double x, double y)
{
  for (guint i = self->shown->len; i-- > 0; )
    {
      const TuttiNote *note = &g_array_index (self->shown, TuttiNote, i);
      TuttiBox box = tutti_note_box (self, note);

      if (x >= box.x - 1 && x < box.x + box.width + 1 && y >= box.y - 1 && y < box.y + box.height + 1)
        return note;
    }
  return NULL;
}

gboolean
tutti_note_selected (TuttiNoteGrid *self, TuttiId id)
{
  return g_hash_table_contains (self->selected, &id);
}

static void
selection_changed (TuttiNoteGrid *self)
{
  g_signal_emit_by_name (self, "picked");
  tutti_note_grid_moved (self);
}

void
tutti_note_select (TuttiNoteGrid *self, TuttiId id, gboolean on)
{
  if (on)
    g_hash_table_add (self->selected, g_memdup2 (&id, sizeof id));
  else
    g_hash_table_remove (self->selected, &id);
  selection_changed (self);
}

void
tutti_note_select_none (TuttiNoteGrid *self)
{
  g_hash_table_remove_all (self->selected);
  selection_changed (self);
}

void
tutti_note_select_box (TuttiNoteGrid *self, gint32 from, gint32 to, int low, int high)
{
  for (guint i = 0; i < self->shown->len; i++)
    {
      const TuttiNote *note = &g_array_index (self->shown, TuttiNote, i);

      if (note->tick < to && note->tick + note->length > from && note->pitch >= low && note->pitch <= high)
        g_hash_table_add (self->selected, g_memdup2 (&note->id, sizeof note->id));
    }
  selection_changed (self);
}

void
tutti_note_grid_select_all (TuttiNoteGrid *self)
{
  tutti_note_select_box (self, 0, G_MAXINT32, 0, TUTTI_KEY_MAX);
}

void
tutti_note_grid_pick (TuttiNoteGrid *self, gint32 from, gint32 to)
{
  g_hash_table_remove_all (self->selected);
  for (guint i = 0; i < self->shown->len; i++)
    {
      const TuttiNote *note = &g_array_index (self->shown, TuttiNote, i);

      if (note->tick >= from && note->tick < to)
        g_hash_table_add (self->selected, g_memdup2 (&note->id, sizeof note->id));
    }
  selection_changed (self);
}

void
tutti_note_grid_select_only (TuttiNoteGrid *self, TuttiId note)
{
  g_hash_table_remove_all (self->selected);
  tutti_note_select (self, note, TRUE);
}

guint
tutti_note_grid_count_selected (TuttiNoteGrid *self)
{
  return g_hash_table_size (self->selected);
}

guint
tutti_note_grid_count_outside (TuttiNoteGrid *self)
{
  guint n = 0;

  for (guint i = 0; tutti_session_get_jam (self->session) != NULL && i < self->shown->len; i++)
    n += tutti_note_outside (self, g_array_index (self->shown, TuttiNote, i).pitch);
  return n;
}

void
tutti_note_grid_select_outside (TuttiNoteGrid *self)
{
  g_hash_table_remove_all (self->selected);
  for (guint i = 0; i < self->shown->len; i++)
    {
      const TuttiNote *note = &g_array_index (self->shown, TuttiNote, i);

      if (tutti_note_outside (self, note->pitch))
        g_hash_table_add (self->selected, g_memdup2 (&note->id, sizeof note->id));
    }
  selection_changed (self);
}

GArray *
tutti_note_picked (TuttiNoteGrid *self)
{
  GArray *picked = g_array_new (FALSE, FALSE, sizeof (TuttiNote));

  for (guint i = 0; i < self->shown->len; i++)
    if (g_hash_table_size (self->selected) == 0 || tutti_note_selected (self, g_array_index (self->shown, TuttiNote, i).id))
      g_array_append_val (picked, g_array_index (self->shown, TuttiNote, i));
  return picked;
}
