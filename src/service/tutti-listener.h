/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-debug-routes.h"
#include "tutti-identity.h"
#include "tutti-link.h"
#include "tutti-sample-routes.h"

G_BEGIN_DECLS

/*
 * The host's door: TLS on one port, WebSocket at /socket (the default jam) and /api/v1/jams/<id>/socket, sounds at
 * /api/v1/samples/<sha256>, a summary at /api/v1/status and /api/v1/jams/<id>/status, figures at /metrics and /healthz. It hands
 * over links and knows nothing of what they say.
 *
 * Bounded before anybody is let in: connections in all, of one address and not yet welcomed, their rate, the time from
 * TCP to a complete request and from the upgrade to a hello, header and body sizes.
 *
 * Signals, in the thread that started it:
 *   link (TuttiLink *link, const char *jam)   a WebSocket is open. @jam: NULL for the default jam. Say
 *                                             tutti_listener_welcome() within TUTTI_HELLO_TIMEOUT_MS, or close it
 *
 * Thread: one, that of the main context which is the thread's default at tutti_listener_start().
 */

#define TUTTI_TYPE_LISTENER (tutti_listener_get_type ())
G_DECLARE_FINAL_TYPE (TuttiListener, tutti_listener, TUTTI, LISTENER, GObject)

typedef enum
{
  TUTTI_LISTEN_EVERYWHERE = 0,       /* all addresses, IPv4 and IPv6 */
  TUTTI_LISTEN_LOOPBACK = 1 << 0,    /* 127.0.0.1 and ::1 only */
} TuttiListenFlags;

/* For tests and daemons; tutti_listener_new() begins with those of tutti-limits.h. */
typedef struct
{
  guint connections, connections_per_address, unwelcomed;
  guint handshake_ms, hello_ms, http_idle_ms, http_total_ms;
  guint connect_rate, connect_burst;     /* of one address, a second */
} TuttiListenerLimits;

typedef struct
{
  guint64 accepted, refused;             /* connections; refused by one of the limits */
  guint64 timed_out;                     /* handshake, hello, idle */
  guint open, unwelcomed;                /* now */
} TuttiListenerFigures;

TuttiListener *tutti_listener_new (TuttiIdentity *identity);

/* Starts. @port: taken when free, else the next free one of 20; 0: any. FALSE with @error (GIOErrorEnum) when none. */
gboolean tutti_listener_start (TuttiListener *self, guint16 port, guint flags, GError **error);

/* No new connections; links live on with their owners. Happens too when the last reference goes. */
void tutti_listener_stop (TuttiListener *self);

/* The port it listens on; 0 before start. @moved: (nullable) whether the one asked for was taken. */
guint16 tutti_listener_get_port (TuttiListener *self, gboolean *moved);

/* The participant behind @link said hello and was let in: the clock and the bound for strangers end for it. */
void tutti_listener_welcome (TuttiListener *self, TuttiLink *link);

/* Whether a jam is here; @jam NULL asks for the default one. FALSE with TUTTI_STORE_ERROR_NOT_FOUND (404) or with why it cannot
 * be had now (503). Without it, all are. */
typedef gboolean (*TuttiJamFind) (gpointer data, const char *jam, GError **error);
void tutti_listener_set_jams (TuttiListener *self, TuttiJamFind find, gpointer data);

/* What GET /api/v1/status answers: (transfer full) JSON text; asked only for a jam that was found. Without it, 404. */
typedef char *(*TuttiStatusText) (gpointer data, const char *jam);
void tutti_listener_set_status (TuttiListener *self, TuttiStatusText text, gpointer data);

/* What GET /metrics (the text of @text) and GET /healthz (503 with the words of @sick while it has any, else "ok") answer: only to
 * this machine, unless they are for @everyone. Without it, 404. */
typedef struct
{
  char       *(*text) (gpointer data, const TuttiListenerFigures *figures);      /* (transfer full) */
  const char *(*sick) (gpointer data);                                           /* (nullable) */
  TuttiDebugText debug;                                                          /* (nullable) to this machine in any case */
} TuttiListenerWatch;
void tutti_listener_set_watch (TuttiListener *self, const TuttiListenerWatch *watch, gpointer data, gboolean everyone);

/* Sounds; see tutti-sample-routes.h. Without it, 404. */
void tutti_listener_set_samples (TuttiListener *self, const TuttiSampleProvider *provider, gpointer provider_data,
                                 TuttiSampleAuthorize authorize, gpointer authorize_data);

/* How much of them people may bring; after the above. */
void tutti_listener_set_quota (TuttiListener *self, const TuttiSampleQuota *quota, gpointer data);

void tutti_listener_set_limits (TuttiListener *self, const TuttiListenerLimits *limits);
TuttiListenerLimits tutti_listener_get_limits (TuttiListener *self);
TuttiListenerFigures tutti_listener_get_figures (TuttiListener *self);

/* Whoever answers what else lies below /api/: called when the headers of a request are there, before any of its body (which is not
 * kept unless this asks for it), and, unless that set a status, when the body is there too. Without it, 404. */
typedef struct
{
  void (*begin)  (gpointer data, SoupServerMessage *message, const char *path);
  void (*answer) (gpointer data, SoupServerMessage *message, const char *path);
} TuttiListenerApi;
void tutti_listener_set_api (TuttiListener *self, const TuttiListenerApi *api, gpointer data);

/* Takes @cost from what the address behind @message may ask for; FALSE: it must wait so long first (@wait_us: out). */
gboolean tutti_listener_ask (TuttiListener *self, SoupServerMessage *message, guint cost, gint64 *wait_us);

/* Whoever sent @message has shown that they are in a jam: the bound for strangers ends for their connection. */
void tutti_listener_note_known (TuttiListener *self, SoupServerMessage *message);

/* Pages from these origins may speak to this host, beside its own: (nullable), ended by NULL. */
void tutti_listener_set_origins (TuttiListener *self, const char * const *origins);

G_END_DECLS
