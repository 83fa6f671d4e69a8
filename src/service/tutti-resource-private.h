/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-resource.h"

/* The table of resources, shared by the files that read, change and describe them. */

typedef enum
{
  TUTTI_PLACE_U8, TUTTI_PLACE_S8, TUTTI_PLACE_S16, TUTTI_PLACE_U16, TUTTI_PLACE_U32, TUTTI_PLACE_S32, TUTTI_PLACE_S64,
  TUTTI_PLACE_TEXT, TUTTI_PLACE_ID,
  TUTTI_PLACE_FLAG,                /* read only: a guint8 or gboolean as true or false */
  TUTTI_PLACE_JAM_ID, TUTTI_PLACE_TRACK_ID,      /* what it lies in */
  TUTTI_PLACE_INDEX,
  TUTTI_PLACE_PARAMS, TUTTI_PLACE_PATCH, TUTTI_PLACE_MIX, TUTTI_PLACE_ZONES,  /* objects by name */
  TUTTI_PLACE_STEPS, TUTTI_PLACE_NOTES, TUTTI_PLACE_CHORDS,
} TuttiPlace;

#define TUTTI_READ_ONLY (-1)
#define TUTTI_SAID_ONCE (-2)         /* when it is made; read only from there on */

typedef struct
{
  const char         *name;        /* NULL behind the last */
  int                 op;          /* TuttiOpKind that writes it, TUTTI_READ_ONLY or TUTTI_SAID_ONCE */
  guint               arg;         /* which of its arguments */
  TuttiPlace          place;
  gsize               offset;      /* in the struct of its kind */
  const char         *meaning;     /* (nullable) where the operation's table does not say */
  const char * const *names;       /* (nullable) of a choice that no operation writes */
} TuttiResourceMember;

typedef struct
{
  const char                *name;
  int                        add, remove;        /* TuttiOpKind, or TUTTI_READ_ONLY */
  gboolean                   keyed;              /* its operations begin with its name */
  const TuttiResourceMember *members;
} TuttiResourceRow;

const TuttiResourceRow *tutti_resource_row (TuttiResourceKind kind);

/* (nullable) */
const TuttiResourceMember *tutti_resource_member (TuttiResourceKind kind, const char *name);

/* The argument that @member is; NULL for what is read only. */
const TuttiArgSpec *tutti_resource_arg (const TuttiResourceMember *member);

/* On and off are true and false here. */
gboolean tutti_resource_is_flag (const TuttiResourceMember *member);

/* What it is now, as operations have it on the wire. (transfer full) */
JsonNode *tutti_resource_present (const TuttiResource *self, const TuttiResourceMember *member);
