/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the host does about roles by itself: somebody is always an admin, the banned do not stay, and a leader who is gone for good
 * is announced as such. Who may do what is decided in tutti-rights.h. */
#include "tutti-host-private.h"

/* A leader may come back within this time from a broken connection, which is what its own first attempts take. */
#define LEADER_WITHIN_US (10 * G_USEC_PER_SEC)

/* Ticks come about so often; what is due before the next one is done in this one, for its own frame. */
#define TICK_FRAMES (TUTTI_FRAMES_PER_SECOND / 5)

static void
give_role (TuttiHost *host, guint number, TuttiRole role, TuttiNow now)
{
  const TuttiPerson *person = tutti_jam_person (host->jam, number);
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (number), TUTTI_N (role));
  g_autoptr(GError) error = NULL;

  if (person != NULL && person->role != role && !tutti_host_apply (host, op, now, &error))
    g_warning ("Person %u keeps another role: %s", number, error->message);
}

static gboolean
has_admin (const TuttiJam *jam)
{
  for (guint i = 0; i < jam->people->len; i++)
    if (((const TuttiPerson *) jam->people->pdata[i])->role == TUTTI_ROLE_ADMIN)
      return TRUE;
  return FALSE;
}

/* The one of those present who came first, else @newcomer; never a viewer who sits with others. */
static guint
eldest (TuttiHost *host, guint newcomer)
{
  guint number = newcomer;

  for (guint i = 0; i < host->seats->len; i++)
    {
      const TuttiSeat *seat = host->seats->pdata[i];
      const TuttiPerson *person = tutti_jam_person (host->jam, seat->number);

      if (seat->connection != 0 && person != NULL && person->role >= TUTTI_ROLE_CONTRIBUTOR && seat->number < number)
        number = seat->number;
    }
  return number;
}

void
tutti_host_settle_role (TuttiHost *host, const TuttiSeat *seat, gboolean hosts, TuttiRole role, TuttiNow now)
{
  if (hosts)
    give_role (host, seat->number, TUTTI_ROLE_ADMIN, now);
  else if (!has_admin (host->jam))
    give_role (host, eldest (host, seat->number), TUTTI_ROLE_ADMIN, now);
  else
    give_role (host, seat->number, role, now);
}

/* Nobody takes the own machine away from whoever hosts. */
gboolean
tutti_host_may_demote (TuttiHost *host, const TuttiOp *op, GError **error)
{
  if (op->kind == TUTTI_OP_GROUP)
    {
      for (guint i = 0; i < op->arg[0].ops->len; i++)
        if (!tutti_host_may_demote (host, op->arg[0].ops->pdata[i], error))
          return FALSE;
      return TRUE;
    }
  if (op->kind != TUTTI_OP_PERSON_ROLE || host->home_number == 0 || op->arg[0].number != (gint64) host->home_number ||
      op->arg[1].number == TUTTI_ROLE_ADMIN)
    return TRUE;
  g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_ALLOWED, "who hosts the jam stays an admin");
  return FALSE;
}

void
tutti_host_expel_banned (TuttiHost *host, guint by)
{
  g_autoptr(GList) all = g_hash_table_get_values (host->connections);

  for (const GList *each = all; each != NULL; each = each->next)
    {
      TuttiConnection *connection = each->data;
      const TuttiPerson *person = connection->seat != NULL ? tutti_jam_person (host->jam, connection->seat->number) : NULL;

      if (person != NULL && person->role == TUTTI_ROLE_BANNED && !connection->closing)
        {
          tutti_guard_note_ban (host, connection);
          tutti_host_remove (host, connection, by, TRUE);
        }
    }
}

/* ---- the leader is gone ---- */

/* The frame at which the bar that sounds when an edit made now is heard is over. */
static gint64
bar_end (TuttiHost *host, TuttiNow now)
{
  const TuttiTransport *transport = &host->jam->transport;
  gint64 bar = tutti_ticks_per_bar (transport->beats, transport->unit);
  gint64 tick = tutti_jam_tick_at (host->jam, MAX (host->last_at, now.frame + host->lead));
  gint64 place = transport->loop ? tutti_tick_wrap (tick, transport->loop_start, transport->loop_end) : tick;

  return tutti_anchor_frame_of (&transport->anchor, tick + tutti_tick_ceil (place, bar) - place);
}

/* Everyone reads from this operation of the host that the lead is free; what the music does follows the jam's rule. */
static void
lose_leader (TuttiHost *host, TuttiNow now)
{
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_LEAD, TUTTI_N (0));

  host->leader_gone_us = 0;
  if (!tutti_host_apply (host, op, now, NULL))
    return;
  if (host->jam->leader_lost_rule == TUTTI_LEADER_LOST_STOP && host->jam->transport.playing)
    host->stop_frame = MAX (bar_end (host, now), 1);
}

void
tutti_host_leader_left (TuttiHost *host, guint number, TuttiNow now)
{
  if (host->jam->leader == number && number != 0)
    lose_leader (host, now);
}

/* A lead that was taken meanwhile is a reason to play on. */
static void
stop_when_due (TuttiHost *host, TuttiNow now)
{
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_STOP);

  if (host->jam->leader != 0 || !host->jam->transport.playing)
    host->stop_frame = 0;
  if (host->stop_frame == 0 || now.frame + host->lead + TICK_FRAMES < host->stop_frame)
    return;
  host->not_before = host->stop_frame;
  tutti_host_apply (host, op, now, NULL);
  host->not_before = 0;
  host->stop_frame = 0;
}

void
tutti_host_watch_leader (TuttiHost *host, TuttiNow now)
{
  stop_when_due (host, now);
  if (host->jam->leader == 0 || tutti_host_is_present (host, host->jam->leader))
    host->leader_gone_us = 0;
  else if (host->leader_gone_us == 0)
    host->leader_gone_us = now.us;
  else if (now.us - host->leader_gone_us > LEADER_WITHIN_US)
    lose_leader (host, now);
}
