/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-library-item.h"

#include <string.h>

struct _TuttiLibraryItem
{
  GObject        parent_instance;
  TuttiStoreJam *jam;
  char          *name, *description;   /* folded */
  char          *key;                  /* to compare names by */
};

G_DEFINE_FINAL_TYPE (TuttiLibraryItem, tutti_library_item, G_TYPE_OBJECT)

/* Decomposed, so that a search for "cafe" finds "Café": marks are left out. */
char *
tutti_library_fold (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *apart = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  GString *plain = g_string_new (NULL);

  for (const char *at = apart; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_ismark (g_utf8_get_char (at)))
      g_string_append_unichar (plain, g_utf8_get_char (at));
  return g_string_free (plain, FALSE);
}

TuttiLibraryItem *
tutti_library_item_new (const TuttiStoreJam *jam)
{
  TuttiLibraryItem *self = g_object_new (TUTTI_TYPE_LIBRARY_ITEM, NULL);

  self->jam = tutti_store_jam_copy (jam);
  self->name = tutti_library_fold (jam->name);
  self->description = tutti_library_fold (jam->description != NULL ? jam->description : "");
  self->key = g_utf8_collate_key_for_filename (jam->name, -1);
  return self;
}

const TuttiStoreJam *
tutti_library_item_get_jam (TuttiLibraryItem *self)
{
  return self->jam;
}

gboolean
tutti_library_item_matches (TuttiLibraryItem *self, const char *folded)
{
  return folded == NULL || strstr (self->name, folded) != NULL || strstr (self->description, folded) != NULL;
}

static int
newest_first (gint64 one, gint64 other)
{
  return one > other ? -1 : one < other;
}

int
tutti_library_item_compare (TuttiLibraryItem *one, TuttiLibraryItem *other, TuttiLibraryOrder order)
{
  switch (order)
    {
    case TUTTI_LIBRARY_BY_NAME:
      return strcmp (one->key, other->key);
    case TUTTI_LIBRARY_BY_CREATED:
      return newest_first (one->jam->created_us, other->jam->created_us);
    case TUTTI_LIBRARY_BY_OPENED:
    case TUTTI_N_LIBRARY_ORDERS:
    default:
      return newest_first (MAX (one->jam->opened_us, one->jam->updated_us), MAX (other->jam->opened_us, other->jam->updated_us));
    }
}

static void
tutti_library_item_finalize (GObject *object)
{
  TuttiLibraryItem *self = TUTTI_LIBRARY_ITEM (object);

  tutti_store_jam_free (self->jam);
  g_free (self->name);
  g_free (self->description);
  g_free (self->key);
  G_OBJECT_CLASS (tutti_library_item_parent_class)->finalize (object);
}

static void
tutti_library_item_class_init (TuttiLibraryItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tutti_library_item_finalize;
}

static void
tutti_library_item_init (TuttiLibraryItem *self)
{
}
