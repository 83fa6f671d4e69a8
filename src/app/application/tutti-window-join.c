/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window on the way into somebody else's jam: trying, what came of it in words, and whom to trust. */
#include "tutti-window-private.h"

#include "tutti-ask.h"
#include "tutti-end-words.h"
#include "tutti-message.h"
#include "tutti-passcode-dialog.h"

static void begin (TuttiWindow *self, TuttiJoining *joining);

static void
end_toast (TuttiWindow *self)
{
  if (self->joining_toast != NULL)
    adw_toast_dismiss (self->joining_toast);
  g_clear_object (&self->joining_toast);
}

void
tutti_window_give_up (TuttiWindow *self)
{
  end_toast (self);
  if (self->joining != NULL)
    g_signal_handlers_disconnect_by_data (self->joining, self);
  g_clear_object (&self->joining);
  tutti_start_page_set_joining (TUTTI_START_PAGE (self->start), NULL);
}

/* ---------------------------------------------------------------- another identity */

static void
on_trust (const char *answer, gpointer user_data)
{
  TuttiWindow *self = user_data;

  if (self->joining == NULL)
    return;
  if (g_str_equal (answer, "join"))
    tutti_joining_start (self->joining, TRUE);
  else
    tutti_window_give_up (self);
}

static char *
last_seen_words (TuttiWindow *self)
{
  gint64 last_s = tutti_joining_get_last_seen_s (self->joining);
  g_autoptr(GDateTime) when = last_s > 0 ? g_date_time_new_from_unix_local (last_s) : NULL;

  /* Translators: a day, as in "than last Tuesday, 3 November" */
  return when != NULL ? g_date_time_format (when, _("%A, %-e %B")) : g_strdup (_("announced"));
}

static void
ask_trust (TuttiWindow *self)
{
  g_autofree char *seen = last_seen_words (self);
  g_autofree char *body =
    tutti_joining_get_last_seen_s (self->joining) > 0
      /* Translators: the first %s is a jam, the second a day */
      ? g_strdup_printf (_("“%s” shows another identity than on %s. If nobody set it up anew, somebody may be posing as it."),
                         tutti_joining_get_name (self->joining), seen)
      : g_strdup_printf (_("“%s” shows another identity than it announced. If nobody set it up anew, somebody may be posing as it."),
                         tutti_joining_get_name (self->joining));
  TuttiMessage message = { _("Different Host?"), body, { { "no", _("Do Not Join") }, { "join", _("Join Anyway") } }, "no", NULL };

  tutti_message_ask (GTK_WIDGET (self), &message, on_trust, self);
}

/* ---------------------------------------------------------------- a passcode */

static void
on_passcode (const char *passcode, gpointer user_data)
{
  TuttiWindow *self = user_data;

  if (self->joining == NULL)
    return;
  tutti_joining_set_passcode (self->joining, passcode);
  tutti_window_join_again (self);
}

/* ---------------------------------------------------------------- what came of it */

static void
on_failed (TuttiJoining *joining, const GError *error, TuttiWindow *self)
{
  g_autofree char *words = tutti_end_words (error, tutti_joining_get_name (joining), tutti_joining_get_port (joining));
  gboolean again = tutti_end_try_again (error);

  end_toast (self);
  if (tutti_end_is_over (error) && tutti_joining_get_jam (joining) != NULL)
    tutti_start_page_doubt (TUTTI_START_PAGE (self->start), tutti_joining_get_jam (joining));
  tutti_start_page_set_joining (TUTTI_START_PAGE (self->start), NULL);
  if (tutti_end_other_identity (error))
    {
      ask_trust (self);
      return;
    }
  if (tutti_end_asks_passcode (error))
    {
      tutti_passcode_dialog_open (GTK_WIDGET (self), tutti_joining_get_name (joining), words, _("Join"), on_passcode, self);
      return;
    }
  if (words != NULL)
    tutti_window_say_action (self, words, again ? _("Try Again") : NULL, "win.join-again", NULL);
}

static void
on_done (TuttiJoining *joining, TuttiSession *session, TuttiWindow *self)
{
  g_free (self->joining_name);
  self->joining_name = g_strdup (tutti_joining_get_name (joining));
  /* The signal's own argument keeps the session until it is shown. */
  tutti_window_show_session (self, g_object_ref (session));
  tutti_window_give_up (self);
}

/* ---------------------------------------------------------------- beginning */

static void
show_toast (TuttiWindow *self)
{
  g_autofree char *words = g_strdup_printf (_("Joining %s …"), tutti_joining_get_name (self->joining));

  end_toast (self);
  self->joining_toast = tutti_toast_new (words, _("Cancel"));
  adw_toast_set_timeout (self->joining_toast, 0);
  adw_toast_set_action_name (self->joining_toast, "win.cancel-joining");
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->overlay), g_object_ref (self->joining_toast));
}

/* Takes @joining. */
static void
begin (TuttiWindow *self, TuttiJoining *joining)
{
  tutti_window_give_up (self);
  self->joining = joining;
  g_signal_connect_object (joining, "done", G_CALLBACK (on_done), self, 0);
  g_signal_connect_object (joining, "failed", G_CALLBACK (on_failed), self, 0);
}

void
tutti_window_join_address (TuttiWindow *self, const TuttiAddress *address)
{
  g_autofree char *name = tutti_address_to_text (address);

  begin (self, tutti_joining_new (self->studio, address, name));
  show_toast (self);
  tutti_joining_start (self->joining, FALSE);
}

void
tutti_window_join_nearby (TuttiWindow *self, const char *id)
{
  TuttiNearbyJam *jam = tutti_start_page_find (TUTTI_START_PAGE (self->start), id);

  if (jam == NULL || tutti_nearby_jam_get_ad (jam)->n_addresses == 0)
    {
      tutti_window_say (self, _("This jam is not there any more."));
      return;
    }
  begin (self, tutti_joining_new_nearby (self->studio, jam));
  tutti_start_page_set_joining (TUTTI_START_PAGE (self->start), id);
  tutti_joining_start (self->joining, FALSE);
}

void
tutti_window_join_again (TuttiWindow *self)
{
  if (self->joining == NULL)
    return;
  show_toast (self);
  tutti_joining_start (self->joining, FALSE);
}
