/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-damage.h"

#include <string.h>

/* Half of all places are within the first 256 bytes, where headers are. */
static guint
place (const GByteArray *file, const uint8_t *group)
{
  guint near = group[1];
  guint far = (guint) (((guint64) group[1] << 8 | group[2]) * file->len >> 16);

  return MIN ((group[0] & 0x80) != 0 ? far : near, file->len - 1);
}

static void
one (GByteArray *file, const uint8_t *group)
{
  guint at = place (file, group);
  guint run = MIN (1u + group[2] % 64u, file->len - at);

  switch (group[0] & 0x7f)
    {
    case 'x':
      file->data[at] ^= (guint8) (1u << (group[3] & 7));
      break;
    case 'f':
      memset (file->data + at, group[3], run);
      break;
    case 'm':
      memmove (file->data + at, file->data + (guint) ((guint64) group[3] * (file->len - run) >> 8), run);
      break;
    case 'c':
      g_byte_array_set_size (file, at);
      break;
    default:
      file->data[at] = group[3];
    }
}

void
fuzz_damage (GByteArray *file, const uint8_t *recipe, size_t size)
{
  for (size_t i = 0; i + 4 <= size && file->len > 0; i += 4)
    one (file, recipe + i);
}
