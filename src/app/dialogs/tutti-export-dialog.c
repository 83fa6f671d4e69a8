/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-export-dialog.h"

#include "tutti-card-window.h"
#include "tutti-export-words.h"
#include "tutti-settings.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* An export that nobody lengthened is about so long, and ends where what plays begins again. */
#define USUAL_BARS 8
#define ROUND_BARS_MAX 64
#define TIMES_MAX 9999

typedef struct
{
  GWeakRef          parent;
  TuttiJam         *jam;       /* owned */
  guint             round, n_tracks;   /* of the jam: bars until it repeats, tracks that are heard; counting copies it */
  TuttiExportAsked  asked;
  gpointer          user_data;
  GtkWidget        *window, *times, *length, *format, *each_track, *tracks, *button;
  TuttiExportFormat formats[TUTTI_N_EXPORT_FORMATS];     /* by their rows: those that this machine can make */
} Ask;

static void
ask_free (gpointer data)
{
  Ask *self = data;

  g_weak_ref_clear (&self->parent);
  tutti_jam_free (self->jam);
  g_free (self);
}

/* What is counted: rounds of the loop range while it is on, else bars. */
static gint64
ticks_at_a_time (const TuttiTransport *transport)
{
  return transport->loop ? transport->loop_end - transport->loop_start : tutti_ticks_per_bar (transport->beats, transport->unit);
}

static TuttiExportOptions
read_options (Ask *self)
{
  guint row = adw_combo_row_get_selected (ADW_COMBO_ROW (self->format));

  return (TuttiExportOptions) {
    .format = self->formats[MIN (row, TUTTI_N_EXPORT_FORMATS - 1)],
    .ticks = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->times)) * ticks_at_a_time (&self->jam->transport),
    .each_track = gtk_switch_get_active (GTK_SWITCH (self->each_track)),
  };
}

static char *
dup_length (Ask *self, gint64 frames)
{
  g_autofree char *length = tutti_export_words_of_length (frames);

  if (frames == 0)
    return g_strdup_printf (_("Longer than %d hours"), TUTTI_EXPORT_SECONDS_MAX / 3600);
  if (self->jam->transport.loop)
    /* Translators: %s is how long a file is */
    return g_strdup_printf (_("%s, with what rings on"), length);
  /* Translators: %s is how long a file is, %u how many bars it takes until all that plays begins again together */
  return g_strdup_printf (ngettext ("%s, with what rings on; what plays repeats after %u bar",
                                    "%s, with what rings on; what plays repeats after %u bars", self->round), length, self->round);
}

static void
show (Ask *self)
{
  TuttiExportOptions options = read_options (self);
  gint64 frames = tutti_export_frames (self->jam, &options);
  g_autofree char *length = dup_length (self, frames);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->length), length);
  gtk_button_set_label (GTK_BUTTON (self->button), options.each_track ? _("Choose a Folder…") : _("Choose a File…"));
  gtk_widget_set_sensitive (self->button, frames > 0 && (!options.each_track || self->n_tracks > 0));
}

static void
on_go (Ask *self)
{
  g_autoptr(GtkWidget) parent = g_weak_ref_get (&self->parent);
  TuttiExportOptions options;

  /* What was typed and not left yet counts. */
  gtk_spin_button_update (GTK_SPIN_BUTTON (self->times));
  if (!gtk_widget_get_sensitive (self->button))
    return;
  options = read_options (self);
  tutti_settings_set_export_format (tutti_export_format_info (options.format)->name);
  gtk_widget_set_visible (self->window, FALSE);
  if (parent != NULL)
    self->asked (&options, self->user_data);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

/* ---- its rows ---- */

static GtkWidget *
build_row (const char *title, const char *subtitle, GtkWidget *control)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  return row;
}

static GtkWidget *
build_length (Ask *self)
{
  gboolean loop = self->jam->transport.loop;
  guint round = self->round;
  const char *title = loop ? _("Rounds of the Loop") : _("Bars");

  self->times = gtk_spin_button_new_with_range (1, TIMES_MAX, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->times), loop ? 1 : (USUAL_BARS + round - 1) / round * round);
  gtk_text_set_activates_default (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->times))), TRUE);
  gtk_widget_add_css_class (self->times, "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->times), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_swapped (self->times, "value-changed", G_CALLBACK (show), self);
  self->length = build_row (title, "", self->times);
  return self->length;
}

static GtkWidget *
build_format (Ask *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *kept = tutti_settings_dup_export_format ();
  guint n = 0, chosen = 0;

  for (guint i = 0; i < TUTTI_N_EXPORT_FORMATS; i++)
    {
      TuttiExportFormat format = (TuttiExportFormat) i;

      if (!tutti_export_format_is_there (format))
        continue;
      if (g_str_equal (tutti_export_format_info (format)->name, kept))
        chosen = n;
      self->formats[n++] = format;
      gtk_string_list_append (names, tutti_export_words_of_format (format));
    }
  self->format = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->format), _("Format"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->format), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->format), chosen);
  return self->format;
}

static GtkWidget *
build_each_track (Ask *self)
{
  guint n = self->n_tracks;
  g_autofree char *words = NULL;

  /* Translators: a mix has effects of all tracks together, on the master; %u is how many tracks are heard */
  words = n == 0 ? g_strdup (_("No track is heard")) :
          g_strdup_printf (ngettext ("A folder with %u file, without the effects of the master",
                                     "A folder with %u files, without the effects of the master", n), n);
  self->each_track = gtk_switch_new ();
  gtk_widget_set_sensitive (self->each_track, n > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->each_track), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Each Track as Its Own File"), -1);
  g_signal_connect_swapped (self->each_track, "notify::active", G_CALLBACK (show), self);
  self->tracks = build_row (_("Each Track as Its Own File"), words, self->each_track);
  return self->tracks;
}

GtkWidget *
tutti_export_dialog_open (GtkWidget *parent, const TuttiJam *jam, TuttiExportAsked asked, gpointer user_data)
{
  Ask *self = g_new0 (Ask, 1);
  GtkWidget *column, *group = adw_preferences_group_new ();

  g_weak_ref_init (&self->parent, parent);
  self->jam = tutti_jam_copy (jam);
  self->round = tutti_export_round_bars (self->jam, ROUND_BARS_MAX);
  self->n_tracks = tutti_export_count_tracks (self->jam);
  self->asked = asked;
  self->user_data = user_data;
  self->window = tutti_card_window_new (parent, _("Export"), 440, &column);
  g_object_set_data_full (G_OBJECT (self->window), "tutti-ask", self, ask_free);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), build_length (self));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), build_format (self));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), build_each_track (self));
  gtk_box_append (GTK_BOX (column), group);
  self->button = tutti_card_window_add_button (self->window, column, "");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_go), self);
  show (self);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_widget_grab_focus (self->times);
  return self->window;
}
