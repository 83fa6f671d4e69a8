/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-text-view.h"

#include "tutti-ask.h"
#include "tutti-notation.h"
#include "tutti-sounds.h"

#include <glib/gi18n.h>
#include <string.h>

struct _TuttiTextView
{
  GtkWidget      parent_instance;
  TuttiStepGrid *grid;         /* borrowed: a sibling */
  GtkWidget     *box, *text, *complaint;
};

G_DEFINE_FINAL_TYPE (TuttiTextView, tutti_text_view, GTK_TYPE_WIDGET)

static int
root_of (const TuttiTrack *track)
{
  const TuttiSoundInfo *info = tutti_sound_info (track->sound);

  return info != NULL ? info->root : TUTTI_NOTATION_ROOT;
}

/* ---- out ---- */

void
tutti_text_view_load (TuttiTextView *self)
{
  const TuttiJam *jam = tutti_session_get_jam (tutti_step_grid_get_session (self->grid));
  TuttiId scene = tutti_step_grid_get_scene (self->grid);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; jam != NULL && i < jam->n_tracks; i++)
    {
      const TuttiClip *clip = tutti_track_clip_at (jam->tracks[i], scene);
      g_autofree char *row = clip != NULL ? tutti_notation_print_clip (clip, root_of (jam->tracks[i])) : NULL;

      if (row != NULL)
        g_string_append_printf (text, "%s: %s\n", jam->tracks[i]->name, row);
    }
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), text->str, -1);
  gtk_label_set_text (GTK_LABEL (self->complaint), "");
}

/* ---- in ---- */

static const TuttiTrack *
track_named (const TuttiJam *jam, const char *name, gsize length)
{
  for (guint i = 0; i < jam->n_tracks; i++)
    if (strlen (jam->tracks[i]->name) == length && strncmp (jam->tracks[i]->name, name, length) == 0)
      return jam->tracks[i];
  return NULL;
}

/* One line as part of @group; the reason in words when it cannot be. (transfer full) (nullable) */
static char *
read_line (TuttiTextView *self, const char *line, TuttiOp *group)
{
  const TuttiJam *jam = tutti_session_get_jam (tutti_step_grid_get_session (self->grid));
  const char *colon = strchr (line, ':');
  const TuttiTrack *track = colon != NULL ? track_named (jam, line, (gsize) (colon - line)) : NULL;
  const TuttiClip *clip = track != NULL ? tutti_track_clip_at (track, tutti_step_grid_get_scene (self->grid)) : NULL;
  g_autofree char *now = clip != NULL ? tutti_notation_print_clip (clip, root_of (track)) : NULL;
  g_autoptr(GError) error = NULL;
  TuttiOp *op;

  if (*line == '\0' || *line == '#')
    return NULL;
  if (clip == NULL)
    return g_strdup (_("No track of that name plays here."));
  colon += strspn (colon + 1, " ") + 1;
  if (g_str_equal (colon, now))
    return NULL;
  op = tutti_notation_parse_clip (colon, -1, clip, root_of (track), NULL, &error);
  if (op == NULL)
    return g_strdup (error->message);
  tutti_op_group_add (group, op);
  return NULL;
}

static gboolean
on_apply (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  TuttiTextView *self = user_data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  GtkTextIter start, end;
  g_autoptr(TuttiOp) group = tutti_op_group_new ();

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  g_autofree char *text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *why = read_line (self, lines[i], group);
      g_autofree char *words = why != NULL ? g_strdup_printf (_("Line %d: %s"), i + 1, why) : NULL;

      gtk_label_set_text (GTK_LABEL (self->complaint), words != NULL ? words : "");
      if (words != NULL)
        return TRUE;
    }
  if (tutti_ask (GTK_WIDGET (self), tutti_step_grid_get_session (self->grid), g_steal_pointer (&group)))
    tutti_text_view_load (self);
  return TRUE;
}

/* ---- life ---- */

static void
tutti_text_view_dispose (GObject *object)
{
  g_clear_pointer (&TUTTI_TEXT_VIEW (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (tutti_text_view_parent_class)->dispose (object);
}

static void
tutti_text_view_class_init (TuttiTextViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_text_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tutti_text_view_init (TuttiTextView *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->text = gtk_text_view_new ();
  self->complaint = gtk_label_new (NULL);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self->text), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Scene as text"), -1);
  gtk_label_set_xalign (GTK_LABEL (self->complaint), 0);
  gtk_label_set_wrap (GTK_LABEL (self->complaint), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->text);
  gtk_scrolled_window_set_min_content_width (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_box_append (GTK_BOX (self->box), self->complaint);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return"),
                                                          gtk_callback_action_new (on_apply, self, NULL)));
  gtk_widget_add_controller (self->text, keys);
}

GtkWidget *
tutti_text_view_new (TuttiStepGrid *grid)
{
  TuttiTextView *self = g_object_new (TUTTI_TYPE_TEXT_VIEW, NULL);

  self->grid = grid;
  return GTK_WIDGET (self);
}
