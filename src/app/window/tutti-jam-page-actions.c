/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-page-private.h"

#include "tutti-areas.h"
#include "tutti-clip-cell.h"
#include "tutti-clips-page.h"
#include "tutti-mixer-page.h"
#include "tutti-people-page.h"
#include "tutti-play-keys.h"
#include "tutti-share-dialog.h"
#include "tutti-stage.h"
#include "tutti-transport-bar.h"

#include <adwaita.h>

static void
on_panel (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiJamPage *self = TUTTI_JAM_PAGE (widget);
  const char *page = g_variant_get_string (parameter, NULL);
  gboolean open = adw_flap_get_reveal_flap (ADW_FLAP (self->flap));
  gboolean same = g_strcmp0 (adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (self->panel_stack)), page) == 0;

  tutti_jam_page_set_panel (self, open && (same || *page == '\0') ? NULL : *page == '\0' ? "people" : page);
}

static void
on_timing (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_panel (widget, name, g_variant_new_string ("timing"));
}

/* By keyboard: what one plays on has the focus then, and not the first button of the tools, which Space would press. */
static void
on_view (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (widget), g_variant_get_string (parameter, NULL));
  gtk_widget_activate_action (widget, "page.focus-grid", NULL);
}

/* The notes of a clip, wherever it was met. */
static void
on_notes (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiJamPage *self = TUTTI_JAM_PAGE (widget);
  const TuttiTrack *track = NULL;
  TuttiId clip;

  if (!tutti_id_parse (g_variant_get_string (parameter, NULL), &clip) ||
      tutti_jam_clip (tutti_session_get_jam (self->session), clip, &track) == NULL)
    return;
  tutti_notes_page_show (TUTTI_NOTES_PAGE (self->notes), track->id, clip);
  on_view (widget, name, g_variant_new_string ("notes"));
}

static void
on_scene (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tutti_clips_page_launch_scene (TUTTI_CLIPS_PAGE (TUTTI_JAM_PAGE (widget)->clips), g_variant_get_int32 (parameter));
}

static void
on_tempo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiJamPage *self = TUTTI_JAM_PAGE (widget);
  GtkWidget *bar = self->narrow ? self->mini : adw_squeezer_get_visible_child (ADW_SQUEEZER (self->squeezer));

  tutti_transport_bar_edit_tempo (TUTTI_TRANSPORT_BAR (bar));
}

/* (nullable) The first of that type that is shown below @widget. */
static GtkWidget *
first_of (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child))
      found = first_of (child, type);
  return found;
}

/* Back to the step where one was; elsewhere to the first clip or to the fader of the same track. */
static void
on_focus_grid (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiJamPage *self = TUTTI_JAM_PAGE (widget);
  GtkWidget *view = adw_view_stack_get_visible_child (ADW_VIEW_STACK (self->stack));
  GtkWidget *part = view == self->clips ? first_of (view, TUTTI_TYPE_CLIP_CELL) : NULL;
  int row, step;

  if (part != NULL)
    gtk_widget_grab_focus (part);
  if (view == self->notes)
    tutti_notes_page_focus (TUTTI_NOTES_PAGE (self->notes));
  if (view == self->mixer)
    tutti_mixer_page_focus (TUTTI_MIXER_PAGE (self->mixer));
  if (view != self->pattern)
    return;
  tutti_step_grid_get_focus_place (tutti_jam_page_grid (self), &row, &step);
  if (tutti_step_grid_get_n_rows (tutti_jam_page_grid (self)) > 0)
    tutti_step_grid_focus_step (tutti_jam_page_grid (self), row, step, TRUE);
}

static void
set_keys (TuttiJamPage *self, gboolean on)
{
  tutti_play_keys_set_on (GTK_WIDGET (self), on);
  for (int i = 0; i < 2; i++)
    tutti_transport_bar_show_keys (TUTTI_TRANSPORT_BAR (self->bars[i]), on);
  tutti_transport_bar_show_keys (TUTTI_TRANSPORT_BAR (self->mini), on);
}

static void
on_keys (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_keys (TUTTI_JAM_PAGE (widget), !tutti_play_keys_get_on (widget));
}

static void
on_escape (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (tutti_play_keys_get_on (widget))
    set_keys (TUTTI_JAM_PAGE (widget), FALSE);
  else
    on_focus_grid (widget, NULL, NULL);
}

static void
on_area (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiJamPage *self = TUTTI_JAM_PAGE (widget);
  GtkWidget *panel = adw_flap_get_reveal_flap (ADW_FLAP (self->flap)) ? self->panel : NULL;
  GtkWidget *areas[] = { self->header, self->squeezer, self->news, self->stack, self->desk, panel, self->mini, self->switcher_bar };

  if (tutti_areas_move (areas, G_N_ELEMENTS (areas), g_variant_get_int32 (parameter)) == self->stack)
    on_focus_grid (widget, NULL, NULL);
}

static void
on_stage (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tutti_stage_open (widget, TUTTI_JAM_PAGE (widget)->session);
}

/* Others can only come to a jam that is hosted: first things first. */
static void
on_share (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiJamPage *self = TUTTI_JAM_PAGE (widget);
  const char *link = tutti_people_page_get_link (TUTTI_PEOPLE_PAGE (self->people_page));

  if (link != NULL)
    tutti_share_dialog_open (widget, self->session, link);
  else
    gtk_widget_activate_action (widget, "win.host", NULL);
}

static void
on_leave (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit_by_name (widget, "leave");
}

void
tutti_jam_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.panel", "s", on_panel);
  gtk_widget_class_install_action (widget_class, "page.timing", NULL, on_timing);
  gtk_widget_class_install_action (widget_class, "page.view", "s", on_view);
  gtk_widget_class_install_action (widget_class, "page.notes", "s", on_notes);
  gtk_widget_class_install_action (widget_class, "page.scene", "i", on_scene);
  gtk_widget_class_install_action (widget_class, "page.tempo", NULL, on_tempo);
  gtk_widget_class_install_action (widget_class, "page.focus-grid", NULL, on_focus_grid);
  gtk_widget_class_install_action (widget_class, "page.area", "i", on_area);
  gtk_widget_class_install_action (widget_class, "page.keys", NULL, on_keys);
  gtk_widget_class_install_action (widget_class, "page.escape", NULL, on_escape);
  gtk_widget_class_install_action (widget_class, "page.stage", NULL, on_stage);
  gtk_widget_class_install_action (widget_class, "page.share", NULL, on_share);
  gtk_widget_class_install_action (widget_class, "page.leave", NULL, on_leave);
}
