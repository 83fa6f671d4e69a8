/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-replica.h"
#include "tutti-succession.h"

/* A band in simulated time: machines that may each host the jam, between which cables are pulled, and whose programs are frozen,
 * killed and started again. Hosts, copies and succession are the real ones; what is made up is the network, and the disk of each
 * machine (what its host kept). Number 0 hosts first. */

#define TUTTI_BAND_MAX 8

/* Fields that belong to one machine each, so that what it was told is certain can be looked for in the end. */
#define TUTTI_BAND_FIELDS 4

typedef struct _TuttiBand TuttiBand;
typedef struct _TuttiBandWire TuttiBandWire;

typedef struct
{
  TuttiJam *jam;                   /* owned; NULL: this machine never hosted */
  gint64    seq, before, last_at;  /* what came before the entries */
  gint64    epoch;                 /* of its last host */
  GPtrArray *entries;
  GPtrArray *inherited;            /* those before, as far as they were known */
  GHashTable *tokens;              /* person number → token hash */
} TuttiBandDisk;

typedef struct
{
  TuttiBand       *band;
  guint            index;
  gboolean         running, frozen;
  TuttiHost       *host;           /* NULL: hosts nothing */
  gint64           epoch;          /* in which it does */
  TuttiReplica    *replica;
  TuttiSuccession *succession;
  TuttiBandWire   *wire;           /* its way to a host, own or other */
  guint            trying;         /* the machine it calls, + 1; 0: none */
  gint64           try_until_us;
  char             address[16];    /* of the host it was in last */
  TuttiBandDisk    disk;
  char             token[TUTTI_TOKEN_HEX + 1];
  guint            said[TUTTI_BAND_FIELDS];       /* the last edit of each own field */
  guint            certain[TUTTI_BAND_FIELDS];    /* the last of them that was acknowledged */
  gint64           leaves_us;      /* it gave the jam back, and ends hosting then; 0: not */
  guint            copies;         /* documents that replaced its own */
} TuttiBandMate;

struct _TuttiBand
{
  GRand        *rand;
  TuttiNow      now;
  guint         n;
  GPtrArray    *wires;
  guint         next_connection;
  gboolean      boxed;             /* the jam lives on machine 0: it is given back when it can be */
  gboolean      cut[TUTTI_BAND_MAX][TUTTI_BAND_MAX];
  TuttiBandMate mate[TUTTI_BAND_MAX];
};

void tutti_band_init (TuttiBand *band, guint n, guint32 seed);
void tutti_band_clear (TuttiBand *band);

/* Time passes; what is due happens. */
void tutti_band_run (TuttiBand *band, gint64 us);

/* Machine @i writes into one of its own fields, or a step that all write. */
void tutti_band_edit (TuttiBand *band, guint i);

/* The program ends without a word; starts again, with what is on its disk. */
void tutti_band_kill (TuttiBand *band, guint i);
void tutti_band_start (TuttiBand *band, guint i);

/* The program stands still for a while. */
void tutti_band_freeze (TuttiBand *band, guint i, gboolean frozen);

/* No way between machines of @side (bits) and the others; 0: all reach each other. */
void tutti_band_part (TuttiBand *band, guint side);

/* The host, @i, gives the jam to the first heir and leaves. */
guint tutti_band_hand_over (TuttiBand *band, guint i);

/* The jam lives on machine 0 from now on. */
void tutti_band_make_box (TuttiBand *band);

/* How many machines host now. */
guint tutti_band_n_hosts (TuttiBand *band);

/* What field @field of machine @i says in @jam: the number of an edit, 0 none yet. */
guint tutti_band_read (const TuttiJam *jam, guint i, guint field);
