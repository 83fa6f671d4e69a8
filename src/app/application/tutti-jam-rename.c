/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-rename.h"

#include "tutti-session.h"

typedef struct
{
  TuttiSession   *session;     /* owned */
  char           *name;
  GWeakRef        keeper;
  TuttiJamRenamed renamed;
  gpointer        user_data;
  gboolean        submitted;
} Rename;

static void
rename_free (Rename *self)
{
  g_object_unref (self->session);
  g_weak_ref_clear (&self->keeper);
  g_free (self->name);
  g_free (self);
}

static gboolean
finish (gpointer user_data)
{
  Rename *self = user_data;
  g_autoptr(GObject) keeper = g_weak_ref_get (&self->keeper);

  /* Leaving hands over what was submitted before, and saves. */
  tutti_session_leave (self->session);
  if (keeper != NULL)
    self->renamed (self->user_data);
  return G_SOURCE_REMOVE;
}

static void
on_changed (TuttiSession *session, const TuttiTarget *what, guint by, Rename *self)
{
  if (self->submitted || tutti_session_get_jam (session) == NULL)
    return;
  self->submitted = TRUE;
  tutti_session_submit (session, tutti_op_new (TUTTI_OP_JAM_NAME, self->name), NULL);
  g_signal_handlers_disconnect_by_data (session, self);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, finish, self, (GDestroyNotify) rename_free);
}

gboolean
tutti_jam_rename (TuttiStudio *studio, const char *id, const char *name, GObject *keeper, TuttiJamRenamed renamed,
                  gpointer user_data, GError **error)
{
  TuttiSession *session = tutti_session_open (studio, id, NULL, error);
  Rename *self;

  if (session == NULL)
    return FALSE;
  self = g_new0 (Rename, 1);
  self->session = session;
  self->name = g_strdup (name);
  g_weak_ref_init (&self->keeper, keeper);
  self->renamed = renamed;
  self->user_data = user_data;
  g_signal_connect (session, "changed", G_CALLBACK (on_changed), self);
  return TRUE;
}
