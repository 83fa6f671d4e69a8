/* SPDX-License-Identifier: GPL-3.0-or-later */

/* New jams in the store: from nothing, or from another. */
#include "tutti-room.h"

#include "tutti-jam-json.h"
#include "tutti-jam-remix.h"
#include "tutti-room-record.h"

/* @origin: (nullable) */
static char *
put (TuttiStore *store, const TuttiJam *jam, const TuttiRoomOrigin *origin, GError **error)
{
  g_autofree char *id = g_strdup_printf ("%08x%08x%08x", g_random_int (), g_random_int (), g_random_int ());
  g_autofree char *text = tutti_jam_to_text (jam);
  g_autoptr(TuttiStoreJam) description = tutti_room_record_describe (id, jam, 0);

  description->created_us = description->updated_us;
  if (origin != NULL)
    {
      description->from_jam = g_strdup (origin->jam);
      description->from_name = g_strdup (origin->name);
      description->from_seq = origin->seq;
    }
  if (!tutti_store_create_jam (store, description, error) ||
      !tutti_store_save_snapshot (store, id, 0, text, g_get_real_time (), error))
    return NULL;
  return g_steal_pointer (&id);
}

char *
tutti_room_create (TuttiStore *store, const char *name, const GPtrArray *ops, GError **error)
{
  g_autoptr(TuttiJam) jam = tutti_jam_new ();
  TuttiStamp stamp = { 0, 0, 0 };
  g_autoptr(TuttiOp) called = tutti_op_new (TUTTI_OP_JAM_NAME, name);

  for (guint i = 0; ops != NULL && i < ops->len; i++)
    if (!tutti_jam_apply (jam, ops->pdata[i], &stamp, NULL, error))
      return NULL;
  if (!tutti_jam_apply (jam, called, &stamp, NULL, error))
    return NULL;
  return put (store, jam, NULL, error);
}

char *
tutti_room_remix (TuttiStore *store, const TuttiJam *jam, const TuttiRoomOrigin *origin, const char *name, GError **error)
{
  g_autoptr(TuttiOp) called = tutti_op_new (TUTTI_OP_JAM_NAME, name);

  if (!tutti_op_check (called, error))
    return NULL;
  g_autoptr(TuttiJam) remix = tutti_jam_remix (jam, name);

  return put (store, remix, origin, error);
}

char *
tutti_room_remix_kept (TuttiStore *store, const char *jam, const char *name, GError **error)
{
  g_auto(TuttiRoomRecord) record = { 0 };

  if (!tutti_room_record_load (store, jam, &record, error))
    return NULL;
  TuttiRoomOrigin origin = { jam, record.jam->name, record.seq };

  return tutti_room_remix (store, record.jam, &origin, name, error);
}
