/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TUTTI_DISCOVERY_SERVICE_TYPE "_tutti._tcp"

/* Limits of an advertisement. A name is one DNS label; the TXT record must fit beside the other
 * records of one multicast packet. */
#define TUTTI_AD_NAME_MAX 63
#define TUTTI_AD_ID_MAX 40
#define TUTTI_AD_FINGERPRINT_LENGTH 64
#define TUTTI_AD_HOST_MAX 63
#define TUTTI_AD_TXT_MAX 400
#define TUTTI_AD_PEOPLE_MAX 9999
#define TUTTI_AD_TEMPO_MIN_CBPM 2000
#define TUTTI_AD_TEMPO_MAX_CBPM 30000
#define TUTTI_AD_ADDRESSES_MAX 8

/* The form of the TXT record that this program writes and the only one that it reads. */
#define TUTTI_AD_TXT_VERSION 1

#define TUTTI_DISCOVERY_ERROR (tutti_discovery_error_quark ())
GQuark tutti_discovery_error_quark (void);

typedef enum
{
  TUTTI_DISCOVERY_ERROR_INVALID,     /* an advertisement breaks a limit or lacks a field */
  TUTTI_DISCOVERY_ERROR_NEWER,       /* it is written in a later form than this program knows */
  TUTTI_DISCOVERY_ERROR_TOO_MANY,    /* more advertisements than anyone needs */
  TUTTI_DISCOVERY_ERROR_UNAVAILABLE, /* the daemon refused */
} TuttiDiscoveryError;

/* Where one can connect: always a numeric address, since names do not resolve inside a sandbox. */
typedef struct
{
  guint8  bytes[16];            /* network order; the first 4 for IPv4 */
  guint8  family;               /* G_SOCKET_FAMILY_IPV4 or _IPV6; 0 is "no address" */
  guint16 port;                 /* TCP, 1…65535 */
  guint32 scope;                /* interface index of a link-local IPv6 address, else 0 */
  guint32 interface;            /* interface index it was seen on, 0 is unknown */
} TuttiJamAddress;

/* What discovery knows of one jam. A plain value: copied by assignment, owns nothing.
 * All of it is a hint; the welcome of the jam itself is what counts. */
typedef struct
{
  char            name[TUTTI_AD_NAME_MAX + 1];      /* instance name, valid UTF-8, one line */
  char            id[TUTTI_AD_ID_MAX + 1];          /* jam id: letters, digits, '-', '_', '.' */
  guint           proto;                            /* protocol version, 1…999 */
  gint64          epoch;                            /* grows with each change of host */
  guint           people;                           /* 0…9999 */
  guint           people_max;                       /* 1…9999 */
  guint           tempo_cbpm;                       /* 1/100 BPM, 2000…30000 */
  gboolean        locked;                           /* a passcode is asked for */
  char            fingerprint[TUTTI_AD_FINGERPRINT_LENGTH + 1]; /* SHA-256 of the certificate, lower-case hex */
  guint16         clock_port;                       /* UDP; 0 when the host serves no clock by UDP */
  guint16         port;                             /* TCP, 1…65535 */
  char            host[TUTTI_AD_HOST_MAX + 1];      /* machine name without domain; may be empty */
  gboolean        local;                            /* advertised by this very machine */
  TuttiJamAddress addresses[TUTTI_AD_ADDRESSES_MAX];/* best first */
  guint           n_addresses;
} TuttiJamAd;

#define TUTTI_TYPE_JAM_AD (tutti_jam_ad_get_type ())
GType       tutti_jam_ad_get_type (void);

/* Returns: (transfer full): a copy, to be freed with tutti_jam_ad_free(). */
TuttiJamAd *tutti_jam_ad_copy     (const TuttiJamAd *ad);

void        tutti_jam_ad_free     (TuttiJamAd *ad);

/* Whether everything that a reader can see is the same, addresses and their order included. */
gboolean    tutti_jam_ad_equal    (const TuttiJamAd *a, const TuttiJamAd *b);

gboolean    tutti_jam_ad_is_full  (const TuttiJamAd *ad);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiJamAd, tutti_jam_ad_free)

/* Takes a jam's name as instance name, cut to 63 bytes between two characters.
 * Refuses (ad untouched) what is empty, not UTF-8 or not plain text on one line. */
gboolean    tutti_jam_ad_set_name (TuttiJamAd *ad, const char *name, GError **error);

/* Whether an advertisement may be published: every field inside its limits. The name and the port are
 * checked too; host, local and addresses are not, since they are found out by the others. */
gboolean    tutti_jam_ad_check    (const TuttiJamAd *ad, GError **error);

/* Writes the TXT record as it goes on the wire (RFC 6763 §6: length byte, then “key=value”), at most
 * TUTTI_AD_TXT_MAX bytes. Returns: (transfer full) (nullable): NULL when the ad breaks a limit. */
GByteArray *tutti_jam_ad_encode_txt (const TuttiJamAd *ad, GError **error);

/* Reads a TXT record as it came from the wire into the fields of @ad that it states; name, port, host and
 * addresses stay. Anything missing, too long, repeated beyond use or out of range refuses the whole
 * record with a reason and leaves @ad untouched. */
gboolean    tutti_jam_ad_decode_txt (const guint8 *txt, gsize size, TuttiJamAd *ad, GError **error);

/* Adds an address behind those that are as good or better; what is there already is not added twice, and
 * a full list keeps its best. Returns whether the list has changed. */
gboolean    tutti_jam_ad_add_address (TuttiJamAd *ad, const TuttiJamAddress *address);

/* Fills @address from a GIO address. A link-local IPv6 address only means something together with the
 * interface it was seen on, so that without one it is refused, as are multicast and "any".
 * @port: TCP, 1…65535; @interface: index, 0 when unknown. Returns FALSE and leaves @address untouched
 * for what nobody can connect to. */
gboolean        tutti_jam_address_from_inet         (TuttiJamAddress *address, GInetAddress *inet,
                                                     guint16 port, guint32 interface);

/* Which to try first, smaller is better: IPv4, self-assigned IPv4, global IPv6, link-local IPv6, loopback. */
guint           tutti_jam_address_rank              (const TuttiJamAddress *address);

gboolean        tutti_jam_address_equal             (const TuttiJamAddress *a, const TuttiJamAddress *b);

/* Returns: (transfer full) (nullable): something to connect to; NULL for "no address". */
GSocketAddress *tutti_jam_address_to_socket_address (const TuttiJamAddress *address);

/* Returns: (transfer full): “192.168.1.23:7464”, “[fd00::1]:7464” or “[fe80::1%3]:7464”. */
char           *tutti_jam_address_to_string         (const TuttiJamAddress *address);

G_END_DECLS
