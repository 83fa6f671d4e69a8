/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-about.h"

#include <adwaita.h>
#include <glib/gi18n.h>

void
tutti_about_open (GtkWindow *parent)
{
  adw_show_about_window (parent, "application-name", _("Tutti"), "application-icon", "io.github.tuttijam.Tutti",
                         "version", TUTTI_VERSION, "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _("Everyone in the room plays one groove-box. Same beat, same instant."), NULL);
}
