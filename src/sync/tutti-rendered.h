/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-id.h"

G_BEGIN_DECLS

/* What a machine made of one second of the jam: whether everyone's is the same, bit for bit, is asked from machine to machine. */
typedef enum
{
  TUTTI_RENDERED_OK,
  TUTTI_RENDERED_SETTLING,         /* it came too recently: its effects remember another past */
  TUTTI_RENDERED_LATE,             /* an edit of that second reached it too late */
  TUTTI_RENDERED_UNKNOWN,          /* it renders nothing, or not yet, or that second is too long ago */
  TUTTI_N_RENDERED_STATES
} TuttiRenderedState;

typedef struct
{
  TuttiId track;
  guint64 hash;                    /* of what is heard of it, behind its fader */
} TuttiRenderedTrack;

typedef struct
{
  gint64  second;                  /* frames [second · 48000, (second + 1) · 48000) */
  guint8  state;                   /* TuttiRenderedState */
  guint64 hash;                    /* of the mix; 0 unknown */
  GArray *tracks;                  /* (nullable) of TuttiRenderedTrack, by rising id; owned */
} TuttiRendered;

static inline void
tutti_rendered_clear (TuttiRendered *rendered)
{
  g_clear_pointer (&rendered->tracks, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TuttiRendered, tutti_rendered_clear)

/* So long ago, at least, must a second be that every machine is done with it, corrections of edits that came late included; and so
 * long is it kept. Seconds. */
#define TUTTI_RENDERED_AFTER 6
#define TUTTI_RENDERED_KEPT 50

G_END_DECLS
