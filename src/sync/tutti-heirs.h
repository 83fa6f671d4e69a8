/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-limits.h"

#include <glib.h>

/* Who may go on with a jam when its host is gone: participants who said that they are willing, in the order in which they would.
 * The host keeps the list and tells everybody. Pure. */

/* A numeric IPv6 address with its zone is the longest. */
#define TUTTI_HEIR_ADDRESS_MAX 63
#define TUTTI_HEIRS_MAX 7

typedef struct
{
  guint number;                    /* of the person */
  guint rank;                      /* 1 goes first … TUTTI_HEIRS_MAX; each is given once */
  guint port;                      /* TCP, where it would host; 0: no longer willing */
  guint clock_port;                /* UDP, where it tells the jam's time already */
  char  address[TUTTI_HEIR_ADDRESS_MAX + 1];    /* numeric */
  char  fingerprint[TUTTI_HASH_HEX + 1];        /* of its certificate */
  guint home;                      /* 1: the jam lives there, and it wants it back: a box that was away */
} TuttiHeir;

/* By rank. */
typedef struct
{
  guint     n;
  TuttiHeir heir[TUTTI_HEIRS_MAX];
} TuttiHeirs;

/* Adds @heir, replaces the one of its number, or (port 0) removes it. A number that is new when the list is full, or whose rank
 * is taken, changes nothing. */
void             tutti_heirs_set (TuttiHeirs *heirs, const TuttiHeir *heir);

/* (nullable) */
const TuttiHeir *tutti_heirs_find (const TuttiHeirs *heirs, guint number);

/* The lowest rank that nobody has, 0 when all are given. */
guint            tutti_heirs_free_rank (const TuttiHeirs *heirs);

/* The epoch of who hosts next, after @epoch. No two hosts come to the same one, not even in histories that parted: @number is the
 * person who takes over as the heir of @rank; with rank 0 it is the same host again, after a restart. Of several at once the
 * highest is to go on: whose history has changed hands more often, the first heir before the second, any before the host. */
gint64           tutti_epoch_after (gint64 epoch, guint rank, guint number);
