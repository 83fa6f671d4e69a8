/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What hands do to an instrument's panel, on a display that nobody sees: knobs, handles, locks and presets become operations, and
 * nothing else. */
#include "tutti-app.h"
#include "tutti-instrument-panel.h"
#include "tutti-jam-json.h"
#include "tutti-jam-page.h"
#include "tutti-knob.h"
#include "tutti-number-knob.h"
#include "tutti-numbers.h"
#include "tutti-plot.h"
#include "tutti-preset-bar.h"
#include "tutti-session-fake.h"
#include "tutti-zone-map.h"
#include "tutti-zone-view.h"

#include <adwaita.h>

#define DEADLINE_US (20 * G_USEC_PER_SEC)
#define CUTOFF (TUTTI_ADDRESS_PATCH + TUTTI_PATCH_PARAM_CUTOFF)
#define RESONANCE (TUTTI_ADDRESS_PATCH + TUTTI_PATCH_PARAM_RESONANCE)

typedef struct
{
  TuttiSession  *session;      /* owned */
  GtkWidget     *window, *page, *panel;
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
is_panel (GtkWidget *widget, gconstpointer data)
{
  return TUTTI_IS_INSTRUMENT_PANEL (widget);
}

static gboolean
is_knob (GtkWidget *widget, gconstpointer data)
{
  return TUTTI_IS_KNOB (widget);
}

static gboolean
is_number (GtkWidget *widget, gconstpointer address)
{
  return TUTTI_IS_NUMBER_KNOB (widget) && tutti_number_knob_get_address (TUTTI_NUMBER_KNOB (widget)) == GPOINTER_TO_UINT (address);
}

static gboolean
is_plot (GtkWidget *widget, gconstpointer data)
{
  return TUTTI_IS_PLOT (widget);
}

static gboolean
is_zones (GtkWidget *widget, gconstpointer data)
{
  return TUTTI_IS_ZONE_MAP (widget);
}

static gboolean
has_tooltip (GtkWidget *widget, gconstpointer text)
{
  return gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0;
}

static gboolean
is_shown (Fixture *self)
{
  return gtk_widget_get_mapped (self->panel) && gtk_widget_get_width (self->panel) > 0;
}

static const TuttiTrack *
track_of (Fixture *self)
{
  return tutti_session_get_jam (self->session)->tracks[1];
}

static const TuttiStep *
step_of (Fixture *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  return &tutti_track_clip_at (jam->tracks[1], jam->scenes[1].id)->steps[4];
}

static int
value_of (Fixture *self, guint address)
{
  TuttiNumbers numbers;

  tutti_numbers_read (&numbers, track_of (self), NULL);
  return numbers.own[address];
}

/* The value that step five holds, −1: none. */
static int
lock_of (Fixture *self, guint address)
{
  for (guint i = 0; i < step_of (self)->n_locks; i++)
    if (step_of (self)->locks[i].address == address)
      return step_of (self)->locks[i].value;
  return -1;
}

static void
do_to (Fixture *self, TuttiOp *op)
{
  g_assert_true (tutti_session_fake_receive (self->session, op, 1));
}

/* Desk › Sound of the snare's track, which plays @sound; its fifth step has the focus. */
static void
open_panel (Fixture *self, const char *sound)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  self->session = tutti_session_fake_new ();
  tutti_session_fake_fill (self->session);
  tutti_session_fake_add_member (self->session, 1, "Sam", TUTTI_PERSON_MINT, TRUE);
  do_to (self, tutti_op_new (TUTTI_OP_TRACK_SOUND, track_of (self)->id, sound));
  self->window = adw_window_new ();
  self->page = tutti_jam_page_new (self->session);
  self->grid = tutti_pattern_page_get_grid (tutti_jam_page_get_pattern (TUTTI_JAM_PAGE (self->page)));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), self->page);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 800);
  adw_window_set_content (ADW_WINDOW (self->window), overlay);
  gtk_window_present (GTK_WINDOW (self->window));
  self->panel = find (self->page, is_panel, NULL);
  gtk_widget_activate_action (self->page, "page.desk", "i", 2);
  tutti_step_grid_set_scene (self->grid, tutti_session_get_jam (self->session)->scenes[1].id);
  tutti_step_grid_focus_step (self->grid, 1, 4, TRUE);
  wait_for (self, is_shown, "the panel on the screen");
}

static void
close_panel (Fixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->session);
}

static GtkWidget *
number (Fixture *self, guint address)
{
  GtkWidget *found = find (self->panel, is_number, GUINT_TO_POINTER (address));

  g_assert_nonnull (found);
  return found;
}

static GtkRange *
knob (Fixture *self, guint address)
{
  return GTK_RANGE (find (number (self, address), is_knob, NULL));
}

/* A knob sets the track's number, and shows what it is, whoever turned it; what it shows it does not say again. */
static void
test_turn (void)
{
  Fixture self;

  open_panel (&self, "synth:acid-saw");
  gtk_range_set_value (knob (&self, CUTOFF), 512);
  g_assert_cmpint (value_of (&self, CUTOFF), ==, 512);
  gint64 seq = tutti_session_get_seq (self.session);

  do_to (&self, tutti_op_new (TUTTI_OP_PATCH, track_of (&self)->id, TUTTI_N (TUTTI_PATCH_PARAM_CUTOFF), TUTTI_N (640)));
  g_assert_cmpfloat (gtk_range_get_value (knob (&self, CUTOFF)), ==, 640);
  g_assert_cmpint (tutti_session_get_seq (self.session), ==, seq + 1);
  g_signal_emit_by_name (number (&self, CUTOFF), "reset", (guint) CUTOFF);
  g_assert_false (tutti_track_has_any_patch (track_of (&self)));
  close_panel (&self);
}

static void
test_locks (void)
{
  Fixture self;

  open_panel (&self, "synth:acid-saw");
  int own = value_of (&self, CUTOFF);

  /* The menu's wish, at the value that is shown. */
  gtk_widget_activate_action (number (&self, CUTOFF), "number.lock", NULL);
  g_assert_cmpint (lock_of (&self, CUTOFF), ==, own);
  /* What is shown is what is turned: the lock. */
  gtk_range_set_value (knob (&self, CUTOFF), 700);
  g_assert_cmpint (lock_of (&self, CUTOFF), ==, 700);
  g_assert_cmpint (value_of (&self, CUTOFF), ==, own);
  /* Another step shows the track's own. */
  tutti_step_grid_focus_step (self.grid, 1, 5, TRUE);
  g_assert_cmpfloat (gtk_range_get_value (knob (&self, CUTOFF)), ==, own);
  tutti_step_grid_focus_step (self.grid, 1, 4, TRUE);
  g_assert_cmpfloat (gtk_range_get_value (knob (&self, CUTOFF)), ==, 700);
  gtk_widget_activate_action (number (&self, CUTOFF), "number.reset", NULL);
  g_assert_cmpint (lock_of (&self, CUTOFF), ==, -1);
  close_panel (&self);
}

/* A handle moves two numbers as one edit. */
static void
test_handle (void)
{
  Fixture self;
  GtkWidget *plot;

  open_panel (&self, "synth:acid-saw");
  plot = find (self.panel, is_plot, NULL);
  g_assert_nonnull (plot);
  gint64 seq = tutti_session_get_seq (self.session);

  g_signal_emit_by_name (plot, "moved", (guint) CUTOFF, 333, (guint) RESONANCE, 444);
  g_assert_cmpint (value_of (&self, CUTOFF), ==, 333);
  g_assert_cmpint (value_of (&self, RESONANCE), ==, 444);
  g_assert_cmpint (tutti_session_get_seq (self.session), ==, seq + 1);
  g_assert_true (tutti_session_undo (self.session, NULL));
  g_assert_false (tutti_track_has_any_patch (track_of (&self)));
  close_panel (&self);
}

/* Back to the preset, and that taken back. */
static void
test_back (void)
{
  Fixture self;
  GtkWidget *back;

  open_panel (&self, "synth:acid-saw");
  gtk_range_set_value (knob (&self, CUTOFF), 512);
  back = find (self.page, has_tooltip, "Back to Preset: forget what was turned");
  g_assert_nonnull (back);
  g_signal_emit_by_name (back, "clicked");
  g_assert_false (tutti_track_has_any_patch (track_of (&self)));
  g_assert_null (find (self.page, has_tooltip, "Back to Preset: forget what was turned"));
  g_assert_true (tutti_session_undo (self.session, NULL));
  g_assert_cmpint (value_of (&self, CUTOFF), ==, 512);
  close_panel (&self);
}

/* From preset to preset: everyone's track, and a phrase for me while it stands still. */
static void
test_next (void)
{
  Fixture self;

  open_panel (&self, "synth:acid-saw");
  g_signal_emit_by_name (find (self.page, has_tooltip, "The Next Sound"), "clicked");
  g_assert_cmpstr (track_of (&self)->sound, ==, "synth:acid-square");
  g_assert_null (tutti_session_fake_get_tried (self.session));
  do_to (&self, tutti_op_new (TUTTI_OP_STOP));
  g_signal_emit_by_name (find (self.page, has_tooltip, "The Sound Before"), "clicked");
  g_assert_cmpstr (track_of (&self)->sound, ==, "synth:acid-saw");
  g_assert_cmpstr (tutti_session_fake_get_tried (self.session), ==, "synth:acid-saw");
  close_panel (&self);
}

/* Each page of each instrument shows whatever it has within the panel. */
static void
test_pages (void)
{
  static const struct { const char *sound; guint pages; } panels[] = {
    { "synth:wide-pad", 8 }, { "drum:tin-clap", 3 }, { "kit:tight-kick", 7 }
  };
  Fixture self;

  open_panel (&self, "kit:dusty-snare");
  for (guint i = 0; i < G_N_ELEMENTS (panels); i++)
    {
      do_to (&self, tutti_op_new (TUTTI_OP_TRACK_SOUND, track_of (&self)->id, panels[i].sound));
      for (guint page = 0; page < panels[i].pages; page++)
        {
          int minimum;

          tutti_instrument_panel_set_page (TUTTI_INSTRUMENT_PANEL (self.panel), page);
          g_assert_true (find (self.panel, is_plot, NULL) != NULL || find (self.panel, is_zones, NULL) != NULL);
          gtk_widget_measure (self.panel, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
          g_assert_cmpint (minimum, <=, TUTTI_INSTRUMENT_PANEL_WIDTH);
          gtk_widget_measure (self.panel, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
          g_assert_cmpint (minimum, <=, 335);
        }
    }
  close_panel (&self);
}

/* The first zone keeps the track's own sound beside it; one that is moved stays in its order; one edit each. */
static void
test_zones (void)
{
  Fixture self;
  GtkWidget *map;
  TuttiZone zone;

  open_panel (&self, "kit:felt-keys");
  tutti_instrument_panel_set_page (TUTTI_INSTRUMENT_PANEL (self.panel), 2);
  map = find (self.panel, is_zones, NULL);
  g_assert_nonnull (map);
  do_to (&self, tutti_zone_view_add_op (track_of (&self), tutti_id (9, 1), tutti_id (9, 2), "kit:glass-bells"));
  g_assert_cmpuint (track_of (&self)->n_zones, ==, 2);
  tutti_zone_map_select (TUTTI_ZONE_MAP (map), tutti_id (9, 2));
  g_assert_cmpstr (tutti_zone_map_get_selected (TUTTI_ZONE_MAP (map))->sound, ==, "kit:felt-keys");
  zone = *tutti_zone_map_get_selected (TUTTI_ZONE_MAP (map));
  zone.key_high = 65;
  g_signal_emit_by_name (map, "moved", &zone, (guint) TUTTI_ZONE_KEYS);
  g_assert_cmpint (tutti_track_zone (track_of (&self), tutti_id (9, 2), NULL)->key_high, ==, 65);
  do_to (&self, tutti_zone_view_add_op (track_of (&self), tutti_id (9, 3), tutti_id (9, 4), "kit:tine-keys"));
  g_assert_cmpuint (track_of (&self)->n_zones, ==, 3);
  close_panel (&self);
}

static TuttiId
coin (gpointer ids)
{
  return tutti_id (9, ++*(guint *) ids);
}

/* Where a sound falls on the keyboard it begins; what lay there keeps the keys below. */
static void
test_dropped (void)
{
  Fixture self;
  const TuttiZone *own, *fallen;
  guint ids = 0;

  open_panel (&self, "kit:felt-keys");
  do_to (&self, tutti_zone_view_drop_op (track_of (&self), coin, &ids, "kit:glass-bells", 72));
  own = tutti_track_zone (track_of (&self), tutti_id (9, 2), NULL);
  fallen = tutti_track_zone (track_of (&self), tutti_id (9, 1), NULL);
  g_assert_cmpuint (track_of (&self)->n_zones, ==, 2);
  g_assert_cmpuint (own->key_high, ==, 71);
  g_assert_cmpuint (fallen->key_low, ==, 72);
  g_assert_cmpuint (fallen->key_high, ==, 127);
  g_assert_cmpuint (fallen->root, ==, 72);
  do_to (&self, tutti_zone_view_drop_op (track_of (&self), coin, &ids, "kit:tine-keys", 48));
  g_assert_cmpuint (track_of (&self)->n_zones, ==, 3);
  g_assert_cmpuint (tutti_track_zone (track_of (&self), tutti_id (9, 2), NULL)->key_high, ==, 47);
  g_assert_cmpuint (tutti_track_zone (track_of (&self), tutti_id (9, 3), NULL)->key_high, ==, 71);
  /* On the lowest key of a zone: that key alone. */
  do_to (&self, tutti_zone_view_drop_op (track_of (&self), coin, &ids, "kit:tine-keys", 72));
  g_assert_cmpuint (tutti_track_zone (track_of (&self), tutti_id (9, 4), NULL)->key_high, ==, 72);
  g_assert_cmpuint (tutti_track_zone (track_of (&self), tutti_id (9, 1), NULL)->key_low, ==, 73);
  close_panel (&self);
}

static void
put_zone (Fixture *self, guint id, guint key_low, guint key_high, guint velocity_low, guint velocity_high)
{
  TuttiZone zone = { .id = tutti_id (8, id), .key_low = (guint8) key_low, .key_high = (guint8) key_high,
                     .velocity_low = (guint8) velocity_low, .velocity_high = (guint8) velocity_high, .root = 60 };

  g_strlcpy (zone.sound, "kit:felt-keys", sizeof zone.sound);
  do_to (self, tutti_op_new (TUTTI_OP_ZONE, track_of (self)->id, zone.id, tutti_zone_edit_new (&zone, TUTTI_ZONE_WHOLE)));
}

static gboolean
sounds (const TuttiTrack *track, guint key, guint velocity)
{
  for (guint i = 0; i < track->n_zones; i++)
    if (track->zones[i].key_low <= key && track->zones[i].key_high >= key && track->zones[i].velocity_low <= velocity &&
        track->zones[i].velocity_high >= velocity)
      return TRUE;
  return FALSE;
}

/* Where zones of several velocities overlap, a drop on any key leaves a sound wherever there was one, and is heard there. */
static void
test_dropped_nothing_silent (void)
{
  static const guint places[] = { 39, 40, 45, 50, 51, 55, 57, 60, 61, 71 };
  Fixture self;
  guint ids = 0;

  open_panel (&self, "kit:felt-keys");
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      TuttiId fallen = tutti_id (9, ids + 1);

      while (track_of (&self)->n_zones > 0)
        do_to (&self, tutti_op_new (TUTTI_OP_ZONE_DELETE, track_of (&self)->id, track_of (&self)->zones[0].id));
      put_zone (&self, 1, 40, 60, 1, 64);
      put_zone (&self, 2, 50, 70, 65, 127);
      put_zone (&self, 3, 55, 55, 65, 127);
      do_to (&self, tutti_zone_view_drop_op (track_of (&self), coin, &ids, "kit:glass-bells", places[i]));
      g_assert_cmpuint (tutti_track_zone (track_of (&self), fallen, NULL)->key_low, ==, places[i]);
      for (guint key = 40; key <= 70; key++)
        {
          g_assert_true (key > 60 || sounds (track_of (&self), key, 1));
          g_assert_true (key < 50 || sounds (track_of (&self), key, 127));
        }
    }
  close_panel (&self);
}

/* A drop as the toolkit brings it: the map takes files, and says where keys are. */
static void
test_drop_place (void)
{
  Fixture self;
  GtkWidget *map;
  guint last = 0;

  open_panel (&self, "kit:felt-keys");
  tutti_instrument_panel_set_page (TUTTI_INSTRUMENT_PANEL (self.panel), 2);
  map = find (self.panel, is_zones, NULL);
  for (int x = -5; x < gtk_widget_get_width (map) + 5; x++)
    {
      guint key = tutti_zone_map_key_at (TUTTI_ZONE_MAP (map), x);

      g_assert_cmpuint (key, >=, last);
      last = key;
    }
  g_assert_cmpuint (last, ==, 127);
  g_assert_cmpuint (tutti_zone_map_key_at (TUTTI_ZONE_MAP (map), -1), ==, 0);
  close_panel (&self);
}

static GtkDropTarget *
drop_target_of (GtkWidget *widget)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) each = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (each))
        return GTK_DROP_TARGET (each);
    }
  return NULL;
}

/* As the toolkit brings a file: whether it was taken. */
static gboolean
drop_file (GtkWidget *map, const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GSList) files = g_slist_prepend (NULL, file);
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, files);
  g_signal_emit_by_name (drop_target_of (map), "drop", &value, gtk_widget_get_width (map) / 2.0, 10.0, &taken);
  return taken;
}

static gboolean
is_full_said (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), "holds at most 32 zones") != NULL;
}

static gboolean
is_full_said_here (Fixture *self)
{
  return find (self->window, is_full_said, NULL) != NULL;
}

/* What falls on a sampler with one place left is taken; on one that is full it is not, nothing is brought into the jam for it, and it is
 * said why. */
static void
test_drop_full (void)
{
  Fixture self;
  GtkWidget *map;
  guint64 before;

  open_panel (&self, "kit:felt-keys");
  tutti_instrument_panel_set_page (TUTTI_INSTRUMENT_PANEL (self.panel), 2);
  map = find (self.panel, is_zones, NULL);
  for (guint i = 1; i < TUTTI_ZONES_MAX; i++)
    put_zone (&self, i, i, i, 1, 127);
  g_assert_true (drop_file (map, "/nowhere/snap.wav"));
  g_assert_false (is_full_said_here (&self));
  put_zone (&self, TUTTI_ZONES_MAX, 40, 127, 1, 127);
  before = tutti_jam_hash (tutti_session_get_jam (self.session));
  g_assert_false (drop_file (map, "/nowhere/snap.wav"));
  wait_for (&self, is_full_said_here, "that it is full");
  g_assert_cmpuint (tutti_jam_hash (tutti_session_get_jam (self.session)), ==, before);
  close_panel (&self);
}

/* Who only listens sees everything and turns nothing, and is told why. */
static void
test_viewer (void)
{
  Fixture self;
  g_autoptr(TuttiOp) viewer = tutti_op_from_text ("[\"person.role\",1,\"viewer\"]", -1, NULL);

  open_panel (&self, "synth:acid-saw");
  g_assert_true (gtk_widget_is_sensitive (number (&self, CUTOFF)));
  g_assert_true (tutti_session_fake_receive (self.session, g_steal_pointer (&viewer), 0));
  g_assert_false (gtk_widget_is_sensitive (number (&self, CUTOFF)));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (self.panel), ==, "Not allowed: viewers listen and look.");
  close_panel (&self);
}

int
main (int argc, char **argv)
{
  g_autoptr(AdwApplication) app = NULL;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  tutti_app_init ();
  /* It is the application that brings the style sheet along. */
  app = adw_application_new ("io.github.tuttijam.Tutti", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (app), NULL, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-font-name", "Cantarell 11", NULL);
  g_test_add_func ("/instrument-panel/turn", test_turn);
  g_test_add_func ("/instrument-panel/locks", test_locks);
  g_test_add_func ("/instrument-panel/handle", test_handle);
  g_test_add_func ("/instrument-panel/back", test_back);
  g_test_add_func ("/instrument-panel/next", test_next);
  g_test_add_func ("/instrument-panel/pages", test_pages);
  g_test_add_func ("/instrument-panel/zones", test_zones);
  g_test_add_func ("/instrument-panel/dropped", test_dropped);
  g_test_add_func ("/instrument-panel/dropped-nothing-silent", test_dropped_nothing_silent);
  g_test_add_func ("/instrument-panel/drop-place", test_drop_place);
  g_test_add_func ("/instrument-panel/drop-full", test_drop_full);
  g_test_add_func ("/instrument-panel/viewer", test_viewer);
  return g_test_run ();
}
