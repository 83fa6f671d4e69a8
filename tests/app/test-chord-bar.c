/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lane of chords by keys alone, on a display that nobody sees: what is typed is what everybody gets, as one thing to undo. */
#include "tutti-app.h"
#include "tutti-chord-bar.h"
#include "tutti-chord.h"
#include "tutti-harmony.h"
#include "tutti-notes-page.h"
#include "tutti-session-fake.h"

#include <adwaita.h>

#define DEADLINE_US (20 * G_USEC_PER_SEC)
#define BEAT 960

typedef struct
{
  TuttiSession  *session;      /* owned */
  GtkWidget     *window;
  TuttiChordBar *bar;
} Fixture;

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
open_notes (Fixture *self)
{
  gint64 until = g_get_monotonic_time () + DEADLINE_US;
  GtkWidget *page;

  self->session = tutti_session_fake_new ();
  tutti_session_fake_fill (self->session);
  tutti_session_fake_fill_notes (self->session);
  tutti_session_fake_add_member (self->session, 1, "Sam", TUTTI_PERSON_MINT, TRUE);
  page = tutti_notes_page_new (self->session);
  tutti_notes_page_show (TUTTI_NOTES_PAGE (page), tutti_session_get_jam (self->session)->tracks[6]->id, tutti_id (0, 0));
  self->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (self->window), page);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 700);
  gtk_window_present (GTK_WINDOW (self->window));
  self->bar = TUTTI_CHORD_BAR (find (page, TUTTI_TYPE_CHORD_BAR));
  while (gtk_widget_get_width (GTK_WIDGET (self->bar)) == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_main_context_iteration (NULL, TRUE);
    }
  tutti_chord_bar_refresh (self->bar);
}

static void
close_notes (Fixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  settle ();
  g_clear_object (&self->session);
}

static const TuttiChordLane *
lane (Fixture *self)
{
  return &tutti_jam_clip (tutti_session_get_jam (self->session), tutti_notes_page_get_clip (TUTTI_NOTES_PAGE (
           gtk_widget_get_ancestor (GTK_WIDGET (self->bar), TUTTI_TYPE_NOTES_PAGE))), NULL)->chords;
}

static void
press (Fixture *self, guint key, GdkModifierType state)
{
  g_assert_true (tutti_chord_bar_press (self->bar, key, state));
  tutti_chord_bar_refresh (self->bar);
}

/* What the lane means at @beat, "" nothing. */
static void
assert_meant (Fixture *self, int beat, const char *wanted)
{
  const TuttiChordMark *mark = tutti_chord_meant (lane (self), beat * BEAT);
  char text[TUTTI_CHORD_TEXT_SIZE] = "";

  if (mark != NULL)
    tutti_chord_print (mark->root, (TuttiHarmony) mark->quality, text);
  g_assert_cmpstr (text, ==, wanted);
}

static void
undo (Fixture *self)
{
  g_assert_true (tutti_session_undo (self->session, NULL));
  tutti_chord_bar_refresh (self->bar);
}

/* A letter opens the question with it in; Enter there is the answer. */
static void
test_typed (void)
{
  Fixture self = { 0 };
  GtkWidget *entry;

  open_notes (&self);
  assert_meant (&self, 0, "Cm7");
  press (&self, GDK_KEY_d, 0);
  entry = find (GTK_WIDGET (self.bar), GTK_TYPE_ENTRY);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "D");
  gtk_editable_set_text (GTK_EDITABLE (entry), "not one");
  g_signal_emit_by_name (entry, "activate");
  assert_meant (&self, 0, "Cm7");
  gtk_editable_set_text (GTK_EDITABLE (entry), "dbmaj7");
  g_signal_emit_by_name (entry, "activate");
  settle ();
  tutti_chord_bar_refresh (self.bar);
  assert_meant (&self, 0, "D♭maj7");
  assert_meant (&self, 2, "A♭maj7");
  g_assert_null (find (GTK_WIDGET (self.bar), GTK_TYPE_ENTRY));
  undo (&self);
  assert_meant (&self, 0, "Cm7");
  close_notes (&self);
}

static GtkWidget *
focus_of (Fixture *self)
{
  return gtk_root_get_focus (GTK_ROOT (self->window));
}

/* Once placed, or given up, the next arrow key goes on from where it was asked. */
static void
test_focus (void)
{
  Fixture self = { 0 };
  GtkWidget *entry;

  open_notes (&self);
  gtk_widget_grab_focus (GTK_WIDGET (self.bar));
  for (int placed = 0; placed < 2; placed++)
    {
      press (&self, GDK_KEY_Return, 0);
      entry = find (GTK_WIDGET (self.bar), GTK_TYPE_ENTRY);
      while (focus_of (&self) == NULL || !gtk_widget_is_ancestor (focus_of (&self), entry))
        g_main_context_iteration (NULL, TRUE);
      if (placed)
        g_signal_emit_by_name (entry, "activate");
      else
        gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (entry, GTK_TYPE_POPOVER)));
      /* The next key may come before anything idles. */
      g_assert_true (focus_of (&self) == GTK_WIDGET (self.bar));
      settle ();
      g_assert_null (find (GTK_WIDGET (self.bar), GTK_TYPE_ENTRY));
      g_assert_true (focus_of (&self) == GTK_WIDGET (self.bar));
    }
  close_notes (&self);
}

/* Moved, made longer and taken away, each as one thing to undo; others' chords stay where they are as far as they can. */
static void
test_moved (void)
{
  Fixture self = { 0 };

  open_notes (&self);
  press (&self, GDK_KEY_Delete, 0);
  assert_meant (&self, 0, "");
  assert_meant (&self, 2, "A♭maj7");
  undo (&self);
  assert_meant (&self, 0, "Cm7");
  press (&self, GDK_KEY_Right, GDK_CONTROL_MASK);
  assert_meant (&self, 2, "Cm7");
  assert_meant (&self, 3, "A♭maj7");
  press (&self, GDK_KEY_Right, GDK_ALT_MASK);
  assert_meant (&self, 0, "");
  assert_meant (&self, 1, "Cm7");
  undo (&self);
  undo (&self);
  assert_meant (&self, 0, "Cm7");
  assert_meant (&self, 2, "A♭maj7");
  /* Not over the beginning. */
  press (&self, GDK_KEY_Left, GDK_ALT_MASK);
  assert_meant (&self, 0, "Cm7");
  close_notes (&self);
}

/* What somebody else writes shows, and while nothing is there a place is a bar. */
static void
test_others (void)
{
  Fixture self = { 0 };
  TuttiChordLane before;
  TuttiId clip;

  open_notes (&self);
  before = *lane (&self);
  clip = tutti_notes_page_get_clip (TUTTI_NOTES_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (self.bar), TUTTI_TYPE_NOTES_PAGE)));
  for (guint i = 0; i < before.n; i++)
    g_assert_true (tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_CHORD, clip, TUTTI_N (before.mark[i].tick), TUTTI_N (0),
                                                                           TUTTI_N (TUTTI_HARMONY_AS_BEFORE)), 2));
  tutti_chord_bar_refresh (self.bar);
  assert_meant (&self, 0, "");
  press (&self, GDK_KEY_Return, 0);
  g_signal_emit_by_name (find (GTK_WIDGET (self.bar), GTK_TYPE_ENTRY), "activate");
  settle ();
  assert_meant (&self, 3, "Cm");
  assert_meant (&self, 4, "");
  close_notes (&self);
}

int
main (int argc, char *argv[])
{
  g_autoptr(AdwApplication) app = NULL;

  g_test_init (&argc, &argv, NULL);
  tutti_app_init ();
  /* It is the application that brings the style sheet along. */
  app = adw_application_new ("io.github.tuttijam.Tutti", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (app), NULL, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/chord-bar/typed", test_typed);
  g_test_add_func ("/chord-bar/focus", test_focus);
  g_test_add_func ("/chord-bar/moved", test_moved);
  g_test_add_func ("/chord-bar/others", test_others);
  return g_test_run ();
}
