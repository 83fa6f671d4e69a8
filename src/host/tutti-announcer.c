/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-announcer.h"

struct _TuttiAnnouncer
{
  TuttiDiscovery *discovery;       /* owned */
  TuttiJamAd      form;
  guint           most;
  GHashTable     *publishers;      /* jam id → TuttiPublisher */
};

TuttiAnnouncer *
tutti_announcer_new (TuttiDiscovery *discovery, const TuttiJamAd *form, guint most)
{
  TuttiAnnouncer *self = g_new0 (TuttiAnnouncer, 1);

  self->discovery = g_object_ref (discovery);
  self->form = *form;
  self->most = most;
  self->publishers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return self;
}

void
tutti_announcer_free (TuttiAnnouncer *self)
{
  g_hash_table_unref (self->publishers);
  g_object_unref (self->discovery);
  g_free (self);
}

static void
fill_in (TuttiAnnouncer *self, const TuttiRoomStatus *status, TuttiJamAd *ad)
{
  *ad = self->form;
  tutti_jam_ad_set_name (ad, status->name, NULL);
  g_strlcpy (ad->id, status->jam, sizeof ad->id);
  ad->epoch = status->epoch;
  ad->locked = status->locked;
  ad->people = status->people;
  /* A full house leaves some jams no seat at all; the form of an announcement has none for that. */
  ad->people_max = MAX (status->people_max, 1);
  ad->tempo_cbpm = (guint) status->tempo_cbpm;
}

/* (nullable) One in which nobody is. */
static const char *
find_deserted (TuttiAnnouncer *self)
{
  GHashTableIter iter;
  gpointer jam, publisher;

  g_hash_table_iter_init (&iter, self->publishers);
  while (g_hash_table_iter_next (&iter, &jam, &publisher))
    if (tutti_publisher_get_ad (publisher)->people == 0)
      return jam;
  return NULL;
}

static gboolean
make_place (TuttiAnnouncer *self, const TuttiRoomStatus *status)
{
  const char *deserted;

  if (g_hash_table_size (self->publishers) < self->most)
    return TRUE;
  deserted = status->people > 0 ? find_deserted (self) : NULL;
  return deserted != NULL && g_hash_table_remove (self->publishers, deserted);
}

void
tutti_announcer_tell (TuttiAnnouncer *self, const TuttiRoomStatus *status)
{
  TuttiPublisher *publisher = g_hash_table_lookup (self->publishers, status->jam);
  g_autoptr(GError) error = NULL;
  TuttiJamAd ad;

  fill_in (self, status, &ad);
  if (publisher != NULL)
    {
      tutti_publisher_update (publisher, &ad, NULL);
      return;
    }
  if (!make_place (self, status))
    return;
  publisher = tutti_discovery_publish (self->discovery, &ad, &error);
  if (publisher != NULL)
    g_hash_table_insert (self->publishers, g_strdup (status->jam), publisher);
  else
    g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "TUTTI_JAM", status->jam, "MESSAGE", "Jam %s: not announced: %s", status->jam,
                      error->message);
}

void
tutti_announcer_drop (TuttiAnnouncer *self, const char *jam)
{
  g_hash_table_remove (self->publishers, jam);
}
