/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-ask.h"

#include "tutti-reason-words.h"
#include "tutti-rights-words.h"

#include <glib/gi18n.h>

/* Somebody has to read it, and to decide and reach the button. */
#define SECONDS 5
#define SECONDS_WITH_BUTTON 10

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

static GWeakRef *
new_weak (gpointer object)
{
  GWeakRef *weak = g_new (GWeakRef, 1);

  g_weak_ref_init (weak, object);
  return weak;
}

AdwToast *
tutti_toast_new (const char *text, const char *button)
{
  g_autofree char *plain = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (plain);

  adw_toast_set_button_label (toast, button);
  adw_toast_set_timeout (toast, button != NULL ? SECONDS_WITH_BUTTON : SECONDS);
  return toast;
}

static void
do_by_button (AdwToast *toast, GtkWidget *widget, const char *action)
{
  g_object_set_data_full (G_OBJECT (toast), "tutti-action", g_strdup (action), g_free);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_button), new_weak (widget), free_weak, 0);
}

/* (transfer none) Of AdwToast: what pages said and is still to be seen. */
static GPtrArray *
said_over (AdwToastOverlay *overlay)
{
  GPtrArray *said = g_object_get_data (G_OBJECT (overlay), "tutti-said");

  if (said == NULL)
    {
      said = g_ptr_array_new_with_free_func (g_object_unref);
      g_object_set_data_full (G_OBJECT (overlay), "tutti-said", said, (GDestroyNotify) g_ptr_array_unref);
    }
  return said;
}

static void
on_dismissed (AdwToast *toast, GWeakRef *overlay)
{
  g_autoptr(AdwToastOverlay) living = g_weak_ref_get (overlay);

  if (living != NULL)
    g_ptr_array_remove (said_over (living), toast);
}

void
tutti_unsay (GtkWidget *overlay)
{
  GPtrArray *said = said_over (ADW_TOAST_OVERLAY (overlay));

  while (said->len > 0)
    {
      g_autoptr(AdwToast) toast = g_ptr_array_steal_index (said, said->len - 1);

      adw_toast_dismiss (toast);
    }
}

void
tutti_say_with_action (GtkWidget *widget, const char *text, const char *button, const char *action)
{
  AdwToastOverlay *overlay = overlay_of (widget);
  AdwToast *toast;

  if (overlay == NULL)
    return;
  toast = tutti_toast_new (text, button);
  if (button != NULL)
    do_by_button (toast, widget, action);
  g_ptr_array_add (said_over (overlay), g_object_ref (toast));
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (on_dismissed), new_weak (overlay), free_weak, 0);
  adw_toast_overlay_add_toast (overlay, toast);
}

void
tutti_say (GtkWidget *widget, const char *text)
{
  tutti_say_with_action (widget, text, NULL, NULL);
}

void
tutti_say_reason (GtkWidget *widget, const char *reason)
{
  g_autofree char *words = tutti_reason_words (reason);

  tutti_say (widget, words);
}

char *
tutti_denied_words (TuttiSession *session, const TuttiOp *op)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  TuttiVerdict verdict = tutti_jam_judge (jam, tutti_session_get_me (session), op);

  return tutti_rights_words (jam, &verdict);
}

/* Whether @op would write steps into a clip that is made of notes: @clip (out). */
static gboolean
mistakes_notes (const TuttiJam *jam, const TuttiOp *op, TuttiId *clip)
{
  TuttiScope scope = tutti_op_spec (op->kind)->scope;
  const TuttiClip *found;

  if (op->kind == TUTTI_OP_GROUP)
    {
      for (guint i = 0; i < op->arg[0].ops->len; i++)
        if (mistakes_notes (jam, op->arg[0].ops->pdata[i], clip))
          return TRUE;
      return FALSE;
    }
  if (scope != TUTTI_SCOPE_STEP && scope != TUTTI_SCOPE_STEPS)
    return FALSE;
  found = tutti_jam_clip (jam, op->arg[0].id, NULL);
  *clip = op->arg[0].id;
  return found != NULL && found->kind == TUTTI_CLIP_NOTES;
}

/* Says where such a clip is edited; takes @op. */
static gboolean
offer_notes (GtkWidget *widget, TuttiOp *op, TuttiId clip)
{
  char id[TUTTI_ID_TEXT_SIZE];
  g_autofree char *action = g_strdup_printf ("page.notes('%s')", tutti_id_print (clip, id));

  tutti_op_free (op);
  tutti_say_with_action (widget, _("This clip is made of notes."), _("Edit Notes"), action);
  return FALSE;
}

gboolean
tutti_ask (GtkWidget *widget, TuttiSession *session, TuttiOp *op)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  g_autofree char *denied = jam != NULL ? tutti_denied_words (session, op) : NULL;
  g_autoptr(GError) error = NULL;
  TuttiId clip;

  if (denied != NULL)
    {
      tutti_op_free (op);
      tutti_say (widget, denied);
      return FALSE;
    }
  if (jam != NULL && mistakes_notes (jam, op, &clip))
    return offer_notes (widget, op, clip);
  if (tutti_session_submit (session, op, &error))
    return TRUE;
  tutti_say_reason (widget, error->message);
  return FALSE;
}
