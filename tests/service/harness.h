/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-listener.h"

/* Runs the thread's main loop until @condition holds. What ends a test that hangs is the watchdog, generous and never
 * an assertion about speed. */
#define WAIT_FOR(condition) \
  G_STMT_START \
  { \
    GSource *watchdog_ = watchdog_start (G_STRLOC ": " #condition); \
    while (!(condition)) \
      g_main_context_iteration (g_main_context_get_thread_default (), TRUE); \
    g_source_destroy (watchdog_); \
    g_source_unref (watchdog_); \
  } \
  G_STMT_END

/* A source in the thread's context that aborts the program, naming @what, after a minute. It also wakes the loop
 * now and then for conditions that other threads fulfil. */
GSource *watchdog_start (const char *what);

/* g_test_init(), and without libsoup's line of debug for each frame: at ten thousands of frames printing it is what
 * takes the time. */
void harness_init (int *argc, char ***argv);

/* One host with a listener on loopback, and what its links told it. */
typedef struct
{
  TuttiIdentity *identity;
  TuttiListener *listener;
  GPtrArray *links;                /* all that came, kept until closed */
  GString *log;                    /* "link ", "message TEXT ", "closed CODE " */
  guint n_links, n_messages, n_closed;
  guint last_code;
  gboolean echo, welcome;
} Host;

void host_init (Host *self);
void host_start (Host *self);      /* after changing limits */
void host_clear (Host *self);
guint16 host_port (Host *self);
TuttiAddress *host_address (Host *self);

/* One link as a guest sees it. */
typedef struct
{
  TuttiLink *link;
  GError *error;
  gboolean done;
  guint n_messages, n_closed, n_drained;
  guint code;
  gboolean retryable;
  char *words;
  GPtrArray *texts;
} Guest;

/* Connects and waits for the answer, whichever it is. */
void guest_connect (Guest *self, const TuttiAddress *address, const char *fingerprint, guint timeout_ms);
void guest_begin (Guest *self, const TuttiAddress *address, const char *fingerprint, guint timeout_ms);
void guest_clear (Guest *self);

/* For those who never answer a farewell: how long they have does not matter to what happens then. */
#define LINGER_MS 50

/* What a slow machine needs for TLS must not pass for somebody's slowness: only what comes to nothing is given a short time. */
#define SHORT_MS 50

/* Each row of @table, which begins with its name, is a test of its own: @function with its index. */
#define ADD_ROWS(prefix, table, function) \
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) \
    { \
      g_autofree char *path_ = g_strconcat (prefix, table[i].name, NULL); \
      g_test_add_data_func (path_, GSIZE_TO_POINTER (i), function); \
    }
