/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Those who do not come to play: connections without a word, or with a few bytes now and then, on the loopback's many addresses, so
 * that no bound on one of them is what stops them. Plain blocking sockets. Thread: one. */
typedef struct
{
  GArray *sockets;                 /* of int, open at our end */
  guint   refused;                 /* the host closed or reset them */
} LoadStrangers;

/* Raises the bound on open files so that @n fit; ends the program where the system says no. */
void load_strangers_init (LoadStrangers *self, guint n);
void load_strangers_clear (LoadStrangers *self);

/* @n more connections to @port, which say nothing. */
void load_strangers_come (LoadStrangers *self, guint16 port, guint n);

/* Each still open says one byte more of what could become TLS; those that the host closed are counted and forgotten. */
void load_strangers_drip (LoadStrangers *self);
