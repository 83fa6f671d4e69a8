/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-message.h"

G_BEGIN_DECLS

/* How much has been brought: by each person and into each jam today (a day of UTC), and what is kept in all. Pure. Thread: one. */

typedef struct
{
  gint64 a_person, a_jam;          /* bytes a day; 0: no bound */
  gint64 total;                    /* bytes that are kept; 0: no bound */
} TuttiQuotaLimits;

typedef enum { TUTTI_QUOTA_FITS, TUTTI_QUOTA_PERSON, TUTTI_QUOTA_JAM, TUTTI_QUOTA_TOTAL } TuttiQuotaVerdict;

typedef struct _TuttiQuota TuttiQuota;

TuttiQuota       *tutti_quota_new  (void);
void              tutti_quota_free (TuttiQuota *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiQuota, tutti_quota_free)

/* What was counted today, for a host that begins again. (transfer full) */
char             *tutti_quota_to_text (const TuttiQuota *self);
gboolean          tutti_quota_resume (TuttiQuota *self, const char *text, GError **error);

/* What is kept in all, as somebody found who looked. */
void              tutti_quota_set_total (TuttiQuota *self, gint64 bytes);

/* Whether @bytes more of @person in @jam fit; and that they were kept. Of somebody who was
 * sent away meanwhile (@person 0) only the total counts. */
TuttiQuotaVerdict tutti_quota_judge (const TuttiQuota *self, const TuttiQuotaLimits *limits, const char *jam, guint person, gint64 bytes,
                                     gint64 now_s);
void              tutti_quota_note  (TuttiQuota *self, const char *jam, guint person, gint64 bytes, gint64 now_s);

G_END_DECLS
