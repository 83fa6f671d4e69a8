/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-news.h"

#include "tutti-ask.h"
#include "tutti-gone-words.h"
#include "tutti-my-output.h"
#include "tutti-settings.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget    *page;          /* owner */
  TuttiSession *session;       /* owned */
  TuttiBar     *bar;           /* owned: a child of the page */
  TuttiOp      *overridden;    /* owned; the last of mine that did not stand */
  GHashTable   *met;           /* as key_of () has them: who was in this jam before */
  guint         host;          /* number of who hosted last */
  guint         leader;        /* that was told of last */
  guint         removed;       /* number of who was sent away last */
  gboolean      offered, away, viewer;
} News;

/* ---- people ---- */

/* The name replaces a mark instead of being a format argument: formats are translated texts. (transfer full) */
static char *
words_about (const char *name, const char *format)
{
  g_autoptr(GString) words = g_string_new (format);

  g_string_replace (words, "%s", name, 1);
  return g_strdup (words->str);
}

static void
say_member (News *self, TuttiMember *member, const char *words)
{
  if (!tutti_member_get_is_me (member) && tutti_settings_get_notify_joins ())
    tutti_say (self->page, words);
}

static const char *
name_of (News *self, guint number)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  const TuttiPerson *person = jam != NULL ? tutti_jam_person (jam, number) : NULL;

  return person != NULL ? person->name : _("Somebody");
}

/* The number of somebody who left for good may be given to another. (transfer full) */
static char *
key_of (guint number, const char *name)
{
  return g_strdup_printf ("%u %s", number, name);
}

static void
on_joined (TuttiSession *session, TuttiMember *member, News *self)
{
  gboolean first = g_hash_table_add (self->met, key_of (tutti_member_get_number (member), tutti_member_get_name (member)));
  g_autofree char *words = words_about (tutti_member_get_name (member), first ? _("%s joined") : _("%s is back"));

  if (self->removed == tutti_member_get_number (member))
    self->removed = 0;
  say_member (self, member, words);
}

static void
on_left (TuttiSession *session, TuttiMember *member, News *self)
{
  const TuttiRemoval *removal = tutti_member_get_removal (member);
  g_autofree char *words = tutti_gone_words (tutti_session_get_jam (session), tutti_session_get_me (session),
                                             tutti_member_get_name (member), removal);

  if (removal != NULL)
    self->removed = tutti_member_get_number (member);
  say_member (self, member, words);
}

/* The document knows everybody who was ever in it. */
static void
remember_people (News *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  for (guint i = 0; jam != NULL && i < jam->people->len; i++)
    {
      const TuttiPerson *person = jam->people->pdata[i];

      g_hash_table_add (self->met, key_of (person->number, person->name));
    }
}

/* ---- copies and edits ---- */

static void
on_repaired (TuttiSession *session, News *self)
{
  tutti_say (self->page, _("Your copy differed and was repaired. Nothing of yours was lost."));
}

static void
on_refused (TuttiSession *session, const TuttiOp *op, const GError *why, News *self)
{
  g_autofree char *words = tutti_denied_words (session, op);

  /* A full disk refuses one edit after the other: the bar says it once. */
  if (g_error_matches (why, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_KEPT))
    return;
  if (words != NULL)
    tutti_say (self->page, words);
  else
    tutti_say_reason (self->page, why->message);
}

/* Both wrote the same at once. Mine that stands is nothing to tell. */
static void
on_crossed (TuttiSession *session, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands, News *self)
{
  const TuttiPerson *person = tutti_jam_person (tutti_session_get_jam (session), by);
  g_autofree char *words = NULL;

  if (mine_stands)
    return;
  g_clear_pointer (&self->overridden, tutti_op_free);
  self->overridden = tutti_op_copy (mine);
  guint n = g_list_model_get_n_items (tutti_session_get_conflicts (session));

  if (n > 1)
    {
      words = g_strdup_printf (ngettext ("%u of your edits was overridden.", "%u of your edits were overridden.", n), n);
      tutti_say_with_action (self->page, words, _("Show"), "page.panel::history");
      return;
    }
  words = g_strdup_printf (_("%s changed the same at the same moment. Theirs stands."), person != NULL ? person->name : _("Someone"));
  tutti_say_with_action (self->page, words, _("Put Mine Back"), "news.put-mine-back");
}

static void
on_put_mine_back (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  News *self = user_data;

  if (self->overridden != NULL)
    tutti_ask (self->page, self->session, g_steal_pointer (&self->overridden));
}

/* ---- lead and roles ---- */

static void
tell_leader_lost (News *self, const TuttiJam *jam, gboolean was_removed)
{
  gboolean stops = jam->leader_lost_rule == TUTTI_LEADER_LOST_STOP && jam->transport.playing;
  g_autoptr(TuttiOp) take = tutti_op_new (TUTTI_OP_LEAD, TUTTI_N (tutti_session_get_me (self->session)));
  g_autofree char *denied = tutti_denied_words (self->session, take);

  const char *left = stops ? _("The leader left. The music stops at the end of the bar.") : _("The leader left. The music goes on.");
  const char *removed = stops ? _("The leader was removed. The music stops at the end of the bar.")
                              : _("The leader was removed. The music goes on.");

  tutti_bar_show (self->bar, TUTTI_BAR_LEAD, "tutti-baton-symbolic", was_removed ? removed : left,
                  denied == NULL ? _("Take the Lead") : NULL, "news.take-lead");
}

/* @by 0: it was the host that saw the leader gone. */
static void
tell_leader (News *self, const TuttiJam *jam, guint by)
{
  const TuttiPerson *leader = tutti_jam_person (jam, jam->leader);
  guint before = self->leader;

  if (jam->leader == before)
    return;
  self->leader = jam->leader;
  tutti_bar_clear (self->bar, TUTTI_BAR_LEAD);
  if (jam->leader == 0 && before != 0 && by == 0)
    tell_leader_lost (self, jam, before == self->removed);
  else if (leader != NULL && leader->number == tutti_session_get_me (self->session))
    tutti_say (self->page, _("You lead now"));
  else if (leader != NULL)
    {
      g_autoptr(GString) words = g_string_new (_("%s leads now"));

      g_string_replace (words, "%s", leader->name, 1);
      tutti_say (self->page, words->str);
    }
}

static void
tell_role (News *self, const TuttiJam *jam)
{
  const TuttiPerson *me = tutti_jam_person (jam, tutti_session_get_me (self->session));
  gboolean viewer = me != NULL && me->role == TUTTI_ROLE_VIEWER;

  if (viewer == self->viewer)
    return;
  self->viewer = viewer;
  if (viewer)
    tutti_bar_show (self->bar, TUTTI_BAR_VIEWER, "tutti-people-symbolic", _("You are a viewer here. Listen and look."),
                    _("Ask to Edit"), "wishes.edit");
  else
    tutti_bar_clear (self->bar, TUTTI_BAR_VIEWER);
}

static void
on_take_lead (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  News *self = user_data;

  tutti_ask (self->page, self->session, tutti_op_new (TUTTI_OP_LEAD, TUTTI_N (tutti_session_get_me (self->session))));
}

/* ---- the way to the host ---- */

static gboolean
may_edit (News *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  const TuttiPerson *me = jam != NULL ? tutti_jam_person (jam, tutti_session_get_me (self->session)) : NULL;

  return jam != NULL && !jam->published && (me == NULL || me->role > TUTTI_ROLE_VIEWER);
}

static void
show_away (News *self)
{
  g_autofree char *words = NULL;
  TuttiTiming timing;

  tutti_session_get_timing (self->session, &timing);
  words = timing.pending == 0 ? g_strdup (may_edit (self) ? _("You are offline. Keep playing.") : _("You are offline. The music goes on."))
                              : g_strdup_printf (ngettext ("You are offline. Keep playing, %u edit waits.",
                                                           "You are offline. Keep playing, %u edits wait.", timing.pending),
                                                 timing.pending);
  tutti_bar_show (self->bar, TUTTI_BAR_WARN, "tutti-host-symbolic", words, _("Try Now"), "news.try-now");
}

/* Somebody will go on: a matter of seconds. */
static void
show_host_gone (News *self)
{
  g_autofree char *words = words_about (name_of (self, self->host), _("%s’s computer is gone. The music goes on…"));

  tutti_bar_show (self->bar, TUTTI_BAR_WARN, "tutti-host-symbolic", words, _("Try Now"), "news.try-now");
}

/* By the host's own decision: nobody is missing. */
static void
show_handed (News *self)
{
  tutti_bar_show (self->bar, TUTTI_BAR_WARN, "tutti-host-symbolic", _("The jam is being handed over. The music goes on…"),
                  _("Try Now"), "news.try-now");
}

/* After a while without a host. */
static void
say_back (News *self)
{
  guint host = tutti_session_get_host (self->session);
  g_autofree char *words = words_about (name_of (self, host), _("%s hosts now."));

  if (tutti_session_get_state (self->session) == TUTTI_SESSION_HOSTING)
    {
      tutti_bar_clear (self->bar, TUTTI_BAR_NEWS);
      tutti_say (self->page, _("You host now. Others follow by themselves."));
    }
  else
    tutti_say (self->page, host != 0 && host != self->host ? words : _("Back in the jam."));
}

/* Several laptops in one room: one loudspeaker is enough, and the others cannot be late. */
static void
offer_listening (News *self)
{
  TuttiOutput *output = tutti_session_get_output (self->session);

  if (self->offered || output == NULL || tutti_output_get_mute (output))
    return;
  self->offered = TRUE;
  tutti_bar_show (self->bar, TUTTI_BAR_NEWS, "tutti-ears-symbolic",
                  _("In one room with the host? Listen there, and mute this machine. Everything else works."),
                  _("Only Listen on the Host"), "news.mute-mine");
}

static void
on_state (TuttiSession *session, GParamSpec *pspec, News *self)
{
  TuttiSessionState state = tutti_session_get_state (session);

  if (state == TUTTI_SESSION_AWAY && tutti_session_get_away_reason (session) == TUTTI_CLOSE_HANDED_OVER)
    show_handed (self);
  else if (state == TUTTI_SESSION_AWAY && tutti_session_has_heirs (session) && self->host != 0)
    show_host_gone (self);
  else if (state == TUTTI_SESSION_AWAY)
    show_away (self);
  else
    tutti_bar_clear (self->bar, TUTTI_BAR_WARN);
  if (self->away && (state == TUTTI_SESSION_JOINED || state == TUTTI_SESSION_HOSTING))
    say_back (self);
  else if (state == TUTTI_SESSION_JOINED)
    offer_listening (self);
  self->away = state == TUTTI_SESSION_AWAY;
  if (!self->away)
    self->host = tutti_session_get_host (session);
}

/* How many edits wait is part of what the bar says. */
static void
on_changed (TuttiSession *session, const TuttiTarget *what, guint by, News *self)
{
  const TuttiJam *jam = tutti_session_get_jam (session);

  if (self->away)
    show_away (self);
  if (jam == NULL || (what->scope != TUTTI_SCOPE_PEOPLE && what->scope != TUTTI_SCOPE_ALL))
    return;
  /* All at once: it happened while nobody here saw. */
  if (what->scope == TUTTI_SCOPE_ALL)
    self->leader = jam->leader;
  tell_leader (self, jam, by);
  tell_role (self, jam);
}

static void
on_try_now (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  tutti_session_try_now (((News *) user_data)->session);
}

static void
on_mute_mine (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  News *self = user_data;

  tutti_my_output_set_mute (self->session, TRUE);
  tutti_bar_clear (self->bar, TUTTI_BAR_NEWS);
}

/* ---- life ---- */

static void
news_free (News *self)
{
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_pointer (&self->overridden, tutti_op_free);
  g_hash_table_unref (self->met);
  g_object_unref (self->bar);
  g_object_unref (self->session);
  g_free (self);
}

static void
add_actions (News *self)
{
  static const GActionEntry entries[] = {
    { "put-mine-back", on_put_mine_back }, { "try-now", on_try_now }, { "take-lead", on_take_lead }, { "mute-mine", on_mute_mine },
  };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (self->page, "news", G_ACTION_GROUP (group));
}

void
tutti_jam_news_attach (GtkWidget *page, TuttiSession *session, TuttiBar *bar)
{
  const struct { const char *name; GCallback callback; } handlers[] = {
    { "changed", G_CALLBACK (on_changed) }, { "refused", G_CALLBACK (on_refused) }, { "joined", G_CALLBACK (on_joined) },
    { "left", G_CALLBACK (on_left) }, { "repaired", G_CALLBACK (on_repaired) }, { "crossed", G_CALLBACK (on_crossed) },
    { "notify::state", G_CALLBACK (on_state) },
  };
  News *self = g_new0 (News, 1);

  self->page = page;
  self->session = g_object_ref (session);
  self->bar = g_object_ref (bar);
  self->met = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  remember_people (self);
  g_object_set_data_full (G_OBJECT (page), "tutti-jam-news", self, (GDestroyNotify) news_free);
  add_actions (self);
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect (session, handlers[i].name, handlers[i].callback, self);
  on_state (session, NULL, self);
  if (tutti_session_get_jam (session) == NULL)
    return;
  self->leader = tutti_session_get_jam (session)->leader;
  tell_role (self, tutti_session_get_jam (session));
}
