/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-timing-page.h"

#include "tutti-compare-box.h"
#include "tutti-debug-dialog.h"
#include "tutti-quality-words.h"
#include "tutti-timing-graph.h"
#include "tutti-words.h"

#include <glib/gi18n.h>

/* Bytes a second are an average over so many: one edit is one message. */
#define RATE_S 10

enum { ROW_TRIP, ROW_OFFSET, ROW_ERROR, ROW_JITTER, ROW_EDIT, ROW_LATE, ROW_DROPS, ROW_LEAD, ROW_BYTES, N_ROWS };

struct _TuttiTimingPage
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* owned */
  GtkWidget    *root, *column, *debug, *mark, *title, *words, *graph, *rows[N_ROWS];
};

G_DEFINE_FINAL_TYPE (TuttiTimingPage, tutti_timing_page, GTK_TYPE_WIDGET)

static void
set_row (TuttiTimingPage *self, int row, char *words)
{
  gtk_label_set_text (GTK_LABEL (self->rows[row]), words);
  g_free (words);
}

/* (transfer full) */
static char *
rate_words (const TuttiTrail *trail)
{
  guint n = tutti_trail_get_n (trail), seconds = MIN (n, RATE_S);
  guint64 in = 0, out = 0;

  for (guint i = n - seconds; i < n; i++)
    {
      in += tutti_trail_get (trail, i)->bytes_in;
      out += tutti_trail_get (trail, i)->bytes_out;
    }
  /* Translators: bytes a second received and sent */
  return g_strdup_printf (_("%u in, %u out"), (guint) (in / MAX (seconds, 1)), (guint) (out / MAX (seconds, 1)));
}

void
tutti_timing_page_show (TuttiTimingPage *self, const TuttiTiming *timing)
{
  const TuttiTrail *trail = tutti_session_get_trail (self->session);
  g_autofree char *title = tutti_quality_title (timing), *offset = NULL, *words = NULL;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  words = tutti_timing_graph_words (trail);
  offset = tutti_words_signed (timing->offset_us, 0);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->words), words);
  tutti_quality_mark_show (self->mark, timing);
  set_row (self, ROW_TRIP, g_strdup_printf (_("%.1f ms"), timing->round_trip_ms));
  set_row (self, ROW_OFFSET, g_strdup_printf (_("%s µs"), offset));
  set_row (self, ROW_ERROR, g_strdup_printf (_("±%.1f ms"), timing->clock_error_us / 1000));
  set_row (self, ROW_JITTER, g_strdup_printf (_("%.1f ms"), timing->jitter_ms));
  set_row (self, ROW_EDIT, g_strdup_printf (_("%.1f ms"), timing->edit_latency_us / 1000));
  set_row (self, ROW_LATE, g_strdup_printf (_("%d of %d"), (int) timing->late, (int) timing->edits));
  set_row (self, ROW_DROPS, g_strdup_printf ("%u", timing->drop_outs));
  set_row (self, ROW_LEAD, g_strdup_printf (_("%.0f ms"), timing->lead_ms));
  set_row (self, ROW_BYTES, rate_words (trail));
  tutti_timing_graph_show (self->graph, trail);
}

static void
on_sync (GtkButton *button, TuttiTimingPage *self)
{
  tutti_session_resync (self->session);
}

static void
on_debug (GtkButton *button, TuttiTimingPage *self)
{
  tutti_debug_dialog_open (GTK_WIDGET (self), self->session);
}

static GtkWidget *
build_graph (TuttiTimingPage *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *ends = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  const char *words[] = { NULL, _("2 min ago"), _("band = ±0.5 ms") };
  GtkWidget *labels[3];

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "panel-card");
  for (int i = 0; i < 3; i++)
    {
      labels[i] = gtk_label_new (words[i]);
      gtk_widget_add_css_class (labels[i], "caption");
      gtk_widget_add_css_class (labels[i], "dim-label");
      gtk_label_set_xalign (GTK_LABEL (labels[i]), 0);
      gtk_label_set_wrap (GTK_LABEL (labels[i]), TRUE);
    }
  self->mark = gtk_image_new_from_icon_name ("tutti-check-symbolic");
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_add_css_class (self->title, "strong");
  gtk_widget_add_css_class (self->mark, "big-check");
  gtk_widget_set_valign (self->mark, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (texts), self->title);
  gtk_box_append (GTK_BOX (texts), labels[0]);
  gtk_box_append (GTK_BOX (line), self->mark);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (line), texts);
  self->words = labels[0];
  self->graph = tutti_timing_graph_new ();
  gtk_widget_set_hexpand (labels[1], TRUE);
  gtk_box_append (GTK_BOX (ends), labels[1]);
  gtk_box_append (GTK_BOX (ends), labels[2]);
  gtk_box_append (GTK_BOX (card), line);
  gtk_box_append (GTK_BOX (card), self->graph);
  gtk_box_append (GTK_BOX (card), ends);
  return card;
}

static GtkWidget *
build_figures (TuttiTimingPage *self)
{
  static const char * const names[N_ROWS] = { N_("Round trip"), N_("Clock offset"), N_("Clock error"), N_("Jitter"), N_("Edit to answer"),
                                              N_("Edits late"), N_("Drop-outs"), N_("Lead"), N_("Bytes a second") };
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (int i = 0; i < N_ROWS; i++)
    {
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *name = gtk_label_new (_(names[i]));
      gtk_widget_add_css_class (row, "figure-row");
      gtk_widget_add_css_class (row, "row-card");
      gtk_widget_add_css_class (name, "dim-label");
      gtk_label_set_xalign (GTK_LABEL (name), 0);
      gtk_widget_set_hexpand (name, TRUE);
      self->rows[i] = gtk_label_new (NULL);
      gtk_widget_add_css_class (self->rows[i], "value");
      gtk_widget_add_css_class (self->rows[i], "numeric");
      gtk_box_append (GTK_BOX (row), name);
      gtk_box_append (GTK_BOX (row), self->rows[i]);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  return list;
}

static void
tutti_timing_page_dispose (GObject *object)
{
  TuttiTimingPage *self = TUTTI_TIMING_PAGE (object);

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tutti_timing_page_parent_class)->dispose (object);
}

static void
tutti_timing_page_class_init (TuttiTimingPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_timing_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tutti_timing_page_init (TuttiTimingPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *sync = gtk_button_new_with_label (_("Sync Again"));
  GtkWidget *debug = gtk_button_new_with_label (_("Debug…"));

  self->column = column;
  self->debug = debug;
  self->root = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->root), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_margin_start (column, 14);
  gtk_widget_set_margin_end (column, 14);
  gtk_widget_set_margin_top (column, 14);
  gtk_widget_set_margin_bottom (column, 14);
  gtk_box_append (GTK_BOX (column), build_graph (self));
  gtk_box_append (GTK_BOX (column), build_figures (self));
  g_signal_connect (sync, "clicked", G_CALLBACK (on_sync), self);
  gtk_widget_set_tooltip_text (sync, _("Measure the shared time anew; it also happens by itself when the round trip is long"));
  gtk_box_append (GTK_BOX (column), sync);
  gtk_widget_add_css_class (debug, "flat");
  g_signal_connect (debug, "clicked", G_CALLBACK (on_debug), self);
  gtk_box_append (GTK_BOX (column), debug);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->root), column);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
tutti_timing_page_new (TuttiSession *session)
{
  TuttiTimingPage *self = g_object_new (TUTTI_TYPE_TIMING_PAGE, NULL);

  self->session = g_object_ref (session);
  gtk_box_insert_child_after (GTK_BOX (self->column), tutti_compare_box_new (session), gtk_widget_get_prev_sibling (self->debug));
  return GTK_WIDGET (self);
}
