/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window with a jam: opening it, showing it when its document is there, hosting it, leaving it. */
#include "tutti-window-private.h"

#include "tutti-ask.h"
#include "tutti-end-words.h"
#include "tutti-jam-maker.h"
#include "tutti-jam-page.h"
#include "tutti-message.h"
#include "tutti-output-memory.h"
#include "tutti-own-address.h"
#include "tutti-pages.h"

#define TEMPO_CBPM 12000

static void on_publisher_state (TuttiPublisher *publisher, GParamSpec *pspec, TuttiWindow *self);

/* ---------------------------------------------------------------- hosting */

static const char *
jam_name (TuttiWindow *self)
{
  const TuttiJam *jam = self->session != NULL ? tutti_session_get_jam (self->session) : NULL;

  return jam != NULL ? jam->name : self->joining_name != NULL ? self->joining_name : _("The jam");
}

/* One sentence says how hosting goes: seen by others, or how they come without seeing. */
static void
tell_hosting (TuttiWindow *self)
{
  TuttiPublisher *publisher = tutti_session_get_publisher (self->session);
  g_autofree char *address = tutti_own_address_dup_text_for (tutti_session_get_port (self->session)), *words = NULL;

  if (self->told || (publisher != NULL && tutti_publisher_get_state (publisher) == TUTTI_PUBLISHER_PENDING))
    return;
  self->told = TRUE;
  if (publisher != NULL && tutti_publisher_get_state (publisher) == TUTTI_PUBLISHER_PUBLISHED)
    words = g_strdup_printf (_("Hosting %s. Others on this network see it now."), jam_name (self));
  else if (address == NULL)
    words = g_strdup_printf (_("Hosting %s. Connect to a network so that others can join."), jam_name (self));
  else
    words = g_strdup_printf (_("Hosting without announcement: Avahi is not running. Others can join at %s."), address);
  tutti_window_say (self, words);
}

static void
on_publisher_state (TuttiPublisher *publisher, GParamSpec *pspec, TuttiWindow *self)
{
  if (self->session != NULL && tutti_session_get_publisher (self->session) == publisher)
    tell_hosting (self);
}

static void
tell_port (TuttiWindow *self, guint wished)
{
  guint port = tutti_session_get_port (self->session);
  g_autofree char *words = NULL;

  if (wished == 0 || port == wished)
    return;
  words = g_strdup_printf (_("Another program uses port %u. Hosting on %u instead."), wished, port);
  tutti_window_say (self, words);
}

/* The link that brings others here, certificate and all. */
static void
show_link (TuttiWindow *self)
{
  g_autofree char *place = tutti_own_address_dup_text_for (tutti_session_get_port (self->session));
  g_autoptr(TuttiAddress) address = place != NULL ? tutti_address_parse (place, NULL) : NULL;
  GtkWidget *page = tutti_pages_get_jam (TUTTI_PAGES (self->pages));
  g_autofree char *link = NULL;

  if (address == NULL || page == NULL)
    return;
  address->jam = g_strdup (tutti_session_get_jam_id (self->session));
  address->fingerprint = g_strdup (tutti_identity_get_fingerprint (tutti_studio_get_identity (self->studio)));
  link = tutti_address_to_link (address);
  tutti_jam_page_set_link (TUTTI_JAM_PAGE (page), link);
}

/* Who visits passes on the way to the host; an admin's invitation goes with it. Who went on hosting is the way. */
static void
show_way (TuttiWindow *self)
{
  GtkWidget *page = tutti_pages_get_jam (TUTTI_PAGES (self->pages));
  g_autofree char *link = self->session != NULL ? tutti_session_dup_link (self->session) : NULL;

  if (link != NULL && page != NULL)
    tutti_jam_page_set_link (TUTTI_JAM_PAGE (page), link);
  else if (self->session != NULL && tutti_session_get_state (self->session) == TUTTI_SESSION_HOSTING)
    show_link (self);
}

static void
start_hosting (TuttiWindow *self)
{
  GSettings *settings = tutti_settings_get ();
  guint port = settings != NULL ? (guint) g_settings_get_int (settings, "host-port") : TUTTI_DEFAULT_PORT;
  TuttiSessionDoor door = { .port = (guint16) port, .people_max = self->people_max, .announce = TRUE };
  g_autoptr(GError) error = NULL;

  self->host = FALSE;
  self->told = FALSE;
  if (!tutti_session_host (self->session, &door, &error))
    {
      g_autofree char *words = g_strdup_printf (_("This computer cannot host just now: %s"), error->message);

      tutti_window_say (self, words);
      return;
    }
  tell_port (self, port);
  show_link (self);
  if (tutti_session_get_publisher (self->session) != NULL)
    g_signal_connect_object (tutti_session_get_publisher (self->session), "notify::state", G_CALLBACK (on_publisher_state), self, 0);
  tell_hosting (self);
}

gboolean
tutti_window_may_host (TuttiWindow *self)
{
  return self->session != NULL && tutti_session_get_jam (self->session) != NULL &&
         tutti_session_get_state (self->session) == TUTTI_SESSION_SOLO;
}

static void
host_this (TuttiWindow *self, const char *name)
{
  if (!g_str_equal (tutti_session_get_jam (self->session)->name, name))
    tutti_session_submit (self->session, tutti_op_new (TUTTI_OP_JAM_NAME, name), NULL);
  start_hosting (self);
}

void
tutti_window_host (TuttiWindow *self, const TuttiHostWish *wish)
{
  self->people_max = wish->people_max;
  if (wish->start == TUTTI_HOST_THIS_JAM)
    {
      if (tutti_window_may_host (self))
        host_this (self, wish->name);
      return;
    }
  tutti_window_drop_session (self);
  self->host = TRUE;
  tutti_window_make (self, wish->name, wish->demo);
}

/* ---------------------------------------------------------------- opening */

static void
start_playing (TuttiWindow *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  self->play = FALSE;
  if (!jam->transport.playing)
    tutti_session_submit (self->session, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)), NULL);
}

static void
on_leave (GtkWidget *page, TuttiWindow *self)
{
  tutti_window_leave_then (self, TUTTI_NEXT_START, NULL, NULL);
}

/* Who hosts has nothing more to ask for; a guest who asks is told that the jam is hosted. */
static void
show_may_ask_to_host (TuttiWindow *self)
{
  gboolean hosting = self->session != NULL && tutti_session_get_state (self->session) == TUTTI_SESSION_HOSTING;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.host", !hosting);
}

static void
show_page (TuttiWindow *self)
{
  GtkWidget *page;

  g_clear_signal_handler (&self->wait, self->session);
  page = tutti_jam_page_new (self->session);
  g_signal_connect_object (page, "leave", G_CALLBACK (on_leave), self, 0);
  tutti_pages_show_jam (TUTTI_PAGES (self->pages), page);
  show_way (self);
  /* Of a beat that plays by itself, or of others: an empty one, or one's own of before, says nothing of itself. */
  if (self->play || tutti_session_get_state (self->session) == TUTTI_SESSION_JOINED)
    tutti_jam_page_begin_hints (TUTTI_JAM_PAGE (page));
  if (self->play)
    start_playing (self);
  if (self->host)
    start_hosting (self);
}

static void
on_document (TuttiSession *session, const TuttiTarget *what, guint by, TuttiWindow *self)
{
  if (tutti_session_get_jam (session) != NULL)
    show_page (self);
}

static gboolean
on_ended (gpointer user_data)
{
  TuttiWindow *self = user_data;
  g_autofree char *words = NULL;

  self->ending = 0;
  words = tutti_end_words (tutti_session_get_end (self->session), jam_name (self), 0);
  if (tutti_end_is_over (tutti_session_get_end (self->session)))
    tutti_start_page_doubt (TUTTI_START_PAGE (self->start), tutti_session_get_jam_id (self->session));
  tutti_window_drop_session (self);
  if (words != NULL)
    tutti_window_say (self, words);
  return G_SOURCE_REMOVE;
}

/* The session is in the middle of its own work when it tells. */
static void
on_state (TuttiWindow *self)
{
  show_way (self);
  show_may_ask_to_host (self);
  if (self->session != NULL && self->ending == 0 && tutti_session_get_state (self->session) == TUTTI_SESSION_ENDED)
    self->ending = g_idle_add (on_ended, self);
}

void
tutti_window_show_session (TuttiWindow *self, TuttiSession *session)
{
  tutti_window_drop_session (self);
  self->session = session;
  show_may_ask_to_host (self);
  tutti_output_memory_attach (tutti_session_get_output (session));
  g_signal_connect_object (session, "notify::state", G_CALLBACK (on_state), self, G_CONNECT_SWAPPED);
  if (tutti_session_get_jam (session) != NULL)
    show_page (self);
  else
    self->wait = g_signal_connect_object (session, "changed", G_CALLBACK (on_document), self, 0);
}

/* Nothing opened: what was wished for with it is off, too. */
static void
say_store (TuttiWindow *self, const GError *error)
{
  g_autofree char *words = tutti_store_words (error);

  self->play = self->host = FALSE;
  tutti_window_say (self, words);
}

void
tutti_window_open (TuttiWindow *self, const char *id, gboolean play)
{
  g_autoptr(GError) error = NULL;
  TuttiSession *session;

  tutti_window_drop_session (self);
  session = tutti_session_open (self->studio, id, NULL, &error);
  if (session == NULL)
    {
      say_store (self, error);
      return;
    }
  self->play = play;
  tutti_window_show_session (self, session);
}

void
tutti_window_make (TuttiWindow *self, const char *name, const char *demo)
{
  GSettings *settings = tutti_settings_get ();
  int tempo_cbpm = settings != NULL ? g_settings_get_int (settings, "default-tempo") : TEMPO_CBPM;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = tutti_jam_maker_make (tutti_studio_get_store (self->studio), name, demo, tempo_cbpm, &error);

  if (id != NULL)
    tutti_window_open (self, id, demo != NULL && name == NULL);
  else
    say_store (self, error);
}

/* ---------------------------------------------------------------- leaving */

void
tutti_window_drop_session (TuttiWindow *self)
{
  g_autoptr(TuttiSession) session = g_steal_pointer (&self->session);

  if (session == NULL)
    return;
  self->play = self->host = FALSE;
  g_clear_handle_id (&self->ending, g_source_remove);
  g_clear_signal_handler (&self->wait, session);
  g_signal_handlers_disconnect_by_data (session, self);
  show_may_ask_to_host (self);
  /* The page first: what it draws asks the session. */
  tutti_pages_show_start (TUTTI_PAGES (self->pages));
  tutti_unsay (self->overlay);
  if (self->end_for_all)
    tutti_session_end (session);
  else
    tutti_session_leave (session);
  self->end_for_all = FALSE;
  tutti_start_page_refresh (TUTTI_START_PAGE (self->start));
}

static guint
others (TuttiWindow *self)
{
  GListModel *people = tutti_session_get_people (self->session);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (people, i);

      n += tutti_member_get_present (member) && !tutti_member_get_is_me (member);
    }
  return n;
}

static void
go_on (TuttiWindow *self)
{
  g_autofree char *text = g_steal_pointer (&self->next_text);
  g_autoptr(TuttiAddress) address = g_steal_pointer (&self->next_address);

  tutti_window_drop_session (self);
  switch (self->next)
    {
    case TUTTI_NEXT_CLOSE:
      gtk_window_destroy (GTK_WINDOW (self));
      break;
    case TUTTI_NEXT_LIBRARY:
      tutti_start_page_show_library (TUTTI_START_PAGE (self->start), TRUE);
      break;
    case TUTTI_NEXT_OPEN:
      tutti_window_open (self, text, FALSE);
      break;
    case TUTTI_NEXT_NEW:
    case TUTTI_NEXT_DEMO:
      tutti_window_make (self, NULL, self->next == TUTTI_NEXT_DEMO ? text : NULL);
      break;
    case TUTTI_NEXT_JOIN:
      tutti_window_join_address (self, address);
      break;
    case TUTTI_NEXT_START:
    default:
      break;
    }
}

static void
on_answered (const char *answer, gpointer user_data)
{
  TuttiWindow *self = user_data;

  self->asking = FALSE;
  self->end_for_all = g_str_equal (answer, "end");
  if (self->end_for_all || g_str_equal (answer, "hand"))
    go_on (self);
  else
    tutti_pages_return (TUTTI_PAGES (self->pages));
}

void
tutti_window_leave_then (TuttiWindow *self, TuttiNext next, const char *text, const TuttiAddress *address)
{
  guint n = self->session != NULL && tutti_session_get_state (self->session) == TUTTI_SESSION_HOSTING ? others (self) : 0;
  g_autofree char *body = g_strdup_printf (ngettext ("You host it for %u other.", "You host it for %u others.", n), n);
  TuttiMessage message = { _("Leave the Jam?"), body, { { "stay", _("Stay") }, { "end", _("End for All") } }, "stay", "end" };

  if (n > 0 && tutti_session_has_heirs (self->session))
    {
      message.answers[1] = (TuttiAnswer) { "hand", _("Hand Over and Leave") };
      message.answers[2] = (TuttiAnswer) { "end", _("End for All") };
    }

  if (self->asking)
    return;
  self->next = next;
  g_free (self->next_text);
  self->next_text = g_strdup (text);
  g_clear_pointer (&self->next_address, tutti_address_free);
  self->next_address = address != NULL ? tutti_address_copy (address) : NULL;
  if (n == 0)
    {
      go_on (self);
      return;
    }
  self->asking = TRUE;
  tutti_message_ask (GTK_WIDGET (self), &message, on_answered, self);
}
