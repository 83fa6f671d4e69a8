/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The jams that are open, from inside. */
#include "tutti-house.h"

#include "tutti-json-write.h"

#define SHOWN_MAX 1000

char *
tutti_house_debug_text (TuttiHouse *house, const char *jam)
{
  g_autoptr(GPtrArray) rooms = tutti_house_get_rooms (house);
  GString *out = g_string_new (NULL);

  if (jam != NULL)
    {
      TuttiRoom *room = tutti_house_find (house, jam);

      if (room != NULL)
        tutti_room_put_debug (out, room, TRUE);
      return g_string_free (out, room == NULL);
    }
  tutti_json_open (out, '{');
  tutti_json_put_member_int (out, "open", rooms->len);
  tutti_json_key (out, "jams");
  tutti_json_open (out, '[');
  for (guint i = 0; i < MIN (rooms->len, SHOWN_MAX); i++)
    tutti_room_put_debug (out, rooms->pdata[i], FALSE);
  tutti_json_close (out, ']');
  tutti_json_close (out, '}');
  return g_string_free (out, FALSE);
}
