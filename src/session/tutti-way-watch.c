/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-way-watch.h"

#include "tutti-identity.h"
#include "tutti-json-read.h"

#include <libsoup/soup.h>
#include <string.h>

#define FIRST_MS 5000
#define MOST_MS (2 * 60 * 1000)
#define TIMEOUT_S 3
#define ANSWER_BYTES_MAX 4096

struct _TuttiWayWatch
{
  TuttiWayCalls calls;
  TuttiStore   *store;             /* owned */
  char         *jam, *own;
  GCancellable *cancellable;       /* of the questions under way */
  guint         source, wait_ms;
};

/* One door being asked. */
typedef struct
{
  TuttiWayWatch *watch;            /* borrowed: who frees it cancels first */
  GCancellable  *cancellable;      /* owned, as all below */
  SoupSession   *session;
  SoupMessage   *message;
  TuttiAddress  *address;
  GInputStream  *body;             /* (nullable) */
  char           answer[ANSWER_BYTES_MAX + 1];
} Question;

static void
question_free (Question *question)
{
  g_clear_object (&question->body);
  g_object_unref (question->message);
  g_object_unref (question->session);
  g_object_unref (question->cancellable);
  tutti_address_free (question->address);
  g_free (question);
}

/* No other certificate than the door's own is talked to. */
static gboolean
on_certificate (SoupMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags errors, Question *question)
{
  g_autofree char *seen = tutti_certificate_fingerprint (certificate);

  return g_strcmp0 (seen, question->address->fingerprint) == 0;
}

/* 0: none that can be read. */
static gint64
epoch_of (const Question *question, gsize length)
{
  gboolean fits = length > 0 && length <= ANSWER_BYTES_MAX;
  g_autoptr(JsonNode) node = fits ? tutti_json_parse (question->answer, length, TUTTI_JSON_DEFAULT, NULL) : NULL;
  JsonObject *object;
  const char *jam;
  gint64 epoch;

  if (node == NULL || soup_message_get_status (question->message) != SOUP_STATUS_OK ||
      !tutti_json_check_object (node, "a status", &object, NULL) ||
      !tutti_json_read_string (object, "jam", TUTTI_JAM_ID_MAX, &jam, NULL) || !g_str_equal (jam, question->address->jam) ||
      !tutti_json_read_int (object, "epoch", 0, TUTTI_JSON_INT_MAX, &epoch, NULL))
    return 0;
  return epoch;
}

static void
on_body (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  gsize length = 0;

  if (g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, NULL) &&
      !g_cancellable_is_cancelled (question->cancellable))
    {
      TuttiWayWatch *watch = question->watch;
      gint64 epoch = epoch_of (question, length);

      if (epoch > watch->calls.get_epoch (watch->calls.user))
        watch->calls.found (watch->calls.user, question->address);
    }
  question_free (question);
}

/* Whoever named that door may answer without end: no more is read than a status can be. */
static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;

  question->body = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  if (question->body == NULL)
    {
      question_free (question);
      return;
    }
  g_input_stream_read_all_async (question->body, question->answer, sizeof question->answer, G_PRIORITY_DEFAULT, question->cancellable,
                                 on_body, question);
}

static void
ask (TuttiWayWatch *self, const TuttiHeir *way)
{
  /* Of whatever is hosted there first: to ask for the jam by name would be a reason to begin with it. */
  g_autoptr(GUri) uri = g_uri_build (SOUP_HTTP_URI_FLAGS, "https", NULL, "tutti.invalid", (int) way->port, "/api/v1/status", NULL,
                                     NULL);
  g_autoptr(TuttiAddress) address = tutti_address_new (way->address, NULL, (guint16) way->port);
  g_autoptr(GSocketConnectable) where = tutti_address_to_connectable (address, NULL);
  Question *question;

  if (where == NULL)
    return;
  question = g_new0 (Question, 1);
  question->watch = self;
  question->cancellable = g_object_ref (self->cancellable);
  question->address = g_steal_pointer (&address);
  question->address->jam = g_strdup (self->jam);
  question->address->fingerprint = g_strdup (way->fingerprint);
  question->session = soup_session_new_with_options ("timeout", TIMEOUT_S, "remote-connectable", where, "proxy-resolver", NULL, NULL);
  question->message = soup_message_new_from_uri ("GET", uri);
  g_signal_connect (question->message, "accept-certificate", G_CALLBACK (on_certificate), question);
  soup_session_send_async (question->session, question->message, G_PRIORITY_DEFAULT, question->cancellable, on_answer, question);
}

static gboolean
look (gpointer data)
{
  TuttiWayWatch *self = data;
  g_autoptr(GArray) ways = tutti_room_read_ways (self->store, self->jam);

  self->source = g_timeout_add (self->wait_ms, look, self);
  self->wait_ms = MIN (self->wait_ms * 2, MOST_MS);
  for (guint i = 0; i < ways->len; i++)
    if (g_strcmp0 (g_array_index (ways, TuttiHeir, i).fingerprint, self->own) != 0)
      ask (self, &g_array_index (ways, TuttiHeir, i));
  return G_SOURCE_REMOVE;
}

void
tutti_way_watch_hurry (TuttiWayWatch *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->wait_ms = FIRST_MS;
  look (self);
}

TuttiWayWatch *
tutti_way_watch_new (TuttiStore *store, const char *jam, const TuttiWayCalls *calls)
{
  TuttiWayWatch *self = g_new0 (TuttiWayWatch, 1);

  self->calls = *calls;
  self->store = g_object_ref (store);
  self->jam = g_strdup (jam);
  self->own = g_strdup (calls->own);
  self->cancellable = g_cancellable_new ();
  tutti_way_watch_hurry (self);
  return self;
}

void
tutti_way_watch_free (TuttiWayWatch *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->store);
  g_free (self->jam);
  g_free (self->own);
  g_free (self);
}
