/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-box.h"
#include "tutti-control.h"

G_BEGIN_DECLS

/* What can be said to a running host: {"do":"list"}, "create", "close", "people", "kick", "ban", "unban", "backup", "reload", "stop".
 *
 * Thread: the box's. */
typedef struct
{
  gpointer   user;
  TuttiBox  *box;                  /* borrowed */

  /* Reads the configuration again; (transfer full) what waits for a restart, NULL nothing, or NULL with @error. */
  char    *(*reload) (gpointer user, GError **error);
  void     (*stop) (gpointer user);
} TuttiControlCommands;

/* A TuttiControlFunc; @commands: TuttiControlCommands. */
void tutti_control_commands_run (gpointer commands, JsonObject *command, TuttiControlCall *call);

G_END_DECLS
