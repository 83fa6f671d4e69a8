/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window as such: its pages, its size, its actions. */
#include "tutti-window-private.h"

#include "tutti-address-dialog.h"
#include "tutti-ask.h"
#include "tutti-demos.h"
#include "tutti-end-words.h"
#include "tutti-message.h"
#include "tutti-pages.h"
#include "tutti-welcome.h"

G_DEFINE_FINAL_TYPE (TuttiWindow, tutti_window, ADW_TYPE_APPLICATION_WINDOW)

void
tutti_window_say_action (TuttiWindow *self, const char *text, const char *button, const char *action, GVariant *target)
{
  AdwToast *toast = tutti_toast_new (text, button);

  if (button != NULL)
    {
      adw_toast_set_action_name (toast, action);
      adw_toast_set_action_target_value (toast, target);
    }
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->overlay), toast);
}

void
tutti_window_say (TuttiWindow *self, const char *text)
{
  tutti_window_say_action (self, text, NULL, NULL, NULL);
}

/* ---------------------------------------------------------------- own jams */

static void
on_new_beat (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tutti_window_leave_then (TUTTI_WINDOW (widget), TUTTI_NEXT_NEW, NULL, NULL);
}

static void
on_demo_beat (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tutti_window_leave_then (TUTTI_WINDOW (widget), TUTTI_NEXT_DEMO, "beat", NULL);
}

static void
on_demo_jam (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *demo = g_variant_get_string (parameter, NULL);

  if (tutti_demos_find (demo) >= 0)
    tutti_window_leave_then (TUTTI_WINDOW (widget), TUTTI_NEXT_DEMO, demo, NULL);
}

static void
on_open_jam (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tutti_window_leave_then (TUTTI_WINDOW (widget), TUTTI_NEXT_OPEN, g_variant_get_string (parameter, NULL), NULL);
}

/* ---------------------------------------------------------------- together */

static void
on_host_wished (const TuttiHostWish *wish, gpointer user_data)
{
  tutti_window_host (user_data, wish);
}

static void
on_host (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiWindow *self = TUTTI_WINDOW (widget);

  if (self->session != NULL && !tutti_window_may_host (self))
    {
      tutti_window_say (self, _("This jam is hosted already."));
      return;
    }
  tutti_host_dialog_open (self->overlay, self->session != NULL ? tutti_session_get_jam (self->session)->name : NULL, on_host_wished,
                          self);
}

static void
on_address (const TuttiAddress *address, const char *text, gpointer user_data)
{
  if (tutti_settings_get () != NULL)
    g_settings_set_string (tutti_settings_get (), "last-address", text);
  tutti_window_join (user_data, address);
}

static gboolean
on_code (const char *code, gpointer user_data)
{
  TuttiWindow *self = user_data;
  TuttiNearbyJam *jam = tutti_start_page_find_code (TUTTI_START_PAGE (self->start), code);

  if (jam == NULL)
    return FALSE;
  if (tutti_settings_get () != NULL)
    g_settings_set_string (tutti_settings_get (), "last-address", code);
  tutti_window_join_nearby (self, tutti_nearby_jam_get_ad (jam)->id);
  return TRUE;
}

static void
on_join_address (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *last = tutti_settings_get () != NULL ? g_settings_get_string (tutti_settings_get (), "last-address") : NULL;

  tutti_address_dialog_open (TUTTI_WINDOW (widget)->overlay, last, on_address, on_code, widget);
}

static void
on_join_nearby (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tutti_window_join_nearby (TUTTI_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
on_join_again (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tutti_window_join_again (TUTTI_WINDOW (widget));
}

static void
on_cancel_joining (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tutti_window_give_up (TUTTI_WINDOW (widget));
}

void
tutti_window_join (TuttiWindow *self, const TuttiAddress *address)
{
  tutti_window_leave_then (self, TUTTI_NEXT_JOIN, NULL, address);
}

static void
on_listen_at_host (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiWindow *self = TUTTI_WINDOW (widget);

  if (self->session == NULL)
    return;
  tutti_output_set_mute (tutti_session_get_output (self->session), TRUE);
  tutti_window_say (self, _("Silent here. Your volume brings the sound back."));
}

/* ---------------------------------------------------------------- the person, the rest */

static void
on_profile_chosen (const char *name, int colour, gpointer user_data)
{
  TuttiWindow *self = user_data;

  tutti_settings_set_profile (name, colour);
  tutti_studio_set_person (self->studio, name, colour);
  tutti_start_page_refresh (TUTTI_START_PAGE (self->start));
}

static void
on_profile (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiWindow *self = TUTTI_WINDOW (widget);

  tutti_profile_dialog_open (self->overlay, tutti_studio_get_name (self->studio), tutti_studio_get_colour (self->studio),
                             on_profile_chosen, self);
}

static void
on_welcomed (const char *name, int colour, gpointer user_data)
{
  on_profile_chosen (name, colour, user_data);
  tutti_window_make (user_data, NULL, "beat");
}

void
tutti_window_first_run (TuttiWindow *self)
{
  if (!tutti_settings_get_first_run_done ())
    tutti_welcome_open (self->overlay, tutti_studio_get_name (self->studio), tutti_studio_get_colour (self->studio), on_welcomed,
                        self);
}

static void
on_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiWindow *self = TUTTI_WINDOW (widget);

  if (tutti_pages_get_jam (TUTTI_PAGES (self->pages)) == NULL)
    tutti_start_page_set_search (TUTTI_START_PAGE (self->start), TRUE);
}

static void
on_how_to_avahi (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiMessage message = { _("How to Start Avahi"),
    _("In a terminal, type:\n\nsudo systemctl enable --now avahi-daemon\n\nWhere it is not installed, first:\n\n"
      "sudo apt install avahi-daemon\n\nJams nearby then appear here by themselves."),
    { { "close", _("Close") } }, NULL, NULL };

  tutti_message_ask (TUTTI_WINDOW (widget)->overlay, &message, NULL, NULL);
}

static void
on_say (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tutti_window_say (TUTTI_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* The folder of the file with this URI, in whatever shows folders. */
static void
on_open_folder (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_show_uri (GTK_WINDOW (widget), g_variant_get_string (parameter, NULL), GDK_CURRENT_TIME);
}

static void
on_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiWindow *self = TUTTI_WINDOW (widget);

  if (self->session != NULL)
    tutti_window_leave_then (self, TUTTI_NEXT_START, NULL, NULL);
  else if (self->start == NULL || !tutti_start_page_leave_library (TUTTI_START_PAGE (self->start)))
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_library (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TuttiWindow *self = TUTTI_WINDOW (widget);

  if (self->session != NULL)
    tutti_window_leave_then (self, TUTTI_NEXT_LIBRARY, NULL, NULL);
  else if (self->start != NULL)
    tutti_start_page_show_library (TUTTI_START_PAGE (self->start), TRUE);
}

static void
on_went_back (TuttiPages *pages, TuttiWindow *self)
{
  tutti_window_leave_then (self, TUTTI_NEXT_START, NULL, NULL);
}

/* ---------------------------------------------------------------- life */

static void
remember_size (TuttiWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  tutti_settings_set_window (width, height, gtk_window_is_maximized (GTK_WINDOW (self)));
}

static gboolean
tutti_window_close_request (GtkWindow *window)
{
  TuttiWindow *self = TUTTI_WINDOW (window);

  remember_size (self);
  if (self->studio == NULL)
    return GDK_EVENT_PROPAGATE;
  tutti_window_leave_then (self, TUTTI_NEXT_CLOSE, NULL, NULL);
  return GDK_EVENT_STOP;
}

static void
tutti_window_dispose (GObject *object)
{
  TuttiWindow *self = TUTTI_WINDOW (object);

  if (self->studio != NULL)
    {
      tutti_window_give_up (self);
      tutti_window_drop_session (self);
    }
  g_clear_pointer (&self->next_text, g_free);
  g_clear_pointer (&self->next_address, tutti_address_free);
  g_clear_pointer (&self->joining_name, g_free);
  g_clear_object (&self->studio);
  G_OBJECT_CLASS (tutti_window_parent_class)->dispose (object);
}

static void
tutti_window_class_init (TuttiWindowClass *klass)
{
  static const struct { const char *name, *type; GtkWidgetActionActivateFunc activate; } actions[] = {
    { "win.new-beat", NULL, on_new_beat }, { "win.demo-beat", NULL, on_demo_beat },
    { "win.demo-jam", "s", on_demo_jam }, { "win.open-jam", "s", on_open_jam },
    { "win.rename-jam", "s", tutti_window_rename_jam }, { "win.describe-jam", "s", tutti_window_describe_jam },
    { "win.publish-jam", "s", tutti_window_publish_jam }, { "win.unpublish-jam", "s", tutti_window_publish_jam },
    { "win.copy-jam", "s", tutti_window_copy_jam }, { "win.remix-jam", "s", tutti_window_remix_jam },
    { "win.delete-jam", "s", tutti_window_delete_jam }, { "win.restore-jam", "s", tutti_window_restore_jam },
    { "win.save-copy", NULL, tutti_window_save_copy }, { "win.remix", NULL, tutti_window_remix },
    { "win.host", NULL, on_host }, { "win.join-address", NULL, on_join_address }, { "win.join-nearby", "s", on_join_nearby },
    { "win.join-again", NULL, on_join_again }, { "win.cancel-joining", NULL, on_cancel_joining }, { "win.back", NULL, on_back },
    { "win.library", NULL, on_library },
    { "win.profile", NULL, on_profile }, { "win.search", NULL, on_search }, { "win.listen-at-host", NULL, on_listen_at_host },
    { "win.how-to-avahi", NULL, on_how_to_avahi }, { "win.say", "s", on_say },
    { "win.open-folder", "s", on_open_folder },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = tutti_window_close_request;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type, actions[i].activate);
}

static void
tutti_window_init (TuttiWindow *self)
{
  int width, height;
  gboolean maximized;

  self->overlay = adw_toast_overlay_new ();
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), self->overlay);
  tutti_settings_get_window (&width, &height, &maximized);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 480);
  gtk_window_set_title (GTK_WINDOW (self), "Tutti");
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
add_shortcuts (TuttiWindow *self)
{
  g_autoptr(GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/tuttijam/Tutti/window/tutti-shortcuts.ui");

  gtk_application_window_set_help_overlay (GTK_APPLICATION_WINDOW (self),
                                           GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
}

GtkWidget *
tutti_window_new (GtkApplication *application, TuttiStudio *studio)
{
  TuttiWindow *self = g_object_new (TUTTI_TYPE_WINDOW, "application", application, NULL);

  self->studio = g_object_ref (studio);
  self->start = tutti_start_page_new (studio);
  self->pages = tutti_pages_new (self->start);
  g_signal_connect_object (self->pages, "went-back", G_CALLBACK (on_went_back), self, 0);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->overlay), self->pages);
  add_shortcuts (self);
  return GTK_WIDGET (self);
}

GtkWidget *
tutti_window_new_broken (GtkApplication *application, const GError *error, const char *folder)
{
  TuttiWindow *self = g_object_new (TUTTI_TYPE_WINDOW, "application", application, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *status = adw_status_page_new ();
  GtkWidget *quit = gtk_button_new_with_label (_("Quit"));
  g_autofree char *words = tutti_store_words (error), *where = g_strdup_printf (_("Your jams are kept in %s."), folder);
  g_autofree char *body = g_markup_printf_escaped ("%s\n%s", words, where);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _("Your Jams Cannot Be Opened"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status), body);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (quit), "app.quit");
  gtk_widget_add_css_class (quit, "pill");
  gtk_widget_set_halign (quit, GTK_ALIGN_CENTER);
  adw_status_page_set_child (ADW_STATUS_PAGE (status), quit);
  gtk_widget_set_vexpand (status, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), status);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->overlay), box);
  return GTK_WIDGET (self);
}
