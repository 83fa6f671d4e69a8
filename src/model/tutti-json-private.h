/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

/* The pieces that operations and documents share in their JSON form. */

void     tutti_step_write (GString *out, const TuttiStep *step);
gboolean tutti_step_read (JsonNode *node, TuttiStep *out, GError **error);
void     tutti_id_write (GString *out, TuttiId id);

/* Reads an id; "0" only when @may_be_none. */
gboolean tutti_id_read (JsonNode *node, const char *what, gboolean may_be_none, TuttiId *out, GError **error);

/* A member of a step's JSON object beside its locks, for the schema. */
typedef struct
{
  const char *key;
  const char *meaning;
  int         min, max, initial;
} TuttiStepMember;

/* The @index-th of them; FALSE past the last. */
gboolean tutti_step_member (guint index, TuttiStepMember *out);
