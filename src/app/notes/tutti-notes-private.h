/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-note-grid.h"

#include "tutti-draw.h"
#include "tutti-palette.h"

/* The piano roll's parts, shared by its files alone. */

#define TUTTI_NOTE_MIDDLE_KEY 60       /* what is looked at where no notes are */
#define TUTTI_NOTE_STEP_TICKS 240
#define TUTTI_NOTE_STEP_WIDTH 36.0     /* of a sixteenth at 100 % */
#define TUTTI_NOTE_EDGE 8.0            /* of a note's end that makes it longer */

/* What a drag does. */
typedef enum { TUTTI_DRAG_NOTHING, TUTTI_DRAG_NEW, TUTTI_DRAG_MOVE, TUTTI_DRAG_RESIZE, TUTTI_DRAG_BOX, TUTTI_DRAG_VELOCITY } TuttiNoteDrag;

/* What somebody just changed, until it fades. */
typedef struct
{
  TuttiId id;
  int     colour;              /* TuttiPersonColour */
  gint64  until_us;
} TuttiNoteFlash;

struct _TuttiNoteGrid
{
  GtkWidget      parent_instance;
  TuttiSession  *session;      /* owned */
  TuttiId        track, clip, ghost;
  TuttiNoteTool  tool;
  guint          stamp;        /* TuttiHarmony or TuttiStampKind: what the chord tool stamps */
  int            snap;         /* ticks, 0 off */
  gboolean       lock, fold, chord_lock;
  double         zoom;
  gint32         last_length;  /* of a new note */
  guint8         last_velocity;

  guint8         row_keys[TUTTI_KEY_MAX + 1];   /* key of each row, the highest first */
  guint          n_rows;
  GArray        *shown;        /* of TuttiNote: as in the document, with what a drag makes of them */
  GHashTable    *selected;     /* set of TuttiId, owned keys */
  GArray        *flashes;      /* of TuttiNoteFlash */
  guint          fading;       /* tick callback */
  GArray        *people;       /* owned: on which notes others are (tutti-note-people.c) */
  guint          ageing;       /* source */

  gint32         cursor_tick;
  int            cursor_key, anchor_key;
  gint32         anchor_tick;
  gint64         playhead;

  TuttiNoteDrag  drag;
  GArray        *dragged;      /* of TuttiNote: as they were when the drag began; for new ones as they are made */
  gint32         drag_tick;
  int            drag_key, heard_key;
  double         pointer_x;    /* where the pointer was last: zooming keeps that place */
  gboolean       copies;       /* the dragged stay, copies of them move */
  TuttiBox       box;          /* being dragged over empty space */
  GskRenderNode *background;   /* (nullable) cached */
  TuttiBox       background_area;
  guint64        background_look;
};

/* ---- places (tutti-note-place.c) ---- */

double   tutti_note_x (TuttiNoteGrid *self, gint64 tick);
gint32   tutti_note_tick (TuttiNoteGrid *self, double x);
int      tutti_note_row (TuttiNoteGrid *self, int key);              /* the row of @key, or where it would be when it is folded away */
int      tutti_note_key (TuttiNoteGrid *self, double y);
TuttiBox tutti_note_box (TuttiNoteGrid *self, const TuttiNote *note);
gint32   tutti_note_snap (TuttiNoteGrid *self, gint32 tick, gboolean nearest);
gint32   tutti_note_step (TuttiNoteGrid *self);                      /* what a key press moves by */

/* The key that is drawn at @tick where the hand is at @key: in the scale, or in the chord that is meant there, as is chosen. */
int      tutti_note_fit (TuttiNoteGrid *self, gint32 tick, int key);

/* The keys that the chord tool stamps at @tick from @key; returns how many. */
guint    tutti_note_stamp (TuttiNoteGrid *self, gint32 tick, int key, int keys[TUTTI_HARMONY_KEYS_MAX]);

/* What of it can be seen, in its own coordinates. */
TuttiBox tutti_note_grid_visible (TuttiNoteGrid *self);

/* ---- notes (tutti-note-selection.c, tutti-note-grid.c) ---- */

const TuttiNote *tutti_note_at (TuttiNoteGrid *self, double x, double y);
gboolean tutti_note_selected (TuttiNoteGrid *self, TuttiId id);
void     tutti_note_select (TuttiNoteGrid *self, TuttiId id, gboolean on);
void     tutti_note_select_none (TuttiNoteGrid *self);
void     tutti_note_select_box (TuttiNoteGrid *self, gint32 from, gint32 to, int low, int high);
GArray  *tutti_note_picked (TuttiNoteGrid *self);                    /* copies of the selected, or all: (transfer full), of TuttiNote */
gboolean tutti_note_outside (TuttiNoteGrid *self, int key);

/* Shows @notes in place of, or beside, what the document has. */
void     tutti_note_preview (TuttiNoteGrid *self, const GArray *notes);

/* Asks for what makes the clip's notes like @notes. */
void     tutti_note_commit (TuttiNoteGrid *self, const GArray *notes);

/* The same for @fields of them alone: what others did to the rest of a note meanwhile, or to the note itself, stands. */
void     tutti_note_commit_fields (TuttiNoteGrid *self, const GArray *notes, guint fields);
void     tutti_note_delete (TuttiNoteGrid *self, const TuttiId *ids, guint n);
void     tutti_note_hear (TuttiNoteGrid *self, int key, int velocity);

/* Everything beside the grid draws again too. */
void     tutti_note_grid_moved (TuttiNoteGrid *self);

/* ---- the others ---- */

GArray  *tutti_note_people_new (void);                                           /* tutti-note-people.c */
void     tutti_note_people_draw (TuttiNoteGrid *self, GtkSnapshot *snapshot, const TuttiPalette *p);

void     tutti_note_grid_draw (TuttiNoteGrid *self, GtkSnapshot *snapshot);      /* tutti-note-draw.c */
void     tutti_note_input_attach (TuttiNoteGrid *self);                          /* tutti-note-input.c */
void     tutti_note_keys_attach (TuttiNoteGrid *self);                           /* tutti-note-keys.c */

/* Splits the note at @x, @y there; nothing when none is there (tutti-note-command.c). */
void     tutti_note_split (TuttiNoteGrid *self, double x, double y);

/* "E♭4, bar 1 beat 1, 3 sixteenths, velocity 80" (transfer full) (tutti-note-words.c) */
char    *tutti_note_words (const TuttiJam *jam, const TuttiNote *note);
