/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-close.h"
#include "tutti-host.h"
#include "tutti-link.h"
#include "tutti-listener.h"

G_BEGIN_DECLS

/* What a host counts about itself, and how Prometheus reads it (text exposition format 0.0.4). Plain values: counting costs an
 * addition, and nothing is kept of anybody in particular.
 *
 * Thread: one, the house's. */

#define TUTTI_HISTOGRAM_BUCKETS 12

/* How long something took. */
typedef struct
{
  guint64 counts[TUTTI_HISTOGRAM_BUCKETS + 1];   /* by upper bound, not cumulated; the last one has none */
  guint64 sum_us;
} TuttiHistogram;

/* All of it only grows, but what is said to be of now. */
typedef struct
{
  TuttiHistogram messages;         /* one message of a guest dealt with, everyone's answers written */
  TuttiHistogram appends;          /* one operation written to the store */
  guint64        append_errors;
  gboolean       append_fails;     /* now: the last one did */
  guint64        rooms_opened, rooms_refused;
  guint64        stamped, refused, bad_messages, repairs, late;
  guint64        bytes_in, bytes_out, messages_in, messages_out;
  guint64        requests[6], requests_too_fast;   /* of the API, by class of status */
  guint64        uploads_refused, upload_bytes;
  guint64        closed[32];       /* links, by their place in the list of reasons */
  guint          rooms, people;    /* now */
} TuttiMetrics;

void  tutti_metrics_note_time  (TuttiHistogram *histogram, gint64 us);
void  tutti_metrics_note_close (TuttiMetrics *self, TuttiClose code);
void  tutti_metrics_add_host   (TuttiMetrics *self, const TuttiHostFigures *figures);
void  tutti_metrics_add_link   (TuttiMetrics *self, const TuttiLinkFigures *figures);

/* @listener: (nullable). (transfer full) */
char *tutti_metrics_to_text    (const TuttiMetrics *self, const TuttiListenerFigures *listener);

G_END_DECLS
