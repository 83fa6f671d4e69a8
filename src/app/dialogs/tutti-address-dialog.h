/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* TRUE when @address is one that Tutti understands. */
typedef gboolean (*TuttiAddressCheck) (const char *address);
typedef void (*TuttiAddressDone) (const char *address, gpointer user_data);

/* Asks for an address or link. */
GtkWidget *tutti_address_dialog_open (GtkWidget *parent, TuttiAddressCheck check, TuttiAddressDone done, gpointer user_data);
