/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-preset-bar.h"

#include "tutti-ask.h"
#include "tutti-audition.h"
#include "tutti-numbers.h"
#include "tutti-sound-bank.h"
#include "tutti-sounds.h"

#include <glib/gi18n.h>

struct _TuttiPresetBar
{
  GtkWidget      parent_instance;
  TuttiStepGrid *grid;         /* borrowed: both belong to the jam page */
  TuttiAudition *audition;     /* owned */
  GtkWidget     *root, *before, *name, *name_label, *after, *kind, *back;
};

G_DEFINE_FINAL_TYPE (TuttiPresetBar, tutti_preset_bar, GTK_TYPE_WIDGET)

static const TuttiTrack *
track_of (TuttiPresetBar *self)
{
  const TuttiJam *jam = tutti_session_get_jam (tutti_step_grid_get_session (self->grid));

  return jam != NULL ? tutti_jam_track (jam, tutti_step_grid_get_track (self->grid), NULL) : NULL;
}

/* ---- beside each other ---- */

static const char *
beside_info (const TuttiSoundInfo *infos, const char *sound, int by)
{
  int n = 0, at = 0;

  for (; infos[n].sound != NULL; n++)
    if (g_str_equal (infos[n].sound, sound))
      at = n;
  return infos[(at + by % n + n) % n].sound;
}

/* The presets of both synthesisers lie in one list; one stays with one's own. */
static const char *
beside_preset (const char *sound, int by)
{
  gsize kind = strcspn (sound, ":");
  const char *next = sound;

  do
    next = beside_info (tutti_preset_infos, next, by);
  while (strncmp (next, sound, kind) != 0);
  return next;
}

static const char *
beside_added (const TuttiJam *jam, const char *sound, int by, char *buffer, gsize size)
{
  int n = jam != NULL ? (int) jam->sounds->len : 0, at = 0;

  for (int i = 0; i < n; i++)
    if (g_str_equal (((const TuttiSoundEntry *) jam->sounds->pdata[i])->hash, sound + strlen ("sha:")))
      at = i;
  if (n == 0)
    return sound;
  g_snprintf (buffer, size, "sha:%s", ((const TuttiSoundEntry *) jam->sounds->pdata[(at + by % n + n) % n])->hash);
  return buffer;
}

const char *
tutti_preset_beside (const TuttiJam *jam, const char *sound, int by, char *buffer, gsize size)
{
  if (g_str_has_prefix (sound, "sha:"))
    return beside_added (jam, sound, by, buffer, size);
  return tutti_preset_of_sound (sound) >= 0 ? beside_preset (sound, by) : beside_info (tutti_sound_infos, sound, by);
}

static void
go (TuttiPresetBar *self, int by)
{
  TuttiSession *session = tutti_step_grid_get_session (self->grid);
  const TuttiJam *jam = tutti_session_get_jam (session);
  const TuttiTrack *track = track_of (self);
  char buffer[TUTTI_SOUND_REF_BYTES_MAX + 1];
  const char *sound;

  if (track == NULL)
    return;
  sound = tutti_preset_beside (jam, track->sound, by, buffer, sizeof buffer);
  if (!tutti_ask (GTK_WIDGET (self), session, tutti_op_new (TUTTI_OP_TRACK_SOUND, track->id, sound)))
    return;
  /* While the jam plays everyone hears it on the track. */
  jam = tutti_session_get_jam (session);
  if (!jam->transport.playing)
    tutti_audition_play (self->audition, tutti_step_grid_get_track (self->grid), sound);
}

static void
on_before (GtkButton *button, TuttiPresetBar *self)
{
  go (self, -1);
}

static void
on_after (GtkButton *button, TuttiPresetBar *self)
{
  go (self, 1);
}

static void
on_back (GtkButton *button, TuttiPresetBar *self)
{
  const TuttiTrack *track = track_of (self);

  if (track != NULL)
    tutti_ask (GTK_WIDGET (self), tutti_step_grid_get_session (self->grid), tutti_op_new (TUTTI_OP_PATCH_RESET, track->id));
}

/* ---- showing ---- */

static char *
kind_words (const TuttiTrack *track)
{
  const TuttiSoundInfo *info = tutti_sound_info (track->sound);
  int preset = tutti_preset_of_sound (track->sound);

  if (preset >= 0 && tutti_preset_get ((unsigned) preset)->instrument == TUTTI_INSTRUMENT_SYNTH)
    /* Translators: what plays, and its kind of sound: "Synthesiser · Bass" */
    return g_strdup_printf (_("Synthesiser · %s"), tutti_sound_group_name (info->group));
  if (preset >= 0)
    return g_strdup (tutti_sound_group_name (info->group));
  if (info == NULL)
    return g_strdup (_("Sampler · added to this jam"));
  /* Translators: what plays, and its kind of sound: "Sampler · Drums" */
  return g_strdup_printf (_("Sampler · %s"), tutti_sound_group_name (info->group));
}

void
tutti_preset_bar_refresh (TuttiPresetBar *self)
{
  TuttiSession *session = tutti_step_grid_get_session (self->grid);
  const TuttiTrack *track = track_of (self);
  g_autoptr(TuttiOp) op = NULL;
  g_autofree char *kind = NULL, *denied = NULL;

  if (track == NULL)
    return;
  op = tutti_op_new (TUTTI_OP_TRACK_SOUND, track->id, track->sound);
  denied = tutti_denied_words (session, op);
  kind = kind_words (track);
  gtk_label_set_text (GTK_LABEL (self->name_label), tutti_sound_name (tutti_session_get_jam (session), track->sound));
  gtk_label_set_text (GTK_LABEL (self->kind), kind);
  gtk_widget_set_visible (self->back, tutti_track_has_any_patch (track));
  gtk_widget_set_sensitive (self->root, denied == NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), denied);
}

/* ---- building ---- */

static void
tutti_preset_bar_dispose (GObject *object)
{
  g_clear_pointer (&TUTTI_PRESET_BAR (object)->audition, tutti_audition_free);
  g_clear_pointer (&TUTTI_PRESET_BAR (object)->root, gtk_widget_unparent);
  G_OBJECT_CLASS (tutti_preset_bar_parent_class)->dispose (object);
}

static void
tutti_preset_bar_class_init (TuttiPresetBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_preset_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
icon_button (GtkWidget *box, const char *icon, const char *tip, GCallback clicked, gpointer data)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tip);
  gtk_widget_add_css_class (button, "preset-arrow");
  g_signal_connect (button, "clicked", clicked, data);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
build_name (TuttiPresetBar *self, GtkWidget *box)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->name = gtk_button_new ();
  self->name_label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->name_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (self->name_label), 4);
  gtk_label_set_max_width_chars (GTK_LABEL (self->name_label), 22);
  gtk_box_append (GTK_BOX (content), self->name_label);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_button_set_child (GTK_BUTTON (self->name), content);
  gtk_widget_add_css_class (self->name, "word");
  gtk_widget_set_tooltip_text (self->name, _("Choose a sound"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->name), "track.sound");
  gtk_box_append (GTK_BOX (box), self->name);
}

static void
tutti_preset_bar_init (TuttiPresetBar *self)
{
  GtkWidget *linked = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->root = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (linked, "linked");
  gtk_widget_set_valign (linked, GTK_ALIGN_CENTER);
  self->before = icon_button (linked, "go-previous-symbolic", _("The Sound Before"), G_CALLBACK (on_before), self);
  build_name (self, linked);
  self->after = icon_button (linked, "go-next-symbolic", _("The Next Sound"), G_CALLBACK (on_after), self);
  gtk_box_append (GTK_BOX (self->root), linked);
  self->back = icon_button (self->root, "edit-undo-symbolic", _("Back to Preset: forget what was turned"), G_CALLBACK (on_back), self);
  gtk_widget_add_css_class (self->back, "flat");
  gtk_widget_set_valign (self->back, GTK_ALIGN_CENTER);
  self->kind = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->kind, "dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (self->kind), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->kind), 0);
  gtk_widget_set_hexpand (self->kind, TRUE);
  gtk_box_append (GTK_BOX (self->root), self->kind);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
tutti_preset_bar_new (TuttiStepGrid *grid)
{
  TuttiPresetBar *self = g_object_new (TUTTI_TYPE_PRESET_BAR, NULL);

  self->grid = grid;
  self->audition = tutti_audition_new (tutti_step_grid_get_session (grid));
  return GTK_WIDGET (self);
}
