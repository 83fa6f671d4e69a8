/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of the window with demo data: tutti-shots FOLDER [NAME…]. Needs a display (see tutti-shots.sh). */
#include "tutti-app.h"
#include "tutti-chord-bar.h"
#include "tutti-debug-dialog.h"
#include "tutti-instrument-panel.h"
#include "tutti-jam-page.h"
#include "tutti-settings.h"
#include "tutti-session-fake.h"
#include "tutti-smile.h"
#include "tutti-stage.h"
#include "tutti-zone-view.h"

#include <adwaita.h>
#include <math.h>

static void
wait_ms (guint ms)
{
  gint64 until = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
}

static void
take (GtkWidget *window, const char *folder, const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);
  GdkPaintable *paintable = gtk_widget_paintable_new (window);
  GskRenderNode *node = NULL;
  GdkTexture *texture;
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);

  /* A busy machine may not have drawn the first frame yet. */
  for (int tries = 0; node == NULL && tries < 100; tries++)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();
      gdk_paintable_snapshot (paintable, snapshot, width, height);
      node = gtk_snapshot_free_to_node (snapshot);
      if (node == NULL)
        wait_ms (100);
    }
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_texture_save_to_png (texture, path);
  g_object_unref (texture);
  gsk_render_node_unref (node);
  g_object_unref (paintable);
  g_print ("%s\n", path);
}

/* One state of the window. */
typedef struct
{
  const char *name, *view, *panel;
  int         width, height;
  int         desk;            /* TuttiDeskStop */
  gboolean    states;          /* something of all that is told about edits */
  gboolean    asked;           /* a viewer asks to edit, and the counters are open in their dialog */
  gboolean    viewer;          /* whoever sits here only listens, and somebody else leads */
  gboolean    personal;        /* with effects that only this machine hears */
  gboolean    effects;         /* with effects that everybody hears */
  gboolean    master;          /* the desk shows the master's */
  gboolean    hinted;          /* the first hint is shown */
  gboolean    dropped;         /* its sound was not whole lately */
  gboolean    mono;            /* it is heard in mono here */
  const char *sound;           /* (nullable) what the snare's track plays instead, some of it turned and a number locked … */
  guint       page;            /* … and the page of its panel */
  gboolean    published, full; /* the jam is; the disk it is kept on is */
  enum { NO_NOTES, SOME_NOTES, LISTED_NOTES, FOLDED_NOTES, CHOSEN_CHORD } notes;
  enum { NO_PAST, SOME_PAST, EMPTY_PAST } past;  /* in the history, on top of how the demo came to be */
} Shot;

static const Shot shots[] = {
  { "02-pattern", "pattern", NULL, 1280, 800, 1 },
  { "03-mixer", "mixer", NULL, 1280, 800, 0, .effects = TRUE },
  { "03-mixer-desk", "mixer", NULL, 1280, 800, 2, .effects = TRUE, .master = TRUE },
  { "03-mixer-low", "mixer", NULL, 1280, 768, 2, .effects = TRUE, .published = TRUE },
  { "03-mixer-mono", "mixer", NULL, 1280, 800, 0, .mono = TRUE },
  { "04-clips", "clips", NULL, 1280, 800, 1 },
  { "05-notes", "notes", NULL, 1280, 800, 0, .notes = SOME_NOTES },
  { "05-notes-list", "notes", NULL, 1280, 800, 0, .notes = LISTED_NOTES },
  { "05-notes-chord", "notes", NULL, 1280, 800, 0, .notes = CHOSEN_CHORD },
  { "05-notes-folded", "notes", NULL, 1280, 800, 0, .notes = FOLDED_NOTES },
  { "05-notes-empty", "notes", NULL, 1280, 800, 0 },
  { "09-narrow-notes", "notes", NULL, 420, 800, 0, .notes = SOME_NOTES },
  { "07-sound", "pattern", NULL, 1280, 800, 2, .personal = TRUE, .effects = TRUE },
  { "07-sound-empty", "pattern", NULL, 1280, 800, 2 },
  { "07-sound-viewer", "pattern", NULL, 1280, 800, 2, .effects = TRUE, .viewer = TRUE },
  { "07-sound-loop", "pattern", NULL, 1280, 800, 2, .sound = "kit:felt-keys", .page = 1 },
  { "07-sound-zones", "pattern", NULL, 1280, 800, 2, .sound = "kit:felt-keys", .page = 2 },
  { "07-sound-synth", "pattern", NULL, 1280, 800, 2, .sound = "synth:acid-saw" },
  { "07-sound-synth-oscillators", "pattern", NULL, 1280, 800, 2, .sound = "synth:wire-lead", .page = 1 },
  { "07-sound-synth-filter", "pattern", NULL, 1280, 800, 2, .sound = "synth:acid-saw", .page = 2 },
  { "07-sound-synth-envelopes", "pattern", NULL, 1280, 800, 2, .sound = "synth:wide-pad", .page = 3 },
  { "07-sound-synth-lfo", "pattern", NULL, 1280, 800, 2, .sound = "synth:slow-sweep", .page = 4 },
  { "07-sound-drum", "pattern", NULL, 1280, 800, 2, .sound = "drum:round-kick" },
  { "07-sound-locks", "pattern", NULL, 1280, 800, 1, .sound = "synth:acid-saw" },
  { "09-narrow-sound", "pattern", NULL, 420, 800, 2, .sound = "synth:pulse-bass" },
  { "08-people", "pattern", "people", 1280, 800, 0 },
  { "08c-viewer", "pattern", "people", 1280, 800, 0, .viewer = TRUE },
  { "08c-viewer-mixer", "mixer", NULL, 1280, 800, 0, .viewer = TRUE },
  { "08d-asked", "pattern", "people", 1280, 800, 0, .asked = TRUE },
  { "08b-chat", "pattern", "chat", 1280, 800, 0 },
  { "09-narrow-people", "pattern", "people", 420, 800, 0 },
  { "09-narrow-chat", "pattern", "chat", 420, 800, 0 },
  { "08b-timing", "pattern", "timing", 1280, 800, 0 },
  { "08b-history", "pattern", "history", 1280, 800, 0, .past = SOME_PAST },
  { "08b-history-empty", "pattern", "history", 1280, 800, 0, .past = EMPTY_PAST },
  { "09-narrow-history", "pattern", "history", 420, 800, 0, .past = SOME_PAST },
  { "08b-timing-narrow", "pattern", "timing", 420, 800, 0 },
  { "09-narrow-pattern", "pattern", NULL, 420, 800, 0 },
  { "09-narrow-mixer", "mixer", NULL, 420, 800, 0, .effects = TRUE, .mono = TRUE },
  { "09-narrowest-mixer", "mixer", NULL, 360, 640, 0, .effects = TRUE },
  { "09-narrow-sound", "pattern", NULL, 420, 800, 2, .effects = TRUE },
  { "09-narrow-clips", "clips", NULL, 420, 800, 0 },
  { "10-states", "pattern", NULL, 1280, 800, 1, TRUE },
  { "14-published", "pattern", NULL, 1280, 800, 1, .published = TRUE },
  { "14-disk-full-narrow", "pattern", NULL, 420, 800, 0, .full = TRUE },
  { "10-drop-outs", "pattern", "timing", 1280, 800, 0, .dropped = TRUE },
  { "13-hint", "pattern", NULL, 1280, 800, 1, .hinted = TRUE },
  { "13-hint-narrow", "pattern", NULL, 420, 800, 0, .hinted = TRUE },
  { "10-middle", "pattern", NULL, 860, 640, 1 },
};

#define LINK "tutti://192.168.1.23:7464/5f0c9a3d7e1b2c4d6a8f9e0b?fp=8f3a0f5b7c1d2e4f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7"

/* Two minutes on a wireless network: the clock finds itself, and now and then something comes late. */
static void
fill_trail (TuttiSession *session)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  TuttiTrailCounts counts = { 0 };

  for (int i = 0; i < TUTTI_TRAIL_S; i++)
    {
      double wide = 90 + 500 * exp (-i / 6.0);
      TuttiTrailSample sample = { .second = i + 1, .round_trip_ms = 0.4f, .jitter_ms = 0.1f, .lead_ms = 52, .in_jam = TRUE,
                                  .clock_error_us = (float) wide,
                                  .offset_us = (float) (g_rand_double_range (rand, -1, 1) * wide + 600 * exp (-i / 5.0)) };

      counts.edits += 3;
      counts.late += i == 70;
      counts.bytes_in += 180;
      counts.bytes_out += 40;
      tutti_session_fake_note (session, &sample, &counts);
    }
}

static TuttiSession *
demo_session (void)
{
  TuttiSession *session = tutti_session_fake_new ();

  tutti_session_fake_fill (session);
  tutti_session_fake_add_member (session, 2, "Mia", TUTTI_PERSON_AMBER, TRUE);
  tutti_session_fake_add_member (session, 3, "Theo", TUTTI_PERSON_COBALT, TRUE);
  tutti_session_fake_add_member (session, 4, "Aiko", TUTTI_PERSON_ORCHID, TRUE);
  tutti_session_fake_add_member (session, 1, "Sam", TUTTI_PERSON_MINT, TRUE);
  tutti_session_fake_add_member (session, 5, "Brick Heron", TUTTI_PERSON_BRICK, FALSE);
  tutti_session_fake_set_tick (session, 16 * 960 + 2 * 960 + 240);
  fill_trail (session);
  tutti_session_fake_report (session, &(TuttiReport) { 2, TUTTI_QUALITY_IN_TIME + 1, 400, 0 });
  tutti_session_fake_report (session, &(TuttiReport) { 3, TUTTI_QUALITY_LATE_EDITS + 1, 9000, 14 });
  tutti_session_fake_report (session, &(TuttiReport) { 4, TUTTI_QUALITY_SLOW_LINK + 1, 61000, 2 });
  return session;
}

static void
receive (TuttiSession *session, guint by, const char *text)
{
  g_autoptr(GError) error = NULL;
  TuttiOp *op = tutti_op_from_text (text, -1, &error);

  g_assert_no_error (error);
  g_assert_true (tutti_session_fake_receive (session, op, by));
}

/* An effect at the end of the chain of @track (none: the master's), with @values that are not as at first, ended by −1. */
static TuttiId
add_effect (TuttiSession *session, TuttiId track, TuttiEffectKind kind, ...)
{
  TuttiId id = tutti_session_new_id (session);
  va_list values;
  int index;

  g_assert_true (tutti_session_fake_receive (session, tutti_op_new (TUTTI_OP_EFFECT_ADD, id, track, TUTTI_N (kind),
                                                                    TUTTI_N (TUTTI_EFFECTS_MAX - 1)), 1));
  va_start (values, kind);
  while ((index = va_arg (values, int)) >= 0)
    tutti_session_fake_receive (session, tutti_op_new (TUTTI_OP_EFFECT_VALUE, id, TUTTI_N (index), TUTTI_N (va_arg (values, int))),
                                1);
  va_end (values);
  return id;
}

/* The chains of the drawings. */
static void
add_effects (TuttiSession *session)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  TuttiId track[8], master = { 0 }, crush, steered;

  for (int i = 0; i < 8; i++)
    track[i] = jam->tracks[i]->id;
  add_effect (session, track[0], TUTTI_EFFECT_EQ, 0, 300, -1);
  add_effect (session, track[0], TUTTI_EFFECT_COMPRESSOR, -1);
  add_effect (session, track[1], TUTTI_EFFECT_EQ, 0, -650, 2, 750, 3, 201, 7, 780, -1);
  steered = add_effect (session, track[1], TUTTI_EFFECT_COMPRESSOR, 0, -2600, 1, 400, -1);
  tutti_session_fake_receive (session, tutti_op_new (TUTTI_OP_EFFECT_KEY, steered, track[0]), 1);
  add_effect (session, track[1], TUTTI_EFFECT_REVERB, -1);
  add_effect (session, track[2], TUTTI_EFFECT_FILTER, 0, 2, -1);
  crush = add_effect (session, track[2], TUTTI_EFFECT_CRUSH, -1);
  tutti_session_fake_receive (session, tutti_op_new (TUTTI_OP_EFFECT_ON, crush, TUTTI_N (0)), 1);
  add_effect (session, track[3], TUTTI_EFFECT_REVERB, -1);
  add_effect (session, track[4], TUTTI_EFFECT_DELAY, -1);
  add_effect (session, track[5], TUTTI_EFFECT_DRIVE, -1);
  for (int i = 0; i < 3; i++)
    add_effect (session, track[5], (TuttiEffectKind[]) { TUTTI_EFFECT_EQ, TUTTI_EFFECT_COMPRESSOR, TUTTI_EFFECT_GATE }[i], -1);
  add_effect (session, track[5], TUTTI_EFFECT_WIDTH, -1);
  add_effect (session, track[5], TUTTI_EFFECT_PHASER, -1);
  add_effect (session, track[6], TUTTI_EFFECT_CHORUS, -1);
  add_effect (session, track[6], TUTTI_EFFECT_REVERB, -1);
  add_effect (session, track[7], TUTTI_EFFECT_DELAY, -1);
  add_effect (session, track[7], TUTTI_EFFECT_REVERB, -1);
  add_effect (session, master, TUTTI_EFFECT_EQ, 0, 150, 2, 200, -1);
  add_effect (session, master, TUTTI_EFFECT_COMPRESSOR, 1, 200, -1);
  add_effect (session, master, TUTTI_EFFECT_LIMITER, -1);
}

/* Who is what, and whose the hats are. */
static void
give_picture (TuttiSession *session, guint number, int sky)
{
  g_autofree char *picture = tutti_smile (sky);

  tutti_session_fake_set_picture (session, number, picture);
}

static void
give_roles (TuttiSession *session, gboolean viewer)
{
  TuttiId hats = tutti_session_get_jam (session)->tracks[2]->id;

  receive (session, 0, "[\"person.role\",1,\"admin\"]");
  receive (session, 0, "[\"person.role\",2,\"admin\"]");
  receive (session, 0, "[\"person.role\",4,\"viewer\"]");
  receive (session, 0, "[\"lead\",2]");
  tutti_session_fake_receive (session, tutti_op_new (TUTTI_OP_TRACK_CLAIM, hats, TUTTI_N (3)), 3);
  if (!viewer)
    return;
  receive (session, 2, "[\"rule.transport\",\"leader\"]");
  receive (session, 2, "[\"person.role\",1,\"viewer\"]");
}

/* Everybody somewhere, and some words between them. */
static void
talk (TuttiSession *session)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  TuttiId hats = tutti_track_clip_at (jam->tracks[2], jam->scenes[1].id)->id;
  TuttiId snare = tutti_track_clip_at (jam->tracks[1], jam->scenes[1].id)->id;
  const gint64 evening_ms = G_GINT64_CONSTANT (1795896180000);

  tutti_session_fake_say (session, 2, evening_ms, "Bring the <b>bells</b> in at the chorus?");
  tutti_session_fake_say (session, 3, evening_ms + 10000, "Yes. I take the bass, give me 8 bars");
  tutti_session_fake_say (session, 3, evening_ms + 20000, "from bar 14 on");
  tutti_session_fake_say (session, 1, evening_ms + 60000, "Snare is all mine then");
  tutti_session_fake_say (session, 4, evening_ms + 180000, "Listen to bar 14, that Kick & Hats");
  tutti_session_fake_say (session, 2, evening_ms + 240000, "Love it. Next bar: all together!");
  tutti_session_fake_move (session, 2, &(TuttiHere) { .doing = TUTTI_DOING_EDITING, .on = hats, .step = 11 });
  tutti_session_fake_move (session, 3, &(TuttiHere) { .doing = TUTTI_DOING_EDITING, .place = TUTTI_PLACE_MIXER, .on = jam->tracks[4]->id,
                                                      .hold = TUTTI_HOLD_GAIN });
  tutti_session_fake_move (session, 4, &(TuttiHere) { .doing = TUTTI_DOING_LISTENING, .on = snare, .step = 5 });
}

static TuttiOp *
velocity (const TuttiJam *jam, guint track, int step, int value)
{
  return tutti_op_new (TUTTI_OP_STEP, tutti_track_clip_at (jam->tracks[track], jam->scenes[1].id)->id, TUTTI_N (step), TUTTI_N (value));
}

static void
tell_full (TuttiSession *session)
{
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_SWING, TUTTI_N (600));
  g_autoptr(GError) why = g_error_new_literal (TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_KEPT, "the disk is full");

  g_signal_emit_by_name (session, "refused", op, why);
}

static void
tell_states (TuttiSession *session)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  g_autoptr(TuttiOp) late = velocity (jam, 2, 4, 90), mine = velocity (jam, 0, 8, 90), refused = velocity (jam, 3, 11, 90);
  g_autoptr(GError) why = g_error_new_literal (TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_ALLOWED, "Not allowed: viewers cannot edit");

  tutti_session_fake_wait (session, velocity (jam, 2, 0, 100));
  tutti_session_fake_wait (session, velocity (jam, 2, 1, 100));
  g_signal_emit_by_name (session, "late", late, 3);
  g_signal_emit_by_name (session, "crossed", mine, NULL, 3, FALSE);
  g_signal_emit_by_name (session, "refused", refused, why);
}

static GtkWidget *
find_list (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_LIST_VIEW (widget) && gtk_widget_get_mapped (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_list (child);
  return found;
}

static void
select_moment (GtkWidget *page, guint position)
{
  GtkWidget *list = find_list (page);

  g_assert_nonnull (list);
  gtk_selection_model_select_item (gtk_list_view_get_model (GTK_LIST_VIEW (list)), position, TRUE);
  gtk_widget_activate_action (list, "list.activate-item", "u", position);
}

/* An afternoon: a moment is heard, and something crossed. */
static void
tell_past (TuttiSession *session)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  g_autoptr(TuttiOp) mine = velocity (jam, 0, 8, 90), theirs = velocity (jam, 0, 8, 120);
  gint64 now = g_get_real_time ();
  const struct { guint by; int ago_s; TuttiOp *op; } past[] = {
    { 2, 540, tutti_op_new (TUTTI_OP_SCENE_NAME, jam->scenes[1].id, "Chorus") },
    { 4, 300, tutti_op_new (TUTTI_OP_PERSON, TUTTI_N (4), "Aiko", TUTTI_N (TUTTI_PERSON_ORCHID)) },
    { 2, 180, tutti_op_new (TUTTI_OP_PARAM, jam->tracks[3]->id, TUTTI_N (TUTTI_PARAM_REVERB_SEND), TUTTI_N (-1200)) },
    { 3, 62, velocity (jam, 1, 2, 90) }, { 3, 61, velocity (jam, 1, 4, 80) }, { 3, 60, velocity (jam, 1, 6, 110) },
    { 2, 20, tutti_op_new (TUTTI_OP_LAUNCH_SCENE, jam->scenes[1].id, TUTTI_N (TUTTI_QUANTUM_BAR)) },
    { 4, 8, tutti_op_new (TUTTI_OP_TEMPO, TUTTI_N (12800)) },
    { 1, 0, velocity (jam, 1, 5, 110) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (past); i++)
    {
      tutti_session_fake_set_time (session, now - past[i].ago_s * G_USEC_PER_SEC);
      g_assert_true (tutti_session_fake_receive (session, past[i].op, past[i].by));
    }
  tutti_session_fake_cross (session, mine, theirs, 3, FALSE);
}

static void
take_debug (GtkWidget *page, TuttiSession *session, const char *folder, const char *style)
{
  g_autofree char *name = g_strdup_printf ("08e-debug-%s", style);
  GListModel *toplevels = gtk_window_get_toplevels ();
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (page));

  tutti_debug_dialog_open (page, session);
  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr(GtkWindow) dialog = g_list_model_get_item (toplevels, i);

      if (gtk_window_get_transient_for (dialog) != window)
        continue;
      gtk_window_set_decorated (dialog, FALSE);
      wait_ms (500);
      take (GTK_WIDGET (dialog), folder, name);
      gtk_window_destroy (dialog);
      return;
    }
}

static GtkWidget *asked_chord; /* borrowed: of the window that is taken */

/* The second chord is asked about. */
static void
choose_chord (GtkWidget *widget)
{
  if (TUTTI_IS_CHORD_BAR (widget))
    {
      for (int i = 0; i < 2; i++)
        tutti_chord_bar_press (TUTTI_CHORD_BAR (widget), GDK_KEY_Right, 0);
      tutti_chord_bar_press (TUTTI_CHORD_BAR (widget), GDK_KEY_Return, 0);
      asked_chord = gtk_widget_get_first_child (widget);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    choose_chord (child);
}

/* Theo is on a note of the last chord. */
static void
show_theo (TuttiSession *session)
{
  const TuttiTrack *track = tutti_session_get_jam (session)->tracks[6];

  for (guint i = 0; i < track->n_clips; i++)
    for (guint j = 0; j < track->clips[i]->n_notes; j++)
      if (track->clips[i]->notes[j].tick == 24 * 240 && track->clips[i]->notes[j].pitch == 65)
        tutti_session_fake_move (session, 3, &(TuttiHere) { .doing = TUTTI_DOING_EDITING, .place = TUTTI_PLACE_NOTES,
                                                            .on = track->clips[i]->id, .note = track->clips[i]->notes[j].id });
}

/* Bells behind, a chord selected. */
static void
show_notes (GtkWidget *page, TuttiSession *session, const Shot *shot)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  GtkWidget *notes = GTK_WIDGET (tutti_jam_page_get_notes (TUTTI_JAM_PAGE (page)));
  GtkWidget *inside = gtk_widget_get_first_child (notes);
  char id[TUTTI_ID_TEXT_SIZE];

  tutti_notes_page_show (TUTTI_NOTES_PAGE (notes), jam->tracks[6]->id, tutti_id (0, 0));
  gtk_widget_activate_action (inside, "notes.ghost", "s", tutti_id_print (jam->tracks[7]->id, id));
  if (shot->notes == LISTED_NOTES)
    gtk_widget_activate_action (inside, "notes.list", NULL);
  if (shot->notes == FOLDED_NOTES)
    gtk_widget_activate_action (inside, "notes.fold", NULL);
  tutti_session_fake_set_tick (session, tutti_session_get_tick (session) + 2256);
  tutti_notes_page_pick (TUTTI_NOTES_PAGE (notes), 16 * 240, 17 * 240);
  wait_ms (400);
  tutti_jam_page_beat (TUTTI_JAM_PAGE (page), g_get_monotonic_time ());
  if (shot->notes == CHOSEN_CHORD)
    choose_chord (notes);
  show_theo (session);
  wait_ms (200);
}

/* Its numbers as somebody has turned them, one of them held by the fifth step. */
static void
give_sound (TuttiSession *session, const char *sound)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  TuttiId track = jam->tracks[1]->id, clip = tutti_track_clip_at (jam->tracks[1], jam->scenes[1].id)->id;
  const struct { TuttiPatchParam param; int value; } turned[] = {
    { TUTTI_PATCH_PARAM_RESONANCE, 640 }, { TUTTI_PATCH_PARAM_DRUM_BEND, 3100 }, { TUTTI_PATCH_PARAM_LOOP, 1 },
    { TUTTI_PATCH_PARAM_LOOP_START, 3000 }, { TUTTI_PATCH_PARAM_LOOP_END, 5500 }, { TUTTI_PATCH_PARAM_LOOP_FADE, 120 }
  };

  tutti_session_fake_receive (session, tutti_op_new (TUTTI_OP_TRACK_SOUND, track, sound), 1);
  if (g_str_has_prefix (sound, "kit:"))
    tutti_session_fake_receive (session, tutti_zone_view_add_op (jam->tracks[1], tutti_id (9, 1), tutti_id (9, 2), "kit:glass-bells"), 1);
  for (guint i = 0; i < G_N_ELEMENTS (turned); i++)
    tutti_session_fake_receive (session, tutti_op_new (TUTTI_OP_PATCH, track, TUTTI_N (turned[i].param), TUTTI_N (turned[i].value)), 1);
  for (guint param = TUTTI_PARAM_CUTOFF; param <= TUTTI_PARAM_DRIVE; param++)
    tutti_session_fake_receive (session, tutti_op_new (TUTTI_OP_STEP_UNLOCK, clip, TUTTI_N (4), TUTTI_N (param)), 1);
  tutti_session_fake_receive (session, tutti_op_new (TUTTI_OP_STEP_LOCK, clip, TUTTI_N (4),
                                                     TUTTI_N (TUTTI_ADDRESS_PATCH + TUTTI_PATCH_PARAM_CUTOFF), TUTTI_N (480)), 1);
  tutti_session_fake_receive (session, tutti_op_new (TUTTI_OP_STEP_LOCK, clip, TUTTI_N (4),
                                                     TUTTI_N (TUTTI_ADDRESS_PATCH + TUTTI_PATCH_PARAM_DRUM_DECAY), TUTTI_N (220)), 1);
}

static GtkWidget *
find_panel (GtkWidget *widget)
{
  GtkWidget *found = TUTTI_IS_INSTRUMENT_PANEL (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_panel (child);
  return found;
}

#define TRIES 200

/* The snare's second beat. A window that comes late, as under load, first gives the focus to its first cell: until that has happened
 * it is asked for anew. In other views than the pattern the place alone is meant: the grid is not there to be seen. */
static void
focus_snare (TuttiStepGrid *grid, const Shot *shot)
{
  gboolean grab = shot->width > 560, seen = strcmp (shot->view, "pattern") == 0;
  int row = -1, step = -1;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (grid));

  for (guint i = 0; i < TRIES; i++)
    {
      gboolean shown = !seen || (gtk_widget_get_mapped (GTK_WIDGET (grid)) && gtk_root_get_focus (root) != NULL);

      tutti_step_grid_get_focus_place (grid, &row, &step);
      if (shown && row == 1 && step == 4)
        return;
      tutti_step_grid_focus_step (grid, 1, 4, grab);
      wait_ms (50);
    }
  g_error ("The snare does not get the focus");
}

static GtkWidget *
find_hint (GtkWidget *widget)
{
  GtkWidget *found = gtk_widget_has_css_class (widget, "first-hint") ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_hint (child);
  return found;
}

static void
begin_hints (GtkWidget *page)
{
  g_settings_reset (tutti_settings_get (), "hints-done");
  tutti_jam_page_begin_hints (TUTTI_JAM_PAGE (page));
  wait_ms (600);
}

static void
shoot (GtkApplication *app, const char *folder, const Shot *shot, const char *style)
{
  g_autoptr(TuttiSession) session = demo_session ();
  g_autofree char *name = g_strdup_printf ("%s-%s", shot->name, style);
  const TuttiJam *jam = tutti_session_get_jam (session);
  GtkWidget *window = adw_application_window_new (app), *overlay = adw_toast_overlay_new (), *page;
  TuttiStepGrid *grid;

  if (strcmp (shot->view, "clips") == 0)
    tutti_session_fake_receive (session, tutti_op_new (TUTTI_OP_LAUNCH_SCENE, jam->scenes[3].id, TUTTI_N (TUTTI_QUANTUM_BAR)), 2);
  if (shot->notes != NO_NOTES)
    tutti_session_fake_fill_notes (session);
  if (shot->effects)
    add_effects (session);
  if (shot->sound != NULL)
    give_sound (session, shot->sound);
  give_roles (session, shot->viewer);
  if (shot->dropped)
    tutti_session_fake_note (session, &(TuttiTrailSample) { .second = TUTTI_TRAIL_S + 1, .in_jam = TRUE, .clock_error_us = 90 },
                             &(TuttiTrailCounts) { .drop_outs = 3 });
  tutti_session_set_mono (session, shot->mono);
  give_picture (session, 2, 20);
  give_picture (session, 3, 160);
  tutti_settings_set_personal_effects (shot->personal ? "[{\"element\":\"equalizer-3bands\",\"band0\":778},"
                                                        "{\"element\":\"stereo\",\"on\":0}]" : "[]");
  if (shot->past == SOME_PAST)
    tell_past (session);
  else if (shot->past == EMPTY_PAST)
    tutti_history_reset (tutti_session_get_history (session));
  page = tutti_jam_page_new (session);
  tutti_jam_page_set_link (TUTTI_JAM_PAGE (page), LINK);
  grid = tutti_pattern_page_get_grid (tutti_jam_page_get_pattern (TUTTI_JAM_PAGE (page)));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), shot->width, shot->height);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), overlay);
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (page), shot->view);
  tutti_jam_page_set_panel (TUTTI_JAM_PAGE (page), shot->panel);
  gtk_window_present (GTK_WINDOW (window));
  wait_ms (300);
  if (shot->past == SOME_PAST)
    select_moment (page, 3);
  gtk_widget_activate_action (page, "page.desk", "i", -2);
  gtk_widget_activate_action (page, "page.desk", "i", shot->width < 560 && shot->desk < 2 ? 0 : shot->desk);
  tutti_step_grid_set_scene (grid, jam->scenes[1].id);
  focus_snare (grid, shot);
  gtk_window_set_focus_visible (GTK_WINDOW (window), TRUE);
  if (shot->master)
    gtk_widget_activate_action (page, "page.sound", "s", "");
  talk (session);
  wait_ms (500);
  /* The window may have come only now. */
  focus_snare (grid, shot);
  if (shot->page > 0)
    tutti_instrument_panel_set_page (TUTTI_INSTRUMENT_PANEL (find_panel (page)), shot->page);
  tutti_jam_page_beat (TUTTI_JAM_PAGE (page), g_get_monotonic_time ());
  wait_ms (200);
  if (shot->published)
    receive (session, 0, "[\"jam.published\",1]");
  if (shot->full)
    tell_full (session);
  if (shot->hinted)
    begin_hints (page);
  wait_ms (shot->published || shot->full ? 500 : 0);
  if (shot->states)
    {
      tell_states (session);
      wait_ms (60);
    }
  if (shot->asked)
    {
      g_signal_emit_by_name (session, "wished", 4u, (int) TUTTI_WISH_EDIT);
      wait_ms (400);
    }
  if (shot->notes != NO_NOTES)
    show_notes (page, session, shot);
  take (window, folder, name);
  if (shot->notes == CHOSEN_CHORD)
    take (asked_chord, folder, name);
  if (shot->hinted)
    {
      g_autofree char *hint = g_strconcat (name, "-itself", NULL);

      take (find_hint (page), folder, hint);
    }
  if (shot->asked)
    take_debug (page, session, folder, style);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
shoot_stage (GtkApplication *app, const char *folder, const char *style)
{
  g_autoptr(TuttiSession) session = demo_session ();
  g_autofree char *name = g_strdup_printf ("12-stage-%s", style);
  const TuttiJam *jam = tutti_session_get_jam (session);
  GtkWidget *window = adw_application_window_new (app);

  receive (session, 0, "[\"jam.key\",8,\"minor\"]");
  tutti_session_fake_receive (session, tutti_op_new (TUTTI_OP_LAUNCH_SCENE, jam->scenes[3].id, TUTTI_N (TUTTI_QUANTUM_BAR)), 2);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 720);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), tutti_stage_new (session));
  gtk_window_present (GTK_WINDOW (window));
  wait_ms (400);
  take (window, folder, name);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The dialog stands before the window that it belongs to; only it is taken. */
static void
shoot_dialog (GtkApplication *app, const char *folder, const char *what, const char *action, const char *style)
{
  g_autoptr(TuttiSession) session = demo_session ();
  g_autofree char *name = g_strdup_printf ("%s-%s", what, style);
  GtkWidget *window = adw_application_window_new (app), *page = tutti_jam_page_new (session);
  GListModel *all;

  tutti_jam_page_set_link (TUTTI_JAM_PAGE (page), LINK);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  wait_ms (300);
  gtk_widget_activate_action (page, action, NULL);
  wait_ms (500);
  all = gtk_window_get_toplevels ();
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr(GtkWindow) each = g_list_model_get_item (all, i);

      if (gtk_window_get_transient_for (each) == GTK_WINDOW (window))
        take (GTK_WIDGET (each), folder, name);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_wanted (char **arguments, const char *name)
{
  gboolean wanted = arguments[1] == NULL;

  for (char **wish = arguments + 1; arguments[0] != NULL && *wish != NULL; wish++)
    wanted |= strstr (name, *wish) != NULL;
  return wanted;
}

static void
shoot_all (GtkApplication *app, char **arguments, const char *style, AdwColorScheme scheme)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
  for (guint i = 0; i < G_N_ELEMENTS (shots); i++)
    if (is_wanted (arguments, shots[i].name))
      shoot (app, arguments[0], &shots[i], style);
  if (is_wanted (arguments, "12-stage"))
    shoot_stage (app, arguments[0], style);
  if (is_wanted (arguments, "11-share"))
    shoot_dialog (app, arguments[0], "11-share", "page.share", style);
  if (is_wanted (arguments, "11-export"))
    shoot_dialog (app, arguments[0], "11-export", "export.begin", style);
  if (is_wanted (arguments, "11-add-track"))
    shoot_dialog (app, arguments[0], "11-add-track", "jam.add-track", style);
}

static void
on_activate (GtkApplication *app, gpointer user_data)
{
  GtkCssProvider *plain = gtk_css_provider_new ();

  /* Without a compositor the window's frame would take its share of the size. */
  gtk_css_provider_load_from_data (plain, "window { margin: 0; padding: 0; border: none; box-shadow: none; border-radius: 0; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (plain), GTK_STYLE_PROVIDER_PRIORITY_USER);
  g_object_unref (plain);
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Cantarell 11", "gtk-decoration-layout", ":close", NULL);
  shoot_all (app, user_data, "dark", ADW_COLOR_SCHEME_FORCE_DARK);
  shoot_all (app, user_data, "light", ADW_COLOR_SCHEME_FORCE_LIGHT);
}

int
main (int argc, char **argv)
{
  g_autoptr(AdwApplication) app = adw_application_new ("io.github.tuttijam.Tutti", G_APPLICATION_NON_UNIQUE);

  gst_init (NULL, NULL);
  if (argc < 2)
    {
      g_printerr ("tutti-shots FOLDER [NAME…]\n");
      return 2;
    }
  tutti_app_init ();
  g_signal_connect (app, "activate", G_CALLBACK (on_activate), argv + 1);
  return g_application_run (G_APPLICATION (app), 1, argv);
}
