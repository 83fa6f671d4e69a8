/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-succession.h"

/* A host that restarts says so, and gets this long before anyone else hosts. */
#define RESTART_US (10 * G_USEC_PER_SEC)

/* Between two rounds of looking: short at first, while others notice what happened. */
#define PAUSE_LEAST_US (100 * 1000)
#define PAUSE_MOST_US (5 * G_USEC_PER_SEC)

/* An heir that does not host yet will in a moment, if it lost the host too; after some times it is not waited for. */
#define SOON_US (200 * 1000)
#define SOON_TIMES 10

/* One that was handed the jam and did not hear of it yet does so presently; waited for this long, then twice as long, … */
#define HANDED_SOON_US (10 * 1000)

typedef enum { PLACE_HOST, PLACE_HEIRS } Place;

struct _TuttiSuccession
{
  TuttiHeirs heirs;
  guint      me;
  guint      handed;               /* number of who goes on, 0: nobody was named … */
  gboolean   handed_gone;          /* … or that one is gone too */
  gboolean   lost;
  gboolean   ended;                /* the host as it was will not answer any more */
  gboolean   open;                 /* no better heir was there: whoever knocks is let in */
  gboolean   blocked;              /* a better heir is there, and does not host: this round it is not my turn */
  Place      place;                /* what is tried, or is next */
  guint      heir;                 /* of them */
  gboolean   trying;
  gboolean   reached;              /* what is tried hosts, and may let me in */
  guint      rounds, fruitless;    /* of looking; those that came to their end with nobody found */
  gint64     wait_us;
  gint64     patient_us;           /* nobody takes over before */
};

TuttiSuccession *
tutti_succession_new (void)
{
  return g_new0 (TuttiSuccession, 1);
}

void
tutti_succession_free (TuttiSuccession *self)
{
  g_free (self);
}

static void
start_round (TuttiSuccession *self, Place place)
{
  self->place = place;
  self->heir = 0;
  self->trying = self->blocked = FALSE;
}

void
tutti_succession_lost (TuttiSuccession *self, TuttiClose why, const TuttiHeirs *heirs, guint me, gint64 now_us)
{
  self->reached = FALSE;
  if (self->lost)
    {
      tutti_succession_tried (self, TUTTI_TRY_NOT_HOST, now_us);
      return;
    }
  self->lost = TRUE;
  self->heirs = *heirs;
  self->me = me;
  /* Who was named may have left before the host did. */
  self->handed_gone = self->handed != 0 && tutti_heirs_find (heirs, self->handed) == NULL;
  self->wait_us = now_us;
  self->patient_us = why == TUTTI_CLOSE_SERVER_RESTARTING ? now_us + RESTART_US : now_us;
  /* Two seconds of silence are an answer. */
  start_round (self, why == TUTTI_CLOSE_IDLE ? PLACE_HEIRS : PLACE_HOST);
}

void
tutti_succession_handed (TuttiSuccession *self, guint number)
{
  self->handed = number;
}

gboolean
tutti_succession_is_handed (TuttiSuccession *self)
{
  return self->handed != 0;
}

gboolean
tutti_succession_is_handed_to_me (TuttiSuccession *self)
{
  return self->handed != 0 && self->handed == self->me;
}

void
tutti_succession_found (TuttiSuccession *self)
{
  *self = (TuttiSuccession) { 0 };
}

void
tutti_succession_reached (TuttiSuccession *self)
{
  self->reached = TRUE;
}

void
tutti_succession_hurry (TuttiSuccession *self, gint64 now_us)
{
  if (!self->lost || self->trying)
    return;
  self->rounds = self->fruitless = 0;
  self->wait_us = now_us;
  start_round (self, PLACE_HOST);
}

gint64
tutti_succession_patience_us (const TuttiSuccession *self)
{
  return (gint64) (TUTTI_TRY_MS * 1000) << MIN (self->fruitless, TUTTI_TRY_DOUBLINGS);
}

/* ---- what comes next ---- */

static gboolean
may_take_over (TuttiSuccession *self, gint64 now_us)
{
  return self->handed == self->me || ((self->handed != 0 || self->ended) && now_us >= self->patient_us);
}

/* Who was named goes before all others. */
static gboolean
is_passed_over (TuttiSuccession *self, guint number)
{
  return self->handed != 0 && !self->handed_gone && number != self->handed;
}

static TuttiMove
try (TuttiSuccession *self, TuttiMoveKind kind)
{
  self->trying = TRUE;
  return (TuttiMove) { kind, 0, kind == TUTTI_MOVE_HEIR ? &self->heirs.heir[self->heir] : NULL };
}

static TuttiMove
end_round (TuttiSuccession *self, gint64 now_us)
{
  self->wait_us = now_us + MIN (PAUSE_LEAST_US << MIN (self->rounds, 10), PAUSE_MOST_US);
  self->rounds++;
  self->fruitless++;
  /* It may be there again, or have been slow. */
  self->ended = FALSE;
  start_round (self, PLACE_HOST);
  return (TuttiMove) { TUTTI_MOVE_WAIT, self->wait_us, NULL };
}

TuttiMove
tutti_succession_next (TuttiSuccession *self, gint64 now_us)
{
  if (now_us < self->wait_us)
    return (TuttiMove) { TUTTI_MOVE_WAIT, self->wait_us, NULL };
  if (self->place == PLACE_HOST && self->handed == 0)
    return try (self, TUTTI_MOVE_HOST);
  self->place = PLACE_HEIRS;
  for (; self->heir < self->heirs.n; self->heir++)
    {
      guint number = self->heirs.heir[self->heir].number;

      if (is_passed_over (self, number) || (number == self->me && self->blocked))
        continue;
      if (number != self->me)
        return try (self, TUTTI_MOVE_HEIR);
      self->open = now_us >= self->patient_us;
      if (may_take_over (self, now_us))
        return (TuttiMove) { TUTTI_MOVE_TAKE_OVER, 0, NULL };
    }
  return end_round (self, now_us);
}

static gboolean
goes_before_me (TuttiSuccession *self, const TuttiHeir *heir)
{
  const TuttiHeir *me = tutti_heirs_find (&self->heirs, self->me);

  return heir->number == self->handed || me == NULL || heir->rank < me->rank;
}

/* An heir of better rank that does not host has not lost the host, or has not noticed. Who is asked by somebody while it looks
 * itself takes over, so waiting for it does no harm. */
static void
wait_for_heir (TuttiSuccession *self, const TuttiHeir *heir, gint64 now_us)
{
  gint64 soon_us = heir->number == self->handed ? MIN (HANDED_SOON_US << self->rounds, SOON_US) : SOON_US;

  self->open = FALSE;
  self->blocked = TRUE;
  if (self->rounds >= SOON_TIMES)
    return;
  self->rounds++;
  self->wait_us = now_us + soon_us;
  start_round (self, PLACE_HOST);
}

static void
heir_tried (TuttiSuccession *self, TuttiTryResult result, gint64 now_us)
{
  const TuttiHeir *heir = &self->heirs.heir[self->heir++];

  if (heir->number == self->handed && result != TUTTI_TRY_NOT_HOST)
    self->handed_gone = TRUE;
  if (result == TUTTI_TRY_NOT_HOST && goes_before_me (self, heir))
    wait_for_heir (self, heir, now_us);
}

void
tutti_succession_tried (TuttiSuccession *self, TuttiTryResult result, gint64 now_us)
{
  if (!self->trying)
    return;
  self->trying = FALSE;
  if (self->place == PLACE_HEIRS)
    {
      heir_tried (self, result, now_us);
      return;
    }
  self->ended = result == TUTTI_TRY_NOBODY;
  self->place = PLACE_HEIRS;
}

gboolean
tutti_succession_knocked (TuttiSuccession *self)
{
  return self->lost && self->open && !self->reached;
}

gboolean
tutti_succession_is_lost (TuttiSuccession *self)
{
  return self->lost;
}
