/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-demo.h"
#include "tutti-files.h"
#include "tutti-room.h"
#include "tutti-session.h"

#include <string.h>

/* People with whole sessions in one process: real threads, sockets on loopback, real stores; only loudspeakers are missing. */

/* ---- waiting ---- */

/* What ends a test that hangs; nothing is asserted about speed. */
#define WATCHDOG_S 90
#define WAKE_MS 20

typedef struct
{
  const char *what;
  gint64      until_us;
} Watchdog;

static inline gboolean
on_watchdog (gpointer data)
{
  const Watchdog *watchdog = data;

  if (g_get_monotonic_time () > watchdog->until_us)
    g_error ("waited in vain: %s", watchdog->what);
  return G_SOURCE_CONTINUE;
}

#define WAIT_FOR(condition) \
  G_STMT_START \
  { \
    Watchdog watchdog_ = { G_STRLOC, g_get_monotonic_time () + WATCHDOG_S * G_USEC_PER_SEC }; \
    guint source_ = g_timeout_add (WAKE_MS, on_watchdog, &watchdog_); \
    while (!(condition)) \
      g_main_context_iteration (NULL, TRUE); \
    g_source_remove (source_); \
  } \
  G_STMT_END

/* ---- people ---- */

typedef struct
{
  char         *folder;
  TuttiStudio  *studio;
  TuttiSession *session;
  guint         changed, refused, joined, left, crossed_mine, crossed_theirs, states, waiting;
} Somebody;

static inline GstElement *
no_sink (gpointer data)
{
  return NULL;
}

static const TuttiPlaybackOptions silent = { .make_sink = no_sink };

static inline void
somebody_init (Somebody *who, const char *name, int colour)
{
  g_autoptr(GError) error = NULL;

  memset (who, 0, sizeof *who);
  who->folder = g_dir_make_tmp ("tutti-session-XXXXXX", &error);
  g_assert_no_error (error);
  who->studio = tutti_studio_new (who->folder, NULL, &error);
  g_assert_no_error (error);
  tutti_studio_set_person (who->studio, name, colour);
}

static inline void
leave (Somebody *who)
{
  if (who->session != NULL)
    tutti_session_leave (who->session);
  g_clear_object (&who->session);
}

/* The studio is the last of everything: whatever forgot to let go shows here. */
static inline void
somebody_clear (Somebody *who)
{
  leave (who);
  gpointer weak = who->studio;

  g_object_add_weak_pointer (G_OBJECT (who->studio), &weak);
  g_clear_object (&who->studio);
  WAIT_FOR (weak == NULL);
  tutti_remove_tree (who->folder);
  g_free (who->folder);
}

static inline void
on_changed (TuttiSession *session, const TuttiTarget *what, guint by, Somebody *who)
{
  who->changed++;
}

static inline void
on_refused (TuttiSession *session, const TuttiOp *op, const GError *why, Somebody *who)
{
  g_assert_nonnull (op);
  g_assert_cmpstr (why->message, !=, "");
  who->refused++;
}

static inline void
on_crossed (TuttiSession *session, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands, Somebody *who)
{
  who->crossed_mine += mine_stands;
  who->crossed_theirs += !mine_stands;
}

static inline void
count_waiting (const TuttiOp *op, gpointer user_data)
{
  ((Somebody *) user_data)->waiting++;
}

static inline void
on_waiting (TuttiSession *session, Somebody *who)
{
  who->waiting = 0;
  tutti_session_visit_waiting (session, count_waiting, who);
}

static inline void
on_joined (TuttiSession *session, TuttiMember *member, Somebody *who)
{
  g_assert_false (tutti_member_get_is_me (member));
  who->joined++;
}

static inline void
on_left (TuttiSession *session, TuttiMember *member, Somebody *who)
{
  who->left++;
}

static inline void
on_state (TuttiSession *session, GParamSpec *spec, Somebody *who)
{
  who->states++;
}

static inline void
watch (Somebody *who)
{
  g_signal_connect (who->session, "changed", G_CALLBACK (on_changed), who);
  g_signal_connect (who->session, "refused", G_CALLBACK (on_refused), who);
  g_signal_connect (who->session, "crossed", G_CALLBACK (on_crossed), who);
  g_signal_connect (who->session, "waiting", G_CALLBACK (on_waiting), who);
  g_signal_connect (who->session, "joined", G_CALLBACK (on_joined), who);
  g_signal_connect (who->session, "left", G_CALLBACK (on_left), who);
  g_signal_connect (who->session, "notify::state", G_CALLBACK (on_state), who);
}

static inline TuttiSessionState
state (const Somebody *who)
{
  return tutti_session_get_state (who->session);
}

static inline char *
new_jam (Somebody *who)
{
  guint32 counter = 0;
  g_autoptr(GPtrArray) ops = tutti_demo_ops (7, &counter);
  g_autoptr(GError) error = NULL;
  char *id = tutti_room_create (tutti_studio_get_store (who->studio), "Blue Hour", ops, &error);

  g_assert_no_error (error);
  return id;
}

static inline void
open_jam (Somebody *who, const char *id)
{
  g_autoptr(GError) error = NULL;

  who->session = tutti_session_open (who->studio, id, &silent, &error);
  g_assert_no_error (error);
  watch (who);
  WAIT_FOR (state (who) == TUTTI_SESSION_SOLO);
  g_assert_nonnull (tutti_session_get_jam (who->session));
}

static inline guint16
let_in (Somebody *who, guint16 port, guint people_max)
{
  TuttiSessionDoor door = { .port = port, .people_max = people_max, .loopback = TRUE };
  g_autoptr(GError) error = NULL;

  g_assert_true (tutti_session_host (who->session, &door, &error));
  g_assert_no_error (error);
  g_assert_cmpint (state (who), ==, TUTTI_SESSION_HOSTING);
  return tutti_session_get_port (who->session);
}

static inline void
begin_join (Somebody *who, guint16 port, const char *fingerprint, gboolean trust_anew)
{
  g_autoptr(TuttiAddress) address = tutti_address_new ("127.0.0.1", NULL, port);

  who->session = tutti_session_join (who->studio, address, fingerprint, trust_anew, &silent);
  watch (who);
}

static inline void
join (Somebody *who, guint16 port)
{
  begin_join (who, port, NULL, FALSE);
  WAIT_FOR (state (who) != TUTTI_SESSION_JOINING);
  g_assert_no_error (tutti_session_get_end (who->session));
  g_assert_cmpint (state (who), ==, TUTTI_SESSION_JOINED);
}

/* ---- edits ---- */

static const TuttiClip *
clip (const Somebody *who)
{
  return tutti_session_get_jam (who->session)->tracks[0]->clips[0];
}

static inline int
velocity (const Somebody *who, guint index)
{
  return clip (who)->steps[index].velocity;
}

static inline void
paint (Somebody *who, guint index, int value)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (tutti_session_submit (who->session, tutti_op_new (TUTTI_OP_STEP, clip (who)->id, TUTTI_N (index), TUTTI_N (value)),
                                       &error));
  g_assert_no_error (error);
}

static inline guint
pending (const Somebody *who)
{
  TuttiTiming timing;

  tutti_session_get_timing (who->session, &timing);
  return timing.pending;
}

static inline gboolean
same (const Somebody *one, const Somebody *other)
{
  return pending (one) == 0 && pending (other) == 0 &&
         tutti_session_get_seq (one->session) == tutti_session_get_seq (other->session) &&
         tutti_session_get_hash (one->session) == tutti_session_get_hash (other->session);
}

static inline guint
present (const Somebody *who)
{
  GListModel *people = tutti_session_get_people (who->session);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (people, i);

      n += tutti_member_get_present (member);
    }
  return n;
}
