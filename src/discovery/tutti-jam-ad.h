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
TuttiJamAd *tutti_jam_ad_copy     (const TuttiJamAd *ad);
void        tutti_jam_ad_free     (TuttiJamAd *ad);
gboolean    tutti_jam_ad_equal    (const TuttiJamAd *a, const TuttiJamAd *b);
gboolean    tutti_jam_ad_is_full  (const TuttiJamAd *ad);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiJamAd, tutti_jam_ad_free)

gboolean    tutti_jam_ad_set_name (TuttiJamAd *ad, const char *name, GError **error);
gboolean    tutti_jam_ad_check    (const TuttiJamAd *ad, GError **error);

GByteArray *tutti_jam_ad_encode_txt (const TuttiJamAd *ad, GError **error);
gboolean    tutti_jam_ad_decode_txt (const guint8 *txt, gsize size, TuttiJamAd *ad, GError **error);

gboolean    tutti_jam_ad_add_address (TuttiJamAd *ad, const TuttiJamAddress *address);

gboolean        tutti_jam_address_from_inet         (TuttiJamAddress *address, GInetAddress *inet,
                                                     guint16 port, guint32 interface);
guint           tutti_jam_address_rank              (const TuttiJamAddress *address);
gboolean        tutti_jam_address_equal             (const TuttiJamAddress *a, const TuttiJamAddress *b);
GSocketAddress *tutti_jam_address_to_socket_address (const TuttiJamAddress *address);
char           *tutti_jam_address_to_string         (const TuttiJamAddress *address);

G_END_DECLS
