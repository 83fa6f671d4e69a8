/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* One effect of a chain: its name, a switch, a menu, and knobs in rows of three. It knows nothing of what
 * it stands for.
 *
 * Signals: "turned" (guint knob, double value), "switched" (gboolean on): somebody here did it. */
#define TUTTI_TYPE_DEVICE_CARD (tutti_device_card_get_type ())
G_DECLARE_FINAL_TYPE (TuttiDeviceCard, tutti_device_card, TUTTI, DEVICE_CARD, GtkWidget)

GtkWidget *tutti_device_card_new (const char *title);

/* Only this machine hears it: shown by colour, outline and @words below its name. */
void tutti_device_card_set_personal (TuttiDeviceCard *self, const char *words);

/* What it does, drawn, between its name and its knobs. */
void tutti_device_card_set_picture (TuttiDeviceCard *self, GtkWidget *picture);

/* Parts of it, which live as long as it does. (transfer none) */
GtkWidget *tutti_device_card_get_handle (TuttiDeviceCard *self);
GtkWidget *tutti_device_card_get_menu_button (TuttiDeviceCard *self);
GtkWidget *tutti_device_card_get_knob (TuttiDeviceCard *self, guint knob);

/* Where the arc of @knob begins, if neither at its left end nor at 0. */
void tutti_device_card_set_origin (TuttiDeviceCard *self, guint knob, double origin);

/* Actions are looked up from the card upwards. */
void tutti_device_card_set_menu (TuttiDeviceCard *self, GMenuModel *menu);

/* One more knob; @whole: it stands on whole numbers only. */
void tutti_device_card_add_knob (TuttiDeviceCard *self, const char *name, double low, double high, double initial, gboolean whole);

/* Shows a value, and @words for it; nobody is told. */
void tutti_device_card_show_knob (TuttiDeviceCard *self, guint knob, double value, const char *words, gboolean locked);
void tutti_device_card_show_on (TuttiDeviceCard *self, gboolean on);

/* TuttiColour of its knobs; −1 that of what is personal. */
void tutti_device_card_set_colour (TuttiDeviceCard *self, int colour);
