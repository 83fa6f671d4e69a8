/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Every bound that something from outside is held against, in one place: an operation, a message or a
 * file that would pass one of them is refused in words. Sizes are bytes unless the name says otherwise.
 */

/* The music */
#define TUTTI_TRACKS_MAX 64
#define TUTTI_STEPS_MIN 1
#define TUTTI_STEPS_MAX 128
#define TUTTI_SCENES_MAX 64
#define TUTTI_CLIPS_MAX 1024                    /* so the notes of all steps stay below 131 072 */
#define TUTTI_NOTES_MAX 4096                    /* of one clip */
#define TUTTI_NOTES_TOTAL_MAX 200000            /* of one jam, deleted clips that are still kept included */
#define TUTTI_CHORDS_MAX 64                     /* changes of chord in the lane of one clip */
#define TUTTI_NOTES_AT_ONCE_MAX 1024            /* in one operation, so that it and what takes it back fit a message */
#define TUTTI_CLIP_TICKS_MAX (TUTTI_STEPS_MAX * 960)  /* the longest clip: as many quarters */
#define TUTTI_KEY_MAX 127                       /* MIDI key of a note; 60 is the C in the middle */
#define TUTTI_EFFECT_VALUES_MAX 12
#define TUTTI_EFFECTS_MAX 8                     /* in one chain, a track's or the master's */
#define TUTTI_BIG_EFFECTS_MAX 32                /* delays, reverbs, choruses, flangers and limiters in one jam */
#define TUTTI_ZONES_MAX 32                      /* of one track */
#define TUTTI_STEP_LOCKS_MAX 8                  /* parameter locks of one step */
#define TUTTI_VELOCITY_MAX 127
#define TUTTI_RATCHET_MAX 8
#define TUTTI_TEMPO_MIN_CBPM 2000               /* 1/100 beats a minute */
#define TUTTI_TEMPO_MAX_CBPM 30000
#define TUTTI_PITCH_MIN -48                     /* semitones from the sound's root */
#define TUTTI_PITCH_MAX 48

/* Totals of one jam */
#define TUTTI_PEOPLE_MAX 500
#define TUTTI_PERSON_NUMBER_MAX 65535           /* a number is given to one person only */
#define TUTTI_DOCUMENT_BYTES_MAX (4 * 1024 * 1024)

#define TUTTI_SOUNDS_MAX 256
#define TUTTI_GRAVES_MAX 256                    /* deleted things kept for restoring */
#define TUTTI_GROUP_MAX 512                     /* operations in one group */
#define TUTTI_TICK_MAX (G_GINT64_CONSTANT (1) << 40)   /* some 18 000 hours at 120 BPM */

/* Words */
#define TUTTI_HASH_HEX 64                       /* SHA-256 in hexadecimal */
#define TUTTI_SOUND_REF_BYTES_MAX 68               /* "sha:" and a hash */
#define TUTTI_NAME_BYTES_MAX 64
#define TUTTI_DESCRIPTION_BYTES_MAX 500
#define TUTTI_CHAT_CHARS_MAX 500
#define TUTTI_CHAT_BYTES_MAX (4 * TUTTI_CHAT_CHARS_MAX)
#define TUTTI_PASSCODE_BYTES_MAX 128
#define TUTTI_TOKEN_BYTES_MAX 512
#define TUTTI_REASON_BYTES_MAX 120              /* a WebSocket close frame carries 123 */

/* Sounds that are shared */
#define TUTTI_SAMPLE_BYTES_MAX (20 * 1024 * 1024)
#define TUTTI_SAMPLE_SECONDS_MAX 60
#define TUTTI_UPLOADS_BYTES_MAX (64 * 1024 * 1024)  /* of all uploads under way at one host */

/* JSON */
#define TUTTI_JSON_DEPTH_MAX 16
#define TUTTI_JSON_INT_MAX G_GINT64_CONSTANT (9007199254740992)   /* 2^53: exact in every JSON reader */

/* The wire. A message fits one frame at our own senders; a foreign sender may cut it into several. */
#define TUTTI_FRAME_BYTES_MAX (64 * 1024)
#define TUTTI_MESSAGE_BYTES_MAX (64 * 1024)
#define TUTTI_MESSAGE_FRAMES_MAX 256            /* pieces of one message */
#define TUTTI_SNAPSHOT_CHUNK_BYTES (32 * 1024)  /* of document text; escaping at most doubles what we write */
#define TUTTI_QUEUE_BYTES_MAX (1024 * 1024)     /* waiting to be written to one participant */
#define TUTTI_HTTP_HEADERS_BYTES_MAX (8 * 1024)

/* Edits that one participant may send: painting with the mouse stays far below, and whoever comes back with many more keeps a
 * little below it, so that a busy network cannot make them too many at once. */
#define TUTTI_EDITS_A_SECOND 200
#define TUTTI_EDITS_AT_ONCE 600
#define TUTTI_EDITS_A_SECOND_PACED 160
#define TUTTI_EDITS_AT_ONCE_PACED 480

/* Messages of one participant of any kind: what lies behind an edit's refusal. The most that honesty brings at once is the end of a
 * history that is told to a new host, three thousand. */
#define TUTTI_MESSAGES_A_SECOND 300
#define TUTTI_MESSAGES_AT_ONCE 30               /* each is told to all others, who want theirs heard meanwhile */
#define TUTTI_TOO_FAST_MS 10000                 /* beyond that for so long: closed */

/* Connections of one host */
#define TUTTI_DEFAULT_PORT 7464
#define TUTTI_CONNECTIONS_MAX 640               /* below the usual limit of 1024 open files a process */
#define TUTTI_CONNECTIONS_PER_ADDRESS_MAX 128   /* a school behind one router, a test on loopback */
#define TUTTI_UNWELCOMED_MAX 128                /* connections that nobody has let in yet */

#define TUTTI_CONNECT_RATE_MAX 50               /* new connections a second of one address */
#define TUTTI_CONNECT_BURST_MAX 200
#define TUTTI_REQUEST_BODY_BYTES_MAX (256 * 1024)   /* of a body that nobody wants: then the line is cut */
#define TUTTI_REQUEST_PATH_BYTES_MAX 512
#define TUTTI_REQUEST_RATE_MAX 200              /* a second of one address, in what the cheapest costs */
#define TUTTI_REQUEST_BURST_MAX 600
#define TUTTI_JAMS_MAX 2000                     /* kept by one host, when strangers may make them */

/* Times, in milliseconds */
#define TUTTI_HANDSHAKE_TIMEOUT_MS 5000         /* TCP accepted to HTTP request read */
#define TUTTI_HELLO_TIMEOUT_MS 5000             /* upgraded to welcomed */
#define TUTTI_CONNECT_TIMEOUT_MS 5000
#define TUTTI_HTTP_IDLE_TIMEOUT_MS 30000        /* a REST connection on which no byte moves */
#define TUTTI_HTTP_TOTAL_TIMEOUT_MS 300000      /* any REST connection, however busy it looks */
#define TUTTI_CLOSE_LINGER_MS 3000              /* for the other end to answer our close frame */
#define TUTTI_GUEST_PING_AFTER_MS 1000          /* silence of the host until the guest asks */
#define TUTTI_GUEST_DEAD_AFTER_MS 2000
#define TUTTI_HOST_PING_AFTER_MS 3000           /* silence of a guest until the host asks */
#define TUTTI_HOST_DEAD_AFTER_MS 6000
#define TUTTI_STALL_AFTER_MS 10000              /* a queue that does not move at all */
