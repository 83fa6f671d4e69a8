/* SPDX-License-Identifier: GPL-3.0-or-later */

/* On the way into a jam with several addresses: what is told of it when none of them lets in. Sessions are stood in for. */
#include "tutti-joining.h"

#include "tutti-link.h"
#include "tutti-nearby-jam-private.h"

#define N_ADDRESSES 2

/* ---- a session that comes to nothing at once ---- */

struct _TuttiSession
{
  GObject parent_instance;
  GError *end;                 /* owned */
};

G_DEFINE_FINAL_TYPE (TuttiSession, tutti_session, G_TYPE_OBJECT)
G_DEFINE_QUARK (tutti-session-error-quark, tutti_session_error)

static const TuttiLinkError *ends;   /* one for each address that is tried */

static void
tutti_session_finalize (GObject *object)
{
  g_error_free (TUTTI_SESSION (object)->end);
  G_OBJECT_CLASS (tutti_session_parent_class)->finalize (object);
}

static void
tutti_session_class_init (TuttiSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tutti_session_finalize;
}

static void
tutti_session_init (TuttiSession *self)
{
}

TuttiSession *
tutti_session_join (TuttiStudio *studio, const TuttiAddress *address, const char *fingerprint, gboolean trust_anew,
                    const TuttiPlaybackOptions *options)
{
  TuttiSession *self = g_object_new (TUTTI_TYPE_SESSION, NULL);

  self->end = g_error_new_literal (TUTTI_LINK_ERROR, (int) *ends++, "an end");
  return self;
}

TuttiSessionState
tutti_session_get_state (TuttiSession *self)
{
  return TUTTI_SESSION_ENDED;
}

const GError *
tutti_session_get_end (TuttiSession *self)
{
  return self->end;
}

TuttiPins *
tutti_studio_get_pins (TuttiStudio *self)
{
  return NULL;
}

/* ---- what is told ---- */

#define REFUSED TUTTI_LINK_ERROR_REFUSED
#define AWAY TUTTI_LINK_ERROR_UNREACHABLE
#define LATE TUTTI_LINK_ERROR_TIMEOUT

static const struct
{
  const char    *name;
  TuttiLinkError ends[N_ADDRESSES];
  guint          n_tried;
  gboolean       over;         /* the jam has ended; else the last end is told */
} rows[] = {
  { "refused", { REFUSED, REFUSED }, 2, TRUE },
  { "refused-unreachable", { REFUSED, AWAY }, 2, TRUE },
  { "unreachable-refused", { AWAY, REFUSED }, 2, TRUE },
  { "unreachable", { AWAY, AWAY }, 2, FALSE },
  { "refused-identity", { REFUSED, TUTTI_LINK_ERROR_WRONG_IDENTITY }, 2, FALSE },
  { "refused-busy", { REFUSED, TUTTI_LINK_ERROR_BUSY }, 2, FALSE },
  { "refused-version", { REFUSED, TUTTI_LINK_ERROR_VERSION }, 2, FALSE },
  { "refused-timeout", { REFUSED, LATE }, 2, FALSE },
  { "timeout-refused", { LATE, REFUSED }, 2, FALSE },
  { "identity", { TUTTI_LINK_ERROR_WRONG_IDENTITY, REFUSED }, 1, FALSE },
};

static void
on_failed (TuttiJoining *joining, const GError *error, GError **told)
{
  g_assert_null (*told);
  *told = g_error_copy (error);
}

static TuttiNearbyJam *
make_jam (void)
{
  TuttiJamAd ad = { .proto = 1, .people = 1, .people_max = 8, .tempo_cbpm = 12000, .port = 7464, .id = "a", .name = "Beat" };

  for (guint i = 0; i < N_ADDRESSES; i++)
    {
      g_autofree char *text = g_strdup_printf ("10.0.0.%u", i + 1);
      g_autoptr(GInetAddress) inet = g_inet_address_new_from_string (text);
      TuttiJamAddress address;

      g_assert_true (tutti_jam_address_from_inet (&address, inet, 7464, 2));
      tutti_jam_ad_add_address (&ad, &address);
    }
  return tutti_nearby_jam_new (&ad);
}

/* Tries it once. (transfer full): what it told */
static GError *
join (TuttiJoining *joining, gsize row)
{
  GError *told = NULL;
  gulong handler = g_signal_connect (joining, "failed", G_CALLBACK (on_failed), &told);

  ends = rows[row].ends;
  tutti_joining_start (joining, FALSE);
  while (told == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (joining, handler);
  g_assert_cmpint (ends - rows[row].ends, ==, rows[row].n_tried);
  return told;
}

static void
check (TuttiJoining *joining, gsize row)
{
  g_autoptr(GError) told = join (joining, row);

  if (rows[row].over)
    g_assert_error (told, TUTTI_SESSION_ERROR, TUTTI_CLOSE_JAM_ENDED);
  else
    g_assert_error (told, TUTTI_LINK_ERROR, (int) rows[row].ends[rows[row].n_tried - 1]);
}

static void
test_told (gconstpointer data)
{
  g_autoptr(GObject) studio = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr(TuttiNearbyJam) jam = make_jam ();
  g_autoptr(TuttiJoining) joining = tutti_joining_new_nearby ((TuttiStudio *) studio, jam);

  check (joining, GPOINTER_TO_SIZE (data));
}

/* Each try begins anew. */
static void
test_again (void)
{
  g_autoptr(GObject) studio = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr(TuttiNearbyJam) jam = make_jam ();
  g_autoptr(TuttiJoining) joining = tutti_joining_new_nearby ((TuttiStudio *) studio, jam);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    check (joining, i);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/joining/told/", rows[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_told);
    }
  g_test_add_func ("/joining/again", test_again);
  return g_test_run ();
}
