/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-pictures.h"

typedef struct
{
  guint64 hash;
  char   *text;
} Picture;

struct _TuttiPictures
{
  GHashTable *all;             /* number → Picture */
};

static void
picture_free (gpointer data)
{
  g_free (((Picture *) data)->text);
  g_free (data);
}

TuttiPictures *
tutti_pictures_new (void)
{
  TuttiPictures *pictures = g_new0 (TuttiPictures, 1);

  pictures->all = g_hash_table_new_full (NULL, NULL, NULL, picture_free);
  return pictures;
}

void
tutti_pictures_free (TuttiPictures *pictures)
{
  g_hash_table_unref (pictures->all);
  g_free (pictures);
}

static const Picture *
look_up (const TuttiPictures *pictures, guint number)
{
  return g_hash_table_lookup (pictures->all, GUINT_TO_POINTER (number));
}

gboolean
tutti_pictures_set (TuttiPictures *pictures, guint number, const char *text)
{
  Picture *picture;

  if (g_str_equal (tutti_pictures_get (pictures, number), text))
    return FALSE;
  if (*text == '\0')
    return g_hash_table_remove (pictures->all, GUINT_TO_POINTER (number));
  picture = g_new (Picture, 1);
  *picture = (Picture) { tutti_picture_hash (text), g_strdup (text) };
  g_hash_table_insert (pictures->all, GUINT_TO_POINTER (number), picture);
  return TRUE;
}

const char *
tutti_pictures_get (const TuttiPictures *pictures, guint number)
{
  const Picture *picture = look_up (pictures, number);

  return picture != NULL ? picture->text : "";
}

guint64
tutti_pictures_hash (const TuttiPictures *pictures, guint number)
{
  const Picture *picture = look_up (pictures, number);

  return picture != NULL ? picture->hash : 0;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  return *(const guint *) a < *(const guint *) b ? -1 : *(const guint *) a > *(const guint *) b;
}

GArray *
tutti_pictures_list (const TuttiPictures *pictures)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, pictures->all);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint number = GPOINTER_TO_UINT (key);

      g_array_append_val (numbers, number);
    }
  g_array_sort (numbers, compare_numbers);
  return numbers;
}
