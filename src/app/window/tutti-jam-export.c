/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-export.h"

#include "tutti-ask.h"
#include "tutti-export-dialog.h"
#include "tutti-export-words.h"
#include "tutti-file-dialog.h"
#include "tutti-message.h"
#include "tutti-settings.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* What the page keeps. */
typedef struct
{
  GtkWidget          *page;        /* owner */
  TuttiSession       *session;     /* owned */
  TuttiBar           *bar;         /* owned: a child of the page */
  GSimpleActionGroup *actions;     /* owned */
  GCancellable       *cancellable; /* owned: of the newest export */
  TuttiExportOptions  options;     /* of the one that is asked about */
  GFile              *file;        /* owned: likewise, while that is asked about */
} Exports;

/* One export under way; it may outlive the page. */
typedef struct
{
  GWeakRef      overlay, bar, actions;
  GApplication *application;       /* owned, and held: a window that is closed lets the file be finished */
  GFile        *file;              /* owned */
  gboolean      folder;            /* @file is one */
  gint64        bytes;
  int           percent;
} Export;

/* ---- names ---- */

/* (transfer full) */
static GFile *
with_ending (GFile *file, const TuttiExportOptions *options)
{
  g_autofree char *base = g_file_get_basename (file), *name = tutti_export_words_dup_name (base, options);
  g_autoptr(GFile) folder = g_file_get_parent (file);

  return g_str_equal (base, name) || folder == NULL ? g_object_ref (file) : g_file_get_child (folder, name);
}

/* ---- under way ---- */

static void
let_begin (Export *self, gboolean may)
{
  g_autoptr(GActionMap) actions = g_weak_ref_get (&self->actions);

  if (actions != NULL)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (actions, "begin")), may);
}

static void
on_progress (double done, gpointer user_data)
{
  Export *self = user_data;
  g_autoptr(TuttiBar) bar = g_weak_ref_get (&self->bar);
  int percent = (int) (done * 100);
  g_autofree char *words = g_strdup_printf (_("Exporting, %d %%"), percent);

  if (bar == NULL || percent == self->percent)
    return;
  self->percent = percent;
  tutti_bar_show (bar, TUTTI_BAR_WORK, "tutti-share-symbolic", words, _("Cancel"), "export.cancel");
}

static void
say_done (GtkWidget *overlay, const Export *self)
{
  g_autoptr(GFile) folder = self->folder ? g_object_ref (self->file) : g_file_get_parent (self->file);
  g_autofree char *name = g_file_get_basename (self->file), *uri = g_file_get_uri (folder);
  /* Translators: %s is the name of a file */
  g_autofree char *words = g_strdup_printf (_("Exported to %s."), name);
  g_autoptr(GVariant) target = g_variant_ref_sink (g_variant_new_string (uri));
  g_autofree char *action = g_action_print_detailed_name ("win.open-folder", target);

  tutti_say_with_action (overlay, words, _("Show"), action);
}

static void
export_free (Export *self)
{
  g_weak_ref_clear (&self->overlay);
  g_weak_ref_clear (&self->bar);
  g_weak_ref_clear (&self->actions);
  g_object_unref (self->file);
  if (self->application != NULL)
    g_application_release (self->application);
  g_clear_object (&self->application);
  g_free (self);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *self = user_data;
  g_autoptr(TuttiBar) bar = g_weak_ref_get (&self->bar);
  g_autoptr(GtkWidget) overlay = g_weak_ref_get (&self->overlay);
  g_autoptr(GError) error = NULL;
  gboolean done = tutti_session_export_finish (TUTTI_SESSION (source), result, &error);
  g_autofree char *words = done ? NULL : tutti_export_words_of_failure (error, self->bytes);

  let_begin (self, TRUE);
  if (bar != NULL)
    tutti_bar_clear (bar, TUTTI_BAR_WORK);
  if (overlay != NULL && done)
    say_done (overlay, self);
  else if (overlay != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tutti_say (overlay, words);
  export_free (self);
}

/* ---- from the page ---- */

static Export *
export_new (Exports *exports, GFile *file)
{
  Export *self = g_new0 (Export, 1);
  GtkWidget *overlay = gtk_widget_get_ancestor (exports->page, ADW_TYPE_TOAST_OVERLAY);
  GtkRoot *root = gtk_widget_get_root (exports->page);
  GtkApplication *application = GTK_IS_WINDOW (root) ? gtk_window_get_application (GTK_WINDOW (root)) : NULL;

  g_weak_ref_init (&self->overlay, overlay);
  g_weak_ref_init (&self->bar, exports->bar);
  g_weak_ref_init (&self->actions, exports->actions);
  if (application != NULL)
    {
      self->application = g_object_ref (G_APPLICATION (application));
      g_application_hold (self->application);
    }
  self->file = g_object_ref (file);
  self->folder = exports->options.each_track;
  self->bytes = tutti_session_get_export_bytes (exports->session, &exports->options);
  self->percent = -1;
  return self;
}

static void
begin (Exports *self, GFile *file)
{
  Export *export = export_new (self, file);

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  let_begin (export, FALSE);
  on_progress (0, export);
  tutti_session_export_async (self->session, export->file, &self->options, on_progress, export, self->cancellable, on_exported,
                              export);
}

static void
on_answered (const char *answer, gpointer user_data)
{
  Exports *self = user_data;
  g_autoptr(GFile) file = g_steal_pointer (&self->file);

  if (file != NULL && g_str_equal (answer, "replace"))
    begin (self, file);
}

/* The chooser asked about the name that was typed, and with another ending it is another file. */
static void
ask_to_replace (Exports *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  /* Translators: %s is the name of a file */
  g_autofree char *title = g_strdup_printf (_("Replace “%s”?"), name);
  const TuttiMessage message = { title, _("A file of this name is there already."),
                                 { { "cancel", _("_Cancel") }, { "replace", _("_Replace") } }, NULL, "replace" };

  g_set_object (&self->file, file);
  tutti_message_ask (self->page, &message, on_answered, self);
}

static void
on_file (GFile *chosen, gpointer user_data)
{
  Exports *self = user_data;
  g_autoptr(GFile) file = with_ending (chosen, &self->options), folder = g_file_get_parent (file);
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  if (uri != NULL)
    tutti_settings_set_export_folder (uri);
  if (!self->options.each_track && !g_file_equal (file, chosen) && g_file_query_exists (file, NULL))
    ask_to_replace (self, file);
  else
    begin (self, file);
}

static void
on_asked (const TuttiExportOptions *options, gpointer user_data)
{
  Exports *self = user_data;
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  g_autofree char *name = jam != NULL ? tutti_export_words_dup_name (jam->name, options) : NULL;
  g_autofree char *folder = tutti_settings_dup_export_folder ();

  self->options = *options;
  if (jam != NULL)
    tutti_file_dialog_save (self->page, options->each_track ? _("Export Tracks to a New Folder") : _("Export"), folder, name, on_file,
                            self);
}

static void
on_begin (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Exports *self = user_data;
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  if (jam != NULL)
    tutti_export_dialog_open (self->page, jam, on_asked, self);
}

static void
on_cancel (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Exports *self = user_data;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
exports_free (Exports *self)
{
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_object_unref (self->actions);
  g_object_unref (self->bar);
  g_object_unref (self->session);
  g_free (self);
}

void
tutti_jam_export_attach (GtkWidget *page, TuttiSession *session, TuttiBar *bar)
{
  static const GActionEntry entries[] = { { "begin", on_begin }, { "cancel", on_cancel } };
  Exports *self = g_new0 (Exports, 1);

  self->page = page;
  self->session = g_object_ref (session);
  self->bar = g_object_ref (bar);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (page, "export", G_ACTION_GROUP (self->actions));
  g_object_set_data_full (G_OBJECT (page), "tutti-jam-export", self, (GDestroyNotify) exports_free);
}
