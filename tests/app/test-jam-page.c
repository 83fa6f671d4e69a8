/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Laws of the open jam's page, on a display that nobody sees: what must be whole, in sight, or where it was. */
#include "page-test.h"

#include "tutti-ask.h"
#include "tutti-cell-news.h"
#include "tutti-debug-dialog.h"
#include "tutti-jam-json.h"
#include "tutti-jam-page.h"
#include "tutti-session-fake.h"
#include "tutti-step-keys.h"
#include "tutti-step-menu.h"
#include "tutti-timing-graph.h"
#include "tutti-track-menu.h"

#include <adwaita.h>

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
place_of (PageTest *self, GtkWidget *widget)
{
  graphene_rect_t place;

  g_assert_nonnull (widget);
  g_assert_true (gtk_widget_compute_bounds (widget, self->page, &place));
  return place;
}

static void
check_in_sight (PageTest *self, GtkWidget *widget)
{
  graphene_rect_t place = place_of (self, widget), whole = place_of (self, self->page);

  g_assert_true (graphene_rect_contains_rect (&whole, &place));
}

/* ---- menus ---- */

static GtkWidget *
open_menu (PageTest *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->grid)); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      return child;
  return NULL;
}

static gboolean
menu_is_whole (PageTest *self)
{
  GtkWidget *menu = open_menu (self), *scroller = menu != NULL ? page_test_find (menu, is_scroller, NULL) : NULL;
  GtkAdjustment *down = scroller != NULL ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)) : NULL;
  int lines = 0;

  if (down == NULL || !gtk_widget_get_mapped (menu))
    return FALSE;
  gtk_widget_measure (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller)), GTK_ORIENTATION_VERTICAL, -1, NULL, &lines,
                      NULL, NULL);
  return page_test_find (menu, page_test_is_of_class, "horizontal") != NULL &&
         gtk_adjustment_get_page_size (down) >= gtk_adjustment_get_upper (down) &&
         gtk_adjustment_get_page_size (down) >= lines;
}

static void
test_step_menu (void)
{
  PageTest self;

  page_test_open (&self, 1280, 800);
  tutti_step_grid_focus_step (self.grid, 1, 4, TRUE);
  tutti_step_menu_open (self.grid);
  page_test_wait_for (&self, menu_is_whole, "all entries of a step's menu in sight");
  page_test_close (&self);
}

static void
test_track_menu (void)
{
  PageTest self;

  page_test_open (&self, 1280, 800);
  tutti_track_menu_open (page_test_find (GTK_WIDGET (self.grid), page_test_is_of_class, "selected"), FALSE, 20, 20);
  page_test_wait_for (&self, menu_is_whole, "all entries of a track's menu in sight");
  page_test_close (&self);
}

/* ---- following ---- */

static void
launch (PageTest *self, guint scene)
{
  TuttiId id = tutti_session_get_jam (self->session)->scenes[scene].id;

  g_assert_true (tutti_session_fake_receive (self->session, tutti_op_new (TUTTI_OP_LAUNCH_SCENE, id, TUTTI_N (TUTTI_QUANTUM_NOW)), 2));
  page_test_beat (self);
}

static int
shown_scene (PageTest *self)
{
  guint index;

  return tutti_jam_scene (tutti_session_get_jam (self->session), tutti_step_grid_get_scene (self->grid), &index) != NULL ? (int) index : -1;
}

/* The scene that begins to sound is shown; one chosen by hand stays until the next begins. */
static void
test_follow (void)
{
  PageTest self;
  const TuttiJam *jam;

  page_test_open (&self, 1280, 800);
  jam = tutti_session_get_jam (self.session);
  launch (&self, 2);
  g_assert_cmpint (shown_scene (&self), ==, 2);
  tutti_step_grid_set_scene (self.grid, jam->scenes[0].id);
  page_test_beat (&self);
  g_assert_cmpint (shown_scene (&self), ==, 0);
  launch (&self, 3);
  g_assert_cmpint (shown_scene (&self), ==, 3);
  page_test_close (&self);
}

/* Nothing moves under a stroke, nor for who selects another track, nor for who does not follow. */
static void
test_follow_rests (void)
{
  PageTest self;
  const TuttiJam *jam;
  const TuttiClip *other;

  page_test_open (&self, 1280, 800);
  jam = tutti_session_get_jam (self.session);
  tutti_step_grid_focus_step (self.grid, 0, 0, FALSE);
  launch (&self, 2);
  tutti_step_grid_set_held (self.grid, TRUE);
  launch (&self, 3);
  g_assert_cmpint (shown_scene (&self), ==, 2);
  tutti_step_grid_set_held (self.grid, FALSE);
  page_test_beat (&self);
  g_assert_cmpint (shown_scene (&self), ==, 3);

  other = tutti_track_clip_at (jam->tracks[2], jam->scenes[1].id);
  g_assert_nonnull (other);
  tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_LAUNCH, jam->tracks[2]->id, other->id, TUTTI_N (TUTTI_QUANTUM_NOW)), 2);
  page_test_beat (&self);
  tutti_step_grid_focus_step (self.grid, 2, 0, FALSE);
  page_test_beat (&self);
  g_assert_cmpint (shown_scene (&self), ==, 3);
  gtk_widget_activate_action (GTK_WIDGET (self.grid), "pattern.follow", NULL);
  launch (&self, 0);
  g_assert_cmpint (shown_scene (&self), ==, 3);
  gtk_widget_activate_action (GTK_WIDGET (self.grid), "pattern.follow", NULL);
  page_test_beat (&self);
  g_assert_cmpint (shown_scene (&self), ==, 0);
  page_test_close (&self);
}

/* ---- what became of edits ---- */

static TuttiCellFlags
flags_of (PageTest *self, int step)
{
  return tutti_cell_get_look (tutti_step_row_get_cell (tutti_step_grid_get_row (self->grid, 0), step))->flags;
}

static gboolean
is_no_more_refused (PageTest *self)
{
  return (flags_of (self, 2) & TUTTI_CELL_REFUSED) == 0;
}

/* A refused edit is shown on its cell, and goes by itself. */
static void
test_refused (void)
{
  PageTest self;
  g_autoptr(TuttiOp) op = NULL;
  g_autoptr(GError) why = g_error_new_literal (TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_ALLOWED, "Not allowed");

  page_test_open (&self, 1280, 800);
  op = tutti_op_new (TUTTI_OP_STEP, tutti_step_row_get_clip (tutti_step_grid_get_row (self.grid, 0)), TUTTI_N (2), TUTTI_N (90));
  g_signal_emit_by_name (self.session, "refused", op, why);
  g_assert_cmpuint (flags_of (&self, 2) & TUTTI_CELL_REFUSED, !=, 0);
  g_assert_cmpuint (flags_of (&self, 3) & TUTTI_CELL_REFUSED, ==, 0);
  page_test_wait_for (&self, is_no_more_refused, "the end of a refusal");
  page_test_close (&self);
}

/* ---- how the jam is kept ---- */

static const char published_words[] = "Published: read only. Remix it to change it.";
static const char full_words[] = "The disk is full where this jam is kept. It plays on, but takes no edits until there is room.";

static gboolean
is_published (PageTest *self)
{
  return page_test_find (self->page, page_test_is_label, published_words) != NULL;
}

static gboolean
is_not_published (PageTest *self)
{
  return !is_published (self);
}

/* The bar says it as long as it holds, and nobody edits. */
static void
test_published (void)
{
  PageTest self;
  TuttiId clip;

  page_test_open (&self, 1280, 800);
  clip = tutti_step_row_get_clip (tutti_step_grid_get_row (self.grid, 0));
  tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_JAM_PUBLISHED, TUTTI_N (1)), 0);
  page_test_wait_for (&self, is_published, "the bar of a published jam");
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_STEP, clip, TUTTI_N (2), TUTTI_N (90));
  g_autofree char *denied = tutti_denied_words (self.session, op);

  g_assert_cmpstr (denied, ==, published_words);
  tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_JAM_PUBLISHED, TUTTI_N (0)), 0);
  page_test_wait_for (&self, is_not_published, "the end of that bar");
  page_test_close (&self);
}

static gboolean
is_full (PageTest *self)
{
  return page_test_find (self->page, page_test_is_label, full_words) != NULL;
}

static gboolean
is_not_full (PageTest *self)
{
  return !is_full (self);
}

/* A full disk is said until something is kept again. */
static void
test_disk_full (void)
{
  PageTest self;
  g_autoptr(GError) why = g_error_new_literal (TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_KEPT, "the disk is full");

  page_test_open (&self, 1280, 800);
  TuttiId clip = tutti_step_row_get_clip (tutti_step_grid_get_row (self.grid, 0));
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_STEP, clip, TUTTI_N (2), TUTTI_N (90));

  g_signal_emit_by_name (self.session, "refused", op, why);
  page_test_wait_for (&self, is_full, "the bar of a full disk");
  tutti_session_fake_receive (self.session, tutti_op_copy (op), 1);
  page_test_wait_for (&self, is_not_full, "the end of that bar");
  page_test_close (&self);
}

/* A press on the badge of an overridden step puts mine back, and the badge goes; beside the badge it does nothing of the kind. */
static void
test_badge (void)
{
  PageTest self;
  g_autoptr(TuttiOp) mine = NULL;
  graphene_rect_t place;
  TuttiId clip;

  page_test_open (&self, 1280, 800);
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
  page_test_close (&self);
}

/* ---- the history ---- */

static gboolean
is_history (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LIST_VIEW (widget) && gtk_widget_get_mapped (widget);
}

static gboolean
shows_history (PageTest *self)
{
  return page_test_find (self->page, is_history, NULL) != NULL;
}

static gboolean
tells_steps (PageTest *self)
{
  return page_test_find (self->page, page_test_is_label, "3 steps of Kick") != NULL;
}

static gboolean
tells_hearing (PageTest *self)
{
  return page_test_find (self->page, page_test_is_of_class, "only-mine") != NULL;
}

static gboolean
tells_muted (PageTest *self)
{
  return page_test_find (self->page, page_test_is_label, "This machine is muted. Unmute it to hear the jam as it was.") != NULL;
}

static gboolean
tells_audible (PageTest *self)
{
  return page_test_find (self->page, page_test_is_label, "Only you hear this: the jam as it was") != NULL;
}

static gboolean
tells_nothing_of_hearing (PageTest *self)
{
  return !tells_hearing (self);
}

/* Edits of one go are one entry; Enter hears it, and the bar above the views says so until it is stopped. */
static void
test_history (void)
{
  PageTest self;
  TuttiId clip;

  page_test_open (&self, 1280, 800);
  tutti_jam_page_set_panel (TUTTI_JAM_PAGE (self.page), "history");
  page_test_wait_for (&self, shows_history, "the history");
  clip = tutti_step_row_get_clip (tutti_step_grid_get_row (self.grid, 0));
  for (int i = 4; i < 7; i++)
    tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_STEP, clip, TUTTI_N (i), TUTTI_N (44)), 2);
  page_test_wait_for (&self, tells_steps, "what happened");
  gtk_widget_activate_action (page_test_find (self.page, is_history, NULL), "list.activate-item", "u", 0);
  g_assert_cmpint (tutti_session_get_hearing (self.session), >, 0);
  page_test_wait_for (&self, tells_hearing, "that only I hear it");
  gtk_widget_activate_action (self.page, "history.stop", NULL);
  g_assert_cmpint (tutti_session_get_hearing (self.session), ==, -1);
  page_test_wait_for (&self, tells_nothing_of_hearing, "that it is over");
  page_test_close (&self);
}

#define NOT_LISTED 1000000     /* a moment whose time nobody knows */

/* A muted machine is silent for this too, and the bar says so as long as it is. */
static void
test_hear_muted (void)
{
  PageTest self;

  page_test_open (&self, 1280, 800);
  tutti_session_fake_make_output (self.session);
  tutti_output_set_mute (tutti_session_get_output (self.session), TRUE);
  g_assert_true (tutti_session_hear (self.session, NOT_LISTED, NULL));
  page_test_wait_for (&self, tells_muted, "that this machine is muted");
  tutti_output_set_mute (tutti_session_get_output (self.session), FALSE);
  page_test_wait_for (&self, tells_audible, "that only I hear it");
  page_test_close (&self);
}

/* What was overridden stands above it with both values, and goes when mine is put back. */
static void
test_overridden (void)
{
  PageTest self;
  g_autoptr(TuttiOp) mine = NULL, theirs = NULL;
  TuttiId clip;
  GtkWidget *label;

  page_test_open (&self, 1280, 800);
  tutti_jam_page_set_panel (TUTTI_JAM_PAGE (self.page), "history");
  page_test_wait_for (&self, shows_history, "the history");
  clip = tutti_step_row_get_clip (tutti_step_grid_get_row (self.grid, 0));
  mine = tutti_op_new (TUTTI_OP_STEP, clip, TUTTI_N (2), TUTTI_N (77));
  theirs = tutti_op_new (TUTTI_OP_STEP, clip, TUTTI_N (2), TUTTI_N (33));
  tutti_session_fake_add_member (self.session, 2, "Theo", TUTTI_PERSON_COBALT, TRUE);
  tutti_session_fake_receive (self.session, tutti_op_copy (theirs), 2);
  tutti_session_fake_cross (self.session, mine, theirs, 2, FALSE);
  g_assert_nonnull (page_test_find (self.page, page_test_is_label, "Theo’s stands: on, velocity 33. Yours was: on, velocity 77"));
  label = page_test_find (self.page, page_test_is_label, "Put Mine Back");
  g_assert_nonnull (label);
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  g_assert_cmpint (tutti_jam_clip (tutti_session_get_jam (self.session), clip, NULL)->steps[2].velocity, ==, 77);
  g_assert_cmpuint (g_list_model_get_n_items (tutti_session_get_conflicts (self.session)), ==, 0);
  g_assert_null (page_test_find (self.page, page_test_is_label, "Put Mine Back"));
  page_test_close (&self);
}

/* ---- how well time is kept ---- */

static void
test_timing_words (void)
{
  TuttiTrailSample sample = { .second = 1, .offset_us = 40, .round_trip_ms = 0.4f, .in_jam = TRUE };
  TuttiTrailSample early = { .second = 2, .offset_us = -400, .round_trip_ms = 0.4f, .in_jam = TRUE };
  TuttiTrailCounts counts = { .edits = 3, .late = 1, .bytes_in = 900 };
  PageTest self;

  page_test_open (&self, 1280, 800);
  g_autofree char *nothing = tutti_timing_graph_words (tutti_session_get_trail (self.session));

  g_assert_cmpstr (nothing, ==, "Nothing was measured yet");
  tutti_session_fake_note (self.session, &sample, &counts);
  tutti_session_fake_note (self.session, &early, &counts);
  g_autofree char *words = tutti_timing_graph_words (tutti_session_get_trail (self.session));
  g_autofree char *text = tutti_debug_text (self.session);

  g_assert_cmpstr (words, ==, "between −0.4 and 0.0 ms, 1 edit late");
  g_assert_nonnull (strstr (text, "state           solo\n"));
  g_assert_nonnull (strstr (text, "   900 "));
  page_test_close (&self);
}

/* ---- room ---- */

static gboolean
is_narrow (PageTest *self)
{
  return page_test_find (self->page, page_test_is_of_class, "mini") != NULL;
}

/* Title and buttons stand beside each other. */
static void
test_narrow_header (void)
{
  PageTest self;
  graphene_rect_t title, people;

  page_test_open (&self, 420, 800);
  page_test_wait_for (&self, is_narrow, "the narrow page");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  title = place_of (&self, page_test_find (self.page, page_test_is_label, tutti_session_get_jam (self.session)->name));
  people = place_of (&self, page_test_find (self.page, page_test_is_of_class, "people"));
  g_assert_cmpfloat (title.origin.x + title.size.width, <=, people.origin.x);
  page_test_close (&self);
}

static gboolean
clips_are_shown (PageTest *self)
{
  return page_test_find (self->page, has_tooltip, "Stop All Clips (0)") != NULL &&
         page_test_find (self->page, page_test_is_label, "Scenes") != NULL;
}

static void
check_clips (int width, gboolean narrow)
{
  PageTest self;

  page_test_open (&self, width, 800);
  for (int i = 0; i < 4; i++)
    gtk_widget_activate_action (self.page, "jam.add-track", NULL);
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "clips");
  if (narrow)
    page_test_wait_for (&self, is_narrow, "the narrow page");
  page_test_wait_for (&self, clips_are_shown, "the clips");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  check_in_sight (&self, page_test_find (self.page, has_tooltip, "Stop All Clips (0)"));
  check_in_sight (&self, page_test_find (self.page, page_test_is_label, "Scenes"));
  check_in_sight (&self, page_test_find (self.page, has_tooltip, "Add a Scene"));
  page_test_close (&self);
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
keys_are_shown (PageTest *self)
{
  return page_test_find (self->page, page_test_is_label, "Keys mode") != NULL;
}

static gboolean
is_toast (GtkWidget *widget, gconstpointer data)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), "AdwToastWidget") && gtk_widget_get_mapped (widget);
}

static gboolean
something_was_said (PageTest *self)
{
  return page_test_find (self->window, is_toast, NULL) != NULL;
}

/* The letters' mode is shown in the transport, and Esc ends it before it means anything else. */
static void
test_keys_mode (void)
{
  PageTest self;

  page_test_open (&self, 1280, 800);
  g_assert_null (page_test_find (self.page, page_test_is_label, "Keys mode"));
  gtk_widget_activate_action (self.page, "page.keys", NULL);
  page_test_wait_for (&self, keys_are_shown, "the sign of the letters' mode");
  gtk_widget_activate_action (self.page, "page.escape", NULL);
  g_assert_null (page_test_find (self.page, page_test_is_label, "Keys mode"));
  page_test_close (&self);
}

static const TuttiClip *
first_clip (PageTest *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  return tutti_track_clip_at (jam->tracks[0], tutti_step_grid_get_scene (self->grid));
}

static gboolean
is_pasted (PageTest *self)
{
  const TuttiClip *clip = first_clip (self);

  return clip->length == 8 && clip->steps[0].velocity == 0 && clip->steps[1].velocity > 0 && clip->steps[7].ratchet == 3;
}

/* What stands on the clipboard as notation becomes the pattern of the focused track; nonsense changes nothing. */
static void
test_paste_text (void)
{
  PageTest self;
  g_autofree char *before = NULL, *after = NULL, *undone = NULL;

  page_test_open (&self, 1280, 800);
  before = tutti_jam_to_text (tutti_session_get_jam (self.session));
  tutti_step_grid_focus_step (self.grid, 0, 0, TRUE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (self.page), "no notation at all {");
  g_assert_true (tutti_step_keys_press (self.grid, GDK_KEY_V, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  page_test_wait_for (&self, something_was_said, "the complaint");
  after = tutti_jam_to_text (tutti_session_get_jam (self.session));
  g_assert_cmpstr (after, ==, before);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (self.page), ".x.....3\n");
  g_assert_true (tutti_step_keys_press (self.grid, GDK_KEY_V, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  page_test_wait_for (&self, is_pasted, "the pasted pattern");
  g_assert_true (tutti_session_undo (self.session, NULL));
  undone = tutti_jam_to_text (tutti_session_get_jam (self.session));
  g_assert_cmpstr (undone, ==, before);
  page_test_close (&self);
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
  gint64 until = g_get_monotonic_time () + PAGE_TEST_DEADLINE_US;

  gtk_window_present (window);
  while (page_test_find (GTK_WIDGET (window), is_group, NULL) == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_main_context_iteration (NULL, FALSE);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  gtk_window_destroy (window);
}

/* ---- the chip ---- */

static gboolean
says_drop_outs (PageTest *self)
{
  return page_test_find (self->page, page_test_is_label, "Drop-outs") != NULL &&
         page_test_find (self->page, has_tooltip, "The sound of this machine dropped out 2 times lately. Others hear it whole.") != NULL;
}

static gboolean
says_in_time (PageTest *self)
{
  return page_test_find (self->page, page_test_is_label, "In time") != NULL;
}

/* For a while, and then all is well again. */
static void
test_drop_outs (void)
{
  PageTest self;
  TuttiTrailSample sample = { .second = 1, .in_jam = TRUE };

  page_test_open (&self, 1280, 800);
  for (; sample.second <= TUTTI_TRAIL_STARTING_S; sample.second++)
    tutti_session_fake_note (self.session, &sample, &(TuttiTrailCounts) { 0 });
  page_test_wait_for (&self, says_in_time, "a chip that says that all is well");
  tutti_session_fake_note (self.session, &sample, &(TuttiTrailCounts) { .drop_outs = 2 });
  page_test_wait_for (&self, says_drop_outs, "a chip that says that sound dropped out");
  sample.second += TUTTI_LATELY_S;
  tutti_session_fake_note (self.session, &sample, &(TuttiTrailCounts) { .drop_outs = 2 });
  page_test_wait_for (&self, says_in_time, "a chip that says that all is well again");
  page_test_close (&self);
}

static gboolean
says_no_clock (PageTest *self)
{
  return page_test_find (self->page, page_test_is_label, "No clock") != NULL &&
         page_test_find (self->page, has_tooltip, "The host’s clock does not answer, so nothing sounds here yet. "
                                                  "A firewall may be in the way (UDP port 7464)") != NULL;
}

/* Said only until it is known: of what is away or in time, a port is no matter. */
static void
test_no_clock (void)
{
  PageTest self;
  TuttiTiming timing = { .quality = TUTTI_QUALITY_SETTLING, .silent_clock = 7464 };

  page_test_open (&self, 1280, 800);
  tutti_session_fake_set_timing (self.session, &timing);
  page_test_wait_for (&self, says_no_clock, "a chip that says why nothing sounds");
  timing.quality = TUTTI_QUALITY_IN_TIME;
  tutti_session_fake_set_timing (self.session, &timing);
  page_test_wait_for (&self, says_in_time, "a chip that says that all is well");
  page_test_close (&self);
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/page/step-menu-is-whole", test_step_menu);
  g_test_add_func ("/page/track-menu-is-whole", test_track_menu);
  g_test_add_func ("/page/follow", test_follow);
  g_test_add_func ("/page/follow-rests", test_follow_rests);
  g_test_add_func ("/page/refused", test_refused);
  g_test_add_func ("/page/published", test_published);
  g_test_add_func ("/page/disk-full", test_disk_full);
  g_test_add_func ("/page/badge", test_badge);
  g_test_add_func ("/page/history", test_history);
  g_test_add_func ("/page/hear-muted", test_hear_muted);
  g_test_add_func ("/page/overridden", test_overridden);
  g_test_add_func ("/page/timing-words", test_timing_words);
  g_test_add_func ("/page/drop-outs", test_drop_outs);
  g_test_add_func ("/page/no-clock", test_no_clock);
  g_test_add_func ("/page/narrow-header", test_narrow_header);
  g_test_add_func ("/page/clips", test_clips);
  g_test_add_func ("/page/narrow-clips", test_narrow_clips);
  g_test_add_func ("/page/keys-mode", test_keys_mode);
  g_test_add_func ("/page/paste-text", test_paste_text);
  g_test_add_func ("/page/shortcuts", test_shortcuts);
  return g_test_run ();
}
