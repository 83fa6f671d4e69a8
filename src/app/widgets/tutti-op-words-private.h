/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op-words.h"

/* Words for operations, shared by their files alone. */

/* An argument of an operation that is a small number. */
#define NUMBER(i) ((int) op->arg[i].number)

/* Sets @what, and @value where that is not all; both are NULL before. */
typedef void (*TuttiOpFamily) (const TuttiJam *jam, const TuttiOp *op, char **what, char **value);

/* The track that the clip, effect or track called @id is or lies on, also when it was deleted. (nullable) (transfer none) */
const TuttiTrack *tutti_words_track_of (const TuttiJam *jam, TuttiId id);

/* Its name, or that it was deleted. (transfer none) */
const char *tutti_words_track_name (const TuttiJam *jam, TuttiId id);
const char *tutti_words_person_name (const TuttiJam *jam, guint number);
const char *tutti_words_on_off (gboolean on);

/* A name in a sentence that is translated: @format has one %s. (transfer full) */
char *tutti_words_about (const char *format, const char *name);

/* @swing in thousandths; below 500: as the jam. (transfer full) */
char *tutti_words_swing (int swing);

/* What concerns a track (tutti-op-words-track.c). */
void  tutti_op_words_step (const TuttiJam *jam, const TuttiOp *op, char **what, char **value);
void  tutti_op_words_notes (const TuttiJam *jam, const TuttiOp *op, char **what, char **value);
void  tutti_op_words_chord (const TuttiJam *jam, const TuttiOp *op, char **what, char **value);
void  tutti_op_words_of_track (const TuttiJam *jam, const TuttiOp *op, char **what, char **value);
void  tutti_op_words_effect (const TuttiJam *jam, const TuttiOp *op, char **what, char **value);
