/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-mixer-page.h"

#include "tutti-ask.h"
#include "tutti-in-view.h"
#include "tutti-my-ears.h"
#include "tutti-name.h"
#include "tutti-strip.h"

#include <glib/gi18n.h>

struct _TuttiMixerPage
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* owned */
  GtkWidget    *root, *clear, *strips, *master_slot, *master_strip, *scroller, *body, *hint, *ears;
  GPtrArray    *all;           /* borrowed children: strips of tracks */
  gboolean      narrow, compact, master;
  TuttiId       selected;
  gboolean      stale;         /* something changed while nobody saw it */
};

G_DEFINE_FINAL_TYPE (TuttiMixerPage, tutti_mixer_page, GTK_TYPE_WIDGET)

static GtkWidget *
clear_button (const char *words, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
on_ears (GObject *button, GParamSpec *spec, TuttiMixerPage *self)
{
  if (self->session != NULL)
    tutti_my_ears_apply (self->session);
}

static GtkWidget *
build_ears (TuttiMixerPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *title = gtk_label_new (_("My Ears"));
  GtkWidget *words = gtk_label_new (_("dashed row, only you hear it")), *on = gtk_switch_new ();

  gtk_widget_add_css_class (title, "strong");
  gtk_widget_add_css_class (title, "mine");
  gtk_widget_add_css_class (words, "dim-label");
  gtk_widget_add_css_class (on, "mine-switch");
  gtk_widget_set_valign (on, GTK_ALIGN_CENTER);
  tutti_name_control (on, _("My Ears"));
  tutti_my_ears_bind (on, "active");
  g_signal_connect (on, "notify::active", G_CALLBACK (on_ears), self);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), on);
  self->ears = box;
  return box;
}

static GtkWidget *
build_tools (TuttiMixerPage *self)
{
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *title = gtk_label_new (_("Shared Mix"));

  self->hint = gtk_label_new (_("everyone hears every change"));
  gtk_widget_add_css_class (tools, "tools");
  gtk_widget_add_css_class (title, "strong");
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_widget_set_hexpand (self->hint, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (self->hint), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->hint), 0);
  gtk_box_append (GTK_BOX (tools), title);
  gtk_box_append (GTK_BOX (tools), self->hint);
  self->clear = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (self->clear), clear_button (_("Clear Solo"), "track.clear-solo"));
  gtk_box_append (GTK_BOX (self->clear), clear_button (_("Clear Mute"), "track.clear-mute"));
  gtk_box_append (GTK_BOX (tools), self->clear);
  gtk_box_append (GTK_BOX (tools), build_ears (self));
  return tools;
}

static void
fit_strips (TuttiMixerPage *self, guint n)
{
  while (self->all->len < n)
    {
      GtkWidget *strip = tutti_strip_new (self->session, FALSE, self->narrow);
      gtk_box_append (GTK_BOX (self->strips), strip);
      g_ptr_array_add (self->all, strip);
    }
  while (self->all->len > n)
    gtk_box_remove (GTK_BOX (self->strips), g_ptr_array_steal_index (self->all, self->all->len - 1));
  if (self->master_strip != NULL)
    return;
  self->master_strip = tutti_strip_new (self->session, TRUE, self->narrow);
  gtk_box_append (GTK_BOX (self->narrow ? self->strips : self->master_slot), self->master_strip);
}

/* What a strip does not know from the document. */
static void
dress (TuttiMixerPage *self, TuttiStrip *strip)
{
  tutti_strip_set_selected (strip, self->selected, self->master);
  tutti_strip_set_compact (strip, self->compact);
}

static void
dress_all (TuttiMixerPage *self)
{
  for (guint i = 0; i < self->all->len; i++)
    dress (self, g_ptr_array_index (self->all, i));
  if (self->master_strip != NULL)
    dress (self, TUTTI_STRIP (self->master_strip));
}

void
tutti_mixer_page_select (TuttiMixerPage *self, TuttiId track, gboolean master)
{
  self->selected = track;
  self->master = master;
  dress_all (self);
}

void
tutti_mixer_page_set_compact (TuttiMixerPage *self, gboolean compact)
{
  self->compact = compact;
  dress_all (self);
}

/* ---- keys ---- */

/* The master comes last. */
static TuttiStrip *
strip_at (TuttiMixerPage *self, guint index)
{
  return TUTTI_STRIP (index < self->all->len ? g_ptr_array_index (self->all, index) : self->master_strip);
}

static guint
selected_index (TuttiMixerPage *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  guint index;

  if (self->master)
    return self->all->len;
  return jam != NULL && tutti_jam_track (jam, self->selected, &index) != NULL ? MIN (index, self->all->len) : 0;
}

void
tutti_mixer_page_focus (TuttiMixerPage *self)
{
  if (self->master_strip != NULL)
    tutti_strip_focus (strip_at (self, selected_index (self)));
}

/* The strip that has the keyboard; one behind the last: none has. */
static guint
focused_index (TuttiMixerPage *self)
{
  guint i = 0;

  while (i <= self->all->len && (gtk_widget_get_state_flags (GTK_WIDGET (strip_at (self, i))) & GTK_STATE_FLAG_FOCUS_WITHIN) == 0)
    i++;
  return i;
}

/* From strip to strip, however many controls each has: Tab would take a while to the master. The one that is gone to is selected. */
static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, TuttiMixerPage *self)
{
  guint at = self->master_strip != NULL ? focused_index (self) : G_MAXUINT, last = self->all->len, to;

  if ((state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK)) != GDK_CONTROL_MASK || at > last)
    return FALSE;
  if (key == GDK_KEY_Left || key == GDK_KEY_Right)
    to = key == GDK_KEY_Right ? MIN (at + 1, last) : at > 0 ? at - 1 : 0;
  else if (key == GDK_KEY_Home || key == GDK_KEY_End)
    to = key == GDK_KEY_Home ? 0 : last;
  else
    return FALSE;
  tutti_strip_select (strip_at (self, to));
  tutti_strip_focus (strip_at (self, to));
  return TRUE;
}

static void
attach_keys (TuttiMixerPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  /* Before the faders, which would move by them. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* ---- showing ---- */

static gboolean
shows (const TuttiTarget *what)
{
  return what == NULL || (what->scope != TUTTI_SCOPE_STEP && what->scope != TUTTI_SCOPE_STEPS && what->scope != TUTTI_SCOPE_NOTES &&
                          what->scope != TUTTI_SCOPE_TRANSPORT && what->scope != TUTTI_SCOPE_LAUNCH);
}

/* A change of one track touches its strip alone. */
static gboolean
refresh_one (TuttiMixerPage *self, const TuttiJam *jam, const TuttiTarget *what)
{
  const TuttiTrack *track;
  guint index;

  if (what == NULL || what->scope != TUTTI_SCOPE_TRACK || self->all->len != jam->n_tracks ||
      (track = tutti_jam_track (jam, what->id, &index)) == NULL)
    return FALSE;
  tutti_strip_show (g_ptr_array_index (self->all, index), jam, track);
  return TRUE;
}

void
tutti_mixer_page_refresh (TuttiMixerPage *self, const TuttiTarget *what)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  if (jam == NULL || !shows (what))
    return;
  if (what == NULL || what->scope == TUTTI_SCOPE_TRACKS)
    tutti_my_ears_apply (self->session);
  if (what != NULL && !gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->stale = TRUE;
      return;
    }
  if (refresh_one (self, jam, what))
    return;
  self->stale = FALSE;
  fit_strips (self, jam->n_tracks);
  for (guint i = 0; i < jam->n_tracks; i++)
    tutti_strip_show (g_ptr_array_index (self->all, i), jam, jam->tracks[i]);
  tutti_strip_show (TUTTI_STRIP (self->master_strip), jam, NULL);
  dress_all (self);
  if (self->narrow)
    gtk_box_reorder_child_after (GTK_BOX (self->strips), self->master_strip, gtk_widget_get_last_child (self->strips));
}

void
tutti_mixer_page_beat (TuttiMixerPage *self, gint64 now_us)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  for (guint i = 0; i < self->all->len; i++)
    if (tutti_in_view (g_ptr_array_index (self->all, i), GTK_SCROLLED_WINDOW (self->scroller)))
      tutti_strip_beat (g_ptr_array_index (self->all, i), now_us);
  if (self->master_strip != NULL)
    tutti_strip_beat (TUTTI_STRIP (self->master_strip), now_us);
}

void
tutti_mixer_page_set_holder (TuttiMixerPage *self, TuttiId track, const char *name, int colour)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  guint index;

  if (jam != NULL && tutti_jam_track (jam, track, &index) != NULL && index < self->all->len)
    tutti_strip_set_holder (g_ptr_array_index (self->all, index), name, colour);
}

void
tutti_mixer_page_clear_holders (TuttiMixerPage *self)
{
  for (guint i = 0; i < self->all->len; i++)
    tutti_strip_set_holder (g_ptr_array_index (self->all, i), NULL, -1);
}

void
tutti_mixer_page_set_narrow (TuttiMixerPage *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  fit_strips (self, 0);
  gtk_box_remove (GTK_BOX (self->narrow ? self->strips : self->master_slot), self->master_strip);
  self->master_strip = NULL;
  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->strips), narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), narrow ? GTK_POLICY_NEVER : GTK_POLICY_AUTOMATIC,
                                  narrow ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  gtk_widget_set_visible (self->master_slot, !narrow);
  gtk_widget_set_visible (self->hint, !narrow);
  gtk_widget_set_visible (self->clear, !narrow);
  gtk_widget_set_visible (self->ears, !narrow);
  gtk_widget_set_margin_end (self->strips, narrow ? 10 : 0);
  gtk_widget_set_margin_start (self->strips, narrow ? 10 : 12);
  tutti_mixer_page_refresh (self, NULL);
}

static void
tutti_mixer_page_dispose (GObject *object)
{
  TuttiMixerPage *self = TUTTI_MIXER_PAGE (object);

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tutti_mixer_page_parent_class)->dispose (object);
}

static void
tutti_mixer_page_map (GtkWidget *widget)
{
  if (TUTTI_MIXER_PAGE (widget)->stale)
    tutti_mixer_page_refresh (TUTTI_MIXER_PAGE (widget), NULL);
  GTK_WIDGET_CLASS (tutti_mixer_page_parent_class)->map (widget);
}

static void
tutti_mixer_page_class_init (TuttiMixerPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_mixer_page_dispose;
  GTK_WIDGET_CLASS (klass)->map = tutti_mixer_page_map;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tutti_mixer_page_init (TuttiMixerPage *self)
{
  self->all = g_ptr_array_new ();
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->strips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->master_slot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->strips);
  gtk_widget_set_hexpand (self->scroller, TRUE);
  gtk_widget_set_vexpand (self->body, TRUE);
  gtk_widget_set_margin_start (self->strips, 12);
  gtk_widget_set_margin_bottom (self->body, 12);
  gtk_widget_set_margin_end (self->master_slot, 12);
  gtk_box_append (GTK_BOX (self->body), self->scroller);
  gtk_box_append (GTK_BOX (self->body), self->master_slot);
  gtk_box_append (GTK_BOX (self->root), build_tools (self));
  gtk_box_append (GTK_BOX (self->root), self->body);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  attach_keys (self);
}

GtkWidget *
tutti_mixer_page_new (TuttiSession *session)
{
  TuttiMixerPage *self = g_object_new (TUTTI_TYPE_MIXER_PAGE, NULL);

  self->session = g_object_ref (session);
  tutti_mixer_page_refresh (self, NULL);
  return GTK_WIDGET (self);
}
