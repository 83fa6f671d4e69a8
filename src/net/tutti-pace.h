/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-bucket.h"

G_BEGIN_DECLS

/*
 * How fast one connection's messages are taken up, so that nobody who speaks a lot keeps the others waiting: in one turn of the
 * loop one message of each connection; over time no more than a measure; and whoever stays beyond the measure for long is named.
 * What has been read and not taken up waits here, while the connection is asked to be read no further.
 *
 * Thread: one, that of the main context which is the thread's default when it is made.
 */
typedef struct _TuttiPace TuttiPace;

typedef struct
{
  gpointer user;
  void (*deliver) (gpointer user, GBytes *text);     /* may free the pace */
  void (*hold) (gpointer user, gboolean held);       /* read no further; read again */
  void (*too_fast) (gpointer user);                  /* beyond the measure for all of the patience; may free the pace */
} TuttiPaceCalls;

/* @a_second, @at_once: messages. @patience_ms: how long it may take from the first wait until there was none for a second. */
TuttiPace *tutti_pace_new (guint a_second, guint at_once, guint patience_ms, const TuttiPaceCalls *calls);
void       tutti_pace_free (TuttiPace *self);

/* A message came: delivered now or soon, in order. */
void       tutti_pace_receive (TuttiPace *self, GBytes *text);

/* The connection ended: delivers what came before that at once, which is no more than one read. */
void       tutti_pace_flush (TuttiPace *self);

/* Nothing is delivered any more, and the connection is read to its end. */
void       tutti_pace_stop (TuttiPace *self);

G_END_DECLS
