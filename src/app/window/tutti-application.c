/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-application.h"

#include "tutti-about.h"
#include "tutti-address-dialog.h"
#include "tutti-app.h"
#include "tutti-my-output.h"
#include "tutti-preferences.h"
#include "tutti-profile-dialog.h"
#include "tutti-settings.h"
#include "tutti-window.h"

#include <glib/gi18n.h>

struct _TuttiApplication
{
  AdwApplication parent_instance;
  TuttiSessions  sessions;
  TuttiWindow   *window;       /* borrowed: GTK keeps it while it is open */
  TuttiSession  *session;      /* owned; NULL on the start page */
  TuttiSession  *coming;       /* owned; its document is not here yet */
};

G_DEFINE_FINAL_TYPE (TuttiApplication, tutti_application, ADW_TYPE_APPLICATION)

static void show_door (TuttiApplication *self);

static void
close_session (TuttiApplication *self)
{
  if (self->session == NULL)
    return;
  if (self->window != NULL)
    tutti_window_set_session (self->window, NULL);
  self->sessions.close (self->sessions.self, self->session);
  g_clear_object (&self->session);
  show_door (self);
}

/* Whether it can be hosted, and by which link others come in. */
static void
show_door (TuttiApplication *self)
{
  TuttiJamPage *page = self->window != NULL ? tutti_window_get_jam (self->window) : NULL;
  g_autofree char *link = self->session != NULL ? self->sessions.link (self->sessions.self, self->session) : NULL;
  GAction *host = g_action_map_lookup_action (G_ACTION_MAP (self), "host-jam");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (host), self->session != NULL &&
                                                         tutti_session_get_state (self->session) == TUTTI_SESSION_SOLO);
  if (page != NULL)
    tutti_jam_page_set_link (page, link);
}

static void
on_door (TuttiSession *session, GParamSpec *spec, TuttiApplication *self)
{
  if (session == self->session)
    show_door (self);
}

/* The jam is over for this machine: back to the start, with the reason. */
static void
on_ended (TuttiSession *session, GParamSpec *spec, TuttiApplication *self)
{
  g_autofree char *words = NULL;

  if (tutti_session_get_state (session) != TUTTI_SESSION_ENDED || session != self->session || tutti_session_get_end (session) == NULL)
    return;
  words = self->sessions.words (self->sessions.self, session);
  tutti_window_say (self->window, words);
  close_session (self);
}

static void
forget_coming (TuttiApplication *self)
{
  if (self->coming == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->coming, self);
  g_clear_object (&self->coming);
}

/* The document is here: there is something to show. */
static void
on_arrived (TuttiSession *session, gconstpointer what, guint by, TuttiApplication *self)
{
  g_autoptr(TuttiSession) arrived = g_object_ref (session);

  if (tutti_session_get_jam (session) == NULL)
    return;
  forget_coming (self);
  close_session (self);
  self->session = g_steal_pointer (&arrived);
  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (on_ended), self, 0);
  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (on_door), self, 0);
  tutti_window_set_session (self->window, self->session);
  show_door (self);
}

static void
on_failed (TuttiSession *session, GParamSpec *spec, TuttiApplication *self)
{
  g_autofree char *words = NULL;

  if (tutti_session_get_state (session) != TUTTI_SESSION_ENDED)
    return;
  words = self->sessions.words (self->sessions.self, session);
  tutti_window_say (self->window, words);
  self->sessions.close (self->sessions.self, session);
  forget_coming (self);
}

/* Takes @session; tells why when there is none. It is shown when its document is here: a joined one has a way to go. */
static void
show_session (TuttiApplication *self, TuttiSession *session, GError *error)
{
  if (session == NULL)
    {
      tutti_window_say (self->window, error->message);
      g_error_free (error);
      return;
    }
  if (self->coming != NULL)
    self->sessions.close (self->sessions.self, self->coming);
  forget_coming (self);
  self->coming = session;
  tutti_my_output_restore (session);
  g_signal_connect (session, "changed", G_CALLBACK (on_arrived), self);
  g_signal_connect (session, "notify::state", G_CALLBACK (on_failed), self);
}

static void
new_beat (TuttiApplication *self)
{
  GError *error = NULL;
  TuttiSession *session = self->sessions.new_beat (self->sessions.self, &error);

  show_session (self, session, error);
}

static void
on_hosting (const TuttiHostWish *hosting, gpointer user_data)
{
  TuttiApplication *self = user_data;
  GError *error = NULL;
  TuttiSession *session = self->sessions.host (self->sessions.self, hosting, &error);

  show_session (self, session, error);
}

static void
join (const char *id_or_address, gpointer user_data)
{
  TuttiApplication *self = user_data;
  GError *error = NULL;
  TuttiSession *session = self->sessions.join (self->sessions.self, id_or_address, &error);

  show_session (self, session, error);
}

/* ---------------------------------------------------------------- the start page */

static void
on_host (TuttiStartPage *page, TuttiApplication *self)
{
  tutti_host_dialog_open (GTK_WIDGET (self->window), on_hosting, self);
}

static void
on_start_new_beat (TuttiStartPage *page, TuttiApplication *self)
{
  new_beat (self);
}

static void
on_enter_address (TuttiStartPage *page, TuttiApplication *self)
{
  tutti_address_dialog_open (GTK_WIDGET (self->window), self->sessions.understands, join, self);
}

static void
on_join (TuttiStartPage *page, const char *id, TuttiApplication *self)
{
  join (id, self);
}

static void
on_open (TuttiStartPage *page, const char *id, TuttiApplication *self)
{
  GError *error = NULL;
  TuttiSession *session = self->sessions.open (self->sessions.self, id, &error);

  show_session (self, session, error);
}

static void
show_profile (TuttiApplication *self)
{
  int colour;
  g_autofree char *name = tutti_settings_dup_profile (&colour);

  tutti_start_page_set_profile (tutti_window_get_start (self->window), *name != '\0' ? name : g_get_real_name (), MAX (colour, 0));
}

static void
on_profile_done (gpointer user_data)
{
  show_profile (user_data);
}

static void
on_first_profile_done (gpointer user_data)
{
  show_profile (user_data);
  new_beat (user_data);
}

static void
on_edit_profile (TuttiStartPage *page, TuttiApplication *self)
{
  tutti_profile_dialog_open (GTK_WIDGET (self->window), FALSE, G_CALLBACK (on_profile_done), self);
}

static void
on_left (TuttiWindow *window, TuttiApplication *self)
{
  close_session (self);
}

/* ---------------------------------------------------------------- actions */

static void
on_new_beat (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  new_beat (user_data);
}

static void
on_shared (const char *words, gpointer user_data)
{
  TuttiApplication *self = user_data;

  if (self->window != NULL)
    tutti_window_say (self->window, words);
}

static void
on_host_jam (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  TuttiApplication *self = user_data;

  if (self->session == NULL)
    return;
  self->sessions.share (self->sessions.self, self->session, on_shared, self);
  show_door (self);
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  tutti_preferences_open (GTK_WINDOW (TUTTI_APPLICATION (user_data)->window));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  tutti_about_open (GTK_WINDOW (TUTTI_APPLICATION (user_data)->window));
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (TUTTI_APPLICATION (user_data)->window));
}

static void
add_actions (TuttiApplication *self)
{
  static const GActionEntry entries[] = {
    { "new-beat", on_new_beat }, { "host-jam", on_host_jam }, { "preferences", on_preferences }, { "about", on_about }, { "quit", on_quit },
  };
  static const struct { const char *action, *keys[3]; } keys[] = {
    { "app.new-beat", { "<primary>n", NULL } }, { "app.preferences", { "<primary>comma", NULL } },
    { "app.quit", { "<primary>q", NULL } }, { "win.show-help-overlay", { "<primary>question", NULL } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), keys[i].action, (const char **) keys[i].keys);
}

static void
open_window (TuttiApplication *self)
{
  TuttiStartPage *start;

  self->window = TUTTI_WINDOW (tutti_window_new (GTK_APPLICATION (self)));
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  start = tutti_window_get_start (self->window);
  g_signal_connect_object (self->window, "left", G_CALLBACK (on_left), self, 0);
  g_signal_connect_object (start, "host", G_CALLBACK (on_host), self, 0);
  g_signal_connect_object (start, "new-beat", G_CALLBACK (on_start_new_beat), self, 0);
  g_signal_connect_object (start, "enter-address", G_CALLBACK (on_enter_address), self, 0);
  g_signal_connect_object (start, "edit-profile", G_CALLBACK (on_edit_profile), self, 0);
  g_signal_connect_object (start, "join", G_CALLBACK (on_join), self, 0);
  g_signal_connect_object (start, "open", G_CALLBACK (on_open), self, 0);
  show_profile (self);
  self->sessions.watch (self->sessions.self, start);
  gtk_window_present (GTK_WINDOW (self->window));
  if (!tutti_settings_get_first_run_done ())
    tutti_profile_dialog_open (GTK_WIDGET (self->window), TRUE, G_CALLBACK (on_first_profile_done), self);
}

static void
tutti_application_activate (GApplication *app)
{
  TuttiApplication *self = TUTTI_APPLICATION (app);

  if (self->window == NULL)
    open_window (self);
  else
    gtk_window_present (GTK_WINDOW (self->window));
}

static void
tutti_application_startup (GApplication *app)
{
  tutti_app_init ();
  G_APPLICATION_CLASS (tutti_application_parent_class)->startup (app);
  tutti_preferences_apply_style ();
  add_actions (TUTTI_APPLICATION (app));
}

static void
tutti_application_shutdown (GApplication *app)
{
  TuttiApplication *self = TUTTI_APPLICATION (app);

  if (self->coming != NULL)
    self->sessions.close (self->sessions.self, self->coming);
  forget_coming (self);
  if (self->session != NULL)
    self->sessions.close (self->sessions.self, self->session);
  g_clear_object (&self->session);
  G_APPLICATION_CLASS (tutti_application_parent_class)->shutdown (app);
}

static void
tutti_application_class_init (TuttiApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  app_class->activate = tutti_application_activate;
  app_class->startup = tutti_application_startup;
  app_class->shutdown = tutti_application_shutdown;
}

static void
tutti_application_init (TuttiApplication *self)
{
}

TuttiApplication *
tutti_application_new (const TuttiSessions *sessions)
{
  TuttiApplication *self = g_object_new (TUTTI_TYPE_APPLICATION, "application-id", "io.github.tuttijam.Tutti", NULL);

  self->sessions = *sessions;
  return self;
}
