/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window does to jams that are kept here: words, copies, publishing, deleting and restoring. */
#include "tutti-window-private.h"

#include "tutti-describe-dialog.h"
#include "tutti-end-words.h"
#include "tutti-jam-change.h"
#include "tutti-jam-words.h"
#include "tutti-name-dialog.h"
#include "tutti-room.h"

static TuttiStore *
store_of (TuttiWindow *self)
{
  return tutti_studio_get_store (self->studio);
}

/* @jams: (nullable). (transfer none) (nullable) */
static const TuttiStoreJam *
find_among (GPtrArray *jams, GVariant *id)
{
  for (guint i = 0; jams != NULL && i < jams->len; i++)
    if (g_str_equal (((TuttiStoreJam *) jams->pdata[i])->id, g_variant_get_string (id, NULL)))
      return jams->pdata[i];
  return NULL;
}

/* (transfer full) (nullable) */
static TuttiStoreJam *
find_jam (TuttiWindow *self, GVariant *id)
{
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (store_of (self), FALSE, 0, NULL);
  const TuttiStoreJam *jam = find_among (jams, id);

  return jam != NULL ? tutti_store_jam_copy (jam) : NULL;
}

/* @error: (nullable) */
static void
say_and_refresh (TuttiWindow *self, const GError *error)
{
  g_autofree char *words = error != NULL && error->domain == TUTTI_STORE_ERROR ? tutti_store_words (error) : NULL;

  if (error != NULL)
    tutti_window_say (self, words != NULL ? words : error->message);
  tutti_start_page_refresh (TUTTI_START_PAGE (self->start));
}

/* ---------------------------------------------------------------- edits */

static void
on_changed (const GError *why, gpointer user_data)
{
  say_and_refresh (user_data, why);
}

static void
change (TuttiWindow *self, const char *id, TuttiOp *op)
{
  g_autoptr(GError) error = NULL;

  if (!tutti_jam_change (self->studio, id, op, G_OBJECT (self), on_changed, self, &error))
    say_and_refresh (self, error);
}

static void
on_name_given (const char *text, gpointer user_data)
{
  TuttiWindow *self = user_data;

  if (self->next_text != NULL)
    change (self, self->next_text, tutti_op_new (TUTTI_OP_JAM_NAME, text));
}

static void
on_description_given (const char *text, gpointer user_data)
{
  TuttiWindow *self = user_data;

  if (self->next_text != NULL)
    change (self, self->next_text, tutti_op_new (TUTTI_OP_JAM_DESCRIPTION, text));
}

/* The dialog is modal: whatever it is about stays what it is about. */
static void
remember (TuttiWindow *self, const TuttiStoreJam *jam)
{
  g_free (self->next_text);
  self->next_text = g_strdup (jam->id);
}

void
tutti_window_rename_jam (GtkWidget *widget, const char *name, GVariant *id)
{
  TuttiWindow *self = TUTTI_WINDOW (widget);
  g_autoptr(TuttiStoreJam) jam = find_jam (self, id);

  if (jam == NULL)
    return;
  remember (self, jam);
  tutti_name_dialog_open (self->overlay, _("Name of the Jam"), jam->name, on_name_given, self);
}

void
tutti_window_describe_jam (GtkWidget *widget, const char *name, GVariant *id)
{
  TuttiWindow *self = TUTTI_WINDOW (widget);
  g_autoptr(TuttiStoreJam) jam = find_jam (self, id);

  if (jam == NULL)
    return;
  remember (self, jam);
  tutti_describe_dialog_open (self->overlay, jam->description != NULL ? jam->description : "", on_description_given, self);
}

void
tutti_window_publish_jam (GtkWidget *widget, const char *name, GVariant *id)
{
  gboolean publish = g_str_equal (name, "win.publish-jam");

  change (TUTTI_WINDOW (widget), g_variant_get_string (id, NULL), tutti_op_new (TUTTI_OP_JAM_PUBLISHED, TUTTI_N (publish)));
}

/* ---------------------------------------------------------------- copies */

/* Of the jam that is open. Returns: the new jam's id, (transfer full), or NULL with the reason. */
static char *
remix_open (TuttiWindow *self, const char *name, GError **error)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  TuttiRoomOrigin origin = { tutti_session_get_jam_id (self->session), jam->name, tutti_session_get_seq (self->session) };

  return tutti_room_remix (store_of (self), jam, &origin, name, error);
}

static void
say_copied (TuttiWindow *self, const char *id, const char *name, const GError *error)
{
  /* Translators: %s is the name of a jam */
  g_autofree char *words = g_strdup_printf (_("Saved as “%s”"), name);

  if (id != NULL)
    tutti_window_say_action (self, words, _("Open"), "win.open-jam", g_variant_new_string (id));
  say_and_refresh (self, error);
}

/* Of one that is kept, called as @name_of says; (transfer full) its id and @called, both NULL without a reason when there is none. */
static char *
remix_kept (TuttiWindow *self, GVariant *id, char *(*name_of) (const char *name, const GPtrArray *taken), char **called, GError **error)
{
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (store_of (self), FALSE, 0, NULL);
  const TuttiStoreJam *jam = find_among (jams, id);

  *called = jam != NULL ? name_of (jam->name, jams) : NULL;
  return jam != NULL ? tutti_room_remix_kept (store_of (self), jam->id, *called, error) : NULL;
}

void
tutti_window_copy_jam (GtkWidget *widget, const char *name, GVariant *id)
{
  TuttiWindow *self = TUTTI_WINDOW (widget);
  g_autoptr(GError) error = NULL;
  g_autofree char *called = NULL;
  g_autofree char *copy = remix_kept (self, id, tutti_jam_words_copy_name, &called, &error);

  if (called != NULL)
    say_copied (self, copy, called, error);
}

void
tutti_window_remix_jam (GtkWidget *widget, const char *name, GVariant *id)
{
  TuttiWindow *self = TUTTI_WINDOW (widget);
  g_autoptr(GError) error = NULL;
  g_autofree char *called = NULL;
  g_autofree char *remix = remix_kept (self, id, tutti_jam_words_remix_name, &called, &error);

  if (remix != NULL)
    tutti_window_leave_then (self, TUTTI_NEXT_OPEN, remix, NULL);
  else if (called != NULL)
    say_and_refresh (self, error);
}

void
tutti_window_save_copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiWindow *self = TUTTI_WINDOW (widget);
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (store_of (self), FALSE, 0, NULL);
  g_autoptr(GError) error = NULL;

  if (self->session == NULL || tutti_session_get_jam (self->session) == NULL)
    return;
  g_autofree char *called = tutti_jam_words_copy_name (tutti_session_get_jam (self->session)->name, jams);
  g_autofree char *copy = remix_open (self, called, &error);

  say_copied (self, copy, called, error);
}

void
tutti_window_remix (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiWindow *self = TUTTI_WINDOW (widget);
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (store_of (self), FALSE, 0, NULL);
  g_autoptr(GError) error = NULL;

  if (self->session == NULL || tutti_session_get_jam (self->session) == NULL)
    return;
  g_autofree char *called = tutti_jam_words_remix_name (tutti_session_get_jam (self->session)->name, jams);
  g_autofree char *remix = remix_open (self, called, &error);

  if (remix != NULL)
    tutti_window_leave_then (self, TUTTI_NEXT_OPEN, remix, NULL);
  else
    say_and_refresh (self, error);
}

/* ---------------------------------------------------------------- deleting */

void
tutti_window_delete_jam (GtkWidget *widget, const char *name, GVariant *id)
{
  TuttiWindow *self = TUTTI_WINDOW (widget);
  g_autoptr(TuttiStoreJam) jam = find_jam (self, id);
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  if (jam == NULL)
    return;
  if (!tutti_store_delete_jam (store_of (self), jam->id, g_get_real_time (), &error))
    {
      say_and_refresh (self, error);
      return;
    }
  /* Translators: %s is the name of a jam */
  words = g_strdup_printf (_("“%s” deleted"), jam->name);
  tutti_window_say_action (self, words, _("Undo"), "win.restore-jam", g_variant_new_string (jam->id));
  tutti_start_page_refresh (TUTTI_START_PAGE (self->start));
}

void
tutti_window_restore_jam (GtkWidget *widget, const char *name, GVariant *id)
{
  TuttiWindow *self = TUTTI_WINDOW (widget);
  g_autoptr(GError) error = NULL;

  tutti_store_restore_jam (store_of (self), g_variant_get_string (id, NULL), &error);
  say_and_refresh (self, error);
}
