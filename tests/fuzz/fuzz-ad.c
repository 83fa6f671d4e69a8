/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A TXT record as anybody on the network may send it: refused, and then the value is as it was; or within all limits, and it
 * encodes and reads the same again. Line breaks in the corpus stand for the length bytes; the first byte 'r': as it is. */
#include "tutti-fuzz.h"
#include "tutti-jam-ad.h"

#include <string.h>

#define FP "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

const char *const fuzz_corpus[] = {
  "l\ntxtvers=1\nproto=1\nid=k3f9x2\nep=3\nn=4\nmax=16\nbpm=120.50\nlock=1\nfp=" FP "\nclk=7464",
  "l\nTXTVERS=1\nProto=1\nID=a\nEp=0\nN=0\nMAX=1\nBpm=20\nLOCK=0\nFP=" FP "\nCLK=0\nzebra\n=x\n", "l\ntxtvers=2\nall=new",
  "r\x09txtvers=1\x07proto=1", NULL
};

/* "\nkey=value" as length and text. */
static GByteArray *
record (const uint8_t *data, size_t size)
{
  GByteArray *txt = g_byte_array_new ();
  size_t start = 0;

  for (size_t i = 0; i <= size; i++)
    if (i == size || data[i] == '\n')
      {
        guint8 length = (guint8) MIN (i - start, 255);

        g_byte_array_append (txt, &length, 1);
        g_byte_array_append (txt, data + start, length);
        start = i + 1;
      }
  return txt;
}

static void
check (const TuttiJamAd *ad)
{
  g_autoptr(GByteArray) txt = NULL;
  TuttiJamAd again = { .name = "a jam", .port = 7464 };

  g_assert_true (tutti_jam_ad_check (ad, NULL));
  txt = tutti_jam_ad_encode_txt (ad, NULL);
  g_assert_true (txt != NULL && txt->len <= TUTTI_AD_TXT_MAX);
  g_assert_true (tutti_jam_ad_decode_txt (txt->data, txt->len, &again, NULL));
  g_assert_true (tutti_jam_ad_equal (ad, &again));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  TuttiJamAd ad = { .name = "a jam", .port = 7464 }, before = ad;
  g_autoptr(GByteArray) txt = size > 0 && data[0] != 'r' ? record (data + 1, size - 1) : g_byte_array_new ();
  g_autoptr(GError) error = NULL;

  if (size > 0 && data[0] == 'r')
    g_byte_array_append (txt, data + 1, (guint) size - 1);
  if (tutti_jam_ad_decode_txt (txt->data, txt->len, &ad, &error))
    check (&ad);
  else
    g_assert_true (error != NULL && tutti_jam_ad_equal (&ad, &before));
  return 0;
}
