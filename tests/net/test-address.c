/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-address.h"

#include <string.h>

#define CODE "00112233445566778899aabbccddeeff"
#define FP "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static const struct { const char *name, *text, *host, *scope; guint16 port; const char *jam, *fingerprint, *invite; } good[] = {
  { "name", "studio.local", "studio.local", NULL, 7464 },
  { "name-port", "Studio:80", "studio", NULL, 80 },
  { "name-root", "studio.local.", "studio.local.", NULL, 7464 },
  { "space", "  192.0.2.7 \n", "192.0.2.7", NULL, 7464 },
  { "v4", "192.0.2.7", "192.0.2.7", NULL, 7464 },
  { "v4-port", "192.0.2.7:65535", "192.0.2.7", NULL, 65535 },
  { "v6-bare", "2001:db8::7", "2001:db8::7", NULL, 7464 },
  { "v6-brackets", "[2001:DB8:0::7]", "2001:db8::7", NULL, 7464 },
  { "v6-port", "[2001:db8::7]:1", "2001:db8::7", NULL, 1 },
  { "v6-loopback", "::1", "::1", NULL, 7464 },
  { "v6-scope", "[fe80::1%eth0]:7465", "fe80::1", "eth0", 7465 },
  { "v6-scope-bare", "fe80::1%wlp2s0", "fe80::1", "wlp2s0", 7464 },
  { "v6-scope-number", "fe80::1%3", "fe80::1", "3", 7464 },
  { "v6-scope-like-escape", "fe80::1%25", "fe80::1", "25", 7464 },
  { "name-jam", "studio/Fuzzy.penguin-42", "studio", NULL, 7464, "Fuzzy.penguin-42" },
  { "v4-jam", "192.0.2.7:99/a", "192.0.2.7", NULL, 99, "a" },
  { "v6-jam", "[::1]:99/a", "::1", NULL, 99, "a" },
  { "v6-bare-jam", "2001:db8::7/a", "2001:db8::7", NULL, 7464, "a" },
  { "v6-scope-jam", "fe80::1%eth0/a", "fe80::1", "eth0", 7464, "a" },
  { "jam-missing", "studio:99/", "studio", NULL, 99 },
  { "link", "tutti://192.0.2.7/fuzzy-penguin-42", "192.0.2.7", NULL, 7464, "fuzzy-penguin-42" },
  { "link-all", "tutti://192.0.2.7:99/a?fp=" FP, "192.0.2.7", NULL, 99, "a", FP },
  { "link-no-jam", "tutti://studio:99", "studio", NULL, 99 },
  { "link-no-jam-slash", "tutti://studio/?fp=" FP, "studio", NULL, 7464, NULL, FP },
  { "link-capitals", "TUTTI://Studio/A?fp=AABB2233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF", "studio", NULL,
    7464, "A", "aabb2233445566778899aabbccddeeff00112233445566778899aabbccddeeff" },
  { "link-v6", "tutti://[2001:db8::7]:5/j", "2001:db8::7", NULL, 5, "j" },
  { "link-scope", "tutti://[fe80::1%25eth0]/j", "fe80::1", "eth0", 7464, "j" },
  { "link-scope-plain", "tutti://[fe80::1%eth0]/j", "fe80::1", "eth0", 7464, "j" },
  { "link-invite", "tutti://a/j?invite=00112233445566778899AABBCCDDEEFF", "a", NULL, 7464, "j", NULL, CODE },
  { "link-invite-and-fp", "tutti://a/j?invite=" CODE "&fp=" FP, "a", NULL, 7464, "j", FP, CODE },
  { "link-newer", "tutti://a/j?role=viewer&fp=" FP "&x=1", "a", NULL, 7464, "j", FP },
};

static const struct { const char *name, *text; } bad[] = {
  { "empty", "" }, { "space", "  " }, { "port-0", "a:0" }, { "port-65536", "a:65536" }, { "port-text", "a:b" },
  { "port-empty", "a:" }, { "port-minus", "a:-1" }, { "port-space", "a: 1" }, { "only-port", ":7464" },
  { "v4-short", "192.0.2" }, { "v4-large", "192.0.2.256" }, { "number", "12345" }, { "v4-hex", "0x7f.1" },
  { "v6-bad", "2001:::7" }, { "v6-open", "[::1" }, { "v6-behind", "[::1]x" }, { "v4-in-brackets", "[192.0.2.7]" },
  { "scope-on-global", "2001:db8::7%eth0" }, { "scope-empty", "fe80::1%" }, { "scope-long", "fe80::1%abcdefghijklmnop" },
  { "scope-slash", "fe80::1%../x" }, { "scope-on-name", "studio%eth0" }, { "name-dots", "a..b" }, { "name-minus", "-a" },
  { "name-space", "a b" }, { "name-user", "user@a" }, { "name-unicode", "ä.local" }, { "other-scheme", "http://a/" },
  { "link-empty", "tutti://" }, { "link-no-host", "tutti:///jam" }, { "jam-slash", "tutti://a/b/c" },
  { "plain-jam-slash", "a/b/c" }, { "plain-jam-dots", "a/.." }, { "plain-jam-query", "a/b?fp=" FP }, { "jam-only", "/b" },
  { "jam-dots", "tutti://a/.." }, { "jam-percent", "tutti://a/%2e" }, { "fp-short", "tutti://a/b?fp=abcd" },
  { "fp-letters", "tutti://a/b?fp=x0112233445566778899aabbccddeeff00112233445566778899aabbccddeeff" },
  { "fp-long", "tutti://a/b?fp=" FP "0" }, { "fp-twice", "tutti://a/b?fp=" FP "&fp=" FP }, { "nul-utf8", "a\xff" },
  { "invite-short", "tutti://a/b?invite=abcd" }, { "invite-twice", "tutti://a/b?invite=" CODE "&invite=" CODE },
};

static void
test_good (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiAddress) address = tutti_address_parse (good[row].text, &error), again = NULL;
  g_autofree char *link = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (address->host, ==, good[row].host);
  g_assert_cmpstr (address->scope, ==, good[row].scope);
  g_assert_cmpuint (address->port, ==, good[row].port);
  g_assert_cmpstr (address->jam, ==, good[row].jam);
  g_assert_cmpstr (address->fingerprint, ==, good[row].fingerprint);
  g_assert_cmpstr (address->invite, ==, good[row].invite);

  /* A link says it all. */
  link = tutti_address_to_link (address);
  again = tutti_address_parse (link, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (address->host, ==, again->host);
  g_assert_cmpstr (address->scope, ==, again->scope);
  g_assert_cmpuint (address->port, ==, again->port);
  g_assert_cmpstr (address->jam, ==, again->jam);
  g_assert_cmpstr (address->fingerprint, ==, again->fingerprint);
  g_assert_cmpstr (address->invite, ==, again->invite);
}

static void
test_text (void)
{
  g_autoptr(TuttiAddress) address = tutti_address_parse ("tutti://[fe80::1%25eth0]:9/j?fp=" FP, NULL);
  g_autofree char *text = tutti_address_to_text (address);
  g_autoptr(TuttiAddress) again = tutti_address_parse (text, NULL);

  g_assert_cmpstr (text, ==, "[fe80::1%eth0]:9");
  g_assert_cmpstr (again->scope, ==, "eth0");
}

static void
test_bad (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr(GError) error = NULL;

  g_assert_null (tutti_address_parse (bad[row].text, &error));
  g_assert_error (error, TUTTI_ADDRESS_ERROR, TUTTI_ADDRESS_ERROR_INVALID);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_long (void)
{
  g_autofree char *text = g_strnfill (10000, 'a');
  g_autoptr(GError) error = NULL;

  g_assert_null (tutti_address_parse (text, &error));
  g_assert_error (error, TUTTI_ADDRESS_ERROR, TUTTI_ADDRESS_ERROR_INVALID);
}

static void
test_connectable (void)
{
  g_autoptr(TuttiAddress) literal = tutti_address_parse ("[fe80::1%lo]:9", NULL);
  g_autoptr(TuttiAddress) name = tutti_address_parse ("studio.local:9", NULL);
  g_autoptr(TuttiAddress) nowhere = tutti_address_parse ("fe80::1%nowhere", NULL);
  g_autoptr(GSocketConnectable) one = tutti_address_to_connectable (literal, NULL);
  g_autoptr(GSocketConnectable) two = tutti_address_to_connectable (name, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiAddress) back = NULL;

  g_assert_true (G_IS_INET_SOCKET_ADDRESS (one));
  g_assert_cmpuint (g_inet_socket_address_get_scope_id (G_INET_SOCKET_ADDRESS (one)), >, 0);
  g_assert_true (G_IS_NETWORK_ADDRESS (two));
  g_assert_null (tutti_address_to_connectable (nowhere, &error));
  g_assert_error (error, TUTTI_ADDRESS_ERROR, TUTTI_ADDRESS_ERROR_SCOPE);
  back = tutti_address_new_from_socket (G_INET_SOCKET_ADDRESS (one));
  g_assert_cmpstr (back->host, ==, "fe80::1");
  g_assert_cmpstr (back->scope, ==, "lo");
  g_assert_cmpuint (back->port, ==, 9);
}

/* What discovery found, of either kind. */
static void
test_from_socket (void)
{
  g_autoptr(GSocketAddress) four = g_inet_socket_address_new_from_string ("10.77.0.1", 7464);
  g_autoptr(GSocketAddress) six = g_inet_socket_address_new_from_string ("fd77::1", 7465);
  g_autoptr(TuttiAddress) one = tutti_address_new_from_socket (G_INET_SOCKET_ADDRESS (four));
  g_autoptr(TuttiAddress) two = tutti_address_new_from_socket (G_INET_SOCKET_ADDRESS (six));

  g_assert_cmpstr (one->host, ==, "10.77.0.1");
  g_assert_null (one->scope);
  g_assert_cmpuint (one->port, ==, 7464);
  g_assert_cmpstr (two->host, ==, "fd77::1");
  g_assert_null (two->scope);
  g_assert_cmpuint (two->port, ==, 7465);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *path = g_strconcat ("/address/good/", good[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_good);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/address/bad/", bad[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bad);
    }
  g_test_add_func ("/address/text", test_text);
  g_test_add_func ("/address/long", test_long);
  g_test_add_func ("/address/connectable", test_connectable);
  g_test_add_func ("/address/from-socket", test_from_socket);
  return g_test_run ();
}
