/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-session-fake.h"

#include "tutti-jam-json.h"
#include "tutti-soundfont-import.h"

#define FALL_FRAMES (TUTTI_FRAMES_PER_SECOND / 4)

struct _TuttiMember
{
  GObject  parent_instance;
  guint    number;
  char    *name;
  int      colour;
  gboolean present;
  TuttiHere here;
  TuttiReport report;
};

G_DEFINE_FINAL_TYPE (TuttiMember, tutti_member, G_TYPE_OBJECT)

struct _TuttiSession
{
  GObject           parent_instance;
  TuttiJam         *jam;
  TuttiSessionState state;
  GListStore       *people;
  GPtrArray        *undo, *redo;   /* of TuttiOp */
  GPtrArray        *waiting;       /* of TuttiOp */
  guint32           counter;
  gint64            frame, tick, seq, began;
  TuttiTiming       timing;
  TuttiTrail        trail;
  gboolean          locked;
  TuttiHistory     *history;
  GListStore       *conflicts;
  gint64            hearing, time_us;
  TuttiLines       *lines;
  char             *tried;         /* owned (nullable) */
  TuttiSoundLibrary *library;      /* owned (nullable): where sounds are made */
  TuttiSoundBank   *bank;          /* the built-in sounds alone */
  TuttiHere         here;          /* what the window said last */
  char             *picture[16];   /* owned (nullable): of the person with that number */
  int               monitor_gain;  /* what it wished last, of whatever track */
  gboolean          mono;
  TuttiOutput      *output;        /* owned (nullable): never started */
};

G_DEFINE_FINAL_TYPE (TuttiSession, tutti_session, G_TYPE_OBJECT)

enum { CHANGED, REFUSED, CROSSED, WAITING, LATE, JOINED, LEFT, REPAIRED, INVITED, DENIED, LOCKED, WISHED, COMPARED,
       PAST, HEARING, MOVED, SAID, PICTURED, N_SIGNALS };
static guint signals[N_SIGNALS];
enum { PROP_STATE = 1, PROP_CAN_UNDO, PROP_CAN_REDO };
enum { PROP_PRESENT = 1 };

/* The fake began when it was made. */
static gboolean
nothing_earlier (gpointer user, gint64 before)
{
  tutti_history_were (((TuttiSession *) user)->history, 0, NULL);
  return TRUE;
}

static void
member_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, TUTTI_MEMBER (object)->present);
}

static void
member_finalize (GObject *object)
{
  g_free (TUTTI_MEMBER (object)->name);
  G_OBJECT_CLASS (tutti_member_parent_class)->finalize (object);
}

static void
tutti_member_class_init (TuttiMemberClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = member_get_property;
  G_OBJECT_CLASS (klass)->finalize = member_finalize;
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_PRESENT,
                                   g_param_spec_boolean ("present", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
tutti_member_init (TuttiMember *self)
{
}

guint
tutti_member_get_number (TuttiMember *self)
{
  return self->number;
}

const char *
tutti_member_get_name (TuttiMember *self)
{
  return self->name;
}

int
tutti_member_get_colour (TuttiMember *self)
{
  return self->colour;
}

gboolean
tutti_member_get_present (TuttiMember *self)
{
  return self->present;
}

gboolean
tutti_member_get_is_me (TuttiMember *self)
{
  return self->number == 1;
}

gboolean
tutti_member_get_is_host (TuttiMember *self)
{
  return self->number == 2;
}

const TuttiHere *
tutti_member_get_here (TuttiMember *self)
{
  return &self->here;
}

void
tutti_session_set_here (TuttiSession *self, const TuttiHere *place)
{
  if (place != NULL)
    self->here = *place;
}

TuttiHere
tutti_session_fake_get_here (TuttiSession *self)
{
  return self->here;
}

void
tutti_session_fake_move (TuttiSession *self, guint number, const TuttiHere *here)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->people)); i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (G_LIST_MODEL (self->people), i);

      if (member->number != number)
        continue;
      member->here = *here;
      g_object_notify (G_OBJECT (member), "present");
      g_signal_emit (self, signals[MOVED], 0, member);
    }
}

void
tutti_session_fake_say (TuttiSession *self, guint by, gint64 at_ms, const char *text)
{
  TuttiLine *line = tutti_line_new (tutti_lines_get_newest (self->lines) + 1, by, at_ms, text);

  tutti_lines_put (self->lines, line);
  g_signal_emit (self, signals[SAID], 0, line);
}

gboolean
tutti_session_chat (TuttiSession *self, const char *text, GError **error)
{
  tutti_session_fake_say (self, 1, g_get_real_time () / 1000, text);
  return TRUE;
}

guint
tutti_session_get_n_lines (TuttiSession *self)
{
  return tutti_lines_get_n (self->lines);
}

const TuttiLine *
tutti_session_get_line (TuttiSession *self, guint index)
{
  return tutti_lines_get (self->lines, index);
}

gboolean
tutti_session_has_older_lines (TuttiSession *self)
{
  return FALSE;
}

gboolean
tutti_session_ask_older_lines (TuttiSession *self)
{
  return FALSE;
}

const TuttiJam *
tutti_session_get_jam (TuttiSession *self)
{
  return self->jam;
}

const char *
tutti_session_get_jam_id (TuttiSession *self)
{
  return "demo";
}

TuttiSessionState
tutti_session_get_state (TuttiSession *self)
{
  return self->state;
}

const GError *
tutti_session_get_end (TuttiSession *self)
{
  return NULL;
}

void
tutti_session_import_async (TuttiSession *self, GFile *file, TuttiId track, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, tutti_session_import_async, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "no sounds are kept here");
}

gboolean
tutti_session_import_finish (TuttiSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;
  TuttiSoundFontInstrument *made = tutti_soundfont_import_finish (TUTTI_SOUND_LIBRARY (source), result, &error);

  if (made != NULL)
    g_task_return_pointer (task, made, (GDestroyNotify) tutti_soundfont_instrument_free);
  else
    g_task_return_error (task, error);
}

void
tutti_session_make_soundfont_async (TuttiSession *self, TuttiSoundFont *font, guint preset, TuttiSoundFontProgress progress,
                                    gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  tutti_soundfont_import_async (self->library, font, preset, progress, progress_data, cancellable, on_made, task);
}

TuttiSoundFontInstrument *
tutti_session_make_soundfont_finish (TuttiSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
tutti_session_bring_soundfont_async (TuttiSession *self, const TuttiSoundFontInstrument *instrument, TuttiId track, TuttiId fresh,
                                     TuttiColour colour, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, tutti_session_bring_soundfont_async, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "nobody gets sounds from here");
}

gboolean
tutti_session_bring_soundfont_finish (TuttiSession *self, GAsyncResult *result, guint *n_left_out, GError **error)
{
  *n_left_out = 0;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;

  g_task_set_check_cancellable (task, FALSE);
  if (tutti_export_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
tutti_session_export_async (TuttiSession *self, GFile *file, const TuttiExportOptions *options, TuttiExportProgress progress,
                            gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  tutti_export_async (self->jam, self->bank, file, options, progress, progress_data, cancellable, on_exported,
                      g_task_new (self, cancellable, callback, user_data));
}

gboolean
tutti_session_export_finish (TuttiSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gint64
tutti_session_get_export_bytes (TuttiSession *self, const TuttiExportOptions *options)
{
  return tutti_export_bytes (self->jam, options);
}

void
tutti_session_try_now (TuttiSession *self)
{
}

void
tutti_session_visit_waiting (TuttiSession *self, TuttiOpVisit visit, gpointer user_data)
{
  for (guint i = 0; i < self->waiting->len; i++)
    visit (self->waiting->pdata[i], user_data);
}

void
tutti_session_fake_wait (TuttiSession *self, TuttiOp *op)
{
  g_ptr_array_add (self->waiting, op);
  g_signal_emit (self, signals[WAITING], 0);
}

TuttiOutput *
tutti_session_get_output (TuttiSession *self)
{
  return self->output;
}

static void
render_nothing (void *data, int64_t first_frame, unsigned n, float *stereo)
{
}

void
tutti_session_fake_make_output (TuttiSession *self)
{
  TuttiRenderer renderer = { NULL, render_nothing, NULL, NULL };
  TuttiSharedClock *clock;

  gst_init (NULL, NULL);
  clock = tutti_shared_clock_new (NULL);
  self->output = tutti_output_new (&renderer, clock, 0, NULL, NULL);
  gst_object_unref (clock);
}

guint
tutti_session_get_me (TuttiSession *self)
{
  return 1;
}

guint
tutti_session_get_host (TuttiSession *self)
{
  return 1;
}

gboolean
tutti_session_has_heirs (TuttiSession *self)
{
  return FALSE;
}

GListModel *
tutti_session_get_people (TuttiSession *self)
{
  return G_LIST_MODEL (self->people);
}

const char *
tutti_session_get_picture (TuttiSession *self, guint number)
{
  return number < G_N_ELEMENTS (self->picture) && self->picture[number] != NULL ? self->picture[number] : "";
}

void
tutti_session_fake_set_picture (TuttiSession *self, guint number, const char *picture)
{
  g_free (self->picture[number]);
  self->picture[number] = g_strdup (picture);
  g_signal_emit (self, signals[PICTURED], 0, number);
}

TuttiId
tutti_session_new_id (TuttiSession *self)
{
  return tutti_id (7, ++self->counter);
}

gboolean
tutti_session_kick (TuttiSession *self, guint number, GError **error)
{
  g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_MISSING, "nobody is sent away here");
  return FALSE;
}

gboolean
tutti_session_set_passcode (TuttiSession *self, const char *passcode, GError **error)
{
  self->locked = passcode[0] != '\0';
  g_signal_emit (self, signals[LOCKED], 0);
  return TRUE;
}

gboolean
tutti_session_invite (TuttiSession *self, TuttiRole role, guint uses, guint minutes, GError **error)
{
  g_signal_emit (self, signals[INVITED], 0, "00112233445566778899aabbccddeeff", (int) role);
  return TRUE;
}

gboolean
tutti_session_is_locked (TuttiSession *self)
{
  return self->locked;
}

static TuttiOp *
apply (TuttiSession *self, const TuttiOp *op, guint by, GError **error)
{
  TuttiStamp stamp = { ++self->seq, by, self->frame };
  TuttiTarget target = tutti_op_target (op);
  TuttiOp *inverse = NULL;

  if (!tutti_op_check (op, error) || !tutti_jam_apply (self->jam, op, &stamp, &inverse, error))
    return NULL;
  tutti_history_happened (self->history, op, &stamp, self->time_us != 0 ? self->time_us : g_get_real_time ());
  g_signal_emit (self, signals[CHANGED], 0, &target, by);
  return inverse != NULL ? inverse : tutti_op_group_new ();
}

static void
notify_undo (TuttiSession *self)
{
  g_object_notify (G_OBJECT (self), "can-undo");
  g_object_notify (G_OBJECT (self), "can-redo");
}

gboolean
tutti_session_submit (TuttiSession *self, TuttiOp *op, GError **error)
{
  g_autoptr(TuttiOp) owned = op;
  TuttiOp *inverse = apply (self, owned, 1, error);

  if (inverse == NULL)
    return FALSE;
  if (tutti_op_spec (owned->kind)->undoable)
    {
      g_ptr_array_add (self->undo, inverse);
      g_ptr_array_set_size (self->redo, 0);
      notify_undo (self);
    }
  else
    tutti_op_free (inverse);
  return TRUE;
}

gint64
tutti_session_get_seq (TuttiSession *self)
{
  return self->seq;
}

gboolean
tutti_session_fake_receive (TuttiSession *self, TuttiOp *op, guint by)
{
  g_autoptr(TuttiOp) owned = op;
  g_autoptr(TuttiOp) inverse = apply (self, owned, by, NULL);

  return inverse != NULL;
}

static gboolean
take_back (TuttiSession *self, GPtrArray *from, GPtrArray *to, GError **error)
{
  if (from->len == 0)
    {
      g_set_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_MISSING, "Nothing of yours to undo");
      return FALSE;
    }
  g_autoptr(TuttiOp) op = g_ptr_array_steal_index (from, from->len - 1);
  TuttiOp *inverse = apply (self, op, 1, error);
  if (inverse == NULL)
    return FALSE;
  g_ptr_array_add (to, inverse);
  notify_undo (self);
  return TRUE;
}

gboolean
tutti_session_undo (TuttiSession *self, GError **error)
{
  return take_back (self, self->undo, self->redo, error);
}

gboolean
tutti_session_redo (TuttiSession *self, GError **error)
{
  return take_back (self, self->redo, self->undo, error);
}

gboolean
tutti_session_can_undo (TuttiSession *self)
{
  return self->undo->len > 0;
}

gboolean
tutti_session_can_redo (TuttiSession *self)
{
  return self->redo->len > 0;
}

gint64
tutti_session_get_frame (TuttiSession *self)
{
  return self->frame;
}

gint64
tutti_session_get_tick (TuttiSession *self)
{
  return self->tick;
}

/* Levels, one pair a track: still, so that pictures repeat; while the session runs they fall a few times a second. */
void
tutti_session_get_loudness (TuttiSession *self, double *short_term, double *peak)
{
  *short_term = self->jam->transport.playing ? -14.2 : -200;
  *peak = self->jam->transport.playing ? -1.3 : -200;
}

void
tutti_session_set_monitor_gain (TuttiSession *self, TuttiId track, int gain)
{
  self->monitor_gain = gain;
}

void
tutti_session_set_mono (TuttiSession *self, gboolean mono)
{
  self->mono = mono;
}

gboolean
tutti_session_get_mono (TuttiSession *self)
{
  return self->mono;
}

/* As if each of them worked a little otherwise. */
double
tutti_session_get_reduction (TuttiSession *self, TuttiId track, TuttiId effect)
{
  return self->jam->transport.playing ? 2.4 + effect.counter % 5 * 1.3 : 0;
}

int
tutti_session_fake_get_monitor_gain (TuttiSession *self)
{
  return self->monitor_gain;
}

void
tutti_session_get_peaks (TuttiSession *self, TuttiId track, float peaks[2])
{
  static const float levels[][2] = { { 0.62f, 0.42f }, { 0.24f, 0.19f }, { 0.15f, 0.12f }, { 0.004f, 0.004f },
                                     { 0.1f, 0.085f }, { 0.38f, 0.3f }, { 0.16f, 0.14f }, { 0.08f, 0.07f } };
  guint index = 0;

  if (tutti_jam_track (self->jam, track, &index) != NULL)
    memcpy (peaks, levels[index % G_N_ELEMENTS (levels)], 2 * sizeof *peaks);
  else
    peaks[0] = 0.55f, peaks[1] = 0.44f;
  if (!self->jam->transport.playing)
    peaks[0] = peaks[1] = 0;
  else if (self->began != 0)
    for (guint i = 0; i < 2; i++)
      peaks[i] *= 1.0f - (float) ((self->frame + index * FALL_FRAMES / 5) % FALL_FRAMES) / FALL_FRAMES;
}

void
tutti_session_get_timing (TuttiSession *self, TuttiTiming *timing)
{
  const TuttiTrail *trail = &self->trail;
  guint n = tutti_trail_get_n (trail);

  *timing = self->timing;
  /* Its newest second is now. */
  timing->drop_outs_lately = n == 0 ? 0 : tutti_trail_count_drop_outs (trail, tutti_trail_get (trail, n - 1)->second, TUTTI_LATELY_S);
}

void
tutti_session_resync (TuttiSession *self)
{
  self->timing.syncs++;
}

guint64
tutti_session_get_hash (TuttiSession *self)
{
  return tutti_jam_hash (self->jam);
}

gboolean
tutti_session_wish (TuttiSession *self, TuttiWish what, GError **error)
{
  g_signal_emit (self, signals[WISHED], 0, 1u, (int) what);
  return TRUE;
}

/* Everyone is alike but the second person, whose first track is not. */
gboolean
tutti_session_compare (TuttiSession *self, GError **error)
{
  g_autoptr(GArray) comparison = tutti_comparison_new ();

  for (guint number = 1; number <= 4; number++)
    {
      TuttiRenderedTrack track = { self->jam->n_tracks > 0 ? self->jam->tracks[0]->id : tutti_id (0, 0), number == 2 };
      g_auto(TuttiRendered) rendered = { .second = 7, .hash = number == 2, .tracks = g_array_new (FALSE, FALSE, sizeof track) };

      g_array_append_val (rendered.tracks, track);
      tutti_comparison_add (comparison, number, &rendered);
    }
  tutti_comparison_judge (comparison);
  g_signal_emit (self, signals[COMPARED], 0, (gint64) 7, comparison);
  return TRUE;
}

const TuttiOp *
tutti_session_peek_undo (TuttiSession *self, gboolean redo, guint *blocked_by)
{
  const GPtrArray *from = redo ? self->redo : self->undo;

  *blocked_by = 0;
  return from->len > 0 ? from->pdata[from->len - 1] : NULL;
}

const TuttiTrail *
tutti_session_get_trail (TuttiSession *self)
{
  return &self->trail;
}

const TuttiReport *
tutti_member_get_report (TuttiMember *self)
{
  return self->report.quality != 0 ? &self->report : NULL;
}

void
tutti_session_fake_report (TuttiSession *self, const TuttiReport *report)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->people)); i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (G_LIST_MODEL (self->people), i);

      if (member->number != report->number)
        continue;
      member->report = *report;
      g_object_notify (G_OBJECT (member), "present");
    }
}

void
tutti_session_fake_note (TuttiSession *self, const TuttiTrailSample *sample, const TuttiTrailCounts *counts)
{
  tutti_trail_note (&self->trail, sample, counts);
}

void
tutti_session_audition (TuttiSession *self, const char *sound, int pitch, int velocity)
{
}

void
tutti_session_audition_track (TuttiSession *self, TuttiId track, int pitch, int velocity)
{
}

gboolean
tutti_session_try (TuttiSession *self, const TuttiOp *op)
{
  tutti_session_stop_trying (self);
  self->tried = tutti_op_to_text (op);
  return TRUE;
}

gboolean
tutti_session_try_jam (TuttiSession *self, const TuttiJam *jam)
{
  tutti_session_stop_trying (self);
  self->tried = g_strdup (jam->tracks[0]->sound);
  return TRUE;
}

void
tutti_session_stop_trying (TuttiSession *self)
{
  g_clear_pointer (&self->tried, g_free);
}

void
tutti_session_fake_keep_sounds (TuttiSession *self, const char *folder)
{
  g_clear_object (&self->library);
  self->library = tutti_sound_library_new (folder, 16 * 1024 * 1024);
}

const char *
tutti_session_fake_get_tried (TuttiSession *self)
{
  return self->tried;
}

TuttiScoreSound *
tutti_session_look_up_sound (TuttiSession *self, const char *sound)
{
  return tutti_sound_bank_get_now (self->bank, sound);
}

void
tutti_session_panic (TuttiSession *self)
{
}

static void
session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TuttiSession *self = TUTTI_SESSION (object);

  if (id == PROP_STATE)
    g_value_set_int (value, self->state);
  else
    g_value_set_boolean (value, id == PROP_CAN_UNDO ? self->undo->len > 0 : self->redo->len > 0);
}

/* ---- what was ---- */

TuttiHistory *
tutti_session_get_history (TuttiSession *self)
{
  return self->history;
}

GListModel *
tutti_session_get_conflicts (TuttiSession *self)
{
  return G_LIST_MODEL (self->conflicts);
}

void
tutti_session_dismiss (TuttiSession *self, TuttiConflict *conflict)
{
  guint position;

  if (g_list_store_find (self->conflicts, conflict, &position))
    g_list_store_remove (self->conflicts, position);
}

gboolean
tutti_session_put_back (TuttiSession *self, TuttiConflict *conflict, GError **error)
{
  gboolean done = tutti_session_submit (self, tutti_op_copy (tutti_conflict_get_lost (conflict)), error);

  if (done)
    tutti_session_dismiss (self, conflict);
  return done;
}

void
tutti_session_fake_set_time (TuttiSession *self, gint64 time_us)
{
  self->time_us = time_us;
}

void
tutti_session_fake_cross (TuttiSession *self, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands)
{
  g_autoptr(TuttiConflict) conflict = tutti_conflict_new (mine, theirs, by, mine_stands);

  g_list_store_insert (self->conflicts, 0, conflict);
}

static void
set_hearing (TuttiSession *self, gint64 seq)
{
  self->hearing = seq;
  g_signal_emit (self, signals[HEARING], 0);
}

gboolean
tutti_session_hear (TuttiSession *self, gint64 seq, GError **error)
{
  set_hearing (self, seq);
  return TRUE;
}

void
tutti_session_stop_hearing (TuttiSession *self)
{
  set_hearing (self, -1);
}

gint64
tutti_session_get_hearing (TuttiSession *self)
{
  return self->hearing;
}

gboolean
tutti_session_get_heard_tick (TuttiSession *self, gint64 *tick)
{
  *tick = self->tick;
  return self->hearing >= 0;
}

gboolean
tutti_session_go_back (TuttiSession *self, gint64 seq, GError **error)
{
  g_signal_emit (self, signals[PAST], 0, TUTTI_PAST_GO_BACK, seq, NULL, NULL);
  return TRUE;
}

gboolean
tutti_session_branch (TuttiSession *self, gint64 seq, const char *name, GError **error)
{
  g_signal_emit (self, signals[PAST], 0, TUTTI_PAST_BRANCH, seq, NULL, "branch");
  return TRUE;
}

static void
session_finalize (GObject *object)
{
  TuttiSession *self = TUTTI_SESSION (object);

  tutti_jam_free (self->jam);
  tutti_lines_free (self->lines);
  g_object_unref (self->bank);
  g_clear_object (&self->library);
  g_clear_object (&self->output);
  g_free (self->tried);
  for (guint i = 0; i < G_N_ELEMENTS (self->picture); i++)
    g_free (self->picture[i]);
  g_object_unref (self->people);
  g_object_unref (self->history);
  g_object_unref (self->conflicts);
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  g_ptr_array_unref (self->waiting);
  G_OBJECT_CLASS (tutti_session_parent_class)->finalize (object);
}

static void
tutti_session_class_init (TuttiSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = session_get_property;
  object_class->finalize = session_finalize;
  g_object_class_install_property (object_class, PROP_STATE, g_param_spec_int ("state", NULL, NULL, 0, 9, 0, flags));
  g_object_class_install_property (object_class, PROP_CAN_UNDO, g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags));
  g_object_class_install_property (object_class, PROP_CAN_REDO, g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags));
#define SIGNAL(id, name, n, ...) \
  signals[id] = g_signal_new (name, TUTTI_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n, ##__VA_ARGS__)
  SIGNAL (CHANGED, "changed", 2, G_TYPE_POINTER, G_TYPE_UINT);
  SIGNAL (REFUSED, "refused", 2, G_TYPE_POINTER, G_TYPE_POINTER);
  SIGNAL (CROSSED, "crossed", 4, G_TYPE_POINTER, G_TYPE_POINTER, G_TYPE_UINT, G_TYPE_BOOLEAN);
  SIGNAL (WAITING, "waiting", 0);
  SIGNAL (LATE, "late", 2, G_TYPE_POINTER, G_TYPE_UINT);
  SIGNAL (JOINED, "joined", 1, TUTTI_TYPE_MEMBER);
  SIGNAL (LEFT, "left", 1, TUTTI_TYPE_MEMBER);
  SIGNAL (REPAIRED, "repaired", 0);
  SIGNAL (INVITED, "invited", 2, G_TYPE_STRING, G_TYPE_INT);
  SIGNAL (DENIED, "denied", 1, G_TYPE_STRING);
  SIGNAL (LOCKED, "locked", 0);
  SIGNAL (PAST, "past", 4, G_TYPE_INT, G_TYPE_INT64, G_TYPE_POINTER, G_TYPE_STRING);
  SIGNAL (HEARING, "hearing", 0);
  SIGNAL (MOVED, "moved", 1, TUTTI_TYPE_MEMBER);
  SIGNAL (SAID, "said", 1, G_TYPE_POINTER);
  SIGNAL (PICTURED, "pictured", 1, G_TYPE_UINT);
  SIGNAL (WISHED, "wished", 2, G_TYPE_UINT, G_TYPE_INT);
  SIGNAL (COMPARED, "compared", 2, G_TYPE_INT64, G_TYPE_POINTER);
}

static void
tutti_session_init (TuttiSession *self)
{
  self->jam = tutti_jam_new ();
  self->lines = tutti_lines_new ();
  self->bank = tutti_sound_bank_new (NULL);
  self->people = g_list_store_new (TUTTI_TYPE_MEMBER);
  self->history = tutti_history_new (nothing_earlier, self);
  self->conflicts = g_list_store_new (TUTTI_TYPE_CONFLICT);
  self->hearing = -1;
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);
  self->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);
  self->timing = (TuttiTiming) { .quality = TUTTI_QUALITY_IN_TIME, .round_trip_ms = 0.4, .jitter_ms = 0.1, .clock_error_us = 100,
                                 .offset_us = 31, .lead_ms = 52, .edit_latency_us = 420, .edits = 412 };
}

TuttiSession *
tutti_session_fake_new (void)
{
  return g_object_new (TUTTI_TYPE_SESSION, NULL);
}

void
tutti_session_fake_set_tick (TuttiSession *self, gint64 tick)
{
  self->tick = tick;
  self->frame = tutti_anchor_frame_of (&self->jam->transport.anchor, tick);
}

void
tutti_session_fake_run (TuttiSession *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->began == 0)
    self->began = now - self->frame * G_USEC_PER_SEC / TUTTI_FRAMES_PER_SECOND;
  self->frame = (now - self->began) * TUTTI_FRAMES_PER_SECOND / G_USEC_PER_SEC;
  self->tick = tutti_jam_tick_at (self->jam, self->frame);
}

void
tutti_session_fake_set_state (TuttiSession *self, TuttiSessionState state)
{
  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}

void
tutti_session_fake_set_timing (TuttiSession *self, const TuttiTiming *timing)
{
  self->timing = *timing;
}

void
tutti_session_fake_add_member (TuttiSession *self, guint number, const char *name, int colour, gboolean present)
{
  g_autoptr(TuttiMember) member = g_object_new (TUTTI_TYPE_MEMBER, NULL);

  member->number = number;
  member->name = g_strdup (name);
  member->colour = colour;
  member->present = present;
  g_list_store_append (self->people, member);
  tutti_session_fake_receive (self, tutti_op_new (TUTTI_OP_PERSON, TUTTI_N (number), name, TUTTI_N (colour)), 0);
}
