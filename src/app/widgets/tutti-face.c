/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-face.h"

#include "tutti-picture.h"

#define SIDE TUTTI_PICTURE_SIDE
#define HALF "tutti-face-half"
#define FACES "tutti-faces"

static GdkTexture *
texture_of (const guint8 *rgb, int side)
{
  g_autoptr(GBytes) bytes = g_bytes_new (rgb, (gsize) side * (gsize) side * 3);

  return gdk_memory_texture_new (side, side, GDK_MEMORY_R8G8B8, bytes, (gsize) side * 3);
}

static GdkTexture *
half_of (const guint8 *rgb)
{
  guint8 half[TUTTI_PICTURE_RGB_BYTES / 4];

  for (guint y = 0; y < SIDE / 2; y++)
    for (guint i = 0; i < SIDE / 2 * 3; i++)
      {
        const guint8 *at = rgb + 2 * y * SIDE * 3 + i / 3 * 6 + i % 3;

        half[y * SIDE / 2 * 3 + i] = (guint8) ((at[0] + at[3] + at[SIDE * 3] + at[SIDE * 3 + 3] + 2) / 4);
      }
  return texture_of (half, SIDE / 2);
}

GdkTexture *
tutti_face_new (const char *picture)
{
  guint8 rgb[TUTTI_PICTURE_RGB_BYTES];
  GdkTexture *face;

  if (*picture == '\0')
    return NULL;
  tutti_picture_to_rgb (picture, rgb);
  face = texture_of (rgb, SIDE);
  g_object_set_data_full (G_OBJECT (face), HALF, half_of (rgb), g_object_unref);
  return face;
}

GdkTexture *
tutti_face_for_pixels (GdkTexture *face, int pixels)
{
  return pixels <= SIDE / 2 ? g_object_get_data (G_OBJECT (face), HALF) : face;
}

/* ---- of a jam ---- */

typedef struct
{
  char       *picture;
  GdkTexture *face;
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_free (kept->picture);
  g_object_unref (kept->face);
  g_free (kept);
}

static GHashTable *
faces_of (TuttiSession *session)
{
  GHashTable *faces = g_object_get_data (G_OBJECT (session), FACES);

  if (faces != NULL)
    return faces;
  faces = g_hash_table_new_full (NULL, NULL, NULL, kept_free);
  g_object_set_data_full (G_OBJECT (session), FACES, faces, (GDestroyNotify) g_hash_table_unref);
  return faces;
}

GdkTexture *
tutti_face_of (TuttiSession *session, guint number)
{
  const char *picture = tutti_session_get_picture (session, number);
  GHashTable *faces = faces_of (session);
  Kept *kept = g_hash_table_lookup (faces, GUINT_TO_POINTER (number));

  if (kept != NULL && g_str_equal (kept->picture, picture))
    return kept->face;
  if (*picture == '\0')
    {
      g_hash_table_remove (faces, GUINT_TO_POINTER (number));
      return NULL;
    }
  kept = g_new (Kept, 1);
  *kept = (Kept) { g_strdup (picture), tutti_face_new (picture) };
  g_hash_table_insert (faces, GUINT_TO_POINTER (number), kept);
  return kept->face;
}
