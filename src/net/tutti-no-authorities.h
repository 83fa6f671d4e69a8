/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A database of nobody: every chain of certificates is of an unknown authority, so that whoever connects is asked and
 * decides by the pin.
 *
 * GIO reads all authorities of the system (tens of milliseconds, on the calling thread) for each connection that is made
 * without a database of its own, and libsoup gives its connections theirs only after they were made. So this one takes the
 * place of the process's default; who needs the system's authorities (a service on the internet) asks for them by
 * g_tls_file_database_new(). */

#define TUTTI_TYPE_NO_AUTHORITIES (tutti_no_authorities_get_type ())
G_DECLARE_FINAL_TYPE (TuttiNoAuthorities, tutti_no_authorities, TUTTI, NO_AUTHORITIES, GTlsDatabase)

/* Makes it the default of this process, once; further calls do nothing. Thread: any. */
void tutti_no_authorities_install (void);
