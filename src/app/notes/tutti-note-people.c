/* SPDX-License-Identifier: GPL-3.0-or-later */

/* On which notes the others are: a ring in their colour, and their name until it was read. */
#include "tutti-notes-private.h"

#include "tutti-words.h"

#define NAME_FOLDS_US (3 * G_USEC_PER_SEC)
#define NAME_GOES_US (10 * G_USEC_PER_SEC)
#define PERSON_GOES_US (30 * G_USEC_PER_SEC)
#define RADIUS 4.0f
#define TAG_HEIGHT 17.0f

/* People on one note who get a ring of their own. */
#define RINGS 2

typedef struct
{
  guint   number;
  char   *name;
  int     colour;
  TuttiId clip, note;
  gint64  since;               /* when they came to it */
} Person;

static void
person_clear (gpointer person)
{
  g_free (((Person *) person)->name);
}

GArray *
tutti_note_people_new (void)
{
  GArray *people = g_array_new (FALSE, TRUE, sizeof (Person));

  g_array_set_clear_func (people, person_clear);
  return people;
}

static Person *
find (TuttiNoteGrid *self, guint number)
{
  for (guint i = 0; i < self->people->len; i++)
    if (g_array_index (self->people, Person, i).number == number)
      return &g_array_index (self->people, Person, i);
  return NULL;
}

/* Names fold and people go after whole seconds. */
static gboolean
on_second (gpointer data)
{
  TuttiNoteGrid *self = data;
  gint64 now = g_get_monotonic_time ();

  for (guint i = self->people->len; i-- > 0; )
    if (now - g_array_index (self->people, Person, i).since > PERSON_GOES_US)
      g_array_remove_index (self->people, i);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->people->len > 0)
    return G_SOURCE_CONTINUE;
  self->ageing = 0;
  return G_SOURCE_REMOVE;
}

void
tutti_note_grid_clear_person (TuttiNoteGrid *self, guint number)
{
  Person *person = find (self, number);

  if (person == NULL)
    return;
  g_array_remove_index (self->people, (guint) (person - &g_array_index (self->people, Person, 0)));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tutti_note_grid_set_person (TuttiNoteGrid *self, guint number, const char *name, int colour, TuttiId clip, TuttiId note)
{
  Person *person = find (self, number);

  if (person != NULL && tutti_id_equal (person->clip, clip) && tutti_id_equal (person->note, note))
    return;
  tutti_note_grid_clear_person (self, number);
  g_array_append_val (self->people, ((Person) { number, g_strdup (name), colour, clip, note, g_get_monotonic_time () }));
  if (self->ageing == 0)
    self->ageing = g_timeout_add_seconds (1, on_second, self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* How many before the @n-th are on the same note. */
static guint
rank_of (TuttiNoteGrid *self, guint n)
{
  const Person *person = &g_array_index (self->people, Person, n);
  guint rank = 0;

  for (guint i = 0; i < n; i++)
    rank += tutti_id_equal (g_array_index (self->people, Person, i).note, person->note);
  return rank;
}

static void
draw_tag (TuttiNoteGrid *self, GtkSnapshot *snapshot, const TuttiPalette *p, const Person *person, TuttiBox box, guint rank)
{
  gint64 age = g_get_monotonic_time () - person->since;
  g_autofree char *text = rank > 0 || age > NAME_FOLDS_US ? tutti_words_initials (person->name) : g_strdup (person->name);
  int width, height;

  if (age > NAME_GOES_US)
    return;
  tutti_measure_text (GTK_WIDGET (self), text, 8.5f, PANGO_WEIGHT_BOLD, &width, &height);
  TuttiBox tag = { box.x - 3 + 29 * (float) rank, box.y - TAG_HEIGHT - 2, (float) width + 14, TAG_HEIGHT };

  /* Above what can be seen there is no place for it. */
  if (tag.y < tutti_note_grid_visible (self).y)
    tag.y = box.y + box.height + 2;
  tutti_draw_box (snapshot, tag, 4, &p->person[person->colour]);
  tutti_draw_text (snapshot, GTK_WIDGET (self), text, 8.5f, PANGO_WEIGHT_BOLD, tag.x + tag.width / 2,
                   tag.y + (tag.height - (float) height) / 2, 0.5f, &p->person_ink[person->colour]);
}

void
tutti_note_people_draw (TuttiNoteGrid *self, GtkSnapshot *snapshot, const TuttiPalette *p)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      const Person *person = &g_array_index (self->people, Person, i);
      guint rank = rank_of (self, i);

      for (guint j = 0; rank < RINGS && tutti_id_equal (person->clip, self->clip) && j < self->shown->len; j++)
        if (tutti_id_equal (g_array_index (self->shown, TuttiNote, j).id, person->note))
          {
            TuttiBox box = tutti_note_box (self, &g_array_index (self->shown, TuttiNote, j));

            tutti_draw_ring (snapshot, box, RADIUS, 3.5f + 3 * (float) rank, p->ring_width, &p->person[person->colour]);
            draw_tag (self, snapshot, p, person, box, rank);
          }
    }
}
