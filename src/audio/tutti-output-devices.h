/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *id;                    /* for tutti_output_set_device () */
  char *name;                  /* for people */
  gboolean is_default;
} TuttiOutputDevice;

void tutti_output_device_free (TuttiOutputDevice *device);

/* The sound server's outputs. Asking it may take a moment, so a thread does. An empty list when there is no server. */
void tutti_output_devices_list_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

/* (transfer container) (element-type TuttiOutputDevice) */
GPtrArray *tutti_output_devices_list_finish (GAsyncResult *result, GError **error);

G_END_DECLS
