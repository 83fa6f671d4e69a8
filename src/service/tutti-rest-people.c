/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may come in by the API, and who is sent away. */
#include "tutti-rest-private.h"

#include "tutti-json-read.h"
#include "tutti-json-write.h"
#include "tutti-picture.h"
#include "tutti-png.h"

#include <string.h>

/* ---- tokens ---- */

/* Ids of @creator begin with this. */
static void
put_creator (GString *out, guint32 creator)
{
  char text[TUTTI_ID_TEXT_SIZE];

  tutti_id_print (tutti_id (creator, 1), text);
  *strchr (text, '.') = '\0';
  tutti_json_put_member_text (out, "creator", text);
}

static void
give_token (TuttiCall *call, const char *jam, guint person)
{
  guint32 creator = tutti_room_new_creator (call->room);
  g_autofree char *token = tutti_access_issue (call->rest->access, jam, person, creator, tutti_rest_now_s ());
  GString *json = g_string_new (NULL);

  tutti_json_open (json, '{');
  tutti_json_put_member_text (json, "access", token);
  tutti_json_put_member_int (json, "seconds", TUTTI_ACCESS_SECONDS);
  tutti_json_put_member_text (json, "jam", jam);
  tutti_json_put_member_int (json, "person", person);
  put_creator (json, creator);
  tutti_json_close (json, '}');
  tutti_call_give (call, SOUP_STATUS_OK, json);
  soup_message_headers_replace (soup_server_message_get_response_headers (call->message), "Cache-Control", "no-store");
}

/* Whether there is no such jam or no such seat is for those who have one to know. */
void
tutti_rest_get_token (TuttiCall *call)
{
  g_autoptr(GError) error = NULL;
  const char *jam, *token;
  JsonObject *body;
  guint person;

  if (!tutti_call_object (call, &body))
    return;
  if (!tutti_json_read_string (body, "jam", TUTTI_JAM_ID_MAX, &jam, &error) ||
      !tutti_json_read_hex (body, "token", TUTTI_TOKEN_HEX, &token, &error))
    {
      tutti_call_refuse (call, TUTTI_STATUS_UNPROCESSABLE, error->message);
      return;
    }
  call->room = tutti_house_visit (call->rest->house, jam, NULL);
  person = call->room != NULL ? tutti_room_person_of_token (call->room, token) : 0;
  if (person == 0)
    tutti_call_refuse (call, SOUP_STATUS_UNAUTHORIZED, "no seat in that jam has this token");
  else
    give_token (call, jam, person);
}

void
tutti_rest_end_token (TuttiCall *call)
{
  tutti_access_revoke (call->rest->access, call->claims.jam, call->claims.person, tutti_rest_now_s ());
  tutti_rest_keep_access (call->rest);
  tutti_call_done (call);
}

/* ---- seats ---- */

static gboolean
read_colour (JsonObject *body, guint8 *out, GError **error)
{
  const char *name;

  if (!tutti_json_read_string_or (body, "colour", TUTTI_NAME_BYTES_MAX, tutti_person_colour_names[0], &name, error))
    return FALSE;
  for (guint8 i = 0; i < TUTTI_N_PERSON_COLOURS; i++)
    if (g_str_equal (tutti_person_colour_names[i], name))
      {
        *out = i;
        return TRUE;
      }
  g_set_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "“colour” cannot be “%s”", name);
  return FALSE;
}

static gboolean
read_hello (JsonObject *body, TuttiHello *out, GError **error)
{
  const char *name, *passcode, *invite;

  *out = (TuttiHello) { .protocol = TUTTI_PROTOCOL_VERSION };
  if (!tutti_json_read_string (body, "name", TUTTI_NAME_BYTES_MAX, &name, error) || !read_colour (body, &out->colour, error) ||
      !tutti_json_read_string_or (body, "passcode", TUTTI_PASSCODE_BYTES_MAX, "", &passcode, error) ||
      !tutti_json_read_string_or (body, "invite", TUTTI_TOKEN_HEX, "", &invite, error))
    return FALSE;
  g_strlcpy (out->name, name, sizeof out->name);
  g_strlcpy (out->passcode, passcode, sizeof out->passcode);
  g_strlcpy (out->invite, invite, sizeof out->invite);
  return TRUE;
}

static void
refuse_seat (TuttiCall *call, const TuttiRoomSeat *seat)
{
  switch ((guint) seat->code)
    {
    case 0:
      tutti_call_refuse_for (call, SOUP_STATUS_SERVICE_UNAVAILABLE, "the jam is changing its host", G_USEC_PER_SEC);
      break;
    case TUTTI_CLOSE_FULL:
      tutti_call_refuse (call, SOUP_STATUS_CONFLICT, seat->words);
      break;
    case TUTTI_CLOSE_TOO_MANY_TRIES:
      tutti_call_refuse_for (call, TUTTI_STATUS_TOO_FAST, seat->words, seat->wait_us);
      break;
    case TUTTI_CLOSE_BAD_MESSAGE:
      tutti_call_refuse (call, TUTTI_STATUS_UNPROCESSABLE, seat->words);
      break;
    default:
      tutti_call_refuse (call, SOUP_STATUS_FORBIDDEN, seat->words);
    }
}

static void
give_seat (TuttiCall *call, const TuttiRoomSeat *seat)
{
  const char *jam = call->values.text[0];
  g_autofree char *place = g_strdup_printf ("/api/v1/jams/%s/collaborators/%u", jam, seat->person);
  GString *json = g_string_new (NULL);

  tutti_json_open (json, '{');
  tutti_json_put_member_text (json, "jam", jam);
  tutti_json_put_member_int (json, "person", seat->person);
  tutti_json_put_member_text (json, "token", seat->token);
  tutti_json_close (json, '}');
  soup_message_headers_replace (soup_server_message_get_response_headers (call->message), "Location", place);
  tutti_call_give (call, SOUP_STATUS_CREATED, json);
  soup_message_headers_replace (soup_server_message_get_response_headers (call->message), "Cache-Control", "no-store");
}

/* Passcode, invitation, bans and limits are looked at by the jam's own door. */
void
tutti_rest_sit_down (TuttiCall *call)
{
  g_autofree char *address = tutti_call_address (call);
  g_autoptr(GError) error = NULL;
  TuttiRoomSeat seat;
  TuttiHello hello;
  JsonObject *body;

  if (!tutti_call_object (call, &body))
    return;
  if (!read_hello (body, &hello, &error))
    {
      tutti_call_refuse (call, TUTTI_STATUS_UNPROCESSABLE, error->message);
      return;
    }
  call->room = tutti_house_visit (call->rest->house, call->values.text[0], &error);
  if (call->room == NULL)
    {
      tutti_call_refuse_error (call, error);
      return;
    }
  tutti_room_take_seat (call->room, &hello, address, &seat);
  if (seat.person != 0)
    give_seat (call, &seat);
  else
    refuse_seat (call, &seat);
}

/* ---- sending away ---- */

static void
kick (TuttiCall *call, guint person)
{
  g_autoptr(GError) error = NULL;

  /* Whoever has no connection has tokens. */
  if (!tutti_room_kick_as (call->room, call->claims.person, person, &error) &&
      !g_error_matches (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_MISSING))
    {
      tutti_call_refuse_error (call, error);
      return;
    }
  tutti_access_revoke (call->rest->access, call->claims.jam, person, tutti_rest_now_s ());
  tutti_rest_keep_access (call->rest);
  tutti_call_done (call);
}

void
tutti_rest_kick (TuttiCall *call)
{
  TuttiResource resource;

  if (!tutti_resource_find (tutti_call_jam (call), call->claims.jam, call->route->kind, call->values.text[1], &resource))
    {
      tutti_call_refuse (call, SOUP_STATUS_NOT_FOUND, "nobody here has that number");
      return;
    }
  GString *json = g_string_new (NULL);

  tutti_resource_write (json, &resource);
  if (tutti_call_fits (call, json->str))
    kick (call, ((const TuttiPerson *) resource.thing)->number);
  g_string_free (json, TRUE);
}

/* ---- how they look ---- */

void
tutti_rest_get_picture (TuttiCall *call)
{
  guint8 rgb[TUTTI_PICTURE_RGB_BYTES];
  TuttiResource resource;
  const char *text;

  if (!tutti_resource_find (tutti_call_jam (call), call->claims.jam, call->route->kind, call->values.text[1], &resource))
    {
      tutti_call_refuse (call, SOUP_STATUS_NOT_FOUND, "nobody here has that number");
      return;
    }
  text = tutti_room_get_picture (call->room, ((const TuttiPerson *) resource.thing)->number);
  if (*text == '\0')
    {
      tutti_call_refuse (call, SOUP_STATUS_NOT_FOUND, "they have no picture");
      return;
    }
  tutti_picture_to_rgb (text, rgb);
  tutti_call_give_picture (call, text, tutti_png_from_rgb (rgb, TUTTI_PICTURE_SIDE));
}

/* ---- the door ---- */

void
tutti_rest_set_passcode (TuttiCall *call)
{
  g_autoptr(GError) error = NULL;
  const char *passcode;
  JsonObject *body;

  if (!tutti_call_object (call, &body))
    return;
  if (tutti_json_read_string (body, "passcode", TUTTI_PASSCODE_BYTES_MAX, &passcode, &error) &&
      tutti_room_set_passcode (call->room, call->claims.person, passcode, &error))
    tutti_call_done (call);
  else
    tutti_call_refuse_error (call, error);
}

static gboolean
read_role (JsonObject *body, TuttiRole *out, GError **error)
{
  const char *name;

  if (!tutti_json_read_string (body, "role", TUTTI_NAME_BYTES_MAX, &name, error))
    return FALSE;
  for (int role = TUTTI_ROLE_BANNED; role < TUTTI_N_ROLES; role++)
    if (g_str_equal (tutti_role_names[role], name))
      {
        *out = (TuttiRole) role;
        return TRUE;
      }
  g_set_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "“role” cannot be “%s”", name);
  return FALSE;
}

void
tutti_rest_invite (TuttiCall *call)
{
  g_autofree char *code = NULL;
  g_autoptr(GError) error = NULL;
  gint64 uses, minutes;
  JsonObject *body;
  TuttiRole role;

  if (!tutti_call_object (call, &body))
    return;
  if (read_role (body, &role, &error) && tutti_json_read_int (body, "uses", 1, G_MAXINT32, &uses, &error) &&
      tutti_json_read_int (body, "minutes", 1, G_MAXINT32, &minutes, &error))
    code = tutti_room_invite (call->room, call->claims.person, role, (guint) uses, (guint) minutes, &error);
  if (code == NULL)
    {
      tutti_call_refuse_error (call, error);
      return;
    }
  GString *json = g_string_new (NULL);

  tutti_json_open (json, '{');
  tutti_json_put_member_text (json, "code", code);
  tutti_json_put_member_text (json, "role", tutti_role_names[role]);
  tutti_json_put_member_int (json, "uses", uses);
  tutti_json_put_member_int (json, "minutes", minutes);
  tutti_json_close (json, '}');
  tutti_call_give (call, SOUP_STATUS_CREATED, json);
  soup_message_headers_replace (soup_server_message_get_response_headers (call->message), "Cache-Control", "no-store");
}
