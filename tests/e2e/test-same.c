/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everyone hears the same bits: host and guests play the demo jams, which have every instrument and effect between them, while people
 * edit, come and go, edits come late, a clock changes its rate and the host is lost; the fingerprints of the mix and of each track
 * are compared second by second. And it can be seen when they do not: a machine whose memory was tampered with is found, with the
 * track. With TUTTI_LAB_FULL=1 every demo plays for TUTTI_MINUTES (4, at least 2), and tuttictl verify is asked on the way.
 *
 * A machine that came while all was still knows its effects' past, though it says "settling"; those seconds count as long as it was
 * not thrown out of its course ("breaks"), which a busy machine is now and then: then it is tried again. */
#include "tutti-demos.h"
#include "tutti-e2e.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define SECONDS_MIN 6              /* that must have been comparable between any two */
#define TAMPERED "kit:deep-sub"

typedef struct
{
  const char      *demo;
  TuttiJam        *jam;            /* owned: for its ids */
  TuttiE2eHost    *host, *place;   /* owned; where the jam lives now */
  TuttiLabProcess *guests[3];      /* on b, c, d */
  char            *rate;           /* owned: the file that c's clock goes by */
  GRand           *rand;           /* owned */
  guint            edits;
} Band;

static const char * const machines[] = { "b", "c", "d" };

/* ---- the band ---- */

static void
set_rate (Band *band, gint32 ppm)
{
  g_autoptr(GFile) file = g_file_new_for_path (band->rate);
  g_autoptr(GFileIOStream) stream = g_file_open_readwrite (file, NULL, NULL);

  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (stream)), &ppm, sizeof ppm, NULL, NULL, NULL));
}

static TuttiLabProcess *
join (Band *band, guint guest)
{
  const gboolean own_clock = guest == 1;
  g_autofree char *rate = g_strconcat ("TUTTI_RATE_FILE=", own_clock ? band->rate : "", NULL);
  TuttiLabProcess *process =
    tutti_lab_spawn (machines[guest], "env", own_clock ? "LD_PRELOAD=" TUTTI_E2E_RATE_CLOCK : "LC_ALL=C.UTF-8", rate, TUTTI_E2E_CTL, "join",
                     band->place->place, "--name", machines[guest], "--tracks", guest == 0 ? "--heir" : NULL, NULL);

  tutti_lab_expect (process, "^joined ");
  return process;
}

/* No two machines were switched on together; c's clock has a rate of its own, d is far away. All come before anything sounds. */
static void
begin (Band *band, const char *demo, guint32 seed)
{
  g_autofree char *option = g_strconcat ("--demo=", demo, NULL);
  const gint32 still = 0;

  *band = (Band) { .demo = demo, .jam = tutti_demos_read ((guint) tutti_demos_find (demo), NULL), .rand = g_rand_new_with_seed (seed) };
  band->rate = g_build_filename (g_get_tmp_dir (), "tutti-rate-XXXXXX", NULL);
  g_assert_cmpint (g_close (g_mkstemp (band->rate), NULL), ==, TRUE);
  g_assert_true (g_file_set_contents (band->rate, (const char *) &still, sizeof still, NULL));
  set_rate (band, 300);
  g_free (tutti_lab ("add a"));
  g_free (tutti_lab ("add b --clock-offset 86400"));
  g_free (tutti_lab ("add c --clock-offset 1000"));
  g_free (tutti_lab ("add d"));
  g_free (tutti_lab ("link d delay=60 jitter=15"));
  band->host = tutti_e2e_host ("a", TUTTI_E2E_WORDS (option, "--no-mdns"));
  band->place = band->host;
  for (guint i = 0; i < G_N_ELEMENTS (machines); i++)
    band->guests[i] = join (band, i);
}

static void
end (Band *band)
{
  if (band->place != band->host)
    tutti_e2e_host_free (band->place);
  tutti_e2e_host_free (band->host);
  tutti_jam_free (band->jam);
  g_rand_free (band->rand);
  g_unlink (band->rate);
  g_free (band->rate);
  tutti_lab_sweep ();
}

static void
send (Band *band, const char *machine, const char *op)
{
  g_free (tutti_e2e_ctl (machine, 0, TUTTI_E2E_WORDS ("send", band->place->place, op)));
  band->edits++;
}

/* Music passes: somebody comes, stays so long and goes. */
static void
pass (Band *band, double seconds)
{
  json_object_unref (tutti_e2e_left (tutti_e2e_join ("d", band->place, seconds, NULL)));
}

/* ---- edits ---- */

/* (transfer full) */
static char *
name_of (TuttiId id)
{
  char text[TUTTI_ID_TEXT_SIZE];

  return g_strdup (tutti_id_print (id, text));
}

static const TuttiTrack *
any_track (Band *band)
{
  return band->jam->tracks[g_rand_int_range (band->rand, 0, (gint32) band->jam->n_tracks)];
}

/* One of another effect, which may be without one. (transfer full) (nullable) */
static char *
draw_effect_edit (Band *band)
{
  const TuttiTrack *track = any_track (band);
  const TuttiEffect *effect = track->n_effects > 0 ? &track->effects[g_rand_int_range (band->rand, 0, track->n_effects)] : NULL;
  g_autofree char *id = effect != NULL ? name_of (effect->id) : NULL;

  if (effect == NULL)
    return NULL;
  guint value = (guint) g_rand_int_range (band->rand, 0, (gint32) tutti_effect_count_values (effect->kind));
  const TuttiEffectValueSpec *spec = tutti_effect_value_spec (effect->kind, value);

  switch (g_rand_int_range (band->rand, 0, 3))
    {
    case 0:
      return g_strdup_printf ("[\"effect.on\",\"%s\",%d]", id, g_rand_int_range (band->rand, 0, 2));
    case 1:
      return g_strdup_printf ("[\"effect.move\",\"%s\",0]", id);
    default:
      return g_strdup_printf ("[\"effect.value\",\"%s\",%u,%d]", id, value, g_rand_int_range (band->rand, spec->min, spec->max + 1));
    }
}

/* (transfer full) (nullable) */
static char *
draw_edit (Band *band)
{
  g_autofree char *track = name_of (any_track (band)->id);
  TuttiId scene = band->jam->scenes[g_rand_int_range (band->rand, 0, (gint32) band->jam->n_scenes)].id;
  g_autofree char *scene_name = name_of (scene);

  switch (g_rand_int_range (band->rand, 0, 8))
    {
    case 0:
    case 1:
      return g_strdup_printf ("[\"launch.scene\",\"%s\",\"beat\"]", scene_name);
    case 2:
      return g_strdup_printf ("[\"track.mute\",\"%s\",%d]", track, g_rand_int_range (band->rand, 0, 2));
    case 3:
      return g_strdup_printf ("[\"param\",\"%s\",\"gain\",%d]", track, g_rand_int_range (band->rand, -1500, 300));
    case 4:
      return g_strdup_printf ("[\"tempo\",%d]", g_rand_int_range (band->rand, 8000, 18000));
    case 5:
      return g_strdup_printf ("[\"patch\",\"%s\",\"vcf-cutoff\",%d]", track, g_rand_int_range (band->rand, 250, 900));
    default:
      return draw_effect_edit (band);
    }
}

static void
edit (Band *band, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *op = draw_edit (band);

      if (op != NULL)
        send (band, i % 2 == 0 ? "c" : "d", op);
    }
}

/* What one machine does not hear of in time: it plays on with what it knows, and is put right. */
static void
edit_late (Band *band)
{
  g_free (tutti_lab ("link d delay=350"));
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *op = draw_edit (band);

      if (op != NULL)
        send (band, "c", op);
    }
  g_free (tutti_lab ("link d delay=60"));
}

static void
lose_host (Band *band)
{
  g_autofree char *number = tutti_lab ("address b");

  tutti_lab_signal (band->host->process, SIGKILL);
  const char *line = tutti_lab_expect (band->guests[0], "^hosting at port [0-9]+$");

  band->place = g_new0 (TuttiE2eHost, 1);
  band->place->place = g_strdup_printf ("%s:%s", number, strrchr (line, ' ') + 1);
  tutti_lab_expect (band->guests[1], "^back in ");
  tutti_lab_expect (band->guests[2], "^back in ");
}

/* ---- comparing ---- */

static JsonArray *
find_print (JsonObject *left, gint64 second)
{
  JsonArray *prints = json_object_get_array_member (left, "fingerprints");

  for (guint i = 0; i < json_array_get_length (prints); i++)
    if (json_array_get_int_element (json_array_get_array_element (prints, i), 0) == second)
      return json_array_get_array_element (prints, i);
  return NULL;
}

static gboolean
counts (JsonObject *left, JsonArray *print)
{
  const char *state = json_array_get_string_element (print, 2);

  return g_str_equal (state, "ok") || (g_str_equal (state, "settling") && tutti_e2e_breaks (left) == 0);
}

/* Tracks that differ, by their ids and a space behind each. (transfer full) */
static char *
list_differences (JsonArray *one, JsonArray *other)
{
  JsonObject *here = json_array_get_length (one) > 3 ? json_array_get_object_element (one, 3) : NULL;
  JsonObject *there = json_array_get_length (other) > 3 ? json_array_get_object_element (other, 3) : NULL;
  g_autoptr(GList) ids = here != NULL ? json_object_get_members (here) : NULL;
  GString *list = g_string_new (NULL);

  g_assert_cmpuint (here != NULL ? json_object_get_size (here) : 0, ==, there != NULL ? json_object_get_size (there) : 0);
  for (GList *each = ids; each != NULL; each = each->next)
    if (!json_object_has_member (there, each->data) ||
        !g_str_equal (json_object_get_string_member (here, each->data), json_object_get_string_member (there, each->data)))
      g_string_append_printf (list, "%s ", (const char *) each->data);
  return g_string_free (list, FALSE);
}

typedef struct
{
  guint same, different;           /* seconds */
  char *tracks;                    /* owned: what differed in the last that did */
} Result;

static void
compare_second (JsonArray *one, JsonArray *other, Result *result)
{
  g_autofree char *tracks = list_differences (one, other);

  if (tracks[0] == '\0' && g_str_equal (json_array_get_string_element (one, 1), json_array_get_string_element (other, 1)))
    {
      result->same++;
      return;
    }
  result->different++;
  /* What was before goes on in the mix alone, in its limiter. */
  if (tracks[0] != '\0' || result->tracks == NULL)
    {
      g_free (result->tracks);
      result->tracks = g_strdup (tracks);
    }
  g_test_message ("second %" G_GINT64_FORMAT " differs in tracks %s(%s, %s)", json_array_get_int_element (one, 0), tracks,
                  json_array_get_string_element (one, 2), json_array_get_string_element (other, 2));
}

static void
compare (JsonObject *one, JsonObject *other, Result *result)
{
  JsonArray *prints = json_object_get_array_member (one, "fingerprints");

  *result = (Result) { 0 };
  for (guint i = 0; i < json_array_get_length (prints); i++)
    {
      JsonArray *here = json_array_get_array_element (prints, i);
      JsonArray *there = find_print (other, json_array_get_int_element (here, 0));

      if (there != NULL && counts (one, here) && counts (other, there))
        compare_second (here, there, result);
    }
}

/* Seconds that began without an edit of theirs. */
static guint
count_late (JsonObject *left)
{
  JsonArray *prints = json_object_get_array_member (left, "fingerprints");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (prints); i++)
    n += g_str_equal (json_array_get_string_element (json_array_get_array_element (prints, i), 2), "late");
  return n;
}

/* A letter for the state of each second: o(k), l(ate), s(ettling) … (transfer full) */
static char *
spell_states (JsonObject *left)
{
  JsonArray *prints = json_object_get_array_member (left, "fingerprints");
  guint n = json_array_get_length (prints);
  GString *states = g_string_new (NULL);

  if (n > 0)
    g_string_append_printf (states, "from %" G_GINT64_FORMAT " ", json_array_get_int_element (json_array_get_array_element (prints, 0), 0));
  for (guint i = 0; i < n; i++)
    g_string_append_c (states, *json_array_get_string_element (json_array_get_array_element (prints, i), 2));
  return g_string_free (states, FALSE);
}

static void
leave (Band *band, JsonObject **left)
{
  static const guint order[] = { 1, 2, 0 };        /* who hosts goes last */

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      tutti_lab_signal (band->guests[order[i]], SIGTERM);
      left[order[i]] = tutti_e2e_left (band->guests[order[i]]);
      g_autofree char *states = spell_states (left[order[i]]);

      g_test_message ("%s: %" G_GINT64_FORMAT " breaks, %u seconds late; %s", machines[order[i]],
                      tutti_e2e_breaks (left[order[i]]), count_late (left[order[i]]), states);
    }
}

/* Whether enough of it could be compared; that nothing differs is demanded. */
static gboolean
all_the_same (Band *band, guint *seconds, guint *late)
{
  JsonObject *left[G_N_ELEMENTS (machines)];
  gboolean enough = TRUE;

  *seconds = G_MAXUINT;
  *late = 0;
  leave (band, left);
  for (guint i = 0; i < G_N_ELEMENTS (machines); i++)
    {
      Result result;

      compare (left[i], left[(i + 1) % G_N_ELEMENTS (machines)], &result);
      g_test_message ("%s and %s: %u seconds the same, %u not", machines[i], machines[(i + 1) % G_N_ELEMENTS (machines)], result.same,
                      result.different);
      g_assert_cmpuint (result.different, ==, 0);
      enough = enough && result.same >= SECONDS_MIN;
      *seconds = MIN (*seconds, result.same);
      *late += count_late (left[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (machines); i++)
    json_object_unref (left[i]);
  return enough;
}

/* ---- short ---- */

static gboolean
play_all (const char *demo, guint32 seed)
{
  guint seconds;
  guint late;
  Band band;
  gboolean enough;

  begin (&band, demo, seed);
  g_autofree char *last = name_of (band.jam->scenes[band.jam->n_scenes - 1].id);
  g_autofree char *loud = g_strdup_printf ("[\"launch.scene\",\"%s\",\"now\"]", last);

  send (&band, "c", loud);
  send (&band, "c", "[\"play\",-1]");
  pass (&band, 2);
  edit (&band, 4);
  set_rate (&band, -300);
  edit_late (&band);
  pass (&band, 2);
  lose_host (&band);
  edit (&band, 3);
  pass (&band, 3);
  enough = all_the_same (&band, &seconds, &late);
  g_print ("# | the same on 3 machines: %s | %u seconds of mix and tracks, %u edits, %u seconds began without one |\n", demo, seconds,
           band.edits, late);
  end (&band);
  return enough;
}

static void
test_short (gconstpointer demo)
{
  gint64 deadline = g_get_monotonic_time () + 3 * TUTTI_LAB_DEADLINE_S * G_USEC_PER_SEC;

  for (guint32 seed = 1; !play_all (demo, seed); seed++)
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
}

/* ---- tampered with ---- */

/* The track that plays @sound. (transfer full) */
static char *
find_track (Band *band, const char *sound)
{
  for (guint i = 0; i < band->jam->n_tracks; i++)
    if (g_str_equal (band->jam->tracks[i]->sound, sound))
      return name_of (band->jam->tracks[i]->id);
  g_assert_not_reached ();
}

/* Turns bits of a sound in c's memory. */
static void
tamper (Band *band)
{
  TuttiLabProcess *tool = tutti_lab_spawn (NULL, TUTTI_E2E_TAMPER, tutti_lab_get_pid (band->guests[1]), strchr (TAMPERED, ':') + 1, NULL);

  tutti_lab_expect (tool, "^tampered$");
  g_assert_cmpint (tutti_lab_finish (tool), ==, 0);
}

static gboolean
play_tampered (void)
{
  Band band;
  JsonObject *left[G_N_ELEMENTS (machines)];
  Result honest, one, other;

  begin (&band, "warehouse", 1);
  g_autofree char *track = find_track (&band, TAMPERED), *only = g_strconcat (track, " ", NULL);

  tamper (&band);
  send (&band, "b", "[\"play\",-1]");
  pass (&band, 8);
  leave (&band, left);
  compare (left[0], left[2], &honest);
  compare (left[0], left[1], &one);
  compare (left[1], left[2], &other);
  gboolean enough = honest.same >= SECONDS_MIN && one.different > 1 && other.different > 1;

  g_assert_cmpuint (honest.different, ==, 0);
  if (enough)
    {
      g_assert_cmpstr (one.tracks, ==, only);
      g_assert_cmpstr (other.tracks, ==, only);
    }
  g_free (one.tracks);
  g_free (other.tracks);
  for (guint i = 0; i < G_N_ELEMENTS (machines); i++)
    json_object_unref (left[i]);
  end (&band);
  return enough;
}

static void
test_tampered (void)
{
  gint64 deadline = g_get_monotonic_time () + 3 * TUTTI_LAB_DEADLINE_S * G_USEC_PER_SEC;

  while (!play_tampered ())
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
}

/* ---- at length ---- */

/* After a refresh of the mix machines know that they are everybody's; from a minute on that is asked for. */
#define SURE_AFTER_S 66

/* What tuttictl verify says. (transfer full) */
static JsonObject *
verify (Band *band, int exit_code)
{
  g_autofree char *said = tutti_e2e_ctl ("a", exit_code, TUTTI_E2E_WORDS ("verify", band->place->place, "--seconds", "4", "--json"));

  return tutti_e2e_object (said);
}

static guint
check_verified (Band *band)
{
  g_autoptr(JsonObject) answer = verify (band, 0);

  g_assert_true (json_object_get_boolean_member (answer, "same"));
  g_assert_cmpint (json_object_get_int_member (answer, "machines"), >=, 2);
  return (guint) json_object_get_int_member (answer, "compared");
}

typedef struct
{
  gint64 began, sure;              /* monotonic; sure: everybody's memory is everybody's */
  guint  rounds, asked, verified;
} Long;

static gint64
now (void)
{
  return g_get_monotonic_time ();
}

static void
play_round (Band *band, Long *self)
{
  edit (band, 4);
  set_rate (band, self->rounds++ % 2 == 0 ? -300 : 300);
  edit_late (band);
  pass (band, 7);
  if (now () < self->sure)
    return;
  self->verified += check_verified (band);
  self->asked++;
}

/* For @seconds, and in any case until it was played for long enough that it was asked: a busy machine has few rounds. */
static void
play_for (Band *band, Long *self, gint64 seconds, gboolean asked)
{
  gint64 until = now () + seconds * G_USEC_PER_SEC;
  guint before = self->asked;

  self->sure = now () + SURE_AFTER_S * G_USEC_PER_SEC;
  while (now () < until || (asked && self->asked == before))
    play_round (band, self);
}

static void
test_long (gconstpointer demo)
{
  const char *said = g_getenv ("TUTTI_MINUTES");
  gint64 length_s = 60 * (said != NULL ? MAX (atoi (said), 2) : 4);
  guint seconds, late;
  Long self = { 0 };
  Band band;

  begin (&band, demo, 1);
  send (&band, "c", "[\"play\",-1]");
  self.began = now ();
  play_for (&band, &self, length_s * 2 / 3, TRUE);
  lose_host (&band);
  play_for (&band, &self, length_s / 3, FALSE);
  g_assert_true (all_the_same (&band, &seconds, &late));
  g_print ("# | the same on 3 machines for %.0f s: %s | %u seconds of mix and tracks compared, %u edits, %u seconds began "
           "without one, host lost once; verify asked %u times: %u seconds the same |\n",
           (double) (now () - self.began) / G_USEC_PER_SEC, (const char *) demo, seconds, band.edits, late, self.asked, self.verified);
  g_assert_cmpuint (self.verified, >, 0);
  end (&band);
}

/* Of the last second that was compared, who differs. (transfer none) */
static JsonObject *
find_odd (JsonObject *answer)
{
  JsonArray *seconds = json_object_get_array_member (answer, "seconds");

  for (guint i = json_array_get_length (seconds); i-- > 0; )
    {
      JsonArray *each = json_object_get_array_member (json_array_get_object_element (seconds, i), "machines");

      for (guint k = 0; k < json_array_get_length (each); k++)
        {
          JsonObject *machine = json_array_get_object_element (each, k);

          if (g_str_equal (json_object_get_string_member (machine, "state"), "ok") && !json_object_get_boolean_member (machine, "same"))
            return machine;
        }
    }
  return NULL;
}

static void
test_named (void)
{
  Band band;

  begin (&band, "warehouse", 1);
  g_autofree char *track = find_track (&band, TAMPERED);

  tamper (&band);
  send (&band, "b", "[\"play\",-1]");
  for (guint passed = 0; passed < SURE_AFTER_S; passed += SURE_AFTER_S / 3)
    pass (&band, SURE_AFTER_S / 3);
  g_autoptr(JsonObject) answer = verify (&band, 1);
  JsonObject *odd = find_odd (answer);

  g_assert_nonnull (odd);
  g_assert_cmpstr (json_object_get_string_member (odd, "name"), ==, "c");
  g_assert_cmpstr (json_object_get_string_member (odd, "track"), ==, track);
  end (&band);
}

int
main (int argc, char **argv)
{
  gboolean full = g_getenv ("TUTTI_LAB_FULL") != NULL;

  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 1; full && i < tutti_demos_count (); i++)
    {
      g_autofree char *path = g_strconcat ("/same/long/", tutti_demos_get_name (i), NULL);

      g_test_add_data_func (path, tutti_demos_get_name (i), test_long);
    }
  if (full)
    g_test_add_func ("/same/tampered-is-named", test_named);
  else
    g_test_add_data_func ("/same/short", tutti_demos_get_name (tutti_demos_count () - 1), test_short);
  g_test_add_func ("/same/tampered", test_tampered);
  return g_test_run ();
}
