/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done to the selected notes at once. */
#include "tutti-notes-private.h"

#include "tutti-ask.h"
#include "tutti-note.h"

#include <glib/gi18n.h>

#define HUMAN_TICKS 15
#define HUMAN_VELOCITY 12
#define OCTAVE 12

static TuttiNote *
data (GArray *notes)
{
  return (TuttiNote *) (void *) notes->data;
}

void
tutti_note_commit_fields (TuttiNoteGrid *self, const GArray *notes, guint fields)
{
  const TuttiClip *clip = tutti_note_grid_get_clip (self);
  g_autoptr(GArray) now = g_array_new (FALSE, FALSE, sizeof (TuttiNote));

  for (guint i = 0; clip != NULL && i < notes->len; i++)
    {
      const TuttiNote *wanted = &g_array_index (notes, TuttiNote, i), *there = tutti_clip_note (clip, wanted->id, NULL);
      TuttiNote note;

      if (there == NULL)
        continue;
      note = *there;
      tutti_note_write_fields (&note, wanted, fields);
      g_array_append_val (now, note);
    }
  tutti_note_commit (self, now);
}

void
tutti_note_split (TuttiNoteGrid *self, double x, double y)
{
  const TuttiNote *found = tutti_note_at (self, x, y);
  g_autoptr(GArray) halves = g_array_new (FALSE, FALSE, sizeof (TuttiNote));
  gint32 at = tutti_note_snap (self, tutti_note_tick (self, x), TRUE);
  TuttiNote one, two;

  if (found == NULL || at <= found->tick || at >= found->tick + found->length)
    return;
  one = two = *found;
  one.length = at - one.tick;
  two.id = tutti_session_new_id (self->session);
  two.tick = at;
  two.length = found->length - one.length;
  g_array_append_val (halves, one);
  g_array_append_val (halves, two);
  tutti_note_commit (self, halves);
}

/* ---- the clipboard, which text editors read too ---- */

static void
copy (TuttiNoteGrid *self)
{
  g_autoptr(GArray) notes = tutti_note_picked (self);
  g_autofree char *text = tutti_notes_to_text (data (notes), notes->len);

  if (notes->len > 0)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
delete_picked (TuttiNoteGrid *self)
{
  g_autoptr(GArray) notes = tutti_note_picked (self);
  g_autofree TuttiId *ids = g_new (TuttiId, notes->len + 1);

  for (guint i = 0; i < notes->len; i++)
    ids[i] = data (notes)[i].id;
  if (tutti_note_grid_count_selected (self) > 0)
    tutti_note_delete (self, ids, notes->len);
  tutti_note_select_none (self);
}

/* New notes like @notes, @later ticks after their places; they are the selected ones then. */
static void
add_copies (TuttiNoteGrid *self, GArray *notes, gint32 later)
{
  for (guint i = 0; i < notes->len; i++)
    {
      data (notes)[i].id = tutti_session_new_id (self->session);
      data (notes)[i].tick = MIN (data (notes)[i].tick + later, TUTTI_CLIP_TICKS_MAX - 1);
    }
  tutti_note_commit (self, notes);
  g_hash_table_remove_all (self->selected);
  for (guint i = 0; i < notes->len; i++)
    tutti_note_select (self, data (notes)[i].id, TRUE);
}

static void
on_pasted (GObject *clipboard, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(TuttiNoteGrid) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
  g_autoptr(GArray) notes = text != NULL ? tutti_notes_from_text (text, -1, NULL) : NULL;

  if (self->session == NULL || tutti_note_grid_get_clip (self) == NULL)
    return;
  if (notes == NULL)
    tutti_say (GTK_WIDGET (self), _("There are no notes to paste"));
  else
    add_copies (self, notes, self->cursor_tick);
}

/* Right behind what it copies, on the next step of the snap. */
static void
duplicate (TuttiNoteGrid *self)
{
  g_autoptr(GArray) notes = tutti_note_picked (self);
  gint32 from = G_MAXINT32, to = 0, step = tutti_note_step (self);

  for (guint i = 0; i < notes->len; i++)
    {
      from = MIN (from, data (notes)[i].tick);
      to = MAX (to, data (notes)[i].tick + data (notes)[i].length);
    }
  if (notes->len > 0)
    add_copies (self, notes, (to - from + step - 1) / step * step);
}

static void
change (TuttiNoteGrid *self, TuttiNotesCommand command)
{
  g_autoptr(GArray) notes = tutti_note_picked (self);
  gint32 grid = self->snap > 0 ? self->snap : TUTTI_NOTE_STEP_TICKS;

  if (command == TUTTI_NOTES_QUANTISE || command == TUTTI_NOTES_QUANTISE_HALF)
    tutti_notes_quantise (data (notes), notes->len, grid, command == TUTTI_NOTES_QUANTISE ? 100 : 50);
  else if (command == TUTTI_NOTES_HUMANISE)
    tutti_notes_humanise (data (notes), notes->len, HUMAN_TICKS, HUMAN_VELOCITY, g_random_int ());
  else if (command == TUTTI_NOTES_MIRROR)
    tutti_notes_mirror (data (notes), notes->len);
  else if (command == TUTTI_NOTES_INVERT)
    tutti_notes_invert (data (notes), notes->len);
  else if (command == TUTTI_NOTES_INTO_SCALE)
    tutti_notes_into_scale (data (notes), notes->len, tutti_session_get_jam (self->session));
  else
    tutti_notes_move (data (notes), notes->len, 0, command == TUTTI_NOTES_OCTAVE_UP ? OCTAVE : -OCTAVE);
  tutti_note_commit (self, notes);
}

void
tutti_note_grid_do (TuttiNoteGrid *self, TuttiNotesCommand command)
{
  if (tutti_note_grid_get_clip (self) == NULL)
    return;
  switch (command)
    {
    case TUTTI_NOTES_DELETE:
      delete_picked (self);
      break;
    case TUTTI_NOTES_DUPLICATE:
      duplicate (self);
      break;
    case TUTTI_NOTES_COPY:
      copy (self);
      break;
    case TUTTI_NOTES_CUT:
      copy (self);
      delete_picked (self);
      break;
    case TUTTI_NOTES_PASTE:
      gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, on_pasted, g_object_ref (self));
      break;
    case TUTTI_NOTES_QUANTISE:
    case TUTTI_NOTES_QUANTISE_HALF:
    case TUTTI_NOTES_HUMANISE:
    case TUTTI_NOTES_MIRROR:
    case TUTTI_NOTES_INVERT:
    case TUTTI_NOTES_INTO_SCALE:
    case TUTTI_NOTES_OCTAVE_UP:
    case TUTTI_NOTES_OCTAVE_DOWN:
    case TUTTI_N_NOTES_COMMANDS:
    default:
      change (self, command);
    }
}
