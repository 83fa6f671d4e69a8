/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A straight line between two clocks: host = host_ns + (local − local_ns)·(1 + rate). A value, so that it crosses threads whole. */
typedef struct
{
  gint64 local_ns;             /* where on the local clock the line is anchored: the newest observation */
  gint64 host_ns;              /* what the host's clock read there */
  double rate;                 /* how much faster the host's clock runs; 1e-6 is one ppm */
} TuttiClockLine;

/* Both directions multiply only the distance from the anchor, never an absolute time: a double holds 0.1 ns of that for months. */
gint64 tutti_clock_line_to_host  (const TuttiClockLine *line, gint64 local_ns);
gint64 tutti_clock_line_to_local (const TuttiClockLine *line, gint64 host_ns);

#define TUTTI_CLOCK_FIT_SETTLED 8      /* observations before the line may be played by */

typedef enum
{
  TUTTI_CLOCK_FIT_USED,        /* the line was fitted again */
  TUTTI_CLOCK_FIT_DROPPED,     /* impossible or too far off; the line stays */
  TUTTI_CLOCK_FIT_RESTARTED,   /* the third in a row too far off: everything older was forgotten */
  TUTTI_CLOCK_FIT_FROZEN,      /* holding over; the observation was not looked at */
} TuttiClockFitResult;

typedef struct
{
  guint n_observations;        /* inside the window */
  gboolean settled;            /* at least TUTTI_CLOCK_FIT_SETTLED of them since the last restart */
  gboolean frozen;
  double error_us;             /* one standard deviation at the newest observation; an asymmetric path is not visible in it */
  double rtt_min_us;           /* best round trip of the newest server: fastest request with fastest reply */
  double rtt_us;               /* the newest round trip */
  gint64 newest_local_ns;      /* when the newest used observation was made */
  guint restarts;
} TuttiClockFitState;

typedef struct _TuttiClockFit TuttiClockFit;

/* Estimates one host time from observations of one or several servers that serve it. Pure: time comes as arguments.
 * Thread: the caller's lock. */
TuttiClockFit *tutti_clock_fit_new  (void);
void           tutti_clock_fit_free (TuttiClockFit *fit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiClockFit, tutti_clock_fit_free)

/* Forgets everything, also the freeze; the restarts stay counted. */
void tutti_clock_fit_reset (TuttiClockFit *fit);

/* One exchange with server `server` (any number; another number is another path): `local_ns` is the middle of sending and
 * receiving on the local clock, `remote_ns` what the server read, `rtt_ns` the time between sending and receiving. */
TuttiClockFitResult tutti_clock_fit_add (TuttiClockFit *fit, guint server, gint64 local_ns, gint64 remote_ns, gint64 rtt_ns);

/* Hold-over: the line goes on with its offset and rate, observations are ignored until thawed. */
void tutti_clock_fit_freeze (TuttiClockFit *fit);
void tutti_clock_fit_thaw   (TuttiClockFit *fit);

/* The line as of the newest observation; FALSE and untouched while there is none. */
gboolean tutti_clock_fit_get_line  (const TuttiClockFit *fit, TuttiClockLine *line);
void     tutti_clock_fit_get_state (const TuttiClockFit *fit, TuttiClockFitState *state);

G_END_DECLS
