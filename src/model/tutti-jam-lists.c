/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People, sounds and graves: short lists that rarely change. Copies of a document share them, so a change makes a new list. */
#include "tutti-jam-private.h"

#include <string.h>

static void
replace (GPtrArray **list, GPtrArray *with)
{
  g_ptr_array_unref (*list);
  *list = with;
}

/* A list of the very values of @old, without the one at @skip (or -1): in a jam of hundreds, everybody's copy notes whoever comes. */
static GPtrArray *
values_without (const GPtrArray *old, int skip)
{
  GPtrArray *list = g_ptr_array_new_full (old->len + 1, g_atomic_rc_box_release);

  for (guint i = 0; i < old->len; i++)
    if ((int) i != skip)
      g_ptr_array_add (list, g_atomic_rc_box_acquire (old->pdata[i]));
  return list;
}

/* Where in @list a value goes that comes after those which @compare says. */
static int
place_of (const GPtrArray *list, gconstpointer value, GCompareFunc compare)
{
  guint low = 0, high = list->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (compare (list->pdata[middle], value) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return (int) low;
}

static void
put_value (GPtrArray **list, gconstpointer value, gsize size, int old, GCompareFunc compare)
{
  GPtrArray *with = values_without (*list, old);
  gpointer own = memcpy (g_atomic_rc_box_alloc (size), value, size);

  g_ptr_array_insert (with, place_of (with, value, compare), own);
  replace (list, with);
}

static int
person_index (const TuttiJam *jam, guint number)
{
  for (guint i = 0; i < jam->people->len; i++)
    if (((TuttiPerson *) jam->people->pdata[i])->number == number)
      return (int) i;
  return -1;
}

static int
sound_index (const TuttiJam *jam, const char *hash)
{
  for (guint i = 0; i < jam->sounds->len; i++)
    if (g_str_equal (((TuttiSoundEntry *) jam->sounds->pdata[i])->hash, hash))
      return (int) i;
  return -1;
}

static int
grave_index (const TuttiJam *jam, TuttiId id)
{
  for (guint i = 0; i < jam->graves->len; i++)
    if (tutti_id_equal (((TuttiGrave *) jam->graves->pdata[i])->id, id))
      return (int) i;
  return -1;
}

const TuttiPerson *
tutti_jam_person (const TuttiJam *jam, guint number)
{
  int index = person_index (jam, number);

  return index < 0 ? NULL : jam->people->pdata[index];
}

const TuttiSoundEntry *
tutti_jam_sound (const TuttiJam *jam, const char *hash)
{
  int index = sound_index (jam, hash);

  return index < 0 ? NULL : jam->sounds->pdata[index];
}

const TuttiGrave *
tutti_jam_grave (const TuttiJam *jam, TuttiId id)
{
  int index = grave_index (jam, id);

  return index < 0 ? NULL : jam->graves->pdata[index];
}

static int
compare_people (gconstpointer a, gconstpointer b)
{
  const TuttiPerson *one = a, *two = b;

  return (int) one->number - (int) two->number;
}

void
tutti_jam_put_person (TuttiJam *jam, const TuttiPerson *person)
{
  put_value (&jam->people, person, sizeof *person, person_index (jam, person->number), compare_people);
}

void
tutti_jam_remove_person (TuttiJam *jam, guint number)
{
  replace (&jam->people, values_without (jam->people, person_index (jam, number)));
}

static int
compare_sounds (gconstpointer a, gconstpointer b)
{
  const TuttiSoundEntry *one = a, *two = b;

  return strcmp (one->hash, two->hash);
}

void
tutti_jam_put_sound (TuttiJam *jam, const TuttiSoundEntry *sound)
{
  put_value (&jam->sounds, sound, sizeof *sound, sound_index (jam, sound->hash), compare_sounds);
}

void
tutti_jam_remove_sound (TuttiJam *jam, const char *hash)
{
  replace (&jam->sounds, values_without (jam->sounds, sound_index (jam, hash)));
}

static GPtrArray *
graves_without (const TuttiJam *jam, int skip)
{
  GPtrArray *graves = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_grave_free);

  for (guint i = 0; i < jam->graves->len; i++)
    if ((int) i != skip)
      g_ptr_array_add (graves, tutti_grave_copy (jam->graves->pdata[i]));
  return graves;
}

void
tutti_jam_bury (TuttiJam *jam, TuttiGrave *grave)
{
  GPtrArray *graves = graves_without (jam, -1);

  g_ptr_array_add (graves, grave);
  replace (&jam->graves, graves);
}

void
tutti_jam_unbury (TuttiJam *jam, TuttiId id)
{
  replace (&jam->graves, graves_without (jam, grave_index (jam, id)));
}
