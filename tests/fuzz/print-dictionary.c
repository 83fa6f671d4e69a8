/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes the words of the protocol to standard output as libFuzzer takes them (-dict=FILE): names of operations, of their
 * choices and of messages, each in quotes as JSON has them. */
#include "tutti-message-private.h"

#include <stdio.h>

static void
print_word (GHashTable *seen, const char *word)
{
  if (g_hash_table_add (seen, (gpointer) word))
    printf ("\"\\\"%s\\\"\"\n", word);
}

static void
print_op (GHashTable *seen, const TuttiOpSpec *spec)
{
  print_word (seen, spec->name);
  for (guint i = 0; i < TUTTI_OP_ARGS_MAX && spec->args[i].type != TUTTI_ARG_NONE; i++)
    for (guint j = 0; spec->args[i].type == TUTTI_ARG_CHOICE && spec->args[i].names[j] != NULL; j++)
      print_word (seen, spec->args[i].names[j]);
}

static void
print_message (GHashTable *seen, const TuttiMessageSpec *spec)
{
  if (spec->form != TUTTI_FORM_LIST)
    print_word (seen, spec->name);
  for (guint i = 0; spec->form == TUTTI_FORM_OBJECT && spec->members[i].type != TUTTI_MEMBER_NONE; i++)
    print_word (seen, spec->members[i].name);
}

int
main (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int i = 0; i < TUTTI_N_OPS; i++)
    print_op (seen, tutti_op_spec ((TuttiOpKind) i));
  for (int i = 0; i < TUTTI_N_MESSAGES; i++)
    print_message (seen, tutti_message_spec ((TuttiMessageKind) i));
  return ferror (stdout) != 0;
}
