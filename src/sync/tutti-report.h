/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How well a machine keeps up, as in WINDOW.md: the worst that holds. */
typedef enum
{
  TUTTI_QUALITY_IN_TIME, TUTTI_QUALITY_SETTLING, TUTTI_QUALITY_SLOW_LINK, TUTTI_QUALITY_LATE_EDITS,
  TUTTI_QUALITY_OUT_OF_TIME, TUTTI_QUALITY_AWAY,
  TUTTI_N_QUALITIES
} TuttiQuality;

/* What a participant says of it with its acknowledgements, and what admins are told. */
typedef struct
{
  guint   number;                  /* of the person */
  guint8  quality;                 /* TuttiQuality + 1; 0: it does not say */
  gint64  round_trip_us;           /* to the host */
  gint64  late;                    /* operations so far that came after their frame */
} TuttiReport;

/* In one message; where more have changed, the others come with the next one. */
#define TUTTI_REPORTS_MAX 64

G_END_DECLS
