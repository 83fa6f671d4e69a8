/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Two people wrote the same: what each of them wrote, and whose stands. */
#define TUTTI_TYPE_CONFLICT (tutti_conflict_get_type ())
G_DECLARE_FINAL_TYPE (TuttiConflict, tutti_conflict, TUTTI, CONFLICT, GObject)

/* @theirs: (nullable) not known any more. */
TuttiConflict *tutti_conflict_new (const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands);

const TuttiOp *tutti_conflict_get_mine        (TuttiConflict *self);
const TuttiOp *tutti_conflict_get_theirs      (TuttiConflict *self);     /* (nullable) */
guint          tutti_conflict_get_by          (TuttiConflict *self);     /* number of the other person */
gboolean       tutti_conflict_get_mine_stands (TuttiConflict *self);

/* What does not stand, and can be put back; (nullable) (transfer none). */
const TuttiOp *tutti_conflict_get_lost        (TuttiConflict *self);

G_END_DECLS
