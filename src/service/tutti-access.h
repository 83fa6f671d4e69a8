/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-message.h"

G_BEGIN_DECLS

/* Short-lived access to one jam for one person: a JSON Web Token (RFC 7519, signed as RFC 7515 says) of one fixed form, made and
 * checked by this host alone. Whoever has a seat gets one for it, and another before it ends.
 *
 * Pure: time and chance are given. Thread: one. */

#define TUTTI_ACCESS_SECONDS 600           /* how long one is good */
#define TUTTI_ACCESS_KEY_SECONDS 86400     /* how long one key signs; the one before it is good for as long as its tokens are */
#define TUTTI_ACCESS_KEY_BYTES 32
#define TUTTI_ACCESS_REVOKED_MAX 1000      /* people sent away lately; beyond it everyone's tokens end */

#define TUTTI_ACCESS_ERROR (tutti_access_error_quark ())
GQuark tutti_access_error_quark (void);

typedef enum
{
  TUTTI_ACCESS_ERROR_INVALID,      /* no token, or not one of this host */
  TUTTI_ACCESS_ERROR_OVER,         /* too old, or taken back */
} TuttiAccessError;

/* What one says. */
typedef struct
{
  char    jam[TUTTI_JAM_ID_MAX + 1];
  guint   person;
  guint32 creator;                 /* of the ids that its holder coins */
  gint64  begins_s, ends_s;        /* seconds since 1970 */
} TuttiAccessClaims;

typedef struct _TuttiAccess TuttiAccess;

/* Fills @bytes with what nobody can guess. */
typedef void (*TuttiAccessRandom) (guint8 *bytes, gsize n);

/* With a new key. */
TuttiAccess *tutti_access_new    (TuttiAccessRandom random, gint64 now_s);
void         tutti_access_free   (TuttiAccess *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiAccess, tutti_access_free)

/* What has to be kept where nobody else reads it, and taking that up again. (transfer full) */
char        *tutti_access_to_text (const TuttiAccess *self);
gboolean     tutti_access_resume (TuttiAccess *self, const char *text, GError **error);

/* When a new key is due, changes to it: TRUE, and it is to be kept. */
gboolean     tutti_access_turn   (TuttiAccess *self, gint64 now_s);

/* A token for @person in @jam from @now_s on. (transfer full) */
char        *tutti_access_issue  (TuttiAccess *self, const char *jam, guint person, guint32 creator, gint64 now_s);

/* Whether @token is good at @now_s; @out is written only then. */
gboolean     tutti_access_check  (const TuttiAccess *self, const char *token, gint64 now_s, TuttiAccessClaims *out, GError **error);

/* All that @person had for @jam end now; what they get after this is good. To be kept. */
void         tutti_access_revoke (TuttiAccess *self, const char *jam, guint person, gint64 now_s);

G_END_DECLS
