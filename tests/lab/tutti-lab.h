/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Tests in a LAN in a box: programs on machines, spoken to and listened to line by line.
 * Every wait is for a condition; the deadline only ends a test that hangs. Whatever fails ends the test program, and
 * with it everything in the box. Thread: main. */

/* How long any single wait may take at most. Far beyond what a busy machine needs. */
#define TUTTI_LAB_DEADLINE_S 60

typedef struct _TuttiLabProcess TuttiLabProcess;

void             tutti_lab_enter   (int *argc, char ***argv);
char            *tutti_lab         (const char *words, ...) G_GNUC_PRINTF (1, 2);
void             tutti_lab_sweep   (void);

TuttiLabProcess *tutti_lab_spawn   (const char *machine, ...) G_GNUC_NULL_TERMINATED;
TuttiLabProcess *tutti_lab_spawnv  (const char *machine, const char *const *argv);
const char      *tutti_lab_expect  (TuttiLabProcess *process, const char *pattern);
const char      *tutti_lab_expect_within (TuttiLabProcess *process, const char *pattern, guint seconds);
gboolean         tutti_lab_heard   (TuttiLabProcess *process, const char *pattern);
void             tutti_lab_forget  (TuttiLabProcess *process);
void             tutti_lab_say     (TuttiLabProcess *process, const char *line);
void             tutti_lab_signal  (TuttiLabProcess *process, int number);
int              tutti_lab_finish  (TuttiLabProcess *process);
const char      *tutti_lab_get_pid (TuttiLabProcess *process);

G_END_DECLS
