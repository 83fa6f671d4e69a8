/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-chat-page.h"

#include "tutti-ask.h"
#include "tutti-chat-line.h"
#include "tutti-chat-words.h"
#include "tutti-settings.h"

#include <glib/gi18n.h>

/* Soft, a fifth above the bell's own note: heard beside music, and over before the next beat. */
#define CHIME "kit:glass-bells"
#define CHIME_PITCH 7
#define CHIME_VELOCITY 60

struct _TuttiChatPage
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* owned */
  GtkWidget    *root, *scroller, *list, *older, *empty, *entry, *send;
  gint64        read;          /* id of the newest line that was seen */
  gint64        shown;         /* id of the newest line that has a row */
  guint         shown_by;      /* who said that */
  guint         rows;          /* in the list */
  gboolean      jamless;       /* the rows were made before there was a jam to find tracks in */
  gboolean      began;         /* what was said before this window came is not unread */
  gboolean      at_end;        /* the list stays at its end */
};

G_DEFINE_FINAL_TYPE (TuttiChatPage, tutti_chat_page, GTK_TYPE_WIDGET)

enum { UNREAD, SHOW_TRACK, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- unread ---- */

static void
tell_unread (TuttiChatPage *self)
{
  guint n = tutti_session_get_n_lines (self->session), unread = 0;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && n > 0)
    self->read = tutti_session_get_line (self->session, n - 1)->id;
  while (n-- > 0 && tutti_session_get_line (self->session, n)->id > self->read)
    unread += tutti_session_get_line (self->session, n)->by != tutti_session_get_me (self->session);
  g_signal_emit (self, signals[UNREAD], 0, unread);
}

/* ---- the lines ---- */

static GtkWidget *
row_new (TuttiChatPage *self, const TuttiLine *line, gboolean names)
{
  return tutti_chat_line_new (self->session, line, line->by == tutti_session_get_me (self->session), names);
}

static void
add_row (TuttiChatPage *self, const TuttiLine *line)
{
  gtk_box_append (GTK_BOX (self->list), row_new (self, line, line->by != self->shown_by));
  self->shown = line->id;
  self->shown_by = line->by;
  self->rows++;
}

static void
remove_first (TuttiChatPage *self)
{
  gtk_box_remove (GTK_BOX (self->list), gtk_widget_get_first_child (self->list));
  self->rows--;
}

/* The session keeps so many lines and lets the oldest go; what is the first line then says whose it is. */
static void
drop_oldest (TuttiChatPage *self)
{
  guint n = tutti_session_get_n_lines (self->session);

  if (self->rows <= n || n == 0)
    return;
  while (self->rows >= n)
    remove_first (self);
  gtk_box_prepend (GTK_BOX (self->list), row_new (self, tutti_session_get_line (self->session, 0), TRUE));
  self->rows++;
  gtk_widget_set_visible (self->older, tutti_session_has_older_lines (self->session));
}

static void
show_lines (TuttiChatPage *self)
{
  guint n = tutti_session_get_n_lines (self->session);

  while (self->rows > 0)
    remove_first (self);
  self->jamless = tutti_session_get_jam (self->session) == NULL;
  self->shown = 0;
  self->shown_by = 0;
  for (guint i = 0; i < n; i++)
    add_row (self, tutti_session_get_line (self->session, i));
  gtk_widget_set_visible (self->older, tutti_session_has_older_lines (self->session));
  gtk_widget_set_visible (self->empty, n == 0);
  gtk_widget_set_visible (self->scroller, n > 0);
}

static void
chime (TuttiChatPage *self, const TuttiLine *line)
{
  if (line->by != tutti_session_get_me (self->session) && tutti_settings_get_chat_chime ())
    tutti_session_audition (self->session, CHIME, CHIME_PITCH, CHIME_VELOCITY);
}

static void
on_said (TuttiSession *session, const TuttiLine *fresh, TuttiChatPage *self)
{
  guint n = tutti_session_get_n_lines (session);

  if (fresh != NULL && gtk_widget_get_visible (self->scroller))
    {
      add_row (self, fresh);
      drop_oldest (self);
    }
  else
    show_lines (self);
  if (fresh != NULL)
    chime (self, fresh);
  if (!self->began && fresh == NULL)
    self->read = n > 0 ? tutti_session_get_line (session, n - 1)->id : 0;
  self->began = TRUE;
  tell_unread (self);
}

static void
update_rows (TuttiChatPage *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL; row = gtk_widget_get_next_sibling (row))
    tutti_chat_line_update (row, self->session);
}

/* Names and colours that are known only now. What was said is not read for tracks again, but with the first jam. */
static void
on_changed (TuttiSession *session, const TuttiTarget *what, guint by, TuttiChatPage *self)
{
  if (what->scope != TUTTI_SCOPE_PEOPLE && what->scope != TUTTI_SCOPE_ALL)
    return;
  if (self->jamless)
    show_lines (self);
  update_rows (self);
}

static void
on_older (GtkButton *button, TuttiChatPage *self)
{
  self->at_end = FALSE;
  tutti_session_ask_older_lines (self->session);
}

/* ---- scrolling ---- */

static void
on_scrolled (GtkAdjustment *adjustment, TuttiChatPage *self)
{
  self->at_end = gtk_adjustment_get_value (adjustment) >=
                 gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) - 1;
}

static void
on_resized (GtkAdjustment *adjustment, TuttiChatPage *self)
{
  if (self->at_end)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

/* ---- saying something ---- */

static void
on_send (GtkWidget *widget, TuttiChatPage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autoptr(GError) error = NULL;

  if (*text == '\0')
    return;
  self->at_end = TRUE;
  /* What could not be said stays in the entry. */
  if (tutti_session_chat (self->session, text, &error))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  else
    tutti_say_reason (GTK_WIDGET (self), error->message);
}

static void
on_text (GtkEditable *editable, TuttiChatPage *self)
{
  gtk_widget_set_sensitive (self->send, *gtk_editable_get_text (editable) != '\0');
}

/* ---- links ---- */

/* As a click on the ruler: for everyone, where the rules allow it. */
static void
go_to_bar (TuttiChatPage *self, int bar)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  gint64 bar_ticks = 4 * TUTTI_TICKS_PER_QUARTER * jam->transport.beats / jam->transport.unit;

  tutti_ask (GTK_WIDGET (self), self->session, tutti_op_new (TUTTI_OP_SEEK, TUTTI_N ((bar - 1) * bar_ticks)));
}

static void
on_link (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiChatPage *self = TUTTI_CHAT_PAGE (widget);
  const char *uri = g_variant_get_string (parameter, NULL);
  TuttiId track;
  int bar;

  if (tutti_session_get_jam (self->session) == NULL)
    return;
  if (tutti_chat_link_bar (uri, &bar))
    go_to_bar (self, bar);
  else if (tutti_chat_link_track (uri, &track))
    g_signal_emit (self, signals[SHOW_TRACK], 0, &track);
}

/* ---- building ---- */

static GtkWidget *
build_empty (TuttiChatPage *self)
{
  self->empty = gtk_label_new (_("Say hello."));
  gtk_widget_add_css_class (self->empty, "dim-label");
  gtk_widget_set_vexpand (self->empty, TRUE);
  return self->empty;
}

static GtkWidget *
build_lines (TuttiChatPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkAdjustment *adjustment;

  self->older = gtk_button_new_with_label (_("Earlier Messages"));
  gtk_widget_add_css_class (self->older, "flat");
  gtk_widget_set_halign (self->older, GTK_ALIGN_CENTER);
  g_signal_connect (self->older, "clicked", G_CALLBACK (on_older), self);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_valign (column, GTK_ALIGN_END);
  gtk_widget_add_css_class (column, "chat");
  gtk_box_append (GTK_BOX (column), self->older);
  gtk_box_append (GTK_BOX (column), self->list);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Messages"), -1);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), column);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (on_scrolled), self);
  g_signal_connect (adjustment, "changed", G_CALLBACK (on_resized), self);
  return self->scroller;
}

static GtkWidget *
build_entry (TuttiChatPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Message to everyone"));
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), TUTTI_CHAT_CHARS_MAX);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Message to everyone"), -1);
  gtk_widget_set_hexpand (self->entry, TRUE);
  g_signal_connect (self->entry, "activate", G_CALLBACK (on_send), self);
  g_signal_connect (self->entry, "changed", G_CALLBACK (on_text), self);
  self->send = gtk_button_new_from_icon_name ("tutti-send-symbolic");
  gtk_widget_set_tooltip_text (self->send, _("Send (Enter)"));
  gtk_widget_add_css_class (self->send, "suggested-action");
  gtk_widget_set_sensitive (self->send, FALSE);
  g_signal_connect (self->send, "clicked", G_CALLBACK (on_send), self);
  gtk_widget_add_css_class (box, "chat-entry");
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->send);
  return box;
}

static void
tutti_chat_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tutti_chat_page_parent_class)->map (widget);
  tell_unread (TUTTI_CHAT_PAGE (widget));
}

static void
tutti_chat_page_dispose (GObject *object)
{
  TuttiChatPage *self = TUTTI_CHAT_PAGE (object);

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tutti_chat_page_parent_class)->dispose (object);
}

static void
tutti_chat_page_class_init (TuttiChatPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_chat_page_dispose;
  widget_class->map = tutti_chat_page_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "chat.link", "s", on_link);
  signals[UNREAD] = g_signal_new ("unread", TUTTI_TYPE_CHAT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SHOW_TRACK] = g_signal_new ("show-track", TUTTI_TYPE_CHAT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                      G_TYPE_POINTER);
}

static void
tutti_chat_page_init (TuttiChatPage *self)
{
  self->at_end = TRUE;
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->root), build_empty (self));
  gtk_box_append (GTK_BOX (self->root), build_lines (self));
  gtk_box_append (GTK_BOX (self->root), build_entry (self));
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
tutti_chat_page_new (TuttiSession *session)
{
  TuttiChatPage *self = g_object_new (TUTTI_TYPE_CHAT_PAGE, NULL);
  guint n = tutti_session_get_n_lines (session);

  self->session = g_object_ref (session);
  self->began = tutti_session_get_jam (session) != NULL;
  self->read = n > 0 ? tutti_session_get_line (session, n - 1)->id : 0;
  g_signal_connect_object (session, "said", G_CALLBACK (on_said), self, 0);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (session, "pictured", G_CALLBACK (update_rows), self, G_CONNECT_SWAPPED);
  show_lines (self);
  return GTK_WIDGET (self);
}

void
tutti_chat_page_focus (TuttiChatPage *self)
{
  gtk_widget_grab_focus (self->entry);
}
