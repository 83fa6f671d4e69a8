/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-change.h"

#include "tutti-session.h"

typedef struct
{
  TuttiSession   *session;     /* owned */
  TuttiOp        *op;          /* owned; NULL once it was submitted */
  GError         *why;         /* it did not happen */
  GWeakRef        keeper;
  TuttiJamChanged changed;
  gpointer        user_data;
} Change;

static void
change_free (Change *self)
{
  g_object_unref (self->session);
  g_clear_pointer (&self->op, tutti_op_free);
  g_clear_error (&self->why);
  g_weak_ref_clear (&self->keeper);
  g_free (self);
}

static gboolean
finish (gpointer user_data)
{
  Change *self = user_data;
  g_autoptr(GObject) keeper = g_weak_ref_get (&self->keeper);

  g_signal_handlers_disconnect_by_data (self->session, self);
  /* Leaving hands over what was submitted before, and saves. */
  tutti_session_leave (self->session);
  if (keeper != NULL)
    self->changed (self->why, self->user_data);
  return G_SOURCE_REMOVE;
}

/* Whoever plays here is there at once, or with the first that they hear. */
static void
on_changed (TuttiSession *session, const TuttiTarget *what, guint by, Change *self)
{
  if (self->op == NULL || tutti_session_get_jam (session) == NULL)
    return;
  tutti_session_submit (session, g_steal_pointer (&self->op), &self->why);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, finish, self, (GDestroyNotify) change_free);
}

gboolean
tutti_jam_change (TuttiStudio *studio, const char *id, TuttiOp *op, GObject *keeper, TuttiJamChanged changed, gpointer user_data,
                  GError **error)
{
  g_autoptr(TuttiOp) owned = op;
  TuttiSession *session = tutti_session_open (studio, id, NULL, error);
  Change *self;

  if (session == NULL)
    return FALSE;
  self = g_new0 (Change, 1);
  self->session = session;
  self->op = g_steal_pointer (&owned);
  g_weak_ref_init (&self->keeper, keeper);
  self->changed = changed;
  self->user_data = user_data;
  g_signal_connect (session, "changed", G_CALLBACK (on_changed), self);
  return TRUE;
}
