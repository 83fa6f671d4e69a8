/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Every bound in one place: the document, its texts, what crosses the network, what is read from files. */

/* The document */
#define TUTTI_TRACKS_MAX 64
#define TUTTI_SCENES_MAX 64
#define TUTTI_STEPS_MAX 128
#define TUTTI_EFFECTS_MAX 8
#define TUTTI_EFFECT_VALUES_MAX 4
#define TUTTI_LOCKS_MAX 8
#define TUTTI_CLIPS_MAX 1024              /* so notes stay below 131 072 in all */
#define TUTTI_SOUNDS_MAX 256
#define TUTTI_PEOPLE_MAX 1000
#define TUTTI_GRAVES_MAX 256
#define TUTTI_GROUP_MAX 512              /* operations in one group */
#define TUTTI_DOCUMENT_MAX (4 * 1024 * 1024)   /* bytes of its canonical form */
#define TUTTI_TICK_MAX (1LL << 40)       /* some 18 000 hours at 120 BPM */

/* Texts, in bytes of UTF-8 */
#define TUTTI_NAME_MAX 64
#define TUTTI_HASH_HEX 64                /* SHA-256 */
#define TUTTI_SOUND_MAX 68               /* "sha:" and a hash */
#define TUTTI_CHAT_MAX 500

/* Sounds */
#define TUTTI_SOUND_BYTES_MAX (20 * 1024 * 1024)
#define TUTTI_SOUND_SECONDS_MAX 60

/* The network */
#define TUTTI_PORT_DEFAULT 7464
#define TUTTI_MESSAGE_MAX (64 * 1024)    /* bytes of one WebSocket message; snapshots come in pieces */
#define TUTTI_JSON_DEPTH_MAX 16
#define TUTTI_JSON_INT_MAX ((1LL << 53) - 1)
