/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-history-actions.h"

#include "tutti-ask.h"
#include "tutti-history-words.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget    *page;          /* owner */
  TuttiSession *session;       /* owned */
  TuttiBar     *bar;           /* owned: a child of the page */
  TuttiOutput  *output;        /* owned (nullable): this machine's, from the first time that something is heard */
  char         *branch;        /* owned: the name that was wished for */
} Past;

/* When the moment after @seq was, as far as the list knows; 0: it does not. */
static gint64
time_of (Past *self, gint64 seq)
{
  GListModel *history = G_LIST_MODEL (tutti_session_get_history (self->session));

  for (guint i = 0; i < g_list_model_get_n_items (history); i++)
    {
      g_autoptr(TuttiMoment) moment = g_list_model_get_item (history, i);

      if (tutti_moment_get_seq (moment) == seq)
        return tutti_moment_get_time_us (moment);
    }
  return 0;
}

/* A muted machine stays silent, also for this: whoever listens at the host's loudspeaker is told why. (transfer full) */
static char *
hearing_words (Past *self, gint64 time_us)
{
  gboolean muted = self->output != NULL && tutti_output_get_mute (self->output);
  g_autofree char *time = tutti_time_of_day_words (time_us, g_get_real_time ());

  if (time_us <= 0)
    return g_strdup (muted ? _("This machine is muted. Unmute it to hear the jam as it was.")
                           : _("Only you hear this: the jam as it was"));
  return muted ? g_strdup_printf (_("This machine is muted. Unmute it to hear the jam as it was at %s."), time)
               : g_strdup_printf (_("Only you hear this: the jam as it was at %s"), time);
}

static void
show_hearing (Past *self)
{
  gint64 seq = tutti_session_get_hearing (self->session);
  g_autofree char *words = NULL;

  if (seq < 0)
    {
      tutti_bar_clear (self->bar, TUTTI_BAR_MINE);
      return;
    }
  words = hearing_words (self, time_of (self, seq));
  tutti_bar_show (self->bar, TUTTI_BAR_MINE, "tutti-ears-symbolic", words, _("Stop Listening"), "history.stop");
}

/* It may be unmuted while something is heard. */
static void
watch_output (Past *self)
{
  TuttiOutput *output = tutti_session_get_output (self->session);

  if (output != NULL && g_set_object (&self->output, output))
    g_signal_connect_swapped (output, "notify::mute", G_CALLBACK (show_hearing), self);
}

static void
on_hearing (TuttiSession *session, Past *self)
{
  watch_output (self);
  show_hearing (self);
}

static void
say_failed (Past *self, TuttiPastWish wish, gint64 seq, const GError *why)
{
  g_autoptr(GVariant) target = g_variant_ref_sink (g_variant_new_int64 (seq));
  g_autofree char *branch = g_action_print_detailed_name ("history.branch", target);

  if (g_error_matches (why, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_LIMIT) && wish == TUTTI_PAST_GO_BACK)
    tutti_say_with_action (self->page, _("Too much is different for one step back."), _("Branch Instead"), branch);
  else if (g_error_matches (why, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_EXISTS) && wish == TUTTI_PAST_GO_BACK)
    tutti_say (self->page, _("The jam is as it was then."));
  else if (g_error_matches (why, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_MISSING))
    tutti_say (self->page, _("How the jam was then is not kept any more."));
  else
    tutti_say_reason (self->page, why->message);
}

static void
say_branched (Past *self, const char *jam)
{
  g_autoptr(GVariant) target = g_variant_ref_sink (g_variant_new_string (jam));
  g_autofree char *open = g_action_print_detailed_name ("win.open-jam", target);
  g_autoptr(GString) words = g_string_new (_("“%s” is among your jams."));

  g_string_replace (words, "%s", self->branch != NULL ? self->branch : "", 1);
  tutti_say_with_action (self->page, words->str, _("Open"), open);
}

static void
on_past (TuttiSession *session, int wish, gint64 seq, const GError *why, const char *jam, Past *self)
{
  if (why != NULL)
    say_failed (self, (TuttiPastWish) wish, seq, why);
  else if (wish == TUTTI_PAST_GO_BACK)
    tutti_say_with_action (self->page, _("The jam went back, for everyone."), _("Undo"), "jam.undo");
  else if (wish == TUTTI_PAST_BRANCH && jam != NULL)
    say_branched (self, jam);
}

static void
said (Past *self, gboolean done, const GError *error)
{
  if (!done && error != NULL)
    tutti_say_reason (self->page, error->message);
}

static void
on_hear (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Past *self = user_data;
  gint64 seq = g_variant_get_int64 (parameter);
  g_autoptr(GError) error = NULL;

  if (tutti_session_get_hearing (self->session) == seq)
    tutti_session_stop_hearing (self->session);
  else
    said (self, tutti_session_hear (self->session, seq, &error), error);
}

static void
on_stop (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  tutti_session_stop_hearing (((Past *) user_data)->session);
}

static void
on_go_back (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Past *self = user_data;
  g_autoptr(GError) error = NULL;

  said (self, tutti_session_go_back (self->session, g_variant_get_int64 (parameter), &error), error);
}

/* A long name is cut where a character ends. */
static char *
branch_name (Past *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  g_autoptr(GString) words = g_string_new (jam->name);
  const char *tail = _(" (branch)");

  while (words->len + strlen (tail) > TUTTI_NAME_BYTES_MAX)
    g_string_truncate (words, (gsize) (g_utf8_prev_char (words->str + words->len) - words->str));
  g_string_append (words, tail);
  return g_strdup (words->str);
}

static void
on_branch (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Past *self = user_data;
  g_autoptr(GError) error = NULL;

  g_free (self->branch);
  self->branch = branch_name (self);
  said (self, tutti_session_branch (self->session, g_variant_get_int64 (parameter), self->branch, &error), error);
}

static void
on_name_moment (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Past *self = user_data;

  tutti_ask (self->page, self->session, tutti_op_new (TUTTI_OP_MOMENT, g_variant_get_string (parameter, NULL), TUTTI_N (0)));
}

static void
past_free (Past *self)
{
  g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->output != NULL)
    g_signal_handlers_disconnect_by_data (self->output, self);
  g_clear_object (&self->output);
  g_free (self->branch);
  g_object_unref (self->bar);
  g_object_unref (self->session);
  g_free (self);
}

void
tutti_history_actions_attach (GtkWidget *page, TuttiSession *session, TuttiBar *bar)
{
  static const GActionEntry entries[] = {
    { "hear", on_hear, "x" }, { "stop", on_stop }, { "go-back", on_go_back, "x" }, { "branch", on_branch, "x" },
    { "name-moment", on_name_moment, "s" },
  };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  Past *self = g_new0 (Past, 1);

  self->page = page;
  self->session = g_object_ref (session);
  self->bar = g_object_ref (bar);
  g_object_set_data_full (G_OBJECT (page), "tutti-history-actions", self, (GDestroyNotify) past_free);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (page, "history", G_ACTION_GROUP (group));
  g_signal_connect (session, "past", G_CALLBACK (on_past), self);
  g_signal_connect (session, "hearing", G_CALLBACK (on_hearing), self);
}
