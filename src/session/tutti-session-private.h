/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-net-time.h"
#include "tutti-replica.h"
#include "tutti-session.h"
#include "tutti-wire.h"

/* The session's parts, shared by its files alone. */

typedef struct _TuttiSoundMover TuttiSoundMover;

struct _TuttiSession
{
  GObject            parent_instance;

  /* owned */
  TuttiStudio       *studio;
  TuttiReplica      *replica;
  TuttiPlayback     *playback;
  TuttiNetTime      *time;
  TuttiHosting      *hosting;      /* decided here; NULL when visiting */
  TuttiPublisher    *publisher;
  TuttiWire         *wire;         /* NULL while there is no way */
  TuttiSoundMover   *mover;
  GListStore        *people;       /* of TuttiMember, by number */
  TuttiAddress      *address;      /* of the host, visiting */
  char              *fingerprint;  /* it must show */
  GError            *end;

  TuttiSessionState  state;
  TuttiSessionDoor   door;
  char               jam_id[TUTTI_JAM_ID_MAX + 1];
  gint64             origin_ns;
  guint16            port;
  guint              clock_port;
  gboolean           trust_anew;
  gboolean           live;         /* was in, at least once */
  guint              attempt;      /* to come back */
  guint              retry, tick;  /* sources */
  gint64             playing_seq;  /* operations heard so far */
  guint64            edits, late;
  gboolean           can_undo, can_redo;
};

void tutti_session_set_state (TuttiSession *self, TuttiSessionState state);

/* What the time is for edits: the frame of the shared clock, not of the loudspeaker. */
TuttiNow tutti_session_now (TuttiSession *self);

/* The state of what belongs to a connection (tutti-session-way.c): finding the way, losing it, trying again. */
void tutti_session_connect (TuttiSession *self);
/* Numeric, with the scope of a link-local address. (transfer full) */
char *tutti_session_dup_clock_address (GSocketAddress *remote);

void tutti_session_end_with (TuttiSession *self, GQuark domain, int code, const char *words);

/* Sounds that tracks name and this machine lacks are fetched from the host (tutti-sound-mover.c). */
TuttiSoundMover *tutti_sound_mover_new (TuttiSession *session);
void tutti_sound_mover_free (TuttiSoundMover *mover);
void tutti_sound_mover_look (TuttiSoundMover *mover);
