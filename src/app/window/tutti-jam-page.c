/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-page-private.h"

#include "tutti-avatar.h"
#include "tutti-bar.h"
#include "tutti-chat-page.h"
#include "tutti-clips-page.h"
#include "tutti-desk.h"
#include "tutti-history-actions.h"
#include "tutti-import.h"
#include "tutti-jam-actions.h"
#include "tutti-hints.h"
#include "tutti-jam-export.h"
#include "tutti-jam-kept.h"
#include "tutti-jam-keys.h"
#include "tutti-jam-news.h"
#include "tutti-mixer-page.h"
#include "tutti-people-page.h"
#include "tutti-play-keys.h"
#include "tutti-presence-layer.h"
#include "tutti-presence.h"
#include "tutti-quality-words.h"
#include "tutti-timing-page.h"
#include "tutti-tips.h"
#include "tutti-track-menu.h"
#include "tutti-transport-bar.h"
#include "tutti-wish-news.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define TIMING_EVERY_MS 500
#define REST_AFTER_US (3 * G_USEC_PER_SEC)
#define FACES 4

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
                                               tutti_quality_word_now (&timing), self->n_present);
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
  tutti_desk_beat (TUTTI_DESK (self->desk), now_us);
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
  tutti_presence_layer_flash (TUTTI_PRESENCE_LAYER (tutti_step_grid_get_presence (tutti_jam_page_grid (self))), person->colour, track->id,
                              what->index);
}

/* The desk shows one track and one step of it; most edits of others are elsewhere. */
static gboolean
concerns_desk (TuttiJamPage *self, const TuttiTarget *what)
{
  TuttiStepRef ref;

  if (!tutti_step_grid_get_focus (tutti_jam_page_grid (self), &ref) || tutti_step_grid_count_selected (tutti_jam_page_grid (self)) > 1)
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

/* Their claims; where else they show, it is the members or the chat that tell. */
static void
on_pictured (TuttiSession *session, guint number, TuttiJamPage *self)
{
  const TuttiJam *jam = tutti_session_get_jam (session);

  for (guint i = 0; jam != NULL && i < jam->n_tracks; i++)
    if (jam->tracks[i]->claimed == number)
      tutti_pattern_page_refresh (TUTTI_PATTERN_PAGE (self->pattern), &(TuttiTarget) { TUTTI_SCOPE_TRACK, jam->tracks[i]->id, -1 });
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
      tutti_avatar_set_person (child, self->session, tutti_member_get_number (member), tutti_member_get_name (member),
                               tutti_member_get_colour (member));
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
    { "pictured", G_CALLBACK (on_pictured) },
  };
  TuttiStepGrid *grid = tutti_jam_page_grid (self);

  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->session, handlers[i].name, handlers[i].callback, self, 0);
  GListModel *people = tutti_session_get_people (self->session);

  g_signal_connect_object (people, "items-changed", G_CALLBACK (on_people_changed), self, 0);
  on_people_changed (people, 0, 0, g_list_model_get_n_items (people), self);
  g_signal_connect_object (grid, "track-menu", G_CALLBACK (on_track_menu), self, 0);
  g_signal_connect_object (self->stack, "notify::visible-child-name", G_CALLBACK (wake), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pattern, "add-track", G_CALLBACK (on_add_track), self, 0);
}

/* ---------------------------------------------------------------- the page */

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
  tutti_jam_page_fit_panel (self);
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
  gboolean narrow = width < TUTTI_JAM_PAGE_NARROW;

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
    tutti_step_grid_focus_step (tutti_jam_page_grid (self), 0, 0, TRUE);
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
tutti_jam_page_class_init (TuttiJamPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_jam_page_dispose;
  widget_class->map = tutti_jam_page_map;
  widget_class->unmap = tutti_jam_page_unmap;
  widget_class->measure = tutti_jam_page_measure;
  widget_class->size_allocate = tutti_jam_page_size_allocate;
  tutti_jam_page_install_actions (widget_class);
  tutti_jam_page_install_desk_actions (widget_class);
  g_signal_new ("leave", TUTTI_TYPE_JAM_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tutti_jam_page_init (TuttiJamPage *self)
{
}

void
tutti_jam_page_begin_hints (TuttiJamPage *self)
{
  tutti_hints_begin (GTK_WIDGET (self), self->session,
                     &(TuttiHintPlaces) { tutti_jam_page_grid (self),
                                          tutti_pattern_page_get_scene_button (TUTTI_PATTERN_PAGE (self->pattern)), self->share,
                                          TUTTI_BAR (self->news) });
}

GtkWidget *
tutti_jam_page_new (TuttiSession *session)
{
  TuttiJamPage *self = g_object_new (TUTTI_TYPE_JAM_PAGE, NULL);

  self->session = g_object_ref (session);
  tutti_jam_page_build (self);
  tutti_jam_page_attach_desk (self);
  self->actions = tutti_jam_actions_attach (GTK_WIDGET (self), session, tutti_jam_page_grid (self));
  tutti_jam_keys_attach (GTK_WIDGET (self));
  tutti_play_keys_attach (GTK_WIDGET (self), tutti_jam_page_grid (self));
  tutti_import_attach_drop (tutti_jam_page_grid (self));
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
