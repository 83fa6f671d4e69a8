/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-output.h"

#include "tutti-stream.h"

/* An output's parts, shared by its files alone. */

struct _TuttiOutput
{
  GObject parent_instance;

  /* owned; set at construction */
  TuttiSrc *src;
  GstElement *personal;        /* a bin of tutti-personal.h */
  TuttiSharedClock *clock;
  GMainContext *context;
  TuttiSinkMaker make_sink;
  gpointer sink_data;

  /* main thread */
  GThread *thread;             /* owned */
  char *device;                /* owned */
  double trim_ms;
  double volume;
  gboolean mute;
  gboolean mono;
  TuttiOutputState shown;      /* as last notified */

  GMutex lock;
  GCond wake;
  gboolean stop;
  gboolean restart;            /* the device changed */
  gint64 origin_ns;
  char *device_wanted;         /* owned */
  TuttiOutputState state;
  char *problem;               /* owned */
  TuttiStreamCard card;
  gboolean telling;            /* an idle is on its way to the main context */
  gboolean slept;

  /* the output's thread */
  TuttiStream *stream;         /* owned */
  gboolean has_played;
  gint64 retry_ns;
  gint64 pause_ns;
  gint64 slept_ns;
};

/* The output's thread, from start to end; @data is the output. */
gpointer tutti_output_run (gpointer data);

/* Thread: any. The main context hears of it; with the lock held already, and without a new state. */
void tutti_output_become (TuttiOutput *self, TuttiOutputState state, const GError *problem);
void tutti_output_tell_soon (TuttiOutput *self);
