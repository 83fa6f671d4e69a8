/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Trust on first use: which fingerprint a host showed when we first met it. A host that later shows another one is
 * refused loudly, with both values, until a person decides. Kept in a small file, written whole on each change.
 * Thread: one. Reads and writes a file of some kilobytes: call it where that is allowed.
 */
typedef struct _TuttiPins TuttiPins;

typedef enum
{
  TUTTI_PINS_ERROR_CHANGED,    /* not the fingerprint that was seen before */
  TUTTI_PINS_ERROR_DAMAGED,    /* the file cannot be read; it is left as it is */
  TUTTI_PINS_ERROR_FAILED,     /* could not be written */
} TuttiPinsError;

#define TUTTI_PINS_ERROR (tutti_pins_error_quark ())
GQuark tutti_pins_error_quark (void);

/* @path: the file, which need not exist yet. Returns: (transfer full), or NULL with @error. */
TuttiPins *tutti_pins_open (const char *path, GError **error);
void tutti_pins_free (TuttiPins *self);

/* @host: what the pin belongs to, as text ("192.0.2.7:7464", a jam id …), at most 256 bytes.
 * @now_s: seconds since 1970. Known and equal: TRUE, last seen is renewed. Unknown: remembered, TRUE. Changed: FALSE
 * with CHANGED, and nothing is written. */
gboolean tutti_pins_check (TuttiPins *self, const char *host, const char *fingerprint, gint64 now_s, GError **error);

/* A person decided to trust the new one. */
gboolean tutti_pins_replace (TuttiPins *self, const char *host, const char *fingerprint, gint64 now_s,
                             GError **error);

/* (nullable) (transfer full) The fingerprint remembered for @host. The times may be NULL. */
char *tutti_pins_lookup (TuttiPins *self, const char *host, gint64 *first_seen_s, gint64 *last_seen_s);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiPins, tutti_pins_free)

G_END_DECLS
