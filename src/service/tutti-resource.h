/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

G_BEGIN_DECLS

/* The parts of a jam as resources of the API: objects whose members are written by operations. One table says which member is which
 * argument of which operation; reading, changing and the published schema are made from it and from the operations' own table, so
 * that a member has the range, the right and the words of its operation.
 *
 * Pure. Thread: any. */

typedef enum
{
  TUTTI_RESOURCE_JAM, TUTTI_RESOURCE_TRACK, TUTTI_RESOURCE_SCENE, TUTTI_RESOURCE_CLIP, TUTTI_RESOURCE_COLLABORATOR,
  TUTTI_RESOURCE_SAMPLE,
  TUTTI_N_RESOURCES
} TuttiResourceKind;

/* One of them; everything is lent by the document. */
typedef struct
{
  TuttiResourceKind  kind;
  const TuttiJam    *jam;
  const char        *jam_id;
  const void        *thing;        /* the struct of its kind */
  const TuttiTrack  *track;        /* of a clip */
  guint              index;        /* among its kind */
} TuttiResource;

/* "jam", "track" …, as in schemas and words. */
const char *tutti_resource_name  (TuttiResourceKind kind);

/* How many there are, the @index-th, and the one called @name (an id, a person's number, a hash). */
guint       tutti_resource_count (const TuttiJam *jam, TuttiResourceKind kind);
void        tutti_resource_nth   (const TuttiJam *jam, const char *jam_id, TuttiResourceKind kind, guint index, TuttiResource *out);
gboolean    tutti_resource_find  (const TuttiJam *jam, const char *jam_id, TuttiResourceKind kind, const char *name,
                                  TuttiResource *out);

/* As an object of JSON. */
void        tutti_resource_write (GString *out, const TuttiResource *self);

/* The operation that makes the members of @body what they say there: (transfer full); NULL with @error, or, when there are none,
 * without. */
TuttiOp    *tutti_resource_change (const TuttiResource *self, JsonObject *body, GError **error);

/* The operation that adds one as @body says, called @id. */
TuttiOp    *tutti_resource_create (const TuttiJam *jam, TuttiResourceKind kind, TuttiId id, JsonObject *body, GError **error);
TuttiOp    *tutti_resource_delete (const TuttiResource *self);

/* Steps of @clip from @step on as a JSON array, at most @n; and the operation that sets one. */
void        tutti_resource_write_steps (GString *out, const TuttiClip *clip, guint step, guint n);
TuttiOp    *tutti_resource_set_step (const TuttiClip *clip, guint step, JsonNode *value, GError **error);

/* Its schema: as it is read, as it is changed, or as it is made. */
typedef enum { TUTTI_RESOURCE_READ, TUTTI_RESOURCE_CHANGE, TUTTI_RESOURCE_CREATE } TuttiResourceForm;
void        tutti_resource_put_schema (GString *out, TuttiResourceKind kind, TuttiResourceForm form);

G_END_DECLS
