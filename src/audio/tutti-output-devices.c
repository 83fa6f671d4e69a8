/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-output-devices.h"

#include <gst/gst.h>

void
tutti_output_device_free (TuttiOutputDevice *device)
{
  g_free (device->id);
  g_free (device->name);
  g_free (device);
}

/* The id is what pulsesink calls a device; other providers' devices cannot be played on. NULL for those. */
static TuttiOutputDevice *
describe (GstDevice *found)
{
  g_autoptr (GstStructure) more = gst_device_get_properties (found);
  g_autofree char *id = NULL;
  TuttiOutputDevice *device;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (found), "internal-name") == NULL)
    return NULL;
  g_object_get (found, "internal-name", &id, NULL);
  if (id == NULL)
    return NULL;
  device = g_new0 (TuttiOutputDevice, 1);
  device->id = g_steal_pointer (&id);
  device->name = gst_device_get_display_name (found);
  if (more != NULL)
    gst_structure_get_boolean (more, "is-default", &device->is_default);
  return device;
}

static void
list_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GPtrArray *devices = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_output_device_free);
  g_autoptr (GstDeviceProvider) provider = gst_device_provider_factory_get_by_name ("pulsedeviceprovider");
  /* Only a started provider knows which device is the default one. */
  gboolean started = provider != NULL && gst_device_provider_start (provider);
  GList *found = started ? gst_device_provider_get_devices (provider) : NULL;

  for (GList *each = found; each != NULL; each = each->next)
    {
      TuttiOutputDevice *device = gst_device_has_classes (each->data, "Audio/Sink") ? describe (each->data) : NULL;

      if (device != NULL)
        g_ptr_array_add (devices, device);
    }
  g_list_free_full (found, gst_object_unref);
  if (started)
    gst_device_provider_stop (provider);
  g_task_return_pointer (task, devices, (GDestroyNotify) g_ptr_array_unref);
}

void
tutti_output_devices_list_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, tutti_output_devices_list_async);
  g_task_run_in_thread (task, list_in_thread);
}

GPtrArray *
tutti_output_devices_list_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
