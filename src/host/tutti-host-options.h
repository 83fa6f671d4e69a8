/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-host-config.h"

G_BEGIN_DECLS

/* The command line of tutti-host. What it says counts more than the file, also when the file is read again. */
typedef struct
{
  char    *config;                 /* (nullable) the file; all texts are owned */
  char    *name, *port, *data, *control, *people, *log_level;      /* (nullable): not said */
  char    *demo;                   /* owned, nullable */
  gboolean no_mdns, version;
} TuttiHostOptions;

/* FALSE: wrong options, with words. Ends the program for --help, as GOption does. */
gboolean tutti_host_options_parse (TuttiHostOptions *self, int argc, char **argv, GError **error);
void     tutti_host_options_clear (TuttiHostOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TuttiHostOptions, tutti_host_options_clear)

/* Defaults, file and options together in @config, which was cleared or never used. */
gboolean tutti_host_options_read  (const TuttiHostOptions *self, TuttiHostConfig *config, GError **error);

G_END_DECLS
