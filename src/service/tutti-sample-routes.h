/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * GET, HEAD and PUT of /api/v1/samples/<sha256>: sounds by the hash of their content. An upload is held to its size
 * while it streams and to its hash before anybody sees it; ranges are answered; nothing here touches a file itself.
 */

/* Where sounds are. Each call has its own data; all in the listener's thread. */
typedef struct
{
  /* The whole content, mapped or in memory. Finishes with NULL and G_IO_ERROR_NOT_FOUND when there is none. */
  void (*lookup_async) (gpointer data, const char *sha256, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
  GBytes *(*lookup_finish) (gpointer data, GAsyncResult *result, GError **error);

  /* Whether this sound may be uploaded now (it is named in a jam and missing). */
  gboolean (*wanted) (gpointer data, const char *sha256);

  /* @content has exactly the hash @sha256. G_IO_ERROR_INVALID_DATA: it is no sound. */
  void (*store_async) (gpointer data, const char *sha256, GBytes *content, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*store_finish) (gpointer data, GAsyncResult *result, GError **error);
} TuttiSampleProvider;

/* Whether the bearer @token (nullable) may do @method ("GET", "PUT") with this sound. */
typedef gboolean (*TuttiSampleAuthorize) (gpointer data, const char *token, const char *method, const char *sha256);

/* How much the owner of the bearer @token may bring: judge() returns 0, or the status (with @words) for which @bytes are refused; it is
 * asked about what was declared, and again about what came. note(): so much was kept. */
typedef struct
{
  guint (*judge) (gpointer data, const char *token, gsize bytes, const char **words);
  void  (*note)  (gpointer data, const char *token, gsize bytes);
} TuttiSampleQuota;

typedef struct _TuttiSampleRoutes TuttiSampleRoutes;

/* @provider, @authorize and their data are borrowed: they outlive the routes. */
TuttiSampleRoutes *tutti_sample_routes_new (const TuttiSampleProvider *provider, gpointer provider_data,
                                            TuttiSampleAuthorize authorize, gpointer authorize_data);
/* Without it everyone may bring what they like. @quota and @data are borrowed as well. */
void tutti_sample_routes_set_quota (TuttiSampleRoutes *self, const TuttiSampleQuota *quota, gpointer data);

/* Requests under way are answered with an error or not at all, but call nobody any more. */
void tutti_sample_routes_free (TuttiSampleRoutes *self);

/* Called when the headers are there, before any of the body: refuses early, or gets ready to take an upload. */
void tutti_sample_routes_begin (TuttiSampleRoutes *self, SoupServerMessage *message, const char *sha256);

/* Called when the body is there too. */
void tutti_sample_routes_answer (TuttiSampleRoutes *self, SoupServerMessage *message, const char *sha256);

/* Sets status and a short text; for all routes. */
void tutti_answer_words (SoupServerMessage *message, guint status, const char *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiSampleRoutes, tutti_sample_routes_free)

G_END_DECLS
