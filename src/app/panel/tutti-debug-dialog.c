/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-debug-dialog.h"

#include "tutti-ask.h"
#include "tutti-card-window.h"

#include <glib/gi18n.h>

#define EVERY_MS 1000
#define HEIGHT 420
#define SAMPLES_SHOWN 20

/* ---- the text ---- */

static const char *
state_word (TuttiSessionState state)
{
  static const char * const words[] = {
    [TUTTI_SESSION_SOLO] = "solo", [TUTTI_SESSION_HOSTING] = "hosting", [TUTTI_SESSION_JOINING] = "joining",
    [TUTTI_SESSION_JOINED] = "joined", [TUTTI_SESSION_AWAY] = "away", [TUTTI_SESSION_ENDED] = "ended",
  };

  return words[state];
}

static const char *
quality_word (TuttiQuality quality)
{
  static const char * const words[] = {
    [TUTTI_QUALITY_IN_TIME] = "in time", [TUTTI_QUALITY_SETTLING] = "settling", [TUTTI_QUALITY_SLOW_LINK] = "slow link",
    [TUTTI_QUALITY_LATE_EDITS] = "late edits", [TUTTI_QUALITY_OUT_OF_TIME] = "out of time", [TUTTI_QUALITY_AWAY] = "away",
  };

  return words[quality];
}

static void
add_jam (GString *text, TuttiSession *session)
{
  const char *jam = tutti_session_get_jam_id (session);

  g_string_append_printf (text, "jam             %s\n", jam != NULL ? jam : "");
  g_string_append_printf (text, "state           %s\n", state_word (tutti_session_get_state (session)));
  g_string_append_printf (text, "me, host        %u, %u\n", tutti_session_get_me (session), tutti_session_get_host (session));
  g_string_append_printf (text, "heirs           %s\n", tutti_session_has_heirs (session) ? "yes" : "none");
  g_string_append_printf (text, "sequence        %" G_GINT64_FORMAT "\n", tutti_session_get_seq (session));
  g_string_append_printf (text, "hash            %016" G_GINT64_MODIFIER "x\n", tutti_session_get_hash (session));
  g_string_append_printf (text, "frame           %" G_GINT64_FORMAT "\n", tutti_session_get_frame (session));
}

static void
add_timing (GString *text, const TuttiTiming *timing)
{
  g_string_append_printf (text, "quality         %s\n", quality_word (timing->quality));
  g_string_append_printf (text, "round trip      %.3f ms\n", timing->round_trip_ms);
  g_string_append_printf (text, "jitter          %.3f ms\n", timing->jitter_ms);
  g_string_append_printf (text, "clock error     %.1f us\n", timing->clock_error_us);
  g_string_append_printf (text, "offset          %+.1f us\n", timing->offset_us);
  g_string_append_printf (text, "synced again    %u\n", timing->syncs);
  g_string_append_printf (text, "lead            %.1f ms\n", timing->lead_ms);
  g_string_append_printf (text, "edit to answer  %.0f us\n", timing->edit_latency_us);
  g_string_append_printf (text, "edits heard     %" G_GUINT64_FORMAT ", late %" G_GUINT64_FORMAT "\n", timing->edits, timing->late);
  g_string_append_printf (text, "edits waiting   %u\n", timing->pending);
  g_string_append_printf (text, "repairs         %" G_GUINT64_FORMAT "\n", timing->repairs);
  g_string_append_printf (text, "drop-outs       %u\n", timing->drop_outs);
  g_string_append_printf (text, "bytes           %" G_GUINT64_FORMAT " in, %" G_GUINT64_FORMAT " out\n", timing->bytes_in,
                          timing->bytes_out);
  g_string_append_printf (text, "messages        %" G_GUINT64_FORMAT " in, %" G_GUINT64_FORMAT " out\n", timing->messages_in,
                          timing->messages_out);
}

/* The newest last: what led to how it is now. */
static void
add_trail (GString *text, const TuttiTrail *trail)
{
  guint n = tutti_trail_get_n (trail), first = n > SAMPLES_SHOWN ? n - SAMPLES_SHOWN : 0;

  g_string_append (text, "\nlast seconds: round trip, jitter ms; offset, error us; lead ms; edits, late; bytes in, out; drop-outs\n");
  for (guint i = first; i < n; i++)
    {
      const TuttiTrailSample *s = tutti_trail_get (trail, i);

      g_string_append_printf (text, "%4d  %7.2f %6.2f  %+8.1f %7.1f  %5.1f  %3u %3u  %6u %6u  %u%s\n", (int) (i + 1 - n),
                              s->round_trip_ms, s->jitter_ms, s->offset_us, s->clock_error_us, s->lead_ms, s->edits, s->late,
                              s->bytes_in, s->bytes_out, s->drop_outs, s->in_jam ? "" : "  (away)");
    }
}

char *
tutti_debug_text (TuttiSession *session)
{
  GString *text = g_string_new (NULL);
  TuttiTiming timing;

  tutti_session_get_timing (session, &timing);
  add_jam (text, session);
  add_timing (text, &timing);
  add_trail (text, tutti_session_get_trail (session));
  return g_string_free (text, FALSE);
}

/* ---- the dialog ---- */

typedef struct
{
  TuttiSession  *session;      /* owned */
  GtkTextBuffer *buffer;       /* borrowed: of the view in the window */
  guint          source;
} Dialog;

/* What somebody is selecting stays as it is until they let go. */
static gboolean
show_text (gpointer user_data)
{
  Dialog *self = user_data;
  g_autofree char *text = tutti_debug_text (self->session);

  if (!gtk_text_buffer_get_has_selection (self->buffer))
    gtk_text_buffer_set_text (self->buffer, text, -1);
  return G_SOURCE_CONTINUE;
}

static void
on_copy (GtkButton *button, Dialog *self)
{
  g_autofree char *text = tutti_debug_text (self->session);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), text);
  gtk_button_set_label (button, _("Copied"));
}

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_source_remove (self->source);
  g_object_unref (self->session);
  g_free (self);
}

static GtkWidget *
build_text (Dialog *self)
{
  GtkWidget *view = gtk_text_view_new (), *scroller = gtk_scrolled_window_new ();

  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("All Counters"), -1);
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (scroller, "card");
  return scroller;
}

void
tutti_debug_dialog_open (GtkWidget *parent, TuttiSession *session)
{
  GtkWidget *column, *window = tutti_card_window_new (parent, _("Debug"), 640, &column);
  Dialog *self = g_new0 (Dialog, 1);
  GtkWidget *button;

  self->session = g_object_ref (session);
  gtk_box_append (GTK_BOX (column), build_text (self));
  button = tutti_card_window_add_button (window, column, _("Copy"));
  g_signal_connect (button, "clicked", G_CALLBACK (on_copy), self);
  self->source = g_timeout_add (EVERY_MS, show_text, self);
  g_object_set_data_full (G_OBJECT (window), "tutti-debug-dialog", self, dialog_free);
  show_text (self);
  gtk_window_present (GTK_WINDOW (window));
}
