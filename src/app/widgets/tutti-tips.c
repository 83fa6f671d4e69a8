/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-tips.h"

#include <string.h>

static gboolean
is_wordless (GtkWidget *widget)
{
  return GTK_IS_MENU_BUTTON (widget) || (GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL);
}

/* "Undo Mine (Ctrl+Z)" is the command and its keys. */
static char *
without_keys (const char *tip)
{
  const char *keys = g_str_has_suffix (tip, ")") ? g_strrstr (tip, " (") : NULL;

  return keys != NULL ? g_strndup (tip, (gsize) (keys - tip)) : g_strdup (tip);
}

static void
call (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
tutti_tips_speak (GtkWidget *root)
{
  const char *tip = gtk_widget_get_tooltip_text (root);

  if (tip != NULL && is_wordless (root))
    {
      g_autofree char *name = without_keys (tip);

      /* The button inside, which is pressed and gets the focus, is called after it: a name of its own would be said twice. */
      call (root, name);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    tutti_tips_speak (child);
}
