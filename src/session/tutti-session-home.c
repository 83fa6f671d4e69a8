/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A jam lives where it was hosted first: on a box that is always on, say. Who went on with it while that box was away gives it back, when
 * the box is here, willing, up to date, and can be reached by others: nobody hears it, and nobody is asked. */
#include "tutti-session-private.h"

#include <string.h>

#define AGAIN_US (2 * G_USEC_PER_SEC)
#define NOT_REACHED_US (30 * G_USEC_PER_SEC)

void
tutti_session_note_home (TuttiSession *self)
{
  if (self->home == NULL && self->hosting == NULL)
    self->home = g_strdup (self->fingerprint);
}

void
tutti_session_forget_home (TuttiSession *self)
{
  if (self->home_call != NULL)
    g_cancellable_cancel (self->home_call);
  g_clear_object (&self->home_call);
  g_clear_pointer (&self->home, g_free);
  g_clear_pointer (&self->home_address, tutti_address_free);
}

static gboolean
is_home (TuttiSession *self)
{
  return self->home != NULL && g_strcmp0 (self->fingerprint, self->home) == 0;
}

void
tutti_session_leave_place (TuttiSession *self)
{
  if (self->home_address == NULL && is_home (self))
    {
      self->home_address = g_steal_pointer (&self->address);
      g_free (self->home_address->fingerprint);
      self->home_address->fingerprint = g_strdup (self->home);
    }
  g_clear_pointer (&self->address, tutti_address_free);
}

/* Who is cut off when a jam goes home is told by nobody: so that is where to look too, every other time. */
void
tutti_session_aim (TuttiSession *self)
{
  g_clear_pointer (&self->target, tutti_address_free);
  if (self->hosting == NULL && self->home_address != NULL && self->attempt % 2 == 0 && !is_home (self))
    self->target = tutti_address_copy (self->home_address);
}

/* (nullable) Anyone may say that the jam lives with them; this machine knows with whom it did. */
static const TuttiHeir *
find_home (TuttiSession *self)
{
  const TuttiHeirs *heirs = tutti_replica_get_heirs (self->replica);

  for (guint i = 0; i < heirs->n; i++)
    if (heirs->heir[i].home && g_strcmp0 (heirs->heir[i].fingerprint, self->home) == 0)
      return &heirs->heir[i];
  return NULL;
}

/* (transfer full) */
static TuttiAddress *
address_of (TuttiSession *self, const TuttiHeir *heir)
{
  TuttiAddress *address = tutti_address_new (heir->address, self->address != NULL ? self->address->scope : NULL, (guint16) heir->port);

  address->jam = g_strdup (self->jam_id);
  address->fingerprint = g_strdup (heir->fingerprint);
  return address;
}

static void
give_back (TuttiSession *self)
{
  const TuttiHeir *heir = self->hosting != NULL && self->replica != NULL && self->yielding == 0 ? find_home (self) : NULL;

  if (heir == NULL)
    return;
  g_autoptr(TuttiAddress) address = address_of (self, heir);

  if (!tutti_hosting_give_back (self->hosting, heir->number))
    return;
  g_message ("The jam goes back to where it lives, %s", address->host);
  self->gave_back = TRUE;
  tutti_session_yield_to (self, g_steal_pointer (&address));
}

/* Its door answers, with its own certificate, that it does not host the jam now: so it could. */
static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(TuttiSession) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiLink) link = tutti_link_connect_finish (result, &error);

  if (link != NULL)
    tutti_link_close (link, TUTTI_CLOSE_NORMAL, NULL);
  if (self->home_call == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->home_call);
  if (g_error_matches (error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_NO_SUCH_JAM) ||
      g_error_matches (error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_BUSY))
    give_back (self);
  else
    {
      g_message ("The jam stays here: where it lives cannot be reached from here: %s", error != NULL ? error->message : "it has another");
      self->home_us = g_get_monotonic_time () + NOT_REACHED_US;
    }
}

void
tutti_session_look_home (TuttiSession *self)
{
  gint64 now_us = g_get_monotonic_time ();

  if (self->replica == NULL || self->state != TUTTI_SESSION_HOSTING || self->home == NULL || self->home_call != NULL ||
      self->yielding != 0 || now_us < self->home_us)
    return;
  const TuttiHeir *heir = find_home (self);

  if (heir == NULL)
    return;
  g_autoptr(TuttiAddress) address = address_of (self, heir);

  self->home_us = now_us + AGAIN_US;
  self->home_call = g_cancellable_new ();
  tutti_link_connect_async (address, address->fingerprint, 0, self->home_call, on_answer, g_object_ref (self));
}
