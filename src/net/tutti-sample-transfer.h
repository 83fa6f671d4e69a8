/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tutti-address.h"

G_BEGIN_DECLS

/*
 * One sound to or from the host, by the hash of its content. What comes in is held to its size while it streams and
 * to its hash at the end; a host that answers with anything else delivers nothing.
 *
 * Thread: the main context that is the thread's default; nothing blocks.
 */

typedef enum
{
  TUTTI_TRANSFER_ERROR_FAILED,             /* the connection; worth another try */
  TUTTI_TRANSFER_ERROR_WRONG_IDENTITY,     /* not the host we know; the message has both fingerprints */
  TUTTI_TRANSFER_ERROR_NOT_FOUND,
  TUTTI_TRANSFER_ERROR_NOT_ALLOWED,
  TUTTI_TRANSFER_ERROR_NOT_WANTED,         /* upload: the host has it, or nobody uses it */
  TUTTI_TRANSFER_ERROR_TOO_LARGE,
  TUTTI_TRANSFER_ERROR_CORRUPT,            /* the content is not what its hash says */
  TUTTI_TRANSFER_ERROR_BUSY,               /* worth another try later */
} TuttiTransferError;

#define TUTTI_TRANSFER_ERROR (tutti_transfer_error_quark ())
GQuark tutti_transfer_error_quark (void);

/* @done of @total bytes; @total 0 while unknown. */
typedef void (*TuttiTransferProgress) (guint64 done, guint64 total, gpointer data);

/* Where to, and as whom. Everything is copied. */
typedef struct
{
  const TuttiAddress *address;
  const char *fingerprint;                 /* (nullable) what the host must show; NULL accepts any */
  const char *token;                       /* (nullable) the participant's */
  const char *sha256;                      /* 64 lower-case hexadecimal digits */
  TuttiTransferProgress progress;          /* (nullable) called until the task ends */
  gpointer progress_data;
} TuttiTransfer;

void tutti_sample_download_async (const TuttiTransfer *transfer, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
/* Returns: (transfer full) the content, whose hash is right; or NULL with @error. */
GBytes *tutti_sample_download_finish (GAsyncResult *result, GError **error);

/* @content: at most TUTTI_SAMPLE_BYTES_MAX, with the hash that @transfer names. */
void tutti_sample_upload_async (const TuttiTransfer *transfer, GBytes *content, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
gboolean tutti_sample_upload_finish (GAsyncResult *result, GError **error);

G_END_DECLS
