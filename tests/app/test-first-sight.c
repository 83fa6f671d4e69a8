/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody sees who opens a jam for the first time, on a display that nobody sees. */
#include "tutti-app.h"
#include "tutti-jam-page.h"
#include "tutti-notes-private.h"
#include "tutti-notes-page.h"
#include "tutti-pattern-page.h"
#include "tutti-session-fake.h"

#include <adwaita.h>

#define DEADLINE_US (20 * G_USEC_PER_SEC)
#define BAR (4 * 960)

typedef struct
{
  TuttiSession  *session;      /* owned */
  GtkWidget     *window, *page;
  TuttiStepGrid *grid;
} Fixture;

typedef gboolean (*Condition) (Fixture *self);

static void
wait_for (Fixture *self, Condition condition, const char *what)
{
  gint64 until = g_get_monotonic_time () + DEADLINE_US;

  while (!condition (self))
    {
      if (g_get_monotonic_time () > until)
        g_error ("never: %s", what);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

static gboolean
is_laid_out (Fixture *self)
{
  return gtk_widget_get_mapped (self->page) && gtk_widget_get_width (GTK_WIDGET (self->grid)) > 0 &&
         tutti_step_grid_get_n_rows (self->grid) > 0;
}

static void
open_page_of (Fixture *self, int width)
{
  self->session = tutti_session_fake_new ();
  tutti_session_fake_fill (self->session);
  tutti_session_fake_add_member (self->session, 1, "Sam", TUTTI_PERSON_MINT, TRUE);
  tutti_session_fake_set_tick (self->session, 16 * 960);
  self->window = adw_window_new ();
  self->page = tutti_jam_page_new (self->session);
  self->grid = tutti_pattern_page_get_grid (tutti_jam_page_get_pattern (TUTTI_JAM_PAGE (self->page)));
  gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, 800);
  adw_window_set_content (ADW_WINDOW (self->window), self->page);
  gtk_window_present (GTK_WINDOW (self->window));
  wait_for (self, is_laid_out, "a page on the screen");
}

static void
open_page (Fixture *self)
{
  open_page_of (self, 1280);
}

static void
close_page (Fixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->session);
}

/* ---- the page that is followed ---- */

static void
receive (Fixture *self, TuttiOp *op)
{
  g_assert_true (tutti_session_fake_receive (self->session, op, 2));
}

static int
page_at (Fixture *self, gint64 tick)
{
  tutti_session_fake_set_tick (self->session, tick);
  tutti_jam_page_beat (TUTTI_JAM_PAGE (self->page), g_get_monotonic_time ());
  return tutti_step_grid_get_page (self->grid);
}

/* A pattern of one bar beside one of four: who works on the short one always sees it; who works on the long one sees all of it. */
static void
test_follow_short (void)
{
  Fixture self;
  const TuttiJam *jam;
  TuttiId scene;

  open_page (&self);
  jam = tutti_session_get_jam (self.session);
  scene = tutti_step_grid_get_scene (self.grid);
  for (guint i = 0; i < 2; i++)
    {
      const TuttiClip *clip = tutti_track_clip_at (jam->tracks[i], scene);

      g_assert_nonnull (clip);
      receive (&self, tutti_op_new (TUTTI_OP_CLIP_LENGTH, clip->id, TUTTI_N (i == 0 ? 16 : 64)));
    }
  receive (&self, tutti_op_new (TUTTI_OP_LAUNCH_SCENE, scene, TUTTI_N (TUTTI_QUANTUM_NOW)));
  tutti_step_grid_focus_step (self.grid, 0, 0, FALSE);
  for (int bar = 0; bar < 8; bar++)
    g_assert_cmpint (page_at (&self, (16 + bar) * BAR), ==, 0);
  tutti_step_grid_focus_step (self.grid, 1, 0, FALSE);
  g_assert_cmpuint (tutti_step_grid_get_n_pages (self.grid), >=, 4);
  gint64 from = tutti_track_launch_at (jam->tracks[1], 16 * BAR).from_tick;

  for (int bar = 0; bar < 8; bar++)
    g_assert_cmpint (page_at (&self, from + (gint64) bar * BAR), ==, bar % 4);
  close_page (&self);
}

/* ---- what buttons say ---- */

static GtkWidget *
find_action (GtkWidget *widget, const char *action)
{
  GtkWidget *found = NULL;

  if (GTK_IS_ACTIONABLE (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_action (child, action);
  return found;
}

/* Buttons with a picture have no words but their tooltip's. */
static void
test_transport_words (void)
{
  static const char * const actions[] = { "jam.to-start", "jam.stop", "jam.play-pause", "jam.loop", "jam.metronome", "jam.count-in" };
  Fixture self;

  open_page (&self);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GtkWidget *button = find_action (self.page, actions[i]);

      g_assert_nonnull (button);
      if (gtk_widget_get_tooltip_text (button) == NULL)
        g_error ("%s says nothing", actions[i]);
    }
  close_page (&self);
}

/* ---- what was added ---- */

static gboolean
selected_is_in_sight (Fixture *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self->grid), GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  graphene_rect_t place;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->grid)) &&
         gtk_widget_compute_bounds (focus, scroller, &place) && place.origin.y >= 0 &&
         place.origin.y + place.size.height <= gtk_widget_get_height (scroller);
}

/* Also where the desk leaves no room for all rows. */
static void
test_added (void)
{
  Fixture self;
  const TuttiJam *jam;
  guint n;

  open_page (&self);
  jam = tutti_session_get_jam (self.session);
  gtk_widget_activate_action (self.page, "page.desk", "i", 2);
  n = jam->n_tracks;
  gtk_widget_activate_action (GTK_WIDGET (self.grid), "jam.add-track-of", "s", "kit:rubber-bass");
  g_assert_cmpuint (jam->n_tracks, ==, n + 1);
  g_assert_true (tutti_id_equal (tutti_step_grid_get_track (self.grid), jam->tracks[n]->id));
  wait_for (&self, selected_is_in_sight, "the new track in sight");
  close_page (&self);
}

/* ---- the notes ---- */

static GtkWidget *
find_notes (GtkWidget *widget)
{
  GtkWidget *found = TUTTI_IS_NOTE_GRID (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_notes (child);
  return found;
}

static GtkAdjustment *
notes_height (Fixture *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (find_notes (self->page), GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
}

static gboolean
notes_are_shown (Fixture *self)
{
  return gtk_widget_get_mapped (find_notes (self->page)) && gtk_adjustment_get_page_size (notes_height (self)) > 0 &&
         gtk_adjustment_get_value (notes_height (self)) > 0;
}

/* What is drawn is what the keys and the ruler beside it tell of: the roll lies where it was scrolled to. */
static gboolean
roll_lies_there (Fixture *self)
{
  GtkWidget *roll = find_notes (self->page);
  graphene_rect_t place;

  return notes_are_shown (self) &&
         gtk_widget_compute_bounds (roll, gtk_widget_get_ancestor (roll, GTK_TYPE_SCROLLED_WINDOW), &place) &&
         ABS (place.origin.y + gtk_adjustment_get_value (notes_height (self))) < 1;
}

static gboolean
is_pattern (Fixture *self)
{
  return gtk_widget_get_mapped (GTK_WIDGET (self->grid)) && !gtk_widget_get_mapped (find_notes (self->page));
}

/* The roll stays at its notes when the focus comes to it, and when somebody was elsewhere meanwhile. */
static void
test_notes_stay (void)
{
  Fixture self;
  double there;

  open_page (&self);
  tutti_session_fake_fill_notes (self.session);
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "notes");
  tutti_notes_page_show (tutti_jam_page_get_notes (TUTTI_JAM_PAGE (self.page)),
                         tutti_session_get_jam (self.session)->tracks[6]->id, tutti_id (0, 0));
  wait_for (&self, roll_lies_there, "the notes");
  there = gtk_adjustment_get_value (notes_height (&self));
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "pattern");
  wait_for (&self, is_pattern, "the pattern");
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "notes");
  wait_for (&self, notes_are_shown, "the notes again");
  gtk_widget_grab_focus (find_notes (self.page));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpfloat (gtk_adjustment_get_value (notes_height (&self)), ==, there);
  close_page (&self);
}

/* Four octaves and more apart, and late in a long clip. */
static TuttiId
add_wide_notes (Fixture *self)
{
  static const struct { int tick, pitch; } wide[] = { { 100 * 240, 100 }, { 101 * 240, 98 }, { 110 * 240, 24 } };
  TuttiId clip = tutti_session_new_id (self->session), scene = tutti_session_new_id (self->session);
  TuttiId track = tutti_session_get_jam (self->session)->tracks[6]->id;
  TuttiNotes *notes = tutti_notes_new (G_N_ELEMENTS (wide));

  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    notes->edit[i] = (TuttiNoteEdit) { { tutti_session_new_id (self->session), wide[i].tick, 240, (guint8) wide[i].pitch, 100 },
                                       TUTTI_NOTE_WHOLE };
  receive (self, tutti_op_new (TUTTI_OP_SCENE_ADD, scene, "Wide", TUTTI_N (0)));
  receive (self, tutti_op_new (TUTTI_OP_CLIP_ADD_NOTES, clip, track, scene, ""));
  receive (self, tutti_op_new (TUTTI_OP_CLIP_LENGTH, clip, TUTTI_N (128)));
  receive (self, tutti_op_new (TUTTI_OP_NOTES, clip, notes));
  return clip;
}

static gboolean
holds (GtkAdjustment *adjustment, double from, double to)
{
  return gtk_adjustment_get_value (adjustment) <= from &&
         gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) >= to;
}

/* The first two, as the third is too far away. */
static gboolean
first_notes_are_in_sight (Fixture *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (find_notes (self->page), GTK_TYPE_SCROLLED_WINDOW);

  return roll_lies_there (self) && holds (notes_height (self), (127 - 100) * TUTTI_NOTE_ROW, (127 - 98 + 1) * TUTTI_NOTE_ROW) &&
         holds (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller)), 100 * TUTTI_NOTE_STEP_WIDTH,
                102 * TUTTI_NOTE_STEP_WIDTH);
}

static void
test_first_notes (void)
{
  Fixture self;
  TuttiId clip;

  open_page (&self);
  clip = add_wide_notes (&self);
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "notes");
  tutti_notes_page_show (tutti_jam_page_get_notes (TUTTI_JAM_PAGE (self.page)),
                         tutti_session_get_jam (self.session)->tracks[6]->id, clip);
  wait_for (&self, first_notes_are_in_sight, "the first notes in sight");
  close_page (&self);
}

static GtkWidget *
tools_scroller (Fixture *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (find_notes (self->page), TUTTI_TYPE_NOTES_PAGE);

  return gtk_widget_get_first_child (gtk_widget_get_first_child (page));
}

static gboolean
tools_are_shown (Fixture *self)
{
  GtkAdjustment *width = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (tools_scroller (self)));

  return gtk_widget_get_mapped (tools_scroller (self)) && gtk_adjustment_get_page_size (width) > 0;
}

/* Tools that do not fit their window scroll, and fade at the edge behind which there are more. */
static void
test_tools_edge (void)
{
  Fixture self;
  GtkAdjustment *width;
  GtkWidget *scroller;

  open_page_of (&self, 900);
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "notes");
  scroller = tools_scroller (&self);
  g_assert_true (GTK_IS_SCROLLED_WINDOW (scroller));
  g_assert_true (gtk_widget_has_css_class (scroller, "tools-scroller"));
  wait_for (&self, tools_are_shown, "the tools");
  width = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller));
  g_assert_cmpfloat (gtk_adjustment_get_upper (width), >, gtk_adjustment_get_page_size (width));
  close_page (&self);
}

int
main (int argc, char **argv)
{
  g_autoptr(AdwApplication) app = NULL;

  g_test_init (&argc, &argv, NULL);
  tutti_app_init ();
  /* It is the application that brings the style sheet along. */
  app = adw_application_new ("io.github.tuttijam.Tutti", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (app), NULL, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/first-sight/follow-short", test_follow_short);
  g_test_add_func ("/first-sight/transport-words", test_transport_words);
  g_test_add_func ("/first-sight/added", test_added);
  g_test_add_func ("/first-sight/notes-stay", test_notes_stay);
  g_test_add_func ("/first-sight/first-notes", test_first_notes);
  g_test_add_func ("/first-sight/tools-edge", test_tools_edge);
  return g_test_run ();
}
