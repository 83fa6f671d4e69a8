/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-publisher-private.h"

struct _TuttiPublisher
{
  GObject                     parent_instance;
  TuttiJamAd                  ad;       /* as wished */
  char                       *name;     /* as published; owned */
  TuttiPublisherState         state;
  GError                     *error;    /* owned; set in FAILED only */
  const TuttiPublisherEngine *calls;
  gpointer                    engine;   /* owned */
};

enum { PROP_NAME = 1, PROP_STATE, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TuttiPublisher, tutti_publisher, G_TYPE_OBJECT)

GType
tutti_publisher_state_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    { TUTTI_PUBLISHER_PENDING, "TUTTI_PUBLISHER_PENDING", "pending" },
    { TUTTI_PUBLISHER_PUBLISHED, "TUTTI_PUBLISHER_PUBLISHED", "published" },
    { TUTTI_PUBLISHER_WAITING, "TUTTI_PUBLISHER_WAITING", "waiting" },
    { TUTTI_PUBLISHER_FAILED, "TUTTI_PUBLISHER_FAILED", "failed" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("TuttiPublisherState", values));
  return type;
}

TuttiPublisher *
tutti_publisher_new (const TuttiJamAd *ad)
{
  TuttiPublisher *self = g_object_new (TUTTI_TYPE_PUBLISHER, NULL);

  self->ad = *ad;
  self->name = g_strdup (ad->name);
  return self;
}

void
tutti_publisher_set_engine (TuttiPublisher *self, const TuttiPublisherEngine *calls, gpointer engine)
{
  g_return_if_fail (self->engine == NULL);
  self->calls = calls;
  self->engine = engine;
}

void
tutti_publisher_set_name (TuttiPublisher *self, const char *name)
{
  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

void
tutti_publisher_set_state (TuttiPublisher *self, TuttiPublisherState state, const GError *error)
{
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

gboolean
tutti_publisher_update (TuttiPublisher *self, const TuttiJamAd *ad, GError **error)
{
  g_return_val_if_fail (TUTTI_IS_PUBLISHER (self), FALSE);

  if (!tutti_jam_ad_check (ad, error))
    return FALSE;
  if (tutti_jam_ad_equal (&self->ad, ad))
    return TRUE;
  self->ad = *ad;
  if (self->engine != NULL)
    self->calls->update (self->engine, ad);
  return TRUE;
}

void
tutti_publisher_withdraw (TuttiPublisher *self)
{
  gpointer engine;

  g_return_if_fail (TUTTI_IS_PUBLISHER (self));
  engine = g_steal_pointer (&self->engine);
  if (engine != NULL)
    self->calls->free (engine);
}

const TuttiJamAd *
tutti_publisher_get_ad (TuttiPublisher *self)
{
  g_return_val_if_fail (TUTTI_IS_PUBLISHER (self), NULL);
  return &self->ad;
}

const char *
tutti_publisher_get_name (TuttiPublisher *self)
{
  g_return_val_if_fail (TUTTI_IS_PUBLISHER (self), NULL);
  return self->name;
}

TuttiPublisherState
tutti_publisher_get_state (TuttiPublisher *self)
{
  g_return_val_if_fail (TUTTI_IS_PUBLISHER (self), TUTTI_PUBLISHER_FAILED);
  return self->state;
}

const GError *
tutti_publisher_get_error (TuttiPublisher *self)
{
  g_return_val_if_fail (TUTTI_IS_PUBLISHER (self), NULL);
  return self->error;
}

static void
tutti_publisher_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TuttiPublisher *self = TUTTI_PUBLISHER (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tutti_publisher_dispose (GObject *object)
{
  tutti_publisher_withdraw (TUTTI_PUBLISHER (object));
  G_OBJECT_CLASS (tutti_publisher_parent_class)->dispose (object);
}

static void
tutti_publisher_finalize (GObject *object)
{
  TuttiPublisher *self = TUTTI_PUBLISHER (object);

  g_free (self->name);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (tutti_publisher_parent_class)->finalize (object);
}

static void
tutti_publisher_class_init (TuttiPublisherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tutti_publisher_get_property;
  object_class->dispose = tutti_publisher_dispose;
  object_class->finalize = tutti_publisher_finalize;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, TUTTI_TYPE_PUBLISHER_STATE,
                                              TUTTI_PUBLISHER_PENDING,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tutti_publisher_init (TuttiPublisher *self)
{
}
