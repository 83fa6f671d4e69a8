/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-browser-private.h"

#include "tutti-nearby-jam-private.h"

#include <string.h>

struct _TuttiBrowser
{
  GObject             parent_instance;
  GPtrArray          *jams;     /* (element-type TuttiNearbyJam) owned */
  GPtrArray          *doubted;  /* likewise; not listed; who was doubted first is first */
  GSource            *trust;    /* owned (nullable): ends the doubt of the first */
  TuttiDiscoveryState state;
  guint               n_refused;
  gpointer            engine;   /* owned, by destroy_engine */
  GDestroyNotify      destroy_engine;
};

enum { PROP_STATE = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { REFUSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TuttiBrowser, tutti_browser, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

GType
tutti_discovery_state_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    { TUTTI_DISCOVERY_STARTING, "TUTTI_DISCOVERY_STARTING", "starting" },
    { TUTTI_DISCOVERY_RUNNING, "TUTTI_DISCOVERY_RUNNING", "running" },
    { TUTTI_DISCOVERY_NO_AVAHI, "TUTTI_DISCOVERY_NO_AVAHI", "no-avahi" },
    { TUTTI_DISCOVERY_NO_NETWORK, "TUTTI_DISCOVERY_NO_NETWORK", "no-network" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("TuttiDiscoveryState", values));
  return type;
}

const char *
tutti_discovery_state_to_words (TuttiDiscoveryState state)
{
  switch (state)
    {
    case TUTTI_DISCOVERY_STARTING:
      return "Starting to look for jams.";
    case TUTTI_DISCOVERY_RUNNING:
      return "Looking for jams on this network.";
    case TUTTI_DISCOVERY_NO_AVAHI:
      return "Avahi, the service that finds others on this network, is not running.";
    case TUTTI_DISCOVERY_NO_NETWORK:
      return "This machine is not connected to a network.";
    default:
      return "";
    }
}

static gboolean
find_by_key (GPtrArray *jams, const char *key, guint *position)
{
  for (guint i = 0; i < jams->len; i++)
    if (tutti_nearby_jam_has (g_ptr_array_index (jams, i), key))
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
find_by_ad (GPtrArray *jams, const TuttiJamAd *ad, guint *position)
{
  for (guint i = 0; i < jams->len; i++)
    if (tutti_nearby_jam_is_of (g_ptr_array_index (jams, i), ad))
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

/* Returns: (transfer full): an empty browser in the state STARTING. */
TuttiBrowser *
tutti_browser_new (void)
{
  return g_object_new (TUTTI_TYPE_BROWSER, NULL);
}

void
tutti_browser_set_engine (TuttiBrowser *self, gpointer engine, GDestroyNotify destroy)
{
  g_return_if_fail (self->engine == NULL);
  self->engine = engine;
  self->destroy_engine = destroy;
}

static void
list_jam (TuttiBrowser *self, TuttiNearbyJam *jam)
{
  g_ptr_array_add (self->jams, jam);
  g_list_model_items_changed (G_LIST_MODEL (self), self->jams->len - 1, 0, 1);
}

/* Where it can be reached is learnt bit by bit; the rest only a host that lives can change. */
static gboolean
says_the_same (const TuttiJamAd *a, const TuttiJamAd *b)
{
  TuttiJamAd one = *a, two = *b;

  one.n_addresses = two.n_addresses = 0;
  one.local = two.local = FALSE;
  return tutti_jam_ad_equal (&one, &two);
}

/* Returns: whether what @key says is of a jam that is doubted still. */
static gboolean
see_doubted (TuttiBrowser *self, const char *key, const TuttiJamAd *ad)
{
  guint position;
  TuttiNearbyJam *jam;

  if (!find_by_ad (self->doubted, ad, &position))
    return FALSE;
  jam = g_ptr_array_index (self->doubted, position);
  if (says_the_same (tutti_nearby_jam_get_ad (jam), ad))
    {
      tutti_nearby_jam_see (jam, key, ad);
      return TRUE;
    }
  list_jam (self, g_ptr_array_steal_index (self->doubted, position));
  return FALSE;
}

static gboolean
has_other (GPtrArray *jams, const char *key, const TuttiJamAd *ad)
{
  guint position;

  return find_by_key (jams, key, &position) && !tutti_nearby_jam_is_of (g_ptr_array_index (jams, position), ad);
}

void
tutti_browser_see (TuttiBrowser *self, const char *key, const TuttiJamAd *ad)
{
  guint position;
  TuttiNearbyJam *jam;

  if (has_other (self->jams, key, ad) || has_other (self->doubted, key, ad))
    tutti_browser_lose (self, key);
  if (see_doubted (self, key, ad))
    return;
  if (find_by_ad (self->jams, ad, &position))
    {
      tutti_nearby_jam_see (g_ptr_array_index (self->jams, position), key, ad);
      return;
    }
  if (self->jams->len + self->doubted->len == TUTTI_BROWSER_JAMS_MAX)
    {
      tutti_browser_refuse (self, ad->name, "more jams are advertised than can be shown");
      return;
    }
  jam = tutti_nearby_jam_new (ad);
  tutti_nearby_jam_see (jam, key, ad);
  list_jam (self, jam);
}

void
tutti_browser_lose (TuttiBrowser *self, const char *key)
{
  guint position;

  if (find_by_key (self->doubted, key, &position) && !tutti_nearby_jam_lose (g_ptr_array_index (self->doubted, position), key))
    g_ptr_array_remove_index (self->doubted, position);
  if (!find_by_key (self->jams, key, &position) ||
      tutti_nearby_jam_lose (g_ptr_array_index (self->jams, position), key))
    return;
  g_ptr_array_remove_index (self->jams, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

void
tutti_browser_clear (TuttiBrowser *self)
{
  guint n = self->jams->len;

  g_ptr_array_set_size (self->doubted, 0);
  if (n == 0)
    return;
  g_ptr_array_set_size (self->jams, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

/* --- doubt --- */

static void
stop_waiting (TuttiBrowser *self)
{
  if (self->trust != NULL)
    g_source_destroy (self->trust);
  g_clear_pointer (&self->trust, g_source_unref);
}

static gboolean
on_trust (gpointer data)
{
  tutti_browser_trust (data, g_get_monotonic_time ());
  return G_SOURCE_REMOVE;
}

static gint64
first_until_us (TuttiBrowser *self)
{
  return self->doubted->len > 0 ? tutti_nearby_jam_get_doubted_until_us (g_ptr_array_index (self->doubted, 0)) : G_MAXINT64;
}

static void
wait_for_first (TuttiBrowser *self)
{
  gint64 left_us = first_until_us (self) - g_get_monotonic_time ();

  if (self->doubted->len == 0 || self->trust != NULL)
    return;
  self->trust = g_timeout_source_new ((guint) (MAX (left_us, 0) / 1000 + 1));
  g_source_set_callback (self->trust, on_trust, self, NULL);
  g_source_attach (self->trust, g_main_context_get_thread_default ());
}

void
tutti_browser_trust (TuttiBrowser *self, gint64 now_us)
{
  stop_waiting (self);
  while (self->doubted->len > 0 && first_until_us (self) <= now_us)
    list_jam (self, g_ptr_array_steal_index (self->doubted, 0));
  wait_for_first (self);
}

void
tutti_browser_doubt (TuttiBrowser *self, const char *id)
{
  gint64 until_us = g_get_monotonic_time () + TUTTI_BROWSER_DOUBT_US;

  g_return_if_fail (TUTTI_IS_BROWSER (self));
  for (guint i = self->jams->len; i-- > 0; )
    if (strcmp (tutti_nearby_jam_get_ad (g_ptr_array_index (self->jams, i))->id, id) == 0)
      {
        tutti_nearby_jam_set_doubted_until_us (g_ptr_array_index (self->jams, i), until_us);
        g_ptr_array_add (self->doubted, g_ptr_array_steal_index (self->jams, i));
        g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 0);
      }
  wait_for_first (self);
}

void
tutti_browser_refuse (TuttiBrowser *self, const char *name, const char *reason)
{
  g_autofree char *shown = g_utf8_make_valid (name, -1);
  g_autofree char *escaped = g_strescape (shown, NULL);

  self->n_refused++;
  g_debug ("the jam “%s” is not listed: %s", escaped, reason);
  g_signal_emit (self, signals[REFUSED], 0, escaped, reason);
}

void
tutti_browser_set_state (TuttiBrowser *self, TuttiDiscoveryState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

TuttiDiscoveryState
tutti_browser_get_state (TuttiBrowser *self)
{
  g_return_val_if_fail (TUTTI_IS_BROWSER (self), TUTTI_DISCOVERY_STARTING);
  return self->state;
}

guint
tutti_browser_get_n_refused (TuttiBrowser *self)
{
  g_return_val_if_fail (TUTTI_IS_BROWSER (self), 0);
  return self->n_refused;
}

TuttiNearbyJam *
tutti_browser_find (TuttiBrowser *self, const char *id)
{
  TuttiNearbyJam *best = NULL;

  g_return_val_if_fail (TUTTI_IS_BROWSER (self), NULL);
  for (guint i = 0; i < self->jams->len; i++)
    {
      TuttiNearbyJam *jam = g_ptr_array_index (self->jams, i);
      const TuttiJamAd *ad = tutti_nearby_jam_get_ad (jam);

      if (strcmp (ad->id, id) == 0 &&
          (best == NULL || ad->epoch > tutti_nearby_jam_get_ad (best)->epoch))
        best = jam;
    }
  return best;
}

static GType
tutti_browser_get_item_type (GListModel *model)
{
  return TUTTI_TYPE_NEARBY_JAM;
}

static guint
tutti_browser_get_n_items (GListModel *model)
{
  return TUTTI_BROWSER (model)->jams->len;
}

static gpointer
tutti_browser_get_item (GListModel *model, guint position)
{
  TuttiBrowser *self = TUTTI_BROWSER (model);

  return position < self->jams->len ? g_object_ref (g_ptr_array_index (self->jams, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tutti_browser_get_item_type;
  iface->get_n_items = tutti_browser_get_n_items;
  iface->get_item = tutti_browser_get_item;
}

static void
tutti_browser_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_STATE)
    g_value_set_enum (value, TUTTI_BROWSER (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tutti_browser_dispose (GObject *object)
{
  TuttiBrowser *self = TUTTI_BROWSER (object);
  gpointer engine = g_steal_pointer (&self->engine);

  stop_waiting (self);
  if (engine != NULL)
    self->destroy_engine (engine);
  G_OBJECT_CLASS (tutti_browser_parent_class)->dispose (object);
}

static void
tutti_browser_finalize (GObject *object)
{
  g_ptr_array_unref (TUTTI_BROWSER (object)->jams);
  g_ptr_array_unref (TUTTI_BROWSER (object)->doubted);
  G_OBJECT_CLASS (tutti_browser_parent_class)->finalize (object);
}

static void
tutti_browser_class_init (TuttiBrowserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tutti_browser_get_property;
  object_class->dispose = tutti_browser_dispose;
  object_class->finalize = tutti_browser_finalize;
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, TUTTI_TYPE_DISCOVERY_STATE,
                                              TUTTI_DISCOVERY_STARTING,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[REFUSED] = g_signal_new ("refused", TUTTI_TYPE_BROWSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
tutti_browser_init (TuttiBrowser *self)
{
  self->jams = g_ptr_array_new_with_free_func (g_object_unref);
  self->doubted = g_ptr_array_new_with_free_func (g_object_unref);
}
