/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-mute-solo.h"

#include "tutti-ask.h"
#include "tutti-name.h"
#include "tutti-rights-words.h"

#include <glib/gi18n.h>

typedef struct
{
  TuttiSession *session;       /* borrowed: lives as long as the page */
  TuttiId       track;
  GtkWidget    *mute, *solo;
  gboolean      showing;       /* the document is being shown: not a wish of the user */
} MuteSolo;

static void
on_toggled (GtkToggleButton *button, MuteSolo *self)
{
  TuttiOpKind kind = GTK_WIDGET (button) == self->mute ? TUTTI_OP_TRACK_MUTE : TUTTI_OP_TRACK_SOLO;

  if (!self->showing)
    tutti_ask (GTK_WIDGET (button), self->session,
               tutti_op_new (kind, self->track, TUTTI_N (gtk_toggle_button_get_active (button))));
}

static GtkWidget *
new_button (MuteSolo *self, const char *letter, const char *css_class, gboolean tall)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (letter);

  gtk_widget_add_css_class (button, "ms");
  gtk_widget_add_css_class (button, css_class);
  if (tall)
    {
      gtk_widget_add_css_class (button, "tall");
      gtk_widget_set_hexpand (button, TRUE);
    }
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), self);
  return button;
}

GtkWidget *
tutti_mute_solo_new (TuttiSession *session, gboolean tall)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, tall ? 6 : 3);
  MuteSolo *self = g_new0 (MuteSolo, 1);

  self->session = session;
  /* Translators: one letter for Mute */
  self->mute = new_button (self, C_("one letter", "M"), "mute", tall);
  /* Translators: one letter for Solo */
  self->solo = new_button (self, C_("one letter", "S"), "solo", tall);
  gtk_box_append (GTK_BOX (box), self->mute);
  gtk_box_append (GTK_BOX (box), self->solo);
  g_object_set_data_full (G_OBJECT (box), "tutti-mute-solo", self, g_free);
  return box;
}

/* Where they may not be pressed they say why instead of what they are for. */
static void
show_rights (MuteSolo *self, const TuttiTrack *track, const char *mute, const char *solo)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  TuttiVerdict verdict = tutti_jam_judge_track (jam, tutti_session_get_me (self->session), track);
  g_autofree char *reason = tutti_rights_words (jam, &verdict);

  gtk_widget_set_sensitive (self->mute, reason == NULL);
  gtk_widget_set_sensitive (self->solo, reason == NULL);
  tutti_name_control (self->mute, reason != NULL ? reason : mute);
  tutti_name_control (self->solo, reason != NULL ? reason : solo);
}

void
tutti_mute_solo_show (GtkWidget *mute_solo, const TuttiTrack *track)
{
  MuteSolo *self = g_object_get_data (G_OBJECT (mute_solo), "tutti-mute-solo");
  g_autofree char *mute = g_strdup_printf (_("Mute %s"), track->name), *solo = g_strdup_printf (_("Solo %s"), track->name);

  self->track = track->id;
  self->showing = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->mute), track->mute);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->solo), track->solo);
  self->showing = FALSE;
  show_rights (self, track, mute, solo);
}
