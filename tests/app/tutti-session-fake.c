/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A session without network and sound: its life, its document and its edits. */
#include "tutti-session-fake-private.h"

#include "tutti-jam-json.h"

G_DEFINE_FINAL_TYPE (TuttiSession, tutti_session, G_TYPE_OBJECT)

guint fake_signals[N_SIGNALS];
enum { PROP_STATE = 1, PROP_CAN_UNDO, PROP_CAN_REDO };

/* The fake began when it was made. */
static gboolean
nothing_earlier (gpointer user, gint64 before)
{
  tutti_history_were (((TuttiSession *) user)->history, 0, NULL);
  return TRUE;
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
  g_signal_emit (self, fake_signals[WAITING], 0);
}

TuttiClose
tutti_session_get_away_reason (TuttiSession *self)
{
  return self->away_reason;
}

void
tutti_session_fake_be_away (TuttiSession *self, TuttiClose why)
{
  self->away_reason = why;
  tutti_session_fake_set_state (self, TUTTI_SESSION_AWAY);
}

TuttiId
tutti_session_new_id (TuttiSession *self)
{
  return tutti_id (7, ++self->counter);
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
  g_signal_emit (self, fake_signals[CHANGED], 0, &target, by);
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

void
tutti_session_fake_note (TuttiSession *self, const TuttiTrailSample *sample, const TuttiTrailCounts *counts)
{
  tutti_trail_note (&self->trail, sample, counts);
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
  fake_signals[id] = g_signal_new (name, TUTTI_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n, ##__VA_ARGS__)
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
