/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-export.h"

#include "tutti-ask.h"
#include "tutti-file-dialog.h"

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
} Exports;

/* One export under way; it may outlive the page. */
typedef struct
{
  GWeakRef      overlay, bar, actions;
  GApplication *application;       /* owned, and held: a window that is closed lets the file be finished */
  GFile        *file;              /* owned */
  gint64        bytes;
  int           percent;
} Export;

/* ---- names ---- */

static gboolean
has_ending (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, ".wav") || g_str_has_suffix (lower, ".flac");
}

char *
tutti_jam_export_dup_name (const char *name)
{
  const char *base = *name != '\0' ? name : "jam";
  char *plain = g_strconcat (base, has_ending (base) ? NULL : ".wav", NULL);

  /* A dot in front would hide the file. */
  if (*plain == '.')
    *plain = '_';
  return g_strdelimit (plain, "/", '-');
}

/* Whatever else was typed as an ending is a part of the name. (transfer full) */
static GFile *
with_ending (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file), *name = tutti_jam_export_dup_name (base);
  g_autoptr(GFile) folder = g_file_get_parent (file);

  return has_ending (base) || folder == NULL ? g_object_ref (file) : g_file_get_child (folder, name);
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
say_done (GtkWidget *overlay, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file), *uri = g_file_get_uri (file);
  /* Translators: %s is the name of a file */
  g_autofree char *words = g_strdup_printf (_("Exported to %s."), name);
  g_autoptr(GVariant) target = g_variant_ref_sink (g_variant_new_string (uri));
  g_autofree char *action = g_action_print_detailed_name ("win.open-folder", target);

  tutti_say_with_action (overlay, words, _("Open Folder"), action);
}

static char *
failure_words (Export *self, const GError *error)
{
  if (g_error_matches (error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_SPACE))
    return g_strdup_printf (_("Not enough space: %d MB needed"), (int) (self->bytes / 1000000) + 1);
  if (g_error_matches (error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_PLACE))
    return g_strdup (_("Nothing can be written there. Choose another folder."));
  return g_strdup (error->message);
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
  g_autofree char *words = done ? NULL : failure_words (self, error);

  let_begin (self, TRUE);
  if (bar != NULL)
    tutti_bar_clear (bar, TUTTI_BAR_WORK);
  if (overlay != NULL && done)
    say_done (overlay, self->file);
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
  self->file = with_ending (file);
  self->bytes = tutti_session_get_export_bytes (exports->session);
  self->percent = -1;
  return self;
}

static void
on_file (GFile *file, gpointer user_data)
{
  Exports *self = user_data;
  Export *export = export_new (self, file);

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  let_begin (export, FALSE);
  on_progress (0, export);
  tutti_session_export_async (self->session, export->file, on_progress, export, self->cancellable, on_exported, export);
}

static void
on_begin (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Exports *self = user_data;
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  g_autofree char *name = jam != NULL ? tutti_jam_export_dup_name (jam->name) : NULL;

  if (jam != NULL)
    tutti_file_dialog_save (self->page, _("Export"), name, on_file, self);
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
