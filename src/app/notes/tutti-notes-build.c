/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the page of notes is made of, and what its tools say. */
#include "tutti-notes-page-private.h"

#include "tutti-glyph.h"
#include "tutti-sounds.h"
#include "tutti-stage-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Of a name in the tools; what is longer is cut. The tools scroll where they have no room, so no shorter name is. */
#define NAME_CHARS 14

/* ---- what they say ---- */

static void
set_menu (GtkWidget *button, GMenu *menu)
{
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  g_object_unref (menu);
}

gboolean
tutti_notes_suit (const TuttiTrack *track)
{
  for (guint i = 0; i < track->n_clips; i++)
    if (track->clips[i]->kind == TUTTI_CLIP_NOTES)
      return TRUE;
  return tutti_sound_is_melodic (track->sound, NULL) || !g_str_has_prefix (track->sound, "kit:");
}

static void
show_scale (TuttiNotesPage *self, const TuttiJam *jam)
{
  g_autoptr(GVariant) locked = g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "lock");
  g_autofree char *words = tutti_stage_key (jam);

  gtk_label_set_text (GTK_LABEL (self->scale_name), words != NULL ? words : _("Chromatic"));
  gtk_widget_set_visible (self->scale_icon, g_variant_get_boolean (locked));
  if (g_variant_get_boolean (locked))
    gtk_widget_add_css_class (self->scale_button, "locked");
  else
    gtk_widget_remove_css_class (self->scale_button, "locked");
  gtk_widget_set_sensitive (self->fold, jam->scale != TUTTI_SCALE_CHROMATIC);
}

static void
show_chip (TuttiNotesPage *self, const TuttiJam *jam)
{
  guint n = tutti_note_grid_count_outside (TUTTI_NOTE_GRID (self->grid));
  g_autofree char *key = tutti_stage_key (jam);
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->chip, n > 0);
  if (n == 0)
    return;
  /* Translators: the second is a key such as "C minor" */
  words = self->narrow ? g_strdup_printf ("%u!", n)
                       : g_strdup_printf (ngettext ("%u note outside %s", "%u notes outside %s", n), n, key != NULL ? key : "");
  gtk_label_set_text (GTK_LABEL (self->chip_words), words);
}

static void
show_name (GtkWidget *label, const char *name)
{
  gtk_label_set_text (GTK_LABEL (label), name);
  gtk_label_set_width_chars (GTK_LABEL (label), (int) MIN (g_utf8_strlen (name, -1), NAME_CHARS));
}

static void
show_snap (TuttiNotesPage *self)
{
  static const struct { int ticks; const char *words; } snaps[] = {
    { 960, N_("1/4") }, { 480, N_("1/8") }, { 320, N_("1/8 T") }, { 240, N_("1/16") }, { 160, N_("1/16 T") }, { 120, N_("1/32") },
    { 0, N_("Off") },
  };
  g_autoptr(GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "snap");

  for (guint i = 0; i < G_N_ELEMENTS (snaps); i++)
    if (snaps[i].ticks == g_variant_get_int32 (state))
      show_name (self->snap_name, _(snaps[i].words));
}

void
tutti_notes_show_tools (TuttiNotesPage *self, const TuttiJam *jam)
{
  const TuttiTrack *track = tutti_jam_track (jam, self->track, NULL), *ghost = tutti_jam_track (jam, self->ghost, NULL);
  const TuttiClip *clip = track != NULL ? tutti_track_clip (track, self->clip) : NULL;

  if (track != NULL)
    tutti_glyph_set_track (self->track_glyph, track);
  show_name (self->track_name, track != NULL ? track->name : "");
  show_name (self->clip_name, clip != NULL ? tutti_notes_clip_words (jam, clip) : _("None"));
  show_name (self->ghost_name, ghost != NULL ? ghost->name : C_("ghost notes", "None"));
  set_menu (self->track_button, tutti_notes_tracks_menu (jam, "notes.track", FALSE));
  set_menu (self->ghost_button, tutti_notes_tracks_menu (jam, "notes.ghost", TRUE));
  set_menu (self->clip_button, tutti_notes_clips_menu (jam, track));
  show_scale (self, jam);
  show_snap (self);
  show_chip (self, jam);
}

/* ---- tools ---- */

static GtkWidget *
label (const char *words, const char *css)
{
  GtkWidget *made = gtk_label_new (words);

  if (css != NULL)
    gtk_widget_add_css_class (made, css);
  return made;
}

/* "Snap 1/16 ▾": @prefix and @name (out) so that a narrow window leaves the first out. */
static GtkWidget *
menu_button (const char *tooltip, const char *words, GtkWidget **prefix, GtkWidget **name)
{
  GtkWidget *button = gtk_menu_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  if (prefix != NULL)
    {
      *prefix = label (words, "dim-label");
      gtk_box_append (GTK_BOX (box), *prefix);
    }
  *name = label ("", "heading");
  gtk_label_set_ellipsize (GTK_LABEL (*name), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (*name), NAME_CHARS);
  gtk_box_append (GTK_BOX (box), *name);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("tutti-expand-symbolic"));
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), box);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static GtkWidget *
build_track_button (TuttiNotesPage *self)
{
  self->track_button = menu_button (_("Track"), NULL, NULL, &self->track_name);
  self->track_glyph = tutti_glyph_new ();
  gtk_widget_add_css_class (self->track_glyph, "small-glyph");
  gtk_box_prepend (GTK_BOX (gtk_menu_button_get_child (GTK_MENU_BUTTON (self->track_button))), self->track_glyph);
  gtk_widget_remove_css_class (self->track_button, "flat");
  return self->track_button;
}

/* One of four, and the kind of chord beside the third. */
static GtkWidget *
build_tool_switch (TuttiNotesPage *self)
{
  static const struct { const char *name, *icon, *tooltip; } tools[] = {
    { "draw", "tutti-pencil-symbolic", N_("Draw Notes") },
    { "select", "tutti-select-symbolic", N_("Select Notes") },
    { "chord", "tutti-chord-symbolic", N_("Stamp Chords") },
    { "split", "tutti-split-symbolic", N_("Split Notes") },
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *button;

  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      button = gtk_toggle_button_new ();
      gtk_button_set_icon_name (GTK_BUTTON (button), tools[i].icon);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "notes.tool");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", tools[i].name);
      gtk_widget_set_tooltip_text (button, _(tools[i].tooltip));
      gtk_box_append (GTK_BOX (box), button);
    }
  button = gtk_menu_button_new ();
  gtk_widget_set_tooltip_text (button, _("Kind of Chord"));
  set_menu (button, tutti_notes_stamps_menu ());
  gtk_widget_add_css_class (button, "flat-tight");
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static GtkWidget *
build_chip (TuttiNotesPage *self)
{
  self->chip = gtk_button_new ();
  self->chip_words = label ("", NULL);
  gtk_button_set_child (GTK_BUTTON (self->chip), self->chip_words);
  gtk_widget_add_css_class (self->chip, "chip");
  gtk_widget_add_css_class (self->chip, "warn");
  gtk_widget_set_valign (self->chip, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->chip, _("Select the Notes Outside the Scale"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->chip), "notes.select-outside");
  return self->chip;
}

static GtkWidget *
build_list_button (TuttiNotesPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->list_button = gtk_toggle_button_new ();
  self->list_label = label (_("Note List"), NULL);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("view-list-symbolic"));
  gtk_box_append (GTK_BOX (box), self->list_label);
  gtk_button_set_child (GTK_BUTTON (self->list_button), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->list_button), "notes.list");
  gtk_widget_set_tooltip_text (self->list_button, _("The notes as a list of words"));
  gtk_widget_set_valign (self->list_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->list_button, "flat");
  return self->list_button;
}

static GtkWidget *
build_tools (TuttiNotesPage *self)
{
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *spring = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (tools, "tools");
  gtk_box_append (GTK_BOX (tools), build_track_button (self));
  self->clip_button = menu_button (_("Clip"), _("Clip"), &self->clip_prefix, &self->clip_name);
  gtk_box_append (GTK_BOX (tools), self->clip_button);
  gtk_box_append (GTK_BOX (tools), build_tool_switch (self));
  self->snap_button = menu_button (_("What beginnings and ends keep to"), _("Snap"), &self->snap_prefix, &self->snap_name);
  set_menu (self->snap_button, tutti_notes_snap_menu ());
  gtk_box_append (GTK_BOX (tools), self->snap_button);
  self->scale_button = menu_button (_("Key and Scale"), NULL, NULL, &self->scale_name);
  gtk_label_set_ellipsize (GTK_LABEL (self->scale_name), PANGO_ELLIPSIZE_NONE);
  self->scale_icon = gtk_image_new_from_icon_name ("tutti-lock-symbolic");
  gtk_box_prepend (GTK_BOX (gtk_menu_button_get_child (GTK_MENU_BUTTON (self->scale_button))), self->scale_icon);
  set_menu (self->scale_button, tutti_notes_scale_menu ());
  gtk_box_append (GTK_BOX (tools), self->scale_button);
  self->fold = gtk_toggle_button_new_with_label (_("Only Scale Notes"));
  gtk_widget_add_css_class (self->fold, "flat");
  gtk_widget_set_valign (self->fold, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->fold), "notes.fold");
  gtk_box_append (GTK_BOX (tools), self->fold);
  self->ghost_button = menu_button (_("Notes of another track, behind these"), _("Ghost"), &self->ghost_prefix, &self->ghost_name);
  gtk_box_append (GTK_BOX (tools), self->ghost_button);
  gtk_widget_set_hexpand (spring, TRUE);
  gtk_box_append (GTK_BOX (tools), spring);
  gtk_box_append (GTK_BOX (tools), build_chip (self));
  gtk_box_append (GTK_BOX (tools), build_list_button (self));
  self->more = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->more), "view-more-symbolic");
  gtk_widget_set_tooltip_text (self->more, _("What can be done to notes"));
  gtk_widget_set_valign (self->more, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->more, "flat");
  set_menu (self->more, tutti_notes_commands_menu ());
  gtk_box_append (GTK_BOX (tools), self->more);
  return tools;
}

/* ---- the roll ---- */

static GtkWidget *
lane_label (const char *text)
{
  GtkWidget *words = label (text, "dim-label");

  gtk_widget_set_valign (words, GTK_ALIGN_START);
  gtk_widget_set_halign (words, GTK_ALIGN_START);
  gtk_widget_add_css_class (words, "lane-label");
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  return words;
}

/* A scrolled window without bars of its own in the way: the roll scrolls, what stands beside it follows. */
static GtkWidget *
build_roll (TuttiNotesPage *self)
{
  GtkWidget *roll = gtk_grid_new (), *over = gtk_overlay_new (), *beside = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *corner = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->grid);
  /* The roll is larger than its window: getting the focus would scroll it to its edge, away from the notes. */
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->scroller))), FALSE);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_hexpand (self->scroller, TRUE);
  gtk_overlay_set_child (GTK_OVERLAY (over), self->scroller);
  self->now = tutti_note_side_new (TUTTI_NOTE_GRID (self->grid), TUTTI_NOTE_SIDE_NOW);
  gtk_widget_set_can_target (self->now, FALSE);
  gtk_overlay_add_overlay (GTK_OVERLAY (over), self->now);
  self->keys = tutti_note_side_new (TUTTI_NOTE_GRID (self->grid), TUTTI_NOTE_SIDE_KEYS);
  self->ruler = tutti_note_side_new (TUTTI_NOTE_GRID (self->grid), TUTTI_NOTE_SIDE_RULER);
  self->velocities = tutti_note_side_new (TUTTI_NOTE_GRID (self->grid), TUTTI_NOTE_SIDE_VELOCITIES);
  self->chords = tutti_chord_bar_new (TUTTI_NOTE_GRID (self->grid));
  self->lane_label = lane_label (_("Velocity"));
  self->chords_label = lane_label (_("Chords"));
  gtk_widget_add_css_class (self->velocities, "lane");
  gtk_grid_set_column_spacing (GTK_GRID (roll), 12);
  gtk_grid_attach (GTK_GRID (roll), corner, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (roll), self->ruler, 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (roll), self->chords_label, 0, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (roll), self->chords, 1, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (roll), self->keys, 0, 2, 1, 1);
  gtk_grid_attach (GTK_GRID (roll), over, 1, 2, 1, 1);
  gtk_grid_attach (GTK_GRID (roll), self->lane_label, 0, 3, 1, 1);
  gtk_grid_attach (GTK_GRID (roll), self->velocities, 1, 3, 1, 1);
  gtk_widget_set_direction (roll, GTK_TEXT_DIR_LTR);
  gtk_widget_set_hexpand (roll, TRUE);
  self->list = tutti_note_list_new (TUTTI_NOTE_GRID (self->grid));
  gtk_widget_set_visible (self->list, FALSE);
  gtk_box_append (GTK_BOX (beside), roll);
  gtk_widget_add_css_class (self->list, "note-list");
  gtk_box_append (GTK_BOX (beside), self->list);
  return beside;
}

static GtkWidget *
empty_page (const char *icon, const char *title, const char *description, const char *button, const char *action)
{
  GtkWidget *page = adw_status_page_new (), *press = gtk_button_new_with_label (button);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  gtk_widget_add_css_class (press, "suggested-action");
  gtk_widget_add_css_class (press, "pill");
  gtk_widget_set_halign (press, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (press), action);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), press);
  return page;
}

void
tutti_notes_fit (TuttiNotesPage *self)
{
  GtkWidget *wide[] = { self->clip_prefix, self->snap_prefix, self->ghost_prefix, self->ghost_button, self->fold, self->list_label,
                        self->list_button, self->lane_label, self->chords_label, self->clip_button };

  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    gtk_widget_set_visible (wide[i], !self->narrow || wide[i] == self->clip_button);
  tutti_note_side_set_narrow (TUTTI_NOTE_SIDE (self->keys), self->narrow);
  gtk_widget_set_size_request (self->lane_label, -1, -1);
}

void
tutti_notes_build (TuttiNotesPage *self)
{
  GtkWidget *over = gtk_scrolled_window_new ();

  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->grid = tutti_note_grid_new (self->session);
  self->tools = build_tools (self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (over), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (over), self->tools);
  gtk_widget_add_css_class (over, "tools-scroller");
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), build_roll (self), "roll");
  self->no_clip = empty_page ("tutti-notes-symbolic", _("No Notes Yet"),
                              _("A clip of notes plays what you draw, of any length and pitch, beside the clips of steps."),
                              _("New Clip of Notes"), "notes.new-clip");
  self->no_track = empty_page ("tutti-keys-symbolic", _("No Melodic Track"),
                               _("Notes want a sound with a pitch: a bass, keys, bells. Add one, and draw."),
                               _("Add a Track"), "jam.add-track");
  gtk_stack_add_named (GTK_STACK (self->stack), self->no_clip, "no-clip");
  gtk_stack_add_named (GTK_STACK (self->stack), self->no_track, "no-track");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (self->root), over);
  gtk_box_append (GTK_BOX (self->root), self->stack);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}
