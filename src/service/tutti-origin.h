/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Pages in a browser that speak to this host (Fetch standard, "CORS protocol"). Programs send no Origin and are not concerned; a
 * page that came from elsewhere is refused whatever it asks for, unless its origin is in a list that the host was told. */

/* Whether @text is one origin, such as "https://example.org" or "http://localhost:8080", in its one spelling. */
gboolean tutti_origin_is_valid (const char *text);

/* Deals with the Origin of @message, whose headers are there. @allowed: (nullable) ended by NULL. TRUE: go on. FALSE: it is answered,
 * refused or as the question before a question ("preflight"). */
gboolean tutti_origin_admit (SoupServerMessage *message, const char * const *allowed);

G_END_DECLS
