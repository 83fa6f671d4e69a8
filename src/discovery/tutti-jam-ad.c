/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-ad.h"

#include "tutti-limits.h"

#include <string.h>

G_DEFINE_QUARK (tutti-discovery-error-quark, tutti_discovery_error)
G_DEFINE_BOXED_TYPE (TuttiJamAd, tutti_jam_ad, tutti_jam_ad_copy, tutti_jam_ad_free)

static gboolean
invalid (GError **error, const char *what)
{
  g_set_error_literal (error, TUTTI_DISCOVERY_ERROR, TUTTI_DISCOVERY_ERROR_INVALID, what);
  return FALSE;
}

TuttiJamAd *
tutti_jam_ad_copy (const TuttiJamAd *ad)
{
  return g_memdup2 (ad, sizeof *ad);
}

void
tutti_jam_ad_free (TuttiJamAd *ad)
{
  g_free (ad);
}

gboolean
tutti_jam_address_equal (const TuttiJamAddress *a, const TuttiJamAddress *b)
{
  gsize size = a->family == G_SOCKET_FAMILY_IPV4 ? 4 : 16;

  return a->family == b->family && a->port == b->port && a->scope == b->scope &&
         memcmp (a->bytes, b->bytes, size) == 0;
}

gboolean
tutti_jam_ad_equal (const TuttiJamAd *a, const TuttiJamAd *b)
{
  gboolean same = strcmp (a->name, b->name) == 0 && strcmp (a->id, b->id) == 0 &&
                  strcmp (a->fingerprint, b->fingerprint) == 0 && strcmp (a->host, b->host) == 0 &&
                  a->proto == b->proto && a->epoch == b->epoch && a->people == b->people &&
                  a->people_max == b->people_max && a->tempo_cbpm == b->tempo_cbpm &&
                  !a->locked == !b->locked && a->clock_port == b->clock_port &&
                  a->port == b->port && !a->local == !b->local && a->n_addresses == b->n_addresses;

  for (guint i = 0; same && i < a->n_addresses; i++)
    same = tutti_jam_address_equal (&a->addresses[i], &b->addresses[i]);
  return same;
}

gboolean
tutti_jam_ad_is_full (const TuttiJamAd *ad)
{
  return ad->people >= ad->people_max;
}

/* A stranger chooses this text and a person reads it: no line breaks, no escapes, nothing that turns
 * the writing direction of what is shown around it. */
static gboolean
is_plain_text (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e) ||
          (c >= 0x2066 && c <= 0x2069))
        return FALSE;
    }
  return TRUE;
}

gboolean
tutti_jam_ad_set_name (TuttiJamAd *ad, const char *name, GError **error)
{
  gsize length;

  if (name[0] == '\0')
    return invalid (error, "the name is empty");
  if (!is_plain_text (name))
    return invalid (error, "the name is not plain text");

  length = strlen (name);
  if (length > TUTTI_AD_NAME_MAX)
    length = g_utf8_find_prev_char (name, name + TUTTI_AD_NAME_MAX + 1) - name;
  memset (ad->name, 0, sizeof ad->name);
  memcpy (ad->name, name, length);
  return TRUE;
}

static gboolean
is_id (const char *id)
{
  return id[0] != '\0' && id[strspn (id, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_.")] == '\0';
}

static gboolean
is_fingerprint (const char *text)
{
  return strlen (text) == TUTTI_AD_FINGERPRINT_LENGTH &&
         strspn (text, G_CSET_DIGITS "abcdef") == TUTTI_AD_FINGERPRINT_LENGTH;
}

gboolean
tutti_jam_ad_check (const TuttiJamAd *ad, GError **error)
{
  if (ad->name[0] == '\0' || !is_plain_text (ad->name))
    return invalid (error, "the name is empty or not plain text");
  if (!is_id (ad->id))
    return invalid (error, "“id” must be letters, digits, “-”, “_” or “.”");
  if (ad->proto < 1 || ad->proto > 999)
    return invalid (error, "“proto” must be from 1 to 999");
  if (ad->people > TUTTI_AD_PEOPLE_MAX)
    return invalid (error, "“n” must be from 0 to 9999");
  if (ad->people_max < 1 || ad->people_max > TUTTI_AD_PEOPLE_MAX)
    return invalid (error, "“max” must be from 1 to 9999");
  if (ad->tempo_cbpm < TUTTI_AD_TEMPO_MIN_CBPM || ad->tempo_cbpm > TUTTI_AD_TEMPO_MAX_CBPM)
    return invalid (error, "“bpm” must be from 20 to 300");
  if (!is_fingerprint (ad->fingerprint))
    return invalid (error, "“fp” must be 64 lower-case hexadecimal digits");
  if (ad->port == 0)
    return invalid (error, "the port is missing");
  return TRUE;
}

static void
append_pair (GByteArray *txt, const char *key, const char *value)
{
  g_autofree char *pair = g_strconcat (key, "=", value, NULL);
  guint8 length = (guint8) strlen (pair);

  g_byte_array_append (txt, &length, 1);
  g_byte_array_append (txt, (const guint8 *) pair, length);
}

static void
append_number (GByteArray *txt, const char *key, guint64 value)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, value);
  append_pair (txt, key, text);
}

GByteArray *
tutti_jam_ad_encode_txt (const TuttiJamAd *ad, GError **error)
{
  GByteArray *txt;
  char bpm[16];

  if (!tutti_jam_ad_check (ad, error))
    return NULL;

  g_snprintf (bpm, sizeof bpm, "%u.%02u", ad->tempo_cbpm / 100, ad->tempo_cbpm % 100);
  txt = g_byte_array_sized_new (192);
  append_number (txt, "txtvers", TUTTI_AD_TXT_VERSION);
  append_number (txt, "proto", ad->proto);
  append_pair (txt, "id", ad->id);
  append_number (txt, "ep", (guint64) ad->epoch);
  append_number (txt, "n", ad->people);
  append_number (txt, "max", ad->people_max);
  append_pair (txt, "bpm", bpm);
  append_pair (txt, "lock", ad->locked ? "1" : "0");
  append_pair (txt, "fp", ad->fingerprint);
  append_number (txt, "clk", ad->clock_port);
  g_assert (txt->len <= TUTTI_AD_TXT_MAX);
  return txt;
}

/* One value of the record as text; no value holds a NUL, so text is enough. */
typedef struct
{
  const char *key;
  gsize       max;              /* bytes of value at most */
  char        value[TUTTI_AD_FINGERPRINT_LENGTH + 1];
  gboolean    seen;
  gboolean    broken;           /* empty or too long */
} TxtField;

enum { TXTVERS, PROTO, ID, EP, N, MAX_PEOPLE, BPM, LOCK, FP, CLK, N_FIELDS };

static const TxtField empty_fields[N_FIELDS] = {
  [TXTVERS] = { "txtvers", 3 }, [PROTO] = { "proto", 3 }, [ID] = { "id", TUTTI_AD_ID_MAX },
  [EP] = { "ep", 10 }, [N] = { "n", 4 }, [MAX_PEOPLE] = { "max", 4 }, [BPM] = { "bpm", 6 },
  [LOCK] = { "lock", 1 }, [FP] = { "fp", TUTTI_AD_FINGERPRINT_LENGTH }, [CLK] = { "clk", 5 },
};

/* Takes one “key=value” if we know the key. Keys have no case and the first of equals counts
 * (RFC 6763 §6.4); unknown keys belong to later versions and are passed over. */
static void
take_pair (TxtField *fields, const char *pair, gsize length)
{
  const char *equals = memchr (pair, '=', length);
  gsize key_length = equals != NULL ? (gsize) (equals - pair) : length;
  gsize value_length = equals != NULL ? length - key_length - 1 : 0;

  for (guint i = 0; i < N_FIELDS; i++)
    {
      TxtField *field = &fields[i];

      if (field->seen || strlen (field->key) != key_length ||
          g_ascii_strncasecmp (field->key, pair, key_length) != 0)
        continue;
      field->seen = TRUE;
      field->broken = value_length > field->max || value_length == 0 ||
                      memchr (equals + 1, '\0', value_length) != NULL;
      if (!field->broken)
        memcpy (field->value, equals + 1, value_length);
      return;
    }
}

/* Digits only: no sign, no space, no exponent, unlike what strtoul() would take. */
static gboolean
read_number (const TxtField *field, guint64 min, guint64 max, guint64 *out, GError **error)
{
  if (g_ascii_isdigit (field->value[0]) &&
      g_ascii_string_to_unsigned (field->value, 10, min, max, out, NULL))
    return TRUE;
  g_set_error (error, TUTTI_DISCOVERY_ERROR, TUTTI_DISCOVERY_ERROR_INVALID,
               "“%s” must be a whole number from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT,
               field->key, min, max);
  return FALSE;
}

/* “120”, “120.5” and “120.25” are tempos in BPM; more decimals are not. */
static gboolean
read_tempo (const TxtField *field, guint *out, GError **error)
{
  const char *text = field->value;
  gsize whole = strspn (text, G_CSET_DIGITS);
  gsize decimals = text[whole] == '.' ? strspn (text + whole + 1, G_CSET_DIGITS) : 0;
  gsize used = text[whole] == '.' ? whole + 1 + decimals : whole;
  guint value = 0;

  if (whole < 1 || whole > 3 || text[used] != '\0' || (text[whole] == '.' && (decimals < 1 || decimals > 2)))
    return invalid (error, "“bpm” must be a tempo such as 120 or 120.25");
  for (gsize i = 0; i < whole; i++)
    value = value * 10 + (guint) (text[i] - '0');
  for (gsize i = 0; i < 2; i++)
    value = value * 10 + (i < decimals ? (guint) (text[whole + 1 + i] - '0') : 0);
  if (value < TUTTI_AD_TEMPO_MIN_CBPM || value > TUTTI_AD_TEMPO_MAX_CBPM)
    return invalid (error, "“bpm” must be from 20 to 300");
  *out = value;
  return TRUE;
}

static gboolean
split_pairs (const guint8 *txt, gsize size, TxtField *fields, GError **error)
{
  if (size > TUTTI_AD_TXT_MAX)
    return invalid (error, "the record is longer than 400 bytes");
  for (gsize at = 0; at < size;)
    {
      gsize length = txt[at];

      if (length > size - at - 1)
        return invalid (error, "the record ends inside a field");
      take_pair (fields, (const char *) txt + at + 1, length);
      at += 1 + length;
    }
  return TRUE;
}

static gboolean
all_whole (const TxtField *fields, GError **error)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (!fields[i].seen)
      {
        g_set_error (error, TUTTI_DISCOVERY_ERROR, TUTTI_DISCOVERY_ERROR_INVALID, "“%s” is missing", fields[i].key);
        return FALSE;
      }
    else if (fields[i].broken)
      {
        g_set_error (error, TUTTI_DISCOVERY_ERROR, TUTTI_DISCOVERY_ERROR_INVALID,
                     "“%s” is empty or longer than %" G_GSIZE_FORMAT " bytes", fields[i].key, fields[i].max);
        return FALSE;
      }
  return TRUE;
}

/* The version is judged before anything else, since a later form may leave out or lengthen what this one needs. */
static gboolean
check_version (const TxtField *field, GError **error)
{
  guint64 version;

  if (!read_number (field, 1, 999, &version, error))
    return FALSE;
  if (version == TUTTI_AD_TXT_VERSION)
    return TRUE;
  g_set_error (error, TUTTI_DISCOVERY_ERROR, TUTTI_DISCOVERY_ERROR_NEWER,
               "the record has version %u, this program reads %d", (guint) version, TUTTI_AD_TXT_VERSION);
  return FALSE;
}

gboolean
tutti_jam_ad_decode_txt (const guint8 *txt, gsize size, TuttiJamAd *ad, GError **error)
{
  TxtField fields[N_FIELDS];
  TuttiJamAd read = *ad;
  guint64 proto, epoch, people, people_max, lock, clock_port;

  memcpy (fields, empty_fields, sizeof fields);
  if (!split_pairs (txt, size, fields, error) || !check_version (&fields[TXTVERS], error) ||
      !all_whole (fields, error))
    return FALSE;
  if (!read_number (&fields[PROTO], 1, 999, &proto, error) ||
      !read_number (&fields[EP], 0, TUTTI_JSON_INT_MAX, &epoch, error) ||
      !read_number (&fields[N], 0, TUTTI_AD_PEOPLE_MAX, &people, error) ||
      !read_number (&fields[MAX_PEOPLE], 1, TUTTI_AD_PEOPLE_MAX, &people_max, error) ||
      !read_number (&fields[LOCK], 0, 1, &lock, error) ||
      !read_number (&fields[CLK], 0, G_MAXUINT16, &clock_port, error) ||
      !read_tempo (&fields[BPM], &read.tempo_cbpm, error))
    return FALSE;
  if (!is_id (fields[ID].value))
    return invalid (error, "“id” must be letters, digits, “-”, “_” or “.”");
  if (!is_fingerprint (fields[FP].value))
    return invalid (error, "“fp” must be 64 lower-case hexadecimal digits");

  read.proto = (guint) proto;
  read.epoch = (gint64) epoch;
  read.people = (guint) people;
  read.people_max = (guint) people_max;
  read.locked = lock != 0;
  read.clock_port = (guint16) clock_port;
  g_strlcpy (read.id, fields[ID].value, sizeof read.id);
  g_strlcpy (read.fingerprint, fields[FP].value, sizeof read.fingerprint);
  *ad = read;
  return TRUE;
}
