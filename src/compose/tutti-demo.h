/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

G_BEGIN_DECLS

/* The beats that a new jam begins with, as the operations that make them: applied in order to an empty document they all
 * succeed. Ids are @creator's, counted on from *@counter. (transfer full) (element-type TuttiOp) */

/* Eight tracks and eight scenes in C minor, the second scene launched; stopped. */
GPtrArray *tutti_demo_ops   (guint32 creator, guint32 *counter);

/* Four tracks with an empty clip each, in one scene, launched. */
GPtrArray *tutti_demo_empty (guint32 creator, guint32 *counter);

G_END_DECLS
