/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-random-message.h"

#include "tutti-message-private.h"
#include "tutti-picture.h"
#include "tutti-random-op.h"

static gint64
any_number (GRand *rand, gint64 min, gint64 max)
{
  guint64 range = (guint64) max - (guint64) min;
  guint64 far = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);

  switch (g_rand_int_range (rand, 0, 6))
    {
    case 0:
      return min;
    case 1:
      return max;
    case 2:
      return (gint64) ((guint64) min + far % (range + 1));
    default:
      return min + (gint64) MIN (far % 1000, range);
    }
}

static void
put_number (gpointer out, const TuttiMessageMember *member, gint64 number)
{
  gpointer at = G_STRUCT_MEMBER_P (out, member->offset);

  if (member->size == sizeof (guint8))
    *(guint8 *) at = (guint8) number;
  else if (member->size == sizeof (guint32))
    *(guint32 *) at = (guint32) number;
  else
    *(gint64 *) at = number;
}

static void
put_cell (GRand *rand, gpointer row, const TuttiMessageMember *cell)
{
  if (cell->type == TUTTI_MEMBER_ID)
    *(TuttiId *) G_STRUCT_MEMBER_P (row, cell->offset) = tutti_id (1, g_rand_int (rand) | 1);
  else if (cell->type == TUTTI_MEMBER_HASH)
    put_number (row, cell, (gint64) ((guint64) g_rand_int (rand) << 32 | g_rand_int (rand)));
  else
    put_number (row, cell, any_number (rand, cell->min, cell->max));
}

static void
put_rows (GRand *rand, TuttiMessage *out, const TuttiMessageMember *member)
{
  const TuttiMessageRows *rows = tutti_message_rows (member->type);
  GArray *array = g_array_new (FALSE, TRUE, (guint) rows->size);

  g_array_set_size (array, (guint) any_number (rand, member->min, member->max));
  for (guint i = 0; i < array->len; i++)
    for (guint j = 0; j < rows->n; j++)
      put_cell (rand, array->data + i * rows->size, &rows->cells[j]);
  *(GArray **) G_STRUCT_MEMBER_P (out, member->offset) = array;
}

static void
put_text (GRand *rand, TuttiMessage *out, const TuttiMessageMember *member)
{
  static const char * const letters[] = { "a", "Z", " ", "\"", "\\", "ä", "低", "🥁", "/", "0" };
  g_autoptr(GString) text = g_string_new (member->min > 0 ? "x" : "");

  for (int n = g_rand_int_range (rand, 0, 20); n > 0; n--)
    g_string_append (text, letters[g_rand_int_range (rand, 0, G_N_ELEMENTS (letters))]);
  while (text->len > (gsize) member->max)
    g_string_truncate (text, (gsize) (g_utf8_prev_char (text->str + text->len) - text->str));
  g_strlcpy (G_STRUCT_MEMBER_P (out, member->offset), text->str, member->size);
}

static void
put_hex (GRand *rand, TuttiMessage *out, const TuttiMessageMember *member)
{
  char *at = G_STRUCT_MEMBER_P (out, member->offset);

  if (member->min > 0 || g_rand_boolean (rand))
    for (guint i = 0; i < member->max / 8; i++)
      g_snprintf (at + 8 * i, 9, "%08x", g_rand_int (rand));
}

/* Random operations are sometimes wrong on purpose; here they are not. */
static TuttiOp *
any_op (GRand *rand, const TuttiJam *jam)
{
  guint32 counter = 1000;

  for (;;)
    {
      TuttiOp *op = tutti_random_op (rand, jam, 1, &counter);

      if (tutti_op_check (op, NULL))
        return op;
      tutti_op_free (op);
    }
}

static void
fill (GRand *rand, const TuttiMessageMember *member, const TuttiJam *jam, TuttiMessage *out)
{
  switch (member->type)
    {
    case TUTTI_MEMBER_NUMBER:
    case TUTTI_MEMBER_COLOUR:
    case TUTTI_MEMBER_ROLE:
    case TUTTI_MEMBER_NANOSECONDS:
      put_number (out, member, any_number (rand, member->min, member->max));
      break;
    case TUTTI_MEMBER_HASH:
      put_number (out, member, any_number (rand, G_MININT64, G_MAXINT64 - 1));
      break;
    case TUTTI_MEMBER_TEXT:
      put_text (rand, out, member);
      break;
    case TUTTI_MEMBER_HEX:
      put_hex (rand, out, member);
      break;
    case TUTTI_MEMBER_PIECE:
      out->text = g_strdup (g_rand_boolean (rand) ? "{\"tracks\":[\n\t\"\\" : "");
      break;
    case TUTTI_MEMBER_WORDS:
      out->text = g_strdup (g_rand_boolean (rand) ? "<b>bar 14</b> & “Ä” 🥁" : "x");
      break;
    case TUTTI_MEMBER_PICTURE:
      out->text = g_rand_boolean (rand) ? g_strnfill (TUTTI_PICTURE_CHARS, (char) ('A' + g_rand_int_range (rand, 0, 26))) : g_strdup ("");
      break;
    case TUTTI_MEMBER_ID:
      *(TuttiId *) G_STRUCT_MEMBER_P (out, member->offset) = g_rand_boolean (rand) ? tutti_id (0, 0) : tutti_id (1, g_rand_int (rand) | 1);
      break;
    case TUTTI_MEMBER_OP:
      out->op = any_op (rand, jam);
      break;
    case TUTTI_MEMBER_REPORTS:
    case TUTTI_MEMBER_TRACKS:
      put_rows (rand, out, member);
      break;
    case TUTTI_MEMBER_WORD:
      break;
    case TUTTI_MEMBER_NONE:
    default:
      g_assert_not_reached ();
    }
}

void
tutti_random_message (GRand *rand, TuttiMessageKind kind, const TuttiJam *jam, TuttiMessage *out)
{
  const TuttiMessageSpec *spec = tutti_message_spec (kind);
  gboolean short_one = spec->form == TUTTI_FORM_LIST && g_rand_boolean (rand);

  *out = (TuttiMessage) { .kind = kind };
  for (guint i = 0; spec->members[i].type != TUTTI_MEMBER_NONE && !(short_one && i == spec->n_least); i++)
    fill (rand, &spec->members[i], jam, out);
  if (kind == TUTTI_MESSAGE_WELCOME && out->welcome.base > out->welcome.seq)
    out->welcome.base = out->welcome.seq;
}
