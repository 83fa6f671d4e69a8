/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-hints.h"

#include "tutti-settings.h"

#include <glib/gi18n.h>

/* As long as people tap at all. */
#define SOFT_BELOW 100

enum { HINT_TAP, HINT_SOFTER, HINT_SCENE, HINT_SHARE, N_HINTS };

typedef struct
{
  GtkWidget      *page;        /* owner */
  TuttiSession   *session;     /* owned */
  TuttiHintPlaces places;      /* borrowed: below the page */
  GtkWidget      *popover;     /* weak: a child of what it points at; NULL: none is shown */
  GtkWidget      *parent;      /* weak: what it points at */
  int             hint;
  guint           ending;      /* idle */
  guint           waiting;     /* tick callback of the page: where it points at is not on the screen yet */
  TuttiId         clip;        /* in which a cell was tapped */
  int             step;
} Hints;

/* @self goes with the page: what is told after that is for nobody. */
static void
listen (Hints *self, gpointer to, const char *signal, GCallback callback)
{
  GClosure *closure = g_cclosure_new (callback, self, NULL);

  g_object_watch_closure (G_OBJECT (self->page), closure);
  g_signal_connect_closure (to, signal, closure, FALSE);
}

static void
take_down (Hints *self)
{
  if (self->waiting != 0)
    gtk_widget_remove_tick_callback (self->page, self->waiting);
  self->waiting = 0;
  if (self->parent != NULL)
    g_signal_handlers_disconnect_by_data (self->parent, self);
  g_clear_weak_pointer (&self->parent);
  GtkWidget *popover = self->popover;

  if (popover == NULL)
    return;
  g_clear_weak_pointer (&self->popover);
  gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_widget_unparent (popover);
}

static void
end (Hints *self)
{
  take_down (self);
  self->hint = N_HINTS;
}

static gboolean
on_end (gpointer data)
{
  Hints *self = data;

  self->ending = 0;
  end (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: the button that was pressed goes with the popover. */
static void
end_soon (Hints *self)
{
  if (self->ending == 0)
    self->ending = g_idle_add (on_end, self);
}

static void
on_cross (GtkButton *button, Hints *self)
{
  end_soon (self);
}

static void
on_host (GtkButton *button, Hints *self)
{
  gtk_widget_activate_action (self->page, "win.host", NULL);
  end_soon (self);
}

/* ---- where and what ---- */

/* (nullable) The clip that the first row shows. */
static const TuttiClip *
first_clip (Hints *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  return jam != NULL && jam->n_tracks > 0 ? tutti_track_clip_at (jam->tracks[0], tutti_step_grid_get_scene (self->places.grid)) : NULL;
}

/* The first cell that is off; with @place (out) (nullable) of those on the screen. */
static gboolean
find_free_cell (Hints *self, graphene_rect_t *place)
{
  const TuttiClip *clip = first_clip (self);

  for (int step = 0; clip != NULL && step < clip->length; step++)
    if (clip->steps[step].velocity == 0 &&
        (place == NULL ||
         tutti_step_grid_place (self->places.grid, tutti_session_get_jam (self->session)->tracks[0]->id, step, place)))
      return TRUE;
  return FALSE;
}

/* That, or the one that was tapped. */
static gboolean
find_cell (Hints *self, graphene_rect_t *place)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  const TuttiTrack *track = NULL;

  if (self->hint == HINT_TAP)
    return find_free_cell (self, place);
  return jam != NULL && tutti_jam_clip (jam, self->clip, &track) != NULL &&
         (place == NULL || tutti_step_grid_place (self->places.grid, track->id, self->step, place));
}

/* The digit key that launches a scene with a name, another than the one that is shown; 0: there is none. */
static guint
find_scene (Hints *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  TuttiId shown = tutti_step_grid_get_scene (self->places.grid);
  guint last = jam != NULL ? MIN (jam->n_scenes, 8) : 0;

  while (last > 0 && (tutti_id_equal (jam->scenes[last - 1].id, shown) || jam->scenes[last - 1].name[0] == '\0'))
    last--;
  return last;
}

static char *
dup_scene_words (Hints *self)
{
  guint key = find_scene (self);

  /* Translators: %u is a digit key, %s the name of a scene that it starts */
  return g_strdup_printf (_("Press %u: “%s” comes on the next bar."), key,
                          tutti_session_get_jam (self->session)->scenes[key - 1].name);
}

static GtkWidget *
target_of (Hints *self)
{
  switch (self->hint)
    {
    case HINT_SCENE: return self->places.scene;
    case HINT_SHARE: return self->places.share;
    default: return GTK_WIDGET (self->places.grid);
    }
}

/* Whether there is what it tells of, if not on the screen. A narrow window has no room for some. */
static gboolean
has_sense (Hints *self)
{
  switch (self->hint)
    {
    case HINT_SCENE: return find_scene (self) > 0 && gtk_widget_get_visible (self->places.scene);
    case HINT_SHARE: return tutti_session_get_state (self->session) == TUTTI_SESSION_SOLO && gtk_widget_get_visible (self->places.share);
    default: return find_cell (self, NULL);
    }
}

/* @place (out): in what it points at, where that is a part of it. */
static gboolean
is_on_screen (Hints *self, graphene_rect_t *place)
{
  return gtk_widget_get_mapped (target_of (self)) && (self->hint >= HINT_SCENE || find_cell (self, place));
}

static char *
dup_words (Hints *self)
{
  switch (self->hint)
    {
    case HINT_TAP: return g_strdup (_("Tap a cell. Everyone hears it."));
    case HINT_SOFTER: return g_strdup (_("Drag it down: softer."));
    case HINT_SCENE: return dup_scene_words (self);
    default: return g_strdup (_("Others nearby see this jam as soon as you host it."));
    }
}

/* ---- one of them ---- */

static GtkWidget *
build_content (Hints *self, const char *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label = gtk_label_new (words);
  GtkWidget *cross = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_widget_set_margin_start (label, 6);
  gtk_box_append (GTK_BOX (box), label);
  if (self->hint == HINT_SHARE)
    {
      GtkWidget *host = gtk_button_new_with_label (_("Host a Jam"));

      gtk_widget_set_valign (host, GTK_ALIGN_CENTER);
      listen (self, host, "clicked", G_CALLBACK (on_host));
      gtk_box_append (GTK_BOX (box), host);
    }
  gtk_widget_add_css_class (cross, "flat");
  gtk_widget_add_css_class (cross, "circular");
  gtk_widget_set_valign (cross, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (cross, _("No More Hints (Esc)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (cross), GTK_ACCESSIBLE_PROPERTY_LABEL, _("No More Hints (Esc)"), -1);
  listen (self, cross, "clicked", G_CALLBACK (on_cross));
  gtk_box_append (GTK_BOX (box), cross);
  return box;
}

/* It goes with the page, whose own turn comes later. */
static void
on_parent_destroy (GtkWidget *parent, Hints *self)
{
  end (self);
}

/* @place: (nullable) in its target. */
static void
point_at (Hints *self, const graphene_rect_t *place)
{
  g_autofree char *words = dup_words (self);

  g_set_weak_pointer (&self->parent, target_of (self));
  g_set_weak_pointer (&self->popover, gtk_popover_new ());
  gtk_widget_add_css_class (self->popover, "first-hint");
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_popover_set_child (GTK_POPOVER (self->popover), build_content (self, words));
  gtk_widget_set_parent (self->popover, self->parent);
  listen (self, self->parent, "destroy", G_CALLBACK (on_parent_destroy));
  if (place != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle) { (int) place->origin.x, (int) place->origin.y,
                                                                                (int) place->size.width, (int) place->size.height });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static gboolean
on_wait (GtkWidget *page, GdkFrameClock *clock, gpointer data)
{
  Hints *self = data;
  graphene_rect_t place;

  while (self->hint < N_HINTS && !has_sense (self))
    self->hint++;
  if (self->hint < N_HINTS && !is_on_screen (self, &place))
    return G_SOURCE_CONTINUE;
  self->waiting = 0;
  if (self->hint < N_HINTS)
    point_at (self, self->hint < HINT_SCENE ? &place : NULL);
  return G_SOURCE_REMOVE;
}

static void
show (Hints *self)
{
  take_down (self);
  self->waiting = gtk_widget_add_tick_callback (self->page, on_wait, self, NULL);
}

/* ---- followed ---- */

static gboolean
is_followed (Hints *self, const TuttiTarget *what)
{
  const TuttiClip *clip = what->scope == TUTTI_SCOPE_STEP ? tutti_jam_clip (tutti_session_get_jam (self->session), what->id, NULL) : NULL;
  int velocity = clip != NULL && what->index >= 0 && what->index < TUTTI_STEPS_MAX ? clip->steps[what->index].velocity : 0;

  switch (self->hint)
    {
    case HINT_TAP: return velocity > 0;
    case HINT_SOFTER: return velocity > 0 && velocity < SOFT_BELOW;
    case HINT_SCENE: return what->scope == TUTTI_SCOPE_LAUNCH;
    default: return FALSE;
    }
}

static void
on_changed (TuttiSession *session, const TuttiTarget *what, guint by, Hints *self)
{
  if (what == NULL || by != tutti_session_get_me (session) || self->hint >= N_HINTS || !is_followed (self, what))
    return;
  self->clip = what->id;
  self->step = what->index;
  self->hint++;
  show (self);
}

/* There is more than one way to host. */
static void
on_state (TuttiSession *session, GParamSpec *pspec, Hints *self)
{
  if (self->hint == HINT_SHARE && tutti_session_get_state (session) == TUTTI_SESSION_HOSTING)
    end_soon (self);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, Hints *self)
{
  if (key == GDK_KEY_Escape)
    end (self);
  return FALSE;
}

/* ---- beginning ---- */

static void
on_destroy (GtkWidget *page, Hints *self)
{
  g_clear_handle_id (&self->ending, g_source_remove);
  end (self);
}

static void
hints_free (gpointer data)
{
  Hints *self = data;

  g_object_unref (self->session);
  g_free (self);
}

static Hints *
hints_new (GtkWidget *page, TuttiSession *session, const TuttiHintPlaces *places)
{
  Hints *self = g_new0 (Hints, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->page = page;
  self->session = g_object_ref (session);
  self->places = *places;
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  listen (self, keys, "key-pressed", G_CALLBACK (on_key));
  gtk_widget_add_controller (page, keys);
  listen (self, page, "destroy", G_CALLBACK (on_destroy));
  g_object_set_data_full (G_OBJECT (page), "tutti-hints", self, hints_free);
  return self;
}

void
tutti_hints_begin (GtkWidget *page, TuttiSession *session, const TuttiHintPlaces *places)
{
  TuttiSessionState state = tutti_session_get_state (session);
  Hints *self;

  if (tutti_settings_get_hints_done ())
    return;
  tutti_settings_set_hints_done ();
  if (state == TUTTI_SESSION_JOINED || state == TUTTI_SESSION_AWAY)
    {
      tutti_bar_show (places->bar, TUTTI_BAR_NEWS, "tutti-people-symbolic", _("Everyone hears what you do. Undo takes back only yours."),
                      NULL, NULL);
      return;
    }
  self = hints_new (page, session, places);
  listen (self, session, "changed", G_CALLBACK (on_changed));
  listen (self, session, "notify::state", G_CALLBACK (on_state));
  show (self);
}
