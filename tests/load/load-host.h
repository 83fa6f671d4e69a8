/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tutti-id.h"

/* A tutti-host in a process of its own, so that what it takes is its alone, on a port of the loopback that it keeps when it is
 * started again. What goes wrong ends the program in words. Thread: one. */
typedef struct
{
  char   *program, *folder;        /* owned */
  GPid    pid;                     /* 0: does not run */
  guint16 port;
} LoadHost;

/* @limits: further lines of the configuration, from [limits] on. The folder is made; nothing runs yet. */
void   load_host_init (LoadHost *host, const char *program, const char *limits);

/* Ends it as systemd would, and takes its folder away. */
void   load_host_clear (LoadHost *host);

/* A jam with what the demo has and @scenes further ones, called “0”; to be called while nothing runs. @clip: (out), of the first
 * track. (transfer full) */
char  *load_host_jam (LoadHost *host, guint scenes, TuttiId *clip);

/* The id of scene @n of those. */
TuttiId load_scene (guint n);

/* Starts, and waits until it listens. */
void   load_host_start (LoadHost *host);

/* kill -9, and waits until it is gone. */
void   load_host_kill (LoadHost *host);

/* As systemd would stop it, and waits until it is gone. */
void   load_host_stop (LoadHost *host);
void   load_host_signal (LoadHost *host, int signal);

double load_host_memory_kb (const LoadHost *host);       /* resident */
double load_host_cpu_s (const LoadHost *host);           /* of all its threads on a processor */
double load_host_starved_s (const LoadHost *host);       /* in which they could have run, and others did */
