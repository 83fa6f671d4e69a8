/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-fake-discovery.h"

#include "tutti-browser-private.h"
#include "tutti-publisher-private.h"

#include <string.h>

/* One advertisement in the air: shown by hand, or published (then with its publisher). */
typedef struct
{
  char               *key;
  TuttiJamAd          ad;
  TuttiFakeDiscovery *discovery;        /* owned by a published one, borrowed by a shown one */
  TuttiPublisher     *publisher;        /* borrowed: it owns this as its engine */
} Item;

struct _TuttiFakeDiscovery
{
  GObject             parent_instance;
  GPtrArray          *items;            /* (element-type Item) borrowed when published */
  GPtrArray          *browsers;         /* (element-type TuttiBrowser) borrowed: they take themselves out */
  TuttiDiscoveryState state;
  guint               last_key;
};

/* Links a browser to the network that it looks at. */
typedef struct
{
  TuttiFakeDiscovery *discovery;        /* owned */
  TuttiBrowser       *browser;          /* borrowed: it owns this */
} Look;

static void discovery_init (TuttiDiscoveryInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TuttiFakeDiscovery, tutti_fake_discovery, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TUTTI_TYPE_DISCOVERY, discovery_init))

static Item *
item_new (TuttiFakeDiscovery *self, const TuttiJamAd *ad)
{
  Item *item = g_new0 (Item, 1);

  item->key = g_strdup_printf ("%u", ++self->last_key);
  item->ad = *ad;
  return item;
}

static void
item_free (Item *item)
{
  g_free (item->key);
  g_free (item);
}

static gboolean
working (TuttiFakeDiscovery *self)
{
  return self->state == TUTTI_DISCOVERY_RUNNING;
}

static void
tell (TuttiFakeDiscovery *self, Item *item)
{
  for (guint i = 0; working (self) && i < self->browsers->len; i++)
    tutti_browser_see (g_ptr_array_index (self->browsers, i), item->key, &item->ad);
}

static void
take_out (TuttiFakeDiscovery *self, Item *item)
{
  g_ptr_array_remove (self->items, item);
  for (guint i = 0; i < self->browsers->len; i++)
    tutti_browser_lose (g_ptr_array_index (self->browsers, i), item->key);
}

static gboolean
name_taken (TuttiFakeDiscovery *self, const Item *but, const char *name)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *other = g_ptr_array_index (self->items, i);

      if (other != but && strcmp (other->ad.name, name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* As Avahi renames: "Beat", "Beat #2", "Beat #3"; the name is cut where needed. */
static void
settle_name (TuttiFakeDiscovery *self, Item *item)
{
  g_autofree char *wished = g_strdup (item->ad.name);

  for (guint number = 2; name_taken (self, item, item->ad.name); number++)
    {
      g_autofree char *tail = g_strdup_printf (" #%u", number);
      g_autofree char *head = g_strndup (wished, TUTTI_AD_NAME_MAX - strlen (tail));
      const char *end;
      g_autofree char *name = NULL;

      g_utf8_validate (head, -1, &end);
      name = g_strdup_printf ("%.*s%s", (int) (end - head), head, tail);
      tutti_jam_ad_set_name (&item->ad, name, NULL);
    }
}

static void
announce (Item *item)
{
  if (!working (item->discovery))
    {
      tutti_publisher_set_state (item->publisher, TUTTI_PUBLISHER_WAITING, NULL);
      return;
    }
  settle_name (item->discovery, item);
  tell (item->discovery, item);
  tutti_publisher_set_name (item->publisher, item->ad.name);
  tutti_publisher_set_state (item->publisher, TUTTI_PUBLISHER_PUBLISHED, NULL);
}

static void
give_address (TuttiJamAd *ad)
{
  g_autoptr(GInetAddress) inet = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  TuttiJamAddress address;

  ad->local = TRUE;
  if (ad->n_addresses == 0 && tutti_jam_address_from_inet (&address, inet, ad->port, 1))
    tutti_jam_ad_add_address (ad, &address);
}

static void
engine_update (gpointer engine, const TuttiJamAd *ad)
{
  Item *item = engine;

  item->ad = *ad;
  give_address (&item->ad);
  announce (item);
}

static void
engine_free (gpointer engine)
{
  Item *item = engine;
  g_autoptr(TuttiFakeDiscovery) discovery = item->discovery;

  take_out (discovery, item);
  item_free (item);
}

static const TuttiPublisherEngine engine_calls = { engine_update, engine_free };

static TuttiPublisher *
tutti_fake_discovery_publish (TuttiDiscovery *discovery, const TuttiJamAd *ad)
{
  TuttiFakeDiscovery *self = TUTTI_FAKE_DISCOVERY (discovery);
  TuttiPublisher *publisher = tutti_publisher_new (ad);
  Item *item = item_new (self, ad);

  item->discovery = g_object_ref (self);
  item->publisher = publisher;
  give_address (&item->ad);
  g_ptr_array_add (self->items, item);
  tutti_publisher_set_engine (publisher, &engine_calls, item);
  announce (item);
  return publisher;
}

static void
look_free (gpointer data)
{
  Look *look = data;

  g_ptr_array_remove (look->discovery->browsers, look->browser);
  g_object_unref (look->discovery);
  g_free (look);
}

static TuttiBrowser *
tutti_fake_discovery_browse (TuttiDiscovery *discovery)
{
  TuttiFakeDiscovery *self = TUTTI_FAKE_DISCOVERY (discovery);
  TuttiBrowser *browser = tutti_browser_new ();
  Look *look = g_new0 (Look, 1);

  look->discovery = g_object_ref (self);
  look->browser = browser;
  tutti_browser_set_engine (browser, look, look_free);
  g_ptr_array_add (self->browsers, browser);
  tutti_browser_set_state (browser, self->state);
  for (guint i = 0; working (self) && i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      tutti_browser_see (browser, item->key, &item->ad);
    }
  return browser;
}

TuttiFakeDiscovery *
tutti_fake_discovery_new (void)
{
  return g_object_new (TUTTI_TYPE_FAKE_DISCOVERY, NULL);
}

static Item *
find_shown (TuttiFakeDiscovery *self, const char *id)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      if (item->publisher == NULL && strcmp (item->ad.id, id) == 0)
        return item;
    }
  return NULL;
}

void
tutti_fake_discovery_show (TuttiFakeDiscovery *self, const TuttiJamAd *ad)
{
  Item *item;

  g_return_if_fail (TUTTI_IS_FAKE_DISCOVERY (self));
  item = find_shown (self, ad->id);
  if (item == NULL)
    {
      item = item_new (self, ad);
      g_ptr_array_add (self->items, item);
    }
  item->ad = *ad;
  tell (self, item);
}

void
tutti_fake_discovery_hide (TuttiFakeDiscovery *self, const char *id)
{
  Item *item;

  g_return_if_fail (TUTTI_IS_FAKE_DISCOVERY (self));
  item = find_shown (self, id);
  if (item == NULL)
    return;
  take_out (self, item);
  item_free (item);
}

void
tutti_fake_discovery_set_state (TuttiFakeDiscovery *self, TuttiDiscoveryState state)
{
  g_return_if_fail (TUTTI_IS_FAKE_DISCOVERY (self));
  if (self->state == state)
    return;
  self->state = state;
  for (guint i = 0; i < self->browsers->len; i++)
    {
      TuttiBrowser *browser = g_ptr_array_index (self->browsers, i);

      if (!working (self))
        tutti_browser_clear (browser);
      tutti_browser_set_state (browser, state);
    }
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);

      if (item->publisher != NULL)
        announce (item);
      else
        tell (self, item);
    }
}

static void
tutti_fake_discovery_finalize (GObject *object)
{
  TuttiFakeDiscovery *self = TUTTI_FAKE_DISCOVERY (object);

  /* Publishers and browsers hold the network, so that only shown jams can be left. */
  for (guint i = 0; i < self->items->len; i++)
    item_free (g_ptr_array_index (self->items, i));
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->browsers);
  G_OBJECT_CLASS (tutti_fake_discovery_parent_class)->finalize (object);
}

static void
tutti_fake_discovery_class_init (TuttiFakeDiscoveryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tutti_fake_discovery_finalize;
}

static void
tutti_fake_discovery_init (TuttiFakeDiscovery *self)
{
  self->items = g_ptr_array_new ();
  self->browsers = g_ptr_array_new ();
  self->state = TUTTI_DISCOVERY_RUNNING;
}

static void
discovery_init (TuttiDiscoveryInterface *iface)
{
  iface->browse = tutti_fake_discovery_browse;
  iface->publish = tutti_fake_discovery_publish;
}
