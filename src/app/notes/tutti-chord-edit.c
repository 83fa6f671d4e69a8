/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked for in the lane of chords, and the asking which chord it is. */
#include "tutti-chord-bar-private.h"

#include "tutti-ask.h"
#include "tutti-chord-popover.h"

#include <glib/gi18n.h>

#define HEARD_FROM 60          /* a chord is heard around middle C */
#define HEARD_VELOCITY 90

/* ---- what is asked for ---- */

/* Makes the lane like @lane, as one thing to undo. */
static void
commit (TuttiChordBar *self, const TuttiChordLane *lane)
{
  const TuttiClip *clip = tutti_note_grid_get_clip (self->grid);
  g_autoptr(GPtrArray) ops = clip != NULL ? tutti_chord_changes (clip->id, &clip->chords, lane) : NULL;
  TuttiOp *group;

  if (ops == NULL || ops->len == 0)
    return;
  group = tutti_op_group_new ();
  for (guint i = 0; i < ops->len; i++)
    tutti_op_group_add (group, tutti_op_copy (ops->pdata[i]));
  if (ops->len > 1)
    tutti_ask (GTK_WIDGET (self), self->grid->session, group);
  else
    {
      tutti_ask (GTK_WIDGET (self), self->grid->session, tutti_op_copy (ops->pdata[0]));
      tutti_op_free (group);
    }
}

void
tutti_chord_bar_fill (TuttiChordBar *self, gint32 from, gint32 to, guint root, TuttiHarmony quality)
{
  const TuttiClip *clip = tutti_note_grid_get_clip (self->grid);
  TuttiChordLane lane;

  if (clip == NULL || from >= to)
    return;
  lane = clip->chords;
  if (tutti_chord_fill (&lane, from, to, root, quality))
    commit (self, &lane);
  else
    tutti_say (GTK_WIDGET (self), _("This lane holds no more changes of chord"));
}

void
tutti_chord_bar_move (TuttiChordBar *self, gint32 tick, gint32 from, gint32 to)
{
  const TuttiClip *clip = tutti_note_grid_get_clip (self->grid);
  TuttiChordLane lane;

  if (clip == NULL || from < 0 || to > tutti_chord_bar_end (self))
    return;
  lane = clip->chords;
  if (tutti_chord_move (&lane, tick, from, to, tutti_chord_bar_end (self)))
    {
      commit (self, &lane);
      self->cursor = from;
    }
}

/* ---- asking which ---- */

static void
on_heard (guint root, TuttiHarmony quality, gpointer user_data)
{
  TuttiChordBar *self = user_data;
  int keys[TUTTI_HARMONY_KEYS_MAX];
  guint n = tutti_chord_near (root, quality, HEARD_FROM, keys);

  for (guint i = 0; i < n; i++)
    tutti_note_hear (self->grid, keys[i], HEARD_VELOCITY);
}

static void
on_chosen (guint root, TuttiHarmony quality, gpointer user_data)
{
  TuttiChordBar *self = user_data;

  tutti_chord_bar_fill (self, self->from, self->to, root, quality);
  self->cursor = self->from;
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
tutti_chord_bar_ask (TuttiChordBar *self, gint32 from, gint32 to, const char *typed)
{
  const TuttiChordMark *there = tutti_chord_meant (&self->shown, from);
  TuttiChordAsker asker = { on_heard, on_chosen, self };
  double left = MAX (tutti_chord_bar_x (self, from), 0);
  double right = MIN (tutti_chord_bar_x (self, to), gtk_widget_get_width (GTK_WIDGET (self)));
  GdkRectangle at = { (int) left, (int) TUTTI_CHORD_BAR_TOP, (int) MAX (right - left, 1), (int) TUTTI_CHORD_BAR_BLOCK };
  guint root = tutti_chord_bar_jam (self)->key;
  TuttiHarmony quality = tutti_chord_of_scale (tutti_chord_bar_jam (self), 0, &root);

  self->from = from;
  self->to = to;
  if (there != NULL)
    {
      root = there->root;
      quality = (TuttiHarmony) there->quality;
    }
  else if (quality == TUTTI_HARMONY_AS_BEFORE)
    quality = TUTTI_HARMONY_MAJOR;
  tutti_chord_popover (GTK_WIDGET (self), &at, tutti_chord_bar_jam (self), root, quality, there != NULL, typed, &asker);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
