/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-lamps.h"

#include "tutti-draw.h"
#include "tutti-palette.h"
#include "tutti-time.h"

#include <glib/gi18n.h>

struct _TuttiLamps
{
  GtkWidget parent_instance;
  char      text[32];
  int       beats, beat;       /* lamps; the lit one, −1: none */
  gboolean  small;
};

G_DEFINE_FINAL_TYPE (TuttiLamps, tutti_lamps, GTK_TYPE_WIDGET)

static float
points_of (TuttiLamps *self)
{
  return self->small ? 15 : 18;
}

static void
tutti_lamps_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  TuttiLamps *self = TUTTI_LAMPS (widget);
  int width, height;

  /* Room for bar 999, so that nothing beside it moves while the music plays. */
  tutti_measure_text (widget, self->small ? "88.8.8" : "888.8.8", points_of (self), PANGO_WEIGHT_HEAVY, &width, &height);
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MAX (width, self->beats * 15) : height + 8;
}

static void
tutti_lamps_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiLamps *self = TUTTI_LAMPS (widget);
  const TuttiPalette *p = tutti_palette_get (widget);
  float y = gtk_widget_get_height (widget) - 6;
  GdkRGBA halo = tutti_rgba_fade (&p->playhead, 0.25f), past = tutti_rgba_fade (&p->fg, 0.65f);

  tutti_draw_text (snapshot, widget, self->text, points_of (self), PANGO_WEIGHT_HEAVY, 0, -2, 0, &p->fg);
  for (int i = 0; i < self->beats; i++)
    {
      float x = 5 + 15.0f * i;
      if (i == self->beat)
        {
          tutti_draw_disc (snapshot, x, y, 6, &halo);
          tutti_draw_disc (snapshot, x, y, 4.5f, &p->playhead);
        }
      else
        tutti_draw_disc (snapshot, x, y, 4.5f, i < self->beat ? &past : &p->trough);
    }
}

void
tutti_lamps_show (TuttiLamps *self, gint64 tick, int beats, int unit, gboolean playing)
{
  gint64 per_beat = tutti_ticks_per_beat (unit), per_bar = tutti_ticks_per_bar (beats, unit);
  gint64 bar = tutti_floor_div (tick, per_bar), rest = tutti_floor_mod (tick, per_bar);
  int beat = (int) (rest / per_beat), sixteenth = (int) (rest % per_beat / 240);
  char text[32];

  /* Bars before the first one are counted in: a true minus sign. */
  g_snprintf (text, sizeof text, "%s%" G_GINT64_FORMAT ".%d.%d", bar < 0 ? "−" : "", ABS (bar) + (bar >= 0), beat + 1, sixteenth + 1);
  if (strcmp (text, self->text) == 0 && beats == self->beats && self->beat == (playing ? beat : -1))
    return;
  g_strlcpy (self->text, text, sizeof self->text);
  if (beats != self->beats)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  self->beats = beats;
  self->beat = playing ? beat : -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tutti_lamps_set_small (TuttiLamps *self, gboolean small)
{
  self->small = small;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
tutti_lamps_class_init (TuttiLampsClass *klass)
{
  GTK_WIDGET_CLASS (klass)->measure = tutti_lamps_measure;
  GTK_WIDGET_CLASS (klass)->snapshot = tutti_lamps_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_TIMER);
}

static void
tutti_lamps_init (TuttiLamps *self)
{
  self->beats = 4;
  self->beat = -1;
  g_strlcpy (self->text, "1.1.1", sizeof self->text);
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Position: bar, beat, sixteenth"), -1);
}

GtkWidget *
tutti_lamps_new (void)
{
  return g_object_new (TUTTI_TYPE_LAMPS, NULL);
}
