/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Where others on the network can find this machine when it hosts at the usual port, "192.168.1.23:7464"; NULL when it is on no
 * network. (transfer full) */
char *tutti_own_address_dup_text (void);

/* The same with @port. */
char *tutti_own_address_dup_text_for (guint16 port);
