/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-control-commands.h"

#include "tutti-demos.h"
#include "tutti-address.h"
#include "tutti-backup.h"
#include "tutti-json-read.h"
#include "tutti-json-write.h"
#include "tutti-limits.h"
#include "tutti-names.h"

#include <string.h>

#define LISTED_MAX 1000
#define PATH_BYTES_MAX 2048

/* Answers @call in any case. */
typedef void (*Run) (TuttiControlCommands *self, JsonObject *command, TuttiControlCall *call);

static void
refuse (TuttiControlCall *call, GError *why)
{
  tutti_control_refuse (call, why);
  g_error_free (why);
}

static void
refuse_words (TuttiControlCall *call, const char *words)
{
  refuse (call, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, words));
}

/* Reads the member "jam"; else it is answered why not. */
static gboolean
read_jam (TuttiControlCommands *self, JsonObject *command, TuttiControlCall *call, const char **jam)
{
  GError *error = NULL;

  if (!tutti_json_read_string (command, "jam", TUTTI_JAM_ID_MAX, jam, &error))
    refuse (call, error);
  else if (!tutti_address_is_jam_id (*jam) || !tutti_box_has (self->box, *jam))
    refuse_words (call, "there is no such jam here");
  else
    return TRUE;
  return FALSE;
}

/* ---- list ---- */

static void
collect_open (TuttiHouse *house, gpointer data)
{
  g_autoptr(GPtrArray) rooms = tutti_house_get_rooms (house);
  GHashTable *found = data;

  for (guint i = 0; i < rooms->len; i++)
    {
      TuttiRoomStatus *status = g_new0 (TuttiRoomStatus, 1);

      tutti_room_get_status (rooms->pdata[i], status);
      g_hash_table_insert (found, status->jam, status);
    }
}

/* @status: NULL when it lies in the store. */
static void
put_jam (GString *out, const TuttiStoreJam *jam, const TuttiRoomStatus *status)
{
  g_autofree char *code = tutti_names_code (jam->id);

  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "jam", jam->id);
  tutti_json_put_member_text (out, "code", code);
  tutti_json_put_member_text (out, "name", status != NULL ? status->name : jam->name);
  tutti_json_key (out, "open");
  tutti_json_put_raw (out, status != NULL ? "true" : "false");
  tutti_json_put_member_int (out, "people", status != NULL ? status->people : 0);
  if (status != NULL)
    {
      tutti_json_put_member_int (out, "max", status->people_max);
      tutti_json_put_member_int (out, "seq", status->seq);
      tutti_json_key (out, "playing");
      tutti_json_put_raw (out, status->playing ? "true" : "false");
    }
  tutti_json_close (out, '}');
}

static void
run_list (TuttiControlCommands *self, JsonObject *command, TuttiControlCall *call)
{
  TuttiStore *store = tutti_studio_get_store (tutti_box_get_studio (self->box));
  g_autoptr(GHashTable) open = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr(GString) out = g_string_new (NULL);
  GError *error = NULL;
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (store, FALSE, LISTED_MAX, &error);

  if (jams == NULL)
    {
      refuse (call, error);
      return;
    }
  tutti_hosting_call (tutti_box_get_hosting (self->box), collect_open, open);
  tutti_json_put_member_text (out, "default", tutti_box_get_jam (self->box));
  tutti_json_key (out, "jams");
  tutti_json_open (out, '[');
  for (guint i = 0; i < jams->len; i++)
    put_jam (out, jams->pdata[i], g_hash_table_lookup (open, ((TuttiStoreJam *) jams->pdata[i])->id));
  tutti_json_close (out, ']');
  tutti_control_answer (call, out->str);
}

/* ---- create, close ---- */

/* true, false, or the name of one; without it as the configuration says. */
static gboolean
read_demo (JsonObject *command, const char **demo, GError **error)
{
  JsonNode *node = json_object_get_member (command, "demo");
  gboolean yes;

  if (node == NULL || (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING))
    return tutti_json_read_string_or (command, "demo", TUTTI_NAME_BYTES_MAX, *demo, demo, error);
  if (!tutti_json_read_bool_or (command, "demo", FALSE, &yes, error))
    return FALSE;
  *demo = yes ? tutti_demos_get_name (0) : NULL;
  return TRUE;
}

static void
run_create (TuttiControlCommands *self, JsonObject *command, TuttiControlCall *call)
{
  const char *demo = tutti_box_get_config (self->box)->demo;
  g_autofree char *jam = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  GError *error = NULL;
  const char *name;

  if (tutti_json_read_string_or (command, "name", TUTTI_NAME_BYTES_MAX, NULL, &name, &error) &&
      read_demo (command, &demo, &error))
    jam = tutti_box_create (self->box, name, demo, &error);
  if (jam == NULL)
    {
      refuse (call, error);
      return;
    }
  tutti_json_put_member_text (out, "jam", jam);
  tutti_control_answer (call, out->str);
}

typedef struct
{
  const char *jam;
  guint       person;
  gboolean    kick, ban;
  gboolean    done;
  GError     *error;
  GArray     *people;              /* owned; of TuttiRoomPerson */
} Wish;

static void
shut (TuttiHouse *house, gpointer data)
{
  Wish *wish = data;

  wish->done = tutti_house_shut (house, wish->jam, TUTTI_CLOSE_JAM_ENDED);
}

static void
run_close (TuttiControlCommands *self, JsonObject *command, TuttiControlCall *call)
{
  Wish wish = { 0 };

  if (!read_jam (self, command, call, &wish.jam))
    return;
  tutti_hosting_call (tutti_box_get_hosting (self->box), shut, &wish);
  if (wish.done)
    tutti_control_answer (call, NULL);
  else
    refuse_words (call, "this jam is not open");
}

/* ---- people, kick ---- */

static void
list_people (TuttiHouse *house, gpointer data)
{
  Wish *wish = data;
  TuttiRoom *room = tutti_house_find (house, wish->jam);

  wish->people = room != NULL ? tutti_room_list_people (room) : g_array_new (FALSE, FALSE, sizeof (TuttiRoomPerson));
}

static void
put_person (GString *out, const TuttiRoomPerson *person)
{
  tutti_json_open (out, '{');
  tutti_json_put_member_int (out, "person", person->number);
  tutti_json_put_member_text (out, "name", person->name);
  tutti_json_put_member_text (out, "address", person->address);
  tutti_json_put_member_int (out, "seconds", (g_get_monotonic_time () - person->since_us) / G_USEC_PER_SEC);
  tutti_room_put_report (out, &person->report);
  tutti_json_close (out, '}');
}

static int
compare_people (gconstpointer a, gconstpointer b)
{
  return (int) ((const TuttiRoomPerson *) a)->number - (int) ((const TuttiRoomPerson *) b)->number;
}

static void
run_people (TuttiControlCommands *self, JsonObject *command, TuttiControlCall *call)
{
  g_autoptr(GString) out = g_string_new (NULL);
  Wish wish = { 0 };

  if (!read_jam (self, command, call, &wish.jam))
    return;
  tutti_hosting_call (tutti_box_get_hosting (self->box), list_people, &wish);
  g_array_sort (wish.people, compare_people);
  tutti_json_key (out, "people");
  tutti_json_open (out, '[');
  for (guint i = 0; i < wish.people->len; i++)
    put_person (out, &g_array_index (wish.people, TuttiRoomPerson, i));
  tutti_json_close (out, ']');
  g_array_unref (wish.people);
  tutti_control_answer (call, out->str);
}

static void
kick (TuttiHouse *house, gpointer data)
{
  Wish *wish = data;
  TuttiRoom *room = tutti_house_find (house, wish->jam);

  if (room == NULL)
    g_set_error_literal (&wish->error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "this jam is not open");
  else if (wish->kick)
    tutti_room_kick (room, wish->person, &wish->error);
  else
    tutti_room_ban (room, wish->person, wish->ban, &wish->error);
}

static void
send_away (TuttiControlCommands *self, JsonObject *command, TuttiControlCall *call, gboolean kicked, gboolean banned)
{
  Wish wish = { .kick = kicked, .ban = banned };
  GError *error = NULL;
  gint64 person;

  if (!read_jam (self, command, call, &wish.jam))
    return;
  if (!tutti_json_read_int (command, "person", 1, 65535, &person, &error))
    {
      refuse (call, error);
      return;
    }
  wish.person = (guint) person;
  tutti_hosting_call (tutti_box_get_hosting (self->box), kick, &wish);
  if (wish.error == NULL)
    tutti_control_answer (call, NULL);
  else
    refuse (call, wish.error);
}

static void
run_kick (TuttiControlCommands *self, JsonObject *command, TuttiControlCall *call)
{
  send_away (self, command, call, TRUE, FALSE);
}

static void
run_ban (TuttiControlCommands *self, JsonObject *command, TuttiControlCall *call)
{
  send_away (self, command, call, FALSE, TRUE);
}

static void
run_unban (TuttiControlCommands *self, JsonObject *command, TuttiControlCall *call)
{
  send_away (self, command, call, FALSE, FALSE);
}

/* ---- backup ---- */

typedef struct
{
  char              *data, *to;
  TuttiBackupFigures figures;
} Backup;

static void
backup_free (gpointer data)
{
  Backup *backup = data;

  g_free (backup->data);
  g_free (backup->to);
  g_free (backup);
}

static void
write_backup (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Backup *backup = g_task_get_task_data (task);
  GError *error = NULL;

  if (tutti_backup_write (backup->data, backup->to, &backup->figures, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_backed_up (GObject *source, GAsyncResult *result, gpointer data)
{
  Backup *backup = g_task_get_task_data (G_TASK (result));
  TuttiControlCall *call = data;
  g_autoptr(GString) out = g_string_new (NULL);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_message ("No backup: %s", error->message);
      refuse (call, error);
      return;
    }
  g_message ("Backup to %s: %" G_GUINT64_FORMAT " bytes", backup->to, backup->figures.bytes);
  tutti_json_put_member_text (out, "to", backup->to);
  tutti_json_put_member_int (out, "sounds", backup->figures.sounds);
  tutti_json_put_member_int (out, "bytes", (gint64) backup->figures.bytes);
  tutti_control_answer (call, out->str);
}

/* In a thread of its own: it may take minutes, and nobody who plays is to notice. */
static void
start_backup (TuttiControlCommands *self, const char *to, TuttiControlCall *call)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, on_backed_up, call);
  Backup *backup = g_new0 (Backup, 1);

  backup->data = g_strdup (tutti_box_get_config (self->box)->data);
  backup->to = g_strdup (to);
  g_task_set_task_data (task, backup, backup_free);
  g_task_set_source_tag (task, start_backup);
  g_task_run_in_thread (task, write_backup);
}

static void
run_backup (TuttiControlCommands *self, JsonObject *command, TuttiControlCall *call)
{
  GError *error = NULL;
  const char *to;

  if (!tutti_json_read_string (command, "to", PATH_BYTES_MAX, &to, &error))
    refuse (call, error);
  else if (!g_path_is_absolute (to))
    refuse_words (call, "where the backup goes is a path from the root");
  else
    start_backup (self, to, call);
}

/* ---- reload, stop ---- */

static void
run_reload (TuttiControlCommands *self, JsonObject *command, TuttiControlCall *call)
{
  g_autoptr(GString) out = g_string_new (NULL);
  GError *error = NULL;
  g_autofree char *waits = self->reload (self->user, &error);

  if (error != NULL)
    {
      refuse (call, error);
      return;
    }
  if (waits != NULL)
    tutti_json_put_member_text (out, "waits", waits);
  tutti_control_answer (call, waits != NULL ? out->str : NULL);
}

static void
run_stop (TuttiControlCommands *self, JsonObject *command, TuttiControlCall *call)
{
  tutti_control_answer (call, NULL);
  self->stop (self->user);
}

/* ---- all of them ---- */

static const struct { const char *name; Run run; } commands[] = {
  { "list", run_list }, { "create", run_create }, { "close", run_close }, { "people", run_people },
  { "kick", run_kick }, { "ban", run_ban }, { "unban", run_unban }, { "backup", run_backup },
  { "reload", run_reload }, { "stop", run_stop },
};

void
tutti_control_commands_run (gpointer user, JsonObject *command, TuttiControlCall *call)
{
  TuttiControlCommands *self = user;
  GError *error = NULL;
  const char *what;

  if (!tutti_json_read_string (command, "do", 32, &what, &error))
    {
      refuse (call, error);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, what))
      {
        g_info ("Control: %s", what);
        commands[i].run (self, command, call);
        return;
      }
  refuse_words (call, "there is no such command; there are list, create, close, people, kick, ban, unban, backup, reload and stop");
}
