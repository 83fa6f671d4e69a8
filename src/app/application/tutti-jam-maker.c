/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-maker.h"

#include "tutti-demos.h"
#include "tutti-names.h"
#include "tutti-room.h"

char *
tutti_jam_maker_make (TuttiStore *store, const char *name, const char *demo, int tempo_cbpm, GError **error)
{
  g_autofree char *invented = tutti_names_jam (((guint64) g_random_int () << 32) | g_random_int ());
  guint32 counter = 0, creator = (guint32) g_random_int_range (1, G_MAXINT32);
  g_autoptr(GPtrArray) ops = tutti_demos_ops (demo, creator, &counter, error);
  int index = demo != NULL ? tutti_demos_find (demo) : 0;

  if (ops == NULL)
    return NULL;

  /* Whoever starts the demo in a window hears first when it begins; a host without one has nobody to warn. */
  if (demo != NULL)
    g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_COUNT_IN, TUTTI_N (1)));
  else
    g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_TEMPO, TUTTI_N (tempo_cbpm)));
  return tutti_room_create (store, name != NULL ? name : index > 0 ? tutti_demos_get_title ((guint) index) : invented, ops, error);
}
