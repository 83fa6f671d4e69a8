/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much sound people may bring. */
#include "tutti-rest-private.h"

#include "tutti-store.h"

#define QUOTA_KEY "uploads"

/* Between two counts of what is kept, which ask the disk. */
#define COUNT_EVERY_S 60

void
tutti_rest_resume_quota (TuttiRest *self)
{
  g_autofree char *text = tutti_store_dup_setting (tutti_house_get_store (self->house), QUOTA_KEY, NULL);
  g_autoptr(GError) error = NULL;

  if (text != NULL && !tutti_quota_resume (self->quota, text, &error))
    g_warning ("What was brought today cannot be read, and is counted anew: %s", error->message);
}

static const char *
words_of (TuttiQuotaVerdict verdict)
{
  switch (verdict)
    {
    case TUTTI_QUOTA_PERSON:
      return "you have brought as much today as one may\n";
    case TUTTI_QUOTA_JAM:
      return "this jam was brought as much today as one may\n";
    case TUTTI_QUOTA_TOTAL:
      return "this host has no room for more sounds\n";
    case TUTTI_QUOTA_FITS:
    default:
      return NULL;
    }
}

/* Sounds that no jam names are thrown out meanwhile: what is kept is counted again before anybody is refused for it. */
static TuttiQuotaVerdict
judge_total (TuttiRest *self, const TuttiQuotaLimits *limits, const char *jam, guint person, gint64 bytes)
{
  gint64 now_s = tutti_rest_now_s ();
  TuttiQuotaVerdict verdict = tutti_quota_judge (self->quota, limits, jam, person, bytes, now_s);

  if (verdict != TUTTI_QUOTA_TOTAL || self->count == NULL || now_s - self->counted_s < COUNT_EVERY_S)
    return verdict;
  self->counted_s = now_s;
  tutti_quota_set_total (self->quota, self->count (self->count_user));
  return tutti_quota_judge (self->quota, limits, jam, person, bytes, now_s);
}

static guint
judge (gpointer data, const char *token, gsize bytes, const char **words)
{
  TuttiRest *self = data;
  char jam[TUTTI_JAM_ID_MAX + 1] = "";
  guint person = tutti_rest_person_of_token (self, token, TRUE, jam);
  TuttiHouseLimits limits;

  tutti_house_get_limits (self->house, &limits);
  TuttiQuotaVerdict verdict = judge_total (self, &limits.uploads, jam, person, (gint64) bytes);

  *words = words_of (verdict);
  if (verdict == TUTTI_QUOTA_FITS)
    return 0;
  self->figures.uploads_refused++;
  return verdict == TUTTI_QUOTA_TOTAL ? TUTTI_STATUS_NO_ROOM : SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE;
}

static void
note (gpointer data, const char *token, gsize bytes)
{
  TuttiRest *self = data;
  char jam[TUTTI_JAM_ID_MAX + 1] = "";
  guint person = tutti_rest_person_of_token (self, token, FALSE, jam);
  g_autoptr(GError) error = NULL;

  self->figures.upload_bytes += bytes;
  tutti_quota_note (self->quota, jam, person, (gint64) bytes, tutti_rest_now_s ());
  g_autofree char *text = tutti_quota_to_text (self->quota);

  if (!tutti_store_set_setting (tutti_house_get_store (self->house), QUOTA_KEY, text, &error))
    g_warning ("What was brought today cannot be kept: %s", error->message);
}

const TuttiSampleQuota *
tutti_rest_get_sample_quota (void)
{
  static const TuttiSampleQuota quota = { judge, note };

  return &quota;
}

void
tutti_rest_set_count (TuttiRest *self, gint64 (*count) (gpointer user), gpointer user)
{
  self->count = count;
  self->count_user = user;
  tutti_quota_set_total (self->quota, count (user));
}
