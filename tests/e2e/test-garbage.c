/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Someone on the network speaks nonsense to a real tutti-host: over TLS, past the upgrade, from the seat of a person. Each gets
 * its one answer, the document stays as it was, and those inside notice nothing. */
#include "tutti-e2e.h"

#include "raw-peer.h"
#include "tutti-close.h"
#include "tutti-limits.h"

#include <stdio.h>
#include <string.h>

#define TEXT 0x81
#define HELLO "{\"hello\":{\"proto\":1,\"name\":\"Mallory\",\"colour\":\"brick\",\"token\":\"%s\",\"creator\":0,\"epoch\":0,\"seq\":0}}"

/* One host for all, on the loopback of the box: who attacks is this program. */
static TuttiE2eHost *host;
static char token[64];               /* of Mallory's seat: whoever comes back on it adds nobody to the document */

static void
say (RawPeer *peer, const char *text)
{
  raw_write_frame (peer, TEXT, text, strlen (text), TRUE);
}

/* The next text that has @part in it; what the host says beside it is passed over. (transfer full) */
static char *
hear (RawPeer *peer, const char *part)
{
  for (;;)
    {
      guint opcode;
      gsize length;
      char *payload = raw_read_frame (peer, &opcode, &length);

      if (payload == NULL || opcode == 8)
        g_error ("the line ended instead of saying “%s”: %s", part, payload != NULL ? payload + 2 : "");
      if (opcode == 1 && strstr (payload, part) != NULL)
        return payload;
      g_free (payload);
    }
}

/* The document as the host says it has it. Asked from in here: as a program, it would take most of the test's time. */
static JsonObject *
ask_status (void)
{
  RawPeer *peer = raw_connect ((guint16) host->port);

  g_assert_nonnull (peer);
  raw_write_text (peer, "GET /api/v1/status HTTP/1.1\r\nHost: here:1\r\nConnection: close\r\n\r\n");
  g_autofree char *answer = raw_read_all (peer);

  raw_free (peer);
  return tutti_e2e_object (answer);
}

static RawPeer *
upgraded (void)
{
  RawPeer *peer = raw_connect ((guint16) host->port);

  g_assert_nonnull (peer);
  g_autofree char *head = raw_upgrade (peer, "tutti.1", "");

  g_assert_true (g_str_has_prefix (head, "HTTP/1.1 101"));
  return peer;
}

/* Connected and inside, as Mallory. */
static RawPeer *
inside (void)
{
  RawPeer *peer = upgraded ();
  g_autofree char *hello = g_strdup_printf (HELLO, token);

  say (peer, hello);
  g_autofree char *welcome = hear (peer, "{\"welcome\":");
  const char *found = strstr (welcome, "\"token\":\"");

  g_assert_nonnull (found);
  g_strlcpy (token, found + 9, 33);                  /* 32 hex digits */
  g_free (hear (peer, "{\"live\":"));
  return peer;
}

/* ---- what is said, and what must come back ---- */

static void
send_announced (RawPeer *peer)
{
  raw_write_frame (peer, TEXT, NULL, 1 << 20, TRUE);
}

static void
send_pieces (RawPeer *peer)
{
  char piece[8192] = "[1,0,[\"tempo\",";

  memset (piece + strlen (piece), ' ', sizeof piece - strlen (piece));
  for (int i = 0; i < 20 && raw_write_frame (peer, i == 0 ? 0x01 : 0x00, piece, sizeof piece, TRUE); i++)
    ;
}

static void
send_not_utf8 (RawPeer *peer)
{
  raw_write_frame (peer, TEXT, "{\"name\":\"\xc3\x28\"}", 13, TRUE);
}

static void
send_deep (RawPeer *peer)
{
  g_autofree char *deep = g_strnfill (50000, '[');

  say (peer, deep);
}

static void
send_largest (RawPeer *peer)
{
  g_autofree char *name = g_strnfill (TUTTI_MESSAGE_BYTES_MAX - 100, 'n');
  g_autofree char *text = g_strdup_printf ("[1,0,[\"jam.name\",\"%s\"]]", name);

  say (peer, text);
}

/* Either @text is said or @send is called. @code: the close; 0: a refusal that the line survives. */
static const struct { const char *name, *text; void (*send) (RawPeer *); guint code; } cases[] = {
  { "oversized", NULL, send_announced, TUTTI_CLOSE_TOO_BIG },
  { "endless-pieces", NULL, send_pieces, TUTTI_CLOSE_TOO_BIG },
  { "not-utf8", NULL, send_not_utf8, TUTTI_CLOSE_BAD_MESSAGE },
  { "deeply-nested", NULL, send_deep, TUTTI_CLOSE_BAD_MESSAGE },
  { "not-json", "hello?", NULL, TUTTI_CLOSE_BAD_MESSAGE },
  { "nothing", "", NULL, TUTTI_CLOSE_BAD_MESSAGE },
  { "cut-short", "[1,0,[\"tempo\",120", NULL, TUTTI_CLOSE_BAD_MESSAGE },
  { "commented", "{\"live\":/**/1}", NULL, TUTTI_CLOSE_BAD_MESSAGE },
  { "duplicate-keys", "{\"ack\":{\"seq\":0,\"rtt\":0,\"rtt\":1,\"late\":0}}", NULL, TUTTI_CLOSE_BAD_MESSAGE },
  { "two-kinds", "{\"need\":\"snapshot\",\"ack\":{\"seq\":0,\"rtt\":0,\"late\":0}}", NULL, TUTTI_CLOSE_BAD_MESSAGE },
  { "unknown-message", "{\"frobnicate\":1}", NULL, TUTTI_CLOSE_BAD_MESSAGE },
  { "half-an-ack", "{\"ack\":{\"seq\":0}}", NULL, TUTTI_CLOSE_BAD_MESSAGE },
  { "negative-ack", "{\"ack\":{\"seq\":-1,\"rtt\":0,\"late\":0}}", NULL, TUTTI_CLOSE_BAD_MESSAGE },
  { "beyond-integers", "[1,0,[\"tempo\",9223372036854775808]]", NULL, TUTTI_CLOSE_BAD_MESSAGE },
  { "fraction", "[1,0,[\"tempo\",12000.5]]", NULL, TUTTI_CLOSE_BAD_MESSAGE },
  { "a-host's-words", "{\"lead\":1}", NULL, TUTTI_CLOSE_BAD_MESSAGE },
  { "second-hello", "{\"hello\":{\"proto\":1,\"name\":\"Mallory\",\"colour\":\"brick\",\"token\":\"\",\"creator\":0,\"epoch\":0,"
    "\"seq\":0}}", NULL, TUTTI_CLOSE_BAD_MESSAGE },
  { "largest-name", NULL, send_largest, 0 },
  { "unknown-edit", "[1,0,[\"frobnicate\",1]]", NULL, 0 },
  { "half-an-edit", "[1,0,[\"tempo\"]]", NULL, 0 },
  { "too-much-of-an-edit", "[1,0,[\"tempo\",12000,1]]", NULL, 0 },
  { "out-of-range", "[1,0,[\"tempo\",99999999]]", NULL, 0 },
  { "other-type", "[1,0,[\"tempo\",\"12000\"]]", NULL, 0 },
  { "no-such-track", "[1,0,[\"track.mute\",\"zz.1\",1]]", NULL, 0 },
  { "half-valid-group", "[1,0,[\"group\",[[\"tempo\",9900],[\"track.mute\",\"zz.1\",1]]]]", NULL, 0 },
  { "group-in-group", "[1,0,[\"group\",[[\"group\",[[\"tempo\",9900]]]]]]", NULL, 0 },
  { "name-of-another", "[1,0,[\"person\",1,\"Eve\",\"brick\"]]", NULL, 0 },
};

static void
check_answer (RawPeer *peer, guint code)
{
  if (code != 0)
    {
      g_assert_cmpuint (raw_read_close (peer), ==, code);
      return;
    }
  g_autofree char *no = hear (peer, "{\"no\":{\"n\":1,");

  g_test_message ("%s", no);
  tutti_e2e_match (no, "\"why\":\".{8,}\"");
  /* The line lives on. */
  say (peer, "[2,0,[\"nothing\"]]");
  g_free (hear (peer, "{\"no\":{\"n\":2,"));
}

static void
test_case (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr(JsonObject) before = NULL, after = NULL;
  RawPeer *peer = inside ();

  before = ask_status ();
  if (cases[row].send != NULL)
    cases[row].send (peer);
  else
    say (peer, cases[row].text);
  check_answer (peer, cases[row].code);
  raw_free (peer);
  after = ask_status ();
  tutti_e2e_same (before, after);
}

/* ---- before anyone is let in ---- */

static const struct { const char *name, *text; guint code; } strangers[] = {
  { "version", "{\"hello\":{\"proto\":99}}", TUTTI_CLOSE_PROTOCOL_VERSION },
  { "edit-first", "[1,0,[\"tempo\",12000]]", TUTTI_CLOSE_BAD_MESSAGE },
  { "half-a-hello", "{\"hello\":{\"proto\":1,\"name\":\"Mallory\"}}", TUTTI_CLOSE_BAD_MESSAGE },
  { "no-name", "{\"hello\":{\"proto\":1,\"name\":\"\",\"colour\":\"brick\",\"token\":\"\",\"creator\":0,\"epoch\":0,\"seq\":0}}",
    TUTTI_CLOSE_BAD_MESSAGE },
  { "no-colour", "{\"hello\":{\"proto\":1,\"name\":\"M\",\"colour\":\"octarine\",\"token\":\"\",\"creator\":0,\"epoch\":0,\"seq\":0}}",
    TUTTI_CLOSE_BAD_MESSAGE },
};

static void
test_stranger (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr(JsonObject) before = ask_status (), after = NULL;
  RawPeer *peer = upgraded ();

  say (peer, strangers[row].text);
  g_assert_cmpuint (raw_read_close (peer), ==, strangers[row].code);
  raw_free (peer);
  after = ask_status ();
  tutti_e2e_same (before, after);
  g_assert_cmpint (json_object_get_int_member (before, "people"), ==, json_object_get_int_member (after, "people"));
}

/* Somebody was inside all the while: their copy is the host's, never repaired, and edits still work. */
static void
test_survived (gconstpointer data)
{
  TuttiLabProcess *friend = *(TuttiLabProcess *const *) data;
  g_autofree char *sent = tutti_e2e_ctl (NULL, 0, TUTTI_E2E_WORDS ("send", host->place, "[\"tempo\",12800]"));
  g_autoptr(JsonObject) status = NULL, copy = NULL;

  tutti_e2e_match (sent, "^stamped ");
  tutti_lab_signal (friend, SIGTERM);
  copy = tutti_e2e_left (friend);
  status = tutti_e2e_status (NULL, host);
  tutti_e2e_same (copy, status);
  g_assert_cmpint (json_object_get_int_member (copy, "repairs"), ==, 0);
  tutti_lab_signal (host->process, SIGTERM);
  g_free (tutti_e2e_finish (host->process, 0));
}

int
main (int argc, char **argv)
{
  TuttiLabProcess *friend;
  int result;

  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  host = tutti_e2e_host (NULL, TUTTI_E2E_WORDS ("--demo", "--no-mdns", "--port", "0", "--data", "/run/garbage"));
  friend = tutti_e2e_join (NULL, host, 0, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/garbage/inside/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autofree char *path = g_strconcat ("/garbage/stranger/", strangers[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_stranger);
    }
  g_test_add_data_func ("/garbage/then/survived", &friend, test_survived);
  result = g_test_run ();
  tutti_lab_sweep ();
  tutti_e2e_host_free (host);
  return result;
}
