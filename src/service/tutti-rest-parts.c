/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Resources of a jam: all kinds alike, as the table of resources says. */
#include "tutti-rest-private.h"

#include "tutti-json-write.h"

#include <string.h>

/* The resource that the path names; FALSE: it is answered that there is none. */
static gboolean
find (TuttiCall *call, TuttiResource *out)
{
  const char *name = (call->route->flags & TUTTI_REST_ONE) != 0 ? call->values.text[1] : NULL;
  g_autofree char *words = NULL;

  if (tutti_resource_find (tutti_call_jam (call), call->claims.jam, call->route->kind, name, out))
    return TRUE;
  words = g_strdup_printf ("no %s is called “%s”", tutti_resource_name (call->route->kind), name);
  tutti_call_refuse (call, SOUP_STATUS_NOT_FOUND, words);
  return FALSE;
}

static gboolean
fits (TuttiCall *call, const TuttiResource *resource)
{
  GString *json = g_string_new (NULL);

  tutti_resource_write (json, resource);
  gboolean does = tutti_call_fits (call, json->str);

  g_string_free (json, TRUE);
  return does;
}

void
tutti_rest_list (TuttiCall *call)
{
  const TuttiJam *jam = tutti_call_jam (call);
  g_autofree char *plural = g_strconcat (tutti_resource_name (call->route->kind), "s", NULL);
  GString *json = g_string_new (NULL);

  tutti_json_open (json, '{');
  tutti_json_key (json, plural);
  tutti_json_open (json, '[');
  for (guint i = 0; i < tutti_resource_count (jam, call->route->kind); i++)
    {
      TuttiResource each;

      tutti_resource_nth (jam, call->claims.jam, call->route->kind, i, &each);
      tutti_resource_write (json, &each);
    }
  tutti_json_close (json, ']');
  tutti_json_close (json, '}');
  tutti_call_give (call, SOUP_STATUS_OK, json);
}

void
tutti_rest_get (TuttiCall *call)
{
  TuttiResource resource;

  if (find (call, &resource))
    tutti_call_give_resource (call, SOUP_STATUS_OK, &resource);
}

void
tutti_rest_change (TuttiCall *call)
{
  g_autoptr(TuttiOp) op = NULL;
  g_autoptr(GError) error = NULL;
  TuttiResource resource;
  JsonObject *body;

  if (!tutti_call_object (call, &body) || !find (call, &resource) || !fits (call, &resource))
    return;
  op = tutti_resource_change (&resource, body, &error);
  if (error != NULL)
    tutti_call_refuse_error (call, error);
  else if (op == NULL || tutti_call_submit (call, op, NULL))
    tutti_rest_get (call);
}

void
tutti_rest_create (TuttiCall *call)
{
  TuttiId id = tutti_room_coin (call->room);
  g_autoptr(TuttiOp) op = NULL;
  g_autoptr(GError) error = NULL;
  char text[TUTTI_ID_TEXT_SIZE];
  TuttiResource made;
  JsonObject *body;

  if (!tutti_call_object (call, &body))
    return;
  op = tutti_resource_create (tutti_call_jam (call), call->route->kind, id, body, &error);
  if (op == NULL)
    {
      tutti_call_refuse_error (call, error);
      return;
    }
  if (!tutti_call_submit (call, op, NULL))
    return;
  g_autofree char *place = g_strdup_printf ("/api/v1/jams/%s/%ss/%s", call->claims.jam, tutti_resource_name (call->route->kind),
                                            tutti_id_print (id, text));

  soup_message_headers_replace (soup_server_message_get_response_headers (call->message), "Location", place);
  tutti_resource_find (tutti_call_jam (call), call->claims.jam, call->route->kind, text, &made);
  tutti_call_give_resource (call, SOUP_STATUS_CREATED, &made);
}

void
tutti_rest_delete (TuttiCall *call)
{
  g_autoptr(TuttiOp) op = NULL;
  TuttiResource resource;

  if (!find (call, &resource) || !fits (call, &resource))
    return;
  op = tutti_resource_delete (&resource);
  if (tutti_call_submit (call, op, NULL))
    tutti_call_done (call);
}

/* ---- steps ---- */

/* (transfer full) (nullable) */
static GString *
write_step (const TuttiClip *clip, guint64 step)
{
  GString *list = g_string_new (NULL);

  /* One of a list of one. */
  tutti_resource_write_steps (list, clip, (guint) step, 1);
  g_string_erase (list, 0, 1);
  g_string_truncate (list, list->len - 1);
  return list;
}

static gboolean
find_step (TuttiCall *call, const TuttiClip **clip, guint64 *step)
{
  TuttiResource resource;

  if (!find (call, &resource))
    return FALSE;
  *clip = resource.thing;
  if (g_ascii_string_to_unsigned (call->values.text[2], 10, 0, TUTTI_STEPS_MAX - 1, step, NULL))
    return TRUE;
  tutti_call_refuse (call, SOUP_STATUS_NOT_FOUND, "steps are called 0 to 127");
  return FALSE;
}

void
tutti_rest_get_step (TuttiCall *call)
{
  const TuttiClip *clip;
  guint64 step;

  if (find_step (call, &clip, &step))
    tutti_call_give (call, SOUP_STATUS_OK, write_step (clip, step));
}

void
tutti_rest_put_step (TuttiCall *call)
{
  g_autoptr(TuttiOp) op = NULL;
  g_autoptr(GError) error = NULL;
  const TuttiClip *clip;
  guint64 step;

  if (!find_step (call, &clip, &step))
    return;
  GString *present = write_step (clip, step);
  gboolean fitting = tutti_call_fits (call, present->str);

  g_string_free (present, TRUE);
  if (!fitting)
    return;
  op = tutti_resource_set_step (clip, (guint) step, call->body, &error);
  if (op == NULL)
    tutti_call_refuse_error (call, error);
  else if (tutti_call_submit (call, op, NULL))
    tutti_rest_get_step (call);
}
