/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-play-keys.h"

#include "tutti-jam-keys.h"

#define KEY "tutti-play-keys"
#define OCTAVE 12
#define CODES 64               /* all letters have smaller ones */

typedef struct
{
  TuttiStepGrid *grid;         /* borrowed: a child of the page */
  gboolean       on;
  int            octave;       /* semitones */
  guint64        held;         /* a bit a code: a key that repeats strikes once */
} PlayKeys;

/* By the code of the key: Q W E … begin at 24, A S D … at 38, Z X … at 52. */
static const struct { guint code; int semitones; } piano[] = {
  { 38, 0 }, { 25, 1 }, { 39, 2 }, { 26, 3 }, { 40, 4 }, { 41, 5 }, { 28, 6 }, { 42, 7 }, { 29, 8 }, { 43, 9 }, { 30, 10 }, { 44, 11 },
  { 45, 12 }, { 32, 13 }, { 46, 14 }, { 33, 15 }, { 47, 16 },
};

static void
strike (PlayKeys *self, int semitones)
{
  int pitch = CLAMP (self->octave + semitones, TUTTI_PITCH_MIN, TUTTI_PITCH_MAX);

  tutti_session_audition_track (tutti_step_grid_get_session (self->grid), tutti_step_grid_get_track (self->grid), pitch,
                                TUTTI_STEP_NORMAL);
}

/* Whether the key plays at all. Those of the letters' rows that do not play do nothing else meanwhile. */
static gboolean
press (PlayKeys *self, guint code)
{
  if (code == 52 || code == 53)
    self->octave = CLAMP (self->octave + (code == 52 ? -OCTAVE : OCTAVE), TUTTI_PITCH_MIN, TUTTI_PITCH_MAX - OCTAVE);
  for (guint i = 0; i < G_N_ELEMENTS (piano); i++)
    if (piano[i].code == code)
      strike (self, piano[i].semitones);
  return (code >= 24 && code <= 33) || (code >= 38 && code <= 47) || (code >= 52 && code <= 58);
}

static gboolean
on_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, PlayKeys *self)
{
  GtkWidget *page = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  guint64 bit = code < CODES ? G_GUINT64_CONSTANT (1) << code : 0;

  if (!self->on || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || tutti_jam_keys_typing (page))
    return FALSE;
  if ((self->held & bit) != 0)
    return TRUE;
  if (bit == 0 || !press (self, code))
    return FALSE;
  self->held |= bit;
  return TRUE;
}

static void
on_released (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, PlayKeys *self)
{
  if (code < CODES)
    self->held &= ~(G_GUINT64_CONSTANT (1) << code);
}

void
tutti_play_keys_set_on (GtkWidget *page, gboolean on)
{
  PlayKeys *self = g_object_get_data (G_OBJECT (page), KEY);

  self->on = on;
  self->held = 0;
}

gboolean
tutti_play_keys_get_on (GtkWidget *page)
{
  return ((PlayKeys *) g_object_get_data (G_OBJECT (page), KEY))->on;
}

void
tutti_play_keys_attach (GtkWidget *page, TuttiStepGrid *grid)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  PlayKeys *self = g_new0 (PlayKeys, 1);

  self->grid = grid;
  g_object_set_data_full (G_OBJECT (page), KEY, self, g_free);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (keys, "key-released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (page, keys);
}
