/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-house.h"

G_BEGIN_DECLS

/* What a tutti-host is told: by its defaults, then by a file (GKeyFile, see data/tutti-host.conf), then by its command line.
 *
 * Thread: any. */
typedef struct
{
  char          *name;             /* (nullable) of the default jam; all texts are owned */
  char          *data;             /* where jams and sounds are kept; NULL until somebody says */
  char          *control;          /* (nullable) path of the control socket */
  int            port;             /* TCP, 0: any */
  const char    *demo;             /* (nullable) new jams start with this one of tutti-demos.h; lives for ever */
  gboolean       announce;
  int            announced_max;    /* jams */
  int            jams_max;         /* open at once */
  int            people_max;       /* in all jams */
  int            people_a_jam_max;
  int            connections_max, connections_an_address_max;
  int            idle_s;           /* until an empty jam is closed, 0: never */
  GLogLevelFlags log_level;        /* this one and all that are graver */
  gboolean       metrics_for_all;  /* else only from this machine */
  gboolean       jams_listed;      /* strangers may ask which jams there are … */
  gboolean       jams_creatable;   /* … and make new ones */
  int            upload_person_mib, upload_jam_mib;      /* of sound a day, 0: no bound */
  int            upload_total_mib;                       /* of sound that is kept */
  char          *origins;          /* (nullable) of pages that may speak to it, with ";" between them */
} TuttiHostConfig;

#define TUTTI_HOST_CONFIG_ERROR (tutti_host_config_error_quark ())
GQuark tutti_host_config_error_quark (void);

typedef enum
{
  TUTTI_HOST_CONFIG_ERROR_INVALID, /* the message names file, group, key and reason */
} TuttiHostConfigError;

/* The defaults. */
void     tutti_host_config_init  (TuttiHostConfig *self);
void     tutti_host_config_clear (TuttiHostConfig *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TuttiHostConfig, tutti_host_config_clear)

/* Reads @path over what @self says; a file with anything wrong in it changes nothing. */
gboolean tutti_host_config_read  (TuttiHostConfig *self, const char *path, GError **error);

/* The same of a text that was read already; @path only names it. */
gboolean tutti_host_config_read_text (TuttiHostConfig *self, const char *path, const char *text, gsize length, GError **error);

/* Sets one value as a file would, for options that have the same bounds. @where: for the words, such as "--port". */
gboolean tutti_host_config_set   (TuttiHostConfig *self, const char *where, const char *group, const char *key, const char *value,
                                  GError **error);

void     tutti_host_config_copy  (TuttiHostConfig *to, const TuttiHostConfig *from);

/* Takes over from @other what can change while a host runs; the rest stays. */
void     tutti_host_config_take_over (TuttiHostConfig *self, const TuttiHostConfig *other);

/* Returns: (transfer full) (nullable) the keys that differ and cannot change while a host runs: "[host] port, [host] data". */
char    *tutti_host_config_difference (const TuttiHostConfig *self, const TuttiHostConfig *other);

/* The bounds in the form that a house takes. */
void     tutti_host_config_get_limits (const TuttiHostConfig *self, TuttiHouseLimits *limits);

G_END_DECLS
