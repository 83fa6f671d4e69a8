/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* An element through which stereo floats pass, as they are to the bit or, when that is wanted, as their mean on both sides; between the
 * two it fades within a buffer. (transfer floating) */
GstElement *tutti_mono_new (void);

/* Thread: any. */
void        tutti_mono_set (GstElement *mono, gboolean on);

G_END_DECLS
