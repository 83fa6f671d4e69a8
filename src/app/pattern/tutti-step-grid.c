/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The grid of steps: the widget, its time axis and its children. */
#include "tutti-step-grid-private.h"

#include "tutti-cell-news.h"
#include "tutti-passing-menu.h"
#include "tutti-presence-layer.h"
#include "tutti-time-layout.h"
#include "tutti-track-head.h"

#include <glib/gi18n.h>

#define ROW_MIN 36
#define ROW_MAX 60
#define RIGHT_MARGIN 36
#define RIGHT_MARGIN_COMPACT 16

G_DEFINE_FINAL_TYPE (TuttiStepGrid, tutti_step_grid, GTK_TYPE_WIDGET)

enum { VIEW_CHANGED, SELECTION_CHANGED, EDIT_STEP, TRACK_MENU, ADD_TRACK, N_SIGNALS };
static guint signals[N_SIGNALS];

TuttiSession *
tutti_step_grid_get_session (TuttiStepGrid *self)
{
  return self->session;
}

int
tutti_step_grid_get_n_rows (TuttiStepGrid *self)
{
  return (int) self->rows->len;
}

TuttiStepRow *
tutti_step_grid_get_row (TuttiStepGrid *self, int row)
{
  return row >= 0 && row < (int) self->rows->len ? g_ptr_array_index (self->rows, row) : NULL;
}

GtkWidget *
tutti_step_grid_get_presence (TuttiStepGrid *self)
{
  return self->presence;
}

int
tutti_step_grid_get_left (TuttiStepGrid *self)
{
  return self->compact ? 16 + TUTTI_GRID_HEAD_COMPACT : 24 + TUTTI_GRID_HEAD;
}

gboolean
tutti_step_grid_is_compact (TuttiStepGrid *self)
{
  return self->compact;
}

const TuttiGridTime *
tutti_step_grid_get_time (TuttiStepGrid *self)
{
  return &self->time;
}

gint64
tutti_step_grid_get_length (TuttiStepGrid *self)
{
  return self->length;
}

void
tutti_step_grid_fit (TuttiStepGrid *self, int width)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  int unit = jam != NULL ? jam->transport.unit : 4;
  double room;

  self->compact = width < 560;
  room = width - tutti_step_grid_get_left (self) - (self->compact ? RIGHT_MARGIN_COMPACT : RIGHT_MARGIN);
  self->time = tutti_grid_time_fit (room, tutti_ticks_per_beat (unit), width >= 1500);
  self->page = CLAMP (self->page, 0, tutti_step_grid_get_n_pages (self) - 1);
  self->time.first_tick = self->page * tutti_grid_time_page (&self->time);
}

int
tutti_step_grid_get_n_pages (TuttiStepGrid *self)
{
  gint64 page = tutti_grid_time_page (&self->time);

  return (int) MAX ((self->length + page - 1) / page, 1);
}

static void
on_head_chosen (TuttiTrackHead *head, TuttiStepGrid *self)
{
  guint row;

  if (g_ptr_array_find (self->heads, head, &row))
    tutti_step_grid_focus_step (self, (int) row, self->focus_step, FALSE);
  tutti_session_audition_track (self->session, tutti_track_head_get_track (head), 0, TUTTI_STEP_NORMAL);
}

static void
on_head_menu (TuttiTrackHead *head, double x, double y, TuttiStepGrid *self)
{
  g_signal_emit (self, signals[TRACK_MENU], 0, head, x, y);
}

static void
on_add_clicked (GtkButton *button, TuttiStepGrid *self)
{
  g_signal_emit (self, signals[ADD_TRACK], 0);
}

static void
add_row (TuttiStepGrid *self)
{
  GtkWidget *head = tutti_track_head_new (self->session);
  GtkWidget *row = tutti_step_row_new ();

  g_signal_connect (head, "chosen", G_CALLBACK (on_head_chosen), self);
  g_signal_connect (head, "menu", G_CALLBACK (on_head_menu), self);
  gtk_widget_insert_before (head, GTK_WIDGET (self), self->add);
  gtk_widget_insert_before (row, GTK_WIDGET (self), self->add);
  g_ptr_array_add (self->heads, head);
  g_ptr_array_add (self->rows, row);
}

static void
drop_row (TuttiStepGrid *self)
{
  gtk_widget_unparent (g_ptr_array_steal_index (self->heads, self->heads->len - 1));
  gtk_widget_unparent (g_ptr_array_steal_index (self->rows, self->rows->len - 1));
}

void
tutti_step_grid_set_n_rows (TuttiStepGrid *self, guint n)
{
  while (self->rows->len < n)
    add_row (self);
  while (self->rows->len > n)
    drop_row (self);
}

void
tutti_step_grid_set_page (TuttiStepGrid *self, int page)
{
  page = CLAMP (page, 0, tutti_step_grid_get_n_pages (self) - 1);
  if (page == self->page)
    return;
  self->page = page;
  self->time.first_tick = page * tutti_grid_time_page (&self->time);
  tutti_step_grid_show_all (self);
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

int
tutti_step_grid_get_page (TuttiStepGrid *self)
{
  return self->page;
}

void
tutti_step_grid_set_held (TuttiStepGrid *self, gboolean held)
{
  self->held = held;
}

gboolean
tutti_step_grid_is_held (TuttiStepGrid *self)
{
  return self->held;
}

int
tutti_step_grid_row_at (TuttiStepGrid *self, double y)
{
  graphene_rect_t bounds;

  for (guint i = 0; i < self->rows->len; i++)
    if (gtk_widget_compute_bounds (g_ptr_array_index (self->rows, i), GTK_WIDGET (self), &bounds) &&
        y >= bounds.origin.y && y < bounds.origin.y + bounds.size.height)
      return (int) i;
  return -1;
}

gboolean
tutti_step_grid_ref_at (TuttiStepGrid *self, double x, double y, TuttiStepRef *ref, int *row)
{
  int r = tutti_step_grid_row_at (self, y);
  int step = r >= 0 ? tutti_step_row_step_at (tutti_step_grid_get_row (self, r), x - tutti_step_grid_get_left (self)) : -1;

  if (step < 0)
    return FALSE;
  *ref = tutti_step_grid_ref (self, r, step);
  *row = r;
  return TRUE;
}

gboolean
tutti_step_grid_place (TuttiStepGrid *self, TuttiId track, int step, graphene_rect_t *place)
{
  graphene_rect_t bounds;

  for (guint i = 0; i < self->rows->len; i++)
    {
      TuttiStepRow *row = g_ptr_array_index (self->rows, i);
      if (!tutti_id_equal (tutti_step_row_get_track (row), track))
        continue;
      if (!tutti_step_row_place (row, tutti_step_row_head_of (row, step), place) && !tutti_step_row_place (row, step, place))
        return FALSE;
      if (!gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self), &bounds))
        return FALSE;
      graphene_rect_offset (place, tutti_step_grid_get_left (self), bounds.origin.y);
      return TRUE;
    }
  return FALSE;
}

static void
tutti_step_grid_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  TuttiStepGrid *self = TUTTI_STEP_GRID (widget);
  int rows = (int) self->rows->len + 1;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 340;
      *natural = 1000;
      return;
    }
  *minimum = rows * ROW_MIN + 8;
  *natural = rows * ROW_MAX + 8;
}

static void
place_child (GtkWidget *child, int x, int y, int width, int height)
{
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (child, &(GtkAllocation) { x, y, width, height }, -1);
}

/* Labels depend on the page, the page on the width: announced when the frame is laid out, not in the middle of it. */
static gboolean
after_fit (gpointer user_data)
{
  g_autoptr(TuttiStepGrid) self = user_data;

  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    g_signal_emit (self, signals[VIEW_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
tutti_step_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TuttiStepGrid *self = TUTTI_STEP_GRID (widget);
  int pitch = CLAMP ((height - 8) / ((int) self->rows->len + 1), ROW_MIN, ROW_MAX), y = 0;
  int left, head;

  if (width != self->fitted_width)
    {
      self->fitted_width = width;
      tutti_step_grid_fit (self, width);
      tutti_step_grid_show_all (self);
      g_idle_add (after_fit, g_object_ref (self));
    }
  left = tutti_step_grid_get_left (self);
  head = self->compact ? TUTTI_GRID_HEAD_COMPACT : TUTTI_GRID_HEAD;
  for (guint i = 0; i < self->rows->len; i++, y += pitch)
    {
      place_child (g_ptr_array_index (self->heads, i), 8, y, head, tutti_time_layout_cell_height (pitch) + 4);
      place_child (g_ptr_array_index (self->rows, i), left, y, width - left, pitch);
    }
  gtk_widget_set_visible (gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (self->add))), !self->compact);
  place_child (self->add, 8, y + 2, self->compact ? 44 : 128, 36);
  place_child (self->presence, 0, 0, width, height);
  /* Menus of steps and of heads. */
  tutti_passing_menu_lay_out (widget);
}

static void
tutti_step_grid_map (GtkWidget *widget)
{
  TuttiStepGrid *self = TUTTI_STEP_GRID (widget);

  if (self->stale)
    tutti_step_grid_show_all (self);
  GTK_WIDGET_CLASS (tutti_step_grid_parent_class)->map (widget);
}

static void
tutti_step_grid_dispose (GObject *object)
{
  TuttiStepGrid *self = TUTTI_STEP_GRID (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->heads, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->marks, tutti_cell_marks_free);
  g_clear_pointer (&self->tried, tutti_jam_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tutti_step_grid_parent_class)->dispose (object);
}

static void
install_signals (void)
{
  GType type = TUTTI_TYPE_STEP_GRID;

  signals[VIEW_CHANGED] = g_signal_new ("view-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDIT_STEP] = g_signal_new ("edit-step", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TRACK_MENU] = g_signal_new ("track-menu", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                      GTK_TYPE_WIDGET, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[ADD_TRACK] = g_signal_new ("add-track", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tutti_step_grid_class_init (TuttiStepGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_step_grid_dispose;
  widget_class->measure = tutti_step_grid_measure;
  widget_class->size_allocate = tutti_step_grid_size_allocate;
  widget_class->map = tutti_step_grid_map;
  widget_class->focus = tutti_step_grid_focus;
  gtk_widget_class_set_css_name (widget_class, "stepgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  install_signals ();
}

static GtkWidget *
new_add_button (TuttiStepGrid *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (box), gtk_label_new (_("Add Track")));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "add-track");
  gtk_widget_set_overflow (button, GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add Track"), -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_add_clicked), self);
  return button;
}

static void
tutti_step_grid_init (TuttiStepGrid *self)
{
  self->heads = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  self->marks = tutti_cell_marks_new ();
  self->length = TUTTI_ROW_NEW_LENGTH * TUTTI_ROW_NEW_TICKS;
  self->time = tutti_grid_time_fit (980, TUTTI_TICKS_PER_QUARTER, FALSE);
  self->add = new_add_button (self);
  gtk_widget_set_parent (self->add, GTK_WIDGET (self));
  self->presence = tutti_presence_layer_new ();
  gtk_widget_set_parent (self->presence, GTK_WIDGET (self));
}

GtkWidget *
tutti_step_grid_new (TuttiSession *session)
{
  TuttiStepGrid *self = g_object_new (TUTTI_TYPE_STEP_GRID, NULL);

  self->session = g_object_ref (session);
  tutti_presence_layer_set_grid (TUTTI_PRESENCE_LAYER (self->presence), self);
  tutti_step_input_attach (self);
  tutti_cell_news_attach (self);
  tutti_step_grid_refresh (self, NULL);
  return GTK_WIDGET (self);
}
