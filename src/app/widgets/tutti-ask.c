/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-ask.h"

#include "tutti-rights-words.h"

#include <adwaita.h>

static AdwToastOverlay *
overlay_of (GtkWidget *widget)
{
  return ADW_TOAST_OVERLAY (gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY));
}

/* Toasts are above all pages, where the actions of a page are unknown: so it is the page that does it, if it still lives. */
static void
on_button (AdwToast *toast, gpointer user_data)
{
  g_autoptr(GtkWidget) widget = g_weak_ref_get (user_data);
  const char *action = g_object_get_data (G_OBJECT (toast), "tutti-action");
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;

  if (widget != NULL && g_action_parse_detailed_name (action, &name, &target, NULL))
    gtk_widget_activate_action_variant (widget, name, target);
}

static void
free_weak (gpointer data, GClosure *closure)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
add_button (AdwToast *toast, GtkWidget *widget, const char *button, const char *action)
{
  GWeakRef *weak = g_new (GWeakRef, 1);

  g_weak_ref_init (weak, widget);
  adw_toast_set_button_label (toast, button);
  g_object_set_data_full (G_OBJECT (toast), "tutti-action", g_strdup (action), g_free);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_button), weak, free_weak, 0);
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
    add_button (toast, widget, button, action);
  adw_toast_set_timeout (toast, 5);
  adw_toast_overlay_add_toast (overlay, toast);
}

void
tutti_say (GtkWidget *widget, const char *text)
{
  tutti_say_with_action (widget, text, NULL, NULL);
}

char *
tutti_denied_words (TuttiSession *session, const TuttiOp *op)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  TuttiVerdict verdict = tutti_jam_judge (jam, tutti_session_get_me (session), op);

  return tutti_rights_words (jam, &verdict);
}

gboolean
tutti_ask (GtkWidget *widget, TuttiSession *session, TuttiOp *op)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  g_autofree char *denied = jam != NULL ? tutti_denied_words (session, op) : NULL;
  g_autoptr(GError) error = NULL;

  if (denied != NULL)
    {
      tutti_op_free (op);
      tutti_say (widget, denied);
      return FALSE;
    }
  if (tutti_session_submit (session, op, &error))
    return TRUE;
  tutti_say (widget, error->message);
  return FALSE;
}
