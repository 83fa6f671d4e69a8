/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/*
 * The other end as an enemy would write it: blocking calls on TLS in a thread of its own, free to break every rule.
 */
typedef struct
{
  GSocketConnection *tcp;
  GIOStream *tls;
} RawPeer;

/* A thread of an enemy begins and ends with these: GIO asks about certificates in the thread's own context. */
GMainContext *raw_begin_thread (void);
void raw_end_thread (GMainContext *context);

/* A guest. NULL when the host did not take it. */
RawPeer *raw_connect (guint16 port);
void raw_free (RawPeer *self);

/* FALSE when the other end has gone. */
gboolean raw_write (RawPeer *self, const void *bytes, gsize length);
gboolean raw_write_text (RawPeer *self, const char *text);

/* (transfer full) Up to and with the empty line; what there was when the line ended. */
char *raw_read_head (RawPeer *self);
/* (transfer full) Until the other end closes. */
char *raw_read_all (RawPeer *self);

/* The upgrade at /socket with this subprotocol; the answer's head. */
char *raw_upgrade (RawPeer *self, const char *protocol, const char *more_headers);

/* One frame; @first: FIN and opcode; a mask of zeros where asked for. */
gboolean raw_write_frame (RawPeer *self, guint8 first, const void *payload, gsize length, gboolean masked);

/* (transfer full) The next frame's payload, two zero bytes behind it; NULL when the line ended. */
char *raw_read_frame (RawPeer *self, guint *opcode, gsize *length);

/* Reads frames until a close frame: its code, 0 when the line ended without one. */
guint raw_read_close (RawPeer *self);

/* A host of one connection, on its own port, with its own certificate. */
typedef struct
{
  GSocketListener *listener;
  GTlsCertificate *certificate;
  guint16 port;
  gboolean heard;              /* a script's own note */
} RawHost;

void raw_host_init (RawHost *self, GTlsCertificate *certificate);
void raw_host_clear (RawHost *self);
/* Takes one guest, TLS done. */
RawPeer *raw_host_accept (RawHost *self);
/* Reads the guest's request and agrees to it with this subprotocol. */
gboolean raw_host_upgrade (RawPeer *peer, const char *protocol);
