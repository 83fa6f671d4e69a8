/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-conflict.h"

struct _TuttiConflict
{
  GObject  parent_instance;
  TuttiOp *mine, *theirs;      /* owned */
  guint    by;
  gboolean mine_stands;
};

G_DEFINE_FINAL_TYPE (TuttiConflict, tutti_conflict, G_TYPE_OBJECT)

static void
tutti_conflict_finalize (GObject *object)
{
  tutti_op_free (TUTTI_CONFLICT (object)->mine);
  tutti_op_free (TUTTI_CONFLICT (object)->theirs);
  G_OBJECT_CLASS (tutti_conflict_parent_class)->finalize (object);
}

static void
tutti_conflict_class_init (TuttiConflictClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tutti_conflict_finalize;
}

static void
tutti_conflict_init (TuttiConflict *self)
{
}

TuttiConflict *
tutti_conflict_new (const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands)
{
  TuttiConflict *self = g_object_new (TUTTI_TYPE_CONFLICT, NULL);

  self->mine = tutti_op_copy (mine);
  self->theirs = theirs != NULL ? tutti_op_copy (theirs) : NULL;
  self->by = by;
  self->mine_stands = mine_stands;
  return self;
}

const TuttiOp *
tutti_conflict_get_mine (TuttiConflict *self)
{
  return self->mine;
}

const TuttiOp *
tutti_conflict_get_theirs (TuttiConflict *self)
{
  return self->theirs;
}

guint
tutti_conflict_get_by (TuttiConflict *self)
{
  return self->by;
}

gboolean
tutti_conflict_get_mine_stands (TuttiConflict *self)
{
  return self->mine_stands;
}

const TuttiOp *
tutti_conflict_get_lost (TuttiConflict *self)
{
  return self->mine_stands ? self->theirs : self->mine;
}
