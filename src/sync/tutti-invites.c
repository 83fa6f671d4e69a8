/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-invites.h"

typedef struct
{
  char     *hash;                  /* of its code */
  TuttiRole role;
  guint     uses;                  /* left */
  gint64    until_us;
} Invite;

struct _TuttiInvites
{
  GPtrArray *list;                 /* of Invite */
};

static void
free_invite (gpointer data)
{
  g_free (((Invite *) data)->hash);
  g_free (data);
}

TuttiInvites *
tutti_invites_new (void)
{
  TuttiInvites *invites = g_new0 (TuttiInvites, 1);

  invites->list = g_ptr_array_new_with_free_func (free_invite);
  return invites;
}

void
tutti_invites_free (TuttiInvites *invites)
{
  g_ptr_array_unref (invites->list);
  g_free (invites);
}

static void
drop_first_to_end (TuttiInvites *invites)
{
  guint first = 0;

  for (guint i = 1; i < invites->list->len; i++)
    if (((Invite *) invites->list->pdata[i])->until_us < ((Invite *) invites->list->pdata[first])->until_us)
      first = i;
  g_ptr_array_remove_index (invites->list, first);
}

/* (transfer full) */
static char *
hash_of (const char *code)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, code, -1);
}

void
tutti_invites_resume (TuttiInvites *invites, const char *hash, TuttiRole role, guint uses, gint64 until_us)
{
  Invite *invite = g_new0 (Invite, 1);

  *invite = (Invite) { g_strdup (hash), role, uses, until_us };
  if (invites->list->len >= TUTTI_INVITES_MAX)
    drop_first_to_end (invites);
  g_ptr_array_add (invites->list, invite);
}

void
tutti_invites_add (TuttiInvites *invites, const char *code, TuttiRole role, guint uses, gint64 until_us)
{
  g_autofree char *hash = hash_of (code);

  tutti_invites_resume (invites, hash, role, uses, until_us);
}

static Invite *
find (TuttiInvites *invites, const char *code, guint *index)
{
  g_autofree char *hash = hash_of (code);

  for (guint i = 0; i < invites->list->len; i++)
    if (g_str_equal (((Invite *) invites->list->pdata[i])->hash, hash))
      {
        *index = i;
        return invites->list->pdata[i];
      }
  return NULL;
}

TuttiRole
tutti_invites_look (TuttiInvites *invites, const char *code, gint64 now_us)
{
  guint index;
  const Invite *invite = find (invites, code, &index);

  if (invite == NULL)
    return TUTTI_ROLE_BANNED;
  if (now_us < invite->until_us)
    return invite->role;
  g_ptr_array_remove_index (invites->list, index);
  return TUTTI_ROLE_BANNED;
}

void
tutti_invites_use (TuttiInvites *invites, const char *code)
{
  guint index;
  Invite *invite = find (invites, code, &index);

  if (invite != NULL && --invite->uses == 0)
    g_ptr_array_remove_index (invites->list, index);
}

guint
tutti_invites_count (TuttiInvites *invites)
{
  return invites->list->len;
}

const char *
tutti_invites_get (TuttiInvites *invites, guint i, TuttiRole *role, guint *uses, gint64 *until_us)
{
  const Invite *invite = invites->list->pdata[i];

  *role = invite->role;
  *uses = invite->uses;
  *until_us = invite->until_us;
  return invite->hash;
}
