/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-plot-private.h"

#include "tutti-synth.h"
#include "tutti-words.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define RADIUS 10.0f
#define MARGIN 10.0
#define MARGIN_TOP 12.0
#define DOT 6.0
#define REACH 16.0             /* how near a handle takes the pointer */
#define FLAG_WIDTH 18.0
#define FLAG_HEIGHT 22.0

struct _TuttiPlot
{
  GtkWidget       parent_instance;
  TuttiPlotKind   kind;
  TuttiNumbers    numbers, before;             /* now, and when a handle was taken */
  TuttiOutline   *outline;     /* owned (nullable) */
  int             colour;
  int             over;        /* handle under the pointer, −1 none */
  TuttiPlotHandle held;
  gboolean        holding;
};

G_DEFINE_FINAL_TYPE (TuttiPlot, tutti_plot, GTK_TYPE_WIDGET)

enum { MOVED, CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static const TuttiPlotClassOf *
class_of (TuttiPlotKind kind)
{
  switch (kind)
    {
    case TUTTI_PLOT_WAVE: case TUTTI_PLOT_WAVE_A: case TUTTI_PLOT_WAVE_B:
      return tutti_plot_of_wave (kind);
    case TUTTI_PLOT_FILTER:
      return tutti_plot_of_filter ();
    case TUTTI_PLOT_AMP: case TUTTI_PLOT_ENV:
      return tutti_plot_of_envelope (kind);
    case TUTTI_PLOT_LFO1: case TUTTI_PLOT_LFO2:
      return tutti_plot_of_lfo (kind);
    case TUTTI_PLOT_DRUM:
      return tutti_plot_of_drum ();
    default:
      return tutti_plot_of_sound ();
    }
}

static const char *
name_of (TuttiPlotKind kind)
{
  static const char * const names[TUTTI_N_PLOTS] = {
    [TUTTI_PLOT_WAVE] = N_("Wave"), [TUTTI_PLOT_WAVE_A] = N_("Wave A"), [TUTTI_PLOT_WAVE_B] = N_("Wave B"),
    [TUTTI_PLOT_FILTER] = N_("Filter"), [TUTTI_PLOT_AMP] = N_("Loudness"), [TUTTI_PLOT_ENV] = N_("Envelope"),
    [TUTTI_PLOT_LFO1] = N_("LFO 1"), [TUTTI_PLOT_LFO2] = N_("LFO 2"), [TUTTI_PLOT_DRUM] = N_("Hit"), [TUTTI_PLOT_SOUND] = N_("Sound"),
  };

  return _(names[kind]);
}

static TuttiPlotView
view_of (TuttiPlot *self, const TuttiNumbers *numbers)
{
  const TuttiPalette *p = tutti_palette_get (GTK_WIDGET (self));
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));

  return (TuttiPlotView) {
    .x = MARGIN, .y = MARGIN_TOP, .width = MAX (width - 2 * MARGIN, 1), .height = MAX (height - MARGIN_TOP - MARGIN, 1),
    .numbers = numbers, .steady = self->holding ? &self->before : numbers, .outline = self->outline, .line = p->track[self->colour],
    .fill = tutti_rgba_fade (&p->track[self->colour], 0.2f), .fg = p->fg, .dim = tutti_rgba_fade (&p->fg, 0.16f),
  };
}

void
tutti_plot_curve (const TuttiPlotView *view, cairo_t *cr, const float *values, guint n, float floor)
{
  double bottom = view->y + view->height * (1 - (double) floor);

  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, view->x + view->width * i / (n - 1), view->y + view->height * (1 - (double) values[i]));
  cairo_path_t *path = cairo_copy_path (cr);
  cairo_line_to (cr, view->x + view->width, bottom);
  cairo_line_to (cr, view->x, bottom);
  cairo_close_path (cr);
  gdk_cairo_set_source_rgba (cr, &view->fill);
  cairo_fill (cr);
  cairo_append_path (cr, path);
  cairo_path_destroy (path);
  gdk_cairo_set_source_rgba (cr, &view->line);
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

/* ---- drawing ---- */

static guint
place_handles (TuttiPlot *self, const TuttiPlotView *view, TuttiPlotHandle *handles)
{
  const TuttiPlotClassOf *kind = class_of (self->kind);

  return kind->place != NULL ? kind->place (view, handles) : 0;
}

static double
flag_left (const TuttiPlotView *view, const TuttiPlotHandle *handle)
{
  return handle->across == TUTTI_PARAM_START ? MIN (handle->x, view->x + view->width - FLAG_WIDTH) : MAX (handle->x - FLAG_WIDTH, view->x);
}

static void
draw_flag (TuttiPlot *self, GtkSnapshot *snapshot, const TuttiPlotView *view, const TuttiPlotHandle *handle)
{
  const TuttiPalette *p = tutti_palette_get (GTK_WIDGET (self));
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self)), left = (float) flag_left (view, handle);
  char letter[8] = "";

  letter[g_unichar_to_utf8 ((gunichar) handle->flag, letter)] = '\0';
  tutti_draw_box (snapshot, (TuttiBox) { (float) handle->x - 1.25f, 0, 2.5f, height }, 0, &view->line);
  tutti_draw_box (snapshot, (TuttiBox) { left, 0, (float) FLAG_WIDTH, (float) FLAG_HEIGHT }, 3, &view->line);
  tutti_draw_text (snapshot, GTK_WIDGET (self), letter, 9, PANGO_WEIGHT_HEAVY, left + (float) FLAG_WIDTH / 2, 3, 0.5f, &p->ink);
}

static void
draw_handle (TuttiPlot *self, GtkSnapshot *snapshot, const TuttiPlotView *view, const TuttiPlotHandle *handle, gboolean over)
{
  const TuttiPalette *p = tutti_palette_get (GTK_WIDGET (self));
  float x = (float) handle->x, y = (float) handle->y, size = (float) DOT + (over ? 1.5f : 0);

  if (handle->flag != 0)
    {
      draw_flag (self, snapshot, view, handle);
      return;
    }
  tutti_draw_disc (snapshot, x, y, size, &view->fg);
  if (over)
    tutti_draw_ring (snapshot, (TuttiBox) { x - size, y - size, 2 * size, 2 * size }, size, 3, 2, &p->accent);
}

static void
tutti_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiPlot *self = TUTTI_PLOT (widget);
  TuttiPlotView view = view_of (self, &self->numbers);
  const TuttiPalette *p = tutti_palette_get (widget);
  TuttiPlotHandle handles[TUTTI_PLOT_HANDLES];
  guint n = place_handles (self, &view, handles);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  cairo_t *cr;

  /* There a flag stands. */
  if (self->kind != TUTTI_PLOT_SOUND)
    tutti_draw_text (snapshot, widget, name_of (self->kind), 8, PANGO_WEIGHT_BOLD, 8, 4, 0, &p->dim);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  class_of (self->kind)->draw (&view, cr);
  cairo_destroy (cr);
  for (guint i = n; i-- > 0; )
    draw_handle (self, snapshot, &view, &handles[i], (int) i == self->over);
}

/* ---- the pointer ---- */

static double
distance (const TuttiPlotView *view, const TuttiPlotHandle *handle, double x, double y)
{
  double left = flag_left (view, handle);

  if (handle->flag == 0)
    return hypot (handle->x - x, handle->y - y);
  /* The flag itself before dots, its line after them. */
  if (y <= FLAG_HEIGHT + 2 && x >= left - 3 && x <= left + FLAG_WIDTH + 3)
    return 0;
  return fabs (handle->x - x) < 6 ? REACH - 1 : REACH + 1;
}

static int
handle_at (TuttiPlot *self, double x, double y)
{
  TuttiPlotView view = view_of (self, &self->numbers);
  TuttiPlotHandle handles[TUTTI_PLOT_HANDLES];
  guint n = place_handles (self, &view, handles);
  double nearest = REACH;
  int found = -1;

  for (guint i = 0; i < n; i++)
    if (distance (&view, &handles[i], x, y) < nearest)
      {
        nearest = distance (&view, &handles[i], x, y);
        found = (int) i;
      }
  return found;
}

static void
set_over (TuttiPlot *self, int handle)
{
  if (self->over == handle)
    return;
  self->over = handle;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), handle >= 0 ? "grab" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion (GtkEventControllerMotion *motion, double x, double y, TuttiPlot *self)
{
  if (!self->holding)
    set_over (self, handle_at (self, x, y));
}

static void
on_leave (GtkEventControllerMotion *motion, TuttiPlot *self)
{
  if (!self->holding)
    set_over (self, -1);
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, TuttiPlot *self)
{
  TuttiPlotView view = view_of (self, &self->numbers);
  TuttiPlotHandle handles[TUTTI_PLOT_HANDLES];
  int found = handle_at (self, x, y);

  self->holding = found >= 0;
  if (!self->holding)
    return;
  place_handles (self, &view, handles);
  self->held = handles[found];
  self->before = self->numbers;
  set_over (self, found);
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
}

static int
within (guint16 address, int value)
{
  const TuttiParamSpec *spec = address != TUTTI_NO_NUMBER ? tutti_address_spec (address) : NULL;

  return spec != NULL ? CLAMP (value, spec->min, spec->max) : 0;
}

static gboolean
is_same (TuttiPlot *self, guint16 address, int value)
{
  return address == TUTTI_NO_NUMBER || self->numbers.shown[address] == value;
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, TuttiPlot *self)
{
  TuttiPlotView view = view_of (self, &self->before);
  gboolean fine = (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (drag)) & GDK_SHIFT_MASK) != 0;
  guint16 first = self->held.across, second = self->held.up;
  int across = 0, up = 0;

  if (!self->holding)
    return;
  class_of (self->kind)->read (&view, &self->held, self->held.x + dx * (fine ? 0.1 : 1), self->held.y + dy * (fine ? 0.1 : 1),
                               &across, &up);
  across = within (first, across);
  up = within (second, up);
  if (is_same (self, first, across) && is_same (self, second, up))
    return;
  if (first == TUTTI_NO_NUMBER)
    {
      first = second;
      across = up;
      second = TUTTI_NO_NUMBER;
    }
  g_signal_emit (self, signals[MOVED], 0, (guint) first, across, (guint) second, up);
}

static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, TuttiPlot *self)
{
  gboolean chosen = !self->holding && fabs (dx) < 4 && fabs (dy) < 4;

  self->holding = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  /* It may be gone after that. */
  if (chosen)
    g_signal_emit (self, signals[CHOSEN], 0);
}

/* ---- life ---- */

static void
speak (TuttiPlot *self)
{
  TuttiPlotView view = view_of (self, &self->numbers);
  TuttiPlotHandle handles[TUTTI_PLOT_HANDLES];
  guint n = place_handles (self, &view, handles);
  g_autoptr(GString) all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    for (guint side = 0; side < 2; side++)
      {
        guint16 address = side == 0 ? handles[i].across : handles[i].up;
        g_autofree char *words = NULL;

        if (address == TUTTI_NO_NUMBER)
          continue;
        words = tutti_words_address_value (address, self->numbers.shown[address]);
        g_string_append_printf (all, "%s%s %s", all->len > 0 ? ", " : "", tutti_number_short_name (address), words);
      }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, all->str, -1);
}

void
tutti_plot_show (TuttiPlot *self, const TuttiNumbers *numbers, int colour, const TuttiOutline *outline)
{
  self->numbers = *numbers;
  self->colour = colour;
  g_clear_pointer (&self->outline, g_free);
  if (outline != NULL)
    self->outline = g_memdup2 (outline, sizeof *outline);
  speak (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
tutti_plot_finalize (GObject *object)
{
  g_free (TUTTI_PLOT (object)->outline);
  G_OBJECT_CLASS (tutti_plot_parent_class)->finalize (object);
}

static void
tutti_plot_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                    int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 96 : 72;
}

static void
tutti_plot_class_init (TuttiPlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /* Its tables are the sound core's; whoever asks first fills them in. */
  tutti_synth_init ();
  G_OBJECT_CLASS (klass)->finalize = tutti_plot_finalize;
  widget_class->snapshot = tutti_plot_snapshot;
  widget_class->measure = tutti_plot_measure;
  gtk_widget_class_set_css_name (widget_class, "plot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[MOVED] = g_signal_new ("moved", TUTTI_TYPE_PLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 4, G_TYPE_UINT, G_TYPE_INT,
                                 G_TYPE_UINT, G_TYPE_INT);
  signals[CHOSEN] = g_signal_new ("chosen", TUTTI_TYPE_PLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tutti_plot_init (TuttiPlot *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->over = -1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

GtkWidget *
tutti_plot_new (TuttiPlotKind kind)
{
  TuttiPlot *self = g_object_new (TUTTI_TYPE_PLOT, NULL);

  self->kind = kind;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name_of (kind), -1);
  return GTK_WIDGET (self);
}
