/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-presence-layer.h"

#include "tutti-draw.h"
#include "tutti-palette.h"
#include "tutti-words.h"

#define FLASH_IN_US (100 * 1000)
#define FLASH_US (600 * 1000)
#define NAME_FOLDS_US (3 * G_USEC_PER_SEC)
#define NAME_GOES_US (10 * G_USEC_PER_SEC)
#define CURSOR_GOES_US (30 * G_USEC_PER_SEC)
#define FLASHES_MAX 64

/* People on one step who get a ring; how many more there are is said beside them. */
#define RINGS 2

typedef struct
{
  guint   number;
  char   *name;
  int     colour;
  TuttiId track;
  int     step;
  gint64  since;               /* when it came here */
} Cursor;

typedef struct
{
  int     colour;
  TuttiId track;
  int     step;
  gint64  since;
} Flash;

struct _TuttiPresenceLayer
{
  GtkWidget      parent_instance;
  TuttiStepGrid *grid;         /* borrowed: it owns this layer */
  GArray        *cursors, *flashes;
  guint          ticking;
  guint          ageing;       /* source: names fold and cursors go */
};

G_DEFINE_FINAL_TYPE (TuttiPresenceLayer, tutti_presence_layer, GTK_TYPE_WIDGET)

static void
cursor_clear (Cursor *cursor)
{
  g_free (cursor->name);
}

static gint64
now_of (TuttiPresenceLayer *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  return clock != NULL ? gdk_frame_clock_get_frame_time (clock) : g_get_monotonic_time ();
}

static void
forget_old (TuttiPresenceLayer *self, gint64 now)
{
  for (guint i = self->flashes->len; i-- > 0;)
    if (now - g_array_index (self->flashes, Flash, i).since > FLASH_US)
      g_array_remove_index (self->flashes, i);
  for (guint i = self->cursors->len; i-- > 0;)
    if (now - g_array_index (self->cursors, Cursor, i).since > CURSOR_GOES_US)
      g_array_remove_index (self->cursors, i);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  TuttiPresenceLayer *self = TUTTI_PRESENCE_LAYER (widget);

  forget_old (self, gdk_frame_clock_get_frame_time (clock));
  gtk_widget_queue_draw (widget);
  if (self->flashes->len > 0)
    return G_SOURCE_CONTINUE;
  self->ticking = 0;
  return G_SOURCE_REMOVE;
}

static void
begin_ticking (TuttiPresenceLayer *self)
{
  if (self->ticking == 0)
    self->ticking = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

/* Names fold and go after whole seconds. */
static gboolean
on_second (gpointer data)
{
  TuttiPresenceLayer *self = data;

  forget_old (self, now_of (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->cursors->len > 0)
    return G_SOURCE_CONTINUE;
  self->ageing = 0;
  return G_SOURCE_REMOVE;
}

static Cursor *
find_cursor (TuttiPresenceLayer *self, guint number)
{
  for (guint i = 0; i < self->cursors->len; i++)
    if (g_array_index (self->cursors, Cursor, i).number == number)
      return &g_array_index (self->cursors, Cursor, i);
  return NULL;
}

void
tutti_presence_layer_set_cursor (TuttiPresenceLayer *self, guint number, const char *name, int colour, TuttiId track, int step)
{
  Cursor *cursor = find_cursor (self, number);

  if (cursor != NULL && tutti_id_equal (cursor->track, track) && cursor->step == step)
    return;
  if (cursor == NULL)
    {
      g_array_set_size (self->cursors, self->cursors->len + 1);
      cursor = &g_array_index (self->cursors, Cursor, self->cursors->len - 1);
      cursor->number = number;
    }
  g_free (cursor->name);
  cursor->name = g_strdup (name);
  cursor->colour = colour;
  cursor->track = track;
  cursor->step = step;
  cursor->since = now_of (self);
  if (self->ageing == 0)
    self->ageing = g_timeout_add_seconds (1, on_second, self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tutti_presence_layer_clear_cursor (TuttiPresenceLayer *self, guint number)
{
  Cursor *cursor = find_cursor (self, number);

  if (cursor != NULL)
    g_array_remove_index (self->cursors, (guint) (cursor - &g_array_index (self->cursors, Cursor, 0)));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tutti_presence_layer_flash (TuttiPresenceLayer *self, int colour, TuttiId track, int step)
{
  Flash flash = { colour, track, step, now_of (self) };

  if (self->flashes->len >= FLASHES_MAX)
    g_array_remove_index (self->flashes, 0);
  g_array_append_val (self->flashes, flash);
  begin_ticking (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* @place: (out) where the block of a step lies. */
static gboolean
find_box (TuttiPresenceLayer *self, TuttiId track, int step, TuttiBox *box)
{
  graphene_rect_t place;

  if (self->grid == NULL || !tutti_step_grid_place (self->grid, track, step, &place))
    return FALSE;
  *box = (TuttiBox) { place.origin.x, place.origin.y, place.size.width, place.size.height };
  return TRUE;
}

static void
draw_flash (TuttiPresenceLayer *self, GtkSnapshot *snapshot, const Flash *flash, gint64 now)
{
  const TuttiPalette *palette = tutti_palette_get (GTK_WIDGET (self));
  gboolean still;
  float age = (float) (now - flash->since), strength;
  GdkRGBA ring, halo;
  TuttiBox box;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &still, NULL);
  still = !still;
  strength = still ? 1 : age < FLASH_IN_US ? age / FLASH_IN_US : 1 - (age - FLASH_IN_US) / (FLASH_US - FLASH_IN_US);
  if (!find_box (self, flash->track, flash->step, &box))
    return;
  ring = tutti_rgba_fade (&palette->person[flash->colour], CLAMP (strength, 0, 1));
  halo = tutti_rgba_fade (&ring, 0.4f);
  if (!still)
    tutti_draw_ring (snapshot, box, 8, 6.5f, 4, &halo);
  tutti_draw_ring (snapshot, box, 8, 3.5f, 3, &ring);
}

/* How many people before the @n-th stand on the same step. */
static int
rank_of (TuttiPresenceLayer *self, guint n)
{
  const Cursor *cursor = &g_array_index (self->cursors, Cursor, n);
  int rank = 0;

  for (guint i = 0; i < n; i++)
    {
      const Cursor *other = &g_array_index (self->cursors, Cursor, i);
      rank += tutti_id_equal (other->track, cursor->track) && other->step == cursor->step;
    }
  return rank;
}

static int
count_on_step (TuttiPresenceLayer *self, guint n)
{
  const Cursor *cursor = &g_array_index (self->cursors, Cursor, n);
  int count = 0;

  for (guint i = 0; i < self->cursors->len; i++)
    {
      const Cursor *other = &g_array_index (self->cursors, Cursor, i);
      count += tutti_id_equal (other->track, cursor->track) && other->step == cursor->step;
    }
  return count;
}

static void
draw_tag (TuttiPresenceLayer *self, GtkSnapshot *snapshot, const Cursor *cursor, TuttiBox box, int rank, int count, gint64 now)
{
  const TuttiPalette *palette = tutti_palette_get (GTK_WIDGET (self));
  gint64 age = now - cursor->since;
  g_autofree char *text = rank == RINGS                             ? g_strdup_printf ("+%d", count - RINGS)
                          : count > 1 || age > NAME_FOLDS_US ? tutti_words_initials (cursor->name)
                                                             : g_strdup (cursor->name);
  int width, height;

  if (age > NAME_GOES_US && count == 1)
    return;
  tutti_measure_text (GTK_WIDGET (self), text, 8.5f, PANGO_WEIGHT_BOLD, &width, &height);
  TuttiBox tag = { box.x - 5 + rank * 29.0f, box.y - 19, width + 14.0f, 17 };
  tutti_draw_box (snapshot, tag, 4, &palette->person[cursor->colour]);
  tutti_draw_text (snapshot, GTK_WIDGET (self), text, 8.5f, PANGO_WEIGHT_BOLD, tag.x + tag.width / 2,
                   tag.y + (tag.height - height) / 2, 0.5f, &palette->person_ink[cursor->colour]);
}

static void
draw_cursor (TuttiPresenceLayer *self, GtkSnapshot *snapshot, guint n, gint64 now)
{
  const TuttiPalette *palette = tutti_palette_get (GTK_WIDGET (self));
  const Cursor *cursor = &g_array_index (self->cursors, Cursor, n);
  int rank = rank_of (self, n);
  TuttiBox box;

  if (rank > RINGS || !find_box (self, cursor->track, cursor->step, &box))
    return;
  if (rank < RINGS)
    tutti_draw_ring (snapshot, box, 8, 3.5f + 3 * rank, palette->ring_width, &palette->person[cursor->colour]);
  draw_tag (self, snapshot, cursor, box, rank, count_on_step (self, n), now);
}

static void
tutti_presence_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiPresenceLayer *self = TUTTI_PRESENCE_LAYER (widget);
  gint64 now = now_of (self);

  for (guint i = 0; i < self->flashes->len; i++)
    draw_flash (self, snapshot, &g_array_index (self->flashes, Flash, i), now);
  for (guint i = 0; i < self->cursors->len; i++)
    draw_cursor (self, snapshot, i, now);
}

static void
tutti_presence_layer_finalize (GObject *object)
{
  TuttiPresenceLayer *self = TUTTI_PRESENCE_LAYER (object);

  g_clear_handle_id (&self->ageing, g_source_remove);
  g_array_unref (self->cursors);
  g_array_unref (self->flashes);
  G_OBJECT_CLASS (tutti_presence_layer_parent_class)->finalize (object);
}

static void
tutti_presence_layer_class_init (TuttiPresenceLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tutti_presence_layer_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = tutti_presence_layer_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
tutti_presence_layer_init (TuttiPresenceLayer *self)
{
  self->cursors = g_array_new (FALSE, TRUE, sizeof (Cursor));
  g_array_set_clear_func (self->cursors, (GDestroyNotify) cursor_clear);
  self->flashes = g_array_new (FALSE, TRUE, sizeof (Flash));
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
tutti_presence_layer_new (void)
{
  return g_object_new (TUTTI_TYPE_PRESENCE_LAYER, NULL);
}

void
tutti_presence_layer_set_grid (TuttiPresenceLayer *self, TuttiStepGrid *grid)
{
  self->grid = grid;
}
