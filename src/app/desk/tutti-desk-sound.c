/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-desk-sound.h"

#include "tutti-effect-rack.h"
#include "tutti-instrument-panel.h"
#include "tutti-personal-rack.h"

struct _TuttiDeskSound
{
  GtkWidget      parent_instance;
  TuttiStepGrid *grid;         /* borrowed: both belong to the jam page */
  GtkWidget     *root, *all, *panel, *rack;
  gboolean       master;
};

G_DEFINE_FINAL_TYPE (TuttiDeskSound, tutti_desk_sound, GTK_TYPE_WIDGET)

void
tutti_desk_sound_refresh (TuttiDeskSound *self)
{
  const TuttiJam *jam = tutti_session_get_jam (tutti_step_grid_get_session (self->grid));
  const TuttiTrack *track = jam != NULL ? tutti_jam_track (jam, tutti_step_grid_get_track (self->grid), NULL) : NULL;

  gtk_widget_set_visible (self->panel, !self->master);
  tutti_instrument_panel_refresh (TUTTI_INSTRUMENT_PANEL (self->panel));
  if (jam != NULL && (track != NULL || self->master))
    tutti_effect_rack_show (TUTTI_EFFECT_RACK (self->rack), self->master ? NULL : track);
}

void
tutti_desk_sound_beat (TuttiDeskSound *self, gint64 now_us)
{
  tutti_effect_rack_beat (TUTTI_EFFECT_RACK (self->rack), now_us);
}

void
tutti_desk_sound_set_master (TuttiDeskSound *self, gboolean master)
{
  self->master = master;
  tutti_desk_sound_refresh (self);
}

/* One button says of all knobs whether they lock. */
static void
on_locking (GtkToggleButton *lock, TuttiDeskSound *self)
{
  tutti_effect_rack_set_locking (TUTTI_EFFECT_RACK (self->rack), gtk_toggle_button_get_active (lock));
}

static void
tutti_desk_sound_dispose (GObject *object)
{
  g_clear_pointer (&TUTTI_DESK_SOUND (object)->root, gtk_widget_unparent);
  G_OBJECT_CLASS (tutti_desk_sound_parent_class)->dispose (object);
}

static void
tutti_desk_sound_class_init (TuttiDeskSoundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_desk_sound_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tutti_desk_sound_init (TuttiDeskSound *self)
{
  self->all = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_margin_start (self->all, 12);
  gtk_widget_set_margin_end (self->all, 12);
  gtk_widget_set_margin_bottom (self->all, 12);
  self->root = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->root), GTK_POLICY_AUTOMATIC, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->root), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->root), self->all);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
tutti_desk_sound_new (TuttiStepGrid *grid)
{
  TuttiDeskSound *self = g_object_new (TUTTI_TYPE_DESK_SOUND, NULL);

  self->grid = grid;
  self->panel = tutti_instrument_panel_new (grid);
  self->rack = tutti_effect_rack_new (grid);
  g_signal_connect (tutti_instrument_panel_get_lock (TUTTI_INSTRUMENT_PANEL (self->panel)), "toggled", G_CALLBACK (on_locking), self);
  gtk_box_append (GTK_BOX (self->all), self->panel);
  gtk_box_append (GTK_BOX (self->all), self->rack);
  gtk_box_append (GTK_BOX (self->all), tutti_personal_rack_new (tutti_step_grid_get_session (grid)));
  return GTK_WIDGET (self);
}
