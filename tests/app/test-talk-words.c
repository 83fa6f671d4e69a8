/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window makes of what people say and do, and of where the music is: pure words. */
#include "tutti-chat-words.h"
#include "tutti-gone-words.h"
#include "tutti-here-words.h"
#include "tutti-op-words.h"
#include "tutti-session-fake.h"
#include "tutti-stage-words.h"

#include <string.h>

static TuttiSession *session;

static const TuttiJam *
jam (void)
{
  return tutti_session_get_jam (session);
}

/* ---- lines ---- */

/* KICK stands for the id of that track. */
static const struct { const char *name, *text, *markup; } lines[] = {
  { "plain", "hello", "hello" },
  { "markup-stays-text", "<b>loud</b> & \"clear\"", "&lt;b&gt;loud&lt;/b&gt; &amp; &quot;clear&quot;" },
  { "bar", "at bar 14, now", "at <a href=\"bar:14\">bar 14</a>, now" },
  { "bar-capital", "Bar 2", "<a href=\"bar:2\">Bar 2</a>" },
  { "bar-zero", "bar 0", "bar 0" },
  { "bar-too-far", "bar 123456", "bar 123456" },
  { "bar-in-a-word", "crowbar 14", "crowbar 14" },
  { "bar-alone", "the bar", "the bar" },
  { "bar-and-letters", "bar 14th", "bar 14th" },
  { "track", "Kick!", "<a href=\"track:KICK\">Kick</a>!" },
  { "track-small", "more kick", "more <a href=\"track:KICK\">kick</a>" },
  { "track-in-a-word", "kicking", "kicking" },
  { "after-umlaut", "äkick", "äkick" },
  { "both", "bar 3 kick", "<a href=\"bar:3\">bar 3</a> <a href=\"track:KICK\">kick</a>" },
  { "drums", "🥁", "🥁" },
  { "track-in-brackets", "(kick)", "(<a href=\"track:KICK\">kick</a>)" },
  { "track-after-dots", "....kick....", "....<a href=\"track:KICK\">kick</a>...." },
  { "track-at-once", "kick/kick", "<a href=\"track:KICK\">kick</a>/<a href=\"track:KICK\">kick</a>" },
  { "cut-short", "kic", "kic" },
  { "nothing", "", "" },
};

static void
test_line (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  char id[TUTTI_ID_TEXT_SIZE];
  g_autofree char *markup = tutti_chat_markup (jam (), lines[row].text), *without = tutti_chat_markup (NULL, lines[row].text);
  g_autoptr(GString) expected = g_string_new (lines[row].markup);

  g_string_replace (expected, "KICK", tutti_id_print (jam ()->tracks[0]->id, id), 0);
  g_assert_cmpstr (markup, ==, expected->str);
  g_assert_nonnull (without);
}

/* A name that is markup itself becomes a link with the same letters. */
static void
test_wild_name (void)
{
  TuttiId id = jam ()->tracks[1]->id;
  char text[TUTTI_ID_TEXT_SIZE];
  g_autofree char *expected = g_strdup_printf ("more <a href=\"track:%s\">&lt;i&gt;x</a>", tutti_id_print (id, text));

  g_assert_true (tutti_session_submit (session, tutti_op_new (TUTTI_OP_TRACK_NAME, id, "<i>x"), NULL));
  g_autofree char *markup = tutti_chat_markup (jam (), "more <i>x");

  g_assert_cmpstr (markup, ==, expected);
}

static void
test_links (void)
{
  TuttiId track;
  int bar;

  g_assert_true (tutti_chat_link_bar ("bar:14", &bar));
  g_assert_cmpint (bar, ==, 14);
  g_assert_false (tutti_chat_link_bar ("bar:0", &bar));
  g_assert_false (tutti_chat_link_bar ("bar:", &bar));
  g_assert_false (tutti_chat_link_bar ("http://example.org", &bar));
  g_assert_true (tutti_chat_link_track ("track:1.2", &track));
  g_assert_true (tutti_id_equal (track, tutti_id (1, 2)));
  g_assert_false (tutti_chat_link_track ("track:x", &track));
  g_assert_false (tutti_chat_link_track ("bar:1", &track));
}

static void
test_time (void)
{
  gint64 evening = G_GINT64_CONSTANT (1795896180000), day = G_GINT64_CONSTANT (86400000);
  g_autofree char *now = tutti_chat_time (evening, evening), *before = tutti_chat_time (evening - day, evening);
  g_autofree char *never = tutti_chat_time (G_MAXINT64, evening);

  g_assert_cmpuint (strlen (now), ==, 5);
  g_assert_true (g_str_has_suffix (before, now) && strlen (before) > strlen (now));
  g_assert_cmpstr (never, ==, "");
}

/* ---- what somebody does ---- */

static const struct { const char *name, *words; TuttiHere here; } doings[] = {
  { "idle", "idle", { .step = 4 } },
  { "listening", "listening", { .doing = TUTTI_DOING_LISTENING, .step = 4 } },
  { "step", "editing Kick, step 4", { .doing = TUTTI_DOING_EDITING, .step = 4 } },
  { "track", "editing Kick", { .doing = TUTTI_DOING_EDITING } },
  { "fader", "moving the Kick fader", { .doing = TUTTI_DOING_EDITING, .hold = TUTTI_HOLD_GAIN } },
};

static void
test_doing (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  TuttiHere here = doings[row].here, nowhere = { .doing = TUTTI_DOING_EDITING, .on = { 77, 77 }, .step = 2 };

  for (guint way = 0; way < 2; way++)
    {
      here.on = way == 0 ? jam ()->tracks[0]->id : jam ()->tracks[0]->clips[0]->id;
      g_autofree char *words = tutti_here_words (jam (), &here);

      g_assert_cmpstr (words, ==, doings[row].words);
    }
  g_autofree char *words = tutti_here_words (jam (), &nowhere);

  g_assert_cmpstr (words, ==, "editing");
}

/* ---- how somebody went ---- */

static const struct { const char *name, *words; gboolean removed; TuttiRemoval removal; } goings[] = {
  { "left", "Zoé left", FALSE, { 0, 0 } },
  { "removed", "Ada removed Zoé", TRUE, { 7, 0 } },
  { "banned", "Ada banned Zoé", TRUE, { 7, 1 } },
  { "removed-by-me", "You removed Zoé", TRUE, { 3, 0 } },
  { "banned-by-me", "You banned Zoé", TRUE, { 3, 1 } },
  { "removed-by-nobody-here", "Zoé was removed", TRUE, { 0, 0 } },
  { "banned-by-nobody-here", "Zoé was banned", TRUE, { 0, 1 } },
  { "removed-by-somebody-gone", "Zoé was removed", TRUE, { 99, 0 } },
};

static void
test_gone (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr(TuttiJam) with_ada = tutti_jam_copy (jam ());
  g_autoptr(TuttiOp) ada = tutti_op_new (TUTTI_OP_PERSON, TUTTI_N (7), "Ada", TUTTI_N (TUTTI_PERSON_MINT));

  g_assert_true (tutti_jam_apply (with_ada, ada, &(TuttiStamp) { .seq = 1 }, NULL, NULL));
  g_autofree char *words = tutti_gone_words (with_ada, 3, "Zoé", goings[row].removed ? &goings[row].removal : NULL);

  g_assert_cmpstr (words, ==, goings[row].words);
}

/* ---- what happened ---- */

static void
test_jam_ops (void)
{
  const struct { TuttiOp *op; const char *what, *value; } rows[] = {
    { tutti_op_new (TUTTI_OP_JAM_NAME, "Red Hour"), "Jam named", "Red Hour" },
    { tutti_op_new (TUTTI_OP_JAM_DESCRIPTION, "Dusty drums"), "Description changed", "" },
    { tutti_op_new (TUTTI_OP_JAM_PUBLISHED, TUTTI_N (1)), "Published (Read Only)", "" },
    { tutti_op_new (TUTTI_OP_JAM_PUBLISHED, TUTTI_N (0)), "No longer published", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(TuttiOp) op = rows[i].op;
      g_autofree char *what = NULL, *value = NULL;

      tutti_op_words (jam (), op, &what, &value);
      g_assert_cmpstr (what, ==, rows[i].what);
      g_assert_cmpstr (value, ==, rows[i].value);
    }
}

/* ---- on stage ---- */

static void
test_place (void)
{
  static const struct { gint64 tick; int bar, beat; } places[] = {
    { 0, 1, 1 }, { 959, 1, 1 }, { 960, 1, 2 }, { 3839, 1, 4 }, { 3840, 2, 1 }, { -1, 0, 4 }, { -3840, 0, 1 }, { -3841, -1, 4 },
  };
  TuttiTransport transport = { .beats = 4, .unit = 4 };
  int bar, beat;

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      tutti_stage_place (&transport, places[i].tick, &bar, &beat);
      g_assert_cmpint (bar, ==, places[i].bar);
      g_assert_cmpint (beat, ==, places[i].beat);
    }
  transport = (TuttiTransport) { .beats = 6, .unit = 8, .loop = TRUE, .loop_start = 0, .loop_end = 2880 };
  tutti_stage_place (&transport, 2 * 2880 + 480, &bar, &beat);
  g_assert_cmpint (bar, ==, 1);
  g_assert_cmpint (beat, ==, 2);
}

static void
test_section (void)
{
  gint64 tick = tutti_session_get_tick (session), left = -1;

  g_assert_null (tutti_stage_next (jam (), tick, &left));
  tutti_session_fake_receive (session, tutti_op_new (TUTTI_OP_LAUNCH_SCENE, jam ()->scenes[3].id, TUTTI_N (TUTTI_QUANTUM_BAR)), 2);
  const TuttiScene *next = tutti_stage_next (jam (), tick, &left);

  g_assert_nonnull (next);
  g_assert_cmpstr (next->name, ==, jam ()->scenes[3].name);
  g_assert_cmpint (left, >, 0);
  g_assert_cmpint (left, <=, 2 * 3840);
  g_assert_nonnull (tutti_stage_section (jam (), tick));
}

static void
test_key (void)
{
  g_autoptr(TuttiJam) bare = tutti_jam_new ();
  g_autofree char *none = NULL, *minor = NULL;

  bare->scale = TUTTI_SCALE_CHROMATIC;
  none = tutti_stage_key (bare);
  bare->scale = TUTTI_SCALE_MINOR;
  bare->key = 8;
  minor = tutti_stage_key (bare);
  g_assert_null (none);
  g_assert_cmpstr (minor, ==, "A♭ minor");
}

/* A note is told only with its clip, and only while it is there. */
static void
test_note (void)
{
  g_autoptr(TuttiSession) fake = tutti_session_fake_new ();
  const TuttiClip *clip = NULL;

  tutti_session_fake_fill (fake);
  tutti_session_fake_fill_notes (fake);
  const TuttiJam *jam = tutti_session_get_jam (fake);
  const TuttiTrack *track = jam->tracks[6];

  for (guint i = 0; i < track->n_clips && clip == NULL; i++)
    clip = track->clips[i]->n_notes > 0 ? track->clips[i] : NULL;
  TuttiHere here = { .on = clip->id, .note = clip->notes[0].id }, gone = { .on = clip->id, .note = { 77, 77 } };
  TuttiHere elsewhere = { .on = track->id, .note = clip->notes[0].id };

  tutti_here_sift (&here, jam);
  tutti_here_sift (&gone, jam);
  tutti_here_sift (&elsewhere, jam);
  g_assert_true (tutti_id_equal (here.note, clip->notes[0].id));
  g_assert_true (tutti_id_is_none (gone.note) && tutti_id_is_none (elsewhere.note));
  g_assert_false (tutti_here_equal (&here, &gone));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  session = tutti_session_fake_new ();
  tutti_session_fake_fill (session);
  tutti_session_fake_set_tick (session, 17 * 960);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *path = g_strconcat ("/talk-words/line/", lines[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_line);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (doings); i++)
    {
      g_autofree char *path = g_strconcat ("/talk-words/doing/", doings[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_doing);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (goings); i++)
    {
      g_autofree char *path = g_strconcat ("/talk-words/gone/", goings[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_gone);
    }
  g_test_add_func ("/talk-words/links", test_links);
  g_test_add_func ("/talk-words/time", test_time);
  g_test_add_func ("/talk-words/jam-ops", test_jam_ops);
  g_test_add_func ("/talk-words/stage/place", test_place);
  g_test_add_func ("/talk-words/stage/section", test_section);
  g_test_add_func ("/talk-words/stage/key", test_key);
  g_test_add_func ("/talk-words/wild-name", test_wild_name);
  g_test_add_func ("/talk-words/note", test_note);
  int failed = g_test_run ();

  g_object_unref (session);
  return failed;
}
