/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-access.h"
#include "tutti-path.h"
#include "tutti-quota.h"
#include "tutti-resource.h"
#include "tutti-rest.h"

/* The API's parts, shared by its files alone. */

/* Those that libsoup has no names for (RFC 4918, RFC 6585, RFC 9110). */
enum { TUTTI_STATUS_UNPROCESSABLE = 422, TUTTI_STATUS_MATCH_NEEDED = 428, TUTTI_STATUS_TOO_FAST = 429, TUTTI_STATUS_NO_ROOM = 507 };

typedef struct _TuttiRestRoute TuttiRestRoute;

typedef struct
{
  guint64 answered[6];             /* by class of status; [4]: 400 to 499 */
  guint64 too_fast;
  guint64 uploads_refused;         /* beyond a share */
  guint64 upload_bytes;            /* kept */
} TuttiRestFigures;

struct _TuttiRest
{
  TuttiHouse      *house;          /* borrowed */
  TuttiListener   *listener;       /* borrowed (nullable) */
  TuttiAccess     *access;         /* owned */
  TuttiQuota      *quota;          /* owned */
  gint64         (*count) (gpointer user);         /* (nullable) bytes of the sounds that are kept */
  gpointer         count_user;
  gint64           counted_s;      /* when they were counted last because somebody would have been refused */
  TuttiRestFigures figures;
};

/* One request. */
typedef struct
{
  TuttiRest            *rest;
  SoupServerMessage    *message;
  const TuttiRestRoute *route;
  TuttiPathValues       values;
  TuttiAccessClaims     claims;    /* person 0: no token */
  TuttiRoom            *room;      /* of a route with a token and a jam */
  JsonNode             *body;      /* owned (nullable) */
} TuttiCall;

typedef enum
{
  TUTTI_REST_TOKEN = 1 << 0,       /* only with an access token */
  TUTTI_REST_BODY = 1 << 1,        /* JSON belongs there */
  TUTTI_REST_MATCH = 1 << 2,       /* If-Match is looked at … */
  TUTTI_REST_MUST_MATCH = 1 << 3,  /* … and has to be there */
  TUTTI_REST_SLICE = 1 << 4,       /* ?after=, ?before=, ?limit= */
  TUTTI_REST_ONE = 1 << 5,         /* the last value names a resource */
} TuttiRestFlags;

struct _TuttiRestRoute
{
  const char       *method, *pattern;
  const char       *id;            /* operationId */
  const char       *summary;
  guint             flags;         /* of TuttiRestFlags */
  guint             cost;          /* of what an address may ask for */
  TuttiResourceKind kind;          /* of those that are about a kind of resource */
  const char       *request, *response;      /* (nullable) names of schemas */
  guint             status;        /* when it went well */
  void            (*handle) (TuttiCall *call);   /* NULL: the listener answers that itself */
};

/* The table; ended by a row without a method. */
extern const TuttiRestRoute tutti_rest_routes[];

/* ---- answers (tutti-rest-answer.c) ---- */

/* @json (taken) with @status, and its ETag; 304 when the client has it. */
void     tutti_call_give (TuttiCall *call, guint status, GString *json);
void     tutti_call_give_text (TuttiCall *call, guint status, const char *json);

/* @png (taken) is what @text, of which its ETag is made, looks like. */
void     tutti_call_give_picture (TuttiCall *call, const char *text, GByteArray *png);

/* The resource of this call that is in @resource. */
void     tutti_call_give_resource (TuttiCall *call, guint status, const TuttiResource *resource);
void     tutti_call_done (TuttiCall *call);

/* application/problem+json (RFC 9457). */
void     tutti_call_refuse (TuttiCall *call, guint status, const char *detail);
void     tutti_call_refuse_error (TuttiCall *call, const GError *error);
void     tutti_call_refuse_for (TuttiCall *call, guint status, const char *detail, gint64 wait_us);

/* Whether the request's If-Match fits @json, the present state (RFC 9110 §13.1.1); else it is answered. */
gboolean tutti_call_fits (TuttiCall *call, const char *json);

/* ---- what handlers share ---- */

/* (nullable) The jam of a call with a token. */
const TuttiJam *tutti_call_jam (TuttiCall *call);

/* Has @op done as the caller. @stamp: (out) (optional). FALSE: it is answered why not. */
gboolean tutti_call_submit (TuttiCall *call, const TuttiOp *op, TuttiStamp *stamp);

/* The body as an object; FALSE: it is answered that it is none. */
gboolean tutti_call_object (TuttiCall *call, JsonObject **out);

/* The address behind the call, as a door tells it apart. (transfer full) */
char    *tutti_call_address (TuttiCall *call);

/* Keeps what changed about keys and people sent away. */
void     tutti_rest_keep_access (TuttiRest *self);
gint64   tutti_rest_now_s (void);

/* What was brought today, from the store (tutti-rest-uploads.c). */
void     tutti_rest_resume_quota (TuttiRest *self);

/* (nullable) The bearer token of @message. */
const char *tutti_rest_bearer (SoupServerMessage *message);

/* ---- handlers ---- */

void tutti_rest_openapi (TuttiCall *call);
void tutti_rest_get_token (TuttiCall *call);
void tutti_rest_end_token (TuttiCall *call);
void tutti_rest_list_jams (TuttiCall *call);
void tutti_rest_create_jam (TuttiCall *call);
void tutti_rest_delete_jam (TuttiCall *call);
void tutti_rest_document (TuttiCall *call);
void tutti_rest_operate (TuttiCall *call);
void tutti_rest_history (TuttiCall *call);
void tutti_rest_sit_down (TuttiCall *call);
void tutti_rest_kick (TuttiCall *call);
void tutti_rest_get_picture (TuttiCall *call);
void tutti_rest_set_passcode (TuttiCall *call);
void tutti_rest_invite (TuttiCall *call);

void tutti_rest_list (TuttiCall *call);
void tutti_rest_get (TuttiCall *call);
void tutti_rest_change (TuttiCall *call);
void tutti_rest_create (TuttiCall *call);
void tutti_rest_delete (TuttiCall *call);
void tutti_rest_get_step (TuttiCall *call);
void tutti_rest_put_step (TuttiCall *call);
