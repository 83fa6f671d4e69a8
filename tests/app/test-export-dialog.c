/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked before an export: how long, as what, and whether of each track. */
#include "page-test.h"

#include "tutti-export-dialog.h"
#include "tutti-session-fake.h"

#include <adwaita.h>
#include <gst/gst.h>

typedef struct
{
  PageTest           page;
  GtkWidget         *dialog;
  TuttiExportOptions options;
  guint              asked;
} Test;

static Test *now;

static void
on_asked (const TuttiExportOptions *options, gpointer user_data)
{
  now->options = *options;
  now->asked++;
}

static gboolean
is_shown (PageTest *page)
{
  return gtk_widget_get_mapped (now->dialog);
}

static void
open_dialog (Test *self)
{
  now = self;
  self->dialog = tutti_export_dialog_open (self->page.page, tutti_session_get_jam (self->page.session), on_asked, self);
  page_test_wait_for (&self->page, is_shown, "the dialog");
}

static void
set_up (Test *self, gconstpointer data)
{
  page_test_open (&self->page, 1280, 800);
  tutti_session_fake_receive (self->page.session, tutti_op_new (TUTTI_OP_LOOP, TUTTI_N (0), TUTTI_N (0), TUTTI_N (3840)), 1);
}

static void
tear_down (Test *self, gconstpointer data)
{
  page_test_close (&self->page);
}

static gboolean
is_a (GtkWidget *widget, gconstpointer type)
{
  return G_TYPE_CHECK_INSTANCE_TYPE (widget, GPOINTER_TO_SIZE (type));
}

static GtkWidget *
find (Test *self, GType type)
{
  GtkWidget *found = page_test_find (self->dialog, is_a, GSIZE_TO_POINTER (type));

  g_assert_nonnull (found);
  return found;
}

static void
press (Test *self)
{
  g_signal_emit_by_name (gtk_window_get_default_widget (GTK_WINDOW (self->dialog)), "clicked");
}

static gboolean
says (Test *self, const char *words)
{
  return page_test_find (self->dialog, page_test_is_label, words) != NULL;
}

/* Eight bars, or more if that is where all begins again. */
static void
test_as_it_is (Test *self, gconstpointer data)
{
  const TuttiJam *jam = tutti_session_get_jam (self->page.session);
  guint round = tutti_export_round_bars (jam, 64);

  open_dialog (self);
  g_assert_true (says (self, "Bars"));
  g_assert_true (says (self, "WAV, 24 bits"));
  press (self);
  g_assert_cmpuint (self->asked, ==, 1);
  g_assert_cmpint (self->options.ticks, ==, (8 + round - 1) / round * round * tutti_ticks_per_bar (4, 4));
  g_assert_cmpint (self->options.format, ==, TUTTI_EXPORT_WAV_24);
  g_assert_false (self->options.each_track);
}

static void
test_choices (Test *self, gconstpointer data)
{
  const TuttiJam *jam = tutti_session_get_jam (self->page.session);
  g_autofree char *length = NULL;

  open_dialog (self);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find (self, GTK_TYPE_SPIN_BUTTON)), 2);
  length = g_strdup_printf ("%d seconds", (int) (8 * 6000.0 / jam->transport.anchor.tempo_cbpm + 2.5));
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (find (self, ADW_TYPE_ACTION_ROW))), length));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find (self, ADW_TYPE_COMBO_ROW)), TUTTI_EXPORT_FLAC);
  g_assert_true (says (self, "Choose a File…"));
  gtk_switch_set_active (GTK_SWITCH (find (self, GTK_TYPE_SWITCH)), TRUE);
  g_assert_true (says (self, "Choose a Folder…"));
  press (self);
  g_assert_cmpuint (self->asked, ==, 1);
  g_assert_cmpint (self->options.ticks, ==, 2 * tutti_ticks_per_bar (4, 4));
  g_assert_cmpint (self->options.format, ==, TUTTI_EXPORT_FLAC);
  g_assert_true (self->options.each_track);
  /* The kind is remembered. */
  open_dialog (self);
  press (self);
  g_assert_cmpint (self->options.format, ==, TUTTI_EXPORT_FLAC);
}

static void
test_loop (Test *self, gconstpointer data)
{
  tutti_session_fake_receive (self->page.session, tutti_op_new (TUTTI_OP_LOOP, TUTTI_N (1), TUTTI_N (0), TUTTI_N (3 * 960)), 1);
  open_dialog (self);
  g_assert_true (says (self, "Rounds of the Loop"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find (self, GTK_TYPE_SPIN_BUTTON)), 5);
  press (self);
  g_assert_cmpint (self->options.ticks, ==, 15 * 960);
}

static void
test_too_long (Test *self, gconstpointer data)
{
  open_dialog (self);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find (self, GTK_TYPE_SPIN_BUTTON)), 9999);
  press (self);
  g_assert_cmpuint (self->asked, ==, 0);
  g_assert_true (says (self, "Longer than 3 hours"));
  gtk_window_destroy (GTK_WINDOW (self->dialog));
}

static void
test_nothing_heard (Test *self, gconstpointer data)
{
  const TuttiJam *jam = tutti_session_get_jam (self->page.session);

  for (guint i = 0; i < jam->n_tracks; i++)
    {
      tutti_session_fake_receive (self->page.session, tutti_op_new (TUTTI_OP_TRACK_MUTE, jam->tracks[i]->id, TUTTI_N (1)), 1);
      jam = tutti_session_get_jam (self->page.session);
    }
  open_dialog (self);
  g_assert_true (says (self, "No track is heard"));
  g_assert_false (gtk_widget_get_sensitive (find (self, GTK_TYPE_SWITCH)));
  gtk_window_destroy (GTK_WINDOW (self->dialog));
}

int
main (int argc, char **argv)
{
  page_test_init (&argc, &argv);
  gst_init (NULL, NULL);
  g_test_add ("/export-dialog/as-it-is", Test, NULL, set_up, test_as_it_is, tear_down);
  g_test_add ("/export-dialog/loop", Test, NULL, set_up, test_loop, tear_down);
  g_test_add ("/export-dialog/too-long", Test, NULL, set_up, test_too_long, tear_down);
  g_test_add ("/export-dialog/nothing-heard", Test, NULL, set_up, test_nothing_heard, tear_down);
  g_test_add ("/export-dialog/choices", Test, NULL, set_up, test_choices, tear_down);
  return g_test_run ();
}
