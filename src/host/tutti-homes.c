/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-homes.h"

#include "tutti-homecoming.h"

#include <errno.h>
#include <unistd.h>

#define SECRET "box-secret"
#define SECRET_BYTES 32

/* Jams that are looked for at once, those opened last. */
#define HOMES_MAX 200

struct _TuttiHomes
{
  TuttiHomecomingPlace place;      /* studio and hosting owned */
  TuttiHomecomingCalls calls;
  char                *secret;
  GHashTable          *homes;      /* jam id → TuttiHomecoming */
  TuttiBrowser        *browser;    /* owned (nullable) */
};

/* Made once and kept: it is how others know this box again. (transfer full) */
static char *
find_secret (TuttiStore *store)
{
  char *secret = tutti_store_dup_setting (store, SECRET, NULL);
  GString *hex = g_string_new (NULL);
  guint8 bytes[SECRET_BYTES];
  g_autoptr(GError) error = NULL;

  if (secret != NULL)
    {
      g_string_free (hex, TRUE);
      return secret;
    }
  if (getentropy (bytes, sizeof bytes) != 0)
    g_error ("The system has no random numbers: %s", g_strerror (errno));
  for (guint i = 0; i < SECRET_BYTES; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  if (!tutti_store_set_setting (store, SECRET, hex->str, &error))
    g_warning ("This box will not be known again after a restart: %s", error->message);
  return g_string_free (hex, FALSE);
}

static void
add (TuttiHomes *self, const char *jam)
{
  if (g_hash_table_size (self->homes) >= HOMES_MAX || g_hash_table_contains (self->homes, jam))
    return;
  g_hash_table_insert (self->homes, g_strdup (jam), tutti_homecoming_new (&self->place, jam, &self->calls));
}

/* Whoever comes to a jam may go on with it later. */
static void
on_jam_changed (TuttiHosting *hosting, const TuttiRoomStatus *status, TuttiHomes *self)
{
  add (self, status->jam);
}

/* Somebody announces one of these jams. */
static void
on_announced (TuttiHomes *self)
{
  const char *own = tutti_identity_get_fingerprint (tutti_studio_get_identity (self->place.studio));
  GHashTableIter iter;
  gpointer jam, home;

  g_hash_table_iter_init (&iter, self->homes);
  while (g_hash_table_iter_next (&iter, &jam, &home))
    {
      TuttiNearbyJam *nearby = tutti_browser_find (self->browser, jam);
      const TuttiJamAd *ad = nearby != NULL ? tutti_nearby_jam_get_ad (nearby) : NULL;

      if (ad != NULL && g_strcmp0 (ad->fingerprint, own) != 0)
        tutti_homecoming_hurry (home);
    }
}

static void
set_secret_there (TuttiHouse *house, gpointer secret)
{
  tutti_house_set_secret (house, secret);
}

static void
add_kept (TuttiHomes *self)
{
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (tutti_studio_get_store (self->place.studio), FALSE, HOMES_MAX, NULL);

  for (guint i = 0; jams != NULL && i < jams->len; i++)
    {
      const TuttiStoreJam *jam = jams->pdata[i];
      g_autoptr(GArray) ways = tutti_room_read_ways (tutti_studio_get_store (self->place.studio), jam->id);

      if (ways->len > 0)
        add (self, jam->id);
    }
}

TuttiHomes *
tutti_homes_new (TuttiStudio *studio, TuttiHosting *hosting, guint16 port, void (*away) (gpointer user, const char *jam), gpointer user)
{
  TuttiHomes *self = g_new0 (TuttiHomes, 1);
  TuttiDiscovery *discovery = tutti_studio_get_discovery (studio);

  self->secret = find_secret (tutti_studio_get_store (studio));
  self->place = (TuttiHomecomingPlace) { g_object_ref (studio), g_object_ref (hosting), port, self->secret };
  self->calls = (TuttiHomecomingCalls) { user, away };
  self->homes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tutti_homecoming_free);
  tutti_hosting_call (hosting, set_secret_there, self->secret);
  g_signal_connect (hosting, "jam-changed", G_CALLBACK (on_jam_changed), self);
  add_kept (self);
  if (discovery == NULL)
    return self;
  self->browser = tutti_discovery_browse (discovery);
  g_signal_connect_swapped (self->browser, "items-changed", G_CALLBACK (on_announced), self);
  return self;
}

void
tutti_homes_free (TuttiHomes *self)
{
  if (self->browser != NULL)
    g_signal_handlers_disconnect_by_data (self->browser, self);
  g_clear_object (&self->browser);
  g_signal_handlers_disconnect_by_data (self->place.hosting, self);
  g_hash_table_unref (self->homes);
  g_object_unref (self->place.hosting);
  g_object_unref (self->place.studio);
  g_free (self->secret);
  g_free (self);
}
