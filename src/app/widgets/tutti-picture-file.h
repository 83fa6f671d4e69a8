/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A picture that somebody chooses for themself, made into one as in tutti-picture.h: the middle square, scaled. Nothing of the file itself
 * is kept or goes on, so neither does what a camera writes into it. */

#define TUTTI_PICTURE_FILE_BYTES_MAX (16 * 1024 * 1024)
#define TUTTI_PICTURE_FILE_SIDE_MAX 16384
#define TUTTI_PICTURE_FILE_PIXELS_MAX 50000000

typedef enum
{
  TUTTI_PICTURE_FILE_ERROR_KIND,       /* neither PNG nor JPEG */
  TUTTI_PICTURE_FILE_ERROR_TOO_LARGE,  /* in bytes or in pixels */
  TUTTI_PICTURE_FILE_ERROR_BROKEN
} TuttiPictureFileError;

/* Messages are words for people. */
#define TUTTI_PICTURE_FILE_ERROR (tutti_picture_file_error_quark ())
GQuark tutti_picture_file_error_quark (void);

/* The kinds that can be read, for a file dialog; ended by NULL. */
extern const char * const tutti_picture_file_types[];

/* @data: a whole file. Returns: (transfer full), or NULL with the reason. Thread: any. */
char *tutti_picture_file_decode (const guint8 *data, gsize length, GError **error);

/* Reads and decodes @file in a thread. */
void  tutti_picture_file_load_async  (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *tutti_picture_file_load_finish (GAsyncResult *result, GError **error);
