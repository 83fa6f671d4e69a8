/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"
#include "tutti-lines.h"
#include "tutti-pictures.h"
#include "tutti-tail.h"

/* What goes over from a participant's copy to a host that is made from it, so that a jam goes on without its first host. */

/* Whose token has which SHA-256: who comes back is known to the next host too. */
typedef struct
{
  guint number;                    /* of the person */
  char  hash[TUTTI_HASH_HEX + 1];
  guint home;                      /* 1: of the program where the jam lives */
} TuttiToken;

/* Seats that an heir is told of. */
#define TUTTI_SEATS_TOLD_MAX 4096

typedef struct
{
  const TuttiJam  *jam;            /* as confirmed */
  gint64           seq, epoch;     /* of its newest operation */
  gint64           host_epoch;     /* the one of the host that was */
  gint64           last_at;        /* frame */
  gint64           lead;           /* frames */
  gint64           origin_ns;      /* the old host's time of frame 0 */
  guint            me, rank;       /* number of the person, and which heir it is */
  guint            people_max;
  const TuttiTail *tail;
  const GArray    *tokens;         /* of TuttiToken */
  gboolean         complete;       /* the old host handed over, and nobody can have more than this copy */
  const char      *door;           /* (nullable) passcode and bans, as the old host kept them */
  const TuttiLines *lines;         /* what was said */
  const TuttiPictures *pictures;   /* of people */
} TuttiEstate;
