/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-joining.h"

#include "tutti-end-words.h"
#include "tutti-link.h"

struct _TuttiJoining
{
  GObject       parent_instance;
  TuttiStudio  *studio;        /* owned */
  char         *name;
  char         *jam;           /* id, nullable: it was not announced */
  char         *fingerprint;   /* nullable: what was announced */
  GPtrArray    *addresses;     /* of TuttiAddress, best first; never empty once started */
  guint         next;          /* the address to be tried next */
  TuttiSession *session;       /* owned, nullable: the attempt of now */
  guint         later;
  gboolean      trust_anew;
  gboolean      refused;       /* the computer answered, and nobody there takes anyone in */
  gboolean      otherwise;     /* at some address it went otherwise than refused or unreachable */
};

enum { DONE, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];
G_DEFINE_FINAL_TYPE (TuttiJoining, tutti_joining, G_TYPE_OBJECT)

static void try_next (TuttiJoining *self);

const char *
tutti_joining_get_name (TuttiJoining *self)
{
  return self->name;
}

const char *
tutti_joining_get_jam (TuttiJoining *self)
{
  return self->jam;
}

static const TuttiAddress *
tried_last (TuttiJoining *self)
{
  return self->addresses->len > 0 ? self->addresses->pdata[self->next > 0 ? self->next - 1 : 0] : NULL;
}

guint16
tutti_joining_get_port (TuttiJoining *self)
{
  return tried_last (self) != NULL ? tried_last (self)->port : 0;
}

gint64
tutti_joining_get_last_seen_s (TuttiJoining *self)
{
  g_autofree char *key = tried_last (self) != NULL ? tutti_address_to_text (tried_last (self)) : NULL;
  gint64 first_s = 0, last_s = 0;
  g_autofree char *known = key != NULL ? tutti_pins_lookup (tutti_studio_get_pins (self->studio), key, &first_s, &last_s) : NULL;

  return known != NULL ? last_s : 0;
}

static void
note (TuttiJoining *self, const GError *end)
{
  gboolean refused = g_error_matches (end, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_REFUSED);

  self->refused |= refused;
  self->otherwise |= !refused && !g_error_matches (end, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_UNREACHABLE);
}

static void
fail (TuttiJoining *self, const GError *why)
{
  TuttiClose code = TUTTI_CLOSE_JAM_ENDED;
  g_autoptr(GError) ended = NULL;

  /* Of a jam that was announced a moment ago it is no question why nobody listens. */
  if (self->jam != NULL && self->refused && !self->otherwise)
    ended = g_error_new_literal (TUTTI_SESSION_ERROR, (int) code, tutti_close_words (code));
  g_signal_emit (self, signals[FAILED], 0, ended != NULL ? ended : why);
}

static void
finish (TuttiJoining *self)
{
  g_autoptr(TuttiSession) session = g_steal_pointer (&self->session);
  const GError *end = tutti_session_get_end (session);

  g_signal_handlers_disconnect_by_data (session, self);
  note (self, end);
  if (tutti_session_get_state (session) == TUTTI_SESSION_JOINED)
    g_signal_emit (self, signals[DONE], 0, session);
  else if (self->next < self->addresses->len && tutti_end_try_again (end))
    try_next (self);
  else
    fail (self, end);
}

static gboolean
on_later (gpointer user_data)
{
  g_autoptr(TuttiJoining) self = g_object_ref (user_data);

  self->later = 0;
  finish (self);
  return G_SOURCE_REMOVE;
}

/* The session is in the middle of its own work when it tells. */
static void
on_state (TuttiJoining *self)
{
  if (self->later == 0 && tutti_session_get_state (self->session) != TUTTI_SESSION_JOINING)
    self->later = g_idle_add (on_later, self);
}

static void
try_next (TuttiJoining *self)
{
  const TuttiAddress *address = self->addresses->pdata[self->next++];

  self->session = tutti_session_join (self->studio, address, self->trust_anew ? NULL : self->fingerprint, self->trust_anew, NULL);
  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (on_state), self, G_CONNECT_SWAPPED);
  on_state (self);
}

void
tutti_joining_start (TuttiJoining *self, gboolean trust_anew)
{
  g_return_if_fail (self->session == NULL && self->addresses->len > 0);
  /* Trust is about the address that was asked last, not about the others. */
  self->next = trust_anew && self->next > 0 ? self->next - 1 : 0;
  self->trust_anew = trust_anew;
  self->refused = self->otherwise = FALSE;
  try_next (self);
}

void
tutti_joining_set_passcode (TuttiJoining *self, const char *passcode)
{
  for (guint i = 0; i < self->addresses->len; i++)
    {
      TuttiAddress *address = self->addresses->pdata[i];

      g_free (address->passcode);
      address->passcode = g_strdup (passcode);
    }
}

static void
tutti_joining_dispose (GObject *object)
{
  TuttiJoining *self = TUTTI_JOINING (object);

  g_clear_handle_id (&self->later, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->studio);
  g_clear_pointer (&self->addresses, g_ptr_array_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->jam, g_free);
  g_clear_pointer (&self->fingerprint, g_free);
  G_OBJECT_CLASS (tutti_joining_parent_class)->dispose (object);
}

static void
tutti_joining_class_init (TuttiJoiningClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_joining_dispose;
  signals[DONE] = g_signal_new ("done", TUTTI_TYPE_JOINING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                TUTTI_TYPE_SESSION);
  signals[FAILED] = g_signal_new ("failed", TUTTI_TYPE_JOINING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_POINTER);
}

static void
tutti_joining_init (TuttiJoining *self)
{
  self->addresses = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_address_free);
}

TuttiJoining *
tutti_joining_new (TuttiStudio *studio, const TuttiAddress *address, const char *name)
{
  TuttiJoining *self = g_object_new (TUTTI_TYPE_JOINING, NULL);

  self->studio = g_object_ref (studio);
  self->name = g_strdup (name);
  self->fingerprint = g_strdup (address->fingerprint);
  g_ptr_array_add (self->addresses, tutti_address_copy (address));
  return self;
}

TuttiJoining *
tutti_joining_new_nearby (TuttiStudio *studio, TuttiNearbyJam *jam)
{
  const TuttiJamAd *ad = tutti_nearby_jam_get_ad (jam);
  TuttiJoining *self = g_object_new (TUTTI_TYPE_JOINING, NULL);

  self->studio = g_object_ref (studio);
  self->name = g_strdup (ad->name);
  self->jam = g_strdup (ad->id);
  self->fingerprint = ad->fingerprint[0] != '\0' ? g_strdup (ad->fingerprint) : NULL;
  for (guint i = 0; i < ad->n_addresses; i++)
    {
      g_autoptr(GSocketAddress) socket = tutti_jam_address_to_socket_address (&ad->addresses[i]);
      TuttiAddress *address = tutti_address_new_from_socket (G_INET_SOCKET_ADDRESS (socket));

      address->jam = g_strdup (ad->id);
      g_ptr_array_add (self->addresses, address);
    }
  return self;
}
