/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Laws of the open jam's page, on a display that nobody sees: what must be whole, in sight, or where it was. */
#include "tutti-app.h"
#include "tutti-ask.h"
#include "tutti-cell-news.h"
#include "tutti-clips-page.h"
#include "tutti-debug-dialog.h"
#include "tutti-fader.h"
#include "tutti-jam-json.h"
#include "tutti-jam-page.h"
#include "tutti-session-fake.h"
#include "tutti-step-keys.h"
#include "tutti-step-menu.h"
#include "tutti-strip.h"
#include "tutti-timing-graph.h"
#include "tutti-track-menu.h"

#include <adwaita.h>

#define DEADLINE_US (20 * G_USEC_PER_SEC)

typedef struct
{
  TuttiSession  *session;      /* owned */
  GtkWidget     *window, *page;
  TuttiStepGrid *grid;
} Fixture;

typedef gboolean (*Condition) (Fixture *self);

/* Until @condition holds: the main loop says when, and a deadline when never. */
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
open_page (Fixture *self, int width, int height)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  self->session = tutti_session_fake_new ();
  tutti_session_fake_fill (self->session);
  tutti_session_fake_add_member (self->session, 1, "Sam", TUTTI_PERSON_MINT, TRUE);
  tutti_session_fake_set_tick (self->session, 16 * 960);
  self->window = adw_window_new ();
  self->page = tutti_jam_page_new (self->session);
  self->grid = tutti_pattern_page_get_grid (tutti_jam_page_get_pattern (TUTTI_JAM_PAGE (self->page)));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), self->page);
  gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  adw_window_set_content (ADW_WINDOW (self->window), overlay);
  gtk_window_present (GTK_WINDOW (self->window));
  wait_for (self, is_laid_out, "a page on the screen");
}

static void
close_page (Fixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->session);
}

static void
beat (Fixture *self)
{
  tutti_jam_page_beat (TUTTI_JAM_PAGE (self->page), g_get_monotonic_time ());
}

/* ---- what is below a widget ---- */

typedef gboolean (*Match) (GtkWidget *widget, gconstpointer data);

static GtkWidget *
find (GtkWidget *widget, Match match, gconstpointer data)
{
  GtkWidget *found = match (widget, data) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find (child, match, data);
  return found;
}

static gboolean
is_label (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);
}

static gboolean
is_of_class (GtkWidget *widget, gconstpointer css_class)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_has_css_class (widget, css_class);
}

static gboolean
has_tooltip (GtkWidget *widget, gconstpointer text)
{
  return gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0;
}

static gboolean
is_scroller (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_SCROLLED_WINDOW (widget);
}

/* Where @widget lies in the window. */
static graphene_rect_t
place_of (Fixture *self, GtkWidget *widget)
{
  graphene_rect_t place;

  g_assert_nonnull (widget);
  g_assert_true (gtk_widget_compute_bounds (widget, self->page, &place));
  return place;
}

static void
check_in_sight (Fixture *self, GtkWidget *widget)
{
  graphene_rect_t place = place_of (self, widget), whole = place_of (self, self->page);

  g_assert_true (graphene_rect_contains_rect (&whole, &place));
}

/* ---- menus ---- */

static GtkWidget *
open_menu (Fixture *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->grid)); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      return child;
  return NULL;
}

static gboolean
menu_is_whole (Fixture *self)
{
  GtkWidget *menu = open_menu (self), *scroller = menu != NULL ? find (menu, is_scroller, NULL) : NULL;
  GtkAdjustment *down = scroller != NULL ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)) : NULL;
  int lines = 0;

  if (down == NULL || !gtk_widget_get_mapped (menu))
    return FALSE;
  gtk_widget_measure (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller)), GTK_ORIENTATION_VERTICAL, -1, NULL, &lines,
                      NULL, NULL);
  return find (menu, is_of_class, "horizontal") != NULL && gtk_adjustment_get_page_size (down) >= gtk_adjustment_get_upper (down) &&
         gtk_adjustment_get_page_size (down) >= lines;
}

static void
test_step_menu (void)
{
  Fixture self;

  open_page (&self, 1280, 800);
  tutti_step_grid_focus_step (self.grid, 1, 4, TRUE);
  tutti_step_menu_open (self.grid);
  wait_for (&self, menu_is_whole, "all entries of a step's menu in sight");
  close_page (&self);
}

static void
test_track_menu (void)
{
  Fixture self;

  open_page (&self, 1280, 800);
  tutti_track_menu_open (find (GTK_WIDGET (self.grid), is_of_class, "selected"), FALSE, 20, 20);
  wait_for (&self, menu_is_whole, "all entries of a track's menu in sight");
  close_page (&self);
}

/* ---- following ---- */

static void
launch (Fixture *self, guint scene)
{
  TuttiId id = tutti_session_get_jam (self->session)->scenes[scene].id;

  g_assert_true (tutti_session_fake_receive (self->session, tutti_op_new (TUTTI_OP_LAUNCH_SCENE, id, TUTTI_N (TUTTI_QUANTUM_NOW)), 2));
  beat (self);
}

static int
shown_scene (Fixture *self)
{
  guint index;

  return tutti_jam_scene (tutti_session_get_jam (self->session), tutti_step_grid_get_scene (self->grid), &index) != NULL ? (int) index : -1;
}

/* The scene that begins to sound is shown; one chosen by hand stays until the next begins. */
static void
test_follow (void)
{
  Fixture self;
  const TuttiJam *jam;

  open_page (&self, 1280, 800);
  jam = tutti_session_get_jam (self.session);
  launch (&self, 2);
  g_assert_cmpint (shown_scene (&self), ==, 2);
  tutti_step_grid_set_scene (self.grid, jam->scenes[0].id);
  beat (&self);
  g_assert_cmpint (shown_scene (&self), ==, 0);
  launch (&self, 3);
  g_assert_cmpint (shown_scene (&self), ==, 3);
  close_page (&self);
}

/* Nothing moves under a stroke, nor for who selects another track, nor for who does not follow. */
static void
test_follow_rests (void)
{
  Fixture self;
  const TuttiJam *jam;
  const TuttiClip *other;

  open_page (&self, 1280, 800);
  jam = tutti_session_get_jam (self.session);
  tutti_step_grid_focus_step (self.grid, 0, 0, FALSE);
  launch (&self, 2);
  tutti_step_grid_set_held (self.grid, TRUE);
  launch (&self, 3);
  g_assert_cmpint (shown_scene (&self), ==, 2);
  tutti_step_grid_set_held (self.grid, FALSE);
  beat (&self);
  g_assert_cmpint (shown_scene (&self), ==, 3);

  other = tutti_track_clip_at (jam->tracks[2], jam->scenes[1].id);
  g_assert_nonnull (other);
  tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_LAUNCH, jam->tracks[2]->id, other->id, TUTTI_N (TUTTI_QUANTUM_NOW)), 2);
  beat (&self);
  tutti_step_grid_focus_step (self.grid, 2, 0, FALSE);
  beat (&self);
  g_assert_cmpint (shown_scene (&self), ==, 3);
  gtk_widget_activate_action (GTK_WIDGET (self.grid), "pattern.follow", NULL);
  launch (&self, 0);
  g_assert_cmpint (shown_scene (&self), ==, 3);
  gtk_widget_activate_action (GTK_WIDGET (self.grid), "pattern.follow", NULL);
  beat (&self);
  g_assert_cmpint (shown_scene (&self), ==, 0);
  close_page (&self);
}

/* ---- what became of edits ---- */

static TuttiCellFlags
flags_of (Fixture *self, int step)
{
  return tutti_cell_get_look (tutti_step_row_get_cell (tutti_step_grid_get_row (self->grid, 0), step))->flags;
}

static gboolean
is_no_more_refused (Fixture *self)
{
  return (flags_of (self, 2) & TUTTI_CELL_REFUSED) == 0;
}

/* A refused edit is shown on its cell, and goes by itself. */
static void
test_refused (void)
{
  Fixture self;
  g_autoptr(TuttiOp) op = NULL;
  g_autoptr(GError) why = g_error_new_literal (TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_ALLOWED, "Not allowed");

  open_page (&self, 1280, 800);
  op = tutti_op_new (TUTTI_OP_STEP, tutti_step_row_get_clip (tutti_step_grid_get_row (self.grid, 0)), TUTTI_N (2), TUTTI_N (90));
  g_signal_emit_by_name (self.session, "refused", op, why);
  g_assert_cmpuint (flags_of (&self, 2) & TUTTI_CELL_REFUSED, !=, 0);
  g_assert_cmpuint (flags_of (&self, 3) & TUTTI_CELL_REFUSED, ==, 0);
  wait_for (&self, is_no_more_refused, "the end of a refusal");
  close_page (&self);
}

/* ---- how the jam is kept ---- */

static const char published_words[] = "Published: read only. Remix it to change it.";
static const char full_words[] = "The disk is full where this jam is kept. It plays on, but takes no edits until there is room.";

static gboolean
is_published (Fixture *self)
{
  return find (self->page, is_label, published_words) != NULL;
}

static gboolean
is_not_published (Fixture *self)
{
  return !is_published (self);
}

/* The bar says it as long as it holds, and nobody edits. */
static void
test_published (void)
{
  Fixture self;
  TuttiId clip;

  open_page (&self, 1280, 800);
  clip = tutti_step_row_get_clip (tutti_step_grid_get_row (self.grid, 0));
  tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_JAM_PUBLISHED, TUTTI_N (1)), 0);
  wait_for (&self, is_published, "the bar of a published jam");
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_STEP, clip, TUTTI_N (2), TUTTI_N (90));
  g_autofree char *denied = tutti_denied_words (self.session, op);

  g_assert_cmpstr (denied, ==, published_words);
  tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_JAM_PUBLISHED, TUTTI_N (0)), 0);
  wait_for (&self, is_not_published, "the end of that bar");
  close_page (&self);
}

static gboolean
is_full (Fixture *self)
{
  return find (self->page, is_label, full_words) != NULL;
}

static gboolean
is_not_full (Fixture *self)
{
  return !is_full (self);
}

/* A full disk is said until something is kept again. */
static void
test_disk_full (void)
{
  Fixture self;
  g_autoptr(GError) why = g_error_new_literal (TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_KEPT, "the disk is full");

  open_page (&self, 1280, 800);
  TuttiId clip = tutti_step_row_get_clip (tutti_step_grid_get_row (self.grid, 0));
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_STEP, clip, TUTTI_N (2), TUTTI_N (90));

  g_signal_emit_by_name (self.session, "refused", op, why);
  wait_for (&self, is_full, "the bar of a full disk");
  tutti_session_fake_receive (self.session, tutti_op_copy (op), 1);
  wait_for (&self, is_not_full, "the end of that bar");
  close_page (&self);
}

/* A press on the badge of an overridden step puts mine back, and the badge goes; beside the badge it does nothing of the kind. */
static void
test_badge (void)
{
  Fixture self;
  g_autoptr(TuttiOp) mine = NULL;
  graphene_rect_t place;
  TuttiId clip;

  open_page (&self, 1280, 800);
  clip = tutti_step_row_get_clip (tutti_step_grid_get_row (self.grid, 0));
  mine = tutti_op_new (TUTTI_OP_STEP, clip, TUTTI_N (2), TUTTI_N (77));
  tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_STEP, clip, TUTTI_N (2), TUTTI_N (33)), 2);
  g_signal_emit_by_name (self.session, "crossed", mine, NULL, 2, FALSE);
  g_assert_cmpuint (flags_of (&self, 2) & TUTTI_CELL_CONFLICT, !=, 0);
  g_assert_true (tutti_step_grid_place (self.grid, tutti_step_row_get_track (tutti_step_grid_get_row (self.grid, 0)), 2, &place));
  g_assert_false (tutti_cell_news_press (self.grid, place.origin.x + 2, place.origin.y + place.size.height - 2));
  g_assert_true (tutti_cell_news_press (self.grid, place.origin.x + place.size.width - TUTTI_CELL_BADGE_X,
                                        place.origin.y + TUTTI_CELL_BADGE_Y));
  g_assert_cmpint (tutti_jam_clip (tutti_session_get_jam (self.session), clip, NULL)->steps[2].velocity, ==, 77);
  g_assert_cmpuint (flags_of (&self, 2) & TUTTI_CELL_CONFLICT, ==, 0);
  close_page (&self);
}

/* ---- the history ---- */

static gboolean
is_history (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LIST_VIEW (widget) && gtk_widget_get_mapped (widget);
}

static gboolean
shows_history (Fixture *self)
{
  return find (self->page, is_history, NULL) != NULL;
}

static gboolean
tells_steps (Fixture *self)
{
  return find (self->page, is_label, "3 steps of Kick") != NULL;
}

static gboolean
tells_hearing (Fixture *self)
{
  return find (self->page, is_of_class, "only-mine") != NULL;
}

static gboolean
tells_nothing_of_hearing (Fixture *self)
{
  return !tells_hearing (self);
}

/* Edits of one go are one entry; Enter hears it, and the bar above the views says so until it is stopped. */
static void
test_history (void)
{
  Fixture self;
  TuttiId clip;

  open_page (&self, 1280, 800);
  tutti_jam_page_set_panel (TUTTI_JAM_PAGE (self.page), "history");
  wait_for (&self, shows_history, "the history");
  clip = tutti_step_row_get_clip (tutti_step_grid_get_row (self.grid, 0));
  for (int i = 4; i < 7; i++)
    tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_STEP, clip, TUTTI_N (i), TUTTI_N (44)), 2);
  wait_for (&self, tells_steps, "what happened");
  gtk_widget_activate_action (find (self.page, is_history, NULL), "list.activate-item", "u", 0);
  g_assert_cmpint (tutti_session_get_hearing (self.session), >, 0);
  wait_for (&self, tells_hearing, "that only I hear it");
  gtk_widget_activate_action (self.page, "history.stop", NULL);
  g_assert_cmpint (tutti_session_get_hearing (self.session), ==, -1);
  wait_for (&self, tells_nothing_of_hearing, "that it is over");
  close_page (&self);
}

/* What was overridden stands above it with both values, and goes when mine is put back. */
static void
test_overridden (void)
{
  Fixture self;
  g_autoptr(TuttiOp) mine = NULL, theirs = NULL;
  TuttiId clip;
  GtkWidget *label;

  open_page (&self, 1280, 800);
  tutti_jam_page_set_panel (TUTTI_JAM_PAGE (self.page), "history");
  wait_for (&self, shows_history, "the history");
  clip = tutti_step_row_get_clip (tutti_step_grid_get_row (self.grid, 0));
  mine = tutti_op_new (TUTTI_OP_STEP, clip, TUTTI_N (2), TUTTI_N (77));
  theirs = tutti_op_new (TUTTI_OP_STEP, clip, TUTTI_N (2), TUTTI_N (33));
  tutti_session_fake_add_member (self.session, 2, "Theo", TUTTI_PERSON_COBALT, TRUE);
  tutti_session_fake_receive (self.session, tutti_op_copy (theirs), 2);
  tutti_session_fake_cross (self.session, mine, theirs, 2, FALSE);
  g_assert_nonnull (find (self.page, is_label, "Theo’s stands: on, velocity 33. Yours was: on, velocity 77"));
  label = find (self.page, is_label, "Put Mine Back");
  g_assert_nonnull (label);
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  g_assert_cmpint (tutti_jam_clip (tutti_session_get_jam (self.session), clip, NULL)->steps[2].velocity, ==, 77);
  g_assert_cmpuint (g_list_model_get_n_items (tutti_session_get_conflicts (self.session)), ==, 0);
  g_assert_null (find (self.page, is_label, "Put Mine Back"));
  close_page (&self);
}

/* ---- what people ask of each other ---- */

static gboolean
says (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

static gboolean
is_said (Fixture *self, const char *text)
{
  return find (self->window, says, text) != NULL;
}

static void
receive (Fixture *self, const char *text)
{
  g_autoptr(GError) error = NULL;
  TuttiOp *op = tutti_op_from_text (text, -1, &error);

  g_assert_no_error (error);
  g_assert_true (tutti_session_fake_receive (self->session, op, 0));
}

static const TuttiPerson *
person (Fixture *self, guint number)
{
  return tutti_jam_person (tutti_session_get_jam (self->session), number);
}

/* A viewer asks, the admin's bar says who, and its button lets them. */
static void
test_wished (void)
{
  Fixture self;

  open_page (&self, 1280, 800);
  receive (&self, "[\"person\",1,\"Sam\",\"mint\"]");
  receive (&self, "[\"person.role\",1,\"admin\"]");
  receive (&self, "[\"person\",3,\"Theo\",\"cobalt\"]");
  receive (&self, "[\"person.role\",3,\"viewer\"]");
  g_signal_emit_by_name (self.session, "wished", 3u, (int) TUTTI_WISH_EDIT);
  g_assert_true (is_said (&self, "Theo asks to edit."));
  g_assert_true (gtk_widget_activate_action (self.page, "wishes.allow", "u", 3u));
  g_assert_cmpint (person (&self, 3)->role, ==, TUTTI_ROLE_CONTRIBUTOR);
  g_signal_emit_by_name (self.session, "wished", 3u, (int) TUTTI_WISH_LEAD);
  g_assert_true (is_said (&self, "Theo asks for the lead."));
  g_assert_true (gtk_widget_activate_action (self.page, "wishes.give", "u", 3u));
  g_assert_cmpint (tutti_session_get_jam (self.session)->leader, ==, 3);
  close_page (&self);
}

/* Who took a track is said, once, and not what I did myself. */
static void
test_claimed (void)
{
  Fixture self;

  open_page (&self, 1280, 800);
  receive (&self, "[\"person\",3,\"Theo\",\"cobalt\"]");
  const TuttiTrack *track = tutti_session_get_jam (self.session)->tracks[2];
  g_autofree char *words = g_strdup_printf ("Theo claimed %s", track->name);

  g_assert_false (is_said (&self, words));
  g_assert_true (tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_TRACK_CLAIM, track->id, TUTTI_N (3)), 3));
  g_assert_true (is_said (&self, words));
  close_page (&self);
}

/* ---- how well time is kept ---- */

static void
test_timing_words (void)
{
  TuttiTrailSample sample = { .second = 1, .offset_us = 40, .round_trip_ms = 0.4f, .in_jam = TRUE };
  TuttiTrailCounts counts = { .edits = 3, .late = 1, .bytes_in = 900 };
  Fixture self;

  open_page (&self, 1280, 800);
  g_autofree char *nothing = tutti_timing_graph_words (tutti_session_get_trail (self.session));

  g_assert_cmpstr (nothing, ==, "Nothing was measured yet");
  tutti_session_fake_note (self.session, &sample, &counts);
  g_autofree char *words = tutti_timing_graph_words (tutti_session_get_trail (self.session));
  g_autofree char *text = tutti_debug_text (self.session);

  g_assert_cmpstr (words, ==, "between +0.0 and +0.0 ms, 1 edit late");
  g_assert_nonnull (strstr (text, "state           solo\n"));
  g_assert_nonnull (strstr (text, "   900 "));
  close_page (&self);
}

/* ---- room ---- */

static gboolean
is_narrow (Fixture *self)
{
  return find (self->page, is_of_class, "mini") != NULL;
}

/* Title and buttons stand beside each other. */
static void
test_narrow_header (void)
{
  Fixture self;
  graphene_rect_t title, people;

  open_page (&self, 420, 800);
  wait_for (&self, is_narrow, "the narrow page");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  title = place_of (&self, find (self.page, is_label, tutti_session_get_jam (self.session)->name));
  people = place_of (&self, find (self.page, is_of_class, "people"));
  g_assert_cmpfloat (title.origin.x + title.size.width, <=, people.origin.x);
  close_page (&self);
}

static gboolean
clips_are_shown (Fixture *self)
{
  return find (self->page, has_tooltip, "Stop All Clips (0)") != NULL && find (self->page, is_label, "Scenes") != NULL;
}

static void
check_clips (int width, gboolean narrow)
{
  Fixture self;

  open_page (&self, width, 800);
  for (int i = 0; i < 4; i++)
    gtk_widget_activate_action (self.page, "jam.add-track", NULL);
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "clips");
  if (narrow)
    wait_for (&self, is_narrow, "the narrow page");
  wait_for (&self, clips_are_shown, "the clips");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  check_in_sight (&self, find (self.page, has_tooltip, "Stop All Clips (0)"));
  check_in_sight (&self, find (self.page, is_label, "Scenes"));
  check_in_sight (&self, find (self.page, has_tooltip, "Add a Scene"));
  close_page (&self);
}

/* However many tracks there are, the scenes stay put, and so does the button that stops everything. */
static void
test_clips (void)
{
  check_clips (1280, FALSE);
}

static void
test_narrow_clips (void)
{
  check_clips (420, TRUE);
}

/* ---- keys ---- */

static gboolean
keys_are_shown (Fixture *self)
{
  return find (self->page, is_label, "Keys mode") != NULL;
}

static gboolean
is_toast (GtkWidget *widget, gconstpointer data)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), "AdwToastWidget") && gtk_widget_get_mapped (widget);
}

static gboolean
something_was_said (Fixture *self)
{
  return find (self->window, is_toast, NULL) != NULL;
}

/* The letters' mode is shown in the transport, and Esc ends it before it means anything else. */
static void
test_keys_mode (void)
{
  Fixture self;

  open_page (&self, 1280, 800);
  g_assert_null (find (self.page, is_label, "Keys mode"));
  gtk_widget_activate_action (self.page, "page.keys", NULL);
  wait_for (&self, keys_are_shown, "the sign of the letters' mode");
  gtk_widget_activate_action (self.page, "page.escape", NULL);
  g_assert_null (find (self.page, is_label, "Keys mode"));
  close_page (&self);
}

static const TuttiClip *
first_clip (Fixture *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  return tutti_track_clip_at (jam->tracks[0], tutti_step_grid_get_scene (self->grid));
}

static gboolean
is_pasted (Fixture *self)
{
  const TuttiClip *clip = first_clip (self);

  return clip->length == 8 && clip->steps[0].velocity == 0 && clip->steps[1].velocity > 0 && clip->steps[7].ratchet == 3;
}

/* What stands on the clipboard as notation becomes the pattern of the focused track; nonsense changes nothing. */
static void
test_paste_text (void)
{
  Fixture self;
  g_autofree char *before = NULL, *after = NULL, *undone = NULL;

  open_page (&self, 1280, 800);
  before = tutti_jam_to_text (tutti_session_get_jam (self.session));
  tutti_step_grid_focus_step (self.grid, 0, 0, TRUE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (self.page), "no notation at all {");
  g_assert_true (tutti_step_keys_press (self.grid, GDK_KEY_V, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  wait_for (&self, something_was_said, "the complaint");
  after = tutti_jam_to_text (tutti_session_get_jam (self.session));
  g_assert_cmpstr (after, ==, before);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (self.page), ".x.....3\n");
  g_assert_true (tutti_step_keys_press (self.grid, GDK_KEY_V, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  wait_for (&self, is_pasted, "the pasted pattern");
  g_assert_true (tutti_session_undo (self.session, NULL));
  undone = tutti_jam_to_text (tutti_session_get_jam (self.session));
  g_assert_cmpstr (undone, ==, before);
  close_page (&self);
}

/* ---- words ---- */

static gboolean
is_group (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_SHORTCUTS_GROUP (widget) && gtk_widget_get_mapped (widget);
}

/* GTK complains about labels that it cannot read; here a complaint ends the test. */
static void
test_shortcuts (void)
{
  g_autoptr(GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/tuttijam/Tutti/window/tutti-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));
  gint64 until = g_get_monotonic_time () + DEADLINE_US;

  gtk_window_present (window);
  while (find (GTK_WIDGET (window), is_group, NULL) == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_main_context_iteration (NULL, FALSE);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  gtk_window_destroy (window);
}

/* ---- people and what they say ---- */

static gboolean
is_cursor_told (Fixture *self)
{
  return tutti_session_fake_get_here (self->session).step == 5;
}

/* Where I am is told by clip and step, and by view. */
static void
test_here (void)
{
  Fixture self = { 0 };
  TuttiHere here;
  TuttiStepRef ref;

  open_page (&self, 1280, 800);
  tutti_step_grid_focus_step (self.grid, 1, 4, TRUE);
  wait_for (&self, is_cursor_told, "the step that has the focus");
  here = tutti_session_fake_get_here (self.session);
  g_assert_true (tutti_step_grid_get_focus (self.grid, &ref));
  g_assert_true (tutti_id_equal (here.on, ref.clip));
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "mixer");
  g_assert_cmpuint (tutti_session_fake_get_here (self.session).place, ==, TUTTI_PLACE_MIXER);
  g_assert_cmpuint (tutti_session_fake_get_here (self.session).step, ==, 0);
  close_page (&self);
}

static gboolean
is_strip_there (Fixture *self)
{
  return find (self->page, is_of_class, "strip") != NULL || find (self->page, is_label, "Shared Mix") != NULL;
}

static gboolean
is_fader (GtkWidget *widget, gconstpointer data)
{
  return TUTTI_IS_FADER (widget) && gtk_widget_get_mapped (widget);
}

static gboolean
is_let_go (Fixture *self)
{
  return tutti_session_fake_get_here (self->session).hold == TUTTI_HOLD_NOTHING;
}

/* A fader that is moved is told of, and let go after a moment; what others move is not. */
static void
test_hold (void)
{
  Fixture self = { 0 };
  TuttiId track;

  open_page (&self, 1280, 800);
  track = tutti_session_get_jam (self.session)->tracks[0]->id;
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "mixer");
  wait_for (&self, is_strip_there, "the mixer");
  tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_PARAM, track, TUTTI_N (TUTTI_PARAM_GAIN), TUTTI_N (-1200)), 2);
  g_assert_cmpuint (tutti_session_fake_get_here (self.session).hold, ==, TUTTI_HOLD_NOTHING);
  gtk_range_set_value (GTK_RANGE (find (self.page, is_fader, NULL)), 0.5);
  g_assert_cmpuint (tutti_session_fake_get_here (self.session).hold, ==, TUTTI_HOLD_GAIN);
  g_assert_true (tutti_id_equal (tutti_session_fake_get_here (self.session).on, track));
  wait_for (&self, is_let_go, "a fader that was let go");
  close_page (&self);
}

static gboolean
is_ear (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_SCALE (widget) && gtk_widget_has_css_class (widget, "mine-scale") && gtk_widget_get_mapped (widget);
}

static gboolean
is_ears_switch (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_SWITCH (widget) && gtk_widget_has_css_class (widget, "mine-switch");
}

/* What I alone hear louder is no edit, comes back with the jam, and goes with the switch. */
static void
test_my_ears (void)
{
  Fixture self = { 0 };
  gint64 seq;

  open_page (&self, 1280, 800);
  seq = tutti_session_get_seq (self.session);
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "mixer");
  wait_for (&self, is_strip_there, "the mixer");
  gtk_range_set_value (GTK_RANGE (find (self.page, is_ear, NULL)), 6);
  g_assert_cmpint (tutti_session_fake_get_monitor_gain (self.session), ==, 600);
  gtk_switch_set_active (GTK_SWITCH (find (self.page, is_ears_switch, NULL)), FALSE);
  g_assert_cmpint (tutti_session_fake_get_monitor_gain (self.session), ==, 0);
  g_assert_null (find (self.page, is_ear, NULL));
  gtk_switch_set_active (GTK_SWITCH (find (self.page, is_ears_switch, NULL)), TRUE);
  g_assert_cmpint (tutti_session_fake_get_monitor_gain (self.session), ==, 600);
  gtk_range_set_value (GTK_RANGE (find (self.page, is_ear, NULL)), -24);
  g_assert_cmpint (tutti_session_fake_get_monitor_gain (self.session), ==, TUTTI_GAIN_MIN_CDB);
  gtk_range_set_value (GTK_RANGE (find (self.page, is_ear, NULL)), 0);
  g_assert_cmpint (tutti_session_get_seq (self.session), ==, seq);
  close_page (&self);
}

/* Following somebody turns to their view and page, and ends with them. */
static void
test_follow_view (void)
{
  Fixture self = { 0 };
  const TuttiJam *jam;

  open_page (&self, 1280, 800);
  jam = tutti_session_get_jam (self.session);
  tutti_session_fake_add_member (self.session, 2, "Mia", TUTTI_PERSON_AMBER, TRUE);
  tutti_session_fake_move (self.session, 2, &(TuttiHere) { .doing = TUTTI_DOING_EDITING, .place = TUTTI_PLACE_MIXER });
  g_assert_null (find (self.page, is_fader, NULL));
  gtk_widget_activate_action (self.page, "presence.follow", "u", 2u);
  wait_for (&self, is_strip_there, "the view of Mia");
  tutti_session_fake_move (self.session, 2, &(TuttiHere) { .doing = TUTTI_DOING_EDITING, .step = 3,
                                                           .on = tutti_track_clip_at (jam->tracks[1], jam->scenes[2].id) != NULL
                                                                   ? tutti_track_clip_at (jam->tracks[1], jam->scenes[2].id)->id
                                                                   : jam->tracks[1]->id });
  wait_for (&self, is_laid_out, "the pattern that Mia went to");
  gtk_widget_activate_action (self.page, "presence.follow", "u", 0u);
  tutti_session_fake_move (self.session, 2, &(TuttiHere) { .doing = TUTTI_DOING_EDITING, .place = TUTTI_PLACE_MIXER });
  g_assert_null (find (self.page, is_fader, NULL));
  close_page (&self);
}

static gboolean
is_hello_there (Fixture *self)
{
  return find (self->page, is_label, "Say hello.") != NULL;
}

static gboolean
is_line_there (Fixture *self)
{
  return find (self->page, is_label, "<b>loud</b> Kick") != NULL;
}

static gboolean
is_button_marked (Fixture *self)
{
  return find (self->page, is_of_class, "unread") != NULL;
}

static gboolean
is_button_plain (Fixture *self)
{
  return find (self->page, is_of_class, "unread") == NULL;
}

/* Unread until the page is seen; markup stays text; a link to a track leads to the pattern; an own line is never unread. */
static void
test_chat (void)
{
  Fixture self = { 0 };
  char id[TUTTI_ID_TEXT_SIZE];
  GtkWidget *line;

  open_page (&self, 1280, 800);
  tutti_session_fake_add_member (self.session, 2, "Mia", TUTTI_PERSON_AMBER, TRUE);
  tutti_jam_page_set_panel (TUTTI_JAM_PAGE (self.page), "chat");
  wait_for (&self, is_hello_there, "an empty chat");
  tutti_jam_page_set_panel (TUTTI_JAM_PAGE (self.page), NULL);
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "mixer");
  wait_for (&self, is_strip_there, "the mixer");
  while (find (self.page, is_label, "Say hello.") != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (tutti_session_chat (self.session, "mine", NULL));
  wait_for (&self, is_button_plain, "no mark for what I said");
  tutti_session_fake_say (self.session, 2, 0, "<b>loud</b> Kick");
  wait_for (&self, is_button_marked, "a mark for what Mia said");
  tutti_jam_page_set_panel (TUTTI_JAM_PAGE (self.page), "chat");
  wait_for (&self, is_line_there, "what Mia said");
  wait_for (&self, is_button_plain, "no mark once it was seen");
  line = find (self.page, is_label, "<b>loud</b> Kick");
  g_autofree char *uri = g_strconcat ("track:", tutti_id_print (tutti_session_get_jam (self.session)->tracks[0]->id, id), NULL);
  gboolean followed = FALSE;

  g_signal_emit_by_name (line, "activate-link", uri, &followed);
  g_assert_true (followed);
  wait_for (&self, is_laid_out, "the track that was linked");
  g_assert_true (tutti_id_equal (tutti_step_grid_get_track (self.grid), tutti_session_get_jam (self.session)->tracks[0]->id));
  g_signal_emit_by_name (line, "activate-link", "bar:3", &followed);
  close_page (&self);
}

static GtkWidget *
name_tag_of (GtkWidget *line)
{
  return gtk_widget_get_first_child (gtk_widget_get_parent (line));
}

/* A person's new name is that of what they said before, in the row that stands there already. */
static void
test_chat_names (void)
{
  Fixture self = { 0 };
  GtkWidget *line;

  open_page (&self, 1280, 800);
  tutti_session_fake_say (self.session, 9, 0, "<b>loud</b> Kick");
  tutti_jam_page_set_panel (TUTTI_JAM_PAGE (self.page), "chat");
  wait_for (&self, is_line_there, "what a stranger said");
  line = find (self.page, is_label, "<b>loud</b> Kick");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (name_tag_of (line))), ==, "Somebody");
  tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_PERSON, TUTTI_N (9), "Zoe", TUTTI_N (TUTTI_PERSON_AMBER)), 0);
  g_assert_true (find (self.page, is_label, "<b>loud</b> Kick") == line);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (name_tag_of (line))), ==, "Zoe");
  close_page (&self);
}

static gboolean
is_last_there (Fixture *self)
{
  return find (self->page, is_label, "and on") != NULL;
}

/* The rows are as many as the lines that are kept, and the first says whose it is, though it was not the first of its run. */
static void
test_chat_full (void)
{
  Fixture self = { 0 };
  GtkWidget *list;
  guint rows = 0;

  open_page (&self, 1280, 800);
  tutti_jam_page_set_panel (TUTTI_JAM_PAGE (self.page), "chat");
  wait_for (&self, is_hello_there, "an empty chat");
  for (guint i = 0; i < TUTTI_LINES_MAX + 3; i++)
    tutti_session_fake_say (self.session, 9, 0, "and on");
  wait_for (&self, is_last_there, "what was said");
  list = find (self.page, is_label, "and on");
  for (guint i = 0; i < 3; i++)
    list = gtk_widget_get_parent (list);
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    rows++;
  g_assert_cmpuint (rows, ==, TUTTI_LINES_MAX);
  g_assert_cmpuint (tutti_session_get_n_lines (self.session), ==, rows);
  GtkWidget *bubble = gtk_widget_get_last_child (gtk_widget_get_first_child (list));

  g_assert_true (is_label (gtk_widget_get_first_child (bubble), "Somebody"));
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
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-decoration-layout",
                "menu:minimize,maximize,close", NULL);
  g_test_add_func ("/page/step-menu-is-whole", test_step_menu);
  g_test_add_func ("/page/track-menu-is-whole", test_track_menu);
  g_test_add_func ("/page/follow", test_follow);
  g_test_add_func ("/page/follow-rests", test_follow_rests);
  g_test_add_func ("/page/refused", test_refused);
  g_test_add_func ("/page/published", test_published);
  g_test_add_func ("/page/disk-full", test_disk_full);
  g_test_add_func ("/page/badge", test_badge);
  g_test_add_func ("/page/history", test_history);
  g_test_add_func ("/page/overridden", test_overridden);
  g_test_add_func ("/page/wished", test_wished);
  g_test_add_func ("/page/claimed", test_claimed);
  g_test_add_func ("/page/timing-words", test_timing_words);
  g_test_add_func ("/page/narrow-header", test_narrow_header);
  g_test_add_func ("/page/clips", test_clips);
  g_test_add_func ("/page/narrow-clips", test_narrow_clips);
  g_test_add_func ("/page/keys-mode", test_keys_mode);
  g_test_add_func ("/page/paste-text", test_paste_text);
  g_test_add_func ("/page/shortcuts", test_shortcuts);
  g_test_add_func ("/page/here", test_here);
  g_test_add_func ("/page/hold", test_hold);
  g_test_add_func ("/page/my-ears", test_my_ears);
  g_test_add_func ("/page/follow-view", test_follow_view);
  g_test_add_func ("/page/chat", test_chat);
  g_test_add_func ("/page/chat-names", test_chat_names);
  g_test_add_func ("/page/chat-full", test_chat_full);
  return g_test_run ();
}
