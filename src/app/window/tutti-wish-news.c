/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-wish-news.h"

#include "tutti-ask.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget    *page;          /* owner */
  TuttiSession *session;       /* owned */
  TuttiBar     *bar;           /* owned: a child of the page */
  GHashTable   *claims;        /* key of a track → number of the person who has it */
} News;

static const char *
name_of (News *self, guint number)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  const TuttiPerson *person = jam != NULL ? tutti_jam_person (jam, number) : NULL;

  return person != NULL ? person->name : _("Somebody");
}

/* Names replace marks instead of being format arguments: the texts are translated ones. (transfer full) */
static char *
with_names (const char *text, const char *who, const char *track)
{
  g_autoptr(GString) words = g_string_new (text);

  g_string_replace (words, "{who}", who, 1);
  g_string_replace (words, "{track}", track, 1);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* ---- asking ---- */

static void
wish (News *self, TuttiWish what, const char *words)
{
  g_autoptr(GError) error = NULL;

  if (tutti_session_wish (self->session, what, &error))
    tutti_say (self->page, words);
  else
    tutti_say (self->page, _("Nobody hears you just now. Ask again when you are back in the jam."));
}

static void
on_wish_edit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  wish (user_data, TUTTI_WISH_EDIT, _("Asked. An admin can let you edit."));
}

static void
on_wish_lead (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  wish (user_data, TUTTI_WISH_LEAD, _("Asked for the lead."));
}

/* ---- being asked ---- */

static void
on_wished (TuttiSession *session, guint number, int what, News *self)
{
  gboolean edit = what == TUTTI_WISH_EDIT;
  /* Translators: {who} is replaced by the name of a person */
  g_autofree char *words = with_names (edit ? _("{who} asks to edit.") : _("{who} asks for the lead."), name_of (self, number), "");
  g_autofree char *action = g_strdup_printf (edit ? "wishes.allow(uint32 %u)" : "wishes.give(uint32 %u)", number);

  tutti_bar_show (self->bar, TUTTI_BAR_NEWS, edit ? "tutti-people-symbolic" : "tutti-baton-symbolic", words,
                  edit ? _("Allow") : _("Give"), action);
}

static void
grant (News *self, TuttiOp *op)
{
  tutti_ask (self->page, self->session, op);
  tutti_bar_clear (self->bar, TUTTI_BAR_NEWS);
}

static void
on_allow (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  grant (user_data, tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (g_variant_get_uint32 (parameter)), TUTTI_N (TUTTI_ROLE_CONTRIBUTOR)));
}

static void
on_give (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  grant (user_data, tutti_op_new (TUTTI_OP_LEAD, TUTTI_N (g_variant_get_uint32 (parameter))));
}

/* ---- claims ---- */

static void
tell_claim (News *self, const TuttiTrack *track)
{
  /* Translators: {who} and {track} are replaced by the names of a person and a track */
  g_autofree char *words = with_names (_("{who} claimed {track}"), name_of (self, track->claimed), track->name);

  if (track->claimed != 0 && track->claimed != tutti_session_get_me (self->session))
    tutti_say (self->page, words);
}

static void
look_at_claims (News *self, gboolean tell)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  for (guint i = 0; jam != NULL && i < jam->n_tracks; i++)
    {
      const TuttiTrack *track = jam->tracks[i];
      guint64 key = tutti_id_key (track->id);
      guint before = GPOINTER_TO_UINT (g_hash_table_lookup (self->claims, &key));

      if (before == track->claimed)
        continue;
      g_hash_table_insert (self->claims, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (track->claimed));
      if (tell)
        tell_claim (self, track);
    }
}

/* What came all at once happened while nobody here saw. */
static void
on_changed (TuttiSession *session, const TuttiTarget *what, guint by, News *self)
{
  if (what->scope == TUTTI_SCOPE_TRACK || what->scope == TUTTI_SCOPE_TRACKS || what->scope == TUTTI_SCOPE_ALL)
    look_at_claims (self, what->scope == TUTTI_SCOPE_TRACK);
}

/* ---- life ---- */

static void
news_free (gpointer data)
{
  News *self = data;

  g_signal_handlers_disconnect_by_data (self->session, self);
  g_hash_table_unref (self->claims);
  g_object_unref (self->bar);
  g_object_unref (self->session);
  g_free (self);
}

void
tutti_wish_news_attach (GtkWidget *page, TuttiSession *session, TuttiBar *bar)
{
  static const GActionEntry entries[] = {
    { "edit", on_wish_edit }, { "lead", on_wish_lead }, { "allow", on_allow, "u" }, { "give", on_give, "u" },
  };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  News *self = g_new0 (News, 1);

  self->page = page;
  self->session = g_object_ref (session);
  self->bar = g_object_ref (bar);
  self->claims = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_object_set_data_full (G_OBJECT (page), "tutti-wish-news", self, news_free);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (page, "wishes", G_ACTION_GROUP (group));
  look_at_claims (self, FALSE);
  g_signal_connect (session, "wished", G_CALLBACK (on_wished), self);
  g_signal_connect (session, "changed", G_CALLBACK (on_changed), self);
}
