/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-step-row.h"

#include "tutti-draw.h"
#include "tutti-note-shadow.h"
#include "tutti-palette.h"
#include "tutti-sounds.h"
#include "tutti-time-layout.h"
#include "tutti-words.h"

#include <glib/gi18n.h>

struct _TuttiStepRow
{
  GtkWidget     parent_instance;
  TuttiGridTime time;
  TuttiId       track, clip;
  int           length, ticks_per_step;
  int           first, n_cells;
  gint64        end_tick;
  int           playing;                       /* step, −1: none */
  char         *spoken_name;                   /* owned: the track's, as the cells say it */
  int           spoken_first;
  GtkWidget    *last_spoken;                   /* borrowed child: more cells since then have no words yet */
  TuttiCellFlags marks[TUTTI_STEPS_MAX];
  gint16        head[TUTTI_STEPS_MAX];         /* the step that sounds here, −1: none */
  guint64       selected[TUTTI_STEPS_MAX / 64];
  TuttiStep    *shadow;                        /* (nullable) owned: what a clip of notes looks like as steps */
};

G_DEFINE_FINAL_TYPE (TuttiStepRow, tutti_step_row, GTK_TYPE_WIDGET)

/* The steps of @clip (nullable), or what its notes look like. */
static const TuttiStep *
step_of (TuttiStepRow *self, const TuttiClip *clip, int i)
{
  if (clip == NULL)
    return &tutti_step_initial;
  return self->shadow != NULL ? &self->shadow[i] : &clip->steps[i];
}

static void
take_shadow (TuttiStepRow *self, const TuttiRowView *view)
{
  if (view->clip == NULL || view->clip->kind != TUTTI_CLIP_NOTES)
    {
      g_clear_pointer (&self->shadow, g_free);
      return;
    }
  if (self->shadow == NULL)
    self->shadow = g_new (TuttiStep, TUTTI_STEPS_MAX);
  tutti_note_shadow (view->clip, tutti_sound_root (view->track->sound), self->shadow);
}

/* Which step sounds at each place: a step goes on through its length and through ties. */
static void
find_heads (TuttiStepRow *self, const TuttiClip *clip)
{
  int head = -1, until = -1;

  for (int i = 0; i < TUTTI_STEPS_MAX; i++)
    {
      const TuttiStep *step = clip != NULL && i < clip->length ? step_of (self, clip, i) : &tutti_step_initial;

      if (step->tie && head >= 0 && i <= until + 1)
        until = MAX (until, i);
      else if (step->velocity > 0)
        {
          head = i;
          until = i + step->length - 1;
        }
      else if (i > until)
        head = -1;
      self->head[i] = (gint16) head;
    }
}

static gboolean
on_beat (TuttiStepRow *self, int step)
{
  gint64 beat = (gint64) self->time.beat_columns * TUTTI_GRID_COLUMN_TICKS;

  return (gint64) step * self->ticks_per_step % beat == 0;
}

/* The first cell on this page that shows the block of @step. */
static int
visible_head (TuttiStepRow *self, int step)
{
  return self->head[step] < 0 ? step : MAX (self->head[step], self->first);
}

static float
span_of (TuttiStepRow *self, int step)
{
  int last = step;
  gint64 tick = (gint64) step * self->ticks_per_step, whole;

  while (last + 1 < self->first + self->n_cells && self->head[last + 1] == self->head[step])
    last++;
  if (last == step)
    return 0;
  whole = (gint64) (last + 1 - step) * self->ticks_per_step;
  return (float) (tutti_grid_time_width (&self->time, tick, whole) -
                  tutti_grid_time_width (&self->time, tick, self->ticks_per_step));
}

static TuttiCellLook
look_of (TuttiStepRow *self, const TuttiRowView *view, int i)
{
  TuttiCellLook look = { .step = tutti_step_initial, .colour = view->track->colour,
                         .ticks_per_step = (guint16) self->ticks_per_step };
  int head = self->head[i];

  if (view->clip != NULL && i < view->clip->length)
    look.step = *step_of (self, view->clip, head < 0 ? i : head);
  look.flags = self->marks[i];
  if (on_beat (self, i))
    look.flags |= TUTTI_CELL_ON_BEAT;
  if (head >= 0 && visible_head (self, i) != i)
    look.flags |= TUTTI_CELL_CONTINUED;
  else if (head >= 0)
    look.span = span_of (self, i);
  if (tutti_step_row_is_selected (self, i))
    look.flags |= TUTTI_CELL_SELECTED;
  if (self->playing >= 0 && visible_head (self, self->playing) == i)
    look.flags |= TUTTI_CELL_PLAYING;
  if (head == i && tutti_sound_is_melodic (view->track->sound, view->clip))
    tutti_words_note (tutti_sound_root (view->track->sound) + look.step.pitch + view->track->transpose, look.text, sizeof look.text);
  return look;
}

static void
speak (TuttiStepRow *self, TuttiCell *cell, const TuttiRowView *view, int i)
{
  const TuttiStep *step = step_of (self, view->clip, i);
  g_autofree char *name = tutti_words_step (view->track, i, step);
  g_autofree char *details = tutti_words_step_details (view->track, i, step);
  g_autofree char *told = self->marks[i] != 0 ? tutti_cell_marks_dup_words (view->marks, self->clip, i) : NULL;
  g_autofree char *description = g_strconcat (details, told != NULL && *details != '\0' ? ", " : "", told, NULL);

  tutti_cell_set_words (cell, name, description);
}

static void
fit_cells (TuttiStepRow *self)
{
  GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (int i = 0; i < self->n_cells; i++)
    {
      if (cell == NULL)
        {
          cell = tutti_cell_new ();
          gtk_widget_set_parent (cell, GTK_WIDGET (self));
        }
      gtk_widget_set_visible (cell, TRUE);
      cell = gtk_widget_get_next_sibling (cell);
    }
  for (; cell != NULL; cell = gtk_widget_get_next_sibling (cell))
    gtk_widget_set_visible (cell, FALSE);
}

static void
find_page (TuttiStepRow *self)
{
  gint64 end = self->time.first_tick + tutti_grid_time_page (&self->time);
  int last;

  self->first = (int) ((self->time.first_tick + self->ticks_per_step - 1) / self->ticks_per_step);
  last = MIN ((int) ((end + self->ticks_per_step - 1) / self->ticks_per_step), self->length);
  self->n_cells = MAX (last - self->first, 0);
}

/* Words cost more than looks: they are made for cells that changed, and for all only when the cells stand for others than before. */
static gboolean
begin_speaking (TuttiStepRow *self, const char *name)
{
  GtkWidget *last = gtk_widget_get_last_child (GTK_WIDGET (self));
  gboolean same = last == self->last_spoken && self->first == self->spoken_first && g_strcmp0 (name, self->spoken_name) == 0;

  if (same)
    return FALSE;
  g_free (self->spoken_name);
  self->spoken_name = g_strdup (name);
  self->spoken_first = self->first;
  self->last_spoken = last;
  return TRUE;
}

void
tutti_step_row_show (TuttiStepRow *self, const TuttiRowView *view)
{
  GtkWidget *cell;
  gboolean renamed;

  self->track = view->track->id;
  self->clip = view->clip != NULL ? view->clip->id : tutti_id (0, 0);
  self->length = view->clip != NULL ? view->clip->length : TUTTI_ROW_NEW_LENGTH;
  self->ticks_per_step = view->clip != NULL ? view->clip->ticks_per_step : TUTTI_ROW_NEW_TICKS;
  self->time = view->time;
  self->end_tick = view->end_tick;
  tutti_cell_marks_flags (view->marks, self->clip, self->marks);
  take_shadow (self, view);
  find_heads (self, view->clip);
  find_page (self);
  fit_cells (self);
  tutti_time_layout_set (TUTTI_TIME_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), &self->time, self->first,
                         self->ticks_per_step);

  renamed = begin_speaking (self, view->track->name);
  cell = gtk_widget_get_first_child (GTK_WIDGET (self));
  for (int i = 0; i < self->n_cells; i++, cell = gtk_widget_get_next_sibling (cell))
    {
      TuttiCellLook look = look_of (self, view, self->first + i);

      /* A cell that another one goes on through shows that one's step, and says its own. */
      if (tutti_cell_set_look (TUTTI_CELL (cell), &look) || renamed || (look.flags & TUTTI_CELL_CONTINUED) != 0)
        speak (self, TUTTI_CELL (cell), view, self->first + i);
    }
  g_autofree char *words = tutti_words_row (view->track, self->length);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tutti_step_row_set_playing (TuttiStepRow *self, int step)
{
  TuttiCell *cell;

  step = step < self->length ? step : -1;
  if (self->playing == step)
    return;
  if (self->playing >= 0 && self->playing < TUTTI_STEPS_MAX &&
      (cell = tutti_step_row_get_cell (self, visible_head (self, self->playing))) != NULL)
    tutti_cell_set_flag (cell, TUTTI_CELL_PLAYING, FALSE);
  self->playing = step;
  if (step >= 0 && (cell = tutti_step_row_get_cell (self, visible_head (self, step))) != NULL)
    tutti_cell_set_flag (cell, TUTTI_CELL_PLAYING, TRUE);
}

TuttiId
tutti_step_row_get_track (TuttiStepRow *self)
{
  return self->track;
}

TuttiId
tutti_step_row_get_clip (TuttiStepRow *self)
{
  return self->clip;
}

int
tutti_step_row_get_length (TuttiStepRow *self)
{
  return self->length;
}

int
tutti_step_row_get_ticks_per_step (TuttiStepRow *self)
{
  return self->ticks_per_step;
}

int
tutti_step_row_get_first (TuttiStepRow *self)
{
  return self->first;
}

int
tutti_step_row_get_n_cells (TuttiStepRow *self)
{
  return self->n_cells;
}

TuttiCell *
tutti_step_row_get_cell (TuttiStepRow *self, int step)
{
  GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self));

  if (step < self->first || step >= self->first + self->n_cells)
    return NULL;
  for (int i = self->first; i < step; i++)
    cell = gtk_widget_get_next_sibling (cell);
  return TUTTI_CELL (cell);
}

int
tutti_step_row_step_at (TuttiStepRow *self, double x)
{
  int step = (int) (tutti_grid_time_tick (&self->time, x) / self->ticks_per_step);

  if (x < 0 || step < self->first || step >= self->first + self->n_cells)
    return -1;
  return step;
}

int
tutti_step_row_head_of (TuttiStepRow *self, int step)
{
  return step >= 0 && step < TUTTI_STEPS_MAX && self->head[step] >= 0 ? self->head[step] : step;
}

gboolean
tutti_step_row_place (TuttiStepRow *self, int step, graphene_rect_t *place)
{
  TuttiTimeLayout *layout = TUTTI_TIME_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));
  TuttiCell *cell = tutti_step_row_get_cell (self, step);

  if (cell == NULL)
    return FALSE;
  tutti_time_layout_place (layout, step - self->first, gtk_widget_get_height (GTK_WIDGET (self)), place);
  place->size.width += tutti_cell_get_look (cell)->span;
  return TRUE;
}

/* The x at which the row's own end lies, or −1 when it is on another page. */
static double
end_x (TuttiStepRow *self)
{
  gint64 end = (gint64) self->length * self->ticks_per_step, from = self->time.first_tick;

  if (end <= from || end > from + tutti_grid_time_page (&self->time))
    return -1;
  return tutti_grid_time_width (&self->time, from, end - from);
}

gboolean
tutti_step_row_on_handle (TuttiStepRow *self, double x)
{
  double end = end_x (self);

  return end >= 0 && !tutti_id_is_none (self->clip) && x >= end + 1 && x < end + 13;
}

void
tutti_step_row_select (TuttiStepRow *self, int step, gboolean selected)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << (step % 64);
  TuttiCell *cell = tutti_step_row_get_cell (self, step);

  g_return_if_fail (step >= 0 && step < TUTTI_STEPS_MAX);
  self->selected[step / 64] = selected ? self->selected[step / 64] | bit : self->selected[step / 64] & ~bit;
  if (cell != NULL)
    tutti_cell_set_flag (cell, TUTTI_CELL_SELECTED, selected);
}

gboolean
tutti_step_row_is_selected (TuttiStepRow *self, int step)
{
  return step >= 0 && step < TUTTI_STEPS_MAX && (self->selected[step / 64] >> (step % 64) & 1);
}

guint
tutti_step_row_count_selected (TuttiStepRow *self)
{
  guint n = 0;

  for (int i = 0; i < self->length; i += 64)
    {
      guint64 bits = self->selected[i / 64], inside = ~G_GUINT64_CONSTANT (0) >> (64 - MIN (self->length - i, 64));

      n += (guint) __builtin_popcountll (bits & inside);
    }
  return n;
}

void
tutti_step_row_unselect_all (TuttiStepRow *self)
{
  for (int i = 0; i < TUTTI_STEPS_MAX; i++)
    if (tutti_step_row_is_selected (self, i))
      tutti_step_row_select (self, i, FALSE);
}

static void
draw_end (TuttiStepRow *self, GtkSnapshot *snapshot, int height)
{
  const TuttiPalette *palette = tutti_palette_get (GTK_WIDGET (self));
  double end = end_x (self);

  if (end >= 0 && !tutti_id_is_none (self->clip))
    tutti_draw_box (snapshot, (TuttiBox) { (float) end + 5, (height - 26) / 2.0f, 4, 26 }, 2, &palette->mark);
}

/* Where others go on after this row's end. */
static void
draw_dots (TuttiStepRow *self, GtkSnapshot *snapshot, int height)
{
  const TuttiPalette *palette = tutti_palette_get (GTK_WIDGET (self));
  gint64 page_end = MIN (self->time.first_tick + tutti_grid_time_page (&self->time), self->end_tick);
  gint64 tick = MAX ((gint64) self->length * self->ticks_per_step, self->time.first_tick);

  tick = (tick + TUTTI_GRID_COLUMN_TICKS - 1) / TUTTI_GRID_COLUMN_TICKS * TUTTI_GRID_COLUMN_TICKS;
  for (; tick < page_end; tick += TUTTI_GRID_COLUMN_TICKS)
    tutti_draw_disc (snapshot, (float) (tutti_grid_time_x (&self->time, tick) + self->time.cell / 2), height / 2.0f, 2.5f,
                     &palette->mark);
}

static void
tutti_step_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiStepRow *self = TUTTI_STEP_ROW (widget);
  int height = gtk_widget_get_height (widget);

  draw_end (self, snapshot, height);
  draw_dots (self, snapshot, height);
  GTK_WIDGET_CLASS (tutti_step_row_parent_class)->snapshot (widget, snapshot);
}

static void
tutti_step_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&TUTTI_STEP_ROW (object)->spoken_name, g_free);
  g_clear_pointer (&TUTTI_STEP_ROW (object)->shadow, g_free);
  G_OBJECT_CLASS (tutti_step_row_parent_class)->dispose (object);
}

static void
tutti_step_row_class_init (TuttiStepRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_step_row_dispose;
  widget_class->snapshot = tutti_step_row_snapshot;
  gtk_widget_class_set_layout_manager_type (widget_class, TUTTI_TYPE_TIME_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ROW);
  gtk_widget_class_set_css_name (widget_class, "steprow");
}

static void
tutti_step_row_init (TuttiStepRow *self)
{
  self->playing = -1;
  self->length = TUTTI_ROW_NEW_LENGTH;
  self->ticks_per_step = TUTTI_ROW_NEW_TICKS;
  /* Time runs from left to right in every language. */
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
}

GtkWidget *
tutti_step_row_new (void)
{
  return g_object_new (TUTTI_TYPE_STEP_ROW, NULL);
}
