/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-zone-view.h"

#include "tutti-ask.h"
#include "tutti-import.h"
#include "tutti-knob.h"
#include "tutti-soundfont-chooser.h"
#include "tutti-sounds.h"
#include "tutti-words.h"
#include "tutti-zone-map.h"

#include <glib/gi18n.h>
#include <math.h>

typedef enum { ROOT, TUNE, GAIN, PAN, N_KNOBS } Knob;

struct _TuttiZoneView
{
  GtkWidget      parent_instance;
  TuttiStepGrid *grid;         /* borrowed: both belong to the jam page */
  GtkWidget     *root, *map, *words, *delete, *knobs[N_KNOBS], *values[N_KNOBS];
  gboolean       showing;
  TuttiId        drop_track;   /* where files fell … */
  guint          drop_key;     /* … and on which key the next of them goes */
};

G_DEFINE_FINAL_TYPE (TuttiZoneView, tutti_zone_view, GTK_TYPE_WIDGET)

static guint add_signal;

static const struct { const char *name; int low, high, initial; guint field; } knobs[N_KNOBS] = {
  /* Translators: the key at which a sound is itself */
  [ROOT] = { N_("Root"), 0, 127, 60, TUTTI_ZONE_ROOT },
  [TUNE] = { N_("Tune"), -1200, 1200, 0, TUTTI_ZONE_TUNE },
  [GAIN] = { N_("Level"), -3600, TUTTI_GAIN_MAX_CDB, 0, TUTTI_ZONE_GAIN },
  [PAN] = { N_("Pan"), -1000, 1000, 0, TUTTI_ZONE_PAN },
};

static TuttiSession *
session_of (TuttiZoneView *self)
{
  return tutti_step_grid_get_session (self->grid);
}

static const TuttiTrack *
track_of (TuttiZoneView *self)
{
  const TuttiJam *jam = tutti_session_get_jam (session_of (self));

  return jam != NULL ? tutti_jam_track (jam, tutti_step_grid_get_track (self->grid), NULL) : NULL;
}

static int
get (const TuttiZone *zone, Knob knob)
{
  return knob == ROOT ? zone->root : knob == TUNE ? zone->tune : knob == GAIN ? zone->gain : zone->pan;
}

static void
set (TuttiZone *zone, Knob knob, int value)
{
  if (knob == ROOT)
    zone->root = (guint8) value;
  else if (knob == TUNE)
    zone->tune = (gint16) value;
  else if (knob == GAIN)
    zone->gain = (gint16) value;
  else
    zone->pan = (gint16) value;
}

/* ---- what is asked for ---- */

static TuttiOp *
zone_op (const TuttiTrack *track, const TuttiZone *zone, guint fields)
{
  return tutti_op_new (TUTTI_OP_ZONE, track->id, zone->id, tutti_zone_edit_new (zone, fields));
}

static void
on_moved (TuttiZoneMap *map, const TuttiZone *zone, guint fields, TuttiZoneView *self)
{
  if (track_of (self) != NULL)
    tutti_ask (GTK_WIDGET (self), session_of (self), zone_op (track_of (self), zone, fields));
}

static void
on_knob (GtkRange *range, TuttiZoneView *self)
{
  const TuttiZone *selected = tutti_zone_map_get_selected (TUTTI_ZONE_MAP (self->map));
  Knob knob = (Knob) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (range), "tutti-knob"));
  int value = (int) round (gtk_range_get_value (range));
  TuttiZone zone;

  if (self->showing || selected == NULL || get (selected, knob) == value)
    return;
  zone = *selected;
  set (&zone, knob, value);
  on_moved (NULL, &zone, knobs[knob].field, self);
}

static void
on_delete (GtkButton *button, TuttiZoneView *self)
{
  const TuttiZone *selected = tutti_zone_map_get_selected (TUTTI_ZONE_MAP (self->map));

  if (track_of (self) != NULL && selected != NULL)
    tutti_ask (GTK_WIDGET (self), session_of (self), tutti_op_new (TUTTI_OP_ZONE_DELETE, track_of (self)->id, selected->id));
}

TuttiOp *
tutti_zone_view_add_op (const TuttiTrack *track, TuttiId id, TuttiId own_id, const char *sound)
{
  TuttiZone zone = { .id = id, .key_high = 127, .velocity_low = 1, .velocity_high = TUTTI_VELOCITY_MAX,
                     .root = (guint8) tutti_sound_root (sound) }, own = zone;
  TuttiOp *group;

  g_strlcpy (zone.sound, sound, sizeof zone.sound);
  if (track->n_zones > 0)
    return zone_op (track, &zone, TUTTI_ZONE_WHOLE);
  own.id = own_id;
  own.root = (guint8) tutti_sound_root (track->sound);
  g_strlcpy (own.sound, track->sound, sizeof own.sound);
  if (tutti_sound_is_melodic (track->sound, NULL))
    {
      own.key_high = 59;
      zone.key_low = 60;
    }
  else
    {
      own.velocity_high = 95;
      zone.velocity_low = 96;
    }
  group = tutti_op_group_new ();
  tutti_op_group_add (group, zone_op (track, &own, TUTTI_ZONE_WHOLE));
  tutti_op_group_add (group, zone_op (track, &zone, TUTTI_ZONE_WHOLE));
  return group;
}

static gboolean
holds (const TuttiZone *zone, guint key)
{
  return zone->key_low <= key && zone->key_high >= key;
}

/* The last key that one gets which begins at @key: up to the next zone that begins above it, and to the end of those that lie there. Of
 * one that begins at @key itself it takes that key alone. */
static guint8
last_key (const TuttiTrack *track, guint key)
{
  guint last = TUTTI_KEY_MAX;

  for (guint i = 0; i < track->n_zones; i++)
    {
      const TuttiZone *zone = &track->zones[i];

      if (zone->key_low > key)
        last = MIN (last, zone->key_low - 1u);
      else if (holds (zone, key))
        last = MIN (last, zone->key_low == key ? key : zone->key_high);
    }
  return (guint8) last;
}

/* What @zone, which holds the key at which @fresh begins, keeps: the keys below, and, as a zone of its own, those above @fresh, which
 * would have no sound at its velocities. The only key of a zone both have, and take turns. */
static void
make_room (const TuttiTrack *track, const TuttiZone *zone, const TuttiZone *fresh, TuttiNewId new_id, gpointer user, TuttiOp *group)
{
  TuttiZone below = *zone, above = *zone;

  below.key_high = (guint8) (fresh->key_low - 1);
  above.key_low = (guint8) (fresh->key_high + 1);
  if (zone->key_low < fresh->key_low)
    tutti_op_group_add (group, zone_op (track, &below, TUTTI_ZONE_KEYS));
  if (zone->key_high <= fresh->key_high)
    return;
  if (zone->key_low < fresh->key_low)
    above.id = new_id (user);
  tutti_op_group_add (group, zone_op (track, &above, zone->key_low < fresh->key_low ? TUTTI_ZONE_WHOLE : TUTTI_ZONE_KEYS));
}

/* The sound of a @track without zones, which keeps the keys below @key. */
static TuttiOp *
own_op (const TuttiTrack *track, TuttiId id, guint key)
{
  TuttiZone own = { .id = id, .key_high = (guint8) (key - 1), .velocity_low = 1, .velocity_high = TUTTI_VELOCITY_MAX,
                    .root = (guint8) tutti_sound_root (track->sound) };

  g_strlcpy (own.sound, track->sound, sizeof own.sound);
  return zone_op (track, &own, TUTTI_ZONE_WHOLE);
}

TuttiOp *
tutti_zone_view_drop_op (const TuttiTrack *track, TuttiNewId new_id, gpointer user, const char *sound, guint key)
{
  TuttiZone fresh = { .id = new_id (user), .key_low = (guint8) key, .key_high = last_key (track, key), .velocity_low = 1,
                      .velocity_high = TUTTI_VELOCITY_MAX, .root = (guint8) key };
  TuttiOp *group = tutti_op_group_new ();

  g_strlcpy (fresh.sound, sound, sizeof fresh.sound);
  for (guint i = 0; i < track->n_zones; i++)
    if (holds (&track->zones[i], key))
      make_room (track, &track->zones[i], &fresh, new_id, user, group);
  if (track->n_zones == 0 && key > 0)
    tutti_op_group_add (group, own_op (track, new_id (user), key));
  tutti_op_group_add (group, zone_op (track, &fresh, TUTTI_ZONE_WHOLE));
  return group;
}

static void
on_add (GtkButton *button, TuttiZoneView *self)
{
  g_signal_emit (self, add_signal, 0);
}

gboolean
tutti_zone_view_has_room (GtkWidget *widget, const TuttiTrack *track, guint n)
{
  g_autofree char *words = NULL;

  if (track->n_zones + n <= TUTTI_ZONES_MAX)
    return TRUE;
  /* Translators: %s is the name of a track; a zone is a sound for some keys */
  words = g_strdup_printf (ngettext ("%s holds at most %d zone: there is no room for another",
                                     "%s holds at most %d zones: there is no room for another", TUTTI_ZONES_MAX),
                           track->name, TUTTI_ZONES_MAX);
  tutti_say (widget, words);
  return FALSE;
}

/* ---- dropping ---- */

static TuttiId
coin (gpointer session)
{
  return tutti_session_new_id (session);
}

static TuttiId
coin_trial (gpointer counter)
{
  return tutti_id (G_MAXUINT16, ++*(guint32 *) counter);
}

/* Whether the track has room for a sound that falls on @key, and for what gives way to it. Before anything is brought: what nobody can use
 * would be in the jam for everybody. */
static gboolean
has_room_at (TuttiZoneView *self, guint key)
{
  const TuttiTrack *track = track_of (self);
  guint32 counter = 0;
  g_autoptr(TuttiOp) group = tutti_zone_view_drop_op (track, coin_trial, &counter, track->sound, key);

  return tutti_zone_view_has_room (GTK_WIDGET (self), track, counter);
}

/* Several fall on keys side by side. */
static void
on_dropped_sound (const char *sound, gpointer user_data)
{
  TuttiZoneView *self = user_data;
  const TuttiTrack *track = track_of (self);

  if (track == NULL || !tutti_id_equal (track->id, self->drop_track) || !tutti_sound_is_sample (track->sound))
    return;
  /* It may have become full since. */
  if (!has_room_at (self, self->drop_key))
    return;
  tutti_ask (GTK_WIDGET (self), session_of (self), tutti_zone_view_drop_op (track, coin, session_of (self), sound, self->drop_key));
  self->drop_key = MIN (self->drop_key + 1, (guint) TUTTI_KEY_MAX);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, TuttiZoneView *self)
{
  if (track_of (self) == NULL)
    return FALSE;
  self->drop_track = track_of (self)->id;
  self->drop_key = tutti_zone_map_key_at (TUTTI_ZONE_MAP (self->map), x);
  for (GSList *files = g_value_get_boxed (value); files != NULL; files = files->next)
    /* A preset of a SoundFont is all zones of a track. */
    if (tutti_soundfont_is_file (files->data))
      tutti_import_sound (GTK_WIDGET (self), session_of (self), files->data, self->drop_track, NULL, NULL);
    else if (has_room_at (self, self->drop_key))
      tutti_import_sound (GTK_WIDGET (self), session_of (self), files->data, tutti_id (0, 0), on_dropped_sound, self);
    else
      return FALSE;
  return TRUE;
}

static void
attach_drop (TuttiZoneView *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (self->map, GTK_EVENT_CONTROLLER (target));
}

/* ---- showing ---- */

static char *
value_words (Knob knob, int value)
{
  char note[12];

  if (knob == TUNE)
    return tutti_words_param_value (TUTTI_PARAM_TUNE, value);
  if (knob == GAIN)
    return tutti_words_gain (value);
  if (knob == PAN)
    return tutti_words_pan (value);
  tutti_words_note (value, note, sizeof note);
  return g_strdup (note);
}

static char *
zone_words (TuttiZoneView *self, const TuttiZone *zone)
{
  char low[12], high[12];

  if (zone == NULL)
    return g_strdup (track_of (self)->n_zones > 0 ? _("Select a zone.") : _("Add a zone: other sounds for other keys, or harder hits."));
  tutti_words_note (zone->key_low, low, sizeof low);
  tutti_words_note (zone->key_high, high, sizeof high);
  /* Translators: a zone of a sampler: sound, lowest and highest key, softest and hardest velocity */
  return g_strdup_printf (_("%s · %s to %s · velocity %d to %d"), tutti_sound_name (tutti_session_get_jam (session_of (self)), zone->sound),
                          low, high, zone->velocity_low, zone->velocity_high);
}

static void
show_selected (TuttiZoneView *self)
{
  const TuttiZone *zone = tutti_zone_map_get_selected (TUTTI_ZONE_MAP (self->map));
  g_autofree char *words = zone_words (self, zone);

  self->showing = TRUE;
  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->map), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_widget_set_sensitive (self->delete, zone != NULL);
  for (int i = 0; i < N_KNOBS; i++)
    {
      int value = zone != NULL ? get (zone, (Knob) i) : knobs[i].initial;
      g_autofree char *text = value_words ((Knob) i, value);

      tutti_knob_set_colour (TUTTI_KNOB (self->knobs[i]), track_of (self)->colour);
      gtk_widget_set_sensitive (self->knobs[i], zone != NULL);
      gtk_range_set_value (GTK_RANGE (self->knobs[i]), value);
      gtk_label_set_text (GTK_LABEL (self->values[i]), zone != NULL ? text : "–");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->knobs[i]), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
    }
  self->showing = FALSE;
}

static void
on_selected (TuttiZoneMap *map, TuttiZoneView *self)
{
  if (track_of (self) != NULL)
    show_selected (self);
}

void
tutti_zone_view_refresh (TuttiZoneView *self)
{
  if (track_of (self) == NULL)
    return;
  tutti_zone_map_show (TUTTI_ZONE_MAP (self->map), tutti_session_get_jam (session_of (self)), track_of (self));
  show_selected (self);
}

/* ---- building ---- */

static void
tutti_zone_view_dispose (GObject *object)
{
  g_clear_pointer (&TUTTI_ZONE_VIEW (object)->root, gtk_widget_unparent);
  G_OBJECT_CLASS (tutti_zone_view_parent_class)->dispose (object);
}

static void
tutti_zone_view_class_init (TuttiZoneViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_zone_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  add_signal = g_signal_new ("add", TUTTI_TYPE_ZONE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
build_knob (TuttiZoneView *self, Knob i)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *name = gtk_label_new (_(knobs[i].name));

  self->knobs[i] = tutti_knob_new (knobs[i].low, knobs[i].high, i == ROOT ? 1 : (knobs[i].high - knobs[i].low) / 100.0, knobs[i].initial,
                                   i == ROOT ? 0 : i == GAIN ? knobs[i].low : 0);
  self->values[i] = gtk_label_new (NULL);
  gtk_label_set_width_chars (GTK_LABEL (self->values[i]), 7);
  gtk_widget_add_css_class (self->values[i], "knob-value");
  gtk_widget_add_css_class (self->values[i], "numeric");
  gtk_widget_add_css_class (name, "knob-name");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->knobs[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, _(knobs[i].name), -1);
  g_object_set_data (G_OBJECT (self->knobs[i]), "tutti-knob", GINT_TO_POINTER ((int) i));
  g_signal_connect (self->knobs[i], "value-changed", G_CALLBACK (on_knob), self);
  gtk_box_append (GTK_BOX (box), self->knobs[i]);
  gtk_box_append (GTK_BOX (box), self->values[i]);
  gtk_box_append (GTK_BOX (box), name);
  return box;
}

static GtkWidget *
build_button (const char *words, GCallback clicked, gpointer data)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  gtk_widget_add_css_class (button, "word");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", clicked, data);
  return button;
}

static void
tutti_zone_view_init (TuttiZoneView *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *spring = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->map = tutti_zone_map_new ();
  attach_drop (self);
  self->words = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->words), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->words), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->words, "caption");
  self->delete = build_button (_("Delete Zone"), G_CALLBACK (on_delete), self);
  g_signal_connect (self->map, "moved", G_CALLBACK (on_moved), self);
  g_signal_connect (self->map, "selected", G_CALLBACK (on_selected), self);
  for (int i = 0; i < N_KNOBS; i++)
    gtk_box_append (GTK_BOX (row), build_knob (self, (Knob) i));
  gtk_widget_set_hexpand (spring, TRUE);
  gtk_box_append (GTK_BOX (row), spring);
  gtk_box_append (GTK_BOX (row), build_button (_("Add Zone…"), G_CALLBACK (on_add), self));
  gtk_box_append (GTK_BOX (row), self->delete);
  gtk_box_append (GTK_BOX (self->root), self->map);
  gtk_box_append (GTK_BOX (self->root), self->words);
  gtk_box_append (GTK_BOX (self->root), row);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
tutti_zone_view_new (TuttiStepGrid *grid)
{
  TuttiZoneView *self = g_object_new (TUTTI_TYPE_ZONE_VIEW, NULL);

  self->grid = grid;
  return GTK_WIDGET (self);
}
