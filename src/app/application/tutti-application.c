/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-application.h"

#include "tutti-app.h"
#include "tutti-avahi-discovery.h"
#include "tutti-names.h"
#include "tutti-preferences.h"
#include "tutti-settings.h"
#include "tutti-upkeep.h"
#include "tutti-window.h"

#include <glib/gi18n.h>

struct _TuttiApplication
{
  AdwApplication parent_instance;
  char          *data;         /* where everything is kept */
  TuttiStudio   *studio;       /* owned, nullable */
  TuttiUpkeepClock *upkeep;    /* owned, nullable */
  GError        *broken;       /* why there is none */
};

G_DEFINE_FINAL_TYPE (TuttiApplication, tutti_application, ADW_TYPE_APPLICATION)

/* ---------------------------------------------------------------- actions */

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  /* Closing asks where asking is due, and remembers; the last window ends the program. */
  if (window != NULL)
    gtk_window_close (window);
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  adw_show_about_window (gtk_application_get_active_window (user_data), "application-name", "Tutti", "application-icon",
                         "io.github.tuttijam.Tutti", "developer-name", _("The Tutti authors"), "version", TUTTI_VERSION,
                         "comments", _("Everyone in the room plays one groove-box. Same beat, same instant."), "license-type",
                         GTK_LICENSE_GPL_3_0, NULL);
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  tutti_preferences_open (gtk_application_get_active_window (user_data));
}

/* Commands of the window under the application's name, for menus and the desktop. */
static void
on_forward (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);
  g_autofree char *name = g_strconcat ("win.", g_action_get_name (G_ACTION (action)), NULL);

  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), name, NULL);
}

static void
add_actions (TuttiApplication *self)
{
  static const GActionEntry entries[] = {
    { "quit", on_quit }, { "about", on_about }, { "preferences", on_preferences }, { "new-beat", on_forward },
    { "host", on_forward }, { "join-address", on_forward },
  };
  static const struct { const char *action, *keys[3]; } keys[] = {
    { "app.quit", { "<Control>q" } }, { "app.preferences", { "<Control>comma" } }, { "win.new-beat", { "<Control>n" } },
    { "win.host", { "<Control>h" } }, { "win.join-address", { "<Control>l" } }, { "win.search", { "<Control>f" } },
    { "win.back", { "<Control>w" } }, { "win.library", { "<Control>o" } }, { "win.show-help-overlay", { "<Control>question" } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), keys[i].action, (const char * const *) keys[i].keys);
}

/* ---------------------------------------------------------------- settings */

static void
apply_style (GSettings *settings)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };
  int style = g_settings_get_enum (settings, "style");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[CLAMP (style, 0, 2)]);
}

static void
apply_heir (TuttiApplication *self)
{
  if (self->studio != NULL)
    tutti_studio_set_heir (self->studio, tutti_settings_get_hosts_when_needed ());
}

static void
apply_picture (TuttiApplication *self)
{
  g_autofree char *picture = tutti_settings_dup_picture ();

  if (self->studio != NULL)
    tutti_studio_set_picture (self->studio, picture);
}

static void
follow_settings (TuttiApplication *self)
{
  GSettings *settings = tutti_settings_get ();

  if (settings == NULL)
    return;
  apply_style (settings);
  g_signal_connect (settings, "changed::style", G_CALLBACK (apply_style), NULL);
  g_signal_connect_object (settings, "changed::host-when-needed", G_CALLBACK (apply_heir), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::profile-picture", G_CALLBACK (apply_picture), self, G_CONNECT_SWAPPED);
}

/* Who plays here; before anyone said so, somebody drawn by lot. */
static void
set_person (TuttiStudio *studio)
{
  TuttiPersonColour drawn;
  g_autofree char *invented = tutti_names_person (((guint64) g_random_int () << 32) | g_random_int (), &drawn);
  int colour;
  g_autofree char *name = tutti_settings_dup_profile (&colour);

  tutti_studio_set_person (studio, *name != '\0' ? name : invented, colour >= 0 ? colour : (int) drawn);
}

/* ---------------------------------------------------------------- life */

static void
open_studio (TuttiApplication *self)
{
  g_autoptr(TuttiDiscovery) discovery = TUTTI_DISCOVERY (tutti_avahi_discovery_new ());

  self->studio = tutti_studio_new (self->data, discovery, &self->broken);
  if (self->studio == NULL)
    return;
  set_person (self->studio);
  apply_picture (self);
  tutti_studio_set_heir (self->studio, tutti_settings_get_hosts_when_needed ());
  self->upkeep = tutti_upkeep_start (self->studio);
}

static void
tutti_application_startup (GApplication *application)
{
  TuttiApplication *self = TUTTI_APPLICATION (application);

  tutti_app_init ();
  G_APPLICATION_CLASS (tutti_application_parent_class)->startup (application);
  add_actions (self);
  follow_settings (self);
  open_studio (self);
}

static GtkWidget *
window_of (TuttiApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window != NULL)
    return GTK_WIDGET (window);
  if (self->studio == NULL)
    return tutti_window_new_broken (GTK_APPLICATION (self), self->broken, self->data);
  return tutti_window_new (GTK_APPLICATION (self), self->studio);
}

static void
tutti_application_activate (GApplication *application)
{
  TuttiApplication *self = TUTTI_APPLICATION (application);
  gboolean first = gtk_application_get_active_window (GTK_APPLICATION (self)) == NULL;
  GtkWidget *window = window_of (self);

  gtk_window_present (GTK_WINDOW (window));
  if (first && self->studio != NULL)
    tutti_window_first_run (TUTTI_WINDOW (window));
}

static void
tutti_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  TuttiApplication *self = TUTTI_APPLICATION (application);
  GtkWidget *window = window_of (self);
  g_autofree char *link = g_file_get_uri (files[0]);
  g_autoptr(TuttiAddress) address = tutti_address_parse (link, NULL);

  gtk_window_present (GTK_WINDOW (window));
  if (self->studio == NULL)
    return;
  if (address != NULL)
    tutti_window_join (TUTTI_WINDOW (window), address);
  else
    gtk_widget_activate_action (window, "win.say", "s", _("That is not an address Tutti understands."));
}

static void
tutti_application_shutdown (GApplication *application)
{
  g_clear_pointer (&TUTTI_APPLICATION (application)->upkeep, tutti_upkeep_stop);
  g_clear_object (&TUTTI_APPLICATION (application)->studio);
  G_APPLICATION_CLASS (tutti_application_parent_class)->shutdown (application);
}

/* Two programs with two folders are two programs. */
static int
tutti_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  TuttiApplication *self = TUTTI_APPLICATION (application);
  const char *data = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("tutti %s\n", TUTTI_VERSION);
      return 0;
    }
  if (!g_variant_dict_lookup (options, "data", "^&ay", &data))
    data = g_getenv ("TUTTI_DATA");
  if (data != NULL)
    g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  self->data = data != NULL ? g_strdup (data) : g_build_filename (g_get_user_data_dir (), "tutti", NULL);
  return -1;
}

static void
tutti_application_finalize (GObject *object)
{
  TuttiApplication *self = TUTTI_APPLICATION (object);

  g_clear_error (&self->broken);
  g_free (self->data);
  G_OBJECT_CLASS (tutti_application_parent_class)->finalize (object);
}

static void
tutti_application_class_init (TuttiApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tutti_application_finalize;
  application_class->startup = tutti_application_startup;
  application_class->activate = tutti_application_activate;
  application_class->open = tutti_application_open;
  application_class->shutdown = tutti_application_shutdown;
  application_class->handle_local_options = tutti_application_handle_local_options;
}

static void
tutti_application_init (TuttiApplication *self)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Where jams and sounds are kept"), N_("DIR") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version"), NULL },
    G_OPTION_ENTRY_NULL
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), "[tutti://…]");
}

TuttiApplication *
tutti_application_new (void)
{
  return g_object_new (TUTTI_TYPE_APPLICATION, "application-id", "io.github.tuttijam.Tutti", "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/io/github/tuttijam/Tutti", NULL);
}
