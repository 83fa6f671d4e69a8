/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A fader in decibels with its scale, +6 at the top and silence at the bottom. A GtkRange over 0…1 of its way;
 * tutti_fader_get_cdb() and tutti_fader_set_cdb() speak in 1/100 dB. */
#define TUTTI_TYPE_FADER (tutti_fader_get_type ())
G_DECLARE_FINAL_TYPE (TuttiFader, tutti_fader, TUTTI, FADER, GtkRange)

#define TUTTI_FADER_MASTER -1      /* colour of the master: the accent */

GtkWidget *tutti_fader_new (void);
void       tutti_fader_set_colour (TuttiFader *self, int colour);
int        tutti_fader_get_cdb (TuttiFader *self);
void       tutti_fader_set_cdb (TuttiFader *self, int cdb);

/* Somebody else holds it (@colour of a person, −1: nobody). */
void       tutti_fader_set_holder (TuttiFader *self, const char *name, int colour);

/* The way of a fader, 0…1, for a gain, and back. */
double     tutti_fader_share_of (int cdb);
int        tutti_fader_cdb_of (double share);
