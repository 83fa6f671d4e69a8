/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-host.h"

/* What somebody with a seat does without a connection: by REST. It goes the way of all edits. */

/* Person @by does @op. @creator: of the ids that they coin. Judged, ordered, kept and told as if it had come over their
 * connection, from the same allowance of edits. @stamp: (out). FALSE with the reason (TUTTI_MODEL_ERROR, or what append() said);
 * TUTTI_MODEL_ERROR_BUSY also while another host goes on. */
gboolean tutti_host_submit (TuttiHost *host, guint by, guint32 creator, const TuttiOp *op, TuttiNow now, TuttiStamp *stamp,
                            GError **error);

/* Whose seat token @token is; 0: nobody's, or theirs who are banned. */
guint    tutti_host_person_of_token (TuttiHost *host, const char *token);

/* Whether person @number has a seat, and is not banned. */
gboolean tutti_host_seats (TuttiHost *host, guint number);

/* A creator that nobody has. */
guint32  tutti_host_new_creator (TuttiHost *host);

/* An id that nobody has, for someone who leaves coining to the host: their creator is the second value. */
TuttiId  tutti_host_coin (TuttiHost *host);

/* How long until person @by may edit again, in microseconds. */
gint64   tutti_host_edit_wait_us (TuttiHost *host, guint by, TuttiNow now);
