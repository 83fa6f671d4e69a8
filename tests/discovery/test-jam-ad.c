/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-ad.h"

#include <string.h>

#define FP "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const TuttiJamAd sample = {
  .name = "fuzzy-penguin-42", .id = "k3f9x2", .proto = 1, .epoch = 3, .people = 4, .people_max = 16,
  .tempo_cbpm = 12050, .locked = TRUE, .fingerprint = FP, .clock_port = 7464, .port = 7464,
};

/* "key=value" lines as a TXT record. */
static GByteArray *
record (const char *lines)
{
  g_auto(GStrv) pairs = g_strsplit (lines, "\n", -1);
  GByteArray *txt = g_byte_array_new ();

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      guint8 length = (guint8) strlen (pairs[i]);

      g_byte_array_append (txt, &length, 1);
      g_byte_array_append (txt, (const guint8 *) pairs[i], length);
    }
  return txt;
}

#define GOOD "txtvers=1\nproto=1\nid=k3f9x2\nep=3\nn=4\nmax=16\nbpm=120.50\nlock=1\nfp=" FP "\nclk=7464"
#define WITH(id, bpm, fp) "txtvers=1\nproto=1\nid=" id "\nep=3\nn=4\nmax=16\nbpm=" bpm "\nlock=1\nfp=" fp "\nclk=1"

static const struct { const char *name, *lines; gboolean valid; } cases[] = {
  { "good", GOOD, TRUE },
  { "unknown-keys-pass", "zebra=1\nflag\n=x\n\n" GOOD "\nx", TRUE },
  { "keys-have-no-case", "TXTVERS=1\nProto=1\nID=a\nEp=0\nN=0\nMAX=1\nBpm=20\nLOCK=0\nFP=" FP "\nCLK=0", TRUE },
  { "first-of-equals-counts", GOOD "\nn=not a number at all", TRUE },
  { "whole-tempo", WITH ("a", "120", FP), TRUE },
  { "slowest", WITH ("a", "20", FP), TRUE },
  { "fastest", WITH ("a", "300.00", FP), TRUE },
  { "empty", "", FALSE },
  { "no-version", "proto=1\nid=a\nep=3\nn=4\nmax=16\nbpm=120\nlock=1\nfp=" FP "\nclk=1", FALSE },
  { "newer-version", "txtvers=2\nall=new", FALSE },
  { "no-id", "txtvers=1\nproto=1\nep=3\nn=4\nmax=16\nbpm=120\nlock=1\nfp=" FP "\nclk=1", FALSE },
  { "no-clock", "txtvers=1\nproto=1\nid=a\nep=3\nn=4\nmax=16\nbpm=120\nlock=1\nfp=" FP, FALSE },
  { "empty-id", WITH ("", "120", FP), FALSE },
  { "id-with-slash", WITH ("a/b", "120", FP), FALSE },
  { "id-too-long", WITH ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "120", FP), FALSE },
  { "too-slow", WITH ("a", "19.99", FP), FALSE },
  { "too-fast", WITH ("a", "300.01", FP), FALSE },
  { "tempo-signed", WITH ("a", "+120", FP), FALSE },
  { "tempo-exponent", WITH ("a", "1e2", FP), FALSE },
  { "tempo-three-decimals", WITH ("a", "99.123", FP), FALSE },
  { "tempo-ends-in-dot", WITH ("a", "120.", FP), FALSE },
  { "tempo-text", WITH ("a", "fast", FP), FALSE },
  { "fingerprint-short", WITH ("a", "120", "0123"), FALSE },
  { "fingerprint-upper-case", WITH ("a", "120", "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef"), FALSE },
  { "people-negative", "n=-1\n" GOOD, FALSE },
  { "people-spaced", "n= 1\n" GOOD, FALSE },
  { "nobody-allowed", "max=0\n" GOOD, FALSE },
  { "epoch-past-53-bits", "ep=9007199254740993\n" GOOD, FALSE },
  { "lock-is-word", "lock=y\n" GOOD, FALSE },
  { "clock-past-65535", "clk=65536\n" GOOD, FALSE },
  { "proto-zero", "proto=0\n" GOOD, FALSE },
  { "key-without-value", "n\n" GOOD, FALSE },
};

static void
test_decode (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr(GByteArray) txt = record (cases[row].lines);
  g_autoptr(GError) error = NULL;
  TuttiJamAd ad = sample, before;
  gboolean ok;

  ad.people = 77;
  before = ad;
  ok = tutti_jam_ad_decode_txt (txt->data, txt->len, &ad, &error);
  g_assert_cmpint (ok, ==, cases[row].valid);
  g_assert_true (ok == (error == NULL));
  g_assert_true (ok || tutti_jam_ad_equal (&ad, &before));
  g_assert_true (ok || strlen (error->message) > 5);
}

static void
test_newer_is_told_apart (void)
{
  g_autoptr(GByteArray) txt = record ("bpm=a tempo map\nid=\ntxtvers=2\nall=new");
  g_autoptr(GError) error = NULL;
  TuttiJamAd ad = sample;

  g_assert_false (tutti_jam_ad_decode_txt (txt->data, txt->len, &ad, &error));
  g_assert_error (error, TUTTI_DISCOVERY_ERROR, TUTTI_DISCOVERY_ERROR_NEWER);
}

static void
random_text (char *out, guint length, const char *alphabet)
{
  gsize n = strlen (alphabet);

  memset (out, 0, length + 1);
  for (guint i = 0; i < length; i++)
    out[i] = alphabet[g_test_rand_int_range (0, (gint32) n)];
}

static TuttiJamAd
random_ad (void)
{
  TuttiJamAd ad = { .proto = (guint) g_test_rand_int_range (1, 1000), .epoch = (guint32) g_test_rand_int (),
                    .people = (guint) g_test_rand_int_range (0, 10000),
                    .people_max = (guint) g_test_rand_int_range (1, 10000),
                    .tempo_cbpm = (guint) g_test_rand_int_range (2000, 30001),
                    .locked = g_test_rand_bit (), .clock_port = (guint16) g_test_rand_int_range (0, 65536),
                    .port = (guint16) g_test_rand_int_range (1, 65536), .name = "x" };

  random_text (ad.id, (guint) g_test_rand_int_range (1, TUTTI_AD_ID_MAX + 1), "abcXYZ019-_.");
  random_text (ad.fingerprint, TUTTI_AD_FINGERPRINT_LENGTH, "0123456789abcdef");
  return ad;
}

/* Law: what is written is read back equal, within the size that was promised. */
static void
test_round_trip (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      TuttiJamAd ad = random_ad (), read = { .name = "x", .port = ad.port };
      g_autoptr(GError) error = NULL;
      g_autoptr(GByteArray) txt = tutti_jam_ad_encode_txt (&ad, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (txt->len, <=, TUTTI_AD_TXT_MAX);
      g_assert_true (tutti_jam_ad_decode_txt (txt->data, txt->len, &read, &error));
      g_assert_true (tutti_jam_ad_equal (&ad, &read));
    }
}

/* Law: any bytes are either refused with a reason, changing nothing, or make an ad that may be published. */
static void
test_any_bytes (void)
{
  g_autoptr(GByteArray) good = tutti_jam_ad_encode_txt (&sample, NULL);

  for (guint i = 0; i < 20000; i++)
    {
      gsize size = i % 2 ? good->len : (gsize) g_test_rand_int_range (0, 600);
      g_autofree guint8 *bytes = g_malloc (size + 1);
      TuttiJamAd ad = sample, before = sample;
      g_autoptr(GError) error = NULL;

      for (gsize j = 0; j < size; j++)
        bytes[j] = i % 2 ? good->data[j] : (guint8) g_test_rand_int ();
      for (guint j = 0; i % 2 && j < 3; j++)
        bytes[g_test_rand_int_range (0, (gint32) size)] = (guint8) g_test_rand_int ();
      if (i % 4 == 3)
        size = (gsize) g_test_rand_int_range (0, (gint32) size);
      if (tutti_jam_ad_decode_txt (bytes, size, &ad, &error))
        g_assert_true (tutti_jam_ad_check (&ad, NULL));
      else
        g_assert_true (error != NULL && tutti_jam_ad_equal (&ad, &before));
    }
}

static const struct { const char *label, *name, *kept; } names[] = {
  { "plain", "Fuzzy Penguin", "Fuzzy Penguin" },
  { "accents", "Café à côté ♪", "Café à côté ♪" },
  { "cut-between-characters", "123456789012345678901234567890123456789012345678901234567890€€",
    "123456789012345678901234567890123456789012345678901234567890€" },
  { "cut-inside-character", "1234567890123456789012345678901234567890123456789012345678901€",
    "1234567890123456789012345678901234567890123456789012345678901" },
  { "empty", "", NULL },
  { "line-break", "two\nlines", NULL },
  { "escape", "\x1b[31mred", NULL },
  { "not-utf8", "\xff\xfe", NULL },
  { "turns-direction", "a\u202eb", NULL },
};

static void
test_name (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  TuttiJamAd ad = sample;
  gboolean ok = tutti_jam_ad_set_name (&ad, names[row].name, NULL);

  g_assert_cmpint (ok, ==, names[row].kept != NULL);
  g_assert_cmpstr (ad.name, ==, ok ? names[row].kept : sample.name);
}

static void
add (TuttiJamAd *ad, const char *text, guint32 interface)
{
  g_autoptr(GInetAddress) inet = g_inet_address_new_from_string (text);
  TuttiJamAddress address;

  g_assert_true (tutti_jam_address_from_inet (&address, inet, 7464, interface));
  tutti_jam_ad_add_address (ad, &address);
}

static void
test_addresses_best_first (void)
{
  static const char *const expected[] = { "10.0.0.9:7464", "10.0.0.1:7464", "169.254.3.3:7464",
                                          "[fd00::1]:7464", "[fe80::1%3]:7464", "[fe80::1%4]:7464" };
  TuttiJamAd ad = sample;

  add (&ad, "fe80::1", 3);
  add (&ad, "fd00::1", 3);
  add (&ad, "169.254.3.3", 3);
  add (&ad, "10.0.0.9", 3);
  add (&ad, "10.0.0.1", 4);
  add (&ad, "fe80::1", 4);
  add (&ad, "10.0.0.9", 5);
  g_assert_cmpuint (ad.n_addresses, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < ad.n_addresses; i++)
    {
      g_autofree char *text = tutti_jam_address_to_string (&ad.addresses[i]);

      g_assert_cmpstr (text, ==, expected[i]);
    }
}

static void
test_addresses_are_bounded (void)
{
  TuttiJamAd ad = sample;

  for (guint i = 1; i <= 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("fd00::%u", i);

      add (&ad, text, 1);
    }
  add (&ad, "10.0.0.1", 1);
  g_assert_cmpuint (ad.n_addresses, ==, TUTTI_AD_ADDRESSES_MAX);
  g_assert_cmpuint (ad.addresses[0].family, ==, G_SOCKET_FAMILY_IPV4);
}

static void
test_useless_addresses (void)
{
  static const char *const useless[] = { "0.0.0.0", "::", "224.0.0.251", "ff02::fb", "fe80::1" };

  for (guint i = 0; i < G_N_ELEMENTS (useless); i++)
    {
      g_autoptr(GInetAddress) inet = g_inet_address_new_from_string (useless[i]);
      TuttiJamAddress address = { .port = 9 };

      g_assert_false (tutti_jam_address_from_inet (&address, inet, 7464, 0));
      g_assert_cmpuint (address.port, ==, 9);
    }
}

static void
test_scope_reaches_the_socket (void)
{
  TuttiJamAd ad = sample;
  g_autoptr(GSocketAddress) made = NULL;

  add (&ad, "fe80::5", 7);
  made = tutti_jam_address_to_socket_address (&ad.addresses[0]);
  g_assert_cmpuint (g_inet_socket_address_get_scope_id (G_INET_SOCKET_ADDRESS (made)), ==, 7);
  g_assert_cmpuint (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (made)), ==, 7464);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/jam-ad/decode/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_decode);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/jam-ad/name/", names[i].label, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_name);
    }
  g_test_add_func ("/jam-ad/newer-is-told-apart", test_newer_is_told_apart);
  g_test_add_func ("/jam-ad/round-trip", test_round_trip);
  g_test_add_func ("/jam-ad/any-bytes", test_any_bytes);
  g_test_add_func ("/jam-ad/addresses-best-first", test_addresses_best_first);
  g_test_add_func ("/jam-ad/addresses-are-bounded", test_addresses_are_bounded);
  g_test_add_func ("/jam-ad/useless-addresses", test_useless_addresses);
  g_test_add_func ("/jam-ad/scope-reaches-the-socket", test_scope_reaches_the_socket);
  return g_test_run ();
}
