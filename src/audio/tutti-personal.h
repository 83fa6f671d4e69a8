/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Effects that only this machine hears: GStreamer elements between the mix and the loudspeaker. They are in no document, no
 * fingerprint and no export. What there is depends on what is installed here, LV2 plug-ins with it.
 *
 * Thread: main, unless said otherwise. */

#define TUTTI_PERSONAL_EFFECTS_MAX 8
#define TUTTI_PERSONAL_PARAMS_MAX 32

typedef struct
{
  const char *property;        /* of the element; lives as long as the kind */
  const char *name;            /* for people, to be translated */
  double      min, max, initial;
} TuttiPersonalParam;

typedef struct
{
  char               *element; /* name of the element's factory; owned */
  char               *name;    /* for people, untranslated; owned */
  gboolean            chosen;  /* one of ours, with names that are translated; else a plug-in somebody installed */
  guint               n_params;
  TuttiPersonalParam  params[TUTTI_PERSONAL_PARAMS_MAX];
  char               *texts;   /* owned: what the names of a plug-in's params lie in */
} TuttiPersonalKind;

/* What can be used here, ours first, plug-ins by name. (transfer none) of TuttiPersonalKind; asked of the registry once. */
GPtrArray *tutti_personal_kinds (void);

/* (nullable) Lives for ever. */
const TuttiPersonalKind *tutti_personal_kind_find (const char *element);

typedef struct
{
  char    *element;            /* owned; perhaps not installed here (any more) */
  gboolean on;
  double   values[TUTTI_PERSONAL_PARAMS_MAX];  /* by the kind's params; as they are for an unknown kind */
} TuttiPersonalEffect;

/* A chain: (transfer full) of TuttiPersonalEffect. */
GPtrArray *tutti_personal_chain_new  (void);
GPtrArray *tutti_personal_chain_copy (GPtrArray *chain);

/* One more at the end, with the kind's values; FALSE when the chain is full. */
gboolean   tutti_personal_chain_add  (GPtrArray *chain, const TuttiPersonalKind *kind);

/* As one line of JSON, and back: what is damaged or too much is left out, so that the rest is still heard. */
char      *tutti_personal_chain_to_text   (GPtrArray *chain);
GPtrArray *tutti_personal_chain_from_text (const char *text);

/* Whether both have the same elements in the same places, on and off alike: then only values differ. */
gboolean   tutti_personal_chain_same_shape (GPtrArray *one, GPtrArray *other);

/* ---- as elements ---- */

/* A bin with one pad in and one out through which stereo floats pass as they are. (transfer floating) */
GstElement *tutti_personal_bin_new (void);

/* What @bin does from now on. The same shape as before only sets values; another one exchanges the elements between two buffers.
 * Elements that cannot be made are left out. Thread: any but the streaming thread. */
void        tutti_personal_bin_set_chain (GstElement *bin, GPtrArray *chain);

/* Whether what comes out, behind all effects, is the same on both sides. Thread: any. */
void        tutti_personal_bin_set_mono (GstElement *bin, gboolean mono);

G_END_DECLS
