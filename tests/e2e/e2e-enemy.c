/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Says to a host on this machine what no guest would say: PORT [hello]; a line for each, with the code that the host closed
 * the connection with, 0 where it just cut it. */
#include "raw-peer.h"

#include "tutti-limits.h"
#include "tutti-link.h"

#include <stdlib.h>
#include <string.h>

#define TEXT 0x81
#define HELLO "{\"hello\":{\"proto\":1,\"name\":\"Enemy\",\"colour\":\"brick\",\"token\":\"\",\"creator\":0,\"epoch\":0,\"seq\":0}}"

typedef struct
{
  const char *name;
  guint8      first;
  const char *bytes;
  gsize       length;              /* 0: as the text is long */
} Saying;

static char huge[TUTTI_MESSAGE_BYTES_MAX + 4096], deep[4000];

static const Saying sayings[] = {
  { "nothing", TEXT, " " },
  { "not-json", TEXT, "hello, how are you" },
  { "not-utf8", TEXT, "{\"hello\":\"\xff\xfe\xc0\"}" },
  { "zero-byte", TEXT, "[1,0,[\"tempo\",\0" "12000]]", 20 },
  { "binary", 0x82, "\x00\x01\x02\x03", 4 },
  { "reserved-bits", 0xf1, "{}" },
  { "reserved-opcode", 0x83, "{}" },
  { "big-ping", 0x89, huge, 4000 },
  { "continuation-of-nothing", 0x80, "{}" },
  { "too-big", TEXT, huge, sizeof huge },
  { "too-deep", TEXT, deep, sizeof deep },
  { "twice-the-key", TEXT, "{\"hello\":{\"proto\":1,\"proto\":1,\"name\":\"Eve\"}}" },
  { "twice-the-kind", TEXT, "{\"ack\":{\"seq\":1},\"ack\":{\"seq\":2}}" },
  { "unknown-kind", TEXT, "{\"give\":\"everything\"}" },
  { "host-speaks", TEXT, "[1,0,1,[\"tempo\",12000]]" },
  { "live-from-guest", TEXT, "{\"live\":1}" },
  { "old-version", TEXT, "{\"hello\":{\"proto\":0,\"name\":\"Eve\",\"colour\":\"brick\"}}" },
  { "future-version", TEXT, "{\"hello\":{\"proto\":999,\"name\":\"Eve\",\"colour\":\"brick\"}}" },
  { "number-too-large", TEXT, "[1,0,[\"tempo\",99999999999999999999999]]" },
  { "number-out-of-range", TEXT, "[1,0,[\"tempo\",-1]]" },
  { "not-a-number", TEXT, "[1,0,[\"tempo\",1e400]]" },
  { "unknown-edit", TEXT, "[1,0,[\"format.disk\",\"/\"]]" },
  { "edit-of-the-host", TEXT, "[1,0,[\"person\",1,\"Eve\",\"brick\"]]" },
  { "edit-of-nothing", TEXT, "[1,0,[\"track.mute\",\"zz.1\",1]]" },
  { "edit-too-few", TEXT, "[1,0,[\"tempo\"]]" },
  { "edit-too-many", TEXT, "[1,0,[\"tempo\",12000,1]]" },
  { "group-half-wrong", TEXT, "[1,0,[\"group\",[[\"tempo\",12345],[\"tempo\",1]]]]" },
  { "from-the-future", TEXT, "[1,9007199254740991,[\"tempo\",0]]" },
};

static guint
say (guint16 port, const Saying *saying, gboolean hello)
{
  RawPeer *peer = raw_connect (port);
  guint code = 0;

  if (peer == NULL)
    return 0;
  g_free (raw_upgrade (peer, TUTTI_LINK_PROTOCOL, ""));
  if (hello)
    raw_write_frame (peer, TEXT, HELLO, strlen (HELLO), TRUE);
  /* A host may cut us off while we still speak. */
  raw_write_frame (peer, saying->first, saying->bytes, saying->length > 0 ? saying->length : strlen (saying->bytes), TRUE);
  /* Whatever was only refused ends here. */
  raw_write_frame (peer, TEXT, "}", 1, TRUE);
  code = raw_read_close (peer);
  raw_free (peer);
  return code;
}

int
main (int argc, char **argv)
{
  guint16 port = (guint16) atoi (argv[1]);
  GMainContext *context = raw_begin_thread ();

  memset (huge, 'x', sizeof huge);
  memset (deep, '[', sizeof deep);
  for (guint i = 0; i < G_N_ELEMENTS (sayings); i++)
    g_print ("%s %u\n", sayings[i].name, say (port, &sayings[i], argc > 2));
  raw_end_thread (context);
  g_main_context_unref (context);
  return 0;
}
