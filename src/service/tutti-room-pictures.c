/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How people look, kept beside the jam: those who are away still have their picture beside what they said and did. */
#include "tutti-room-private.h"

static char *
picture_key (TuttiRoom *room, guint number)
{
  return g_strdup_printf ("picture.%s.%u", room->id, number);
}

void
tutti_room_keep_picture (gpointer user, guint number, const char *text)
{
  TuttiRoom *room = user;
  g_autofree char *key = picture_key (room, number);
  g_autoptr(GError) error = NULL;

  if (!tutti_store_set_setting (room->store, key, *text != '\0' ? text : NULL, &error))
    tutti_room_log (room, G_LOG_LEVEL_WARNING, "the picture of person %u cannot be kept: %s", number, error->message);
}

void
tutti_room_resume_pictures (TuttiRoom *room)
{
  const TuttiJam *jam = tutti_host_get_jam (room->host);

  for (guint i = 0; i < jam->people->len; i++)
    {
      guint number = ((const TuttiPerson *) jam->people->pdata[i])->number;
      g_autofree char *key = picture_key (room, number), *text = tutti_store_dup_setting (room->store, key, NULL);

      if (text != NULL)
        tutti_host_resume_picture (room->host, number, text);
    }
}
