/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-message.h"

/* The one table of messages (tutti-message-table.c): what each is called, who says it, what it holds and in which bounds. Codec,
 * published schema and the random messages of the tests are derived from it. */

typedef enum
{
  TUTTI_MEMBER_NONE,           /* no further member */
  TUTTI_MEMBER_NUMBER,         /* whole number in [min, max] */
  TUTTI_MEMBER_TEXT,           /* plain text of min…max bytes, in place */
  TUTTI_MEMBER_HEX,            /* exactly max hex digits, or (min 0) none at all, in place */
  TUTTI_MEMBER_COLOUR,         /* the name of a person's colour */
  TUTTI_MEMBER_ROLE,           /* the name of a role */
  TUTTI_MEMBER_HASH,           /* 64 bits as 16 hex digits */
  TUTTI_MEMBER_NANOSECONDS,    /* a number as text: those of a month pass 2^53 */
  TUTTI_MEMBER_PIECE,          /* any text of at most max bytes, owned */
  TUTTI_MEMBER_WORDS,          /* plain text of min…max characters, owned */
  TUTTI_MEMBER_ID,             /* the id of a thing in the document, or of none */
  TUTTI_MEMBER_OP,             /* an operation, owned */
  TUTTI_MEMBER_REPORTS,        /* min…max of TuttiReport, owned: [[number, quality, round trip, late], …] */
  TUTTI_MEMBER_TRACKS,         /* min…max of TuttiRenderedTrack, owned: [[id, hash], …] */
  TUTTI_MEMBER_PICTURE,        /* a picture as in tutti-picture.h or an empty text, owned */
  TUTTI_MEMBER_WORD            /* @meaning itself; nothing to keep */
} TuttiMemberType;

typedef struct
{
  const char     *name;        /* the key; in a list only said when it is wrong */
  TuttiMemberType type;
  gsize           offset, size;  /* in TuttiMessage */
  gint64          min, max;
  const char     *meaning;
} TuttiMessageMember;

typedef enum
{
  TUTTI_FORM_OBJECT,           /* {"name":{member:value, …}}: these members, no others; those from @n_least on (0: none) are
                                * left out when they are 0 or empty */
  TUTTI_FORM_VALUE,            /* {"name":value} */
  TUTTI_FORM_LIST              /* [value, …]: the first @n_least; those behind them that are 0 are left out at the end */
} TuttiMessageForm;

#define TUTTI_MESSAGE_MEMBERS_MAX 20

typedef struct
{
  const char        *name;
  const char        *meaning;
  gboolean           by_host;  /* else said by guests */
  TuttiMessageForm   form;
  guint              n_least;
  TuttiMessageMember members[TUTTI_MESSAGE_MEMBERS_MAX];
} TuttiMessageSpec;

/* The row of @kind; lives for ever. */
const TuttiMessageSpec *tutti_message_spec (TuttiMessageKind kind);

/* The names that a member of @type may have, ended by NULL; NULL when it is not one of names. */
const char * const *tutti_message_names (TuttiMemberType type);

/* What one row is of a member that holds many: cells are numbers, ids and hashes. */
typedef struct
{
  const TuttiMessageMember *cells;
  guint                     n;
  gsize                     size;  /* of the row's struct */
} TuttiMessageRows;

/* Of REPORTS or TRACKS; lives for ever. */
const TuttiMessageRows *tutti_message_rows (TuttiMemberType type);

/* @array: (nullable) */
void     tutti_message_put_rows  (GString *out, const TuttiMessageMember *member, const GArray *array);
GArray  *tutti_message_read_rows (JsonNode *node, const TuttiMessageMember *member, GError **error);

/* One number, id or hash at its place in the struct @row, which may be the message itself. */
void     tutti_message_put_cell  (GString *out, gconstpointer row, const TuttiMessageMember *member);
gboolean tutti_message_read_cell (JsonNode *node, const TuttiMessageMember *member, gpointer row, GError **error);

/* Whether member @i may be left out of an object. */
gboolean tutti_message_may_lack (const TuttiMessageSpec *spec, guint i);

/* Whether a list may have the first @n members, of those that there are, alone: what is left out is 0, so the next one must be able to
 * be that. */
gboolean tutti_message_may_end (const TuttiMessageSpec *spec, guint n);
