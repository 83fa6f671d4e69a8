/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-strip.h"

#include "tutti-ask.h"
#include "tutti-fader.h"
#include "tutti-glyph.h"
#include "tutti-knob.h"
#include "tutti-level.h"
#include "tutti-mono-check.h"
#include "tutti-mute-solo.h"
#include "tutti-my-ears.h"
#include "tutti-name.h"
#include "tutti-rights-words.h"
#include "tutti-sounds.h"
#include "tutti-strip-effects.h"
#include "tutti-words.h"

#include <glib/gi18n.h>
#include <math.h>

struct _TuttiStrip
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* borrowed: the page outlives its strips */
  TuttiId       track;
  gboolean      master, narrow, showing;
  GtkWidget    *box, *edge, *glyph, *name, *caption, *effects, *middle, *pan, *pan_value, *sends[2], *fader, *level, *value, *peak,
               *mute_solo, *ears, *loudness, *true_peak;
  float         peak_db;
  int           shown_peak;
};

/* What is as good as nothing is told by a dash. */
#define QUIET_DB (-60.0)
#define NOTHING_HEARD "–"

G_DEFINE_FINAL_TYPE (TuttiStrip, tutti_strip, GTK_TYPE_WIDGET)

static void
ask_gain (TuttiStrip *self, int cdb)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  const TuttiTrack *track = self->master ? NULL : tutti_jam_track (jam, self->track, NULL);
  int now = self->master ? jam->mix[TUTTI_MIX_GAIN] : track != NULL ? track->params[TUTTI_PARAM_GAIN] : cdb;

  if (now == cdb)
    return;
  tutti_ask (GTK_WIDGET (self), self->session,
             self->master ? tutti_op_new (TUTTI_OP_MIX, TUTTI_N (TUTTI_MIX_GAIN), TUTTI_N (cdb))
                          : tutti_op_new (TUTTI_OP_PARAM, self->track, TUTTI_N (TUTTI_PARAM_GAIN), TUTTI_N (cdb)));
}

/* The others see who moves what. */
static void
tell_held (TuttiStrip *self, TuttiHold what)
{
  if (!self->master)
    gtk_widget_activate_action (GTK_WIDGET (self), "presence.hold", "(uuu)", self->track.creator, self->track.counter, (guint) what);
}

static void
on_fader_changed (GtkRange *range, TuttiStrip *self)
{
  if (self->showing)
    return;
  tell_held (self, TUTTI_HOLD_GAIN);
  if (TUTTI_IS_FADER (range))
    ask_gain (self, tutti_fader_get_cdb (TUTTI_FADER (range)));
  else
    ask_gain (self, (int) (round (tutti_fader_cdb_of (gtk_range_get_value (range)) / 10.0) * 10));
}

static void
on_pan_changed (GtkRange *range, TuttiStrip *self)
{
  if (self->showing)
    return;
  tell_held (self, TUTTI_HOLD_PAN);
  tutti_ask (GTK_WIDGET (self), self->session,
             tutti_op_new (TUTTI_OP_PARAM, self->track, TUTTI_N (TUTTI_PARAM_PAN),
                           TUTTI_N (round (gtk_range_get_value (range) / 10) * 10)));
}

static const TuttiParam send_params[] = { TUTTI_PARAM_DELAY_SEND, TUTTI_PARAM_REVERB_SEND };

/* Below −60 dB nobody hears one: there the knob jumps to off. */
#define SEND_FLOOR_CDB (-6000)

static void
on_send_changed (GtkRange *range, TuttiStrip *self)
{
  int cdb = (int) (round (gtk_range_get_value (range) / 10) * 10);
  guint i = GTK_WIDGET (range) == self->sends[1];

  if (self->showing)
    return;
  tell_held (self, TUTTI_HOLD_SOUND);
  tutti_ask (GTK_WIDGET (self), self->session,
             tutti_op_new (TUTTI_OP_PARAM, self->track, TUTTI_N (send_params[i]),
                           TUTTI_N (cdb <= SEND_FLOOR_CDB ? tutti_param_spec (send_params[i])->min : cdb)));
}

static void
show_gain (TuttiStrip *self, int cdb)
{
  g_autofree char *words = tutti_words_gain (cdb);

  gtk_label_set_text (GTK_LABEL (self->value), words);
  if (self->narrow)
    gtk_range_set_value (GTK_RANGE (self->fader), tutti_fader_share_of (cdb));
  else
    tutti_fader_set_cdb (TUTTI_FADER (self->fader), cdb);
}

static void
name_control (GtkWidget *control, char *words)
{
  tutti_name_control (control, words);
  g_free (words);
}

static void
show_master (TuttiStrip *self, const TuttiJam *jam)
{
  tutti_glyph_set_master (self->glyph);
  gtk_label_set_text (GTK_LABEL (self->name), _("Master"));
  gtk_label_set_text (GTK_LABEL (self->caption), _("all tracks"));
  show_gain (self, jam->mix[TUTTI_MIX_GAIN]);
  name_control (self->fader, g_strdup (_("Master volume")));
  name_control (self->level, g_strdup (_("Master level")));
}

static void
show_pan (TuttiStrip *self, const TuttiTrack *track)
{
  g_autofree char *words = tutti_words_pan (track->params[TUTTI_PARAM_PAN]);

  tutti_knob_set_colour (TUTTI_KNOB (self->pan), track->colour);
  gtk_range_set_value (GTK_RANGE (self->pan), track->params[TUTTI_PARAM_PAN]);
  gtk_label_set_text (GTK_LABEL (self->pan_value), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pan), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
  name_control (self->pan, g_strdup_printf (_("%s pan"), track->name));
}

static void
show_sends (TuttiStrip *self, const TuttiTrack *track)
{
  for (guint i = 0; i < 2; i++)
    {
      int cdb = track->params[send_params[i]];
      g_autofree char *words = tutti_words_param_value (send_params[i], cdb);

      tutti_knob_set_colour (TUTTI_KNOB (self->sends[i]), track->colour);
      gtk_range_set_value (GTK_RANGE (self->sends[i]), MAX (cdb, SEND_FLOOR_CDB));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->sends[i]), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
      name_control (self->sends[i], i == 0 ? g_strdup_printf (_("%s into the delay: %s"), track->name, words)
                                           : g_strdup_printf (_("%s into the reverb: %s"), track->name, words));
    }
}

/* Viewers, and everyone where somebody else has the track: insensitive, and the tooltip says why. */
static void
show_rights (TuttiStrip *self, const TuttiJam *jam, const TuttiTrack *track)
{
  guint me = tutti_session_get_me (self->session);
  TuttiVerdict verdict = track != NULL ? tutti_jam_judge_track (jam, me, track)
                                       : tutti_jam_judge_permission (jam, me, TUTTI_MAY_EDIT);
  g_autofree char *reason = tutti_rights_words (jam, &verdict);

  gtk_widget_set_sensitive (self->fader, reason == NULL);
  if (reason != NULL)
    tutti_name_control (self->fader, reason);
  if (self->effects != NULL)
    tutti_strip_effects_show (TUTTI_STRIP_EFFECTS (self->effects), jam, track, reason);
  if (self->pan == NULL)
    return;
  GtkWidget *knobs[] = { self->pan, self->sends[0], self->sends[1] };

  for (guint i = 0; i < G_N_ELEMENTS (knobs); i++)
    {
      gtk_widget_set_sensitive (knobs[i], reason == NULL);
      if (reason != NULL)
        tutti_name_control (knobs[i], reason);
    }
}

void
tutti_strip_show (TuttiStrip *self, const TuttiJam *jam, const TuttiTrack *track)
{
  self->showing = TRUE;
  if (self->master)
    show_master (self, jam);
  else
    {
      self->track = track->id;
      tutti_glyph_set_track (self->glyph, track);
      gtk_label_set_text (GTK_LABEL (self->name), track->name);
      gtk_label_set_text (GTK_LABEL (self->caption), tutti_sound_name (jam, track->sound));
      tutti_mute_solo_show (self->mute_solo, track);
      show_gain (self, track->params[TUTTI_PARAM_GAIN]);
      name_control (self->fader, g_strdup_printf (_("%s volume"), track->name));
      name_control (self->level, g_strdup_printf (_("%s level"), track->name));
      if (self->narrow)
        tutti_set_colour_class (self->fader, "track", tutti_colour_names, track->colour);
      else
        {
          tutti_set_colour_class (self->edge, "track", tutti_colour_names, track->colour);
          tutti_fader_set_colour (TUTTI_FADER (self->fader), track->colour);
          show_pan (self, track);
          show_sends (self, track);
          tutti_my_ears_show (TUTTI_MY_EARS (self->ears), track);
        }
    }
  show_rights (self, jam, self->master ? NULL : track);
  self->showing = FALSE;
}

void
tutti_strip_set_holder (TuttiStrip *self, const char *name, int colour)
{
  if (TUTTI_IS_FADER (self->fader))
    tutti_fader_set_holder (TUTTI_FADER (self->fader), name, name != NULL ? colour : -1);
}

static void
show_figure (GtkWidget *figure, double value)
{
  char text[16];

  g_snprintf (text, sizeof text, "%s%.1f", value < 0 ? "−" : value > 0 ? "+" : "", fabs (value));
  gtk_label_set_text (GTK_LABEL (figure), value <= QUIET_DB ? NOTHING_HEARD : text);
}

static void
beat_loudness (TuttiStrip *self)
{
  double lufs, peak;

  tutti_session_get_loudness (self->session, &lufs, &peak);
  show_figure (self->loudness, lufs);
  show_figure (self->true_peak, peak);
  (peak > -1 ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self->true_peak, "over");
}

void
tutti_strip_beat (TuttiStrip *self, gint64 now_us)
{
  float peaks[2], db;
  char text[16];

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  tutti_session_get_peaks (self->session, self->track, peaks);
  tutti_level_feed (TUTTI_LEVEL (self->level), peaks, now_us);
  if (self->loudness != NULL)
    beat_loudness (self);
  if (self->peak == NULL)
    return;
  db = MAX (peaks[0], peaks[1]) > 1e-4f ? 20 * log10f (MAX (peaks[0], peaks[1])) : -90;
  self->peak_db = MAX (db, self->peak_db - 0.15f);
  if ((int) roundf (self->peak_db) == self->shown_peak)
    return;
  self->shown_peak = (int) roundf (self->peak_db);
  g_snprintf (text, sizeof text, self->shown_peak <= -60 ? "" : "%s%d", self->shown_peak < 0 ? "−" : "", ABS (self->shown_peak));
  gtk_label_set_text (GTK_LABEL (self->peak), text);
}

/* A click anywhere beside the controls selects the track. */
static void
on_clicked (GtkGestureClick *gesture, int n_press, double x, double y, TuttiStrip *self)
{
  char id[TUTTI_ID_TEXT_SIZE];

  gtk_widget_activate_action (GTK_WIDGET (self), self->narrow || n_press == 2 ? "page.sound" : "page.select", "s",
                              self->master ? "" : tutti_id_print (self->track, id));
}

void
tutti_strip_select (TuttiStrip *self)
{
  char id[TUTTI_ID_TEXT_SIZE];

  gtk_widget_activate_action (GTK_WIDGET (self), "page.select", "s", self->master ? "" : tutti_id_print (self->track, id));
}

gboolean
tutti_strip_focus (TuttiStrip *self)
{
  return gtk_widget_grab_focus (self->fader);
}

static void
add_select (TuttiStrip *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (click, "released", G_CALLBACK (on_clicked), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

void
tutti_strip_set_selected (TuttiStrip *self, TuttiId selected, gboolean master)
{
  gboolean is = self->master ? master : !master && tutti_id_equal (self->track, selected);

  (is ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self->box, "selected");
}

void
tutti_strip_set_compact (TuttiStrip *self, gboolean compact)
{
  if (self->narrow)
    return;
  gtk_widget_set_visible (self->effects, !compact);
  gtk_widget_set_visible (self->middle, !compact);
}

/* ---------------------------------------------------------------- building */

static GtkWidget *
label (const char *css_class, const char *second_class, float xalign)
{
  GtkWidget *widget = gtk_label_new (NULL);

  gtk_widget_add_css_class (widget, css_class);
  if (second_class != NULL)
    gtk_widget_add_css_class (widget, second_class);
  gtk_label_set_xalign (GTK_LABEL (widget), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_END);
  return widget;
}

static GtkWidget *
build_title (TuttiStrip *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), self->name);
  gtk_box_append (GTK_BOX (texts), self->caption);
  gtk_box_append (GTK_BOX (row), self->glyph);
  gtk_box_append (GTK_BOX (row), texts);
  return row;
}

static GtkWidget *
build_levels (TuttiStrip *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->fader = tutti_fader_new ();
  self->level = tutti_level_new (GTK_ORIENTATION_VERTICAL, 2, self->master ? 16 : 9);
  gtk_widget_set_margin_top (self->level, 4);
  gtk_widget_set_margin_bottom (self->level, 4);
  if (self->master)
    tutti_fader_set_colour (TUTTI_FADER (self->fader), TUTTI_FADER_MASTER);
  gtk_widget_set_vexpand (row, TRUE);
  gtk_box_append (GTK_BOX (row), self->fader);
  gtk_box_append (GTK_BOX (row), self->level);
  return row;
}

static GtkWidget *
build_values (TuttiStrip *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_widget_add_css_class (row, "value-line");
  gtk_widget_set_hexpand (self->value, TRUE);
  self->peak = label ("dim-label", "numeric", 1);
  gtk_box_append (GTK_BOX (row), self->value);
  gtk_box_append (GTK_BOX (row), self->peak);
  return row;
}

static GtkWidget *
build_send (TuttiStrip *self, guint i, const char *words)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1), *name = label ("send-name", NULL, 0.5f);

  self->sends[i] = tutti_knob_new (SEND_FLOOR_CDB, 600, 100, SEND_FLOOR_CDB, SEND_FLOOR_CDB);
  tutti_knob_set_size (TUTTI_KNOB (self->sends[i]), 24);
  gtk_label_set_text (GTK_LABEL (name), words);
  gtk_box_append (GTK_BOX (column), self->sends[i]);
  gtk_box_append (GTK_BOX (column), name);
  gtk_widget_set_valign (column, GTK_ALIGN_END);
  g_signal_connect (self->sends[i], "value-changed", G_CALLBACK (on_send_changed), self);
  return column;
}

/* The pan between the two sends. */
static GtkWidget *
build_pan (TuttiStrip *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->pan = tutti_knob_new (-1000, 1000, 50, 0, 0);
  self->pan_value = label ("knob-value", "numeric", 0.5f);
  gtk_box_append (GTK_BOX (column), self->pan);
  gtk_box_append (GTK_BOX (column), self->pan_value);
  gtk_widget_set_hexpand (column, TRUE);
  g_signal_connect (self->pan, "value-changed", G_CALLBACK (on_pan_changed), self);
  /* Translators: the knob that sends a track into the delay, short */
  gtk_box_append (GTK_BOX (row), build_send (self, 0, C_("send", "Dly")));
  gtk_box_append (GTK_BOX (row), column);
  /* Translators: the knob that sends a track into the reverb, short */
  gtk_box_append (GTK_BOX (row), build_send (self, 1, C_("send", "Rev")));
  return row;
}

static GtkWidget *
build_figure (GtkWidget **figure, const char *unit, const char *tip)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *below = label ("caption", "dim-label", 0.5f);

  *figure = label ("loudness", "numeric", 0.5f);
  gtk_label_set_text (GTK_LABEL (below), unit);
  gtk_label_set_text (GTK_LABEL (*figure), NOTHING_HEARD);
  gtk_widget_set_tooltip_text (column, tip);
  gtk_box_append (GTK_BOX (column), *figure);
  gtk_box_append (GTK_BOX (column), below);
  return column;
}

/* How loud the whole is. */
static GtkWidget *
build_loudness (TuttiStrip *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  gtk_box_append (GTK_BOX (row), build_figure (&self->loudness, _("LUFS"), _("How loud it was over the last three seconds")));
  gtk_box_append (GTK_BOX (row), build_figure (&self->true_peak, _("peak dB"), _("The highest peak of the last three seconds")));
  gtk_widget_set_valign (row, GTK_ALIGN_CENTER);
  return row;
}

static GtkWidget *
build_column (TuttiStrip *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (column, "strip");
  self->edge = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->edge, "strip-edge");
  gtk_widget_set_margin_start (self->edge, 4);
  gtk_widget_set_margin_end (self->edge, 4);
  gtk_box_append (GTK_BOX (column), self->edge);
  gtk_box_append (GTK_BOX (column), build_title (self));
  self->effects = tutti_strip_effects_new (self->session);
  gtk_box_append (GTK_BOX (column), self->effects);
  self->middle = self->master ? build_loudness (self) : build_pan (self);
  gtk_widget_set_size_request (self->middle, -1, 64);
  gtk_widget_set_margin_top (self->middle, 8);
  gtk_box_append (GTK_BOX (column), self->middle);
  gtk_box_append (GTK_BOX (column), build_levels (self));
  gtk_box_append (GTK_BOX (column), build_values (self));
  if (!self->master)
    {
      gtk_box_append (GTK_BOX (column), self->mute_solo);
      gtk_box_append (GTK_BOX (column), self->ears);
    }
  else
    gtk_box_append (GTK_BOX (column), tutti_mono_check_new (self->session));
  gtk_widget_set_size_request (column, self->master ? 160 : 126, -1);
  return column;
}

static GtkWidget *
build_row (TuttiStrip *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 5);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (row, "mixer-row");
  self->level = tutti_level_new (GTK_ORIENTATION_HORIZONTAL, 1, 6);
  gtk_widget_set_size_request (self->level, 84, -1);
  gtk_widget_set_halign (self->level, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), self->name);
  gtk_box_append (GTK_BOX (line), self->value);
  gtk_box_append (GTK_BOX (texts), line);
  gtk_box_append (GTK_BOX (texts), self->level);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  self->fader = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 0.0134);
  gtk_scale_set_draw_value (GTK_SCALE (self->fader), FALSE);
  gtk_widget_add_css_class (self->fader, "slim");
  /* All of a row fits the narrowest window there may be. */
  gtk_widget_set_size_request (self->fader, 104, -1);
  gtk_widget_set_valign (self->fader, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), self->glyph);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (row), self->fader);
  gtk_box_append (GTK_BOX (row), self->master ? tutti_mono_check_new (self->session) : self->mute_solo);
  return row;
}

static void
tutti_strip_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (tutti_strip_parent_class)->dispose (object);
}

static void
tutti_strip_class_init (TuttiStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_strip_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tutti_strip_init (TuttiStrip *self)
{
  self->shown_peak = 1000;
  self->peak_db = -90;
}

GtkWidget *
tutti_strip_new (TuttiSession *session, gboolean master, gboolean narrow)
{
  TuttiStrip *self = g_object_new (TUTTI_TYPE_STRIP, NULL);

  self->session = session;
  self->master = master;
  self->narrow = narrow;
  self->glyph = tutti_glyph_new ();
  self->name = label ("name", NULL, 0);
  self->caption = g_object_ref_sink (label ("caption", "dim-label", 0));
  self->value = label (narrow ? "dim-label" : "strong", "numeric", 0);
  self->mute_solo = g_object_ref_sink (tutti_mute_solo_new (session, !narrow));
  self->ears = master || narrow ? NULL : tutti_my_ears_new (session);
  self->box = narrow ? build_row (self) : build_column (self);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  add_select (self);
  g_signal_connect (self->fader, "value-changed", G_CALLBACK (on_fader_changed), self);
  /* Where they are not shown they still belong to the strip. */
  g_object_set_data_full (G_OBJECT (self), "tutti-caption", self->caption, g_object_unref);
  g_object_set_data_full (G_OBJECT (self), "tutti-mute-solo-kept", self->mute_solo, g_object_unref);
  return GTK_WIDGET (self);
}
