/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What either end may receive: it is refused with a reason and leaves nothing behind, or it is what the published schema
 * describes and reads the same again after writing it. The first byte chooses a message to bend, or 'r': the rest is the text. */
#include "fuzz-bend.h"
#include "tutti-fuzz.h"
#include "tutti-message-private.h"
#include "tutti-random-message.h"
#include "tutti-random-op.h"
#include "tutti-schema-check.h"

#include <string.h>

const char *const fuzz_corpus[] = {
  "a", "b\1\2\3\4", "c\1\1\1\1\2\2\2\2", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p\1\5\1\1\7\6\5\4",
  "r{\"hello\":{\"proto\":1,\"name\":\"Azure Ant\",\"colour\":\"mint\",\"token\":\"\",\"creator\":7,\"epoch\":1,\"seq\":9}}",
  "r[17,3,[\"step\",\"k3f.1a\",5,100]]", "r[17,3,96000,[\"group\",[[\"stop\"],[\"tempo\",12000]]],7,9]", "r[17,3,-96000,4,2]",
  "r{\"no\":{\"n\":4,\"code\":3,\"why\":\"the jam is full\"}}", "r{\"doc\":\"{\\\"tracks\\\":[]\\n\"}", "r{\"need\":\"snapshot\"}", NULL
};

enum { VARIANTS = 8 };
static char *samples[VARIANTS * TUTTI_N_MESSAGES];

static void
make_samples (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  g_autoptr(TuttiJam) jam = tutti_random_jam (rand, 100);

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_auto(TuttiMessage) message = { 0 };

      tutti_random_message (rand, (TuttiMessageKind) (i % TUTTI_N_MESSAGES), jam, &message);
      samples[i] = tutti_message_write (&message);
    }
}

/* A hello of another version is read no further than its version. */
static gboolean
is_foreign (const TuttiMessage *message)
{
  return message->kind == TUTTI_MESSAGE_HELLO && message->hello.protocol != TUTTI_PROTOCOL_VERSION;
}

static void
check (const TuttiMessage *message, const char *text)
{
  g_autofree char *one = NULL, *two = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(TuttiMessage) again = { 0 };

  if (is_foreign (message))
    return;
  tutti_schema_check (tutti_message_spec (message->kind)->by_host ? "toGuest" : "toHost", text, &error);
  g_assert_no_error (error);
  one = tutti_message_write (message);
  g_assert_true (tutti_message_read (one, strlen (one), &again, NULL));
  two = tutti_message_write (&again);
  g_assert_cmpstr (one, ==, two);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = NULL;
  g_auto(TuttiMessage) message = { 0 };
  g_autoptr(GError) error = NULL;
  size_t length;

  if (size == 0)
    return 0;
  if (samples[0] == NULL)
    make_samples ();
  text = data[0] == 'r' ? g_strndup ((const char *) data + 1, size - 1)
                        : fuzz_bend (samples[data[0] % G_N_ELEMENTS (samples)], data + 1, size - 1);
  length = data[0] == 'r' ? size - 1 : strlen (text);
  if (tutti_message_read (text, length, &message, &error))
    check (&message, text);
  else
    g_assert_true (error != NULL && g_utf8_validate (error->message, -1, NULL) && message.op == NULL && message.text == NULL);
  return 0;
}
