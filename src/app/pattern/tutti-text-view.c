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
  TuttiId        scene;        /* that is written here */
  GtkWidget     *box, *title, *text, *complaint;
  GtkTextTag    *wrong;        /* borrowed from the buffer */
};

G_DEFINE_FINAL_TYPE (TuttiTextView, tutti_text_view, GTK_TYPE_WIDGET)

static int
root_of (const TuttiTrack *track)
{
  const TuttiSoundInfo *info = tutti_sound_info (track->sound);

  return info != NULL ? info->root : TUTTI_NOTATION_ROOT;
}

/* ---- out ---- */

static GtkTextBuffer *
buffer_of (TuttiTextView *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
}

/* Nothing is wrong (any more). */
static void
forgive (TuttiTextView *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer_of (self), &start, &end);
  gtk_text_buffer_remove_tag (buffer_of (self), self->wrong, &start, &end);
  gtk_widget_set_visible (self->complaint, FALSE);
}

static void
show_scene (TuttiTextView *self, const TuttiJam *jam)
{
  const TuttiScene *scene = jam != NULL ? tutti_jam_scene (jam, self->scene, NULL) : NULL;

  gtk_label_set_text (GTK_LABEL (self->title), scene != NULL ? scene->name : "");
}

void
tutti_text_view_load (TuttiTextView *self)
{
  const TuttiJam *jam = tutti_session_get_jam (tutti_step_grid_get_session (self->grid));
  TuttiId scene = self->scene = tutti_step_grid_get_scene (self->grid);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; jam != NULL && i < jam->n_tracks; i++)
    {
      const TuttiClip *clip = tutti_track_clip_at (jam->tracks[i], scene);
      g_autofree char *row = clip != NULL ? tutti_notation_print_clip (clip, root_of (jam->tracks[i])) : NULL;

      if (row != NULL)
        g_string_append_printf (text, "%s: %s\n", jam->tracks[i]->name, row);
    }
  gtk_text_buffer_set_text (buffer_of (self), text->str, -1);
  gtk_text_buffer_set_modified (buffer_of (self), FALSE);
  show_scene (self, jam);
  forgive (self);
}

/* What was written and not applied stays, and so does the place of whoever is about to write. */
void
tutti_text_view_refresh (TuttiTextView *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)) && !gtk_text_buffer_get_modified (buffer_of (self)) &&
      !gtk_widget_has_focus (self->text))
    tutti_text_view_load (self);
}

void
tutti_text_view_grab (TuttiTextView *self)
{
  gtk_widget_grab_focus (self->text);
}

/* ---- in ---- */

/* The track whose row this is. A name may have a colon in it. */
static const TuttiTrack *
track_of (const TuttiJam *jam, const char *row)
{
  for (guint i = 0; i < jam->n_tracks; i++)
    if (g_str_has_prefix (row, jam->tracks[i]->name) && row[strlen (jam->tracks[i]->name)] == ':')
      return jam->tracks[i];
  return NULL;
}

/* The reader says where in its message, too; here the line is known from the whole text. (transfer full) */
static char *
reason_of (const GError *error)
{
  const char *colon = g_str_has_prefix (error->message, "line ") ? strstr (error->message, ": ") : NULL;

  return g_strdup (colon != NULL ? colon + 2 : error->message);
}

/* One row (of several lines, when it is long) as part of @group. The reason in words when it cannot be, and in @line the line of
 * the row that is to blame. (transfer full) (nullable) */
static char *
read_row (TuttiTextView *self, const char *row, TuttiOp *group, int *line)
{
  const TuttiJam *jam = tutti_session_get_jam (tutti_step_grid_get_session (self->grid));
  const TuttiTrack *track = jam != NULL ? track_of (jam, row) : NULL;
  const TuttiClip *clip = track != NULL ? tutti_track_clip_at (track, self->scene) : NULL;
  g_autofree char *now = clip != NULL ? tutti_notation_print_clip (clip, root_of (track)) : NULL;
  TuttiNotationPlace where = { 1, 1 };
  g_autoptr(GError) error = NULL;
  TuttiOp *op;

  *line = 0;
  if (clip == NULL)
    return g_strdup (_("No track of that name plays here."));
  row += strlen (track->name) + 1;
  row += strspn (row, " ");
  if (g_str_equal (row, now))
    return NULL;
  op = tutti_notation_parse_clip (row, -1, clip, root_of (track), &where, &error);
  if (op == NULL && error == NULL)
    return NULL;
  *line = (int) MAX (where.line, 1) - 1;
  if (op == NULL)
    return reason_of (error);
  tutti_step_edit_add (group, op);
  return NULL;
}

static gboolean
goes_on (const char *line)
{
  return line != NULL && line[strspn (line, " \t")] == '|';
}

static void
complain (TuttiTextView *self, int line, const char *why)
{
  g_autofree char *words = g_strdup_printf (_("Line %d: %s"), line + 1, why);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line (buffer_of (self), &start, line);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_apply_tag (buffer_of (self), self->wrong, &start, &end);
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self->text), &start, 0.1, FALSE, 0, 0);
  gtk_label_set_text (GTK_LABEL (self->complaint), words);
  gtk_widget_set_visible (self->complaint, TRUE);
}

static void
apply (TuttiTextView *self)
{
  g_autoptr(TuttiOp) group = tutti_op_group_new ();
  GtkTextIter start, end;

  forgive (self);
  gtk_text_buffer_get_bounds (buffer_of (self), &start, &end);
  g_autofree char *text = gtk_text_buffer_get_text (buffer_of (self), &start, &end, FALSE);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (int i = 0; lines[i] != NULL; i++)
    {
      g_autoptr(GString) row = g_string_new (lines[i]);
      int first = i, line = 0;

      if (*lines[i] == '\0' || *lines[i] == '#')
        continue;
      while (goes_on (lines[i + 1]))
        g_string_append_printf (row, "\n%s", lines[++i]);
      g_autofree char *why = read_row (self, row->str, group, &line);

      if (why != NULL)
        {
          complain (self, first + line, why);
          return;
        }
    }
  /* What says the same as before is no edit. */
  if (group->arg[0].ops->len == 0 ||
      tutti_ask (GTK_WIDGET (self), tutti_step_grid_get_session (self->grid), g_steal_pointer (&group)))
    tutti_text_view_load (self);
}

static gboolean
on_apply_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  apply (user_data);
  return TRUE;
}

static gboolean
on_leave_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  gtk_widget_activate_action (widget, "page.focus-grid", NULL);
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

static GtkWidget *
build_head (TuttiTextView *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *button = gtk_button_new_with_label (_("Apply"));

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_widget_set_tooltip_text (button, _("Apply for everyone (Ctrl+Enter)"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (apply), self);
  gtk_box_append (GTK_BOX (head), self->title);
  gtk_box_append (GTK_BOX (head), button);
  return head;
}

static void
add_keys (TuttiTextView *self)
{
  static const struct { const char *trigger; GtkShortcutFunc func; } shortcuts[] = {
    { "<Control>Return", on_apply_key }, { "<Control>KP_Enter", on_apply_key }, { "Escape", on_leave_key },
  };
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].trigger),
                                                            gtk_callback_action_new (shortcuts[i].func, self, NULL)));
  gtk_widget_add_controller (self->text, keys);
}

static void
tutti_text_view_init (TuttiTextView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->text = gtk_text_view_new ();
  self->complaint = gtk_label_new (NULL);
  self->wrong = gtk_text_buffer_create_tag (buffer_of (self), NULL, "underline", PANGO_UNDERLINE_ERROR, NULL);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self->text), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Scene as text"), -1);
  gtk_label_set_xalign (GTK_LABEL (self->complaint), 0);
  gtk_label_set_wrap (GTK_LABEL (self->complaint), TRUE);
  gtk_widget_add_css_class (self->complaint, "error");
  gtk_widget_set_visible (self->complaint, FALSE);
  gtk_widget_add_css_class (self->box, "text-beside");
  g_signal_connect_swapped (buffer_of (self), "changed", G_CALLBACK (forgive), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->text);
  gtk_scrolled_window_set_min_content_width (GTK_SCROLLED_WINDOW (scroller), 340);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self->text), 10);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self->text), 10);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self->text), 8);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self->text), 8);
  gtk_text_view_set_pixels_above_lines (GTK_TEXT_VIEW (self->text), 2);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self->box), build_head (self));
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_box_append (GTK_BOX (self->box), self->complaint);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  add_keys (self);
}

GtkWidget *
tutti_text_view_new (TuttiStepGrid *grid)
{
  TuttiTextView *self = g_object_new (TUTTI_TYPE_TEXT_VIEW, NULL);

  self->grid = grid;
  return GTK_WIDGET (self);
}
