/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How people look. */
#include "tutti-session-private.h"

#include "tutti-member-private.h"

void
tutti_session_on_pictured (gpointer user, guint number)
{
  TuttiSession *self = user;
  TuttiMember *member = tutti_session_has_left (self) ? NULL : tutti_session_find_member (self, number);

  /* Whoever comes to the list later is looked at then. */
  if (member == NULL)
    return;
  tutti_member_note_picture (member);
  if (!tutti_session_has_left (self))
    g_signal_emit (self, tutti_session_signals[TUTTI_SESSION_PICTURED], 0, number);
}

const char *
tutti_session_get_picture (TuttiSession *self, guint number)
{
  return self->replica != NULL && number != 0 ? tutti_replica_get_picture (self->replica, number) : "";
}

void
tutti_session_show_myself (TuttiSession *self)
{
  if (self->replica == NULL)
    return;
  tutti_session_enter (self);
  tutti_replica_set_picture (self->replica, tutti_studio_get_picture (self->studio));
  tutti_session_exit (self);
}

/* Who is only passing through looks at nobody. */
void
tutti_session_note_pictured (TuttiSession *self)
{
  TuttiLink *link = tutti_wire_get_link (self->wire);

  tutti_replica_set_pictured (self->replica, !tutti_studio_is_passing (self->studio) && (link == NULL || tutti_link_is_pictured (link)));
}
