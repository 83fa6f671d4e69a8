/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-comparison.h"

#define AT(comparison, i) (&g_array_index (comparison, TuttiCompared, i))

static void
compared_clear (gpointer data)
{
  tutti_rendered_clear (&((TuttiCompared *) data)->rendered);
}

GArray *
tutti_comparison_new (void)
{
  GArray *comparison = g_array_new (FALSE, TRUE, sizeof (TuttiCompared));

  g_array_set_clear_func (comparison, compared_clear);
  return comparison;
}

void
tutti_comparison_add (GArray *comparison, guint number, const TuttiRendered *rendered)
{
  TuttiCompared compared = { .number = number, .rendered = *rendered };

  for (guint i = 0; i < comparison->len; i++)
    if (AT (comparison, i)->number == number)
      return;
  compared.rendered.tracks = rendered->tracks != NULL ? g_array_copy (rendered->tracks) : NULL;
  g_array_append_val (comparison, compared);
}

static gboolean
counts (const TuttiCompared *compared)
{
  return compared->rendered.state == TUTTI_RENDERED_OK;
}

static guint
count_alike (const GArray *comparison, guint64 hash)
{
  guint n = 0;

  for (guint i = 0; i < comparison->len; i++)
    n += counts (AT (comparison, i)) && AT (comparison, i)->rendered.hash == hash;
  return n;
}

/* (nullable) The first of those that most are like. */
static const TuttiCompared *
find_standard (const GArray *comparison)
{
  const TuttiCompared *standard = NULL;
  guint most = 0;

  for (guint i = 0; i < comparison->len; i++)
    {
      guint n = counts (AT (comparison, i)) ? count_alike (comparison, AT (comparison, i)->rendered.hash) : 0;

      if (n > most)
        {
          most = n;
          standard = AT (comparison, i);
        }
    }
  return standard;
}

/* Both by rising id; a track that only one of them has differs, too. */
static TuttiId
first_difference (const GArray *one, const GArray *other)
{
  guint n = MAX (one != NULL ? one->len : 0, other != NULL ? other->len : 0);

  for (guint i = 0; i < n; i++)
    {
      const TuttiRenderedTrack *a = one != NULL && i < one->len ? &g_array_index (one, TuttiRenderedTrack, i) : NULL;
      const TuttiRenderedTrack *b = other != NULL && i < other->len ? &g_array_index (other, TuttiRenderedTrack, i) : NULL;

      if (a == NULL || b == NULL)
        return a != NULL ? a->track : b->track;
      if (!tutti_id_equal (a->track, b->track))
        return tutti_id_key (a->track) < tutti_id_key (b->track) ? a->track : b->track;
      if (a->hash != b->hash)
        return a->track;
    }
  return tutti_id (0, 0);
}

void
tutti_comparison_judge (GArray *comparison)
{
  const TuttiCompared *standard = find_standard (comparison);

  for (guint i = 0; i < comparison->len; i++)
    {
      TuttiCompared *each = AT (comparison, i);

      if (!counts (each))
        continue;
      each->same = each->rendered.hash == standard->rendered.hash;
      each->track = each->same ? tutti_id (0, 0) : first_difference (each->rendered.tracks, standard->rendered.tracks);
    }
}

guint
tutti_comparison_count (const GArray *comparison, TuttiRenderedState state)
{
  guint n = 0;

  for (guint i = 0; i < comparison->len; i++)
    n += AT (comparison, i)->rendered.state == state;
  return n;
}

gboolean
tutti_comparison_agrees (const GArray *comparison)
{
  for (guint i = 0; i < comparison->len; i++)
    if (counts (AT (comparison, i)) && !AT (comparison, i)->same)
      return FALSE;
  return TRUE;
}
