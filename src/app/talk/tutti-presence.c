/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-presence.h"

#include "tutti-ask.h"
#include "tutti-here-words.h"
#include "tutti-presence-layer.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* A fader that was not moved for so long was let go. */
#define HOLD_MS 1500

/* Signs of life are many, and idle is a matter of minutes. */
#define TOUCH_EVERY_US (5 * G_USEC_PER_SEC)

typedef struct
{
  GtkWidget          *page;        /* owner */
  GObject            *heard[4];    /* owned: listened to until the end, whoever else keeps them longer */
  TuttiSession       *session;     /* owned */
  TuttiPresenceViews  views;       /* borrowed: children of the page */
  TuttiHere           mine;
  guint               hold;        /* source */
  gint64              touched_us;
  guint               following;   /* number of the person, 0 nobody */
} Presence;

/* In the order of TuttiPlace, as the views are called in their stack. */
static const char * const places[TUTTI_N_PLACES] = { "pattern", "clips", "notes", "song", "mixer" };

static TuttiStepGrid *
grid_of (Presence *self)
{
  return tutti_pattern_page_get_grid (self->views.pattern);
}

static TuttiPresenceLayer *
layer_of (Presence *self)
{
  return TUTTI_PRESENCE_LAYER (tutti_step_grid_get_presence (grid_of (self)));
}

/* ---- where I am ---- */

static void
tell (Presence *self)
{
  self->touched_us = g_get_monotonic_time ();
  tutti_session_set_here (self->session, &self->mine);
}

/* The focused step, by its clip where there is one: the same track has others in other scenes. */
static void
look_at_grid (Presence *self)
{
  TuttiStepRef ref;

  self->mine.on = (TuttiId) { 0, 0 };
  self->mine.step = 0;
  self->mine.hold = TUTTI_HOLD_NOTHING;
  self->mine.note = (TuttiId) { 0, 0 };
  if (self->mine.place == TUTTI_PLACE_NOTES)
    {
      self->mine.on = tutti_notes_page_get_clip (self->views.notes);
      self->mine.note = tutti_notes_page_get_note (self->views.notes);
    }
  if (self->mine.place != TUTTI_PLACE_PATTERN || !tutti_step_grid_get_focus (grid_of (self), &ref))
    return;
  self->mine.on = tutti_id_is_none (ref.clip) ? ref.track : ref.clip;
  self->mine.step = (guint8) (ref.step + 1);
}

static void
on_selection (TuttiStepGrid *grid, Presence *self)
{
  look_at_grid (self);
  tell (self);
}

/* Another clip of notes, or another note of it. */
static void
on_notes (GtkWidget *notes, Presence *self)
{
  if (self->mine.place != TUTTI_PLACE_NOTES)
    return;
  look_at_grid (self);
  tell (self);
}

static void
on_view (AdwViewStack *stack, GParamSpec *spec, Presence *self)
{
  const char *name = adw_view_stack_get_visible_child_name (stack);

  for (guint i = 0; i < TUTTI_N_PLACES; i++)
    if (g_strcmp0 (places[i], name) == 0)
      self->mine.place = (guint8) i;
  look_at_grid (self);
  tell (self);
}

static gboolean
let_go (gpointer data)
{
  Presence *self = data;

  self->hold = 0;
  self->mine.hold = TUTTI_HOLD_NOTHING;
  tell (self);
  return G_SOURCE_REMOVE;
}

static void
on_hold (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Presence *self = user_data;
  guint creator, counter, what;

  g_variant_get (parameter, "(uuu)", &creator, &counter, &what);
  self->mine.on = tutti_id (creator, counter);
  self->mine.step = 0;
  self->mine.hold = (guint8) what;
  g_clear_handle_id (&self->hold, g_source_remove);
  self->hold = g_timeout_add (HOLD_MS, let_go, self);
  tell (self);
}

static gboolean
on_event (GtkEventControllerLegacy *controller, GdkEvent *event, Presence *self)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->touched_us < TOUCH_EVERY_US)
    return FALSE;
  self->touched_us = now;
  tutti_session_set_here (self->session, NULL);
  return FALSE;
}

/* ---- where they are ---- */

static void
show_cursor (Presence *self, TuttiMember *member)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  const TuttiHere *here = tutti_member_get_here (member);
  const TuttiTrack *track = tutti_here_track (jam, here);
  const TuttiClip *clip = tutti_jam_clip (jam, here->on, NULL);
  guint number = tutti_member_get_number (member);
  gboolean here_too = track != NULL && here->step > 0 && here->place == TUTTI_PLACE_PATTERN && here->doing != TUTTI_DOING_IDLE &&
                      (clip == NULL || tutti_id_equal (clip->scene, tutti_step_grid_get_scene (grid_of (self))));

  if (here_too && tutti_member_get_present (member))
    tutti_presence_layer_set_cursor (layer_of (self), number, tutti_member_get_name (member), tutti_member_get_colour (member),
                                     track->id, here->step - 1);
  else
    tutti_presence_layer_clear_cursor (layer_of (self), number);
}

static void
show_note (Presence *self, TuttiMember *member)
{
  const TuttiHere *here = tutti_member_get_here (member);
  guint number = tutti_member_get_number (member);

  if (tutti_member_get_present (member) && !tutti_id_is_none (here->note) && here->doing != TUTTI_DOING_IDLE)
    tutti_notes_page_set_person (self->views.notes, number, tutti_member_get_name (member), tutti_member_get_colour (member), here->on,
                                 here->note);
  else
    tutti_notes_page_clear_person (self->views.notes, number);
}

/* The last one wears the fader where two hold it. */
static void
show_holders (Presence *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  GListModel *people = tutti_session_get_people (self->session);

  tutti_mixer_page_clear_holders (self->views.mixer);
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (people, i);
      const TuttiHere *here = tutti_member_get_here (member);
      const TuttiTrack *track = tutti_here_track (jam, here);

      if (here->hold == TUTTI_HOLD_GAIN && track != NULL && tutti_member_get_present (member))
        tutti_mixer_page_set_holder (self->views.mixer, track->id, tutti_member_get_name (member), tutti_member_get_colour (member));
    }
}

static void
show_all (Presence *self)
{
  GListModel *people = tutti_session_get_people (self->session);

  if (tutti_session_get_jam (self->session) == NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (people, i);

      if (!tutti_member_get_is_me (member))
        {
          show_cursor (self, member);
          show_note (self, member);
        }
    }
  show_holders (self);
}

/* ---- following somebody ---- */

static void
go_where (Presence *self, const TuttiHere *here)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  const TuttiClip *clip = tutti_jam_clip (jam, here->on, NULL);
  AdwViewStack *stack = ADW_VIEW_STACK (self->views.stack);
  const TuttiTrack *track = tutti_here_track (jam, here);
  guint row;

  if (here->place == TUTTI_PLACE_NOTES && clip != NULL && clip->kind == TUTTI_CLIP_NOTES)
    tutti_notes_page_show (self->views.notes, track->id, clip->id);
  if (here->place < TUTTI_N_PLACES && adw_view_stack_get_child_by_name (stack, places[here->place]) != NULL)
    adw_view_stack_set_visible_child_name (stack, places[here->place]);
  if (here->place != TUTTI_PLACE_PATTERN || track == NULL || here->step == 0)
    return;
  if (clip != NULL && !tutti_id_equal (clip->scene, tutti_step_grid_get_scene (grid_of (self))))
    tutti_step_grid_set_scene (grid_of (self), clip->scene);
  if (tutti_jam_track (jam, track->id, &row) != NULL)
    tutti_step_grid_show_step (grid_of (self), (int) row, here->step - 1);
}

static TuttiMember *
find (Presence *self, guint number)
{
  GListModel *people = tutti_session_get_people (self->session);

  for (guint i = 0; number != 0 && i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (people, i);

      if (tutti_member_get_number (member) == number)
        return member;
    }
  return NULL;
}

static void
on_follow (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Presence *self = user_data;
  TuttiMember *member = find (self, g_variant_get_uint32 (parameter));
  g_autofree char *words = NULL;

  self->following = member != NULL ? tutti_member_get_number (member) : 0;
  if (member == NULL)
    return;
  /* Translators: %s is the name of a person */
  words = g_strdup_printf (_("You follow the view of %s"), tutti_member_get_name (member));
  tutti_say_with_action (self->page, words, _("Stop"), "presence.follow(uint32 0)");
  go_where (self, tutti_member_get_here (member));
}

/* A person who takes the pointer goes their own way again. */
static void
on_pressed (GtkGestureClick *click, int n_press, double x, double y, Presence *self)
{
  self->following = 0;
}

static void
on_moved (TuttiSession *session, TuttiMember *member, Presence *self)
{
  if (tutti_session_get_jam (session) == NULL)
    return;
  if (!tutti_member_get_is_me (member))
    {
      show_cursor (self, member);
      show_note (self, member);
    }
  show_holders (self);
  if (self->following != 0 && self->following == tutti_member_get_number (member))
    go_where (self, tutti_member_get_here (member));
}

static void
on_left (TuttiSession *session, TuttiMember *member, Presence *self)
{
  if (self->following == tutti_member_get_number (member))
    self->following = 0;
  tutti_presence_layer_clear_cursor (layer_of (self), tutti_member_get_number (member));
  tutti_notes_page_clear_person (self->views.notes, tutti_member_get_number (member));
  show_all (self);
}

/* ---- life ---- */

static void
presence_free (Presence *self)
{
  g_clear_handle_id (&self->hold, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->session, self);
  for (gsize i = 0; i < G_N_ELEMENTS (self->heard); i++)
    {
      g_signal_handlers_disconnect_by_data (self->heard[i], self);
      g_object_unref (self->heard[i]);
    }
  g_object_unref (self->session);
  g_free (self);
}

static void
listen_to_input (Presence *self)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (on_event), self);
  gtk_widget_add_controller (self->page, events);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (self->views.stack, GTK_EVENT_CONTROLLER (click));
  self->heard[0] = g_object_ref (G_OBJECT (click));
  self->heard[1] = g_object_ref (G_OBJECT (grid_of (self)));
  self->heard[2] = g_object_ref (G_OBJECT (self->views.stack));
  self->heard[3] = g_object_ref (G_OBJECT (self->views.notes));
}

void
tutti_presence_attach (GtkWidget *page, TuttiSession *session, const TuttiPresenceViews *views)
{
  static const GActionEntry entries[] = { { "hold", on_hold, "(uuu)" }, { "follow", on_follow, "u" } };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  Presence *self = g_new0 (Presence, 1);

  self->page = page;
  self->session = g_object_ref (session);
  self->views = *views;
  g_object_set_data_full (G_OBJECT (page), "tutti-presence", self, (GDestroyNotify) presence_free);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (page, "presence", G_ACTION_GROUP (group));
  g_signal_connect (grid_of (self), "selection-changed", G_CALLBACK (on_selection), self);
  g_signal_connect_swapped (grid_of (self), "view-changed", G_CALLBACK (show_all), self);
  g_signal_connect (views->notes, "turned", G_CALLBACK (on_notes), self);
  g_signal_connect (views->stack, "notify::visible-child-name", G_CALLBACK (on_view), self);
  g_signal_connect (session, "moved", G_CALLBACK (on_moved), self);
  g_signal_connect (session, "left", G_CALLBACK (on_left), self);
  listen_to_input (self);
  show_all (self);
  on_view (ADW_VIEW_STACK (views->stack), NULL, self);
}
