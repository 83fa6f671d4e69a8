/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the mixer and the cards below it show of the sound, and what only one person hears, on a display that nobody sees. */
#include "tutti-app.h"
#include "tutti-desk.h"
#include "tutti-effect-card.h"
#include "tutti-effect-rack.h"
#include "tutti-jam-page.h"
#include "tutti-mono-check.h"
#include "tutti-reduction-meter.h"
#include "tutti-session-fake.h"
#include "tutti-strip.h"

#include <adwaita.h>
#include <gst/gst.h>

#define DEADLINE_US (20 * G_USEC_PER_SEC)
#define SECOND_US G_USEC_PER_SEC

typedef struct
{
  TuttiSession *session;       /* owned */
  GtkWidget    *window, *page;
} Fixture;

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = gtk_widget_get_mapped (widget) && G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

#define WAIT_FOR(condition) \
  for (gint64 until = g_get_monotonic_time () + DEADLINE_US; !(condition); ) \
    { \
      if (g_get_monotonic_time () > until) \
        g_error ("never: %s", #condition); \
      if (!g_main_context_iteration (NULL, FALSE)) \
        g_usleep (1000); \
    }

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  self->session = tutti_session_fake_new ();
  tutti_session_fake_fill (self->session);
  tutti_session_fake_add_member (self->session, 1, "Sam", TUTTI_PERSON_MINT, TRUE);
  self->window = adw_window_new ();
  self->page = tutti_jam_page_new (self->session);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), self->page);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 800);
  adw_window_set_content (ADW_WINDOW (self->window), overlay);
  gtk_window_present (GTK_WINDOW (self->window));
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self->page), "mixer");
  WAIT_FOR (find (self->page, TUTTI_TYPE_MONO_CHECK) != NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self->session);
}

/* One switch at the master, and the document knows nothing of it. */
static void
test_mono (Fixture *self, gconstpointer data)
{
  GtkWidget *button = find (find (self->page, TUTTI_TYPE_MONO_CHECK), GTK_TYPE_TOGGLE_BUTTON);
  gint64 seq = tutti_session_get_seq (self->session);

  g_assert_false (tutti_session_get_mono (self->session));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "Mono Check: hear both sides as one, only you");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_assert_true (tutti_session_get_mono (self->session));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "Mono Check is on: only you hear both sides as one");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), FALSE);
  g_assert_false (tutti_session_get_mono (self->session));
  g_assert_cmpint (tutti_session_get_seq (self->session), ==, seq);
}

static GtkWidget *
add_to_master (Fixture *self, TuttiEffectKind kind)
{
  gtk_widget_activate_action (find (self->page, TUTTI_TYPE_EFFECT_RACK), "rack.add", "s", tutti_effect_names[kind]);
  WAIT_FOR (find (self->page, TUTTI_TYPE_EFFECT_CARD) != NULL);
  return find (self->page, TUTTI_TYPE_EFFECT_CARD);
}

static void
assert_says (GtkWidget *meter, const char *words)
{
  g_autofree char *said = tutti_reduction_meter_dup_words (TUTTI_REDUCTION_METER (meter));

  g_assert_cmpstr (said, ==, words);
}

/* Those that push the sound down say by how much, in a figure that stands a while; others have no such meter. */
static void
test_reduction (Fixture *self, gconstpointer data)
{
  GtkWidget *card, *meter;

  gtk_widget_activate_action (self->page, "page.sound", "s", "");
  WAIT_FOR (find (self->page, TUTTI_TYPE_EFFECT_RACK) != NULL);
  card = add_to_master (self, TUTTI_EFFECT_EQ);
  g_assert_null (find (card, TUTTI_TYPE_REDUCTION_METER));
  gtk_widget_activate_action (card, "device.remove", NULL);
  card = add_to_master (self, TUTTI_EFFECT_COMPRESSOR);
  WAIT_FOR (find (card, TUTTI_TYPE_REDUCTION_METER) != NULL);
  meter = find (card, TUTTI_TYPE_REDUCTION_METER);
  tutti_reduction_meter_feed (TUTTI_REDUCTION_METER (meter), 0, 10 * SECOND_US);
  tutti_reduction_meter_feed (TUTTI_REDUCTION_METER (meter), 7.3, 10 * SECOND_US + 100000);
  tutti_reduction_meter_feed (TUTTI_REDUCTION_METER (meter), 2, 10 * SECOND_US + 200000);
  tutti_reduction_meter_feed (TUTTI_REDUCTION_METER (meter), 1, 11 * SECOND_US);
  assert_says (meter, "7.3 dB softer");
  tutti_reduction_meter_feed (TUTTI_REDUCTION_METER (meter), 1, 12 * SECOND_US);
  assert_says (meter, "1.0 dB softer");
}

/* The page feeds it once a frame with what the session tells of this very effect. */
static void
test_reduction_fed (Fixture *self, gconstpointer data)
{
  g_autofree char *words = NULL;
  GtkWidget *card, *meter;

  gtk_widget_activate_action (self->page, "page.sound", "s", "");
  WAIT_FOR (find (self->page, TUTTI_TYPE_EFFECT_RACK) != NULL);
  card = add_to_master (self, TUTTI_EFFECT_LIMITER);
  WAIT_FOR (find (card, TUTTI_TYPE_REDUCTION_METER) != NULL);
  meter = find (card, TUTTI_TYPE_REDUCTION_METER);
  g_assert_true (tutti_session_fake_receive (self->session, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (-1)), 1));
  words = g_strdup_printf ("%.1f dB softer", tutti_session_get_reduction (self->session, (TuttiId) { 0 },
                                                                         tutti_effect_card_get_id (TUTTI_EFFECT_CARD (card))));
  for (int i = 1; i < 4; i++)
    tutti_jam_page_beat (TUTTI_JAM_PAGE (self->page), g_get_monotonic_time () + i * SECOND_US);
  assert_says (meter, words);
}

/* Tab goes on, until the keyboard is at @wanted or below it; FALSE: it never comes there. */
static gboolean
walk_to (Fixture *self, GtkWidget *wanted)
{
  g_autoptr(GHashTable) been = g_hash_table_new (NULL, NULL);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  while (focus != NULL && focus != wanted && !gtk_widget_is_ancestor (focus, wanted) && g_hash_table_add (been, focus))
    {
      g_test_message ("%s %s", G_OBJECT_TYPE_NAME (focus), gtk_widget_get_tooltip_text (focus));
      g_signal_emit_by_name (self->window, "move-focus", GTK_DIR_TAB_FORWARD);
      focus = gtk_window_get_focus (GTK_WINDOW (self->window));
    }
  return focus != NULL && (focus == wanted || gtk_widget_is_ancestor (focus, wanted));
}

/* From a fader to everything around it. */
static void
test_reach (Fixture *self, gconstpointer data)
{
  GtkWidget *rack, *card;

  gtk_widget_activate_action (self->page, "page.sound", "s", "");
  WAIT_FOR ((rack = find (self->page, TUTTI_TYPE_EFFECT_RACK)) != NULL && gtk_widget_get_width (rack) > 0);
  gtk_widget_activate_action (self->page, "page.focus-grid", NULL);
  g_assert_true (walk_to (self, find (self->page, TUTTI_TYPE_MONO_CHECK)));
  g_assert_true (walk_to (self, rack));
  card = add_to_master (self, TUTTI_EFFECT_COMPRESSOR);
  g_assert_true (walk_to (self, card));
}

/* With the desk open below and a bar above it fits the screen of a small laptop: the desk scrolls there, and has all its height where
 * there is room. */
static void
test_height (Fixture *self, gconstpointer data)
{
  GtkWidget *rack, *desk;
  int minimum;

  gtk_widget_activate_action (self->page, "page.sound", "s", "");
  WAIT_FOR ((rack = find (self->page, TUTTI_TYPE_EFFECT_RACK)) != NULL);
  desk = gtk_widget_get_ancestor (rack, TUTTI_TYPE_DESK);
  WAIT_FOR (gtk_widget_get_height (desk) == 375);
  g_assert_true (tutti_session_fake_receive (self->session, tutti_op_new (TUTTI_OP_JAM_PUBLISHED, TUTTI_N (1)), 1));
  gtk_widget_measure (self->page, GTK_ORIENTATION_VERTICAL, 1280, &minimum, NULL, NULL, NULL);
  g_test_message ("at least %d high", minimum);
  g_assert_cmpint (minimum, <=, 768);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 768);
  WAIT_FOR (gtk_widget_get_height (self->page) <= 768 && gtk_widget_get_height (desk) < 375);
}

int
main (int argc, char **argv)
{
  g_autoptr(AdwApplication) app = NULL;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  tutti_app_init ();
  app = adw_application_new ("io.github.tuttijam.Tutti", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (app), NULL, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add ("/mixer/mono", Fixture, NULL, set_up, test_mono, tear_down);
  g_test_add ("/mixer/reduction", Fixture, NULL, set_up, test_reduction, tear_down);
  g_test_add ("/mixer/reduction-fed", Fixture, NULL, set_up, test_reduction_fed, tear_down);
  g_test_add ("/mixer/height", Fixture, NULL, set_up, test_height, tear_down);
  g_test_add ("/mixer/reach", Fixture, NULL, set_up, test_reach, tear_down);
  return g_test_run ();
}
