/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-browser-private.h"
#include "tutti-fake-discovery.h"

#include <string.h>

#define FP "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define FP2 "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"

static TuttiJamAd
make_ad (const char *name, const char *id, const char *address, guint32 interface)
{
  TuttiJamAd ad = { .proto = 1, .people = 1, .people_max = 8, .tempo_cbpm = 12000, .port = 7464,
                    .fingerprint = FP };
  g_autoptr(GInetAddress) inet = address != NULL ? g_inet_address_new_from_string (address) : NULL;
  TuttiJamAddress made;

  tutti_jam_ad_set_name (&ad, name, NULL);
  g_strlcpy (ad.id, id, sizeof ad.id);
  if (inet != NULL && tutti_jam_address_from_inet (&made, inet, 7464, interface))
    tutti_jam_ad_add_address (&ad, &made);
  return ad;
}

static void
count (gpointer unused1, guint unused2, guint unused3, guint unused4, guint *n)
{
  *n += 1;
}

static void
count_notify (gpointer unused1, gpointer unused2, guint *n)
{
  *n += 1;
}

static const TuttiJamAd *
row (TuttiBrowser *browser, guint position)
{
  g_autoptr(TuttiNearbyJam) jam = g_list_model_get_item (G_LIST_MODEL (browser), position);

  return tutti_nearby_jam_get_ad (jam);
}

static guint
rows (TuttiBrowser *browser)
{
  return g_list_model_get_n_items (G_LIST_MODEL (browser));
}

static void
test_interfaces_fold (void)
{
  g_autoptr(TuttiBrowser) browser = tutti_browser_new ();
  TuttiJamAd v6 = make_ad ("Beat", "a", "fe80::1", 2), v4 = make_ad ("Beat", "a", "10.0.0.1", 2);
  TuttiJamAd wifi = make_ad ("Beat", "a", "10.9.0.1", 3);
  guint n_changes = 0;

  g_signal_connect (browser, "items-changed", G_CALLBACK (count), &n_changes);
  tutti_browser_see (browser, "2/v6", &v6);
  tutti_browser_see (browser, "2/v4", &v4);
  tutti_browser_see (browser, "3/v4", &wifi);
  g_assert_cmpuint (rows (browser), ==, 1);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (row (browser, 0)->n_addresses, ==, 3);
  g_assert_cmpuint (row (browser, 0)->addresses[0].family, ==, G_SOCKET_FAMILY_IPV4);
  g_assert_cmpuint (row (browser, 0)->addresses[2].scope, ==, 2);

  tutti_browser_lose (browser, "2/v4");
  tutti_browser_lose (browser, "3/v4");
  g_assert_cmpuint (row (browser, 0)->n_addresses, ==, 1);
  tutti_browser_lose (browser, "never-seen");
  tutti_browser_lose (browser, "2/v6");
  g_assert_cmpuint (rows (browser), ==, 0);
  g_assert_cmpuint (n_changes, ==, 2);
}

static void
test_update_notifies_once (void)
{
  g_autoptr(TuttiBrowser) browser = tutti_browser_new ();
  TuttiJamAd ad = make_ad ("Beat", "a", "10.0.0.1", 2);
  g_autoptr(TuttiNearbyJam) jam = NULL;
  guint n_changes = 0;

  tutti_browser_see (browser, "k", &ad);
  jam = g_list_model_get_item (G_LIST_MODEL (browser), 0);
  g_signal_connect (jam, "notify::ad", G_CALLBACK (count_notify), &n_changes);
  tutti_browser_see (browser, "k", &ad);
  g_assert_cmpuint (n_changes, ==, 0);
  ad.people = 5;
  tutti_browser_see (browser, "k", &ad);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (tutti_nearby_jam_get_ad (jam)->people, ==, 5);
}

static void
test_same_id_other_certificate (void)
{
  g_autoptr(TuttiBrowser) browser = tutti_browser_new ();
  TuttiJamAd ad = make_ad ("Beat", "a", "10.0.0.1", 2), other = ad;

  strcpy (other.fingerprint, FP2);
  other.epoch = 9;
  tutti_browser_see (browser, "k", &ad);
  tutti_browser_see (browser, "l", &other);
  g_assert_cmpuint (rows (browser), ==, 2);
  g_assert_cmpuint (tutti_nearby_jam_get_ad (tutti_browser_find (browser, "a"))->epoch, ==, 9);
  g_assert_null (tutti_browser_find (browser, "b"));
}

static void
test_later_epoch_leads (void)
{
  g_autoptr(TuttiBrowser) browser = tutti_browser_new ();
  TuttiJamAd ad = make_ad ("Beat", "a", "10.0.0.1", 2), later = make_ad ("Beat", "a", "10.0.0.2", 2);

  later.epoch = 1;
  tutti_browser_see (browser, "k", &later);
  tutti_browser_see (browser, "l", &ad);
  g_assert_cmpuint (rows (browser), ==, 1);
  g_assert_cmpuint (row (browser, 0)->epoch, ==, 1);
  g_assert_cmpuint (row (browser, 0)->n_addresses, ==, 1);
  g_assert_cmpuint (row (browser, 0)->addresses[0].bytes[3], ==, 2);
}

static void
test_key_changes_jam (void)
{
  g_autoptr(TuttiBrowser) browser = tutti_browser_new ();
  TuttiJamAd ad = make_ad ("Beat", "a", "10.0.0.1", 2), other = make_ad ("Beat", "b", "10.0.0.1", 2);

  tutti_browser_see (browser, "k", &ad);
  tutti_browser_see (browser, "k", &other);
  g_assert_cmpuint (rows (browser), ==, 1);
  g_assert_cmpstr (row (browser, 0)->id, ==, "b");
}

/* Who went there and found the jam ended does not see it any more, whatever caches still say; what says something new lives, and what
 * is announced after the doubt is listed again. */
static void
test_doubt (void)
{
  g_autoptr(TuttiBrowser) browser = tutti_browser_new ();
  TuttiJamAd ad = make_ad ("Beat", "a", "10.0.0.1", 2), wifi = make_ad ("Beat", "a", "10.9.0.1", 3);
  TuttiJamAd other = make_ad ("Bass", "b", "10.0.0.2", 2);
  guint n_changes = 0;

  tutti_browser_see (browser, "2/v4", &ad);
  tutti_browser_see (browser, "k", &other);
  g_signal_connect (browser, "items-changed", G_CALLBACK (count), &n_changes);
  tutti_browser_doubt (browser, "a");
  tutti_browser_doubt (browser, "nobody");
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (rows (browser), ==, 1);
  g_assert_null (tutti_browser_find (browser, "a"));
  tutti_browser_see (browser, "2/v4", &ad);
  tutti_browser_see (browser, "3/v4", &wifi);
  g_assert_cmpuint (rows (browser), ==, 1);

  /* The goodbye is heard. */
  tutti_browser_lose (browser, "3/v4");
  tutti_browser_lose (browser, "2/v4");
  tutti_browser_trust (browser, G_MAXINT64);
  g_assert_cmpuint (rows (browser), ==, 1);

  /* It lives. */
  tutti_browser_see (browser, "2/v4", &ad);
  tutti_browser_doubt (browser, "a");
  ad.people = 2;
  tutti_browser_see (browser, "2/v4", &ad);
  g_assert_cmpuint (tutti_nearby_jam_get_ad (tutti_browser_find (browser, "a"))->people, ==, 2);

  /* Nothing more is heard of it, not even a goodbye. */
  tutti_browser_doubt (browser, "a");
  tutti_browser_see (browser, "3/v4", &wifi);
  tutti_browser_doubt (browser, "a");
  tutti_browser_trust (browser, G_MAXINT64);
  g_assert_nonnull (tutti_browser_find (browser, "a"));
  tutti_browser_doubt (browser, "a");
  tutti_browser_clear (browser);
  tutti_browser_trust (browser, G_MAXINT64);
  g_assert_cmpuint (rows (browser), ==, 0);
}

/* Each has a time of its own: what is doubted later, or again, or never was there, hides nobody longer. */
static void
test_doubt_each (void)
{
  g_autoptr(TuttiBrowser) browser = tutti_browser_new ();
  TuttiJamAd ad = make_ad ("Beat", "a", "10.0.0.1", 2), other = make_ad ("Bass", "b", "10.0.0.2", 2);
  gint64 before_us = g_get_monotonic_time (), between_us;

  tutti_browser_see (browser, "k", &ad);
  tutti_browser_see (browser, "l", &other);
  tutti_browser_doubt (browser, "a");
  between_us = g_get_monotonic_time ();
  while (g_get_monotonic_time () == between_us)
    ;
  tutti_browser_doubt (browser, "b");
  tutti_browser_doubt (browser, "a");
  tutti_browser_doubt (browser, "nobody");
  tutti_browser_trust (browser, before_us + TUTTI_BROWSER_DOUBT_US - 1);
  g_assert_cmpuint (rows (browser), ==, 0);
  tutti_browser_trust (browser, between_us + TUTTI_BROWSER_DOUBT_US);
  g_assert_cmpuint (rows (browser), ==, 1);
  g_assert_cmpstr (row (browser, 0)->id, ==, "a");
  tutti_browser_trust (browser, G_MAXINT64);
  g_assert_cmpuint (rows (browser), ==, 2);
}

static void
test_flood_is_bounded (void)
{
  g_autoptr(TuttiBrowser) browser = tutti_browser_new ();

  for (guint i = 0; i < TUTTI_BROWSER_JAMS_MAX + 10; i++)
    {
      g_autofree char *id = g_strdup_printf ("jam%u", i);
      TuttiJamAd ad = make_ad ("Beat", id, "10.0.0.1", 2);

      tutti_browser_see (browser, id, &ad);
    }
  g_assert_cmpuint (rows (browser), ==, TUTTI_BROWSER_JAMS_MAX);
  g_assert_cmpuint (tutti_browser_get_n_refused (browser), ==, 10);
}

/* Law: whatever the order of sightings and losses, the rows are those of the keys that are left. */
static void
test_random_sightings (void)
{
  g_autoptr(TuttiBrowser) browser = tutti_browser_new ();
  int shown[12];                /* key → jam, −1 is none */

  memset (shown, -1, sizeof shown);
  for (guint i = 0; i < 5000; i++)
    {
      int key = g_test_rand_int_range (0, 12), jam = g_test_rand_int_range (-2, 4);
      g_autofree char *key_text = g_strdup_printf ("key%d", key), *id = g_strdup_printf ("jam%d", jam);
      TuttiJamAd ad = make_ad (id, id, "10.0.0.1", (guint32) key + 1);
      guint expected = 0;

      shown[key] = MAX (jam, -1);
      if (jam < 0)
        tutti_browser_lose (browser, key_text);
      else
        tutti_browser_see (browser, key_text, &ad);
      for (int j = 0; j < 4; j++)
        {
          gboolean any = FALSE;

          for (int k = 0; k < 12; k++)
            any = any || shown[k] == j;
          expected += any;
        }
      g_assert_cmpuint (rows (browser), ==, expected);
    }
}

static void
test_fake_lives_like_a_network (void)
{
  g_autoptr(TuttiFakeDiscovery) fake = tutti_fake_discovery_new ();
  TuttiDiscovery *discovery = TUTTI_DISCOVERY (fake);
  g_autoptr(TuttiBrowser) browser = tutti_discovery_browse (discovery);
  TuttiJamAd ad = make_ad ("Beat", "a", NULL, 0), twin = make_ad ("Beat", "b", NULL, 0);
  TuttiPublisher *first = tutti_discovery_publish (discovery, &ad, NULL);
  g_autoptr(TuttiPublisher) second = tutti_discovery_publish (discovery, &twin, NULL);
  g_autoptr(TuttiBrowser) late = tutti_discovery_browse (discovery);

  g_assert_cmpuint (rows (browser), ==, 2);
  g_assert_cmpuint (rows (late), ==, 2);
  g_assert_cmpstr (tutti_publisher_get_name (first), ==, "Beat");
  g_assert_cmpstr (tutti_publisher_get_name (second), ==, "Beat #2");
  g_assert_cmpuint (row (browser, 0)->n_addresses, ==, 1);

  ad.people = 3;
  g_assert_true (tutti_publisher_update (first, &ad, NULL));
  g_assert_cmpuint (row (browser, 0)->people, ==, 3);
  ad.people_max = 0;
  g_assert_false (tutti_publisher_update (first, &ad, NULL));
  g_assert_cmpuint (row (browser, 0)->people_max, ==, 8);

  tutti_fake_discovery_set_state (fake, TUTTI_DISCOVERY_NO_AVAHI);
  g_assert_cmpint (tutti_browser_get_state (browser), ==, TUTTI_DISCOVERY_NO_AVAHI);
  g_assert_cmpuint (rows (browser), ==, 0);
  g_assert_cmpint (tutti_publisher_get_state (first), ==, TUTTI_PUBLISHER_WAITING);
  tutti_fake_discovery_set_state (fake, TUTTI_DISCOVERY_RUNNING);
  g_assert_cmpuint (rows (browser), ==, 2);

  g_object_unref (first);
  g_assert_cmpuint (rows (browser), ==, 1);
  g_assert_cmpuint (rows (late), ==, 1);
}

static void
test_fake_shows_strangers (void)
{
  g_autoptr(TuttiFakeDiscovery) fake = tutti_fake_discovery_new ();
  g_autoptr(TuttiBrowser) browser = tutti_discovery_browse (TUTTI_DISCOVERY (fake));
  TuttiJamAd ad = make_ad ("Beat", "a", "10.0.0.1", 2), kept = make_ad ("Groove", "b", "10.0.0.2", 2);

  tutti_fake_discovery_show (fake, &ad);
  tutti_fake_discovery_show (fake, &kept);
  ad.locked = TRUE;
  tutti_fake_discovery_show (fake, &ad);
  g_assert_cmpuint (rows (browser), ==, 2);
  g_assert_true (row (browser, 0)->locked);
  tutti_fake_discovery_hide (fake, "a");
  g_assert_cmpuint (rows (browser), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/browser/interfaces-fold", test_interfaces_fold);
  g_test_add_func ("/browser/update-notifies-once", test_update_notifies_once);
  g_test_add_func ("/browser/same-id-other-certificate", test_same_id_other_certificate);
  g_test_add_func ("/browser/later-epoch-leads", test_later_epoch_leads);
  g_test_add_func ("/browser/key-changes-jam", test_key_changes_jam);
  g_test_add_func ("/browser/doubt", test_doubt);
  g_test_add_func ("/browser/doubt-each", test_doubt_each);
  g_test_add_func ("/browser/flood-is-bounded", test_flood_is_bounded);
  g_test_add_func ("/browser/random-sightings", test_random_sightings);
  g_test_add_func ("/fake/lives-like-a-network", test_fake_lives_like_a_network);
  g_test_add_func ("/fake/shows-strangers", test_fake_shows_strangers);
  return g_test_run ();
}
