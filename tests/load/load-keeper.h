/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "load-crowd.h"

/* Watches over a crowd with copies that nothing acknowledged is lost, whatever happens to its host. Each guest counts in a scene of
 * its own (load_scene(), made with the jam), which only it writes, and edits steps that all of them write. */
typedef struct
{
  LoadCrowd *crowd;
  gint64    *said, *certain;       /* by guest: the last number that it wrote; the last that was acknowledged */
  gint       missing;              /* atomic: operations that somebody had heard of and a new host has not */
  gint       heard;                /* atomic: operations, by all of them */
} LoadKeeper;

/* How the guests' copies are in the end, and what is wrong with them. */
typedef struct
{
  gint64 lost;                     /* edits that were acknowledged and do not stand */
  guint  differ;                   /* copies that are not the first guest's */
} LoadVerdict;

/* Takes over the calls of @crowd, before anybody joins. */
void        load_keeper_init (LoadKeeper *keeper, LoadCrowd *crowd);
void        load_keeper_clear (LoadKeeper *keeper);

/* When nobody edits any more: waits until all edits are answered and all copies are at the same operation. */
LoadVerdict load_keeper_judge (LoadKeeper *keeper);
