/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-rules-card.h"

#include "tutti-ask.h"
#include "tutti-rights-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define CARD "tutti-rules-card"

typedef struct
{
  GtkWidget    *list;          /* owner */
  TuttiSession *session;       /* owned */
  GtkWidget    *leads, *stops, *newcomers, *passcode, *passcode_button;
  gboolean      showing;
} Card;

static void
on_leads (GtkSwitch *toggle, GParamSpec *pspec, Card *self)
{
  if (!self->showing)
    tutti_ask (self->list, self->session,
               tutti_op_new (TUTTI_OP_TRANSPORT_RULE,
                             TUTTI_N (gtk_switch_get_active (toggle) ? TUTTI_TRANSPORT_OF_LEADER : TUTTI_TRANSPORT_OF_ALL)));
}

static void
on_stops (GtkSwitch *toggle, GParamSpec *pspec, Card *self)
{
  if (!self->showing)
    tutti_ask (self->list, self->session,
               tutti_op_new (TUTTI_OP_LEADER_LOST_RULE,
                             TUTTI_N (gtk_switch_get_active (toggle) ? TUTTI_LEADER_LOST_STOP : TUTTI_LEADER_LOST_GO_ON)));
}

static void
on_newcomers (GtkDropDown *choice, GParamSpec *pspec, Card *self)
{
  if (!self->showing)
    tutti_ask (self->list, self->session,
               tutti_op_new (TUTTI_OP_NEWCOMERS, TUTTI_N (TUTTI_ROLE_VIEWER + gtk_drop_down_get_selected (choice))));
}

static GtkWidget *
add_row (Card *self, const char *title, const char *subtitle, GtkWidget *control)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  return row;
}

/* A button with the action's name would be as sensitive as the action is, whatever tutti_allow() said. */
static void
on_passcode (GtkWidget *button)
{
  gtk_widget_activate_action (button, "people.passcode", NULL);
}

static void
build (Card *self)
{
  const char *roles[] = { tutti_role_word (TUTTI_ROLE_VIEWER), tutti_role_word (TUTTI_ROLE_CONTRIBUTOR),
                          tutti_role_word (TUTTI_ROLE_ADMIN), NULL };

  self->leads = gtk_switch_new ();
  self->stops = gtk_switch_new ();
  self->newcomers = gtk_drop_down_new_from_strings (roles);
  self->passcode_button = gtk_button_new ();
  add_row (self, _("Only the Leader Starts and Stops"), NULL, self->leads);
  add_row (self, _("Stop When the Leader Is Gone"), _("Else the music goes on"), self->stops);
  add_row (self, _("Newcomers"), NULL, self->newcomers);
  self->passcode = add_row (self, _("Passcode"), NULL, self->passcode_button);
  g_signal_connect (self->passcode_button, "clicked", G_CALLBACK (on_passcode), NULL);
  g_signal_connect (self->leads, "notify::active", G_CALLBACK (on_leads), self);
  g_signal_connect (self->stops, "notify::active", G_CALLBACK (on_stops), self);
  g_signal_connect (self->newcomers, "notify::selected", G_CALLBACK (on_newcomers), self);
}

static void
show_rights (Card *self, const TuttiJam *jam)
{
  TuttiVerdict verdict = tutti_jam_judge_permission (jam, tutti_session_get_me (self->session), TUTTI_MAY_ADMIN);
  g_autofree char *reason = tutti_rights_words (jam, &verdict);
  GtkWidget *controls[] = { self->leads, self->stops, self->newcomers, self->passcode_button };

  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    tutti_allow (controls[i], reason);
}

void
tutti_rules_card_refresh (GtkWidget *card)
{
  Card *self = g_object_get_data (G_OBJECT (card), CARD);
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  gboolean locked = tutti_session_is_locked (self->session);

  if (jam == NULL)
    return;
  self->showing = TRUE;
  gtk_switch_set_active (GTK_SWITCH (self->leads), jam->transport_rule == TUTTI_TRANSPORT_OF_LEADER);
  gtk_switch_set_active (GTK_SWITCH (self->stops), jam->leader_lost_rule == TUTTI_LEADER_LOST_STOP);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->newcomers), jam->newcomers - TUTTI_ROLE_VIEWER);
  self->showing = FALSE;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->passcode), locked ? _("Newcomers are asked for it") : _("None: the door is open"));
  gtk_button_set_label (GTK_BUTTON (self->passcode_button), locked ? _("Remove") : _("Set…"));
  show_rights (self, jam);
}

static void
card_free (gpointer data)
{
  Card *self = data;

  g_signal_handlers_disconnect_by_data (self->session, self);
  g_object_unref (self->session);
  g_free (self);
}

static void
on_locked (TuttiSession *session, Card *self)
{
  tutti_rules_card_refresh (self->list);
}

GtkWidget *
tutti_rules_card_new (TuttiSession *session)
{
  Card *self = g_new0 (Card, 1);

  self->list = gtk_list_box_new ();
  self->session = g_object_ref (session);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  build (self);
  g_object_set_data_full (G_OBJECT (self->list), CARD, self, card_free);
  g_signal_connect (session, "locked", G_CALLBACK (on_locked), self);
  tutti_rules_card_refresh (self->list);
  return self->list;
}
