/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Jams on disk. An interface, so that a building with many hosts can keep them elsewhere; the embedded
 * default is TuttiStoreSqlite.
 *
 * The store does not know music: operations, documents, settings and miniatures are opaque text within a
 * bound. It promises order and durability: what a call acknowledged is there after `kill -9`, and what a
 * call refused changed nothing.
 *
 * Times are microseconds of the wall clock (g_get_real_time ()) and are given by the caller.
 *
 * Thread: every synchronous call may come from any thread; it writes (and commits) in that thread. The
 * asynchronous forms run on the store's own thread, in the order of the calls. */

#define TUTTI_TYPE_STORE (tutti_store_get_type ())
G_DECLARE_INTERFACE (TuttiStore, tutti_store, TUTTI, STORE, GObject)

/* Bounds, in bytes where nothing else is said. Checked before anything is written. */
#define TUTTI_STORE_ID_MAX          64        /* jam and profile ids: letters, digits, '-', '_', '.' */
#define TUTTI_STORE_NAME_MAX        256
#define TUTTI_STORE_OP_MAX          (1 << 20)
#define TUTTI_STORE_DOCUMENT_MAX    (16 << 20)
#define TUTTI_STORE_SETTINGS_MAX    (64 << 10)
#define TUTTI_STORE_MINIATURE_MAX   (8 << 10)
#define TUTTI_STORE_DESCRIPTION_MAX 2048
#define TUTTI_STORE_CHAT_MAX        4096
#define TUTTI_STORE_BATCH_MAX       4096      /* operations in one append */
#define TUTTI_STORE_PEOPLE_MAX      65536     /* highest person number of a jam */

/* A snapshot is due after this many operations: loading replays at most about so many. */
#define TUTTI_STORE_SNAPSHOT_EVERY  256

/* How far back a jam's operations count as something that may be taken back: what a host knows of when it opens one. */
#define TUTTI_STORE_KEPT_OPS        1000

#define TUTTI_STORE_ERROR (tutti_store_error_quark ())

/* What a caller can act on:
 * @DAMAGED: the whole store cannot be trusted; it was left as it is.
 * @NEWER: written by a newer Tutti; left as it is.
 * @JAM_DAMAGED: this jam cannot be loaded whole, others can.
 * @BUSY: another process holds the store; try again.
 * @FULL: no room on the disk; nothing was written.
 * @READ_ONLY: the place cannot be written.
 * @NOT_FOUND: no such jam, person or setting (deleted jams included).
 * @CONFLICT: it exists already, or an operation does not follow the last one.
 * @INVALID: an argument is outside its bounds.
 * @FAILED: anything else the disk or the database answered. */
typedef enum
{
  TUTTI_STORE_ERROR_DAMAGED,
  TUTTI_STORE_ERROR_NEWER,
  TUTTI_STORE_ERROR_JAM_DAMAGED,
  TUTTI_STORE_ERROR_BUSY,
  TUTTI_STORE_ERROR_FULL,
  TUTTI_STORE_ERROR_READ_ONLY,
  TUTTI_STORE_ERROR_NOT_FOUND,
  TUTTI_STORE_ERROR_CONFLICT,
  TUTTI_STORE_ERROR_INVALID,
  TUTTI_STORE_ERROR_FAILED,
} TuttiStoreError;

GQuark tutti_store_error_quark (void);

/* What is known about a jam without loading it: enough for the start page. */
typedef struct
{
  char  *id;
  char  *name;
  char  *settings;             /* JSON that does not depend on the host's certificate */
  char  *miniature;            /* small JSON: the start page's picture of 16 × 4 steps */
  char  *description;
  char  *from_jam;             /* id of the jam that this one is a remix of; NULL: of none. Given once, when it is created … */
  char  *from_name;            /* … as is what that was called then … */
  gint64 from_seq;             /* … and how far it had come */
  gint64 created_us;
  gint64 updated_us;
  gint64 opened_us;
  gint64 deleted_us;           /* 0: not deleted */
  gint64 last_frame;           /* session frame up to which the jam has lived */
  int    n_tracks;
  gboolean published;          /* read only for everybody */
  guint  n_remixes;            /* jams here that are remixes of this one, deleted ones apart; counted when it is read */
} TuttiStoreJam;

/* One stamped operation as the host ordered it. */
typedef struct
{
  gint64 epoch;
  gint64 seq;                  /* 1, 2, 3 … without a hole */
  gint64 by;                   /* person number */
  gint64 at;                   /* session frame from which it is heard */
  char  *text;
  gint64 done_us;              /* when it was ordered; 0: not known */
} TuttiStoreOp;

/* A loaded jam: the document at @snapshot_seq and every operation after it, in order. */
typedef struct
{
  TuttiStoreJam *jam;
  char          *document;     /* (nullable): no snapshot yet, the operations start from an empty document */
  gint64         snapshot_seq; /* 0 without a snapshot */
  GPtrArray     *ops;          /* of TuttiStoreOp */
  gboolean       older_snapshot; /* the newest snapshot was damaged; nothing is lost, loading took longer */
  gboolean       cut_short;    /* only with TUTTI_STORE_LOAD_SALVAGE: operations after the last one are lost */
} TuttiStoreLoaded;

typedef enum
{
  TUTTI_STORE_LOAD_WHOLE,      /* all or TUTTI_STORE_ERROR_JAM_DAMAGED */
  TUTTI_STORE_LOAD_SALVAGE,    /* as much as is good, to be opened as a *new* jam; the damaged one stays as it is */
} TuttiStoreLoadMode;

typedef struct
{
  gint64 number;               /* person number within the jam, > 0 */
  char  *profile;              /* id of the profile */
  char  *token_hash;           /* (nullable): never the token itself */
  char  *name;
  char  *colour;
  char  *role;
  gint64 seen_us;
} TuttiStorePerson;

/* A row of the sample index. The file itself is content-addressed on disk. */
typedef struct
{
  char  *hash;                 /* SHA-256, 64 lower-case hexadecimal digits */
  char  *name;
  gint64 n_bytes;
  gint64 n_frames;
  int    n_channels;
  gint64 used_us;
} TuttiStoreSample;

typedef struct
{
  gint64 id;                   /* rises with time within the jam */
  gint64 by;
  gint64 sent_us;
  char  *text;
} TuttiStoreChat;

/* A jam's history as it comes from elsewhere. */
typedef struct
{
  gint64              seq;         /* the document's */
  const char         *document;
  const TuttiStoreOp *ops;         /* the last ones up to @seq, without gaps; may be none */
  gsize               n_ops;
  gint64              now_us;
} TuttiStoreAdoption;

typedef void (*TuttiStoreJob) (TuttiStore *self, GTask *task, gpointer data);

struct _TuttiStoreInterface
{
  GTypeInterface parent_iface;

  gboolean          (*create_jam)    (TuttiStore *self, const TuttiStoreJam *jam, GError **error);
  gboolean          (*adopt)         (TuttiStore *self, const TuttiStoreJam *jam, const TuttiStoreAdoption *adoption,
                                      GError **error);
  gboolean          (*update_jam)    (TuttiStore *self, const TuttiStoreJam *jam, GError **error);
  GPtrArray        *(*list_jams)     (TuttiStore *self, gboolean deleted, guint limit, GError **error);
  gboolean          (*set_deleted)   (TuttiStore *self, const char *jam, gint64 deleted_us, GError **error);
  gboolean          (*purge)         (TuttiStore *self, gint64 before_us, guint *n_purged, GError **error);
  gboolean          (*append)        (TuttiStore *self, const char *jam, const TuttiStoreOp *ops, gsize n_ops,
                                      GError **error);
  gboolean          (*snapshot_due)  (TuttiStore *self, const char *jam);
  gboolean          (*save_snapshot) (TuttiStore *self, const char *jam, gint64 seq, const char *document,
                                      gint64 now_us, GError **error);
  TuttiStoreLoaded *(*load)          (TuttiStore *self, const char *jam, TuttiStoreLoadMode mode, GError **error);
  GPtrArray        *(*list_ops)      (TuttiStore *self, const char *jam, gint64 after_seq, guint limit,
                                      GError **error);
  TuttiStoreLoaded *(*load_at)       (TuttiStore *self, const char *jam, gint64 seq, GError **error);
  gboolean          (*put_person)    (TuttiStore *self, const char *jam, const TuttiStorePerson *person,
                                      GError **error);
  gboolean          (*drop_person)   (TuttiStore *self, const char *jam, gint64 number, GError **error);
  TuttiStorePerson *(*find_person)   (TuttiStore *self, const char *jam, const char *token_hash, GError **error);
  GPtrArray        *(*list_people)   (TuttiStore *self, const char *jam, GError **error);
  gboolean          (*put_sample)    (TuttiStore *self, const TuttiStoreSample *sample, GError **error);
  GPtrArray        *(*list_samples)  (TuttiStore *self, GError **error);
  gboolean          (*drop_sample)   (TuttiStore *self, const char *hash, GError **error);
  gboolean          (*names_sample)  (TuttiStore *self, const char *hash, gboolean *named, GError **error);
  gint64            (*append_chat)   (TuttiStore *self, const char *jam, gint64 by, gint64 sent_us,
                                      const char *text, GError **error);
  GPtrArray        *(*list_chat)     (TuttiStore *self, const char *jam, gint64 before_id, guint limit,
                                      GError **error);
  gboolean          (*set_setting)   (TuttiStore *self, const char *key, const char *value, GError **error);
  char             *(*dup_setting)   (TuttiStore *self, const char *key, GError **error);
  void              (*submit)        (TuttiStore *self, GTask *task, TuttiStoreJob job);
  void              (*flush)         (TuttiStore *self);
  gboolean          (*close)         (TuttiStore *self, GError **error);
};

/* --- jams --- */

/* Adds a jam. @jam needs id and name; the rest may be NULL or 0. An id that exists, a deleted one included,
 * is TUTTI_STORE_ERROR_CONFLICT. */
gboolean tutti_store_create_jam (TuttiStore *self, const TuttiStoreJam *jam, GError **error);

/* Makes jam->id what @adoption says, in one step: what was kept of it here, as another host had it, gives way. People are put
 * after it. */
gboolean tutti_store_adopt (TuttiStore *self, const TuttiStoreJam *jam, const TuttiStoreAdoption *adoption, GError **error);

/* Changes what is known about jam->id: a NULL text, a time of 0 and n_tracks < 0 (then @published as well) mean "leave it";
 * last_frame only grows. What it is a remix of stays. */
gboolean tutti_store_update_jam (TuttiStore *self, const TuttiStoreJam *jam, GError **error);
void     tutti_store_update_jam_async (TuttiStore *self, const TuttiStoreJam *jam, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);

/* Returns: (transfer full): up to @limit TuttiStoreJam (0: all), most recently opened or changed first;
 * with @deleted those that wait for being purged instead. */
GPtrArray *tutti_store_list_jams (TuttiStore *self, gboolean deleted, guint limit, GError **error);
void       tutti_store_list_jams_async (TuttiStore *self, gboolean deleted, guint limit, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *tutti_store_list_jams_finish (TuttiStore *self, GAsyncResult *result, GError **error);

/* Marks a jam as deleted at @now_us; tutti_store_restore_jam() takes it back until it is purged. */
gboolean tutti_store_delete_jam (TuttiStore *self, const char *jam, gint64 now_us, GError **error);
void     tutti_store_delete_jam_async (TuttiStore *self, const char *jam, gint64 now_us, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
gboolean tutti_store_restore_jam (TuttiStore *self, const char *jam, GError **error);

/* Removes for good what was deleted before @before_us, in slices, so that appends get in between.
 * @n_purged: (out) (optional). */
gboolean tutti_store_purge (TuttiStore *self, gint64 before_us, guint *n_purged, GError **error);

/* --- the log --- */

/* Appends operations in one transaction, committed before this returns TRUE: only then may they be
 * broadcast. The first must follow the jam's last one (or its newest snapshot), else
 * TUTTI_STORE_ERROR_CONFLICT; a refusal leaves none of them behind. */
gboolean tutti_store_append (TuttiStore *self, const char *jam, const TuttiStoreOp *ops, gsize n_ops,
                             GError **error);
gboolean tutti_store_append_op (TuttiStore *self, const char *jam, gint64 epoch, gint64 seq, gint64 by, gint64 at,
                                const char *text, GError **error);

/* The same on the store's thread, for callers that must not wait for the disk. Copies @ops. */
void     tutti_store_append_async (TuttiStore *self, const char *jam, const TuttiStoreOp *ops, gsize n_ops,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* Whether TUTTI_STORE_SNAPSHOT_EVERY operations were appended since the last snapshot (FALSE for a jam that
 * this object has not written yet). */
gboolean tutti_store_snapshot_due (TuttiStore *self, const char *jam);

/* Of this many operations the first snapshot stays for good, so that any moment is rebuilt from at most about so many. */
#define TUTTI_STORE_MOMENTS_EVERY 4096

/* Keeps the document as it is after operation @seq. The first and the newest two stay, and one in TUTTI_STORE_MOMENTS_EVERY.
 * A @seq beyond the log is allowed (a copy that was caught up by snapshot); the next operation then follows @seq. */
gboolean tutti_store_save_snapshot (TuttiStore *self, const char *jam, gint64 seq, const char *document,
                                    gint64 now_us, GError **error);
void     tutti_store_save_snapshot_async (TuttiStore *self, const char *jam, gint64 seq, const char *document,
                                          gint64 now_us, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);

/* Returns: (transfer full): the newest good snapshot with everything after it. */
TuttiStoreLoaded *tutti_store_load (TuttiStore *self, const char *jam, TuttiStoreLoadMode mode, GError **error);
void              tutti_store_load_async (TuttiStore *self, const char *jam, TuttiStoreLoadMode mode,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer user_data);
TuttiStoreLoaded *tutti_store_load_finish (TuttiStore *self, GAsyncResult *result, GError **error);

/* Returns: (transfer full): the jam as it was after operation @seq, as a snapshot from then or before and what follows it up to
 * there. TUTTI_STORE_ERROR_NOT_FOUND where that is not kept (any more), or never was. */
TuttiStoreLoaded *tutti_store_load_at (TuttiStore *self, const char *jam, gint64 seq, GError **error);

/* Returns: (transfer full): up to @limit TuttiStoreOp (0: all) after @after_seq, or from the first that is kept on, in order:
 * history, and the difference for somebody who returns. */
GPtrArray *tutti_store_list_ops (TuttiStore *self, const char *jam, gint64 after_seq, guint limit, GError **error);

/* Ends every asynchronous call that answers yes or no. */
gboolean tutti_store_write_finish (TuttiStore *self, GAsyncResult *result, GError **error);

/* --- people, sounds, chat, settings --- */

/* Adds or replaces the person with that number. A token that belongs to another number is a CONFLICT. */
gboolean          tutti_store_put_person (TuttiStore *self, const char *jam, const TuttiStorePerson *person,
                                          GError **error);
/* Forgets the person with that number, if there is one. */
gboolean          tutti_store_drop_person (TuttiStore *self, const char *jam, gint64 number, GError **error);
/* Returns: (transfer full): who holds the token, or NULL with TUTTI_STORE_ERROR_NOT_FOUND. */
TuttiStorePerson *tutti_store_find_person (TuttiStore *self, const char *jam, const char *token_hash,
                                           GError **error);
/* Returns: (transfer full): TuttiStorePerson by number. */
GPtrArray        *tutti_store_list_people (TuttiStore *self, const char *jam, GError **error);

/* Adds a sound to the index, or marks it as used again under its first name. */
gboolean   tutti_store_put_sample (TuttiStore *self, const TuttiStoreSample *sample, GError **error);
/* Forgets a sound; nothing happens when there is none. The file is the caller's. */
gboolean   tutti_store_drop_sample (TuttiStore *self, const char *hash, GError **error);

/* @named: (out): whether a jam here, deleted ones that wait for being purged included, could still ask for the sound: a kept
 * document or one of the last TUTTI_STORE_KEPT_OPS operations of a jam names its hash. Reads all of those. */
gboolean   tutti_store_names_sample (TuttiStore *self, const char *hash, gboolean *named, GError **error);

/* Returns: (transfer full): TuttiStoreSample, most recently used first. */
GPtrArray *tutti_store_list_samples (TuttiStore *self, GError **error);

/* Returns: the message's id, or 0 with @error. */
gint64     tutti_store_append_chat (TuttiStore *self, const char *jam, gint64 by, gint64 sent_us, const char *text,
                                    GError **error);
/* Returns: (transfer full): the newest @limit TuttiStoreChat with an id below @before_id (0: from the end), oldest first. */
GPtrArray *tutti_store_list_chat (TuttiStore *self, const char *jam, gint64 before_id, guint limit, GError **error);

/* A NULL @value removes the setting. */
gboolean   tutti_store_set_setting (TuttiStore *self, const char *key, const char *value, GError **error);
/* Returns: (transfer full): the value, or NULL with TUTTI_STORE_ERROR_NOT_FOUND. */
char      *tutti_store_dup_setting (TuttiStore *self, const char *key, GError **error);

/* --- the end --- */

/* Waits until every asynchronous call made so far is done. */
void     tutti_store_flush (TuttiStore *self);

/* Flushes and lets go of the files. Later calls answer TUTTI_STORE_ERROR_FAILED. */
gboolean tutti_store_close (TuttiStore *self, GError **error);

/* --- values --- */

TuttiStoreJam *tutti_store_jam_copy (const TuttiStoreJam *jam);
void           tutti_store_jam_free (TuttiStoreJam *jam);
void           tutti_store_op_free (TuttiStoreOp *op);
void           tutti_store_loaded_free (TuttiStoreLoaded *loaded);
void           tutti_store_person_free (TuttiStorePerson *person);
void           tutti_store_sample_free (TuttiStoreSample *sample);
void           tutti_store_chat_free (TuttiStoreChat *chat);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiStoreJam, tutti_store_jam_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiStoreOp, tutti_store_op_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiStoreLoaded, tutti_store_loaded_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiStorePerson, tutti_store_person_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiStoreSample, tutti_store_sample_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiStoreChat, tutti_store_chat_free)

G_END_DECLS
