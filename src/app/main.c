/* SPDX-License-Identifier: GPL-3.0-or-later */

/* tutti: the window. */
#include "tutti-application.h"
#include "tutti-avahi-discovery.h"
#include "tutti-studio-sessions.h"

#include <glib/gi18n.h>
#include <gst/gst.h>
#include <locale.h>

/* Where jams and sounds are kept; the variable is for tests and for two of them on one machine. */
static char *
data_directory (void)
{
  const char *directory = g_getenv ("TUTTI_DATA");

  return directory != NULL && *directory != '\0' ? g_strdup (directory)
                                                 : g_build_filename (g_get_user_data_dir (), "tutti", NULL);
}

int
main (int argc, char **argv)
{
  g_autofree char *directory = data_directory ();
  g_autoptr(TuttiDiscovery) discovery = NULL;
  g_autoptr(TuttiStudio) studio = NULL;
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  gst_init (NULL, NULL);

  discovery = TUTTI_DISCOVERY (tutti_avahi_discovery_new ());
  studio = tutti_studio_new (directory, discovery, &error);
  if (studio == NULL)
    {
      /* Shown by whoever started the program; the files are as they were. */
      g_printerr ("tutti: %s\n", error->message);
      return 1;
    }
  TuttiStudioSessions *sessions = tutti_studio_sessions_new (studio);
  TuttiSessions seam = tutti_studio_sessions_seam (sessions);
  TuttiApplication *application = tutti_application_new (&seam);
  int exit_code = g_application_run (G_APPLICATION (application), argc, argv);

  g_object_unref (application);
  tutti_studio_sessions_free (sessions);
  return exit_code;
}
