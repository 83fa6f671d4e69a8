/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-clip-cell.h"

#include "tutti-draw.h"
#include "tutti-focus-ring.h"
#include "tutti-palette.h"

#include <glib/gi18n.h>

#define RADIUS 10.0f

struct _TuttiClipCell
{
  GtkWidget     parent_instance;
  TuttiClipLook look;
  int           beats_left;
  int           progress;      /* of 64: coarse, so that it draws only when it shows */
  gboolean      lit;
};

G_DEFINE_FINAL_TYPE (TuttiClipCell, tutti_clip_cell, GTK_TYPE_WIDGET)

enum { LAUNCH, CREATE, MENU, N_SIGNALS };
static guint signals[N_SIGNALS];

void
tutti_clip_look_preview (TuttiClipLook *look, const TuttiClip *clip)
{
  /* A note is seen for as long as it sounds. */
  for (guint i = 0; i < clip->n_notes; i++)
    for (gint32 tick = clip->notes[i].tick; tick < MIN (clip->notes[i].tick + clip->notes[i].length, tutti_clip_ticks (clip)); tick += 60)
      {
        int slot = (int) ((gint64) tick * 16 / tutti_clip_ticks (clip));

        look->preview[slot] = MAX (look->preview[slot], clip->notes[i].velocity);
      }
  for (int i = 0; i < clip->length && clip->kind == TUTTI_CLIP_STEPS; i++)
    {
      int slot = clip->length <= 16 ? i : i * 16 / clip->length;
      look->preview[slot] = MAX (look->preview[slot], clip->steps[i].velocity);
    }
}

void
tutti_clip_cell_set_look (TuttiClipCell *self, const TuttiClipLook *look)
{
  if (memcmp (&self->look, look, sizeof *look) == 0)
    return;
  self->look = *look;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const TuttiClipLook *
tutti_clip_cell_get_look (TuttiClipCell *self)
{
  return &self->look;
}

void
tutti_clip_cell_beat (TuttiClipCell *self, int beats_left, double progress, gboolean lit)
{
  int coarse = (int) (progress * 64);
  gboolean waiting = self->look.state == TUTTI_CLIP_QUEUED || self->look.state == TUTTI_CLIP_STOPPING;

  if (waiting ? beats_left == self->beats_left && lit == self->lit
              : self->look.state != TUTTI_CLIP_PLAYING || coarse == self->progress)
    return;
  self->beats_left = beats_left;
  self->progress = coarse;
  self->lit = lit;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tutti_clip_cell_set_words (TuttiClipCell *self, const char *name, const char *description)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

static gboolean
is_scene (TuttiClipCell *self)
{
  return self->look.colour < 0;
}

static char *
waiting_words (TuttiClipCell *self)
{
  if (self->beats_left <= 0)
    return g_strdup (_("now"));
  return g_strdup_printf (ngettext ("in %d beat", "in %d beats", self->beats_left), self->beats_left);
}

static void
draw_preview (TuttiClipCell *self, GtkSnapshot *snapshot, float x, float y, float width, const GdkRGBA *colour)
{
  GdkRGBA faint = tutti_rgba_fade (colour, 0.45f);
  float slot = width / 16;

  for (int i = 0; i < 16; i++)
    {
      float tall = self->look.preview[i] > 0 ? 4 + 4 * self->look.preview[i] / 127.0f : 0;
      if (tall > 0)
        tutti_draw_box (snapshot, (TuttiBox) { x + i * slot, y - tall / 2, slot - 1.2f, tall }, 1.5f, colour);
      else
        tutti_draw_box (snapshot, (TuttiBox) { x + i * slot + 0.6f, y - 1, slot - 2.2f, 2 }, 1, &faint);
    }
}

static void
draw_stop (GtkSnapshot *snapshot, float x, float y, float size, const GdkRGBA *colour)
{
  tutti_draw_box (snapshot, (TuttiBox) { x - size / 2, y - size / 2, size, size }, 2, colour);
}

static void
draw_empty (TuttiClipCell *self, GtkSnapshot *snapshot, TuttiBox box)
{
  const TuttiPalette *p = tutti_palette_get (GTK_WIDGET (self));

  tutti_draw_ring (snapshot, box, RADIUS, 0, 1.5f, &p->off_beat);
  draw_stop (snapshot, box.width / 2, box.height / 2, 10, &p->trough);
}

static void
draw_waiting (TuttiClipCell *self, GtkSnapshot *snapshot, TuttiBox box)
{
  const TuttiPalette *p = tutti_palette_get (GTK_WIDGET (self));
  gboolean stopping = self->look.state == TUTTI_CLIP_STOPPING;
  GdkRGBA amber = tutti_rgba_fade (&p->queued, self->lit ? 1.0f : 0.55f);
  GdkRGBA tint = is_scene (self) ? p->off : tutti_rgba_fade (&p->track[self->look.colour], p->clip_alpha);
  g_autofree char *when = waiting_words (self);

  if (!stopping && !is_scene (self))
    tutti_draw_box (snapshot, box, RADIUS, &tint);
  tutti_draw_ring (snapshot, box, RADIUS, 0, 2.5f, &amber);
  if (stopping)
    draw_stop (snapshot, 20, box.height / 2, 10, &p->queued);
  else
    tutti_draw_play (snapshot, 20, box.height / 2, 12, &p->queued);
  if (is_scene (self))
    return;
  tutti_draw_text_within (snapshot, GTK_WIDGET (self), stopping ? _("Stops") : self->look.name, 10.5f, PANGO_WEIGHT_BOLD, 40,
                          box.height / 2 - 18, box.width - 48, stopping ? &p->queued : &p->fg);
  tutti_draw_text (snapshot, GTK_WIDGET (self), when, 9, PANGO_WEIGHT_BOLD, 40, box.height / 2 + 1, 0, &p->queued);
}

static void
draw_loaded (TuttiClipCell *self, GtkSnapshot *snapshot, TuttiBox box)
{
  const TuttiPalette *p = tutti_palette_get (GTK_WIDGET (self));
  const GdkRGBA *colour = &p->track[self->look.colour];
  gboolean playing = self->look.state == TUTTI_CLIP_PLAYING;
  GdkRGBA face = playing ? *colour : tutti_rgba_fade (colour, p->clip_alpha);
  const GdkRGBA *ink = playing ? &p->ink : &p->fg, *mark = playing ? &p->ink : colour;
  GdkRGBA ring = tutti_rgba_fade (&p->ink, 0.3f);

  tutti_draw_box (snapshot, box, RADIUS, &face);
  if (p->outline.alpha > 0)
    tutti_draw_ring (snapshot, box, RADIUS, 0, 1, &p->outline);
  if (playing)
    {
      tutti_draw_arc (snapshot, 21, box.height / 2, 9, 0, 360, 2.6f, &ring);
      tutti_draw_arc (snapshot, 21, box.height / 2, 9, 0, MAX (self->progress, 1) * 360 / 64.0f, 2.6f, &p->ink);
      tutti_draw_play (snapshot, 21, box.height / 2, 7, &p->ink);
    }
  else
    tutti_draw_play (snapshot, 21, box.height / 2, 12, colour);
  tutti_draw_text_within (snapshot, GTK_WIDGET (self), self->look.name, 10.5f, PANGO_WEIGHT_BOLD, 40, box.height / 2 - 18,
                          box.width - 48, ink);
  draw_preview (self, snapshot, 40, box.height / 2 + 10, box.width - 53, mark);
}

static void
draw_scene (TuttiClipCell *self, GtkSnapshot *snapshot, TuttiBox box)
{
  const TuttiPalette *p = tutti_palette_get (GTK_WIDGET (self));
  gboolean current = self->look.state == TUTTI_CLIP_PLAYING, queued = self->look.state == TUTTI_CLIP_QUEUED;
  const GdkRGBA *ink = current ? &p->window : queued ? &p->queued : &p->fg;
  GdkRGBA faint = tutti_rgba_fade (ink, 0.5f);
  char number[8];
  float taken;

  if (queued)
    draw_waiting (self, snapshot, box);
  else
    tutti_draw_box (snapshot, box, RADIUS, current ? &p->fg : &p->off_beat);
  if (!queued)
    tutti_draw_play (snapshot, 20, box.height / 2, 12, ink);
  g_snprintf (number, sizeof number, "%d", self->look.number);
  taken = tutti_draw_text (snapshot, GTK_WIDGET (self), number, 11, PANGO_WEIGHT_NORMAL, box.width - 12, box.height / 2 - 10, 1, &faint);
  tutti_draw_text_within (snapshot, GTK_WIDGET (self), self->look.name, 11, PANGO_WEIGHT_BOLD, 38, box.height / 2 - 10,
                          box.width - 12 - taken - 6 - 38, ink);
}

static void
tutti_clip_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiClipCell *self = TUTTI_CLIP_CELL (widget);
  const TuttiPalette *p = tutti_palette_get (widget);
  TuttiBox box = { 0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };

  if (is_scene (self))
    draw_scene (self, snapshot, box);
  else if (self->look.state == TUTTI_CLIP_EMPTY)
    draw_empty (self, snapshot, box);
  else if (self->look.state == TUTTI_CLIP_QUEUED || self->look.state == TUTTI_CLIP_STOPPING)
    draw_waiting (self, snapshot, box);
  else
    draw_loaded (self, snapshot, box);
  if (gtk_widget_has_visible_focus (widget))
    tutti_draw_ring (snapshot, box, RADIUS, 3.5f, p->ring_width, &p->accent);
}

static void
tutti_clip_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = is_scene (TUTTI_CLIP_CELL (widget)) ? 96 : 128;
  else
    *minimum = 44, *natural = 56;
}

static void
on_pressed (GtkGestureClick *click, int n_press, double x, double y, TuttiClipCell *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click)) == GDK_BUTTON_SECONDARY)
    g_signal_emit (self, signals[MENU], 0, x, y);
  else if (n_press == 2 && self->look.state == TUTTI_CLIP_EMPTY)
    g_signal_emit (self, signals[CREATE], 0);
  else if (n_press == 1)
    g_signal_emit (self, signals[LAUNCH], 0);
}

static void
on_activate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[strcmp (name, "clip.launch") == 0 ? LAUNCH : CREATE], 0);
}

static void
tutti_clip_cell_class_init (TuttiClipCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = tutti_clip_cell_snapshot;
  widget_class->measure = tutti_clip_cell_measure;
  gtk_widget_class_set_css_name (widget_class, "clip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_widget_class_install_action (widget_class, "clip.launch", NULL, on_activate_action);
  gtk_widget_class_install_action (widget_class, "clip.create", NULL, on_activate_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "clip.launch", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "clip.launch", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, 0, "clip.create", NULL);
  signals[LAUNCH] = g_signal_new ("launch", TUTTI_TYPE_CLIP_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CREATE] = g_signal_new ("create", TUTTI_TYPE_CLIP_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MENU] = g_signal_new ("menu", TUTTI_TYPE_CLIP_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
tutti_clip_cell_init (TuttiClipCell *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->lit = TRUE;
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  tutti_focus_ring_watch (GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_VISIBLE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "clip-cell");
}

GtkWidget *
tutti_clip_cell_new (void)
{
  return g_object_new (TUTTI_TYPE_CLIP_CELL, NULL);
}
