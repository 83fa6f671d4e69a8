/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* What this machine alone remembers. The one place that knows the names of the keys. Where the schema is not installed
 * (a program run from an unprepared folder) the defaults hold and nothing is remembered. */

/* (transfer none) (nullable): NULL without schema. For bindings to preferences. */
GSettings *tutti_settings_get (void);

/* Whether this machine goes on with a jam whose host is gone. */
gboolean   tutti_settings_get_hosts_when_needed (void);

/* Whether who joins and leaves is told, and whether what others say chimes. */
gboolean tutti_settings_get_notify_joins (void);
gboolean tutti_settings_get_chat_chime (void);

gboolean tutti_settings_get_space_toggles (void);
gboolean tutti_settings_get_follow (void);
void     tutti_settings_set_follow (gboolean follow);
gboolean tutti_settings_get_first_run_done (void);
/* Whether the first hints began once. */
gboolean tutti_settings_get_hints_done (void);
void     tutti_settings_set_hints_done (void);

/* The folder of the last export as a URI, and the name of its format (tutti-export-format.h); empty: none yet. (transfer full) */
char    *tutti_settings_dup_export_folder (void);
void     tutti_settings_set_export_folder (const char *uri);
char    *tutti_settings_dup_export_format (void);
void     tutti_settings_set_export_format (const char *name);
int      tutti_settings_get_desk_stop (void);
void     tutti_settings_set_desk_stop (int stop);
void     tutti_settings_get_window (int *width, int *height, gboolean *maximized);
void     tutti_settings_set_window (int width, int height, gboolean maximized);

/* Name and colour (TuttiPersonColour, −1: none yet) of whoever plays here. (transfer full) */
char    *tutti_settings_dup_profile (int *colour);
void     tutti_settings_set_profile (const char *name, int colour);

/* How they look, as in tutti-picture.h; empty: no picture. (transfer full) */
char    *tutti_settings_dup_picture (void);
void     tutti_settings_set_picture (const char *picture);

/* My output: level in dB (−96 is silence), mute, the sound server's name of the device ("": its default; (transfer full)), and
 * the latency trim of each device in milliseconds. */
double   tutti_settings_get_output_level_db (void);
void     tutti_settings_set_output_level_db (double level_db);
gboolean tutti_settings_get_output_muted (void);
void     tutti_settings_set_output_muted (gboolean muted);
char    *tutti_settings_dup_output_device (void);
void     tutti_settings_set_output_device (const char *device);
/* The effects that only this machine hears, as tutti_personal_chain_to_text() writes them. (transfer full) */
char    *tutti_settings_dup_personal_effects (void);
void     tutti_settings_set_personal_effects (const char *text);
/* How much louder (1/100 dB) only this machine hears the track that @key names; 0 as everybody does. The last few hundred are kept. */
int      tutti_settings_get_ears (const char *key);
void     tutti_settings_set_ears (const char *key, int gain);
gboolean tutti_settings_get_ears_on (void);
double   tutti_settings_get_output_trim_ms (const char *device);
void     tutti_settings_set_output_trim_ms (const char *device, double trim_ms);
