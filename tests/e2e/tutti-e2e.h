/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-lab.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The installed programs, on machines in a box, as a person in a terminal uses them. What is said is standard output and
 * errors together. Every answer that is missing or wrong ends the test program with all that was said. A machine NULL is the box itself: no
 * network but the loopback, and --data must be given. Thread: main. */

typedef struct
{
  TuttiLabProcess *process;
  char            *place;              /* owned: "10.77.0.1:7464" */
  guint            port;
  char            *jam, *fingerprint;  /* owned */
} TuttiE2eHost;

/* Words of a command line, up to NULL. */
#define TUTTI_E2E_WORDS(...) ((const char *const[]) { __VA_ARGS__, NULL })

/* Starts tutti-host on @machine and waits until it listens. What it keeps is below the machine's own /run/home. */
TuttiE2eHost    *tutti_e2e_host      (const char *machine, const char *const *words);
void             tutti_e2e_host_free (TuttiE2eHost *host);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiE2eHost, tutti_e2e_host_free)

/* Starts a program, "tuttictl" or "tutti-host". */
TuttiLabProcess *tutti_e2e_start     (const char *machine, const char *program, const char *const *words);

/* Waits for its end, demands this exit code and returns all that it said. (transfer full) */
char            *tutti_e2e_finish    (TuttiLabProcess *process, int exit_code);

/* tuttictl from start to end. (transfer full) */
char            *tutti_e2e_ctl       (const char *machine, int exit_code, const char *const *words);

/* Joins and waits until it is in; @seconds counts from there. @more: further words, or NULL. */
TuttiLabProcess *tutti_e2e_join      (const char *machine, const TuttiE2eHost *host, double seconds, const char *const *more);

/* The summary at the end of a join, which must have ended well; the last line of @text as an object. (transfer full) */
JsonObject      *tutti_e2e_left      (TuttiLabProcess *join);
JsonObject      *tutti_e2e_object    (const char *text);

/* `status --json`, asked on @machine itself. (transfer full) */
JsonObject      *tutti_e2e_status    (const char *machine, const TuttiE2eHost *host);

/* Asks for the status until its member @key is @value, as text or number in decimal. */
void             tutti_e2e_await     (const char *machine, const TuttiE2eHost *host, const char *key, const char *value);

/* `browse --json`, until it lists @n jams. (transfer full) */
char            *tutti_e2e_find      (const char *machine, guint n);

/* Demands that @text matches a regular expression. */
void             tutti_e2e_match     (const char *text, const char *pattern);

/* Two documents: the same jam, operation and hash. */
void             tutti_e2e_same      (JsonObject *one, JsonObject *other);

/* Both rendered the same: every second that both finished and call "ok" has one fingerprint. Returns how many. */
guint            tutti_e2e_same_sound (JsonObject *one, JsonObject *other);

/* How often it says that a busy machine threw it out of its course: what it heard tells nothing then. */
gint64           tutti_e2e_breaks     (JsonObject *left);

G_END_DECLS
