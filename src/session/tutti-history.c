/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-history.h"

#include "tutti-jam-moment.h"

/* Edits that follow each other within this time are made in one go, up to so long in all. */
#define RUN_GAP_US (5 * G_USEC_PER_SEC)
#define RUN_MAX_US (60 * G_USEC_PER_SEC)

/* Two people who paint at once do not cut each other's runs: so many moments are looked at. */
#define RUN_NEIGHBOURS 4

/* After so long without an edit what comes is a moment to remember. */
#define PAUSE_US (15 * 60 * (gint64) G_USEC_PER_SEC)

/* Moments kept here; the oldest can be asked for again. */
#define MOMENTS_MAX 4000

/* ---- a moment ---- */

struct _TuttiMoment
{
  GObject  parent_instance;
  TuttiOp *op;                 /* owned (nullable): the newest */
  gint64   first, last;        /* seq */
  gint64   first_us, last_us;
  guint    by, n_ops;
  guint64  steps[2];           /* which of a clip, as bits */
  gboolean after_pause;
};

G_DEFINE_FINAL_TYPE (TuttiMoment, tutti_moment, G_TYPE_OBJECT)

static guint signal_changed;

static void
tutti_moment_finalize (GObject *object)
{
  tutti_op_free (TUTTI_MOMENT (object)->op);
  G_OBJECT_CLASS (tutti_moment_parent_class)->finalize (object);
}

static void
tutti_moment_class_init (TuttiMomentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tutti_moment_finalize;
  signal_changed = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tutti_moment_init (TuttiMoment *self)
{
}

static gboolean
is_about_steps (const TuttiOp *op)
{
  return tutti_op_spec (op->kind)->scope == TUTTI_SCOPE_STEP || op->kind == TUTTI_OP_STEPS;
}

static void
note_steps (TuttiMoment *self, const TuttiOp *op)
{
  guint n = op->kind == TUTTI_OP_STEPS ? op->arg[2].steps->n : 1;

  for (gint64 i = op->arg[1].number; is_about_steps (op) && i < op->arg[1].number + n && i < TUTTI_STEPS_MAX; i++)
    self->steps[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
}

/* @op: (nullable) */
static TuttiMoment *
moment_new (const TuttiOp *op, const TuttiStamp *stamp, gint64 time_us)
{
  TuttiMoment *self = g_object_new (TUTTI_TYPE_MOMENT, NULL);

  self->op = op != NULL ? tutti_op_copy (op) : NULL;
  self->first = self->last = stamp->seq;
  self->first_us = self->last_us = time_us;
  self->by = stamp->by;
  self->n_ops = op != NULL;
  if (op != NULL)
    note_steps (self, op);
  return self;
}

gint64
tutti_moment_get_seq (TuttiMoment *self)
{
  return self->last;
}

guint
tutti_moment_get_by (TuttiMoment *self)
{
  return self->by;
}

gint64
tutti_moment_get_time_us (TuttiMoment *self)
{
  return self->last_us;
}

const TuttiOp *
tutti_moment_get_op (TuttiMoment *self)
{
  return self->op;
}

guint
tutti_moment_get_n_ops (TuttiMoment *self)
{
  return self->n_ops;
}

guint
tutti_moment_get_n_steps (TuttiMoment *self)
{
  guint n = 0;

  for (guint i = 0; i < TUTTI_STEPS_MAX; i++)
    n += (self->steps[i / 64] >> (i % 64)) & 1;
  return n;
}

gboolean
tutti_moment_is_landmark (TuttiMoment *self)
{
  gint64 seq;

  if (self->op == NULL || self->after_pause || tutti_op_goes_back (self->op, &seq))
    return TRUE;
  switch ((int) self->op->kind)
    {
    case TUTTI_OP_PERSON:
    case TUTTI_OP_MOMENT:
    case TUTTI_OP_JAM_NAME:
    case TUTTI_OP_SCENE_ADD:
    case TUTTI_OP_SCENE_DELETE:
    case TUTTI_OP_SCENE_RESTORE:
    case TUTTI_OP_TRACK_ADD:
    case TUTTI_OP_TRACK_DELETE:
    case TUTTI_OP_TRACK_RESTORE:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Whether @a and @b are edits of one kind on one thing: steps of one clip, or one value that is dragged. */
static gboolean
is_same_work (const TuttiOp *a, const TuttiOp *b)
{
  if (is_about_steps (a) && is_about_steps (b))
    return tutti_id_equal (a->arg[0].id, b->arg[0].id);
  return a->kind == b->kind && tutti_op_spec (a->kind)->undoable && a->kind != TUTTI_OP_GROUP && tutti_op_collides (a, b);
}

/* Whether @op, by @stamp->by at @time_us, belongs to the run that @self is. */
static gboolean
continues (const TuttiMoment *self, const TuttiOp *op, const TuttiStamp *stamp, gint64 time_us)
{
  gint64 gap = time_us > self->last_us ? time_us - self->last_us : self->first_us - time_us;
  gint64 length = MAX (time_us, self->last_us) - MIN (time_us, self->first_us);

  return self->op != NULL && self->by == stamp->by && gap <= RUN_GAP_US && length <= RUN_MAX_US && is_same_work (self->op, op);
}

static void
grow (TuttiMoment *self, const TuttiOp *op, const TuttiStamp *stamp, gint64 time_us)
{
  self->n_ops++;
  note_steps (self, op);
  if (stamp->seq > self->last)
    {
      tutti_op_free (self->op);
      self->op = tutti_op_copy (op);
      self->last = stamp->seq;
      self->last_us = time_us;
    }
  else
    {
      self->first = stamp->seq;
      self->first_us = time_us;
    }
  g_signal_emit (self, signal_changed, 0);
}

/* ---- the list ---- */

struct _TuttiHistory
{
  GObject         parent_instance;
  TuttiHistoryAsk ask;
  gpointer        user;
  GPtrArray      *moments;         /* of TuttiMoment, newest first */
  gint64          newest, oldest;  /* seq of the operations heard of; 0 none */
  gint64          next;            /* to ask for; 0: the newest */
  gboolean        loading, complete;
  char           *why;
};

static GType
get_item_type (GListModel *model)
{
  return TUTTI_TYPE_MOMENT;
}

static guint
get_n_items (GListModel *model)
{
  return TUTTI_HISTORY (model)->moments->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  TuttiHistory *self = TUTTI_HISTORY (model);

  return position < self->moments->len ? g_object_ref (self->moments->pdata[position]) : NULL;
}

static void
init_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TuttiHistory, tutti_history, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_model))

static guint signal_loaded;

static void
tutti_history_finalize (GObject *object)
{
  g_ptr_array_unref (TUTTI_HISTORY (object)->moments);
  g_free (TUTTI_HISTORY (object)->why);
  G_OBJECT_CLASS (tutti_history_parent_class)->finalize (object);
}

static void
tutti_history_class_init (TuttiHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tutti_history_finalize;
  signal_loaded = g_signal_new ("loaded", TUTTI_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tutti_history_init (TuttiHistory *self)
{
  self->moments = g_ptr_array_new_with_free_func (g_object_unref);
}

TuttiHistory *
tutti_history_new (TuttiHistoryAsk ask, gpointer user)
{
  TuttiHistory *self = g_object_new (TUTTI_TYPE_HISTORY, NULL);

  self->ask = ask;
  self->user = user;
  return self;
}

void
tutti_history_set_ask (TuttiHistory *self, TuttiHistoryAsk ask, gpointer user)
{
  self->ask = ask;
  self->user = user;
}

void
tutti_history_load_more (TuttiHistory *self)
{
  if (self->loading || self->complete || self->moments->len >= MOMENTS_MAX)
    return;
  self->loading = TRUE;
  if (!self->ask (self->user, self->next))
    self->loading = FALSE;
}

gboolean
tutti_history_has_more (TuttiHistory *self)
{
  return !self->complete && self->moments->len < MOMENTS_MAX;
}

const char *
tutti_history_get_why (TuttiHistory *self)
{
  return self->why;
}

/* ---- growing ---- */

static TuttiMoment *
moment_at (TuttiHistory *self, guint position)
{
  return self->moments->pdata[position];
}

/* What is forgotten is asked for again when somebody scrolls there. */
static void
forget_oldest (TuttiHistory *self)
{
  guint last = self->moments->len - 1;

  if (self->moments->len <= MOMENTS_MAX)
    return;
  self->oldest = moment_at (self, last - 1)->first;
  self->next = self->oldest;
  self->complete = FALSE;
  g_ptr_array_remove_index (self->moments, last);
  g_list_model_items_changed (G_LIST_MODEL (self), last, 1, 0);
}

static void
put_first (TuttiHistory *self, TuttiMoment *moment)
{
  g_ptr_array_insert (self->moments, 0, moment);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  forget_oldest (self);
}

/* What was deleted is let go in the end; nobody did that. */
static gboolean
is_worth_telling (const TuttiOp *op)
{
  return op->kind != TUTTI_OP_PURGE;
}

void
tutti_history_happened (TuttiHistory *self, const TuttiOp *op, const TuttiStamp *stamp, gint64 time_us)
{
  if (stamp->seq <= self->newest)
    return;
  self->newest = stamp->seq;
  if (self->oldest == 0)
    self->oldest = self->next = stamp->seq;
  if (!is_worth_telling (op))
    return;
  for (guint i = 0; i < MIN (self->moments->len, RUN_NEIGHBOURS); i++)
    if (continues (moment_at (self, i), op, stamp, time_us))
      {
        TuttiMoment *moment = g_ptr_array_steal_index (self->moments, i);

        grow (moment, op, stamp, time_us);
        g_ptr_array_insert (self->moments, 0, moment);
        g_list_model_items_changed (G_LIST_MODEL (self), 0, i + 1, i + 1);
        return;
      }
  TuttiMoment *fresh = moment_new (op, stamp, time_us);

  fresh->after_pause = self->moments->len > 0 && time_us - moment_at (self, 0)->last_us > PAUSE_US;
  put_first (self, fresh);
}

static void
put_last (TuttiHistory *self, TuttiMoment *moment)
{
  guint n = self->moments->len;

  g_ptr_array_add (self->moments, moment);
  g_list_model_items_changed (G_LIST_MODEL (self), n, 0, 1);
  if (n == 0 || moment->last_us == 0)
    return;
  /* What comes later was there first. */
  TuttiMoment *later = moment_at (self, n - 1);

  later->after_pause = later->first_us - moment->last_us > PAUSE_US;
  if (later->after_pause)
    g_list_model_items_changed (G_LIST_MODEL (self), n - 1, 1, 1);
}

void
tutti_history_was (TuttiHistory *self, const TuttiOp *op, const TuttiStamp *stamp, gint64 time_us)
{
  guint n = self->moments->len;

  if (self->oldest != 0 && stamp->seq >= self->oldest)
    return;
  self->oldest = stamp->seq;
  self->newest = MAX (self->newest, stamp->seq);
  if (!is_worth_telling (op))
    return;
  for (guint i = n; i-- > (n > RUN_NEIGHBOURS ? n - RUN_NEIGHBOURS : 0); )
    if (time_us != 0 && continues (moment_at (self, i), op, stamp, time_us))
      {
        grow (moment_at (self, i), op, stamp, time_us);
        g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 1);
        return;
      }
  put_last (self, moment_new (op, stamp, time_us));
}

void
tutti_history_were (TuttiHistory *self, gint64 before, const char *why)
{
  if (!self->loading)
    return;
  self->loading = FALSE;
  self->next = before;
  self->complete = before == 0;
  g_free (self->why);
  self->why = g_strdup (why);
  /* Where it begins with the first operation, it begins with the jam. */
  if (self->complete && why == NULL && self->oldest <= 1)
    put_last (self, moment_new (NULL, &(TuttiStamp) { 0 }, 0));
  g_signal_emit (self, signal_loaded, 0);
}

void
tutti_history_reset (TuttiHistory *self)
{
  guint n = self->moments->len;

  g_ptr_array_set_size (self->moments, 0);
  self->newest = self->oldest = self->next = 0;
  self->loading = self->complete = FALSE;
  g_clear_pointer (&self->why, g_free);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
  g_signal_emit (self, signal_loaded, 0);
}
