/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* One word of tuttictl. Each reads its own arguments and answers with an exit code. */

enum
{
  TUTTI_EXIT_OK = 0,
  TUTTI_EXIT_FAILED = 1,           /* it was tried and did not work */
  TUTTI_EXIT_USAGE = 2             /* wrong arguments */
};

int tutti_command_browse (int argc, char **argv);
int tutti_command_status (int argc, char **argv);
int tutti_command_send   (int argc, char **argv);
int tutti_command_join   (int argc, char **argv);
int tutti_command_verify (int argc, char **argv);
int tutti_command_render (int argc, char **argv);
int tutti_command_host   (int argc, char **argv);
int tutti_command_soundfont (int argc, char **argv);

/* Parses @entries; FALSE: it was said why. */
gboolean tutti_command_parse (const char *usage, const char *words, const GOptionEntry *entries, int *argc, char ***argv);

/* The passcode for a jam that asks for one, "" for none: from the environment, since a command line can be read by everyone.
 * (transfer none) */
const char *tutti_command_passcode (void);

/* Says @error on stderr and returns TUTTI_EXIT_FAILED. */
int      tutti_command_fail (const GError *error);
