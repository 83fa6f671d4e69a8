/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person types or a link carries: refused in words, or an address that its own link and text name again. */
#include "tutti-address.h"
#include "tutti-fuzz.h"

#define FP "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

const char *const fuzz_corpus[] = {
  "studio.local:7464", "  192.0.2.7:1\n", "2001:db8::7", "[2001:db8::7]:5", "[fe80::1%eth0]:7465", "fe80::1%3", "::ffff:192.0.2.7",
  "tutti://192.0.2.7:99/a-jam?fp=" FP, "tutti://[fe80::1%25eth0]/j?role=viewer&fp=" FP "&x=1", "TUTTI://Studio/A", "tutti://a/b",
  "tutti://a/b?invite=00112233445566778899aabbccddeeff", "tutti://a/b?fp=" FP "&invite=00112233445566778899AABBCCDDEEFF", NULL
};

static void
check_same (const TuttiAddress *a, const TuttiAddress *b)
{
  g_assert_cmpstr (a->host, ==, b->host);
  g_assert_cmpstr (a->scope, ==, b->scope);
  g_assert_cmpuint (a->port, ==, b->port);
}

static void
check (const TuttiAddress *address)
{
  g_autofree char *link = tutti_address_to_link (address), *text = tutti_address_to_text (address);
  g_autoptr(TuttiAddress) from_link = tutti_address_parse (link, NULL), from_text = tutti_address_parse (text, NULL);
  g_autoptr(GSocketConnectable) where = tutti_address_to_connectable (address, NULL);

  g_assert_true (address->port != 0 && address->host[0] != '\0');
  g_assert_true (address->jam == NULL || tutti_address_is_jam_id (address->jam));
  g_assert_true (from_link != NULL && from_text != NULL);
  check_same (address, from_link);
  check_same (address, from_text);
  g_assert_cmpstr (address->jam, ==, from_link->jam);
  g_assert_cmpstr (address->fingerprint, ==, from_link->fingerprint);
  g_assert_cmpstr (address->invite, ==, from_link->invite);
  g_assert_true (where != NULL || address->scope != NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiAddress) address = tutti_address_parse (text, &error);

  if (address != NULL)
    check (address);
  else
    g_assert_true (error != NULL && error->message[0] != '\0' && g_utf8_validate (error->message, -1, NULL));
  return 0;
}
