/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-page.h"

#include "tutti-areas.h"
#include "tutti-ask.h"
#include "tutti-bar.h"
#include "tutti-chat-page.h"
#include "tutti-clip-cell.h"
#include "tutti-clips-page.h"
#include "tutti-desk.h"
#include "tutti-fader.h"
#include "tutti-glyph.h"
#include "tutti-history-actions.h"
#include "tutti-history-page.h"
#include "tutti-import.h"
#include "tutti-jam-actions.h"
#include "tutti-jam-export.h"
#include "tutti-jam-kept.h"
#include "tutti-jam-keys.h"
#include "tutti-jam-menus.h"
#include "tutti-jam-news.h"
#include "tutti-mixer-page.h"
#include "tutti-people-page.h"
#include "tutti-play-keys.h"
#include "tutti-presence-layer.h"
#include "tutti-presence.h"
#include "tutti-quality-words.h"
#include "tutti-share-dialog.h"
#include "tutti-stage.h"
#include "tutti-timing-page.h"
#include "tutti-tips.h"
#include "tutti-track-menu.h"
#include "tutti-transport-bar.h"
#include "tutti-wish-news.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define TIMING_EVERY_MS 500
#define REST_AFTER_US (3 * G_USEC_PER_SEC)
#define NARROW 560
#define PANEL_WIDTH 344
#define FACES 4

struct _TuttiJamPage
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* owned */
  GtkWidget    *root, *header, *title, *name_button, *name, *back, *undo, *redo, *people, *faces, *menu, *squeezer, *bars[2], *mini,
               *news, *flap, *stack, *pattern, *clips, *notes, *mixer, *desk, *panel, *panel_clamp, *panel_stack, *people_page,
               *share, *chat_page, *timing_page, *switcher_bar;
  GActionMap   *actions;       /* borrowed: the page's own group */
  gboolean      narrow;
  gboolean      mixing;        /* the desk is open below the mixer */
  int           desk_before;   /* its stop below the pattern meanwhile */
  guint         ticking, n_present;
  gint64        quiet_since;
  guint         looking;       /* source: the timing changes also when nothing is drawn */
};

G_DEFINE_FINAL_TYPE (TuttiJamPage, tutti_jam_page, GTK_TYPE_WIDGET)

TuttiSession *
tutti_jam_page_get_session (TuttiJamPage *self)
{
  return self->session;
}

TuttiPatternPage *
tutti_jam_page_get_pattern (TuttiJamPage *self)
{
  return TUTTI_PATTERN_PAGE (self->pattern);
}

TuttiNotesPage *
tutti_jam_page_get_notes (TuttiJamPage *self)
{
  return TUTTI_NOTES_PAGE (self->notes);
}

static TuttiStepGrid *
grid_of (TuttiJamPage *self)
{
  return tutti_pattern_page_get_grid (TUTTI_PATTERN_PAGE (self->pattern));
}

/* ---------------------------------------------------------------- the frame */

static gint64
song_tick (const TuttiTransport *transport, gint64 tick)
{
  return transport->loop && transport->loop_end > transport->loop_start
           ? tutti_tick_wrap (tick, transport->loop_start, transport->loop_end)
           : tick;
}

static void
show_timing (TuttiJamPage *self)
{
  TuttiTiming timing;

  tutti_session_get_timing (self->session, &timing);
  for (int i = 0; i < 2; i++)
    tutti_transport_bar_show_timing (TUTTI_TRANSPORT_BAR (self->bars[i]), &timing);
  tutti_people_page_show_timing (TUTTI_PEOPLE_PAGE (self->people_page), &timing);
  tutti_timing_page_show (TUTTI_TIMING_PAGE (self->timing_page), &timing);
  g_autofree char *subtitle = g_strdup_printf (ngettext ("%s · %u person", "%s · %u people", self->n_present),
                                               tutti_quality_word (timing.quality), self->n_present);
  adw_view_switcher_title_set_subtitle (ADW_VIEW_SWITCHER_TITLE (self->title), subtitle);
}

void
tutti_jam_page_beat (TuttiJamPage *self, gint64 now_us)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  gint64 tick, heard_tick = 0;
  gboolean heard;

  if (jam == NULL)
    return;
  tick = tutti_session_get_tick (self->session);
  heard = tutti_session_get_heard_tick (self->session, &heard_tick);
  tutti_pattern_page_set_hearing (TUTTI_PATTERN_PAGE (self->pattern), heard);
  for (int i = 0; i < 2; i++)
    tutti_transport_bar_beat (TUTTI_TRANSPORT_BAR (self->bars[i]), song_tick (&jam->transport, tick), now_us);
  tutti_transport_bar_beat (TUTTI_TRANSPORT_BAR (self->mini), song_tick (&jam->transport, tick), now_us);
  tutti_pattern_page_beat (TUTTI_PATTERN_PAGE (self->pattern), heard ? heard_tick : tick, heard || jam->transport.playing, now_us);
  tutti_clips_page_beat (TUTTI_CLIPS_PAGE (self->clips), tick, jam->transport.playing);
  tutti_notes_page_beat (TUTTI_NOTES_PAGE (self->notes), tick, jam->transport.playing);
  tutti_mixer_page_beat (TUTTI_MIXER_PAGE (self->mixer), now_us);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  TuttiJamPage *self = TUTTI_JAM_PAGE (widget);
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  tutti_jam_page_beat (self, now);
  if (jam != NULL && (jam->transport.playing || tutti_session_get_hearing (self->session) >= 0))
    self->quiet_since = now;
  /* Stopped and faded away: no frames until something happens again. */
  if (now - self->quiet_since < REST_AFTER_US)
    return G_SOURCE_CONTINUE;
  self->ticking = 0;
  return G_SOURCE_REMOVE;
}

static void
wake (TuttiJamPage *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  self->quiet_since = clock != NULL ? gdk_frame_clock_get_frame_time (clock) : g_get_monotonic_time ();
  if (self->ticking == 0)
    self->ticking = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

/* ---------------------------------------------------------------- what happens */

static void
show_jam (TuttiJamPage *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  if (jam == NULL)
    return;
  gtk_label_set_text (GTK_LABEL (self->name), jam->name);
  adw_view_switcher_title_set_title (ADW_VIEW_SWITCHER_TITLE (self->title), jam->name);
  for (int i = 0; i < 2; i++)
    tutti_transport_bar_refresh (TUTTI_TRANSPORT_BAR (self->bars[i]));
  tutti_transport_bar_refresh (TUTTI_TRANSPORT_BAR (self->mini));
  tutti_jam_actions_refresh (self->actions, self->session);
}

/* A ring in the colour of whoever changed a step that is on screen. */
static void
flash (TuttiJamPage *self, const TuttiTarget *what, guint by)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  const TuttiPerson *person = tutti_jam_person (jam, by);
  const TuttiTrack *track = NULL;

  if (person == NULL || by == tutti_session_get_me (self->session) || what->scope != TUTTI_SCOPE_STEP || what->index < 0 ||
      tutti_jam_clip (jam, what->id, &track) == NULL)
    return;
  tutti_presence_layer_flash (TUTTI_PRESENCE_LAYER (tutti_step_grid_get_presence (grid_of (self))), person->colour, track->id,
                              what->index);
}

/* The desk shows one track and one step of it; most edits of others are elsewhere. */
static gboolean
concerns_desk (TuttiJamPage *self, const TuttiTarget *what)
{
  TuttiStepRef ref;

  if (!tutti_step_grid_get_focus (grid_of (self), &ref) || tutti_step_grid_count_selected (grid_of (self)) > 1)
    return TRUE;
  if (what->scope == TUTTI_SCOPE_STEP || what->scope == TUTTI_SCOPE_STEPS)
    return tutti_id_equal (what->id, ref.clip);
  return what->scope != TUTTI_SCOPE_TRACK || tutti_id_equal (what->id, ref.track);
}

static void
on_changed (TuttiSession *session, const TuttiTarget *what, guint by, TuttiJamPage *self)
{
  if (tutti_session_get_jam (session) == NULL)
    return;
  tutti_pattern_page_refresh (TUTTI_PATTERN_PAGE (self->pattern), what);
  tutti_clips_page_refresh (TUTTI_CLIPS_PAGE (self->clips), what);
  tutti_notes_page_refresh (TUTTI_NOTES_PAGE (self->notes), what, by);
  tutti_mixer_page_refresh (TUTTI_MIXER_PAGE (self->mixer), what);
  if (concerns_desk (self, what))
    tutti_desk_refresh (TUTTI_DESK (self->desk));
  if (what->scope != TUTTI_SCOPE_STEP && what->scope != TUTTI_SCOPE_STEPS && what->scope != TUTTI_SCOPE_NOTES &&
      what->scope != TUTTI_SCOPE_TRACK && what->scope != TUTTI_SCOPE_EFFECTS)
    show_jam (self);
  flash (self, what, by);
  wake (self);
}

/* What it showed too early is taken back; the words are said by the news. */
static void
on_refused (TuttiSession *session, const TuttiOp *op, const GError *why, TuttiJamPage *self)
{
  tutti_pattern_page_refresh (TUTTI_PATTERN_PAGE (self->pattern), NULL);
  tutti_notes_page_refresh (TUTTI_NOTES_PAGE (self->notes), NULL, 0);
}

/* The playhead moves for me alone. */
static void
on_hearing (TuttiSession *session, TuttiJamPage *self)
{
  wake (self);
}

static gboolean
is_shown (TuttiJamPage *self, const char *view)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (self->stack)), view) == 0;
}

/* Below the pattern the desk is always there; below the mixer while it shows a sound. */
static void
fit_desk (TuttiJamPage *self)
{
  gboolean below = is_shown (self, "mixer") && self->mixing;

  gtk_widget_set_visible (self->desk, below || is_shown (self, "pattern"));
  tutti_mixer_page_set_compact (TUTTI_MIXER_PAGE (self->mixer), below);
}

static void
show_selected (TuttiJamPage *self)
{
  tutti_mixer_page_select (TUTTI_MIXER_PAGE (self->mixer), tutti_step_grid_get_track (grid_of (self)),
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
      tutti_step_grid_get_focus_place (grid_of (self), &row, &step);
      tutti_step_grid_focus_step (grid_of (self), (int) index, step, FALSE);
      tutti_desk_set_master (TUTTI_DESK (self->desk), FALSE);
    }
  else if (text[0] == '\0')
    tutti_desk_set_master (TUTTI_DESK (self->desk), TRUE);
  show_selected (self);
}

static void
open_desk (TuttiJamPage *self)
{
  if (is_shown (self, "mixer") && !self->mixing)
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
on_add_track (GtkWidget *page, TuttiJamPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "jam.add-track", NULL);
}

static void
on_track_menu (TuttiStepGrid *grid, GtkWidget *head, double x, double y, TuttiJamPage *self)
{
  const TuttiTrack *track = tutti_jam_track (tutti_session_get_jam (self->session), tutti_step_grid_get_track (grid), NULL);

  tutti_track_menu_open (head, track != NULL && track->claimed != 0, x, y);
}

static void
show_faces (TuttiJamPage *self)
{
  GListModel *people = tutti_session_get_people (self->session);
  GtkWidget *child;
  char count[16];
  guint shown = 0, present = 0;

  while ((child = gtk_widget_get_first_child (self->faces)) != NULL)
    gtk_box_remove (GTK_BOX (self->faces), child);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (people, i);
      if (!tutti_member_get_present (member))
        continue;
      present++;
      if (self->narrow || shown++ >= FACES)
        continue;
      child = tutti_avatar_new (NULL);
      tutti_avatar_set (child, tutti_member_get_name (member), tutti_member_get_colour (member));
      gtk_box_append (GTK_BOX (self->faces), child);
    }
  self->n_present = present;
  g_snprintf (count, sizeof count, "%u", present);
  if (present > 1 && !self->narrow)
    gtk_box_append (GTK_BOX (self->faces), gtk_label_new (count));
  else if (present == 0 || self->narrow)
    gtk_box_append (GTK_BOX (self->faces), gtk_image_new_from_icon_name ("tutti-people-symbolic"));
}

/* Coming, leaving and being named are told by each of them. */
static void
on_people_changed (GListModel *people, guint position, guint removed, guint added, TuttiJamPage *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (people, i);

      g_signal_connect_object (member, "notify", G_CALLBACK (show_faces), self, G_CONNECT_SWAPPED);
    }
  show_faces (self);
}

static void
connect_session (TuttiJamPage *self)
{
  const struct { const char *name; GCallback callback; } handlers[] = {
    { "changed", G_CALLBACK (on_changed) }, { "refused", G_CALLBACK (on_refused) }, { "hearing", G_CALLBACK (on_hearing) },
  };
  TuttiStepGrid *grid = grid_of (self);

  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->session, handlers[i].name, handlers[i].callback, self, 0);
  GListModel *people = tutti_session_get_people (self->session);

  g_signal_connect_object (people, "items-changed", G_CALLBACK (on_people_changed), self, 0);
  on_people_changed (people, 0, 0, g_list_model_get_n_items (people), self);
  g_signal_connect_object (grid, "selection-changed", G_CALLBACK (on_selection_changed), self, 0);
  g_signal_connect_object (grid, "edit-step", G_CALLBACK (on_edit_step), self, 0);
  g_signal_connect_object (grid, "track-menu", G_CALLBACK (on_track_menu), self, 0);
  g_signal_connect_object (self->pattern, "add-track", G_CALLBACK (on_add_track), self, 0);
}

/* ---------------------------------------------------------------- actions of the window around the jam */

void
tutti_jam_page_set_view (TuttiJamPage *self, const char *view)
{
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (self->stack), view);
}

void
tutti_jam_page_set_panel (TuttiJamPage *self, const char *page)
{
  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), page != NULL);
  if (page != NULL)
    adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (self->panel_stack), page);
  if (g_strcmp0 (page, "chat") == 0)
    tutti_chat_page_focus (TUTTI_CHAT_PAGE (self->chat_page));
}

void
tutti_jam_page_set_link (TuttiJamPage *self, const char *link)
{
  tutti_people_page_set_link (TUTTI_PEOPLE_PAGE (self->people_page), link);
}

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
on_desk (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiDesk *desk = TUTTI_DESK (TUTTI_JAM_PAGE (widget)->desk);

  if (is_shown (TUTTI_JAM_PAGE (widget), "mixer") && g_variant_get_int32 (parameter) > 0)
    open_desk (TUTTI_JAM_PAGE (widget));
  else
    tutti_desk_set_stop (desk, (int) tutti_desk_get_stop (desk) + g_variant_get_int32 (parameter));
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

/* Back to the step where one was; elsewhere to the first clip or fader. */
static void
on_focus_grid (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiJamPage *self = TUTTI_JAM_PAGE (widget);
  GtkWidget *view = adw_view_stack_get_visible_child (ADW_VIEW_STACK (self->stack));
  gboolean own = view == self->pattern || view == self->notes;
  GtkWidget *part = own ? NULL : first_of (view, view == self->clips ? TUTTI_TYPE_CLIP_CELL : TUTTI_TYPE_FADER);
  int row, step;

  if (part != NULL)
    gtk_widget_grab_focus (part);
  if (view == self->notes)
    tutti_notes_page_focus (TUTTI_NOTES_PAGE (self->notes));
  if (view != self->pattern)
    return;
  tutti_step_grid_get_focus_place (grid_of (self), &row, &step);
  if (tutti_step_grid_get_n_rows (grid_of (self)) > 0)
    tutti_step_grid_focus_step (grid_of (self), row, step, TRUE);
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

/* ---------------------------------------------------------------- building */

static GtkWidget *
icon_button (const char *icon, const char *action, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  return button;
}

static GtkWidget *
build_name (TuttiJamPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autoptr(GMenuModel) menu = tutti_jam_menu_new ();

  self->name = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->name), 20);
  gtk_widget_add_css_class (self->name, "heading");
  gtk_box_append (GTK_BOX (box), self->name);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("tutti-expand-symbolic"));
  self->name_button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->name_button), box);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->name_button), menu);
  gtk_widget_add_css_class (self->name_button, "flat");
  gtk_widget_set_tooltip_text (self->name_button, _("This Jam"));
  return self->name_button;
}

static GtkWidget *
build_people (TuttiJamPage *self)
{
  self->faces = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  self->people = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->people), self->faces);
  gtk_widget_add_css_class (self->people, "people");
  gtk_widget_add_css_class (self->people, "flat");
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->people), "page.panel::people");
  gtk_widget_set_tooltip_text (self->people, _("People (F9)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->people), GTK_ACCESSIBLE_PROPERTY_LABEL, _("People"), -1);
  return self->people;
}

static GtkWidget *
build_header (TuttiJamPage *self)
{
  AdwHeaderBar *header = ADW_HEADER_BAR (self->header = adw_header_bar_new ());
  g_autoptr(GMenuModel) menu = tutti_primary_menu_new ();

  self->back = icon_button ("go-previous-symbolic", "page.leave", _("Back to the Start (Ctrl+W)"));
  self->undo = icon_button ("edit-undo-symbolic", "jam.undo", _("Undo Mine (Ctrl+Z)"));
  self->redo = icon_button ("edit-redo-symbolic", "jam.redo", _("Redo Mine (Ctrl+Shift+Z)"));
  self->title = adw_view_switcher_title_new ();
  adw_view_switcher_title_set_stack (ADW_VIEW_SWITCHER_TITLE (self->title), ADW_VIEW_STACK (self->stack));
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), menu);
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (self->menu), TRUE);
  gtk_widget_set_tooltip_text (self->menu, _("Main Menu (F10)"));
  adw_header_bar_pack_start (header, self->back);
  adw_header_bar_pack_start (header, build_name (self));
  adw_header_bar_pack_start (header, self->undo);
  adw_header_bar_pack_start (header, self->redo);
  adw_header_bar_set_title_widget (header, self->title);
  adw_header_bar_set_centering_policy (header, ADW_CENTERING_POLICY_STRICT);
  adw_header_bar_pack_end (header, self->menu);
  self->share = icon_button ("tutti-share-symbolic", "page.share", _("Share"));
  adw_header_bar_pack_end (header, self->share);
  adw_header_bar_pack_end (header, build_people (self));
  return self->header;
}

static void
add_view (GtkWidget *stack, GtkWidget *page, const char *name, const char *title, const char *icon)
{
  AdwViewStackPage *view = adw_view_stack_add_titled (ADW_VIEW_STACK (stack), page, name, title);

  adw_view_stack_page_set_icon_name (view, icon);
}

static void
on_view_changed (AdwViewStack *stack, GParamSpec *pspec, TuttiJamPage *self)
{
  stop_mixing (self);
  /* The master has no steps. */
  if (is_shown (self, "pattern"))
    tutti_desk_set_master (TUTTI_DESK (self->desk), FALSE);
  show_selected (self);
  fit_desk (self);
  wake (self);
}

static void
build_views (TuttiJamPage *self)
{
  self->stack = adw_view_stack_new ();
  /* Each view asks for its own room: the mixer is tall, and has no desk below it. */
  adw_view_stack_set_vhomogeneous (ADW_VIEW_STACK (self->stack), FALSE);
  adw_view_stack_set_hhomogeneous (ADW_VIEW_STACK (self->stack), FALSE);
  self->pattern = tutti_pattern_page_new (self->session);
  self->clips = tutti_clips_page_new (self->session);
  self->notes = tutti_notes_page_new (self->session);
  self->mixer = tutti_mixer_page_new (self->session);
  self->desk = tutti_desk_new (grid_of (self));
  g_signal_connect (self->desk, "stop-changed", G_CALLBACK (on_desk_stop), self);
  add_view (self->stack, self->pattern, "pattern", _("Pattern"), "tutti-pattern-symbolic");
  add_view (self->stack, self->clips, "clips", _("Clips"), "tutti-clips-symbolic");
  add_view (self->stack, self->notes, "notes", _("Notes"), "tutti-notes-symbolic");
  add_view (self->stack, self->mixer, "mixer", _("Mixer"), "tutti-mixer-symbolic");
  gtk_widget_set_vexpand (self->stack, TRUE);
  g_signal_connect (self->stack, "notify::visible-child-name", G_CALLBACK (on_view_changed), self);
}

/* A dot at the page and at the button that opens the panel. */
static void
on_unread (TuttiChatPage *chat, guint n, TuttiJamPage *self)
{
  AdwViewStackPage *page = adw_view_stack_get_page (ADW_VIEW_STACK (self->panel_stack), GTK_WIDGET (chat));
  g_autofree char *words = n == 0 ? g_strdup (_("People (F9)"))
                                  : g_strdup_printf (ngettext ("People (F9) · %u new message", "People (F9) · %u new messages", n), n);

  adw_view_stack_page_set_needs_attention (page, n > 0);
  adw_view_stack_page_set_badge_number (page, n);
  if (n > 0)
    gtk_widget_add_css_class (self->people, "unread");
  else
    gtk_widget_remove_css_class (self->people, "unread");
  if (g_strcmp0 (words, gtk_widget_get_tooltip_text (self->people)) != 0)
    gtk_widget_set_tooltip_text (self->people, words);
}

static void
on_show_track (TuttiChatPage *chat, const TuttiId *track, TuttiJamPage *self)
{
  guint row;

  tutti_jam_page_set_view (self, "pattern");
  if (tutti_jam_track (tutti_session_get_jam (self->session), *track, &row) != NULL)
    tutti_step_grid_focus_step (grid_of (self), (int) row, 0, TRUE);
}

/* Long words do not make the panel wider than it is meant to be; over a narrow window it takes what there is. */
static void
fit_panel (TuttiJamPage *self)
{
  int width = self->narrow ? NARROW : PANEL_WIDTH;

  adw_clamp_set_maximum_size (ADW_CLAMP (self->panel_clamp), width);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->panel_clamp), width);
}

static GtkWidget *
build_panel (TuttiJamPage *self)
{
  GtkWidget *panel = adw_bin_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *switcher = adw_view_switcher_new ();

  self->panel_stack = adw_view_stack_new ();
  self->people_page = tutti_people_page_new (self->session);
  self->chat_page = tutti_chat_page_new (self->session);
  g_signal_connect (self->chat_page, "unread", G_CALLBACK (on_unread), self);
  g_signal_connect (self->chat_page, "show-track", G_CALLBACK (on_show_track), self);
  self->timing_page = tutti_timing_page_new (self->session);
  add_view (self->panel_stack, self->people_page, "people", _("People"), "tutti-people-symbolic");
  add_view (self->panel_stack, self->chat_page, "chat", _("Chat"), "tutti-chat-symbolic");
  add_view (self->panel_stack, tutti_history_page_new (self->session), "history", _("History"), "tutti-history-symbolic");
  add_view (self->panel_stack, self->timing_page, "timing", _("Timing"), "tutti-timing-symbolic");
  adw_view_switcher_set_stack (ADW_VIEW_SWITCHER (switcher), ADW_VIEW_STACK (self->panel_stack));
  adw_view_switcher_set_policy (ADW_VIEW_SWITCHER (switcher), ADW_VIEW_SWITCHER_POLICY_NARROW);
  gtk_widget_add_css_class (switcher, "panel-header");
  gtk_widget_set_vexpand (self->panel_stack, TRUE);
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), self->panel_stack);
  self->panel_clamp = adw_clamp_new ();
  adw_clamp_set_child (ADW_CLAMP (self->panel_clamp), box);
  adw_bin_set_child (ADW_BIN (panel), self->panel_clamp);
  gtk_widget_set_size_request (panel, PANEL_WIDTH, -1);
  gtk_widget_add_css_class (panel, "background");
  return panel;
}

static GtkWidget *
build_flap (TuttiJamPage *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  build_views (self);
  gtk_box_append (GTK_BOX (content), self->stack);
  gtk_box_append (GTK_BOX (content), self->desk);
  self->flap = adw_flap_new ();
  self->panel = build_panel (self);
  adw_flap_set_content (ADW_FLAP (self->flap), content);
  adw_flap_set_flap (ADW_FLAP (self->flap), self->panel);
  adw_flap_set_separator (ADW_FLAP (self->flap), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_flap_set_flap_position (ADW_FLAP (self->flap), GTK_PACK_END);
  adw_flap_set_reveal_flap (ADW_FLAP (self->flap), FALSE);
  adw_flap_set_locked (ADW_FLAP (self->flap), TRUE);
  gtk_widget_set_vexpand (self->flap, TRUE);
  return self->flap;
}

static GtkWidget *
build_transport (TuttiJamPage *self)
{
  self->squeezer = adw_squeezer_new ();
  self->bars[0] = tutti_transport_bar_new (self->session, TUTTI_TRANSPORT_FULL);
  self->bars[1] = tutti_transport_bar_new (self->session, TUTTI_TRANSPORT_COMPACT);
  adw_squeezer_add (ADW_SQUEEZER (self->squeezer), self->bars[0]);
  adw_squeezer_add (ADW_SQUEEZER (self->squeezer), self->bars[1]);
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (self->squeezer), FALSE);
  adw_squeezer_set_allow_none (ADW_SQUEEZER (self->squeezer), TRUE);
  return self->squeezer;
}

static void
build (TuttiJamPage *self)
{
  GtkWidget *flap = build_flap (self);

  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->news = tutti_bar_new ();
  self->mini = tutti_transport_bar_new (self->session, TUTTI_TRANSPORT_MINI);
  self->switcher_bar = adw_view_switcher_bar_new ();
  adw_view_switcher_bar_set_stack (ADW_VIEW_SWITCHER_BAR (self->switcher_bar), ADW_VIEW_STACK (self->stack));
  gtk_box_append (GTK_BOX (self->root), build_header (self));
  gtk_box_append (GTK_BOX (self->root), build_transport (self));
  gtk_box_append (GTK_BOX (self->root), self->news);
  gtk_box_append (GTK_BOX (self->root), flap);
  fit_panel (self);
  gtk_box_append (GTK_BOX (self->root), self->mini);
  gtk_box_append (GTK_BOX (self->root), self->switcher_bar);
  gtk_widget_set_visible (self->mini, FALSE);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

/* What a narrow window leaves out or moves; after the allocation that showed it is narrow. */
static gboolean
fit (gpointer user_data)
{
  g_autoptr(TuttiJamPage) self = user_data;

  if (self->root == NULL)
    return G_SOURCE_REMOVE;
  show_faces (self);
  gtk_widget_set_visible (self->name_button, !self->narrow);
  gtk_widget_set_visible (self->undo, !self->narrow);
  gtk_widget_set_visible (self->redo, !self->narrow);
  gtk_widget_set_visible (self->share, !self->narrow);
  gtk_widget_set_visible (self->squeezer, !self->narrow);
  gtk_widget_set_visible (self->mini, self->narrow);
  adw_view_switcher_bar_set_reveal (ADW_VIEW_SWITCHER_BAR (self->switcher_bar), self->narrow);
  adw_view_switcher_title_set_view_switcher_enabled (ADW_VIEW_SWITCHER_TITLE (self->title), !self->narrow);
  fit_panel (self);
  tutti_mixer_page_set_narrow (TUTTI_MIXER_PAGE (self->mixer), self->narrow);
  tutti_clips_page_set_narrow (TUTTI_CLIPS_PAGE (self->clips), self->narrow);
  tutti_notes_page_set_narrow (TUTTI_NOTES_PAGE (self->notes), self->narrow);
  /* With little room the title stands between the buttons rather than in the middle of the window, where they would cover it. */
  adw_header_bar_set_centering_policy (ADW_HEADER_BAR (self->header),
                                       self->narrow ? ADW_CENTERING_POLICY_LOOSE : ADW_CENTERING_POLICY_STRICT);
  if (self->narrow)
    tutti_desk_set_stop (TUTTI_DESK (self->desk), TUTTI_STOP_CLOSED);
  return G_SOURCE_REMOVE;
}

static void
tutti_jam_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TuttiJamPage *self = TUTTI_JAM_PAGE (widget);
  gboolean narrow = width < NARROW;

  if (narrow != self->narrow)
    {
      self->narrow = narrow;
      g_idle_add_full (G_PRIORITY_HIGH, fit, g_object_ref (self), NULL);
    }
  gtk_widget_size_allocate (self->root, &(GtkAllocation) { 0, 0, width, height }, -1);
}

/* Narrow by will: the parts that do not fit are on their way out when this is too small for them. */
static void
tutti_jam_page_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  TuttiJamPage *self = TUTTI_JAM_PAGE (widget);

  gtk_widget_measure (self->root, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, 360);
}

static gboolean
on_look (gpointer user_data)
{
  show_timing (user_data);
  return G_SOURCE_CONTINUE;
}

static void
tutti_jam_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&TUTTI_JAM_PAGE (widget)->looking, g_source_remove);
  GTK_WIDGET_CLASS (tutti_jam_page_parent_class)->unmap (widget);
}

static gboolean
focus_grid (gpointer user_data)
{
  g_autoptr(TuttiJamPage) self = user_data;

  if (self->root != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    tutti_step_grid_focus_step (grid_of (self), 0, 0, TRUE);
  return G_SOURCE_REMOVE;
}

/* The keyboard begins where the music is, not at the button that leaves it. */
static void
tutti_jam_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tutti_jam_page_parent_class)->map (widget);
  wake (TUTTI_JAM_PAGE (widget));
  show_timing (TUTTI_JAM_PAGE (widget));
  TUTTI_JAM_PAGE (widget)->looking = g_timeout_add (TIMING_EVERY_MS, on_look, widget);
  g_idle_add (focus_grid, g_object_ref (widget));
}

static void
tutti_jam_page_dispose (GObject *object)
{
  TuttiJamPage *self = TUTTI_JAM_PAGE (object);

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tutti_jam_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.panel", "s", on_panel);
  gtk_widget_class_install_action (widget_class, "page.timing", NULL, on_timing);
  gtk_widget_class_install_action (widget_class, "page.view", "s", on_view);
  gtk_widget_class_install_action (widget_class, "page.notes", "s", on_notes);
  gtk_widget_class_install_action (widget_class, "page.scene", "i", on_scene);
  gtk_widget_class_install_action (widget_class, "page.desk", "i", on_desk);
  gtk_widget_class_install_action (widget_class, "page.select", "s", on_select);
  gtk_widget_class_install_action (widget_class, "page.sound", "s", on_sound);
  gtk_widget_class_install_action (widget_class, "page.tempo", NULL, on_tempo);
  gtk_widget_class_install_action (widget_class, "page.focus-grid", NULL, on_focus_grid);
  gtk_widget_class_install_action (widget_class, "page.area", "i", on_area);
  gtk_widget_class_install_action (widget_class, "page.keys", NULL, on_keys);
  gtk_widget_class_install_action (widget_class, "page.escape", NULL, on_escape);
  gtk_widget_class_install_action (widget_class, "page.stage", NULL, on_stage);
  gtk_widget_class_install_action (widget_class, "page.share", NULL, on_share);
  gtk_widget_class_install_action (widget_class, "page.leave", NULL, on_leave);
}

static void
tutti_jam_page_class_init (TuttiJamPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_jam_page_dispose;
  widget_class->map = tutti_jam_page_map;
  widget_class->unmap = tutti_jam_page_unmap;
  widget_class->measure = tutti_jam_page_measure;
  widget_class->size_allocate = tutti_jam_page_size_allocate;
  install_actions (widget_class);
  g_signal_new ("leave", TUTTI_TYPE_JAM_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tutti_jam_page_init (TuttiJamPage *self)
{
}

GtkWidget *
tutti_jam_page_new (TuttiSession *session)
{
  TuttiJamPage *self = g_object_new (TUTTI_TYPE_JAM_PAGE, NULL);

  self->session = g_object_ref (session);
  build (self);
  self->actions = tutti_jam_actions_attach (GTK_WIDGET (self), session, grid_of (self));
  tutti_jam_keys_attach (GTK_WIDGET (self));
  tutti_play_keys_attach (GTK_WIDGET (self), grid_of (self));
  tutti_import_attach_drop (grid_of (self));
  connect_session (self);
  tutti_presence_attach (GTK_WIDGET (self), session,
                         &(TuttiPresenceViews) { self->stack, TUTTI_PATTERN_PAGE (self->pattern), TUTTI_NOTES_PAGE (self->notes),
                                                 TUTTI_MIXER_PAGE (self->mixer) });
  tutti_jam_export_attach (GTK_WIDGET (self), session, TUTTI_BAR (self->news));
  tutti_jam_news_attach (GTK_WIDGET (self), session, TUTTI_BAR (self->news));
  tutti_jam_kept_attach (GTK_WIDGET (self), session, TUTTI_BAR (self->news), self->actions);
  tutti_history_actions_attach (GTK_WIDGET (self), session, TUTTI_BAR (self->news));
  tutti_wish_news_attach (GTK_WIDGET (self), session, TUTTI_BAR (self->news));
  show_jam (self);
  show_faces (self);
  tutti_tips_speak (GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
