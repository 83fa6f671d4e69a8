/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-nearby-jam-private.h"

#include <string.h>

/* What one resolver (one name on one interface by one protocol) says. */
typedef struct
{
  char      *key;
  TuttiJamAd ad;
  guint64    serial;            /* the later one is believed when two disagree */
} Sighting;

struct _TuttiNearbyJam
{
  GObject    parent_instance;
  TuttiJamAd ad;                /* folded */
  GPtrArray *sightings;         /* (element-type Sighting) owned */
  guint64    last_serial;
  gint64     doubted_until_us;
};

enum { PROP_AD = 1, PROP_NAME, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TuttiNearbyJam, tutti_nearby_jam, G_TYPE_OBJECT)

void
tutti_nearby_jam_set_doubted_until_us (TuttiNearbyJam *self, gint64 until_us)
{
  self->doubted_until_us = until_us;
}

gint64
tutti_nearby_jam_get_doubted_until_us (TuttiNearbyJam *self)
{
  return self->doubted_until_us;
}

static void
sighting_free (gpointer data)
{
  Sighting *sighting = data;

  g_free (sighting->key);
  g_free (sighting);
}

static Sighting *
find_sighting (TuttiNearbyJam *self, const char *key)
{
  for (guint i = 0; i < self->sightings->len; i++)
    {
      Sighting *sighting = g_ptr_array_index (self->sightings, i);

      if (strcmp (sighting->key, key) == 0)
        return sighting;
    }
  return NULL;
}

/* A higher epoch is a later host; within one epoch the latest word counts. */
static const Sighting *
best_sighting (TuttiNearbyJam *self)
{
  const Sighting *best = g_ptr_array_index (self->sightings, 0);

  for (guint i = 1; i < self->sightings->len; i++)
    {
      const Sighting *other = g_ptr_array_index (self->sightings, i);

      if (other->ad.epoch > best->ad.epoch ||
          (other->ad.epoch == best->ad.epoch && other->serial > best->serial))
        best = other;
    }
  return best;
}

static void
fold (TuttiNearbyJam *self)
{
  const Sighting *best;
  TuttiJamAd folded;

  if (self->sightings->len == 0)
    return;
  best = best_sighting (self);
  folded = best->ad;
  for (guint i = 0; i < self->sightings->len; i++)
    {
      const Sighting *other = g_ptr_array_index (self->sightings, i);

      if (other->ad.epoch != folded.epoch)
        continue;
      folded.local = folded.local || other->ad.local;
      for (guint j = 0; j < other->ad.n_addresses; j++)
        tutti_jam_ad_add_address (&folded, &other->ad.addresses[j]);
    }
  if (tutti_jam_ad_equal (&folded, &self->ad))
    return;

  gboolean renamed = strcmp (folded.name, self->ad.name) != 0;

  self->ad = folded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AD]);
  if (renamed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

TuttiNearbyJam *
tutti_nearby_jam_new (const TuttiJamAd *ad)
{
  TuttiNearbyJam *self = g_object_new (TUTTI_TYPE_NEARBY_JAM, NULL);

  self->ad = *ad;
  return self;
}

gboolean
tutti_nearby_jam_is_of (TuttiNearbyJam *self, const TuttiJamAd *ad)
{
  return strcmp (self->ad.id, ad->id) == 0 && strcmp (self->ad.fingerprint, ad->fingerprint) == 0;
}

void
tutti_nearby_jam_see (TuttiNearbyJam *self, const char *key, const TuttiJamAd *ad)
{
  Sighting *sighting = find_sighting (self, key);

  if (sighting == NULL)
    {
      sighting = g_new0 (Sighting, 1);
      sighting->key = g_strdup (key);
      g_ptr_array_add (self->sightings, sighting);
    }
  sighting->ad = *ad;
  sighting->serial = ++self->last_serial;
  fold (self);
}

gboolean
tutti_nearby_jam_has (TuttiNearbyJam *self, const char *key)
{
  return find_sighting (self, key) != NULL;
}

gboolean
tutti_nearby_jam_lose (TuttiNearbyJam *self, const char *key)
{
  Sighting *sighting = find_sighting (self, key);

  if (sighting != NULL)
    g_ptr_array_remove (self->sightings, sighting);
  fold (self);
  return self->sightings->len > 0;
}

const TuttiJamAd *
tutti_nearby_jam_get_ad (TuttiNearbyJam *self)
{
  g_return_val_if_fail (TUTTI_IS_NEARBY_JAM (self), NULL);
  return &self->ad;
}

const char *
tutti_nearby_jam_get_name (TuttiNearbyJam *self)
{
  g_return_val_if_fail (TUTTI_IS_NEARBY_JAM (self), NULL);
  return self->ad.name;
}

static void
tutti_nearby_jam_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TuttiNearbyJam *self = TUTTI_NEARBY_JAM (object);

  switch (id)
    {
    case PROP_AD:
      g_value_set_boxed (value, &self->ad);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->ad.name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tutti_nearby_jam_finalize (GObject *object)
{
  TuttiNearbyJam *self = TUTTI_NEARBY_JAM (object);

  g_ptr_array_unref (self->sightings);
  G_OBJECT_CLASS (tutti_nearby_jam_parent_class)->finalize (object);
}

static void
tutti_nearby_jam_class_init (TuttiNearbyJamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tutti_nearby_jam_get_property;
  object_class->finalize = tutti_nearby_jam_finalize;
  properties[PROP_AD] = g_param_spec_boxed ("ad", NULL, NULL, TUTTI_TYPE_JAM_AD,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tutti_nearby_jam_init (TuttiNearbyJam *self)
{
  self->sightings = g_ptr_array_new_with_free_func (sighting_free);
}
