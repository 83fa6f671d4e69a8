/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-track-head.h"

#include "tutti-avatar.h"
#include "tutti-glyph.h"
#include "tutti-level.h"
#include "tutti-mute-solo.h"
#include "tutti-name.h"
#include "tutti-words.h"

#include <glib/gi18n.h>

struct _TuttiTrackHead
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* borrowed: the page outlives its heads */
  TuttiId       track;
  GtkWidget    *glyph, *texts, *name, *caption, *claim, *mute_solo, *level;
  gboolean      selected;
};

G_DEFINE_FINAL_TYPE (TuttiTrackHead, tutti_track_head, GTK_TYPE_WIDGET)

enum { CHOSEN, MENU, N_SIGNALS };
static guint signals[N_SIGNALS];

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

void
tutti_track_head_show_audible (TuttiTrackHead *self, gboolean audible)
{
  if (audible)
    gtk_widget_remove_css_class (self->glyph, "muted");
  else
    gtk_widget_add_css_class (self->glyph, "muted");
}

/* Who has the track for themself. */
static void
show_claim (TuttiTrackHead *self, const TuttiJam *jam, const TuttiTrack *track, gboolean compact)
{
  const TuttiPerson *owner = tutti_jam_person (jam, track->claimed);
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->claim, owner != NULL && !compact);
  if (owner == NULL)
    return;
  /* Translators: %s is the name of a person */
  words = owner->number == tutti_session_get_me (self->session) ? g_strdup (_("Claimed by you"))
                                                                : g_strdup_printf (_("Claimed by %s"), owner->name);
  tutti_avatar_set_person (self->claim, self->session, owner->number, owner->name, owner->colour);
  tutti_name_control (self->claim, words);
}

void
tutti_track_head_show (TuttiTrackHead *self, const TuttiJam *jam, const TuttiTrack *track, const TuttiClip *clip,
                       gboolean selected, gboolean compact)
{
  g_autofree char *caption = tutti_words_track_caption (jam, track, clip);

  self->track = track->id;
  tutti_glyph_set_track (self->glyph, track);
  gtk_label_set_text (GTK_LABEL (self->name), track->name);
  gtk_label_set_text (GTK_LABEL (self->caption), caption);
  tutti_mute_solo_show (self->mute_solo, track);
  show_claim (self, jam, track, compact);
  gtk_widget_set_visible (self->texts, !compact);
  gtk_widget_set_visible (self->mute_solo, !compact);
  tutti_track_head_show_audible (self, tutti_jam_audible (jam, track));
  if (selected)
    gtk_widget_add_css_class (GTK_WIDGET (self), "selected");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "selected");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, track->name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, caption, -1);
}

TuttiId
tutti_track_head_get_track (TuttiTrackHead *self)
{
  return self->track;
}

void
tutti_track_head_feed (TuttiTrackHead *self, gint64 now_us)
{
  float peaks[2];

  tutti_session_get_peaks (self->session, self->track, peaks);
  tutti_level_feed (TUTTI_LEVEL (self->level), peaks, now_us);
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, TuttiTrackHead *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHOSEN], 0);
  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) == GDK_BUTTON_SECONDARY)
    g_signal_emit (self, signals[MENU], 0, x, y);
}

static void
on_long_press (GtkGestureLongPress *gesture, double x, double y, TuttiTrackHead *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
  g_signal_emit (self, signals[MENU], 0, x, y);
}

static void
add_gestures (TuttiTrackHead *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *hold = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (hold, "pressed", G_CALLBACK (on_long_press), self);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (hold));
}

static void
tutti_track_head_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (tutti_track_head_parent_class)->dispose (object);
}

static void
tutti_track_head_class_init (TuttiTrackHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_track_head_dispose;
  gtk_widget_class_set_css_name (widget_class, "trackhead");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ROW_HEADER);
  signals[CHOSEN] = g_signal_new ("chosen", TUTTI_TYPE_TRACK_HEAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MENU] = g_signal_new ("menu", TUTTI_TYPE_TRACK_HEAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
tutti_track_head_init (TuttiTrackHead *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "track-head");
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

GtkWidget *
tutti_track_head_new (TuttiSession *session)
{
  TuttiTrackHead *self = g_object_new (TUTTI_TYPE_TRACK_HEAD, NULL);
  GtkBoxLayout *box = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  self->session = session;
  gtk_box_layout_set_spacing (box, 8);
  self->glyph = tutti_glyph_new ();
  self->texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (self->texts, TRUE);
  gtk_widget_set_valign (self->texts, GTK_ALIGN_CENTER);
  self->name = new_label ("name");
  self->caption = new_label ("caption");
  gtk_box_append (GTK_BOX (self->texts), self->name);
  gtk_box_append (GTK_BOX (self->texts), self->caption);
  self->claim = tutti_avatar_new ("small-chip");
  gtk_widget_set_valign (self->claim, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->claim, FALSE);
  self->mute_solo = tutti_mute_solo_new (session, FALSE);
  self->level = tutti_level_new (GTK_ORIENTATION_VERTICAL, 1, 5);
  gtk_widget_set_valign (self->level, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (self->level, -1, 30);
  gtk_widget_set_margin_end (self->level, 2);
  gtk_widget_set_parent (self->glyph, GTK_WIDGET (self));
  gtk_widget_set_parent (self->texts, GTK_WIDGET (self));
  gtk_widget_set_parent (self->claim, GTK_WIDGET (self));
  gtk_widget_set_parent (self->mute_solo, GTK_WIDGET (self));
  gtk_widget_set_parent (self->level, GTK_WIDGET (self));
  add_gestures (self);
  return GTK_WIDGET (self);
}
