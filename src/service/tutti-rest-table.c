/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one table of the API: a new route is a row and, unless it is about a resource, one function. */
#include "tutti-rest-private.h"

#define API "/api/v1"
#define JAM API "/jams/{jam}"
#define NO_KIND TUTTI_N_RESOURCES
#define KIND(kind) TUTTI_RESOURCE_##kind

/* What costs the disk, a document or a seat costs more than a look. The listener's own routes, without a handler here, it charges. */
enum { OWN = 0, LOOK = 1, EDIT = 2, READ_DISK = 5, SEAT = 30, MAKE = 60 };

enum { TOKEN = TUTTI_REST_TOKEN, BODY = TUTTI_REST_BODY, MATCH = TUTTI_REST_MATCH, MUST = TUTTI_REST_MUST_MATCH,
       SLICE = TUTTI_REST_SLICE, ONE = TUTTI_REST_ONE };

#define RESOURCES(plural, value, Name, Plural, kind, schema) \
  { "GET", JAM "/" plural, "list" Plural, "All " plural, TOKEN, EDIT, KIND (kind), NULL, plural, 200, tutti_rest_list }, \
  { "POST", JAM "/" plural, "add" Name, "Adds one", TOKEN | BODY, EDIT, KIND (kind), schema "Create", schema, 201, tutti_rest_create }, \
  { "GET", JAM "/" plural "/{" value "}", "get" Name, "One of them", TOKEN | ONE, LOOK, KIND (kind), NULL, schema, 200, \
    tutti_rest_get }, \
  { "PATCH", JAM "/" plural "/{" value "}", "change" Name, "Changes the members that are said, at once or not at all", \
    TOKEN | BODY | MATCH | ONE, EDIT, KIND (kind), schema "Change", schema, 200, tutti_rest_change }, \
  { "DELETE", JAM "/" plural "/{" value "}", "delete" Name, "Deletes it; its author can undo that in Tutti", TOKEN | MATCH | ONE, EDIT, \
    KIND (kind), NULL, NULL, 204, tutti_rest_delete }

const TuttiRestRoute tutti_rest_routes[] = {
  { "GET", API "/openapi.json", "getDescription", "This document", 0, LOOK, NO_KIND, NULL, "anything", 200, tutti_rest_openapi },
  { "GET", API "/status", "getDefaultStatus", "A summary of the default jam", 0, OWN, NO_KIND, NULL, "status", 200, NULL },
  { "POST", API "/token", "getToken", "An access token, for the token of a seat", BODY, EDIT, NO_KIND, "tokenRequest", "token", 200,
    tutti_rest_get_token },
  { "DELETE", API "/token", "endTokens", "Ends all access tokens of the caller", TOKEN, EDIT, NO_KIND, NULL, NULL, 204,
    tutti_rest_end_token },

  { "GET", API "/jams", "listJams", "The jams that the caller may know of", 0, READ_DISK, NO_KIND, NULL, "jams", 200,
    tutti_rest_list_jams },
  { "POST", API "/jams", "addJam", "Makes a new, empty jam, where the host lets strangers do that", BODY, MAKE, NO_KIND, "jamCreate",
    "jamMade", 201, tutti_rest_create_jam },
  { "GET", JAM, "getJam", "What is true of the jam as a whole", TOKEN, LOOK, KIND (JAM), NULL, "jam", 200, tutti_rest_get },
  { "PATCH", JAM, "changeJam", "Changes the members that are said, at once or not at all", TOKEN | BODY | MATCH, EDIT, KIND (JAM),
    "jamChange", "jam", 200, tutti_rest_change },
  { "DELETE", JAM, "deleteJam", "Sends everyone away and deletes the jam; admins only", TOKEN | MATCH | MUST, MAKE, KIND (JAM), NULL, NULL,
    204, tutti_rest_delete_jam },
  { "GET", JAM "/status", "getStatus", "A summary, without a token", 0, OWN, NO_KIND, NULL, "status", 200, NULL },
  { "GET", JAM "/document", "getDocument", "The whole document in its canonical form; its ETag is the jam's hash", TOKEN, READ_DISK,
    NO_KIND, NULL, "anything", 200, tutti_rest_document },
  { "POST", JAM "/operations", "operate", "Does an operation, or a group, as a WebSocket would; If-Match is of the document",
    TOKEN | BODY | MATCH, EDIT, NO_KIND, "operation", "stamp", 200, tutti_rest_operate },
  { "GET", JAM "/history", "getHistory", "A slice of what was done, in order", TOKEN | SLICE, READ_DISK, NO_KIND, NULL, "history", 200,
    tutti_rest_history },

  { "GET", JAM "/collaborators", "listCollaborators", "Everyone who has a seat", TOKEN, EDIT, KIND (COLLABORATOR), NULL, "collaborators",
    200, tutti_rest_list },
  { "POST", JAM "/collaborators", "sitDown", "Takes a seat, as a hello over the WebSocket does", BODY, SEAT, NO_KIND, "seatRequest",
    "seat", 201, tutti_rest_sit_down },
  { "GET", JAM "/collaborators/{number}", "getCollaborator", "One of them", TOKEN | ONE, LOOK, KIND (COLLABORATOR), NULL, "collaborator",
    200, tutti_rest_get },
  { "GET", JAM "/collaborators/{number}/picture", "getPicture", "How they look: 72 × 72 pixels; 404 when they have no picture",
    TOKEN | ONE, LOOK, KIND (COLLABORATOR), NULL, "picture", 200, tutti_rest_get_picture },
  { "PATCH", JAM "/collaborators/{number}", "changeCollaborator", "Gives a role; admins only", TOKEN | BODY | MATCH | ONE, EDIT,
    KIND (COLLABORATOR), "collaboratorChange", "collaborator", 200, tutti_rest_change },
  { "DELETE", JAM "/collaborators/{number}", "kick", "Sends them away, and ends their access tokens; admins only", TOKEN | MATCH | ONE,
    EDIT, KIND (COLLABORATOR), NULL, NULL, 204, tutti_rest_kick },

  { "PUT", JAM "/passcode", "setPasscode", "What newcomers have to say; empty: nothing; admins only", TOKEN | BODY, SEAT, NO_KIND,
    "passcode", NULL, 204, tutti_rest_set_passcode },
  { "POST", JAM "/invitations", "invite", "A code that lets people in without it; admins only", TOKEN | BODY, SEAT, NO_KIND,
    "invitationCreate", "invitation", 201, tutti_rest_invite },

  RESOURCES ("tracks", "track", "Track", "Tracks", TRACK, "track"),
  RESOURCES ("scenes", "scene", "Scene", "Scenes", SCENE, "scene"),
  RESOURCES ("clips", "clip", "Clip", "Clips", CLIP, "clip"),
  { "GET", JAM "/clips/{clip}/steps/{step}", "getStep", "One step, 0 to 127", TOKEN | ONE, LOOK, KIND (CLIP), NULL, "step", 200,
    tutti_rest_get_step },
  { "PUT", JAM "/clips/{clip}/steps/{step}", "putStep", "Sets one step", TOKEN | BODY | MATCH | ONE, EDIT, KIND (CLIP), "step", "step",
    200, tutti_rest_put_step },

  { "GET", JAM "/samples", "listSamples", "The sounds that the jam knows", TOKEN, EDIT, KIND (SAMPLE), NULL, "samples", 200,
    tutti_rest_list },
  { "GET", API "/samples/{sha256}", "getSample", "A sound, whole or a range of it", TOKEN, OWN, NO_KIND, NULL, "sound", 200, NULL },
  { "PUT", API "/samples/{sha256}", "putSample", "Brings a sound that is missing here", TOKEN | BODY, OWN, NO_KIND, "sound", NULL, 201,
    NULL },
  { .method = NULL },
};
