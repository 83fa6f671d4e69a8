/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-counted-stream.h"
#include "tutti-identity.h"

G_BEGIN_DECLS

/*
 * One connection from TCP accept until it is gone, with the clocks that keep it from staying without purpose. The
 * doorkeeper that made it hears when TLS is ready and when the connection has gone.
 */
typedef struct _TuttiVisitor TuttiVisitor;

typedef struct
{
  void (*ready) (gpointer data, TuttiVisitor *visitor);        /* TLS is done: an HTTP request may come */
  void (*late) (gpointer data, TuttiVisitor *visitor);         /* a clock ran out; the connection is being cut */
  void (*gone) (gpointer data, TuttiVisitor *visitor);         /* last call; the visitor is freed behind it */
} TuttiVisitorWatch;

typedef struct
{
  guint handshake_ms, idle_ms, total_ms;
} TuttiVisitorTimes;

/* @peer: the address without its port, as text. @watch and @data are borrowed until tutti_visitor_forget() or gone. */
TuttiVisitor *tutti_visitor_new (GSocketConnection *tcp, GTlsCertificate *certificate, const char *peer,
                                 const TuttiVisitorTimes *times, const TuttiVisitorWatch *watch, gpointer data);

/* Cuts the connection unless it was handed to a link, and frees the visitor. Nobody is called. */
void tutti_visitor_forget (TuttiVisitor *self);

/* The request's headers are complete: from here on only an idle or an endless connection is cut. */
void tutti_visitor_note_request (TuttiVisitor *self);

/* A link takes over: all clocks end here, `gone` still comes. */
void tutti_visitor_note_upgrade (TuttiVisitor *self);

/* Cuts the connection now; `gone` follows. */
void tutti_visitor_cut (TuttiVisitor *self);

/* (transfer none) NULL until ready. */
TuttiCountedStream *tutti_visitor_get_stream (TuttiVisitor *self);
/* (transfer none) One object each for the life of the visitor. */
GSocketAddress *tutti_visitor_get_local (TuttiVisitor *self);
GSocketAddress *tutti_visitor_get_remote (TuttiVisitor *self);
const char *tutti_visitor_get_peer (TuttiVisitor *self);

G_END_DECLS
