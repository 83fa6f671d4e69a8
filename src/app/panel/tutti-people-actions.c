/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-people-actions.h"

#include "tutti-ask.h"
#include "tutti-message.h"
#include "tutti-passcode-dialog.h"
#include "tutti-rights-words.h"
#include "tutti-share-dialog.h"

#include <glib/gi18n.h>

#define ATTACHED "tutti-people-actions"

/* An invitation is for an evening, and for those who are told of it. */
#define INVITE_USES 10
#define INVITE_MINUTES (12 * 60)

typedef struct
{
  GtkWidget    *page;          /* owner */
  TuttiSession *session;       /* owned */
  char         *link;          /* nullable */
  guint         asked;         /* number of the person that a question is about */
} Actions;

static const char *
name_of (Actions *self, guint number)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  const TuttiPerson *person = jam != NULL ? tutti_jam_person (jam, number) : NULL;

  return person != NULL ? person->name : _("Someone");
}

/* ---- lead and roles ---- */

static void
on_lead (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  tutti_ask (self->page, self->session, tutti_op_new (TUTTI_OP_LEAD, TUTTI_N (g_variant_get_uint32 (parameter))));
}

static void
give_role (Actions *self, guint number, TuttiRole role)
{
  tutti_ask (self->page, self->session, tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (number), TUTTI_N (role)));
}

static void
on_role (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  guint number, role;

  g_variant_get (parameter, "(uu)", &number, &role);
  give_role (user_data, number, (TuttiRole) role);
}

/* ---- sending away ---- */

static void
on_remove_answer (const char *answer, gpointer user_data)
{
  Actions *self = user_data;
  g_autoptr(GError) error = NULL;

  if (g_str_equal (answer, "ban"))
    give_role (self, self->asked, TUTTI_ROLE_BANNED);
  else if (g_str_equal (answer, "remove") && !tutti_session_kick (self->session, self->asked, &error))
    tutti_say_reason (self->page, error->message);
}

/* Who is not here can only be kept from coming back. */
static void
on_remove (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  g_autofree char *title = NULL;
  TuttiMessage message = { NULL, _("Who is removed may come back. Who is banned may not, until an admin lets them in again."),
                           { { "no", _("Cancel") }, { "remove", _("Remove") }, { "ban", _("Ban") } }, "no", "ban" };

  self->asked = g_variant_get_uint32 (parameter);
  /* Translators: %s is the name of a person */
  title = g_strdup_printf (_("Remove %s?"), name_of (self, self->asked));
  message.title = title;
  tutti_message_ask (self->page, &message, on_remove_answer, self);
}

/* ---- the door ---- */

static void
set_passcode (const char *passcode, gpointer user_data)
{
  Actions *self = user_data;
  g_autoptr(GError) error = NULL;

  if (!tutti_session_set_passcode (self->session, passcode, &error))
    tutti_say_reason (self->page, error->message);
}

static void
on_passcode (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;

  if (tutti_session_is_locked (self->session))
    set_passcode ("", self);
  else
    tutti_passcode_dialog_open (self->page, _("Passcode of the Jam"), _("Newcomers need it. Those who were here before do not."),
                                _("Set"), set_passcode, self);
}

static void
on_invite (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Actions *self = user_data;
  g_autoptr(GError) error = NULL;

  if (!tutti_session_invite (self->session, (TuttiRole) g_variant_get_uint32 (parameter), INVITE_USES, INVITE_MINUTES, &error))
    tutti_say_reason (self->page, error->message);
}

static void
on_invited (TuttiSession *session, const char *code, int role, Actions *self)
{
  g_autofree char *words = NULL, *link = NULL;

  if (self->link == NULL)
    return;
  link = tutti_share_link_with_invite (self->link, code);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->page), link);
  words = g_strdup_printf (ngettext ("Invitation copied. It lets %d person in until tomorrow.",
                                     "Invitation copied. It lets %d people in until tomorrow.", INVITE_USES), INVITE_USES);
  tutti_say (self->page, words);
}

static void
on_denied (TuttiSession *session, const char *reason, Actions *self)
{
  tutti_say_reason (self->page, reason);
}

/* ---- the menu of one person ---- */

static void
add_uint (GMenu *menu, const char *words, const char *action, guint number)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (words, NULL);

  g_menu_item_set_action_and_target (item, action, "u", number);
  g_menu_append_item (menu, item);
}

static gboolean
may (TuttiSession *session, TuttiOpKind kind, guint number, TuttiRole role)
{
  g_autoptr(TuttiOp) op = kind == TUTTI_OP_LEAD ? tutti_op_new (kind, TUTTI_N (number))
                                                : tutti_op_new (kind, TUTTI_N (number), TUTTI_N (role));

  return tutti_jam_may (tutti_session_get_jam (session), tutti_session_get_me (session), op, NULL);
}

static void
add_lead (GMenu *menu, TuttiSession *session, const TuttiPerson *person)
{
  guint leader = tutti_session_get_jam (session)->leader;
  gboolean me = person->number == tutti_session_get_me (session);

  if (person->role < TUTTI_ROLE_CONTRIBUTOR)
    return;
  if (leader == person->number && !me && !may (session, TUTTI_OP_LEAD, tutti_session_get_me (session), 0))
    g_menu_append (menu, _("Ask for the Lead"), "wishes.lead");
  if (leader == person->number && may (session, TUTTI_OP_LEAD, 0, 0))
    add_uint (menu, me ? _("Lay Down the Lead") : _("Take Away the Lead"), "people.lead", 0);
  else if (leader != person->number && may (session, TUTTI_OP_LEAD, person->number, 0))
    add_uint (menu, me ? _("Take the Lead") : _("Pass the Lead"), "people.lead", person->number);
}

static void
add_roles (GMenu *menu, const TuttiPerson *person)
{
  g_autoptr(GMenu) roles = g_menu_new ();

  for (guint role = TUTTI_ROLE_VIEWER; role < TUTTI_N_ROLES; role++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (tutti_role_word ((TuttiRole) role), NULL);

      g_menu_item_set_action_and_target (item, "people.role", "(uu)", (guint) person->number, role);
      if (role != person->role)
        g_menu_append_item (roles, item);
    }
  g_menu_append_submenu (menu, person->role == TUTTI_ROLE_BANNED ? _("Let In Again as") : _("Role"), G_MENU_MODEL (roles));
}

GMenuModel *
tutti_people_menu_new (TuttiSession *session, guint number)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  const TuttiPerson *person = jam != NULL ? tutti_jam_person (jam, number) : NULL;
  g_autoptr(GMenu) menu = g_menu_new ();

  if (person == NULL)
    return NULL;
  if (number != tutti_session_get_me (session) && person->role != TUTTI_ROLE_BANNED)
    add_uint (menu, _("Follow View"), "presence.follow", number);
  add_lead (menu, session, person);
  if (may (session, TUTTI_OP_PERSON_ROLE, number, TUTTI_ROLE_VIEWER))
    {
      add_roles (menu, person);
      if (number != tutti_session_get_me (session) && person->role != TUTTI_ROLE_BANNED)
        add_uint (menu, _("Remove…"), "people.remove", number);
    }
  return g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0 ? G_MENU_MODEL (g_steal_pointer (&menu)) : NULL;
}

/* ---- life ---- */

static void
actions_free (gpointer data)
{
  Actions *self = data;

  g_signal_handlers_disconnect_by_data (self->session, self);
  g_object_unref (self->session);
  g_free (self->link);
  g_free (self);
}

void
tutti_people_actions_set_link (GtkWidget *page, const char *link)
{
  Actions *self = g_object_get_data (G_OBJECT (page), ATTACHED);

  g_free (self->link);
  self->link = g_strdup (link);
}

void
tutti_people_actions_attach (GtkWidget *page, TuttiSession *session)
{
  static const GActionEntry entries[] = {
    { "lead", on_lead, "u" }, { "role", on_role, "(uu)" }, { "remove", on_remove, "u" }, { "passcode", on_passcode },
    { "invite", on_invite, "u" },
  };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  Actions *self = g_new0 (Actions, 1);

  self->page = page;
  self->session = g_object_ref (session);
  g_object_set_data_full (G_OBJECT (page), ATTACHED, self, actions_free);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (page, "people", G_ACTION_GROUP (group));
  g_signal_connect (session, "invited", G_CALLBACK (on_invited), self);
  g_signal_connect (session, "denied", G_CALLBACK (on_denied), self);
}
