/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-ask.h"

#include <adwaita.h>

static AdwToastOverlay *
overlay_of (GtkWidget *widget)
{
  return ADW_TOAST_OVERLAY (gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY));
}

void
tutti_say_with_action (GtkWidget *widget, const char *text, const char *button, const char *action)
{
  AdwToastOverlay *overlay = overlay_of (widget);
  g_autofree char *plain = g_markup_escape_text (text, -1);
  AdwToast *toast;

  if (overlay == NULL)
    return;
  toast = adw_toast_new (plain);
  if (button != NULL)
    {
      adw_toast_set_button_label (toast, button);
      adw_toast_set_detailed_action_name (toast, action);
    }
  adw_toast_set_timeout (toast, 5);
  adw_toast_overlay_add_toast (overlay, toast);
}

void
tutti_say (GtkWidget *widget, const char *text)
{
  tutti_say_with_action (widget, text, NULL, NULL);
}

gboolean
tutti_ask (GtkWidget *widget, TuttiSession *session, TuttiOp *op)
{
  g_autoptr(GError) error = NULL;

  if (tutti_session_submit (session, op, &error))
    return TRUE;
  tutti_say (widget, error->message);
  return FALSE;
}
