/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-zone-map.h"

#include "tutti-draw.h"
#include "tutti-focus-ring.h"
#include "tutti-palette.h"
#include "tutti-sounds.h"
#include "tutti-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define KEYS 128
#define KEYBOARD 16.0f         /* height of the keys at the bottom */
#define EDGE 6.0               /* how near an edge is taken hold of */

typedef enum { LEFT = 1, RIGHT = 2, TOP = 4, BOTTOM = 8, INSIDE = 15 } Grip;

struct _TuttiZoneMap
{
  GtkWidget parent_instance;
  TuttiZone zones[TUTTI_ZONES_MAX];
  char     *names[TUTTI_ZONES_MAX];            /* owned: of their sounds */
  guint     n;
  TuttiId   selected;
  TuttiZone held;              /* as it was when it was taken */
  guint     grip;              /* Grip; 0 none */
  int       colour;
};

G_DEFINE_FINAL_TYPE (TuttiZoneMap, tutti_zone_map, GTK_TYPE_WIDGET)

enum { SELECTED, MOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- places ---- */

static double
key_width (TuttiZoneMap *self)
{
  return MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1) / (double) KEYS;
}

static double
velocity_height (TuttiZoneMap *self)
{
  return MAX (gtk_widget_get_height (GTK_WIDGET (self)) - (double) KEYBOARD, 1) / TUTTI_VELOCITY_MAX;
}

guint
tutti_zone_map_key_at (TuttiZoneMap *self, double x)
{
  return (guint) CLAMP (floor (x / key_width (self)), 0, KEYS - 1);
}

static TuttiBox
box_of (TuttiZoneMap *self, const TuttiZone *zone)
{
  double wide = key_width (self), high = velocity_height (self);

  return (TuttiBox) { (float) (zone->key_low * wide), (float) ((TUTTI_VELOCITY_MAX - zone->velocity_high) * high),
                      (float) ((zone->key_high - zone->key_low + 1) * wide),
                      (float) ((zone->velocity_high - zone->velocity_low + 1) * high) };
}

static guint
grip_at (TuttiBox box, double x, double y)
{
  double across = MIN (EDGE, (double) box.width / 4), up = MIN (EDGE, (double) box.height / 4);
  guint grip = 0;

  x -= (double) box.x;
  y -= (double) box.y;
  if (x < 0 || y < 0 || x > (double) box.width || y > (double) box.height)
    return 0;
  grip |= x < across ? LEFT : x > (double) box.width - across ? RIGHT : 0;
  grip |= y < up ? TOP : y > (double) box.height - up ? BOTTOM : 0;
  return grip != 0 ? grip : INSIDE;
}

static int
index_of (TuttiZoneMap *self, TuttiId id)
{
  for (guint i = 0; i < self->n; i++)
    if (tutti_id_equal (self->zones[i].id, id))
      return (int) i;
  return -1;
}

/* The selected one before others that lie over it, so that it can be moved away. */
static int
zone_at (TuttiZoneMap *self, double x, double y)
{
  int selected = index_of (self, self->selected);

  if (selected >= 0 && grip_at (box_of (self, &self->zones[selected]), x, y) != 0)
    return selected;
  for (guint i = self->n; i-- > 0; )
    if (grip_at (box_of (self, &self->zones[i]), x, y) != 0)
      return (int) i;
  return -1;
}

/* ---- drawing ---- */

static void
draw_keyboard (TuttiZoneMap *self, GtkSnapshot *snapshot, const TuttiPalette *p)
{
  static const gboolean black[] = { 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0 };
  float wide = (float) key_width (self), top = (float) gtk_widget_get_height (GTK_WIDGET (self)) - KEYBOARD;

  for (int key = 0; key < KEYS; key++)
    if (black[key % 12])
      tutti_draw_box (snapshot, (TuttiBox) { (float) key * wide, top, wide, KEYBOARD }, 0, &p->trough);
  for (int key = 24; key < KEYS; key += 24)
    {
      char words[12];

      tutti_words_note (key, words, sizeof words);
      tutti_draw_box (snapshot, (TuttiBox) { (float) key * wide, 0, 1, top + KEYBOARD }, 0, &p->trough);
      tutti_draw_text (snapshot, GTK_WIDGET (self), words, 7.5f, PANGO_WEIGHT_BOLD, (float) key * wide + 3, top + 2, 0, &p->dim);
    }
}

static void
draw_zone (TuttiZoneMap *self, GtkSnapshot *snapshot, guint i, const TuttiPalette *p)
{
  const TuttiZone *zone = &self->zones[i];
  gboolean selected = tutti_id_equal (zone->id, self->selected);
  TuttiBox box = box_of (self, zone);
  GdkRGBA fill = tutti_rgba_fade (&p->track[self->colour], selected ? 0.42f : 0.2f);
  float root = (float) ((zone->root + 0.5) * key_width (self));

  tutti_draw_box (snapshot, box, 5, &fill);
  if (zone->root >= zone->key_low && zone->root <= zone->key_high)
    tutti_draw_box (snapshot, (TuttiBox) { root - 1, box.y, 2, box.height }, 0, &p->track[self->colour]);
  tutti_draw_ring (snapshot, box, 5, 0, selected ? 2 : 1, &p->track[self->colour]);
  if (selected && gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    tutti_draw_ring (snapshot, box, 5, -2, p->ring_width, &p->accent);
  tutti_draw_text_within (snapshot, GTK_WIDGET (self), self->names[i], 9, PANGO_WEIGHT_BOLD, box.x + 6, box.y + 4, box.width - 10, &p->fg);
}

static void
tutti_zone_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiZoneMap *self = TUTTI_ZONE_MAP (widget);
  const TuttiPalette *p = tutti_palette_get (widget);

  draw_keyboard (self, snapshot, p);
  for (guint i = 0; i < self->n; i++)
    draw_zone (self, snapshot, i, p);
}

/* ---- hands ---- */

static void
select_zone (TuttiZoneMap *self, TuttiId id)
{
  if (tutti_id_equal (self->selected, id))
    return;
  self->selected = id;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SELECTED], 0);
}

void
tutti_zone_map_select (TuttiZoneMap *self, TuttiId zone)
{
  select_zone (self, zone);
}

/* @zone moved by so many keys and velocities at what @grip holds; ends stay in their order. */
static void
move (TuttiZone *zone, guint grip, int keys, int velocities)
{
  if (grip == INSIDE)
    {
      keys = CLAMP (keys, -zone->key_low, KEYS - 1 - zone->key_high);
      velocities = CLAMP (velocities, 1 - zone->velocity_low, TUTTI_VELOCITY_MAX - zone->velocity_high);
    }
  if (grip & LEFT)
    zone->key_low = (guint8) CLAMP (zone->key_low + keys, 0, grip == INSIDE ? KEYS - 1 : zone->key_high);
  if (grip & RIGHT)
    zone->key_high = (guint8) CLAMP (zone->key_high + keys, grip == INSIDE ? 0 : zone->key_low, KEYS - 1);
  if (grip & BOTTOM)
    zone->velocity_low = (guint8) CLAMP (zone->velocity_low + velocities, 1, grip == INSIDE ? TUTTI_VELOCITY_MAX : zone->velocity_high);
  if (grip & TOP)
    zone->velocity_high = (guint8) CLAMP (zone->velocity_high + velocities, grip == INSIDE ? 1 : zone->velocity_low, TUTTI_VELOCITY_MAX);
}

static void
want (TuttiZoneMap *self, const TuttiZone *from, guint grip, int keys, int velocities)
{
  int now = index_of (self, from->id);
  TuttiZone zone = *from;
  guint fields = 0;

  move (&zone, grip, keys, velocities);
  if (now < 0)
    return;
  if (zone.key_low != self->zones[now].key_low || zone.key_high != self->zones[now].key_high)
    fields |= TUTTI_ZONE_KEYS;
  if (zone.velocity_low != self->zones[now].velocity_low || zone.velocity_high != self->zones[now].velocity_high)
    fields |= TUTTI_ZONE_VELOCITIES;
  if (fields != 0)
    g_signal_emit (self, signals[MOVED], 0, &zone, fields);
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, TuttiZoneMap *self)
{
  int found = zone_at (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->grip = found >= 0 ? grip_at (box_of (self, &self->zones[found]), x, y) : 0;
  if (found >= 0)
    self->held = self->zones[found];
  select_zone (self, found >= 0 ? self->zones[found].id : tutti_id (0, 0));
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, TuttiZoneMap *self)
{
  if (self->grip != 0)
    want (self, &self->held, self->grip, (int) round (dx / key_width (self)), (int) round (-dy / velocity_height (self)));
}

static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, TuttiZoneMap *self)
{
  self->grip = 0;
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, TuttiZoneMap *self)
{
  int by = key == GDK_KEY_Left ? -1 : key == GDK_KEY_Right ? 1 : 0, at = index_of (self, self->selected);

  if (by == 0 || self->n == 0)
    return FALSE;
  if (at >= 0 && (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0)
    want (self, &self->zones[at], state & GDK_SHIFT_MASK ? INSIDE : RIGHT, by, 0);
  else
    select_zone (self, self->zones[(at + by + (int) self->n) % (int) self->n].id);
  return TRUE;
}

/* ---- showing ---- */

static void
forget_names (TuttiZoneMap *self)
{
  for (guint i = 0; i < self->n; i++)
    g_clear_pointer (&self->names[i], g_free);
}

const TuttiZone *
tutti_zone_map_get_selected (TuttiZoneMap *self)
{
  int at = index_of (self, self->selected);

  return at >= 0 ? &self->zones[at] : NULL;
}

void
tutti_zone_map_show (TuttiZoneMap *self, const TuttiJam *jam, const TuttiTrack *track)
{
  g_autofree char *words = NULL;

  forget_names (self);
  self->n = track->n_zones;
  self->colour = track->colour;
  for (guint i = 0; i < self->n; i++)
    {
      self->zones[i] = track->zones[i];
      self->names[i] = g_strdup (tutti_sound_name (jam, track->zones[i].sound));
    }
  words = g_strdup_printf (ngettext ("Keyboard with %u zone", "Keyboard with %u zones", self->n), self->n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- building ---- */

static void
tutti_zone_map_finalize (GObject *object)
{
  forget_names (TUTTI_ZONE_MAP (object));
  G_OBJECT_CLASS (tutti_zone_map_parent_class)->finalize (object);
}

static void
tutti_zone_map_class_init (TuttiZoneMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tutti_zone_map_finalize;
  widget_class->snapshot = tutti_zone_map_snapshot;
  gtk_widget_class_set_css_name (widget_class, "plot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SELECTED] = g_signal_new ("selected", TUTTI_TYPE_ZONE_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", TUTTI_TYPE_ZONE_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER,
                                 G_TYPE_UINT);
}

static void
tutti_zone_map_init (TuttiZoneMap *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  tutti_focus_ring_watch (GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
tutti_zone_map_new (void)
{
  return g_object_new (TUTTI_TYPE_ZONE_MAP, NULL);
}
