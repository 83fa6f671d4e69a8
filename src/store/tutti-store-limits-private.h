/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-store.h"

G_BEGIN_DECLS

/* Bounds before bytes: every argument is checked here, once, before any backend sees it. */
gboolean tutti_store_check_id (const char *what, const char *id, GError **error);
gboolean tutti_store_check_text (const char *what, const char *text, gsize max, gboolean nullable, GError **error);
gboolean tutti_store_check_hash (const char *hash, GError **error);
gboolean tutti_store_check_jam (const TuttiStoreJam *jam, gboolean is_new, GError **error);
gboolean tutti_store_check_ops (const TuttiStoreOp *ops, gsize n_ops, GError **error);
gboolean tutti_store_check_person (const TuttiStorePerson *person, GError **error);
gboolean tutti_store_check_sample (const TuttiStoreSample *sample, GError **error);

G_END_DECLS
