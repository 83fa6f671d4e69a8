/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-host.h"
#include "tutti-report.h"

/* One connection as the host sees it, for whoever looks after it. */
typedef struct
{
  guint       connection;
  TuttiReport report;              /* number 0: not let in yet */
  gint64      acked;               /* seq */
  gint64      silent_us;           /* since it acknowledged something, where there is something to acknowledge; else 0 */
  gint64      lead_extra;          /* frames that its late edits ask for */
  guint       heir_rank;           /* 0: not willing to go on with the jam */
  gboolean    home;                /* the window of whoever hosts */
} TuttiHostGuest;

/* All of them, of TuttiHostGuest, by connection. (transfer full) */
GArray *tutti_host_list_guests (TuttiHost *host, TuttiNow now);
