/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-stage.h"

#include "tutti-draw.h"
#include "tutti-palette.h"
#include "tutti-stage-words.h"
#include "tutti-words.h"

#include <glib/gi18n.h>

/* Points to a pixel of height: text grows with the screen. */
#define POINTS 0.75f
#define PEOPLE_SHOWN 8

struct _TuttiStage
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* owned */
};

G_DEFINE_FINAL_TYPE (TuttiStage, tutti_stage, GTK_TYPE_WIDGET)

/* One frame of it. */
typedef struct
{
  GtkSnapshot        *snapshot;
  GtkWidget          *widget;
  const TuttiPalette *p;
  const TuttiJam     *jam;
  gint64              tick;
  float               width, height, unit;    /* unit: a hundredth of the height, or of what the width allows */
} Frame;

static void
text (const Frame *f, const char *words, float size, float x, float y, float align, const GdkRGBA *colour)
{
  tutti_draw_text (f->snapshot, f->widget, words, size * f->unit * POINTS, PANGO_WEIGHT_HEAVY, x, y, align, colour);
}

/* ---- above ---- */

static void
draw_head (const Frame *f)
{
  g_autofree char *tempo = tutti_words_tempo (f->jam->transport.anchor.tempo_cbpm), *key = tutti_stage_key (f->jam);
  g_autofree char *right = key != NULL ? g_strdup_printf ("%s · %s", key, tempo) : g_strdup (tempo);
  float edge = 4 * f->unit;

  text (f, f->jam->name, 5, edge, edge, 0, &f->p->dim);
  text (f, right, 5, f->width - edge, edge, 1, &f->p->fg);
}

/* ---- the middle ---- */

/* The bar before the point, the beat after it; a count-in counts down to the first bar. */
static void
draw_position (const Frame *f)
{
  const TuttiTransport *transport = &f->jam->transport;
  g_autofree char *words = NULL;
  int bar, beat;

  tutti_stage_place (transport, f->tick, &bar, &beat);
  words = bar > 0 ? g_strdup_printf ("%d.%d", bar, beat) : g_strdup_printf ("%d", beat);
  text (f, words, 40, f->width / 2, 10 * f->unit, 0.5f, transport->playing ? &f->p->fg : &f->p->dim);
}

static void
draw_lamps (const Frame *f)
{
  const TuttiTransport *transport = &f->jam->transport;
  float gap = MIN (9 * f->unit, f->width * 0.9f / (float) transport->beats), x = f->width / 2 - gap * (float) (transport->beats - 1) / 2;
  int bar, beat;

  tutti_stage_place (transport, f->tick, &bar, &beat);
  for (int i = 0; i < transport->beats; i++, x += gap)
    {
      gboolean lit = transport->playing && i == beat - 1;
      const GdkRGBA *colour = lit ? &f->p->playhead : transport->playing && i < beat - 1 ? &f->p->dim : &f->p->trough;

      tutti_draw_disc (f->snapshot, x, 63 * f->unit, MIN (lit ? 3.2f * f->unit : 2.4f * f->unit, gap * 0.45f), colour);
    }
}

static void
draw_section (const Frame *f)
{
  const TuttiScene *now = tutti_stage_section (f->jam, f->tick), *next;
  gint64 left = 0;
  g_autofree char *words = NULL;

  next = tutti_stage_next (f->jam, f->tick, &left);
  text (f, !f->jam->transport.playing ? _("Stopped") : now != NULL ? now->name : "", 11, f->width / 2, 68 * f->unit, 0.5f,
        f->jam->transport.playing ? &f->p->fg : &f->p->dim);
  if (next == NULL || !f->jam->transport.playing)
    return;
  int beats = (int) ((left + tutti_ticks_per_beat (f->jam->transport.unit) - 1) / tutti_ticks_per_beat (f->jam->transport.unit));

  /* Translators: the name of the scene that comes next, and in how many beats */
  words = g_strdup_printf (ngettext ("%s in %d beat", "%s in %d beats", beats), next->name, beats);
  text (f, words, 5, f->width / 2, 82 * f->unit, 0.5f, &f->p->queued);
}

/* ---- below ---- */

static float
draw_person (const Frame *f, TuttiMember *member, float x)
{
  int colour = tutti_member_get_colour (member), width, height;
  float size = 3.4f * f->unit * POINTS, y = 90.5f * f->unit;

  tutti_measure_text (f->widget, tutti_member_get_name (member), size, PANGO_WEIGHT_HEAVY, &width, &height);
  TuttiBox tag = { x, y, (float) width + 3 * f->unit, 6 * f->unit };

  tutti_draw_box (f->snapshot, tag, 3 * f->unit, &f->p->person[colour]);
  tutti_draw_text (f->snapshot, f->widget, tutti_member_get_name (member), size, PANGO_WEIGHT_HEAVY, tag.x + tag.width / 2,
                   tag.y + (tag.height - (float) height) / 2, 0.5f, &f->p->person_ink[colour]);
  return tag.width;
}

/* Who does not fit is counted. */
static void
draw_people (const Frame *f, GListModel *people)
{
  float x = 4 * f->unit;
  guint shown = 0, more = 0;

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (people, i);

      if (!tutti_member_get_present (member))
        continue;
      if (shown >= PEOPLE_SHOWN || x > f->width * 0.86f)
        more++;
      else
        x += draw_person (f, member, x) + 1.5f * f->unit;
      shown++;
    }
  g_autofree char *words = g_strdup_printf ("+%u", more);

  if (more > 0)
    text (f, words, 3.4f, x + f->unit, 91.5f * f->unit, 0, &f->p->fg);
}

/* How far the bar has come, moving with each frame. */
static void
draw_way (const Frame *f)
{
  gint64 per_bar = tutti_ticks_per_bar (f->jam->transport.beats, f->jam->transport.unit);
  float share = (float) tutti_floor_mod (f->tick, per_bar) / (float) per_bar;

  if (f->jam->transport.playing)
    tutti_draw_box (f->snapshot, (TuttiBox) { 0, f->height - f->unit, f->width * share, f->unit }, 0, &f->p->accent);
}

static void
tutti_stage_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiStage *self = TUTTI_STAGE (widget);
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  Frame f = { snapshot, widget, tutti_palette_get (widget), jam, 0, width, height, MIN (height / 100, width / 130) };

  tutti_draw_box (snapshot, (TuttiBox) { 0, 0, width, height }, 0, &f.p->window);
  if (jam == NULL)
    return;
  f.tick = tutti_session_get_tick (self->session);
  draw_head (&f);
  draw_position (&f);
  draw_lamps (&f);
  draw_section (&f);
  draw_people (&f, tutti_session_get_people (self->session));
  draw_way (&f);
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static void
tutti_stage_dispose (GObject *object)
{
  g_clear_object (&TUTTI_STAGE (object)->session);
  G_OBJECT_CLASS (tutti_stage_parent_class)->dispose (object);
}

static void
tutti_stage_class_init (TuttiStageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_stage_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = tutti_stage_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tutti_stage_init (TuttiStage *self)
{
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Stage View"), -1);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), on_frame, NULL, NULL);
}

GtkWidget *
tutti_stage_new (TuttiSession *session)
{
  TuttiStage *self = g_object_new (TUTTI_TYPE_STAGE, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

static GtkEventController *
close_by_key (void)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  static const guint keys[] = { GDK_KEY_Escape, GDK_KEY_F11 };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keys[i], 0), gtk_named_action_new ("window.close")));
  return controller;
}

/* A jam that is over has nothing to show. */
static void
on_state (TuttiSession *session, GParamSpec *spec, GtkWindow *window)
{
  if (tutti_session_get_state (session) == TUTTI_SESSION_ENDED)
    gtk_window_close (window);
}

GtkWidget *
tutti_stage_open (GtkWidget *parent, TuttiSession *session)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_title (GTK_WINDOW (window), _("Stage View"));
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 720);
  gtk_window_set_child (GTK_WINDOW (window), tutti_stage_new (session));
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (parent)));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_widget_add_controller (window, close_by_key ());
  g_signal_connect_object (session, "notify::state", G_CALLBACK (on_state), window, 0);
  gtk_window_fullscreen (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  return window;
}
