/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first hints: one after the other as they are followed, once. */
#include "page-test.h"

#include "tutti-jam-page.h"
#include "tutti-session-fake.h"
#include "tutti-settings.h"

static gboolean
is_hint (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget) && gtk_widget_has_css_class (widget, "first-hint");
}

static GtkWidget *
hint_of (PageTest *self)
{
  return page_test_find (self->page, is_hint, NULL);
}

static gboolean
hints (PageTest *self, const char *words)
{
  return hint_of (self) != NULL && page_test_find (hint_of (self), page_test_is_label, words) != NULL;
}

static gboolean to_tap (PageTest *self) { return hints (self, "Tap a cell. Everyone hears it."); }
static gboolean to_drag (PageTest *self) { return hints (self, "Drag it down: softer."); }
static gboolean to_host (PageTest *self) { return hints (self, "Others nearby see this jam as soon as you host it."); }
static gboolean nothing (PageTest *self) { return hint_of (self) == NULL; }

static gboolean
to_press (PageTest *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  g_autofree char *words = NULL;

  for (guint i = 0; i < jam->n_scenes && hint_of (self) != NULL; i++)
    {
      g_autofree char *each = g_strdup_printf ("Press %u: “%s” comes on the next bar.", i + 1, jam->scenes[i].name);

      if (hints (self, each))
        return TRUE;
    }
  return FALSE;
}

static void
begin (PageTest *self)
{
  g_settings_reset (tutti_settings_get (), "hints-done");
  page_test_open (self, 1280, 800);
  tutti_jam_page_begin_hints (TUTTI_JAM_PAGE (self->page));
  page_test_wait_for (self, to_tap, "the first hint");
}

static TuttiId
first_clip (PageTest *self)
{
  return tutti_track_clip_at (tutti_session_get_jam (self->session)->tracks[0], tutti_step_grid_get_scene (self->grid))->id;
}

static void
receive (PageTest *self, TuttiOp *op)
{
  g_assert_true (tutti_session_fake_receive (self->session, op, 1));
}

static void
tap (PageTest *self, guint by, int velocity)
{
  TuttiOp *op = tutti_op_new (TUTTI_OP_STEP, first_clip (self), TUTTI_N (2), TUTTI_N (velocity));

  g_assert_true (tutti_session_fake_receive (self->session, op, by));
}

static void
launch (PageTest *self)
{
  TuttiId scene = tutti_session_get_jam (self->session)->scenes[0].id;

  receive (self, tutti_op_new (TUTTI_OP_LAUNCH_SCENE, scene, TUTTI_N (TUTTI_QUANTUM_BAR)));
}

static void
press_escape (PageTest *self)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (self->page);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean taken;

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Escape, 0u, (GdkModifierType) 0, &taken);
    }
}

static void
test_followed (void)
{
  PageTest self;
  GtkWidget *focus;

  begin (&self);
  /* What others do follows no hint. */
  tap (&self, 2, 100);
  g_assert_true (to_tap (&self));
  tap (&self, 1, 110);
  page_test_wait_for (&self, to_drag, "the second hint");
  tap (&self, 1, 110);
  g_assert_true (to_drag (&self));
  tap (&self, 1, 40);
  page_test_wait_for (&self, to_press, "the third hint");
  launch (&self);
  page_test_wait_for (&self, to_host, "the fourth hint");
  /* None takes the keyboard. */
  focus = gtk_window_get_focus (GTK_WINDOW (self.window));
  g_assert_true (focus == NULL || !gtk_widget_is_ancestor (focus, hint_of (&self)));
  page_test_close (&self);
  /* Once. */
  page_test_open (&self, 1280, 800);
  tutti_jam_page_begin_hints (TUTTI_JAM_PAGE (self.page));
  tap (&self, 1, 90);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (nothing (&self));
  page_test_close (&self);
}

static void
test_escape (void)
{
  PageTest self;

  begin (&self);
  press_escape (&self);
  g_assert_true (nothing (&self));
  tap (&self, 1, 110);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (nothing (&self));
  page_test_close (&self);
}

/* To the last one. */
static void
follow_all (PageTest *self)
{
  tap (self, 1, 110);
  page_test_wait_for (self, to_drag, "the second hint");
  tap (self, 1, 40);
  page_test_wait_for (self, to_press, "the third hint");
  launch (self);
}

/* Whichever way the jam came to be hosted. */
static void
test_hosted (void)
{
  PageTest self;

  begin (&self);
  follow_all (&self);
  page_test_wait_for (&self, to_host, "the fourth hint");
  tutti_session_fake_set_state (self.session, TUTTI_SESSION_HOSTING);
  page_test_wait_for (&self, nothing, "the end of the hints");
  page_test_close (&self);
}

static gboolean
is_any_hint (GtkWidget *widget, gconstpointer data)
{
  return gtk_widget_has_css_class (widget, "first-hint");
}

static gboolean
count_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  return ++*(int *) data < 4 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* As many as whatever was to be shown needs. */
static void
let_frames_pass (PageTest *self)
{
  int frames = 0;

  gtk_widget_add_tick_callback (self->page, count_frame, &frames, NULL);
  while (frames < 4)
    g_main_context_iteration (NULL, TRUE);
}

/* Where no button says it, no hint points at it. */
static void
test_narrow (void)
{
  PageTest self;

  g_settings_reset (tutti_settings_get (), "hints-done");
  page_test_open (&self, 420, 800);
  tutti_jam_page_begin_hints (TUTTI_JAM_PAGE (self.page));
  page_test_wait_for (&self, to_tap, "the first hint");
  follow_all (&self);
  let_frames_pass (&self);
  g_assert_null (page_test_find (self.page, is_any_hint, NULL));
  page_test_close (&self);
}

static gboolean
is_elsewhere (PageTest *self)
{
  return !gtk_widget_get_mapped (GTK_WIDGET (self->grid));
}

static void
go_elsewhere (PageTest *self)
{
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self->page), "mixer");
  page_test_wait_for (self, is_elsewhere, "the mixer");
}

/* Who is in another view sees the hint when back. */
static void
test_elsewhere (void)
{
  PageTest self;

  begin (&self);
  tap (&self, 1, 110);
  page_test_wait_for (&self, to_drag, "the second hint");
  go_elsewhere (&self);
  tap (&self, 1, 40);
  let_frames_pass (&self);
  g_assert_null (page_test_find (self.page, is_any_hint, NULL));
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "pattern");
  page_test_wait_for (&self, to_press, "the third hint");
  page_test_close (&self);
}

/* A hint of a clip that is gone is passed over. */
static void
test_deleted (void)
{
  PageTest self;

  begin (&self);
  go_elsewhere (&self);
  tap (&self, 1, 110);
  receive (&self, tutti_op_new (TUTTI_OP_CLIP_DELETE, first_clip (&self)));
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "pattern");
  page_test_wait_for (&self, to_press, "the third hint");
  page_test_close (&self);
}

/* And so is that of a free cell where there is none. */
static void
test_full (void)
{
  PageTest self;
  int length;

  g_settings_reset (tutti_settings_get (), "hints-done");
  page_test_open (&self, 1280, 800);
  length = tutti_jam_clip (tutti_session_get_jam (self.session), first_clip (&self), NULL)->length;
  for (int step = 0; step < length; step++)
    receive (&self, tutti_op_new (TUTTI_OP_STEP, first_clip (&self), TUTTI_N (step), TUTTI_N (110)));
  tutti_jam_page_begin_hints (TUTTI_JAM_PAGE (self.page));
  page_test_wait_for (&self, to_press, "the third hint");
  page_test_close (&self);
}

/* A page that is left takes its hint along. */
static void
test_left (void)
{
  PageTest self;

  begin (&self);
  page_test_close (&self);
}

static gboolean
is_told (PageTest *self)
{
  return page_test_find (self->page, page_test_is_label, "Everyone hears what you do. Undo takes back only yours.") != NULL;
}

static void
test_guest (void)
{
  PageTest self;

  g_settings_reset (tutti_settings_get (), "hints-done");
  page_test_open (&self, 1280, 800);
  tutti_session_fake_set_state (self.session, TUTTI_SESSION_JOINED);
  tutti_jam_page_begin_hints (TUTTI_JAM_PAGE (self.page));
  page_test_wait_for (&self, is_told, "what a guest is told");
  g_assert_true (nothing (&self));
  page_test_close (&self);
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/hints/followed", test_followed);
  g_test_add_func ("/hints/escape", test_escape);
  g_test_add_func ("/hints/hosted", test_hosted);
  g_test_add_func ("/hints/narrow", test_narrow);
  g_test_add_func ("/hints/elsewhere", test_elsewhere);
  g_test_add_func ("/hints/deleted", test_deleted);
  g_test_add_func ("/hints/full", test_full);
  g_test_add_func ("/hints/left", test_left);
  g_test_add_func ("/hints/guest", test_guest);
  return g_test_run ();
}
