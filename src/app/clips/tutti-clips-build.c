/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the clips page is made of. */
#include "tutti-clips-private.h"

#include "tutti-glyph.h"
#include "tutti-mute-solo.h"

#include <glib/gi18n.h>

#define SCENE_WIDTH 168
#define SCENE_WIDTH_NARROW 120
/* Tracks and scenes stand in two grids, of which one scrolls sideways: rows that do not share the free height are as high in both. */
#define HEAD_HEIGHT 42
#define FOOT_HEIGHT 44

static GtkWidget *
small_stop (const char *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *image = gtk_image_new_from_icon_name ("media-playback-stop-symbolic");

  gtk_image_set_pixel_size (GTK_IMAGE (image), 12);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), gtk_label_new (words));
  return box;
}

static GtkWidget *
new_cell (TuttiClipsPage *self, int track, int scene)
{
  GtkWidget *cell = tutti_clip_cell_new ();

  g_object_set_data (G_OBJECT (cell), "tutti-track", GINT_TO_POINTER (track));
  g_object_set_data (G_OBJECT (cell), "tutti-scene", GINT_TO_POINTER (scene));
  gtk_widget_set_vexpand (cell, TRUE);
  gtk_widget_set_hexpand (cell, TRUE);
  if (track < 0)
    g_signal_connect (cell, "launch", G_CALLBACK (tutti_clips_on_scene_launch), self);
  else
    {
      g_signal_connect (cell, "launch", G_CALLBACK (tutti_clips_on_launch), self);
      g_signal_connect (cell, "create", G_CALLBACK (tutti_clips_on_create), self);
    }
  return cell;
}

static GtkWidget *
build_head (TuttiClipsColumn *column)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  column->glyph = tutti_glyph_new ();
  gtk_widget_add_css_class (column->glyph, "small-glyph");
  column->name = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (column->name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (column->name, "clip-head");
  gtk_widget_set_margin_start (head, 4);
  gtk_widget_set_size_request (head, -1, HEAD_HEIGHT);
  gtk_box_append (GTK_BOX (head), column->glyph);
  gtk_box_append (GTK_BOX (head), column->name);
  return head;
}

static GtkWidget *
build_foot (TuttiClipsPage *self, TuttiClipsColumn *column)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  column->volume = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 0.0134);
  gtk_scale_set_draw_value (GTK_SCALE (column->volume), FALSE);
  gtk_widget_add_css_class (column->volume, "slim");
  gtk_widget_set_hexpand (column->volume, TRUE);
  g_signal_connect (column->volume, "value-changed", G_CALLBACK (tutti_clips_on_volume), self);
  column->mute_solo = tutti_mute_solo_new (self->session, FALSE);
  gtk_box_append (GTK_BOX (foot), column->volume);
  gtk_box_append (GTK_BOX (foot), column->mute_solo);
  gtk_widget_set_size_request (foot, -1, FOOT_HEIGHT);
  return foot;
}

static void
build_column (TuttiClipsPage *self, guint t, guint n_scenes)
{
  TuttiClipsColumn *column = g_new0 (TuttiClipsColumn, 1);
  GtkGrid *grid = GTK_GRID (self->grid);

  column->cells = g_ptr_array_new ();
  gtk_grid_attach (grid, build_head (column), (int) t, 0, 1, 1);
  for (guint s = 0; s < n_scenes; s++)
    {
      GtkWidget *cell = new_cell (self, (int) t, (int) s);
      gtk_grid_attach (grid, cell, (int) t, 1 + (int) s, 1, 1);
      g_ptr_array_add (column->cells, cell);
    }
  column->stop = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (column->stop), small_stop (_("Stop")));
  gtk_widget_add_css_class (column->stop, "flat");
  gtk_widget_add_css_class (column->stop, "stop-slot");
  g_signal_connect (column->stop, "clicked", G_CALLBACK (tutti_clips_on_stop_track), self);
  gtk_grid_attach (grid, column->stop, (int) t, 1 + (int) n_scenes, 1, 1);
  gtk_grid_attach (grid, build_foot (self, column), (int) t, 2 + (int) n_scenes, 1, 1);
  g_ptr_array_add (self->columns, column);
}

static int
scene_width (TuttiClipsPage *self)
{
  return self->narrow ? SCENE_WIDTH_NARROW : SCENE_WIDTH;
}

static void
build_scenes (TuttiClipsPage *self, guint n_scenes)
{
  GtkGrid *grid = GTK_GRID (self->scenes_grid);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *title = gtk_label_new (_("Scenes"));

  gtk_widget_add_css_class (title, "clip-head");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_margin_start (title, 6);
  gtk_widget_set_size_request (title, -1, HEAD_HEIGHT);
  gtk_widget_set_size_request (foot, -1, FOOT_HEIGHT);
  gtk_grid_attach (grid, title, 0, 0, 1, 1);
  for (guint s = 0; s < n_scenes; s++)
    {
      GtkWidget *cell = new_cell (self, -1, (int) s);
      gtk_widget_set_hexpand (cell, FALSE);
      gtk_widget_set_size_request (cell, scene_width (self), -1);
      gtk_grid_attach (grid, cell, 0, 1 + (int) s, 1, 1);
      g_ptr_array_add (self->scenes, cell);
    }
  self->add_scene = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (box), gtk_label_new (_("Scene")));
  gtk_button_set_child (GTK_BUTTON (self->add_scene), box);
  gtk_widget_add_css_class (self->add_scene, "flat");
  gtk_widget_add_css_class (self->add_scene, "stop-slot");
  gtk_widget_set_tooltip_text (self->add_scene, _("Add a Scene"));
  g_signal_connect (self->add_scene, "clicked", G_CALLBACK (tutti_clips_on_add_scene), self);
  gtk_grid_attach (grid, self->add_scene, 0, 1 + (int) n_scenes, 1, 1);
  gtk_grid_attach (grid, foot, 0, 2 + (int) n_scenes, 1, 1);
}

static void
empty (GtkWidget *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (grid)) != NULL)
    gtk_grid_remove (GTK_GRID (grid), child);
}

void
tutti_clips_rebuild (TuttiClipsPage *self, const TuttiJam *jam)
{
  empty (self->grid);
  empty (self->scenes_grid);
  g_ptr_array_set_size (self->columns, 0);
  g_ptr_array_set_size (self->scenes, 0);
  for (guint t = 0; t < jam->n_tracks; t++)
    build_column (self, t, jam->n_scenes);
  build_scenes (self, jam->n_scenes);
  self->built_tracks = jam->n_tracks;
  self->built_scenes = jam->n_scenes;
}

static GtkWidget *
build_tools (TuttiClipsPage *self)
{
  static const char * const words[] = { N_("At once"), N_("Beat"), N_("Next bar"), N_("4 bars") };
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words_of_stop = small_stop (_("Stop All")), *spring = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *stop = gtk_button_new ();

  gtk_widget_add_css_class (tools, "tools");
  self->title = gtk_label_new (_("Start clips"));
  self->stop_words = gtk_widget_get_last_child (words_of_stop);
  gtk_widget_add_css_class (self->title, "dim-label");
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_add_css_class (box, "quantum");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  for (int i = 0; i < TUTTI_N_QUANTA; i++)
    {
      self->quanta[i] = gtk_toggle_button_new_with_label (_(words[i]));
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->quanta[i]), i > 0 ? GTK_TOGGLE_BUTTON (self->quanta[0]) : NULL);
      gtk_box_append (GTK_BOX (box), self->quanta[i]);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->quanta[TUTTI_QUANTUM_BAR]), TRUE);
  self->chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->chip, "chip");
  gtk_widget_add_css_class (self->chip, "queued");
  gtk_widget_set_valign (self->chip, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->chip, FALSE);
  gtk_box_append (GTK_BOX (self->chip), gtk_image_new_from_icon_name ("tutti-queued-symbolic"));
  gtk_box_append (GTK_BOX (self->chip), gtk_label_new (NULL));
  gtk_label_set_ellipsize (GTK_LABEL (gtk_widget_get_last_child (self->chip)), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (spring, TRUE);
  gtk_button_set_child (GTK_BUTTON (stop), words_of_stop);
  gtk_widget_add_css_class (stop, "flat");
  gtk_widget_set_valign (stop, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (stop, _("Stop All Clips (0)"));
  g_signal_connect (stop, "clicked", G_CALLBACK (tutti_clips_on_stop_all), self);
  gtk_box_append (GTK_BOX (tools), self->title);
  gtk_box_append (GTK_BOX (tools), box);
  gtk_box_append (GTK_BOX (tools), self->chip);
  gtk_box_append (GTK_BOX (tools), spring);
  gtk_box_append (GTK_BOX (tools), stop);
  return tools;
}

static GtkWidget *
in_scroller (GtkWidget *child, GtkPolicyType sideways, GtkPolicyType down)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), sideways, down);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  return scroller;
}

static GtkWidget *
new_grid (void)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  gtk_widget_set_margin_bottom (grid, 8);
  return grid;
}

/* Tracks scroll sideways, the scenes beside them stay; both scroll up and down together. */
static GtkWidget *
build_body (TuttiClipsPage *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *tracks, *scroller;

  self->grid = new_grid ();
  self->scenes_grid = new_grid ();
  gtk_widget_set_margin_start (self->grid, 12);
  gtk_widget_set_margin_end (self->scenes_grid, 12);
  tracks = in_scroller (self->grid, GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_widget_set_hexpand (tracks, TRUE);
  gtk_box_append (GTK_BOX (body), tracks);
  gtk_box_append (GTK_BOX (body), self->scenes_grid);
  scroller = in_scroller (body, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

void
tutti_clips_fit (TuttiClipsPage *self)
{
  gtk_widget_set_visible (self->title, !self->narrow);
  gtk_widget_set_visible (self->stop_words, !self->narrow);
  for (guint s = 0; s < self->scenes->len; s++)
    gtk_widget_set_size_request (g_ptr_array_index (self->scenes, s), scene_width (self), -1);
}

void
tutti_clips_build (TuttiClipsPage *self)
{
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  /* A language of long words may need more room than there is. */
  gtk_box_append (GTK_BOX (self->root), in_scroller (build_tools (self), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER));
  gtk_widget_add_css_class (gtk_widget_get_last_child (self->root), "tools-scroller");
  gtk_box_append (GTK_BOX (self->root), build_body (self));
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}
