/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-kept.h"

#include "tutti-ask.h"
#include "tutti-describe-dialog.h"
#include "tutti-rights-words.h"

#include <glib/gi18n.h>

#define LOOK_EVERY_MS 500

typedef struct
{
  GtkWidget    *page;          /* owner */
  TuttiSession *session;       /* owned */
  TuttiBar     *bar;           /* owned: a child of the page */
  GActionMap   *actions;       /* borrowed: the page's */
  gboolean      published;     /* as the bar says */
  gint64        full_seq;      /* how far the jam had come when the disk was full */
  guint         looking;       /* source: until it is no more */
} Kept;

/* ---- words ---- */

static void
on_described (const char *text, gpointer user_data)
{
  Kept *self = user_data;

  tutti_ask (self->page, self->session, tutti_op_new (TUTTI_OP_JAM_DESCRIPTION, text));
}

static void
on_describe (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Kept *self = user_data;
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  if (jam == NULL)
    return;
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_JAM_DESCRIPTION, jam->description);
  g_autofree char *denied = tutti_denied_words (self->session, op);

  if (denied != NULL)
    tutti_say (self->page, denied);
  else
    tutti_describe_dialog_open (self->page, jam->description, on_described, self);
}

/* ---- published ---- */

static void
on_publish (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  Kept *self = user_data;

  tutti_ask (self->page, self->session, tutti_op_new (TUTTI_OP_JAM_PUBLISHED, TUTTI_N (g_variant_get_boolean (state))));
}

static void
show_published (Kept *self, const TuttiJam *jam)
{
  GAction *action = g_action_map_lookup_action (self->actions, "publish");

  if (jam->published == self->published)
    return;
  self->published = jam->published;
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (jam->published));
  if (jam->published)
    tutti_bar_show (self->bar, TUTTI_BAR_PUBLISHED, "changes-prevent-symbolic", _("Published: read only. Remix it to change it."),
                    _("Remix"), "win.remix");
  else
    tutti_bar_clear (self->bar, TUTTI_BAR_PUBLISHED);
}

/* ---- the disk ---- */

/* What is confirmed was kept: there is room again. That one's own edit is confirmed is nothing a session tells of. */
static gboolean
on_look (gpointer user_data)
{
  Kept *self = user_data;

  if (tutti_session_get_seq (self->session) <= self->full_seq)
    return G_SOURCE_CONTINUE;
  self->looking = 0;
  tutti_bar_clear (self->bar, TUTTI_BAR_DISK);
  return G_SOURCE_REMOVE;
}

static void
on_refused (TuttiSession *session, const TuttiOp *op, const GError *why, Kept *self)
{
  if (!g_error_matches (why, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_KEPT))
    return;
  self->full_seq = tutti_session_get_seq (session);
  if (self->looking == 0)
    self->looking = g_timeout_add (LOOK_EVERY_MS, on_look, self);
  tutti_bar_show (self->bar, TUTTI_BAR_DISK, "drive-harddisk-symbolic",
                  _("The disk is full where this jam is kept. It plays on, but takes no edits until there is room."), NULL, NULL);
}

/* ---- life ---- */

static void
on_changed (TuttiSession *session, const TuttiTarget *what, guint by, Kept *self)
{
  const TuttiJam *jam = tutti_session_get_jam (session);

  if (jam != NULL)
    show_published (self, jam);
}

static void
kept_free (Kept *self)
{
  g_clear_handle_id (&self->looking, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_object_unref (self->bar);
  g_object_unref (self->session);
  g_free (self);
}

void
tutti_jam_kept_attach (GtkWidget *page, TuttiSession *session, TuttiBar *bar, GActionMap *actions)
{
  static const GActionEntry entries[] = { { "describe", on_describe }, { "publish", NULL, NULL, "false", on_publish } };
  Kept *self = g_new0 (Kept, 1);

  self->page = page;
  self->session = g_object_ref (session);
  self->bar = g_object_ref (bar);
  self->actions = actions;
  g_object_set_data_full (G_OBJECT (page), "tutti-jam-kept", self, (GDestroyNotify) kept_free);
  g_action_map_add_action_entries (actions, entries, G_N_ELEMENTS (entries), self);
  g_signal_connect (session, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (session, "refused", G_CALLBACK (on_refused), self);
  if (tutti_session_get_jam (session) != NULL)
    show_published (self, tutti_session_get_jam (session));
}
