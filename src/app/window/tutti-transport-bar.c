/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-transport-bar.h"

#include "tutti-ask.h"
#include "tutti-lamps.h"
#include "tutti-level.h"
#include "tutti-my-output.h"
#include "tutti-name.h"
#include "tutti-quality-words.h"
#include "tutti-rights-words.h"
#include "tutti-tempo.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define LEADER_CHARS 8

struct _TuttiTransportBar
{
  GtkWidget          parent_instance;
  TuttiSession      *session;  /* owned */
  TuttiTransportSize size;
  GtkWidget         *box, *to_start, *stop, *play, *line1, *position_slot, *tempo_slot, *tap, *signature, *swing,
                    *swing_value, *line2, *loop, *metronome, *count_in, *spring, *keys, *quality_slot, *output_slot, *more;
  GtkAdjustment     *swing_adjustment;
  GtkWidget         *lamps, *tempo, *leader, *leader_name, *quality, *level;
  gboolean           showing;
};

G_DEFINE_FINAL_TYPE (TuttiTransportBar, tutti_transport_bar, GTK_TYPE_WIDGET)

static void
on_tempo_wish (TuttiTempo *tempo, int cbpm, TuttiTransportBar *self)
{
  tutti_ask (GTK_WIDGET (self), self->session, tutti_op_new (TUTTI_OP_TEMPO, TUTTI_N (cbpm)));
}

static void
on_swing_changed (GtkAdjustment *adjustment, TuttiTransportBar *self)
{
  if (!self->showing)
    tutti_ask (GTK_WIDGET (self), self->session,
               tutti_op_new (TUTTI_OP_SWING, TUTTI_N (round (gtk_adjustment_get_value (adjustment) * 10))));
}

static void
show_play_words (TuttiTransportBar *self, gboolean playing)
{
  tutti_name_control (self->play, playing ? _("Pause (Space)") : _("Play (Space)"));
}

/* Who leads, left of the quality; where nobody does and nothing starts without, how to change that. */
static void
show_leader (TuttiTransportBar *self, const TuttiJam *jam)
{
  const TuttiPerson *leader = tutti_jam_person (jam, jam->leader);
  guint me = tutti_session_get_me (self->session);
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->leader, self->size != TUTTI_TRANSPORT_MINI &&
                                          (leader != NULL || jam->transport_rule == TUTTI_TRANSPORT_OF_LEADER));
  if (leader == NULL)
    words = g_strdup (_("Nobody leads"));
  else if (leader->number == me)
    words = g_strdup (_("You lead"));
  else
    /* Translators: %s is the name of a person */
    words = g_strdup_printf (_("%s leads. Ask for the lead."), leader->name);
  const char *name = leader == NULL ? _("Nobody") : leader->number == me ? _("You") : leader->name;

  gtk_label_set_text (GTK_LABEL (self->leader_name), name);
  gtk_label_set_width_chars (GTK_LABEL (self->leader_name), (int) MIN (g_utf8_strlen (name, -1), LEADER_CHARS));
  tutti_name_control (self->leader, words);
}

static void
show_rights (TuttiTransportBar *self, const TuttiJam *jam)
{
  guint me = tutti_session_get_me (self->session);
  TuttiVerdict transport = tutti_jam_judge_permission (jam, me, TUTTI_MAY_TRANSPORT);
  TuttiVerdict edit = tutti_jam_judge_permission (jam, me, TUTTI_MAY_EDIT);
  g_autofree char *reason = tutti_rights_words (jam, &transport), *no_edit = tutti_rights_words (jam, &edit);
  GtkWidget *controls[] = { self->to_start, self->stop, self->tempo, self->tap, self->signature, self->loop, self->metronome,
                            self->count_in };

  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    tutti_allow (controls[i], reason);
  tutti_allow (self->swing, no_edit);
  gtk_widget_set_sensitive (self->play, reason == NULL);
  if (reason != NULL)
    tutti_name_control (self->play, reason);
  else
    show_play_words (self, jam->transport.playing);
}

static void
show_play (TuttiTransportBar *self, gboolean playing)
{

  gtk_button_set_icon_name (GTK_BUTTON (self->play), playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
}

void
tutti_transport_bar_refresh (TuttiTransportBar *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  char text[24];

  if (jam == NULL)
    return;
  self->showing = TRUE;
  show_play (self, jam->transport.playing);
  tutti_tempo_show (TUTTI_TEMPO (self->tempo), jam->transport.anchor.tempo_cbpm);
  g_snprintf (text, sizeof text, "%d/%d", jam->transport.beats, jam->transport.unit);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->signature), text);
  g_snprintf (text, sizeof text, _("%d %%"), (jam->transport.swing + 5) / 10);
  gtk_label_set_text (GTK_LABEL (self->swing_value), text);
  gtk_adjustment_set_value (self->swing_adjustment, jam->transport.swing / 10.0);
  show_rights (self, jam);
  show_leader (self, jam);
  self->showing = FALSE;
}

void
tutti_transport_bar_beat (TuttiTransportBar *self, gint64 song_tick, gint64 now_us)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  float peaks[2];

  if (jam == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  tutti_lamps_show (TUTTI_LAMPS (self->lamps), song_tick, jam->transport.beats, jam->transport.unit, jam->transport.playing);
  if (self->level != NULL)
    {
      tutti_session_get_peaks (self->session, tutti_id (0, 0), peaks);
      tutti_level_feed (TUTTI_LEVEL (self->level), peaks, now_us);
    }
}

void
tutti_transport_bar_show_timing (TuttiTransportBar *self, const TuttiTiming *timing)
{
  g_autofree char *tooltip = tutti_quality_tooltip (timing);

  tutti_quality_chip_show_now (self->quality, timing, self->size == TUTTI_TRANSPORT_FULL);
  tutti_name_control (self->quality, tooltip);
}

void
tutti_transport_bar_edit_tempo (TuttiTransportBar *self)
{
  tutti_tempo_edit (TUTTI_TEMPO (self->tempo));
}

void
tutti_transport_bar_show_keys (TuttiTransportBar *self, gboolean on)
{
  gtk_widget_set_visible (self->keys, on);
}

/* The same bar with less on it, most important first. */
static void
fit (TuttiTransportBar *self)
{
  gboolean full = self->size == TUTTI_TRANSPORT_FULL, mini = self->size == TUTTI_TRANSPORT_MINI;
  GtkWidget *rare[] = { self->tap, self->swing, self->count_in, self->line2 };
  GtkWidget *not_mini[] = { self->to_start, self->signature, self->loop, self->metronome, self->quality_slot, self->output_slot,
                            self->line1 };

  for (guint i = 0; i < G_N_ELEMENTS (rare); i++)
    gtk_widget_set_visible (rare[i], full);
  for (guint i = 0; i < G_N_ELEMENTS (not_mini); i++)
    gtk_widget_set_visible (not_mini[i], !mini);
  gtk_widget_set_visible (self->more, !full);
  if (!mini)
    return;
  gtk_widget_add_css_class (self->box, "mini");
  tutti_lamps_set_small (TUTTI_LAMPS (self->lamps), TRUE);
  tutti_tempo_set_small (TUTTI_TEMPO (self->tempo), TRUE);
  gtk_box_reorder_child_after (GTK_BOX (self->box), self->play, NULL);
  gtk_box_reorder_child_after (GTK_BOX (self->box), self->tempo_slot, self->spring);
  gtk_widget_set_margin_start (self->position_slot, 10);
}

static GtkWidget *
build_leader (TuttiTransportBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->leader = gtk_button_new ();
  self->leader_name = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->leader_name), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->leader_name), LEADER_CHARS);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("tutti-baton-symbolic"));
  gtk_box_append (GTK_BOX (box), self->leader_name);
  gtk_button_set_child (GTK_BUTTON (self->leader), box);
  gtk_widget_add_css_class (self->leader, "flat");
  gtk_widget_set_valign (self->leader, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->leader, FALSE);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->leader), "page.panel::people");
  return self->leader;
}

static void
fill_slots (TuttiTransportBar *self)
{
  self->lamps = tutti_lamps_new ();
  self->tempo = tutti_tempo_new ();
  self->quality = tutti_quality_chip_new ("page.timing");
  gtk_box_append (GTK_BOX (self->position_slot), self->lamps);
  gtk_box_append (GTK_BOX (self->tempo_slot), self->tempo);
  gtk_box_append (GTK_BOX (self->quality_slot), build_leader (self));
  gtk_box_append (GTK_BOX (self->quality_slot), self->quality);
  g_signal_connect (self->tempo, "wish", G_CALLBACK (on_tempo_wish), self);
  if (self->size == TUTTI_TRANSPORT_MINI)
    return;
  self->level = tutti_level_new (GTK_ORIENTATION_HORIZONTAL, 2, 7);
  gtk_widget_set_size_request (self->level, self->size == TUTTI_TRANSPORT_FULL ? 150 : 80, -1);
  gtk_widget_set_valign (self->level, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->output_slot), tutti_my_output_new (self->session, self->level));
}

static void
tutti_transport_bar_dispose (GObject *object)
{
  TuttiTransportBar *self = TUTTI_TRANSPORT_BAR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tutti_transport_bar_parent_class)->dispose (object);
}

static void
tutti_transport_bar_class_init (TuttiTransportBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_transport_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TOOLBAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/tuttijam/Tutti/window/tutti-transport-bar.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, TuttiTransportBar, name)
  BIND (box); BIND (to_start); BIND (stop); BIND (play); BIND (line1); BIND (position_slot); BIND (tempo_slot); BIND (tap);
  BIND (signature); BIND (swing); BIND (swing_value); BIND (line2); BIND (loop); BIND (metronome); BIND (count_in); BIND (spring);
  BIND (keys); BIND (quality_slot); BIND (output_slot); BIND (more); BIND (swing_adjustment);
#undef BIND
}

static void
tutti_transport_bar_init (TuttiTransportBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self->swing_adjustment, "value-changed", G_CALLBACK (on_swing_changed), self);
}

GtkWidget *
tutti_transport_bar_new (TuttiSession *session, TuttiTransportSize size)
{
  TuttiTransportBar *self = g_object_new (TUTTI_TYPE_TRANSPORT_BAR, NULL);

  self->session = g_object_ref (session);
  self->size = size;
  fill_slots (self);
  fit (self);
  tutti_transport_bar_refresh (self);
  /* A button that finds its action, when it comes onto a page, lets itself be pressed. */
  g_signal_connect_after (self, "map", G_CALLBACK (tutti_transport_bar_refresh), NULL);
  return GTK_WIDGET (self);
}
