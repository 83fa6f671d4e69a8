/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-page-private.h"

#include "tutti-desk.h"
#include "tutti-mixer-page.h"

#include <adwaita.h>

/* The desk below the views: a step or a sound below the pattern, a sound below the mixer. */

gboolean
tutti_jam_page_shows (TuttiJamPage *self, const char *view)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (self->stack)), view) == 0;
}

/* Below the pattern the desk is always there; below the mixer while it shows a sound. */
static void
fit_desk (TuttiJamPage *self)
{
  gboolean below = tutti_jam_page_shows (self, "mixer") && self->mixing;

  gtk_widget_set_visible (self->desk, below || tutti_jam_page_shows (self, "pattern"));
  tutti_mixer_page_set_compact (TUTTI_MIXER_PAGE (self->mixer), below);
}

static void
show_selected (TuttiJamPage *self)
{
  tutti_mixer_page_select (TUTTI_MIXER_PAGE (self->mixer), tutti_step_grid_get_track (tutti_jam_page_grid (self)),
                           tutti_desk_get_master (TUTTI_DESK (self->desk)));
}

static void
on_selection_changed (TuttiStepGrid *grid, TuttiJamPage *self)
{
  tutti_desk_set_master (TUTTI_DESK (self->desk), FALSE);
  tutti_desk_refresh (TUTTI_DESK (self->desk));
  show_selected (self);
}

/* Leaves the desk below the mixer as it was below the pattern. */
static void
stop_mixing (TuttiJamPage *self)
{
  if (!self->mixing)
    return;
  self->mixing = FALSE;
  tutti_desk_set_stop (TUTTI_DESK (self->desk), self->desk_before);
  fit_desk (self);
}

static void
on_desk_stop (TuttiDesk *desk, TuttiJamPage *self)
{
  if (self->mixing && tutti_desk_get_stop (desk) != TUTTI_STOP_SOUND)
    stop_mixing (self);
}

/* An empty name is the master's. */
static void
on_select (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiJamPage *self = TUTTI_JAM_PAGE (widget);
  const char *text = g_variant_get_string (parameter, NULL);
  int row, step;
  TuttiId track;
  guint index;

  if (tutti_id_parse (text, &track) && tutti_jam_track (tutti_session_get_jam (self->session), track, &index) != NULL)
    {
      tutti_step_grid_get_focus_place (tutti_jam_page_grid (self), &row, &step);
      tutti_step_grid_focus_step (tutti_jam_page_grid (self), (int) index, step, FALSE);
      tutti_desk_set_master (TUTTI_DESK (self->desk), FALSE);
    }
  else if (text[0] == '\0')
    tutti_desk_set_master (TUTTI_DESK (self->desk), TRUE);
  show_selected (self);
}

static void
open_desk (TuttiJamPage *self)
{
  if (tutti_jam_page_shows (self, "mixer") && !self->mixing)
    {
      self->desk_before = (int) tutti_desk_get_stop (TUTTI_DESK (self->desk));
      self->mixing = TRUE;
    }
  tutti_desk_set_stop (TUTTI_DESK (self->desk), TUTTI_STOP_SOUND);
  fit_desk (self);
}

static void
on_sound (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_select (widget, name, parameter);
  open_desk (TUTTI_JAM_PAGE (widget));
}

static void
on_edit_step (TuttiStepGrid *grid, TuttiJamPage *self)
{
  tutti_desk_set_stop (TUTTI_DESK (self->desk), TUTTI_STOP_STEP);
}

static void
on_desk (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiDesk *desk = TUTTI_DESK (TUTTI_JAM_PAGE (widget)->desk);

  if (tutti_jam_page_shows (TUTTI_JAM_PAGE (widget), "mixer") && g_variant_get_int32 (parameter) > 0)
    open_desk (TUTTI_JAM_PAGE (widget));
  else
    tutti_desk_set_stop (desk, (int) tutti_desk_get_stop (desk) + g_variant_get_int32 (parameter));
}

static void
on_view_changed (AdwViewStack *stack, GParamSpec *pspec, TuttiJamPage *self)
{
  stop_mixing (self);
  /* The master has no steps. */
  if (tutti_jam_page_shows (self, "pattern"))
    tutti_desk_set_master (TUTTI_DESK (self->desk), FALSE);
  show_selected (self);
  fit_desk (self);
}

void
tutti_jam_page_attach_desk (TuttiJamPage *self)
{
  TuttiStepGrid *grid = tutti_jam_page_grid (self);

  g_signal_connect (self->desk, "stop-changed", G_CALLBACK (on_desk_stop), self);
  g_signal_connect (self->stack, "notify::visible-child-name", G_CALLBACK (on_view_changed), self);
  g_signal_connect_object (grid, "selection-changed", G_CALLBACK (on_selection_changed), self, 0);
  g_signal_connect_object (grid, "edit-step", G_CALLBACK (on_edit_step), self, 0);
}

void
tutti_jam_page_install_desk_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.desk", "i", on_desk);
  gtk_widget_class_install_action (widget_class, "page.select", "s", on_select);
  gtk_widget_class_install_action (widget_class, "page.sound", "s", on_sound);
}
