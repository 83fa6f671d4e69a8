/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-message-private.h"

#include "tutti-invites.h"
#include "tutti-json-scan.h"
#include "tutti-picture.h"

#define SEQ_MAX TUTTI_JSON_INT_MAX
#define PORT_MAX 65535
#define LEAD_MAX (10 * TUTTI_FRAMES_PER_SECOND)

#define AT(field) G_STRUCT_OFFSET (TuttiMessage, field), sizeof (((TuttiMessage *) 0)->field)
#define NUMBER(name, field, min, max, meaning) { name, TUTTI_MEMBER_NUMBER, AT (field), min, max, meaning }
#define SEQ(name, field, meaning) NUMBER (name, field, 0, SEQ_MAX, meaning)
#define TEXT(name, field, min, max, meaning) { name, TUTTI_MEMBER_TEXT, AT (field), min, max, meaning }
#define TOKEN(name, field, meaning) { name, TUTTI_MEMBER_HEX, AT (field), 0, TUTTI_TOKEN_HEX, meaning }
#define SHA256(name, field, meaning) { name, TUTTI_MEMBER_HEX, AT (field), TUTTI_HASH_HEX, TUTTI_HASH_HEX, meaning }
#define OP() { "op", TUTTI_MEMBER_OP, AT (op), 0, 0, NULL }

#define STAMP() \
  NUMBER ("seq", stamp.seq, 1, SEQ_MAX, "place in the host's order"), \
  NUMBER ("by", stamp.by, 0, TUTTI_PERSON_NUMBER_MAX, "number of the person; 0 is the host"), \
  NUMBER ("at", stamp.at, -TUTTI_FRAME_FAR, TUTTI_FRAME_FAR, "session frame, 48000 a second, from which it is heard")

#define VISIT() \
  NUMBER ("creator", creator, 1, G_MAXUINT32, "of its author's visit"), \
  NUMBER ("number", number, 1, SEQ_MAX, "of the edit in that visit"), \
  NUMBER ("earlier", earlier, -TUTTI_EARLIER_MAX, TUTTI_EARLIER_MAX, \
          "frames before “at” at which it was heard first: it happened under another host")

#define PERSON(name, field, meaning) NUMBER (name, field, 1, TUTTI_PERSON_NUMBER_MAX, meaning)
#define DOOR() \
  TEXT ("address", heir.address, 1, TUTTI_HEIR_ADDRESS_MAX, "numeric"), \
  NUMBER ("port", heir.port, 0, PORT_MAX, "TCP, where it would host; 0: no longer willing"), \
  NUMBER ("clock", heir.clock_port, 0, PORT_MAX, "UDP, where it tells the jam's time already"), \
  SHA256 ("fp", heir.fingerprint, "of its certificate, SHA-256"), \
  NUMBER ("home", heir.home, 0, 1, "1: the jam lives there, and it goes back when it can")

#define WISHES "1 to contribute, 2 the lead"

#define QUALITIES "0 not said, 1 in time, 2 settling, 3 slow link, 4 late edits, 5 out of time, 6 away"

#define HERE() \
  NUMBER ("do", here.doing, 0, TUTTI_N_DOINGS - 1, "0 idle, 1 listening, 2 editing"), \
  NUMBER ("page", here.place, 0, TUTTI_N_PLACES - 1, "0 pattern, 1 clips, 2 notes, 3 song, 4 mixer"), \
  { "on", TUTTI_MEMBER_ID, AT (here.on), 0, 0, "a track or clip" }, \
  NUMBER ("step", here.step, 0, TUTTI_STEPS_MAX, "of that track, from 1; 0 none"), \
  NUMBER ("hold", here.hold, 0, TUTTI_N_HOLDS - 1, "what of that track is in their hand: 1 the level, 2 the pan, 3 another knob"), \
  { "note", TUTTI_MEMBER_ID, AT (here.note), 0, 0, "of that clip, where it is one of notes" }

#define LINE(name) { name, TUTTI_MEMBER_WORDS, AT (text), 1, TUTTI_CHAT_CHARS_MAX, "plain text" }

#define PICTURE() { "picture", TUTTI_MEMBER_PICTURE, AT (text), 0, TUTTI_PICTURE_CHARS, \
  "72 × 72 bytes of brightness, 36 × 36 of blue and 36 × 36 of red difference, rows from the top, in base64; empty: none" }

#define INVITATION() \
  { "role", TUTTI_MEMBER_ROLE, AT (role), TUTTI_ROLE_VIEWER, TUTTI_ROLE_ADMIN, "of those who come with it" }, \
  NUMBER ("uses", uses, 1, TUTTI_INVITE_USES_MAX, "how many may come with it"), \
  NUMBER ("minutes", minutes, 1, TUTTI_INVITE_MINUTES_MAX, "how long it is good")

#define SECOND(name) \
  NUMBER (name, rendered.second, -TUTTI_FRAME_FAR / TUTTI_FRAMES_PER_SECOND, TUTTI_FRAME_FAR / TUTTI_FRAMES_PER_SECOND, \
          "of the jam: frames from 48000 times this number on")

#define RENDERED() \
  SECOND ("second"), \
  NUMBER ("state", rendered.state, 0, TUTTI_N_RENDERED_STATES - 1, "0 as it should be, 1 settling, 2 an edit came late, 3 not known"), \
  { "is", TUTTI_MEMBER_HASH, AT (rendered.hash), 0, 0, "64 bits of the mix, in hex" }, \
  { "tracks", TUTTI_MEMBER_TRACKS, AT (rendered.tracks), 0, TUTTI_TRACKS_MAX, "of each: its id, 64 bits of what is heard of it" }

static const TuttiMessageSpec specs[] = {
  [TUTTI_MESSAGE_HELLO] = { "hello", "let me in", FALSE, TUTTI_FORM_OBJECT, 7, {
    NUMBER ("proto", hello.protocol, TUTTI_PROTOCOL_VERSION, TUTTI_PROTOCOL_VERSION,
            "of another version only this member is read, and the answer is a close with its reason"),
    TEXT ("name", hello.name, 1, TUTTI_NAME_BYTES_MAX, "of the person"),
    { "colour", TUTTI_MEMBER_COLOUR, AT (hello.colour), 0, TUTTI_N_PERSON_COLOURS - 1, "asked for" },
    TOKEN ("token", hello.token, "of an earlier visit, or empty"),
    NUMBER ("creator", hello.creator, 0, G_MAXUINT32, "of the visit that goes on, or 0"),
    SEQ ("epoch", hello.epoch, "in which the last operation it has was stamped, or 0"),
    SEQ ("seq", hello.seq, "the last operation it has, or 0"),
    NUMBER ("passing", hello.passing, 0, 1, "1: nobody will come back with the token once it said goodbye"),
    TEXT ("passcode", hello.passcode, 0, TUTTI_PASSCODE_BYTES_MAX, "of the jam, where it asks newcomers for one"),
    TOKEN ("invite", hello.invite, "the code of an invitation"),
    NUMBER ("owes", hello.owes, 0, 1, "1: it told of operations that the host before this one may not have taken up"),
    NUMBER ("watching", hello.watching, 0, 1, "1: it takes no seat, changes nothing, and nobody is told of it") } },
  [TUTTI_MESSAGE_EDIT] = { "edit", "do this", FALSE, TUTTI_FORM_LIST, 3, {
    NUMBER ("number", number, 1, SEQ_MAX, "counts the edits of a visit"),
    SEQ ("base", base, "the last operation that its author had"), OP () } },
  [TUTTI_MESSAGE_ACK] = { "ack", "so far applied", FALSE, TUTTI_FORM_OBJECT, 3, {
    SEQ ("seq", stamp.seq, "the last operation applied"), SEQ ("rtt", round_trip_us, "round trip in microseconds"),
    SEQ ("late", late, "operations so far that came after their frame"),
    NUMBER ("quality", quality, 0, TUTTI_N_QUALITIES, QUALITIES) } },
  [TUTTI_MESSAGE_NEED] = { "need", "my copy differs", FALSE, TUTTI_FORM_VALUE, 0, {
    { "need", TUTTI_MEMBER_WORD, 0, 0, 0, 0, "snapshot" } } },
  [TUTTI_MESSAGE_KICK] = { "kick", "send them away", FALSE, TUTTI_FORM_VALUE, 0, {
    NUMBER ("kick", stamp.by, 1, TUTTI_PERSON_NUMBER_MAX, "number of the person") } },
  [TUTTI_MESSAGE_PASSCODE] = { "passcode", "newcomers need it from now on", FALSE, TUTTI_FORM_VALUE, 0, {
    TEXT ("passcode", hello.passcode, 0, TUTTI_PASSCODE_BYTES_MAX, "empty: none is asked for") } },
  [TUTTI_MESSAGE_INVITE] = { "invite", "a code that lets others in, please", FALSE, TUTTI_FORM_OBJECT, 0, { INVITATION () } },
  [TUTTI_MESSAGE_INVITED] = { "invited", "the code that you asked for", TRUE, TUTTI_FORM_OBJECT, 0, {
    INVITATION (), TOKEN ("code", hello.invite, "for the member “invite” of a hello") } },
  [TUTTI_MESSAGE_DENIED] = { "denied", "what you asked for did not happen", TRUE, TUTTI_FORM_VALUE, 0, {
    TEXT ("denied", reason, 0, TUTTI_REASON_MAX, "in words") } },
  [TUTTI_MESSAGE_LOCKED] = { "locked", "whether newcomers need a passcode", TRUE, TUTTI_FORM_VALUE, 0, {
    NUMBER ("locked", welcome.locked, 0, 1, "1: they do") } },
  [TUTTI_MESSAGE_WELCOME] = { "welcome", "who you are, and what follows", TRUE, TUTTI_FORM_OBJECT, 14, {
    NUMBER ("me", welcome.me, 0, TUTTI_PERSON_NUMBER_MAX, "number of the person"),
    TOKEN ("token", welcome.token, "brings the person back to this seat; empty: as before"),
    NUMBER ("creator", welcome.creator, 0, G_MAXUINT32, "first part of the ids to coin"),
    SEQ ("number", welcome.number, "edits of this visit up to this number were dealt with"),
    TEXT ("jam", welcome.jam, 0, TUTTI_JAM_ID_MAX, "id of the jam"),
    SEQ ("epoch", welcome.epoch, "of this host: the one in which it stamps"),
    SEQ ("seq", welcome.seq, "the host's newest operation"),
    SEQ ("base", welcome.base, "what follows starts after this operation, at most seq"),
    SEQ ("base-epoch", welcome.base_epoch, "the one in which that was stamped"),
    NUMBER ("document", welcome.document, 0, 1, "1: a document follows in pieces; 0: operations alone"),
    { "origin", TUTTI_MEMBER_NANOSECONDS, AT (welcome.origin_ns), G_MININT64 / 2, G_MAXINT64 / 2,
      "host time of session frame 0 in nanoseconds" },
    NUMBER ("clock", welcome.clock_port, 0, PORT_MAX, "UDP port of the clock; 0: none"),
    NUMBER ("lead", welcome.lead, 0, LEAD_MAX, "frames between an edit and its sound"),
    NUMBER ("max", welcome.people_max, 0, TUTTI_PEOPLE_MAX, "people at once"),
    NUMBER ("host", welcome.host, 0, TUTTI_PERSON_NUMBER_MAX, "number of the person at the host's own window; 0: nobody sits there"),
    NUMBER ("locked", welcome.locked, 0, 1, "1: newcomers need a passcode") } },
  [TUTTI_MESSAGE_DOC] = { "doc", "a piece of the document", TRUE, TUTTI_FORM_VALUE, 0, {
    { "doc", TUTTI_MEMBER_PIECE, AT (text), 0, TUTTI_MESSAGE_BYTES_MAX, "the pieces one behind the other are its text" } } },
  [TUTTI_MESSAGE_STAMPED] = { "stamped", "it happened; without visit and number the host itself did it", TRUE, TUTTI_FORM_LIST, 4, {
    STAMP (), OP (), VISIT () } },
  [TUTTI_MESSAGE_ANSWER] = { "answer", "your edit with this number happened", TRUE, TUTTI_FORM_LIST, 4, {
    STAMP (), NUMBER ("number", number, 1, SEQ_MAX, "of the edit"),
    NUMBER ("with", with, 1, SEQ_MAX, "operation that it overrode, which its author had not heard of") } },
  [TUTTI_MESSAGE_LIVE] = { "live", "you are up to date", TRUE, TUTTI_FORM_VALUE, 0, {
    SEQ ("live", stamp.seq, "the host's newest operation") } },
  [TUTTI_MESSAGE_NO] = { "no", "your edit did not happen", TRUE, TUTTI_FORM_OBJECT, 0, {
    SEQ ("n", number, "number of the edit"),
    NUMBER ("code", code, 0, TUTTI_MODEL_ERROR_NOT_KEPT,
            "0 invalid, 1 its target is missing, 2 the place is taken, 3 a limit, 4 too many at once, 5 not allowed,"
            " 6 the host cannot keep it now"),
    TEXT ("why", reason, 0, TUTTI_REASON_MAX, "in words") } },
  [TUTTI_MESSAGE_HASH] = { "hash", "what the document should be", TRUE, TUTTI_FORM_OBJECT, 0, {
    SEQ ("seq", stamp.seq, "after this operation"),
    { "is", TUTTI_MEMBER_HASH, AT (hash), 0, 0, "FNV-1a over the canonical text, in hex" } } },
  [TUTTI_MESSAGE_OVER] = { "over", "your operation was overridden", TRUE, TUTTI_FORM_OBJECT, 0, {
    SEQ ("seq", stamp.seq, "yours"), NUMBER ("by", stamp.by, 0, TUTTI_PERSON_NUMBER_MAX, "number of the person who did"),
    SEQ ("with", with, "their operation") } },
  [TUTTI_MESSAGE_IN] = { "in", "who is here", TRUE, TUTTI_FORM_VALUE, 0, {
    NUMBER ("in", stamp.by, 0, TUTTI_PERSON_NUMBER_MAX, "number of the person") } },
  [TUTTI_MESSAGE_OUT] = { "out", "who has left", TRUE, TUTTI_FORM_VALUE, 0, {
    NUMBER ("out", stamp.by, 0, TUTTI_PERSON_NUMBER_MAX, "number of the person") } },
  [TUTTI_MESSAGE_LEAD] = { "lead", "how far ahead edits are stamped", TRUE, TUTTI_FORM_VALUE, 0, {
    NUMBER ("lead", lead, 0, LEAD_MAX, "frames between an edit and its sound") } },
  [TUTTI_MESSAGE_WILLING] = { "willing", "I would go on hosting this jam", FALSE, TUTTI_FORM_OBJECT, 4, { DOOR () } },
  [TUTTI_MESSAGE_TAIL] = { "tail", "this happened elsewhere", FALSE, TUTTI_FORM_LIST, 5, {
    SEQ ("epoch", epoch, "in which it was stamped"), STAMP (), OP (), VISIT () } },
  [TUTTI_MESSAGE_EPOCH] = { "epoch", "what follows was stamped in this epoch", TRUE, TUTTI_FORM_VALUE, 0, {
    SEQ ("epoch", epoch, NULL) } },
  [TUTTI_MESSAGE_TELL] = { "tell", "that is what is known here: what else happened?", TRUE, TUTTI_FORM_OBJECT, 0, {
    SEQ ("epoch", epoch, "one of this history; 0: these were all"),
    SEQ ("seq", stamp.seq, "its last operation; at the end: the last of those that are not asked for") } },
  [TUTTI_MESSAGE_HEIR] = { "heir", "who would go on hosting", TRUE, TUTTI_FORM_OBJECT, 6, {
    PERSON ("n", heir.number, "number of the person"),
    NUMBER ("rank", heir.rank, 1, TUTTI_HEIRS_MAX, "1 goes first"), DOOR () } },
  [TUTTI_MESSAGE_SEAT] = { "seat", "to heirs alone: who comes back with which token", TRUE, TUTTI_FORM_OBJECT, 2, {
    PERSON ("n", stamp.by, "number of the person"), SHA256 ("hash", token_hash, "SHA-256 of the token"),
    NUMBER ("home", heir.home, 0, 1, "1: of the program where the jam lives") } },
  [TUTTI_MESSAGE_HAND] = { "hand", "that heir hosts from here on", TRUE, TUTTI_FORM_OBJECT, 0, {
    PERSON ("to", stamp.by, "number of the person"), SEQ ("seq", stamp.seq, "the last operation stamped here") } },
  [TUTTI_MESSAGE_BEFORE] = { "before", "to heirs alone: what happened before they came, the newest first", TRUE, TUTTI_FORM_OBJECT, 5, {
    SEQ ("epoch", epoch, "in which it was stamped"), STAMP (), OP (), VISIT () } },
  [TUTTI_MESSAGE_DOOR] = { "door", "to heirs alone: passcode and bans, as they are kept", TRUE, TUTTI_FORM_VALUE, 0, {
    { "door", TUTTI_MEMBER_PIECE, AT (text), 0, TUTTI_MESSAGE_BYTES_MAX, "the passcode as a salted hash" } } },
  [TUTTI_MESSAGE_HISTORY] = { "history", "what happened before?", FALSE, TUTTI_FORM_OBJECT, 0, {
    SEQ ("before", stamp.seq, "operations before this one; 0: the newest ones"),
    NUMBER ("n", count, 1, TUTTI_HISTORY_MAX, "how many at most") } },
  [TUTTI_MESSAGE_WAS] = { "was", "it happened, and when; the newest first", TRUE, TUTTI_FORM_OBJECT, 0, {
    STAMP (), SEQ ("us", done_us, "microseconds since 1970, UTC; 0: not known"), OP () } },
  [TUTTI_MESSAGE_WERE] = { "were", "these were all that are told at once", TRUE, TUTTI_FORM_OBJECT, 1, {
    SEQ ("before", stamp.seq, "what to ask for next; 0: nothing earlier is kept"),
    TEXT ("why", reason, 0, TUTTI_REASON_MAX, "there are none, in words") } },
  [TUTTI_MESSAGE_MOMENT] = { "moment", "how was the document then?", FALSE, TUTTI_FORM_OBJECT, 0, {
    SEQ ("seq", stamp.seq, "after this operation"),
    NUMBER ("from", from, 0, TUTTI_DOCUMENT_BYTES_MAX, "byte of its text, at the end of the last piece") } },
  [TUTTI_MESSAGE_THEN] = { "then", "a piece of the document as it was", TRUE, TUTTI_FORM_OBJECT, 0, {
    SEQ ("seq", stamp.seq, "after this operation"), NUMBER ("from", from, 0, TUTTI_DOCUMENT_BYTES_MAX, "byte at which the piece begins"),
    NUMBER ("of", total, 1, TUTTI_DOCUMENT_BYTES_MAX, "bytes in all"),
    { "doc", TUTTI_MEMBER_PIECE, AT (text), 0, TUTTI_MESSAGE_BYTES_MAX, "the pieces one behind the other are its text" } } },
  [TUTTI_MESSAGE_UNKEPT] = { "unkept", "how the document was then is not known", TRUE, TUTTI_FORM_OBJECT, 0, {
    SEQ ("seq", stamp.seq, "after this operation"), TEXT ("why", reason, 0, TUTTI_REASON_MAX, "in words") } },
  [TUTTI_MESSAGE_HERE] = { "here", "where I am and what I do there, a hint; at most ten a second", FALSE, TUTTI_FORM_OBJECT, 1, {
    HERE () } },
  [TUTTI_MESSAGE_THERE] = { "there", "where somebody is; nothing is known of who is not named", TRUE, TUTTI_FORM_OBJECT, 2, {
    PERSON ("n", stamp.by, "number of the person"), HERE () } },
  [TUTTI_MESSAGE_CHAT] = { "chat", "to everyone", FALSE, TUTTI_FORM_VALUE, 0, { LINE ("chat") } },
  [TUTTI_MESSAGE_SAID] = { "said", "somebody said this", TRUE, TUTTI_FORM_OBJECT, 0, {
    NUMBER ("id", line, 1, SEQ_MAX, "rises with each line"), PERSON ("n", stamp.by, "number of the person"),
    NUMBER ("ms", at_ms, 0, SEQ_MAX, "when, in milliseconds since 1970"), LINE ("text") } },
  [TUTTI_MESSAGE_OLDER] = { "older", "what was said before that line?", FALSE, TUTTI_FORM_VALUE, 0, {
    NUMBER ("older", line, 1, SEQ_MAX, "id of the line") } },
  [TUTTI_MESSAGE_LINES] = { "lines", "these were the lines: on coming in the newest, else those that were asked for", TRUE,
    TUTTI_FORM_OBJECT, 0, {
    SEQ ("newest", line, "id of the newest line of all, 0 when nothing was ever said"),
    NUMBER ("more", more, 0, 1, "1: there are older ones than were told") } },
  [TUTTI_MESSAGE_WISH] = { "wish", "ask those who can give it", FALSE, TUTTI_FORM_VALUE, 0, {
    NUMBER ("wish", wish, TUTTI_WISH_EDIT, TUTTI_WISH_LEAD, WISHES) } },
  [TUTTI_MESSAGE_WISHED] = { "wished", "somebody asks you for it", TRUE, TUTTI_FORM_OBJECT, 0, {
    PERSON ("n", stamp.by, "number of the person"), NUMBER ("wish", wish, TUTTI_WISH_EDIT, TUTTI_WISH_LEAD, WISHES) } },
  [TUTTI_MESSAGE_REPORTS] = { "reports", "to admins alone: how others keep time, as far as it changed", TRUE, TUTTI_FORM_VALUE, 0, {
    { "reports", TUTTI_MEMBER_REPORTS, AT (reports), 1, TUTTI_REPORTS_MAX,
      "of each: number of the person, quality as in an acknowledgement, round trip in microseconds, operations that came late" } } },
  [TUTTI_MESSAGE_COMPARE] = { "compare", "what did everyone make of that second?", FALSE, TUTTI_FORM_VALUE, 0, { SECOND ("compare") } },
  [TUTTI_MESSAGE_ASKED] = { "asked", "what did you make of that second? Answer with rendered", TRUE, TUTTI_FORM_OBJECT, 0, {
    PERSON ("n", stamp.by, "number of the person who asks"), SECOND ("second") } },
  [TUTTI_MESSAGE_RENDERED] = { "rendered", "I made this of it", FALSE, TUTTI_FORM_OBJECT, 4, {
    PERSON ("n", stamp.by, "number of the person who asked"), RENDERED () } },
  [TUTTI_MESSAGE_HEARD] = { "heard", "somebody made this of it", TRUE, TUTTI_FORM_OBJECT, 4, {
    PERSON ("n", stamp.by, "number of the person who did"), RENDERED () } },
  [TUTTI_MESSAGE_PICTURE] = { "picture", "that is how I look, for all who want to see it; tutti.1.1 alone", FALSE, TUTTI_FORM_VALUE, 0, {
    PICTURE () } },
  [TUTTI_MESSAGE_LOOK] = { "look", "how do they look? tutti.1.1 alone", FALSE, TUTTI_FORM_VALUE, 0, {
    PERSON ("look", stamp.by, "number of the person") } },
  [TUTTI_MESSAGE_LOOKS] = { "looks", "somebody has another picture; tutti.1.1 alone", TRUE, TUTTI_FORM_OBJECT, 1, {
    PERSON ("n", stamp.by, "number of the person"),
    { "is", TUTTI_MEMBER_HASH, AT (hash), 0, 0, "first 64 bits of the SHA-256 of its text, in hex; left out: they have none" } } },
  [TUTTI_MESSAGE_SHOWN] = { "shown", "that is how they look; tutti.1.1 alone", TRUE, TUTTI_FORM_OBJECT, 0, {
    PERSON ("n", stamp.by, "number of the person"), PICTURE () } },
  [TUTTI_MESSAGE_REMOVED] = { "removed", "an admin sent somebody away, of whom “out” follows; tutti.1.1 alone", TRUE,
    TUTTI_FORM_OBJECT, 1, {
    PERSON ("n", stamp.by, "number of the person"),
    NUMBER ("by", removal.by, 0, TUTTI_PERSON_NUMBER_MAX, "number of the admin; left out: whoever looks after the host"),
    NUMBER ("banned", removal.banned, 0, 1, "1: they may not come back") } },
};

G_STATIC_ASSERT (G_N_ELEMENTS (specs) == TUTTI_N_MESSAGES);

const TuttiMessageSpec *
tutti_message_spec (TuttiMessageKind kind)
{
  return &specs[kind];
}

const char * const *
tutti_message_names (TuttiMemberType type)
{
  return type == TUTTI_MEMBER_COLOUR ? tutti_person_colour_names : type == TUTTI_MEMBER_ROLE ? tutti_role_names : NULL;
}

gboolean
tutti_message_may_lack (const TuttiMessageSpec *spec, guint i)
{
  return spec->form == TUTTI_FORM_OBJECT && spec->n_least > 0 && i >= spec->n_least;
}

gboolean
tutti_message_may_end (const TuttiMessageSpec *spec, guint n)
{
  const TuttiMessageMember *next = &spec->members[n];

  return n == spec->n_least ||
         (n > spec->n_least && (next->type == TUTTI_MEMBER_NONE || (next->type == TUTTI_MEMBER_NUMBER && next->min <= 0)));
}
