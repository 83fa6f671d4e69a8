/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People on the page of an open jam: what they ask of each other, where they are, and what they say. */
#include "page-test.h"

#include "tutti-fader.h"
#include "tutti-jam-page.h"
#include "tutti-people-page.h"
#include "tutti-session-fake.h"

#include <adwaita.h>

/* ---- what they ask of each other ---- */

static gboolean
says (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

static gboolean
is_said (PageTest *self, const char *text)
{
  return page_test_find (self->window, says, text) != NULL;
}

static void
receive (PageTest *self, const char *text)
{
  g_autoptr(GError) error = NULL;
  TuttiOp *op = tutti_op_from_text (text, -1, &error);

  g_assert_no_error (error);
  g_assert_true (tutti_session_fake_receive (self->session, op, 0));
}

static const TuttiPerson *
person (PageTest *self, guint number)
{
  return tutti_jam_person (tutti_session_get_jam (self->session), number);
}

/* A viewer asks, the admin's bar says who, and its button lets them. */
static void
test_wished (void)
{
  PageTest self;

  page_test_open (&self, 1280, 800);
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
  page_test_close (&self);
}

/* Who took a track is said, once, and not what I did myself. */
static void
test_claimed (void)
{
  PageTest self;

  page_test_open (&self, 1280, 800);
  receive (&self, "[\"person\",3,\"Theo\",\"cobalt\"]");
  const TuttiTrack *track = tutti_session_get_jam (self.session)->tracks[2];
  g_autofree char *words = g_strdup_printf ("Theo claimed %s", track->name);

  g_assert_false (is_said (&self, words));
  g_assert_true (tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_TRACK_CLAIM, track->id, TUTTI_N (3)), 3));
  g_assert_true (is_said (&self, words));
  page_test_close (&self);
}

/* ---- where they are, and what they say ---- */

static gboolean
is_cursor_told (PageTest *self)
{
  return tutti_session_fake_get_here (self->session).step == 5;
}

/* Where I am is told by clip and step, and by view. */
static void
test_here (void)
{
  PageTest self = { 0 };
  TuttiHere here;
  TuttiStepRef ref;

  page_test_open (&self, 1280, 800);
  tutti_step_grid_focus_step (self.grid, 1, 4, TRUE);
  page_test_wait_for (&self, is_cursor_told, "the step that has the focus");
  here = tutti_session_fake_get_here (self.session);
  g_assert_true (tutti_step_grid_get_focus (self.grid, &ref));
  g_assert_true (tutti_id_equal (here.on, ref.clip));
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "mixer");
  g_assert_cmpuint (tutti_session_fake_get_here (self.session).place, ==, TUTTI_PLACE_MIXER);
  g_assert_cmpuint (tutti_session_fake_get_here (self.session).step, ==, 0);
  page_test_close (&self);
}

static gboolean
is_strip_there (PageTest *self)
{
  return page_test_find (self->page, page_test_is_of_class, "strip") != NULL ||
         page_test_find (self->page, page_test_is_label, "Shared Mix") != NULL;
}

static gboolean
is_fader (GtkWidget *widget, gconstpointer data)
{
  return TUTTI_IS_FADER (widget) && gtk_widget_get_mapped (widget);
}

static gboolean
is_let_go (PageTest *self)
{
  return tutti_session_fake_get_here (self->session).hold == TUTTI_HOLD_NOTHING;
}

/* A fader that is moved is told of, and let go after a moment; what others move is not. */
static void
test_hold (void)
{
  PageTest self = { 0 };
  TuttiId track;

  page_test_open (&self, 1280, 800);
  track = tutti_session_get_jam (self.session)->tracks[0]->id;
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "mixer");
  page_test_wait_for (&self, is_strip_there, "the mixer");
  tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_PARAM, track, TUTTI_N (TUTTI_PARAM_GAIN), TUTTI_N (-1200)), 2);
  g_assert_cmpuint (tutti_session_fake_get_here (self.session).hold, ==, TUTTI_HOLD_NOTHING);
  gtk_range_set_value (GTK_RANGE (page_test_find (self.page, is_fader, NULL)), 0.5);
  g_assert_cmpuint (tutti_session_fake_get_here (self.session).hold, ==, TUTTI_HOLD_GAIN);
  g_assert_true (tutti_id_equal (tutti_session_fake_get_here (self.session).on, track));
  page_test_wait_for (&self, is_let_go, "a fader that was let go");
  page_test_close (&self);
}

static gboolean
is_ear (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_SCALE (widget) && gtk_widget_has_css_class (widget, "mine-scale") && gtk_widget_get_mapped (widget);
}

static gboolean
is_ears_switch (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_SWITCH (widget) && gtk_widget_has_css_class (widget, "mine-switch") && gtk_widget_get_mapped (widget);
}

/* What I alone hear louder is no edit, comes back with the jam, and goes with the switch. */
static void
test_my_ears (void)
{
  PageTest self = { 0 };
  gint64 seq;

  page_test_open (&self, 1280, 800);
  seq = tutti_session_get_seq (self.session);
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "mixer");
  page_test_wait_for (&self, is_strip_there, "the mixer");
  gtk_range_set_value (GTK_RANGE (page_test_find (self.page, is_ear, NULL)), 6);
  g_assert_cmpint (tutti_session_fake_get_monitor_gain (self.session), ==, 600);
  gtk_switch_set_active (GTK_SWITCH (page_test_find (self.page, is_ears_switch, NULL)), FALSE);
  g_assert_cmpint (tutti_session_fake_get_monitor_gain (self.session), ==, 0);
  g_assert_null (page_test_find (self.page, is_ear, NULL));
  gtk_switch_set_active (GTK_SWITCH (page_test_find (self.page, is_ears_switch, NULL)), TRUE);
  g_assert_cmpint (tutti_session_fake_get_monitor_gain (self.session), ==, 600);
  gtk_range_set_value (GTK_RANGE (page_test_find (self.page, is_ear, NULL)), -24);
  g_assert_cmpint (tutti_session_fake_get_monitor_gain (self.session), ==, TUTTI_GAIN_MIN_CDB);
  gtk_range_set_value (GTK_RANGE (page_test_find (self.page, is_ear, NULL)), 0);
  g_assert_cmpint (tutti_session_get_seq (self.session), ==, seq);
  page_test_close (&self);
}

/* Following somebody turns to their view and page, and ends with them. */
static void
test_follow_view (void)
{
  PageTest self = { 0 };
  const TuttiJam *jam;

  page_test_open (&self, 1280, 800);
  jam = tutti_session_get_jam (self.session);
  tutti_session_fake_add_member (self.session, 2, "Mia", TUTTI_PERSON_AMBER, TRUE);
  tutti_session_fake_move (self.session, 2, &(TuttiHere) { .doing = TUTTI_DOING_EDITING, .place = TUTTI_PLACE_MIXER });
  g_assert_null (page_test_find (self.page, is_fader, NULL));
  gtk_widget_activate_action (self.page, "presence.follow", "u", 2u);
  page_test_wait_for (&self, is_strip_there, "the view of Mia");
  tutti_session_fake_move (self.session, 2, &(TuttiHere) { .doing = TUTTI_DOING_EDITING, .step = 3,
                                                           .on = tutti_track_clip_at (jam->tracks[1], jam->scenes[2].id) != NULL
                                                                   ? tutti_track_clip_at (jam->tracks[1], jam->scenes[2].id)->id
                                                                   : jam->tracks[1]->id });
  page_test_wait_for (&self, page_test_is_laid_out, "the pattern that Mia went to");
  gtk_widget_activate_action (self.page, "presence.follow", "u", 0u);
  tutti_session_fake_move (self.session, 2, &(TuttiHere) { .doing = TUTTI_DOING_EDITING, .place = TUTTI_PLACE_MIXER });
  g_assert_null (page_test_find (self.page, is_fader, NULL));
  page_test_close (&self);
}

static gboolean
is_hello_there (PageTest *self)
{
  return page_test_find (self->page, page_test_is_label, "Say hello.") != NULL;
}

static gboolean
is_line_there (PageTest *self)
{
  return page_test_find (self->page, page_test_is_label, "<b>loud</b> Kick") != NULL;
}

static gboolean
is_button_marked (PageTest *self)
{
  return page_test_find (self->page, page_test_is_of_class, "unread") != NULL;
}

static gboolean
is_button_plain (PageTest *self)
{
  return page_test_find (self->page, page_test_is_of_class, "unread") == NULL;
}

/* Unread until the page is seen; markup stays text; a link to a track leads to the pattern; an own line is never unread. */
static void
test_chat (void)
{
  PageTest self = { 0 };
  char id[TUTTI_ID_TEXT_SIZE];
  GtkWidget *line;

  page_test_open (&self, 1280, 800);
  tutti_session_fake_add_member (self.session, 2, "Mia", TUTTI_PERSON_AMBER, TRUE);
  tutti_jam_page_set_panel (TUTTI_JAM_PAGE (self.page), "chat");
  page_test_wait_for (&self, is_hello_there, "an empty chat");
  tutti_jam_page_set_panel (TUTTI_JAM_PAGE (self.page), NULL);
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "mixer");
  page_test_wait_for (&self, is_strip_there, "the mixer");
  while (page_test_find (self.page, page_test_is_label, "Say hello.") != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (tutti_session_chat (self.session, "mine", NULL));
  page_test_wait_for (&self, is_button_plain, "no mark for what I said");
  tutti_session_fake_say (self.session, 2, 0, "<b>loud</b> Kick");
  page_test_wait_for (&self, is_button_marked, "a mark for what Mia said");
  tutti_jam_page_set_panel (TUTTI_JAM_PAGE (self.page), "chat");
  page_test_wait_for (&self, is_line_there, "what Mia said");
  page_test_wait_for (&self, is_button_plain, "no mark once it was seen");
  line = page_test_find (self.page, page_test_is_label, "<b>loud</b> Kick");
  g_autofree char *uri = g_strconcat ("track:", tutti_id_print (tutti_session_get_jam (self.session)->tracks[0]->id, id), NULL);
  gboolean followed = FALSE;

  g_signal_emit_by_name (line, "activate-link", uri, &followed);
  g_assert_true (followed);
  page_test_wait_for (&self, page_test_is_laid_out, "the track that was linked");
  g_assert_true (tutti_id_equal (tutti_step_grid_get_track (self.grid), tutti_session_get_jam (self.session)->tracks[0]->id));
  g_signal_emit_by_name (line, "activate-link", "bar:3", &followed);
  page_test_close (&self);
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
  PageTest self = { 0 };
  GtkWidget *line;

  page_test_open (&self, 1280, 800);
  tutti_session_fake_say (self.session, 9, 0, "<b>loud</b> Kick");
  tutti_jam_page_set_panel (TUTTI_JAM_PAGE (self.page), "chat");
  page_test_wait_for (&self, is_line_there, "what a stranger said");
  line = page_test_find (self.page, page_test_is_label, "<b>loud</b> Kick");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (name_tag_of (line))), ==, "Somebody");
  tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_PERSON, TUTTI_N (9), "Zoe", TUTTI_N (TUTTI_PERSON_AMBER)), 0);
  g_assert_true (page_test_find (self.page, page_test_is_label, "<b>loud</b> Kick") == line);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (name_tag_of (line))), ==, "Zoe");
  page_test_close (&self);
}

static gboolean
is_last_there (PageTest *self)
{
  return page_test_find (self->page, page_test_is_label, "and on") != NULL;
}

/* The rows are as many as the lines that are kept, and the first says whose it is, though it was not the first of its run. */
static void
test_chat_full (void)
{
  PageTest self = { 0 };
  GtkWidget *list;
  guint rows = 0;

  page_test_open (&self, 1280, 800);
  tutti_jam_page_set_panel (TUTTI_JAM_PAGE (self.page), "chat");
  page_test_wait_for (&self, is_hello_there, "an empty chat");
  for (guint i = 0; i < TUTTI_LINES_MAX + 3; i++)
    tutti_session_fake_say (self.session, 9, 0, "and on");
  page_test_wait_for (&self, is_last_there, "what was said");
  list = page_test_find (self.page, page_test_is_label, "and on");
  for (guint i = 0; i < 3; i++)
    list = gtk_widget_get_parent (list);
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    rows++;
  g_assert_cmpuint (rows, ==, TUTTI_LINES_MAX);
  g_assert_cmpuint (tutti_session_get_n_lines (self.session), ==, rows);
  GtkWidget *bubble = gtk_widget_get_last_child (gtk_widget_get_first_child (list));

  g_assert_true (page_test_is_label (gtk_widget_get_first_child (bubble), "Somebody"));
  page_test_close (&self);
}

/* ---- who was sent away ---- */

static gboolean
is_removal_told (PageTest *self)
{
  return is_said (self, "Mia removed Theo") && is_said (self, "Removed · seat kept");
}

static void
test_removed (void)
{
  PageTest self = { 0 };

  page_test_open (&self, 1280, 800);
  receive (&self, "[\"person\",2,\"Mia\",\"mint\"]");
  receive (&self, "[\"person\",9,\"Theo\",\"cobalt\"]");
  tutti_session_fake_add_member (self.session, 9, "Theo", TUTTI_PERSON_COBALT, TRUE);
  tutti_jam_page_set_panel (TUTTI_JAM_PAGE (self.page), "people");
  g_assert_false (is_said (&self, "Removed"));
  tutti_session_fake_remove (self.session, 9, &(TuttiRemoval) { .by = 2 });
  page_test_wait_for (&self, is_removal_told, "that Theo was removed");
  g_assert_false (is_said (&self, "Theo left"));
  page_test_close (&self);
}

/* ---- who hosts next ---- */

static gboolean
is_handing_told (PageTest *self)
{
  return is_said (self, "The jam is being handed over. The music goes on…");
}

static gboolean
is_offline_told (PageTest *self)
{
  return is_said (self, "You are offline. Keep playing.");
}

/* Nobody’s computer is gone when its owner gives the jam to another. */
static void
test_handed (void)
{
  PageTest self = { 0 };

  page_test_open (&self, 1280, 800);
  tutti_session_fake_be_away (self.session, TUTTI_CLOSE_HANDED_OVER);
  page_test_wait_for (&self, is_handing_told, "that the jam is handed over");
  tutti_session_fake_set_state (self.session, TUTTI_SESSION_JOINED);
  tutti_session_fake_be_away (self.session, TUTTI_CLOSE_LOST);
  page_test_wait_for (&self, is_offline_told, "that the host is out of reach");
  page_test_close (&self);
}

/* ---- whether somebody is to go ---- */

static GtkWidget *
question (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (ADW_IS_MESSAGE_DIALOG (at->data))
      return at->data;
  return NULL;
}

static gboolean
is_people_page (GtkWidget *widget, gconstpointer data)
{
  return TUTTI_IS_PEOPLE_PAGE (widget);
}

static gboolean
is_asked (PageTest *self)
{
  return question () != NULL;
}

static gboolean
is_not_asked (PageTest *self)
{
  return question () == NULL;
}

/* Returns what was fatal before: a newer libadwaita measures labels of its dialog for less than they need while it looks how the
 * buttons fit, and warns of that itself. */
static GLogLevelFlags
ask_to_remove (PageTest *self)
{
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  GtkWidget *people;

  page_test_open (self, 1280, 800);
  receive (self, "[\"person\",1,\"Sam\",\"mint\"]");
  receive (self, "[\"person.role\",1,\"admin\"]");
  receive (self, "[\"person\",3,\"Theo\",\"cobalt\"]");
  people = page_test_find (self->page, is_people_page, NULL);
  g_assert_true (gtk_widget_activate_action (people, "people.remove", "u", 3u));
  page_test_wait_for (self, is_asked, "a question");
  return fatal;
}

static void
test_banned (void)
{
  PageTest self = { 0 };
  GLogLevelFlags fatal = ask_to_remove (&self);

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question ()), "ban");
  g_assert_cmpint (person (&self, 3)->role, ==, TUTTI_ROLE_BANNED);
  gtk_window_destroy (GTK_WINDOW (question ()));
  page_test_close (&self);
  g_log_set_always_fatal (fatal);
}

/* The jam ends and its page goes, while the window stays and asks: the question goes too, and an answer does nothing. */
static void
test_page_gone (void)
{
  PageTest self = { 0 };
  GLogLevelFlags fatal = ask_to_remove (&self);
  g_autoptr(GtkWidget) asked = g_object_ref (question ());

  adw_window_set_content (ADW_WINDOW (self.window), gtk_label_new ("no jam"));
  page_test_wait_for (&self, is_not_asked, "that the question is gone");
  g_signal_emit_by_name (asked, "response::ban", "ban");
  g_assert_cmpint (person (&self, 3)->role, !=, TUTTI_ROLE_BANNED);
  page_test_close (&self);
  g_log_set_always_fatal (fatal);
}

static gboolean
is_alone (PageTest *self)
{
  return g_list_model_get_n_items (gtk_window_get_toplevels ()) == 1;
}

static gboolean
is_not_alone (PageTest *self)
{
  return !is_alone (self);
}

/* What asks for a word goes with the page, too: a name typed for a jam that has ended has nobody to be told. */
static void
test_windows_go (void)
{
  static const char * const actions[] = { "jam.rename", "jam.describe", "people.passcode" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      PageTest self = { 0 };

      page_test_open (&self, 1280, 800);
      tutti_jam_page_set_panel (TUTTI_JAM_PAGE (self.page), "people");
      g_assert_true (gtk_widget_activate_action (page_test_find (self.page, is_people_page, NULL), actions[i], NULL));
      page_test_wait_for (&self, is_not_alone, actions[i]);
      adw_window_set_content (ADW_WINDOW (self.window), gtk_label_new ("no jam"));
      page_test_wait_for (&self, is_alone, "that nobody is asked any more");
      page_test_close (&self);
    }
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  g_test_add_func ("/page/wished", test_wished);
  g_test_add_func ("/page/claimed", test_claimed);
  g_test_add_func ("/page/here", test_here);
  g_test_add_func ("/page/hold", test_hold);
  g_test_add_func ("/page/my-ears", test_my_ears);
  g_test_add_func ("/page/follow-view", test_follow_view);
  g_test_add_func ("/page/chat", test_chat);
  g_test_add_func ("/page/chat-names", test_chat_names);
  g_test_add_func ("/page/chat-full", test_chat_full);
  g_test_add_func ("/page/removed", test_removed);
  g_test_add_func ("/page/handed", test_handed);
  g_test_add_func ("/page/banned", test_banned);
  g_test_add_func ("/page/page-gone", test_page_gone);
  g_test_add_func ("/page/windows-go", test_windows_go);
  return g_test_run ();
}
