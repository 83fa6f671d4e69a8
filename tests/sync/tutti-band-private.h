/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-band.h"

/* A band's parts, shared by its files alone. */

struct _TuttiBandWire
{
  TuttiBandMate *guest, *host;     /* NULL: that end is closed */
  guint          connection;
  GQueue         up, down;         /* of Parcel */
  gint64         heard_us;         /* when both could hear each other last */
  gboolean       closing;          /* by the host, when all is said */
  TuttiClose     code;
};

/* What happened, when one schedule is looked at alone. */
void      band_note (TuttiBand *band, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Cables (tutti-band-wire.c). */
void      band_connect_to (TuttiBandMate *mate, TuttiBandMate *host);
void      band_free_wire (gpointer wire);
TuttiBandWire *band_wire_of (TuttiBandMate *host, guint connection);
gboolean  band_can_hear (const TuttiBandMate *a, const TuttiBandMate *b);

/* Sends @text on its way in @queue of a wire; @inside a machine it takes no time. */
void      band_post (TuttiBand *band, GQueue *queue, const char *text, gboolean inside);

/* What is due arrives. */
void      band_deliver (TuttiBand *band, TuttiBandWire *wire);

/* The same where both ends hear each other; else each gives the other up after a while. */
void      band_look_after (TuttiBand *band, TuttiBandWire *wire);

/* The host's end is gone. */
void      band_host_lost (TuttiBandWire *wire);

/* @mate hosts no more: everyone hears that, as far as they hear. */
void      band_stop_hosting (TuttiBandMate *mate, TuttiClose why);

/* @mate has no host, and looks for one. */
void      band_seek (TuttiBandMate *mate, TuttiClose why);

/* A machine as guest (tutti-band-copy.c). */
void      band_new_replica (TuttiBandMate *mate);

/* It would go on hosting. */
void      band_offer (TuttiBandMate *mate);
TuttiId   band_field_id (guint i, guint field);

/* A machine as host (tutti-band-host.c). */

/* It goes on with the jam. Those who are here come too; an instant is spent on waiting for them. */
void      band_take_over (TuttiBandMate *mate);

/* What a host that starts again finds on its disk. */
void      band_open_disk (TuttiBandMate *mate);
void      band_free_entry (gpointer entry);
