/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-hosting.h"
#include "tutti-link.h"

G_BEGIN_DECLS

/* The way from a session to whoever decides: a room in this program, or a host on the network. Both speak the same messages.
 *
 * Thread: the session's main context. */
typedef struct _TuttiWire TuttiWire;

typedef struct
{
  gpointer user;
  void (*opened) (gpointer user);
  void (*received) (gpointer user, const char *text, gsize length);

  /* It did not open (@error: TUTTI_LINK_ERROR), or it broke (@code). Called once; the wire is dead then. */
  void (*failed) (gpointer user, const GError *error);
  void (*closed) (gpointer user, TuttiClose code, const char *words);
} TuttiWireCalls;

/* @hosting is kept by reference; opened() comes from the main loop. */
TuttiWire  *tutti_wire_new_inside (TuttiHosting *hosting, const TuttiWireCalls *calls);

/* @fingerprint: (nullable) what the host must show. */
TuttiWire  *tutti_wire_new_outside (const TuttiAddress *address, const char *fingerprint, const TuttiWireCalls *calls);

/* No call comes any more. */
void        tutti_wire_free (TuttiWire *wire);

void        tutti_wire_send (TuttiWire *wire, const char *text);

/* (nullable) The link, for its figures; NULL inside or before it is open. */
TuttiLink  *tutti_wire_get_link (TuttiWire *wire);

G_END_DECLS
