/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Effects that everybody hears, in Desk › Sound and in the mixer, on a display that nobody sees: what is done there becomes operations,
 * and what the document says is shown. */
#include "tutti-app.h"
#include "tutti-curve-view.h"
#include "tutti-device-card.h"
#include "tutti-effect-card.h"
#include "tutti-effect-rack.h"
#include "tutti-effect-scale.h"
#include "tutti-jam-page.h"
#include "tutti-knob.h"
#include "tutti-personal-rack.h"
#include "tutti-preset-bar.h"
#include "tutti-session-fake.h"
#include "tutti-settings.h"
#include "tutti-strip-effects.h"

#include <adwaita.h>
#include <gst/gst.h>

#define DEADLINE_US (20 * G_USEC_PER_SEC)
#define SNARE 1

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

static guint
count (GtkWidget *widget, Match match, gconstpointer data)
{
  guint n = match (widget, data);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count (child, match, data);
  return n;
}

static gboolean
is_type (GtkWidget *widget, gconstpointer type)
{
  return gtk_widget_get_mapped (widget) && G_TYPE_CHECK_INSTANCE_TYPE (widget, GPOINTER_TO_SIZE (type));
}

static gboolean
is_label (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);
}

static gboolean
has_tooltip (GtkWidget *widget, gconstpointer text)
{
  return gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0;
}

#define TYPE(type) GSIZE_TO_POINTER (type)

static GtkWidget *
rack_of (Fixture *self)
{
  return find (self->page, is_type, TYPE (TUTTI_TYPE_EFFECT_RACK));
}

static GtkWidget *
card_of (Fixture *self, TuttiId id)
{
  GtkWidget *cards = gtk_widget_get_parent (find (rack_of (self), is_type, TYPE (TUTTI_TYPE_EFFECT_CARD)));

  for (GtkWidget *card = gtk_widget_get_first_child (cards); card != NULL; card = gtk_widget_get_next_sibling (card))
    if (tutti_id_equal (tutti_effect_card_get_id (TUTTI_EFFECT_CARD (card)), id))
      return card;
  return NULL;
}

/* ---- the page ---- */

static gboolean
is_laid_out (Fixture *self)
{
  return gtk_widget_get_mapped (self->page) && gtk_widget_get_width (GTK_WIDGET (self->grid)) > 0 &&
         tutti_step_grid_get_n_rows (self->grid) > 0;
}

static gboolean
is_open (Fixture *self)
{
  return rack_of (self) != NULL && gtk_widget_get_width (rack_of (self)) > 0;
}

static const TuttiJam *
jam_of (Fixture *self)
{
  return tutti_session_get_jam (self->session);
}

static const TuttiTrack *
snare (Fixture *self)
{
  return jam_of (self)->tracks[SNARE];
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
open_page (Fixture *self)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  self->session = tutti_session_fake_new ();
  tutti_session_fake_fill (self->session);
  tutti_session_fake_add_member (self->session, 1, "Sam", TUTTI_PERSON_MINT, TRUE);
  self->window = adw_window_new ();
  self->page = tutti_jam_page_new (self->session);
  self->grid = tutti_pattern_page_get_grid (tutti_jam_page_get_pattern (TUTTI_JAM_PAGE (self->page)));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), self->page);
  gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 800);
  adw_window_set_content (ADW_WINDOW (self->window), overlay);
  gtk_window_present (GTK_WINDOW (self->window));
  wait_for (self, is_laid_out, "a page on the screen");
  settle ();
  tutti_step_grid_focus_step (self->grid, SNARE, 4, TRUE);
  gtk_widget_activate_action (self->page, "page.desk", "i", 2);
  wait_for (self, is_open, "the desk");
}

static void
close_page (Fixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  settle ();
  g_clear_object (&self->session);
}

static TuttiId
add (Fixture *self, TuttiEffectKind kind)
{
  gtk_widget_activate_action (rack_of (self), "rack.add", "s", tutti_effect_names[kind]);
  settle ();
  return snare (self)->effects[snare (self)->n_effects - 1].id;
}

static GtkWidget *
knob_of (Fixture *self, TuttiId id, guint knob)
{
  return tutti_device_card_get_knob (TUTTI_DEVICE_CARD (find (card_of (self, id), is_type, TYPE (TUTTI_TYPE_DEVICE_CARD))), knob);
}

/* ---- laws ---- */

/* A knob's name of which one does not see all. */
static gboolean
is_cut (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "knob-name") &&
         pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget)));
}

/* Once it is laid out, which a frame or two does. */
static gboolean
shows_whole_names (Fixture *self)
{
  GtkWidget *card = card_of (self, snare (self)->effects[0].id);

  return gtk_widget_get_width (card) > 0 && count (card, is_cut, NULL) == 0;
}

/* Every kind is there to be added, has a card with a picture and a knob for each value, and says the values in words. */
static void
test_kinds (void)
{
  Fixture self;

  open_page (&self);
  g_assert_nonnull (find (self.page, is_label, "No effects yet.\nWhat you add here, everyone hears."));
  for (int kind = 0; kind < TUTTI_N_EFFECTS; kind++)
    {
      TuttiId id = add (&self, kind);
      GtkWidget *card = card_of (&self, id);

      g_assert_cmpint (snare (&self)->effects[0].kind, ==, kind);
      g_assert_nonnull (find (card, is_type, TYPE (TUTTI_TYPE_CURVE_VIEW)));
      g_assert_cmpuint (count (card, is_type, TYPE (TUTTI_TYPE_KNOB)), ==, tutti_effect_count_values (kind));
      wait_for (&self, shows_whole_names, tutti_effect_names[kind]);
      gtk_widget_activate_action (card, "device.remove", NULL);
      settle ();
      g_assert_cmpuint (snare (&self)->n_effects, ==, 0);
    }
  g_assert_true (tutti_session_undo (self.session, NULL));
  g_assert_cmpuint (snare (&self)->n_effects, ==, 1);
  close_page (&self);
}

/* A chain is full at eight, and says so. */
static void
test_full (void)
{
  Fixture self;
  GtkWidget *button;

  open_page (&self);
  for (int i = 0; i < TUTTI_EFFECTS_MAX; i++)
    {
      button = find (rack_of (&self), has_tooltip, "Add an Effect for Everyone");
      g_assert_true (gtk_widget_is_sensitive (button));
      add (&self, TUTTI_EFFECT_EQ);
    }
  button = find (rack_of (&self), has_tooltip, "A chain holds at most 8 effects");
  g_assert_nonnull (button);
  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_cmpuint (count (rack_of (&self), is_type, TYPE (TUTTI_TYPE_EFFECT_CARD)), ==, TUTTI_EFFECTS_MAX);
  close_page (&self);
}

/* A knob turned here is the document's, one turned elsewhere turns here, and the card stays the same one. */
static void
test_turned (void)
{
  Fixture self;

  open_page (&self);
  TuttiId id = add (&self, TUTTI_EFFECT_COMPRESSOR);
  GtkWidget *card = card_of (&self, id), *threshold = knob_of (&self, id, 0), *ratio = knob_of (&self, id, 1);

  gtk_range_set_value (GTK_RANGE (threshold), -2400);
  g_assert_cmpint (snare (&self)->effects[0].values[0], ==, -2400);
  g_assert_nonnull (find (card, is_label, "−24.0 dB"));
  g_assert_true (tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_EFFECT_VALUE, id, TUTTI_N (1), TUTTI_N (800)), 1));
  g_assert_true (card_of (&self, id) == card);
  g_assert_cmpint (tutti_effect_scale_from_knob (TUTTI_EFFECT_COMPRESSOR, 1, gtk_range_get_value (GTK_RANGE (ratio))), ==, 800);
  g_assert_nonnull (find (card, is_label, "8 : 1"));
  gtk_widget_activate_action (card, "device.typed", "(us)", 0u, "-30 dB");
  g_assert_cmpint (snare (&self)->effects[0].values[0], ==, -3000);
  gtk_widget_activate_action (card, "device.typed", "(us)", 0u, "loud");
  g_assert_cmpint (snare (&self)->effects[0].values[0], ==, -3000);
  gtk_widget_activate_action (card, "device.initial", "u", 0u);
  g_assert_cmpint (snare (&self)->effects[0].values[0], ==, -1800);
  gtk_widget_activate_action (card, "device.reset", NULL);
  g_assert_cmpint (snare (&self)->effects[0].values[1], ==, 300);
  close_page (&self);
}

/* Cards stand in the order of the chain, whoever moves them; the ends are ends. */
static void
test_moved (void)
{
  Fixture self;

  open_page (&self);
  TuttiId first = add (&self, TUTTI_EFFECT_EQ), second = add (&self, TUTTI_EFFECT_REVERB);

  g_assert_true (gtk_widget_get_next_sibling (card_of (&self, first)) == card_of (&self, second));
  gtk_widget_activate_action (card_of (&self, first), "device.move", "i", 1);
  g_assert_true (gtk_widget_get_next_sibling (card_of (&self, second)) == card_of (&self, first));
  gtk_widget_activate_action (card_of (&self, second), "device.move", "i", -1);
  gtk_widget_activate_action (card_of (&self, first), "device.move", "i", 1);
  g_assert_true (tutti_id_equal (snare (&self)->effects[0].id, second));
  g_signal_emit_by_name (card_of (&self, first), "dragged", -300.0, TRUE);
  g_assert_true (tutti_id_equal (snare (&self)->effects[0].id, first));
  g_assert_true (gtk_widget_get_next_sibling (card_of (&self, first)) == card_of (&self, second));
  g_assert_true (tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_EFFECT_DELETE, first), 1));
  g_assert_cmpuint (count (rack_of (&self), is_type, TYPE (TUTTI_TYPE_EFFECT_CARD)), ==, 1);
  close_page (&self);
}

/* Another track steers a compressor, and the card says which. */
static void
test_steered (void)
{
  Fixture self;
  char kick[TUTTI_ID_TEXT_SIZE];

  open_page (&self);
  TuttiId id = add (&self, TUTTI_EFFECT_COMPRESSOR);

  tutti_id_print (jam_of (&self)->tracks[0]->id, kick);
  gtk_widget_activate_action (card_of (&self, id), "device.key", "s", kick);
  g_assert_true (tutti_id_equal (snare (&self)->effects[0].key, jam_of (&self)->tracks[0]->id));
  gtk_widget_activate_action (card_of (&self, id), "device.key", "s", "");
  g_assert_true (tutti_id_is_none (snare (&self)->effects[0].key));
  close_page (&self);
}

static const TuttiStep *
step_of (Fixture *self)
{
  TuttiStepRef ref;

  g_assert_true (tutti_step_grid_get_focus (self->grid, &ref));
  return tutti_step_edit_look_up (jam_of (self), &ref);
}

/* The lock of the reverb's @index on the focused step, or −1. */
static int
lock_of (Fixture *self, guint index)
{
  guint address = tutti_address_of_effect (snare (self)->effects[0].slot, index);

  for (guint i = 0; i < step_of (self)->n_locks; i++)
    if (step_of (self)->locks[i].address == address)
      return step_of (self)->locks[i].value;
  return -1;
}

/* A lock is made from the knob's menu; a knob that shows a lock turns the lock; the effect's own value stays. */
static void
test_locked (void)
{
  Fixture self;

  open_page (&self);
  TuttiId id = add (&self, TUTTI_EFFECT_REVERB);
  const int mix = 5, initial = tutti_effect_value_spec (TUTTI_EFFECT_REVERB, 5)->initial;

  gtk_widget_activate_action (card_of (&self, id), "device.lock", "u", (guint) mix);
  g_assert_cmpint (lock_of (&self, mix), ==, initial);
  gtk_range_set_value (GTK_RANGE (knob_of (&self, id, mix)), 600);
  g_assert_cmpint (lock_of (&self, mix), ==, 600);
  g_assert_cmpint (snare (&self)->effects[0].values[mix], ==, initial);
  tutti_step_grid_focus_step (self.grid, SNARE, 3, TRUE);
  settle ();
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (knob_of (&self, id, mix))), ==, initial);
  tutti_step_grid_focus_step (self.grid, SNARE, 4, TRUE);
  settle ();
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (knob_of (&self, id, mix))), ==, 600);
  gtk_widget_activate_action (card_of (&self, id), "device.unlock", "u", (guint) mix);
  g_assert_cmpint (lock_of (&self, mix), ==, -1);
  close_page (&self);
}

/* Who only looks sees everything, and why it does not move. */
static void
test_viewer (void)
{
  Fixture self;

  open_page (&self);
  TuttiId id = add (&self, TUTTI_EFFECT_EQ);

  g_assert_true (tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (1),
                                                                         TUTTI_N (TUTTI_ROLE_VIEWER)), 0));
  settle ();
  g_assert_false (gtk_widget_is_sensitive (card_of (&self, id)));
  g_assert_nonnull (find (rack_of (&self), has_tooltip, "Not allowed: viewers listen and look."));
  close_page (&self);
}

static gboolean
mixer_is_there (Fixture *self)
{
  GtkWidget *effects = find (self->page, is_type, TYPE (TUTTI_TYPE_STRIP_EFFECTS));

  return effects != NULL && gtk_widget_get_width (effects) > 0;
}

/* From the mixer a click goes to the chain below it, the master's too; closing it brings the strips back whole. */
static void
test_mixer (void)
{
  Fixture self;
  TuttiId none = { 0 };

  open_page (&self);
  for (int i = 0; i < 6; i++)
    add (&self, TUTTI_EFFECT_EQ);
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "mixer");
  wait_for (&self, mixer_is_there, "the mixer");
  g_assert_null (rack_of (&self));
  g_assert_nonnull (find (self.page, is_label, "+3"));
  gtk_widget_activate_action (self.page, "page.sound", "s", "");
  wait_for (&self, is_open, "the desk below the mixer");
  g_assert_nonnull (find (rack_of (&self), is_label, "No effects on the whole yet.\nWhat you add here, everyone hears."));
  gtk_widget_activate_action (rack_of (&self), "rack.add", "s", "limiter");
  settle ();
  g_assert_cmpuint (jam_of (&self)->n_master_effects, ==, 1);
  g_assert_cmpuint (count (rack_of (&self), is_type, TYPE (TUTTI_TYPE_EFFECT_CARD)), ==, 1);
  g_assert_null (find (self.page, is_type, TYPE (TUTTI_TYPE_STRIP_EFFECTS)));
  /* Its arrows would give another sound to the track that was selected. */
  g_assert_null (find (self.page, is_type, TYPE (TUTTI_TYPE_PRESET_BAR)));
  g_assert_nonnull (find (self.page, is_label, "all tracks together · 1 effect"));
  gtk_widget_activate_action (card_of (&self, jam_of (&self)->master_effects[0].id), "device.lock", "u", 0u);
  g_assert_cmpuint (step_of (&self)->n_locks, ==, 3);
  gtk_widget_activate_action (self.page, "page.desk", "i", -1);
  wait_for (&self, mixer_is_there, "whole strips");
  g_assert_null (rack_of (&self));
  g_assert_true (tutti_session_fake_receive (self.session, tutti_op_new (TUTTI_OP_EFFECT_ADD, tutti_session_new_id (self.session), none,
                                                                         TUTTI_N (TUTTI_EFFECT_EQ), TUTTI_N (0)), 1));
  g_assert_cmpuint (jam_of (&self)->n_master_effects, ==, 2);
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (self.page), "pattern");
  wait_for (&self, is_open, "the desk below the pattern, as it was");
  g_assert_nonnull (find (self.page, is_type, TYPE (TUTTI_TYPE_PRESET_BAR)));
  close_page (&self);
}

/* Sharing gives everybody the shared one; mine is off and stays, so that it is there when the shared one is undone. */
static void
test_shared (void)
{
  Fixture self;
  g_autofree char *text = NULL;

  tutti_settings_set_personal_effects ("[{\"element\":\"equalizer-3bands\",\"band0\":778}]");
  open_page (&self);
  g_assert_true (gtk_widget_activate_action (find (self.page, is_type, TYPE (TUTTI_TYPE_PERSONAL_RACK)), "personal.share", "u", 0u));
  g_assert_cmpuint (jam_of (&self)->n_master_effects, ==, 1);
  g_assert_true (tutti_session_undo (self.session, NULL));
  g_assert_cmpuint (jam_of (&self)->n_master_effects, ==, 0);
  text = tutti_settings_dup_personal_effects ();
  g_autoptr(GPtrArray) chain = tutti_personal_chain_from_text (text);

  g_assert_cmpuint (chain->len, ==, 1);
  g_assert_false (((TuttiPersonalEffect *) chain->pdata[0])->on);
  tutti_settings_set_personal_effects ("[]");
  close_page (&self);
}

int
main (int argc, char *argv[])
{
  g_autoptr(AdwApplication) app = NULL;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  tutti_app_init ();
  /* It is the application that brings the style sheet along. */
  app = adw_application_new ("io.github.tuttijam.Tutti", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (app), NULL, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/rack/kinds", test_kinds);
  g_test_add_func ("/rack/full", test_full);
  g_test_add_func ("/rack/turned", test_turned);
  g_test_add_func ("/rack/moved", test_moved);
  g_test_add_func ("/rack/steered", test_steered);
  g_test_add_func ("/rack/locked", test_locked);
  g_test_add_func ("/rack/viewer", test_viewer);
  g_test_add_func ("/rack/mixer", test_mixer);
  g_test_add_func ("/rack/shared", test_shared);
  return g_test_run ();
}
