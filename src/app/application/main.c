/* SPDX-License-Identifier: GPL-3.0-or-later */

/* tutti: the window. */
#include "tutti-application.h"

#include <glib/gi18n.h>
#include <gst/gst.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  g_autoptr(TuttiApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, TUTTI_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  gst_init (NULL, NULL);
  application = tutti_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
