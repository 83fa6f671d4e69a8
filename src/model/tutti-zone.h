/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

/* Zones of a sampler as values, and their JSON form: an object with the members that are said. */

/* Copies the @fields (TuttiZoneFields) of @from. */
void           tutti_zone_write_fields   (TuttiZone *to, const TuttiZone *from, guint fields);

/* The fields in which they differ. */
guint          tutti_zone_differing      (const TuttiZone *a, const TuttiZone *b);

gboolean       tutti_zone_edits_equal    (const TuttiZoneEdit *a, const TuttiZoneEdit *b);
gboolean       tutti_zone_edit_valid     (const TuttiZoneEdit *edit);

/* A member of the JSON form, for the schema. */
typedef struct
{
  const char *key;
  const char *meaning;
  gint64      min, max;        /* of its numbers */
  gboolean    is_range;        /* two numbers, from low to high */
  gboolean    is_sound;        /* a text */
} TuttiZoneMember;

/* The member of the bit 1 << @index; FALSE when there are no more. */
gboolean       tutti_zone_member         (guint index, TuttiZoneMember *out);

/* {"sound": "sha:…", "keys": [0, 127], …} */
void           tutti_zone_fields_write   (GString *out, const TuttiZone *zone, guint fields);
TuttiZoneEdit *tutti_zone_edit_from_json (JsonNode *node, GError **error);

/* [["id", {…}], …], by id. */
void           tutti_zones_write         (GString *out, const TuttiTrack *track);
gboolean       tutti_zones_read          (JsonNode *node, TuttiTrack *track, GError **error);
